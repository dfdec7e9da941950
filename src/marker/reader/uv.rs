//! How uv reads a marker (`crates/uv-python/src/interpreter.rs`, `is_externally_managed`). It
//! reads the key `Error` only, in exact case, and takes a file that it cannot read for none.
//!
//! 0.1.12 to 0.13.0 parse with the crate configparser, see [`configparser`]; 0.13.1 and later
//! with astral-ini 0.0.1, a port of CPython's parser, see [`super::python`].

pub mod configparser;

use super::ini::Ini;
use super::python::{self, DEFAULT, Dialect};
use super::version::Version;
use super::{Evidence, Found, Outcome, Shown, Why};
use crate::marker::SECTION;

/// The first version that heeds markers.
pub const FIRST: Version = Version::new(0, 1, 12);

/// The first version with configparser 3.1, which keeps empty lines, and sections without keys.
const KEEPS_EMPTY: Version = Version::new(0, 2, 12);

/// The last version with configparser.
pub const LAST_CONFIGPARSER: Version = Version::new(0, 13, 0);

/// The first version with astral-ini.
pub const ASTRAL_INI: Version = Version::new(0, 13, 1);

/// What uv does with what it finds.
#[must_use]
pub fn read(found: &Found, version: Version) -> Evidence {
    match found {
        Found::File { bytes, .. } if found.is_public() => read_bytes(bytes, version),
        Found::File { .. } => Outcome::Installs(Why::Unreadable).into(),
        // It opens whatever is there and reads to its end.
        Found::Special => Outcome::Unforeseeable.into(),
        _ => Outcome::Installs(found.why_no_file()).into(),
    }
}

/// The same for the bytes of a file that everybody can read.
#[must_use]
pub fn read_bytes(bytes: &[u8], version: Version) -> Evidence {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Outcome::Installs(Why::NotUtf8).into();
    };
    let astral = version >= ASTRAL_INI;
    let ini = if astral {
        python::parse(
            text,
            Dialect {
                folds_keys: false,
                greedy_sections: true,
            },
        )
    } else {
        configparser::parse(text, version >= KEEPS_EMPTY)
    };
    let outcome = if ini.failures.is_empty() {
        look_up(text, &ini, version)
    } else {
        Outcome::Generic(Why::NotParsed)
    };
    Evidence { outcome, ini }
}

fn look_up(text: &str, ini: &Ini, version: Version) -> Outcome {
    let headed = ini.sections.iter().any(|section| section.name == SECTION);
    let filled = ini.entries.iter().any(|entry| entry.section == SECTION);
    if !headed || !filled && version < KEEPS_EMPTY {
        return Outcome::Generic(Why::NoSection);
    }
    let inherits = version >= ASTRAL_INI;
    // The last one wins where the parser lets keys repeat.
    let find = |section: &str| {
        ini.entries
            .iter()
            .rposition(|entry| entry.section == section && entry.key == "Error")
    };
    let index = find(SECTION).or_else(|| inherits.then(|| find(DEFAULT)).flatten());
    match index.filter(|index| ini.entries[*index].has_value) {
        Some(index) => Outcome::Shows(Shown {
            key: "Error".to_owned(),
            text: ini.entries[index].value(text),
            entry: index,
        }),
        None => Outcome::Generic(Why::NoKey),
    }
}
