//! Wrapping keeps every word, breaks nothing that is kept, and is as narrow as it can be.

use std::ops::Range;

use externally_managed::document::WIDTH;
use externally_managed::wrap::{columns, is_right_to_left, starts_latin, wrap};
use proptest::prelude::*;

use super::generators;
use super::harness::Run;

/// Prose, of which every third part or so is kept: names with spaces. Facts and translations have
/// one line each, without white space around it, and facts have no U+200B.
fn parts() -> impl Strategy<Value = Vec<(String, bool)>> {
    let part = (generators::prose(), prop::bool::weighted(0.3));
    prop::collection::vec(part, 1..6).prop_map(|parts| {
        parts
            .into_iter()
            .map(|(text, kept)| {
                (
                    if kept {
                        one_line(&text.replace('\u{200b}', ""), 40)
                    } else {
                        one_line(&text, 400)
                    },
                    kept,
                )
            })
            .collect()
    })
}

fn one_line(text: &str, length: usize) -> String {
    let ends_line =
        |character: &char| character.is_control() || matches!(character, '\u{2028}' | '\u{2029}');
    let line: String = text
        .chars()
        .filter(|character| !ends_line(character))
        .take(length)
        .collect();
    line.trim().to_owned()
}

fn join(parts: &[(String, bool)]) -> (String, Vec<Range<usize>>) {
    let (mut text, mut kept) = (String::new(), Vec::new());
    for (part, is_kept) in parts.iter().filter(|(part, _)| !part.is_empty()) {
        let start = text.len();
        text.push_str(part);
        if *is_kept {
            kept.push(start..text.len());
        }
        text.push(' ');
    }
    text.pop();
    (text, kept)
}

/// Where each line lies in the text, if they are the text but for the space at breaks and for
/// U+200B.
fn places(text: &str, lines: &[String]) -> Result<Vec<Range<usize>>, String> {
    let mut at = 0;
    let mut places = Vec::new();
    for line in lines {
        at += skipped(&text[at..], &[' ', '\u{200b}']);
        let start = at;
        let mut characters = line.chars().peekable();
        while let Some(character) = characters.next() {
            at += skipped(&text[at..], &['\u{200b}']);
            if !text[at..].starts_with(character) {
                return Err(format!(
                    "{line:?} goes on with {character:?} where the text has {:?}",
                    text[at..].chars().next()
                ));
            }
            at += character.len_utf8();
            // Several spaces may become one.
            if character == ' ' && characters.peek() != Some(&' ') {
                at += skipped(&text[at..], &[' ', '\u{200b}']);
            }
        }
        places.push(start..at);
    }
    match text[at..].trim_matches([' ', '\u{200b}']) {
        "" => Ok(places),
        rest => Err(format!("lost: {rest:?}")),
    }
}

fn skipped(text: &str, characters: &[char]) -> usize {
    text.len() - text.trim_start_matches(characters).len()
}

fn holds(parts: &[(String, bool)]) -> Result<(), String> {
    let (text, kept) = join(parts);
    let lines = wrap(&text, &kept, WIDTH);
    let complain = |what: String| {
        Err(format!(
            "{what}\ntext: {text:?}\nkept: {kept:?}\nlines: {lines:#?}"
        ))
    };
    let places = match places(&text, &lines) {
        Ok(places) => places,
        Err(what) => return complain(what),
    };
    for pair in places.windows(2) {
        let has_both_sides = |range: &&Range<usize>| {
            let visible = |part: &str| !part.trim_matches([' ', '\u{200b}']).is_empty();
            range.start < pair[0].end
                && pair[1].start < range.end
                && visible(&text[range.start.max(pair[0].start)..pair[0].end])
                && visible(&text[pair[1].start..range.end.min(pair[1].end)])
        };
        if let Some(broken) = kept.iter().find(has_both_sides) {
            return complain(format!("broken: {:?}", &text[broken.clone()]));
        }
    }
    for (line, place) in lines.iter().zip(&places) {
        if line.is_empty() {
            return complain("an empty line".to_owned());
        }
        if columns(line) > WIDTH
            && let Some(at) = chance(&text, place, &kept)
        {
            return complain(format!(
                "{line:?} is {} wide but could be broken at {at}",
                columns(line)
            ));
        }
    }
    Ok(())
}

/// Where a line could be broken: at a space or U+200B that the line breaking algorithm allows to
/// break after, outside of what is kept.
fn chance(text: &str, line: &Range<usize>, kept: &[Range<usize>]) -> Option<usize> {
    let right_to_left = is_right_to_left(text);
    let breaks = unicode_linebreak::linebreaks(text)
        .map(|(index, _)| index)
        .filter(|index| !right_to_left || !starts_latin(&text[*index..]));
    let inside = breaks.filter(|index| line.start < *index && *index < line.end);
    let visible = inside.filter(|index| {
        text[..*index].ends_with([' ', '\u{200b}'])
            && !text[line.start..*index]
                .trim_matches([' ', '\u{200b}'])
                .is_empty()
    });
    visible
        .filter(|index| {
            !text[*index..line.end]
                .trim_matches([' ', '\u{200b}'])
                .is_empty()
        })
        .find(|index| {
            !kept
                .iter()
                .any(|range| range.start < *index && *index < range.end)
        })
}

#[test]
fn wrapping_keeps_every_word_and_breaks_only_where_it_may() {
    Run::new("wrap", 4000).check(&parts(), |parts| holds(parts));
}

#[test]
fn plain_lines_are_filled() {
    let words = prop::collection::vec("[a-z/.-]{1,90}", 0..60);
    Run::new("fill", 1000).check(&words, |words| {
        let lines = wrap(&words.join(" "), &[], WIDTH);
        if lines.join(" ") != words.join(" ") {
            return Err(format!("not the same words: {lines:#?}"));
        }
        let wide = lines
            .iter()
            .find(|line| line.len() > WIDTH && line.contains(' '));
        let short = lines.windows(2).find(|pair| {
            pair[0].len() + 1 + pair[1].split(' ').next().unwrap_or("").len() <= WIDTH
        });
        if wide.is_none() && short.is_none() {
            Ok(())
        } else {
            Err(format!(
                "{wide:?} is too wide, or {short:?} fits on one line"
            ))
        }
    });
}
