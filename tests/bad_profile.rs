//! Every mistake in a profile gives one report at its place, exit code 3 and no file.

use indoc::indoc;

use crate::support::Place;

/// Installs with a profile of these lines, which must fail with this report.
#[track_caller]
fn refused(profile: &str, report: &str) {
    let place = Place::new();
    place.write("p.yaml", profile);
    place
        .run("install --profile ./p.yaml --python 3.13 --destdir tree")
        .fails(3, report);
    assert_eq!(place.listing("tree"), "", "nothing may be written");
}

#[test]
fn unknown_key() {
    refused(
        "extends: debian\nvenv:\n  need: x\n",
        indoc! {"
            error: unknown key `need`
             --> ./p.yaml:3:3
              |
            3 |   need: x
              |   ^^^^
              |
              = help: did you mean `needs`?
        "},
    );
    refused(
        "extends: debian\nqqq: x\n",
        indoc! {"
            error: unknown key `qqq`
             --> ./p.yaml:2:1
              |
            2 | qqq: x
              | ^^^
              |
              = help: known here: applications, command, do_not_mark, extends,
                      free_threaded, help_url, immutable, languages, local_packages,
                      marker, multilib, name, no_record, not_shipped_upstream, opt_out,
                      os_release, other, package_manager, patched_pip, pypy, python,
                      readme, remove, stdlib, stops_local_installs, systemd, venv
        "},
    );
}

#[test]
fn repeated_key() {
    refused(
        "extends: debian\nvenv:\n  needs: x\n  needs: y\n",
        indoc! {"
            error: key `needs` is given twice
             --> ./p.yaml:4:3
              |
            4 |   needs: y
              |   ^^^^^
              |
              = help: keep one of the two
        "},
    );
}

#[test]
fn unquoted_placeholder() {
    refused(
        "extends: debian\ncommand: {{ python.name }}\n",
        indoc! {r#"
            error: expected text, found a mapping
             --> ./p.yaml:2:10
              |
            2 | command: {{ python.name }}
              |          ^^^^^^^^^^^^^^^^^
              |
              = help: quote a value that begins with `{{`: "{{ python.name }}"
        "#},
    );
}

#[test]
fn unknown_placeholder() {
    refused(
        "extends: debian\nvenv:\n  needs: \"{{ python.nmae }}\"\n",
        indoc! {r#"
            error: unknown placeholder `python.nmae`
             --> ./p.yaml:3:10
              |
            3 |   needs: "{{ python.nmae }}"
              |          ^^^^^^^^^^^^^^^^^^^
              |
              = help: known here: {{ python.version }}, {{ python.version_nodot }}, {{
                      python.name }}, {{ python.directory }}, {{ python.command }}, {{
                      python.stdlib }}
        "#},
    );
}

#[test]
fn stdlib_that_is_built_from_itself() {
    refused(
        "extends: debian\nstdlib: /usr/{{ python.stdlib }}\n",
        indoc! {"
            error: unknown placeholder `python.stdlib`
             --> ./p.yaml:2:9
              |
            2 | stdlib: /usr/{{ python.stdlib }}
              |         ^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: known here: {{ python.version }}, {{ python.version_nodot }}, {{
                      python.name }}, {{ python.directory }}
        "},
    );
}

#[test]
fn circle() {
    let place = Place::new();
    place.write("o/distro-profiles/a.yaml", "extends: b\n");
    place.write("o/distro-profiles/b.yaml", "name: B\nextends: a\n");
    place
        .run("install --data-dir o --profile a --python 3.13 --destdir tree")
        .fails(
            3,
            indoc! {"
            error: profiles extend each other in a circle: a -> b -> a
             --> o/distro-profiles/b.yaml:2:10
              |
            2 | extends: a
              |          ^
        "},
        );
    place.write("o/distro-profiles/a.yaml", "extends: a\n");
    place
        .run("install --data-dir o --profile a --python 3.13 --destdir tree")
        .fails(
            3,
            indoc! {"
            error: there is no profile `a` below this one to extend
             --> o/distro-profiles/a.yaml:1:10
              |
            1 | extends: a
              |          ^
        "},
        );
}

#[test]
fn unknown_parent() {
    refused(
        "extends: debain\n",
        indoc! {"
            error: there is no profile `debain` to extend
             --> ./p.yaml:1:10
              |
            1 | extends: debain
              |          ^^^^^^
              |
              = help: did you mean `debian`?
        "},
    );
}

#[test]
fn values_that_no_marker_can_hold() {
    refused(
        "extends: debian\nname: \"two\\nlines\"\n",
        indoc! {r#"
            error: the value has a line break
             --> ./p.yaml:2:7
              |
            2 | name: "two\nlines"
              |       ^^^^^^^^^^^^
              |
              = help: write it on one line
        "#},
    );
    refused(
        "extends: debian\nname: \"a\\e[31mb\"\n",
        indoc! {r#"
            error: the value has the control character U+001B
             --> ./p.yaml:2:7
              |
            2 | name: "a\e[31mb"
              |       ^^^^^^^^^^
        "#},
    );
    refused(
        "extends: debian\nname: \"De\u{200b}bian\"\n",
        indoc! {r#"
            error: the value has the invisible character U+200B
             --> ./p.yaml:2:7
              |
            2 | name: "De\u{200b}bian"
              |       ^^^^^^^^^^^^^^^^
        "#},
    );
    refused(
        "extends: debian\npackage_manager:\n  install: pip install x[foo]\n",
        indoc! {"
            error: `[foo]` looks like markup to pipenv, which removes it, in the key Error
             --> ./p.yaml:3:12
              |
            3 |   install: pip install x[foo]
              |            ^^^^^^^^^^^^^^^^^^
        "},
    );
    refused(
        "extends: debian\npackage_manager:\n  install: \"apt install x#1\"\n",
        indoc! {r#"
            error: `#` makes uv up to 0.13.0 drop the rest of the line, in the key Error
             --> ./p.yaml:3:12
              |
            3 |   install: "apt install x#1"
              |            ^^^^^^^^^^^^^^^^^
        "#},
    );
    refused(
        "extends: debian\nname: \"[D\"\n",
        indoc! {r#"
            error: `[` at the start of a line makes uv up to 0.13.0 drop the rest of the text, in the key Error-bn
             --> ./p.yaml:2:7
              |
            2 | name: "[D"
              |       ^^^^
        "#},
    );
    refused(
        "extends: debian\nname: Débian\n",
        indoc! {"
            error: `é` is not ASCII; the English text must be, for terminals that are not UTF-8, in the key Error
             --> ./p.yaml:2:7
              |
            2 | name: Débian
              |       ^^^^^^
        "},
    );
}

#[test]
fn a_defect_is_shown_where_it_comes_from() {
    let place = Place::new();
    place.write("p.yaml", "extends: fedora\ncommand: py#\n");
    place
        .run("install --profile ./p.yaml --python 3.15 --destdir tree")
        .fails(
            3,
            indoc! {"
                error: `#` makes uv up to 0.13.0 drop the rest of the line, in the key Error
                 --> ./p.yaml:2:10
                  |
                2 | command: py#
                  |          ^^^
            "},
        );
}

#[test]
fn what_is_too_wide_is_shown_where_it_comes_from() {
    let place = Place::new();
    let name = "w".repeat(80);
    place.write("p.yaml", format!("extends: debian\nname: {name}\n"));
    let run = place.run("install --profile ./p.yaml --python 3.13 --destdir tree");
    run.code(3).stdout("");
    assert!(
        run.error().contains("--> ./p.yaml:2:7\n"),
        "{}",
        run.error()
    );
    place.write("p.yaml", format!("extends: debian\nreadme: /{name}\n"));
    let run = place.run("install --profile ./p.yaml --python 3.13 --destdir tree");
    run.code(3).stdout("");
    assert!(
        run.error().contains("--> ./p.yaml:2:9\n"),
        "{}",
        run.error()
    );
    assert_eq!(place.listing("tree"), "");
}

#[test]
fn wrong_shapes() {
    refused(
        "extends: debian\nimmutable: yes\n",
        indoc! {"
            error: `yes` is neither `true` nor `false`
             --> ./p.yaml:2:12
              |
            2 | immutable: yes
              |            ^^^
        "},
    );
    refused(
        "extends: debian\nname: ~\n",
        indoc! {"
            error: expected text, found nothing
             --> ./p.yaml:2:7
              |
            2 | name: ~
              |       ^
              |
              = help: give a value, or list the key under `remove:` to drop an inherited
                      one
        "},
    );
    refused(
        "extends: debian\nreadme: doc/README\n",
        indoc! {"
            error: `doc/README` is not an absolute path without `..`, or `none`
             --> ./p.yaml:2:9
              |
            2 | readme: doc/README
              |         ^^^^^^^^^^
        "},
    );
    refused(
        "extends: debian\nlanguages: [de, pt-BR]\n",
        indoc! {"
            error: `pt-BR` is not a language
             --> ./p.yaml:2:17
              |
            2 | languages: [de, pt-BR]
              |                 ^^^^^^
              |
              = help: write it as a locale does, for example de or pt_BR
        "},
    );
    refused(
        "extends: debian\npython:\n  ships: [jython]\n",
        indoc! {"
            error: unknown kind of Python `jython`
             --> ./p.yaml:3:11
              |
            3 |   ships: [jython]
              |           ^^^^^^^
              |
              = help: known are: cpython, free-threaded, pypy
        "},
    );
    refused(
        "extends: debian\npypy:\n  name: x\n",
        indoc! {"
            error: `name` cannot differ between interpreters
             --> ./p.yaml:3:3
              |
            3 |   name: x
              |   ^^^^
              |
              = help: move it to the top level of the profile
        "},
    );
    refused(
        "extends: debian\nremove: [venv.need]\n",
        indoc! {"
            error: unknown key `venv.need` under `remove`
             --> ./p.yaml:2:10
              |
            2 | remove: [venv.need]
              |          ^^^^^^^^^^
              |
              = help: write it with dots, for example package_manager.install
        "},
    );
}

#[test]
fn broken_yaml() {
    refused(
        "extends: debian\n\tname: x\n",
        indoc! {r"
            error: found a tab character that violates indentation
             --> ./p.yaml:2:1
              |
            2 | \u{9}name: x
              | ^^^^^^^^^
        "},
    );
    refused(
        "[a]\n",
        indoc! {"
            error: expected a mapping of keys to values, found a list
             --> ./p.yaml:1:1
              |
            1 | [a]
              | ^^^
        "},
    );
}

#[test]
fn missing_facts() {
    refused(
        "name: X\n",
        indoc! {"
            error: the profile does not say `command`
            --> ./p.yaml
             = help: add the key, or `extends:` a profile that has it
        "},
    );
    refused(
        "",
        indoc! {"
            error: the profile does not say `name`
            --> ./p.yaml
             = help: add the key, or `extends:` a profile that has it
        "},
    );
    refused(
        "extends: debian\nremove: [package_manager.name]\n",
        indoc! {r#"
            error: the profile does not give `package_manager.name`, which this template needs
             --> templates/marker.tera:6:101
              |
            6 | {{ _(msg="{distro} manages this Python with its package manager ({manager}).", distro=name, manager=package_manager.name) }}
              |                                                                                                     ^^^^^^^^^^^^^^^^^^^^
              |
              = help: add the key to the profile
        "#},
    );
}

#[test]
fn bytes_that_are_no_text() {
    let place = Place::new();
    place.write("p.yaml", b"extends: debian\nname: \xff\n");
    place
        .run("install --profile ./p.yaml --python 3.13 --destdir tree")
        .fails(
            3,
            indoc! {"
            error: the file is not UTF-8
             --> ./p.yaml:2:7
              |
            2 | name: \u{fffd}
              |       ^
        "},
        );
    place.write("p.yaml", "a".repeat(300_000));
    place
        .run("install --profile ./p.yaml --python 3.13 --destdir tree")
        .fails(
            3,
            "error: the profile is larger than 65536 bytes\n--> ./p.yaml\n",
        );
}

#[test]
fn what_is_no_file_is_no_hang() {
    let place = Place::new();
    let fifo = std::process::Command::new("mkfifo")
        .arg(place.path("f.yaml"))
        .status()
        .unwrap();
    assert!(fifo.success());
    place
        .run("profiles ./f.yaml")
        .fails(4, "error: this is not a regular file\n--> ./f.yaml\n");
    place
        .run("profiles /dev/zero")
        .fails(4, "error: this is not a regular file\n--> /dev/zero\n");
    place.write("b.yaml", "\u{feff}extends: debian\n");
    place.run("profiles ./b.yaml").code(3);
    assert!(
        place
            .run("profiles ./b.yaml")
            .error()
            .starts_with("error: the file begins with a byte order mark\n")
    );
    place.write("huge.yaml", "a".repeat(5 * 1024 * 1024));
    place
        .run("profiles ./huge.yaml")
        .fails(4, "error: the file is larger than 4 MiB\n--> ./huge.yaml\n");
}

#[test]
fn slips_in_values() {
    refused(
        "extends: debian\nreadme: /usr/share/doc/{python.name}/README\n",
        indoc! {"
            error: `/usr/share/doc/{python.name}/README` has a single brace
             --> ./p.yaml:2:9
              |
            2 | readme: /usr/share/doc/{python.name}/README
              |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: placeholders have two braces: {{ python.name }}
        "},
    );
    refused(
        "extends: debian\nreadme: /x y/README\n",
        indoc! {"
            error: `/x y/README` has the character ` `, which cannot stand in a path
             --> ./p.yaml:2:9
              |
            2 | readme: /x y/README
              |         ^^^^^^^^^^^
        "},
    );
    refused(
        "extends: debian\npackage_manager:\n  install: $ apt install x\n",
        indoc! {"
            error: `$ apt install x` begins with a prompt
             --> ./p.yaml:3:12
              |
            3 |   install: $ apt install x
              |            ^^^^^^^^^^^^^^^
              |
              = help: leave the prompt out; it is added where the command is shown
        "},
    );
}

#[test]
fn alias_bomb_is_no_hang() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, before) in ["b", "c", "d", "e", "f", "g", "h", "i"]
        .iter()
        .zip(["a", "b", "c", "d", "e", "f", "g", "h"])
    {
        let aliases = vec![format!("*{before}"); 9].join(", ");
        bomb += &[name, ": &", name, " [", &aliases, "]\n"].concat();
    }
    let place = Place::new();
    place.write(
        "p.yaml",
        format!("extends: debian\nos_release: &o [debian]\n{bomb}"),
    );
    let run = place.run("profiles ./p.yaml");
    run.code(3);
    for nested in [1_000, 30_000] {
        place.write(
            "p.yaml",
            format!("name: {}x{}\n", "[".repeat(nested), "]".repeat(nested)),
        );
        place.run("profiles ./p.yaml").code(3);
    }
}

#[test]
fn places_of_what_must_not_be_marked() {
    let place = Place::new();
    for (profile, message) in [
        (
            "do_not_mark: {kind: environment, places: [relative]}",
            "`relative` is not a place",
        ),
        (
            "do_not_mark: {kind: environment, places: [/a/../b]}",
            "`/a/../b` is not a place",
        ),
        (
            "do_not_mark: {kind: environment, places: [/a*/b]}",
            "`/a*/b` is not a place",
        ),
        (
            "do_not_mark: {kind: environment, places: [/]}",
            "`/` is not a place",
        ),
        (
            "do_not_mark: {places: [/a]}",
            "the profile does not say `do_not_mark.kind`",
        ),
        (
            "do_not_mark: {kind: whim, places: [/a]}",
            "unknown kind of reason `whim`",
        ),
    ] {
        place.write("p.yaml", format!("name: X\n{profile}\n"));
        let run = place.run("install --profile ./p.yaml --python 3.13 --destdir tree");
        run.code(3);
        assert!(run.error().contains(message), "{}", run.error());
    }
}
