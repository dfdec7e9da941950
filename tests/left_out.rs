//! One file that is not valid does not hide what the others say: it is told, and the rest goes on.

use indoc::indoc;

use crate::support::Place;

const REPORT: &str = indoc! {"
    error: unknown key `nmae`
     --> o/distro-profiles/broken.yaml:1:1
      |
    1 | nmae: x
      | ^^^^
      |
      = help: did you mean `name`?
"};

/// A data directory with a broken and a good profile, and a tree with a Python of the good one.
fn place() -> Place {
    let place = Place::new();
    place.write("o/distro-profiles/broken.yaml", "nmae: x\n");
    place.write(
        "o/distro-profiles/good.yaml",
        "extends: debian\nname: Good\nstdlib: /opt/good/lib/{{ python.directory }}\n",
    );
    place.write("tree/opt/good/lib/python3.13/os.py", "");
    place
}

#[test]
fn status_goes_on() {
    let place = place();
    let run = place.run("status --data-dir o tree");
    run.stderr(REPORT).code(3);
    assert!(
        run.out().contains("/opt/good/lib/python3.13"),
        "{}",
        run.out()
    );
}

#[test]
fn lint_goes_on() {
    let place = place();
    let run = place.run("lint --data-dir o tree");
    run.stderr(REPORT).code(3);
    assert!(
        run.out().contains("this Python has no marker"),
        "{}",
        run.out()
    );
    // Whatever cannot be read is told, each.
    let run = place.run("lint --data-dir o no1 no2 tree");
    assert_eq!(run.error().matches("error: ").count(), 3, "{}", run.error());
}

#[test]
fn profiles_goes_on() {
    let place = place();
    let run = place.run("profiles --data-dir o");
    run.stderr(REPORT).code(3);
    assert!(run.out().contains("\ngood ") && run.out().contains("\ndebian "));
    assert!(!run.out().contains("broken"));
}

#[test]
fn languages_goes_on() {
    let place = Place::new();
    place.write("o/po/de.po", "msgid x\n");
    place.write("o/po/fr.po", "msgid \"a\"\nmsgstr \"b\"\nmsgstr \"c\"\n");
    place.write("o/po/th_TH.po", "msgid \"a\"\nmsgstr \"b\"\n");
    let run = place.run("languages --data-dir o");
    run.code(3).stderr(indoc! {"
        error: expected a text in quotation marks
         --> o/po/de.po:1:7
          |
        1 | msgid x
          |       ^
        error: `msgstr` without a `msgid` before it
         --> o/po/fr.po:3:1
          |
        3 | msgstr \"c\"
          | ^^^^^^^^^^
    "});
    let codes: Vec<String> = run
        .out()
        .lines()
        .filter_map(|line| line.split(' ').next().map(str::to_owned))
        .collect();
    assert!(codes.contains(&"th_TH".to_owned()) && codes.contains(&"it".to_owned()));
    assert!(!codes.contains(&"de".to_owned()) && !codes.contains(&"fr".to_owned()));
}
