#!/bin/bash
# nix-build builds the program and runs the tests of its setup hook. nixpkgs is
# in no package registry: tests/packages/nix stands in for it.
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
inside chown --recursive builder: /build
inside sh -c 'mkdir -p /nix && chown --recursive builder: /nix'

# build ATTRIBUTE [OPTION...]: prints the paths of the outputs.
variables=(env NIX_REMOTE=local)
build() {
    local attribute=$1
    shift
    ordinary "${variables[@]}" nix-build --option sandbox false --option substituters '' \
        --option build-users-group '' --no-out-link "$@" /build/source/tests/packages/nix \
        --attr "$attribute" 2>"$work/build.log"
}

# built TITLE ATTRIBUTE [OPTION...]: sets `outputs`.
built() {
    local title=$1
    shift
    if outputs=$(build "$@"); then
        pass "$title"
    else
        tail -n 40 "$work/build.log" >"$work/tail.log"
        fail "$title" "$work/tail.log"
        outputs=
    fi
}

for file in "$repo"/nix/*.nix "$repo"/nix/tests/*.nix; do
    check "syntax of ${file#"$repo/"}" ordinary nix-instantiate --parse "/build/source/${file#"$repo/"}"
done

built 'the program, without network' externally-managed
[ -n "$outputs" ] || die 'the program cannot be built'
(cd "$root$outputs" && find . -type f -printf '%P\n' | LC_ALL=C sort) >"$work/files"
contains 'its files' "$work/files" <<'EXPECTED'
bin/externally-managed
share/bash-completion/completions/externally-managed.bash
share/fish/vendor_completions.d/externally-managed.fish
share/man/man1/externally-managed-completions.1
share/man/man1/externally-managed-explain.1
share/man/man1/externally-managed-import.1
share/man/man1/externally-managed-install.1
share/man/man1/externally-managed-lint.1
share/man/man1/externally-managed-profiles.1
share/man/man1/externally-managed-render.1
share/man/man1/externally-managed-status.1
share/man/man1/externally-managed.1
share/zsh/site-functions/_externally-managed
EXPECTED
program=$outputs/bin/externally-managed

for test in committed fails flags opt-out outputs post-install; do
    built "the hook: $test" "externallyManagedHook.tests.$test"
    [ -n "$outputs" ] || continue
    # nix-build builds again, and compares.
    built "the hook: $test, twice the same" "externallyManagedHook.tests.$test" --check
done

# --- a Python ---

built 'a Python' externallyManagedHook.tests.post-install
python=$outputs
# The store knows no mode but 0444 and 0555.
(cd "$root$python" && find . \( -name 'EXTERNALLY-MANAGED*' -o -name 'README.venv*' \) -printf '%m %P\n' | LC_ALL=C sort) >"$work/places"
contains 'marker and README are in their places' "$work/places" <<'EXPECTED'
444 lib/python3.14/EXTERNALLY-MANAGED
444 lib/python3.14/README.venv
EXPECTED
check 'lint finds nothing' inside "$program" lint "$python"
check 'the text is what the program renders' cmp "$root$python/lib/python3.14/EXTERNALLY-MANAGED" \
    <("$EXTERNALLY_MANAGED" render marker --profile nix --python 3.14)
check 'no path of the store in the text' sh -c "! grep /nix/store '$root$python/lib/python3.14/'[ER]*"
check 'pip came from ensurepip' test -e "$root$python/bin/pip3.13"

# Another directory, language, umask and time: the same hash.
hash() { ordinary env NIX_REMOTE=local nix-store --query --hash "$python"; }
first=$(hash)
ordinary env NIX_REMOTE=local nix-store --delete "$python" >/dev/null 2>&1 || die 'the store keeps the first build'
inside install -d -o builder '/elsewhere'
# shellcheck disable=SC2016 # for the shell inside
variables=(env NIX_REMOTE=local TMPDIR=/elsewhere LC_ALL=de_DE.UTF-8 TZ=Asia/Kathmandu SOURCE_DATE_EPOCH=1 sh -c 'umask 077; exec "$@"' sh)
built 'elsewhere: a build' externallyManagedHook.tests.post-install
check 'elsewhere: the same content' test "$(hash)" = "$first"
variables=(env NIX_REMOTE=local)

# Run by the Python of the build machine, which is another version.
inside sh -c "cp -a $python /installed && chmod -R u+w /installed && mv /installed/lib/python3.14 /installed/lib/python3.13"
if inside env PYTHONHOME=/installed PYTHONPATH=/usr/lib/python3.13/lib-dynload \
    python3 -m pip install --no-index requests >"$work/pip" 2>&1; then
    fail 'pip refuses'
else
    check 'pip refuses, line for line with the text of the package' \
        python3 "$here/shown.py" compare pip "$root$python/lib/python3.14/EXTERNALLY-MANAGED" Error "$work/pip"
fi

# --- mistakes ---

# mistake TITLE FILE SED MESSAGE...: what SED does to FILE below nix/ stops the build.
mistake() {
    local title=$1 file=/build/source/nix/$2 script=$3 message
    shift 3
    cp "$root$file" "$work/file"
    sed -i "$script" "$root$file"
    if build externallyManagedHook.tests.post-install >/dev/null; then
        fail "$title: the build went on"
    else
        for message in "$@"; do
            check "$title: $message" grep -qF -e "$message" "$work/build.log"
        done
    fi
    cp "$work/file" "$root$file"
}
mistake 'an unknown profile' tests/post-install.nix 's/--profile nix/--profile nxi/' \
    'unknown profile' 'installExternallyManaged --profile nxi --python 3.14: failed'
mistake 'a misspelt option' tests/post-install.nix 's/--python 3.14/--pyhton 3.14/' \
    "'--pyhton'" 'installExternallyManaged --profile nix --pyhton 3.14: failed'
mistake 'nothing was asked for' tests/post-install.nix '/^ *installExternallyManaged/d' 'nothing was marked'
mistake 'the program is missing' hook.nix 's|lib.getExe externally-managed|"/nowhere/externally-managed"|' \
    '/nowhere/externally-managed: No such file or directory' 'installExternallyManaged'

finish
