# shellcheck shell=bash
# Stands in for the setup hook versionCheckHook of nixpkgs.
versionCheck() {
    "${out:?}/bin/${NIX_MAIN_PROGRAM:?}" --version | grep -F "${version:?}"
}
preInstallCheckHooks+=(versionCheck)
