# shellcheck shell=bash disable=SC2034,SC2154 # variables of lib.sh, and for our callers
# What the tests of packages share. Sourced, after lib.sh, by a script that has a
# function `build DIR [OPTION...]`, which leaves what the tool printed in
# $work/build.log.

# built TITLE DIR [OPTION...]: a build that must succeed.
built() {
    local title=$1
    shift
    if build "$@"; then
        pass "$title"
    else
        fail "$title" "$work/build.log"
    fi
}

# stopped TITLE DIR MESSAGE...: a build that must stop, and say all of this.
stopped() {
    local title=$1 directory=$2 message
    shift 2
    if build "$directory"; then
        fail "$title: the build went on"
        return
    fi
    for message in "$@"; do
        if ! grep -qF -e "$message" "$work/build.log"; then
            echo "missing: $message" >>"$work/build.log"
            fail "$title" "$work/build.log"
            return
        fi
    done
    pass "$title"
}

# fingerprint DIR: path, mode, owner, target and bytes of all that is below. An
# archive that gzip made of other times is another one, and no content of ours.
fingerprint() {
    [ -d "$1" ] || die "there is no $1"
    (cd "$1" && find . -printf '%P %M %U:%G %l\n' | LC_ALL=C sort &&
        find . -type f ! -name '*.gz' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
}

# documents DIR: mode and path of each marker and README below.
documents() {
    [ -d "$1" ] || die "there is no $1"
    (cd "$1" && find . \( -name 'EXTERNALLY-MANAGED*' -o -name 'README.venv*' \) -printf '%m %P\n' | LC_ALL=C sort)
}

# renders TITLE FILE ARGUMENTS...: FILE is what `render marker` gives.
renders() {
    local title=$1 file=$2
    shift 2
    "$EXTERNALLY_MANAGED" render marker "$@" >"$work/rendered"
    check "$title" cmp "$work/rendered" "$file"
}

# elsewhere FUNCTION: calls it twice, with a name and with `variables` so that
# what a build has around itself differs: language and times, umask.
variables=(env)
elsewhere() {
    variables=(env LC_ALL=de_DE.UTF-8 TZ=Asia/Kathmandu SOURCE_DATE_EPOCH=1)
    "$1" another-language-and-time
    # shellcheck disable=SC2016 # for the shell inside
    variables=(env --unset=SOURCE_DATE_EPOCH sh -c 'umask 077; exec "$@"' sh)
    "$1" another-umask
    variables=(env)
}

# pip_refuses TITLE PREFIX STDLIB: in the chroot, pip of a Python
# whose standard library was installed below PREFIX shows the text of its marker,
# line for line. It is run by the Python of the chroot, from a copy, since that
# looks for its own version in its own libdir.
pip_refuses() {
    local title=$1
    if run_from "$2" "$3" install --no-index requests; then
        fail "$title"
    else
        check "$title, line for line with the text of the package" \
            python3 "$here/shown.py" compare pip "$root$2/$3/EXTERNALLY-MANAGED" Error "$work/pip"
    fi
}

# pip_installs TITLE PREFIX STDLIB: pip of such a Python does not refuse.
pip_installs() {
    if run_from "$2" "$3" install --no-index requests; then
        fail "$1: without an index" "$work/pip"
    else
        check "$1: it looks for a package" grep -q '^ERROR: No matching distribution found for requests' "$work/pip"
    fi
}

# run_from PREFIX STDLIB ARGUMENTS...: pip with these arguments; what it says is in $work/pip.
run_from() {
    local prefix=$1 stdlib=$2
    shift 2
    # shellcheck disable=SC2016 # for the shell inside
    inside sh -c 'rm -rf /run-from && cp -a "$1" /run-from && chmod -R u+w /run-from
        [ "$1/lib/python3.13" = "$1/$2" ] || { rm -rf /run-from/lib/python3.13 && mkdir -p /run-from/lib &&
            mv "/run-from/$2" /run-from/lib/python3.13; }' sh "$prefix" "$stdlib"
    inside env PYTHONHOME=/run-from PYTHONPATH=/usr/lib/python3.13/lib-dynload \
        python3 -m pip "$@" >"$work/pip" 2>&1
}

# use_backports PACKAGE...: these come from trixie-backports.
use_backports() {
    echo "deb ${DEBIAN_MIRROR:-http://deb.debian.org/debian} trixie-backports main" \
        >"$root/etc/apt/sources.list.d/backports.list"
    local package
    for package in "$@"; do
        printf 'Package: %s\nPin: release n=trixie-backports\nPin-Priority: 900\n\n' "$package"
    done >"$root/etc/apt/preferences.d/backports"
    inside apt-get -qq update
}
