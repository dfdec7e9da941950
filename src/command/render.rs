//! `render`: one document, to standard output or to a committed file.

use std::mem::ManuallyDrop;

use super::output_file::OutputFile;
use crate::adopted;
use crate::cli::{DocumentName, Render};
use crate::data::Data;
use crate::diagnostic::{Diagnostic, Result};
use crate::input::read_if_there;
use crate::interpreter::Interpreter;
use crate::opt_out;
use crate::places::Places;
use crate::profile::Profile;
use crate::rendering::{Document, Languages, Renderer};

pub(super) fn run(options: &Render) -> Result<u8> {
    let data = Data::new(options.data.data_dir.clone())?;
    let contents = render(options, &data)?;
    let Some(path) = &options.output else {
        super::print(&contents)?;
        return Ok(0);
    };
    if options.check {
        let found = read_if_there(path)?;
        let difference =
            super::difference::difference(&path.display().to_string(), found.as_deref(), &contents);
        super::print(difference.as_bytes())?;
        return Ok(u8::from(!difference.is_empty()));
    }
    OutputFile::find(path)?.write(contents)?;
    Ok(0)
}

fn render(options: &Render, data: &Data) -> Result<Vec<u8>> {
    let document = match options.document {
        DocumentName::Marker => Document::Marker,
        DocumentName::Readme => Document::Readme,
        DocumentName::News => Document::News,
        DocumentName::OptOut => return opt_out(options, data),
    };
    if options.package.is_some() || options.script.is_some() {
        let message = "--package and --script are for opt-out only";
        return Err(Diagnostic::usage(message));
    }
    let interpreter = only(&options.python, "this document is about one Python")?;
    // The process ends soon; taking the compiled templates apart would cost more than a file.
    let renderer = ManuallyDrop::new(Renderer::new(&options.profile, &[document], data)?);
    let places = Places::new(options.stdlib.as_deref(), options.readme.as_deref(), None)?;
    let facts = renderer.facts(interpreter, &places)?;
    if document == Document::Marker
        && let Some(adopted) = adopted::read(&facts, data)?
    {
        super::check_adopted(&adopted, options.languages.as_ref())?;
        return Ok(adopted.bytes);
    }
    let blocks = renderer.blocks(document, &facts, interpreter)?;
    if document == Document::Marker {
        let languages = options
            .languages
            .clone()
            .unwrap_or_else(|| renderer.default_languages());
        return renderer.marker(blocks, &renderer.catalogues(&languages)?, &facts);
    }
    let language = match &options.languages {
        None | Some(Languages::None) => Languages::None,
        Some(Languages::List(list)) if list.len() == 1 => Languages::List(list.clone()),
        Some(_) => {
            return Err(
                Diagnostic::usage("this document is rendered in one language at a time")
                    .help("give one language, for example --languages de"),
            );
        }
    };
    let catalogues = renderer.catalogues(&language)?;
    Ok(Renderer::text(&blocks, catalogues.first()))
}

/// A maintainer script that diverts the markers of all the Pythons.
fn opt_out(options: &Render, data: &Data) -> Result<Vec<u8>> {
    let (Some(script), Some(package)) = (options.script, &options.package) else {
        return Err(Diagnostic::usage("opt-out needs --script and --package"));
    };
    if options.readme.is_some() || options.languages.is_some() {
        let message = "--readme and --languages are not for opt-out, which has no text";
        return Err(Diagnostic::usage(message));
    }
    let places = Places::new(options.stdlib.as_deref(), None, None)?;
    if places.stdlib.is_some() {
        only(&options.python, "--stdlib is the place of one Python")?;
    }
    let profile = Profile::load(&options.profile, data)?;
    let mut markers: Vec<String> = Vec::with_capacity(options.python.len());
    for interpreter in &options.python {
        let facts = profile.facts_for(interpreter, places.stdlib.as_deref())?;
        let stdlib = facts.python.get("stdlib").unwrap_or_default();
        let marker = format!("{stdlib}/EXTERNALLY-MANAGED");
        if !markers.contains(&marker) {
            markers.push(marker);
        }
    }
    if !profile.flag("opt_out.diversion") {
        return Err(Diagnostic::usage(format!(
            "the packages of the profile {} cannot divert files of others",
            profile.id
        ))
        .help("where dpkg unpacks them, the profile says `opt_out.diversion: true`"));
    }
    Ok(opt_out::script(script.into(), package, &markers)?.into_bytes())
}

/// The only one of the interpreters.
fn only<'i>(interpreters: &'i [Interpreter], reason: &str) -> Result<&'i Interpreter> {
    match interpreters {
        [interpreter] => Ok(interpreter),
        _ => Err(Diagnostic::usage(reason.to_owned()).help("give one --python")),
    }
}
