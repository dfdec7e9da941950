# Stands in for nixpkgs, which no package registry has: what nix/ uses of it, in its calling
# conventions, with the programs of the build machine instead of packages. So nix-build needs
# `--option sandbox false`. This shows that nix/ evaluates, builds, and does what it says; that
# nixpkgs has these functions too, its manual and its own packages say.
let
  lib = import ./lib.nix;
  inherit (builtins)
    attrNames
    functionArgs
    intersectAttrs
    isFunction
    ;

  # A derivation as stdenv makes it; its builder is plain bash.
  mkDerivation =
    given:
    let
      attributes = if isFunction given then given attributes else given;
      environment = removeAttrs attributes [
        "cargoLock"
        "env"
        "meta"
        "passthru"
      ];
    in
    derivation (
      {
        name = "${attributes.pname}-${attributes.version}";
        system = builtins.currentSystem;
        builder = "/bin/bash";
        args = [ ./stdenv.sh ];
        NIX_MAIN_PROGRAM = attributes.meta.mainProgram or "";
      }
      // attributes.env or { }
      // environment
    )
    // {
      meta = attributes.meta or { };
      overrideAttrs = change: mkDerivation (attributes // change attributes);
    }
    // attributes.passthru or { };

  runCommandLocal =
    name: attributes: buildCommand:
    mkDerivation (attributes // { inherit name buildCommand; });

  # The cargo of the build machine, the vendored crates that `-I vendor=DIR` names (outside of the
  # store, into which each evaluation would copy them), and a quick build: its tests and its
  # optimization are for our other packages.
  buildRustPackage =
    given:
    let
      attributes = if isFunction given then given attributes else given;
    in
    assert builtins.pathExists attributes.cargoLock.lockFile;
    mkDerivation (
      {
        CARGO_PROFILE_RELEASE_CODEGEN_UNITS = "16";
        CARGO_PROFILE_RELEASE_LTO = "off";
        CARGO_PROFILE_RELEASE_OPT_LEVEL = "0";
        buildPhase = ''
          runHook preBuild
          CARGO_HOME=$NIX_BUILD_TOP/cargo-home cargo build --release --frozen \
            --config 'source.crates-io.replace-with = "vendored"' \
            --config "source.vendored.directory = '${toString <vendor>}'"
          runHook postBuild
        '';
        installPhase = ''
          runHook preInstall
          install -D --mode=755 -t "$out/bin" "target/release/$pname"
          runHook postInstall
        '';
      }
      // attributes
    );

  makeSetupHook =
    {
      name,
      substitutions ? { },
      passthru ? { },
      meta ? { },
    }:
    script:
    let
      substitute = key: "-e 's|@${key}@|${substitutions.${key}}|g'";
    in
    mkDerivation {
      inherit name passthru meta;
      buildCommand = ''
        mkdir -p "$out/nix-support"
        sed -e "" ${toString (map substitute (attrNames substitutions))} ${script} \
          >"$out/nix-support/setup-hook"
      '';
    };

  # `drv` fails, with these entries in its log.
  testBuildFailure' =
    {
      drv,
      expectedBuilderExitCode ? 1,
      expectedBuilderLogEntries ? [ ],
      script ? "",
    }:
    derivation (
      drv.drvAttrs
      // {
        name = "testBuildFailure-${drv.name}";
        args = [
          ./expect-failure.sh
          (toString expectedBuilderExitCode)
          script
          (toString (builtins.length expectedBuilderLogEntries))
        ]
        ++ expectedBuilderLogEntries
        ++ [ drv.drvAttrs.builder ]
        ++ drv.drvAttrs.args;
      }
    );

  # Calls `file` with the packages that it names.
  callPackage =
    file: arguments:
    let
      function = if isFunction file then file else import file;
      result = function (intersectAttrs (functionArgs function) packages // arguments);
      override = changed: callPackage file (arguments // changed);
    in
    if result.type or "" == "derivation" then result // { inherit override; } else result;

  # A package of the build machine, on PATH without further ado.
  here = name: runCommandLocal name { } ''mkdir "$out"'';

  packages = {
    inherit
      lib
      callPackage
      makeSetupHook
      runCommandLocal
      ;
    stdenvNoCC = { inherit mkDerivation; };
    rustPlatform = { inherit buildRustPackage; };
    testers = { inherit testBuildFailure'; };
    installShellFiles = makeSetupHook { name = "install-shell-files"; } ./install-shell-files.sh;
    versionCheckHook = makeSetupHook { name = "version-check-hook"; } ./version-check-hook.sh;
    emptyDirectory = here "empty-directory";
    gettext = here "gettext";
    python3 = here "python3";
  }
  // import ../../../nix/overlay.nix packages { };
in
packages // { pythons = callPackage ./pythons.nix { }; }
