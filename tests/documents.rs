//! What every document of every profile, interpreter and language must be.

use externally_managed::data::Data;
use externally_managed::interpreter::Interpreter;
use externally_managed::places::Places;
use externally_managed::profile::Profile;
use externally_managed::rendering::{Document, Languages, Renderer};
use externally_managed::wrap::{columns, is_right_to_left, starts_latin};

use crate::golden::pythons;

/// Calls `check` with each rendered document: what it is, its language, its bytes.
fn each_document(mut check: impl FnMut(&str, Document, Option<&str>, &str)) {
    let data = Data::default();
    for (profile, pythons) in &pythons() {
        let renderer = Renderer::new(
            profile,
            &[Document::Marker, Document::Readme, Document::News],
            &data,
        )
        .unwrap();
        let catalogues = renderer.catalogues(&Languages::All).unwrap();
        for python in pythons {
            let interpreter = Interpreter::parse(python).unwrap();
            let facts = renderer.facts(&interpreter, &Places::default()).unwrap();
            for document in [Document::Marker, Document::Readme, Document::News] {
                let blocks = renderer.blocks(document, &facts, &interpreter).unwrap();
                let name = format!("{profile} {python} {document:?}");
                if document == Document::Marker {
                    let marker = renderer.marker(blocks, &catalogues, &facts).unwrap();
                    check(&name, document, None, &String::from_utf8(marker).unwrap());
                    continue;
                }
                for catalogue in std::iter::once(None).chain(catalogues.iter().map(Some)) {
                    let text = String::from_utf8(Renderer::text(&blocks, catalogue)).unwrap();
                    let language = catalogue.map_or("en", |catalogue| &catalogue.code);
                    check(
                        &format!("{name} {language}"),
                        document,
                        Some(language),
                        &text,
                    );
                }
            }
        }
    }
}

#[test]
fn sentences_have_at_most_72_columns() {
    each_document(|name, document, _, text| {
        for line in text.lines() {
            let content = line
                .split_once('=')
                .filter(|(key, _)| key.starts_with("Error"))
                .map_or(line, |(_, content)| content);
            let literal = line.starts_with("    ")
                || content.trim_start().starts_with(['$', '/'])
                || content.trim_start().starts_with("https:");
            let content = content
                .strip_prefix(' ')
                .filter(|_| document == Document::Marker)
                .unwrap_or(content);
            let width = columns(content);
            assert!(width <= 72 || literal, "{name}: {width} columns: {line}");
            assert_eq!(line.trim_end(), line, "{name}: white space at the end");
            assert!(!line.contains(['\u{200b}', '\t']), "{name}: {line}");
        }
        assert!(
            !text.contains("\n\n\n") && text.ends_with('\n') && !text.ends_with("\n\n"),
            "{name}: blank lines"
        );
        assert!(
            !text.contains("{{") && !text.contains("{distro}"),
            "{name}: a placeholder is left"
        );
    });
}

#[test]
fn english_readmes_have_at_most_20_kilobytes() {
    each_document(|name, document, language, text| {
        if document == Document::Readme && language == Some("en") {
            assert!(text.len() <= 20_000, "{name}: {} bytes", text.len());
            assert!(text.is_ascii(), "{name}");
        }
    });
}

#[test]
fn every_language_differs_from_english_and_keeps_its_commands() {
    let mut english: Option<(String, Vec<String>)> = None;
    let data = Data::default();
    let names: Vec<String> = data
        .profile_names()
        .iter()
        .filter_map(|id| {
            let profile = Profile::load(id, &data).unwrap();
            profile.text("name").map(str::to_owned)
        })
        .collect();
    each_document(|name, document, language, text| {
        if document == Document::Marker {
            return;
        }
        let literal: Vec<String> = text
            .lines()
            .filter(|line| line.starts_with("    "))
            .map(str::to_owned)
            .collect();
        if language == Some("en") {
            english = Some((text.to_owned(), literal));
            return;
        }
        let (english_text, english_literal) = english.as_ref().unwrap();
        assert_eq!(
            literal, *english_literal,
            "{name}: commands must stay as they are"
        );
        let same: Vec<&str> = text
            .lines()
            .filter(|line| {
                line.len() > 3 && !line.starts_with("    ") && !line.starts_with(['-', '='])
            })
            .filter(|line| english_text.lines().any(|other| other == *line))
            .collect();
        // A name can stand alone on a line, and names can have spaces.
        let is_name = |line: &str| {
            let line = line.trim_end_matches([':', '.']);
            !line.contains(' ') || names.iter().any(|name| name == line)
        };
        assert!(
            same.iter().all(|line| is_name(line)),
            "{name}: English lines: {same:?}"
        );
    });
}

/// A terminal takes the direction of a line from its first letter.
#[test]
fn lines_of_right_to_left_languages_begin_so() {
    let mut lines = 0;
    each_document(|name, document, language, text| {
        if document == Document::Marker || !["ar", "fa", "he"].map(Some).contains(&language) {
            return;
        }
        for line in text.lines().filter(|line| !line.starts_with("    ")) {
            lines += usize::from(is_right_to_left(line));
            assert!(!starts_latin(line), "{name}: {line}");
        }
    });
    assert!(lines > 1000, "{lines}");
}

#[test]
fn markers_stay_small() {
    each_document(|name, document, _, text| {
        if document == Document::Marker {
            assert!(text.len() < 56 * 1024, "{name}: {} bytes", text.len());
        }
    });
}
