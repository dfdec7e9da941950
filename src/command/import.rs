//! `import MARKER`: a profile whose marker is an existing file, byte for byte.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use crate::adopted::{self, placeholders};
use crate::cli::Import;
use crate::data::{Data, is_name};
use crate::diagnostic::{Diagnostic, Result};
use crate::escape::printable_line;
use crate::input;
use crate::interpreter::Interpreter;
use crate::lint;
use crate::profile::Profile;
use crate::stdlib;
use crate::tree::{File, Tree};

pub(super) fn run(options: &Import) -> Result<u8> {
    let data = Data::new(options.data.data_dir.clone())?;
    let name = name(options)?;
    if let Some(base) = &options.profile {
        if !is_name(base) {
            let message =
                format!("`{base}` is not the name of a profile, which another can extend");
            return Err(Diagnostic::usage(message).help("lay its directory over with --data-dir"));
        }
        if base == "auto" {
            return Err(Diagnostic::usage("`auto` cannot be extended").help("name the profile"));
        }
        Profile::load(base, &data)?.refuse_unmarked()?;
    }
    let bytes = input::read(&options.marker)?;
    let shown = options.marker.display().to_string();
    if !adopted::is_readable(&bytes) {
        return Err(unreadable(&shown, &bytes));
    }
    let text = String::from_utf8_lossy(&bytes);
    let interpreter = options
        .python
        .clone()
        .or_else(|| from_path(&options.marker))
        .or_else(|| placeholders::only_interpreter(&text));
    let template = adopted::template(&shown, &bytes, interpreter.as_ref())?;
    let profile = profile(options, name, interpreter.as_ref());
    write(options, name, template, profile)?;
    if options.verbose {
        tell(options, name, interpreter.as_ref());
    }
    Ok(0)
}

/// The name of the new profile.
fn name(options: &Import) -> Result<&str> {
    let name = options.name.as_ref().or(options.profile.as_ref());
    let Some(name) = name else {
        return Err(Diagnostic::usage("the new profile has no name")
            .help("give --profile BASE, which it then extends, or --name NAME"));
    };
    // `auto` stands for the profile of the build machine.
    if name == "auto" || !is_name(name) || Path::new(name).extension().is_some() {
        let message = format!("`{name}` cannot be the name of a profile");
        return Err(Diagnostic::usage(message)
            .help("give a name of letters, digits, `-` and `_` with --name"));
    }
    Ok(name)
}

/// Why a marker is refused: the first thing that is wrong with it.
fn unreadable(shown: &str, bytes: &[u8]) -> Box<Diagnostic> {
    let findings = lint::marker(shown, bytes).list;
    let why = findings
        .into_iter()
        .find(|finding| finding.severity == crate::diagnostic::Severity::Error);
    let mut error = Diagnostic::invalid("no installer can read this marker");
    match why {
        Some(finding) => {
            error.place = finding.place;
            error.message = format!("{}: {}", error.message, finding.message);
            error.help = finding.help;
            error
        }
        None => error.in_file(shown),
    }
}

/// The Python in whose standard library directory the marker lies.
fn from_path(marker: &Path) -> Option<Interpreter> {
    stdlib::interpreter(marker.parent()?.file_name()?.to_str()?)
}

/// The profile that names the marker.
fn profile(options: &Import, name: &str, interpreter: Option<&Interpreter>) -> String {
    let mut yaml = "# An adopted marker.".to_owned();
    if let Some(base) = &options.profile {
        yaml.push_str(" Delete the line `marker:` to switch to the built-in guidance.\n");
        let _ = writeln!(yaml, "extends: {base}");
    } else {
        yaml.push('\n');
        let _ = writeln!(yaml, "name: {name}\nreadme: none");
        if let Some(interpreter) = interpreter {
            let _ = writeln!(yaml, "python:\n  ships: [{}]", interpreter.kind.name());
            if let Some(stdlib) = stdlib_of(&options.marker, interpreter) {
                let _ = writeln!(yaml, "stdlib: {stdlib}");
            }
        }
    }
    let _ = writeln!(yaml, "marker: {name}.marker");
    yaml
}

/// The place of the standard library, if the path of the marker tells it from the root on.
fn stdlib_of(marker: &Path, interpreter: &Interpreter) -> Option<String> {
    let parent = marker.parent()?.to_str()?;
    let start = parent.find("/usr/")?;
    let above = parent[start..].strip_suffix(&interpreter.directory())?;
    crate::profile::is_path(above.trim_end_matches('/'))
        .then(|| format!("{above}{{{{ python.directory }}}}"))
}

fn write(options: &Import, name: &str, marker: Vec<u8>, profile: String) -> Result<()> {
    let files = [
        File::new(format!("/distro-profiles/{name}.marker"), marker),
        File::new(
            format!("/distro-profiles/{name}.yaml"),
            profile.into_bytes(),
        ),
    ];
    if input::retry(|| std::fs::metadata(&options.output)).is_err() {
        input::retry(|| fs_err::create_dir_all(&options.output))
            .map_err(|error| Diagnostic::io(error.to_string()))?;
    }
    let tree = Tree::open(&options.output)?;
    for file in &files {
        let found = tree.read(&file.path)?;
        if found.is_some_and(|(contents, _)| contents != file.contents) {
            return Err(Diagnostic::usage("there is another file already")
                .in_file(tree.shown(&file.path))
                .help("remove it, or give another --output or --name"));
        }
    }
    tree.install(&files, None)
}

fn tell(options: &Import, name: &str, interpreter: Option<&Interpreter>) {
    let directory = printable_line(&options.output.display().to_string());
    let known = options.profile.is_some()
        || interpreter.is_some_and(|python| stdlib_of(&options.marker, python).is_some());
    let stdlib = if known { "" } else { " --stdlib DIR" };
    let python = interpreter.map_or_else(|| "VERSION".to_owned(), ToString::to_string);
    let text = format!(
        "installed {directory}/distro-profiles/{name}.marker\n\
         installed {directory}/distro-profiles/{name}.yaml\n\
         The same bytes come back from:\n\
         externally-managed render marker --data-dir {directory} --profile {name} --python {python}{stdlib}\n"
    );
    let _ = std::io::stderr().write_all(text.as_bytes());
}
