//! What templates know: the facts, and something about the interpreter.

use std::collections::BTreeMap;

use tera::Context;
use tera::value::Key;

use crate::interpreter::{Interpreter, Kind};
use crate::profile::Facts;
use crate::profile::layer::Value;
use crate::profile::schema;

/// The variables of a template.
pub(super) fn context(facts: &Facts<'_>, interpreter: &Interpreter) -> Context {
    let mut context = Context::new();
    // Groups are there even if they are empty: testing a fact in one is no error.
    let mut groups: BTreeMap<&'static str, tera::Map> = BTreeMap::new();
    for field in schema::FIELDS.iter().filter(|field| field.in_templates) {
        let value = facts.get(field.path).map(tera_value);
        match (field.path.rsplit_once('.'), value) {
            (None, None) => {}
            (None, Some(value)) => context.insert_value(field.path, value),
            (Some((group, name)), value) => {
                let group = groups.entry(group).or_default();
                group.extend(value.map(|value| (Key::Str(name), value)));
            }
        }
    }
    let python = groups.entry("python").or_default();
    for (name, value) in facts.python.iter() {
        python.insert(Key::Str(name), value.into());
    }
    // A group inside of another one comes behind it.
    while let Some((path, group)) = groups.pop_last() {
        match path.rsplit_once('.') {
            None => context.insert_value(path, group.into()),
            Some((parent, name)) => {
                let parent = groups.entry(parent).or_default();
                parent.insert(Key::Str(name), group.into());
            }
        }
    }
    for (name, flag) in [
        ("pypy", interpreter.kind == Kind::Pypy),
        ("free_threaded", interpreter.kind == Kind::FreeThreaded),
        ("names_stdlib", names_stdlib(facts)),
    ] {
        context.insert_value(name, flag.into());
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
