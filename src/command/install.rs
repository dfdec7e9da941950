//! `install`: the main job.

mod shared;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use super::files_list::FilesList;
use crate::adopted;
use crate::cli::{Install, Installable};
use crate::data::Data;
use crate::diagnostic::{Diagnostic, Result, reason};
use crate::document::Texts;
use crate::escape::printable_line;
use crate::input::retry;
use crate::locale::ENGLISH;
use crate::marker::FILE_NAME;
use crate::places::Places;
use crate::rendering::{Document, Languages, Markers, Renderer};
use crate::tree::{File, Tree};

/// A file to install, what it is, and the language of a translated README.
struct Output {
    file: File,
    document: Document,
    language: Option<String>,
}

pub(super) fn run(options: &Install) -> Result<u8> {
    let data = Data::new(options.data.data_dir.clone())?;
    let mtime = source_date_epoch()?;
    if options.stdlib.is_some() && options.python.len() > 1 {
        return Err(Diagnostic::usage(
            "--stdlib is the place of one Python, but --python is given more than once",
        ));
    }
    let (stdlib, readme) = (options.stdlib.as_deref(), options.readme.as_deref());
    let places = Places::new(stdlib, readme, Some(&options.destdir))?
        .with_shared(options.shared.as_deref(), Some(&options.destdir))?;
    let tree = Tree::open(&options.destdir)?;
    let mut outputs = outputs(options, &places, &data, &tree)?;
    if options.no_docs {
        outputs.retain(|output| output.document == Document::Marker);
    }
    check_readme_directories(&tree, &outputs, options)?;
    if options.check {
        return check(&tree, &outputs);
    }
    let list = FilesList::find(&options.list)?;
    let (files, languages): (Vec<File>, Vec<Option<String>>) = outputs
        .into_iter()
        .map(|output| (output.file, output.language))
        .unzip();
    if let Some(path) = &options.list.files_list {
        refuse_list_among(path, &tree, &files)?;
    }
    tree.install(&files, mtime)?;
    if let Some(list) = list {
        let paths = files.iter().map(|file| file.path.as_str());
        let languages = languages.iter().map(Option::as_deref);
        list.write(&tree, &paths.zip(languages).collect::<Vec<_>>())?;
    }
    if options.verbose {
        report(&options.destdir, &files);
    }
    Ok(0)
}

/// Renders everything before the tree is touched.
fn outputs(options: &Install, places: &Places, data: &Data, tree: &Tree) -> Result<Vec<Output>> {
    let asked = |document| options.documents.is_empty() || options.documents.contains(&document);
    let mut documents = Vec::new();
    if asked(Installable::Marker) {
        documents.push(Document::Marker);
    }
    let no_readme = places.readme.as_deref() == Some("none");
    if asked(Installable::Readme) && !no_readme {
        documents.push(Document::Readme);
    }
    let explicit = options.documents.contains(&Installable::Readme);
    if explicit && no_readme {
        return Err(Diagnostic::usage(
            "`--readme none` contradicts the README that is asked for",
        ));
    }
    // The process ends soon; taking the compiled templates apart would cost more than a file.
    let renderer = ManuallyDrop::new(Renderer::new(&options.profile, &documents, data)?);
    let languages = options
        .languages
        .clone()
        .unwrap_or_else(|| renderer.default_languages());
    let marker_catalogues = if asked(Installable::Marker) {
        renderer.catalogues(&languages)?
    } else {
        Vec::new()
    };
    let readme_languages = options
        .readme_languages
        .as_ref()
        .map(|list| list.0.clone())
        .unwrap_or_default();
    let readme_catalogues = renderer.catalogues(&Languages::List(readme_languages.clone()))?;

    let mut markers = Markers::new(&renderer, &marker_catalogues);
    let mut readmes = Texts::new(None);
    let mut outputs: Vec<Output> = Vec::new();
    let mut any_readme = false;
    let shared = places.shared.as_deref();
    // With one file for all, the text is that of the first.
    let texts = shared.map_or(options.python.len(), |_| 1);
    for interpreter in options.python.iter().take(texts) {
        let mut facts = renderer.facts(interpreter, places)?;
        let stdlib = facts.python.get("stdlib").unwrap_or_default().to_owned();
        if let Some(shared) = shared {
            shared::move_readme(&mut facts, &stdlib, shared, places);
        }
        if documents.contains(&Document::Marker) {
            let contents = if let Some(adopted) = adopted::read(&facts, data)? {
                super::check_adopted(&adopted, options.languages.as_ref())?;
                adopted.bytes
            } else {
                let blocks = renderer.blocks(Document::Marker, &facts, interpreter)?;
                markers.next(blocks, &facts)?
            };
            let directory = shared.unwrap_or(&stdlib).trim_end_matches('/');
            let file = File::new(format!("{directory}/{FILE_NAME}"), contents);
            add(&mut outputs, file, Document::Marker, None)?;
        }
        let readme = facts
            .text("readme")
            .filter(|_| documents.contains(&Document::Readme));
        let Some(readme) = readme else { continue };
        any_readme = true;
        let blocks = renderer.blocks(Document::Readme, &facts, interpreter)?;
        let contents = readmes.next(blocks).as_bytes().to_vec();
        let path = readme.to_owned();
        add(
            &mut outputs,
            File::new(path, contents),
            Document::Readme,
            None,
        )?;
        for catalogue in &readme_catalogues {
            let path = format!("{readme}.{}", catalogue.code);
            let contents = Renderer::text(readmes.blocks(), Some(catalogue));
            let language = Some(catalogue.code.clone());
            add(
                &mut outputs,
                File::new(path, contents),
                Document::Readme,
                language,
            )?;
        }
    }
    if shared.is_none() && options.documents.contains(&Installable::Links) {
        return Err(Diagnostic::usage("links lead to a shared marker")
            .help("name its directory with --shared DIR"));
    }
    if asked(Installable::Links) {
        for link in shared::links(options, places, &renderer, tree)? {
            add(&mut outputs, link, Document::Marker, None)?;
        }
    }
    let translated = readme_languages.iter().any(|language| language != ENGLISH);
    if translated && !documents.contains(&Document::Readme) {
        let message = "--readme-languages is for the README, which is not asked for";
        return Err(Diagnostic::usage(message));
    }
    if !any_readme && (explicit || translated) {
        return Err(Diagnostic::usage("there is no README to install")
            .help("the profile has none; name its place with --readme PATH"));
    }
    Ok(outputs)
}

/// Adds a file, unless another interpreter has the same file already.
fn add(
    outputs: &mut Vec<Output>,
    file: File,
    document: Document,
    language: Option<String>,
) -> Result<()> {
    match outputs.iter().find(|known| known.file.path == file.path) {
        Some(known) if known.file.contents == file.contents => {}
        Some(_) => {
            return Err(Diagnostic::usage(format!("two different files would be installed as {}", file.path))
                .help("give each Python a place of its own, for example --readme '/usr/share/doc/{{ python.name }}/README.venv'"));
        }
        None => outputs.push(Output {
            file,
            document,
            language,
        }),
    }
    Ok(())
}

/// A documentation directory that is a link belongs to another package (Debian Policy 12.5): a
/// README written through it would lie where the marker does not look for it, or nowhere. A link
/// that the marker goes through as well is followed, and on a running system every one, as
/// everybody else does there.
fn check_readme_directories(tree: &Tree, outputs: &[Output], options: &Install) -> Result<()> {
    if options.destdir == Path::new("/") {
        return Ok(());
    }
    let readmes = outputs
        .iter()
        .filter(|output| output.document == Document::Readme);
    let markers = outputs
        .iter()
        .filter(|output| output.document == Document::Marker);
    let beside_markers: BTreeSet<&str> = markers
        .filter_map(|marker| Some(marker.file.path.rsplit_once('/')?.0))
        .collect();
    for readme in readmes {
        let Some((directory, _)) = readme.file.path.rsplit_once('/') else {
            continue;
        };
        if beside_markers.contains(directory) {
            continue;
        }
        if let Some(target) = tree.link(directory)? {
            let what = format!("the README's directory is a symbolic link to {target}");
            return Err(Diagnostic::io(what)
                .in_file(tree.shown(directory))
                .help("install the README into the package that has this directory, or name another place with --readme"));
        }
    }
    Ok(())
}

/// Refuses to write the list over one of the files that it is to list.
fn refuse_list_among(list: &Path, tree: &Tree, files: &[File]) -> Result<()> {
    for file in files {
        let installed = tree.shown(&file.path);
        let installed = Path::new(&installed);
        // Most lists have a name of their own, and nothing needs to be looked at.
        if installed.file_name() == list.file_name()
            && directory_of(list)? == directory_of(installed)?
        {
            let message = format!("--files-list: `{}` is installed itself", file.path);
            return Err(Diagnostic::usage(message)
                .help("give the list a place of its own, outside of the tree"));
        }
    }
    Ok(())
}

/// The directory that a file lies in, without links; nothing if it is not there.
fn directory_of(path: &Path) -> Result<Option<PathBuf>> {
    let parent = path.parent().filter(|parent| *parent != Path::new(""));
    match retry(|| std::fs::canonicalize(parent.unwrap_or(Path::new(".")))) {
        Ok(directory) => Ok(Some(directory)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(
            Diagnostic::io(format!("this cannot be looked at: {}", reason(&error)))
                .in_file(path.display().to_string()),
        ),
    }
}

fn check(tree: &Tree, outputs: &[Output]) -> Result<u8> {
    let mut report = String::new();
    for output in outputs {
        let name = tree.shown(&output.file.path);
        if output.file.is_link {
            let target = String::from_utf8_lossy(&output.file.contents);
            if tree.link(&output.file.path)?.as_deref() != Some(&*target) {
                let name = printable_line(&name);
                let target = printable_line(&target);
                let _ = writeln!(report, "{name}: should be a symbolic link to {target}");
            }
            continue;
        }
        let found = tree.read(&output.file.path)?;
        let contents = found.as_ref().map(|(contents, _)| contents.as_slice());
        report.push_str(&super::difference::difference(
            &name,
            contents,
            &output.file.contents,
        ));
        if let Some((_, mode)) = found.filter(|(_, mode)| *mode != 0o644) {
            let name = printable_line(&name);
            let _ = writeln!(report, "{name}: mode is {mode:04o}, should be 0644");
        }
    }
    super::print(report.as_bytes())?;
    Ok(u8::from(!report.is_empty()))
}

/// The time to give to files (reproducible-builds.org, `SOURCE_DATE_EPOCH`).
fn source_date_epoch() -> Result<Option<i64>> {
    let Some(value) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|value| !value.is_empty())
    else {
        return Ok(None);
    };
    let seconds = value
        .to_str()
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|text| text.parse().ok());
    match seconds {
        Some(seconds) => Ok(Some(seconds)),
        None => Err(Diagnostic::usage(format!(
            "SOURCE_DATE_EPOCH is `{}`, which is not a whole number of seconds since 1970",
            value.to_string_lossy()
        ))),
    }
}

fn report(destdir: &Path, files: &[File]) {
    let mut lines = String::new();
    for file in files {
        let path = destdir.join(file.path.trim_start_matches('/'));
        let what = if file.is_link {
            format!("a link to {}", String::from_utf8_lossy(&file.contents))
        } else {
            format!("{} bytes", file.contents.len())
        };
        let line = format!("installed {} ({what})", path.display());
        let _ = writeln!(lines, "{}", printable_line(&line));
    }
    let _ = std::io::stderr().write_all(lines.as_bytes());
}
