//! The style of help texts.

use clap::{Arg, Command, CommandFactory as _};
use externally_managed::cli::Cli;

/// The width of a terminal that nobody made wider, and what clap uses where there is none.
const WIDTHS: [usize; 2] = [80, 100];

/// The program and its verbs.
fn commands() -> Vec<Command> {
    let mut program = Cli::command();
    program.build();
    let verbs = program.get_subcommands().cloned().collect::<Vec<_>>();
    std::iter::once(program).chain(verbs).collect()
}

fn check_text(what: &str, text: &str) {
    assert!(!text.trim().is_empty(), "{what} has no help");
    assert!(
        !text.ends_with('.') || text.ends_with("..."),
        "{what} ends with a full stop: {text}"
    );
    assert!(!text.contains('\n'), "{what} has a line break: {text}");
    assert!(text.is_ascii(), "{what} is not for every terminal: {text}");
    assert!(
        text.starts_with(|first: char| !first.is_lowercase()),
        "{what} begins with a small letter: {text}"
    );
}

fn check_argument(command: &str, argument: &Arg) {
    let what = format!("{command}: {}", argument.get_id());
    let help = argument
        .get_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    check_text(&what, &help);
    assert!(
        argument.get_long_help().is_none() || help.len() > 1,
        "{what}"
    );
    for value in argument.get_possible_values() {
        if let Some(help) = value.get_help() {
            check_text(&format!("{what}: {}", value.get_name()), &help.to_string());
        }
    }
}

#[test]
fn every_command_and_argument_has_a_short_help_without_a_full_stop() {
    for command in commands() {
        let name = command.get_name();
        let about = command
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default();
        check_text(name, &about);
        for argument in command.get_arguments() {
            check_argument(name, argument);
        }
    }
}

#[test]
fn help_fits_the_terminal() {
    for width in WIDTHS {
        let mut program = Cli::command().term_width(width);
        program.build();
        let mut verbs: Vec<Command> = program.get_subcommands().cloned().collect();
        verbs.push(program);
        for mut command in verbs {
            let name = command.get_name().to_owned();
            for text in [command.render_help(), command.render_long_help()] {
                let text = text.to_string();
                assert!(text.contains("Usage: externally-managed"), "{name}: {text}");
                for line in text.lines() {
                    assert!(
                        line.chars().count() <= width,
                        "{name} at {width} columns: {line}"
                    );
                }
            }
        }
    }
}
