//! The catalogues: each one complete, in the order of the template, and as gettext wants it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use externally_managed::catalogue::po::{self, Po};
use xtask::repository::root;

/// The files `po/*.po`, sorted.
fn catalogues() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("po")).expect("po/ is there");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("readable").path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "po"));
    files.sort();
    assert!(
        files.len() >= 6,
        "six languages from the start, found {files:?}"
    );
    files
}

fn parse(text: &str) -> Po {
    po::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{}", error.message))
}

#[test]
fn each_is_complete() {
    let template = parse(&xtask::pot::generate().expect("templates scan").text);
    for path in catalogues() {
        let name = path.display();
        let text = fs::read_to_string(&path).expect("UTF-8");
        assert!(
            !text.lines().any(|line| line.starts_with("#~")),
            "{name} has obsolete messages"
        );
        let catalogue = parse(&text);
        for message in &catalogue.messages {
            assert!(!message.fuzzy, "{name}: fuzzy: {}", message.msgid);
            assert!(
                !message.msgstr.is_empty(),
                "{name}: not translated: {}",
                message.msgid
            );
        }
        let found: Vec<&str> = catalogue
            .messages
            .iter()
            .map(|entry| entry.msgid.as_str())
            .collect();
        let wanted: Vec<&str> = template
            .messages
            .iter()
            .map(|entry| entry.msgid.as_str())
            .collect();
        for message in &wanted {
            assert!(
                found.contains(message),
                "{name} lacks: {message} (run `make update-po`)"
            );
        }
        for message in &found {
            assert!(
                wanted.contains(message),
                "{name} has what no template has: {message}"
            );
        }
        assert_eq!(
            found, wanted,
            "{name} has another order (run `make update-po`)"
        );
    }
}

#[test]
fn each_says_who_made_it() {
    for path in catalogues() {
        let name = path.display();
        let catalogue = parse(&fs::read_to_string(&path).expect("UTF-8"));
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        assert_eq!(catalogue.field("Language"), stem, "{name}");
        for field in ["X-Made-By", "X-Native-Review"] {
            let value = catalogue.field(field).unwrap_or_default();
            assert!(
                !value.is_empty(),
                "{name}: the header's {field} says nothing"
            );
        }
    }
}

#[test]
fn msgfmt_accepts_each() {
    let mut files = catalogues();
    files.push(root().join("po/externally-managed.pot"));
    for path in files {
        let mut msgfmt = Command::new("msgfmt");
        // The template's header is a form that nobody has filled in.
        let template = path.extension().is_some_and(|extension| extension == "pot");
        msgfmt.arg(if template {
            "--check-format"
        } else {
            "--check"
        });
        msgfmt.args(["--output-file", "/dev/null"]).arg(&path);
        let Some(output) = super::tool::run(&mut msgfmt) else {
            return;
        };
        let report = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}:\n{report}", path.display());
    }
}

/// What `make update-po` does to a catalogue that is up to date: nothing.
#[test]
fn msgmerge_changes_none() {
    let folder = tempfile::tempdir().expect("a directory");
    for path in catalogues() {
        let merged = folder.path().join("merged.po");
        let mut msgmerge = Command::new("msgmerge");
        msgmerge.args([
            "--quiet",
            "--no-wrap",
            "--no-fuzzy-matching",
            "--output-file",
        ]);
        msgmerge.arg(&merged).arg(&path);
        msgmerge.arg(root().join("po/externally-managed.pot"));
        let Some(output) = super::tool::run(&mut msgmerge) else {
            return;
        };
        assert!(output.status.success(), "{}", path.display());
        let text = |path| fs::read_to_string(path).expect("UTF-8");
        assert_eq!(text(&merged), text(&path), "run `make update-po`");
    }
}

#[test]
fn each_has_a_glossary() {
    for path in catalogues() {
        let stem = path.file_stem().expect("a name").to_string_lossy();
        let glossary = root().join(format!("po/glossary/{stem}.md"));
        let text = fs::read_to_string(&glossary).unwrap_or_default();
        let register = text.lines().any(|line| line.starts_with("Register: "));
        let terms = text.lines().filter(|line| line.starts_with("- ")).count();
        assert!(
            register && terms >= 15,
            "{}: no Register, or {terms} terms only",
            glossary.display()
        );
    }
}

/// Every translation as it is now was read back by someone, and none that is gone is left.
#[test]
fn each_is_read_back() {
    for file in xtask::read_back::generate().expect("catalogues are readable") {
        let committed = fs::read_to_string(root().join(&file.path)).unwrap_or_default();
        let empty: Vec<String> = parse(&file.text)
            .messages
            .into_iter()
            .filter(|message| message.msgstr.is_empty())
            .map(|message| message.msgid)
            .collect();
        assert!(empty.is_empty(), "{}: not read back: {empty:#?}", file.path);
        assert_eq!(
            committed, file.text,
            "{}: run `cargo run -p xtask -- read-back`",
            file.path
        );
    }
}
