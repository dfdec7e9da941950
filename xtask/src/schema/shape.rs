//! The values of fields: the checks of `externally_managed::profile::layer` as JSON schemas. A
//! test holds the two together.
//!
//! The schema refuses nothing that the program accepts. It cannot see some mistakes, since others
//! read YAML into numbers, truth values and nulls where the program looks at the text: `TRUE`,
//! `3.1000`, and `~` in place of a mapping or list that is empty.

use externally_managed::interpreter::Kind;
use externally_managed::profile::placeholder;
use externally_managed::profile::schema::{Field, REASONS, Shape};
use serde_json::{Value, json};

/// No control characters, and no white space at the beginning or end.
const TEXT: &str = "^[^\\s\\u0000-\\u001F\\u007F-\\u009F]\
    ([^\\u0000-\\u001F\\u007F-\\u009F]*[^\\s\\u0000-\\u001F\\u007F-\\u009F])?$";
/// Below the root, or below the standard library.
const PATH: &str = "^(/|\\{\\{ python\\.stdlib \\}\\}/)";
const PARENT: &str = "(^|/)\\.\\.(/|$)|//";
/// What can stand in a path: placeholders, and ASCII without signs that shells and lists know.
const IN_PATH: &str = "^([-A-Za-z0-9!()+,./=@^_~]|\\{\\{[^{}]*\\}\\})*$";
const PLACE: &str = "^(/([^/*{}]+|\\*))+$";
const URL: &str = "^https://[^ ]*$";
const VERSION: &str = "^3\\.(0|[1-9][0-9]{0,2})$";
const MARKER_FILE: &str = "^[A-Za-z0-9_+@-][A-Za-z0-9._+@-]*\\.marker$";
const LANGUAGE: &str = "^[a-z]{2,3}(_[A-Z]{2})?$";

/// The name under which the schema defines what [`of`] gives.
pub(super) fn name(field: &Field) -> String {
    let shape = match field.shape {
        Shape::Text | Shape::Command => "line",
        Shape::Path => "path",
        Shape::PathOrNone => "path_or_none",
        Shape::Url => "url",
        Shape::Flag => "flag",
        Shape::Version => "version",
        Shape::Kinds => "kinds",
        Shape::Names => "names",
        Shape::Places => "places",
        Shape::Languages => "languages",
        Shape::MarkerFile => "marker_file",
        Shape::Reason => "reason",
    };
    // These say what `python.command` and `python.stdlib` are, so they cannot use them.
    let early = !placeholder::known_in(field.path).contains(&"stdlib");
    if early {
        format!("early_{shape}")
    } else {
        shape.to_owned()
    }
}

/// What the value of `field` must look like.
pub(super) fn of(field: &Field) -> Value {
    match field.shape {
        Shape::Text | Shape::Command => text_with(field, None),
        Shape::Path => text_with(field, Some(path())),
        Shape::PathOrNone => text_with(
            field,
            Some(json!({ "anyOf": [{ "const": "none" }, path()] })),
        ),
        Shape::Url => text_with(
            field,
            Some(pattern(URL, "an address that starts with https://")),
        ),
        Shape::Flag => json!({ "enum": [true, false, "true", "false"] }),
        // Without quotes a version is a number to other programs that read YAML; 3.10 is then
        // 3.1, so that the digits cannot be checked.
        Shape::Version => json!({ "anyOf": [
            pattern(VERSION, "a version of Python such as \"3.13\""),
            { "type": "number", "minimum": 3, "exclusiveMaximum": 4 },
        ] }),
        Shape::Kinds => list(&json!({ "enum": Kind::ALL.map(Kind::name) })),
        Shape::Names => list(&refer("text")),
        Shape::Places => list(&pattern(
            PLACE,
            "an absolute path, with `*` for a whole name",
        )),
        Shape::MarkerFile => pattern(MARKER_FILE, "the name of a file that ends in .marker"),
        Shape::Reason => {
            json!({ "enum": REASONS.iter().map(|reason| reason.kind).collect::<Vec<_>>() })
        }
        Shape::Languages => json!({ "anyOf": [
            { "enum": ["all", "reviewed", "none"] },
            { "type": "array", "items": pattern(LANGUAGE, "a language such as de or pt_BR") },
        ] }),
    }
}

/// A scalar on one line, which a profile need not put in quotation marks.
pub(super) fn text() -> Value {
    let mut text = pattern(TEXT, "text on one line");
    text["type"] = json!(["string", "number", "boolean"]);
    text["not"] = json!({ "enum": ["~", "null"] });
    text
}

/// A reference to a definition of the schema.
pub(super) fn refer(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// Text with placeholders that `field` may use, and what else must hold.
fn text_with(field: &Field, condition: Option<Value>) -> Value {
    let mut conditions = vec![refer("text"), placeholders(field)];
    conditions.extend(condition);
    json!({ "allOf": conditions })
}

fn path() -> Value {
    let mut path = pattern(PATH, "an absolute path without `..`");
    path["not"] = json!({ "pattern": PARENT });
    path["allOf"] = json!([pattern(
        IN_PATH,
        "no white space, quotes, or signs such as $ and *"
    )]);
    path
}

/// Any text whose placeholders are known ones.
fn placeholders(field: &Field) -> Value {
    let known = placeholder::known_in(field.path);
    let regex = format!(
        "^([^{{}}]|\\{{(?!\\{{)|\\}}(?!\\}})|\\{{\\{{\\s*python\\.({})\\s*\\}}\\}})*$",
        known.join("|")
    );
    let names: Vec<String> = known
        .iter()
        .map(|name| format!("{{{{ python.{name} }}}}"))
        .collect();
    json!({
        "pattern": regex,
        "patternErrorMessage": format!("Placeholders known here: {}", names.join(", ")),
    })
}

/// A string that matches `regex`. Editors show `expected` (an annotation that the YAML language
/// server knows) in place of the expression.
fn pattern(regex: &str, expected: &str) -> Value {
    json!({
        "type": "string",
        "pattern": regex,
        "patternErrorMessage": format!("Expected {expected}"),
    })
}

/// A list; with nothing after its key it is empty.
pub(super) fn list(items: &Value) -> Value {
    json!({ "type": ["array", "null"], "items": items })
}
