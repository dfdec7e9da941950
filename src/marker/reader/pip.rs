//! How pip reads a marker: 23.0 to 26.3, `_internal/utils/misc.py` (`check_externally_managed`)
//! and `_internal/exceptions.py` (`ExternallyManagedEnvironment.from_config`), unchanged over the
//! whole range. Which language it takes is CPython's `locale.getlocale`, see
//! [`crate::locale::python`].

use std::collections::BTreeMap;

use super::ini::{Failure, FailureKind, Ini};
use super::python::{self, DEFAULT, Dialect};
use super::{Evidence, Found, Outcome, Shown, Why};
use crate::locale::python::Language;
use crate::marker::SECTION;

/// How much CPython's `TextIOWrapper` decodes at once: a mistake behind it is met only after the
/// lines before it were parsed. PyPy decodes as much as a block of the file system holds, which
/// is not followed here: it matters only to markers longer than that with two such mistakes.
const CHUNK: usize = 8192;

/// The first minor version of CPython whose section headers end at the last `]`.
const GREEDY_SECTIONS_SINCE: u16 = 10;

/// The parser that pip uses on Python 3.`minor`.
#[must_use]
pub fn dialect(minor: u16) -> Dialect {
    Dialect {
        folds_keys: true,
        greedy_sections: minor >= GREEDY_SECTIONS_SINCE,
    }
}

/// What pip on Python 3.`minor` does with what it finds, for a user whose language is `language`.
#[must_use]
pub fn read(found: &Found, minor: u16, language: &Language) -> Evidence {
    match found {
        Found::File { .. } if !found.is_public() => {
            // `ConfigParser.read` skips what it cannot open.
            Outcome::Generic(Why::Unreadable).into()
        }
        Found::File { bytes, .. } => read_bytes(bytes, minor, language),
        // `os.path.isfile` is false.
        _ => Outcome::Installs(found.why_no_file()).into(),
    }
}

/// The same for the bytes of a file that everybody can read.
#[must_use]
pub fn read_bytes(bytes: &[u8], minor: u16, language: &Language) -> Evidence {
    let dialect = dialect(minor);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let before = python::parse(parsed_before(bytes, &error), dialect);
            return match crash(&before) {
                Some(outcome) => Evidence {
                    outcome,
                    ini: before,
                },
                None => Outcome::Generic(Why::NotUtf8).into(),
            };
        }
    };
    let ini = python::parse(text, dialect);
    let outcome = match crash(&ini) {
        Some(outcome) => outcome,
        None if !ini.failures.is_empty() => Outcome::Generic(Why::NotParsed),
        None => look_up(text, &ini, language),
    };
    Evidence { outcome, ini }
}

/// What stops the parser at once, if anything does. The other mistakes it collects.
fn crash(ini: &Ini) -> Option<Outcome> {
    ini.failures.iter().find_map(|failure| match failure.kind {
        FailureKind::NoSection => Some(Outcome::Generic(Why::NotParsed)),
        FailureKind::DuplicateKey(_) => Some(Outcome::Crashes("DuplicateOptionError")),
        FailureKind::DuplicateSection(_) => Some(Outcome::Crashes("DuplicateSectionError")),
        _ => None,
    })
}

/// The lines that were parsed before the decoder met bytes that are not UTF-8.
fn parsed_before<'b>(bytes: &'b [u8], error: &std::str::Utf8Error) -> &'b str {
    let start = error.valid_up_to();
    let met = match error.error_len() {
        None => bytes.len(),
        Some(length) if (0xc2..=0xf4).contains(&bytes[start]) => start + length,
        Some(_) => start,
    };
    let chunks = met / CHUNK * CHUNK;
    let decoded = if error.error_len().is_none() {
        &bytes[..start]
    } else {
        &bytes[..chunks.min(start)]
    };
    // Bytes of a character that goes on in the next chunk wait for it, and so does a CR before
    // them or at the end: it may be the first half of a CRLF.
    let whole = match std::str::from_utf8(decoded) {
        Ok(_) => decoded,
        Err(cut) => &decoded[..cut.valid_up_to()],
    };
    let waiting = whole.strip_suffix(b"\r").unwrap_or(whole);
    let end = waiting
        .iter()
        .rposition(|byte| matches!(byte, b'\n' | b'\r'))
        .map_or(0, |newline| newline + 1);
    std::str::from_utf8(&waiting[..end]).unwrap_or_default()
}

/// The keys of the section, with those that it inherits, and the entry of each; nothing if there
/// is no such section.
#[must_use]
pub fn visible(ini: &Ini) -> Option<BTreeMap<&str, usize>> {
    ini.sections
        .iter()
        .find(|section| section.name == SECTION)?;
    let entries = |name: &'static str| {
        let all = ini.entries.iter().enumerate();
        all.filter(move |(_, entry)| entry.section == name)
            .map(|(index, entry)| (entry.key.as_str(), index))
    };
    Some(entries(DEFAULT).chain(entries(SECTION)).collect())
}

fn look_up(text: &str, ini: &Ini, language: &Language) -> Outcome {
    let Some(visible) = visible(ini) else {
        return Outcome::Generic(Why::NoSection);
    };
    let keys = match language {
        Language::Keys(keys) => keys,
        Language::Unknown(_) => return Outcome::Crashes("ValueError"),
    };
    for key in keys {
        if let Some(&index) = visible.get(key.to_lowercase().as_str()) {
            return Outcome::Shows(Shown {
                key: key.clone(),
                text: ini.entries[index].value(text),
                entry: index,
            });
        }
    }
    Outcome::Generic(Why::NoKey)
}

impl Failure {
    /// The exception of CPython's `configparser` for this failure.
    #[must_use]
    pub fn exception(&self) -> &'static str {
        match self.kind {
            FailureKind::NoSection => "MissingSectionHeaderError",
            FailureKind::DuplicateKey(_) => "DuplicateOptionError",
            FailureKind::DuplicateSection(_) => "DuplicateSectionError",
            _ => "ParsingError",
        }
    }
}
