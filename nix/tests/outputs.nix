# The standard library is in another output than "out".
{
  stdenvNoCC,
  externallyManagedHook,
}:

stdenvNoCC.mkDerivation {
  name = "externally-managed-hook-outputs";
  outputs = [
    "out"
    "lib"
  ];
  nativeBuildInputs = [ externallyManagedHook ];
  externallyManagedOutput = "lib";
  dontUnpack = true;
  installPhase = ''
    mkdir -p "$out" "$lib/lib/python3.14"
    installExternallyManaged --profile nix --python 3.14
  '';
  doInstallCheck = true;
  installCheckPhase = ''
    cmp ${./EXTERNALLY-MANAGED} "$lib/lib/python3.14/EXTERNALLY-MANAGED"
    test ! -e "$out/lib"
  '';
}
