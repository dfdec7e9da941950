//! Whole renderings in one process: facts and translations in files, the marker out.

use std::path::Path;

use externally_managed::data::{self, Data};
use externally_managed::diagnostic::{Diagnostic, Kind, Place};
use externally_managed::document::{self, Block, Style};
use externally_managed::interpreter::Interpreter;
use externally_managed::locale;
use externally_managed::places::Places;
use externally_managed::profile::Facts;
use externally_managed::rendering::{Document, Languages, Renderer};

use super::generators::{self, Case};
use super::harness::{Counts, Run, say};
use super::readers::{self, Marker};
use super::rules;

/// What the tool makes of a case.
pub(super) enum Outcome {
    Accepted(Marker),
    Refused(Box<Diagnostic>),
}

/// The languages of the marker: those of the case and the built-in ones, or else the built-in
/// ones would hide in each case.
pub(super) fn languages(case: &Case) -> Vec<String> {
    let mut languages: Vec<String> = case
        .catalogues
        .keys()
        .map(|language| (*language).to_owned())
        .collect();
    if case.facts.len().is_multiple_of(2) {
        languages.extend(
            data::LANGUAGES
                .iter()
                .map(|language| language.code.to_owned()),
        );
    }
    languages.sort_unstable();
    languages.dedup();
    languages
}

/// Renders a case in `directory` and checks what can be checked without readers.
pub(super) fn outcome(case: &Case, directory: &Path) -> Result<Outcome, String> {
    case.write(directory);
    match render(case, directory) {
        Ok((bytes, texts)) => {
            let unsafe_line = texts.iter().find_map(|(key, text)| {
                text.split('\n')
                    .find(|line| !rules::broken(line, key == "Error").is_empty())
            });
            if texts
                .iter()
                .any(|(_, text)| rules::has_tag_over_lines(text))
            {
                return Err("a tag reaches over several lines".to_owned());
            }
            match unsafe_line {
                Some(line) => Err(format!("the line breaks a rule: {line:?}")),
                None => Ok(Outcome::Accepted(Marker { bytes, texts })),
            }
        }
        Err(Refusal::Of(diagnostic)) => {
            is_one_clear_message(case, &diagnostic)?;
            Ok(Outcome::Refused(diagnostic))
        }
        Err(Refusal::Wrong(what)) => Err(what),
    }
}

enum Refusal {
    Of(Box<Diagnostic>),
    /// One that is not deserved, or a fact that is not shown.
    Wrong(String),
}

impl From<Box<Diagnostic>> for Refusal {
    fn from(diagnostic: Box<Diagnostic>) -> Refusal {
        Refusal::Of(diagnostic)
    }
}

type Texts = Vec<(String, String)>;

/// The marker, and the texts that its keys should have.
fn render(case: &Case, directory: &Path) -> Result<(Vec<u8>, Texts), Refusal> {
    let data = Data::new(vec![directory.to_owned()])?;
    let interpreter = Interpreter::parse(case.python).expect("a version");
    let renderer = Renderer::new("case", &[Document::Marker], &data)?;
    let facts = renderer.facts(&interpreter, &Places::default())?;
    let catalogues = renderer.catalogues(&Languages::List(languages(case)))?;
    let blocks = renderer.blocks(Document::Marker, &facts, &interpreter)?;

    let translated: Vec<_> = catalogues
        .iter()
        .filter(|catalogue| document::is_translated(&blocks, catalogue))
        .collect();
    let codes: Vec<&str> = translated
        .iter()
        .map(|catalogue| catalogue.code.as_str())
        .collect();
    let mut texts = vec![("Error".to_owned(), text(&blocks, None))];
    for (key, code) in locale::keys(&codes) {
        let catalogue = translated
            .iter()
            .find(|catalogue| catalogue.code == code)
            .copied();
        texts.push((format!("Error-{key}"), text(&blocks, catalogue)));
    }
    match renderer.marker(blocks, &catalogues, &facts) {
        Ok(bytes) => {
            // Another template may leave them out.
            if case.template.is_none() {
                facts_are_shown(case, &facts, &texts[0].1).map_err(Refusal::Wrong)?;
            }
            Ok((bytes, texts))
        }
        Err(diagnostic) => {
            let breaks = |(key, text): &(String, String)| {
                text.is_empty()
                    || text.starts_with('\n')
                    || rules::has_tag_over_lines(text)
                    || text
                        .split('\n')
                        .any(|line| !rules::broken(line, key == "Error").is_empty())
            };
            if texts.iter().any(breaks) {
                return Err(Refusal::Of(diagnostic));
            }
            Err(Refusal::Wrong(format!(
                "no line breaks a rule, but the tool says:\n{}",
                diagnostic.render(false)
            )))
        }
    }
}

fn text(blocks: &[Block], catalogue: Option<&externally_managed::catalogue::Catalogue>) -> String {
    let mut text = document::text(blocks, catalogue, Style::Marker);
    text.pop();
    text
}

/// A fact that is accepted is shown as it was written, on one line, if it holds for this Python.
fn facts_are_shown(case: &Case, facts: &Facts<'_>, english: &str) -> Result<(), String> {
    for (path, prompt) in [
        ("package_manager.install", "$ "),
        ("applications.command", "$ "),
        ("help_url", ""),
        ("name", ""),
    ] {
        let Some(value) = case
            .facts
            .get(path)
            .filter(|value| facts.text(path) == Some(value))
        else {
            continue;
        };
        let wanted = format!("{prompt}{value}");
        if !english
            .split('\n')
            .any(|line| line == wanted || (path == "name" && line.contains(&wanted)))
        {
            return Err(format!(
                "`{path}` is accepted but not shown as it is:\n{english}"
            ));
        }
    }
    Ok(())
}

/// A refusal is one message that names the file to mend.
fn is_one_clear_message(case: &Case, diagnostic: &Diagnostic) -> Result<(), String> {
    let report = diagnostic.render(false);
    let complain = |what: &str| Err(format!("{what}:\n{report}"));
    if !matches!(diagnostic.kind, Kind::Invalid | Kind::Usage) {
        return complain("wrong kind of mistake");
    }
    if !report.starts_with("error: ")
        || report
            .lines()
            .filter(|line| line.starts_with("error: "))
            .count()
            != 1
    {
        return complain("not one message");
    }
    if report
        .chars()
        .any(|character| character.is_control() && character != '\n')
    {
        return complain("a control character in the message");
    }
    let name = match &diagnostic.place {
        Some(Place::File(name)) => name,
        Some(Place::Span(source, _)) => &source.name,
        None => return complain("no file is named"),
    };
    // What we ship is safe, so only what the case brings along can be at fault.
    let is_profile = name.ends_with("distro-profiles/case.yaml") && !case.facts.is_empty();
    let is_catalogue = |language: &&str| name.ends_with(&format!("po/{language}.po"));
    let is_template = name.ends_with("templates/marker.tera") && case.template.is_some();
    if !is_profile && !is_template && !case.catalogues.keys().any(is_catalogue) {
        return complain("the wrong file is blamed");
    }
    Ok(())
}

#[test]
fn readers_read_each_rendering_as_it_was_meant() {
    let run = Run::new("pipeline", 1500);
    let strategy = generators::cases();
    let directory = tempfile::tempdir().expect("a temporary directory");
    let mut counts = Counts::default();
    let mut batch = Vec::new();
    let mut numbers = Vec::new();
    let fails = |case: &Case| outcome(case, directory.path());
    for number in 0..run.cases {
        let case = run.case(&strategy, number);
        match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| fails(&case))) {
            Ok(Ok(Outcome::Accepted(marker))) => {
                counts.accepted += 1;
                batch.push(marker);
                numbers.push(number);
            }
            Ok(Ok(Outcome::Refused(_))) => counts.refused += 1,
            Ok(Err(_)) | Err(_) => run.fail(&strategy, number, |case| fails(case).map(drop)),
        }
    }
    if let Some(divergence) = readers::divergences(&batch).first() {
        say(&divergence.what);
        run.fail(&strategy, numbers[divergence.index], |case| {
            match fails(case)? {
                Outcome::Accepted(marker) => readers::agree(&marker),
                Outcome::Refused(_) => Ok(()),
            }
        });
    }
    counts.conclude("pipeline", 400);
}
