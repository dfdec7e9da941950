# The standard library is in "out" whatever other outputs there are, or in the one that is named.
{
  stdenvNoCC,
  runCommandLocal,
  externallyManagedHook,
}:

let
  python =
    attributes:
    stdenvNoCC.mkDerivation (
      {
        name = "externally-managed-hook--outputs-python";

        outputs = [
          "bin"
          "lib"
          "out"
        ];

        nativeBuildInputs = [ externallyManagedHook ];

        dontUnpack = true;

        installPhase = ''
          mkdir -p "$bin" "$lib" "$out"
          runHook postInstall
        '';

        postInstall = ''
          installExternallyManaged --profile nix --python 3.14
        '';
      }
      // attributes
    );

  default = python { };
  named = python { externallyManagedOutput = "lib"; };
  structured = python {
    externallyManagedOutput = "lib";
    __structuredAttrs = true;
  };
in
runCommandLocal "externally-managed-hook--outputs" { } ''
  marker=lib/python3.14/EXTERNALLY-MANAGED

  cmp ${./EXTERNALLY-MANAGED} ${default.out}/$marker
  [[ ! -e ${default.bin}/lib && ! -e ${default.lib}/lib ]]

  cmp ${./EXTERNALLY-MANAGED} ${named.lib}/$marker
  [[ ! -e ${named.bin}/lib && ! -e ${named.out}/lib ]]

  cmp ${./EXTERNALLY-MANAGED} ${structured.lib}/$marker
  [[ ! -e ${structured.bin}/lib && ! -e ${structured.out}/lib ]]

  touch "$out"
''
