//! `doc/profile.schema.json`: what editors check a profile against while it is written. It
//! follows `externally_managed::profile::schema`, which the program itself follows.

mod shape;

use externally_managed::profile::schema::{
    FIELDS, Field, REQUIRED, REQUIRED_WITHOUT_GUIDANCE, SECTIONS, Section, is_group,
};
use serde_json::{Map, Value, json};

use crate::repository::Generated;

const DESCRIPTION: &str = "One redistributor's facts, from which externally-managed renders the \
    EXTERNALLY-MANAGED marker (PEP 668) of its Pythons. Editors with the YAML language server \
    check and complete a profile whose first line is: \
    # yaml-language-server: $schema=PATH (the path or address of this file)";

/// The schema of profiles.
#[must_use]
pub fn generate() -> Generated {
    let mut schema = schema();
    // The order must not depend on which features other crates switch on.
    schema.sort_all_objects();
    Generated {
        path: "doc/profile.schema.json".to_owned(),
        text: format!("{schema:#}\n"),
    }
}

fn schema() -> Value {
    let mut properties = properties(Section::Base, "");
    properties.insert(
        "extends".to_owned(),
        described(
            shape::refer("text"),
            "The profile whose facts hold where this one says nothing.",
        ),
    );
    for (key, _, doc) in SECTIONS {
        properties.insert((*key).to_owned(), described(shape::refer("section"), doc));
    }
    let mut schema = mapping(&properties);
    schema["type"] = json!("object");
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["$defs"] = definitions();
    schema["title"] = json!("A profile of externally-managed");
    schema["description"] = json!(DESCRIPTION);
    let mut required: Vec<&str> = REQUIRED
        .iter()
        .filter_map(|key| key.split('.').next())
        .collect();
    required.dedup();
    let of_python: Vec<&str> = REQUIRED
        .iter()
        .filter_map(|key| key.strip_prefix("python."))
        .collect();
    let without_guidance = |key| [REQUIRED_WITHOUT_GUIDANCE, &[key]].concat();
    schema["anyOf"] = json!([
        { "required": ["extends"] },
        { "required": required, "properties": { "python": { "required": of_python } } },
        // Without guidance of ours, little needs to be known.
        { "required": without_guidance("marker") },
        {
            "required": without_guidance("do_not_mark"),
            "properties": { "do_not_mark": { "required": ["kind"] } },
        },
    ]);
    schema
}

/// What several keys share: the values that fields can have, and the sections, which are alike.
fn definitions() -> Value {
    let mut definitions = Map::new();
    definitions.insert("text".to_owned(), shape::text());
    for field in FIELDS {
        definitions.insert(shape::name(field), shape::of(field));
    }
    let section = SECTIONS
        .first()
        .map_or(Section::Base, |(_, section, _)| *section);
    definitions.insert("section".to_owned(), mapping(&properties(section, "")));
    Value::Object(definitions)
}

/// The keys of the mapping `prefix` (empty: the top) of a section, and what their values are.
fn properties(section: Section, prefix: &str) -> Map<String, Value> {
    let within = if prefix.is_empty() {
        String::new()
    } else {
        format!("{prefix}.")
    };
    let mut properties = Map::new();
    for field in fields(section) {
        let Some(rest) = field.path.strip_prefix(&within) else {
            continue;
        };
        let key = rest.split('.').next().unwrap_or(rest);
        let path = format!("{within}{key}");
        let value = if is_group(&path) {
            mapping(&self::properties(section, &path))
        } else {
            described(shape::refer(&shape::name(field)), field.doc)
        };
        properties.insert(key.to_owned(), value);
    }
    if prefix.is_empty() {
        properties.insert("remove".to_owned(), remove(section));
    }
    properties
}

/// A mapping; with nothing after its key it is empty.
fn mapping(properties: &Map<String, Value>) -> Value {
    json!({
        "type": ["object", "null"],
        "properties": properties,
        "additionalProperties": false,
    })
}

/// Inherited facts to drop: fields, and groups of them.
fn remove(section: Section) -> Value {
    let mut paths = Vec::new();
    for field in fields(section) {
        let groups = field
            .path
            .match_indices('.')
            .map(|(end, _)| &field.path[..end]);
        paths.extend(groups);
        paths.push(field.path);
    }
    paths.sort_unstable();
    paths.dedup();
    let list = shape::list(&json!({ "enum": paths }));
    described(
        list,
        "Inherited facts to drop, written with dots; a group stands for all in it.",
    )
}

/// The fields that a section may give.
fn fields(section: Section) -> impl Iterator<Item = &'static Field> {
    FIELDS
        .iter()
        .filter(move |field| field.per_interpreter || section == Section::Base)
}

fn described(mut schema: Value, doc: &str) -> Value {
    schema["description"] = json!(doc);
    schema
}
