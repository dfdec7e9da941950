//! What is wrong with a marker, a profile, a catalogue or a tree: rules that look at what the
//! readers found.

mod catalogue;
mod encoding;
mod file;
mod keys;
mod marker;
mod profile;
pub mod rule;
mod structure;
mod text;
mod tree;

use std::ops::Range;
use std::rc::Rc;

use crate::diagnostic::{Diagnostic, Kind, Place, Source};
use marker::Marker;

pub use catalogue::check as catalogue;
pub use file::check as file;
pub use profile::check as profile;
pub use tree::check as trees;

/// What was found.
#[derive(Debug, Default)]
pub struct Findings {
    /// The findings, in the order of the rules that found them.
    pub list: Vec<Diagnostic>,
}

impl Findings {
    /// Adds one finding for all places that break a rule; none if there are no places.
    fn add(&mut self, rule: &str, message: &str, source: &Rc<Source>, spans: &[Range<usize>]) {
        let Some(first) = spans.first() else { return };
        let mut finding = finding(rule, message);
        finding.place = Some(Place::Span(Rc::clone(source), first.clone()));
        finding.note = also(&source.text, first, &spans[1..], SOME);
        self.list.push(finding);
    }

    /// The same, with every line, for work that goes from one to the next.
    fn add_all(&mut self, rule: &str, message: &str, source: &Rc<Source>, spans: &[Range<usize>]) {
        self.add(rule, message, source, spans);
        if let ([first, rest @ ..], Some(finding)) = (spans, self.list.last_mut()) {
            finding.note = also(&source.text, first, rest, usize::MAX);
        }
    }

    /// Says of the last finding that there are more like it, which are left out.
    fn and_more(&mut self, count: usize) {
        if let Some(finding) = self.list.last_mut().filter(|_| count > 0) {
            finding.note = Some(format!("and {count} more like this"));
        }
    }

    /// Says what to do about the last finding, where the rule cannot know.
    fn help(&mut self, help: &str) {
        if let Some(finding) = self.list.last_mut() {
            finding.help = Some(help.to_owned());
        }
    }

    /// Adds a finding about a whole file.
    fn add_file(&mut self, rule: &str, message: &str, name: &str) {
        let mut finding = finding(rule, message);
        finding.place = Some(Place::File(name.to_owned()));
        self.list.push(finding);
    }
}

fn finding(rule: &str, message: &str) -> Diagnostic {
    let rule = rule::find(rule).expect("rules are named after rows of the table");
    let mut finding = *Diagnostic::new(Kind::Finding, message);
    finding.severity = rule.severity;
    finding.rule = Some(rule.id);
    finding.help = Some(rule.mend.to_owned());
    finding
}

/// How many findings of a file may differ only in a name: who has more has one mistake, and each
/// costs a look at the whole file for its line.
const MAX_ALIKE: usize = 20;

/// How many further lines a note tells, as a rule.
const SOME: usize = 8;

/// The lines of further places, at most `shown` of them, told in a note.
fn also(text: &str, first: &Range<usize>, rest: &[Range<usize>], shown: usize) -> Option<String> {
    // Counted from place to place, since they mostly follow each other.
    let (mut at, mut number) = (0, 1);
    let mut line = |span: &Range<usize>| {
        let start = span.start.min(text.len());
        if start < at {
            (at, number) = (0, 1);
        }
        number += text[at..start].matches('\n').count();
        at = start;
        number
    };
    let first = line(first);
    let mut lines: Vec<usize> = rest.iter().map(line).collect();
    lines.dedup();
    lines.retain(|number| *number != first);
    let more = lines.len().saturating_sub(shown);
    lines.truncate(shown);
    let numbers: Vec<String> = lines.iter().map(usize::to_string).collect();
    let (last, before) = numbers.split_last()?;
    Some(match (before, more) {
        ([], 0) => format!("also in line {last}"),
        (_, 0) => format!("also in lines {} and {last}", before.join(", ")),
        _ => format!("also in lines {} and {more} others", numbers.join(", ")),
    })
}

/// What is wrong with the bytes of a marker; `name` is how messages name it.
#[must_use]
pub fn marker(name: &str, bytes: &[u8]) -> Findings {
    let mut findings = Findings::default();
    let Some(source) = encoding::check_utf8(name, bytes, &mut findings) else {
        return findings;
    };
    let marker = Marker::new(source);
    structure::check(&marker, &mut findings);
    keys::check(&marker, &mut findings);
    text::check(&marker, &mut findings);
    encoding::check(&marker, &mut findings);
    findings.list.sort_by_key(position);
    findings
}

/// Where a finding stands, so that a report reads from top to bottom.
fn position(finding: &Diagnostic) -> (usize, &'static str) {
    let start = match &finding.place {
        Some(Place::Span(_, span)) => span.start,
        _ => 0,
    };
    (start, finding.rule.unwrap_or_default())
}
