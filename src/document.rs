//! From blocks to the lines of one language.

use std::ops::Range;

use crate::catalogue::Catalogue;
use crate::data::MESSAGES;
use crate::wrap;

/// The width of sentences, in display columns.
pub const WIDTH: usize = 72;

/// A message and what its placeholders stand for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Message {
    /// The English text, by which catalogues know it.
    pub id: String,
    /// Placeholders and their values.
    pub arguments: Vec<(String, String)>,
    /// Its place among [`MESSAGES`], looked up once for all languages.
    pub(crate) place: Option<usize>,
}

impl Message {
    /// The message `id` with what its placeholders stand for.
    #[must_use]
    pub fn new(id: String, arguments: Vec<(String, String)>) -> Message {
        Message {
            place: MESSAGES.binary_search(&id.as_str()).ok(),
            id,
            arguments,
        }
    }

    /// The message at a place among [`MESSAGES`].
    pub(crate) fn built_in(place: usize, arguments: Vec<(String, String)>) -> Option<Message> {
        Some(Message {
            id: (*MESSAGES.get(place)?).to_owned(),
            arguments,
            place: Some(place),
        })
    }
}

/// One part of a document, without a language yet.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Block {
    /// The heading of the whole document.
    Title(Message),
    /// The heading of a section.
    Heading(Message),
    /// Sentences, wrapped together.
    Paragraph(Vec<Message>),
    /// Something to type, never broken.
    Command(String),
    /// A path or address, never broken.
    Path(String),
    /// An option, a setting or a line of a file, never broken.
    Line(String),
    /// An empty line.
    Blank,
}

/// How blocks become lines.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Style {
    /// No indentation, since no installer keeps it.
    Marker,
    /// Commands and literal lines indented, headings underlined.
    Text,
}

/// Lays blocks out, with buffers that serve for all of them.
#[derive(Debug, Default)]
pub struct Layout {
    text: String,
    kept: Vec<Range<usize>>,
}

impl Layout {
    /// Calls `push` with each line of a block in the language of `catalogue`, in English if there
    /// is none.
    pub fn lines(
        &mut self,
        block: &Block,
        catalogue: Option<&Catalogue>,
        style: Style,
        mut push: impl FnMut(&str),
    ) {
        let indent = if style == Style::Text { "    " } else { "" };
        match block {
            Block::Blank => push(""),
            Block::Command(command) => push(self.joined(&[indent, "$ ", command])),
            Block::Path(text) | Block::Line(text) => push(self.joined(&[indent, text])),
            Block::Paragraph(messages) => {
                self.paragraph(messages, catalogue);
                wrap::each_line(&self.text, &self.kept, WIDTH, push);
            }
            Block::Title(message) | Block::Heading(message) => {
                self.paragraph(std::slice::from_ref(message), catalogue);
                let mut width = 0;
                wrap::each_line(&self.text, &self.kept, WIDTH, |line| {
                    width = width.max(wrap::columns(line));
                    push(line);
                });
                let underline = if matches!(block, Block::Title(_)) {
                    "="
                } else {
                    "-"
                };
                push(&underline.repeat(width));
            }
        }
    }

    fn joined(&mut self, parts: &[&str]) -> &str {
        self.text.clear();
        self.text.extend(parts.iter().copied());
        &self.text
    }

    /// Joins sentences to a paragraph, and notes the ranges in it that must not be broken: what
    /// stands for placeholders.
    fn paragraph(&mut self, messages: &[Message], catalogue: Option<&Catalogue>) {
        self.text.clear();
        self.kept.clear();
        for message in messages {
            if !self.text.is_empty() && !self.text.ends_with(wrap::is_full_width_punctuation) {
                self.text.push(' ');
            }
            let translation = translate(message, catalogue);
            let arguments = &message.arguments;
            expand(translation, arguments, &mut self.text, &mut self.kept);
        }
    }
}

/// The document as a text in the language of `catalogue`, in English if there is none.
#[must_use]
pub fn text(blocks: &[Block], catalogue: Option<&Catalogue>, style: Style) -> String {
    let mut layout = Layout::default();
    let mut text = String::new();
    for block in blocks {
        layout.lines(block, catalogue, style, |line| {
            text.push_str(line);
            text.push('\n');
        });
    }
    text
}

/// Texts in one language, one after the other: what a block of the one before gave is taken over.
#[derive(Debug)]
pub struct Texts<'c> {
    catalogue: Option<&'c Catalogue>,
    layout: Layout,
    /// The blocks of the text before.
    blocks: Vec<Block>,
    text: String,
    /// Where in it the lines of each block end.
    ends: Vec<usize>,
}

impl<'c> Texts<'c> {
    /// In the language of `catalogue`, in English if there is none.
    #[must_use]
    pub fn new(catalogue: Option<&'c Catalogue>) -> Texts<'c> {
        Texts {
            catalogue,
            layout: Layout::default(),
            blocks: Vec::new(),
            text: String::new(),
            ends: Vec::new(),
        }
    }

    /// The next text.
    pub fn next(&mut self, blocks: Vec<Block>) -> &str {
        let mut text = String::with_capacity(self.text.len());
        let mut ends = Vec::with_capacity(blocks.len());
        for (block, known) in blocks.iter().zip(places_in(&self.blocks, &blocks)) {
            if let Some(place) = known {
                let start = if place == 0 { 0 } else { self.ends[place - 1] };
                text.push_str(&self.text[start..self.ends[place]]);
            } else {
                self.layout
                    .lines(block, self.catalogue, Style::Text, |line| {
                        text.push_str(line);
                        text.push('\n');
                    });
            }
            ends.push(text.len());
        }
        self.blocks = blocks;
        self.text = text;
        self.ends = ends;
        &self.text
    }

    /// The blocks of the last text.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }
}

/// Where each of `blocks` stands in `before`.
#[must_use]
pub fn places_in(before: &[Block], blocks: &[Block]) -> Vec<Option<usize>> {
    // Mostly they are the same ones in the same order.
    let mut next = 0;
    let places = blocks.iter().map(|block| {
        let (passed, coming) = before.split_at(next);
        let is_it = |known: &Block| known == block;
        let place = coming
            .iter()
            .position(is_it)
            .map(|index| next + index)
            .or_else(|| passed.iter().position(is_it));
        next = place.map_or(next, |place| place + 1);
        place
    });
    places.collect()
}

/// Whether the language has any message of the document: without one, there is nothing to write.
#[must_use]
pub fn is_translated(blocks: &[Block], catalogue: &Catalogue) -> bool {
    blocks.iter().any(|block| match block {
        Block::Title(message) | Block::Heading(message) => catalogue.translation(message).is_some(),
        Block::Paragraph(messages) => messages
            .iter()
            .any(|message| catalogue.translation(message).is_some()),
        _ => false,
    })
}

/// The message in the language of the catalogue, in English where that lacks it.
#[must_use]
pub fn translate<'m>(message: &'m Message, catalogue: Option<&'m Catalogue>) -> &'m str {
    let translation = catalogue.and_then(|catalogue| catalogue.translation(message));
    translation.unwrap_or(&message.id)
}

/// Appends `text` with its placeholders replaced; what replaces them is never expanded again.
fn expand(
    text: &str,
    arguments: &[(String, String)],
    out: &mut String,
    kept: &mut Vec<Range<usize>>,
) {
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let argument = rest.find('}').and_then(|close| {
            let (_, value) = arguments.iter().find(|(name, _)| *name == rest[1..close])?;
            Some((close, value))
        });
        if let Some((close, value)) = argument {
            let start = out.len();
            out.push_str(value);
            kept.push(start..out.len());
            rest = &rest[close + 1..];
        } else {
            out.push('{');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(id: &str, arguments: &[(&str, &str)]) -> Message {
        let arguments = arguments
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Message::new(id.to_owned(), arguments.collect())
    }

    #[test]
    fn placeholders_are_expanded_once_and_kept_whole() {
        let messages = [
            message("From {distro}{x}.", &[("distro", "{manager} Linux")]),
            message("Next.", &[]),
        ];
        let mut layout = Layout::default();
        layout.paragraph(&messages, None);
        assert_eq!(layout.text, "From {manager} Linux{x}. Next.");
        assert_eq!(layout.kept, vec![5..20]);
    }

    #[test]
    fn underlines_headings_by_their_width() {
        let blocks = [
            Block::Heading(message("容器", &[])),
            Block::Command("ls".to_owned()),
        ];
        assert_eq!(text(&blocks, None, Style::Text), "容器\n----\n    $ ls\n");
    }

    #[test]
    fn finds_blocks_again() {
        let path = |text: &str| Block::Path(text.to_owned());
        let before = ["a", "b", "c", "d"].map(path);
        let blocks = ["a", "x", "c", "b", "d", "d"].map(path);
        assert_eq!(
            places_in(&before, &blocks),
            [Some(0), None, Some(2), Some(1), Some(3), Some(3)]
        );
    }

    #[test]
    fn texts_do_not_depend_on_those_before() {
        let heading = |id: &str| Block::Heading(message(id, &[]));
        let documents = [
            vec![heading("a"), Block::Blank, heading("b")],
            vec![heading("b"), Block::Path("p".to_owned()), heading("a")],
            vec![],
            vec![heading("b"), heading("b")],
        ];
        let mut texts = Texts::new(None);
        for blocks in documents {
            let expected = text(&blocks, None, Style::Text);
            assert_eq!(texts.next(blocks), expected);
        }
    }
}
