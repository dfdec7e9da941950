# shellcheck shell=bash disable=SC2154,SC2178 # the derivation's variables, references
# Stands in for the setup script of nixpkgs' stdenv: its shell options, the functions that hooks
# may call, how they are sourced, and the order of phases.
set -eu
set -o pipefail
shopt -s inherit_errexit nullglob
export PATH=/usr/local/bin:/usr/bin:/bin
: "${SOURCE_DATE_EPOCH=315532800}"
export SOURCE_DATE_EPOCH

__structuredAttrs=
if [[ -n "${NIX_ATTRS_SH_FILE-}" ]]; then
    __structuredAttrs=1
    # shellcheck disable=SC1090
    . "$NIX_ATTRS_SH_FILE"
    for output in "${!outputs[@]}"; do
        export "$output=${outputs[$output]}"
    done
else
    : "${outputs:=out}"
fi

getAllOutputNames() {
    if [[ -n "$__structuredAttrs" ]]; then
        echo "${!outputs[*]}"
    else
        echo "$outputs"
    fi
}

nixErrorLog() { printf '%s\n' "$*" >&"${NIX_LOG_FD:-2}"; }
# Shown with NIX_DEBUG=3 only.
nixInfoLog() { :; }

_isArray() { [[ "$(declare -p "$1" 2>/dev/null)" =~ ^declare\ -[^\ ]*a ]]; }

# appendToVar NAME WORD...
appendToVar() {
    local -n _list=$1
    if [[ -n "$__structuredAttrs" ]] || _isArray "$1"; then
        _list+=("${@:2}")
    else
        _list="${_list-} ${*:2}"
    fi
}

# concatTo ARRAY NAME...: arrays as they are, strings as words.
concatTo() {
    local -
    set -o noglob
    local -n _target=$1
    local name
    for name in "${@:2}"; do
        local -n _list=$name
        if _isArray "$name"; then
            _target+=("${_list[@]}")
        else
            # shellcheck disable=SC2206
            _target+=(${_list-})
        fi
    done
}

_run() { if declare -F "$1" >/dev/null; then "$1"; else eval "${!1-}"; fi; }

# runHook NAME: the attribute or function NAME, then the functions in the array NAMEs.
runHook() {
    local -n _hooks=$1Hooks
    local hook
    _run "$1"
    for hook in ${_hooks+"${_hooks[@]}"}; do "$hook"; done
}

unpackPhase() {
    [[ -z "${dontUnpack-}" ]] || return 0
    cp --recursive "$src" source
    chmod --recursive u+w source
    cd source
}
fixupPhase() {
    runHook preFixup
    runHook postFixup
}
installCheckPhase() {
    runHook preInstallCheck
    runHook postInstallCheck
}

inputs=()
concatTo inputs nativeBuildInputs nativeInstallCheckInputs
for input in ${inputs+"${inputs[@]}"}; do
    PATH=$input/bin:$PATH
    if [[ -e $input/nix-support/setup-hook ]]; then
        set +u
        # shellcheck disable=SC1091
        . "$input/nix-support/setup-hook"
        set -u
    fi
done

cd "$NIX_BUILD_TOP"
if [[ -n "${buildCommand-}" ]]; then
    eval "$buildCommand"
    exit
fi
phases=(unpackPhase buildPhase)
concatTo phases preInstallPhases
phases+=(installPhase)
concatTo phases preFixupPhases
phases+=(fixupPhase)
[[ -z "${doInstallCheck-}" ]] || phases+=(installCheckPhase)
concatTo phases preDistPhases
for phase in "${phases[@]}"; do
    echo "Running phase: $phase"
    set +u
    if [[ -n "${!phase}" ]]; then eval "${!phase}"; elif declare -F "$phase" >/dev/null; then "$phase"; fi
    set -u
done
