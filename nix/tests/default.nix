# The tests of the hook, each a function for callPackage.
{
  committed = ./committed.nix;
  fails = ./fails.nix;
  flags = ./flags.nix;
  opt-out = ./opt-out.nix;
  outputs = ./outputs.nix;
  post-install = ./post-install.nix;
}
