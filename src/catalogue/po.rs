//! A reader of PO files (GNU gettext manual, "The Format of PO Files") that knows line numbers.
//! It is shared with build.rs, so it uses nothing but the standard library. Plural forms and
//! contexts are refused: guidance has neither.

use std::ops::Range;

use crate::text::is_invisible;

/// No message comes near this, and no translation.
const MAX_TEXT: usize = 16 * 1024;

/// Placeholders in a text, each time counted: each can stand for the longest fact.
pub const MAX_PLACEHOLDERS: usize = 8;

/// What a catalogue holds.
#[derive(Debug, Default)]
pub struct Po {
    /// The header's fields in their order.
    pub header: Vec<(String, String)>,
    /// The messages in their order, without the header.
    pub messages: Vec<Message>,
    /// What is wrong with single translations, in their order.
    pub mistakes: Vec<Error>,
}

/// One message of a catalogue.
#[derive(Debug)]
pub struct Message {
    /// The English text.
    pub msgid: String,
    /// The translation; empty where there is none yet.
    pub msgstr: String,
    /// Whether it is marked as in need of a look: such a translation is not used.
    pub fuzzy: bool,
    /// Where the entry's `msgid` stands.
    pub span: Range<usize>,
    /// Where its `msgstr` stands.
    pub msgstr_span: Range<usize>,
}

/// A mistake in a catalogue.
#[derive(Clone, Debug)]
pub struct Error {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub span: Range<usize>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Po {
    /// The value of a field of the header.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.header
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

impl Po {
    /// Whether the header's `X-Native-Review` names a native speaker who has read all of it.
    #[must_use]
    pub fn is_reviewed(&self) -> bool {
        let field = self
            .field("X-Native-Review")
            .unwrap_or_default()
            .to_ascii_lowercase();
        !matches!(field.as_str(), "" | "none" | "no" | "false" | "pending")
    }
}

/// Reads a catalogue that is to be used.
///
/// # Errors
///
/// Fails like [`read`], and for the first mistake in a translation.
pub fn parse(bytes: &[u8]) -> Result<Po, Error> {
    let mut po = read(bytes)?;
    if po.mistakes.is_empty() {
        Ok(po)
    } else {
        Err(po.mistakes.swap_remove(0))
    }
}

/// Reads a catalogue, and gathers the mistakes in single translations: other placeholders than
/// the message has, line breaks, invisible characters.
///
/// # Errors
///
/// Fails for bytes that are not UTF-8, lines that do not parse and messages that are given twice.
pub fn read(bytes: &[u8]) -> Result<Po, Error> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        fail("the catalogue is not UTF-8", at..at + 1)
    })?;
    if text.starts_with('\u{feff}') {
        let mut error = fail("the catalogue begins with a byte order mark", 0..3);
        error.help = Some("save it as UTF-8 without one".to_owned());
        return Err(error);
    }
    let mut parser = Parser::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        parser.line(line.trim_end_matches(['\n', '\r']), start)?;
        start += line.len();
    }
    parser.finish_entry()?;
    Ok(parser.po)
}

/// Whether a text has more placeholders than one may have.
#[must_use]
pub fn has_too_many_placeholders(text: &str) -> bool {
    text.matches('{').count() > MAX_PLACEHOLDERS
}

/// The names of the placeholders (`{name}`) in `text`, in their order, each once.
#[must_use]
pub fn placeholders(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        let Some(close) = rest.find('}') else { break };
        if !names.contains(&&rest[..close]) {
            names.push(&rest[..close]);
        }
        rest = &rest[close + 1..];
    }
    names
}

fn fail(message: impl Into<String>, span: Range<usize>) -> Error {
    Error {
        message: message.into(),
        span,
        help: None,
    }
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Part {
    #[default]
    None,
    Msgid,
    Msgstr,
}

#[derive(Default)]
struct Parser {
    po: Po,
    part: Part,
    msgid: Option<(String, Range<usize>)>,
    msgstr: Option<(String, Range<usize>)>,
    fuzzy: bool,
    seen: std::collections::BTreeSet<String>,
    header_seen: bool,
}

impl Parser {
    fn line(&mut self, line: &str, start: usize) -> Result<(), Error> {
        let span = start..start + line.len();
        if line.trim().is_empty() {
            return Ok(());
        }
        if let Some(comment) = line.strip_prefix('#') {
            // An entry ends where the comments of the next one begin.
            self.finish_entry()?;
            if comment.starts_with('~') {
                // The flags before an obsolete entry are its own, not those of the next one.
                self.fuzzy = false;
            }
            if let Some(flags) = comment.strip_prefix(',') {
                // gettext parts flags at commas and white space.
                self.fuzzy |= flags.split([',', ' ', '\t']).any(|flag| flag == "fuzzy");
            }
            return Ok(());
        }
        if line.starts_with('"') {
            let text = unquote(line, start)?;
            let target = match self.part {
                Part::Msgid => self.msgid.as_mut(),
                Part::Msgstr => self.msgstr.as_mut(),
                Part::None => None,
            };
            let Some((value, range)) = target else {
                return Err(fail("a text that belongs to no message", span));
            };
            value.push_str(&text);
            range.end = span.end;
            return Ok(());
        }
        let Some((keyword, rest)) = line.split_once(' ') else {
            return Err(fail(
                "expected a keyword and a text in quotation marks",
                span,
            ));
        };
        let value = match keyword {
            "msgid" | "msgstr" => unquote(rest.trim_start(), span.end - rest.trim_start().len())?,
            "msgctxt" | "msgid_plural" => {
                return Err(fail(
                    format!("`{keyword}` is not used in our catalogues"),
                    span,
                ));
            }
            _ => return Err(fail(format!("unknown keyword `{keyword}`"), span)),
        };
        if keyword == "msgid" {
            self.finish_entry_keeping_flags()?;
            self.msgid = Some((value, span));
            self.part = Part::Msgid;
        } else {
            if self.msgid.is_none() || self.msgstr.is_some() {
                return Err(fail("`msgstr` without a `msgid` before it", span));
            }
            self.msgstr = Some((value, span));
            self.part = Part::Msgstr;
        }
        Ok(())
    }

    fn finish_entry_keeping_flags(&mut self) -> Result<(), Error> {
        let fuzzy = self.fuzzy;
        let had_entry = self.msgid.is_some();
        self.finish_entry()?;
        self.fuzzy = fuzzy && !had_entry;
        Ok(())
    }

    fn finish_entry(&mut self) -> Result<(), Error> {
        self.part = Part::None;
        let Some((msgid, span)) = self.msgid.take() else {
            return Ok(());
        };
        let Some((msgstr, msgstr_span)) = self.msgstr.take() else {
            return Err(fail("`msgid` without a `msgstr` after it", span));
        };
        let fuzzy = std::mem::take(&mut self.fuzzy);
        if msgid.is_empty() {
            return self.header(&msgstr, span);
        }
        for (text, span) in [(&msgid, &span), (&msgstr, &msgstr_span)] {
            if text.len() > MAX_TEXT {
                let message = format!("the text is longer than {MAX_TEXT} bytes");
                return Err(fail(message, span.clone()));
            }
        }
        if !self.seen.insert(msgid.clone()) {
            return Err(fail("this message is in the catalogue twice", span));
        }
        if !msgstr.is_empty() && !fuzzy {
            let checked = check_text(&msgstr, &msgstr_span)
                .and_then(|()| check_placeholders(&msgid, &msgstr, &msgstr_span));
            self.po.mistakes.extend(checked.err());
        }
        self.po.messages.push(Message {
            msgid,
            msgstr,
            fuzzy,
            span,
            msgstr_span,
        });
        Ok(())
    }

    fn header(&mut self, text: &str, span: Range<usize>) -> Result<(), Error> {
        if self.header_seen {
            return Err(fail("the catalogue has a second header", span));
        }
        self.header_seen = true;
        for field in text.lines() {
            if let Some((name, value)) = field.split_once(':') {
                self.po
                    .header
                    .push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        let mut types = self
            .po
            .header
            .iter()
            .filter(|(name, _)| name == "Content-Type");
        let is_utf8 = |value: &str| {
            let value = value.to_ascii_lowercase();
            let charset = value
                .split_once("charset=")
                .map(|(_, charset)| charset.trim());
            charset == Some("utf-8")
        };
        if types.any(|(_, value)| !is_utf8(value)) {
            return Err(fail(
                "the catalogue's header does not say charset=UTF-8",
                span,
            ));
        }
        Ok(())
    }
}

/// A translation is one line, like the messages: wrapping would swallow any other white space.
fn check_text(msgstr: &str, span: &Range<usize>) -> Result<(), Error> {
    let problem = if msgstr.contains(['\n', '\r']) {
        "has a line break"
    } else if msgstr.contains(char::is_control) {
        "has a control character"
    } else if msgstr.contains(|character| character != '\u{200b}' && is_invisible(character)) {
        "has an invisible character"
    } else if msgstr.trim() != msgstr || msgstr.contains("  ") {
        "has white space at its start or end, or twice in a row"
    } else {
        return Ok(());
    };
    Err(fail(format!("the translation {problem}"), span.clone()))
}

fn check_placeholders(msgid: &str, msgstr: &str, span: &Range<usize>) -> Result<(), Error> {
    if has_too_many_placeholders(msgid) || has_too_many_placeholders(msgstr) {
        let message = format!("more than {MAX_PLACEHOLDERS} placeholders");
        return Err(fail(message, span.clone()));
    }
    let (wanted, found) = (placeholders(msgid), placeholders(msgstr));
    let braces = |text: &str| text.matches('{').count() == text.matches('}').count();
    let problem = if let Some(missing) = wanted.iter().find(|name| !found.contains(name)) {
        format!("the translation lacks the placeholder {{{missing}}}")
    } else if let Some(unknown) = found.iter().find(|name| !wanted.contains(name)) {
        format!("the translation has the placeholder {{{unknown}}}, which the message has not")
    } else if !braces(msgstr) {
        "the translation has a brace without its partner".to_owned()
    } else {
        return Ok(());
    };
    Err(Error {
        message: problem,
        span: span.clone(),
        help: Some(format!("the message is: {msgid}")),
    })
}

/// The text inside of quotation marks, with C escapes resolved.
fn unquote(line: &str, start: usize) -> Result<String, Error> {
    let span = start..start + line.len();
    let inside = line
        .trim_end()
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .ok_or_else(|| fail("expected a text in quotation marks", span.clone()))?;
    let mut text = String::with_capacity(inside.len());
    let mut characters = inside.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some(escaped @ ('"' | '\\')) => text.push(escaped),
                _ => return Err(fail("unknown escape in a text", span)),
            },
            '"' => {
                return Err(fail(
                    "a quotation mark inside of a text needs a backslash",
                    span,
                ));
            }
            other => text.push(other),
        }
    }
    Ok(text)
}
