//! Reports of findings, for people and for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::escape::{self, printable};
use crate::lint::rule::Rule;
use crate::wrap;

/// The version of the JSON form.
const JSON_VERSION: u32 = 1;

/// The width of explanations.
const WIDTH: usize = 76;

/// Findings with the lines that they are about, and a last line that counts them.
#[must_use]
pub fn text(findings: &[Diagnostic], styled: bool) -> String {
    let mut report = String::new();
    let mut counts: BTreeMap<Severity, usize> = BTreeMap::new();
    for finding in findings {
        report.push_str(&finding.render(styled));
        report.push('\n');
        *counts.entry(finding.severity).or_default() += 1;
    }
    let counts: Vec<String> = counts
        .into_iter()
        .rev()
        .map(|(severity, count)| match (severity, count) {
            (Severity::Info, count) => format!("{count} info"),
            (severity, 1) => format!("1 {}", severity.name()),
            (severity, count) => format!("{count} {}s", severity.name()),
        })
        .collect();
    if !counts.is_empty() {
        let _ = writeln!(report, "{}", counts.join(", "));
    }
    report
}

/// Findings as JSON.
#[must_use]
pub fn json(findings: &[Diagnostic]) -> String {
    let list: Vec<Json> = findings.iter().map(json_finding).collect();
    let report = json!({ "version": JSON_VERSION, "findings": list });
    escape::json(&report)
}

fn json_finding(finding: &Diagnostic) -> Json {
    let mut report = json!({
        "rule": finding.rule,
        "severity": finding.severity.name(),
        "message": finding.message,
        "note": finding.note,
        "help": finding.help,
        "path": null,
        "line": null,
        "column": null,
    });
    match &finding.place {
        Some(Place::File(path)) => report["path"] = json!(path),
        Some(Place::Span(source, span)) => {
            let before = &source.text[..span.start.min(source.text.len())];
            let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
            report["path"] = json!(source.name);
            report["line"] = json!(before.matches('\n').count() + 1);
            report["column"] = json!(before[line_start..].chars().count() + 1);
        }
        None => {}
    }
    report
}

/// Everything about a rule.
#[must_use]
pub fn explanation(rule: &Rule) -> String {
    let mut text = format!("{} ({}): {}\n", rule.id, rule.severity.name(), rule.title);
    let who = format!("Who is hurt: {}.", rule.who);
    let mend = format!("What to do: {}.", rule.mend);
    for paragraph in [rule.explanation, &who, &mend] {
        let _ = write!(text, "\n{}\n", wrap::wrap(paragraph, &[], WIDTH).join("\n"));
    }
    printable(&text)
}
