//! Which parts of a marker follow from its Python, so that the next version can use the same
//! file.

use crate::interpreter::Interpreter;

use super::escape;

/// The marker as a file for every Python, if that is certain: each Python that the text names is
/// the one that the marker is for. Otherwise its own bytes, escaped.
#[must_use]
pub fn generalize(text: &str, interpreter: Option<&Interpreter>) -> String {
    let escaped = escape(text);
    let Some(interpreter) = interpreter else {
        return escaped;
    };
    let names = names(text);
    let own = interpreter.name();
    if names.iter().any(|name| *name != own) {
        return escaped;
    }
    let general = replace(&escaped, &own, "{{ python.name }}");
    let nodot = format!("python{}", interpreter.version_nodot());
    replace(&general, &nodot, "python{{ python.version_nodot }}")
}

/// The Python that a text is about, if it names exactly one.
#[must_use]
pub fn only_interpreter(text: &str) -> Option<Interpreter> {
    let names = names(text);
    let (first, rest) = names.split_first()?;
    if rest.iter().any(|name| name != first) {
        return None;
    }
    crate::stdlib::interpreter(first)
}

/// The versioned names of Pythons in a text: `python3.13`, `pypy3.11`.
fn names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (start, prefix) in text
        .match_indices("python3.")
        .chain(text.match_indices("pypy3."))
    {
        let rest = &text[start + prefix.len()..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let threaded =
            usize::from(rest[digits..].starts_with('t') && !continues(&rest[digits + 1..]));
        if digits > 0 {
            names.push(text[start..start + prefix.len() + digits + threaded].to_owned());
        }
    }
    names
}

/// Replaces whole words.
fn replace(text: &str, word: &str, by: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for (start, _) in text.match_indices(word) {
        let after = &text[start + word.len()..];
        let inside =
            text[..start].ends_with(|before: char| before.is_alphanumeric() || before == '_');
        if inside || continues(after) {
            continue;
        }
        out.push_str(&text[end..start]);
        out.push_str(by);
        end = start + word.len();
    }
    out.push_str(&text[end..]);
    out
}

/// Whether what stands behind a name belongs to it: `python3.13.5` is more than `python3.13`.
fn continues(after: &str) -> bool {
    let mut characters = after.chars();
    match characters.next() {
        Some('.') => characters.next().is_some_and(|next| next.is_ascii_digit()),
        Some(next) => next.is_alphanumeric() || next == '_',
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn general(text: &str, python: &str) -> String {
        generalize(text, Interpreter::parse(python).ok().as_ref())
    }

    #[test]
    fn puts_placeholders_where_that_is_certain() {
        assert_eq!(
            general(
                "See /d/python3.13/R. python3.13 -m venv, python313-xyz",
                "3.13"
            ),
            "See /d/{{ python.name }}/R. {{ python.name }} -m venv, python{{ python.version_nodot }}-xyz"
        );
        assert_eq!(
            general("pypy3.11 -m venv", "pypy3.11"),
            "{{ python.name }} -m venv"
        );
        assert_eq!(general("python3.13t.", "3.13t"), "{{ python.name }}.");
        for same in [
            "python3 -m venv",
            "python3.13 or python3.14",
            "python3.13.5",
            "cpython3.13",
            "python3.13t",
            "python3.130",
            "3.13",
        ] {
            assert_eq!(general(same, "3.13"), same);
        }
        assert_eq!(general("python3.13", ""), "python3.13");
        assert_eq!(general("{{ x }}", "3.13"), "{{ '{{' }} x }}");
    }

    #[test]
    fn finds_the_only_python() {
        let only = |text: &str| only_interpreter(text).map(|python| python.to_string());
        assert_eq!(only("a /python3.13/ python3.13 b"), Some("3.13".to_owned()));
        assert_eq!(only("pypy3.11"), Some("pypy3.11".to_owned()));
        assert_eq!(only("python3.13t-x"), Some("3.13t".to_owned()));
        assert_eq!(only("python3.13 python3.14"), None);
        assert_eq!(only("python3"), None);
    }
}
