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
# shellcheck source-path=SCRIPTDIR source=builds.sh
. "$here/builds.sh"

stdlib=usr/lib/python3.14
samples=$repo/tests/packages/alpine

fresh_root
inside useradd --create-home builder
install -m 755 "$repo/tests/packages/stage" "$samples/abuild" "$root/usr/local/bin/"

# build DIR [ARGUMENT]: as an ordinary user, without network.
build() {
    # shellcheck disable=SC2016 # for the shell inside
    ordinary "${variables[@]}" busybox ash -c 'cd "$1" && shift && exec abuild "$@"' ash "$@" >"$work/build.log" 2>&1
}

# --- the program ---

mkdir -p "$root/build/tool"
source_archives
cp "$source_main" "$source_vendor" "$repo/alpine/APKBUILD" "$root/build/tool"
inside chown --recursive builder: /build
stopped 'archives without a sum' /build/tool "${source_main##*/} is missing in checksums"
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
    documents "$root/build/$kind/pkg" >"$work/$kind.places"
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
renders 'python: the text is what the program renders' "$root/build/python/pkg/python3/$stdlib/EXTERNALLY-MANAGED" \
    --profile alpine --python 3.14 --readme /usr/share/doc/python3/README.venv
renders 'committed: the text is what the program renders' "$root/build/committed/pkg/python3/$stdlib/EXTERNALLY-MANAGED" \
    --profile alpine --python 3.14

pip_refuses 'pip refuses' /build/python/pkg/python3/usr lib/python3.14

fingerprint "$root/build/python/pkg" >"$work/first"
again() {
    sample python "/build/$1"
    built "$1: a build" "/build/$1"
    fingerprint "$root/build/$1/pkg" >"$work/again"
    check "$1: the same content" cmp "$work/first" "$work/again"
}
elsewhere again

# --- the marker in a package of its own ---

sample opt-out /build/opt-out
built 'of its own: a build' /build/opt-out
(cd "$root/build/opt-out/pkg" && find python3-externally-managed -type f) >"$work/files"
contains 'of its own: the marker, and nothing else' "$work/files" <<<"python3-externally-managed/$stdlib/EXTERNALLY-MANAGED"
check 'of its own: not in the other package' test ! -e "$root/build/opt-out/pkg/python3/$stdlib/EXTERNALLY-MANAGED"
pip_installs 'without it: pip installs' /build/opt-out/pkg/python3/usr lib/python3.14
cp -a "$root/build/opt-out/pkg/python3-externally-managed/." "$root/build/opt-out/pkg/python3/"
pip_refuses 'with it: pip refuses' /build/opt-out/pkg/python3/usr lib/python3.14

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
stopped 'vendors: no rendering for this one' /build/vendors 'EXTERNALLY-MANAGED.other'

# --- mistakes ---

# mistake TITLE SED MESSAGE...: what SED does to the APKBUILD stops the build.
mistake() {
    local title=$1
    sample python /build/bad
    sed -i "$2" "$root/build/bad/APKBUILD"
    shift 2
    stopped "$title" /build/bad "$@" 'ERROR: package failed'
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
stopped 'a committed rendering with another sum' /build/bad 'EXTERNALLY-MANAGED: FAILED'
inside mv /usr/bin/externally-managed /usr/bin/hidden
mistake 'the program is missing' '' 'externally-managed: not found'

finish
