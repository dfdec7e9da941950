# The phase, with an argument that has white space in it.
{
  stdenvNoCC,
  externallyManagedHook,
}:

stdenvNoCC.mkDerivation {
  name = "externally-managed-hook--structured-attrs";

  __structuredAttrs = true;

  nativeBuildInputs = [ externallyManagedHook ];

  externallyManagedFlags = [
    "--profile"
    "nix"
    "--python"
    "3.14"
    "--readme"
    "/share/doc/{{ python.name }}/README.venv"
  ];

  dontUnpack = true;

  installPhase = ''
    install -D --mode=644 /dev/null "$out/lib/python3.14/os.py"
  '';

  doInstallCheck = true;
  installCheckPhase = ''
    grep -qxF ' /share/doc/python3.14/README.venv' "$out/lib/python3.14/EXTERNALLY-MANAGED"
    [[ -s $out/share/doc/python3.14/README.venv ]]
  '';
}
