//! What there is in each language: how complete its catalogue is, and what it adds to the
//! documents of a profile.

use crate::catalogue::Catalogue;
use crate::data::{Data, MESSAGES};
use crate::diagnostic::{Diagnostic, Result};
use crate::document::Block;
use crate::interpreter::Interpreter;
use crate::locale::{self, ENGLISH};
use crate::places::Places;
use crate::profile::Facts;
use crate::rendering::{Document, Renderer};

/// What there is in one language.
#[derive(Debug)]
pub struct Language {
    /// The language, `de` or `pt_BR`.
    pub code: String,
    /// The keys of the marker that have its text.
    pub keys: Vec<String>,
    /// How many of [`MESSAGES`] have a translation.
    pub translated: usize,
    /// Whether a native speaker has reviewed it.
    pub reviewed: bool,
    /// What it takes in the documents, if there are any.
    pub sizes: Option<Sizes>,
}

/// The bytes that a language takes.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// All its entries in the marker.
    pub marker: usize,
    /// The README; nothing if the profile has none.
    pub readme: Option<usize>,
}

/// English, and every language that has a catalogue; with sizes if there are documents. And what is
/// wrong with the catalogues that are left out, since they are not valid.
///
/// # Errors
///
/// Fails for documents that cannot be rendered.
pub fn languages(
    data: &Data,
    documents: Option<&Documents<'_>>,
) -> Result<(Vec<Language>, Vec<Diagnostic>)> {
    let mut catalogues = Vec::new();
    let mut broken = Vec::new();
    for language in data.languages() {
        match data.catalogue(&language) {
            Ok(catalogue) => catalogues.push(catalogue),
            Err(error) => broken.push(*error),
        }
    }
    let languages: Vec<&str> = catalogues
        .iter()
        .map(|catalogue| catalogue.code.as_str())
        .collect();
    let keys = locale::keys(&languages);
    let marker = match documents {
        Some(documents) => documents.marker(&catalogues)?,
        None => Vec::new(),
    };
    let mut rows = vec![Language {
        code: ENGLISH.to_owned(),
        keys: vec!["Error".to_owned()],
        translated: MESSAGES.len(),
        reviewed: true,
        sizes: documents.map(|documents| Sizes {
            marker: size(&marker, "Error"),
            readme: documents.readme(None),
        }),
    }];
    for catalogue in &catalogues {
        let keys: Vec<String> = keys
            .iter()
            .filter(|(_, language)| **language == catalogue.code)
            .map(|(key, _)| format!("Error-{key}"))
            .collect();
        let sizes = documents.map(|documents| Sizes {
            marker: keys.iter().map(|key| size(&marker, key)).sum(),
            readme: documents.readme(Some(catalogue)),
        });
        rows.push(Language {
            code: catalogue.code.clone(),
            keys,
            translated: MESSAGES
                .iter()
                .filter(|message| catalogue.get(message).is_some())
                .count(),
            reviewed: catalogue.reviewed,
            sizes,
        });
    }
    Ok((rows, broken))
}

/// The documents of a profile, before they have a language.
#[derive(Debug)]
pub struct Documents<'d> {
    renderer: Renderer<'d>,
    interpreter: Interpreter,
}

impl<'d> Documents<'d> {
    /// Those of `profile`, for `python` or the Python that the profile calls its default.
    ///
    /// # Errors
    ///
    /// Fails for a profile that is not valid, has no default, must not be marked, or has an
    /// adopted marker.
    pub fn new(
        profile: &str,
        python: Option<Interpreter>,
        data: &'d Data,
    ) -> Result<Documents<'d>> {
        let renderer = Renderer::new(profile, &[Document::Marker, Document::Readme], data)?;
        let interpreter = match (python, renderer.profile.text("python.default")) {
            (Some(python), _) => python,
            (None, Some(version)) => Interpreter::parse(version).map_err(Diagnostic::usage)?,
            (None, None) => {
                return Err(Diagnostic::usage(format!(
                    "the profile {} names no default version of Python",
                    renderer.profile.id
                ))
                .help("say one with --python"));
            }
        };
        let documents = Documents {
            renderer,
            interpreter,
        };
        // What is wrong is told before anything is counted.
        let facts = documents.facts()?;
        documents.blocks(Document::Readme, &facts)?;
        if facts.text("marker").is_some() {
            return Err(Diagnostic::usage(format!(
                "the profile {profile} has an adopted marker, which has its own languages"
            ))
            .help("delete `marker:` from the profile to see what our guidance takes"));
        }
        Ok(documents)
    }

    fn facts(&self) -> Result<Facts<'_>> {
        self.renderer.facts(&self.interpreter, &Places::default())
    }

    fn blocks(&self, document: Document, facts: &Facts<'_>) -> Result<Vec<Block>> {
        self.renderer.blocks(document, facts, &self.interpreter)
    }

    /// The marker in English and in the languages of `catalogues`.
    ///
    /// # Errors
    ///
    /// Fails, naming the fact or translation, if a line has not the safe form.
    pub fn marker(&self, catalogues: &[Catalogue]) -> Result<Vec<u8>> {
        let facts = self.facts()?;
        let blocks = self.blocks(Document::Marker, &facts)?;
        self.renderer.marker(blocks, catalogues, &facts)
    }

    /// The bytes of the README in one language; nothing if the profile has none.
    fn readme(&self, catalogue: Option<&Catalogue>) -> Option<usize> {
        let facts = self.facts().ok()?;
        facts.text("readme")?;
        let blocks = self.blocks(Document::Readme, &facts).ok()?;
        Some(Renderer::text(&blocks, catalogue).len())
    }
}

/// The bytes of an entry of a marker that we wrote: its lines go on with a space.
fn size(marker: &[u8], key: &str) -> usize {
    let start = format!("{key}=");
    let mut lines = marker.split_inclusive(|byte| *byte == b'\n');
    let Some(first) = lines.find(|line| line.starts_with(start.as_bytes())) else {
        return 0;
    };
    let rest = lines.take_while(|line| line.starts_with(b" ") || *line == b"\n");
    first.len() + rest.map(<[u8]>::len).sum::<usize>()
}
