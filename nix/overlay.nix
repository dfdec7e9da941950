# Adds the program and its setup hook to nixpkgs:
#
#   import <nixpkgs> { overlays = [ (import ./nix/overlay.nix) ]; }
final: _prev: {
  externally-managed = final.callPackage ./package.nix { };
  externallyManagedHook = final.callPackage ./hook.nix { };
}
