//! Makes a template shorter for Tera, without a change of what it gives. Shared with build.rs,
//! which does it for the built-in templates, so it uses nothing but the standard library.
//!
//! Compiling costs about a hundred instructions for each byte in a tag, so a call becomes the
//! plain text that stands for it in the rendered template, and of the tag only paths are left.
//! Lines are not the same ones, so mistakes are looked for in the template as it is written.

use crate::text::is_invisible;

/// What stands around a reference to a block in the rendered text: a number for a call that was
/// recorded, or a call that was written out.
pub const MARK: char = '\u{1}';
/// What stands before each further argument of a call that was written out.
pub const ARGUMENT: char = '\u{2}';

/// The functions that take a message, in their argument [`MESSAGE`].
pub const MESSAGE_CALLS: &[&str] = &["_", "title", "heading"];
/// The argument that holds a message.
pub const MESSAGE: &str = "msg";
/// The functions that take a literal, and the argument that holds it.
pub const BLOCKS: &[(&str, &str)] = &[("command", "run"), ("path", "name"), ("line", "text")];

/// A built-in template as Tera gets it; `messages` are sorted. Those of data directories keep their
/// calls, since only what is recorded can be counted and stopped.
#[must_use]
pub fn shorten(text: &str, messages: &[&str]) -> String {
    join_tag_lines(&write_out_calls(&without_comments(text), messages))
}

/// Whether `text` can stand on a line of a document: it is not empty, and has neither white space
/// around it nor characters that a terminal would act upon.
#[must_use]
pub fn is_one_line(text: &str) -> bool {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~');
    let unfit = |character: char| character.is_control() || is_invisible(character);
    !text.is_empty() && text.trim() == text && (text.bytes().all(is_plain) || !text.contains(unfit))
}

/// Leaves comments on lines of their own out.
fn without_comments(text: &str) -> String {
    let is_comment = |line: &&str| {
        let line = line.trim();
        line.starts_with("{#") && line.ends_with("#}") && line.matches("#}").count() == 1
    };
    text.split_inclusive('\n')
        .filter(|line| !is_comment(line))
        .collect()
}

/// Replaces each call by the text that it stands for, in which only paths are left to Tera.
fn write_out_calls(text: &str, messages: &[&str]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find("{{ ") {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        if let Some((written, after)) = write_out(rest, messages) {
            out.push(MARK);
            out.push_str(&written);
            out.push(MARK);
            rest = after;
        } else {
            out.push_str("{{ ");
            rest = &rest[3..];
        }
    }
    out.push_str(rest);
    out
}

/// What `{{ name(argument=value, …) }}` at the start of `text` stands for, and what follows it:
/// the name, a space and the value, then each further argument as [`ARGUMENT`], its name, `=` and
/// its value. A message is written as its place among `messages`. Nothing for calls that Tera has
/// to look at.
fn write_out<'t>(text: &'t str, messages: &[&str]) -> Option<(String, &'t str)> {
    let inside = text.strip_prefix("{{ ")?;
    let message_calls = MESSAGE_CALLS.iter().map(|call| (*call, MESSAGE));
    let mut calls = message_calls.chain(BLOCKS.iter().copied());
    let (call, main) = calls.find(|(call, _)| {
        let after = inside.strip_prefix(call);
        after.is_some_and(|after| after.starts_with('('))
    })?;
    let start = inside[call.len() + 1..].strip_prefix(main)?;
    let (value, mut rest) = value(start.strip_prefix('=')?)?;
    let mut arguments = String::new();
    let mut given = Vec::new();
    while let Some(next) = rest.strip_prefix(", ") {
        let (name, start) = next.split_once('=')?;
        let (value, after) = self::value(start)?;
        arguments = format!("{arguments}{ARGUMENT}{name}={value}");
        given.push(name);
        rest = after;
    }
    let after = rest.strip_prefix(") }}")?;
    if main == MESSAGE && has_all_placeholders(&value, &given) {
        let place = messages.binary_search(&value.as_str()).ok()?;
        Some((format!("{call} {place}{arguments}"), after))
    } else if main != MESSAGE && given.is_empty() {
        Some((format!("{call} {value}"), after))
    } else {
        None
    }
}

/// A literal, a path, or several of them with ` ~ ` in between, as text for Tera; and what
/// follows.
fn value(text: &str) -> Option<(String, &str)> {
    let mut written = String::new();
    let mut rest = text;
    loop {
        if let Some(quote) = rest.chars().next().filter(|first| "\"'".contains(*first)) {
            let (literal, after) = rest[1..].split_once(quote)?;
            let is_plain = !literal.contains('\\') && !literal.contains("{{");
            if !is_plain || literal.contains(char::is_control) {
                return None;
            }
            written.push_str(literal);
            rest = after;
        } else {
            let is_in_path =
                |character: char| character.is_ascii_alphanumeric() || "_.".contains(character);
            let length = rest.find(|character| !is_in_path(character))?;
            if length == 0 {
                return None;
            }
            written = format!("{written}{{{{ {} }}}}", &rest[..length]);
            rest = &rest[length..];
        }
        match rest.strip_prefix(" ~ ") {
            Some(next) => rest = next,
            None => break,
        }
    }
    let is_one_line =
        is_one_line(&written) && !["{%", "{#"].iter().any(|tag| written.contains(tag));
    is_one_line.then_some((written, rest))
}

/// Whether every brace in a message belongs to a placeholder that the call gives.
fn has_all_placeholders(message: &str, given: &[&str]) -> bool {
    let mut left = message.to_owned();
    for name in given {
        left = left.replace(&format!("{{{name}}}"), "");
    }
    !left.contains(['{', '}'])
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
        let joined = join_tag_lines(text);
        assert_eq!(joined.matches('\n').count(), text.matches('\n').count());
        assert_eq!(
            joined,
            "{% if a \n%}{{ _(msg=x) }}\n  {% endif \n%}{# c \n#}z\n"
        );
    }

    #[test]
    fn comments_on_their_own_lines_are_left_out() {
        let text = "{# a #}\nb {# c #}\n{# d #} e {# f #}\n";
        assert_eq!(shorten(text, &[]), "b {# c #}\n{# d #} e {# f #}\n");
    }

    #[test]
    fn calls_are_written_out() {
        let messages = ["A b.", "{a} from {b}"];
        for (text, expected) in [
            ("{{ _(msg=\"A b.\") }}", "\u{1}_ 0\u{1}"),
            ("{{ command(run='a \"b\"') }}", "\u{1}command a \"b\"\u{1}"),
            (
                "{{ heading(msg=\"{a} from {b}\", a=name, b=x.y) }}",
                "\u{1}heading 1\u{2}a={{ name }}\u{2}b={{ x.y }}\u{1}",
            ),
            ("{{ path(name=readme) }}", "\u{1}path {{ readme }}\u{1}"),
            (
                "{{ line(text=\"RUN \" ~ python.command ~ \" -m\") }}",
                "\u{1}line RUN {{ python.command }} -m\u{1}",
            ),
        ] {
            assert_eq!(shorten(text, &messages), expected);
        }
    }

    #[test]
    fn everything_else_is_left_to_tera() {
        let messages = ["From {distro}.", "From }{.", "a", "{distro}"];
        for text in [
            "{{ _(msg=\"{distro}\") }}",
            "{{ _(msg=\"From {distro}.\", package=name) }}",
            "{{ _(msg=\"From }{.\", distro=name) }}",
            "{{ _(msg=\"not a message\") }}",
            "{{ _(msg=\"\") }}",
            "{{ _(msg=\"a\\n\") }}",
            "{{ _(msg=name) }}",
            "{{ _(text=\"a\") }}",
            "{{ path(name=\" a\") }}",
            "{{ path(name=\"a\u{1}b\") }}",
            "{{ path(name=\"a {% b\") }}",
            "{{ command(run=\"a\" ~ b | upper) }}",
            "{{ command(run=\"a\" ~) }}",
            "{{ command(run=\"a\", b=c) }}",
            "{{ command(run=a[0]) }}",
            "{{ commando(run=\"a\") }}",
            "{{ _(msg=\"a\"",
            "{{_(msg=\"a\")}}",
        ] {
            assert_eq!(shorten(text, &messages), text);
        }
    }
}
