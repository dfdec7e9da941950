//! Rules about profiles: whether what they give can be rendered, and what is wrong with that.

use super::{Findings, finding, marker};
use crate::adopted;
use crate::data::Data;
use crate::diagnostic::{Diagnostic, Kind, Result};
use crate::interpreter::{self, Interpreter};
use crate::places::Places;
use crate::rendering::{Document, Renderer};

/// What is rendered where the profile names no version.
const ANY_VERSION: &str = "3.13";

/// What is wrong with the profile in the file `path`.
///
/// # Errors
///
/// Fails if a file cannot be read.
pub fn check(path: &str, data: &Data) -> Result<Findings> {
    let mut findings = Findings::default();
    let documents = [Document::Marker, Document::Readme];
    let outcome = Renderer::new(path, &documents, data)
        .and_then(|renderer| render(path, &renderer, data, &mut findings));
    if let Err(error) = outcome {
        if error.kind == Kind::Io {
            return Err(error);
        }
        findings.list.push(as_finding("EM060", *error));
    }
    Ok(findings)
}

/// A mistake that would stop the program, as a finding of a rule.
pub(super) fn as_finding(rule: &str, error: Diagnostic) -> Diagnostic {
    let row = finding(rule, "");
    Diagnostic {
        kind: row.kind,
        severity: row.severity,
        rule: row.rule,
        ..error
    }
}

/// Renders the marker for each kind of Python that the distribution ships.
fn render(path: &str, renderer: &Renderer<'_>, data: &Data, findings: &mut Findings) -> Result<()> {
    let version = renderer
        .profile
        .text("python.default")
        .unwrap_or(ANY_VERSION);
    let catalogues = renderer.catalogues(&renderer.default_languages())?;
    for kind in interpreter::Kind::ALL {
        if !renderer.profile.ships(kind) {
            continue;
        }
        let interpreter = Interpreter {
            kind,
            version: version.to_owned(),
        };
        let facts = renderer.facts(&interpreter, &Places::default())?;
        if let Some(adopted) = adopted::read(&facts, data)? {
            findings
                .list
                .extend(marker(&adopted.name, &adopted.bytes).list);
            continue;
        }
        let blocks = renderer.blocks(Document::Marker, &facts, &interpreter)?;
        let bytes = renderer.marker(blocks, &catalogues, &facts)?;
        let name = format!("the marker that {path} gives for {interpreter}");
        findings.list.extend(marker(&name, &bytes).list);
        renderer.blocks(Document::Readme, &facts, &interpreter)?;
    }
    Ok(())
}
