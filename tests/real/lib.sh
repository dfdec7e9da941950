# shellcheck shell=bash
# What the real-machine tests share: private mounts, a throw-away copy of the
# base chroot, running commands in it, and counting what passed.
# Sourced, after `here` was set to this directory.

: "${here:?}"
repo=$(cd "$here/../.." && pwd)
: "${REAL_CACHE:=${CARGO_TARGET_DIR:-$repo/target}/real}"
: "${EXTERNALLY_MANAGED:=${CARGO_TARGET_DIR:-$repo/target}/release/externally-managed}"
base=$REAL_CACHE/trixie
export REAL_CACHE EXTERNALLY_MANAGED

passed=0
failed=0
root= # the copy of the base that fresh_root made
work= # a directory for our own files, which goes away with it

say() { printf '%s\n' "$*"; }
die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# Everything we mount lives and dies with this process: no trap can be missed,
# nothing shows up on the host, and no daemon outlives the test.
own_namespace() {
    [ -z "${REAL_IN_NAMESPACE:-}" ] || return 0
    [ "$(id -u)" = 0 ] || die 'must run as root (chroot, mount)'
    [ -x "$EXTERNALLY_MANAGED" ] || die "no binary at $EXTERNALLY_MANAGED: set EXTERNALLY_MANAGED"
    "$here/make-chroot.sh" "$base" || die 'could not make the base chroot'
    REAL_IN_NAMESPACE=1 exec unshare --mount --pid --fork --kill-child=TERM \
        --propagation private -- "$0" "$@"
}

# fresh_root: sets `root` to a writable copy of the base. Any earlier copy is
# thrown away.
fresh_root() { root_from "${base##*/}"; }

# root_from LAYERS: the same for any tree below REAL_CACHE, or for several, the
# uppermost first and parted by colons. An overlay takes milliseconds; where the
# file system cannot be the upper half of one (a Docker layer), a plain copy of
# the first takes seconds.
root_from() {
    drop_root
    work=$(mktemp -d "$REAL_CACHE/run.XXXXXX")
    root=$work/root
    mkdir -m 755 "$root" "$work/upper" "$work/work"
    # Relative names, because a comma in ours would end the option.
    local layers="lowerdir=$1,upperdir=${work##*/}/upper,workdir=${work##*/}/work"
    # `volatile` (Linux 5.10) leaves out every fsync: dpkg does thousands.
    (cd "$REAL_CACHE" &&
        { mount -t overlay -o "$layers,volatile" overlay "$root" ||
            mount -t overlay -o "$layers" overlay "$root"; }) 2>/dev/null ||
        { cp -a --reflink=auto "$REAL_CACHE/${1%%:*}/." "$root" && mount --bind "$root" "$root"; }
    mount_kernel_parts
    # Names must resolve inside as they do outside.
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
    # What root downloads serves the next copy, too.
    mkdir -p "$REAL_CACHE/archives/partial" "$REAL_CACHE/pip" "$root/root/.cache/pip"
    mount --bind "$REAL_CACHE/archives" "$root/var/cache/apt/archives"
    mount --bind "$REAL_CACHE/pip" "$root/root/.cache/pip"
    trap drop_root EXIT
    trap 'exit 130' INT TERM HUP
}

# /proc of our own processes only, and a /dev without the host's disks.
mount_kernel_parts() {
    local device
    mount -t proc proc "$root/proc"
    mount -t tmpfs -o mode=755 tmpfs "$root/dev"
    for device in null zero full random urandom tty; do
        : >"$root/dev/$device"
        mount --bind "/dev/$device" "$root/dev/$device"
    done
    mkdir "$root/dev/pts" "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=666 devpts "$root/dev/pts"
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
    ln -s pts/ptmx "$root/dev/ptmx"
    ln -s /proc/self/fd "$root/dev/fd"
    ln -s fd/0 "$root/dev/stdin"
    ln -s fd/1 "$root/dev/stdout"
    ln -s fd/2 "$root/dev/stderr"
}

drop_root() {
    [ -n "$work" ] || return 0
    # A left-over process keeps the mounts busy; they end with the namespace.
    umount --recursive "$root" 2>/dev/null || umount --recursive --lazy "$root" || :
    rm -rf --one-file-system "$work"
    work=
}

# The host's network settings, as far as programs take them from variables.
# Certificates are in the base's own store: paths of the host mean nothing here.
network=()
for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY \
    PIP_INDEX_URL PIP_DEFAULT_TIMEOUT PIP_RETRIES UV_DEFAULT_INDEX UV_HTTP_TIMEOUT; do
    [ -z "${!name:-}" ] || network+=("$name=${!name}")
done
# uv carries a certificate list of its own unless it is told.
[ -z "${SSL_CERT_FILE:-}" ] || network+=(SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt)

clean=(HOME=/root LANG=C.UTF-8 TERM=dumb DEBIAN_FRONTEND=noninteractive
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)

# inside COMMAND...: run it in the chroot, as root, with nothing of the host's
# environment but the network settings.
inside() { chroot "$root" /usr/bin/env -i "${clean[@]}" "${network[@]}" "$@"; }

# offline COMMAND...: as `inside`, where not even the host can be reached.
offline() { unshare --net -- chroot "$root" /usr/bin/env -i "${clean[@]}" "$@"; }

# ordinary COMMAND...: as `offline`, as an ordinary user.
ordinary() {
    [ -d "$root/home/builder" ] || inside useradd --create-home builder
    unshare --net -- chroot --userspec=builder:builder "$root" /usr/bin/env -i "${clean[@]}" \
        HOME=/home/builder PATH=/usr/local/bin:/usr/bin:/bin "$@"
}

# unpack_source DIR: the project and its vendored crates, in the chroot, as a
# distribution unpacks the two source archives.
unpack_source() {
    source_archives
    mkdir -p "$root$1"
    tar --extract --strip-components=1 --directory "$root$1" --file "$source_main"
    tar --extract --directory "$root$1" --file "$source_vendor"
}

# source_archives: sets source_main and source_vendor; run.sh has made them
# already when it calls us.
source_archives() {
    if [ -z "${SOURCE_ARCHIVES:-}" ]; then
        SOURCE_ARCHIVES=$REAL_CACHE/dist
        "$repo/dev/dist" "$SOURCE_ARCHIVES" >/dev/null
        export SOURCE_ARCHIVES
    fi
    local version
    version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$repo/Cargo.toml" | head -n 1)
    # shellcheck disable=SC2034 # for those who source us
    source_main=$SOURCE_ARCHIVES/externally-managed-$version.tar.xz
    # shellcheck disable=SC2034
    source_vendor=$SOURCE_ARCHIVES/externally-managed-$version-vendor.tar.xz
}

# install_packages NAME...: what the text says that a command needs.
install_packages() {
    inside apt-get -qq -y install "$@" >"$work/apt.log" 2>&1 || {
        cat "$work/apt.log"
        die "apt-get install $* failed"
    }
}

pass() {
    passed=$((passed + 1))
    say "ok    $*"
}

# fail TITLE [FILE]: FILE holds what went wrong, at its end.
fail() {
    failed=$((failed + 1))
    say "FAIL  $1"
    [ -z "${2:-}" ] || tail -n 60 "$2" | sed 's/^/      | /'
}

# check TITLE COMMAND...: COMMAND succeeds, and its output matters only if not.
check() {
    local title=$1
    shift
    if "$@" >"$work/check.log" 2>&1 </dev/null; then
        pass "$title"
    else
        fail "$title" "$work/check.log"
    fi
}

# contains TITLE FILE: exactly what is on standard input.
contains() {
    cat >"$work/expected"
    check "$1" diff -u "$work/expected" "$2"
}

# finish: the plain last line, also for run.sh to add up.
finish() {
    say "${0##*/}: $passed passed, $failed failed"
    [ -z "${REAL_TALLY:-}" ] || printf '%s %s\n' "$passed" "$failed" >>"$REAL_TALLY"
    [ "$failed" = 0 ]
}

# mark TREE: the main job.
mark() {
    "$EXTERNALLY_MANAGED" install --profile debian --python 3.13 --destdir "$1" --languages all
}
