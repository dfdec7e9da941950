//! What pip prints: 23.0 to 26.3, `_internal/exceptions` (`ExternallyManagedEnvironment` and
//! `DiagnosticPipError`), through the rich that it vendors.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar as _;

use super::super::ini::{Failure, FailureKind, Ini};
use super::super::lines::Lines;
use super::super::version::Version;
use super::super::{Evidence, Outcome, Why};
use super::Setting;
use super::charset::Charset;
use crate::locale::python::Language;

/// The first pip whose rich (13.7.1) counts columns and not characters before a TAB.
const TABS_BY_COLUMN: Version = Version::new(24, 1, 0);

/// What rich removes (`rich/control.py`, `STRIP_CONTROL_CODES`).
const REMOVED: [char; 5] = ['\u{7}', '\u{8}', '\u{b}', '\u{c}', '\r'];

const TAB: usize = 8;

/// `_DEFAULT_EXTERNALLY_MANAGED_ERROR`, around `sys.prefix`.
const GENERIC: [&str; 2] = [
    "The Python environment under ",
    " is managed externally, and may not be
manipulated by the user. Please use specific tooling from the distributor of
the Python installation to interact with this environment instead.
",
];

const HEADING: &str = "error: externally-managed-environment";
const MESSAGE: &str = "This environment is externally managed";
const CLOSING: &str = "note: If you believe this is a mistake, please contact your Python \
installation or OS distribution provider. You can override this, at the risk of breaking your \
Python installation or OS, by passing --break-system-packages.
hint: See PEP 668 for the detailed specification.
";

pub(super) fn print(
    version: Version,
    evidence: &Evidence,
    bytes: &[u8],
    language: &Language,
    setting: Setting,
) -> Option<String> {
    let charset = Charset::new(setting.charset, setting.minor);
    let text = match &evidence.outcome {
        Outcome::Shows(shown) => refusal(&shown.text, version, charset),
        Outcome::Generic(why) => {
            let text = format!("{}{}{}", GENERIC[0], setting.prefix, GENERIC[1]);
            let warning = match why {
                Why::NotUtf8 | Why::NotParsed => {
                    format!("WARNING: Failed to read {}\n", setting.marker)
                }
                _ => String::new(),
            };
            warning + &refusal(&text, version, charset)
        }
        Outcome::Crashes(_) => exception(&evidence.ini, bytes, language, setting),
        Outcome::Installs(_) | Outcome::Unforeseeable => return None,
    };
    Some(charset.escape(&text))
}

/// The text in its frame. On a standard error that is not UTF-8, rich is in its `ascii_only`
/// mode, and the frame has no signs and no indentation.
fn refusal(text: &str, version: Version, charset: Charset) -> String {
    let (message, first, other) = if charset == Charset::Utf8 {
        ("× ", "╰─> ", "    ")
    } else {
        ("", "", "")
    };
    let mut out = format!("{HEADING}\n\n{message}{MESSAGE}\n");
    if charset != Charset::Utf8 {
        out.push('\n');
    }
    for (index, line) in text.split('\n').enumerate() {
        let prefix = if index == 0 { first } else { other };
        let line: String = format!("{prefix}{}", line.replace(REMOVED, ""));
        expand_tabs(&line, version >= TABS_BY_COLUMN, &mut out);
        out.push('\n');
    }
    out.push('\n');
    out.push_str(CLOSING);
    out
}

/// `rich.text.Text.expand_tabs`.
fn expand_tabs(line: &str, by_column: bool, out: &mut String) {
    let mut at = 0;
    for character in line.chars() {
        if character == '\t' {
            let spaces = TAB - at % TAB;
            out.extend(std::iter::repeat_n(' ', spaces));
            at += spaces;
        } else {
            out.push(character);
            at += if by_column {
                character.width().unwrap_or(0)
            } else {
                1
            };
        }
    }
}

/// The last line of the traceback.
fn exception(ini: &Ini, bytes: &[u8], language: &Language, setting: Setting) -> String {
    let duplicate = ini.failures.iter().find(|failure| {
        matches!(
            failure.kind,
            FailureKind::DuplicateKey(_) | FailureKind::DuplicateSection(_)
        )
    });
    match (duplicate, language) {
        (Some(failure), _) => duplicate_error(failure, ini, bytes, setting),
        (None, Language::Unknown(locale)) => format!("ValueError: unknown locale: {locale}\n"),
        (None, Language::Keys(_)) => String::new(),
    }
}

/// `configparser.DuplicateSectionError` and `DuplicateOptionError`.
fn duplicate_error(failure: &Failure, ini: &Ini, bytes: &[u8], setting: Setting) -> String {
    // What was parsed is UTF-8, even if what follows is not.
    let parsed =
        std::str::from_utf8(bytes.get(..failure.span.end).unwrap_or_default()).unwrap_or_default();
    let line = Lines::new(parsed).count();
    let what = if matches!(failure.kind, FailureKind::DuplicateSection(_)) {
        let mut sections = ini.sections.iter();
        let section = sections.find(|section| section.span == failure.span);
        let name = section.map_or("", |section| section.name.as_str());
        format!("section {}", repr(name))
    } else {
        let mut entries = ini.entries.iter();
        let entry = entries.find(|entry| entry.key_span == failure.span);
        let (key, section) = entry.map_or(("", ""), |entry| (&entry.key, &entry.section));
        format!("option {} in section {}", repr(key), repr(section))
    };
    format!(
        "configparser.{}: While reading from {} [line {line:2}]: {what} already exists\n",
        failure.exception(),
        repr(setting.marker),
    )
}

/// Python's `repr` of a string, but for the rarer characters that it escapes.
fn repr(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut quoted = String::from(quote);
    for character in text.chars() {
        match character {
            '\\' => quoted.push_str("\\\\"),
            '\t' => quoted.push_str("\\t"),
            _ if character == quote => quoted.extend(['\\', quote]),
            _ if character.is_control() => {
                let _ = write!(quoted, "\\x{:02x}", u32::from(character));
            }
            _ => quoted.push(character),
        }
    }
    quoted.push(quote);
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(line: &str, by_column: bool) -> String {
        let mut out = String::new();
        expand_tabs(line, by_column, &mut out);
        out
    }

    #[test]
    fn expands_tabs_as_rich_does() {
        assert_eq!(expanded("╰─> ab\tc\td", true), "╰─> ab  c       d");
        assert_eq!(expanded("    second 宽\tx", true), "    second 宽   x");
        assert_eq!(expanded("    second 宽\tx", false), "    second 宽    x");
        assert_eq!(expanded("12345678\tx", true), "12345678        x");
    }

    #[test]
    fn quotes_as_python_does() {
        assert_eq!(repr("a'b"), "\"a'b\"");
        assert_eq!(repr("a'\"b"), "'a\\'\"b'");
        assert_eq!(repr("a\\\u{1b}é"), "'a\\\\\\x1bé'");
    }
}
