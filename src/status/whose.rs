//! Whose words a marker has: ours, those of a distribution that we know, or others.

use crate::data::Data;
use crate::interpreter::Interpreter;
use crate::locale::python::Language;
use crate::marker::reader::{NEWEST_PYTHON, Outcome, pip};
use crate::places::Places;
use crate::profile::Profile;
use crate::rendering::{Document, Languages, Renderer};

/// Whose text it is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Whose {
    /// What this version of ours renders for the profile.
    Ours(String),
    /// It names the distribution of a built-in profile.
    Names(String),
    /// None of these.
    Other,
}

/// Whose text `text`, the marker's in English, is.
#[must_use]
pub fn whose(text: &str, interpreter: &Interpreter, data: &Data) -> Whose {
    let profiles: Vec<Profile> = data
        .profile_names()
        .iter()
        .filter_map(|name| Profile::load(name, data).ok())
        .filter(|profile| profile.do_not_mark().is_none())
        .collect();
    let mut named = profiles.iter().filter(|profile| {
        profile
            .text("name")
            .is_some_and(|name| has_word(text, name))
    });
    let Some(first) = named.clone().next() else {
        return Whose::Other;
    };
    match named.find(|profile| ours(&profile.id, interpreter, data).as_deref() == Some(text)) {
        Some(profile) => Whose::Ours(profile.id.clone()),
        None => Whose::Names(first.text("name").unwrap_or(&first.id).to_owned()),
    }
}

/// What we render in English for a profile.
fn ours(profile: &str, interpreter: &Interpreter, data: &Data) -> Option<String> {
    let renderer = Renderer::new(profile, &[Document::Marker], data).ok()?;
    let facts = renderer.facts(interpreter, &Places::default()).ok()?;
    let blocks = renderer
        .blocks(Document::Marker, &facts, interpreter)
        .ok()?;
    let catalogues = renderer.catalogues(&Languages::None).ok()?;
    let bytes = renderer.marker(blocks, &catalogues, &facts).ok()?;
    match pip::read_bytes(&bytes, NEWEST_PYTHON, &Language::new(None)).outcome {
        Outcome::Shows(shown) => Some(shown.text),
        _ => None,
    }
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let after = text[start + word.len()..].chars().next();
        ![before, after]
            .into_iter()
            .flatten()
            .any(char::is_alphanumeric)
    })
}
