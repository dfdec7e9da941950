//! What translators are told about parts that many messages share.

/// What a placeholder stands for, by its name. The lines are broken as they are in the file.
const PLACEHOLDERS: &[(&str, &[&str])] = &[
    (
        "distro",
        &[
            "{distro}: a name such as Debian, Arch Linux. It cannot be inflected or take",
            "a suffix, elision or matching article. If needed put the word for",
            "\"distribution\" first, or use parentheses. Agree with \"distribution\", not",
            "with the name.",
        ],
    ),
    (
        "manager",
        &[
            "{manager}: the command name of a package manager such as apt; keep it in",
            "parentheses or after a noun.",
        ],
    ),
    (
        "package",
        &[
            "{package}: the name of a package such as python3-venv; not at the start of a",
            "sentence.",
        ],
    ),
    (
        "root_command",
        &[
            "{root_command}: a command name such as sudo; keep it in parentheses or after",
            "a noun.",
        ],
    ),
];

/// For messages that end in a colon.
pub(super) const COLON: &[&str] = &[
    "A command, an option or a name follows on its own line: end with your language's",
    "colon.",
];

/// For titles and headings.
pub(super) const HEADING: &[&str] = &["A heading: without a full stop at its end."];

/// The note for a placeholder.
///
/// # Errors
///
/// Fails if there is none: translators cannot guess what a name will stand for.
pub(super) fn placeholder(name: &str) -> Result<&'static [&'static str], String> {
    let note = PLACEHOLDERS.iter().find(|(known, _)| *known == name);
    note.map(|(_, lines)| *lines).ok_or_else(|| {
        format!(
            "no note tells translators what {{{name}}} stands for; \
             add one to xtask/src/pot/notes.rs"
        )
    })
}
