//! The manual pages: what clap knows, and the sections that it has no room for, which are
//! written by hand in `xtask/man/`.

mod roff;
mod synopsis;

use std::fs;

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;
use externally_managed::cli::Cli;

use crate::repository::{Generated, root};

/// Where the sections written by hand lie.
const FOLDER: &str = "xtask/man";

/// The pages of `doc/man/`: one for the program, one for each verb.
///
/// # Errors
///
/// Fails for a page whose part in `xtask/man/` cannot be read.
pub fn generate() -> Result<Vec<Generated>, String> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let source = format!(
        "externally-managed {}",
        program.get_version().unwrap_or_default()
    );
    let verbs = program.get_subcommands().filter(|verb| !verb.is_hide_set());
    std::iter::once(&program)
        .chain(verbs)
        .map(|command| page(command, &source))
        .collect()
}

/// The page of one command. It has no date, which would differ from build to build.
fn page(command: &Command, source: &str) -> Result<Generated, String> {
    let name = command.get_display_name().unwrap_or(command.get_name());
    let man = Man::new(command.clone());
    let (description, sections) = by_hand(name)?;
    let mut clap = section(|to| man.render_name_section(to));
    clap.push_str(&synopsis::of(command));
    clap.push_str(&section(|to| man.render_description_section(to)));
    clap.push_str(&description);
    clap.push_str(&section(|to| man.render_options_section(to)));
    if command.has_subcommands() {
        clap.push_str(&section(|to| man.render_subcommands_section(to)));
    }
    let mut text = roff::title(name, source);
    text.push_str(&roff::polish(&clap));
    text.push_str(&read("exit-status")?);
    text.push_str(&sections);
    text.push_str(".SH \"SEE ALSO\"\n");
    if !command.has_subcommands() {
        text.push_str(".BR externally\\-managed (1),\n");
    }
    text.push_str(&read("see-also")?);
    Ok(Generated {
        path: format!("doc/man/{name}.1"),
        text,
    })
}

fn section(render: impl Fn(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut bytes = Vec::new();
    render(&mut bytes).expect("a vector can be written to");
    String::from_utf8(bytes).expect("our command line is UTF-8")
}

/// What is written by hand for a page: more of its description, and its own sections.
fn by_hand(name: &str) -> Result<(String, String), String> {
    let text = read(name)?;
    let sections = text.find(".SH ").unwrap_or(text.len());
    Ok((text[..sections].to_owned(), text[sections..].to_owned()))
}

fn read(part: &str) -> Result<String, String> {
    let path = format!("{FOLDER}/{part}.roff");
    fs::read_to_string(root().join(&path))
        .map_err(|error| format!("{path}, a part of a manual page, cannot be read: {error}"))
}
