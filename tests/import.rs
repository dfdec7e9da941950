//! `import`: the bytes that were imported come back, for markers of every shape in the field.

use indoc::indoc;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::property::harness::{Run, say};
use crate::support::Place;

/// Shapes of markers that distributions ship, in other words, and odd ones.
const SHAPES: &[(&str, &str)] = &[
    (
        "path of a README",
        "[externally-managed]\nError=Use apt.\n\n Make sure you have python3-full.\n See /usr/share/doc/python3.13/README.venv.\n",
    ),
    (
        "one paragraph",
        "[externally-managed]\nError=Try 'pacman -S\n python-abc', or a virtual environment.\n",
    ),
    (
        "empty first line, nested",
        "[externally-managed]\nError=\n Use the package manager, or:\n\n   python3 -m venv x\n   . x/bin/activate\n",
    ),
    (
        "address with a fragment",
        "[externally-managed]\nError=This is read-only:\n `/store`.\n See <https://example.org/m/#python>.\n",
    ),
    (
        "long",
        "[externally-managed]\nError=a\n b\n\n   brew install x\n\n c '--break-system-packages'\n d\n",
    ),
    (
        "space at the end",
        "[externally-managed]\nError=Try \n zypper install python313-x, python3.13 -m venv p .\n",
    ),
    (
        "one line, no end",
        "[externally-managed]\nError=Managed by x and not to be changed.",
    ),
    (
        "variable, blank lines",
        "[externally-managed]\nError=Use\n $PREFIX-python-x.\n\n\n",
    ),
    (
        "CRLF",
        "[externally-managed]\r\nError=a\r\n b python3.13\r\n",
    ),
    ("CR", "[externally-managed]\rError=a\r b\r"),
    (
        "header comments",
        "# a\n; b\n\n[externally-managed]\n# c\nError=a\n",
    ),
    (
        "languages",
        "[externally-managed]\nError=a\nError-de=ä\n ö python3.13\nError-zh_CN=字\n",
    ),
    (
        "braces",
        "[externally-managed]\nError={{ a }} {{{ python.name }}} {% x %} }}\n",
    ),
    (
        "a placeholder",
        "[externally-managed]\nError=python{{ python.version }} of {{ python.name }} '{{'\n",
    ),
    (
        "signs",
        "[externally-managed]\nError: 100 % \"quoted\" 'x' \\n =:\n",
    ),
    ("twice", "[externally-managed]\nError=a\nError=b\n"),
    ("inherited", "[DEFAULT]\nError=a\n[externally-managed]\n"),
    (
        "two Pythons",
        "[externally-managed]\nError=python3.13 or python3.14\n",
    ),
    (
        "control characters",
        "[externally-managed]\nError=a\u{1b}[1mb\u{0}c\td\n",
    ),
];

/// Imports `bytes` and gives back what is rendered.
fn again(place: &Place, bytes: &[u8], options: &str, name: &str) -> Vec<u8> {
    place.write("EXTERNALLY-MANAGED", bytes);
    place
        .run(&format!("import EXTERNALLY-MANAGED {options} --output o"))
        .silent();
    place
        .run(&format!(
            "render marker --data-dir o --profile {name} --python 3.13 --stdlib /usr/lib/python3.13 --output again"
        ))
        .code(0);
    fs_err::read(place.path("again")).unwrap()
}

#[test]
fn every_shape_comes_back() {
    for (shape, marker) in SHAPES {
        for (options, name) in [
            ("--profile debian", "debian"),
            ("--name x", "x"),
            ("--profile fedora --name y --python 3.13", "y"),
        ] {
            let place = Place::new();
            let back = again(&place, marker.as_bytes(), options, name);
            assert_eq!(
                String::from_utf8(back).unwrap(),
                *marker,
                "{shape}, {options}"
            );
        }
    }
}

/// Markers that others ship: `MARKERS_DIR=… cargo test import`.
#[test]
fn every_marker_of_a_directory_comes_back() {
    let Some(directory) = std::env::var_os("MARKERS_DIR") else {
        return;
    };
    let (mut same, mut refused) = (0, 0);
    for entry in fs_err::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs_err::read(&path).unwrap();
        if !path.to_string_lossy().ends_with("EXTERNALLY-MANAGED") {
            continue;
        }
        let place = Place::new();
        if externally_managed::adopted::is_readable(&bytes) {
            assert_eq!(
                again(&place, &bytes, "--profile debian", "debian"),
                bytes,
                "{}",
                path.display()
            );
            same += 1;
        } else {
            let path = path.to_str().unwrap();
            place
                .run_with(
                    &["import", path, "--profile", "debian", "--output", "o"],
                    &[],
                )
                .stdout("")
                .code(3);
            assert!(!place.path("o").exists(), "{path}");
            refused += 1;
        }
    }
    say(&format!(
        "MARKERS_DIR: {same} came back, {refused} were refused"
    ));
    assert!(same > 0, "no marker in MARKERS_DIR can be read");
}

#[test]
fn whatever_can_be_read_comes_back() {
    let pieces = [
        "\n ",
        "\n\n ",
        "\r\n ",
        "\n\t",
        " ",
        "a",
        "python3.13",
        "python3.14",
        "python313",
        "pypy3.11",
        "{{",
        "}}",
        "{",
        "}",
        "{{ python.name }}",
        "'{{'",
        "é",
        "\u{1b}",
        "\0",
        "#",
        ";",
        "[",
        "]",
        "%",
        "=",
        ":",
        "\nError-de=",
        "\n#",
    ];
    let run = Run::new("import", 60);
    let strategy = vec(select(pieces.to_vec()), 0..12)
        .prop_map(|pieces| format!("[externally-managed]\nError=x{}", pieces.concat()));
    let mut count = 0;
    run.check(&strategy, |marker| {
        if !externally_managed::adopted::is_readable(marker.as_bytes()) {
            return Ok(());
        }
        count += 1;
        let place = Place::new();
        let back = again(
            &place,
            marker.as_bytes(),
            "--profile debian --python 3.13",
            "debian",
        );
        if back == marker.as_bytes() {
            return Ok(());
        }
        Err(format!("{:?}", String::from_utf8_lossy(&back)))
    });
    assert!(count * 3 >= run.cases, "only {count} could be read");
}

#[test]
fn the_next_version_gets_its_own_name() {
    let place = Place::new();
    place.write("usr/lib/python3.13/EXTERNALLY-MANAGED", SHAPES[0].1);
    place
        .run("import usr/lib/python3.13/EXTERNALLY-MANAGED --profile debian --output o -v")
        .stdout("")
        .stderr(indoc! {"
            installed o/distro-profiles/debian.marker
            installed o/distro-profiles/debian.yaml
            The same bytes come back from:
            externally-managed render marker --data-dir o --profile debian --python 3.13
        "})
        .code(0);
    assert_eq!(
        place.read("o/distro-profiles/debian.yaml"),
        indoc! {"
            # An adopted marker. Delete the line `marker:` to switch to the built-in guidance.
            extends: debian
            marker: debian.marker
        "}
    );
    let next = place.run("render marker --data-dir o --profile debian --python 3.14");
    assert!(
        next.code(0)
            .out()
            .ends_with("See /usr/share/doc/python3.14/README.venv.\n")
    );
    // The same again is no conflict, another marker is.
    place
        .run("import usr/lib/python3.13/EXTERNALLY-MANAGED --profile debian --output o")
        .silent();
    place.write("other", SHAPES[1].1);
    place.run("import other --profile debian --output o").fails(
        2,
        indoc! {"
            error: there is another file already
            --> o/distro-profiles/debian.marker
             = help: remove it, or give another --output or --name
        "},
    );
    // Without the line, our guidance.
    place.write("o/distro-profiles/debian.yaml", "extends: debian\n");
    let ours = place.run("render marker --data-dir o --profile debian --python 3.13");
    assert_eq!(
        ours.out(),
        place
            .run("render marker --profile debian --python 3.13")
            .out()
    );
}

#[test]
fn without_a_base_the_path_tells_the_place() {
    let place = Place::new();
    place.write("image/usr/lib64/python3.13/EXTERNALLY-MANAGED", SHAPES[0].1);
    place
        .run("import image/usr/lib64/python3.13/EXTERNALLY-MANAGED --name lab --output o")
        .silent();
    assert_eq!(
        place.read("o/distro-profiles/lab.yaml"),
        indoc! {"
            # An adopted marker.
            name: lab
            readme: none
            python:
              ships: [cpython]
            stdlib: /usr/lib64/{{ python.directory }}
            marker: lab.marker
        "}
    );
    place
        .run("install --data-dir o --profile lab --python 3.13 --destdir tree")
        .silent();
    assert_eq!(
        place.read("tree/usr/lib64/python3.13/EXTERNALLY-MANAGED"),
        SHAPES[0].1
    );
}

#[test]
fn mistakes() {
    let place = Place::new();
    place
        .write("m", SHAPES[0].1)
        .write("bad", "Error=x\n")
        .write("latin", b"[externally-managed]\nError=\xe9\n");
    place.run("import m --output o").fails(
        2,
        "error: the new profile has no name\n |\n = help: give --profile BASE, which it then extends, or --name NAME\n",
    );
    place.run("import bad --profile debian --output o").fails(
        3,
        indoc! {"
            error: no installer can read this marker: there is no section [externally-managed]
             --> bad:1:1
              |
            1 | Error=x
              | ^^^^^^^
              |
              = help: begin the file with a line [externally-managed]
        "},
    );
    let latin = place.run("import latin --profile debian --output o");
    latin.stdout("").code(3);
    assert!(
        latin.error().contains("the byte 0xe9 is not UTF-8"),
        "{}",
        latin.error()
    );
    for (arguments, code) in [
        ("import missing --profile debian --output o", 4),
        ("import tree --profile debian --output o", 4),
        ("import /dev/zero --profile debian --output o", 4),
        ("import m --profile debain --output o", 2),
        ("import m --profile pyenv --output o", 2),
        ("import m --profile ./x.yaml --output o", 2),
        ("import m --name ../x --output o", 2),
        ("import m --name a.b --output o", 2),
        ("import m --name auto --output o", 2),
        ("import m --profile auto --output o", 2),
        ("import m --name x --output m", 4),
    ] {
        let run = place.run(arguments);
        run.stdout("").code(code);
        assert!(
            run.error().starts_with("error: "),
            "{arguments}: {}",
            run.error()
        );
    }
    assert!(!place.path("o").exists(), "nothing may be written");
}
