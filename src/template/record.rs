//! What a template calls: each call is recorded as a block and leaves its number in the rendered
//! text, from which the blocks are put in their order.

use std::sync::{Mutex, PoisonError};

use tera::{Kwargs, TeraResult};

use super::explain::UNDEFINED;
use super::short::{ARGUMENT, BLOCKS, MARK, MESSAGE, is_one_line};
use crate::catalogue::po;
use crate::document::{Block, Message};

/// Blocks in one document. Our README has three hundred.
const MAX_BLOCKS: usize = 2_000;

fn record(recorded: &Mutex<Vec<Block>>, block: Block) -> TeraResult<String> {
    let mut recorded = recorded.lock().unwrap_or_else(PoisonError::into_inner);
    if recorded.len() >= MAX_BLOCKS {
        return Err(tera::Error::message("the document has too many blocks"));
    }
    recorded.push(block);
    Ok(format!("{MARK}{}{MARK}", recorded.len() - 1))
}

pub(super) fn message(
    recorded: &Mutex<Vec<Block>>,
    call: &str,
    arguments: &Kwargs,
) -> TeraResult<String> {
    let mut message = Message::new(text_argument(arguments, MESSAGE)?, Vec::new());
    if po::has_too_many_placeholders(&message.id) {
        return Err(tera::Error::message(format!(
            "the message has more than {} placeholders",
            po::MAX_PLACEHOLDERS
        )));
    }
    for (key, value) in arguments.iter() {
        let name = key.to_string();
        if name != MESSAGE {
            let value = value.as_str().ok_or_else(|| not_text(&name))?;
            message.arguments.push((name, value.to_owned()));
        }
    }
    for name in po::placeholders(&message.id) {
        if !message.arguments.iter().any(|(known, _)| known == name) {
            return Err(tera::Error::message(format!(
                "the message has {{{name}}}, but the call does not give `{name}`"
            )));
        }
    }
    record(recorded, with_message(call, message))
}

fn with_message(call: &str, message: Message) -> Block {
    match call {
        "title" => Block::Title(message),
        "heading" => Block::Heading(message),
        _ => Block::Paragraph(vec![message]),
    }
}

pub(super) fn literal(
    recorded: &Mutex<Vec<Block>>,
    call: &str,
    argument: &str,
    arguments: &Kwargs,
) -> TeraResult<String> {
    record(
        recorded,
        with_text(call, text_argument(arguments, argument)?),
    )
}

fn with_text(call: &str, text: String) -> Block {
    match call {
        "command" => Block::Command(text),
        "path" => Block::Path(text),
        _ => Block::Line(text),
    }
}

/// The block of a call that was written out; nothing if a value in it is not one line of text.
fn written_out(reference: &str) -> Option<Block> {
    let (call, text) = reference.split_once(' ')?;
    if BLOCKS.iter().any(|(name, _)| *name == call) {
        return is_one_line(text).then(|| with_text(call, text.to_owned()));
    }
    let mut parts = text.split(ARGUMENT);
    let place = parts.next()?.parse().ok()?;
    let arguments = parts.map(|argument| {
        let (name, value) = argument.split_once('=')?;
        Some((name.to_owned(), value.to_owned()))
    });
    let message = Message::built_in(place, arguments.collect::<Option<_>>()?)?;
    Some(with_message(call, message))
}

/// An argument that must be text. Tera itself would take what is undefined for an empty text.
fn text_argument(arguments: &Kwargs, name: &str) -> TeraResult<String> {
    let value: tera::Value = arguments.must_get(name)?;
    let text = value.as_str().ok_or_else(|| not_text(name))?;
    if !is_one_line(text) {
        return Err(tera::Error::message(format!(
            "the argument `{name}` is not one line of text without white space around it"
        )));
    }
    Ok(text.to_owned())
}

fn not_text(name: &str) -> tera::Error {
    tera::Error::message(format!("{UNDEFINED}{name}` is undefined or not text"))
}

/// The blocks of the rendered text: messages on adjoining lines form a paragraph, an empty line
/// is a blank.
pub(super) fn assemble(
    text: &str,
    recorded: Vec<Block>,
) -> std::result::Result<Vec<Block>, String> {
    let mut recorded: Vec<Option<Block>> = recorded.into_iter().map(Some).collect();
    let mut blocks: Vec<Block> = Vec::new();
    for line in text.lines() {
        let mut rest = line.trim();
        if rest.is_empty() && !matches!(blocks.last(), None | Some(Block::Blank)) {
            blocks.push(Block::Blank);
        }
        while !rest.is_empty() {
            let reference = rest
                .strip_prefix(MARK)
                .and_then(|rest| rest.split_once(MARK));
            let Some((reference, after)) = reference else {
                return Err(format!(
                    "the template gives words outside of a message: {rest}"
                ));
            };
            let block = match reference.parse::<usize>() {
                Ok(index) => recorded
                    .get_mut(index)
                    .and_then(Option::take)
                    .ok_or("the template gives the same block twice")?,
                Err(_) => written_out(reference).ok_or("a value is not one line of text")?,
            };
            match (blocks.last_mut(), block) {
                (Some(Block::Paragraph(paragraph)), Block::Paragraph(more)) => {
                    paragraph.extend(more);
                }
                (_, block) => blocks.push(block),
            }
            rest = after.trim_start();
        }
    }
    if matches!(blocks.last(), Some(Block::Blank)) {
        blocks.pop();
    }
    Ok(blocks)
}
