//! What the profiles give, byte for byte. Built-in text changes only with a new version, so a
//! difference here belongs in the CHANGELOG. `make golden` writes it anew:
//!
//! - `tests/golden/PROFILE/PYTHON/`: each marker, in English, and the README of the default Python;
//! - `tests/golden/languages/`: the tree of one profile, in every language;
//! - `tests/golden/languages.tsv`: the sums of all other documents in every language.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use externally_managed::data::Data;
use externally_managed::interpreter::Kind;
use externally_managed::profile::Profile;

use crate::support::Place;

/// Each profile that marks Pythons, with its default interpreter first, then the other kinds that it
/// ships, and another version.
pub(crate) fn pythons() -> Vec<(String, Vec<String>)> {
    let data = Data::default();
    data.profile_names()
        .into_iter()
        .filter_map(|name| {
            let profile = Profile::load(&name, &data).unwrap();
            if profile.do_not_mark().is_some() {
                return None;
            }
            let default = profile.text("python.default").unwrap().to_owned();
            let other = if default == "3.14" { "3.13" } else { "3.14" };
            let mut pythons = vec![default.clone(), other.to_owned()];
            if profile.ships(Kind::FreeThreaded) {
                pythons.push(format!("{}t", default.replace("3.12", "3.13")));
            }
            if profile.ships(Kind::Pypy) {
                pythons.push("pypy3.11".to_owned());
            }
            Some((name, pythons))
        })
        .collect()
}

/// The profile and interpreter whose tree is there in every language.
const IN_FULL: (&str, &str) = ("debian", "3.13");

#[test]
fn trees() {
    let mut wrong = Vec::new();
    let all = pythons();
    for (profile, pythons) in &all {
        for (index, python) in pythons.iter().enumerate() {
            // The README once, for the default Python; the sums tell of the others.
            let what = if index == 0 { "" } else { "marker " };
            let place = installed(profile, python, &format!("{what}--languages none"));
            agree(
                &place.path("tree"),
                &format!("{profile}/{python}"),
                &mut wrong,
            );
        }
    }
    let profiles: Vec<&str> = all.iter().map(|(profile, _)| profile.as_str()).collect();
    for left in names(&golden()) {
        if golden().join(&left).is_dir()
            && left != "languages"
            && !profiles.contains(&left.as_str())
        {
            wrong.push(format!("{left}: there is no such profile"));
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
    let mut sums = String::from("profile\tPython\tdocument\tbytes\tCRC-32\n");
    let mut wrong = Vec::new();
    for (profile, pythons) in &pythons() {
        for python in pythons {
            let readmes = Profile::load(profile, &Data::default()).unwrap();
            let readmes = readmes.text("readme") != Some("none") || profile == "alpine";
            let options = if readmes {
                all.as_str()
            } else {
                "--languages all"
            };
            let place = installed(profile, python, options);
            if (profile.as_str(), python.as_str()) == IN_FULL {
                agree(&place.path("tree"), "languages", &mut wrong);
            } else {
                sum(
                    &place.path("tree"),
                    &format!("{profile}\t{python}"),
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

/// A line for the marker and one for all READMEs below `directory`.
fn sum(directory: &Path, name: &str, sums: &mut String) {
    let mut files = Vec::new();
    collect(directory, &mut files);
    files.sort();
    let (markers, readmes): (Vec<_>, Vec<_>) = files
        .into_iter()
        .partition(|path| path.ends_with("EXTERNALLY-MANAGED"));
    for (document, paths) in [("marker", markers), ("READMEs", readmes)] {
        let bytes: Vec<u8> = paths
            .iter()
            .flat_map(|path| fs_err::read(path).unwrap())
            .collect();
        if !paths.is_empty() {
            let sum = crc32fast::hash(&bytes);
            let _ = writeln!(sums, "{name}\t{document}\t{}\t{sum:08x}", bytes.len());
        }
    }
}

fn collect(directory: &Path, files: &mut Vec<PathBuf>) {
    for name in names(directory) {
        let path = directory.join(name);
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
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

/// The names in a directory, sorted; none if it is not there.
fn names(directory: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs_err::read_dir(directory)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
