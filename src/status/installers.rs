//! The pip of a Python, and configuration that lets installers pass over markers.

use crate::diagnostic::Result;
use crate::interpreter::Kind;
use crate::marker::reader::version::Version;
use crate::marker::reader::{pip, python};
use crate::stdlib::Stdlib;
use crate::tree::Tree;

/// Any Python reads pip's configuration alike.
const ANY_MINOR: u16 = 13;

/// The version of pip that a Python finds first, in the order of its `sys.path`.
///
/// # Errors
///
/// Fails if a directory cannot be read.
pub fn pip_of(tree: &Tree, stdlib: &Stdlib) -> Result<Option<(Version, String)>> {
    let mut directories = Vec::new();
    let name = stdlib.interpreter.directory();
    if stdlib.prefix == "/usr" {
        directories.push(format!("/usr/local/lib/{name}/dist-packages"));
        directories.push(format!("/usr/local/lib/{name}/site-packages"));
    }
    directories.push(format!("{}/site-packages", stdlib.path));
    directories.push(format!("{}/dist-packages", stdlib.path));
    if stdlib.interpreter.kind != Kind::Pypy || stdlib.prefix == "/usr" {
        // Debian's packages for every Python 3.
        directories.push(format!("{}/lib/python3/dist-packages", stdlib.prefix));
    }
    for directory in directories {
        for name in tree.list(&directory)? {
            let version = name.strip_prefix("pip-").and_then(|rest| {
                rest.strip_suffix(".dist-info")
                    .or_else(|| rest.strip_suffix(".egg-info"))
            });
            if let Some(text) = version
                && let Some(version) = Version::parse(text)
            {
                // `pip-25.1-py3.13.egg-info` names the Python too.
                let text = text.split("-py").next().unwrap_or(text);
                return Ok(Some((version, text.to_owned())));
            }
        }
    }
    Ok(None)
}

/// The configuration files that switch the check off for every user, for root, or for this
/// Python (pip's documentation, "Configuration"; uv's, "Configuration files").
#[must_use]
pub fn overrides(tree: &Tree, prefix: &str) -> Vec<String> {
    let site = format!("{prefix}/pip.conf");
    let files = [
        "/etc/pip.conf",
        "/etc/xdg/pip/pip.conf",
        "/root/.pip/pip.conf",
        "/root/.config/pip/pip.conf",
        &site,
    ];
    let mut found: Vec<String> = files
        .into_iter()
        .filter(|file| {
            tree.configuration(file)
                .is_some_and(|bytes| pip_passes(&bytes))
        })
        .map(str::to_owned)
        .collect();
    let uv = "/etc/uv/uv.toml";
    if tree
        .configuration(uv)
        .is_some_and(|bytes| uv_passes(&bytes))
    {
        found.push(uv.to_owned());
    }
    found.dedup();
    found
}

/// Whether a pip.conf says `break-system-packages`, for all commands or for `install`.
fn pip_passes(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let ini = python::parse(&text, pip::dialect(ANY_MINOR));
    ini.entries.iter().any(|entry| {
        // pip takes underscores for hyphens (`_internal/configuration.py`, `_normalize_name`).
        let key = entry.key.replace('_', "-");
        let key = key.trim_start_matches("--");
        let value = entry.value(&text).to_lowercase();
        matches!(entry.section.as_str(), "global" | "install")
            && key == "break-system-packages"
            && matches!(value.as_str(), "y" | "yes" | "t" | "true" | "on" | "1")
    })
}

/// Whether a uv.toml says `break-system-packages = true`. Its table `[pip]` is the only one that
/// has the key.
fn uv_passes(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.lines()
        .filter_map(|line| line.split('#').next()?.split_once('='))
        .any(|(key, value)| key.trim() == "break-system-packages" && value.trim() == "true")
}
