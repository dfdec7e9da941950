//! Arguments in, exit code out.

use std::io::{IsTerminal as _, Write as _, stderr};
use std::process::ExitCode;

use clap::Parser as _;
use externally_managed::cli::Cli;
use externally_managed::command;

fn main() -> ExitCode {
    let cli = Cli::parse();
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
