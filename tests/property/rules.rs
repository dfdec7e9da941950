//! The documented rules of the safe form a second time, as plainly as they can be said, and the
//! writer held against them: it takes exactly what has the safe form.

use externally_managed::marker::writer::{self, Problem, Value, Violation};
use externally_managed::wrap::columns;
use proptest::prelude::*;

use super::generators;
use super::harness::{Counts, Run, say};
use super::readers::{self, Marker};

/// Every rule that a line breaks.
pub(super) fn broken(line: &str, is_error: bool) -> Vec<Problem> {
    let characters: Vec<char> = line.chars().collect();
    let any = |wanted: &dyn Fn(u32) -> bool| {
        characters
            .iter()
            .any(|character| wanted(u32::from(*character)))
    };
    let edges = [characters.first(), characters.last()];
    let first = characters.first().copied();
    let rules = [
        (
            Problem::ControlCharacter,
            any(&|code| code < 0x20 || (0x7f..0xa0).contains(&code)),
        ),
        (
            Problem::InvisibleCharacter,
            any(&|code| INVISIBLE.contains(&code)),
        ),
        (
            Problem::OuterSpace,
            edges
                .into_iter()
                .flatten()
                .any(|character| WHITE_SPACE.contains(&u32::from(*character))),
        ),
        (Problem::CommentSign, matches!(first, Some('#' | ';'))),
        (
            Problem::CommentSignInError,
            is_error && line.contains(['#', ';']),
        ),
        (Problem::Bracket, first == Some('[')),
        (Problem::RichTag, has_tag(&characters)),
        (Problem::Emoji, has_emoji(&characters)),
        (Problem::NotAscii, is_error && any(&|code| code > 0x7f)),
        (Problem::TooWide, columns(line) > 76),
    ];
    rules
        .into_iter()
        .filter(|(_, breaks)| *breaks)
        .map(|(problem, _)| problem)
        .collect()
}

/// Characters without a shape that change how others are shown or are passed on unseen.
const INVISIBLE: &[u32] = &[
    0x061c, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2060,
    0x2061, 0x2062, 0x2063, 0x2064, 0x2065, 0x2066, 0x2067, 0x2068, 0x2069, 0x206a, 0x206b, 0x206c,
    0x206d, 0x206e, 0x206f, 0xfeff,
];

/// The Unicode property `White_Space` (PropList.txt), which both `str.strip` and `trim` remove.
const WHITE_SPACE: &[u32] = &[
    0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004,
    0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
];

/// `\[[a-z#/@][^\[]*\]`
fn has_tag(characters: &[char]) -> bool {
    characters.windows(2).enumerate().any(|(start, pair)| {
        let opens =
            pair[0] == '[' && (pair[1].is_ascii_lowercase() || matches!(pair[1], '#' | '/' | '@'));
        opens
            && characters[start + 2..]
                .iter()
                .take_while(|character| **character != '[')
                .any(|character| *character == ']')
    })
}

/// Whether a text has a tag, which may reach over several of its lines.
pub(super) fn has_tag_over_lines(text: &str) -> bool {
    has_tag(&text.chars().collect::<Vec<_>>())
}

/// `:word:`
fn has_emoji(characters: &[char]) -> bool {
    let colons: Vec<usize> = (0..characters.len())
        .filter(|index| characters[*index] == ':')
        .collect();
    colons.windows(2).any(|pair| {
        let name = &characters[pair[0] + 1..pair[1]];
        name.first().is_some_and(|first| first.is_alphanumeric())
            && name
                .iter()
                .all(|character| character.is_alphanumeric() || "_-+'’!#&()*.".contains(*character))
    })
}

/// A key and the lines of its value.
#[derive(Clone, Debug)]
struct Entry {
    key: String,
    lines: Vec<String>,
}

/// What the writer makes of the entries; each line is a part of its value.
fn write(entries: &[Entry]) -> Result<Vec<u8>, Violation> {
    let mut values = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let mut value = Value::default();
        for (part, line) in entry.lines.iter().enumerate() {
            let outcome = value.push(line, entry.key == "Error");
            outcome.map_err(|fault| Violation {
                entry: index,
                part,
                fault,
            })?;
            value.end_part();
        }
        values.push((entry.key.as_str(), value));
    }
    let entries: Vec<(&str, &Value)> = values.iter().map(|(key, value)| (*key, value)).collect();
    writer::write(&entries)
}

fn entry(key: &str, lines: &[&str]) -> Entry {
    Entry {
        key: key.to_owned(),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
    }
}

/// What a writer without rules would write.
fn naive(entries: &[Entry]) -> Marker {
    let mut text = "[externally-managed]\n".to_owned();
    for entry in entries {
        text += &[&entry.key, "=", &entry.lines.join("\n "), "\n"].concat();
    }
    Marker {
        bytes: text.into_bytes(),
        texts: texts(entries),
    }
}

fn texts(entries: &[Entry]) -> Vec<(String, String)> {
    entries
        .iter()
        .map(|entry| (entry.key.clone(), entry.lines.join("\n")))
        .collect()
}

/// For each rule a key, a line that breaks it and no other, and a line that only looks like it.
const EXAMPLES: &[(Problem, &str, &str, &str)] = &[
    (Problem::ControlCharacter, "Error-de", "a\u{1b}b", "a\\x1bb"),
    (
        Problem::ControlCharacter,
        "Error-de",
        "a\u{9b}b",
        "a\u{a0}b",
    ),
    (Problem::InvisibleCharacter, "Error-he", "a\u{202e}b", "א ב"),
    (
        Problem::InvisibleCharacter,
        "Error-th",
        "a\u{200b}b",
        "a\u{200d}b",
    ),
    (Problem::OuterSpace, "Error-de", " a", "a  b"),
    (Problem::OuterSpace, "Error-ja", "a\u{3000}", "a\u{3000}b"),
    (Problem::CommentSign, "Error-de", "# a", "a # b"),
    (Problem::CommentSign, "Error-de", "; a", "a; b"),
    (Problem::CommentSignInError, "Error", "C#", "C++"),
    (Problem::CommentSignInError, "Error", "a; b", "a, b"),
    (Problem::Bracket, "Error", "[A] b", "a [B]"),
    (Problem::Bracket, "Error", "[A", "]A["),
    (Problem::RichTag, "Error", "pkg[extra]", "pkg[Extra]"),
    (
        Problem::RichTag,
        "Error-de",
        "a [/usr/bin/x] b",
        "a [$ ls] b",
    ),
    (Problem::Emoji, "Error", "a :snake: b", "a: snake: b"),
    (Problem::NotAscii, "Error", "naïve", "naive"),
    (
        Problem::TooWide,
        "Error-ja",
        "字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字",
        "字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字",
    ),
];

#[test]
fn each_rule_has_a_line_that_breaks_it_and_one_that_only_looks_so() {
    let mut markers = Vec::new();
    for &(problem, key, bad, good) in EXAMPLES {
        assert_eq!(broken(bad, key == "Error"), vec![problem], "{bad:?}");
        assert_eq!(broken(good, key == "Error"), [], "{good:?}");
        for lines in [vec!["a"], vec![]] {
            let with = |line| entry(key, &[lines.clone(), vec![line], vec!["z"]].concat());
            let violation = write(&[with(bad)]).expect_err(bad);
            assert_eq!(
                (violation.fault.problem, violation.entry, violation.part),
                (problem, 0, lines.len()),
                "{bad:?}"
            );
            let bytes = write(&[entry("Error", &["x"]), with(good)][usize::from(key == "Error")..])
                .expect(good);
            let entries = [entry("Error", &["x"]), with(good)];
            markers.push(Marker {
                bytes,
                texts: texts(&entries[usize::from(key == "Error")..]),
            });
        }
    }
    for (bad, problem) in [
        (&[][..], Problem::Empty),
        (&["", "a"], Problem::Empty),
        (&["a", ""], Problem::Empty),
    ] {
        assert_eq!(
            write(&[entry("Error", bad)])
                .expect_err("empty")
                .fault
                .problem,
            problem
        );
    }
    let twice = [
        entry("Error", &["a"]),
        entry("Error-pt_BR", &["a"]),
        entry("Error-pt_br", &["a"]),
    ];
    assert_eq!(
        write(&twice).expect_err("twice").fault.problem,
        Problem::DuplicateKey
    );
    let divergences = readers::divergences(&markers);
    assert!(divergences.is_empty(), "{divergences:?}");
}

/// The property shows something only if the readers trip over what the writer refuses: without
/// the rules, they do.
#[test]
fn the_readers_trip_over_what_the_writer_refuses() {
    if !readers::all_there() {
        return;
    }
    let diverges = |entries: &[Entry]| !readers::divergences(&[naive(entries)]).is_empty();
    let seen_by_all =
        |key: &str, line: &str| diverges(&[entry("Error", &["x"]), entry(key, &["a", line, "z"])]);
    for line in [
        " a",
        "a ",
        "a\u{3000}",
        "a\tb\u{85}",
        "# a",
        "; a",
        "a\rb",
        "a\nb",
    ] {
        assert!(seen_by_all("Error-de", line), "{line:?}");
    }
    for line in ["[A] b", "[A", "C#", "a; b"] {
        let marker = naive(&[entry("Error", &["a", line, "z"])]);
        assert!(!readers::crate_divergences(&marker).is_empty(), "{line:?}");
    }
    // A section that a translation opens swallows nothing of `Error`, unless it is not closed.
    assert!(seen_by_all("Error-de", "[A"));
    assert!(diverges(&[entry("Error", &["a", ""])]));
    assert!(diverges(&[entry("Error", &["a"]), entry("error", &["b"])]));
    assert!(diverges(&[entry("Error", &["a\nb"])]));
    assert!(
        !diverges(&[entry("Error", &["", "a"]), entry("Error-de", &["b"])]),
        "PEP 668's own example is read alike"
    );
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let lines = || prop::collection::vec(generators::line(), 1..6);
    let keys = prop::sample::subsequence(
        &[
            "Error-de",
            "Error-he",
            "Error-nb",
            "Error-no",
            "Error-pt_BR",
            "Error-th",
            "Error-zh_TW",
            "Error-zh",
        ][..],
        0..4,
    );
    (prop::collection::vec(generators::ascii_line(), 1..6), keys).prop_flat_map(
        move |(english, keys)| {
            let count = keys.len();
            (
                Just(english),
                Just(keys),
                prop::collection::vec(lines(), count),
            )
                .prop_map(|(english, keys, translations)| {
                    let mut entries = vec![Entry {
                        key: "Error".to_owned(),
                        lines: english,
                    }];
                    for (key, lines) in keys.into_iter().zip(translations) {
                        entries.push(Entry {
                            key: key.to_owned(),
                            lines,
                        });
                    }
                    entries
                })
        },
    )
}

/// Whether the writer's answer is what the rules say.
fn follows_the_rules(entries: &[Entry]) -> Result<Option<Marker>, String> {
    let empty = |entry: &Entry| {
        entry.lines.first().is_none_or(String::is_empty)
            || entry.lines.last().is_none_or(String::is_empty)
    };
    let safe = entries.iter().all(|entry| {
        !empty(entry)
            && !has_tag_over_lines(&entry.lines.join("\n"))
            && entry
                .lines
                .iter()
                .all(|line| broken(line, entry.key == "Error").is_empty())
    });
    match write(entries) {
        Ok(bytes) if safe => Ok(Some(Marker {
            bytes,
            texts: texts(entries),
        })),
        Ok(_) => Err("the writer takes what breaks a rule".to_owned()),
        Err(violation) => {
            let entry = &entries[violation.entry];
            let reasons = entry
                .lines
                .get(violation.part)
                .map(|line| broken(line, entry.key == "Error"))
                .unwrap_or_default();
            if reasons.contains(&violation.fault.problem)
                || (violation.fault.problem == Problem::Empty && empty(entry))
                || (violation.fault.problem == Problem::RichTag
                    && has_tag_over_lines(&entry.lines.join("\n")))
            {
                Ok(None)
            } else {
                Err(format!(
                    "the writer refuses for {:?} what breaks {reasons:?}",
                    violation.fault.problem
                ))
            }
        }
    }
}

#[test]
fn the_writer_takes_what_is_safe_and_readers_read_it_as_it_was_meant() {
    let run = Run::new("writer", 4000);
    let strategy = entries();
    let mut counts = Counts::default();
    let mut batch = Vec::new();
    let mut numbers = Vec::new();
    for number in 0..run.cases {
        let case = run.case(&strategy, number);
        match follows_the_rules(&case) {
            Ok(Some(marker)) => {
                counts.accepted += 1;
                batch.push(marker);
                numbers.push(number);
            }
            Ok(None) => counts.refused += 1,
            Err(_) => run.fail(&strategy, number, |case| follows_the_rules(case).map(drop)),
        }
    }
    if let Some(divergence) = readers::divergences(&batch).first() {
        say(&divergence.what);
        run.fail(&strategy, numbers[divergence.index], |case| {
            match write(case) {
                Ok(bytes) => readers::agree(&Marker {
                    bytes,
                    texts: texts(case),
                }),
                Err(_) => Ok(()),
            }
        });
    }
    counts.conclude("writer", 400);
}
