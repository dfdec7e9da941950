//! `languages`.

use indoc::indoc;

use crate::support::Place;

/// The lines of the report about some languages.
fn rows(report: &str, languages: &[&str]) -> String {
    report
        .split_inclusive('\n')
        .filter(|line| {
            line.split(' ')
                .next()
                .is_some_and(|code| languages.contains(&code))
        })
        .collect()
}

#[test]
fn list() {
    let place = Place::new();
    let run = place.run("languages");
    run.stderr("").code(0);
    let report = run.out();
    let count = externally_managed::data::MESSAGES.len();
    assert_eq!(
        rows(
            &report,
            &["LANGUAGE", "en", "he", "nb", "pt", "zh_CN", "zh_TW"]
        ),
        format!(
            "LANGUAGE  TRANSLATED  REVIEWED  KEYS
en        {count} of {count}  yes       Error
he        {count} of {count}  no        Error-he, Error-iw
nb        {count} of {count}  no        Error-nb, Error-no
pt        {count} of {count}  no        Error-pt
zh_CN     {count} of {count}  no        Error-zh
zh_TW     {count} of {count}  no        Error-zh_HK, Error-zh_TW
"
        )
    );
    assert_eq!(report.lines().count(), 1 + 1 + 47, "{report}");
    assert!(report.lines().all(|line| line.len() <= 80), "{report}");
}

/// The sizes are those of the real documents.
#[test]
fn sizes() {
    let place = Place::new();
    let json = place.run("languages --profile debian --format json").out();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["version"], 1);
    let languages = json["languages"].as_array().unwrap();
    let bytes = |key: &str| -> u64 {
        languages
            .iter()
            .map(|language| language[key].as_u64().unwrap())
            .sum()
    };
    let marker = place.run("render marker --profile debian --python 3.13");
    let head = "[externally-managed]\n";
    assert_eq!(
        bytes("marker_bytes"),
        (marker.out().len() - head.len()) as u64
    );
    let german = place.run("render readme --profile debian --python 3.13 --languages de");
    let found = languages
        .iter()
        .find(|language| language["language"] == "de")
        .unwrap();
    assert_eq!(found["readme_bytes"], german.out().len());
    assert_eq!(found["keys"], serde_json::json!(["Error-de"]));
    assert_eq!(found["reviewed"], false);

    let text = place.run("languages --profile debian").out();
    let sums: Vec<&str> = text.lines().last().unwrap().split_whitespace().collect();
    let readmes = bytes("readme_bytes").to_string();
    assert_eq!(sums, ["all", &bytes("marker_bytes").to_string(), &readmes]);
    assert!(text.lines().all(|line| line.len() <= 80), "{text}");
    // Alpine has no README of its own.
    let text = place.run("languages --profile alpine --python 3.13").out();
    assert!(text.lines().last().unwrap().ends_with("  -"), "{text}");
}

#[test]
fn a_catalogue_that_is_being_written() {
    let place = Place::new();
    place.write(
        "work/po/eo.po",
        indoc! {r#"
            msgid ""
            msgstr "X-Native-Review: Ludoviko\n"

            msgid "More help:"
            msgstr "Pli da helpo:"

            #, fuzzy
            msgid "Containers"
            msgstr "Ujoj"
        "#},
    );
    let report = place.run("languages --data-dir work").out();
    let count = externally_managed::data::MESSAGES.len();
    assert_eq!(
        rows(&report, &["eo"]),
        format!("eo        1 of {count}    yes       Error-eo\n")
    );
    let json = place
        .run("languages --data-dir work --profile fedora --format json")
        .out();
    assert!(json.contains("\"language\": \"eo\""), "{json}");
}

#[test]
fn mistakes() {
    let place = Place::new();
    place.run("languages --profile debain").fails(
        2,
        indoc! {"
            error: unknown profile `debain`
             |
             = help: did you mean `debian`?
        "},
    );
    place.run("languages --profile pyenv").code(2);
    place.run("languages --python 3.13").code(2);
    place.write(
        "o/distro-profiles/mine.yaml",
        "extends: debian\nmarker: mine.marker\n",
    );
    place.write(
        "o/distro-profiles/mine.marker",
        "[externally-managed]\nError=No.\n",
    );
    place.run("languages --data-dir o --profile mine").fails(
        2,
        indoc! {"
            error: the profile mine has an adopted marker, which has its own languages
             |
             = help: delete `marker:` from the profile to see what our guidance takes
        "},
    );
    place.write("bad/po/eo.po", "msgid broken\n");
    place.run("languages --data-dir bad").code(3);
    place.write("english/po/en.po", "");
    let run = place.run("languages --data-dir english");
    run.code(3);
    assert!(run.error().contains("English is the source language"));
    fs_err::create_dir_all(place.path("dangling/po")).unwrap();
    std::os::unix::fs::symlink("nowhere", place.path("dangling/po/eo.po")).unwrap();
    place.run("languages --data-dir dangling").code(4);
}

/// A header speaks for the messages below it, and not for built-in ones that others made.
#[test]
fn who_has_reviewed_a_part_has_not_reviewed_all() {
    let place = Place::new();
    place.write(
        "work/po/de.po",
        "msgid \"\"\nmsgstr \"X-Native-Review: Goethe\\n\"\n\nmsgid \"More help:\"\nmsgstr \"Mehr Licht:\"\n",
    );
    let report = place.run("languages --data-dir work").out();
    assert!(rows(&report, &["de"]).contains("  no  "), "{report}");
    let all = fs_err::read_to_string("po/de.po").unwrap();
    let all = all.replace("X-Native-Review: none", "X-Native-Review: Goethe");
    place.write("work/po/de.po", all);
    let report = place.run("languages --data-dir work").out();
    assert!(rows(&report, &["de"]).contains("  yes  "), "{report}");
}
