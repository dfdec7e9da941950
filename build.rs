//! Embeds distro-profiles/, templates/ and po/: texts as they are, for messages, and in forms that
//! a run reads quickly; catalogues checked and compiled.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

use serde_json::Value as Json;
use serde_yaml::Value as Yaml;

#[allow(dead_code, missing_docs, unreachable_pub)]
#[path = "src/catalogue/po.rs"]
mod po;
#[allow(dead_code, missing_docs, unreachable_pub)]
#[path = "src/template/short.rs"]
mod short;
#[allow(dead_code, missing_docs, unreachable_pub)]
#[path = "src/text.rs"]
mod text;

fn main() {
    for directory in ["distro-profiles", "templates", "po"] {
        println!("cargo::rerun-if-changed={directory}");
    }
    for shared in [
        "src/catalogue/po.rs",
        "src/text.rs",
        "src/template/short.rs",
    ] {
        println!("cargo::rerun-if-changed={shared}");
    }
    let mut code = String::new();
    embed(&mut code, "PROFILES", "distro-profiles", "yaml");
    embed(&mut code, "TEMPLATES", "templates", "tera");
    embed_bytes(&mut code, "MARKERS", "distro-profiles", "marker");
    let output = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let template = read(Path::new("po/externally-managed.pot"));
    let messages = template.messages.iter();
    let mut messages: Vec<&str> = messages.map(|message| message.msgid.as_str()).collect();
    messages.sort_unstable();
    shorten_templates(&mut code, &messages);
    convert_profiles(&mut code);
    compile_catalogues(&mut code, &messages, &output);
    fs::write(output.join("embedded.rs"), code).expect("OUT_DIR is writable");
}

/// A sorted table of the files below `directory`: their names there, and their texts.
fn embed(code: &mut String, table: &str, directory: &str, extension: &str) {
    let mut files = BTreeMap::new();
    collect(Path::new(directory), Path::new(""), extension, &mut files);
    writeln!(
        code,
        "/// The files of {directory}/.\npub static {table}: &[(&str, &str)] = &["
    )
    .expect("String");
    for (name, path) in files {
        let path = fs::canonicalize(path).expect("the file was just found");
        let path = path.to_str().expect("cargo needs a UTF-8 path too");
        writeln!(code, "    ({name:?}, include_str!({path:?})),").expect("String");
    }
    code.push_str("];\n");
}

/// The same for files that may hold any bytes.
fn embed_bytes(code: &mut String, table: &str, directory: &str, extension: &str) {
    let mut files = BTreeMap::new();
    collect(Path::new(directory), Path::new(""), extension, &mut files);
    writeln!(
        code,
        "/// The .{extension} files of {directory}/.\npub static {table}: &[(&str, &[u8])] = &["
    )
    .expect("String");
    for (name, path) in files {
        let path = fs::canonicalize(path).expect("the file was just found");
        let path = path.to_str().expect("cargo needs a UTF-8 path too");
        writeln!(code, "    ({name:?}, include_bytes!({path:?})),").expect("String");
    }
    code.push_str("];\n");
}

/// The templates of the documents as Tera gets them, with what they include.
fn shorten_templates(code: &mut String, messages: &[&str]) {
    let mut files = BTreeMap::new();
    collect(Path::new("templates"), Path::new(""), "tera", &mut files);
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path);
        text.unwrap_or_else(|error| fail(path, 0, &error.to_string()))
    };
    let texts: BTreeMap<&str, String> = files
        .iter()
        .map(|(name, path)| (name.as_str(), short::shorten(&read(path), messages)))
        .collect();
    code.push_str("/// The documents of templates/, made shorter for Tera.\npub static SHORT_TEMPLATES: &[(&str, &str)] = &[\n");
    for (name, text) in texts.iter().filter(|(name, _)| !name.contains('/')) {
        let mut whole = text.clone();
        for (included, text) in &texts {
            whole = whole.replace(&format!("{{% include \"{included}\" %}}"), text);
        }
        writeln!(code, "    ({name:?}, {whole:?}),").expect("String");
    }
    code.push_str("];\n");
}

/// The profiles as JSON, which is read many times faster than YAML. Each scalar is a text, as a
/// profile's reader takes it.
fn convert_profiles(code: &mut String) {
    let mut files = BTreeMap::new();
    let directory = Path::new("distro-profiles");
    collect(directory, Path::new(""), "yaml", &mut files);
    code.push_str("/// The profiles of distro-profiles/ as JSON.\npub static JSON_PROFILES: &[(&str, &str)] = &[\n");
    for (name, path) in files {
        let text =
            fs::read_to_string(&path).unwrap_or_else(|error| fail(&path, 0, &error.to_string()));
        let profile: Yaml =
            serde_yaml::from_str(&text).unwrap_or_else(|error| fail(&path, 0, &error.to_string()));
        let json = as_json(&profile).unwrap_or_else(|number| {
            fail(&path, 0, &format!("write the number {number} in quotes"));
        });
        writeln!(code, "    ({name:?}, {:?}),", json.to_string()).expect("String");
    }
    code.push_str("];\n");
}

/// Fails with a number: a text could have been written in several ways that are the same number.
fn as_json(yaml: &Yaml) -> Result<Json, String> {
    Ok(match yaml {
        Yaml::String(text) => text.as_str().into(),
        Yaml::Bool(flag) => flag.to_string().into(),
        Yaml::Sequence(items) => items.iter().map(as_json).collect::<Result<_, _>>()?,
        Yaml::Mapping(map) => {
            let mut object = serde_json::Map::new();
            for (key, value) in map {
                let key = key.as_str().ok_or_else(|| format!("{key:?}"))?;
                object.insert(key.to_owned(), as_json(value)?);
            }
            Json::Object(object)
        }
        other => return Err(format!("{other:?}")),
    })
}

fn collect(directory: &Path, below: &Path, extension: &str, files: &mut BTreeMap<String, PathBuf>) {
    for entry in
        fs::read_dir(directory).unwrap_or_else(|error| fail(directory, 0, &error.to_string()))
    {
        let path = entry.expect("a readable directory").path();
        let name = below.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            collect(&path, &name, extension, files);
        } else if path.extension().is_some_and(|found| found == extension) {
            files.insert(name.to_str().expect("our names are ASCII").to_owned(), path);
        }
    }
}

/// The messages of the template catalogue, sorted, and for each language its translations in
/// that order: one text, and where each translation ends in it.
fn compile_catalogues(code: &mut String, messages: &[&str], output: &Path) {
    writeln!(
        code,
        "/// All messages, sorted.\npub static MESSAGES: &[&str] = &{messages:?};"
    )
    .expect("String");

    let mut files = BTreeMap::new();
    collect(Path::new("po"), Path::new(""), "po", &mut files);
    // The back-translations beside them are for people.
    files.retain(|name, _| !name.contains('/'));
    code.push_str("/// The built-in catalogues, sorted by language.\npub static LANGUAGES: &[crate::catalogue::Compiled] = &[\n");
    for (name, path) in files {
        let language = name.strip_suffix(".po").expect("collected by extension");
        let catalogue = read(&path);
        let translations: BTreeMap<&str, &str> = catalogue
            .messages
            .iter()
            .filter(|message| !message.fuzzy)
            .map(|message| (message.msgid.as_str(), message.msgstr.as_str()))
            .collect();
        let mut text = String::new();
        let mut ends = Vec::new();
        for message in messages {
            text.push_str(translations.get(message).unwrap_or(&""));
            ends.push(text.len());
        }
        let reviewed = catalogue.is_reviewed();
        let file = output.join(format!("{language}.txt"));
        fs::write(&file, text).expect("OUT_DIR is writable");
        let file = file.to_str().expect("cargo needs a UTF-8 path too");
        writeln!(
            code,
            "    crate::catalogue::Compiled {{ code: {language:?}, reviewed: {reviewed}, text: include_str!({file:?}), ends: &{ends:?} }},"
        )
        .expect("String");
    }
    code.push_str("];\n");
}

fn read(path: &Path) -> po::Po {
    let bytes = fs::read(path).unwrap_or_else(|error| fail(path, 0, &error.to_string()));
    po::parse(&bytes).unwrap_or_else(|error| {
        let before = &bytes[..error.span.start.min(bytes.len())];
        let line = String::from_utf8_lossy(before).matches('\n').count() + 1;
        fail(path, line, &error.message)
    })
}

fn fail(path: &Path, line: usize, message: &str) -> ! {
    println!("cargo::error={}:{line}: {message}", path.display());
    process::exit(1);
}
