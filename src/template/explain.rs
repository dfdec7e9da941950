//! Errors of Tera as diagnostics at their place in our text.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use tera::ErrorKind;

use crate::diagnostic::{Diagnostic, Source};
use crate::profile::schema;

/// The diagnostic for an error of Tera, at its place in our text.
pub(super) fn explain(
    error: &tera::Error,
    sources: &BTreeMap<String, Rc<Source>>,
) -> Box<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let message = report.message().trim_end_matches('.').to_owned();
            let diagnostic = Diagnostic::invalid(message);
            match sources.get(report.filename()) {
                Some(source) => {
                    let span = span_in(
                        &source.text,
                        report.span().start_line,
                        report.span().start_col,
                    );
                    missing_fact(source, &span, report.message())
                        .unwrap_or_else(|| diagnostic.at(source, span))
                }
                None => diagnostic,
            }
        }
        other => {
            let text = other.to_string();
            let diagnostic =
                Diagnostic::invalid(text.lines().next().unwrap_or_default().to_owned());
            match sources.values().next() {
                Some(source) => diagnostic.in_file(&source.name),
                None => diagnostic,
            }
        }
    }
}

/// The diagnostic for a call that got nothing for an argument: at the fact that was not given.
fn missing_fact(
    source: &Rc<Source>,
    call: &Range<usize>,
    message: &str,
) -> Option<Box<Diagnostic>> {
    let argument = message.strip_prefix(UNDEFINED)?.split('`').next()?;
    let within = &source.text[call.start..];
    let assigned = format!("{argument}=");
    let start = call.start + within.find(&assigned)? + assigned.len();
    let rest = &source.text[start..];
    let path = &rest[..rest
        .find(|character: char| !(character.is_alphanumeric() || "_.".contains(character)))?];
    schema::field(path)?;
    let diagnostic = Diagnostic::invalid(format!(
        "the profile does not give `{path}`, which this template needs"
    ));
    Some(
        diagnostic
            .at(source, start..start + path.len())
            .help("add the key to the profile"),
    )
}

/// How the message for an undefined argument begins.
pub(super) const UNDEFINED: &str = "the argument `";

/// The rest of a line of `text` (lines from 1, columns from 0), without the end of the tag.
fn span_in(text: &str, line: usize, column: usize) -> Range<usize> {
    let start = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum::<usize>();
    let content = text[start..].lines().next().unwrap_or_default();
    let skipped = content
        .char_indices()
        .nth(column)
        .map_or(content.len(), |(index, _)| index);
    let length = content[skipped..]
        .find([' ', ')', '}'])
        .unwrap_or(content.len() - skipped);
    start + skipped..start + skipped + length.max(1)
}
