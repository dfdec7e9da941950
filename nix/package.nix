# The program, for callPackage of nixpkgs.
{
  lib,
  rustPlatform,
  installShellFiles,
}:

let
  manifest = lib.importTOML ../Cargo.toml;
in
rustPlatform.buildRustPackage {
  pname = manifest.package.name;
  inherit (manifest.package) version;

  src = lib.cleanSource ../.;
  cargoLock.lockFile = ../Cargo.lock;

  nativeBuildInputs = [ installShellFiles ];

  # The tests of a package build are those of `make test`.
  env = {
    DIFFERENTIAL_CASES = "2000";
    PROPTEST_CASES = "64";
    PROPTEST_RNG_SEED = "1";
  };

  postInstall = ''
    installManPage doc/man/*.1
    installShellCompletion \
      --bash doc/completions/externally-managed.bash \
      --fish doc/completions/externally-managed.fish \
      --zsh doc/completions/_externally-managed
  '';

  meta = {
    inherit (manifest.package) description;
    license = with lib.licenses; [
      mit
      asl20
    ];
    mainProgram = "externally-managed";
    platforms = lib.platforms.unix;
  };
}
