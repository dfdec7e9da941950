# shellcheck shell=bash
# externallyManagedHook: marks a Python as externally managed (PEP 668).
#
#     nativeBuildInputs = [ externallyManagedHook ];
#     postInstall = ''
#       installExternallyManaged --profile nix --python 3.14
#     '';
#
# or, which does the same after the install phase:
#
#     externallyManagedFlags = [ "--profile" "nix" "--python" "3.14" ];
#
# The files go to the output that `externallyManagedOutput` names: "out", if nothing is said.
# `dontExternallyManaged = true;` switches both off, for example for a Python that has to install
# with its own pip while other packages are built.

# installExternallyManaged ARGUMENTS...
#
# Installs marker and README into the output. ARGUMENTS are those of `externally-managed install`.
# After ensurepip: from then on, pip refuses.
installExternallyManaged() {
    if [ -n "${dontExternallyManaged-}" ]; then
        nixInfoLog "${FUNCNAME[0]}: switched off by dontExternallyManaged"
        return 0
    fi
    if (($# == 0)); then
        nixErrorLog "${FUNCNAME[0]}: no arguments; give those of externally-managed install"
        return 1
    fi
    local output=${externallyManagedOutput:-out}
    if [ -z "${!output-}" ]; then
        nixErrorLog "${FUNCNAME[0]}: externallyManagedOutput: there is no output named \"$output\""
        return 1
    fi
    mkdir -p "${!output}"
    if ! "@externallyManaged@" install --destdir "${!output}" "$@"; then
        nixErrorLog "${FUNCNAME[0]} $*: failed, as said above"
        return 1
    fi
    externallyManagedInstalled=1
}

# externallyManagedPhase
#
# Installs what `externallyManagedFlags` says. Without them, postInstall must have done it: a hook
# that did nothing would leave a Python without marker, and nobody would see it.
externallyManagedPhase() {
    local flags=()
    concatTo flags externallyManagedFlags
    if ((${#flags[@]} > 0)); then
        installExternallyManaged "${flags[@]}"
    elif [ -z "${externallyManagedInstalled-}" ]; then
        nixErrorLog "${FUNCNAME[0]}: nothing was marked; set externallyManagedFlags, call installExternallyManaged in postInstall, or set dontExternallyManaged"
        return 1
    fi
}

if [ -z "${dontExternallyManaged-}" ]; then
    preFixupPhases+=" externallyManagedPhase"
fi
