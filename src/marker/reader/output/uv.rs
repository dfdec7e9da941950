//! What uv prints on `uv pip install --system`: 0.1.12 to 0.13.8, `crates/uv/src/commands/pip/`.

use super::super::version::Version;
use super::super::{Outcome, Shown};
use super::Setting;
use super::optimal_fit::wrap;

/// The versions that changed the frame. Each was measured with the version before it.
const SYSTEM_HINT: Version = Version::new(0, 9, 5);
const NEW_HINT: Version = Version::new(0, 9, 6);
const BLANK_BEFORE_HINT: Version = Version::new(0, 11, 16);
const WRAPS: Version = Version::new(0, 11, 17);
const BACKTICKS: Version = Version::new(0, 12, 22);

/// The width of the terminal.
const WIDTH: u64 = 80;

/// Below `error: `, lines that were broken go on.
const INDENT: &str = "       ";

const HINT: &str = "hint: Virtual environments were not considered due to the `--system` flag\n";

/// The hint of 0.9.5 alone.
const HINT_0_9_5: &str = "hint: This happens because the `--system` flag was used, which selected \
the system Python interpreter.\n";

pub(super) fn print(version: Version, outcome: &Outcome, setting: Setting) -> Option<String> {
    let tick = if version >= BACKTICKS { "`" } else { "" };
    let python = format!("error: The interpreter at {tick}{}{tick}", setting.prefix);
    let hint = match version {
        _ if version >= NEW_HINT => HINT,
        _ if version >= SYSTEM_HINT => HINT_0_9_5,
        _ => "",
    };
    let text = match outcome {
        Outcome::Shows(shown) => {
            let closing = if version >= NEW_HINT {
                ""
            } else {
                "Consider creating a virtual environment with `uv venv`.\n"
            };
            let text = indented(shown);
            format!(
                "{python} is externally managed, and indicates the following:\n\n{text}\n\n{closing}{hint}"
            )
        }
        Outcome::Generic(_) if version >= NEW_HINT => {
            let blank = if version >= BLANK_BEFORE_HINT {
                "\n"
            } else {
                ""
            };
            format!("{python} is externally managed and cannot be modified.\n{blank}{hint}")
        }
        Outcome::Generic(_) => format!(
            "{python} is externally managed. Instead, create a virtual environment with `uv venv`.\n{hint}"
        ),
        Outcome::Crashes(_) | Outcome::Installs(_) | Outcome::Unforeseeable => return None,
    };
    Some(if version >= WRAPS {
        wrapped(&text)
    } else {
        text
    })
}

/// `textwrap::indent` with two spaces.
fn indented(shown: &Shown) -> String {
    let lines = shown.text.split('\n').map(|line| {
        if line.trim().is_empty() {
            line.to_owned()
        } else {
            format!("  {line}")
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn wrapped(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        for (index, part) in wrap(line, WIDTH, WIDTH - INDENT.len() as u64)
            .into_iter()
            .enumerate()
        {
            if index > 0 {
                out.push_str(INDENT);
            }
            out.push_str(part);
            out.push('\n');
        }
    }
    out
}
