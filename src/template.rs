//! The only user of Tera: facts and a template give blocks, once for all languages.
//!
//! A function call in a template leaves a reference in the rendered text, so that we see what
//! stands on a line of its own; anything else in the rendered text is a mistake.

pub mod scan;

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult};

use crate::data::Data;
use crate::diagnostic::{Diagnostic, Result, Source};
use crate::document::{Block, Message};
use crate::interpreter::{Interpreter, Kind};
use crate::profile::Facts;
use crate::profile::layer::Value;
use crate::profile::schema;
use crate::text::is_invisible;

/// The functions that take a message, in their argument `msg`.
pub const MESSAGE_CALLS: &[&str] = &["_", "title", "heading"];
/// The functions that take a literal, with the name of the argument.
pub const BLOCKS: &[&str] = &["command", "path", "line"];

/// No template of ours comes near this; it bounds what a data directory can make us do.
const MAX_BYTES: usize = 256 * 1024;
/// Includes inside of includes.
const MAX_TEMPLATES: usize = 100;
/// Blocks in one document.
const MAX_BLOCKS: usize = 10_000;

/// What stands around the number of a block in the rendered text.
const MARK: char = '\u{1}';

/// The templates of one document, compiled.
pub struct Templates {
    tera: Tera,
    root: String,
    sources: BTreeMap<String, Rc<Source>>,
    recorded: Arc<Mutex<Vec<Block>>>,
}

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
        collect(root, data, &mut sources)?;
        let recorded = Arc::new(Mutex::new(Vec::new()));
        let mut tera = Tera::new();
        tera.autoescape_on(Vec::<&'static str>::new());
        for name in MESSAGE_CALLS {
            let recorded = Arc::clone(&recorded);
            tera.register_function(*name, move |arguments: Kwargs, _: &State| {
                record_message(&recorded, name, &arguments)
            });
        }
        for name in BLOCKS {
            let recorded = Arc::clone(&recorded);
            tera.register_function(*name, move |arguments: Kwargs, _: &State| {
                record_literal(&recorded, name, &arguments)
            });
        }
        let texts: Vec<(&str, String)> = sources
            .iter()
            .map(|(name, source)| (name.as_str(), join_tag_lines(&source.text)))
            .collect();
        if let Err(error) =
            tera.add_raw_templates(texts.iter().map(|(name, text)| (*name, text.as_str())))
        {
            return Err(explain(&error, &sources));
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
            .render(&self.root, &context(facts, interpreter))
            .map_err(|error| explain(&error, &self.sources))?;
        let recorded =
            std::mem::take(&mut *self.recorded.lock().unwrap_or_else(PoisonError::into_inner));
        let name = &self.sources[&self.root].name;
        assemble(&text, recorded).map_err(|message| Diagnostic::invalid(message).in_file(name))
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
fn collect(name: &str, data: &Data, sources: &mut BTreeMap<String, Rc<Source>>) -> Result<()> {
    let mut waiting = vec![(name.to_owned(), None)];
    while let Some((name, includer)) = waiting.pop() {
        if sources.contains_key(&name) {
            continue;
        }
        let Some((source, built_in)) = data.template(&name)? else {
            let missing = Diagnostic::invalid(format!("there is no template `{name}`"));
            return Err(match includer {
                Some(includer) => place_text(missing, &includer, &name),
                None => missing,
            });
        };
        if source.text.len() > MAX_BYTES || sources.len() >= MAX_TEMPLATES {
            return Err(
                Diagnostic::invalid("too many or too large templates").in_file(&source.name)
            );
        }
        let includes = if built_in {
            // A test has scanned these; a run need not do it again.
            includes_of(&source.text)
        } else {
            check(&source)?.includes
        };
        for include in includes {
            waiting.push((include, Some(Rc::clone(&source))));
        }
        sources.insert(name, source);
    }
    Ok(())
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

/// Removes the line feeds after tags that stand on a line of their own, by moving them into the
/// tag: such a line gives no line of text, and Tera's positions stay true.
fn join_tag_lines(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let closing = ["%}", "#}"]
            .into_iter()
            .find(|closing| content.ends_with(closing));
        let alone = closing.is_some_and(|_| content.starts_with("{%") || content.starts_with("{#"));
        let one = content.matches("{%").count() + content.matches("{#").count() == 1
            && !content.contains("include");
        match closing {
            Some(closing) if alone && one && line.ends_with('\n') => {
                let body = line.trim_end();
                joined.push_str(&body[..body.len() - 2]);
                joined.push('\n');
                joined.push_str(closing);
            }
            _ => joined.push_str(line),
        }
    }
    joined
}

fn context(facts: &Facts<'_>, interpreter: &Interpreter) -> Context {
    let mut root = tera::Map::default();
    for field in schema::FIELDS.iter().filter(|field| field.in_templates) {
        // Groups are always there, so that testing a fact in an empty one is no error.
        let value = facts
            .iter()
            .find(|(path, _)| *path == field.path)
            .map(|(_, value)| tera_value(value));
        insert(&mut root, field.path, value);
    }
    for (name, value) in facts.python.iter() {
        insert(&mut root, &format!("python.{name}"), Some(value.into()));
    }
    insert(
        &mut root,
        "pypy",
        Some((interpreter.kind == Kind::Pypy).into()),
    );
    insert(
        &mut root,
        "free_threaded",
        Some((interpreter.kind == Kind::FreeThreaded).into()),
    );
    let mut context = Context::new();
    for (key, value) in root {
        context.insert_value(key.to_string(), value);
    }
    context
}

fn tera_value(value: &Value) -> tera::Value {
    match value {
        Value::Text(text) => text.as_str().into(),
        Value::Flag(flag) => (*flag).into(),
        Value::List(list) => list
            .iter()
            .map(|item| tera::Value::from(item.as_str()))
            .collect::<Vec<_>>()
            .into(),
    }
}

/// Sets a dotted path, creating the groups on its way; only these if there is no value.
fn insert(map: &mut tera::Map, path: &str, value: Option<tera::Value>) {
    match path.split_once('.') {
        None => {
            if let Some(value) = value {
                map.insert(path.to_owned().into(), value);
            }
        }
        Some((group, rest)) => {
            let mut inner = map
                .get(&tera::value::Key::from(group.to_owned()))
                .and_then(|value| value.as_map().cloned())
                .unwrap_or_default();
            insert(&mut inner, rest, value);
            map.insert(group.to_owned().into(), inner.into());
        }
    }
}

fn record(recorded: &Mutex<Vec<Block>>, block: Block) -> TeraResult<String> {
    let mut recorded = recorded.lock().unwrap_or_else(PoisonError::into_inner);
    if recorded.len() >= MAX_BLOCKS {
        return Err(tera::Error::message("the document has too many blocks"));
    }
    recorded.push(block);
    Ok(format!("{MARK}{}{MARK}", recorded.len() - 1))
}

fn record_message(
    recorded: &Mutex<Vec<Block>>,
    call: &str,
    arguments: &Kwargs,
) -> TeraResult<String> {
    let mut message = Message {
        id: text_argument(arguments, "msg")?,
        arguments: Vec::new(),
    };
    for (key, value) in arguments.iter() {
        let name = key.to_string();
        if name != "msg" {
            let value = value.as_str().ok_or_else(|| not_text(&name))?;
            message.arguments.push((name, value.to_owned()));
        }
    }
    for name in crate::catalogue::po::placeholders(&message.id) {
        if !message.arguments.iter().any(|(known, _)| known == name) {
            return Err(tera::Error::message(format!(
                "the message has {{{name}}}, but the call does not give `{name}`"
            )));
        }
    }
    record(
        recorded,
        match call {
            "title" => Block::Title(message),
            "heading" => Block::Heading(message),
            _ => Block::Paragraph(vec![message]),
        },
    )
}

fn record_literal(
    recorded: &Mutex<Vec<Block>>,
    call: &str,
    arguments: &Kwargs,
) -> TeraResult<String> {
    let block = match call {
        "command" => Block::Command(text_argument(arguments, "run")?),
        "path" => Block::Path(text_argument(arguments, "name")?),
        _ => Block::Line(text_argument(arguments, "text")?),
    };
    record(recorded, block)
}

/// An argument that must be text. Tera itself would take what is undefined for an empty text.
fn text_argument(arguments: &Kwargs, name: &str) -> TeraResult<String> {
    let value: tera::Value = arguments.must_get(name)?;
    let text = value.as_str().ok_or_else(|| not_text(name))?;
    let unfit = |character: char| character.is_control() || is_invisible(character);
    if text.is_empty() || text.contains(unfit) || text.trim() != text {
        return Err(tera::Error::message(format!(
            "the argument `{name}` is not one line of text without white space around it"
        )));
    }
    Ok(text.to_owned())
}

fn not_text(name: &str) -> tera::Error {
    tera::Error::message(format!("{UNDEFINED}{name}` is undefined or not text"))
}

/// The blocks of the rendered text: messages on adjoining lines form a paragraph, an empty line
/// is a blank.
fn assemble(text: &str, recorded: Vec<Block>) -> std::result::Result<Vec<Block>, String> {
    let mut recorded: Vec<Option<Block>> = recorded.into_iter().map(Some).collect();
    let mut blocks: Vec<Block> = Vec::new();
    let mut after_line_feed = false;
    for line in text.lines() {
        let mut rest = line.trim();
        if rest.is_empty() {
            if after_line_feed && !matches!(blocks.last(), None | Some(Block::Blank)) {
                blocks.push(Block::Blank);
            }
            after_line_feed = true;
            continue;
        }
        after_line_feed = true;
        while !rest.is_empty() {
            let reference = rest
                .strip_prefix(MARK)
                .and_then(|rest| rest.split_once(MARK));
            let Some((number, after)) = reference else {
                return Err(format!(
                    "the template gives words outside of a message: {rest}"
                ));
            };
            let block = number
                .parse::<usize>()
                .ok()
                .and_then(|index| recorded.get_mut(index)?.take());
            match (blocks.last_mut(), block) {
                (_, None) => return Err("the template gives the same block twice".to_owned()),
                (Some(Block::Paragraph(paragraph)), Some(Block::Paragraph(more))) => {
                    paragraph.extend(more);
                }
                (_, Some(block)) => blocks.push(block),
            }
            rest = after.trim_start();
        }
    }
    if matches!(blocks.last(), Some(Block::Blank)) {
        blocks.pop();
    }
    Ok(blocks)
}

/// The diagnostic for an error of Tera, at its place in our text.
fn explain(error: &tera::Error, sources: &BTreeMap<String, Rc<Source>>) -> Box<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let message = report.message().trim_end_matches('.').to_owned();
            let diagnostic = Diagnostic::invalid(message);
            match sources.get(report.filename()) {
                Some(source) => {
                    let span = span_in(
                        &source.text,
                        report.span().start_line,
                        report.span().start_col,
                    );
                    missing_fact(source, &span, report.message())
                        .unwrap_or_else(|| diagnostic.at(source, span))
                }
                None => diagnostic,
            }
        }
        other => {
            let text = other.to_string();
            let diagnostic =
                Diagnostic::invalid(text.lines().next().unwrap_or_default().to_owned());
            match sources.values().next() {
                Some(source) => diagnostic.in_file(&source.name),
                None => diagnostic,
            }
        }
    }
}

/// The diagnostic for a call that got nothing for an argument: at the fact that was not given.
fn missing_fact(
    source: &Rc<Source>,
    call: &Range<usize>,
    message: &str,
) -> Option<Box<Diagnostic>> {
    let argument = message.strip_prefix(UNDEFINED)?.split('`').next()?;
    let within = &source.text[call.start..];
    let assigned = format!("{argument}=");
    let start = call.start + within.find(&assigned)? + assigned.len();
    let rest = &source.text[start..];
    let path = &rest[..rest
        .find(|character: char| !(character.is_alphanumeric() || "_.".contains(character)))?];
    schema::field(path)?;
    let diagnostic = Diagnostic::invalid(format!(
        "the profile does not give `{path}`, which this template needs"
    ));
    Some(
        diagnostic
            .at(source, start..start + path.len())
            .help("add the key to the profile"),
    )
}

/// How the message for an undefined argument begins.
const UNDEFINED: &str = "the argument `";

/// The rest of a line of `text` (lines from 1, columns from 0), without the end of the tag.
fn span_in(text: &str, line: usize, column: usize) -> Range<usize> {
    let start = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum::<usize>();
    let content = text[start..].lines().next().unwrap_or_default();
    let skipped = content
        .char_indices()
        .nth(column)
        .map_or(content.len(), |(index, _)| index);
    let length = content[skipped..]
        .find([' ', ')', '}'])
        .unwrap_or(content.len() - skipped);
    start + skipped..start + skipped + length.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_templates_pass_the_check() {
        let data = Data::default();
        for name in Data::template_names() {
            let (source, built_in) = data.template(name).expect("readable").expect("there");
            let scan = check(&source).unwrap_or_else(|error| panic!("{}", error.render(false)));
            assert!(built_in);
            assert_eq!(scan.includes, includes_of(&source.text), "{name}");
        }
    }

    #[test]
    fn tags_on_their_own_lines_leave_none_behind() {
        let text = "{% if a %}\n{{ _(msg=\"x\") }}\n  {% endif %}\n{# c #}\nz\n";
        let joined = join_tag_lines(text);
        assert_eq!(joined.matches('\n').count(), text.matches('\n').count());
        assert_eq!(
            joined,
            "{% if a \n%}{{ _(msg=\"x\") }}\n  {% endif \n%}{# c \n#}z\n"
        );
    }
}
