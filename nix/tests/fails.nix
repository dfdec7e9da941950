# Mistakes stop the build, with a message that says what is wrong.
{
  lib,
  stdenvNoCC,
  externallyManagedHook,
}:

let
  # A build whose phase must fail, and say each of `messages`.
  expectFailure =
    command: messages: ''
      if (externallyManagedFlags=; ${command}) >output 2>&1; then
        echo "went on: ${command}"
        exit 1
      fi
      cat output
      ${lib.concatMapStrings (message: ''
        grep -qF -e ${lib.escapeShellArg message} output
      '') messages}
    '';
in
stdenvNoCC.mkDerivation {
  name = "externally-managed-hook-fails";
  nativeBuildInputs = [ externallyManagedHook ];
  dontUnpack = true;
  installPhase = ''
    ${expectFailure "installExternallyManaged" [ "installExternallyManaged: no arguments" ]}
    ${expectFailure "installExternallyManaged --profile nxi --python 3.14" [
      "unknown profile `nxi`"
      "installExternallyManaged --profile nxi --python 3.14: failed"
    ]}
    ${expectFailure "installExternallyManaged --profile nix --pyhton 3.14" [
      "--pyhton"
      "installExternallyManaged --profile nix --pyhton 3.14: failed"
    ]}
    ${expectFailure "externallyManagedOutput=lbi installExternallyManaged --profile nix --python 3.14" [
      "there is no output named \"lbi\""
    ]}
    ${expectFailure "externallyManagedPhase" [ "externallyManagedPhase: nothing was marked" ]}
    installExternallyManaged --profile nix --python 3.14
  '';
  doInstallCheck = true;
  installCheckPhase = ''
    cmp ${./EXTERNALLY-MANAGED} "$out/lib/python3.14/EXTERNALLY-MANAGED"
  '';
}
