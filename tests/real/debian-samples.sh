#!/bin/bash
# dpkg-buildpackage builds a Python with dh_externally_managed, and pip refuses
# once its packages are installed. Needs the packages that debian-package.sh
# leaves.
#
#     tests/real/debian-samples.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
own_namespace "$@"
# shellcheck source-path=SCRIPTDIR source=builds.sh
. "$here/builds.sh"

packages=$REAL_CACHE/packages/debian
samples=$repo/tests/packages/debian
marker=usr/lib/python3.13/EXTERNALLY-MANAGED
readme=usr/share/doc/python3.13/README.venv

# sample STYLE DIR: an unpacked source package, in the chroot.
sample() {
    rm -rf "${root:?}$2"
    mkdir -p "$root$2"
    cp -a "$samples/common/." "$samples/$1/." "$root$2/"
    inside chown --recursive builder: "$(dirname "$2")"
    if [ -e "$root$2/debian/control.in" ]; then
        within "$2" debian/rules control-file >/dev/null
    fi
}

# within DIR COMMAND...: as an ordinary user, without network.
# shellcheck disable=SC2016 # for the shell inside
within() { ordinary sh -c 'cd "$1" && shift && exec "$@"' sh "$@"; }

# build DIR [OPTION...]: the options are for dpkg-buildpackage.
build() {
    local directory=$1
    shift
    # shellcheck disable=SC2016 # for the shell inside
    ordinary "${variables[@]}" sh -c 'cd "$1" && shift && exec dpkg-buildpackage --no-sign --build=binary "$@"' \
        sh "$directory" "$@" >"$work/build.log" 2>&1
}

# unpack PLACE [ARCH]: the packages that were built in the directory above
# PLACE, each into $work/trees/.
unpack() {
    local above package
    above=$root$(dirname "$1")
    rm -rf "$work/trees"
    for package in libpython3.13-stdlib python3.13; do
        mkdir -p "$work/trees/$package"
        dpkg-deb --extract "$above/${package}_3.13.99-1_${2:-amd64}.deb" "$work/trees/$package"
    done
}

# same_as_first TITLE: what was unpacked is what the first build had.
same_as_first() {
    fingerprint "$work/trees" >"$work/again"
    check "$1" cmp "$work/first" "$work/again"
}

# in_place TITLE EXPECTED: our files are in the right package, and only there.
in_place() {
    documents "$work/trees" >"$work/places"
    contains "$1" "$work/places" <<<"$2"
}

# lint TITLE: of the packages taken together, with the one that has os.py.
lint() {
    rm -rf "$root/trees"
    cp -a "$work/trees" "$root/trees"
    check "$1" inside externally-managed lint \
        /trees/libpython3.13-stdlib /trees/python3.13 /minimal
}

fresh_root
use_backports 'debhelper*' 'libdebhelper*' 'dh-*'
rm "$root/etc/apt/preferences.d/backports"
inside useradd --create-home builder
mkdir "$root/packages"
cp "$packages"/*.deb "$root/packages"
install_packages build-essential fakeroot debhelper
inside install -d -o _apt /download
inside sh -c 'cd /download && apt-get -qq download libpython3.13-minimal'
dpkg-deb --extract "$root"/download/*.deb "$root/minimal"
inside sh -c 'dpkg --install /packages/*.deb' >"$work/dpkg.log" 2>&1 || {
    cat "$work/dpkg.log"
    die 'the front end cannot be installed'
}
say "$(inside dpkg-query --show debhelper)"

# --- in a dh sequence ---

expected="644 libpython3.13-stdlib/$marker
644 python3.13/$readme
644 python3.13/$readme.de
644 python3.13/$readme.ja"
sample dh /build/first/python
built 'dh: a build' /build/first/python
unpack /build/first/python
in_place 'dh: marker and README are in their packages' "$expected"
fingerprint "$work/trees" >"$work/first"
lint 'dh: lint finds nothing in the packages'
renders 'dh: the text is what the program renders' "$work/trees/libpython3.13-stdlib/$marker" \
    --profile debian --python 3.13
mkdir "$work/debs"
cp "$root"/build/first/*.deb "$work/debs"

again() {
    sample dh "/build/$1 place/python"
    built "dh, $1: a build" "/build/$1 place/python"
    unpack "/build/$1 place/python"
    same_as_first "dh, $1: the same content"
}
elsewhere again

sample dh /build/nodoc/python
variables=(env DEB_BUILD_OPTIONS=nodoc)
built 'dh: a build with nodoc' /build/nodoc/python
variables=(env)
unpack /build/nodoc/python
in_place 'dh: nodoc leaves the README out' "644 libpython3.13-stdlib/$marker"
renders 'dh: nodoc does not change the marker' "$work/trees/libpython3.13-stdlib/$marker" \
    --profile debian --python 3.13

# --- for another architecture, with nothing to run ---

sample dh /build/cross/python
built 'dh: a cross build' /build/cross/python --host-arch=arm64 --no-check-builddeps
unpack /build/cross/python arm64
same_as_first 'dh: the same for another architecture'
mkdir "$root/both"
cp "$root"/build/first/libpython3.13-stdlib_*.deb "$root"/build/cross/libpython3.13-stdlib_*.deb "$root/both"

# --- one by one, from templates ---

sample old-style /build/old/python
built 'old style: a build' /build/old/python
unpack /build/old/python
in_place 'old style: marker and README are in their packages' "644 libpython3.13-stdlib/$marker
644 python3.13/$readme"
lint 'old style: lint finds nothing in the packages'
renders 'old style: the same marker as from dh' "$work/trees/libpython3.13-stdlib/$marker" \
    --profile debian --python 3.13
fingerprint "$work/trees" >"$work/first"

# The build machine of a derivative.
mv "$root/etc/os-release" "$work/os-release"
printf 'ID=mine\nID_LIKE=debian\n' >"$root/etc/os-release"
sample old-style /build/mine/python
built "old style: a derivative's rebuild" /build/mine/python
unpack /build/mine/python
check "a derivative's rebuild says its own name" \
    grep -q '^Error=Nothing was installed or removed. Mine manages' "$work/trees/libpython3.13-stdlib/$marker"
check "a derivative's rebuild names its own package" \
    grep -q 'mine-python-venv' "$work/trees/python3.13/$readme"
rm "$root/etc/os-release"
mv "$work/os-release" "$root/etc/os-release"

# --- a committed rendering, one for each vendor, with nothing to build-depend on ---

inside mv /usr/bin/externally-managed /usr/bin/hidden
sample committed /build/committed/python
built 'committed: a build without the program' /build/committed/python
inside mv /usr/bin/hidden /usr/bin/externally-managed
unpack /build/committed/python
in_place 'committed: marker and README are in their packages' "644 libpython3.13-stdlib/$marker
644 python3.13/$readme"
lint 'committed: lint finds nothing in the packages'
renders 'committed: the text is what the program renders' "$work/trees/libpython3.13-stdlib/$marker" \
    --profile debian --python 3.13
printf 'Vendor: Mine\nParent: Debian\n' >"$root/etc/dpkg/origins/mine"
sample committed /build/vendor/python
variables=(env DEB_VENDOR=Mine)
built 'committed: a build of another vendor' /build/vendor/python
variables=(env)
unpack /build/vendor/python
check 'committed: the build of another vendor says its own name' \
    grep -q 'Mine manages' "$work/trees/libpython3.13-stdlib/$marker"

# --- the options of every debhelper program ---

sample dh /build/options/python
where=/build/options/python

# prints TITLE EXPECTED COMMAND...: exactly this output, on a fresh tree.
prints() {
    local title=$1
    printf '%s' "$2" >"$work/expected"
    shift 2
    within "$where" rm -rf debian/libpython3.13-stdlib debian/python3.13
    within "$where" mkdir debian/libpython3.13-stdlib debian/python3.13
    within "$where" "$@" >"$work/output" 2>&1 || echo "exit $?" >>"$work/output"
    check "$title" diff -u "$work/expected" "$work/output"
}
call='	externally-managed install --destdir debian'
for_marker="$call/libpython3.13-stdlib marker --profile debian --python 3.13"
for_readme="$call/python3.13 readme --profile debian --python 3.13 --readme-languages de,ja"

prints 'silent when all is well' '' dh_externally_managed
prints '-v prints the commands' "$for_marker
$for_readme
" dh_externally_managed -v
prints 'so does DH_VERBOSE' "$for_marker
$for_readme
" env DH_VERBOSE=1 dh_externally_managed -a
prints '-p takes one package' "$for_readme
" dh_externally_managed -v -ppython3.13
prints '-N leaves one out' "$for_marker
" dh_externally_managed -v -Npython3.13
prints '-i takes the packages for all architectures: none' \
    'dh_externally_managed: warning: You asked that all arch in(dep) packages be built, but there are none of that type.
' dh_externally_managed -v -i
prints '-P changes the build directory' "	install -m0755 -d elsewhere
	externally-managed install --destdir elsewhere marker --profile debian --python 3.13
" dh_externally_managed -v -plibpython3.13-stdlib -Pelsewhere
check '-P: the marker is there' test -f "$root$where/elsewhere/$marker"
prints 'unknown -O options are ignored' '' dh_externally_managed -O--buildsystem=cmake -O=--unknown
prints 'arguments after -- are one more call, for the first package' "$for_marker
$call/libpython3.13-stdlib marker --profile debian --python pypy3.11
$for_readme
" dh_externally_managed -v -- marker --profile debian --python pypy3.11
prints '--no-act prints what it would do' "$for_marker
$for_readme
" dh_externally_managed --no-act -v
check '--no-act writes nothing' test ! -e "$root$where/debian/libpython3.13-stdlib/usr"
prints 'twice is as good as once' '' sh -c 'dh_externally_managed && dh_externally_managed'
check 'an executable configuration is run' within "$where" sh -c '
    printf "#!/bin/sh\necho readme --profile debian --python 3.13\n" >debian/python3.13.externally-managed &&
    chmod +x debian/python3.13.externally-managed && dh_externally_managed -ppython3.13 &&
    test -f debian/python3.13/usr/share/doc/python3.13/README.venv'

# What dh would run: it leaves out what promises to do nothing.
sequence() { within "$where" env DH_INTERNAL_TEST_CAN_SKIP=1 dh binary --no-act; }
check 'dh runs it where it is asked for' grep -q '^   dh_externally_managed$' <(sequence)
within "$where" rm -f debian/libpython3.13-stdlib.externally-managed debian/python3.13.externally-managed
if sequence | grep -q dh_externally_managed; then
    fail 'dh leaves it out without configuration'
else
    pass 'dh leaves it out without configuration'
fi
check 'the add-on says that nothing is marked' \
    grep -q 'warning: no debian/PACKAGE.externally-managed: nothing is marked' <(sequence 2>&1)

# --- mistakes ---

# mistake TITLE COMMAND MESSAGE...: COMMAND spoils a sample, whose build stops.
mistake() {
    local title=$1 command=$2
    shift 2
    sample dh /build/bad/python
    within /build/bad/python sh -c "$command"
    stopped "$title" /build/bad/python "$@"
}
configuration=debian/libpython3.13-stdlib.externally-managed
mistake 'an unknown profile' "sed -i s/debian/debain/ $configuration" \
    debain "$configuration:2: "
mistake 'a misspelt option' "sed -i s/--python/--pyton/ $configuration" \
    "'--pyton'" "$configuration:2: "
mistake 'a misspelt document' "sed -i s/marker/makrer/ $configuration" \
    "'makrer'" "$configuration:2: "
mistake 'a mistake after a comment and an empty line' "printf '\n  # more\nmarker --profile debian\n' >>$configuration" \
    '--python' "$configuration:5: "
mistake 'a README in a linked directory' \
    "printf 'override_dh_installdocs:\n\tdh_installdocs -plibpython3.13-stdlib\n\tdh_installdocs -ppython3.13 --link-doc=libpython3.13-stdlib\n' >>debian/rules" \
    'symbolic link to libpython3.13-stdlib' 'debian/python3.13.externally-managed:1: '
mistake 'a file for a package that is not there' \
    'mv debian/python3.13.externally-managed debian/python3.31.externally-managed' \
    'debian/python3.31.externally-managed: debian/control has no package python3.31'
mistake 'a file whose name is almost right' \
    "mv $configuration debian/libpython3.13-stdlib.external-managed" \
    'debian/libpython3.13-stdlib.external-managed: debhelper reads debian/PACKAGE.externally-managed and debian/PACKAGE.externally-managed-opt-out only'
mistake 'a file without a line' "echo '# later' >$configuration" "$configuration: nothing to do"
mistake 'arguments without --' \
    "printf 'override_dh_externally_managed:\n\tdh_externally_managed marker\n' >>debian/rules" \
    'marker: arguments for externally-managed install go after --'
mv "$root/usr/bin/externally-managed" "$root/usr/bin/hidden"
mistake 'the program is missing' true 'externally-managed' 'No such file or directory' "$configuration:2: "
mv "$root/usr/bin/hidden" "$root/usr/bin/externally-managed"

# --- debhelper of the backports ---

check 'debhelper from the backports' inside apt-get -qq -y install -t trixie-backports debhelper
say "$(inside dpkg-query --show debhelper)"
for style in dh old-style; do
    sample "$style" "/build/new-$style/python"
    [ "$style" = old-style ] || sed -i 's/debhelper-compat (= 13)/debhelper-compat (= 14)/' "$root/build/new-$style/python/debian/control"
    built "$style, new debhelper: a build" "/build/new-$style/python"
    unpack "/build/new-$style/python"
    if [ "$style" = dh ]; then
        in_place "$style, new debhelper: marker and README are in their packages" "$expected"
    else
        same_as_first "$style, new debhelper: the same packages"
    fi
    lint "$style, new debhelper: lint finds nothing"
done

# --- installed ---

inside dpkg --add-architecture arm64
check 'the packages of two architectures can be installed together' \
    inside sh -c 'dpkg --install /both/*.deb && dpkg --verify libpython3.13-stdlib:amd64 libpython3.13-stdlib:arm64'
inside dpkg --search "/$marker" >"$work/owners"
for architecture in amd64 arm64; do
    check "the one of $architecture owns the marker" grep -qw "libpython3.13-stdlib:$architecture" "$work/owners"
done
inside dpkg --purge libpython3.13-stdlib:arm64 >/dev/null 2>&1

rm "$root"/both/*
cp "$work"/debs/*.deb "$root/both"
check 'the packages can be installed' inside sh -c 'dpkg --install /both/*.deb'
while read -r locale key; do
    if inside env LC_ALL="$locale" pip install --no-index requests >"$work/pip" 2>&1; then
        fail "pip refuses in $locale"
    else
        check "pip refuses in $locale, line for line with the text of the package" \
            python3 "$here/shown.py" compare pip "$root/$marker" "$key" "$work/pip"
    fi
done <<'LOCALES'
C.UTF-8 Error
de_DE.UTF-8 Error-de
ja_JP.UTF-8 Error-ja
LOCALES
check 'lint finds nothing in the whole system' inside externally-managed lint /
inside externally-managed status / >"$work/status"
check 'status knows whose the text is' grep -q 'debian' "$work/status"

finish
