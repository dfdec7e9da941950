//! Rules about what stands in the place of a marker.

use super::{Findings, marker};
use crate::marker::reader::Found;

/// What is wrong with what stands in the place of a marker. `installed` tells whether it lies
/// where an installer looks: a copy elsewhere may have any mode, since its package sets that.
#[must_use]
pub fn check(name: &str, found: &Found, installed: bool) -> Findings {
    let mut findings = Findings::default();
    let message = match found {
        Found::File { bytes, .. } => {
            findings = marker(name, bytes);
            if installed && !found.is_public() {
                "not everybody can read this file"
            } else {
                return findings;
            }
        }
        Found::Directory => "this is a directory, so pip and uv install",
        Found::Special => "this is a pipe, a device or a socket, so pip installs",
        Found::Dangling => "this link leads to no file, so pip and uv install",
        Found::Closed => "not everybody can enter a directory on the way, so pip and uv install",
        Found::Missing => return findings,
    };
    findings.add_file("EM003", message, name);
    findings
}
