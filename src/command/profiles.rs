//! `profiles`: what there is, and every fact with the line that it comes from.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use super::table;
use crate::cli::{Format, Profiles};
use crate::data::Data;
use crate::diagnostic::Result;
use crate::escape::{self, printable_line};
use crate::profile::Profile;
use crate::profile::layer::Value;
use crate::profile::schema::Section;

/// The version of the JSON forms.
const JSON_VERSION: u32 = 1;

pub(super) fn run(options: &Profiles) -> Result<u8> {
    let data = Data::new(options.data.data_dir.clone())?;
    if let Some(name) = &options.name {
        let report = one(&Profile::load(name, &data)?, options.format);
        super::print(report.as_bytes())?;
        return Ok(0);
    }
    let mut profiles = Vec::new();
    // A profile that is not valid must not hide the others.
    let mut broken = Vec::new();
    for name in data.profile_names() {
        match Profile::load(&name, &data) {
            Ok(profile) => profiles.push(profile),
            Err(error) => broken.push(*error),
        }
    }
    super::print(all(&profiles, options.format).as_bytes())?;
    super::without(broken)
}

fn all(profiles: &[Profile], format: Format) -> String {
    if format == Format::Json {
        let list: Vec<Json> = profiles
            .iter()
            .map(|profile| {
                json!({
                    "id": profile.id,
                    "name": profile.text("name"),
                    "default": profile.text("python.default"),
                    "ships": profile.list("python.ships"),
                    "do_not_mark": profile.text("do_not_mark.kind"),
                })
            })
            .collect();
        return escape::json(&json!({ "version": JSON_VERSION, "profiles": list }));
    }
    let mut rows = vec![["PROFILE", "NAME", "PYTHON", "SHIPS"].map(str::to_owned)];
    for profile in profiles {
        rows.push([
            profile.id.clone(),
            profile.text("name").unwrap_or_default().to_owned(),
            profile
                .text("python.default")
                .unwrap_or_default()
                .to_owned(),
            match profile.do_not_mark() {
                Some(_) => "not to be marked".to_owned(),
                None => profile.list("python.ships").join(", "),
            },
        ]);
    }
    let mut report = table::lines(&rows).join("\n");
    report.push('\n');
    report
}

fn one(profile: &Profile, format: Format) -> String {
    let facts: Vec<(String, &Value, String)> = profile
        .facts
        .iter()
        .filter_map(|(key, (value, _))| Some((path(*key), value.as_ref()?, profile.origin(*key))))
        .collect();
    if format == Format::Json {
        let map: Map<String, Json> = facts
            .into_iter()
            .map(|(path, value, origin)| {
                (
                    path,
                    json!({ "value": json_value(value), "origin": origin }),
                )
            })
            .collect();
        return escape::json(&json!({ "version": JSON_VERSION, "id": profile.id, "facts": map }));
    }
    let mut report = String::new();
    for (path, value, origin) in facts {
        let (value, origin) = (text_value(value), printable_line(&origin));
        let _ = writeln!(report, "{path}: {value}\n    # {origin}");
    }
    report
}

fn path((section, field): (Section, &str)) -> String {
    match section.key() {
        Some(section) => format!("{section}.{field}"),
        None => field.to_owned(),
    }
}

fn text_value(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Flag(flag) => flag.to_string(),
        Value::List(list) => format!("[{}]", list.join(", ")),
    }
}

fn json_value(value: &Value) -> Json {
    match value {
        Value::Text(text) => json!(text),
        Value::Flag(flag) => json!(flag),
        Value::List(list) => json!(list),
    }
}
