//! Rules about catalogues.

use std::ops::Range;
use std::path::Path;

use super::Findings;
use super::profile::as_finding;
use crate::catalogue::po::Po;
use crate::data::{MESSAGES, read_catalogue};
use crate::diagnostic::{Diagnostic, Kind, Result};
use crate::locale::is_language;

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
    let (source, catalogue) = match read_catalogue(path, language) {
        Ok(read) => read,
        Err(error) if error.kind == Kind::Io => return Err(error),
        Err(error) => {
            findings.list.push(as_finding("EM061", *error));
            return Ok(findings);
        }
    };
    let mut add = |rule: &str, what: &str, spans: Vec<Range<usize>>| {
        let message = match spans.len() {
            1 => format!("one {what}"),
            count => format!("{count} {what}s"),
        };
        findings.add(rule, &message, &source, &spans);
    };
    let spans = |wanted: fn(&crate::catalogue::po::Message) -> bool| -> Vec<Range<usize>> {
        let messages = catalogue.messages.iter();
        messages
            .filter(|message| wanted(message))
            .map(|message| first_line(&source.text, &message.span))
            .collect()
    };
    add(
        "EM062",
        "message without a translation",
        spans(|message| message.msgstr.is_empty()),
    );
    add(
        "EM063",
        "fuzzy translation",
        spans(|message| message.fuzzy && !message.msgstr.is_empty()),
    );
    // A single word can be the same in two languages.
    add(
        "EM064",
        "translation that is the English text",
        spans(|message| message.msgstr == message.msgid && message.msgid.contains(' ')),
    );
    add(
        "EM065",
        "message that no document uses",
        spans(|message| MESSAGES.binary_search(&message.msgid.as_str()).is_err()),
    );
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
