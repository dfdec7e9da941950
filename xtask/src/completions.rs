//! Completion scripts, under the names that each shell looks for.

use clap::CommandFactory as _;
use clap_complete::Shell;
use externally_managed::cli::Cli;

use crate::repository::Generated;

const SCRIPTS: [(Shell, &str); 3] = [
    (Shell::Bash, "externally-managed.bash"),
    (Shell::Zsh, "_externally-managed"),
    (Shell::Fish, "externally-managed.fish"),
];

/// The scripts of `doc/completions/`.
#[must_use]
pub fn generate() -> Vec<Generated> {
    SCRIPTS
        .iter()
        .map(|(shell, name)| Generated {
            path: format!("doc/completions/{name}"),
            text: script(*shell),
        })
        .collect()
}

fn script(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(
        shell,
        &mut Cli::command(),
        "externally-managed",
        &mut script,
    );
    String::from_utf8(script).expect("our command line is UTF-8")
}
