# The tests of the hook, each for callPackage.
{
  committed = ./committed.nix;
  flags = ./flags.nix;
  mistakes = ./mistakes.nix;
  opt-out = ./opt-out.nix;
  outputs = ./outputs.nix;
  override = ./override.nix;
  post-install = ./post-install.nix;
  structured-attrs = ./structured-attrs.nix;
}
