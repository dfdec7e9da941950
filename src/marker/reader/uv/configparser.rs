//! The crate configparser (Rust) as uv uses it: `Ini::new_cs()` with `set_multiline(true)`;
//! 3.0.4 (uv 0.1.12 to 0.2.11), 3.1.0 and 3.2.0 (up to uv 0.13.0), `src/ini.rs`, `Ini::parse`.
//!
//! `#` and `;` end a line wherever they stand; a line whose first character is `[` is a section
//! header, indented or not; an indented line continues the last key, whatever it is.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::ini::{Entry, Failure, FailureKind, Ini, Note, NoteKind, Section};
use super::super::lines::trim;

/// The section of keys that stand before any header.
const NO_SECTION: &str = "default";

/// Parses a marker. The crate stops at the first failure; this goes on.
#[must_use]
pub fn parse(text: &str, keeps_blank_lines: bool) -> Ini {
    let mut parser = Parser {
        text,
        ini: Ini::default(),
        section: NO_SECTION.to_owned(),
        key: None,
        blanks: 0,
        latest: BTreeMap::new(),
        keeps_blank_lines,
    };
    let mut start = 0;
    // `str::lines`: CR alone ends no line.
    for line in text.split_inclusive('\n') {
        let end = line.strip_suffix('\n').unwrap_or(line);
        let end = if end.len() < line.len() {
            end.strip_suffix('\r').unwrap_or(end)
        } else {
            end
        };
        parser.line(start..start + end.len());
        start += line.len();
    }
    parser.ini
}

struct Parser<'t> {
    text: &'t str,
    ini: Ini,
    section: String,
    /// The last key.
    key: Option<String>,
    /// Empty lines since the last line with text.
    blanks: usize,
    /// For each section and key the entry that counts: the last one.
    latest: BTreeMap<(String, String), usize>,
    keeps_blank_lines: bool,
}

impl Parser<'_> {
    fn line(&mut self, line: Range<usize>) {
        let whole = trim(self.text, line.clone(), char::is_whitespace);
        let comment = self.text[whole.clone()].find(['#', ';']);
        if comment == Some(0) {
            self.note(NoteKind::Comment, whole);
            return;
        }
        if whole.is_empty() {
            self.blanks += 1;
            return;
        }
        let kept = match comment {
            Some(at) => {
                self.note(NoteKind::Cut, whole.start + at..whole.end);
                trim(
                    self.text,
                    whole.start..whole.start + at,
                    char::is_whitespace,
                )
            }
            None => whole,
        };
        let indented = kept.start > line.start;
        let value = &self.text[kept.clone()];
        if value.starts_with('[') {
            self.open_section(&kept, indented);
        } else if indented {
            self.continue_key(kept, line.start);
        } else {
            self.set_key(kept);
        }
    }

    fn open_section(&mut self, kept: &Range<usize>, indented: bool) {
        let Some(end) = self.text[kept.clone()].rfind(']') else {
            self.fail(FailureKind::UnclosedSection, kept.clone());
            return;
        };
        let span = kept.start..kept.start + end + 1;
        if indented && self.key.is_some() {
            self.note(NoteKind::SectionInText, span.clone());
        }
        self.section = self.text[span.start + 1..span.end - 1].trim().to_owned();
        self.ini.sections.push(Section {
            name: self.section.clone(),
            span,
        });
    }

    fn continue_key(&mut self, kept: Range<usize>, line_start: usize) {
        let Some(key) = self.key.clone() else {
            self.fail(FailureKind::NothingToContinue, kept);
            return;
        };
        self.note(NoteKind::Stripped, line_start..kept.start);
        let blanks = self.take_blanks(kept.start);
        let known = self.latest.get(&(self.section.clone(), key.clone()));
        let index = known.copied().unwrap_or_else(|| {
            // The key stands in another section; here it begins with an empty line.
            let start = kept.start..kept.start;
            self.add(key, start.clone(), start, true)
        });
        let entry = &mut self.ini.entries[index];
        entry.has_value = true;
        entry.lines.extend(blanks);
        entry.lines.push(kept);
    }

    fn set_key(&mut self, kept: Range<usize>) {
        let delimiter = self.text[kept.clone()].find(['=', ':']);
        let key_end = delimiter.map_or(kept.end, |at| kept.start + at);
        let key_span = trim(self.text, kept.start..key_end, char::is_whitespace);
        if key_span.is_empty() {
            self.fail(FailureKind::EmptyKey, kept);
            return;
        }
        self.blanks = 0;
        let key = self.text[key_span.clone()].to_owned();
        let known = self.latest.get(&(self.section.clone(), key.clone()));
        if let Some(known) = known {
            let span = self.ini.entries[*known].key_span.clone();
            self.note(NoteKind::Replaced, span);
        }
        let value_start = delimiter.map_or(kept.end, |at| kept.start + at + 1);
        let first = trim(self.text, value_start..kept.end, char::is_whitespace);
        self.key = Some(key.clone());
        self.add(key, key_span, first, delimiter.is_some());
    }

    fn add(
        &mut self,
        key: String,
        key_span: Range<usize>,
        first: Range<usize>,
        has_value: bool,
    ) -> usize {
        let index = self.ini.entries.len();
        self.latest
            .insert((self.section.clone(), key.clone()), index);
        self.ini.entries.push(Entry {
            section: self.section.clone(),
            key,
            key_span,
            lines: vec![first],
            has_value,
        });
        index
    }

    /// The empty lines before the line that starts at `at`, if they are kept.
    fn take_blanks(&mut self, at: usize) -> Vec<Range<usize>> {
        let blanks = std::mem::take(&mut self.blanks);
        if self.keeps_blank_lines {
            return vec![at..at; blanks];
        }
        if blanks > 0 {
            self.note(NoteKind::BlankDropped, at..at);
        }
        Vec::new()
    }

    fn note(&mut self, kind: NoteKind, span: Range<usize>) {
        self.ini.notes.push(Note { kind, span });
    }

    fn fail(&mut self, kind: FailureKind, span: Range<usize>) {
        self.ini.failures.push(Failure { kind, span });
    }
}
