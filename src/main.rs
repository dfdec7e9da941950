//! Arguments in, exit code out.

use std::io::{IsTerminal as _, Write as _, stderr};
use std::process::ExitCode;

use clap::Parser as _;
use externally_managed::cli::Cli;
use externally_managed::command;
use rustix::fs::Mode;

fn main() -> ExitCode {
    // What we create is for everybody to read, whoever calls: from the start, since we may be
    // killed before the mode is set.
    rustix::process::umask(Mode::from(0o022));
    let outcome = match Cli::try_parse() {
        Ok(cli) => command::run(cli.command),
        Err(error) => command::explain_usage(&error),
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(diagnostic) => {
            let styled = command::is_styled(stderr().is_terminal());
            // Nobody is left to tell if this fails.
            let _ = stderr().write_all(diagnostic.render(styled).as_bytes());
            ExitCode::from(diagnostic.kind.exit_code())
        }
    }
}
