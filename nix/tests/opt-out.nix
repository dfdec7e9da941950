# Neither the phase nor the function does anything.
{
  stdenvNoCC,
  externallyManagedHook,
}:

stdenvNoCC.mkDerivation {
  name = "externally-managed-hook-opt-out";
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
    mkdir -p "$out/lib/python3.14"
    installExternallyManaged --profile nix --python 3.14
  '';
  doInstallCheck = true;
  installCheckPhase = ''
    find "$out" -type f >found
    cmp /dev/null found
  '';
}
