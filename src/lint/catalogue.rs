//! Rules about catalogues.

use std::ops::Range;
use std::path::Path;

use super::profile::as_finding;
use super::{Findings, MAX_ALIKE};
use crate::catalogue::po::{Message, Po};
use crate::data::{MESSAGES, look_at_catalogue, mistake_in};
use crate::diagnostic::{Diagnostic, Kind, Result};
use crate::document::WIDTH;
use crate::locale::{ENGLISH, is_language};
use crate::marker::writer::{emoji, rich_tag};
use crate::wrap;

/// What is wrong with the catalogue in the file `path`.
///
/// # Errors
///
/// Fails if the file cannot be read.
pub fn check(path: &Path) -> Result<Findings> {
    let mut findings = Findings::default();
    let language = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    if !is_language(language) {
        let error = Diagnostic::invalid("a catalogue is named after its language")
            .in_file(path.display().to_string())
            .help("write it as a locale does, for example de.po or pt_BR.po");
        findings.list.push(as_finding("EM061", *error));
        return Ok(findings);
    }
    if language == ENGLISH {
        let message = "English is the source language and has no catalogue";
        findings.add_file("EM061", message, &path.display().to_string());
        return Ok(findings);
    }
    let (source, catalogue) = match look_at_catalogue(path, language) {
        Ok(read) => read,
        Err(error) if error.kind == Kind::Io => return Err(error),
        Err(error) => {
            findings.list.push(as_finding("EM061", *error));
            return Ok(findings);
        }
    };
    let Po {
        messages, mistakes, ..
    } = &catalogue;
    for mistake in mistakes.iter().take(MAX_ALIKE) {
        let mistake = mistake_in(&source, mistake.clone());
        findings.list.push(as_finding("EM061", *mistake));
    }
    findings.and_more(mistakes.len().saturating_sub(MAX_ALIKE));
    for (rule, one, many, wanted) in RULES {
        let spans: Vec<Range<usize>> = messages
            .iter()
            .filter(|message| wanted(message))
            .map(|message| first_line(&source.text, &message.span))
            .collect();
        let message = match spans.len() {
            1 => format!("one {one}"),
            count => format!("{count} {many}"),
        };
        findings.add_all(rule, &message, &source, &spans);
    }
    let silent: Vec<&str> = HEADER
        .into_iter()
        .filter(|name| catalogue.field(name).unwrap_or_default().is_empty())
        .collect();
    if !silent.is_empty() {
        let message = format!("the header does not say {}", silent.join(", "));
        findings.add_file("EM069", &message, &source.name);
    }
    let absent = absent(&catalogue);
    if absent > 0 {
        let message = format!(
            "{absent} of {} messages are not in the file",
            MESSAGES.len()
        );
        findings.add_file("EM062", &message, &source.name);
    }
    Ok(findings)
}

/// Whether a part of the translation does not fit into a line, since it has no place to break
/// (Thai needs U+200B between words), or all of it is far longer than the message.
fn is_over_long(message: &Message) -> bool {
    let lines = wrap::wrap(&message.msgstr, &[], WIDTH);
    lines.iter().any(|line| wrap::columns(line) > WIDTH)
        || wrap::columns(&message.msgstr) > 2 * wrap::columns(&message.msgid) + WIDTH / 2
}

/// Whether only one of message and translation announces what follows on a line of its own.
fn ends_otherwise(message: &Message) -> bool {
    let announces = |text: &str| text.ends_with([':', '\u{ff1a}']);
    !message.msgstr.is_empty() && announces(&message.msgid) != announces(&message.msgstr)
}

/// A rule about single messages: what breaks it, in the singular and in the plural, and when.
type Rule = (
    &'static str,
    &'static str,
    &'static str,
    fn(&Message) -> bool,
);

const RULES: [Rule; 7] = [
    (
        "EM062",
        "message without a translation",
        "messages without a translation",
        |message| message.msgstr.is_empty(),
    ),
    (
        "EM063",
        "fuzzy translation",
        "fuzzy translations",
        |message| message.fuzzy && !message.msgstr.is_empty(),
    ),
    // A single word can be the same in two languages.
    (
        "EM064",
        "translation that is the English text",
        "translations that are the English text",
        |message| message.msgstr == message.msgid && message.msgid.contains(' '),
    ),
    (
        "EM065",
        "message that no document uses",
        "messages that no document uses",
        |message| MESSAGES.binary_search(&message.msgid.as_str()).is_err(),
    ),
    (
        "EM066",
        "over-long translation",
        "over-long translations",
        is_over_long,
    ),
    (
        "EM067",
        "translation with another end",
        "translations with another end",
        ends_otherwise,
    ),
    (
        "EM068",
        "translation that a marker cannot hold",
        "translations that a marker cannot hold",
        is_misread,
    ),
];

/// What the header of a catalogue must say.
const HEADER: [&str; 4] = ["Language", "Content-Type", "X-Made-By", "X-Native-Review"];

/// Whether a line that begins with one of the words would be misread, or a part of the text taken
/// for markup.
fn is_misread(message: &Message) -> bool {
    let text = &message.msgstr;
    text.split([' ', '\u{200b}'])
        .any(|word| word.starts_with(['#', ';', '[']))
        || rich_tag(text).is_some()
        || emoji(text).is_some()
}

/// How many messages the catalogue does not know.
fn absent(catalogue: &Po) -> usize {
    let known: std::collections::BTreeSet<&str> = catalogue
        .messages
        .iter()
        .map(|message| message.msgid.as_str())
        .collect();
    MESSAGES
        .iter()
        .filter(|message| !known.contains(**message))
        .count()
}

fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let length = text[span.clone()].find('\n').unwrap_or(span.len());
    span.start..span.start + length
}
