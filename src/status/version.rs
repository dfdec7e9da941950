//! The full version of a Python, without running it.

use std::fmt::Write as _;

use serde_json::Value as Json;

use crate::diagnostic::Result;
use crate::stdlib::{Stdlib, is_build_details};
use crate::tree::Tree;

/// The version as far as it is known: from the description of the build (PEP 739, CPython 3.14
/// and later), or from the C header `patchlevel.h`.
///
/// # Errors
///
/// Fails if a directory cannot be read.
pub fn of(tree: &Tree, stdlib: &Stdlib) -> Result<Option<String>> {
    for name in tree.list(&stdlib.path)? {
        if is_build_details(&name)
            && let Some(bytes) = tree.configuration(&format!("{}/{name}", stdlib.path))
            && let Some(version) = from_build_details(&bytes)
        {
            return Ok(Some(version));
        }
    }
    let name = stdlib.interpreter.directory();
    let header = format!("{}/include/{name}/patchlevel.h", stdlib.prefix);
    Ok(tree
        .configuration(&header)
        .and_then(|bytes| from_header(&bytes)))
}

/// `language.version_info`, or `implementation.version` where it has the parts.
fn from_build_details(bytes: &[u8]) -> Option<String> {
    let details: Json = serde_json::from_slice(bytes).ok()?;
    let info = &details["language"]["version_info"];
    let part = |name: &str| info[name].as_u64();
    let mut version = format!("{}.{}.{}", part("major")?, part("minor")?, part("micro")?);
    if let Some(level @ ("alpha" | "beta" | "candidate")) = info["releaselevel"].as_str() {
        let level = if level == "candidate" {
            "rc"
        } else {
            &level[..1]
        };
        let _ = write!(version, "{level}{}", part("serial").unwrap_or_default());
    }
    Some(version)
}

/// `#define PY_VERSION "3.13.5"`
fn from_header(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let line = text.lines().find(|line| {
        let mut words = line.split_whitespace();
        words.next() == Some("#define") && words.next() == Some("PY_VERSION")
    })?;
    let (_, rest) = line.split_once('"')?;
    let (version, _) = rest.split_once('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_sources() {
        let details = br#"{"language": {"version": "3.15", "version_info":
            {"major": 3, "minor": 15, "micro": 0, "releaselevel": "candidate", "serial": 2}}}"#;
        assert_eq!(from_build_details(details).as_deref(), Some("3.15.0rc2"));
        assert_eq!(from_build_details(b"{}"), None);
        assert_eq!(from_build_details(b"\xff"), None);
        let header = b"#define PY_MINOR_VERSION 13\n#define PY_VERSION      \t\"3.13.5+\"\n";
        assert_eq!(from_header(header).as_deref(), Some("3.13.5+"));
        assert_eq!(from_header(b"#define PY_VERSION x"), None);
    }
}
