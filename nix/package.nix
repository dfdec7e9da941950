{
  lib,
  rustPlatform,
  installShellFiles,
  versionCheckHook,
  gettext,
  python3,
  externallyManagedHook,
}:

let
  manifest = lib.importTOML ../Cargo.toml;
in
rustPlatform.buildRustPackage (finalAttrs: {
  pname = manifest.package.name;
  inherit (manifest.package) version;

  src = lib.cleanSourceWith {
    src = lib.cleanSource ../.;
    # What cargo has built here outside of nix.
    filter = path: _type: path != toString ../target;
  };

  cargoLock.lockFile = ../Cargo.lock;

  nativeBuildInputs = [ installShellFiles ];

  # The tests compare the program's readers with these. As in `make test`, fewer random cases than
  # during development, and always the same ones.
  nativeCheckInputs = [
    gettext
    python3
  ];
  env = {
    DIFFERENTIAL_CASES = "2000";
    PROPTEST_CASES = "64";
    PROPTEST_RNG_SEED = "1";
  };

  # The completions are those that the program prints, committed: a cross build cannot run it.
  postInstall = ''
    installManPage doc/man/*.1
    installShellCompletion --cmd externally-managed \
      --bash doc/completions/externally-managed.bash \
      --fish doc/completions/externally-managed.fish \
      --zsh doc/completions/_externally-managed
  '';

  doInstallCheck = true;
  nativeInstallCheckInputs = [ versionCheckHook ];

  passthru.tests = externallyManagedHook.tests;

  meta = {
    inherit (manifest.package) description;
    license = with lib.licenses; [
      mit
      asl20
    ];
    mainProgram = finalAttrs.pname;
    platforms = lib.platforms.unix;
  };
})
