//! `explain`: what each installer prints for a marker, and who reads which language.

mod json;
mod keys;
mod place;
mod text;

use std::env;

use crate::cli::{Explain, Format};
use crate::diagnostic::Result;
use crate::escape::printable;
use crate::locale::glibc;
use crate::locale::python::{Language, from_environment};
use crate::marker::reader::output::{self, Setting};
use crate::marker::reader::{Evidence, Found, Installer, Outcome};
use keys::Keys;
use place::Place;

pub(super) fn run(options: &Explain) -> Result<u8> {
    super::print(report(options)?.as_bytes())?;
    Ok(0)
}

/// What is printed.
///
/// # Errors
///
/// Fails if the marker or the tree cannot be looked at.
pub fn report(options: &Explain) -> Result<String> {
    let locale = options.locale.clone().unwrap_or_else(|| {
        from_environment(|name| env::var_os(name).map(|value| value.to_string_lossy().into()))
    });
    let installers: &[Installer] = if options.installer.is_empty() {
        &Installer::ALL
    } else {
        &options.installer
    };
    let explained: Vec<Explained> = place::find(&options.path, options.python.as_ref())?
        .into_iter()
        .map(|place| Explained::new(place, installers, &locale))
        .collect();
    Ok(match options.format {
        Format::Text => printable(&text::report(&explained)),
        Format::Json => json::report(&explained),
    })
}

/// A marker, and all that is told about it.
struct Explained {
    place: Place,
    locale: String,
    charset: String,
    answers: Vec<Answer>,
    /// Nothing where no text of the marker is ever shown.
    keys: Option<Keys>,
}

/// What one installer does.
struct Answer {
    installer: Installer,
    outcome: Outcome,
    /// What it prints, if it prints anything about the marker.
    prints: Option<String>,
}

impl Explained {
    fn new(place: Place, installers: &[Installer], locale: &str) -> Explained {
        let minor = place.python.minor();
        let language = Language::of_locale(locale, minor);
        let bytes = match &place.found {
            Found::File { bytes, .. } => bytes.as_slice(),
            _ => &[],
        };
        let charset = glibc::charset(locale).to_owned();
        let setting = Setting {
            prefix: &place.prefix,
            marker: &place.path,
            minor,
            charset: &charset,
        };
        let answers = installers.iter().map(|installer| {
            let evidence: Evidence = installer.read(&place.found, minor, &language);
            Answer {
                installer: *installer,
                prints: output::print(*installer, &evidence, bytes, &language, setting),
                outcome: evidence.outcome,
            }
        });
        Explained {
            answers: answers.collect(),
            keys: Keys::of(&place.found, minor),
            locale: locale.to_owned(),
            charset,
            place,
        }
    }
}
