//! CPython's `configparser.ConfigParser(interpolation=None)` with its defaults, as pip uses it:
//! strict, delimiters `=` and `:`, comments `#` and `;` on lines of their own, empty lines in
//! values (CPython 3.8 to 3.15, `Lib/configparser.py`, `RawConfigParser._read`). uv since 0.13.1
//! reads with the crate astral-ini 0.0.1, a port of it that keeps the case of keys.

use std::collections::BTreeMap;
use std::ops::Range;

use super::ini::{Entry, Failure, FailureKind, Ini, Note, NoteKind, Section};
use super::lines::{Line, Lines, is_python_space, trim};

/// The section whose keys all others inherit.
pub const DEFAULT: &str = "DEFAULT";

/// Which of the parser's habits to follow.
#[derive(Clone, Copy, Debug)]
pub struct Dialect {
    /// Keys are lower-cased (`optionxform`).
    pub folds_keys: bool,
    /// A section's name ends at the last `]` of its line (CPython 3.10 and later) and not at the
    /// first one (up to 3.9).
    pub greedy_sections: bool,
}

/// Parses a marker.
#[must_use]
pub fn parse(text: &str, dialect: Dialect) -> Ini {
    let mut parser = Parser {
        text,
        dialect,
        ini: Ini::default(),
        section: None,
        entry: None,
        indent: 0,
        first_sections: BTreeMap::new(),
        first_keys: BTreeMap::new(),
    };
    for line in Lines::new(text) {
        parser.line(&line);
    }
    for entry in &mut parser.ini.entries {
        // `_join_multiline_values` strips the end of the whole value.
        while entry.lines.len() > 1 && entry.lines.last().is_some_and(Range::is_empty) {
            entry.lines.pop();
        }
    }
    parser.ini
}

struct Parser<'t> {
    text: &'t str,
    dialect: Dialect,
    ini: Ini,
    /// The name of the section at hand.
    section: Option<String>,
    /// The entry that a deeper indented line continues.
    entry: Option<usize>,
    /// The indentation of the last line that was no continuation, in characters.
    indent: usize,
    /// Where each section and key stands for the first time.
    first_sections: BTreeMap<String, Range<usize>>,
    first_keys: BTreeMap<(String, String), Range<usize>>,
}

impl Parser<'_> {
    fn line(&mut self, line: &Line) {
        let kept = trim(self.text, line.span.clone(), is_python_space);
        let value = &self.text[kept.clone()];
        if value.starts_with(['#', ';']) {
            self.note(NoteKind::Comment, kept);
            return;
        }
        if value.is_empty() {
            if let Some(entry) = self.entry {
                self.ini.entries[entry].lines.push(kept.start..kept.start);
            }
            return;
        }
        let indent = self.text[line.span.start..kept.start].chars().count();
        if let Some(entry) = self.entry.filter(|_| indent > self.indent) {
            self.note(NoteKind::Stripped, line.span.start..kept.start);
            self.ini.entries[entry].lines.push(kept);
            return;
        }
        self.indent = indent;
        if let Some(length) = section_length(value, self.dialect.greedy_sections) {
            self.open_section(&kept, length);
        } else if self.section.is_none() {
            self.fail(FailureKind::NoSection, kept);
        } else {
            self.option(line, kept);
        }
    }

    fn open_section(&mut self, kept: &Range<usize>, length: usize) {
        let span = kept.start..kept.start + length + 2;
        let name = &self.text[span.start + 1..span.end - 1];
        if let Some(first) = self.first_sections.get(name).filter(|_| name != DEFAULT) {
            let kind = FailureKind::DuplicateSection(first.clone());
            self.fail(kind, span.clone());
        } else {
            self.first_sections.insert(name.to_owned(), span.clone());
        }
        self.section = Some(name.to_owned());
        self.entry = None;
        self.ini.sections.push(Section {
            name: name.to_owned(),
            span,
        });
    }

    fn option(&mut self, line: &Line, kept: Range<usize>) {
        let value = &self.text[kept.clone()];
        let Some(delimiter) = value.find(['=', ':']) else {
            // The entry before it goes on behind this line.
            self.fail(FailureKind::NotAnOption, kept);
            return;
        };
        let key_span = trim(
            self.text,
            kept.start..kept.start + delimiter,
            is_python_space,
        );
        let written = &self.text[key_span.clone()];
        if written.is_empty() {
            self.fail(FailureKind::EmptyKey, kept.clone());
        }
        if kept.start > line.span.start {
            self.note(NoteKind::IndentedKey, kept.clone());
        }
        let key = if self.dialect.folds_keys {
            written.to_lowercase()
        } else {
            written.to_owned()
        };
        let section = self.section.clone().unwrap_or_default();
        let place = (section, key);
        if let Some(first) = self.first_keys.get(&place) {
            let kind = FailureKind::DuplicateKey(first.clone());
            self.fail(kind, key_span.clone());
        } else {
            self.first_keys.insert(place.clone(), key_span.clone());
        }
        let (section, key) = place;
        self.entry = (!key.is_empty()).then_some(self.ini.entries.len());
        let first = trim(
            self.text,
            kept.start + delimiter + 1..kept.end,
            is_python_space,
        );
        self.ini.entries.push(Entry {
            section,
            key,
            key_span,
            lines: vec![first],
            has_value: true,
        });
    }

    fn note(&mut self, kind: NoteKind, span: Range<usize>) {
        self.ini.notes.push(Note { kind, span });
    }

    fn fail(&mut self, kind: FailureKind, span: Range<usize>) {
        self.ini.failures.push(Failure { kind, span });
    }
}

/// The length of a section's name, if `line` begins with a header: `\[(?P<header>.+)\]` since
/// CPython 3.10, `\[(?P<header>[^]]+)\]` before.
fn section_length(line: &str, greedy: bool) -> Option<usize> {
    let rest = line.strip_prefix('[')?;
    let end = if greedy {
        rest.rfind(']')
    } else {
        rest.find(']')
    };
    end.filter(|length| *length > 0)
}
