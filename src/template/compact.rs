//! Makes a template shorter for Tera, without a change of what it gives. Shared with build.rs,
//! which does it for the built-in templates, so it uses nothing but the standard library.
//!
//! Compiling costs about a hundred instructions for each byte in a tag, so a call whose argument
//! is a literal becomes the plain text that stands for it in the rendered template.

use crate::text::is_invisible;

/// What stands around a reference to a block in the rendered text: a number for a call that was
/// recorded, or the name of the call and its literal argument.
pub const MARK: char = '\u{1}';

/// The functions that take a message, in their argument [`MESSAGE`].
pub const MESSAGE_CALLS: &[&str] = &["_", "title", "heading"];
/// The argument that holds a message.
pub const MESSAGE: &str = "msg";
/// The functions that take a literal, and the argument that holds it.
pub const BLOCKS: &[(&str, &str)] = &[("command", "run"), ("path", "name"), ("line", "text")];

/// A built-in template as Tera gets it. Those of data directories keep their calls, since only
/// what is recorded can be counted and stopped.
#[must_use]
pub fn compact(text: &str) -> String {
    join_tag_lines(&write_out_literals(text))
}

/// Whether `text` can stand on a line of a document: it is not empty, and has neither white space
/// around it nor characters that a terminal would act upon.
#[must_use]
pub fn is_one_line(text: &str) -> bool {
    let unfit = |character: char| character.is_control() || is_invisible(character);
    !text.is_empty() && text.trim() == text && !text.contains(unfit)
}

/// Replaces each call that has nothing but a literal argument.
fn write_out_literals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find("{{ ") {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        if let Some((call, literal, length)) = literal_call(rest) {
            out.push(MARK);
            out.push_str(call);
            out.push(' ');
            out.push_str(literal);
            out.push(MARK);
            rest = &rest[length..];
        } else {
            out.push_str("{{ ");
            rest = &rest[3..];
        }
    }
    out.push_str(rest);
    out
}

/// The name, the literal and the length of `{{ name(argument="literal") }}` at the start of
/// `text`. A literal with placeholders needs more arguments, so it is none.
fn literal_call(text: &str) -> Option<(&'static str, &str, usize)> {
    let inside = text.strip_prefix("{{ ")?;
    let messages = MESSAGE_CALLS.iter().map(|call| (*call, MESSAGE));
    let mut calls = messages.chain(BLOCKS.iter().copied());
    let (call, argument) = calls.find(|(call, _)| {
        let after = inside.strip_prefix(call);
        after.is_some_and(|after| after.starts_with('('))
    })?;
    let value = inside[call.len() + 1..]
        .strip_prefix(argument)?
        .strip_prefix('=')?;
    let quote = value
        .chars()
        .next()
        .filter(|quote| matches!(quote, '"' | '\''))?;
    let literal = value[1..].split(quote).next()?;
    let rest = value[1 + literal.len()..]
        .strip_prefix(quote)?
        .strip_prefix(") }}")?;
    let plain = is_one_line(literal) && !literal.contains(['{', '}', '\\']);
    plain.then(|| (call, literal, text.len() - rest.len()))
}

/// Removes the line feeds after tags that stand on a line of their own, by moving them into the
/// tag: such a line gives no line of text, and Tera's positions stay true.
#[must_use]
pub fn join_tag_lines(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let closing = ["%}", "#}"]
            .into_iter()
            .find(|closing| content.ends_with(closing));
        let alone = content.starts_with("{%") || content.starts_with("{#");
        let one = content.matches("{%").count() + content.matches("{#").count() == 1;
        match closing {
            Some(closing)
                if alone && one && !content.contains("include") && line.ends_with('\n') =>
            {
                let body = line.trim_end();
                joined.push_str(&body[..body.len() - 2]);
                joined.push('\n');
                joined.push_str(closing);
            }
            _ => joined.push_str(line),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_on_their_own_lines_leave_none_behind() {
        let text = "{% if a %}\n{{ _(msg=x) }}\n  {% endif %}\n{# c #}\nz\n";
        let joined = compact(text);
        assert_eq!(joined.matches('\n').count(), text.matches('\n').count());
        assert_eq!(
            joined,
            "{% if a \n%}{{ _(msg=x) }}\n  {% endif \n%}{# c \n#}z\n"
        );
    }

    #[test]
    fn literal_calls_are_written_out() {
        let text = "{{ _(msg=\"A b.\") }} {{ command(run='a \"b\"') }}\n";
        assert_eq!(
            compact(text),
            "\u{1}_ A b.\u{1} \u{1}command a \"b\"\u{1}\n"
        );
    }

    #[test]
    fn everything_else_is_left_to_tera() {
        for text in [
            "{{ _(msg=\"From {distro}.\", distro=name) }}",
            "{{ _(msg=\"{distro}\") }}",
            "{{ _(msg=\" a\") }}",
            "{{ _(msg=\"\") }}",
            "{{ _(msg=\"a\\n\") }}",
            "{{ _(msg=\"a\u{1}b\") }}",
            "{{ _(text=\"a\") }}",
            "{{ command(run=\"a\" ~ b) }}",
            "{{ commando(run=\"a\") }}",
            "{{ _(msg=\"a\"",
            "{{_(msg=\"a\")}}",
        ] {
            assert_eq!(compact(text), text);
        }
    }
}
