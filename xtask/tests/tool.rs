//! Programs that a machine may lack.

use std::io::{ErrorKind, Write as _, stderr};
use std::process::{Command, Output};

/// Runs a command. `None`, and a message, if the program is not there; under CI that is a
/// failure.
pub(crate) fn run(command: &mut Command) -> Option<Output> {
    match command.output() {
        Ok(output) => Some(output),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let name = command.get_program().to_string_lossy().into_owned();
            let in_ci = std::env::var_os("CI").is_some_and(|value| value == "true");
            assert!(!in_ci, "{name} is not installed, so its check did not run");
            let _ = writeln!(
                stderr(),
                "NOT RUN: the check with {name}, which is not installed"
            );
            None
        }
        Err(error) => panic!("{command:?}: {error}"),
    }
}
