# The phase, which runs by itself.
{
  stdenvNoCC,
  externallyManagedHook,
}:

stdenvNoCC.mkDerivation {
  name = "externally-managed-hook--flags";

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
    install -D --mode=644 /dev/null "$out/lib/python3.14/os.py"
  '';

  doInstallCheck = true;
  installCheckPhase = ''
    cmp ${./EXTERNALLY-MANAGED} "$out/lib/python3.14/EXTERNALLY-MANAGED"
    [[ ! -e $out/lib/python3.14/README.venv ]]
  '';
}
