#!/bin/bash
# makepkg builds the program, and then Pythons with it.
#
#     tests/real/arch.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
base=$REAL_CACHE/builders
own_namespace "$@"
# shellcheck source-path=SCRIPTDIR source=builds.sh
. "$here/builds.sh"

stdlib=usr/lib/python3.14
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$repo/Cargo.toml" | head -n 1)

fresh_root
inside useradd --create-home builder
install -m 755 "$repo/tests/packages/stage" "$root/usr/local/bin/stage"

# build DIR: as an ordinary user, without network. pacman knows nothing of
# Debian's packages, hence --nodeps. What names the place of the build is none.
build() {
    # shellcheck disable=SC2016 # for the shell inside
    ordinary "${variables[@]}" sh -c 'cd "$1" && exec makepkg --nodeps --force --noprogressbar' \
        sh "$1" >"$work/build.log" 2>&1 &&
        ! grep -q 'WARNING: Package contains reference' "$work/build.log"
}

# unpack PACKAGE DIR, and without what makepkg adds for pacman.
unpack() { inside sh -c "rm -rf '$2' && mkdir '$2' && bsdtar -xf $1 -C '$2' && rm -f '$2'/.[A-Z]*"; }

# --- the program ---

mkdir -p "$root/build/tool"
source_archives
cp "$source_main" "$source_vendor" "$repo/arch/PKGBUILD" "$root/build/tool"
inside chown --recursive builder: /build
# makepkg's own default of sums is none that anybody publishes.
sed -i 's/^INTEGRITY_CHECK=.*/INTEGRITY_CHECK=(sha256)/' "$root/etc/makepkg.conf"
# A flag of the distribution that can be found again.
echo "RUSTFLAGS='-Cforce-frame-pointers=yes -Clink-arg=-Wl,--build-id=0xfeedc0de'" >"$root/etc/makepkg.conf.d/rust.conf"
stopped 'archives without a sum' /build/tool 'Integrity checks are missing'
# What updpkgsums, which Debian does not have, writes into the PKGBUILD.
# shellcheck disable=SC2016 # for the shell inside
check 'makepkg gives the sums of the release' \
    ordinary sh -c 'cd "$1" && makepkg --geninteg >sums && cat sums >>PKGBUILD' sh /build/tool
built 'the program, with tests, without network' /build/tool
check 'makepkg compared the sums' sh -c "[ \"\$(grep -c 'tar.xz \.\.\. Passed' '$work/build.log')\" = 2 ]"
check 'flags of the distribution reach the compiler' inside sh -c \
    "readelf --notes '/build/tool/pkg/externally-managed/usr/bin/externally-managed' | grep 'Build ID: feedc0de'"
check 'its tests ran' grep -q '^test result: ok. [1-9]' "$work/build.log"
# pacman looks there for the free space.
inside ln -sf /proc/self/mounts /etc/mtab
check 'the package can be installed' inside sh -c \
    "mkdir -p /var/lib/pacman && pacman --upgrade --noconfirm --nodeps --nodeps /build/tool/externally-managed-$version-1-x86_64.pkg.tar.* &&
     externally-managed --version"

# --- a Python ---

# sample KIND DIR
sample() {
    rm -rf "${root:?}$2"
    mkdir -p "$root$2"
    cp "$repo/tests/packages/arch/$1"/* "$root$2"
    inside chown --recursive builder: "$(dirname "$2")"
}
package='python-3.14.0-1-any.pkg.tar.*'

for kind in python committed; do
    sample "$kind" "/build/$kind"
    built "$kind: a build" "/build/$kind"
    unpack "/build/$kind/$package" "/$kind"
    documents "$root/$kind" >"$work/places"
    contains "$kind: marker and README are in their places" "$work/places" <<EXPECTED
644 $stdlib/EXTERNALLY-MANAGED
644 $stdlib/README.venv
EXPECTED
    check "$kind: lint finds nothing" inside externally-managed lint "/$kind"
    renders "$kind: the text is what the program renders" "$root/$kind/$stdlib/EXTERNALLY-MANAGED" \
        --profile arch --python 3.14
    check "$kind: pip came from ensurepip" test -e "$root/$kind/usr/bin/pip3.13"
done
fingerprint "$root/python" >"$work/first"
fingerprint "$root/committed" >"$work/again"
check 'both ways give the same package' cmp "$work/first" "$work/again"
pip_refuses 'pip refuses' /python/usr lib/python3.14

again() {
    sample python "/build/$1"
    built "$1: a build" "/build/$1"
    unpack "/build/$1/$package" /again
    fingerprint "$root/again" >"$work/again"
    check "$1: the same content" cmp "$work/first" "$work/again"
}
elsewhere again

# --- one source, several vendors ---

for vendor in arch mine; do
    echo "ID=$vendor" >"$root/etc/os-release"
    sample vendors /build/vendors
    built "vendors: a build of $vendor" /build/vendors
    unpack "/build/vendors/$package" /vendors
    check "vendors: the words of $vendor" cmp "$repo/tests/packages/arch/vendors/EXTERNALLY-MANAGED.$vendor" \
        "$root/vendors/$stdlib/EXTERNALLY-MANAGED"
done
check 'vendors: the name of mine' grep -q '\. Mine manages' "$root/vendors/$stdlib/EXTERNALLY-MANAGED"
echo ID=other >"$root/etc/os-release"
stopped 'vendors: no rendering for this one' /build/vendors 'EXTERNALLY-MANAGED.other'

# --- mistakes ---

# mistake TITLE SED MESSAGE...: what SED does to the PKGBUILD stops the build.
mistake() {
    local title=$1
    sample python /build/bad
    sed -i "$2" "$root/build/bad/PKGBUILD"
    shift 2
    stopped "$title" /build/bad "$@" 'A failure occurred in package()'
}
mistake 'an unknown profile' 's/--profile arch/--profile arhc/' 'arhc'
mistake 'a misspelt option' 's/ --python / --pyhton /' "'--pyhton'"
mistake 'a mistake does not go on to the next command' 's/^  externally-managed install/  externally-managed nonsense\n&/' "'nonsense'"
# shellcheck disable=SC2016 # for makepkg
mistake 'ensurepip after the marker' \
    's/^  stage .*/  mkdir -p "$pkgdir\/usr\/lib\/python3.13"; externally-managed install --profile arch --python 3.13 --destdir "$pkgdir"\n&/' \
    'externally-managed-environment'
sample committed /build/bad
echo >>"$root/build/bad/EXTERNALLY-MANAGED"
stopped 'a committed rendering with another sum' /build/bad 'EXTERNALLY-MANAGED ... FAILED'
inside mv /usr/bin/externally-managed /usr/bin/hidden
mistake 'the program is missing' '' 'externally-managed: command not found'

finish
