//! `{{ python.name }}` and its like in the values of a profile: checked when the value is read,
//! expanded once, after merging.

use std::ops::Range;

use super::schema::PYTHON;

/// The values of the placeholders for one interpreter.
#[derive(Clone, Debug, Default)]
pub struct Python {
    values: Vec<(&'static str, String)>,
}

impl Python {
    /// Sets the value of `python.NAME`.
    pub fn set(&mut self, name: &'static str, value: String) {
        self.values.retain(|(known, _)| *known != name);
        self.values.push((name, value));
    }

    /// The value of `python.NAME`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    }

    /// All names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
    }

    /// `text` with every placeholder replaced, which [`check`] has accepted before. Values are
    /// never expanded again.
    #[must_use]
    pub fn expand(&self, text: &str) -> String {
        let mut expanded = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find("{{") {
            expanded.push_str(&rest[..start]);
            let Some(length) = rest[start..].find("}}") else {
                break;
            };
            let name = name_of(&rest[start + 2..start + length]);
            expanded.push_str(name.and_then(|name| self.get(name)).unwrap_or_default());
            rest = &rest[start + length + 2..];
        }
        expanded.push_str(rest);
        expanded
    }
}

/// A placeholder that cannot be expanded.
#[derive(Debug, Eq, PartialEq)]
pub struct Unknown {
    /// Where it stands in the value.
    pub span: Range<usize>,
    /// What is wrong with it.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// Checks that `text` has only placeholders that will be expanded. `known` are the names that
/// the value may use: `stdlib` cannot be built from itself.
///
/// # Errors
///
/// Fails for an unclosed `{{`, a stray `}}` and an unknown name.
pub fn check(text: &str, known: &[&str]) -> Result<(), Unknown> {
    let help = || {
        let names: Vec<String> = known
            .iter()
            .map(|name| format!("{{{{ python.{name} }}}}"))
            .collect();
        format!("known here: {}", names.join(", "))
    };
    let mut from = 0;
    while let Some(found) = text[from..].find("{{").map(|index| from + index) {
        let Some(length) = text[found..].find("}}") else {
            return Err(Unknown {
                span: found..text.len(),
                message: "placeholder without `}}`".to_owned(),
                help: help(),
            });
        };
        let inside = &text[found + 2..found + length];
        if !name_of(inside).is_some_and(|name| known.contains(&name)) {
            return Err(Unknown {
                span: found..found + length + 2,
                message: format!("unknown placeholder `{}`", inside.trim()),
                help: help(),
            });
        }
        from = found + length + 2;
    }
    match text[from..].find("}}") {
        None => Ok(()),
        Some(stray) => Err(Unknown {
            span: from + stray..from + stray + 2,
            message: "`}}` without `{{`".to_owned(),
            help: help(),
        }),
    }
}

/// `text` without its placeholders, which [`check`] has accepted before.
#[must_use]
pub fn without(text: &str) -> String {
    Python::default().expand(text)
}

/// The names that the value of the field `path` may use.
#[must_use]
pub fn known_in(path: &str) -> Vec<&'static str> {
    PYTHON
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| {
            !(matches!(path, "command" | "stdlib") && matches!(*name, "command" | "stdlib"))
        })
        .collect()
}

fn name_of(inside: &str) -> Option<&str> {
    inside.trim().strip_prefix("python.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expands_once() {
        let mut python = Python::default();
        python.set("name", "{{ python.version }}".to_owned());
        assert_eq!(
            python.expand("a {{ python.name }}/{{python.name}} b"),
            "a {{ python.version }}/{{ python.version }} b"
        );
    }

    #[test]
    fn names_what_is_wrong() {
        let check =
            |text| check(text, &["name"]).map_err(|unknown| (unknown.span, unknown.message));
        assert_eq!(check("plain } { text"), Ok(()));
        assert_eq!(check("{{ python.name }}"), Ok(()));
        assert_eq!(
            check("a {{ python.nmae }}"),
            Err((2..19, "unknown placeholder `python.nmae`".to_owned()))
        );
        assert_eq!(
            check("a {{ name }}"),
            Err((2..12, "unknown placeholder `name`".to_owned()))
        );
        assert_eq!(
            check("a {{ python.name"),
            Err((2..16, "placeholder without `}}`".to_owned()))
        );
        assert_eq!(check("a }} b"), Err((2..4, "`}}` without `{{`".to_owned())));
    }
}
