//! `status [ROOT]`: every Python of an image or of this system, and its marker.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::table;
use crate::cli::{Format, Status};
use crate::data::Data;
use crate::diagnostic::Result;
use crate::escape;
use crate::interpreter::Kind;
use crate::marker::reader::{Installer, Outcome};
use crate::status::packages::Intervention;
use crate::status::whose::Whose;
use crate::status::{Marked, Python, pythons};
use crate::tree::Tree;
use crate::unmarked::Unmarked;

/// The version of the JSON form.
const JSON_VERSION: u32 = 1;

pub(super) fn run(options: &Status) -> Result<u8> {
    let data = Data::new(options.data.data_dir.clone())?;
    let tree = Tree::open(&options.root)?;
    let unmarked = Unmarked::load(&data);
    let pythons = pythons(&tree, &data, &unmarked)?;
    let report = match options.format {
        Format::Json => json_report(&pythons),
        Format::Text if pythons.is_empty() => {
            let root = escape::printable_line(&options.root.display().to_string());
            format!("no Python was found in {root}\n")
        }
        Format::Text => report(&pythons),
    };
    super::print(report.as_bytes())?;
    super::without(unmarked.broken)
}

fn report(pythons: &[Python]) -> String {
    let mut rows = vec![["PYTHON", "MARKED", "TEXT", "PIP", "STANDARD LIBRARY"].map(str::to_owned)];
    for python in pythons {
        rows.push([
            name(python),
            marked(python).to_owned(),
            text(python),
            python
                .pip
                .as_ref()
                .map_or("-", |(_, version)| version)
                .to_owned(),
            python.stdlib.path.clone(),
        ]);
    }
    let mut report = String::new();
    for (index, line) in table::lines(&rows).iter().enumerate() {
        let _ = writeln!(report, "{line}");
        if let Some(python) = index.checked_sub(1).map(|index| &pythons[index]) {
            for remark in remarks(python) {
                let _ = writeln!(report, "    {}", escape::printable_line(&remark));
            }
        }
    }
    report
}

/// `CPython 3.13.5`
fn name(python: &Python) -> String {
    let version = python
        .version
        .as_ref()
        .unwrap_or(&python.interpreter.version);
    match python.interpreter.kind {
        Kind::Cpython => format!("CPython {version}"),
        Kind::FreeThreaded => format!("CPython {version}t"),
        Kind::Pypy => format!("PyPy {version}"),
    }
}

fn marked(python: &Python) -> &'static str {
    match python.marked {
        Marked::Yes => "yes",
        Marked::No => "no",
        Marked::Broken(_) => "broken",
    }
}

fn text(python: &Python) -> String {
    match &python.whose {
        Some(Whose::Ours(profile)) => format!("ours ({profile})"),
        Some(Whose::Names(name)) => name.clone(),
        Some(Whose::Other) => "other".to_owned(),
        None => "-".to_owned(),
    }
}

/// What else there is to say, a line each.
fn remarks(python: &Python) -> Vec<String> {
    let mut remarks = Vec::new();
    if !python.stdlib.complete {
        remarks.push("only the marker is left of this Python".to_owned());
    }
    if let Some((name, _)) = &python.unmarked {
        remarks.push(match python.marked {
            Marked::No => format!("a Python of {name} needs no marker"),
            _ => format!("a Python of {name} must not be marked"),
        });
    }
    if let Marked::Broken(others) = &python.marked {
        remarks.extend(
            others
                .iter()
                .map(|(installer, outcome)| does(*installer, outcome)),
        );
    }
    if !python.languages.is_empty() {
        remarks.push(format!("languages: en, {}", python.languages.join(", ")));
    }
    for finding in &python.findings {
        remarks.push(format!(
            "{} ({}): {}",
            finding.rule.unwrap_or_default(),
            finding.severity.name(),
            finding.message
        ));
    }
    if python.has_old_pip() {
        remarks.push("this pip ignores markers, as all before 23.0 do".to_owned());
    }
    remarks.extend(python.interventions.iter().map(intervention));
    for file in &python.overrides {
        remarks.push(format!(
            "overridden by {file}, which says break-system-packages"
        ));
    }
    remarks
}

fn does(installer: Installer, outcome: &Outcome) -> String {
    let what = match outcome {
        Outcome::Shows(_) => "shows the text".to_owned(),
        Outcome::Generic(_) => "refuses with a text of its own".to_owned(),
        Outcome::Crashes(exception) => format!("crashes ({exception})"),
        Outcome::Installs(_) => "installs as if there were no marker".to_owned(),
        Outcome::Unforeseeable => "may never end".to_owned(),
    };
    format!("{installer} {what}")
}

fn intervention(intervention: &Intervention) -> String {
    match intervention {
        Intervention::Diverted { to, by } => format!("diverted to {to} by {by}"),
        Intervention::Excluded { file, line } => format!("excluded by {file}: {line}"),
        Intervention::Removed { package } => {
            format!("removed: the package {package} has the marker")
        }
    }
}

fn json_report(pythons: &[Python]) -> String {
    let list: Vec<Json> = pythons.iter().map(json_python).collect();
    let report = json!({ "version": JSON_VERSION, "pythons": list });
    escape::json(&report)
}

fn json_python(python: &Python) -> Json {
    let installers: Vec<String> = match &python.marked {
        Marked::Broken(others) => others
            .iter()
            .map(|(installer, outcome)| does(*installer, outcome))
            .collect(),
        _ => Vec::new(),
    };
    let rules: Vec<&str> = python
        .findings
        .iter()
        .filter_map(|finding| finding.rule)
        .collect();
    json!({
        "implementation": if python.interpreter.kind == Kind::Pypy { "pypy" } else { "cpython" },
        "free_threaded": python.interpreter.kind == Kind::FreeThreaded,
        "language_version": python.interpreter.version,
        "full_version": python.version,
        "stdlib": python.stdlib.path,
        "complete": python.stdlib.complete,
        "marked": marked(python),
        "broken": installers,
        "must_not_be_marked": python.unmarked.as_ref().map(|(name, _)| name),
        "text": text(python),
        "languages": python.languages,
        "findings": rules,
        "pip": python.pip.as_ref().map(|(_, version)| version),
        "pip_ignores_markers": python.has_old_pip(),
        "interventions": python.interventions.iter().map(intervention).collect::<Vec<_>>(),
        "overridden_by": python.overrides,
    })
}
