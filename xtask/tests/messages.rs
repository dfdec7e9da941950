//! The template catalogue has what profiles reach, and nothing else.

use std::collections::BTreeSet;

use externally_managed::catalogue::po;
use externally_managed::data::Data;
use externally_managed::document::Block;
use externally_managed::interpreter::Interpreter;
use externally_managed::places::Places;
use externally_managed::rendering::{Document, Renderer};

const DOCUMENTS: [Document; 3] = [Document::Marker, Document::Readme, Document::News];
const PYTHONS: [&str; 5] = ["3.13", "3.14", "3.15", "3.13t", "pypy3.11"];

/// What derivatives and other redistributors need, but none of the built-in profiles: a pipx that
/// needs no package, and packages that turn the check off or on.
const REACHED_BY_OTHERS: [&str; 4] = [
    "The check is a package of its own. To turn it off, remove that package (as root):",
    "The program pipx gives each application an environment of its own and makes its commands available:",
    "To install an application:",
    "To turn the check off for every Python from {distro}, also after upgrades, install this package (as root):",
];
/// A profile that reaches them.
const OTHER: &str = "
extends: debian
remove: [applications.needs]
opt_out:
  package:
    install: apt install python3-unmarked
    remove: apt remove python3-unmarked
  marker_package:
    remove: apt remove python3-marker
    install: apt install python3-marker
";

/// The messages in the documents of every built-in profile and interpreter.
fn reached() -> BTreeSet<String> {
    let names = Data::default().profile_names();
    names
        .iter()
        .flat_map(|profile| reached_by(profile))
        .collect()
}

/// The messages in the documents of one profile, for every interpreter.
fn reached_by(profile: &str) -> BTreeSet<String> {
    let data = Data::default();
    let mut reached = BTreeSet::new();
    let renderer = Renderer::new(profile, &DOCUMENTS, &data).expect("the profile is valid");
    if renderer.profile.do_not_mark().is_some() {
        return reached;
    }
    for python in PYTHONS {
        let interpreter = Interpreter::parse(python).expect("valid");
        for readme in [None, Some("none".to_owned())] {
            // Where the distribution does not ship it, the profile does not say where it lies.
            let stdlib = (!renderer.profile.ships(interpreter.kind))
                .then(|| format!("/opt/lib/{}", interpreter.directory()));
            let places = Places {
                stdlib,
                readme,
                ..Places::default()
            };
            let facts = renderer
                .facts(&interpreter, &places)
                .expect("a place is given");
            for document in DOCUMENTS {
                let blocks = renderer
                    .blocks(document, &facts, &interpreter)
                    .unwrap_or_else(|error| {
                        panic!("{profile}, {python}, {document:?}: {}", error.render(false))
                    });
                reached.extend(blocks.into_iter().flat_map(messages));
            }
        }
    }
    reached
}

fn messages(block: Block) -> Vec<String> {
    match block {
        Block::Title(message) | Block::Heading(message) => vec![message.id],
        Block::Paragraph(messages) => messages.into_iter().map(|message| message.id).collect(),
        Block::Command(_) | Block::Path(_) | Block::Line(_) | Block::Blank => Vec::new(),
    }
}

fn extracted() -> BTreeSet<String> {
    let template = xtask::pot::generate().expect("templates scan").text;
    let template =
        po::parse(template.as_bytes()).unwrap_or_else(|error| panic!("{}", error.message));
    template
        .messages
        .into_iter()
        .map(|message| message.msgid)
        .collect()
}

#[test]
fn every_message_that_is_reached_is_in_the_template_catalogue() {
    let (reached, extracted) = (reached(), extracted());
    let missing: Vec<&String> = reached.difference(&extracted).collect();
    assert!(
        missing.is_empty(),
        "xtask does not extract these: {missing:#?}"
    );
}

#[test]
fn every_message_of_the_template_catalogue_is_reached() {
    let (reached, extracted) = (reached(), extracted());
    let unreached: Vec<&String> = extracted.difference(&reached).collect();
    assert_eq!(
        unreached, REACHED_BY_OTHERS,
        "what no built-in profile and interpreter reaches"
    );
    let folder = tempfile::tempdir().expect("a temporary directory");
    let path = folder.path().join("other.yaml");
    std::fs::write(&path, OTHER).expect("writable");
    let others = reached_by(path.to_str().expect("our temporary directory is UTF-8"));
    for message in REACHED_BY_OTHERS {
        assert!(others.contains(message), "no profile reaches: {message}");
    }
}
