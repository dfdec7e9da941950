//! What happens to text on a standard error that is not UTF-8: Python's `backslashreplace`.

use std::fmt::Write as _;

use crate::locale::alias::is_utf8;

/// The first minor version whose UTF-8 mode is on by itself (PEP 686).
const UTF8_MODE: u16 = 15;

/// The characters of ISO-8859-15 that ISO-8859-1 has not, and the bytes that they took.
const LATIN_9: [(char, char); 8] = [
    ('€', '\u{a4}'),
    ('Š', '\u{a6}'),
    ('š', '\u{a8}'),
    ('Ž', '\u{b4}'),
    ('ž', '\u{b8}'),
    ('Œ', '\u{bc}'),
    ('œ', '\u{bd}'),
    ('Ÿ', '\u{be}'),
];

/// A character set, as far as it matters which characters it has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Charset {
    /// Has every character.
    Utf8,
    /// Has ASCII alone.
    Ascii,
    /// ISO-8859-1.
    Latin1,
    /// ISO-8859-15.
    Latin9,
    /// Has ASCII; what else, we do not know.
    Other,
}

impl Charset {
    /// The character set of the standard error of Python 3.`minor` in a locale of this one.
    #[must_use]
    pub fn new(name: &str, minor: u16) -> Charset {
        let folded = name.to_ascii_lowercase();
        if minor >= UTF8_MODE || is_utf8(&folded) {
            return Charset::Utf8;
        }
        match folded.replace(['-', '_'], "").as_str() {
            "ascii" | "usascii" | "ansix3.41968" => Charset::Ascii,
            "iso88591" | "latin1" => Charset::Latin1,
            "iso885915" | "latin9" => Charset::Latin9,
            _ => Charset::Other,
        }
    }

    fn has(self, character: char) -> bool {
        match self {
            Charset::Utf8 | Charset::Other => true,
            Charset::Ascii => character.is_ascii(),
            Charset::Latin1 => u32::from(character) <= 0xff,
            Charset::Latin9 => {
                LATIN_9.iter().any(|(new, _)| *new == character)
                    || (u32::from(character) <= 0xff
                        && LATIN_9.iter().all(|(_, old)| *old != character))
            }
        }
    }

    /// `text` with everything escaped that the character set has not. Of a set that we do not
    /// know nothing is escaped.
    #[must_use]
    pub fn escape(self, text: &str) -> String {
        let mut escaped = String::with_capacity(text.len());
        for character in text.chars() {
            let code = u32::from(character);
            let _ = match code {
                _ if self.has(character) => escaped.write_char(character),
                0..=0xff => write!(escaped, "\\x{code:02x}"),
                0x100..=0xffff => write!(escaped, "\\u{code:04x}"),
                _ => write!(escaped, "\\U{code:08x}"),
            };
        }
        escaped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_is_missing() {
        for (name, minor, expected) in [
            ("UTF-8", 13, "é€宽\u{1f600}"),
            ("utf8", 13, "é€宽\u{1f600}"),
            ("ISO-8859-1", 13, "é\\u20ac\\u5bbd\\U0001f600"),
            ("ISO8859-15", 13, "é€\\u5bbd\\U0001f600"),
            ("ANSI_X3.4-1968", 13, "\\xe9\\u20ac\\u5bbd\\U0001f600"),
            ("ISO-8859-1", 15, "é€宽\u{1f600}"),
            ("KOI8-R", 13, "é€宽\u{1f600}"),
        ] {
            assert_eq!(
                Charset::new(name, minor).escape("é€宽\u{1f600}"),
                expected,
                "{name}"
            );
        }
    }
}
