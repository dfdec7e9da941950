//! What a value of a profile must look like.

use super::placeholder;
use super::schema::{FIELDS, Field, REASONS, Section, Shape};
use crate::interpreter::{Kind, is_version};
use crate::locale;
use crate::text::is_invisible;

/// No fact is longer. An alias can repeat a value a thousand times, a message eight times.
const MAX_VALUE: usize = 512;

const REMOVE: &str = "give a value, or list the key under `remove:` to drop an inherited one";

/// A mistake in a value, and what to do about it.
pub(super) type Checked = std::result::Result<(), (String, Option<String>)>;

pub(super) fn field(value: &str, field: &Field) -> Checked {
    text(value)?;
    placeholder::check(value, &placeholder::known_in(field.path))
        .map_err(|unknown| (unknown.message, Some(unknown.help)))?;
    let is_path = matches!(field.shape, Shape::Path | Shape::PathOrNone);
    if is_path && placeholder::without(value).contains(['{', '}']) {
        let help = "placeholders have two braces: {{ python.name }}".to_owned();
        return Err((format!("`{value}` has a single brace"), Some(help)));
    }
    if let Some(character) = unfit_in_path(value).filter(|_| is_path) {
        let message =
            format!("`{value}` has the character `{character}`, which cannot stand in a path");
        return Err((message, None));
    }
    if field.shape == Shape::Command && value.starts_with("$ ") {
        let help = "leave the prompt out; it is added where the command is shown".to_owned();
        return Err((format!("`{value}` begins with a prompt"), Some(help)));
    }
    let expected = match field.shape {
        Shape::Path if !self::is_path(value) => "an absolute path without `..`",
        Shape::PathOrNone if value != "none" && !self::is_path(value) => {
            "an absolute path without `..`, or `none`"
        }
        Shape::Url if !value.starts_with("https://") || value.contains(' ') => {
            "an address that starts with https://"
        }
        Shape::MarkerFile if !is_marker_file(value) => {
            "the name of a file beside the profile that ends in .marker"
        }
        Shape::Version if !is_version(value) => "a version of Python such as 3.13",
        _ => return Ok(()),
    };
    Err((format!("`{value}` is not {expected}"), None))
}

/// Checks what holds for every text: one line, no characters that a terminal would act upon.
pub(super) fn text(text: &str) -> Checked {
    if matches!(text, "" | "~" | "null") {
        return Err((
            "expected text, found nothing".to_owned(),
            Some(REMOVE.to_owned()),
        ));
    }
    if text.len() > MAX_VALUE {
        let message = format!("the value is longer than {MAX_VALUE} bytes");
        return Err((message, None));
    }
    if text.contains(['\n', '\r']) {
        return Err((
            "the value has a line break".to_owned(),
            Some("write it on one line".to_owned()),
        ));
    }
    if let Some(control) = text.chars().find(|character| character.is_control()) {
        return Err((
            format!(
                "the value has the control character U+{:04X}",
                u32::from(control)
            ),
            None,
        ));
    }
    if let Some(invisible) = text.chars().find(|character| is_invisible(*character)) {
        return Err((
            format!(
                "the value has the invisible character U+{:04X}",
                u32::from(invisible)
            ),
            None,
        ));
    }
    if text.trim() != text {
        return Err(("the value begins or ends with white space".to_owned(), None));
    }
    Ok(())
}

pub(super) fn flag(text: &str) -> Checked {
    match text {
        "true" | "false" => Ok(()),
        _ => Err((format!("`{text}` is neither `true` nor `false`"), None)),
    }
}

pub(super) fn kind(text: &str) -> Checked {
    let names = Kind::ALL.map(Kind::name);
    if names.contains(&text) {
        return Ok(());
    }
    Err((
        format!("unknown kind of Python `{text}`"),
        Some(format!("known are: {}", names.join(", "))),
    ))
}

pub(super) fn reason(text: &str) -> Checked {
    let names: Vec<&str> = REASONS.iter().map(|reason| reason.kind).collect();
    if names.contains(&text) {
        return Ok(());
    }
    Err((
        format!("unknown kind of reason `{text}`"),
        Some(format!("known are: {}", names.join(", "))),
    ))
}

/// A prefix: an absolute path, in which `*` stands for a whole name.
pub(super) fn place(text: &str) -> Checked {
    self::text(text)?;
    let parts = || text.split('/').skip(1);
    let good = text.starts_with('/')
        && parts().all(|part| !matches!(part, "" | "." | ".."))
        && parts().all(|part| part == "*" || !part.contains(['*', '{', '}']));
    if good {
        return Ok(());
    }
    Err((
        format!("`{text}` is not a place"),
        Some("write an absolute path without `..`; `*` stands for one whole name".to_owned()),
    ))
}

pub(super) fn language(text: &str) -> Checked {
    if locale::is_language(text) {
        return Ok(());
    }
    Err((
        format!("`{text}` is not a language"),
        Some("write it as a locale does, for example de or pt_BR".to_owned()),
    ))
}

pub(super) fn removable(path: &str, section: Section) -> Checked {
    let removable = FIELDS
        .iter()
        .filter(|field| field.per_interpreter || section == Section::Base)
        .any(|field| {
            field.path == path
                || field
                    .path
                    .strip_prefix(path)
                    .is_some_and(|rest| rest.starts_with('.'))
        });
    if removable {
        return Ok(());
    }
    Err((
        format!("unknown key `{path}` under `remove`"),
        Some("write it with dots, for example package_manager.install".to_owned()),
    ))
}

/// The first character of a path, placeholders left out, that cannot stand in a text or in a list
/// of files: white space, quotes, comment signs, and `$` and `%` of variables and macros that
/// nobody expanded.
#[must_use]
pub fn unfit_in_path(text: &str) -> Option<char> {
    let unfit = |character: &char| {
        !character.is_ascii_graphic() || "#;[]{}:*?<>|&\"'`\\$%".contains(*character)
    };
    placeholder::without(text).chars().find(unfit)
}

/// Whether `text` is the name of a file with an adopted marker: it cannot lead anywhere else.
fn is_marker_file(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._-+@".contains(&byte);
    text.strip_suffix(".marker")
        .is_some_and(|stem| !stem.is_empty() && !stem.starts_with('.') && stem.bytes().all(fits))
}

/// Whether `text` is an absolute path that stays below the root by its spelling. The standard
/// library, which other paths may begin with, is one.
#[must_use]
pub fn is_path(text: &str) -> bool {
    let absolute = text.starts_with('/') || text.starts_with("{{ python.stdlib }}/");
    absolute && !text.contains("//") && !text.split('/').any(|part| part == "..")
}
