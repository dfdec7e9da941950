#!/bin/bash
# What doc/recipes says is done: each recipe's blocks go into a sample package, which is built with
# the real build tool, or with a stand-in where that is in no package registry.
#
#     tests/real/recipes.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
base=$REAL_CACHE/builders
own_namespace "$@"
# shellcheck source-path=SCRIPTDIR source=builds.sh
. "$here/builds.sh"

samples=$repo/tests/packages/recipes
portage=3.0.83

fresh_root
inside useradd --create-home builder
install -m 755 "$EXTERNALLY_MANAGED" "$root/usr/bin/externally-managed"
install -m 755 "$repo/tests/packages/stage" "$samples/staged" "$root/usr/local/bin/"
install -m 644 "$repo/rpm/macros.externally-managed" "$root/usr/lib/rpm/macros.d/"
inside stage /staged >"$work/stage.log" 2>&1 || die "$(cat "$work/stage.log")"
mkdir "$root/build"

# build DIR [ARGUMENT...]: as an ordinary user, without network. What is built is left in DIR/trees.
build() {
    # shellcheck disable=SC2016 # for the shell inside
    ordinary "${variables[@]}" sh -c 'cd "$1" && shift && rm -rf trees && exec ./run "$@"' sh "$@" >"$work/build.log" 2>&1
}

# sample NAME KIND: sets `dir` to a copy of that sample with the recipe's blocks, and the files that the
# recipe commits.
sample() {
    dir=/build/$1-$2
    rm -rf "${root:?}$dir"
    mkdir "$root$dir"
    cp -a "$samples/$1/." "$root$dir"
    rm -rf "$root$dir"/{committed,build}
    cp -a "$samples/$1/$2/." "$root$dir"
    python3 "$samples/extract" into "$repo/doc/recipes/$1.md" "$1/$2" "$root$dir"
    if [ "$2" = committed ]; then
        sed -n 's,.* --output \([^ ]*\)/[^/ ]*$,\1,p' "$work/commands" | sort -u |
            (cd "$root$dir" && xargs --no-run-if-empty mkdir -p)
        inside sh -euc "cd '$dir'; $(cat "$work/commands")"
    fi
    inside chown --recursive builder: "$dir"
}

# places DIR: mode, path and target of each marker and README below.
places() {
    (cd "$1" && find . \( -name 'EXTERNALLY-MANAGED*' -o -name 'README.venv*' \) -printf '%m %P %l\n' |
        sed 's/^777 /link /; s/ $//' | LC_ALL=C sort -k 2)
}

# lints TITLE DIR: nothing is found in the trees there, all together, not even something to warn of.
lints() { check "$1" inside sh -c "! externally-managed lint $2/* 2>&1 | grep ."; }

# recipe NAME BUILT-WITH KIND... : the places of what it installs come from standard input.
recipe() {
    local name=$1 kind
    say "--- $name: $2"
    shift 2
    cat >"$work/places"
    python3 "$samples/extract" render "$repo/doc/recipes/$name.md" >"$work/commands"
    for kind in "$@"; do
        sample "$name" "$kind"
        built "$name, $kind: a build" "$dir"
        mkdir -p "$root$dir/trees"
        places "$root$dir/trees" >"$work/found"
        contains "$name, $kind: what it installs is in its places" "$work/found" <"$work/places"
        lints "$name, $kind: lint finds nothing" "$dir/trees"
        (cd "$root$dir/trees" && find . -type f \( -name EXTERNALLY-MANAGED -o -name README.venv \) -exec sha256sum {} +) |
            LC_ALL=C sort -k 2 >"$work/$kind.sums"
        # Silence would mean nothing where lint does not see the Python.
        find "$root$dir/trees" -name EXTERNALLY-MANAGED -delete
        check "$name, $kind: without the marker, lint finds an unmarked Python" \
            inside sh -c "externally-managed lint $dir/trees/* | grep -F EM040"
    done
    if [ $# = 2 ]; then
        check "$name: both ways give the same bytes" cmp "$work/committed.sums" "$work/build.sums"
    fi
    dir=/build/$name-committed
    check "$name: the committed renderings are what is rendered" \
        inside sh -euc "cd '$dir'; $(sed 's/ --output .*/& --check/' "$work/commands")"
}

# misspelt NAME MESSAGE: a profile that does not exist stops the build.
misspelt() {
    sample "$1" build
    inside find "$dir" -type f ! -name run -exec sed -i 's/\(--profile"\?,\?[" ]*\)\([a-z]\)/\1x\2/' {} +
    stopped "$1: a misspelt profile" "$dir" "unknown profile \`$2\`"
}

# missing NAME FILE MESSAGE...: so does a rendering that was not committed.
missing() {
    sample "$1" committed
    rm "$root$dir/$2"
    local name=$1
    shift 2
    stopped "$name: a missing rendering" "$dir" "$@"
}

# --- Gentoo ---

inside sh -c "python3 -m venv /opt/portage && /opt/portage/bin/pip install --quiet --no-deps portage==$portage" \
    >"$work/pip.log" 2>&1 || die "$(cat "$work/pip.log")"
# Where it looks for its defaults.
inside ln -s /opt/portage/share /share
recipe gentoo "real Portage $portage; the repository holds the samples only" committed <<'EXPECTED'
644 gentoo-common-2/usr/lib/python/EXTERNALLY-MANAGED
644 gentoo-common-2/usr/lib/python/README.venv
link python-3.14.0/usr/lib/python3.14/EXTERNALLY-MANAGED ../python/EXTERNALLY-MANAGED
EXPECTED
recipe gentoo "the same, one package with several Pythons" build <<'EXPECTED'
644 pythons-1/usr/lib/python/EXTERNALLY-MANAGED
644 pythons-1/usr/lib/python/README.venv
link pythons-1/usr/lib/python3.13/EXTERNALLY-MANAGED ../python/EXTERNALLY-MANAGED
link pythons-1/usr/lib/python3.14/EXTERNALLY-MANAGED ../python/EXTERNALLY-MANAGED
EXPECTED
dir=/build/gentoo-committed
check 'gentoo: the interpreter depends on the owner of the marker' \
    grep -qx dev-python/gentoo-common "$root$dir/tmp/portage/dev-lang/python-3.14.0/build-info/RDEPEND"
# Only root can merge. Portage then throws away what it has built.
inside cp -a "$dir/tmp" "$dir/built"
for mask in EXTERNALLY-MANAGED ''; do
    rm -rf "${root:?}$dir"/{tmp,merged}
    inside cp -a "$dir/built" "$dir/tmp"
    mkdir "$root$dir/merged"
    check "gentoo: INSTALL_MASK='$mask': the packages can be merged" \
        inside sh -c "cd $dir && ROOT=$dir/merged INSTALL_MASK='$mask' ./run qmerge"
    places "$root$dir/merged" >"$work/merged$mask"
done
contains 'gentoo: with INSTALL_MASK, there is neither marker nor link' "$work/mergedEXTERNALLY-MANAGED" <<'EXPECTED'
644 usr/lib/python/README.venv
EXPECTED
contains 'gentoo: else, the marker and the link to it are there' "$work/merged" <<'EXPECTED'
644 usr/lib/python/EXTERNALLY-MANAGED
644 usr/lib/python/README.venv
link usr/lib/python3.14/EXTERNALLY-MANAGED ../python/EXTERNALLY-MANAGED
EXPECTED
pip_refuses 'gentoo: pip refuses' "$dir/merged/usr" lib/python3.14
rm "$root$dir/merged/usr/lib/python/EXTERNALLY-MANAGED"
check 'gentoo: without its owner, lint finds a link that leads nowhere' \
    inside sh -c "externally-managed lint $dir/merged | grep -F usr/lib/python3.14/EXTERNALLY-MANAGED"
misspelt gentoo xgentoo
missing gentoo dev-python/gentoo-common/files/EXTERNALLY-MANAGED 'EXTERNALLY-MANAGED' 'ERROR: dev-python/gentoo-common-2::sample failed (install phase)'

# --- Homebrew ---

cellar=homebrew/home/linuxbrew/.linuxbrew/Cellar/python@3.14/3.14.0
recipe homebrew 'real Ruby, stand-in for Homebrew (brew.rb)' committed build <<EXPECTED
644 $cellar/lib/python3.14/EXTERNALLY-MANAGED
EXPECTED
check 'homebrew: the words are the same on macOS' inside sh -c \
    'externally-managed render marker --profile homebrew-macos --python 3.14 | cmp - /build/homebrew-committed/EXTERNALLY-MANAGED'
misspelt homebrew xhomebrew
missing homebrew EXTERNALLY-MANAGED 'Failed to download resource'
sample homebrew committed
sed -i 's/"0\{64\}"/"1"/' "$root$dir/python@3.14.rb"
stopped 'homebrew: a rendering with another sum' "$dir" 'SHA-256 mismatch'

# --- conda-build ---

recipe conda-build 'real shell and YAML, stand-in for conda-build (run)' committed build <<'EXPECTED'
644 environment/lib/python3.13/EXTERNALLY-MANAGED
EXPECTED
for kind in committed build; do
    contains "conda-build, $kind: the package has this one file" "$root/build/conda-build-$kind/package" <<'EXPECTED'
./lib/python3.13/EXTERNALLY-MANAGED
EXPECTED
done
misspelt conda-build xconda
missing conda-build EXTERNALLY-MANAGED "EXTERNALLY-MANAGED': No such file or directory"

# --- Spack ---

recipe spack 'real Python, stand-in for Spack (spack/package.py)' committed build <<'EXPECTED'
644 python/lib/python3.14/EXTERNALLY-MANAGED
EXPECTED
built 'spack: a build ~marker' /build/spack-committed '~marker'
check 'spack: it has none' sh -c "[ -z \"\$(find '$root/build/spack-committed/trees' -name EXTERNALLY-MANAGED)\" ]"
built 'spack: a build +freethreading' /build/spack-committed +freethreading
check 'spack: it has one' test -f "$root/build/spack-committed/trees/python/lib/python3.14t/EXTERNALLY-MANAGED"
misspelt spack xspack
missing spack EXTERNALLY-MANAGED "No such file or directory: '/build/spack-committed/EXTERNALLY-MANAGED'"

# --- MacPorts ---

framework=opt/local/Library/Frameworks/Python.framework/Versions
recipe macports 'real Tcl, stand-in for MacPorts (port.tcl)' committed build <<EXPECTED
644 python314-freethreading/$framework/3.14t/lib/python3.14t/EXTERNALLY-MANAGED
644 python314-freethreading/opt/local/share/doc/python314-freethreading/README.venv
644 python314/$framework/3.14/lib/python3.14/EXTERNALLY-MANAGED
644 python314/opt/local/share/doc/python314/README.venv
EXPECTED
misspelt macports xmacports
missing macports files/EXTERNALLY-MANAGED.python314 'files/EXTERNALLY-MANAGED.python314: No such file or directory'

# --- FreeBSD ---

recipe freebsd 'real make (bmake), stand-in for the ports tree (bsd.port.mk)' committed build <<'EXPECTED'
644 stage/usr/local/lib/python3.12/EXTERNALLY-MANAGED
644 stage/usr/local/lib/python3.12/README.venv
EXPECTED
misspelt freebsd xfreebsd
missing freebsd files/EXTERNALLY-MANAGED "files/EXTERNALLY-MANAGED': No such file or directory"

# --- openSUSE ---

recipe opensuse 'real rpmbuild and macro; rpm.sh tests the loop over flavours' committed build <<'EXPECTED'
644 3.13/usr/lib64/python3.13/EXTERNALLY-MANAGED
644 3.13/usr/lib64/python3.13/README.venv
644 3.13t/usr/lib64/python3.13t/EXTERNALLY-MANAGED
644 3.13t/usr/lib64/python3.13t/README.venv
EXPECTED
misspelt opensuse xopensuse
missing opensuse EXTERNALLY-MANAGED-3.13 "EXTERNALLY-MANAGED-3.13': No such file or directory"

# --- Void ---

recipe void 'real bash, stand-in for xbps-src (xbps-src)' committed build <<'EXPECTED'
644 python3/usr/lib/python3.14/EXTERNALLY-MANAGED
644 python3/usr/lib/python3.14/README.venv
EXPECTED
misspelt void xvoid
missing void srcpkgs/python3/files/EXTERNALLY-MANAGED "vinstall: cannot find '/build/void-committed/srcpkgs/python3/files/EXTERNALLY-MANAGED'"

# --- MSYS2 ---

recipe msys2 'real makepkg; the variables are those of makepkg-mingw' committed build <<'EXPECTED'
644 clang64/clang64/lib/python3.14/EXTERNALLY-MANAGED
644 ucrt64/ucrt64/lib/python3.14/EXTERNALLY-MANAGED
EXPECTED
misspelt msys2 xmsys2-ucrt64
missing msys2 EXTERNALLY-MANAGED.ucrt64 'EXTERNALLY-MANAGED.ucrt64'

# --- Guix ---

recipe guix 'real Guile, stand-in for Guix (guix.scm); files of the store are read-only' committed build <<'EXPECTED'
444 out/lib/python3.11/EXTERNALLY-MANAGED
444 out/lib/python3.11/README.venv
EXPECTED
misspelt guix xguix
missing guix EXTERNALLY-MANAGED 'No such file or directory'

finish
