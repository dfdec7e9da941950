//! Every command of README.md and doc/opt-out.md is run, as it stands there.

use std::path::Path;
use std::process::Command;

use crate::support::Place;

/// Documents, how many commands they have, and how many snippets of packages.
const DOCUMENTS: [(&str, usize, usize); 2] = [("README.md", 16, 10), ("doc/opt-out.md", 6, 7)];

/// The fenced blocks of README.md: language and lines.
fn blocks() -> Vec<(String, String)> {
    blocks_of("README.md")
}

/// The fenced blocks of a document: language and lines.
fn blocks_of(document: &str) -> Vec<(String, String)> {
    let readme =
        fs_err::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(document)).unwrap();
    let mut blocks = Vec::new();
    let mut parts = readme.split("\n```");
    parts.next();
    while let Some(block) = parts.next() {
        let (language, lines) = block.split_once('\n').unwrap();
        blocks.push((language.to_owned(), lines.to_owned()));
        parts.next();
    }
    blocks
}

/// The commands of a block, lines that end in a backslash joined, without indentation.
fn commands(lines: &str) -> Vec<String> {
    let joined = lines.replace("\\\n", " ");
    joined
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with("externally-managed "))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_command_works() {
    let place = Place::new();
    place.write("overlay/distro-profiles/mine.yaml", yaml_block());
    fs_err::create_dir(place.path("debian")).unwrap();
    let mut ran = [0; DOCUMENTS.len()];
    for (document, (name, _, _)) in DOCUMENTS.iter().enumerate() {
        let lines: Vec<(String, String)> = blocks_of(name)
            .into_iter()
            .flat_map(|(language, lines)| {
                commands(&lines)
                    .into_iter()
                    .map(move |command| (language.clone(), command))
            })
            .collect();
        for (language, command) in lines {
            ran[document] += 1;
            let program = Path::new(env!("CARGO_BIN_EXE_externally-managed"));
            let tree = place.path("tree");
            let output = Command::new("sh")
                .args(["-euc", &command])
                .current_dir(place.path(""))
                .env(
                    "PATH",
                    format!("{}:/usr/bin:/bin", program.parent().unwrap().display()),
                )
                .envs([("DESTDIR", &tree), ("pkgdir", &tree)])
                .envs([("_pyver", "3.14"), ("_pybasever", "3.14")])
                .output()
                .unwrap();
            assert!(
                output.status.success(),
                "{language}: {command}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
    }
    let expected = DOCUMENTS.map(|(_, commands, _)| commands);
    assert_eq!(ran, expected, "a command was added or lost");
    for file in [
        "debian/EXTERNALLY-MANAGED",
        "debian/README.venv",
        "tree/usr/lib/python3.14/EXTERNALLY-MANAGED",
        "tree/usr/lib/python3.14/README.venv",
        "tree/usr/share/doc/python3/README.venv",
        "tree/usr/lib/python3.15/EXTERNALLY-MANAGED",
        "adopted/distro-profiles/debian.marker",
    ] {
        assert!(place.path(file).is_file(), "{file}");
    }
}

/// What a comment before a block says: each of its paragraphs stands in that file, which the tests
/// of tests/real build.
#[test]
fn snippets_come_from_tested_packages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (document, _, expected) in DOCUMENTS {
        let text = fs_err::read_to_string(root.join(document)).unwrap();
        let mut files = Vec::new();
        for part in text.split("<!-- from ").skip(1) {
            let (file, rest) = part.split_once(" -->\n```").unwrap();
            let (_, rest) = rest.split_once('\n').unwrap();
            let (block, _) = rest.split_once("\n```").unwrap();
            let contents = fs_err::read_to_string(root.join(file)).unwrap();
            let contents = format!("\n{contents}");
            for paragraph in block.split("\n\n") {
                let paragraph = format!("\n{paragraph}\n");
                assert!(contents.contains(&paragraph), "{file} lacks: {paragraph}");
            }
            files.push(file);
        }
        assert_eq!(files.len(), expected, "{document}: {files:?}");
    }
}

fn yaml_block() -> String {
    blocks()
        .into_iter()
        .find(|(language, _)| language == "yaml")
        .unwrap()
        .1
}

#[test]
fn the_overlay_says_its_name() {
    let place = Place::new();
    place.write("overlay/distro-profiles/mine.yaml", yaml_block());
    let run = place.run("render marker --data-dir overlay --profile mine --python 3.13");
    assert!(run.code(0).out().contains("Mine manages this Python"));
    assert!(run.out().contains("mine-python-venv"));
}

#[test]
fn the_marker_shown_is_the_marker_written() {
    let place = Place::new();
    let run = place.run("render marker --profile debian --python 3.13 --languages es");
    let marker = run.code(0).out();
    let (_, spanish) = marker.split_once("Error-es=").unwrap();
    let (_, shown) = blocks()
        .into_iter()
        .filter(|(language, _)| language == "text")
        .nth(1)
        .unwrap();
    let text: Vec<&str> = shown
        .lines()
        .skip(3)
        .map(|line| line.trim_start_matches("╰─> ").trim_start())
        .collect();
    let written: Vec<&str> = spanish
        .lines()
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    assert_eq!(text, written);
}

#[test]
fn the_targets_of_make_exist() {
    for (_, lines) in blocks() {
        for target in lines.lines().filter_map(|line| line.strip_prefix("make ")) {
            let status = Command::new("make")
                .args(["-n", target])
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .output()
                .unwrap()
                .status;
            assert!(status.success(), "make {target}");
        }
    }
}
