//! `lint`: every rule alone and just not, what a report looks like, and every way to ask wrongly.

mod agreement;
mod rules;
mod trees;

use indoc::indoc;

use super::support::Place;

const GOOD: &str = "[externally-managed]\nError=Nothing was changed.\n Use apt.\n";

#[test]
fn says_nothing_about_a_good_marker() {
    let place = Place::new();
    place.write("EXTERNALLY-MANAGED", GOOD);
    place.run("lint EXTERNALLY-MANAGED").silent();
    place.run("lint -v EXTERNALLY-MANAGED").silent();
}

#[test]
fn points_into_the_file() {
    let place = Place::new();
    place.write(
        "m",
        "[externally-managed]\nError=See https://example.org/#pip\n\n   $ apt install x\n   $ y\n",
    );
    let report = indoc! {"
        error[EM012]: uv up to 0.13.0 shows nothing from here to the end of the line
         --> m:2:31
          |
        2 | Error=See https://example.org/#pip
          |                               ^
          |
          = help: write the sentence without them, and link to a page instead of a
                  fragment

        warning[EM017]: no installer shows this indentation
         --> m:4:1
          |
        4 |    $ apt install x
          | ^^^
          |
          = note: also in line 5
          = help: begin lines with one space, and mark commands with something
                  visible, such as `$ `

        1 error, 1 warning
    "};
    place.run("lint m").stderr("").stdout(report).code(1);
    let warning = place.run("lint --allow EM012 m");
    warning.stderr("").code(1);
    assert!(warning.out().ends_with("\n\n1 warning\n"));
    place.run("lint --allow EM012 --allow EM017 m").silent();
}

#[test]
fn shows_what_is_only_worth_knowing_if_asked() {
    let place = Place::new();
    place.write("m", "[externally-managed]\nError=One.\n\n Two.\n");
    place.run("lint m").silent();
    let report = indoc! {"
        info[EM030]: uv 0.1.12 to 0.2.11 drops empty lines
         --> m:3:1
          |
        3 |
          | ^
          |
          = help: nothing needs to be done

        1 info
    "};
    place.run("lint -v m").stderr("").stdout(report).code(0);
    let denied = place.run("lint --deny EM030 m");
    denied.stderr("").code(1);
    assert!(denied.out().starts_with("error[EM030]"));
}

#[test]
fn writes_json() {
    let place = Place::new();
    place.write("m", "[externally-managed]\nError=a; \u{1b}b\n");
    let run = place.run("lint --format json m");
    run.stderr("").code(1);
    let report: serde_json::Value = serde_json::from_str(&run.out()).unwrap();
    assert_eq!(report["version"], 1);
    let finding = &report["findings"][0];
    assert_eq!(finding["rule"], "EM012");
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["path"], "m");
    assert_eq!(
        (&finding["line"], &finding["column"]),
        (&2.into(), &8.into())
    );
    place
        .write("good", GOOD)
        .run("lint --format json good")
        .stderr("")
        .stdout("{\n  \"findings\": [],\n  \"version\": 1\n}\n")
        .code(0);
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let place = Place::new();
    place.write(
        "m",
        "[externally-managed]\nError=a \u{1b}]0;x\u{7} \u{202e}\u{9b}2J #\n",
    );
    let run = place.run("lint m");
    run.stderr("").code(1);
    let out = run.out();
    assert!(!out.contains(|character: char| character.is_control() && character != '\n'));
    assert!(!out.contains('\u{202e}'));
    assert!(out.contains("\\u{1b}]0;x"), "{out}");
}

#[test]
fn explains_rules() {
    let place = Place::new();
    let report = indoc! {"
        EM018 (warning): the first line of the text is empty

        If the text begins on the line below `Error=`, its first line is empty: pip
        prints its arrow with nothing behind it.

        Who is hurt: everybody: the message begins with an empty line.

        What to do: put the first line right behind `Error=`.
    "};
    place
        .run("lint --explain EM018")
        .stderr("")
        .stdout(report)
        .code(0);
    let all = place.run("lint --explain all");
    all.stderr("").code(0);
    let ids: Vec<String> = all
        .out()
        .lines()
        .filter_map(|line| line.split_once(" ("))
        .filter(|(id, _)| id.len() == 5 && id.starts_with("EM"))
        .map(|(id, _)| id.to_owned())
        .collect();
    let known: Vec<&str> = externally_managed::lint::rule::RULES
        .iter()
        .map(|rule| rule.id)
        .collect();
    assert_eq!(ids, known);
    assert!(all.out().lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn names_a_rule_that_is_not_there() {
    let place = Place::new();
    place.write("m", GOOD);
    let report = "error: unknown rule `em018`\n |\n = help: did you mean `EM018`?\n";
    for arguments in [
        "lint --explain em018",
        "lint --allow em018 m",
        "lint --deny em018 m",
    ] {
        place.run(arguments).fails(2, report);
    }
    place
        .run("lint --allow EM018 --deny EM018 m")
        .fails(2, "error: EM018 is both allowed and denied\n");
    place
        .write("x.yml", "")
        .run("lint x.yml")
        .stdout("")
        .code(2);
    // The findings of the rest are still told.
    place.write("bad", "Error=x\n");
    let run = place.run("lint missing bad");
    run.code(4);
    assert!(run.out().starts_with("error[EM007]"), "{}", run.out());
    let nothing = place.run("lint");
    nothing.stdout("").code(2);
    assert!(nothing.error().contains("<PATH>..."), "{}", nothing.error());
}

#[test]
fn survives_whatever_is_in_the_way() {
    use std::os::unix::fs::symlink;
    let place = Place::new();
    place.run("lint missing").fails(
        4,
        "error: this cannot be looked at: No such file or directory\n--> missing\n",
    );
    rustix::fs::mknodat(
        rustix::fs::CWD,
        place.path("fifo"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from(0o644),
        0,
    )
    .unwrap();
    symlink("nowhere", place.path("link")).unwrap();
    symlink("loop", place.path("loop")).unwrap();
    for name in ["fifo", "link", "loop", "/dev/zero"] {
        let run = place.run(&format!("lint {name}"));
        run.stderr("").code(1);
        assert!(run.out().starts_with("error[EM003]"), "{}", run.out());
    }
    fs_err::File::create(place.path("huge"))
        .unwrap()
        .set_len(5 << 20)
        .unwrap();
    place
        .run("lint huge")
        .fails(4, "error: the file is larger than 4 MiB\n--> huge\n");
    place.write("nul", b"\0\0\xff\0");
    place.run("lint nul").code(1);
    place.write(
        "long",
        format!("[externally-managed]\nError={}", "x".repeat(100_000)),
    );
    let long = place.run("lint long");
    long.code(1);
    assert!(
        long.out().len() < 5_000,
        "a very long line is not shown whole"
    );
}

#[test]
fn looks_at_profiles() {
    let place = Place::new();
    place.write("good.yaml", "extends: debian\nname: Good\n");
    place.run("lint good.yaml").silent();
    place.write("bad.yaml", "extends: debian\nnmae: Bad\n");
    let report = indoc! {"
        error[EM060]: unknown key `nmae`
         --> bad.yaml:2:1
          |
        2 | nmae: Bad
          | ^^^^
          |
          = help: did you mean `name`?

        1 error
    "};
    place.run("lint bad.yaml").stderr("").stdout(report).code(1);
    place.write(
        "unsafe.yaml",
        "extends: debian\npackage_manager:\n  install: apt install x[y]\n",
    );
    let run = place.run("lint unsafe.yaml");
    run.code(1);
    assert!(run.out().starts_with("error[EM060]"), "{}", run.out());
    assert!(run.out().contains("unsafe.yaml:3:12"), "{}", run.out());
}

#[test]
fn looks_at_catalogues() {
    let place = Place::new();
    let header = "msgid \"\"\nmsgstr \"Language: de\\n\"\n\n";
    let body = indoc! {r#"
        msgid "To install any other package, create a virtual environment."
        msgstr ""

        #, fuzzy
        msgid "Applications"
        msgstr "Anwendungen"

        msgid "In a container"
        msgstr "In a container"

        msgid "More help:"
        msgstr "Weitere Hilfe"

        msgid "Containers"
        msgstr "Ein-Wort-das-nirgends-gebrochen-werden-kann-und-in-keine-Zeile-passt-und-stört"

        msgid "Virtual environments"
        msgstr "Umgebungen [virtuell]"

        msgid "Troubleshooting"
        msgstr "Hilfe in allerlei Schwierigkeiten, die es mit dem {package} geben kann"

        msgid "To install a package from {distro}:"
        msgstr "Ein Paket installieren:"
    "#};
    place.write("de.po", format!("{header}{body}"));
    let run = place.run("lint de.po -v");
    run.stderr("").code(1);
    for line in [
        "warning[EM062]: one message without a translation\n --> de.po:4:1\n",
        "warning[EM063]: one fuzzy translation\n --> de.po:8:1\n",
        "warning[EM064]: one translation that is the English text\n  --> de.po:11:1\n",
        "info[EM065]:",
        "warning[EM066]: 2 over-long translations\n  --> de.po:17:1\n",
        "also in line 23",
        "warning[EM067]: one translation with another end\n  --> de.po:14:1\n",
        "error[EM068]: one translation that a marker cannot hold\n  --> de.po:20:1\n",
        "error[EM061]: the translation has the placeholder {package}, which the message has not\n  --> de.po:24:1\n",
        "error[EM061]: the translation lacks the placeholder {distro}\n  --> de.po:27:1\n",
        "warning[EM069]: the header does not say Content-Type, X-Made-By, X-Native-Review\n--> de.po\n",
        "messages are not in the file\n--> de.po\n",
    ] {
        assert!(run.out().contains(line), "{line}\n{}", run.out());
    }
    place.write("fr.po", format!("{header}msgid broken\n"));
    let run = place.run("lint fr.po");
    run.code(1);
    assert!(run.out().starts_with("error[EM061]"), "{}", run.out());
    place.write("en.po", header);
    let run = place.run("lint en.po");
    run.code(1);
    assert!(run.out().starts_with("error[EM061]: English is the source"));
    place.write("fr.po", format!("\u{feff}{header}"));
    let run = place.run("lint fr.po");
    run.code(1);
    assert!(run.out().contains("byte order mark"), "{}", run.out());
    place.write("german.po", header);
    let run = place.run("lint german.po");
    run.code(1);
    assert!(
        run.out().starts_with("error[EM061]: a catalogue is named"),
        "{}",
        run.out()
    );
}

#[test]
fn our_own_data_has_nothing_to_report() {
    let place = Place::new();
    let repository = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for (folder, extension) in [("distro-profiles", "yaml"), ("po", "po")] {
        let mut count = 0;
        for entry in fs_err::read_dir(repository.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|found| found == extension) {
                place
                    .run_with(&["lint", path.to_str().unwrap()], &[])
                    .silent();
                count += 1;
            }
        }
        assert!(count > 4, "{folder}");
    }
}
