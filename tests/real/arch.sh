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

stdlib=usr/lib/python3.14
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$repo/Cargo.toml" | head -n 1)

fresh_root
inside useradd --create-home builder
install -m 755 "$repo/tests/packages/stage" "$root/usr/local/bin/stage"

# makepkg_in DIR [OPTION...]: as an ordinary user, without network. pacman knows
# nothing of Debian's packages, hence --nodeps.
variables=(env)
makepkg_in() {
    local directory=$1
    shift
    # shellcheck disable=SC2016 # for the shell inside
    ordinary "${variables[@]}" sh -c 'cd "$1" && shift && exec makepkg --nodeps --force --noprogressbar "$@"' \
        sh "$directory" "$@" >"$work/build.log" 2>&1
}

# built TITLE DIR [OPTION...]: and nothing in it may name the place of the build.
built() {
    local title=$1
    shift
    if ! makepkg_in "$@"; then
        tail -n 40 "$work/build.log" >"$work/tail.log"
        fail "$title" "$work/tail.log"
    elif grep 'WARNING: Package contains reference' "$work/build.log" >"$work/tail.log"; then
        fail "$title" "$work/tail.log"
    else
        pass "$title"
    fi
}

# refused TITLE MESSAGE DIR: it must not be built, for that reason.
refused() {
    local title=$1 message=$2
    shift 2
    if makepkg_in "$@"; then
        fail "$title: the build went on"
    elif grep -qF -e "$message" "$work/build.log"; then
        pass "$title"
    else
        { printf 'missing: %s\n' "$message"; tail -n 20 "$work/build.log"; } >"$work/tail.log"
        fail "$title" "$work/tail.log"
    fi
}

# unpack PACKAGE DIR, and without what makepkg adds for pacman.
unpack() { inside sh -c "rm -rf '$2' && mkdir '$2' && bsdtar -xf $1 -C '$2' && rm -f '$2'/.[A-Z]*"; }

content() {
    (cd "$root$1" && find . -printf '%P %M %U:%G %l\n' | LC_ALL=C sort &&
        find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
}

# --- the program ---

mkdir -p "$root/build/tool"
source_archives
cp "$source_main" "$source_vendor" "$repo/arch/PKGBUILD" "$root/build/tool"
inside chown --recursive builder: /build
# makepkg's own default of sums is none that anybody publishes.
sed -i 's/^INTEGRITY_CHECK=.*/INTEGRITY_CHECK=(sha256)/' "$root/etc/makepkg.conf"
# A flag of the distribution that can be found again.
echo "RUSTFLAGS='-Cforce-frame-pointers=yes -Clink-arg=-Wl,--build-id=0xfeedc0de'" >"$root/etc/makepkg.conf.d/rust.conf"
refused 'archives without a sum' 'Integrity checks are missing' /build/tool
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
    (cd "$root/$kind" && find . \( -name 'EXTERNALLY-MANAGED*' -o -name 'README.venv*' \) -printf '%m %U:%G %P\n' |
        LC_ALL=C sort) >"$work/places"
    contains "$kind: marker and README are in their places" "$work/places" <<EXPECTED
644 0:0 $stdlib/EXTERNALLY-MANAGED
644 0:0 $stdlib/README.venv
EXPECTED
    check "$kind: lint finds nothing" inside externally-managed lint "/$kind"
    check "$kind: the text is what the program renders" cmp "$root/$kind/$stdlib/EXTERNALLY-MANAGED" \
        <("$EXTERNALLY_MANAGED" render marker --profile arch --python 3.14)
    check "$kind: pip came from ensurepip" test -e "$root/$kind/usr/bin/pip3.13"
done
content /python >"$work/content"
content /committed >"$work/other"
check 'both ways give the same package' cmp "$work/content" "$work/other"

# Installed for the Python of the build machine, which is another version.
inside sh -c 'cp -a /python /installed && mv /installed/usr/lib/python3.14 /installed/usr/lib/python3.13'
if inside env PYTHONHOME=/installed/usr PYTHONPATH=/usr/lib/python3.13/lib-dynload \
    python3 -m pip install --no-index requests >"$work/pip" 2>&1; then
    fail 'pip refuses'
else
    check 'pip refuses, line for line with the text of the package' \
        python3 "$here/shown.py" compare pip "$root/python/$stdlib/EXTERNALLY-MANAGED" Error "$work/pip"
fi

# --- again, elsewhere ---

# again DIR: with `variables` as they are.
again() {
    sample python "/build/$1"
    built "$1: a build" "/build/$1"
    unpack "/build/$1/$package" /again
    content /again >"$work/other"
    check "$1: the same content" cmp "$work/content" "$work/other"
}
variables=(env LC_ALL=de_DE.UTF-8 TZ=Asia/Kathmandu SOURCE_DATE_EPOCH=1)
again another-language-and-time
# shellcheck disable=SC2016 # for the shell inside
variables=(env --unset=SOURCE_DATE_EPOCH sh -c 'umask 077; exec "$@"' sh)
again another-umask
variables=(env)

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
refused 'vendors: no rendering for this one' 'EXTERNALLY-MANAGED.other' /build/vendors

# --- mistakes ---

# mistake TITLE SED MESSAGE: what SED does to the PKGBUILD stops the build, in package().
mistake() {
    sample python /build/bad
    sed -i "$2" "$root/build/bad/PKGBUILD"
    refused "$1" "$3" /build/bad
    check "$1: package() ended there" grep -F 'A failure occurred in package()' "$work/build.log"
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
refused 'a committed rendering with another sum' 'EXTERNALLY-MANAGED ... FAILED' /build/bad
inside mv /usr/bin/externally-managed /usr/bin/hidden
mistake 'the program is missing' '' 'externally-managed: command not found'

finish
