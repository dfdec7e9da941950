//! The translations of one language: looked up by the whole English message.

pub mod po;

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use crate::data::MESSAGES;
use crate::diagnostic::Source;
use crate::document::Message;

/// A catalogue as build.rs compiles it: offsets into one text, since a table of pointers would
/// have to be relocated at each start.
#[derive(Debug)]
pub struct Compiled {
    /// The language, `de` or `pt_BR`.
    pub code: &'static str,
    /// Whether a native speaker has reviewed it.
    pub reviewed: bool,
    /// All translations, one after the other, in the order of [`MESSAGES`].
    pub text: &'static str,
    /// Where each translation ends in `text`. An empty translation is a missing one.
    pub ends: &'static [u32],
}

impl Compiled {
    fn get(&self, index: usize) -> Option<&'static str> {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        let text = &self.text[start as usize..self.ends[index] as usize];
        (!text.is_empty()).then_some(text)
    }
}

/// The catalogue of one language, with what data directories laid over it.
#[derive(Debug)]
pub struct Catalogue {
    /// The language, `de` or `pt_BR`.
    pub code: String,
    /// Whether a native speaker has reviewed it.
    pub reviewed: bool,
    compiled: Option<&'static Compiled>,
    overlay: BTreeMap<String, Overlay>,
}

#[derive(Debug)]
struct Overlay {
    text: String,
    source: Rc<Source>,
    span: Range<usize>,
}

impl Catalogue {
    /// The built-in catalogue of a language, or an empty one.
    #[must_use]
    pub fn new(code: &str, compiled: Option<&'static Compiled>) -> Catalogue {
        Catalogue {
            code: code.to_owned(),
            reviewed: compiled.is_some_and(|compiled| compiled.reviewed),
            compiled,
            overlay: BTreeMap::new(),
        }
    }

    /// Lays a catalogue over this one, message by message. An empty or fuzzy translation counts
    /// as missing and hides nothing. Its header speaks for the messages that it has: over built-in
    /// ones, it must have them all to make the language a reviewed one.
    pub fn lay_over(&mut self, (source, catalogue): (Rc<Source>, po::Po)) {
        self.reviewed = catalogue.is_reviewed() && (self.compiled.is_none() || has_all(&catalogue));
        for message in catalogue.messages {
            if !message.fuzzy && !message.msgstr.is_empty() {
                let overlay = Overlay {
                    text: message.msgstr,
                    source: Rc::clone(&source),
                    span: message.msgstr_span,
                };
                self.overlay.insert(message.msgid, overlay);
            }
        }
    }

    /// The translation of the message with the English text `msgid`, if there is one.
    #[must_use]
    pub fn get(&self, msgid: &str) -> Option<&str> {
        self.look_up(msgid, MESSAGES.binary_search(&msgid).ok())
    }

    /// The translation of a message of a document, if there is one.
    #[must_use]
    pub fn translation(&self, message: &Message) -> Option<&str> {
        self.look_up(&message.id, message.place)
    }

    fn look_up(&self, msgid: &str, place: Option<usize>) -> Option<&str> {
        if !self.overlay.is_empty()
            && let Some(overlay) = self.overlay.get(msgid)
        {
            return Some(&overlay.text);
        }
        self.compiled?.get(place?)
    }

    /// Where the translation of a message stands; built-in catalogues have no lines any more.
    #[must_use]
    pub fn place(&self, msgid: &str) -> Option<(Rc<Source>, Range<usize>)> {
        let overlay = self.overlay.get(msgid)?;
        Some((Rc::clone(&overlay.source), overlay.span.clone()))
    }
}

/// Whether a catalogue translates every message.
fn has_all(catalogue: &po::Po) -> bool {
    let translated = catalogue
        .messages
        .iter()
        .filter(|message| !message.fuzzy && !message.msgstr.is_empty())
        .filter(|message| MESSAGES.binary_search(&message.msgid.as_str()).is_ok());
    translated.count() == MESSAGES.len()
}
