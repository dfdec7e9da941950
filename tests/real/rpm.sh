#!/bin/bash
# rpmbuild builds the program, and then Pythons with its macros.
#
#     tests/real/rpm.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
base=$REAL_CACHE/builders
own_namespace "$@"
# shellcheck source-path=SCRIPTDIR source=builds.sh
. "$here/builds.sh"

fresh_root
inside useradd --create-home builder

# build TOPDIR [OPTION...]: `spec` in it, as an ordinary user, without network. The
# database of rpm knows nothing of Debian's packages, hence --nodeps.
spec=python3.13.spec
build() {
    local topdir=$1
    shift
    ordinary "${variables[@]}" rpmbuild -ba --nodeps --define "_topdir $topdir" "$@" "$topdir/$spec" >"$work/build.log" 2>&1
}

# --- the program ---

top=/build/tool
mkdir -p "$root$top/SOURCES"
source_archives
cp "$source_main" "$source_vendor" "$root$top/SOURCES"
cp "$repo/rpm/externally-managed.spec" "$root$top"
inside chown --recursive builder: "$top"
spec=externally-managed.spec
built 'the program, with tests, without network' "$top"
check 'its tests ran' grep -q '^test result: ok. [1-9]' "$work/build.log"

# `license` of each crate that is linked in, as the tag joins them.
inside rpm --query --package --queryformat '%{LICENSE}' "$top"/RPMS/x86_64/externally-managed-0*.rpm |
    sed 's/ AND /\n/g' | tr -d '()' | LC_ALL=C sort -u >"$work/tag"
mkdir "$root/tool"
inside sh -c "rpm2cpio $top/RPMS/x86_64/externally-managed-0*.rpm | bsdtar --extract --directory /tool --file -"
cp "$root"/tool/usr/share/licenses/externally-managed*/{LICENSE.dependencies,cargo-vendor.txt} "$work"
sed 's/: .*//; s/ AND /\n/g' "$work/LICENSE.dependencies" |
    sed 's/^Apache-2.0 OR MIT$/MIT OR Apache-2.0/' | tr -d '()' | LC_ALL=C sort -u >"$work/crates"
check 'the licence tag names those of all crates' diff -u "$work/crates" "$work/tag"
# Only this form of a line makes Fedora's generator say that the crate is bundled.
sed -n '/^name = /{N;s/name = "\(.*\)"\nversion = "\(.*\)"/\1 v\2/p}' "$repo/Cargo.lock" |
    grep -Fxf - "$work/cargo-vendor.txt" >"$work/bundled"
check 'the bundled crates are those of Cargo.lock' diff -u "$work/bundled" "$work/cargo-vendor.txt"

cp "$repo/rpm/rpmlint.toml" "$root$top"
# A warning would not make it fail.
inside sh -c "rpmlint --config $top/rpmlint.toml $top/externally-managed.spec $top/SRPMS/*.rpm $top/RPMS/*/*.rpm" \
    >"$work/rpmlint" 2>&1 || :
if grep -qF ' 0 errors, 0 warnings, ' "$work/rpmlint"; then
    pass 'rpmlint says nothing'
else
    fail 'rpmlint says nothing' "$work/rpmlint"
fi

inside sh -c "rpm --install --nodeps $top/RPMS/*/*.rpm" || die 'the packages cannot be installed'
check 'the packages can be installed' inside externally-managed --version

# --- a Python ---

spec=python3.13.spec
libs=python3.13-libs-3.13.99-1
marker=python3.13/EXTERNALLY-MANAGED

# sample TOPDIR: the samples' sources.
sample() {
    mkdir -p "$root$1/SOURCES"
    cp "$repo/tests/packages/stage" "$repo"/tests/packages/rpm/committed/* "$root$1/SOURCES"
    cp "$repo"/tests/packages/rpm/*.spec "$root$1"
    cp "$repo"/tests/packages/rpm/*.yaml "$root$1/SOURCES"
    inside chown --recursive builder: "$(dirname "$1")"
}

# unpack RPM DIR
unpack() {
    [ -e "$root$1" ] || die "there is no $1"
    inside sh -c "rm -rf '$2' && mkdir '$2' && rpm2cpio $1 | bsdtar --extract --directory '$2' --file -"
}

# listed RPM: path, mode, owner and language of our files, as rpm will install them.
listed() {
    [ -e "$root$1" ] || die "there is no $1"
    inside rpm --query --package --queryformat '[%{FILENAMES} %{FILEMODES:octal} %{FILEUSERNAME}:%{FILEGROUPNAME} %{FILELANGS}\n]' "$1" |
        grep -E '/(EXTERNALLY-MANAGED|README\.venv[^/]*) ' | sed 's/ *$//'
}

sample /build/first
for architecture in x86_64 i686; do
    libdir=/usr/lib64
    [ "$architecture" = x86_64 ] || libdir=/usr/lib
    built "$architecture: a build" /build/first --target "$architecture"
    listed "/build/first/RPMS/$architecture/$libs.$architecture.rpm" >"$work/listed"
    contains "$architecture: marker without language, READMEs with theirs" "$work/listed" <<EXPECTED
$libdir/python3.13/EXTERNALLY-MANAGED 100644 root:root
$libdir/python3.13/README.venv 100644 root:root
$libdir/python3.13/README.venv.de 100644 root:root de
$libdir/python3.13/README.venv.ja 100644 root:root ja
EXPECTED
    listed "/build/first/RPMS/$architecture/python3.13-3.13.99-1.$architecture.rpm" >"$work/listed"
    check "$architecture: nothing of it in the other package" test ! -s "$work/listed"
    unpack "/build/first/RPMS/$architecture/$libs.$architecture.rpm" "/$architecture"
    unpack "/build/first/RPMS/$architecture/python3.13-3.13.99-1.$architecture.rpm" "/$architecture-programs"
    check "$architecture: lint finds nothing in the packages" \
        inside externally-managed lint "/$architecture" "/$architecture-programs"
    renders "$architecture: the text is what the program renders" "$root/$architecture$libdir/$marker" \
        --profile fedora --python 3.13 --stdlib "$libdir/python3.13"
    check "$architecture: no build path in the text" sh -c "! grep -rl /build/ '$root/$architecture$libdir/python3.13/'[ER]*"
done
# Both go onto one system: what lies outside of the libdirs must be the same.
rm -rf "$root"/x86_64/usr/lib64 "$root"/i686/usr/lib/python3.13
fingerprint "$root/x86_64" >"$work/first"
fingerprint "$root/i686" >"$work/again"
check 'the packages of two architectures share every file outside of the libdirs' cmp "$work/first" "$work/again"

# --- installed: in English only, and without documentation ---

for how in '--define=_install_langs=en' '--excludedocs'; do
    rm -rf "$root/installed"
    mkdir "$root/installed"
    option=$how
    [ "$how" = --excludedocs ] || option="--define '_install_langs en'"
    check "$how: installed" inside sh -c "rpm --install --root /installed --nodeps $option \
        /build/first/RPMS/x86_64/python3.13-*.rpm /build/first/RPMS/x86_64/$libs.x86_64.rpm"
    check "$how: the marker is there" test -f "$root/installed/usr/lib64/$marker"
    check "$how: the README that it names is there" test -f "$root/installed/usr/lib64/python3.13/README.venv"
    if [ "$how" != --excludedocs ]; then
        check "$how: the README of another language is not" test ! -e "$root/installed/usr/lib64/python3.13/README.venv.de"
    fi
    check "$how: lint finds nothing" inside externally-managed lint /installed
    pip_refuses "$how: pip refuses" /installed/usr lib64/python3.13
done

# --- again, elsewhere ---

unpack "/build/first/RPMS/x86_64/$libs.x86_64.rpm" /again
fingerprint "$root/again" >"$work/first"
again() {
    sample "/build/$1"
    built "$1: a build" "/build/$1"
    unpack "/build/$1/RPMS/x86_64/$libs.x86_64.rpm" /again
    fingerprint "$root/again" >"$work/again"
    check "$1: the same content" cmp "$work/first" "$work/again"
}
elsewhere again

# --- flavours ---

spec=flavours.spec
built 'flavours: a build' /build/first
spec=python3.13.spec
for version in 3.13 3.14; do
    listed "/build/first/RPMS/x86_64/python${version/./}-libs-1-1.x86_64.rpm" >"$work/listed"
    contains "flavours: each has its own, $version" "$work/listed" <<EXPECTED
/usr/lib64/python$version/EXTERNALLY-MANAGED 100644 root:root
/usr/lib64/python$version/README.venv 100644 root:root
EXPECTED
done

# --- a committed rendering, with nothing to build-require ---

spec=committed.spec
inside mv /usr/bin/externally-managed /usr/bin/hidden
built 'committed: a build without the program' /build/first
inside mv /usr/bin/hidden /usr/bin/externally-managed
spec=python3.13.spec
unpack /build/first/RPMS/x86_64/committed-1-1.x86_64.rpm /committed
check 'committed: lint finds nothing in the package' inside externally-managed lint /committed
renders 'committed: the text is what the program renders' "$root/committed/usr/lib64/$marker" \
    --profile fedora --python 3.13

# --- two Pythons in one package ---

# Older rpms keep the list of an earlier build; here, that of the other architecture.
spec=several.spec
for architecture in x86_64 i686; do
    libdir=/usr/lib64
    [ "$architecture" = x86_64 ] || libdir=/usr/lib
    built "several, $architecture: a build" /build/first --target "$architecture" \
        --define 'externally_managed_files /build/first/left-over'
    listed "/build/first/RPMS/$architecture/several-1-1.$architecture.rpm" >"$work/listed"
    contains "several, $architecture: the files of both calls" "$work/listed" <<EXPECTED
$libdir/python3.13/EXTERNALLY-MANAGED 100644 root:root
$libdir/python3.13/README.venv 100644 root:root
$libdir/python3.13/README.venv.de 100644 root:root de
$libdir/python3.14/EXTERNALLY-MANAGED 100644 root:root
$libdir/python3.14/README.venv 100644 root:root
$libdir/python3.14/README.venv.de 100644 root:root de
EXPECTED
done
spec=python3.13.spec

# --- the marker in a package of its own ---

spec=opt-out.spec
# The news, as doc/opt-out.md has it.
"$EXTERNALLY_MANAGED" render news --profile fedora --python 3.13 | sed '1s/^/- /; 1!s/^./  &/' >>"$root/build/first/$spec"
own=python3.13-externally-managed-3.13.99
library=python3.13-libs-3.13.99
readme=usr/lib64/python3.13/README.venv
for release in 1 2; do
    sed -i "s/^Release: .*/Release: $release/" "$root/build/first/$spec"
    built "of its own, release $release: a build" /build/first
done
for architecture in x86_64 i686; do
    libdir=/usr/lib64
    [ "$architecture" = x86_64 ] || libdir=/usr/lib
    built "of its own, $architecture: a build" /build/first --target "$architecture"
    inside rpm --query --package --list "/build/first/RPMS/$architecture/$own-2.$architecture.rpm" >"$work/listed"
    contains "of its own, $architecture: the marker, and nothing else" "$work/listed" <<<"$libdir/$marker"
    listed "/build/first/RPMS/$architecture/$library-2.$architecture.rpm" >"$work/listed"
    contains "of its own, $architecture: the README stays with the library" "$work/listed" \
        <<<"$libdir/python3.13/README.venv 100644 root:root"
done
inside rpm --query --package --changelog "/build/first/RPMS/x86_64/$own-2.x86_64.rpm" >"$work/changelog"
check 'of its own: the news are in the changelog' grep -q '^- From this version on, installers such as pip and uv' "$work/changelog"
inside rpm --query --package --queryformat '[%{SUPPLEMENTS}\n]' "/build/first/RPMS/x86_64/$own-2.x86_64.rpm" >"$work/weak"
contains 'of its own: it comes with the library' "$work/weak" <<<'python3.13-libs(x86-64)'
inside rpm --query --package --obsoletes "/build/first/RPMS/x86_64/$own-2.x86_64.rpm" >"$work/obsoletes"
contains 'of its own: an upgrade brings it' "$work/obsoletes" <<<'python3.13-libs < 3.13.99'
inside sh -c "rpmlint --config /build/tool/rpmlint.toml /build/first/RPMS/x86_64/$own-2.x86_64.rpm" >"$work/rpmlint" 2>&1 || :
if grep -qF ' 0 errors, 0 warnings, ' "$work/rpmlint"; then
    pass 'of its own: rpmlint says nothing'
else
    fail 'of its own: rpmlint says nothing' "$work/rpmlint"
fi
unpack "/build/first/RPMS/x86_64/$own-2.x86_64.rpm" /own
unpack "/build/first/RPMS/x86_64/$library-2.x86_64.rpm" /library
check 'of its own: lint finds nothing in both packages' inside externally-managed lint /own /library
check 'of its own: the README names the package' grep -qxF '    $ dnf remove python3.13-externally-managed' "$root/library/$readme"

# rpms TITLE ACTION PACKAGE...: on a system of its own.
rpms() {
    local title=$1 action=$2
    shift 2
    check "$title" inside sh -c "cd /build/first/RPMS/x86_64 && rpm $action --root /choice --nodeps $*"
}
rm -rf "$root/choice"
mkdir "$root/choice"
rpms 'with the marker: installed' --install "$library-1.x86_64.rpm" "$own-1.x86_64.rpm"
pip_refuses 'with the marker: pip refuses' /choice/usr lib64/python3.13
rpms 'with the marker: upgraded' --upgrade "$library-2.x86_64.rpm" "$own-2.x86_64.rpm"
pip_refuses 'with the marker, upgraded: pip refuses' /choice/usr lib64/python3.13
rpms 'without the marker: its package removed' --erase python3.13-externally-managed
pip_installs 'without the marker: pip installs' /choice/usr lib64/python3.13
rpms 'without the marker: a downgrade of the library' '--upgrade --oldpackage' "$library-1.x86_64.rpm"
rpms 'without the marker: and an upgrade' --upgrade "$library-2.x86_64.rpm"
pip_installs 'without the marker, upgraded: pip installs' /choice/usr lib64/python3.13
rpms 'with the marker again: installed' --install "$own-2.x86_64.rpm"
pip_refuses 'with the marker again: pip refuses' /choice/usr lib64/python3.13
rpms 'all removed' --erase python3.13-externally-managed python3.13-libs
check 'all removed: nothing is left' test ! -e "$root/choice/usr/lib64/python3.13"
rm -rf "$root/choice"
mkdir "$root/choice"
rpms 'without the marker from the start: installed' --install "$library-1.x86_64.rpm"
pip_installs 'without the marker from the start: pip installs' /choice/usr lib64/python3.13

# What openSUSE says of the release.
for release in 1699 1600; do
    rm -rf "$root"/build/first/RPMS
    built "suse_version $release: a build" /build/first --define "suse_version $release"
    find "$root/build/first/RPMS" -name "$own*" | grep -q . && found=yes || found=no
    [ "$release" = 1699 ] && expected=yes || expected=no
    check "suse_version $release: a marker: $expected" test "$found" = "$expected"
done
sed -i 's/^%externally_managed_package .*/%externally_managed_package -n here/' "$root/build/first/$spec"
stopped 'of its own: without -l' /build/first '%externally_managed_package: -l LIBS is missing'
spec=python3.13.spec

# --- mistakes ---

# mistake TITLE SED MESSAGE...: what SED does to `spec` stops the build, which names the place.
mistake() {
    local title=$1 line
    sample /build/bad
    sed -i "$2" "$root/build/bad/$spec"
    # rpm counts the last line of a call that goes on.
    line=$(awk '/^%externally_managed_install / { call = 1 } call && !/\\$/ { print NR; exit }' "$root/build/bad/$spec")
    shift 2
    stopped "$title" /build/bad "$@" "error: /build/bad/$spec:$line: externally_managed_install failed"
}
mistake 'an unknown profile' 's/--profile fedora/--profile fedoar/' 'fedoar'
mistake 'a misspelt option' 's/ --stdlib / --stdlbi /' "'--stdlbi'"
mistake 'a mistake before a comment' 's/--profile fedora.*/--profile fedoar # sic/' 'fedoar'
mistake 'a path that is not one' 's/--stdlib %{_libdir}/--stdlib lib/' 'is not a path inside of the tree'
mistake 'a language that there is not' 's/de,ja/de,xx/' 'xx'
mistake 'several lines without braces' 's/ --readme-languages/ \\\n&/' "invalid value ' '"
inside mv /usr/bin/externally-managed /usr/bin/hidden
mistake 'the program is missing' '' '/usr/bin/externally-managed: not found'

finish
