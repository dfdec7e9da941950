# shellcheck shell=bash disable=SC2154 # variables of the derivation
# Stands in for the setup script of nixpkgs' stdenv: hooks and phases in its order, as far as nix/
# uses them.
set -euo pipefail
export PATH=/usr/local/bin:/usr/bin:/bin

nixInfoLog() { echo "$*" >&2; }
nixErrorLog() { echo "error: $*" >&2; }

# concatTo ARRAY NAME...: a list comes as words.
concatTo() {
    local -n _target=$1
    local name
    shift
    for name; do
        # shellcheck disable=SC2206 # words
        _target+=(${!name-})
    done
}

# runHook NAME: the text of the derivation's attribute.
runHook() { eval "${!1-}"; }

for input in ${nativeBuildInputs-}; do
    if [ -d "$input/bin" ]; then PATH=$input/bin:$PATH; fi
    if [ -e "$input/nix-support/setup-hook" ]; then
        # shellcheck disable=SC1091
        . "$input/nix-support/setup-hook"
    fi
done

cd "$NIX_BUILD_TOP"
if [ -z "${dontUnpack-}" ]; then
    cp -R "$src" source
    chmod -R u+w source
    cd source
fi
# shellcheck disable=SC2086 # a list of names
for phase in buildPhase installPhase ${preFixupPhases-}; do
    echo "phase: $phase"
    if [ -n "${!phase-}" ]; then eval "${!phase}"; elif declare -F "$phase" >/dev/null; then $phase; fi
done
if [ -n "${doInstallCheck-}" ]; then eval "$installCheckPhase"; fi
