//! What stands between any input and a terminal: file names, arguments, values, translations and
//! markers can hold characters that a terminal acts upon, or that nobody sees. Everything that we
//! print goes through here, but for the documents that were asked for.

use std::fmt::Write as _;
use std::ops::Range;

use serde_json::Value as Json;

use crate::text::is_invisible;

/// `text` with everything escaped that a terminal would act upon, as `\u{1b}`: control characters
/// and characters that change the direction of writing. Line feeds stay.
#[must_use]
pub fn printable(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    printable_into(text, &(0..0), &mut safe);
    safe
}

/// The same for what must not leave its line, such as a name: line feeds are escaped, too, since
/// what comes after one would pass for a message of ours.
#[must_use]
pub fn printable_line(text: &str) -> String {
    printable(text).replace('\n', "\\u{a}")
}

/// Appends `text` to `out` as [`printable`] does; gives back where `span` lies in `out`.
pub(crate) fn printable_into(text: &str, span: &Range<usize>, out: &mut String) -> Range<usize> {
    let mut moved = 0..0;
    for (index, character) in text.char_indices() {
        if index == span.start {
            moved.start = out.len();
        }
        if index == span.end {
            moved.end = out.len();
        }
        if is_unprintable(character) {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
        } else {
            out.push(character);
        }
    }
    if span.start >= text.len() {
        moved.start = out.len();
    }
    if span.end >= text.len() {
        moved.end = out.len();
    }
    moved
}

/// Whether a terminal would act upon this character, or nobody would see it.
#[must_use]
pub fn is_unprintable(character: char) -> bool {
    (character.is_control() && character != '\n')
        || is_invisible(character)
        // Marks of interlinear annotation, and tags, which can hide a text of their own.
        || matches!(character, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A report for programs. JSON itself lets pass what a terminal acts upon: DEL, C1, marks of
/// direction. They can stand in strings only, where they are escaped as JSON does it.
#[must_use]
pub fn json(report: &Json) -> String {
    let plain = serde_json::to_string_pretty(report).unwrap_or_default();
    let mut escaped = String::with_capacity(plain.len() + 1);
    for character in plain.chars() {
        if is_unprintable(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(character);
        }
    }
    escaped.push('\n');
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What terminals act upon, or what hides.
    const HOSTILE: &str = "a\u{1b}[31m\u{7}\r\u{7f}\u{9b}\u{202e}\u{2066}\u{feff}\u{e0041}\nb";

    #[test]
    fn nothing_that_a_terminal_acts_upon_is_left() {
        assert_eq!(
            printable(HOSTILE),
            "a\\u{1b}[31m\\u{7}\\u{d}\\u{7f}\\u{9b}\\u{202e}\\u{2066}\\u{feff}\\u{e0041}\nb"
        );
        assert!(printable_line(HOSTILE).ends_with("\\u{a}b"));
    }

    #[test]
    fn json_stays_what_it_was() {
        let report = Json::from(HOSTILE);
        let text = json(&report);
        assert!(!text.trim_end().contains(|c| c == '\n' || is_unprintable(c)));
        assert_eq!(serde_json::from_str::<Json>(&text).expect("JSON"), report);
    }
}
