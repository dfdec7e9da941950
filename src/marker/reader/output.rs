//! What an installer prints, letter for letter, once it has read a marker: on a terminal of 80
//! columns, but without colors.
//!
//! Left out is what does not come from the marker: uv's line on the Python that it uses, and all
//! of a traceback but its last line.

pub mod charset;
pub mod optimal_fit;
mod pip;
mod uv;

use super::{Evidence, Installer};
use crate::locale::python::Language;

/// What goes into the text of an installer beside the marker.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'s> {
    /// Python's `sys.prefix`.
    pub prefix: &'s str,
    /// The path of the marker, as Python has it.
    pub marker: &'s str,
    /// The minor version of the Python.
    pub minor: u16,
    /// The character set of standard error.
    pub charset: &'s str,
}

/// What `installer` prints for what it made of a marker with these bytes; nothing if it says
/// nothing on the marker.
#[must_use]
pub fn print(
    installer: Installer,
    evidence: &Evidence,
    bytes: &[u8],
    language: &Language,
    setting: Setting,
) -> Option<String> {
    match installer {
        Installer::Pip(version) => pip::print(version, evidence, bytes, language, setting),
        Installer::Uv(version) => uv::print(version, &evidence.outcome, setting),
    }
}
