//! What the profiles give, byte for byte. Built-in text changes only with a new version, so a
//! difference here belongs in the CHANGELOG. `make golden` writes it anew:
//!
//! - `tests/golden/PROFILE/PYTHON/`: each tree, in English;
//! - `tests/golden/languages/`: the tree of one profile, in every language;
//! - `tests/golden/languages.tsv`: of each other tree in every language, its files' sums.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use externally_managed::data::Data;

use crate::support::Place;

/// Each profile with its default interpreter, the other kinds it ships, and another version.
pub(crate) const PYTHONS: &[(&str, &[&str])] = &[
    ("alpine", &["3.14", "3.13"]),
    ("arch", &["3.14", "3.13", "pypy3.11"]),
    ("debian", &["3.13", "3.14", "pypy3.11"]),
    ("fedora", &["3.15", "3.14", "3.15t", "pypy3.11"]),
    ("nix", &["3.13", "3.14", "3.13t", "pypy3.11"]),
];

/// The profile and interpreter whose tree is there in every language.
const IN_FULL: (&str, &str) = ("debian", "3.13");

#[test]
fn trees() {
    let mut wrong = Vec::new();
    for (profile, pythons) in PYTHONS {
        for python in *pythons {
            let place = installed(profile, python, "--languages none");
            agree(
                &place.path("tree"),
                &format!("{profile}/{python}"),
                &mut wrong,
            );
        }
    }
    assert_eq!(wrong.join("\n"), "", "{CURE}");
}

#[test]
fn languages() {
    let all = format!(
        "--languages all --readme-languages {}",
        Data::default().languages().join(",")
    );
    let mut sums = String::from("file\tbytes\tCRC-32\n");
    let mut wrong = Vec::new();
    for (profile, pythons) in PYTHONS {
        for python in *pythons {
            let place = installed(profile, python, &all);
            if (*profile, *python) == IN_FULL {
                agree(&place.path("tree"), "languages", &mut wrong);
            } else {
                sum(
                    &place.path("tree"),
                    &format!("{profile}/{python}"),
                    &mut sums,
                );
            }
        }
    }
    let expected = golden().join("languages.tsv");
    if renew() {
        fs_err::write(&expected, &sums).unwrap();
    }
    let expected = fs_err::read_to_string(&expected).unwrap();
    for line in sums
        .lines()
        .filter(|line| !expected.lines().any(|known| known == *line))
    {
        wrong.push(format!("not expected: {line}"));
    }
    for line in expected
        .lines()
        .filter(|line| !sums.lines().any(|found| found == *line))
    {
        wrong.push(format!("expected: {line}"));
    }
    assert_eq!(wrong.join("\n"), "", "{CURE}");
}

const CURE: &str = "if this is meant, run `make golden` and tell it in CHANGELOG.md";

fn renew() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some()
}

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn installed(profile: &str, python: &str, languages: &str) -> Place {
    let place = Place::new();
    let mut arguments =
        format!("install --profile {profile} --python {python} --destdir tree {languages}");
    if profile == "alpine" {
        // Alpine has no README unless one asks for it.
        arguments.push_str(" --readme /usr/share/doc/python3/README.venv");
    }
    place.run(&arguments).silent();
    place
}

/// Notes how `tree` differs from the expected one, or makes it the expected one.
fn agree(tree: &Path, name: &str, wrong: &mut Vec<String>) {
    let expected = golden().join(name);
    if renew() {
        let _ = fs_err::remove_dir_all(&expected);
        copy(tree, &expected);
    }
    compare(tree, &expected, wrong);
}

/// A line for each file below `directory`.
fn sum(directory: &Path, name: &str, sums: &mut String) {
    let mut paths: Vec<PathBuf> = fs_err::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        let name = format!("{name}/{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            sum(&path, &name, sums);
        } else {
            let bytes = fs_err::read(&path).unwrap();
            let _ = writeln!(
                sums,
                "{name}\t{}\t{:08x}",
                bytes.len(),
                crc32fast::hash(&bytes)
            );
        }
    }
}

#[test]
fn defaults() {
    // What a bare call writes, where the profile says less than everything.
    let place = Place::new();
    place
        .run("install --profile alpine --python 3.14 --destdir tree")
        .silent();
    assert_eq!(
        place.listing("tree"),
        "usr/ 0755\nusr/lib/ 0755\nusr/lib/python3.14/ 0755\nusr/lib/python3.14/EXTERNALLY-MANAGED 0644 1 links\n"
    );
    assert!(
        !place
            .read("tree/usr/lib/python3.14/EXTERNALLY-MANAGED")
            .contains("Error-")
    );
}

/// The samples of tests/packages that install a committed rendering have the current one.
#[test]
fn committed_renderings() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packages/renew");
    let renewed = std::process::Command::new(script)
        .args([env!("CARGO_BIN_EXE_externally-managed"), "--check"])
        .output()
        .unwrap();
    assert!(
        renewed.status.success(),
        "`make golden` renews them: {}",
        String::from_utf8_lossy(&renewed.stdout)
    );
}

fn copy(from: &Path, to: &Path) {
    fs_err::create_dir_all(to).unwrap();
    for entry in fs_err::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs_err::copy(&path, &target).unwrap();
        }
    }
}

/// Notes every file that only one of the trees has, or that differs.
fn compare(found: &Path, expected: &Path, wrong: &mut Vec<String>) {
    let names = |directory: &Path| {
        let mut names: Vec<String> = fs_err::read_dir(directory)
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    if names(found) != names(expected) {
        wrong.push(format!(
            "{}: holds {:?}, should hold {:?}",
            expected.display(),
            names(found),
            names(expected)
        ));
        return;
    }
    for name in names(found) {
        let (found, expected) = (found.join(&name), expected.join(&name));
        if found.is_dir() {
            compare(&found, &expected, wrong);
        } else if fs_err::read(&found).unwrap() != fs_err::read(&expected).unwrap() {
            wrong.push(expected.display().to_string());
        }
    }
}
