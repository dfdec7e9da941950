//! The report for people.

use std::fmt::Write as _;

use super::keys::{Keys, Row};
use super::{Answer, Explained};
use crate::escape::{printable, printable_line};
use crate::interpreter::Kind;
use crate::marker::reader::output::charset::Charset;
use crate::marker::reader::{Installer, Outcome, Why};
use crate::wrap::{self, columns, wrap};

/// The width of the report.
const WIDTH: usize = 80;

/// How many locales of a key are named.
const NAMED: usize = 3;

pub(super) fn report(explained: &[Explained]) -> String {
    let mut out = String::new();
    for (index, marker) in explained.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        if explained.len() > 1 {
            let _ = writeln!(out, "{}\n", printable_line(&marker.place.name));
        }
        explain(marker, &mut out);
    }
    out
}

fn explain(marker: &Explained, out: &mut String) {
    let mut notes = Notes::default();
    for answer in &marker.answers {
        let _ = writeln!(out, "{}", heading(marker, answer));
        if let Some(text) = &answer.prints {
            let _ = writeln!(out, "\n{text}");
            notes.look(marker, answer.installer, text);
        } else {
            out.push('\n');
        }
    }
    if let Some(keys) = &marker.keys {
        table(keys, out);
        if !keys.unknown.is_empty() {
            let sentence = format!(
                "{} does not know these locales, and pip ends with a traceback: {}.",
                python(marker),
                keys.unknown.join(", ")
            );
            let _ = writeln!(out, "\n{}", wrap(&sentence, &[], WIDTH).join("\n"));
        }
    }
    notes.write(marker, out);
    // A report has no empty line at its end.
    out.truncate(out.trim_end().len());
    out.push('\n');
}

/// `pip 26.3.0, Python 3.13, de_DE.UTF-8 (key Error-de):`
fn heading(marker: &Explained, answer: &Answer) -> String {
    let who = match answer.installer {
        Installer::Pip(version) => {
            let minor = marker.place.python.minor();
            let charset = match Charset::new(&marker.charset, minor) {
                Charset::Utf8 => String::new(),
                _ if marker.locale.contains('.') => String::new(),
                _ => format!(" in {}", marker.charset),
            };
            format!(
                "pip {version}, {}, {}{charset}",
                python(marker),
                printable_line(&marker.locale)
            )
        }
        Installer::Uv(version) => format!("uv {version}"),
    };
    match &answer.outcome {
        Outcome::Shows(shown) => format!("{who} (key {}):", shown.key),
        Outcome::Generic(why) => format!("{who} (its own text: {}):", reason(*why)),
        Outcome::Crashes(_) => format!("{who} (a traceback, which ends so):"),
        Outcome::Installs(why) => format!("{who}: installs, since {}", reason(*why)),
        Outcome::Unforeseeable => {
            format!("{who}: reads from a pipe or a device, which may never end")
        }
    }
}

/// `Python 3.13`, `PyPy 3.11`.
fn python(marker: &Explained) -> String {
    let python = &marker.place.python;
    match python.kind {
        Kind::Pypy => format!("PyPy {}", python.version),
        Kind::Cpython | Kind::FreeThreaded => format!("Python {python}"),
    }
}

/// Why no text of the marker is shown.
pub(super) fn reason(why: Why) -> &'static str {
    match why {
        Why::Missing => "there is no marker",
        Why::NoFile => "the marker is not a file",
        Why::Unreadable => "not everybody can read the marker",
        Why::NotUtf8 => "the marker is not UTF-8",
        Why::NotParsed => "the marker cannot be parsed",
        Why::NoSection => "the marker has no section [externally-managed]",
        Why::NoKey => "the marker has no key that it reads",
        Why::TooOld => "this version knows no markers",
    }
}

fn table(keys: &Keys, out: &mut String) {
    let mut rows = vec![["KEY", "COLUMNS", "LOCALES", "TEXT"].map(str::to_owned)];
    for row in &keys.rows {
        rows.push([
            printable(&row.key),
            row.columns.to_string(),
            locales(row),
            printable(&row.first_line),
        ]);
    }
    let width = |column: usize| {
        rows.iter()
            .map(|row| columns(&row[column]))
            .max()
            .unwrap_or(0)
    };
    let [key, locales] = [width(0), width(2)];
    for row in &rows {
        let start = format!(
            "{}{}  {:>7}  {}{}  ",
            row[0],
            " ".repeat(key - columns(&row[0])),
            row[1],
            row[2],
            " ".repeat(locales - columns(&row[2])),
        );
        let text = cut(&row[3], WIDTH.saturating_sub(columns(&start)));
        let _ = writeln!(out, "{}", format!("{start}{text}").trim_end());
    }
}

/// Some of the locales of a key, and how many more there are.
fn locales(row: &Row) -> String {
    let named = |count: usize| row.locales[..count].join(", ");
    match row.locales.len() {
        0 => "none".to_owned(),
        all if row.key.eq_ignore_ascii_case("error") => format!("all others ({all})"),
        few if few <= NAMED => named(few),
        many => format!("{} and {} more", named(NAMED - 1), many - (NAMED - 1)),
    }
}

/// The beginning of a text, in at most this many columns.
fn cut(text: &str, columns: usize) -> String {
    if wrap::columns(text) <= columns {
        return text.to_owned();
    }
    let mut taken = 1; // for the ellipsis
    let start: String = text
        .chars()
        .take_while(|character| {
            taken += wrap::cells(*character);
            taken <= columns
        })
        .collect();
    format!("{}…", start.trim_end())
}

/// What a reader must know to take the report for what a terminal shows.
#[derive(Default)]
struct Notes {
    escaped: bool,
    unknown_charset: bool,
}

impl Notes {
    fn look(&mut self, marker: &Explained, installer: Installer, text: &str) {
        self.escaped |= printable(text) != text;
        let charset = Charset::new(&marker.charset, marker.place.python.minor());
        self.unknown_charset |=
            matches!(installer, Installer::Pip(_)) && charset == Charset::Other && !text.is_ascii();
    }

    fn write(&self, marker: &Explained, out: &mut String) {
        if self.escaped {
            out.push_str(
                "\nCharacters that a terminal acts upon are shown as \\u{…}; installers print them as\nthey are.\n",
            );
        }
        if self.unknown_charset {
            let _ = writeln!(
                out,
                "\npip prints characters that {} does not have as \\uXXXX.",
                marker.charset
            );
        }
    }
}
