//! From a profile to the bytes of its documents: what `install` and `render` have in common.

mod blame;
mod markers;

use std::collections::BTreeMap;

use crate::catalogue::Catalogue;
use crate::data::Data;
use crate::diagnostic::{Diagnostic, Result};
use crate::document::{self, Block, Style};
use crate::interpreter::Interpreter;
use crate::locale;
use crate::marker::writer::MAX_COLUMNS;
use crate::places::Places;
use crate::profile::{Facts, Profile};
use crate::template::Templates;

pub use markers::Markers;

/// What can be rendered.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Document {
    /// The `EXTERNALLY-MANAGED` file.
    Marker,
    /// The README that the marker names.
    Readme,
    /// The entry for the distribution's news.
    News,
}

impl Document {
    fn template(self) -> &'static str {
        match self {
            Document::Marker => "marker.tera",
            Document::Readme => "readme.tera",
            Document::News => "news.tera",
        }
    }
}

/// Which languages a document gets beside English.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Languages {
    /// Every language that has a catalogue.
    All,
    /// Those that a native speaker has reviewed.
    Reviewed,
    /// English only.
    None,
    /// These.
    List(Vec<String>),
}

impl Languages {
    /// Reads `all`, `reviewed`, `none`, or languages with commas between them.
    ///
    /// # Errors
    ///
    /// Fails for what is not spelt like a language.
    pub fn parse(text: &str) -> std::result::Result<Languages, String> {
        match text {
            "all" => Ok(Languages::All),
            "reviewed" => Ok(Languages::Reviewed),
            "none" => Ok(Languages::None),
            list => parse_list(list).map(Languages::List),
        }
    }
}

/// Reads languages with commas between them.
///
/// # Errors
///
/// Fails for what is not spelt like a language.
pub fn parse_list(text: &str) -> std::result::Result<Vec<String>, String> {
    text.split(',')
        .map(|language| {
            if locale::is_language(language) {
                Ok(language.to_owned())
            } else {
                Err(format!("`{language}` is not a language; write it as a locale does, for example de or pt_BR"))
            }
        })
        .collect()
}

/// Renders the documents of one profile; templates are compiled and catalogues loaded once.
#[derive(Debug)]
pub struct Renderer<'d> {
    data: &'d Data,
    /// The profile.
    pub profile: Profile,
    templates: BTreeMap<Document, Templates>,
}

impl<'d> Renderer<'d> {
    /// A renderer for `documents` of `profile`.
    ///
    /// # Errors
    ///
    /// Fails if the profile or a template is not valid.
    pub fn new(profile: &str, documents: &[Document], data: &'d Data) -> Result<Renderer<'d>> {
        let profile = Profile::load(profile, data)?;
        let mut templates = BTreeMap::new();
        for document in documents {
            templates.insert(*document, Templates::load(document.template(), data)?);
        }
        Ok(Renderer {
            data,
            profile,
            templates,
        })
    }

    /// The facts for an interpreter, with what the command line says about places.
    ///
    /// # Errors
    ///
    /// Fails for an interpreter whose place is not known, and for a `--readme` that is too long.
    pub fn facts(&self, interpreter: &Interpreter, places: &Places) -> Result<Facts<'_>> {
        let mut facts = self
            .profile
            .facts_for(interpreter, places.stdlib.as_deref())?;
        let readme = match (&places.readme, facts.text("readme")) {
            (Some(readme), _) => {
                let readme = facts.python.expand(readme);
                if readme.len() > MAX_COLUMNS {
                    let message =
                        format!("--readme: `{readme}` is too long for a line of the marker");
                    return Err(Diagnostic::usage(message)
                        .help(format!("it must fit into {MAX_COLUMNS} columns")));
                }
                // Who names a README wants it to be named, and not a page in its place.
                if readme != "none" {
                    facts.set("help_url", None);
                }
                readme
            }
            (None, Some("none")) => "none".to_owned(),
            (None, Some(_)) => return Ok(facts),
            (None, None) => {
                let stdlib = facts.python.get("stdlib").unwrap_or_default();
                format!("{stdlib}/README.venv")
            }
        };
        facts.set("readme", (readme != "none").then_some(readme));
        Ok(facts)
    }

    /// The catalogues of the chosen languages, without English.
    ///
    /// # Errors
    ///
    /// An unknown language is a mistake in usage; a catalogue of a data directory that is not
    /// valid is reported at its place.
    pub fn catalogues(&self, languages: &Languages) -> Result<Vec<Catalogue>> {
        let mut catalogues: Vec<Catalogue> = match languages {
            Languages::None => Vec::new(),
            Languages::All | Languages::Reviewed => {
                let all = self.data.languages();
                all.iter()
                    .map(|language| self.data.catalogue(language))
                    .collect::<Result<_>>()?
            }
            Languages::List(list) => self.chosen(list)?,
        };
        if *languages == Languages::Reviewed {
            catalogues.retain(|catalogue| catalogue.reviewed);
        }
        Ok(catalogues)
    }

    /// The catalogues of a list of languages, each once.
    fn chosen(&self, list: &[String]) -> Result<Vec<Catalogue>> {
        let known = self.data.languages();
        let mut catalogues: Vec<Catalogue> = Vec::with_capacity(list.len());
        for language in list {
            let has = |catalogue: &Catalogue| catalogue.code == *language;
            if language == locale::ENGLISH || catalogues.iter().any(has) {
                continue;
            }
            if !known.contains(language) {
                return Err(Diagnostic::usage(format!(
                    "there is no catalogue for the language `{language}`"
                ))
                .help(format!("known languages: en, {}", known.join(", "))));
            }
            catalogues.push(self.data.catalogue(language)?);
        }
        Ok(catalogues)
    }

    /// The languages that the profile wants in its marker.
    #[must_use]
    pub fn default_languages(&self) -> Languages {
        match self.profile.list("languages") {
            [] => self
                .profile
                .text("languages")
                .and_then(|text| Languages::parse(text).ok())
                .unwrap_or(Languages::All),
            list => Languages::List(list.to_vec()),
        }
    }

    /// The blocks of a document, which hold for every language.
    ///
    /// # Errors
    ///
    /// Fails if the template asks for a fact that the profile does not give.
    ///
    /// # Panics
    ///
    /// If the renderer was not made for this document.
    pub fn blocks(
        &self,
        document: Document,
        facts: &Facts<'_>,
        interpreter: &Interpreter,
    ) -> Result<Vec<Block>> {
        self.templates[&document].render(facts, interpreter)
    }

    /// The bytes of the marker in English and in the languages of `catalogues`.
    ///
    /// # Errors
    ///
    /// Fails, naming the fact, translation or template, if a line has not the safe form.
    pub fn marker(
        &self,
        blocks: Vec<Block>,
        catalogues: &[Catalogue],
        facts: &Facts<'_>,
    ) -> Result<Vec<u8>> {
        Markers::new(self, catalogues).next(blocks, facts)
    }

    /// The text of a README or news in one language, English without a catalogue.
    #[must_use]
    pub fn text(blocks: &[Block], catalogue: Option<&Catalogue>) -> Vec<u8> {
        document::text(blocks, catalogue, Style::Text).into_bytes()
    }
}
