# What nix/ uses of nixpkgs' lib.
let
  inherit (builtins) filterSource fromTOML readFile;
in
rec {
  inherit (builtins) mapAttrs;
  importTOML = path: fromTOML (readFile path);
  getExe = package: "${package}/bin/${package.meta.mainProgram}";
  recurseIntoAttrs = attributes: attributes // { recurseForDerivations = true; };

  # Without what a change of the hook or of its tests touches, so that it does not build the
  # program anew.
  cleanSource =
    src:
    cleanSourceWith {
      inherit src;
      filter =
        path: _type:
        baseNameOf path != ".git"
        && path != toString ../../../nix
        && path != toString ./.;
    };
  # The filter of a cleaned source holds, too.
  cleanSourceWith =
    { src, filter }:
    let
      origin = src.origin or src;
      together = path: type: filter path type && (src.filter or (_: _: true)) path type;
    in
    {
      inherit origin;
      filter = together;
      outPath = filterSource together origin;
    };

  licenses = {
    mit.spdxId = "MIT";
    asl20.spdxId = "Apache-2.0";
  };
  platforms.unix = [ builtins.currentSystem ];
}
