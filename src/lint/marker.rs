//! A marker as the rules look at it: its text, and what each reader made of it.

use std::ops::Range;
use std::rc::Rc;

use super::Findings;
use crate::diagnostic::Source;
use crate::locale::python::Language;
use crate::marker::SECTION;
use crate::marker::reader::ini::{Entry, Ini};
use crate::marker::reader::python::DEFAULT;
use crate::marker::reader::{Evidence, NEWEST_PYTHON, pip, uv};

/// A marker that is UTF-8, without a byte order mark.
#[derive(Debug)]
pub(super) struct Marker {
    /// Its text, under its name.
    pub(super) source: Rc<Source>,
    /// What pip's parser finds.
    pub(super) pip: Ini,
    /// What uv up to 0.13.0 makes of it.
    pub(super) old_uv: Evidence,
}

impl Marker {
    pub(super) fn new(source: Rc<Source>) -> Marker {
        let bytes = source.text.as_bytes();
        Marker {
            pip: pip::read_bytes(bytes, NEWEST_PYTHON, &Language::new(None)).ini,
            old_uv: uv::read_bytes(bytes, uv::LAST_CONFIGPARSER),
            source,
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.source.text
    }

    /// A part of the text.
    pub(super) fn part(&self, span: &Range<usize>) -> &str {
        &self.source.text[span.clone()]
    }

    /// The name of the section that is the marker's, if there is one that could be meant.
    pub(super) fn section(&self) -> Option<&str> {
        let names = || {
            self.pip
                .sections
                .iter()
                .map(|section| section.name.as_str())
        };
        names()
            .find(|name| *name == SECTION)
            .or_else(|| names().find(|name| name.trim().eq_ignore_ascii_case(SECTION)))
    }

    /// The keys of the marker's section, and those that it inherits.
    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        let section = self.section();
        self.pip.entries.iter().filter(move |entry| {
            Some(entry.section.as_str()) == section || entry.section == DEFAULT
        })
    }

    /// The keys that hold a text for users: `Error` and `Error-xx`, in any case.
    pub(super) fn texts(&self) -> impl Iterator<Item = &Entry> {
        self.entries().filter(|entry| is_text(entry))
    }

    /// The keys that hold the text without a language.
    pub(super) fn errors(&self) -> impl Iterator<Item = &Entry> {
        self.entries().filter(|entry| entry.key == "error")
    }

    /// The lines with text of every key for users.
    pub(super) fn lines(&self) -> impl Iterator<Item = &Range<usize>> {
        self.texts()
            .flat_map(|entry| &entry.lines)
            .filter(|line| !line.is_empty())
    }

    /// Where the line begins that has the byte `at` in it.
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.text()[..at]
            .rfind(['\n', '\r'])
            .map_or(0, |newline| newline + 1)
    }

    /// Reports a rule at the places that break it, as one finding.
    pub(super) fn report(
        &self,
        findings: &mut Findings,
        rule: &str,
        message: &str,
        spans: &[Range<usize>],
    ) {
        findings.add(rule, message, &self.source, spans);
    }

    /// Reports a rule at one place.
    pub(super) fn report_at(
        &self,
        findings: &mut Findings,
        rule: &str,
        message: &str,
        span: &Range<usize>,
    ) {
        findings.add(rule, message, &self.source, std::slice::from_ref(span));
    }

    /// Reports a rule at every place in the lines of texts that `find` finds, relative to a line.
    pub(super) fn report_in_lines<'m>(
        &'m self,
        findings: &mut Findings,
        rule: &str,
        message: &str,
        lines: impl Iterator<Item = &'m Range<usize>>,
        find: impl Fn(&str) -> Option<Range<usize>>,
    ) {
        let spans: Vec<Range<usize>> = lines
            .filter_map(|line| {
                let found = find(self.part(line))?;
                Some(line.start + found.start..line.start + found.end)
            })
            .collect();
        self.report(findings, rule, message, &spans);
    }
}

/// Whether an entry is `Error` or `Error-xx`.
pub(super) fn is_text(entry: &Entry) -> bool {
    entry.key == "error" || entry.key.starts_with("error-")
}

/// The lines of several texts, in the order of the file, so that one is found quickly: a marker
/// can have a million lines, and a comment in each.
pub(super) struct Lines<'m> {
    lines: Vec<&'m Range<usize>>,
}

impl<'m> Lines<'m> {
    pub(super) fn new(lines: impl Iterator<Item = &'m Range<usize>>) -> Lines<'m> {
        let mut lines: Vec<_> = lines.collect();
        lines.sort_by_key(|line| (line.start, line.end));
        Lines { lines }
    }

    /// Whether one of them has the byte `at`.
    pub(super) fn have(&self, at: usize) -> bool {
        self.before(at).is_some_and(|line| at < line.end)
    }

    /// Whether one of them begins with the byte `at`.
    pub(super) fn begin_at(&self, at: usize) -> bool {
        self.before(at).is_some_and(|line| line.start == at)
    }

    /// The last line that begins at the byte `at` or before it.
    fn before(&self, at: usize) -> Option<&Range<usize>> {
        let count = self.lines.partition_point(|line| line.start <= at);
        Some(self.lines[count.checked_sub(1)?])
    }
}
