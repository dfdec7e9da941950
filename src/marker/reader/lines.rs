//! Lines and white space as Python takes them.

use std::ops::Range;

/// Whether Python's `str.isspace` and `\s` of `re` take `character` for white space: Unicode's,
/// and the four information separators (CPython, `Py_UNICODE_ISSPACE`).
#[must_use]
pub fn is_python_space(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{1c}'..='\u{1f}')
}

/// `span` without the white space (as `is_space` tells) at both of its ends.
#[must_use]
pub fn trim(text: &str, span: Range<usize>, is_space: fn(char) -> bool) -> Range<usize> {
    let part = &text[span.clone()];
    let start = span.start + part.len() - part.trim_start_matches(is_space).len();
    start..start + part.trim_matches(is_space).len()
}

/// The lines of a text with universal newlines (Python's `open`): parted by LF, CRLF or CR. Each
/// is given without its end, and with where the next one starts.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    start: usize,
}

impl Lines<'_> {
    /// The lines of `text`.
    #[must_use]
    pub fn new(text: &str) -> Lines<'_> {
        Lines { text, start: 0 }
    }
}

/// A line of a text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Line {
    /// Its text, without the line end.
    pub span: Range<usize>,
    /// The line with its end.
    pub full: Range<usize>,
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let rest = &self.text[self.start..];
        if rest.is_empty() {
            return None;
        }
        let start = self.start;
        let (length, newline) = match rest.find(['\n', '\r']) {
            Some(end) if rest[end..].starts_with("\r\n") => (end, 2),
            Some(end) => (end, 1),
            None => (rest.len(), 0),
        };
        self.start = start + length + newline;
        Some(Line {
            span: start..start + length,
            full: start..self.start,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_lines_as_python_does() {
        let text = "a\r\nb\rc\n\n\u{85}d\u{2028}e";
        let lines: Vec<&str> = Lines::new(text).map(|line| &text[line.span]).collect();
        assert_eq!(lines, ["a", "b", "c", "", "\u{85}d\u{2028}e"]);
        assert_eq!(Lines::new("").count(), 0);
        assert_eq!(Lines::new("\n").count(), 1);
    }

    #[test]
    fn trims_inside_of_a_span() {
        let text = "x \u{1c}ab \n";
        assert_eq!(trim(text, 1..7, is_python_space), 3..5);
        assert_eq!(trim(text, 1..2, is_python_space), 2..2);
    }
}
