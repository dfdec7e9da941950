# rustc needs a CPython to be built, and this program needs rustc. A CPython of nixpkgs that used
# the hook would need itself: infinite recursion. Such a Python installs a committed rendering, as
# tests/committed.nix shows. The hook is for every Python that rustc does not need.
{
  lib,
  makeSetupHook,
  callPackage,
  externally-managed,
}:

makeSetupHook {
  name = "externally-managed-hook";
  substitutions.externallyManaged = lib.getExe externally-managed;
  passthru.tests = lib.mapAttrs (_name: test: callPackage test { }) (import ./tests);
  meta.description = "Setup hook that marks a Python as externally managed";
} ./setup-hook.sh
