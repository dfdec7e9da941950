//! Rules about which keys there are.

use std::ops::Range;

use super::Findings;
use super::marker::{Marker, is_text};
use super::structure::is_prose;
use crate::locale::is_language;
use crate::marker::SECTION;
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
    let has = |language: &str| known.iter().any(|(known, _)| known == language);
    for (language, span) in &known {
        let bare = language.split('_').next().unwrap_or(language);
        // The plain `Error` is English already.
        if bare != language && bare != "en" && !has(bare) {
            let message = format!("readers of `{bare}` in other regions get English");
            marker.report(findings, "EM025", &message, std::slice::from_ref(span));
            findings.help(&format!("give the text as Error-{bare} too"));
        }
        let twin = TWINS
            .iter()
            .find_map(|(one, other)| match language.as_str() {
                code if code == *one => Some(other),
                code if code == *other => Some(one),
                _ => None,
            })
            .filter(|twin| !has(twin));
        if let Some(twin) = twin {
            let message = format!("locales that call this language `{twin}` get English");
            marker.report(findings, "EM026", &message, std::slice::from_ref(span));
        }
    }
}

/// Keys and sections that nobody reads.
fn unknown(marker: &Marker, findings: &mut Findings) {
    for entry in marker.entries() {
        if is_text(entry) || entry.key.is_empty() || is_prose(marker, entry) {
            continue;
        }
        let written = marker.part(&entry.key_span);
        let message = format!("no installer reads the key `{written}`");
        marker.report_at(findings, "EM032", &message, &entry.key_span);
        if let (Some(help), Some(finding)) = (
            suggest::closest(written, ["Error"].into_iter()),
            findings.list.last_mut(),
        ) {
            finding.help = Some(help);
        }
    }
    let section = marker.section();
    for other in &marker.pip.sections {
        let meant = Some(other.name.as_str()) == section || other.name == SECTION;
        // Without the marker's own section, every section is the wrong one.
        if meant || other.name == DEFAULT || section.is_none() {
            continue;
        }
        let message = format!("no installer reads the section `{}`", other.name);
        marker.report_at(findings, "EM032", &message, &other.span);
    }
}
