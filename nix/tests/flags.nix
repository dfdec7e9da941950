# The phase that runs by itself.
{
  stdenvNoCC,
  externallyManagedHook,
}:

stdenvNoCC.mkDerivation {
  name = "externally-managed-hook-flags";
  nativeBuildInputs = [ externallyManagedHook ];
  externallyManagedFlags = [
    "marker"
    "--profile"
    "nix"
    "--python"
    "3.14"
  ];
  dontUnpack = true;
  installPhase = ''
    mkdir -p "$out/lib/python3.14"
  '';
  doInstallCheck = true;
  installCheckPhase = ''
    cmp ${./EXTERNALLY-MANAGED} "$out/lib/python3.14/EXTERNALLY-MANAGED"
    test ! -e "$out/lib/python3.14/README.venv"
  '';
}
