//! The verbs: one file each.

pub mod completions;
mod difference;
mod explain;
mod install;
mod profiles;
mod render;

use std::io::{ErrorKind, Write as _, stdout};

use crate::cli::Command;
use crate::diagnostic::{Diagnostic, Result};

/// Runs a verb and gives its exit code where that is no error: 0, or 1 if `--check` differs.
///
/// # Errors
///
/// Every mistake comes back as a diagnostic, which has the exit code.
pub fn run(command: Command) -> Result<u8> {
    match command {
        Command::Install(options) => install::run(&options),
        Command::Render(options) => render::run(&options),
        Command::Explain(options) => explain::run(&options),
        Command::Profiles(options) => profiles::run(&options),
        Command::Completions(options) => completions::run(&options),
    }
}

/// Writes what was asked for to standard output. A reader that has seen enough is no mistake.
fn print(bytes: &[u8]) -> Result<()> {
    let mut out = stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Diagnostic::io(format!(
            "standard output cannot be written: {error}"
        ))),
        _ => Ok(()),
    }
}
