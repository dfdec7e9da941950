//! What keeps a template of a data directory from running for ever, or from filling the memory.
//! Tera has no limit for either, so a template has only what takes its own length: conditions,
//! includes and calls of our functions. No loop, since loops within loops have no end that
//! anybody waits for; no assignment and no filter, since a text that is doubled forty times is a
//! terabyte; no component, which can call itself.

use std::collections::BTreeMap;
use std::ops::Range;

use super::scan::{Error, Token, is_test};

/// The tags that a template can have.
const TAGS: [&str; 5] = ["if", "elif", "else", "endif", "include"];

/// What joins facts and texts: calls, comparisons, `~`, and `-` beside the braces.
const SIGNS: &str = "(),=!<>~-";

/// Words and signs in one tag. Tera's parser and compiler call themselves for most of them.
const MAX_TOKENS: usize = 200;

/// Conditions within conditions, `elif` counted as one within the other: so Tera sees it.
const MAX_CONDITIONS: usize = 32;

/// The templates of a document with all that they include, each as often as it is included. Ours
/// has fifteen.
const MAX_INCLUDES: usize = 200;

/// Keeps count over the tags of a template.
#[derive(Default)]
pub(super) struct Bounds {
    /// The branches of each open `if`.
    open: Vec<usize>,
}

impl Bounds {
    /// Refuses a tag that could take more than its own length. `known` tells our functions.
    pub(super) fn check(
        &mut self,
        text: &str,
        tokens: &[Token],
        is_output: bool,
        span: &Range<usize>,
        known: impl Fn(&str) -> bool,
    ) -> Result<(), Error> {
        let refused = |message: String, help: &'static str| {
            let span = span.clone();
            Err(Error {
                message,
                span,
                help,
            })
        };
        if tokens.len() > MAX_TOKENS {
            let message = format!("a tag of more than {MAX_TOKENS} words and signs");
            return refused(message, "part it");
        }
        let first = tokens.iter().find_map(|token| match token {
            Token::Word(word) => Some(&text[word.clone()]),
            _ => None,
        });
        if !is_output {
            let tag = first.unwrap_or_default();
            if !TAGS.contains(&tag) {
                let message = format!("a template cannot have the tag `{tag}`");
                return refused(message, "known are if, elif, else, endif and include");
            }
            self.count(tag);
            if self.open.iter().sum::<usize>() > MAX_CONDITIONS {
                let message = format!("more than {MAX_CONDITIONS} conditions within each other");
                return refused(message, "part them, or the template");
            }
        }
        for (index, token) in tokens.iter().enumerate() {
            match token {
                Token::Sign(sign) if !SIGNS.contains(*sign) && !sign.is_ascii_digit() => {
                    let message = format!("a template cannot have the sign `{sign}` in a tag");
                    let help = "there are no filters, lists, mappings and escapes; facts come as they are in the profile";
                    return refused(message, help);
                }
                Token::Text(range) if text[range.clone()].contains('\\') => {
                    let help = "use the other kind of quotation marks";
                    return refused("a template has no escapes in texts".to_owned(), help);
                }
                Token::Word(range) => {
                    let word = &text[range.clone()];
                    let call = matches!(tokens.get(index + 1), Some(Token::Sign('(')));
                    if word == "for" {
                        return refused("a template cannot have loops".to_owned(), "write it out");
                    }
                    let grouped = ["and", "or", "not", "in", "if", "elif"].contains(&word);
                    if call && !grouped && !known(word) && !is_test(text, &tokens[..index]) {
                        return Err(Error {
                            message: format!("unknown function `{word}`"),
                            span: range.clone(),
                            help: "known are _, title, heading, command, path and line",
                        });
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn count(&mut self, tag: &str) {
        match tag {
            "if" => self.open.push(1),
            "endif" => {
                self.open.pop();
            }
            "elif" => {
                if let Some(branches) = self.open.last_mut() {
                    *branches += 1;
                }
            }
            _ => {}
        }
    }
}

/// Why templates cannot include each other in this way.
pub(super) enum Endless<'t> {
    /// They come back to the first of these.
    Circle(Vec<&'t str>),
    /// They are too many.
    TooMany,
}

/// Counts the templates below `root`, each as often as it is included.
pub(super) fn count_includes<'t>(
    root: &'t str,
    includes: &'t BTreeMap<String, Vec<String>>,
) -> Result<(), Endless<'t>> {
    let mut counted = BTreeMap::new();
    count_below(root, includes, &mut counted, &mut Vec::new()).map(drop)
}

fn count_below<'t>(
    name: &'t str,
    includes: &'t BTreeMap<String, Vec<String>>,
    counted: &mut BTreeMap<&'t str, usize>,
    above: &mut Vec<&'t str>,
) -> Result<usize, Endless<'t>> {
    if let Some(count) = counted.get(name) {
        return Ok(*count);
    }
    if let Some(start) = above.iter().position(|known| *known == name) {
        let mut circle = above[start..].to_vec();
        circle.push(name);
        return Err(Endless::Circle(circle));
    }
    above.push(name);
    let mut count = 1_usize;
    for included in includes.get(name).into_iter().flatten() {
        count = count.saturating_add(count_below(included, includes, counted, above)?);
    }
    above.pop();
    if count > MAX_INCLUDES {
        return Err(Endless::TooMany);
    }
    counted.insert(name, count);
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(pairs: &[(&str, &[&str])]) -> String {
        let includes = pairs
            .iter()
            .map(|(name, list)| {
                let list = list.iter().map(|name| (*name).to_owned()).collect();
                ((*name).to_owned(), list)
            })
            .collect();
        match count_includes("a", &includes) {
            Ok(()) => "fine".to_owned(),
            Err(Endless::Circle(names)) => names.join(" -> "),
            Err(Endless::TooMany) => "too many".to_owned(),
        }
    }

    #[test]
    fn includes_end() {
        assert_eq!(counted(&[("a", &["b", "c", "b"]), ("b", &["c"])]), "fine");
        assert_eq!(
            counted(&[("a", &["b"]), ("b", &["c"]), ("c", &["b"])]),
            "b -> c -> b"
        );
        assert_eq!(counted(&[("a", &["a"])]), "a -> a");
        let doubled: Vec<(String, String)> = ('a'..='y')
            .zip('b'..='z')
            .map(|(one, next)| (one.to_string(), next.to_string()))
            .collect();
        let next: Vec<[&str; 2]> = doubled.iter().map(|(_, next)| [next.as_str(); 2]).collect();
        let pairs: Vec<(&str, &[&str])> = doubled
            .iter()
            .zip(&next)
            .map(|((one, _), next)| (one.as_str(), next.as_slice()))
            .collect();
        assert_eq!(counted(&pairs), "too many");
    }
}
