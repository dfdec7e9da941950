//! The keys of a profile: one table that parsing, merging, the templates' check, the JSON schema
//! and the documentation all follow.

/// What a value must look like.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Shape {
    /// A name, package or other short text that becomes part of a sentence.
    Text,
    /// A command or line that is shown as it is.
    Command,
    /// An absolute path.
    Path,
    /// An absolute path, or `none`.
    PathOrNone,
    /// An address that starts with `https://`.
    Url,
    /// `true` or `false`.
    Flag,
    /// A version of Python such as `3.13`.
    Version,
    /// A list of kinds of Python: `cpython`, `free-threaded`, `pypy`.
    Kinds,
    /// A list of `ID` values of os-release.
    Names,
    /// A list of absolute paths in which `*` stands for a whole name.
    Places,
    /// `all`, `reviewed`, `none` or a list of languages.
    Languages,
    /// The name of a file beside the profile that ends in `.marker`.
    MarkerFile,
    /// One of [`REASONS`].
    Reason,
}

/// One key of a profile.
#[derive(Debug)]
pub struct Field {
    /// The dotted path of the key.
    pub path: &'static str,
    /// What its value must look like.
    pub shape: Shape,
    /// Whether `other`, `free_threaded` and `pypy` may give another value.
    pub per_interpreter: bool,
    /// Whether templates may use it.
    pub in_templates: bool,
    /// What it means.
    pub doc: &'static str,
}

/// Every key except the structural ones (`extends`, `remove` and the sections of [`SECTIONS`]).
pub const FIELDS: &[Field] = &[
    Field {
        path: "name",
        shape: Shape::Text,
        per_interpreter: false,
        in_templates: true,
        doc: "The distribution's name as its users write it, for example `Arch Linux`.",
    },
    Field {
        path: "os_release",
        shape: Shape::Names,
        per_interpreter: false,
        in_templates: false,
        doc: "The ID values in os-release for which `--profile auto` takes this profile.",
    },
    Field {
        path: "python.default",
        shape: Shape::Version,
        per_interpreter: false,
        in_templates: false,
        doc: "The version of CPython that the current stable release calls its default.",
    },
    Field {
        path: "python.ships",
        shape: Shape::Kinds,
        per_interpreter: false,
        in_templates: false,
        doc: "The kinds of Python that the distribution ships.",
    },
    Field {
        path: "command",
        shape: Shape::Command,
        per_interpreter: true,
        in_templates: false,
        doc: "The command that starts this Python; templates know it as `python.command`.",
    },
    Field {
        path: "stdlib",
        shape: Shape::Path,
        per_interpreter: true,
        in_templates: false,
        doc: "The standard library directory; templates know it as `python.stdlib`.",
    },
    Field {
        path: "multilib",
        shape: Shape::Flag,
        per_interpreter: true,
        in_templates: false,
        doc: "Whether `stdlib` differs between architectures whose packages are installed together.",
    },
    Field {
        path: "readme",
        shape: Shape::PathOrNone,
        per_interpreter: true,
        in_templates: true,
        doc: "Where the README lies; beside the marker if it is not given, `none` for no README.",
    },
    Field {
        path: "help_url",
        shape: Shape::Url,
        per_interpreter: true,
        in_templates: true,
        doc: "A page with more help, which the marker names instead of the README.",
    },
    Field {
        path: "languages",
        shape: Shape::Languages,
        per_interpreter: false,
        in_templates: false,
        doc: "The marker's languages unless --languages says otherwise; `all` if it is not given.",
    },
    Field {
        path: "marker",
        shape: Shape::MarkerFile,
        per_interpreter: true,
        in_templates: false,
        doc: "A marker beside this file that is installed as it is, in place of the built-in guidance.",
    },
    Field {
        path: "do_not_mark.kind",
        shape: Shape::Reason,
        per_interpreter: false,
        in_templates: false,
        doc: "Why the Pythons of this profile must not be marked, if they must not.",
    },
    Field {
        path: "do_not_mark.places",
        shape: Shape::Places,
        per_interpreter: false,
        in_templates: false,
        doc: "The prefixes of such Pythons, absolute, with `*` for a whole name, where lint looks for them.",
    },
    Field {
        path: "immutable",
        shape: Shape::Flag,
        per_interpreter: true,
        in_templates: true,
        doc: "Whether the files of this Python cannot be changed in place.",
    },
    Field {
        path: "not_shipped_upstream",
        shape: Shape::Flag,
        per_interpreter: true,
        in_templates: true,
        doc: "Whether the distribution itself ships no marker (yet), which the README then says.",
    },
    Field {
        path: "stops_local_installs",
        shape: Shape::Flag,
        per_interpreter: true,
        in_templates: true,
        doc: "Whether pip run as root would use `local_packages` without the marker.",
    },
    Field {
        path: "no_record",
        shape: Shape::Flag,
        per_interpreter: true,
        in_templates: true,
        doc: "Whether the distribution's packages have no RECORD, without which pip uninstalls nothing.",
    },
    Field {
        path: "systemd",
        shape: Shape::Flag,
        per_interpreter: false,
        in_templates: true,
        doc: "Whether services are systemd's by default.",
    },
    Field {
        path: "patched_pip",
        shape: Shape::Flag,
        per_interpreter: true,
        in_templates: true,
        doc: "Whether the distribution changes pip, so that upgrading pip with itself loses something.",
    },
    Field {
        path: "local_packages",
        shape: Shape::Path,
        per_interpreter: true,
        in_templates: true,
        doc: "The directory into which this distribution's pip installs when it is run as root.",
    },
    Field {
        path: "package_manager.name",
        shape: Shape::Text,
        per_interpreter: true,
        in_templates: true,
        doc: "The package manager's command name.",
    },
    Field {
        path: "package_manager.root",
        shape: Shape::Text,
        per_interpreter: true,
        in_templates: true,
        doc: "The customary command to become root, if the package manager needs root.",
    },
    Field {
        path: "package_manager.install",
        shape: Shape::Command,
        per_interpreter: true,
        in_templates: true,
        doc: "The command that installs the distribution's package of requests.",
    },
    Field {
        path: "package_manager.install_minimal",
        shape: Shape::Command,
        per_interpreter: true,
        in_templates: true,
        doc: "The same for container images: no questions, no recommended packages.",
    },
    Field {
        path: "package_manager.search",
        shape: Shape::Command,
        per_interpreter: true,
        in_templates: true,
        doc: "The command that searches for the package of requests.",
    },
    Field {
        path: "package_manager.shell",
        shape: Shape::Command,
        per_interpreter: true,
        in_templates: true,
        doc: "The command that starts a shell with requests, where packages are used in that way.",
    },
    Field {
        path: "venv.needs",
        shape: Shape::Text,
        per_interpreter: true,
        in_templates: true,
        doc: "The package that `-m venv` needs besides this Python, if any.",
    },
    Field {
        path: "venv.create",
        shape: Shape::Command,
        per_interpreter: true,
        in_templates: true,
        doc: "The command that creates an environment, where it is not this Python's `-m venv .venv`.",
    },
    Field {
        path: "venv.install",
        shape: Shape::Command,
        per_interpreter: true,
        in_templates: true,
        doc: "The command that installs requests into it, with `venv.create`.",
    },
    Field {
        path: "venv.run",
        shape: Shape::Command,
        per_interpreter: true,
        in_templates: true,
        doc: "The command that starts its Python, with `venv.create`.",
    },
    Field {
        path: "applications.command",
        shape: Shape::Command,
        per_interpreter: true,
        in_templates: true,
        doc: "The command that installs an application (httpie) with pipx.",
    },
    Field {
        path: "applications.needs",
        shape: Shape::Text,
        per_interpreter: true,
        in_templates: true,
        doc: "The package that provides pipx.",
    },
    Field {
        path: "applications.per_user_only",
        shape: Shape::Flag,
        per_interpreter: true,
        in_templates: true,
        doc: "Whether this pipx is older than 1.5.0, which cannot install for all users.",
    },
    Field {
        path: "opt_out.disable",
        shape: Shape::Command,
        per_interpreter: true,
        in_templates: true,
        doc: "The command that takes the marker away so that upgrades do not bring it back.",
    },
    Field {
        path: "opt_out.enable",
        shape: Shape::Command,
        per_interpreter: true,
        in_templates: true,
        doc: "The command that brings the marker back.",
    },
    Field {
        path: "opt_out.exclude.file",
        shape: Shape::Path,
        per_interpreter: true,
        in_templates: true,
        doc: "The configuration file that keeps the package manager from unpacking the marker.",
    },
    Field {
        path: "opt_out.exclude.section",
        shape: Shape::Command,
        per_interpreter: true,
        in_templates: true,
        doc: "The heading in that file below which the line belongs.",
    },
    Field {
        path: "opt_out.exclude.line",
        shape: Shape::Command,
        per_interpreter: true,
        in_templates: true,
        doc: "The line to add to that file.",
    },
    Field {
        path: "opt_out.package.install",
        shape: Shape::Command,
        per_interpreter: true,
        in_templates: true,
        doc: "The command that installs the package which takes every marker away while it is installed.",
    },
    Field {
        path: "opt_out.package.remove",
        shape: Shape::Command,
        per_interpreter: true,
        in_templates: true,
        doc: "The command that removes that package.",
    },
    Field {
        path: "opt_out.marker_package.remove",
        shape: Shape::Command,
        per_interpreter: true,
        in_templates: true,
        doc: "The command that removes the package which has the marker, and nothing else.",
    },
    Field {
        path: "opt_out.marker_package.install",
        shape: Shape::Command,
        per_interpreter: true,
        in_templates: true,
        doc: "The command that installs that package.",
    },
    Field {
        path: "opt_out.setting",
        shape: Shape::Command,
        per_interpreter: true,
        in_templates: true,
        doc: "The setting with which this Python is built without the marker.",
    },
    Field {
        path: "opt_out.diversion",
        shape: Shape::Flag,
        per_interpreter: false,
        in_templates: false,
        doc: "Whether dpkg unpacks the packages, so that one of them can divert the markers of others.",
    },
];

/// The keys that a profile must have, itself or from what it extends.
pub const REQUIRED: &[&str] = &[
    "name",
    "command",
    "stdlib",
    "python.default",
    "python.ships",
];

/// The keys that a profile must have whose Pythons get an adopted marker, or must get none.
pub const REQUIRED_WITHOUT_GUIDANCE: &[&str] = &["name"];

/// Why a Python must not be marked: the values of `do_not_mark.kind`, and what they mean.
pub const REASONS: &[Reason] = &[
    Reason {
        kind: "version-manager",
        because: "users build and change these Pythons themselves, and no package manager manages them",
        instead: "leave it unmarked; its users install into it, or into a virtual environment, as they like",
    },
    Reason {
        kind: "container-image",
        because: "this Python is in an image for one application, which is built with pip",
        instead: "leave it unmarked; mark the Python of the distribution that the image is built on, if it has one",
    },
    Reason {
        kind: "environment",
        because: "this is an environment into which its users install, and which they can throw away",
        instead: "leave it unmarked; mark the Python that it was created from",
    },
    Reason {
        kind: "no-packages",
        because: "its distributor has no packages for this Python, so that pip is the way to install them",
        instead: "leave it unmarked; who wants to protect it can tell its users about virtual environments",
    },
    Reason {
        kind: "packages-use-pip",
        because: "its distributor's own packages install what they need with pip, which a marker would stop",
        instead: "leave it unmarked, until these packages pass --break-system-packages",
    },
    Reason {
        kind: "project-runtime",
        because: "this runtime belongs to one project, whose tool builds it again",
        instead: "leave it unmarked; packages are added with that tool",
    },
];

/// Why a Python must not be marked.
#[derive(Debug)]
pub struct Reason {
    /// The value of `do_not_mark.kind`.
    pub kind: &'static str,
    /// The reason, as the end of a sentence.
    pub because: &'static str,
    /// What to do instead.
    pub instead: &'static str,
}

/// A part of a profile that holds facts.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Section {
    /// The profile itself.
    Base,
    /// Facts of every CPython that is not the default one.
    Other,
    /// Facts of free-threaded builds.
    FreeThreaded,
    /// Facts of PyPy.
    Pypy,
}

/// The sections below the top level, with their keys and meanings.
pub const SECTIONS: &[(&str, Section, &str)] = &[
    (
        "other",
        Section::Other,
        "What differs for a CPython that is not the default one.",
    ),
    (
        "free_threaded",
        Section::FreeThreaded,
        "What differs for free-threaded builds of CPython.",
    ),
    ("pypy", Section::Pypy, "What differs for PyPy."),
];

impl Section {
    /// The key of the section, and nothing for the profile itself.
    #[must_use]
    pub fn key(self) -> Option<&'static str> {
        SECTIONS
            .iter()
            .find(|(_, section, _)| *section == self)
            .map(|(key, _, _)| *key)
    }
}

/// What placeholders and templates know about the interpreter, as `python.NAME`.
pub const PYTHON: &[(&str, &str)] = &[
    ("version", "3.13"),
    ("version_nodot", "313"),
    (
        "name",
        "the versioned command: python3.13, python3.13t, pypy3.11",
    ),
    ("directory", "the last part of the standard library's path"),
    ("command", "the command that starts this Python"),
    ("stdlib", "the standard library directory"),
];

/// Flags that templates know beside the facts.
pub const TEMPLATE_FLAGS: &[&str] = &["pypy", "free_threaded", "names_stdlib"];

/// The field with this dotted path.
#[must_use]
pub fn field(path: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.path == path)
}

/// Whether `path` is a mapping that holds fields, such as `package_manager`.
#[must_use]
pub fn is_group(path: &str) -> bool {
    FIELDS.iter().any(|field| {
        field
            .path
            .strip_prefix(path)
            .is_some_and(|rest| rest.starts_with('.'))
    })
}

/// Whether templates may use `path`: a fact, something about the interpreter, or a flag.
#[must_use]
pub fn is_template_variable(path: &str) -> bool {
    field(path).is_some_and(|field| field.in_templates)
        || path
            .strip_prefix("python.")
            .is_some_and(|name| PYTHON.iter().any(|(known, _)| *known == name))
        || TEMPLATE_FLAGS.contains(&path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_unique_and_no_field_is_also_a_group() {
        for (index, field) in FIELDS.iter().enumerate() {
            assert!(!is_group(field.path), "{}", field.path);
            assert!(
                FIELDS[index + 1..]
                    .iter()
                    .all(|other| other.path != field.path),
                "{}",
                field.path
            );
        }
    }
}
