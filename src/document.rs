//! From blocks to the lines of one language.

use std::ops::Range;

use crate::catalogue::Catalogue;
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

/// A line of a document, and the number of the block that it comes from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Line {
    /// The text, without a line feed.
    pub text: String,
    /// The index of the block.
    pub block: usize,
}

/// The lines of the document in the language of `catalogue`, in English if there is none.
#[must_use]
pub fn lay_out(blocks: &[Block], catalogue: Option<&Catalogue>, style: Style) -> Vec<Line> {
    let mut lines = Vec::new();
    let indent = if style == Style::Text { "    " } else { "" };
    for (block, content) in blocks.iter().enumerate() {
        let mut push = |text: String| lines.push(Line { text, block });
        match content {
            Block::Blank => push(String::new()),
            Block::Command(command) => push(format!("{indent}$ {command}")),
            Block::Path(text) | Block::Line(text) => push(format!("{indent}{text}")),
            Block::Paragraph(messages) => {
                let (text, kept) = paragraph(messages, catalogue);
                wrap::wrap(&text, &kept, WIDTH).into_iter().for_each(push);
            }
            Block::Title(message) | Block::Heading(message) => {
                let (text, kept) = paragraph(std::slice::from_ref(message), catalogue);
                let headings = wrap::wrap(&text, &kept, WIDTH);
                let width = headings
                    .iter()
                    .map(|line| wrap::columns(line))
                    .max()
                    .unwrap_or(0);
                headings.into_iter().for_each(&mut push);
                let underline = if matches!(content, Block::Title(_)) {
                    "="
                } else {
                    "-"
                };
                push(underline.repeat(width));
            }
        }
    }
    lines
}

/// Whether the language has any message of the document: without one, there is nothing to write.
#[must_use]
pub fn is_translated(blocks: &[Block], catalogue: &Catalogue) -> bool {
    blocks.iter().any(|block| match block {
        Block::Title(message) | Block::Heading(message) => catalogue.get(&message.id).is_some(),
        Block::Paragraph(messages) => messages
            .iter()
            .any(|message| catalogue.get(&message.id).is_some()),
        _ => false,
    })
}

/// Sentences joined to a paragraph, and the ranges in it that must not be broken: what stands
/// for placeholders.
fn paragraph(messages: &[Message], catalogue: Option<&Catalogue>) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut kept = Vec::new();
    for message in messages {
        if !text.is_empty() && !text.ends_with(wrap::is_full_width_punctuation) {
            text.push(' ');
        }
        let translation = translate(message, catalogue);
        expand(translation, &message.arguments, &mut text, &mut kept);
    }
    (text, kept)
}

/// The message in the language of the catalogue, in English where that lacks it.
#[must_use]
pub fn translate<'m>(message: &'m Message, catalogue: Option<&'m Catalogue>) -> &'m str {
    let translation = catalogue.and_then(|catalogue| catalogue.get(&message.id));
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

/// The document as a text file.
#[must_use]
pub fn text(lines: &[Line]) -> String {
    let mut text = String::with_capacity(lines.iter().map(|line| line.text.len() + 1).sum());
    for line in lines {
        text.push_str(&line.text);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(id: &str, arguments: &[(&str, &str)]) -> Message {
        Message {
            id: id.to_owned(),
            arguments: arguments
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        }
    }

    #[test]
    fn placeholders_are_expanded_once_and_kept_whole() {
        let (text, kept) = paragraph(
            &[
                message("From {distro}{x}.", &[("distro", "{manager} Linux")]),
                message("Next.", &[]),
            ],
            None,
        );
        assert_eq!(text, "From {manager} Linux{x}. Next.");
        assert_eq!(kept, vec![5..20]);
    }

    #[test]
    fn underlines_headings_by_their_width() {
        let lines = lay_out(
            &[
                Block::Heading(message("容器", &[])),
                Block::Command("ls".to_owned()),
            ],
            None,
            Style::Text,
        );
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["容器", "----", "    $ ls"]);
    }
}
