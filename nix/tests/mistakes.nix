# Each of these stops the build, with messages that name the mistake.
{
  lib,
  stdenvNoCC,
  emptyDirectory,
  testers,
  externallyManagedHook,
}:

let
  mistake =
    name:
    { messages, ... }@attributes:
    testers.testBuildFailure' {
      drv = stdenvNoCC.mkDerivation (
        {
          name = "externally-managed-hook--${name}";

          nativeBuildInputs = [ externallyManagedHook ];

          dontUnpack = true;

          installPhase = ''
            install -D --mode=644 /dev/null "$out/lib/python3.14/os.py"
            runHook postInstall
          '';

          doInstallCheck = true;
          installCheckPhase = ''
            echo "the build went on"
          '';
        }
        // removeAttrs attributes [ "messages" ]
      );

      expectedBuilderLogEntries = messages;

      script = ''
        [[ $(<"$failed/testBuildFailure.log") != *"the build went on"* ]]
      '';
    };
in
lib.recurseIntoAttrs (
  lib.mapAttrs mistake {
    no-arguments = {
      postInstall = "installExternallyManaged";
      messages = [ "installExternallyManaged: no arguments" ];
    };

    empty-argument = {
      postInstall = "installExternallyManaged '' --profile nix --python 3.14";
      messages = [
        "a value is required for '[DOCUMENT]...'"
        "installExternallyManaged  --profile nix --python 3.14: failed"
      ];
    };

    unknown-profile = {
      postInstall = "installExternallyManaged --profile nxi --python 3.14";
      messages = [
        "unknown profile `nxi`"
        "installExternallyManaged --profile nxi --python 3.14: failed"
      ];
    };

    misspelt-option = {
      postInstall = "installExternallyManaged --profile nix --pyhton 3.14";
      messages = [
        "unexpected argument '--pyhton'"
        "installExternallyManaged --profile nix --pyhton 3.14: failed"
      ];
    };

    misspelt-flag = {
      externallyManagedFlags = [
        "--profile"
        "nix"
        "--pyhton"
        "3.14"
      ];
      messages = [
        "unexpected argument '--pyhton'"
        "installExternallyManaged --profile nix --pyhton 3.14: failed"
      ];
    };

    unknown-output = {
      externallyManagedOutput = "lbi";
      postInstall = "installExternallyManaged --profile nix --python 3.14";
      messages = [ "externallyManagedOutput: there is no output `lbi', only: out" ];
    };

    before-the-output = {
      preInstall = "installExternallyManaged --profile nix --python 3.14";
      installPhase = "runHook preInstall";
      messages = [
        "the tree does not exist"
        "installExternallyManaged --profile nix --python 3.14: failed in the output `out'"
      ];
    };

    nothing-asked-for = {
      messages = [ "externallyManagedPhase: nothing was marked" ];
    };

    no-program = {
      nativeBuildInputs = [
        (externallyManagedHook.override {
          externally-managed = emptyDirectory // {
            meta.mainProgram = "externally-managed";
          };
        })
      ];
      postInstall = "installExternallyManaged --profile nix --python 3.14";
      messages = [
        "/bin/externally-managed: No such file or directory"
        "installExternallyManaged --profile nix --python 3.14: failed"
      ];
    };
  }
)
