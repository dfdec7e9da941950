//! `completions SHELL`.

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::{Cli, Completions};
use crate::diagnostic::Result;

pub(super) fn run(options: &Completions) -> Result<u8> {
    super::print(script(options.shell).as_bytes())?;
    Ok(0)
}

/// The completion script for a shell.
///
/// # Panics
///
/// If a help text of ours were no UTF-8.
#[must_use]
pub fn script(shell: Shell) -> String {
    let mut script = Vec::new();
    let mut command = Cli::command();
    clap_complete::generate(shell, &mut command, "externally-managed", &mut script);
    let script = String::from_utf8(script).expect("our command line is UTF-8");
    // For bash, clap_complete 4.6 spells a name with a hyphen in two ways, so that nothing is
    // completed after a verb (https://github.com/clap-rs/clap/issues/6421).
    script.replace("externally__subcmd__managed", "externally__managed")
}
