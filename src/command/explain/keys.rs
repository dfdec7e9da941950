//! Who reads which key of a marker: pip's choice in every locale of glibc.

use crate::locale::glibc;
use crate::locale::python::Language;
use crate::marker::reader::ini::Entry;
use crate::marker::reader::{Found, pip, python};
use crate::wrap::columns;

/// The keys that pip can show.
pub(super) struct Keys {
    /// In the order of the marker.
    pub(super) rows: Vec<Row>,
    /// The locales that Python does not know: pip crashes.
    pub(super) unknown: Vec<String>,
}

/// One key.
pub(super) struct Row {
    /// As it is written in the marker.
    pub(super) key: String,
    /// The first line that is not empty.
    pub(super) first_line: String,
    /// The width of the widest line.
    pub(super) columns: usize,
    /// The locales in which pip takes it.
    pub(super) locales: Vec<String>,
}

impl Keys {
    /// Nothing for a marker of which pip shows no text in any locale.
    pub(super) fn of(found: &Found, minor: u16) -> Option<Keys> {
        let Found::File { bytes, .. } = found else {
            return None;
        };
        let text = std::str::from_utf8(bytes)
            .ok()
            .filter(|_| found.is_public())?;
        let ini = python::parse(text, pip::dialect(minor));
        if !ini.failures.is_empty() {
            return None;
        }
        let visible = pip::visible(&ini)?;
        let mut listed: Vec<usize> = visible
            .iter()
            .filter(|(key, _)| **key == "error" || key.starts_with("error-"))
            .map(|(_, index)| *index)
            .collect();
        listed.sort_unstable();
        let mut rows: Vec<Row> = listed
            .iter()
            .map(|index| Row::new(&ini.entries[*index], text))
            .collect();
        let mut unknown = Vec::new();
        for (name, locale) in glibc::in_utf8() {
            let Language::Keys(keys) = Language::of_locale(locale, minor) else {
                unknown.push(name);
                continue;
            };
            let chosen = keys
                .iter()
                .find_map(|key| visible.get(key.to_lowercase().as_str()));
            if let Some(row) = chosen.and_then(|index| listed.binary_search(index).ok()) {
                rows[row].locales.push(name);
            }
        }
        Some(Keys { rows, unknown })
    }
}

impl Row {
    fn new(entry: &Entry, text: &str) -> Row {
        let lines = || entry.lines.iter().map(|line| &text[line.clone()]);
        Row {
            key: text[entry.key_span.clone()].to_owned(),
            first_line: lines()
                .find(|line| !line.is_empty())
                .unwrap_or_default()
                .to_owned(),
            columns: lines().map(columns).max().unwrap_or(0),
            locales: Vec::new(),
        }
    }
}
