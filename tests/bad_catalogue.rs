//! Every mistake in a catalogue of a data directory gives one report at its place, exit code 3
//! and no file.

use indoc::indoc;

use crate::support::Place;

/// Installs with `po/de.po` of these lines, which must fail with this report.
#[track_caller]
fn refused(catalogue: impl AsRef<[u8]>, report: &str) {
    let place = Place::new();
    place.write("o/po/de.po", catalogue);
    place
        .run("install --data-dir o --profile debian --python 3.13 --destdir tree")
        .fails(3, report);
    assert_eq!(place.listing("tree"), "", "nothing may be written");
}

#[test]
fn wrong_placeholders() {
    refused(
        "msgid \"More help:\"\nmsgstr \"Mehr von {distro}:\"\n",
        indoc! {r#"
            error: the translation has the placeholder {distro}, which the message has not
             --> o/po/de.po:2:1
              |
            2 | msgstr "Mehr von {distro}:"
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: the message is: More help:
        "#},
    );
    refused(
        "msgid \"From {distro}.\"\nmsgstr \"\"\n\"Von {distor}.\"\n",
        indoc! {r#"
            error: the translation lacks the placeholder {distro}
             --> o/po/de.po:2:1
              |
            2 | msgstr ""
              | ^^^^^^^^^
              |
              = help: the message is: From {distro}.
        "#},
    );
}

#[test]
fn bytes_that_are_no_text() {
    refused(
        b"msgid \"More help:\"\nmsgstr \"Gr\xfc\xdfe:\"\n",
        indoc! {"
            error: the catalogue is not UTF-8
             --> o/po/de.po:2:11
              |
            2 | msgstr \"Gr\u{fffd}\u{fffd}e:\"
              |           ^
        "},
    );
}

#[test]
fn text_that_a_marker_cannot_hold() {
    refused(
        "msgid \"Nothing was installed or removed.\"\nmsgstr \"[b]Nichts[/b] wurde entfernt.\"\n",
        indoc! {r#"
            error: `[` at the start of a line makes uv up to 0.13.0 drop the rest of the text, in the key Error-de
             --> o/po/de.po:2:1
              |
            2 | msgstr "[b]Nichts[/b] wurde entfernt."
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        "#},
    );
    refused(
        "msgid \"Nothing was installed or removed.\"\nmsgstr \"a\u{202e}b:\"\n",
        indoc! {r#"
            error: the translation has an invisible character
             --> o/po/de.po:2:1
              |
            2 | msgstr "a\u{202e}b:"
              | ^^^^^^^^^^^^^^^^^^^^
        "#},
    );
    for (translation, problem) in [
        ("a\\nb", "has a line break"),
        ("a\\tb", "has a control character"),
        (
            " a",
            "has white space at its start or end, or twice in a row",
        ),
        (
            "a  b",
            "has white space at its start or end, or twice in a row",
        ),
    ] {
        let line = format!("msgstr \"{translation}\"");
        refused(
            format!("msgid \"a\"\n{line}\n"),
            &format!(
                "error: the translation {problem}\n --> o/po/de.po:2:1\n  |\n2 | {line}\n  | {}\n",
                "^".repeat(line.len())
            ),
        );
    }
}

#[test]
fn lines_that_are_no_catalogue() {
    for (lines, at, message, marked) in [
        (
            "msgid \"a\nmsgstr \"b\"\n",
            "1:7",
            "expected a text in quotation marks",
            "msgid \"a\n      ^^",
        ),
        (
            "msgid \"a\"\n",
            "1:1",
            "`msgid` without a `msgstr` after it",
            "msgid \"a\"\n^^^^^^^^^",
        ),
        (
            "msgstr \"a\"\n",
            "1:1",
            "`msgstr` without a `msgid` before it",
            "msgstr \"a\"\n^^^^^^^^^^",
        ),
        (
            "\"a\"\n",
            "1:1",
            "a text that belongs to no message",
            "\"a\"\n^^^",
        ),
        (
            "msgctxt \"a\"\n",
            "1:1",
            "`msgctxt` is not used in our catalogues",
            "msgctxt \"a\"\n^^^^^^^^^^^",
        ),
        (
            "hello there\n",
            "1:1",
            "unknown keyword `hello`",
            "hello there\n^^^^^^^^^^^",
        ),
        (
            "msgid \"a\\q\"\nmsgstr \"\"\n",
            "1:7",
            "unknown escape in a text",
            "msgid \"a\\q\"\n      ^^^^^",
        ),
    ] {
        let (line, carets) = marked.split_once('\n').unwrap();
        refused(
            lines,
            &format!("error: {message}\n --> o/po/de.po:{at}\n  |\n1 | {line}\n  | {carets}\n"),
        );
    }
    let twice = "msgid \"a\"\nmsgstr \"b\"\n\nmsgid \"a\"\nmsgstr \"c\"\n";
    refused(
        twice,
        indoc! {r#"
            error: this message is in the catalogue twice
             --> o/po/de.po:4:1
              |
            4 | msgid "a"
              | ^^^^^^^^^
        "#},
    );
    let latin1 = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=ISO-8859-1\\n\"\n";
    refused(
        latin1,
        indoc! {r#"
            error: the catalogue's header does not say charset=UTF-8
             --> o/po/de.po:1:1
              |
            1 | msgid ""
              | ^^^^^^^^
        "#},
    );
}

#[test]
fn missing_and_fuzzy_messages_fall_back_whole() {
    let place = Place::new();
    place.write(
        "o/po/xx.po",
        indoc! {r#"
            msgid "Names in the commands are examples."
            msgstr "XX."

            #, fuzzy
            msgid "Nothing was installed or removed."
            msgstr "not used"

            msgid "To install an application (needs the package {package}):"
            msgstr ""
        "#},
    );
    let run = place.run("render marker --data-dir o --profile debian --python 3.13 --languages xx");
    run.code(0).stderr("");
    let marker = run.out();
    let (_, localized) = marker.split_once("Error-xx=").unwrap();
    assert!(localized.starts_with("Nothing was installed or removed. Debian manages this Python with its\n package manager (apt). XX.\n"), "{localized}");
    assert!(
        localized.contains("\n To install an application (needs the package pipx):\n"),
        "{localized}"
    );
}

#[test]
fn names_and_headers_must_fit() {
    let place = Place::new();
    place.write("o/po/it_it.po", "");
    let install = "install --data-dir o --profile debian --python 3.13 --destdir tree";
    place.run(install).fails(
        3,
        indoc! {"
            error: a catalogue is named after its language
            --> o/po/it_it.po
             = help: write it as a locale does, for example de.po or pt_BR.po
        "},
    );
    fs_err::remove_file(place.path("o/po/it_it.po")).unwrap();
    place.write(
        "o/po/it.po",
        "msgid \"\"\nmsgstr \"\"\n\"Language: de\\n\"\n",
    );
    place.run(install).fails(
        3,
        indoc! {r#"
            error: the header says the language `de`, the name of the file `it`
             --> o/po/it.po:3:1
              |
            3 | "Language: de\n"
              | ^^^^^^^^^^^^^^^^
        "#},
    );
    fs_err::remove_file(place.path("o/po/it.po")).unwrap();
    place.write("o/distro-profiles/mine.yml", "");
    place.run(install).fails(
        3,
        "error: the name of a profile ends with .yaml\n--> o/distro-profiles/mine.yml\n",
    );
    assert_eq!(place.listing("tree"), "");
}

#[test]
fn only_a_named_reviewer_is_one() {
    let place = Place::new();
    for (field, expected) in [
        ("none", false),
        ("None", false),
        ("no", false),
        ("", false),
        ("Ada <a@example.org>", true),
    ] {
        let header = format!("msgid \"\"\nmsgstr \"X-Native-Review: {field}\\n\"\n\n");
        let message = "msgid \"Names in the commands are examples.\"\nmsgstr \"XX.\"\n";
        place.write("o/po/xx.po", header + message);
        let run = place
            .run("render marker --data-dir o --profile debian --python 3.13 --languages reviewed");
        assert_eq!(run.code(0).out().contains("Error-xx"), expected, "{field}");
    }
}

#[test]
fn the_flags_of_an_obsolete_entry_are_its_own() {
    let place = Place::new();
    place.write(
        "o/po/xx.po",
        indoc! {r#"
            #, fuzzy
            #~ msgid "old"
            #~ msgstr "not used"
            msgid "Nothing was installed or removed."
            msgstr "XX."
        "#},
    );
    let run = place.run("render marker --data-dir o --profile debian --python 3.13 --languages xx");
    assert!(
        run.code(0).out().contains("\nError-xx=XX. Debian"),
        "{}",
        run.out()
    );
}

#[test]
fn a_language_without_any_message_gets_no_key() {
    let place = Place::new();
    place.write("o/po/xx.po", "msgid \"Troubleshooting\"\nmsgstr \"XX\"\n");
    let run = place.run("render marker --data-dir o --profile debian --python 3.13 --languages xx");
    run.code(0).stderr("");
    assert!(!run.out().contains("Error-xx"));
}
