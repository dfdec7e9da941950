//! What each installer makes of a marker: one reader per installer and era, which all answer
//! with the same kind of evidence.

pub mod ini;
pub mod lines;
pub mod output;
pub mod pip;
pub mod python;
pub mod uv;
pub mod version;

use std::fmt;

use crate::locale::python::Language;
use ini::Ini;
use version::Version;

/// What stands in the place of a marker.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Found {
    /// A regular file, perhaps through links.
    File {
        /// What it holds.
        bytes: Vec<u8>,
        /// Its permissions.
        mode: u32,
    },
    /// A directory.
    Directory,
    /// A pipe, a device or a socket.
    Special,
    /// A link that leads to nothing, or in a circle.
    Dangling,
    /// Something below a directory that not everybody may enter.
    Closed,
    /// Nothing.
    Missing,
}

impl Found {
    /// A file with these bytes, as packages install it.
    #[must_use]
    pub fn public(bytes: Vec<u8>) -> Found {
        Found::File { bytes, mode: 0o644 }
    }

    /// Whether everybody can read the file.
    #[must_use]
    pub fn is_public(&self) -> bool {
        matches!(self, Found::File { mode, .. } if mode & 0o004 != 0)
    }

    /// Why there is no marker in the eyes of an installer that wants a file.
    fn why_no_file(&self) -> Why {
        match self {
            Found::Closed => Why::Unreadable,
            Found::Missing => Why::Missing,
            _ => Why::NoFile,
        }
    }
}

/// What an installer does, and how its parser came to it.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// What it does.
    pub outcome: Outcome,
    /// What its parser found; empty where it did not come so far.
    pub ini: Ini,
}

impl From<Outcome> for Evidence {
    fn from(outcome: Outcome) -> Evidence {
        Evidence {
            outcome,
            ini: Ini::default(),
        }
    }
}

/// What an installer does.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// Refuses, and shows this text.
    Shows(Shown),
    /// Refuses, with a text of its own.
    Generic(Why),
    /// Ends with a traceback, because of this exception.
    Crashes(&'static str),
    /// Installs, as if there were no marker.
    Installs(Why),
    /// Reads a pipe or a device, which may never end.
    Unforeseeable,
}

/// A text of a marker.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Shown {
    /// The key, as it was looked up.
    pub key: String,
    /// The text.
    pub text: String,
    /// The index of its entry.
    pub entry: usize,
}

/// Why an installer shows no text of the marker.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Why {
    /// There is no marker.
    Missing,
    /// It is no file.
    NoFile,
    /// Users cannot read it.
    Unreadable,
    /// It is not UTF-8.
    NotUtf8,
    /// The parser does not accept it.
    NotParsed,
    /// It has no section `[externally-managed]`.
    NoSection,
    /// It has no key that the installer reads.
    NoKey,
    /// This version of the installer does not know markers.
    TooOld,
}

/// An installer and its version.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Installer {
    /// pip.
    Pip(Version),
    /// uv.
    Uv(Version),
}

/// The first pip that heeds markers.
pub const FIRST_PIP: Version = Version::new(23, 0, 0);

/// The versions that readers were compared with last.
pub const NEWEST_PIP: Version = Version::new(26, 3, 0);
/// The newest minor version of Python 3 whose parser was compared.
pub const NEWEST_PYTHON: u16 = 15;
/// As [`NEWEST_PIP`], for uv.
pub const NEWEST_UV: Version = Version::new(0, 13, 8);

impl Installer {
    /// The newest pip, uv with its old parser and the newest uv: everything that a marker can
    /// meet today.
    pub const ALL: [Installer; 3] = [
        Installer::Pip(NEWEST_PIP),
        Installer::Uv(uv::LAST_CONFIGPARSER),
        Installer::Uv(NEWEST_UV),
    ];

    /// Reads `pip`, `uv`, `pip@24.0` or `uv@0.13.0`.
    ///
    /// # Errors
    ///
    /// Anything else gives one sentence that says which form is expected.
    pub fn parse(text: &str) -> Result<Installer, String> {
        let (name, version) = match text.split_once('@') {
            Some((name, version)) => (name, Some(version)),
            None => (text, None),
        };
        let parsed = version.map(Version::parse);
        match (name, parsed) {
            ("pip", None) => Ok(Installer::Pip(NEWEST_PIP)),
            ("uv", None) => Ok(Installer::Uv(NEWEST_UV)),
            ("pip", Some(Some(version))) => Ok(Installer::Pip(version)),
            ("uv", Some(Some(version))) => Ok(Installer::Uv(version)),
            _ => Err("expected an installer such as `pip`, `pip@24.0` or `uv@0.13.0`".to_owned()),
        }
    }

    /// What this installer does with what stands in the place of the marker of a Python
    /// 3.`minor`.
    #[must_use]
    pub fn read(self, found: &Found, minor: u16, language: &Language) -> Evidence {
        match self {
            Installer::Pip(version) if version < FIRST_PIP => Outcome::Installs(Why::TooOld).into(),
            Installer::Uv(version) if version < uv::FIRST => Outcome::Installs(Why::TooOld).into(),
            Installer::Pip(_) => pip::read(found, minor, language),
            Installer::Uv(version) => uv::read(found, version),
        }
    }
}

impl fmt::Display for Installer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Installer::Pip(version) => write!(f, "pip {version}"),
            Installer::Uv(version) => write!(f, "uv {version}"),
        }
    }
}
