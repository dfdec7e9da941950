# Pythons that a package build could have made: `stage` (tests/packages) takes the standard library
# of the build machine and runs ensurepip, posing as 3.14.
{
  stdenvNoCC,
  externallyManagedHook,
}:

let
  python = stdenvNoCC.mkDerivation {
    name = "python3-3.14.0";

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
  };
in
{
  inherit python;

  # The same Python, whatever surrounds the build.
  elsewhere = python.overrideAttrs (_: {
    LC_ALL = "de_DE.UTF-8";
    LANGUAGE = "ja";
    TZ = "Asia/Kathmandu";
    SOURCE_DATE_EPOCH = "1";
    preInstall = ''
      umask 077
      mkdir -p elsewhere
      cd elsewhere
    '';
  });

  without-epoch = python.overrideAttrs (_: {
    preInstall = ''
      unset SOURCE_DATE_EPOCH
    '';
  });

  # From the attributes instead of a line of shell.
  structured = python.overrideAttrs (_: {
    __structuredAttrs = true;
    postInstall = "";
    externallyManagedFlags = [
      "--profile"
      "nix"
      "--python"
      "3.14"
    ];
  });

  unmarked = python.overrideAttrs (_: {
    dontExternallyManaged = true;
  });

  # Marked too early: ensurepip's own pip refuses. 3.13 is the build machine's, which `stage` runs.
  too-early = python.overrideAttrs (_: {
    installPhase = ''
      mkdir -p "$out"
      installExternallyManaged --profile nix --python 3.13
      stage "$out"
    '';
  });
}
