# How a CPython that rustc needs, as nixpkgs' own are, is marked: with the committed rendering of
#   externally-managed render marker --profile nix --python 3.14 --output EXTERNALLY-MANAGED
{
  stdenvNoCC,
}:

stdenvNoCC.mkDerivation {
  name = "externally-managed-committed";
  dontUnpack = true;
  installPhase = ''
    runHook preInstall
    stage "$out" 3.14
    runHook postInstall
  '';
  postInstall = ''
    # After ensurepip: from here on, pip refuses.
    install -D -m 644 ${./EXTERNALLY-MANAGED} "$out/lib/python3.14/EXTERNALLY-MANAGED"
  '';
  doInstallCheck = true;
  installCheckPhase = ''
    cmp ${./EXTERNALLY-MANAGED} "$out/lib/python3.14/EXTERNALLY-MANAGED"
  '';
}
