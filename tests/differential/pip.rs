//! What our pip answers, in the words of read.py.

use externally_managed::locale::python::Language;
use externally_managed::marker::reader::ini::{Failure, Ini};
use externally_managed::marker::reader::{Outcome, Why, pip};
use serde_json::{Value, json};

/// The users for whom read.py answers.
const LANGUAGES: [Option<&str>; 3] = [None, Some("de_DE"), Some("pt_BR")];

/// An answer for each of them.
pub(super) fn answer(marker: &[u8], minor: u16) -> String {
    let mut answers = Vec::new();
    for language in LANGUAGES {
        let evidence = pip::read_bytes(marker, minor, &Language::new(language));
        let answer = match evidence.outcome {
            Outcome::Shows(shown) => json!(["shows", shown.key, shown.text]),
            Outcome::Generic(why) => json!(["generic", exception(why, &evidence.ini)]),
            Outcome::Crashes(exception) => json!(["crashes", exception]),
            other => panic!("a file cannot give {other:?}"),
        };
        let parsed = answer[0] == "shows" || answer[1] == Value::Null;
        answers.push(answer);
        if !parsed {
            // It did not come to the languages: the others would only cost time.
            answers.resize(LANGUAGES.len(), answers[0].clone());
            break;
        }
    }
    Value::from(answers).to_string()
}

/// The exception that pip catches.
fn exception(why: Why, ini: &Ini) -> Option<&'static str> {
    match why {
        Why::NotUtf8 => Some("UnicodeDecodeError"),
        Why::NotParsed => Some(not_parsed(ini)),
        Why::NoSection => Some("KeyError"),
        Why::NoKey => None,
        other => panic!("a file cannot give {other:?}"),
    }
}

/// A line before any section stops the parser; everything else it tells at the end. There are no
/// failures of a file whose rest is not UTF-8, as only the former can have come before.
fn not_parsed(ini: &Ini) -> &'static str {
    let names = ini.failures.iter().map(Failure::exception);
    let stops = "MissingSectionHeaderError";
    if ini.failures.is_empty() || names.into_iter().any(|name| name == stops) {
        stops
    } else {
        "ParsingError"
    }
}

/// PyPy takes U+180E for white space, as Unicode did up to 6.2; our reader follows CPython.
pub(super) fn pypy_differs(marker: &[u8]) -> bool {
    let separator = "\u{180e}".as_bytes();
    marker
        .windows(separator.len())
        .any(|bytes| bytes == separator)
}
