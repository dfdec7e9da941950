//! `completions SHELL`.

use clap::CommandFactory as _;

use crate::cli::{Cli, Completions};
use crate::diagnostic::Result;

pub(super) fn run(options: &Completions) -> Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(
        options.shell,
        &mut Cli::command(),
        "externally-managed",
        &mut script,
    );
    super::print(&script)?;
    Ok(0)
}
