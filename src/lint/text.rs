//! Rules about the words that users read.

use std::ops::Range;

use super::Findings;
use super::marker::{Lines, Marker};
use crate::marker::reader::ini::NoteKind;
use crate::marker::writer::{MAX_COLUMNS, emoji, rich_tag};
use crate::text::is_invisible;
use crate::wrap::columns;

/// Variables that a user's shell does have.
const SHELL_VARIABLES: [&str; 8] = [
    "HOME",
    "PATH",
    "PWD",
    "SHELL",
    "TMPDIR",
    "USER",
    "VIRTUAL_ENV",
    "XDG_",
];

pub(super) fn check(marker: &Marker, findings: &mut Findings) {
    comment_signs(marker, findings);
    markup(marker, findings);
    indentation(marker, findings);
    empty_lines(marker, findings);
    let lines = || marker.lines();
    let too_wide = |line: &str| (columns(line) > MAX_COLUMNS).then(|| beyond(line));
    let message = format!("the line is wider than {MAX_COLUMNS} columns");
    marker.report_in_lines(findings, "EM019", &message, lines(), too_wide);
    let message = "pipenv may print this as an emoji";
    let emoji = |line: &str| emoji(line).map(|found| place(line, found));
    marker.report_in_lines(findings, "EM021", message, lines(), emoji);
    let errors = || marker.errors().flat_map(|entry| &entry.lines);
    let not_ascii = |line: &str| {
        // Control and invisible characters have rules of their own.
        let is_visible = |character: char| !character.is_control() && !is_invisible(character);
        let at = line.find(|character: char| !character.is_ascii() && is_visible(character))?;
        Some(at..at + line[at..].chars().next()?.len_utf8())
    };
    let message = "this is not ASCII, so other encodings do not show it";
    marker.report_in_lines(findings, "EM023", message, errors(), not_ascii);
    marker.report_in_lines(
        findings,
        "EM031",
        "this variable was not expanded",
        lines(),
        variable,
    );
    marker.report_in_lines(
        findings,
        "EM031",
        "this path is a pattern",
        lines(),
        pattern,
    );
    marker.report_in_lines(
        findings,
        "EM033",
        "this placeholder was not filled in",
        lines(),
        placeholder,
    );
}

/// Where uv up to 0.13.0 cuts the lines of `Error`.
fn comment_signs(marker: &Marker, findings: &mut Findings) {
    let lines = Lines::new(marker.errors().flat_map(|entry| &entry.lines));
    let cuts = marker.old_uv.ini.notes.iter();
    let spans: Vec<Range<usize>> = cuts
        .filter(|note| note.kind == NoteKind::Cut)
        .map(|note| note.span.start..note.span.start + 1)
        .filter(|cut| lines.have(cut.start))
        .collect();
    marker.report(
        findings,
        "EM012",
        "uv up to 0.13.0 shows nothing from here to the end of the line",
        &spans,
    );
}

/// rich looks at the whole text, so a tag may reach over several lines.
fn markup(marker: &Marker, findings: &mut Findings) {
    let mut spans = Vec::new();
    for entry in marker.texts() {
        let lines: Vec<&Range<usize>> =
            entry.lines.iter().filter(|line| !line.is_empty()).collect();
        for (index, line) in lines.iter().enumerate() {
            let text = marker.part(line);
            if let Some(tag) = rich_tag(text) {
                let found = place(text, tag);
                spans.push(line.start + found.start..line.start + found.end);
                continue;
            }
            let Some(open) = text.rfind('[') else {
                continue;
            };
            // No tag goes beyond the next bracket.
            let mut rest = text[open..].to_owned();
            for line in &lines[index + 1..] {
                let (before, opened) = match marker.part(line).split_once('[') {
                    Some((before, _)) => (before, true),
                    None => (marker.part(line), false),
                };
                rest.extend(["\n", before]);
                if opened {
                    break;
                }
            }
            if rich_tag(&rest).is_some_and(|tag| rest.starts_with(tag)) {
                spans.push(line.start + open..line.end);
            }
        }
    }
    marker.report(findings, "EM014", "pipenv reads this as markup", &spans);
}

/// Continuation lines that begin with anything but one space.
fn indentation(marker: &Marker, findings: &mut Findings) {
    let spans: Vec<Range<usize>> = marker
        .texts()
        .flat_map(|entry| entry.lines.iter().skip(1))
        .filter(|line| !line.is_empty())
        .map(|line| marker.line_start(line.start)..line.start)
        .filter(|space| marker.part(space) != " ")
        .collect();
    marker.report(
        findings,
        "EM017",
        "no installer shows this indentation",
        &spans,
    );
}

fn empty_lines(marker: &Marker, findings: &mut Findings) {
    let (mut first, mut all, mut some) = (Vec::new(), Vec::new(), Vec::new());
    for entry in marker.texts() {
        let has_text = |lines: &[Range<usize>]| lines.iter().any(|line| !line.is_empty());
        let Some((start, rest)) = entry.lines.split_first() else {
            continue;
        };
        if !has_text(&entry.lines) {
            all.push(entry.key_span.clone());
        } else if start.is_empty() {
            first.push(entry.key_span.clone());
        }
        if has_text(rest) {
            some.extend(rest.iter().filter(|line| line.is_empty()).cloned());
        }
    }
    marker.report(
        findings,
        "EM018",
        "the text of this key begins with an empty line",
        &first,
    );
    marker.report(findings, "EM029", "this key has no text", &all);
    marker.report(
        findings,
        "EM030",
        "uv 0.1.12 to 0.2.11 drops empty lines",
        &some,
    );
}

/// The part of a line that is too much.
fn beyond(line: &str) -> Range<usize> {
    let fitting = line
        .char_indices()
        .map(|(at, _)| at)
        .take_while(|at| columns(&line[..*at]) <= MAX_COLUMNS)
        .last();
    fitting.unwrap_or(0)..line.len()
}

/// Where a part of a line that was found in it stands.
fn place(line: &str, part: &str) -> Range<usize> {
    let start = line.find(part).unwrap_or_default();
    start..start + part.len()
}

/// `$VAR`, `${VAR}` and `@VAR@`.
fn variable(line: &str) -> Option<Range<usize>> {
    let is_name = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let dollar = line.match_indices('$').find_map(|(at, _)| {
        let rest = &line[at + 1..];
        let brace = usize::from(rest.starts_with('{'));
        let name = &rest[brace..];
        let length = name
            .find(|character| !is_name(character))
            .unwrap_or(name.len());
        let name = &name[..length];
        let known = SHELL_VARIABLES.iter().any(|known| name.starts_with(known));
        (length > 0 && !name.starts_with(|first: char| first.is_ascii_digit()) && !known)
            .then(|| at..at + 1 + brace + length)
    });
    let sign = || {
        line.match_indices('@').find_map(|(at, _)| {
            let rest = &line[at + 1..];
            let length = rest.find('@')?;
            (length > 0 && rest[..length].chars().all(is_name)).then(|| at..at + length + 2)
        })
    };
    dollar.or_else(sign)
}

/// A path with `*` or `?` in it.
fn pattern(line: &str) -> Option<Range<usize>> {
    let mut start = 0;
    line.split(' ').find_map(|word| {
        let span = start..start + word.len();
        start = span.end + 1;
        let path = word.trim_start_matches(['`', '\'', '"', '(', '<']);
        let path = path.trim_end_matches(['?', '!', '.', ',']);
        (path.starts_with('/') && path.contains(['*', '?'])).then_some(span)
    })
}

/// `{{ x }}`, `%{x}`, `%(x)s` and `__X__`.
fn placeholder(line: &str) -> Option<Range<usize>> {
    let between = |open: &str, close: &str| {
        let start = line.find(open)?;
        let length = line[start + open.len()..].find(close)?;
        Some(start..start + open.len() + length + close.len())
    };
    let dunder = || {
        line.match_indices("__").find_map(|(start, _)| {
            let name = &line[start + 2..];
            let length = name.find("__")?;
            let is_name =
                |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
            (length > 0 && name[..length].bytes().all(is_name)).then(|| start..start + length + 4)
        })
    };
    between("{{", "}}")
        .or_else(|| between("%{", "}"))
        .or_else(|| between("%(", ")s"))
        .or_else(dunder)
}
