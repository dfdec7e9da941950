//! What a template calls: each call is recorded as a block and leaves its number in the rendered
//! text, from which the blocks are put in their order.

use std::sync::{Mutex, PoisonError};

use tera::{Kwargs, TeraResult};

use super::explain::UNDEFINED;
use crate::catalogue::po;
use crate::document::{Block, Message};
use crate::text::is_invisible;

/// Blocks in one document.
const MAX_BLOCKS: usize = 10_000;

/// What stands around the number of a block in the rendered text.
const MARK: char = '\u{1}';

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
    let mut message = Message {
        id: text_argument(arguments, "msg")?,
        arguments: Vec::new(),
    };
    for (key, value) in arguments.iter() {
        let name = key.to_string();
        if name != "msg" {
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
    record(
        recorded,
        match call {
            "title" => Block::Title(message),
            "heading" => Block::Heading(message),
            _ => Block::Paragraph(vec![message]),
        },
    )
}

pub(super) fn literal(
    recorded: &Mutex<Vec<Block>>,
    call: &str,
    arguments: &Kwargs,
) -> TeraResult<String> {
    let block = match call {
        "command" => Block::Command(text_argument(arguments, "run")?),
        "path" => Block::Path(text_argument(arguments, "name")?),
        _ => Block::Line(text_argument(arguments, "text")?),
    };
    record(recorded, block)
}

/// An argument that must be text. Tera itself would take what is undefined for an empty text.
fn text_argument(arguments: &Kwargs, name: &str) -> TeraResult<String> {
    let value: tera::Value = arguments.must_get(name)?;
    let text = value.as_str().ok_or_else(|| not_text(name))?;
    let unfit = |character: char| character.is_control() || is_invisible(character);
    if text.is_empty() || text.contains(unfit) || text.trim() != text {
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
    let mut after_line_feed = false;
    for line in text.lines() {
        let mut rest = line.trim();
        if rest.is_empty() {
            if after_line_feed && !matches!(blocks.last(), None | Some(Block::Blank)) {
                blocks.push(Block::Blank);
            }
            after_line_feed = true;
            continue;
        }
        after_line_feed = true;
        while !rest.is_empty() {
            let reference = rest
                .strip_prefix(MARK)
                .and_then(|rest| rest.split_once(MARK));
            let Some((number, after)) = reference else {
                return Err(format!(
                    "the template gives words outside of a message: {rest}"
                ));
            };
            let block = number
                .parse::<usize>()
                .ok()
                .and_then(|index| recorded.get_mut(index)?.take());
            match (blocks.last_mut(), block) {
                (_, None) => return Err("the template gives the same block twice".to_owned()),
                (Some(Block::Paragraph(paragraph)), Some(Block::Paragraph(more))) => {
                    paragraph.extend(more);
                }
                (_, Some(block)) => blocks.push(block),
            }
            rest = after.trim_start();
        }
    }
    if matches!(blocks.last(), Some(Block::Blank)) {
        blocks.pop();
    }
    Ok(blocks)
}
