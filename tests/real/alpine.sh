#!/bin/bash
# busybox's shell runs the APKBUILDs of the program and of Pythons, with a
# stand-in for abuild, which is in no package registry.
#
#     tests/real/alpine.sh [check]     (`check` runs the program's tests as well)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
base=$REAL_CACHE/builders
own_namespace "$@"

stdlib=usr/lib/python3.14
samples=$repo/tests/packages/alpine

fresh_root
inside useradd --create-home builder
install -m 755 "$repo/tests/packages/stage" "$samples/abuild" "$root/usr/local/bin/"

# abuild_in DIR [ARGUMENT]: as an ordinary user, without network.
variables=(env)
abuild_in() {
    # shellcheck disable=SC2016 # for the shell inside
    ordinary "${variables[@]}" busybox ash -c 'cd "$1" && shift && exec abuild "$@"' ash "$@" >"$work/build.log" 2>&1
}

# built TITLE DIR [ARGUMENT]
built() {
    local title=$1
    shift
    if abuild_in "$@"; then
        pass "$title"
    else
        tail -n 40 "$work/build.log" >"$work/tail.log"
        fail "$title" "$work/tail.log"
    fi
}

# refused TITLE MESSAGE DIR: it must not be built, for that reason.
refused() {
    local title=$1 message=$2
    shift 2
    if abuild_in "$@"; then
        fail "$title: the build went on"
    elif grep -qF -e "$message" "$work/build.log"; then
        pass "$title"
    else
        { printf 'missing: %s\n' "$message"; tail -n 20 "$work/build.log"; } >"$work/tail.log"
        fail "$title" "$work/tail.log"
    fi
}

content() {
    (cd "$root$1" && find . -printf '%P %M %l\n' | LC_ALL=C sort &&
        find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
}

# --- the program ---

mkdir -p "$root/build/tool"
source_archives
cp "$source_main" "$source_vendor" "$repo/alpine/APKBUILD" "$root/build/tool"
inside chown --recursive builder: /build
refused 'archives without a sum' "${source_main##*/} is missing in checksums" /build/tool
built 'abuild writes the sums of the release' /build/tool checksum
# A flag of the distribution that can be found again.
variables=(env RUSTFLAGS='-Clink-arg=-Wl,--build-id=0xfeedc0de')
built 'the program, without network' /build/tool "$@"
variables=(env)
if [ "${1:-}" = check ]; then
    check 'its tests ran' grep -q '^test result: ok. [1-9]' "$work/build.log"
fi
(cd "$root/build/tool/pkg" && find . -type f -printf '%P\n' | LC_ALL=C sort) >"$work/files"
check 'each file is in its package' diff -u "$samples/externally-managed.files" "$work/files"
check 'flags of the distribution reach the compiler' inside sh -c \
    "readelf --notes '/build/tool/pkg/externally-managed/usr/bin/externally-managed' | grep 'Build ID: feedc0de'"
check 'nothing names the place of the build' sh -c "! grep -rlF /build/tool '$root/build/tool/pkg'"
cp -a "$root/build/tool/pkg/externally-managed/." "$root/"
check 'it runs' inside externally-managed --version

# --- a Python ---

# sample KIND DIR
sample() {
    rm -rf "${root:?}$2"
    mkdir -p "$root$2"
    cp "$samples/$1"/* "$root$2"
    inside chown --recursive builder: "$(dirname "$2")"
}

sample python /build/python
built 'python: a build' /build/python
sample committed /build/committed
built 'committed: a build' /build/committed
for kind in python committed; do
    (cd "$root/build/$kind/pkg" &&
        find . \( -name 'EXTERNALLY-MANAGED*' -o -name 'README.venv*' \) -printf '%m %P\n' | LC_ALL=C sort) >"$work/$kind.places"
    check "$kind: pip came from ensurepip" test -e "$root/build/$kind/pkg/python3/usr/bin/pip3.13"
    rm -rf "$root/trees"
    cp -a "$root/build/$kind/pkg" "$root/trees"
    check "$kind: lint finds nothing in the packages" inside sh -c 'externally-managed lint /trees/*'
done
contains 'python: the README goes to -doc' "$work/python.places" <<EXPECTED
644 python3-doc/usr/share/doc/python3/README.venv
644 python3/$stdlib/EXTERNALLY-MANAGED
EXPECTED
contains 'committed: the marker is in its place' "$work/committed.places" <<EXPECTED
644 python3/$stdlib/EXTERNALLY-MANAGED
EXPECTED
check 'python: the text is what the program renders' cmp "$root/build/python/pkg/python3/$stdlib/EXTERNALLY-MANAGED" \
    <("$EXTERNALLY_MANAGED" render marker --profile alpine --python 3.14 --readme /usr/share/doc/python3/README.venv)
check 'committed: the text is what the program renders' cmp "$root/build/committed/pkg/python3/$stdlib/EXTERNALLY-MANAGED" \
    <("$EXTERNALLY_MANAGED" render marker --profile alpine --python 3.14)

# Installed for the Python of the build machine, which is another version.
inside sh -c 'cp -a /build/python/pkg/python3 /installed && mv /installed/usr/lib/python3.14 /installed/usr/lib/python3.13'
if inside env PYTHONHOME=/installed/usr PYTHONPATH=/usr/lib/python3.13/lib-dynload \
    python3 -m pip install --no-index requests >"$work/pip" 2>&1; then
    fail 'pip refuses'
else
    check 'pip refuses, line for line with the text of the package' \
        python3 "$here/shown.py" compare pip "$root/build/python/pkg/python3/$stdlib/EXTERNALLY-MANAGED" Error "$work/pip"
fi

# --- again, elsewhere ---

content /build/python/pkg >"$work/content"
# again DIR: with `variables` as they are.
again() {
    sample python "/build/$1"
    built "$1: a build" "/build/$1"
    content "/build/$1/pkg" >"$work/other"
    check "$1: the same content" cmp "$work/content" "$work/other"
}
variables=(env LC_ALL=de_DE.UTF-8 TZ=Asia/Kathmandu SOURCE_DATE_EPOCH=1)
again another-language-and-time
# shellcheck disable=SC2016 # for the shell inside
variables=(env --unset=SOURCE_DATE_EPOCH sh -c 'umask 077; exec "$@"' sh)
again another-umask
variables=(env)

# --- one source, several vendors ---

for vendor in alpine mine; do
    echo "ID=$vendor" >"$root/etc/os-release"
    sample vendors /build/vendors
    built "vendors: a build of $vendor" /build/vendors
    check "vendors: the words of $vendor" cmp "$samples/vendors/EXTERNALLY-MANAGED.$vendor" \
        "$root/build/vendors/pkg/python3/$stdlib/EXTERNALLY-MANAGED"
done
check 'vendors: the name of mine' grep -q '\. Mine manages' "$root/build/vendors/pkg/python3/$stdlib/EXTERNALLY-MANAGED"
echo ID=other >"$root/etc/os-release"
refused 'vendors: no rendering for this one' 'EXTERNALLY-MANAGED.other' /build/vendors

# --- mistakes ---

# mistake TITLE SED MESSAGE: what SED does to the APKBUILD stops the build, in package().
mistake() {
    sample python /build/bad
    sed -i "$2" "$root/build/bad/APKBUILD"
    refused "$1" "$3" /build/bad
    check "$1: package() ended there" sh -c "tail -n 2 '$work/build.log' | grep -F 'ERROR: package failed'"
}
mistake 'an unknown profile' 's/--profile alpine/--profile alpnie/' 'alpnie'
mistake 'a misspelt option' 's/--readme /--raedme /' "'--raedme'"
mistake 'a mistake does not go on to the next command' 's/^\texternally-managed install/\texternally-managed nonsense\n&/' "'nonsense'"
# shellcheck disable=SC2016 # for the APKBUILD
mistake 'ensurepip after the marker' \
    's/^\tstage .*/\tmkdir -p "$pkgdir\/usr\/lib\/python3.13"; externally-managed install --profile alpine --python 3.13 --destdir "$pkgdir"\n&/' \
    'externally-managed-environment'
sample committed /build/bad
echo >>"$root/build/bad/EXTERNALLY-MANAGED"
refused 'a committed rendering with another sum' 'EXTERNALLY-MANAGED: FAILED' /build/bad
inside mv /usr/bin/externally-managed /usr/bin/hidden
mistake 'the program is missing' '' 'externally-managed: not found'

finish
