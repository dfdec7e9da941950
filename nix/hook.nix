# externallyManagedHook, for callPackage of nixpkgs.
#
# rustc needs a CPython to be built, and this program needs rustc: the CPythons of nixpkgs cannot
# use the hook. They install a committed rendering (tests/committed.nix shows how). The hook is for
# Pythons that rustc does not need.
{
  lib,
  makeSetupHook,
  callPackage,
  externally-managed,
}:

makeSetupHook {
  name = "externally-managed-hook";
  substitutions.externallyManaged = lib.getExe externally-managed;
  passthru.tests = lib.mapAttrs (_: test: callPackage test { }) (import ./tests);
  meta.description = "Setup hook that marks a Python as externally managed";
} ./setup-hook.sh
