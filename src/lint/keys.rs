//! Rules about which keys there are.

use std::collections::BTreeSet;
use std::ops::Range;

use super::marker::{Marker, is_text};
use super::structure::is_prose;
use super::{Findings, MAX_ALIKE};
use crate::locale::is_language;
use crate::marker::SECTION;
use crate::marker::reader::ini::{Entry, Section};
use crate::marker::reader::python::DEFAULT;
use crate::suggest;

/// The languages that have two codes.
const TWINS: [(&str, &str); 2] = [("nb", "no"), ("he", "iw")];

pub(super) fn check(marker: &Marker, findings: &mut Findings) {
    if marker.section().is_some() {
        missing_error(marker, findings);
    }
    languages(marker, findings);
    unknown(marker, findings);
}

fn missing_error(marker: &Marker, findings: &mut Findings) {
    let Some(entry) = marker.errors().next() else {
        let header = marker
            .pip
            .sections
            .iter()
            .find(|section| Some(section.name.as_str()) == marker.section());
        // A line `Error` without a value is a finding already.
        let valueless = findings
            .list
            .iter()
            .any(|finding| finding.rule == Some("EM015"));
        if let Some(header) = header.filter(|_| !valueless) {
            let message = "the section has no key `Error`";
            marker.report_at(findings, "EM008", message, &header.span);
        }
        return;
    };
    let written = marker.part(&entry.key_span);
    if written != "Error" {
        let help = format!("rename `{written}` to `Error`");
        let message = format!("uv does not find the key `{written}`, only `Error`");
        marker.report_at(findings, "EM008", &message, &entry.key_span);
        findings.help(&help);
    }
}

/// The keys with a language: how they are written, and the language in the case of a locale.
fn languages(marker: &Marker, findings: &mut Findings) {
    let mut known: Vec<(String, Range<usize>)> = Vec::new();
    let mut odd = Vec::new();
    for entry in marker.texts() {
        let Some(language) = entry.key.strip_prefix("error-") else {
            continue;
        };
        let base = language.split('@').next().unwrap_or(language);
        let spelt = match base.split_once('_') {
            Some((language, region)) => format!("{language}_{}", region.to_ascii_uppercase()),
            None => base.to_owned(),
        };
        if is_language(&spelt) {
            known.push((spelt, entry.key_span.clone()));
        } else {
            odd.push(entry.key_span.clone());
        }
    }
    marker.report(findings, "EM024", "no locale selects this key", &odd);
    let codes: BTreeSet<&str> = known.iter().map(|(code, _)| code.as_str()).collect();
    let (mut regional, mut of_two) = (Vec::new(), Vec::new());
    for (language, span) in &known {
        let bare = language.split('_').next().unwrap_or(language);
        // The plain `Error` is English already.
        if bare != language && bare != "en" && !codes.contains(bare) {
            regional.push((bare, span));
        }
        let twin = TWINS
            .iter()
            .find_map(|(one, other)| match language.as_str() {
                code if code == *one => Some(*other),
                code if code == *other => Some(*one),
                _ => None,
            })
            .filter(|twin| !codes.contains(twin));
        of_two.extend(twin.map(|twin| (twin, span)));
    }
    for (bare, span) in regional.iter().take(MAX_ALIKE) {
        let message = format!("readers of `{bare}` in other regions get English");
        marker.report_at(findings, "EM025", &message, span);
        findings.help(&format!("give the text as Error-{bare} too"));
    }
    findings.and_more(regional.len().saturating_sub(MAX_ALIKE));
    for (twin, span) in of_two.iter().take(MAX_ALIKE) {
        let message = format!("locales that call this language `{twin}` get English");
        marker.report_at(findings, "EM026", &message, span);
    }
    findings.and_more(of_two.len().saturating_sub(MAX_ALIKE));
}

/// Keys and sections that nobody reads.
fn unknown(marker: &Marker, findings: &mut Findings) {
    let keys: Vec<&Entry> = marker
        .entries()
        .filter(|entry| !is_text(entry) && !entry.key.is_empty() && !is_prose(marker, entry))
        .collect();
    for entry in keys.iter().take(MAX_ALIKE) {
        let written = marker.part(&entry.key_span);
        let message = format!("no installer reads the key `{written}`");
        marker.report_at(findings, "EM032", &message, &entry.key_span);
        if let Some(help) = suggest::closest(written, ["Error"].into_iter()) {
            findings.help(&help);
        }
    }
    findings.and_more(keys.len().saturating_sub(MAX_ALIKE));
    let section = marker.section();
    let sections: Vec<&Section> = marker
        .pip
        .sections
        .iter()
        .filter(|other| {
            let meant = Some(other.name.as_str()) == section || other.name == SECTION;
            // Without the marker's own section, every section is the wrong one.
            !meant && other.name != DEFAULT && section.is_some()
        })
        .collect();
    for other in sections.iter().take(MAX_ALIKE) {
        let message = format!("no installer reads the section `{}`", other.name);
        marker.report_at(findings, "EM032", &message, &other.span);
    }
    findings.and_more(sections.len().saturating_sub(MAX_ALIKE));
}
