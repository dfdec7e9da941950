//! Reads a template as text: which messages it has, which templates it includes, which facts it
//! names. Tera tells none of this, and a misspelt fact inside `{% if %}` is silently false.

use std::ops::Range;

use super::bounds::Bounds;
use super::short::{BLOCKS, MESSAGE, MESSAGE_CALLS};

/// What a template says.
#[derive(Debug, Default, PartialEq)]
pub struct Scan {
    /// Messages in their order, with the comment for translators before them.
    pub messages: Vec<Message>,
    /// The templates that it includes.
    pub includes: Vec<String>,
    /// Dotted paths of variables, and where they stand.
    pub variables: Vec<(String, Range<usize>)>,
}

/// A message in a template.
#[derive(Debug, PartialEq)]
pub struct Message {
    /// The English text.
    pub msgid: String,
    /// The name of the function that it is an argument of.
    pub call: String,
    /// What `{# Translators: … #}` before it says.
    pub comment: Option<String>,
}

/// A mistake in a template that shows without rendering it.
#[derive(Debug, PartialEq)]
pub struct Error {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub span: Range<usize>,
    /// What to do about it.
    pub help: &'static str,
}

/// Reads a template.
///
/// # Errors
///
/// Fails for words outside of tags, for output that is not one of our functions, for tags that do
/// not end, and for what could make a template run for ever.
pub fn scan(text: &str) -> Result<Scan, Error> {
    let mut scan = Scan::default();
    let mut comment = None;
    let mut bounds = Bounds::default();
    let mut at = 0;
    while at < text.len() {
        let open = text[at..].find('{').map_or(text.len(), |index| at + index);
        let kind = text.get(open..open + 2).unwrap_or("");
        let (plain_end, closing) = match kind {
            "{{" => (open, "}}"),
            "{%" => (open, "%}"),
            "{#" => (open, "#}"),
            _ if open < text.len() => (open + 1, ""),
            _ => (open, ""),
        };
        refuse_words(text, at..plain_end)?;
        if closing.is_empty() {
            at = plain_end;
            continue;
        }
        let Some(close) = find_close(text, open + 2, closing) else {
            return Err(Error {
                message: format!("`{kind}` without `{closing}`"),
                span: open..open + 2,
                help: "close the tag",
            });
        };
        let inside = open + 2..close;
        at = close + 2;
        if kind == "{#" {
            let body = text[inside].trim_matches('-').trim();
            comment = body
                .strip_prefix("Translators:")
                .map(|body| body.split_whitespace().collect::<Vec<_>>().join(" "));
            continue;
        }
        let tokens = tokens(text, inside);
        if kind == "{{" {
            check_output(text, &tokens, open..at)?;
        }
        bounds.check(text, &tokens, kind == "{{", &(open..at), is_known)?;
        read_tokens(text, &tokens, &mut scan, &mut comment);
    }
    Ok(scan)
}

/// Every word that a user can read stands inside of a message.
fn refuse_words(text: &str, plain: Range<usize>) -> Result<(), Error> {
    let words = text[plain.clone()].trim();
    if words.is_empty() {
        return Ok(());
    }
    let start = plain.start
        + text[plain]
            .find(|character: char| !character.is_whitespace())
            .unwrap_or(0);
    let end = start + words.find('\n').unwrap_or(words.len());
    Err(Error {
        message: "words outside of a message would not be translated".to_owned(),
        span: start..end,
        help: "write {{ _(msg=\"…\") }} for a sentence and {{ command(run=\"…\") }} for a command",
    })
}

/// The end of a tag, not counting what stands in strings. Comments have no strings.
fn find_close(text: &str, from: usize, closing: &str) -> Option<usize> {
    let mut quote = None;
    for (index, character) in text[from..].char_indices() {
        match (quote, character) {
            (None, '"' | '\'' | '`') if closing != "#}" => quote = Some(character),
            (Some(open), found) if open == found => quote = None,
            (None, _) if text[from + index..].starts_with(closing) => return Some(from + index),
            _ => {}
        }
    }
    None
}

/// A part of a tag.
#[derive(Debug)]
pub(super) enum Token {
    /// A name, with dots.
    Word(Range<usize>),
    /// What stands in quotation marks.
    Text(Range<usize>),
    /// Anything else, character by character.
    Sign(char),
}

fn tokens(text: &str, range: Range<usize>) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        let first = rest.chars().next().unwrap_or(' ');
        if matches!(first, '"' | '\'' | '`') {
            let length = rest[1..].find(first).map_or(rest.len(), |index| index + 2);
            tokens.push(Token::Text(at + 1..at + length - 1));
            at += length;
        } else if first.is_alphabetic() || first == '_' {
            let length = rest
                .find(|character: char| !(character.is_alphanumeric() || "_.".contains(character)))
                .unwrap_or(rest.len());
            tokens.push(Token::Word(at..at + length));
            at += length;
        } else {
            if !first.is_whitespace() {
                tokens.push(Token::Sign(first));
            }
            at += first.len_utf8();
        }
    }
    tokens
}

/// Whether this is one of our functions.
fn is_known(name: &str) -> bool {
    BLOCKS.iter().any(|(block, _)| *block == name) || MESSAGE_CALLS.contains(&name)
}

/// Output must come from one of our functions: a bare fact would be a word outside of a message.
fn check_output(text: &str, tokens: &[Token], span: Range<usize>) -> Result<(), Error> {
    let mut signs = tokens
        .iter()
        .skip_while(|token| matches!(token, Token::Sign('-')));
    match (signs.next(), signs.next()) {
        (Some(Token::Word(word)), Some(Token::Sign('('))) if is_known(&text[word.clone()]) => {
            Ok(())
        }
        (Some(Token::Word(word)), Some(Token::Sign('('))) => Err(Error {
            message: format!("unknown function `{}`", &text[word.clone()]),
            span: word.clone(),
            help: "known are _, title, heading, command, path and line",
        }),
        _ => Err(Error {
            message: "output that is neither a message nor a block".to_owned(),
            span,
            help: "pass it to a message as a placeholder, or to command, path or line",
        }),
    }
}

fn read_tokens(text: &str, tokens: &[Token], scan: &mut Scan, comment: &mut Option<String>) {
    let mut calls: Vec<&str> = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let before = &tokens[..index];
        let after =
            |sign| matches!(tokens.get(index + 1), Some(Token::Sign(found)) if *found == sign);
        match token {
            Token::Sign(')') => {
                calls.pop();
            }
            Token::Sign(_) => {}
            Token::Word(range) => {
                let word = &text[range.clone()];
                let is_argument = after('=') && !calls.is_empty();
                if after('(') {
                    calls.push(word);
                } else if !is_argument && !is_test(text, before) && !KEYWORDS.contains(&word) {
                    scan.variables.push((word.to_owned(), range.clone()));
                }
            }
            Token::Text(range) => {
                let value = text[range.clone()].to_owned();
                let call = calls.last().filter(|call| MESSAGE_CALLS.contains(call));
                if let Some(call) = call
                    && argument(text, before) == Some(MESSAGE)
                {
                    scan.messages.push(Message {
                        msgid: value,
                        call: (*call).to_owned(),
                        comment: comment.take(),
                    });
                } else if follows(text, before, &["include"]) {
                    scan.includes.push(value);
                }
            }
        }
    }
}

/// Whether the last of `tokens` is one of `words`.
fn follows(text: &str, tokens: &[Token], words: &[&str]) -> bool {
    matches!(tokens.last(), Some(Token::Word(word)) if words.contains(&&text[word.clone()]))
}

/// Whether the name of a test comes after `tokens`: `is defined`, `is not defined`.
pub(super) fn is_test(text: &str, tokens: &[Token]) -> bool {
    match tokens {
        [before @ .., Token::Word(not)] if text[not.clone()] == *"not" => {
            follows(text, before, &["is"])
        }
        _ => follows(text, tokens, &["is"]),
    }
}

/// The name of the argument whose value comes after `tokens`: `msg` for `… msg =`.
fn argument<'t>(text: &'t str, tokens: &[Token]) -> Option<&'t str> {
    match tokens {
        [.., Token::Word(name), Token::Sign('=')] => Some(&text[name.clone()]),
        _ => None,
    }
}

const KEYWORDS: &[&str] = &[
    "if", "elif", "else", "endif", "in", "include", "and", "or", "not", "is", "true", "false",
    "none",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_messages_includes_and_variables() {
        let scan = scan(indoc::indoc! {r#"
            {# Translators: a  comment #}
            {{ _(msg="To {distro}:", distro=name) }}
            {% if venv.needs and not pypy %}{% include "a/b.tera" %}{% endif %}
            {{ line(text=x.y ~ python.command ~ ' %} ') }}{% if a is not defined %}{% endif %}
        "#})
        .expect("valid");
        assert_eq!(scan.includes, ["a/b.tera"]);
        let variables: Vec<&str> = scan
            .variables
            .iter()
            .map(|(path, _)| path.as_str())
            .collect();
        assert_eq!(
            variables,
            ["name", "venv.needs", "pypy", "x.y", "python.command", "a"]
        );
        assert_eq!(
            scan.messages,
            [Message {
                msgid: "To {distro}:".to_owned(),
                call: "_".to_owned(),
                comment: Some("a comment".to_owned()),
            }]
        );
    }

    #[test]
    fn refuses_what_would_not_be_translated() {
        let message = |text: &str| scan(text).expect_err(text);
        let error = message("{{ _(msg=\"a\") }}\n  plain words\n");
        assert_eq!(
            (error.message.as_str(), error.span),
            ("words outside of a message would not be translated", 19..30)
        );
        assert_eq!(message("a { b").span, 0..3);
        assert_eq!(
            message("{{ name }}").message,
            "output that is neither a message nor a block"
        );
        assert_eq!(
            message("{{ comand(run=1) }}").message,
            "unknown function `comand`"
        );
        assert_eq!(message("{{ _(msg=\"}}\")").message, "`{{` without `}}`");
        assert_eq!(message("{# a").message, "`{#` without `#}`");
    }

    #[test]
    fn refuses_what_could_have_no_end() {
        let refused = |text: &str| scan(text).expect_err(text).message;
        for (tag, name) in [
            ("{% for a in range(end=9) %}", "for"),
            ("{%- set a = b -%}", "set"),
            ("{% set_global a = b %}", "set_global"),
            ("{% extends \"a\" %}", "extends"),
            ("{% block a %}", "block"),
            ("{% raw %}", "raw"),
            ("{% filter upper %}", "filter"),
            ("{% component a() %}", "component"),
            ("{% <a> %}", "a"),
            ("{% %}", ""),
        ] {
            assert_eq!(
                refused(tag),
                format!("a template cannot have the tag `{name}`")
            );
        }
        for (text, sign) in [
            ("{{ line(text=name | upper) }}", '|'),
            ("{{ line(text=[a]) }}", '['),
            ("{% if {\"a\": 1} %}", '{'),
            ("{% if a ** b %}", '*'),
            ("{{ line(text=\"a\" ~ \\ ) }}", '\\'),
        ] {
            assert_eq!(
                refused(text),
                format!("a template cannot have the sign `{sign}` in a tag")
            );
        }
        assert_eq!(refused("{% if range(end=9) %}"), "unknown function `range`");
        assert_eq!(
            refused("{{ line(text=throw()) }}"),
            "unknown function `throw`"
        );
        assert_eq!(
            refused("{% if a for a in b %}"),
            "a template cannot have loops"
        );
        assert_eq!(
            refused("{{ line(text=\"a\\\") }}"),
            "a template has no escapes in texts"
        );
        let long = format!("{{{{ line(text=a{}) }}}}", " ~ a".repeat(200));
        assert!(refused(&long).contains("more than 200"));
        for nested in ["{% if a %}", "{% if a %}{% elif a %}"] {
            let message = refused(&nested.repeat(33));
            assert!(message.contains("more than 32"), "{message}");
        }
        assert!(scan(&"{% if a %}{% elif b %}{% endif %}".repeat(100)).is_ok());
        assert!(
            scan("{% if (a or b) and not (c) and d is containing(pat=\"x\") %}{% endif %}").is_ok()
        );
    }
}
