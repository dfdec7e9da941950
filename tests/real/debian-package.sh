#!/bin/bash
# dpkg-buildpackage builds the program in a clean Debian, without network.
#
#     tests/real/debian-package.sh
#
# The packages stay in $REAL_CACHE/packages/debian, for debian-samples.sh.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
own_namespace "$@"
# shellcheck source-path=SCRIPTDIR source=builds.sh
. "$here/builds.sh"

version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$repo/Cargo.toml" | head -n 1)
packages=$REAL_CACHE/packages/debian
lists=$repo/tests/packages/debian

# source_package DIR: the tree that dpkg-buildpackage expects, and its archives.
source_package() {
    local directory=$1/externally-managed-$version
    unpack_source "$directory"
    cp -a "$repo/debian" "$root$directory"
    cp "$source_main" "$root$1/externally-managed_$version.orig.tar.xz"
    cp "$source_vendor" "$root$1/externally-managed_$version.orig-vendor.tar.xz"
    inside chown --recursive builder: "$1"
}

# build_package DIR OPTIONS...: with the environment and the arguments for dpkg-buildpackage.
build_package() {
    local directory=$1/externally-managed-$version
    shift
    # shellcheck disable=SC2016 # for the shell inside
    ordinary env "DIRECTORY=$directory" "$@" >"$work/build.log" 2>&1 \
        sh -c 'cd "$DIRECTORY" && exec dpkg-buildpackage --no-sign $BUILD' || {
        tail -n 60 "$work/build.log"
        die 'dpkg-buildpackage failed'
    }
}

fresh_root
use_backports cargo rustc 'libstd-rust*' 'libllvm*' 'llvm*'
inside useradd --create-home builder
source_package /build/first
check 'build dependencies' inside apt-get -qq -y build-dep "/build/first/externally-managed-$version"

build_package /build/first BUILD=
pass 'a build with tests, without network'
if grep -q '^test result: ok. [1-9]' "$work/build.log"; then
    pass 'the tests ran'
else
    fail 'the tests ran' "$work/build.log"
fi
rm -rf "$packages"
mkdir -p "$packages"
cp "$root"/build/first/*.{dsc,changes,deb,tar.xz,buildinfo} "$packages"

# contents DEB: mode, owner and path of each file.
contents() {
    dpkg-deb --fsys-tarfile "$1" | tar --list --verbose --numeric-owner |
        sed -E 's/^(\S+) +(\S+) +[0-9]+ \S+ \S+ (.*)$/\1 \2 \3/' | LC_ALL=C sort -k 3
}
for package in externally-managed dh-externally-managed; do
    contents "$packages/$package"_*.deb >"$work/contents"
    check "contents of $package" diff -u "$lists/$package.contents" "$work/contents"
done

# Another directory, language, umask and user; no tests, no documentation.
source_package /other/place
build_package /other/place 'DEB_BUILD_OPTIONS=nocheck nodoc' DEB_BUILD_PROFILES='nocheck nodoc' BUILD=--build=binary \
    LC_ALL=de_DE.UTF-8 TZ=Asia/Kathmandu
pass 'a build without tests and documentation'
if grep -q 'test result' "$work/build.log"; then
    fail 'nocheck runs no test' "$work/build.log"
else
    pass 'nocheck runs no test'
fi
if contents "$root"/other/place/externally-managed_*.deb | grep -q '/man/\|README'; then
    fail 'nodoc leaves the documentation out'
else
    pass 'nodoc leaves the documentation out'
fi
check 'the same program from another directory' cmp \
    <(dpkg-deb --fsys-tarfile "$packages"/externally-managed_*.deb | tar -xO ./usr/bin/externally-managed) \
    <(dpkg-deb --fsys-tarfile "$root"/other/place/externally-managed_*.deb | tar -xO ./usr/bin/externally-managed)

# Nobody's machine is in the program.
dpkg-deb --fsys-tarfile "$packages"/externally-managed_*.deb | tar -xO ./usr/bin/externally-managed >"$work/program"
if grep -aq /build/first "$work/program"; then
    fail 'no path of the build in the program'
else
    pass 'no path of the build in the program'
fi

base=$REAL_CACHE/builders
"$here/make-chroot.sh" "$base"
fresh_root
mkdir "$root/packages"
cp "$packages"/* "$root/packages"
check lintian inside sh -c \
    'cd /packages && lintian --allow-root --display-info --fail-on error,warning --suppress-tags-from-file /dev/null ./*.changes'
cp "$work/check.log" "$REAL_CACHE/lintian.log"

finish
