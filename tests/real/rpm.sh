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

fresh_root
inside useradd --create-home builder

# rpmbuild_in TOPDIR SPEC [OPTION...]: as an ordinary user, without network. The
# database of rpm knows nothing of Debian's packages, hence --nodeps.
rpmbuild_in() {
    local topdir=$1 spec=$2
    shift 2
    ordinary "${variables[@]}" rpmbuild --nodeps --define "_topdir $topdir" "$@" "$topdir/$spec" >"$work/build.log" 2>&1
}
variables=(env)

# built TITLE TOPDIR SPEC [OPTION...]
built() {
    local title=$1
    shift
    if rpmbuild_in "$@"; then
        pass "$title"
    else
        tail -n 40 "$work/build.log" >"$work/tail.log"
        fail "$title" "$work/tail.log"
    fi
}

# --- the program ---

top=/build/tool
mkdir -p "$root$top/SOURCES"
source_archives
cp "$source_main" "$source_vendor" "$root$top/SOURCES"
cp "$repo/rpm/externally-managed.spec" "$root$top"
inside chown --recursive builder: "$top"
rpmbuild_in "$top" externally-managed.spec -ba || {
    tail -n 60 "$work/build.log"
    die 'the program cannot be built'
}
pass 'the program, with tests, without network'
check 'its tests ran' grep -q '^test result: ok. [1-9]' "$work/build.log"

# `license` of each crate that is linked in, as the tag joins them.
inside rpm --query --package --queryformat '%{LICENSE}' "$top"/RPMS/x86_64/externally-managed-0*.rpm |
    sed 's/ AND /\n/g' | tr -d '()' | LC_ALL=C sort -u >"$work/tag"
mkdir "$root/tool"
inside sh -c "rpm2cpio $top/RPMS/x86_64/externally-managed-0*.rpm | bsdtar --extract --directory /tool --file -"
sed 's/: .*//; s/ AND /\n/g' "$root"/tool/usr/share/licenses/externally-managed*/LICENSE.dependencies |
    sed 's/^Apache-2.0 OR MIT$/MIT OR Apache-2.0/' | tr -d '()' | LC_ALL=C sort -u >"$work/crates"
check 'the licence tag names those of all crates' diff -u "$work/crates" "$work/tag"

cp "$repo/rpm/rpmlint.toml" "$root$top"
check rpmlint inside sh -c "rpmlint --config $top/rpmlint.toml $top/externally-managed.spec $top/SRPMS/*.rpm $top/RPMS/*/*.rpm"

inside sh -c "rpm --install --nodeps $top/RPMS/*/*.rpm" || die 'the packages cannot be installed'
check 'the packages can be installed' inside externally-managed --version

# --- a Python ---

libs=python3.13-libs-3.13.99-1
marker=python3.13/EXTERNALLY-MANAGED

# sample TOPDIR: the samples' sources.
sample() {
    mkdir -p "$root$1/SOURCES"
    cp "$repo/tests/packages/stage" "$root$1/SOURCES"
    cp "$repo"/tests/packages/rpm/*.spec "$root$1"
    inside chown --recursive builder: "$(dirname "$1")"
}

# unpack RPM DIR
unpack() {
    [ -e "$root$1" ] || die "there is no $1"
    inside sh -c "rm -rf '$2' && mkdir '$2' && rpm2cpio $1 | bsdtar --extract --directory '$2' --file -"
}

# content DIR: path, mode and bytes of everything below.
content() {
    (cd "$root$1" && find . -printf '%P %M %l\n' | LC_ALL=C sort &&
        find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
}

# listed RPM: path, mode, owner and language of our files, as rpm will install them.
listed() {
    [ -e "$root$1" ] || die "there is no $1"
    inside rpm --query --package --queryformat '[%{FILENAMES} %{FILEMODES:octal} %{FILEUSERNAME} %{FILELANGS}\n]' "$1" |
        grep -E '/(EXTERNALLY-MANAGED|README\.venv[^/]*) ' | sed 's/ *$//'
}

sample /build/first
for architecture in x86_64 i686; do
    libdir=/usr/lib64
    [ "$architecture" = x86_64 ] || libdir=/usr/lib
    built "$architecture: a build" /build/first python3.13.spec -bb --target "$architecture"
    listed "/build/first/RPMS/$architecture/$libs.$architecture.rpm" >"$work/listed"
    contains "$architecture: marker without language, READMEs with theirs" "$work/listed" <<EXPECTED
$libdir/python3.13/EXTERNALLY-MANAGED 100644 root
$libdir/python3.13/README.venv 100644 root
$libdir/python3.13/README.venv.de 100644 root de
$libdir/python3.13/README.venv.ja 100644 root ja
EXPECTED
    listed "/build/first/RPMS/$architecture/python3.13-3.13.99-1.$architecture.rpm" >"$work/listed"
    check "$architecture: nothing of it in the other package" test ! -s "$work/listed"
    unpack "/build/first/RPMS/$architecture/$libs.$architecture.rpm" "/$architecture"
    unpack "/build/first/RPMS/$architecture/python3.13-3.13.99-1.$architecture.rpm" "/$architecture-programs"
    check "$architecture: lint finds nothing in the packages" \
        inside externally-managed lint "/$architecture" "/$architecture-programs"
    check "$architecture: the text is what the program renders" cmp "$root/$architecture$libdir/$marker" \
        <("$EXTERNALLY_MANAGED" render marker --profile fedora --python 3.13 --stdlib "$libdir/python3.13")
    check "$architecture: no build path in the text" sh -c "! grep -rl /build/ '$root/$architecture$libdir/python3.13/'[ER]*"
done
# Both go onto one system: what lies outside of the libdirs must be the same.
rm -rf "$root"/x86_64/usr/lib64 "$root"/i686/usr/lib/python3.13
content /x86_64 >"$work/content"
content /i686 >"$work/other"
check 'the packages of two architectures share every file outside of the libdirs' cmp "$work/content" "$work/other"

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
    # The Python of the build machine looks for its standard library in another libdir.
    inside sh -c 'rm -rf /run-from && cp -a /installed /run-from && mv /run-from/usr/lib64/python3.13 /run-from/usr/lib'
    if inside env PYTHONHOME=/run-from/usr PYTHONPATH=/usr/lib/python3.13/lib-dynload \
        python3 -m pip install --no-index requests >"$work/pip" 2>&1; then
        fail "$how: pip refuses"
    else
        check "$how: pip refuses, line for line with the text of the package" \
            python3 "$here/shown.py" compare pip "$root/installed/usr/lib64/$marker" Error "$work/pip"
    fi
done

# --- again, elsewhere ---

unpack "/build/first/RPMS/x86_64/$libs.x86_64.rpm" /again
content /again >"$work/content"
# again TITLE: built elsewhere, with `variables` as they are.
again() {
    sample "/build/$1"
    built "$1: a build" "/build/$1" python3.13.spec -bb
    unpack "/build/$1/RPMS/x86_64/$libs.x86_64.rpm" /again
    content /again >"$work/other"
    check "$1: the same content" cmp "$work/content" "$work/other"
}
variables=(env LC_ALL=de_DE.UTF-8 TZ=Asia/Kathmandu SOURCE_DATE_EPOCH=1)
again another-language-and-time
# shellcheck disable=SC2016 # for the shell inside
variables=(env --unset=SOURCE_DATE_EPOCH sh -c 'umask 077; exec "$@"' sh)
again another-umask
variables=(env)

# --- flavours ---

built 'flavours: a build' /build/first flavours.spec -bb
for version in 3.13 3.14; do
    listed "/build/first/RPMS/x86_64/python${version/./}-libs-1-1.x86_64.rpm" >"$work/listed"
    contains "flavours: each has its own, $version" "$work/listed" <<EXPECTED
/usr/lib64/python$version/EXTERNALLY-MANAGED 100644 root
/usr/lib64/python$version/README.venv 100644 root
EXPECTED
done

# --- mistakes ---

# mistake TITLE SED MESSAGE...: what SED does to the spec file stops the build.
mistake() {
    local title=$1 script=$2 message
    shift 2
    sample /build/bad
    sed -i "$script" "$root/build/bad/python3.13.spec"
    if rpmbuild_in /build/bad python3.13.spec -bb; then
        fail "$title: the build went on"
        return
    fi
    for message in "$@" 'error: externally_managed_install, in the spec file of python3.13, failed'; do
        if ! grep -qF -e "$message" "$work/build.log"; then
            { printf 'missing: %s\n' "$message"; tail -n 20 "$work/build.log"; } >"$work/tail.log"
            fail "$title" "$work/tail.log"
            return
        fi
    done
    pass "$title"
}
mistake 'an unknown profile' 's/--profile fedora/--profile fedoar/' 'fedoar'
mistake 'a misspelt option' 's/ --stdlib / --stdlbi /' "'--stdlbi'"
mistake 'a path that is not one' 's/--stdlib %{_libdir}/--stdlib lib/' 'is not a path inside of the tree'
mistake 'a language that there is not' 's/de,ja/de,xx/' 'xx'
inside mv /usr/bin/externally-managed /usr/bin/hidden
mistake 'the program is missing' '' '/usr/bin/externally-managed: not found'

finish
