//! The only user of Tera: facts and a template give blocks, once for all languages.
//!
//! A function call in a template leaves a reference in the rendered text, so that we see what
//! stands on a line of its own; anything else in the rendered text is a mistake.

mod bounds;
pub mod compact;
mod context;
mod explain;
mod record;
pub mod scan;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

use tera::{Kwargs, State, Tera};

use crate::data::Data;
use crate::diagnostic::{Diagnostic, Result, Source};
use crate::document::Block;
use crate::interpreter::Interpreter;
use crate::profile::Facts;
use crate::profile::schema;
use bounds::Endless;
use compact::{BLOCKS, MESSAGE_CALLS};

/// No template of ours comes near this; it bounds what a data directory can make us do.
const MAX_BYTES: usize = 64 * 1024;
/// Different templates of one document.
const MAX_TEMPLATES: usize = 100;

/// The templates of one document, compiled.
pub struct Templates {
    tera: Tera,
    root: String,
    sources: Sources,
    recorded: Arc<Mutex<Vec<Block>>>,
}

/// Templates by name, as they are written, for messages.
type Sources = BTreeMap<String, Rc<Source>>;

impl std::fmt::Debug for Templates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Templates")
            .field("root", &self.root)
            .finish_non_exhaustive()
    }
}

impl Templates {
    /// Compiles the template `root` and what it includes.
    ///
    /// # Errors
    ///
    /// Fails, pointing at the line, for syntax errors, unknown functions and facts, words outside
    /// of messages, and templates that are not there.
    pub fn load(root: &str, data: &Data) -> Result<Templates> {
        let mut sources = BTreeMap::new();
        let texts = collect(root, data, &mut sources)?;
        let recorded = Arc::new(Mutex::new(Vec::new()));
        let mut tera = Tera::new();
        tera.autoescape_on(Vec::<&'static str>::new());
        for name in MESSAGE_CALLS {
            let recorded = Arc::clone(&recorded);
            tera.register_function(*name, move |arguments: Kwargs, _: &State| {
                record::message(&recorded, name, &arguments)
            });
        }
        for (name, argument) in BLOCKS {
            let recorded = Arc::clone(&recorded);
            tera.register_function(*name, move |arguments: Kwargs, _: &State| {
                record::literal(&recorded, name, argument, &arguments)
            });
        }
        if let Err(error) = tera.add_raw_templates(texts) {
            return Err(explain::explain(&error, &sources));
        }
        Ok(Templates {
            tera,
            root: root.to_owned(),
            sources,
            recorded,
        })
    }

    /// Renders the document for one interpreter.
    ///
    /// # Errors
    ///
    /// Fails, pointing at the line, if the template uses a fact that the profile does not give,
    /// or gives one of our functions something that is not text.
    pub fn render(&self, facts: &Facts<'_>, interpreter: &Interpreter) -> Result<Vec<Block>> {
        self.recorded
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
        let text = self
            .tera
            .render(&self.root, &context::context(facts, interpreter))
            .map_err(|error| explain::explain(&error, &self.sources))?;
        let recorded =
            std::mem::take(&mut *self.recorded.lock().unwrap_or_else(PoisonError::into_inner));
        let name = &self.sources[&self.root].name;
        record::assemble(&text, recorded)
            .map_err(|message| Diagnostic::invalid(message).in_file(name))
    }

    /// The file of the document's own template.
    #[must_use]
    pub fn root_name(&self) -> &str {
        &self.sources[&self.root].name
    }

    /// Where `text` stands in the templates: for a message that is wrong in its English form, or
    /// a command that is written in a template.
    #[must_use]
    pub fn place_of(&self, text: &str) -> Option<(Rc<Source>, Range<usize>)> {
        self.sources.values().find_map(|source| {
            let start = source.text.find(text)?;
            Some((Rc::clone(source), start..start + text.len()))
        })
    }
}

/// Reads `name` and what it includes, and checks each as far as this is possible unrendered.
/// Gives the texts for Tera.
fn collect(
    name: &str,
    data: &Data,
    sources: &mut Sources,
) -> Result<Vec<(String, Cow<'static, str>)>> {
    let root = name;
    let mut texts = Vec::new();
    let mut graph = BTreeMap::new();
    let mut waiting = vec![(name.to_owned(), None)];
    while let Some((name, includer)) = waiting.pop() {
        if sources.contains_key(&name) {
            continue;
        }
        let Some((source, compacted)) = data.template(&name)? else {
            let missing = Diagnostic::invalid(format!("there is no template `{name}`"));
            return Err(match includer {
                Some(includer) => place_text(missing, &includer, &name),
                None => missing,
            });
        };
        if source.text.len() > MAX_BYTES {
            let message = format!("the template is larger than {MAX_BYTES} bytes");
            return Err(Diagnostic::invalid(message).in_file(&source.name));
        }
        if sources.len() >= MAX_TEMPLATES {
            let message = format!("the document has more than {MAX_TEMPLATES} templates");
            return Err(Diagnostic::invalid(message).in_file(&source.name));
        }
        let includes = if let Some(compacted) = compacted {
            // A test has scanned the built-in ones; a run need not do it again.
            texts.push((name.clone(), Cow::Borrowed(compacted)));
            includes_of(compacted)
        } else {
            let includes = check(&source)?.includes;
            let text = compact::join_tag_lines(&source.text);
            texts.push((name.clone(), Cow::Owned(text)));
            includes
        };
        for include in &includes {
            waiting.push((include.clone(), Some(Rc::clone(&source))));
        }
        graph.insert(name.clone(), includes);
        sources.insert(name, source);
    }
    match bounds::count_includes(root, &graph) {
        Ok(()) => Ok(texts),
        Err(endless) => Err(refuse(root, &endless, sources)),
    }
}

/// The diagnostic for templates whose includes have no end.
fn refuse(root: &str, endless: &Endless<'_>, sources: &Sources) -> Box<Diagnostic> {
    match endless {
        Endless::Circle(names) => {
            let chain = names.join(" -> ");
            let message = format!("the templates include each other in a circle: {chain}");
            // The last two are an include and what it includes.
            match names.as_slice() {
                [.., name, below] => {
                    place_text(Diagnostic::invalid(message), &sources[*name], below)
                }
                _ => Diagnostic::invalid(message).in_file(&sources[root].name),
            }
        }
        Endless::TooMany => {
            let message = "with all that they include, the templates are too many";
            Diagnostic::invalid(message).in_file(&sources[root].name)
        }
    }
}

/// What a built-in template includes.
fn includes_of(text: &str) -> Vec<String> {
    let tags = text.split("{% include \"").skip(1);
    tags.filter_map(|tag| tag.split('"').next())
        .map(str::to_owned)
        .collect()
}

/// Scans a template. Every variable must be something that a profile can give: Tera takes a
/// misspelt one inside of `{% if %}` for false.
fn check(source: &Rc<Source>) -> Result<scan::Scan> {
    let scan = scan::scan(&source.text).map_err(|error| {
        Diagnostic::invalid(error.message)
            .at(source, error.span)
            .help(error.help)
    })?;
    for (path, span) in &scan.variables {
        // A group such as `venv` may be tested as a whole; so may each fact.
        if !schema::is_template_variable(path) && !schema::is_group(path) {
            return Err(Diagnostic::invalid(format!("no profile can give `{path}`"))
                .at(source, span.clone())
                .help("`externally-managed profiles NAME` lists the facts"));
        }
    }
    Ok(scan)
}

fn place_text(diagnostic: Box<Diagnostic>, source: &Rc<Source>, text: &str) -> Box<Diagnostic> {
    match source.text.find(text) {
        Some(start) => diagnostic.at(source, start..start + text.len()),
        None => diagnostic.in_file(&source.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_templates_pass_the_check() {
        let data = Data::default();
        for name in Data::template_names() {
            let (source, compacted) = data.template(name).expect("readable").expect("there");
            let scan = check(&source).unwrap_or_else(|error| panic!("{}", error.render(false)));
            assert_eq!(
                compacted,
                Some(compact::compact(&source.text).as_str()),
                "{name}"
            );
            assert_eq!(scan.includes, includes_of(&source.text), "{name}");
        }
    }
}
