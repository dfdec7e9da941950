# The function, in postInstall.
{
  stdenvNoCC,
  externallyManagedHook,
}:

stdenvNoCC.mkDerivation {
  name = "externally-managed-hook--post-install";

  nativeBuildInputs = [ externallyManagedHook ];

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

  doInstallCheck = true;
  installCheckPhase = ''
    cmp ${./EXTERNALLY-MANAGED} "$out/lib/python3.14/EXTERNALLY-MANAGED"
    [[ -s $out/lib/python3.14/README.venv ]]
  '';
}
