# How a CPython that rustc needs is marked, as nixpkgs' own are: with a committed rendering,
#   externally-managed render marker --profile nix --python 3.14 --output EXTERNALLY-MANAGED
# The program would install the same bytes.
{
  stdenvNoCC,
  runCommandLocal,
  externally-managed,
}:

let
  python = stdenvNoCC.mkDerivation {
    name = "externally-managed--committed-python";

    dontUnpack = true;

    installPhase = ''
      runHook preInstall
      install -D --mode=644 /dev/null "$out/lib/python3.14/os.py"
      runHook postInstall
    '';

    postInstall = ''
      # After ensurepip: from here on, pip refuses.
      install -D --mode=644 ${./EXTERNALLY-MANAGED} "$out/lib/python3.14/EXTERNALLY-MANAGED"
    '';
  };
in
runCommandLocal "externally-managed--committed" { nativeBuildInputs = [ externally-managed ]; } ''
  mkdir "$out"
  externally-managed install --profile nix --python 3.14 --destdir "$out"

  cmp "$out/lib/python3.14/EXTERNALLY-MANAGED" ${python}/lib/python3.14/EXTERNALLY-MANAGED
''
