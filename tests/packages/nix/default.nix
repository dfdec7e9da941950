# Stands in for nixpkgs, which is in no package registry: as much of its functions as nix/ uses, with
# the programs of the build machine. nix-build needs `--option sandbox false` with it.
let
  system = builtins.currentSystem;

  # A derivation as stdenv makes it, whose builder is plain bash.
  mkDerivation =
    attributes:
    let
      arguments = removeAttrs attributes [
        "meta"
        "passthru"
        "env"
      ];
    in
    derivation (
      {
        inherit system;
        builder = "/bin/bash";
        args = [ ./stdenv.sh ];
      }
      // (attributes.env or { })
      // arguments
    )
    // {
      meta = attributes.meta or { };
    }
    // (attributes.passthru or { });

  stdenvNoCC = { inherit mkDerivation; };

  lib = {
    importTOML = path: builtins.fromTOML (builtins.readFile path);
    # Without nix/, so that a change of the hook does not build the program anew.
    cleanSource =
      path:
      builtins.path {
        name = "source";
        inherit path;
        filter = entry: _: entry != toString ../../../nix;
      };
    concatMapStrings = function: list: builtins.concatStringsSep "" (map function list);
    escapeShellArg = text: "'" + builtins.replaceStrings [ "'" ] [ "'\\''" ] text + "'";
    getExe = package: "${package}/bin/${package.meta.mainProgram}";
    inherit (builtins) mapAttrs;
    licenses = {
      mit.spdxId = "MIT";
      asl20.spdxId = "Apache-2.0";
    };
    platforms.unix = [ system ];
  };

  # cargo of the build machine, with the crates that are vendored beside the source.
  rustPlatform.buildRustPackage =
    attributes:
    assert builtins.pathExists attributes.cargoLock.lockFile;
    mkDerivation (
      removeAttrs attributes [ "cargoLock" ]
      // {
        name = "${attributes.pname}-${attributes.version}";
        buildPhase = ''
          export CARGO_HOME=$PWD/cargo-home
          cargo --offline --config vendor/config.toml build --release --locked
        '';
        installPhase = ''
          install -D -m 755 -t "$out/bin" target/release/externally-managed
          runHook postInstall
        '';
      }
    );

  installShellFiles = mkDerivation {
    name = "install-shell-files";
    dontUnpack = true;
    installPhase = ''
      install -D ${./install-shell-files.sh} "$out/nix-support/setup-hook"
    '';
  };

  makeSetupHook =
    {
      name,
      substitutions,
      passthru,
      meta,
    }:
    script:
    mkDerivation {
      inherit name passthru meta;
      dontUnpack = true;
      installPhase = ''
        mkdir -p "$out/nix-support"
        sed ${
          builtins.concatStringsSep " " (
            map (key: "-e 's|@${key}@|${substitutions.${key}}|g'") (builtins.attrNames substitutions)
          )
        } ${script} >"$out/nix-support/setup-hook"
      '';
    };

  callPackage =
    file: arguments:
    let
      function = import file;
    in
    function (builtins.intersectAttrs (builtins.functionArgs function) packages // arguments);

  packages = {
    inherit
      lib
      stdenvNoCC
      rustPlatform
      installShellFiles
      makeSetupHook
      callPackage
      ;
    externally-managed = callPackage ../../../nix/package.nix { };
    externallyManagedHook = callPackage ../../../nix/hook.nix { };
  };
in
packages
