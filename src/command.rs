//! The verbs: one file each.

pub mod completions;
mod difference;
pub mod explain;
mod files_list;
mod import;
mod install;
mod languages;
mod lint;
mod output_file;
mod profiles;
mod render;
mod status;
mod table;

use std::io::{ErrorKind, IsTerminal as _, Write as _, stderr, stdout};

use clap::Parser as _;

use crate::adopted::Adopted;
use crate::cli::{Cli, Command};
use crate::diagnostic::{Diagnostic, Result};
use crate::escape::{printable, printable_line};
use crate::rendering::Languages;

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
        Command::Import(options) => import::run(&options),
        Command::Lint(options) => lint::run(&options),
        Command::Profiles(options) => profiles::run(&options),
        Command::Languages(options) => languages::run(&options),
        Command::Status(options) => status::run(&options),
        Command::Completions(options) => completions::run(&options),
    }
}

/// Whether to colour what goes to a stream.
#[must_use]
pub fn is_styled(is_terminal: bool) -> bool {
    is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Shows what is wrong with an adopted marker, which the build need not stop at.
///
/// # Errors
///
/// Fails if languages were asked for: such a marker has its own.
fn check_adopted(adopted: &Adopted, languages: Option<&Languages>) -> Result<()> {
    if languages.is_some() {
        return Err(Diagnostic::usage(
            "--languages does not go with an adopted marker, which has its own",
        )
        .help("leave the option out, or delete `marker:` from the profile"));
    }
    let styled = is_styled(stderr().is_terminal());
    for finding in adopted.findings() {
        let _ = stderr().write_all(finding.render(styled).as_bytes());
    }
    Ok(())
}

/// The end of a report for which something had to be left out: all of it is told, the last by who
/// called us.
fn without(mut left_out: Vec<Diagnostic>) -> Result<u8> {
    let Some(last) = left_out.pop() else {
        return Ok(0);
    };
    let styled = is_styled(stderr().is_terminal());
    for diagnostic in left_out {
        let _ = stderr().write_all(diagnostic.render(styled).as_bytes());
    }
    Err(Box::new(last))
}

/// Prints the help or version that was asked for, or what clap says about a command line. It
/// repeats arguments as they are, so it gets to see them only escaped.
///
/// # Errors
///
/// Fails if what was asked for cannot be printed.
pub fn explain_usage(error: &clap::Error) -> Result<u8> {
    let arguments = std::env::args_os().map(|argument| printable_line(&argument.to_string_lossy()));
    let printed = match Cli::try_parse_from(arguments) {
        Err(escaped) => escaped.print(),
        // Escaping has mended what was wrong with an argument.
        Ok(_) => stderr().write_all(printable(&error.render().to_string()).as_bytes()),
    };
    if !error.use_stderr() {
        unless_broken_pipe(printed)?;
    }
    Ok(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// Writes what was asked for to standard output.
fn print(bytes: &[u8]) -> Result<()> {
    let mut out = stdout().lock();
    unless_broken_pipe(out.write_all(bytes).and_then(|()| out.flush()))
}

/// A reader that has seen enough is no mistake.
fn unless_broken_pipe(printed: std::io::Result<()>) -> Result<()> {
    match printed {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Diagnostic::io(format!(
            "standard output cannot be written: {error}"
        ))),
        _ => Ok(()),
    }
}
