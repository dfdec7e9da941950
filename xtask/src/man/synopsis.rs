//! SYNOPSIS: what must be given, with its values, and then that there are options. The line that
//! `clap_mangen` writes names every option, but no values.

use clap::{Arg, ArgAction, Command};

/// The section for a command.
pub(super) fn of(command: &Command) -> String {
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let mut parts = vec![format!("\\fB{}\\fR", escape(name))];
    if command.has_subcommands() {
        parts.push("\\fICOMMAND\\fR".to_owned());
    } else {
        parts.extend(command.get_positionals().map(positional));
    }
    let options: Vec<&Arg> = command
        .get_opts()
        .filter(|option| !option.is_hide_set())
        .collect();
    let (required, optional): (Vec<&Arg>, Vec<&Arg>) = options
        .into_iter()
        .partition(|option| option.is_required_set());
    parts.extend(required.into_iter().map(required_option));
    if !optional.is_empty() || command.has_subcommands() {
        parts.push("[\\fIOPTIONS\\fR]".to_owned());
    }
    format!(".SH SYNOPSIS\n{}\n", parts.join("\n"))
}

fn positional(argument: &Arg) -> String {
    let value = format!("\\fI{}\\fR{}", value_of(argument), dots(argument));
    if argument.is_required_set() {
        value
    } else {
        format!("[{value}]")
    }
}

fn required_option(option: &Arg) -> String {
    let name = escape(option.get_long().unwrap_or_default());
    // A no-break space: an option and its value stay on one line.
    format!(
        "\\fB\\-\\-{name}\\fR\\~\\fI{}\\fR{}",
        value_of(option),
        dots(option)
    )
}

fn value_of(argument: &Arg) -> String {
    escape(&argument.get_value_names().unwrap_or_default().join(" "))
}

fn dots(argument: &Arg) -> &'static str {
    if matches!(argument.get_action(), ArgAction::Append) {
        "..."
    } else {
        ""
    }
}

fn escape(text: &str) -> String {
    text.replace('-', "\\-")
}
