//! Which Python is marked: `3.13`, `3.13t`, `pypy3.11`, and the names that follow from it.

use std::fmt;

/// The kinds of Python that redistributors ship.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// The ordinary interpreter.
    Cpython,
    /// CPython built without the global interpreter lock (PEP 703).
    FreeThreaded,
    /// PyPy.
    Pypy,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 3] = [Kind::Cpython, Kind::FreeThreaded, Kind::Pypy];

    /// The name of the kind in a profile's `python.ships`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Cpython => "cpython",
            Kind::FreeThreaded => "free-threaded",
            Kind::Pypy => "pypy",
        }
    }
}

/// One Python, as `--python` names it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Interpreter {
    /// What kind of Python it is.
    pub kind: Kind,
    /// The language version it implements, for example `3.13`.
    pub version: String,
}

impl Interpreter {
    /// Reads `3.13`, `3.13t` or `pypy3.11`.
    ///
    /// # Errors
    ///
    /// Anything else gives one sentence that says which form is expected.
    pub fn parse(text: &str) -> Result<Interpreter, String> {
        let (kind, version) = if let Some(version) = text.strip_prefix("pypy") {
            (Kind::Pypy, version)
        } else if let Some(version) = text.strip_suffix('t') {
            (Kind::FreeThreaded, version)
        } else {
            (Kind::Cpython, text)
        };
        if is_version(version) {
            return Ok(Interpreter {
                kind,
                version: version.to_owned(),
            });
        }
        Err(
            "expected a version of Python 3 such as `3.13`, `3.13t` (free-threaded) or `pypy3.11`"
                .to_owned(),
        )
    }

    /// The number behind `3.`.
    #[must_use]
    pub fn minor(&self) -> u16 {
        let minor = self.version.rsplit('.').next().unwrap_or_default();
        minor.parse().unwrap_or_default()
    }

    /// The version without its dot (`313`), which sysconfig calls `py_version_nodot`.
    #[must_use]
    pub fn version_nodot(&self) -> String {
        self.version.replace('.', "")
    }

    /// The versioned name of the executable: `python3.13`, `python3.13t`, `pypy3.11`.
    #[must_use]
    pub fn name(&self) -> String {
        match self.kind {
            Kind::Cpython => format!("python{}", self.version),
            Kind::FreeThreaded => format!("python{}t", self.version),
            Kind::Pypy => format!("pypy{}", self.version),
        }
    }

    /// The last component of the standard library's path. CPython since 3.13 adds the `t` of
    /// free-threaded builds; PyPy uses its own name (Lib/sysconfig of both).
    #[must_use]
    pub fn directory(&self) -> String {
        self.name()
    }
}

/// Whether `text` is `3.N`, the only shape of version that has a PEP 668 marker.
#[must_use]
pub fn is_version(text: &str) -> bool {
    text.strip_prefix("3.").is_some_and(|minor| {
        (1..=3).contains(&minor.len())
            && minor.bytes().all(|byte| byte.is_ascii_digit())
            && (minor == "0" || !minor.starts_with('0'))
    })
}

impl fmt::Display for Interpreter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Cpython => write!(f, "{}", self.version),
            Kind::FreeThreaded => write!(f, "{}t", self.version),
            Kind::Pypy => write!(f, "pypy{}", self.version),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_what_it_prints() {
        for text in ["3.9", "3.13", "3.13t", "3.100", "pypy3.11"] {
            assert_eq!(Interpreter::parse(text).expect(text).to_string(), text);
        }
    }

    #[test]
    fn refuses_everything_else() {
        for text in [
            "",
            "3",
            "3.",
            "2.7",
            "3.013",
            "python3.13",
            "pypy3.11t",
            "3.13tt",
            "3.13 ",
            "3.1234",
            "../3.1",
            "３.13",
        ] {
            assert!(Interpreter::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn knows_its_names() {
        let names = |text| Interpreter::parse(text).expect("valid").name();
        assert_eq!(names("3.13"), "python3.13");
        assert_eq!(names("3.13t"), "python3.13t");
        assert_eq!(names("pypy3.11"), "pypy3.11");
        assert_eq!(
            Interpreter::parse("3.13").expect("valid").version_nodot(),
            "313"
        );
    }
}
