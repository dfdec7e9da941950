//! The command line, as types. Help texts are read aloud before each release.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::interpreter::Interpreter;
use crate::marker::reader::Installer;
use crate::opt_out::Script;
use crate::rendering::{Languages, parse_list};

/// Mark a distribution's Python as externally managed (PEP 668), in its users' languages.
///
/// Called while a distribution builds its Python package: renders the EXTERNALLY-MANAGED file
/// that pip and uv show when they refuse to change this Python, and a README, and installs both
/// into the package tree. It never runs the Python that it marks.
#[derive(Debug, Parser)]
#[command(
    name = "externally-managed",
    version,
    disable_help_subcommand = true,
    max_term_width = 80
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Install the marker and the README into a package tree
    Install(Install),
    /// Print one document, or keep a committed copy of it up to date
    Render(Render),
    /// Show what pip and uv print for a marker, and who reads which language
    Explain(Explain),
    /// Find what is wrong with markers, profiles, catalogues and package trees
    Lint(Lint),
    /// Adopt an existing marker without changing a byte
    Import(Import),
    /// List the profiles, or show every fact of one and where it comes from
    Profiles(Profiles),
    /// List the languages: how complete, who has reviewed them, how many bytes
    Languages(LanguageReport),
    /// Show every Python of an image or of this system, and its marker
    Status(Status),
    /// Print a completion script for a shell
    Completions(Completions),
}

/// What to render.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum DocumentName {
    /// The EXTERNALLY-MANAGED file
    Marker,
    /// The README that the marker names
    Readme,
    /// The entry for the distribution's news
    News,
    /// A maintainer script of a Debian package that turns the check off while it is installed
    OptOut,
}

/// What can be installed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Installable {
    /// The EXTERNALLY-MANAGED file
    Marker,
    /// With --shared, the symbolic links to it
    Links,
    /// The README that the marker names
    Readme,
}

/// Where profiles, templates and catalogues come from.
#[derive(Args, Debug)]
pub struct DataOptions {
    /// Lay DIR over the built-in data; it has folders as the repository has: distro-profiles,
    /// templates, po (repeatable, the last one is on top)
    #[arg(long = "data-dir", value_name = "DIR")]
    pub data_dir: Vec<PathBuf>,
}

/// The list of installed files.
#[derive(Args, Debug)]
pub struct ListOptions {
    /// Write the paths of the installed files, as they are in the tree, to FILE
    #[arg(long, value_name = "FILE")]
    pub files_list: Option<PathBuf>,
    /// The form of the list: `rpm` is for %files -f
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = FilesFormat::Plain, requires = "files_list")]
    pub files_format: FilesFormat,
    /// Add to FILE: what it lists already stays, unless the tree does not have it any more
    #[arg(long, requires = "files_list")]
    pub files_append: bool,
}

/// Options of `install`.
#[derive(Args, Debug)]
#[command(
    override_usage = "externally-managed install [OPTIONS] --profile <PROFILE>\n       --python <VERSION>... --destdir <DIR> [DOCUMENT]..."
)]
pub struct Install {
    /// What to install [default: all that the profile has]
    #[arg(value_name = "DOCUMENT")]
    pub documents: Vec<Installable>,
    /// The distribution: a built-in name, a YAML file (with `/` or ending in .yaml), or `auto`
    /// for the distribution of the build machine
    #[arg(long, value_name = "PROFILE")]
    pub profile: String,
    /// The Python to mark: 3.13, 3.13t (free-threaded), pypy3.11 (repeatable)
    #[arg(long, value_name = "VERSION", required = true, value_parser = Interpreter::parse)]
    pub python: Vec<Interpreter>,
    /// The package tree; `/` marks the running system
    #[arg(long, value_name = "DIR")]
    pub destdir: PathBuf,
    /// The standard library directory inside the tree, if it is not where the profile says (with
    /// one --python only)
    #[arg(long, value_name = "DIR")]
    pub stdlib: Option<String>,
    /// Install one marker for all Pythons, with the text of the first --python, into DIR inside
    /// the tree, and in each standard library a relative symbolic link to it
    #[arg(long, value_name = "DIR")]
    pub shared: Option<String>,
    /// Where the README lies inside the tree, with `{{ python.name }}` and the like for the Python
    /// at hand; `none`: there is none, and the marker names none
    #[arg(long, value_name = "PATH|none")]
    pub readme: Option<String>,
    /// The marker's languages beside English: all, reviewed (by a native speaker), none, or a
    /// list such as `de,pt_BR` [default: what the profile says, else all]
    #[arg(long, value_name = "LANGUAGES", value_parser = Languages::parse)]
    pub languages: Option<Languages>,
    /// Install the README in these languages too, as README.venv.LL
    #[arg(long, value_name = "LL,...", value_parser = parse_language_list)]
    pub readme_languages: Option<LanguageList>,
    /// Leave the README out, for a build without documentation (`nodoc`); the marker stays the
    /// same
    // A build system may say it again.
    #[arg(long, overrides_with = "no_docs")]
    pub no_docs: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub data: DataOptions,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub list: ListOptions,
    /// Write nothing; show how the tree differs from what would be installed, and exit with 1 if
    /// it does
    #[arg(long, conflicts_with = "files_list")]
    pub check: bool,
    /// Name each file that is written, on standard error
    #[arg(long, short)]
    pub verbose: bool,
}

/// Languages with commas between them.
#[derive(Clone, Debug)]
pub struct LanguageList(pub Vec<String>);

fn parse_language_list(text: &str) -> Result<LanguageList, String> {
    parse_list(text).map(LanguageList)
}

/// The forms of `--files-list`.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum FilesFormat {
    /// One path per line
    Plain,
    /// For %files -f of RPM, with %lang on translated READMEs
    Rpm,
}

/// Options of `render`.
#[derive(Args, Debug)]
#[command(
    override_usage = "externally-managed render [OPTIONS] --profile <PROFILE>\n       --python <VERSION> <DOCUMENT>\n       externally-managed render opt-out --profile <PROFILE>\n       --python <VERSION>... --package <NAME> --script <SCRIPT>"
)]
pub struct Render {
    /// What to render
    #[arg(value_name = "DOCUMENT")]
    pub document: DocumentName,
    /// The distribution: a built-in name, a YAML file (with `/` or ending in .yaml), or `auto`
    /// for the distribution of the build machine
    #[arg(long, value_name = "PROFILE")]
    pub profile: String,
    /// The Python that the document is about: 3.13, 3.13t (free-threaded), pypy3.11
    /// (for opt-out, repeatable)
    #[arg(long, value_name = "VERSION", required = true, value_parser = Interpreter::parse)]
    pub python: Vec<Interpreter>,
    /// For opt-out, the package that the script belongs to
    #[arg(long, value_name = "NAME", required_if_eq("document", "opt-out"))]
    pub package: Option<String>,
    /// For opt-out, the maintainer script; the package needs all of them
    #[arg(
        long,
        value_name = "SCRIPT",
        value_enum,
        required_if_eq("document", "opt-out")
    )]
    pub script: Option<MaintainerScript>,
    /// The standard library directory inside the tree, if it is not where the profile says
    #[arg(long, value_name = "DIR")]
    pub stdlib: Option<String>,
    /// Where the README lies inside the tree; `none`: the marker names none
    #[arg(long, value_name = "PATH|none")]
    pub readme: Option<String>,
    /// For the marker, its languages beside English: all, reviewed, none, or a list such as
    /// `de,pt_BR` [default: what the profile says, else all]; for other documents, their one
    /// language [default: en]
    #[arg(long, value_name = "LANGUAGES", value_parser = Languages::parse)]
    pub languages: Option<Languages>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub data: DataOptions,
    /// Write to FILE instead of standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write nothing; show how FILE differs from what would be written, and exit with 1 if it
    /// does
    #[arg(long, requires = "output")]
    pub check: bool,
}

/// The maintainer scripts of `render opt-out`.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum MaintainerScript {
    /// Diverts the markers, before the package is unpacked
    Preinst,
    /// Diverts them once more, after another such package is removed
    Postinst,
    /// Brings them back, when the package is removed
    Postrm,
}

impl From<MaintainerScript> for Script {
    fn from(script: MaintainerScript) -> Script {
        match script {
            MaintainerScript::Preinst => Script::Preinst,
            MaintainerScript::Postinst => Script::Postinst,
            MaintainerScript::Postrm => Script::Postrm,
        }
    }
}

/// Options of `profiles`.
#[derive(Args, Debug)]
pub struct Profiles {
    /// Show every fact of this profile: a name, a YAML file or `auto`
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// The form of the output
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    pub format: Format,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub data: DataOptions,
}

/// Options of `languages`.
#[derive(Args, Debug)]
pub struct LanguageReport {
    /// Count the bytes that each language takes in the marker and README of this profile: a
    /// name, a YAML file or `auto`
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<String>,
    /// The Python that the documents are about: 3.13, 3.13t, pypy3.11 [default: the one that
    /// the profile calls its default]
    #[arg(long, value_name = "VERSION", value_parser = Interpreter::parse, requires = "profile")]
    pub python: Option<Interpreter>,
    /// The form of the output
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    pub format: Format,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub data: DataOptions,
}

/// The forms of a report.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For programs, with a version
    Json,
}

/// Options of `completions`.
#[derive(Args, Debug)]
pub struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: clap_complete::Shell,
}

/// Options of `explain`.
#[derive(Args, Debug)]
pub struct Explain {
    /// A marker, or a package tree or the root of an image, for all of its markers
    #[arg(value_name = "MARKER|TREE")]
    pub path: PathBuf,
    /// Whose output: pip, uv, or a version such as pip@24.0 or uv@0.13.0 (repeatable)
    /// [default: the newest pip, the newest uv, and uv 0.13.0, the last with another parser]
    #[arg(long, value_name = "INSTALLER", value_parser = Installer::parse)]
    pub installer: Vec<Installer>,
    /// The reader's locale, for example de_DE.UTF-8; it need not be installed [default: that
    /// of the environment]
    #[arg(long, value_name = "LOCALE")]
    pub locale: Option<String>,
    /// The Python that pip runs on: 3.13, 3.13t, pypy3.11 [default: the one in whose directory
    /// the marker lies, else 3.15]
    #[arg(long, value_name = "VERSION", value_parser = Interpreter::parse)]
    pub python: Option<Interpreter>,
    /// The form of the output
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// Options of `lint`.
#[derive(Args, Debug)]
pub struct Lint {
    /// What to look at: markers, profiles (.yaml), catalogues (.po), and package trees, which are
    /// taken together as one system
    #[arg(value_name = "PATH", required_unless_present = "explain")]
    pub paths: Vec<PathBuf>,
    /// Explain a rule: what happens, who is hurt, how to mend it (repeatable; `all` for every one)
    #[arg(long, value_name = "RULE", conflicts_with = "paths")]
    pub explain: Vec<String>,
    /// Do not report this rule (repeatable)
    #[arg(long, value_name = "RULE")]
    pub allow: Vec<String>,
    /// Report this rule as an error (repeatable)
    #[arg(long, value_name = "RULE")]
    pub deny: Vec<String>,
    /// The form of the output
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    pub format: Format,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub data: DataOptions,
    /// Report what is only worth knowing, too
    #[arg(long, short)]
    pub verbose: bool,
}

/// Options of `import`.
#[derive(Args, Debug)]
pub struct Import {
    /// The marker
    #[arg(value_name = "MARKER")]
    pub marker: PathBuf,
    /// The profile that gives everything else: a built-in name or one of a data directory
    #[arg(long, value_name = "BASE")]
    pub profile: Option<String>,
    /// Write DIR/distro-profiles/NAME.yaml and NAME.marker, to be used with --data-dir DIR
    #[arg(long, value_name = "DIR")]
    pub output: PathBuf,
    /// The name of the new profile [default: BASE]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// The Python that the marker is for [default: what its path says, else its text]
    #[arg(long, value_name = "VERSION", value_parser = Interpreter::parse)]
    pub python: Option<Interpreter>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub data: DataOptions,
    /// Name each file that is written, on standard error
    #[arg(long, short)]
    pub verbose: bool,
}

/// Options of `status`.
#[derive(Args, Debug)]
pub struct Status {
    /// The root of the image
    #[arg(value_name = "ROOT", default_value = "/")]
    pub root: PathBuf,
    /// The form of the output
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    pub format: Format,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub data: DataOptions,
}
