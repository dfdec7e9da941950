# In postInstall, after the pip of ensurepip is there.
{
  stdenvNoCC,
  externallyManagedHook,
}:

stdenvNoCC.mkDerivation {
  name = "externally-managed-hook-post-install";
  nativeBuildInputs = [ externallyManagedHook ];
  dontUnpack = true;
  installPhase = ''
    runHook preInstall
    stage "$out" 3.14
    runHook postInstall
  '';
  postInstall = ''
    # After ensurepip: from here on, pip refuses.
    installExternallyManaged --profile nix --python 3.14
  '';
  doInstallCheck = true;
  installCheckPhase = ''
    cmp ${./EXTERNALLY-MANAGED} "$out/lib/python3.14/EXTERNALLY-MANAGED"
    test -f "$out/lib/python3.14/README.venv"
  '';
}
