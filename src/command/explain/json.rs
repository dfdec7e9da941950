//! The report for programs.

use serde_json::{Value as Json, json};

use super::keys::Keys;
use super::{Answer, Explained};
use crate::command::explain::text::reason;
use crate::escape;
use crate::marker::reader::{Installer, Outcome};

/// The version of the form.
const JSON_VERSION: u32 = 1;

pub(super) fn report(explained: &[Explained]) -> String {
    let markers: Vec<Json> = explained.iter().map(marker).collect();
    let report = json!({ "version": JSON_VERSION, "markers": markers });
    escape::json(&report)
}

fn marker(explained: &Explained) -> Json {
    let place = &explained.place;
    json!({
        "path": place.name,
        "python": place.python.to_string(),
        "locale": explained.locale,
        "charset": explained.charset,
        "installers": explained.answers.iter().map(answer).collect::<Vec<_>>(),
        "keys": explained.keys.as_ref().map(keys),
        "unknown_locales": explained.keys.as_ref().map(|keys| &keys.unknown),
    })
}

fn answer(answer: &Answer) -> Json {
    let (name, version) = match answer.installer {
        Installer::Pip(version) => ("pip", version),
        Installer::Uv(version) => ("uv", version),
    };
    let (outcome, key, text, why) = match &answer.outcome {
        Outcome::Shows(shown) => ("shows", Some(&shown.key), Some(&shown.text), None),
        Outcome::Generic(why) => ("generic", None, None, Some(reason(*why))),
        Outcome::Crashes(exception) => ("crashes", None, None, Some(*exception)),
        Outcome::Installs(why) => ("installs", None, None, Some(reason(*why))),
        Outcome::Unforeseeable => ("unforeseeable", None, None, None),
    };
    json!({
        "installer": name,
        "version": version.to_string(),
        "outcome": outcome,
        "key": key,
        "text": text,
        "reason": why,
        "prints": answer.prints,
    })
}

fn keys(keys: &Keys) -> Vec<Json> {
    let rows = keys.rows.iter().map(|row| {
        json!({
            "key": row.key,
            "columns": row.columns,
            "first_line": row.first_line,
            "locales": row.locales,
        })
    });
    rows.collect()
}
