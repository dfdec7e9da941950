//! What holds of every run, whatever stands in profiles, templates and catalogues: it refuses,
//! with a report that a terminal can take, or every reader reads exactly the texts that are meant
//! in exactly the keys that are meant.

// Each target takes what it needs.
#![allow(dead_code)]

use externally_managed::catalogue::Catalogue;
use externally_managed::data::Data;
use externally_managed::diagnostic::{Diagnostic, Result};
use externally_managed::document::{self, Block, Style};
use externally_managed::escape::is_unprintable;
use externally_managed::interpreter::Interpreter;
use externally_managed::locale;
use externally_managed::locale::python::Language;
use externally_managed::marker::SECTION;
use externally_managed::marker::reader::{Evidence, Outcome, pip, uv};
use externally_managed::places::Places;
use externally_managed::rendering::{Document, Languages, Renderer};

/// Renders documents of a profile for some Pythons, and reads the markers back.
pub fn check(profile: &str, data: &Data, documents: &[Document], pythons: &[&str], language: &str) {
    let renderer = match Renderer::new(profile, documents, data) {
        Ok(renderer) => renderer,
        Err(refused) => return reported(&refused),
    };
    let catalogues = match renderer.catalogues(&Languages::List(vec![language.to_owned()])) {
        Ok(catalogues) => catalogues,
        Err(refused) => return reported(&refused),
    };
    for python in pythons {
        let python = Interpreter::parse(python).expect("a version");
        for document in documents {
            if let Err(refused) = read_back(&renderer, &catalogues, *document, &python) {
                reported(&refused);
            }
        }
    }
}

/// Panics if a terminal would act upon what is reported.
pub fn reported(refused: &Diagnostic) {
    harmless(&refused.render(false));
}

/// The same for what is printed.
pub fn harmless(text: &str) {
    let found = text.chars().find(|character| is_unprintable(*character));
    assert_eq!(found, None, "in {}", text.escape_debug());
}

fn read_back(
    renderer: &Renderer<'_>,
    catalogues: &[Catalogue],
    document: Document,
    python: &Interpreter,
) -> Result<()> {
    let facts = renderer.facts(python, &Places::default())?;
    let blocks = renderer.blocks(document, &facts, python)?;
    if document != Document::Marker {
        for catalogue in catalogues.iter().map(Some).chain([None]) {
            let text = Renderer::text(&blocks, catalogue);
            let text = String::from_utf8(text).expect("a text is UTF-8");
            harmless(&text);
        }
        return Ok(());
    }
    let bytes = renderer.marker(blocks.clone(), catalogues, &facts)?;
    let marker = String::from_utf8(bytes).expect("a marker is UTF-8");
    harmless(&marker);
    let texts = texts(&blocks, catalogues);
    for minor in [9, 14] {
        let evidence = pip::read_bytes(marker.as_bytes(), minor, &Language::new(None));
        read(&evidence, &marker, &texts, str::to_lowercase, |_| true);
    }
    for version in [uv::LAST_CONFIGPARSER, uv::ASTRAL_INI] {
        let evidence = uv::read_bytes(marker.as_bytes(), version);
        // uv shows no other key, and may cut what it does not show.
        read(&evidence, &marker, &texts, str::to_owned, |key| {
            key == "Error"
        });
    }
    Ok(())
}

/// Each key, and the text that is meant in it.
fn texts(blocks: &[Block], catalogues: &[Catalogue]) -> Vec<(String, String)> {
    let text = |catalogue| {
        let text = document::text(blocks, catalogue, Style::Marker);
        text.strip_suffix('\n').unwrap_or(&text).to_owned()
    };
    let translated: Vec<&Catalogue> = catalogues
        .iter()
        .filter(|catalogue| document::is_translated(blocks, catalogue))
        .collect();
    let codes: Vec<&str> = translated.iter().map(|known| known.code.as_str()).collect();
    let mut texts = vec![("Error".to_owned(), text(None))];
    for (key, code) in locale::keys(&codes) {
        let catalogue = translated.iter().find(|known| known.code == code);
        texts.push((format!("Error-{key}"), text(catalogue.copied())));
    }
    texts
}

/// Panics unless a reader found the texts that it can show, in their keys, and no other keys.
fn read(
    evidence: &Evidence,
    marker: &str,
    texts: &[(String, String)],
    spelt: impl Fn(&str) -> String,
    shown: impl Fn(&str) -> bool,
) {
    assert!(
        evidence.ini.failures.is_empty(),
        "{:?}\n{marker}",
        evidence.ini.failures
    );
    let sections: Vec<&str> = evidence
        .ini
        .sections
        .iter()
        .map(|found| found.name.as_str())
        .collect();
    assert_eq!(sections, [SECTION], "{marker}");
    let found: Vec<(String, Option<String>)> = evidence
        .ini
        .entries
        .iter()
        .map(|entry| {
            let text = shown(&entry.key).then(|| entry.value(marker));
            (entry.key.clone(), text)
        })
        .collect();
    let meant: Vec<(String, Option<String>)> = texts
        .iter()
        .map(|(key, text)| (spelt(key), shown(key).then(|| text.clone())))
        .collect();
    assert_eq!(found, meant, "{marker}");
    match &evidence.outcome {
        Outcome::Shows(shown) => assert_eq!(shown.text, texts[0].1),
        other => panic!("{other:?}\n{marker}"),
    }
}
