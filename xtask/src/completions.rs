//! Completion scripts, under the names that each shell looks for.

use clap_complete::Shell;
use externally_managed::command::completions::script;

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
