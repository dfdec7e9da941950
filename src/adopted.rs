//! Adopted markers: a distribution's own bytes, which bypass templates and the writer. Only
//! `{{ python.* }}` is filled in, and only a marker that no installer can read is refused.

pub mod placeholders;

use crate::data::Data;
use crate::diagnostic::{Diagnostic, Result, Severity, Source};
use crate::input;
use crate::interpreter::Interpreter;
use crate::lint;
use crate::locale::python::Language;
use crate::marker::reader::{Found, Installer, NEWEST_PYTHON, Outcome};
use crate::profile::Facts;
use crate::profile::placeholder::Python;
use crate::profile::schema::PYTHON;

/// How `{{` is written in an adopted marker.
const BRACES: &str = "{{ '{{' }}";

/// The marker that the profile has adopted for the interpreter at hand, if it has.
///
/// # Errors
///
/// Fails if the file is missing, has a placeholder that is not known, or if no installer can read
/// what it gives.
pub fn read(facts: &Facts<'_>, data: &Data) -> Result<Option<Adopted>> {
    let Some(name) = facts.text("marker") else {
        return Ok(None);
    };
    let (name, bytes) = data.marker(facts.directory_of("marker"), name)?;
    let bytes = expand(&name, bytes, &facts.python)?;
    if !is_readable(&bytes) {
        return Err(Diagnostic::invalid("no installer can read this marker")
            .in_file(&name)
            .help("`externally-managed lint` on the file tells why"));
    }
    Ok(Some(Adopted { name, bytes }))
}

/// An adopted marker.
#[derive(Debug)]
pub struct Adopted {
    /// How messages name its file.
    pub name: String,
    /// What to install.
    pub bytes: Vec<u8>,
}

impl Adopted {
    /// What is wrong with it, which the build should show but not stop at.
    #[must_use]
    pub fn findings(&self) -> Vec<Diagnostic> {
        let mut findings = lint::marker(&self.name, &self.bytes).list;
        findings.retain(|finding| finding.severity > Severity::Info);
        findings
    }
}

/// Whether any installer shows a text of this marker.
#[must_use]
pub fn is_readable(bytes: &[u8]) -> bool {
    let found = Found::public(bytes.to_vec());
    Installer::ALL.iter().any(|installer| {
        let evidence = installer.read(&found, NEWEST_PYTHON, &Language::new(None));
        matches!(evidence.outcome, Outcome::Shows(_))
    })
}

/// What a Python of no particular kind stands for, where the marker does not tell.
const ANY: &str = "3.13";

/// The file to keep for a marker with these bytes, with placeholders if it gives the same bytes
/// with them.
///
/// # Errors
///
/// Fails if the same bytes do not come back.
pub fn template(shown: &str, bytes: &[u8], interpreter: Option<&Interpreter>) -> Result<Vec<u8>> {
    let text = String::from_utf8_lossy(bytes);
    let any = Interpreter::parse(ANY).map_err(Diagnostic::usage)?;
    let mut python = Python::default();
    let known = interpreter.unwrap_or(&any);
    python.set("name", known.name());
    python.set("version_nodot", known.version_nodot());
    for candidate in [placeholders::generalize(&text, interpreter), escape(&text)] {
        let back = expand(shown, candidate.clone().into_bytes(), &python);
        if back.is_ok_and(|back| back == bytes) {
            return Ok(candidate.into_bytes());
        }
    }
    let message = "this marker cannot be written so that the same bytes come back";
    Err(Diagnostic::invalid(message).in_file(shown))
}

/// `bytes` as a file that [`expand`] gives back unchanged.
#[must_use]
pub fn escape(text: &str) -> String {
    text.replace("{{", BRACES)
}

/// The bytes with every placeholder filled in.
///
/// # Errors
///
/// Fails, pointing at the line, for anything else between double braces.
pub fn expand(name: &str, bytes: Vec<u8>, python: &Python) -> Result<Vec<u8>> {
    // What is not UTF-8 has nothing to fill in; no installer reads it.
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Ok(error.into_bytes()),
    };
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(open) = rest.find("{{") {
        expanded.push_str(&rest[..open]);
        let inside = rest[open + 2..]
            .find("}}")
            .map(|end| rest[open + 2..open + 2 + end].trim());
        let value = match inside {
            Some("'{{'") => Some("{{"),
            Some(inside) => inside
                .strip_prefix("python.")
                .and_then(|name| python.get(name)),
            None => None,
        };
        let length = rest[open..].find("}}").map(|end| end + 2);
        let (Some(value), Some(length)) = (value, length) else {
            let start = text.len() - rest.len() + open;
            let names: Vec<String> = PYTHON
                .iter()
                .map(|(name, _)| format!("python.{name}"))
                .collect();
            let source = Source::new(name, text.clone());
            return Err(Diagnostic::invalid("this placeholder is not known")
                .at(&source, start..start + 2)
                .help(format!(
                    "known are {}; double braces as such are written {BRACES}",
                    names.join(", ")
                )));
        };
        expanded.push_str(value);
        if expanded.len() > input::MAX_BYTES {
            let message = "with its placeholders filled in, the marker is larger than 4 MiB";
            return Err(Diagnostic::invalid(message).in_file(name));
        }
        rest = &rest[open + length..];
    }
    expanded.push_str(rest);
    Ok(expanded.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn python() -> Python {
        let mut python = Python::default();
        python.set("name", "python3.13".to_owned());
        python
    }

    #[test]
    fn fills_in_what_is_known() {
        let expanded = |text: &str| expand("m", text.into(), &python());
        assert_eq!(
            expanded("a {{ python.name }}\r\nb").expect("known"),
            b"a python3.13\r\nb"
        );
        assert_eq!(expanded("{{ '{{' }} x }}").expect("known"), b"{{ x }}");
        for bad in ["a {{ b }}", "{{", "{{ python.nmae }}", "x {{ python.name"] {
            let error = expanded(bad).expect_err(bad);
            assert_eq!(error.kind.exit_code(), 3, "{bad}");
        }
    }

    #[test]
    fn gives_back_what_was_escaped() {
        for text in [
            "",
            "{{",
            "{{{",
            "a {{ python.name }} b {{ '{{' }}",
            "}} {{}}",
            "{{{{",
        ] {
            let back = expand("m", escape(text).into(), &python()).expect(text);
            assert_eq!(String::from_utf8(back).expect("UTF-8"), text);
        }
        let odd = b"a\xff{{".to_vec();
        assert_eq!(expand("m", odd.clone(), &python()).expect("kept"), odd);
    }
}
