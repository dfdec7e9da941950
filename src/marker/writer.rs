//! The only code that emits a marker, and only in the form that all installers read alike:
//! pip 23.0 to 26.3 (CPython's configparser), uv 0.1.12 to 0.13.0 (the crate configparser), uv
//! since 0.13.1 (astral-ini), and pipenv, which prints pip's text through rich markup.
//!
//! It never repairs: text that does not have the safe form is a mistake in its source.

use crate::text::is_invisible;
use crate::wrap::columns;

/// The widest line that still fits behind the frames of pip and uv at 80 columns.
pub const MAX_COLUMNS: usize = 76;

/// The value of a key, line by line, as it stands in a marker. Its parts, which the caller ends,
/// can be taken over into another value without a second look at them.
#[derive(Clone, Debug, Default)]
pub struct Value {
    /// Each line behind the space of a continuation line, if it is not empty.
    text: String,
    /// Where the parts end.
    ends: Vec<usize>,
    /// Whether there may be a `[` in it.
    has_bracket: bool,
}

impl Value {
    /// An empty value with room for so many bytes and parts.
    #[must_use]
    pub fn with_room_for(bytes: usize, parts: usize) -> Value {
        Value {
            text: String::with_capacity(bytes),
            ends: Vec::with_capacity(parts),
            has_bracket: false,
        }
    }

    /// How many bytes it has.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Adds a line; `is_error` if it is for the key `Error`.
    ///
    /// # Errors
    ///
    /// Fails if the line does not have the safe form.
    pub fn push(&mut self, line: &str, is_error: bool) -> Result<(), Fault> {
        self.has_bracket |= check_line(line, is_error)? & BRACKET != 0;
        if !line.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(line);
        self.text.push('\n');
        Ok(())
    }

    /// Ends a part.
    pub fn end_part(&mut self) {
        self.ends.push(self.text.len());
    }

    /// Adds a part of another value for the same key.
    pub fn push_part_of(&mut self, other: &Value, part: usize) {
        let start = if part == 0 { 0 } else { other.ends[part - 1] };
        self.text.push_str(&other.text[start..other.ends[part]]);
        self.has_bracket |= other.has_bracket;
        self.end_part();
    }

    /// How many parts it has.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.ends.len()
    }

    /// The lines as an installer shows them.
    fn shown(&self) -> String {
        let lines = self.text.lines();
        let lines: Vec<&str> = lines
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect();
        lines.join("\n")
    }
}

/// A reason why a text cannot stand in a marker, and the part of it that is the reason.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// What is wrong.
    pub problem: Problem,
    /// With what.
    pub excerpt: String,
}

/// A value or key that an installer would not show as it is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Violation {
    /// The index of the entry.
    pub entry: usize,
    /// The index of the part of its value.
    pub part: usize,
    /// The reason.
    pub fault: Fault,
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

/// The bytes of a marker with these keys and values, of which `Error` is the first.
///
/// # Errors
///
/// Fails for keys that are there twice, for values without text, and for those in which a tag of
/// rich goes over several lines.
pub fn write(entries: &[(&str, &Value)]) -> Result<Vec<u8>, Violation> {
    let mut seen: Vec<String> = Vec::with_capacity(entries.len());
    let size: usize = entries
        .iter()
        .map(|(key, value)| key.len() + value.text.len())
        .sum();
    let mut marker = String::with_capacity(HEADER.len() + size);
    marker.push_str(HEADER);
    for (entry, (key, value)) in entries.iter().enumerate() {
        let violation = |part: usize, problem: Problem, excerpt: &str| Violation {
            entry,
            part,
            fault: fault(problem, excerpt),
        };
        let folded = key.to_ascii_lowercase();
        if seen.contains(&folded) {
            return Err(violation(0, Problem::DuplicateKey, key));
        }
        seen.push(folded);
        // A line that is not empty begins with its space.
        let text = value.text.strip_prefix(' ');
        let Some(text) = text.filter(|text| !text.ends_with("\n\n")) else {
            return Err(violation(0, Problem::Empty, key));
        };
        marker.push_str(key);
        marker.push('=');
        marker.push_str(text);
        if let Some((start, tag)) = tag_over_lines(value) {
            let part = value.ends.iter().position(|end| start < *end);
            return Err(violation(part.unwrap_or(0), Problem::RichTag, &tag));
        }
    }
    Ok(marker.into_bytes())
}

const HEADER: &str = "[externally-managed]\n";

/// Where in the text of the value a tag begins that ends on a later line, and its part on the
/// first one: rich looks at the whole text.
fn tag_over_lines(value: &Value) -> Option<(usize, String)> {
    if !value.has_bracket {
        return None;
    }
    let shown = value.shown();
    let tag = rich_tag(&shown)?;
    let line = shown[..shown.find(tag)?].matches('\n').count();
    let start = value.text.split_inclusive('\n').take(line).map(str::len);
    let first = tag.split('\n').next().unwrap_or(tag);
    Some((start.sum(), first.to_owned()))
}

fn fault(problem: Problem, excerpt: impl Into<String>) -> Fault {
    Fault {
        problem,
        excerpt: excerpt.into(),
    }
}

/// What a line has: a byte of a character that may be a control or invisible one.
const UNFIT: u8 = 1;
/// `#` or `;`.
const SIGN: u8 = 2;
/// `[`.
const BRACKET: u8 = 4;
/// `:`.
const COLON: u8 = 8;
/// A byte of a character that is not ASCII.
const NOT_ASCII: u8 = 16;
/// The first byte of a character that may take two columns.
const WIDE: u8 = 32;

/// What a byte says about its line, so that one pass tells what to look for.
const MARKS: [u8; 256] = {
    let mut marks = [0; 256];
    let mut byte = u8::MAX;
    loop {
        marks[byte as usize] = match byte {
            0..0x20 | 0x7f => UNFIT,
            b'#' | b';' => SIGN,
            b'[' => BRACKET,
            b':' => COLON,
            // The first bytes of U+0080 to U+00BF, U+0600 to U+063F, …
            0xc2 | 0xd8 => UNFIT | NOT_ASCII,
            // … U+2000 to U+2FFF and U+F000 to U+FFFF.
            0xe2 | 0xef => UNFIT | NOT_ASCII | WIDE,
            0x80..=0xe0 => NOT_ASCII,
            0xe1.. => NOT_ASCII | WIDE,
            _ => 0,
        };
        if byte == 0 {
            break marks;
        }
        byte -= 1;
    }
};

/// Checks a line, and gives its marks.
fn check_line(line: &str, is_error: bool) -> Result<u8, Fault> {
    let marks = line
        .bytes()
        .fold(0, |marks, byte| marks | MARKS[usize::from(byte)]);
    let has = |mark: u8| marks & mark != 0;
    if has(UNFIT) || is_error && has(SIGN | NOT_ASCII) {
        check_characters(line, is_error)?;
    }
    check_edges(line)?;
    if has(SIGN) && line.starts_with(['#', ';']) {
        return Err(fault(Problem::CommentSign, &line[..1]));
    }
    if has(BRACKET) && line.starts_with('[') {
        return Err(fault(Problem::Bracket, "["));
    }
    if has(BRACKET)
        && let Some(tag) = rich_tag(line)
    {
        return Err(fault(Problem::RichTag, tag));
    }
    if has(COLON)
        && let Some(emoji) = emoji(line)
    {
        return Err(fault(Problem::Emoji, emoji));
    }
    // No character takes more columns than bytes, and only wide ones more than one.
    let fits = line.len() <= MAX_COLUMNS || !has(WIDE) && line.chars().count() <= MAX_COLUMNS;
    if !fits && columns(line) > MAX_COLUMNS {
        return Err(fault(Problem::TooWide, line));
    }
    Ok(marks)
}

fn check_characters(line: &str, is_error: bool) -> Result<(), Fault> {
    for character in line.chars() {
        let problem = match character {
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Problem::ControlCharacter,
            invisible if is_invisible(invisible) => Problem::InvisibleCharacter,
            '#' | ';' if is_error => Problem::CommentSignInError,
            _ if is_error && !character.is_ascii() => Problem::NotAscii,
            _ => continue,
        };
        return Err(fault(problem, character));
    }
    Ok(())
}

fn check_edges(line: &str) -> Result<(), Fault> {
    let edges = [line.chars().next(), line.chars().next_back()];
    match edges
        .into_iter()
        .flatten()
        .find(|character| character.is_whitespace())
    {
        Some(space) => Err(fault(Problem::OuterSpace, space)),
        None => Ok(()),
    }
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
        let bytes = value(lines, key == "Error")
            .and_then(|value| write(&[(key, &value)]).map_err(|violation| violation.fault));
        bytes
            .map(|bytes| String::from_utf8(bytes).expect("UTF-8"))
            .map_err(|fault| (fault.problem, fault.excerpt))
    }

    /// A value in which each line is a part.
    fn value(lines: &[&str], is_error: bool) -> Result<Value, Fault> {
        let mut value = Value::default();
        for line in lines {
            value.push(line, is_error)?;
            value.end_part();
        }
        Ok(value)
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
    fn bytes_tell_what_characters_are() {
        for character in '\u{0}'..=char::MAX {
            let mut bytes = [0; 4];
            let bytes = character.encode_utf8(&mut bytes).bytes();
            let marks = bytes.fold(0, |marks, byte| marks | MARKS[usize::from(byte)]);
            let cells = crate::wrap::cells(character);
            assert!(cells <= character.len_utf8(), "{character:?}");
            assert!(cells <= 1 || marks & WIDE != 0, "{character:?}");
            if is_invisible(character) || character.is_control() {
                assert!(marks & UNFIT != 0, "{character:?}");
            }
            assert_eq!(
                marks & NOT_ASCII == 0,
                character.is_ascii(),
                "{character:?}"
            );
        }
    }

    #[test]
    fn a_tag_over_lines_is_found_in_its_part() {
        let value = value(&["x", "", "a [b", "", "c] d"], false).expect("safe lines");
        let violation = write(&[("Error", &value)]).expect_err("a tag");
        assert_eq!(violation.part, 2);
        let mut other = Value::default();
        other.push_part_of(&value, 0);
        other.push_part_of(&value, 2);
        other.push_part_of(&value, 4);
        let violation = write(&[("Error", &other)]).expect_err("a tag");
        assert_eq!(violation.part, 1);
    }

    #[test]
    fn parts_can_be_taken_over() {
        let first = value(&["a", "", "b"], false).expect("safe");
        let mut second = Value::default();
        second.push_part_of(&first, 2);
        second.push_part_of(&first, 1);
        second.push_part_of(&first, 0);
        let bytes = write(&[("Error", &second)]).expect("safe");
        assert_eq!(bytes, b"[externally-managed]\nError=b\n\n a\n");
    }

    #[test]
    fn refuses_keys_that_differ_in_case_only() {
        let value = value(&["x"], true).expect("safe");
        let violation = write(&[("Error", &value), ("error", &value)]).expect_err("duplicate");
        assert_eq!(
            (violation.entry, violation.fault.problem),
            (1, Problem::DuplicateKey)
        );
    }
}
