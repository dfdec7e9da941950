//! Who brought a line that no marker can hold: the fact, the translation or the template.

use std::ops::Range;
use std::rc::Rc;

use unicode_width::UnicodeWidthStr as _;

use crate::catalogue::Catalogue;
use crate::diagnostic::{Diagnostic, Source};
use crate::document::{self, Block, Message};
use crate::marker::writer::{Fault, MAX_COLUMNS, Problem};
use crate::profile::Facts;
use crate::template::Templates;
use crate::wrap;

/// Where the offending line comes from.
pub(super) struct Suspects<'s> {
    /// The key in which it stands.
    pub(super) key: &'s str,
    /// The block that it belongs to; none if the text as a whole is wrong.
    pub(super) block: Option<&'s Block>,
    /// The language; none for English.
    pub(super) catalogue: Option<&'s Catalogue>,
    /// The facts of the profile.
    pub(super) facts: &'s Facts<'s>,
    /// The templates of the marker.
    pub(super) templates: &'s Templates,
}

type Found = Option<(Rc<Source>, Range<usize>)>;

impl Suspects<'_> {
    /// The diagnostic for a fault, at its place.
    pub(super) fn blame(&self, fault: &Fault) -> Box<Diagnostic> {
        let diagnostic = Diagnostic::invalid(format!(
            "`{}` {}, in the key {}",
            shorten(&fault.excerpt),
            fault.problem.explanation(),
            self.key
        ));
        let place = match self.block {
            Some(Block::Command(text) | Block::Path(text) | Block::Line(text)) => self
                .facts
                .place_of(text, |value| brings(value, fault))
                .or_else(|| self.templates.place_of(text)),
            Some(Block::Paragraph(messages)) => self.in_messages(messages, fault),
            _ => None,
        };
        match (place, self.catalogue) {
            (Some((source, span)), _) => diagnostic.at(&source, span),
            (None, Some(catalogue)) => diagnostic.in_file(format!("po/{}.po", catalogue.code)),
            (None, None) => diagnostic.in_file(self.templates.root_name()),
        }
    }

    /// Which message of a paragraph it was: by the value of a placeholder, or by its own text.
    fn in_messages(&self, messages: &[Message], fault: &Fault) -> Found {
        let excerpt = fault.excerpt.as_str();
        let mut values = messages
            .iter()
            .flat_map(|message| &message.arguments)
            .map(|(_, value)| value.as_str());
        if let Some(value) = values.find(|value| brings(value, fault)) {
            return self.facts.place_of(value, |part| brings(part, fault));
        }
        let text = |message| document::translate(message, self.catalogue);
        let word = excerpt
            .split(' ')
            .max_by_key(|word| word.len())
            .unwrap_or(excerpt);
        let has_value = |message: &&Message| {
            let mut values = message.arguments.iter().map(|(_, value)| value.as_str());
            values.any(|value| excerpt.contains(value))
        };
        // A right-to-left text keeps Latin words on the line before, also those of other messages.
        let first = messages.first().filter(|message| {
            fault.problem == Problem::TooWide && wrap::is_right_to_left(text(message))
        });
        let message = first
            .or_else(|| {
                messages
                    .iter()
                    .find(|message| text(message).contains(excerpt))
            })
            .or_else(|| messages.iter().find(|message| text(message).contains(word)))
            .or_else(|| messages.iter().find(has_value))?;
        match self
            .catalogue
            .filter(|catalogue| catalogue.get(&message.id).is_some())
        {
            Some(catalogue) => catalogue.place(&message.id),
            None => self.templates.place_of(&message.id),
        }
    }
}

/// Whether a value has what is wrong with a line, or at least half of it.
fn brings(value: &str, fault: &Fault) -> bool {
    let excerpt = fault.excerpt.as_str();
    if fault.problem == Problem::TooWide {
        // A line is too wide by one unbroken word, which most of the line is then.
        return excerpt.contains(value) && value.width() > MAX_COLUMNS / 2;
    }
    // The other end of a tag or an emoji may stand outside of the value.
    let cuts = || {
        excerpt
            .char_indices()
            .map(|(index, _)| excerpt.split_at(index))
            .skip(1)
    };
    value.contains(excerpt)
        || (excerpt.contains(value) && value.contains([':', '[', ']']))
        || cuts().any(|(start, end)| value.ends_with(start) || value.starts_with(end))
}

fn shorten(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}
