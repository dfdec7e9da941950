//! Rules about sections, keys and lines: what parsers stumble over.

use std::ops::Range;

use super::Findings;
use super::marker::{Lines, Marker, is_text};
use crate::marker::SECTION;
use crate::marker::reader::ini::{Entry, FailureKind, Ini, NoteKind};
use crate::marker::reader::python::DEFAULT;

pub(super) fn check(marker: &Marker, findings: &mut Findings) {
    let spans = |wanted: fn(&FailureKind) -> bool| -> Vec<Range<usize>> {
        let failures = marker.pip.failures.iter();
        failures
            .filter(|failure| wanted(&failure.kind))
            .map(|failure| failure.span.clone())
            .collect()
    };
    duplicates(marker, findings);
    if marker.section() == Some(SECTION) {
        let message = "this line stands before the first section";
        let spans = spans(|kind| *kind == FailureKind::NoSection);
        marker.report(findings, "EM009", message, &spans);
        if !spans.is_empty() {
            findings.help("put it behind the line [externally-managed], or make it a comment");
        }
    } else {
        no_section(marker, findings);
    }
    let (keys, lines): (Vec<_>, Vec<_>) = spans(|kind| *kind == FailureKind::NotAnOption)
        .into_iter()
        .partition(|span| looks_like_key(marker.part(span)));
    let message = "a key without a value drops the whole file";
    marker.report(findings, "EM015", message, &keys);
    let message = "a value without a key drops the whole file";
    let nameless = spans(|kind| *kind == FailureKind::EmptyKey);
    marker.report(findings, "EM015", message, &nameless);
    let message = "this line begins at the margin, so it continues no text";
    marker.report(findings, "EM009", message, &lines);
    prose_keys(marker, findings);
    comments(marker, findings);
    brackets(marker, findings);
    let notes = marker.pip.notes.iter();
    let indented: Vec<_> = notes
        .filter(|note| note.kind == NoteKind::IndentedKey)
        .map(|note| note.span.start..note.span.start + 1)
        .collect();
    marker.report(findings, "EM027", "this key is indented", &indented);
    let message = "this key is indented, so it is a part of the text before it";
    let lines = marker.texts().flat_map(|entry| entry.lines.iter().skip(1));
    marker.report_in_lines(findings, "EM027", message, lines, |line| {
        let end = line.find(['=', ':'])?;
        let language = line[..end].trim_end().strip_prefix("Error")?;
        let is_key = language.is_empty()
            || language
                .strip_prefix('-')
                .is_some_and(crate::locale::is_language);
        is_key.then_some(0..end)
    });
    let inherited: Vec<_> = marker
        .texts()
        .filter(|entry| entry.section == DEFAULT)
        .map(|entry| entry.key_span.clone())
        .collect();
    let message = "uv up to 0.13.0 does not see a key of [DEFAULT]";
    marker.report(findings, "EM028", message, &inherited);
}

fn duplicates(marker: &Marker, findings: &mut Findings) {
    for failure in &marker.pip.failures {
        let (rule, what, first) = match &failure.kind {
            FailureKind::DuplicateKey(first) => ("EM005", "key", first),
            FailureKind::DuplicateSection(first) => ("EM006", "section", first),
            _ => continue,
        };
        let line = marker.text()[..first.start].matches('\n').count() + 1;
        let message = format!(
            "pip crashes, because it read the {what} `{}` in line {line}",
            marker.part(first)
        );
        marker.report_at(findings, rule, &message, &failure.span);
        // A file that was written twice has nothing more to tell.
        if findings.list.len() > 20 {
            break;
        }
    }
}

fn no_section(marker: &Marker, findings: &mut Findings) {
    let like = marker.section();
    let section = marker
        .pip
        .sections
        .iter()
        .find(|section| Some(section.name.as_str()) == like);
    match section {
        Some(section) => {
            let message = format!("the section is `{}`, not `{SECTION}`", section.name);
            marker.report_at(findings, "EM007", &message, &section.span);
        }
        None if marker.text().trim().is_empty() => {
            findings.add_file("EM007", "the file is empty", &marker.source.name);
        }
        None => {
            let message = "there is no section [externally-managed]";
            let end = marker
                .text()
                .find(['\n', '\r'])
                .unwrap_or(marker.text().len());
            marker.report_at(findings, "EM007", message, &(0..end));
        }
    }
}

/// Whether a line without a delimiter was meant as a key.
fn looks_like_key(line: &str) -> bool {
    let word = line.get(..5).unwrap_or_default();
    word.eq_ignore_ascii_case("error") && !line.contains(char::is_whitespace)
}

/// Keys that are sentences, or the beginning of an address.
fn prose_keys(marker: &Marker, findings: &mut Findings) {
    let spans: Vec<_> = marker
        .entries()
        .filter(|entry| is_prose(marker, entry))
        .map(|entry| entry.key_span.start..entry.key_span.end + 1)
        .collect();
    let message = "this line begins at the margin, so it is read as a key";
    marker.report(findings, "EM010", message, &spans);
}

/// Whether a key is the beginning of a sentence: it is not a single word with `=` behind it.
pub(super) fn is_prose(marker: &Marker, entry: &Entry) -> bool {
    let written = marker.part(&entry.key_span);
    let is_word = written
        .chars()
        .all(|character| character.is_alphanumeric() || "_-./".contains(character));
    let delimiter = marker.text()[entry.key_span.end..]
        .trim_start()
        .chars()
        .next();
    let is_key = is_word && delimiter == Some('=');
    !is_text(entry) && !written.is_empty() && !is_key
}

/// Comments inside of a text: indented, or with more lines of the text behind them.
fn comments(marker: &Marker, findings: &mut Findings) {
    let Ini {
        sections, entries, ..
    } = &marker.pip;
    // Where the last line with text of each key begins.
    let last: Vec<usize> = entries
        .iter()
        .map(|entry| {
            let lines = entry.lines.iter();
            let last = lines.rev().find(|line| !line.is_empty());
            last.map_or(0, |line| line.start)
        })
        .collect();
    let inside = |span: &Range<usize>| {
        let before = entries.partition_point(|entry| entry.key_span.start < span.start);
        let Some(index) = before.checked_sub(1) else {
            return false;
        };
        let key = &entries[index].key_span;
        let headers = sections.partition_point(|section| section.span.start < span.start);
        let left = headers > 0 && key.start < sections[headers - 1].span.start;
        let indented = marker.line_start(span.start) < span.start;
        !left && (indented || span.start < last[index])
    };
    let notes = marker.pip.notes.iter();
    let spans: Vec<_> = notes
        .filter(|note| note.kind == NoteKind::Comment && inside(&note.span))
        .map(|note| note.span.start..note.span.start + 1)
        .collect();
    marker.report(findings, "EM011", "no installer shows this line", &spans);
}

/// Lines of texts that uv up to 0.13.0 takes for sections.
fn brackets(marker: &Marker, findings: &mut Findings) {
    let old = &marker.old_uv.ini;
    let lines = Lines::new(marker.pip.entries.iter().flat_map(|entry| &entry.lines));
    let opened = old
        .notes
        .iter()
        .filter(|note| note.kind == NoteKind::SectionInText);
    let unclosed = old
        .failures
        .iter()
        .filter(|failure| failure.kind == FailureKind::UnclosedSection);
    let spans: Vec<_> = opened
        .map(|note| &note.span)
        .chain(unclosed.map(|failure| &failure.span))
        .map(|span| span.start..span.start + 1)
        .filter(|span| lines.begin_at(span.start))
        .collect();
    let message = "uv up to 0.13.0 reads this line as a section";
    marker.report(findings, "EM013", message, &spans);
}
