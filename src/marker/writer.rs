//! The only code that emits a marker, and only in the form that all installers read alike:
//! pip 23.0 to 26.3 (CPython's configparser), uv 0.1.12 to 0.13.0 (the crate configparser), uv
//! since 0.13.1 (astral-ini), and pipenv, which prints pip's text through rich markup.
//!
//! It never repairs: text that does not have the safe form is a mistake in its source.

use crate::text::is_invisible;
use crate::wrap::columns;

/// The widest line that still fits behind the frames of pip and uv at 80 columns.
pub const MAX_COLUMNS: usize = 76;

/// A key and the lines of its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// `Error` or `Error-xx`.
    pub key: String,
    /// The text, line by line.
    pub lines: Vec<String>,
}

/// A line that an installer would not show as it is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Violation {
    /// The index of the entry.
    pub entry: usize,
    /// The index of its line.
    pub line: usize,
    /// The part of the line that is the reason.
    pub excerpt: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// Why a line cannot stand in a marker.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Problem {
    /// C0, C1 or DEL: reaches the terminal as it is.
    ControlCharacter,
    /// U+2028, U+2029, bidirectional marks, U+FEFF.
    InvisibleCharacter,
    /// Every reader strips it.
    OuterSpace,
    /// Every reader drops a line that starts with `#` or `;`.
    CommentSign,
    /// uv up to 0.13.0 cuts the line there.
    CommentSignInError,
    /// uv up to 0.13.0 takes `[` at the start of a line for a section.
    Bracket,
    /// pipenv's rich takes it for markup and swallows it.
    RichTag,
    /// pipenv's rich makes it an emoji.
    Emoji,
    /// Would be shown as `\uNNNN` where the terminal is not UTF-8.
    NotAscii,
    /// Wider than [`MAX_COLUMNS`].
    TooWide,
    /// A value must have text, and neither start nor end with an empty line.
    Empty,
    /// configparser raises on keys that differ in case only.
    DuplicateKey,
}

impl Problem {
    /// What is wrong, as a sentence that goes on after the excerpt.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Problem::ControlCharacter => {
                "is a control character, which installers pass on to the terminal"
            }
            Problem::InvisibleCharacter => {
                "is an invisible character, which installers pass on to the terminal"
            }
            Problem::OuterSpace => {
                "is white space at the start or end of a line, which every installer removes"
            }
            Problem::CommentSign => {
                "at the start of a line makes it a comment, which no installer shows"
            }
            Problem::CommentSignInError => "makes uv up to 0.13.0 drop the rest of the line",
            Problem::Bracket => {
                "at the start of a line makes uv up to 0.13.0 drop the rest of the text"
            }
            Problem::RichTag => "looks like markup to pipenv, which removes it",
            Problem::Emoji => "looks like an emoji to pipenv, which replaces it",
            Problem::NotAscii => {
                "is not ASCII; the English text must be, for terminals that are not UTF-8"
            }
            Problem::TooWide => {
                "is wider than the 76 columns that fit on a terminal behind the installer's frame"
            }
            Problem::Empty => "is empty where a line of text must stand",
            Problem::DuplicateKey => {
                "is a key that differs from another one in case only, which makes pip crash"
            }
        }
    }
}

/// The bytes of a marker, with `Error` first.
///
/// # Errors
///
/// Fails with the first line that does not have the safe form.
pub fn write(entries: &[Entry]) -> Result<Vec<u8>, Violation> {
    let mut seen: Vec<String> = Vec::with_capacity(entries.len());
    let size: usize = entries
        .iter()
        .flat_map(|entry| &entry.lines)
        .map(|line| line.len() + 2)
        .sum();
    let mut marker = String::with_capacity(size + 24 * (entries.len() + 1));
    marker.push_str("[externally-managed]\n");
    for (index, entry) in entries.iter().enumerate() {
        let violation = |line: usize, (problem, excerpt): (Problem, String)| Violation {
            entry: index,
            line,
            excerpt,
            problem,
        };
        let key = entry.key.to_ascii_lowercase();
        if seen.contains(&key) {
            return Err(violation(0, (Problem::DuplicateKey, entry.key.clone())));
        }
        seen.push(key);
        let edge = |line: Option<&String>| line.is_none_or(String::is_empty);
        if edge(entry.lines.first()) || edge(entry.lines.last()) {
            return Err(violation(0, (Problem::Empty, entry.key.clone())));
        }
        marker.push_str(&entry.key);
        marker.push('=');
        for (number, line) in entry.lines.iter().enumerate() {
            check_line(line, entry.key == "Error").map_err(|problem| violation(number, problem))?;
            if number > 0 && !line.is_empty() {
                marker.push(' ');
            }
            marker.push_str(line);
            marker.push('\n');
        }
        if let Some((number, tag)) = tag_over_lines(&entry.lines) {
            return Err(violation(number, (Problem::RichTag, tag)));
        }
    }
    Ok(marker.into_bytes())
}

/// The line on which a tag begins that ends on a later one, and its part there: rich looks at the
/// whole text.
fn tag_over_lines(lines: &[String]) -> Option<(usize, String)> {
    if !lines.iter().any(|line| line.contains('[')) {
        return None;
    }
    let text = lines.join("\n");
    let tag = rich_tag(&text)?;
    let start = text.find(tag)?;
    let first = tag.split('\n').next().unwrap_or(tag);
    Some((text[..start].matches('\n').count(), first.to_owned()))
}

fn check_line(line: &str, is_error: bool) -> Result<(), (Problem, String)> {
    if line
        .bytes()
        .all(|byte| byte == b' ' || byte.is_ascii_alphanumeric() || b".,/-()=_$".contains(&byte))
    {
        // The common case: nothing in it can be misread, so only its edges and width count.
        check_edges(line)?;
        return check_width(line, line.len());
    }
    for character in line.chars() {
        let problem = match character {
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Problem::ControlCharacter,
            invisible if is_invisible(invisible) => Problem::InvisibleCharacter,
            '#' | ';' if is_error => Problem::CommentSignInError,
            _ if is_error && !character.is_ascii() => Problem::NotAscii,
            _ => continue,
        };
        return Err((problem, character.to_string()));
    }
    check_edges(line)?;
    if line.starts_with(['#', ';']) {
        return Err((Problem::CommentSign, line[..1].to_owned()));
    }
    if line.starts_with('[') {
        return Err((Problem::Bracket, "[".to_owned()));
    }
    if let Some(tag) = rich_tag(line) {
        return Err((Problem::RichTag, tag.to_owned()));
    }
    if let Some(emoji) = emoji(line) {
        return Err((Problem::Emoji, emoji.to_owned()));
    }
    check_width(line, columns(line))
}

fn check_edges(line: &str) -> Result<(), (Problem, String)> {
    let edges = [line.chars().next(), line.chars().next_back()];
    match edges
        .into_iter()
        .flatten()
        .find(|character| character.is_whitespace())
    {
        Some(space) => Err((Problem::OuterSpace, space.to_string())),
        None => Ok(()),
    }
}

fn check_width(line: &str, columns: usize) -> Result<(), (Problem, String)> {
    if columns > MAX_COLUMNS {
        return Err((Problem::TooWide, line.to_owned()));
    }
    Ok(())
}

/// What rich takes for a tag: `\[[a-z#/@][^\[]*\]` (rich/markup.py, `RE_TAGS`).
#[must_use]
pub fn rich_tag(line: &str) -> Option<&str> {
    line.match_indices('[').find_map(|(start, _)| {
        let rest = &line[start + 1..];
        let tag =
            rest.starts_with(|first: char| first.is_ascii_lowercase() || "#/@".contains(first));
        let inside = &rest[..rest.find('[').unwrap_or(rest.len())];
        let end = inside.rfind(']')?;
        tag.then(|| &line[start..=start + 1 + end])
    })
}

/// What rich can take for an emoji, `:name:`, by the characters of the names that it knows
/// (`_emoji_replace.py` and `_emoji_codes.py` of rich).
#[must_use]
pub fn emoji(line: &str) -> Option<&str> {
    line.match_indices(':').find_map(|(start, _)| {
        let rest = &line[start + 1..];
        let length = rest.find(':')?;
        let name = &rest[..length];
        let possible = name.starts_with(char::is_alphanumeric)
            && name
                .chars()
                .all(|character| character.is_alphanumeric() || "_-+'’!#&()*.".contains(character));
        possible.then(|| &line[start..start + length + 2])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(lines: &[&str]) -> Result<String, (Problem, String)> {
        in_key("Error-de", lines)
    }

    fn in_key(key: &str, lines: &[&str]) -> Result<String, (Problem, String)> {
        let lines = lines.iter().map(|line| (*line).to_owned()).collect();
        let entry = Entry {
            key: key.to_owned(),
            lines,
        };
        write(&[entry])
            .map(|bytes| String::from_utf8(bytes).expect("UTF-8"))
            .map_err(|violation| (violation.problem, violation.excerpt))
    }

    #[test]
    fn writes_the_safe_form() {
        assert_eq!(
            written(&["a: b", "", "$ c = d", "é"]),
            Ok("[externally-managed]\nError-de=a: b\n\n $ c = d\n é\n".to_owned())
        );
    }

    #[test]
    fn refuses_each_defect() {
        let refused = |line: &str| written(&["x", line]).expect_err(line);
        assert_eq!(
            refused("a\tb"),
            (Problem::ControlCharacter, "\t".to_owned())
        );
        assert_eq!(
            refused("a\u{1b}[1m"),
            (Problem::ControlCharacter, "\u{1b}".to_owned())
        );
        assert_eq!(
            refused("a\nb"),
            (Problem::ControlCharacter, "\n".to_owned())
        );
        assert_eq!(
            refused("a\u{85}b"),
            (Problem::ControlCharacter, "\u{85}".to_owned())
        );
        assert_eq!(
            refused("a\u{202e}b"),
            (Problem::InvisibleCharacter, "\u{202e}".to_owned())
        );
        assert_eq!(refused(" a"), (Problem::OuterSpace, " ".to_owned()));
        assert_eq!(
            refused("a\u{3000}"),
            (Problem::OuterSpace, "\u{3000}".to_owned())
        );
        assert_eq!(refused("# a"), (Problem::CommentSign, "#".to_owned()));
        assert_eq!(refused(";a"), (Problem::CommentSign, ";".to_owned()));
        assert_eq!(refused("[a"), (Problem::Bracket, "[".to_owned()));
        assert_eq!(
            refused("pip install a[b]"),
            (Problem::RichTag, "[b]".to_owned())
        );
        assert_eq!(
            refused("a [/usr] b"),
            (Problem::RichTag, "[/usr]".to_owned())
        );
        assert_eq!(
            refused("a :mrs._claus: b"),
            (Problem::Emoji, ":mrs._claus:".to_owned())
        );
        assert_eq!(
            refused("a :snake: b"),
            (Problem::Emoji, ":snake:".to_owned())
        );
        assert_eq!(refused(&"a".repeat(77)).0, Problem::TooWide);
        assert_eq!(refused(&"字".repeat(39)).0, Problem::TooWide);
        assert_eq!(
            in_key("Error", &["a#b"]),
            Err((Problem::CommentSignInError, "#".to_owned()))
        );
        assert_eq!(
            in_key("Error", &["a;b"]),
            Err((Problem::CommentSignInError, ";".to_owned()))
        );
        assert_eq!(
            in_key("Error", &["é"]),
            Err((Problem::NotAscii, "é".to_owned()))
        );
        assert_eq!(
            written(&["a [b", "", "c] d"]).expect_err("tag"),
            (Problem::RichTag, "[b".to_owned())
        );
        assert_eq!(written(&[]).expect_err("empty").0, Problem::Empty);
        assert_eq!(written(&["", "a"]).expect_err("empty").0, Problem::Empty);
        assert_eq!(written(&["a", ""]).expect_err("empty").0, Problem::Empty);
    }

    #[test]
    fn takes_what_only_looks_dangerous() {
        for line in [
            "a # b; c",
            "a [B] c",
            "a [1] c",
            "https://x:80/",
            "a: b: c",
            "::",
            &"a".repeat(76),
            &"字".repeat(38),
        ] {
            assert!(written(&["x", line]).is_ok(), "{line}");
        }
    }

    #[test]
    fn refuses_keys_that_differ_in_case_only() {
        let entry = |key: &str| Entry {
            key: key.to_owned(),
            lines: vec!["x".to_owned()],
        };
        let violation = write(&[entry("Error"), entry("error")]).expect_err("duplicate");
        assert_eq!(
            (violation.entry, violation.problem),
            (1, Problem::DuplicateKey)
        );
    }
}
