# The argument with which users get a Python without the marker; the README names it.
{
  callPackage,
  runCommandLocal,
}:

let
  package =
    {
      stdenvNoCC,
      externallyManagedHook,
      externallyManaged ? true,
    }:

    stdenvNoCC.mkDerivation {
      name = "externally-managed-hook--override-python";

      nativeBuildInputs = [ externallyManagedHook ];

      dontExternallyManaged = !externallyManaged;

      dontUnpack = true;

      installPhase = ''
        runHook preInstall
        install -D --mode=644 /dev/null "$out/lib/python3.14/os.py"
        runHook postInstall
      '';

      postInstall = ''
        # After ensurepip: from here on, pip refuses.
        installExternallyManaged --profile nix --python 3.14
      '';
    };

  python = callPackage package { };
  unmarked = python.override { externallyManaged = false; };
in
runCommandLocal "externally-managed-hook--override" { } ''
  cmp ${./EXTERNALLY-MANAGED} ${python}/lib/python3.14/EXTERNALLY-MANAGED
  grep -F 'override { externallyManaged = false; }' ${python}/lib/python3.14/README.venv

  [[ -e ${unmarked}/lib/python3.14/os.py ]]
  [[ ! -e ${unmarked}/lib/python3.14/EXTERNALLY-MANAGED && ! -e ${unmarked}/lib/python3.14/README.venv ]]

  touch "$out"
''
