//! `cargo run -p xtask -- generate|check|pot|read-back`.

use std::env;
use std::io::Write as _;
use std::process::ExitCode;

use xtask::repository::{self, Generated};
use xtask::{pot, read_back};

const USAGE: &str = "usage: cargo run -p xtask -- COMMAND

  generate  write every generated file
  check     write nothing; name the generated files that are out of date
  pot       write po/externally-managed.pot only
  read-back bring po/read-back up to date with the translations
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let outcome = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["generate"] => repository::generated().and_then(|files| repository::write(&files)),
        ["check"] => repository::generated().and_then(|files| check(&files)),
        ["pot"] => pot::generate().and_then(|file| repository::write_one(&file)),
        ["read-back"] => {
            read_back::generate().and_then(|files| files.iter().try_for_each(repository::write_one))
        }
        _ => {
            tell(USAGE);
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            tell(&format!("{message}\n"));
            ExitCode::FAILURE
        }
    }
}

fn check(files: &[Generated]) -> Result<(), String> {
    let outdated = repository::outdated(files)?;
    if outdated.is_empty() {
        Ok(())
    } else {
        Err(repository::report(&outdated))
    }
}

/// Writes to standard error. Nobody is left to tell if this fails.
fn tell(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}
