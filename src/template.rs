//! The only user of Tera: facts and a template give blocks, once for all languages.
//!
//! A function call in a template leaves a reference in the rendered text, so that we see what
//! stands on a line of its own; anything else in the rendered text is a mistake.

mod bounds;
mod context;
mod explain;
mod record;
pub mod scan;
pub mod short;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

use tera::{Context, Kwargs, State, Tera};

use crate::data::Data;
use crate::diagnostic::{Diagnostic, Result, Source};
use crate::document::Block;
use crate::interpreter::Interpreter;
use crate::profile::Facts;
use crate::profile::schema;
use bounds::Endless;
use short::{BLOCKS, MESSAGE_CALLS};

/// No template of ours comes near this; it bounds what a data directory can make us do.
const MAX_BYTES: usize = 64 * 1024;
/// Different templates of one document.
const MAX_TEMPLATES: usize = 100;

/// The templates of one document, compiled.
pub struct Templates {
    engine: Engine,
    root: String,
    /// The templates as they are written; read when they are asked for, if Tera has got a shorter
    /// form of the built-in ones.
    sources: OnceCell<Sources>,
}

/// Tera with templates, and what their calls have recorded.
struct Engine {
    tera: Tera,
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
        if let Some(text) = data.short_template(root)
            && let Ok(engine) = Engine::without_calls(root, text)
        {
            return Ok(Templates {
                engine,
                root: root.to_owned(),
                sources: OnceCell::new(),
            });
        }
        let sources = collect(root, data)?;
        Ok(Templates {
            engine: Engine::compile(&sources)?,
            root: root.to_owned(),
            sources: OnceCell::from(sources),
        })
    }

    fn sources(&self) -> &Sources {
        self.sources.get_or_init(|| {
            // Only built-in templates have a short form, and they are valid.
            collect(&self.root, &Data::default()).unwrap_or_default()
        })
    }

    /// Renders the document for one interpreter.
    ///
    /// # Errors
    ///
    /// Fails, pointing at the line, if the template uses a fact that the profile does not give,
    /// or gives one of our functions something that is not text.
    pub fn render(&self, facts: &Facts<'_>, interpreter: &Interpreter) -> Result<Vec<Block>> {
        let context = context::context(facts, interpreter);
        match self.engine.render(&self.root, &context) {
            Ok(blocks) => Ok(blocks),
            Err(failure) => match self.sources.get() {
                Some(sources) => Err(failure.explain(&self.root, sources)),
                // Only templates as they are written tell what is missing, and where.
                None => self.render_as_written(&context),
            },
        }
    }

    fn render_as_written(&self, context: &Context) -> Result<Vec<Block>> {
        let sources = self.sources();
        let engine = Engine::compile(sources)?;
        let outcome = engine.render(&self.root, context);
        outcome.map_err(|failure| failure.explain(&self.root, sources))
    }

    /// The file of the document's own template.
    #[must_use]
    pub fn root_name(&self) -> &str {
        &self.sources()[&self.root].name
    }

    /// Where `text` stands in the templates: for a message that is wrong in its English form, or
    /// a command that is written in a template.
    #[must_use]
    pub fn place_of(&self, text: &str) -> Option<(Rc<Source>, Range<usize>)> {
        self.sources().values().find_map(|source| {
            let start = source.text.find(text)?;
            Some((Rc::clone(source), start..start + text.len()))
        })
    }
}

impl Engine {
    /// Compiles templates as they are written.
    fn compile(sources: &Sources) -> Result<Engine> {
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
        let texts = sources
            .iter()
            .map(|(name, source)| (name.as_str(), short::join_tag_lines(&source.text)));
        match tera.add_raw_templates(texts) {
            Ok(()) => Ok(Engine { tera, recorded }),
            Err(error) => Err(explain::explain(&error, sources)),
        }
    }

    /// Compiles a template in which all calls are written out.
    fn without_calls(name: &str, text: &str) -> tera::TeraResult<Engine> {
        let mut tera = Tera::new();
        tera.autoescape_on(Vec::<&'static str>::new());
        tera.add_raw_template(name, text)?;
        Ok(Engine {
            tera,
            recorded: Arc::default(),
        })
    }

    fn render(&self, root: &str, context: &Context) -> std::result::Result<Vec<Block>, Failure> {
        self.recorded
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
        let text = self.tera.render(root, context).map_err(Failure::Tera)?;
        let recorded =
            std::mem::take(&mut *self.recorded.lock().unwrap_or_else(PoisonError::into_inner));
        record::assemble(&text, recorded).map_err(Failure::Assembly)
    }
}

/// Why a template gives no document.
enum Failure {
    Tera(tera::Error),
    Assembly(String),
}

impl Failure {
    fn explain(self, root: &str, sources: &Sources) -> Box<Diagnostic> {
        match self {
            Failure::Tera(error) => explain::explain(&error, sources),
            Failure::Assembly(message) => Diagnostic::invalid(message).in_file(&sources[root].name),
        }
    }
}

/// Reads `name` and what it includes, and checks each as far as this is possible unrendered.
fn collect(root: &str, data: &Data) -> Result<Sources> {
    let mut sources = Sources::new();
    let mut graph = BTreeMap::new();
    let mut waiting = vec![(root.to_owned(), None)];
    while let Some((name, includer)) = waiting.pop() {
        if sources.contains_key(&name) {
            continue;
        }
        let Some(source) = data.template(&name)? else {
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
        let includes = check(&source)?.includes;
        for include in &includes {
            waiting.push((include.clone(), Some(Rc::clone(&source))));
        }
        graph.insert(name.clone(), includes);
        sources.insert(name, source);
    }
    match bounds::count_includes(root, &graph) {
        Ok(()) => Ok(sources),
        Err(endless) => Err(refuse(root, &endless, &sources)),
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
    use crate::profile::Profile;

    #[test]
    fn built_in_templates_pass_the_check() {
        let data = Data::default();
        for name in Data::template_names() {
            let source = data.template(name).expect("readable").expect("there");
            check(&source).unwrap_or_else(|error| panic!("{}", error.render(false)));
        }
    }

    #[test]
    fn no_call_is_left_in_a_built_in_document() {
        for name in ["marker.tera", "readme.tera", "news.tera"] {
            let text = Data::default().short_template(name).expect("built in");
            assert!(
                !text.contains("(msg=") && !text.contains("{% include"),
                "{text}"
            );
        }
    }

    #[test]
    fn templates_made_shorter_give_the_same_blocks() {
        let data = Data::default();
        let mut compared = 0;
        for root in ["marker.tera", "readme.tera", "news.tera"] {
            for name in data.profile_names() {
                let profile = Profile::load(&name, &data).expect("built in");
                let templates = Templates::load(root, &data).expect("built in");
                assert!(templates.sources.get().is_none(), "as they are written");
                for python in ["3.13", "3.15", "3.13t", "pypy3.11"] {
                    let interpreter = Interpreter::parse(python).expect("valid");
                    let Ok(facts) = profile.facts_for(&interpreter, Some("/opt/lib/python")) else {
                        continue;
                    };
                    let context = context::context(&facts, &interpreter);
                    let Ok(short) = templates.engine.render(root, &context) else {
                        panic!("{root} {name} {python}");
                    };
                    let written = templates.render_as_written(&context).expect("valid");
                    assert_eq!(short, written, "{root} {name} {python}");
                    compared += 1;
                }
            }
        }
        assert!(compared > 200, "{compared}");
    }
}
