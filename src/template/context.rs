//! What templates know: the facts, and something about the interpreter.

use tera::Context;

use crate::interpreter::{Interpreter, Kind};
use crate::profile::Facts;
use crate::profile::layer::Value;
use crate::profile::schema;

/// The variables of a template. Groups are there even if they are empty.
pub(super) fn context(facts: &Facts<'_>, interpreter: &Interpreter) -> Context {
    let mut root = tera::Map::default();
    for field in schema::FIELDS.iter().filter(|field| field.in_templates) {
        // Groups are always there, so that testing a fact in an empty one is no error.
        let value = facts.get(field.path).map(tera_value);
        insert(&mut root, field.path, value);
    }
    for (name, value) in facts.python.iter() {
        insert(&mut root, &format!("python.{name}"), Some(value.into()));
    }
    for (name, flag) in [
        ("pypy", interpreter.kind == Kind::Pypy),
        ("free_threaded", interpreter.kind == Kind::FreeThreaded),
        ("names_stdlib", names_stdlib(facts)),
    ] {
        insert(&mut root, name, Some(flag.into()));
    }
    let mut context = Context::new();
    for (key, value) in root {
        context.insert_value(key.to_string(), value);
    }
    context
}

/// Whether the README may name the standard library. Packages of two architectures can be
/// installed together only if the files that they share are the same, and outside of the standard
/// library everything is shared.
fn names_stdlib(facts: &Facts<'_>) -> bool {
    let stdlib = facts.python.get("stdlib").unwrap_or_default();
    let inside = facts
        .text("readme")
        .and_then(|readme| readme.strip_prefix(stdlib));
    let multilib = matches!(facts.get("multilib"), Some(Value::Flag(true)));
    !multilib || inside.is_some_and(|rest| rest.starts_with('/'))
}

fn tera_value(value: &Value) -> tera::Value {
    match value {
        Value::Text(text) => text.as_str().into(),
        Value::Flag(flag) => (*flag).into(),
        Value::List(list) => list
            .iter()
            .map(|item| tera::Value::from(item.as_str()))
            .collect::<Vec<_>>()
            .into(),
    }
}

/// Sets a dotted path, creating the groups on its way; only these if there is no value.
fn insert(map: &mut tera::Map, path: &str, value: Option<tera::Value>) {
    match path.split_once('.') {
        None => {
            if let Some(value) = value {
                map.insert(path.to_owned().into(), value);
            }
        }
        Some((group, rest)) => {
            let key = tera::value::Key::from(group.to_owned());
            let known = map.swap_remove(&key).and_then(tera::Value::into_map);
            let mut inner = known.unwrap_or_default();
            insert(&mut inner, rest, value);
            map.insert(key, inner.into());
        }
    }
}
