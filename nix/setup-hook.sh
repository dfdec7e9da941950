# shellcheck shell=bash
# Setup hook that marks a Python as externally managed (PEP 668).
#
# Example usage in a derivation:
#
#   { …, externallyManagedHook, … }:
#   stdenv.mkDerivation {
#     …
#     nativeBuildInputs = [ externallyManagedHook ];
#     postInstall = ''
#       installExternallyManaged --profile nix --python 3.14
#     '';
#     …
#   }
#
# or without a line of shell, for a phase of its own after the install phase:
#
#     externallyManagedFlags = [
#       "--profile"
#       "nix"
#       "--python"
#       "3.14"
#     ];
#
# Attributes:
#
# externallyManagedFlags    arguments for the phase; with white space in one of them, the derivation
#                           needs __structuredAttrs
# externallyManagedOutput   the name of the output with the standard library: "out" if it is not
#                           set, since CPython installs it below the prefix, whatever its libdir is
# dontExternallyManaged     switches off both the phase and the function, for example in an override

# installExternallyManaged ARGUMENTS...
#
# Installs the marker and the README into the output, as `externally-managed install ARGUMENTS...`
# does with a --destdir. Call it when ensurepip has run: from then on pip refuses.
installExternallyManaged() {
    if [[ -n "${dontExternallyManaged-}" ]]; then
        nixInfoLog "${FUNCNAME[0]}: switched off by dontExternallyManaged"
        return 0
    fi
    if (( $# == 0 )); then
        nixErrorLog "${FUNCNAME[0]}: no arguments: give those of \`externally-managed install', for example --profile nix --python 3.14"
        return 1
    fi
    local output=${externallyManagedOutput:-out}
    if [[ " $(getAllOutputNames) " != *" $output "* ]]; then
        nixErrorLog "${FUNCNAME[0]}: externallyManagedOutput: there is no output \`$output', only: $(getAllOutputNames)"
        return 1
    fi
    nixInfoLog "${FUNCNAME[0]}: installing into ${!output}: $*"
    if ! "@externallyManaged@" install --destdir "${!output}" "$@"; then
        nixErrorLog "${FUNCNAME[0]} $*: failed in the output \`$output', as said above"
        return 1
    fi
    externallyManagedInstalled=1
}

# externallyManagedPhase
#
# Installs what externallyManagedFlags say. Without them postInstall must have done it: nobody would
# notice a hook that does nothing, nor a Python without its marker.
externallyManagedPhase() {
    local flags=()
    concatTo flags externallyManagedFlags
    if (( ${#flags[@]} > 0 )); then
        installExternallyManaged "${flags[@]}"
    elif [[ -z "${externallyManagedInstalled-}" ]]; then
        nixErrorLog "${FUNCNAME[0]}: nothing was marked: set externallyManagedFlags, call installExternallyManaged in postInstall (not in a subshell), or set dontExternallyManaged"
        return 1
    fi
}

if [[ -z "${dontExternallyManaged-}" ]]; then
    appendToVar preFixupPhases externallyManagedPhase
fi
