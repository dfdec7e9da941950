//! The markers of one call, for one interpreter after the other: the next one has most blocks of
//! the one before, and what they give in a language is taken over.

use super::blame::Suspects;
use super::{Document, Renderer};
use crate::catalogue::Catalogue;
use crate::diagnostic::{Diagnostic, Result};
use crate::document::{self, Block, Layout, Style};
use crate::locale;
use crate::marker::writer::{self, Fault, Value};
use crate::profile::Facts;

/// Writes markers in English and in the languages of some catalogues.
#[derive(Debug)]
pub struct Markers<'r> {
    renderer: &'r Renderer<'r>,
    layout: Layout,
    /// English first.
    languages: Vec<Language<'r>>,
    /// The keys of the marker before, and the index of the language of each.
    keys: Vec<(String, usize)>,
    /// Its blocks.
    blocks: Vec<Block>,
}

#[derive(Debug)]
struct Language<'r> {
    /// None for English.
    catalogue: Option<&'r Catalogue>,
    /// Whether the marker before had it.
    is_there: bool,
    /// What its blocks gave.
    value: Value,
}

impl<'r> Markers<'r> {
    /// For a renderer that knows the templates of markers.
    #[must_use]
    pub fn new(renderer: &'r Renderer<'_>, catalogues: &'r [Catalogue]) -> Markers<'r> {
        let catalogues = std::iter::once(None).chain(catalogues.iter().map(Some));
        let languages = catalogues.map(|catalogue| Language {
            catalogue,
            is_there: false,
            value: Value::default(),
        });
        Markers {
            renderer,
            layout: Layout::default(),
            languages: languages.collect(),
            keys: Vec::new(),
            blocks: Vec::new(),
        }
    }

    /// The bytes of the next marker.
    ///
    /// # Errors
    ///
    /// Fails, naming the fact, translation or template, if a line has not the safe form.
    pub fn next(&mut self, blocks: Vec<Block>, facts: &Facts<'_>) -> Result<Vec<u8>> {
        self.choose_languages(&blocks);
        let known = document::places_in(&self.blocks, &blocks);
        self.blocks = blocks;
        for index in 0..self.languages.len() {
            let language = &mut self.languages[index];
            if !language.is_there {
                language.value = Value::default();
                continue;
            }
            let outcome = language.lay_out(&self.blocks, &known, &mut self.layout);
            if let Err((block, fault)) = outcome {
                let diagnostic = self.blame(index, block, &fault, facts);
                // Some values are of these blocks and some are not: none can be taken over.
                self.blocks.clear();
                return Err(diagnostic);
            }
        }
        let entries: Vec<(&str, &Value)> = self
            .keys
            .iter()
            .map(|(key, language)| (key.as_str(), &self.languages[*language].value))
            .collect();
        writer::write(&entries).map_err(|violation| {
            let (_, language) = self.keys[violation.entry];
            self.blame(language, violation.part, &violation.fault, facts)
        })
    }

    /// English, and the languages that have something to say; and the keys for them.
    fn choose_languages(&mut self, blocks: &[Block]) {
        let mut is_new = self.keys.is_empty();
        for language in &mut self.languages {
            let is_there = language
                .catalogue
                .is_none_or(|catalogue| document::is_translated(blocks, catalogue));
            is_new |= is_there != language.is_there;
            language.is_there = is_there;
        }
        if !is_new {
            return;
        }
        let codes: Vec<&str> = self
            .languages
            .iter()
            .filter(|language| language.is_there)
            .filter_map(Language::code)
            .collect();
        self.keys = vec![("Error".to_owned(), 0)];
        for (key, code) in locale::keys(&codes) {
            let language = self
                .languages
                .iter()
                .position(|language| language.code() == Some(code));
            self.keys
                .push((format!("Error-{key}"), language.unwrap_or_default()));
        }
    }

    fn blame(
        &self,
        language: usize,
        block: usize,
        fault: &Fault,
        facts: &Facts<'_>,
    ) -> Box<Diagnostic> {
        let key = self.keys.iter().find(|(_, known)| *known == language);
        let suspects = Suspects {
            key: key.map_or("Error", |(key, _)| key),
            block: self.blocks.get(block),
            catalogue: self.languages[language].catalogue,
            facts,
            templates: &self.renderer.templates[&Document::Marker],
        };
        suspects.blame(fault)
    }
}

/// No text of ours is much larger in any language.
const MOST_BYTES: usize = 2048;

impl Language<'_> {
    fn code(&self) -> Option<&str> {
        self.catalogue.map(|catalogue| catalogue.code.as_str())
    }

    /// Makes the value anew; `known` tells for each block which part of the old one it gave.
    ///
    /// # Errors
    ///
    /// Fails with the index of the block that gives a line that has not the safe form.
    fn lay_out(
        &mut self,
        blocks: &[Block],
        known: &[Option<usize>],
        layout: &mut Layout,
    ) -> std::result::Result<(), (usize, Fault)> {
        let room = self.value.bytes().max(MOST_BYTES);
        let mut value = Value::with_room_for(room, blocks.len());
        for (index, block) in blocks.iter().enumerate() {
            if let Some(part) = known[index].filter(|part| *part < self.value.parts()) {
                value.push_part_of(&self.value, part);
                continue;
            }
            let mut outcome = Ok(());
            layout.lines(block, self.catalogue, Style::Marker, |line| {
                if outcome.is_ok() {
                    outcome = value.push(line, self.catalogue.is_none());
                }
            });
            outcome.map_err(|fault| (index, fault))?;
            value.end_part();
        }
        self.value = value;
        Ok(())
    }
}
