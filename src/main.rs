//! Arguments in, exit code out.

use std::io::{IsTerminal as _, Write as _, stderr};
use std::process::ExitCode;

use clap::Parser as _;
use clap::error::Error;
use externally_managed::cli::Cli;
use externally_managed::command;
use externally_managed::escape::{printable, printable_line};

fn main() -> ExitCode {
    let cli = Cli::try_parse().unwrap_or_else(|error| refuse(&error));
    match command::run(cli.command) {
        Ok(code) => ExitCode::from(code),
        Err(diagnostic) => {
            let styled = command::is_styled(stderr().is_terminal());
            // Nobody is left to tell if this fails.
            let _ = stderr().write_all(diagnostic.render(styled).as_bytes());
            ExitCode::from(diagnostic.kind.exit_code())
        }
    }
}

/// Ends with what clap says: the help that was asked for, or a mistake in the arguments. It repeats
/// them as they are, so it gets to see them only escaped.
fn refuse(error: &Error) -> ! {
    let arguments = std::env::args_os().map(|argument| printable_line(&argument.to_string_lossy()));
    if let Err(escaped) = Cli::try_parse_from(arguments) {
        escaped.exit()
    }
    // Escaping has mended what was wrong with an argument.
    let report = printable(&error.render().to_string());
    let _ = stderr().write_all(report.as_bytes());
    std::process::exit(error.exit_code())
}
