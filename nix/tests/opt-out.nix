# Switched off, neither the phase nor the function does anything.
{
  stdenvNoCC,
  externallyManagedHook,
}:

stdenvNoCC.mkDerivation {
  name = "externally-managed-hook--opt-out";

  nativeBuildInputs = [ externallyManagedHook ];

  dontExternallyManaged = true;

  externallyManagedFlags = [
    "--profile"
    "nix"
    "--python"
    "3.14"
  ];

  dontUnpack = true;

  installPhase = ''
    runHook preInstall
    install -D --mode=644 /dev/null "$out/lib/python3.14/os.py"
    runHook postInstall
  '';

  postInstall = ''
    installExternallyManaged --profile nix --python 3.14
  '';

  doInstallCheck = true;
  installCheckPhase = ''
    find "$out" -type f -printf '%P\n' >found
    echo lib/python3.14/os.py | cmp - found
  '';
}
