//! `lint PATH…`: what is wrong, with the line that it is about.

use std::io::{IsTerminal as _, stdout};
use std::path::Path;

use crate::cli::{Format, Lint};
use crate::data::Data;
use crate::diagnostic::{Diagnostic, Result, Severity};
use crate::input;
use crate::lint::{self, rule, rule::Rule};
use crate::marker::reader::Found;
use crate::output;
use crate::unmarked::Unmarked;

pub(super) fn run(options: &Lint) -> Result<u8> {
    for id in options.allow.iter().chain(&options.deny) {
        known(id)?;
    }
    if let Some(both) = options.allow.iter().find(|id| options.deny.contains(id)) {
        let message = format!("{both} is both allowed and denied");
        return Err(Diagnostic::usage(message));
    }
    if !options.explain.is_empty() {
        super::print(explain(&options.explain)?.as_bytes())?;
        return Ok(0);
    }
    let data = Data::new(options.data.data_dir.clone())?;
    let mut findings = Vec::new();
    let mut trees = Vec::new();
    // What cannot be read must not hide what is wrong with the rest.
    let mut failures = Vec::new();
    for path in &options.paths {
        match look(path, &data) {
            Ok(Some(found)) => findings.extend(found),
            Ok(None) => trees.push(path.as_path()),
            Err(error) => failures.push(*error),
        }
    }
    if !trees.is_empty() {
        let unmarked = Unmarked::load(&data);
        match lint::trees(&trees, &unmarked) {
            Ok(found) => findings.extend(found.list),
            Err(error) => failures.push(*error),
        }
        failures.extend(unmarked.broken);
    }
    let findings = choose(findings, options);
    let report = match options.format {
        Format::Text => output::text(&findings, super::is_styled(stdout().is_terminal())),
        Format::Json => output::json(&findings),
    };
    super::print(report.as_bytes())?;
    super::without(failures)?;
    let bad = |finding: &Diagnostic| finding.severity > Severity::Info;
    Ok(u8::from(findings.iter().any(bad)))
}

/// The findings of a single file; nothing for a directory, which is a tree.
fn look(path: &Path, data: &Data) -> Result<Option<Vec<Diagnostic>>> {
    let name = path.display().to_string();
    let extension = path.extension().and_then(|extension| extension.to_str());
    let found = input::look(path)?;
    let findings = match (extension, &found) {
        (_, Found::Directory) if path.file_name().is_none_or(|name| name != FILE_NAME) => {
            return Ok(None);
        }
        (Some("yml" | "pot"), _) => {
            return Err(Diagnostic::usage("lint does not know files of this kind")
                .in_file(name)
                .help("it takes markers, profiles (.yaml), catalogues (.po) and trees"));
        }
        (Some("yaml"), Found::File { .. }) => lint::profile(&name, data)?,
        (Some("po"), Found::File { .. }) => lint::catalogue(path)?,
        _ => lint::file(&name, &found, false),
    };
    Ok(Some(findings.list))
}

use crate::marker::FILE_NAME;

/// What to report, with the severity that the command line wants.
fn choose(findings: Vec<Diagnostic>, options: &Lint) -> Vec<Diagnostic> {
    let names = |list: &[String], finding: &Diagnostic| {
        list.iter().any(|id| finding.rule == Some(id.as_str()))
    };
    findings
        .into_iter()
        .filter(|finding| !names(&options.allow, finding))
        .map(|mut finding| {
            if names(&options.deny, &finding) {
                finding.severity = Severity::Error;
            }
            finding
        })
        .filter(|finding| finding.severity > Severity::Info || options.verbose)
        .collect()
}

fn known(id: &str) -> Result<&'static Rule> {
    rule::find(id).ok_or_else(|| {
        let help = match rule::find(&id.to_ascii_uppercase()) {
            Some(rule) => format!("did you mean `{}`?", rule.id),
            None => "`lint --explain all` shows every rule".to_owned(),
        };
        Diagnostic::usage(format!("unknown rule `{id}`")).help(help)
    })
}

fn explain(ids: &[String]) -> Result<String> {
    let rules = if ids.iter().any(|id| id == "all") {
        rule::RULES.iter().collect()
    } else {
        ids.iter().map(|id| known(id)).collect::<Result<Vec<_>>>()?
    };
    let texts: Vec<String> = rules.into_iter().map(output::explanation).collect();
    Ok(texts.join("\n"))
}
