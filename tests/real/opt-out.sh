#!/bin/bash
# A Debian package that turns the check off while it is installed: built with
# dh_externally_managed, installed before and after Pythons, which are upgraded
# and removed. Needs the packages that debian-package.sh leaves.
#
#     tests/real/opt-out.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
base=$REAL_CACHE/builders
own_namespace "$@"
# shellcheck source-path=SCRIPTDIR source=builds.sh
. "$here/builds.sh"

packages=$REAL_CACHE/packages/debian
samples=$repo/tests/packages/debian
marker=/usr/lib/python3.13/EXTERNALLY-MANAGED
newer=/usr/lib/python3.14/EXTERNALLY-MANAGED
pypy=/usr/lib/pypy3.11/EXTERNALLY-MANAGED

# build DIR: the source package there, as an ordinary user, without network.
# shellcheck disable=SC2016 # for the shell inside
build() {
    ordinary sh -c 'cd "$1" && exec dpkg-buildpackage --no-sign --build=binary' sh "$1" >"$work/build.log" 2>&1
}

# sample DIR FOLDER...: an unpacked source package, in the chroot.
sample() {
    local directory=$1 folder
    shift
    mkdir -p "$root$directory"
    for folder; do
        cp -a "$samples/$folder/." "$root$directory/"
    done
    inside chown --recursive builder: "$(dirname "$directory")"
}

# install TITLE FILE...
install() {
    local title=$1
    shift
    check "$title" inside dpkg --install "$@"
}

# marked TITLE PATH..., unmarked TITLE PATH...
marked() {
    local title=$1 path
    shift
    for path; do
        check "$title: $path is there" test -f "$root$path"
    done
}
unmarked() {
    local title=$1 path
    shift
    for path; do
        check "$title: $path is not there" test ! -e "$root$path"
        check "$title: but beside it" test -f "$root$path.distrib"
    done
}

# refuses TITLE PYTHON, installs TITLE PYTHON
refuses() {
    if inside "$2" -m pip install --no-index /tiny-1-py3-none-any.whl >"$work/pip" 2>&1; then
        fail "$1"
        inside "$2" -m pip uninstall --yes tiny >/dev/null 2>&1
    else
        check "$1" grep -q '^error: externally-managed-environment' "$work/pip"
    fi
}
installs() {
    check "$1" inside "$2" -m pip install --no-index /tiny-1-py3-none-any.whl
    check "$1: the module is there" inside "$2" -c 'import tiny'
    check "$1: and pip removes it again" inside "$2" -m pip uninstall --yes tiny
}

# diverted: the markers that the package diverts.
diverted() { inside dpkg-divert --list '*/EXTERNALLY-MANAGED' | sed 's/ to .* by / /; s/^diversion of //' | LC_ALL=C sort; }

# Debian's package of the Python that the sample stands for, with a marker of Debian's own.
fresh_root
inside useradd --create-home builder
mkdir "$root/packages"
cp "$packages"/*.deb "$root/packages"
inside sh -c 'dpkg --install /packages/*.deb' >"$work/dpkg.log" 2>&1 || {
    cat "$work/dpkg.log"
    die 'the front end cannot be installed'
}
# PyPy without its standard library, which comes later.
install_packages pypy3
inside install -d -o _apt /download
inside sh -c 'cd /download && apt-get -qq download pypy3-lib && dpkg --purge --force-depends pypy3-lib' >"$work/dpkg.log" 2>&1 || {
    cat "$work/dpkg.log"
    die 'pypy3-lib cannot be taken away'
}
inside python3 - <<'PYTHON'
import zipfile

with zipfile.ZipFile("/tiny-1-py3-none-any.whl", "w") as wheel:
    wheel.writestr("tiny.py", "")
    wheel.writestr("tiny-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1\n")
    wheel.writestr("tiny-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    wheel.writestr("tiny-1.dist-info/RECORD", "tiny.py,,\ntiny-1.dist-info/METADATA,,\ntiny-1.dist-info/WHEEL,,\ntiny-1.dist-info/RECORD,,\n")
PYTHON

# --- the packages ---

sample /build/opt-out/python3-unmarked opt-out
built 'the package that turns the check off' /build/opt-out/python3-unmarked
opt_out=/build/opt-out/python3-unmarked_1_all.deb
[ -f "$root$opt_out" ] || die "there is no $opt_out"
inside dpkg-deb --contents "$opt_out" | awk '{ print $6 }' >"$work/contents"
contains 'it has no files but its documentation' "$work/contents" <<'EXPECTED'
./
./usr/
./usr/share/
./usr/share/doc/
./usr/share/doc/python3-unmarked/
./usr/share/doc/python3-unmarked/changelog.gz
./usr/share/doc/python3-unmarked/copyright
EXPECTED
ordinary lintian --fail-on error,warning /build/opt-out/python3-unmarked_1_amd64.changes >"$work/lintian" 2>&1 || :
contains 'lintian says nothing' "$work/lintian" </dev/null

# Its next version, for other Pythons.
sample /build/next/python3-unmarked opt-out
inside sed -i '1s/(1)/(2)/' /build/next/python3-unmarked/debian/changelog
inside sed -i 's/--python 3.14/--python 3.15/' /build/next/python3-unmarked/debian/python3-unmarked.externally-managed-opt-out
# Its news, as doc/opt-out.md has it.
{
    echo 'python3-unmarked (2) unstable; urgency=medium'
    echo
    "$EXTERNALLY_MANAGED" render news --profile debian --python 3.13 | sed 's/^./  &/'
    echo
    sed -n '/^ -- /p' "$root/build/next/python3-unmarked/debian/changelog"
} >"$root/build/next/python3-unmarked/debian/NEWS"
built 'its next version' /build/next/python3-unmarked
next=/build/next/python3-unmarked_2_all.deb
ordinary lintian --fail-on error,warning /build/next/python3-unmarked_2_amd64.changes >"$work/lintian" 2>&1 || :
contains 'its next version: lintian says nothing of the news' "$work/lintian" </dev/null
inside sh -c "dpkg-deb --extract $next /news && zcat /news/usr/share/doc/python3-unmarked/NEWS.Debian.gz >/news.txt"
check 'its next version: dpkg reads the news' inside dpkg-parsechangelog --file /news.txt
check 'its next version: and finds the text there' grep -qx '  From this version on, installers such as pip and uv no longer install,' "$root/news.txt"

sample /build/python/python3.13 common dh
built 'a Python' /build/python/python3.13
python=/build/python/libpython3.13-stdlib_3.13.99-1_amd64.deb
sample /build/newer/python3.13 common dh
inside sed -i '1s/3.13.99/3.13.100/' /build/newer/python3.13/debian/changelog
inside sed -i 's/^marker.*/& --languages none/' /build/newer/python3.13/debian/libpython3.13-stdlib.externally-managed
built 'a newer build of it, with another text' /build/newer/python3.13
upgrade=/build/newer/libpython3.13-stdlib_3.13.100-1_amd64.deb

mkdir -p "$root/build/3.14/DEBIAN" "$root/build/3.14/usr/lib/python3.14"
: >"$root/build/3.14/usr/lib/python3.14/os.py"
cat >"$root/build/3.14/DEBIAN/control" <<'CONTROL'
Package: libpython3.14-stdlib
Version: 3.14.0-1
Architecture: all
Maintainer: The externally-managed developers <externally-managed@packages.debian.org>
Description: standard library of another sample Python
CONTROL
inside externally-managed install marker --profile debian --python 3.14 --destdir /build/3.14 --readme none
inside dpkg-deb --root-owner-group --build /build/3.14 /build/libpython3.14-stdlib.deb >/dev/null

# --- after Python ---

marked 'before' "$marker"
refuses "before: pip refuses, with Debian's own Python" python3
install 'after: the package' "$opt_out"
unmarked 'after' "$marker"
installs "after: pip installs into Debian's own Python" python3
inside externally-managed status / --format json >"$work/status"
check 'after: status says who diverted it' grep -qF "diverted to $marker.distrib by the package python3-unmarked" "$work/status"

install 'upgraded: a Python with our marker' "$python"
unmarked 'upgraded' "$marker"
installs 'upgraded: pip still installs' python3
install 'upgraded again: a newer build' "$upgrade"
unmarked 'upgraded again' "$marker"
check 'upgraded again: what is beside it is the new one' cmp "$root$marker.distrib" \
    <("$EXTERNALLY_MANAGED" render marker --profile debian --python 3.13 --languages none)
installs 'upgraded again: pip still installs' python3

install 'another version: python3.14' /build/libpython3.14-stdlib.deb
unmarked 'another version' "$newer"
check 'PyPy: now its standard library, too' inside sh -c 'dpkg --install /download/*.deb'
unmarked 'PyPy' "$pypy"
installs 'PyPy: pip installs' pypy3

install 'its next version, upgraded' "$next"
unmarked 'its next version' "$marker" "$newer" "$pypy"
diverted >"$work/diverted"
contains 'its next version diverts what it did, and more' "$work/diverted" <<EXPECTED
$pypy python3-unmarked
$marker python3-unmarked
$newer python3-unmarked
/usr/lib/python3.15/EXTERNALLY-MANAGED python3-unmarked
EXPECTED

check 'removed: the package' inside dpkg --remove python3-unmarked
marked 'removed' "$marker" "$newer" "$pypy"
refuses 'removed: pip refuses' python3
refuses 'removed: pip of PyPy refuses' pypy3
check 'purged: the package' inside dpkg --purge python3-unmarked
check 'purged: no diversion is left' test -z "$(diverted)"
check 'purged: nothing lies beside the markers' test -z "$(find "$root/usr/lib" -name 'EXTERNALLY-MANAGED.*')"
check 'purged: dpkg has nothing of it' sh -c "! ls '$root'/var/lib/dpkg/info/python3-unmarked.*"
check "purged: dpkg finds Python's files as they were" inside dpkg --verify libpython3.13-stdlib libpython3.14-stdlib pypy3-lib
# The marker of Debian's PyPy names a pattern.
check 'purged: lint finds nothing' inside externally-managed lint --allow EM031 /

# --- before Python ---

check 'before Python: there is none' inside dpkg --purge --force-depends libpython3.14-stdlib libpython3.13-stdlib
install 'before Python: the package' "$opt_out"
install 'before Python: now a Python' "$python"
unmarked 'before Python' "$marker"
installs 'before Python: pip installs' python3
check 'Python removed first' inside dpkg --purge --force-depends libpython3.13-stdlib
check 'Python removed first: then the package' inside dpkg --purge python3-unmarked
check 'Python removed first: nothing is left' test ! -e "$root$marker" -a ! -e "$root$marker.distrib"
install 'Python removed first: a Python later' "$python"
refuses 'Python removed first: pip refuses' python3

# --- an installation that fails ---

inside sh -c "dpkg-deb --raw-extract $opt_out /build/conflict && mkdir -p /build/conflict/usr/bin &&
    cp /bin/true /build/conflict/usr/bin/env && dpkg-deb --build /build/conflict /build/conflict.deb" >/dev/null
if inside dpkg --install /build/conflict.deb >"$work/dpkg.log" 2>&1; then
    fail 'an installation that fails'
else
    check 'an installation that fails' grep -q 'trying to overwrite' "$work/dpkg.log"
fi
marked 'an installation that fails' "$marker"
check 'an installation that fails: no diversion is left' test -z "$(diverted)"
inside dpkg --purge python3-unmarked >/dev/null 2>&1 || :

# --- a package of the same kind in its place ---

inside sh -c "dpkg-deb --raw-extract $opt_out /build/other && cd /build/other/DEBIAN &&
    sed -i 's/python3-unmarked/other-unmarked/g' preinst postinst postrm control &&
    printf 'Provides: python3-unmarked\nConflicts: python3-unmarked\nReplaces: python3-unmarked\n' >>control &&
    dpkg-deb --build /build/other /build/other.deb" >/dev/null
install 'replaced: the package' "$opt_out"
check 'replaced: by one of another name' inside dpkg --auto-deconfigure --force-conflicts --install /build/other.deb
check 'replaced: the first one is gone' sh -c "! chroot '$root' dpkg-query --show --showformat '\${Status}' python3-unmarked | grep -q ' installed'"
unmarked 'replaced' "$marker"
check 'replaced: removed' inside dpkg --purge other-unmarked
marked 'replaced: removed' "$marker"
inside dpkg --purge python3-unmarked >/dev/null 2>&1 || :

# --- the administrator's own diversion, and that of another package ---

for owner in --local '--package other'; do
    who="${owner#--package }"
    # shellcheck disable=SC2086 # two words
    inside dpkg-divert $owner --rename --divert "$marker.mine" --add "$marker" >/dev/null
    install "$who: the package" "$opt_out"
    check "$who: the marker lies where it was put" test -f "$root$marker.mine" -a ! -e "$root$marker"
    installs "$who: pip installs" python3
    check "$who: the package, removed" inside dpkg --purge python3-unmarked
    check "$who: the marker still lies where it was put" test -f "$root$marker.mine" -a ! -e "$root$marker"
    # shellcheck disable=SC2086
    inside dpkg-divert $owner --rename --remove "$marker" >/dev/null
    marked "$who: at last" "$marker"
done

# --- for whoever builds an image ---

echo 'path-exclude=/usr/lib/python3*/EXTERNALLY-MANAGED' >"$root/etc/dpkg/dpkg.cfg.d/externally-managed"
check 'path-exclude: the README says so' grep -qF "    $(cat "$root/etc/dpkg/dpkg.cfg.d/externally-managed")" \
    <("$EXTERNALLY_MANAGED" render readme --profile debian --python 3.13)
install 'path-exclude: a newer build' "$upgrade"
check 'path-exclude: there is no marker' test ! -e "$root$marker"
installs 'path-exclude: pip installs' python3
install 'path-exclude: another version' /build/libpython3.14-stdlib.deb
check 'path-exclude: nor in another version' test ! -e "$root$newer"
rm "$root/etc/dpkg/dpkg.cfg.d/externally-managed"
install 'path-exclude: taken back' "$upgrade"
refuses 'path-exclude: taken back, pip refuses' python3

# --- mistakes ---

# mistake TITLE COMMAND MESSAGE...: COMMAND spoils the sample, whose build stops.
mistake() {
    local title=$1 command=$2
    shift 2
    rm -rf "$root/build/bad"
    sample /build/bad/python3-unmarked opt-out
    # shellcheck disable=SC2016 # for the shell inside
    ordinary sh -c 'cd /build/bad/python3-unmarked && eval "$1"' sh "$command"
    stopped "$title" /build/bad/python3-unmarked "$@"
}
configuration=debian/python3-unmarked.externally-managed-opt-out
mistake 'an unknown profile' "sed -i s/debian/debain/ $configuration" debain "$configuration:2: "
mistake 'a profile without dpkg' "sed -i s/debian/fedora/ $configuration" 'cannot divert files of others' "$configuration:2: "
mistake 'a copy for the source package' "sed -i 's/^--profile.*/& --output lines/' $configuration" \
    "$configuration:2: the lines are for maintainer scripts"
mistake 'a marker in the same package' "echo 'marker --profile debian --python 3.13' >debian/python3-unmarked.externally-managed" \
    'python3-unmarked has a marker itself'
mistake 'a file without a line' "echo '# later' >$configuration" "$configuration: nothing to do"

# dh leaves out what it finds no file for.
inside mv "/build/opt-out/python3-unmarked/$configuration" /build/opt-out/python3-unmarked/debian/python3-unmarked.externally-managed-optout
built 'a file whose name is almost right' /build/opt-out/python3-unmarked
check 'a file whose name is almost right: a warning' \
    grep -q 'warning: no debian/PACKAGE.externally-managed: nothing is marked' "$work/build.log"

finish
