#!/bin/bash
# nix-build builds the program, runs the tests of its setup hook, and builds
# Pythons with it. nixpkgs is in no package registry: tests/packages/nix stands
# in for it.
#
#     tests/real/nix.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
base=$REAL_CACHE/builders
own_namespace "$@"

fresh_root
inside useradd --create-home builder
install -m 755 "$repo/tests/packages/stage" "$root/usr/local/bin/stage"
unpack_source /build/source
mv "$root/build/source/vendor" "$root/build/vendor"
# Without this directory an ordinary user would get a store in the home directory.
inside mkdir -p /nix/var/nix /elsewhere
inside chown --recursive builder: /build /nix /elsewhere

# The stand-in takes its programs from outside of /nix, which a sandbox hides.
options=(--option sandbox false --option substituters '' --option build-users-group '' -I vendor=/build/vendor)
expressions=/build/source/tests/packages/nix
variables=(env)

# build ATTRIBUTE [OPTION...]: prints the paths of the outputs.
build() {
    ordinary "${variables[@]}" nix-build "${options[@]}" --no-out-link "$expressions" --attr "$@" \
        2>"$work/build.log"
}

# built TITLE ATTRIBUTE [OPTION...]: sets `output`.
built() {
    local title=$1
    shift
    if output=$(build "$@"); then
        pass "$title"
    else
        tail -n 40 "$work/build.log" >"$work/tail.log"
        fail "$title" "$work/tail.log"
        output=/nix/nothing-was-built
    fi
}

# --- the expressions ---

mapfile -t files < <(cd "$repo" && git ls-files 'nix/*.nix' 'tests/packages/nix/*.nix')
for file in "${files[@]}"; do
    check "syntax of $file" ordinary nix-instantiate --parse "/build/source/$file"
done
check 'everything can be evaluated' ordinary nix-instantiate "${options[@]}" --show-trace "$expressions" \
    --attr externally-managed --attr externally-managed.tests --attr pythons

# evaluated TITLE EXPRESSION VALUE
evaluated() {
    local value
    value=$(ordinary nix-instantiate --eval --strict --expr "with import $expressions; $2" 2>"$work/build.log") || :
    printf '%s\n' "$value" >>"$work/build.log"
    if [ "$value" = "$3" ]; then pass "$1"; else fail "$1: not $3" "$work/build.log"; fi
}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$repo/Cargo.toml" | head -n 1)
evaluated 'the name of the package' externally-managed.name "\"externally-managed-$version\""
evaluated 'its main program' externally-managed.meta.mainProgram '"externally-managed"'
evaluated 'its licences' 'map (l: l.spdxId) externally-managed.meta.license' '[ "MIT" "Apache-2.0" ]'
evaluated 'its tests are those of the hook' 'externally-managed.tests == externallyManagedHook.tests' true

# --- the program ---

built 'the program, without network' externally-managed
[ -d "$root$output" ] || die 'the program cannot be built'
(cd "$root$output" && find . -type f -printf '%m %P\n' | LC_ALL=C sort -k 2) >"$work/files"
# The store knows no modes but these two.
contains 'its files' "$work/files" <<'EXPECTED'
555 bin/externally-managed
444 share/bash-completion/completions/externally-managed.bash
444 share/fish/vendor_completions.d/externally-managed.fish
444 share/man/man1/externally-managed-completions.1
444 share/man/man1/externally-managed-explain.1
444 share/man/man1/externally-managed-import.1
444 share/man/man1/externally-managed-install.1
444 share/man/man1/externally-managed-languages.1
444 share/man/man1/externally-managed-lint.1
444 share/man/man1/externally-managed-profiles.1
444 share/man/man1/externally-managed-render.1
444 share/man/man1/externally-managed-status.1
444 share/man/man1/externally-managed.1
444 share/zsh/site-functions/_externally-managed
EXPECTED
program=$output

# --- the hook ---

mapfile -t tests < <(sed -n 's/^ *\([a-z-]*\) = .*/\1/p' "$repo/nix/tests/default.nix")
[ "${#tests[@]}" -gt 5 ] || die 'nix/tests/default.nix names no tests'
for test in "${tests[@]}"; do
    built "the hook: $test" "externallyManagedHook.tests.$test"
    case $test in
    mistakes) check 'the hook: each of the mistakes' test "$(wc -w <<<"$output")" = 9 ;;
    esac
done

# --- a Python ---

# places PYTHON: where it has our files.
places() {
    [ ! -d "$root$1" ] || (cd "$root$1" && find . \( -name 'EXTERNALLY-MANAGED*' -o -name 'README.venv*' \) -printf '%m %P\n' | LC_ALL=C sort)
}

built 'a Python' pythons.python
[ -d "$root$output" ] || die 'no Python can be built'
python=$output
places "$python" >"$work/places"
contains 'marker and README are in their places' "$work/places" <<'EXPECTED'
444 lib/python3.14/EXTERNALLY-MANAGED
444 lib/python3.14/README.venv
EXPECTED
check 'lint finds nothing' inside "$program/bin/externally-managed" lint "$python"
check 'the marker is what the program renders' cmp "$root$python/lib/python3.14/EXTERNALLY-MANAGED" \
    <("$EXTERNALLY_MANAGED" render marker --profile nix --python 3.14)
check 'the README is what the program renders' cmp "$root$python/lib/python3.14/README.venv" \
    <("$EXTERNALLY_MANAGED" render readme --profile nix --python 3.14)
check 'pip came from ensurepip' test -e "$root$python/bin/pip3.13"
# The marker speaks of no place that only one build or one store path knows.
check 'no path of the build or the store in the text' sh -c \
    "! grep -E '/nix/(store|var)|/build|/elsewhere|/tmp' '$root$python/lib/python3.14/EXTERNALLY-MANAGED' '$root$python/lib/python3.14/README.venv'"
ordinary nix-store --query --requisites "$python" >"$work/requisites"
contains 'the Python does not need the program, nor the hook' "$work/requisites" <<<"$python"

# Run by the Python of the build machine, which is another version.
inside sh -c "cp -R $python /installed && chmod -R u+w /installed && mv /installed/lib/python3.14 /installed/lib/python3.13"
if inside env PYTHONHOME=/installed PYTHONPATH=/usr/lib/python3.13/lib-dynload \
    python3 -m pip install --no-index requests >"$work/pip" 2>&1; then
    fail 'pip refuses'
else
    check 'pip refuses, line for line with the text of the package' \
        python3 "$here/shown.py" compare pip "$root$python/lib/python3.14/EXTERNALLY-MANAGED" Error "$work/pip"
fi

built 'switched off: a Python' pythons.unmarked
places "$output" >"$work/places"
contains 'switched off: there is no marker' "$work/places" </dev/null
check 'switched off: but all the rest' test -e "$root$output/lib/python3.14/os.py"

if build pythons.too-early >/dev/null; then
    fail 'ensurepip after the marker: the build went on'
else
    check 'ensurepip after the marker: its pip refuses' grep -q externally-managed-environment "$work/build.log"
fi

# --- again ---

variables=(env TMPDIR=/elsewhere)
built 'another directory: nix builds it twice and compares' pythons.python --check
variables=(env)
content=$(ordinary nix-hash --type sha256 "$python")
for other in elsewhere without-epoch structured; do
    built "$other: a Python" "pythons.$other"
    check "$other: another build" test "$output" != "$python"
    check "$other: the same content" test "$(ordinary nix-hash --type sha256 "$output")" = "$content"
done

finish
