# shellcheck shell=bash
# Images made in steps, as by a Dockerfile, with commands run in them and their sizes taken. Sourced
# after lib.sh, which sets these:
: "${REAL_CACHE:?}" "${base:?}" "${root=}" "${work=}"

images= # kept layers, what pip installs, and the rows of the tables
declare -A layers=([base]="${base##*/}") # of each image, as root_from has them
under=  # those that the image at hand began with
search= # the search path for commands, which ENV PATH sets in a Dockerfile
bare=0  # the bytes of the image that the others are compared with
usual=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
wheels=(PIP_NO_INDEX=1 PIP_FIND_LINKS=/wheels PIP_NO_CACHE_DIR=1
    UV_OFFLINE=1 UV_NO_INDEX=1 UV_FIND_LINKS=/wheels UV_NO_CACHE=1)

start_images() {
    images=$(mktemp -d "$REAL_CACHE/run.XXXXXX")
    mkdir "$images/wheels"
    printf 'environment\tMB\n' >"$images/environments"
    printf 'image\tMB\n' >"$images/images"
}

# from IMAGE: a new one, which begins as that one.
from() {
    under=${layers[$1]}
    root_from "$under"
    trap 'drop_root; rm -rf --one-file-system "$images"' EXIT
    mkdir -p "$root/wheels"
    mount --bind "$images/wheels" "$root/wheels"
    search=$usual
}

# keep IMAGE: others can start from what is there now.
keep() {
    layers[$1]=${images##*/}/$1
    if [ "$(stat --file-system --format %T "$root")" = overlayfs ]; then
        cp -a "$work/upper" "$images/$1"
        layers[$1]+=:$under
        return
    fi
    mkdir "$images/$1"
    tar --create --directory "$root" --one-file-system --numeric-owner --exclude='./wheels/*' \
        --exclude='./var/cache/apt/archives/*' --exclude='./root/.cache/*' . |
        tar --extract --directory "$images/$1" --numeric-owner --preserve-permissions
}

add() { install_packages --no-install-recommends "$@"; }

# --- commands ---

as=() # another identity, for by_anybody
run() { offline env "${wheels[@]}" "PATH=$search" "${as[@]}" sh -c "cd /srv && $1"; }

# by_anybody CHECK...: as OpenShift runs a container, with an identity that no file knows, group 0,
# and no privileges.
by_anybody() {
    as=(setpriv --reuid=1000690000 --regid=0 --clear-groups --no-new-privs --bounding-set=-all env HOME=/)
    "$@"
    as=()
}

# must COMMAND: a step of the image, without which the rest makes no sense.
must() {
    run "$1" >"$work/must.log" 2>&1 </dev/null || {
        cat "$work/must.log"
        die "failed in the image: $1"
    }
}

# works TITLE COMMAND
works() { check "$1" run "$2"; }

# fails TITLE CODE TEXT COMMAND: with this exit code and a message that has TEXT.
fails() {
    local code=0
    run "$4" >"$work/check.log" 2>&1 </dev/null || code=$?
    echo "exit code $code" >>"$work/check.log"
    if [ "$code" = "$2" ] && grep -qF -e "$3" "$work/check.log"; then
        pass "$1"
    else
        fail "$1" "$work/check.log"
    fi
}

# refused TITLE COMMAND: by our marker.
refused() { fails "$1" 1 'Nothing was installed or removed. Debian manages this Python' "$2"; }

# --- sizes ---

# bytes FIND...: of files and links, hard links once, whatever a file system needs for them.
bytes() {
    find "$@" \( -type f -o -type l \) -printf '%i %s\n' | sort -u -k1,1n |
        awk '{ sum += $2 } END { printf "%d\n", sum }'
}

# Neither what the test brings nor what a build throws away.
image_bytes() {
    bytes "$root" -xdev \( -path "$root/wheels" -o -path "$root/srv" -o -path "$root/root/.cache" \
        -o -path "$root/var/cache" -o -path "$root/var/log" -o -path "$root/var/lib/apt/lists" \) -prune -o
}
row() { awk -v label="$2" -v bytes="$3" -v digits="$4" \
    'BEGIN { printf "%s\t%.*f\n", label, digits, bytes / 1000000 }' >>"$images/$1"; }

# environment_row LABEL DIRECTORY
environment_row() { row environments "$1" "$(bytes "$root$2")" 2; }

# image_row LABEL: what the image has over the bare one.
image_row() { row images "$1" $(($(image_bytes) - bare)) 1; }
