//! Nothing that a terminal acts upon gets through our messages and reports, wherever it comes
//! from: each verb, with hostile arguments, names, values, markers and variables.

use externally_managed::escape::is_unprintable;
use serde_json::Value as Json;

use crate::support::{Place, Run};

/// A change of colour, the title of the window, a bell, C1's CSI, marks of direction, a carriage
/// return, DEL, and a line that would pass for ours.
const HOSTILE: &str =
    "a\u{1b}[31m\u{1b}]0;x\u{7}\u{9b}2J\u{202e}b\u{2066}\r\u{7f}\u{feff}\nerror: forged";

/// The same for where a zero byte, a slash or a line feed cannot be.
const HOSTILE_LINE: &str = "a\u{1b}[31m\u{7}\u{9b}2J\u{202e}b\u{2066}\u{7f}";

/// Whether the run shows that it met the input, and nothing of it gets to a terminal.
#[track_caller]
fn safe(run: &Run) -> String {
    let shown = run.error() + &run.out();
    let found: Vec<char> = shown.chars().filter(|c| is_unprintable(*c)).collect();
    assert!(found.is_empty(), "{found:?} in:\n{}", shown.escape_debug());
    // What `explain` shows are the lines that installers print.
    let forged =
        !run.is_of("explain") && shown.lines().any(|line| line.starts_with("error: forged"));
    assert!(!forged, "a forged line:\n{shown}");
    shown
}

/// [`safe`], and the input is shown, escaped.
#[track_caller]
fn shown(run: &Run) {
    let shown = safe(run);
    // A report of a terminal's width may have cut it.
    let known = ["\\u{1b}", "\\u001b"]
        .iter()
        .any(|escape| shown.contains(escape));
    assert!(known, "the input is not shown:\n{shown}");
}

fn with<'a>(before: &[&'a str], hostile: &'a str) -> Vec<&'a str> {
    before.iter().copied().chain([hostile]).collect()
}

#[test]
fn arguments_of_each_verb() {
    let place = Place::new();
    for before in [
        &[][..],
        &[
            "install",
            "--destdir",
            "tree",
            "--python",
            "3.13",
            "--profile",
        ],
        &["install"],
        &[
            "install",
            "--profile",
            "debian",
            "--python",
            "3.13",
            "--destdir",
        ],
        &[
            "install",
            "--profile",
            "debian",
            "--destdir",
            "tree",
            "--python",
        ],
        &[
            "install",
            "--profile",
            "debian",
            "--destdir",
            "tree",
            "--python",
            "3.13",
            "--stdlib",
        ],
        &[
            "install",
            "--profile",
            "debian",
            "--destdir",
            "tree",
            "--python",
            "3.13",
            "--readme",
        ],
        &[
            "install",
            "--profile",
            "debian",
            "--destdir",
            "tree",
            "--python",
            "3.13",
            "--shared",
        ],
        &[
            "install",
            "--profile",
            "debian",
            "--destdir",
            "tree",
            "--python",
            "3.13",
            "--languages",
        ],
        &[
            "install",
            "--profile",
            "debian",
            "--destdir",
            "tree",
            "--python",
            "3.13",
            "--readme-languages",
        ],
        &[
            "install",
            "--profile",
            "debian",
            "--destdir",
            "tree",
            "--python",
            "3.13",
            "--data-dir",
        ],
        &[
            "install",
            "--profile",
            "debian",
            "--destdir",
            "tree",
            "--python",
            "3.13",
            "--files-format",
        ],
        &["render"],
        &["render", "marker", "--python", "3.13", "--profile"],
        &[
            "render",
            "marker",
            "--python",
            "3.13",
            "--profile",
            "debian",
            "--languages",
        ],
        &["explain"],
        &["explain", "--installer"],
        &["lint"],
        &["lint", "--explain"],
        &["lint", "tree", "--allow"],
        &["status"],
        &["import", "--profile", "debian", "--output", "o"],
        &["import", "x", "--output", "o", "--name"],
        &["import", "x", "--output", "o", "--profile"],
        &["profiles"],
        &["profiles", "--data-dir"],
        &["languages", "--profile"],
        &["languages", "--python"],
        &["completions"],
    ] {
        shown(&place.run_with(&with(before, HOSTILE), &[]));
        let option = format!("--{HOSTILE}");
        shown(&place.run_with(&with(before, &option), &[]));
    }
    assert_eq!(place.listing("tree"), "");
}

#[test]
fn arguments_that_are_not_unicode() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_externally-managed"))
        .args(["render", "marker", "--profile"])
        .arg(OsStr::from_bytes(b"a\x1b[31m\xff"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!said.contains(is_unprintable), "{}", said.escape_debug());
}

#[test]
fn file_names() {
    let place = Place::new();
    let name = HOSTILE.replace('/', "");
    place.write(&format!("{name}/EXTERNALLY-MANAGED"), "[wrong]\n");
    place.write(&format!("{name}/p.yaml"), "nmae: x\n");
    place.write(&format!("{name}/de.po"), "msgid x\n");
    place.write(&format!("{name}/usr/lib/python3.13/os.py"), "");
    place.write(
        &format!("{name}/usr/lib/python3.13/EXTERNALLY-MANAGED"),
        "[wrong]\n",
    );
    place.write(&format!("{name}/templates/marker.tera"), "words\n");
    for file in ["EXTERNALLY-MANAGED", "p.yaml", "de.po", "no", "."] {
        let path = format!("{name}/{file}");
        shown(&place.run_with(&["lint", &path], &[]));
        shown(&place.run_with(&["lint", "--format", "json", &path], &[]));
    }
    shown(&place.run_with(&["explain", &format!("{name}/no")], &[]));
    shown(&place.run_with(&["explain", "--format", "json", &name], &[]));
    shown(&place.run_with(
        &[
            "import",
            &format!("{name}/EXTERNALLY-MANAGED"),
            "--profile",
            "debian",
            "--output",
            "o",
        ],
        &[],
    ));
    let base = ["render", "marker", "--python", "3.13", "--profile"];
    shown(&place.run_with(&with(&base, &format!("{name}/p.yaml")), &[]));
    let base = [
        "render",
        "marker",
        "--python",
        "3.13",
        "--profile",
        "debian",
        "--data-dir",
    ];
    shown(&place.run_with(&with(&base, &name), &[]));
    // What is told when all goes well, and what differs.
    let install = [
        "install",
        "--profile",
        "debian",
        "--python",
        "3.13",
        "-v",
        "--destdir",
    ];
    shown(&place.run_with(&with(&install, &name), &[]));
    place.write(
        &format!("{name}/usr/lib/python3.13/EXTERNALLY-MANAGED"),
        "x\n",
    );
    let check = [
        "install",
        "--profile",
        "debian",
        "--python",
        "3.13",
        "--check",
        "--destdir",
    ];
    shown(&place.run_with(&with(&check, &name), &[]));
}

#[test]
fn names_in_trees() {
    let place = Place::new();
    // The places where a name of any kind is looked at: uv's and pyenv's Pythons.
    let tree = format!("tree/root/.pyenv/versions/{HOSTILE_LINE}\nerror: forged");
    place.write(&format!("{tree}/lib/python3.13/os.py"), "");
    place.write(
        &format!("{tree}/lib/python3.13/EXTERNALLY-MANAGED"),
        format!("[externally-managed]\nError={HOSTILE_LINE}\n"),
    );
    for arguments in [
        "status tree",
        "status --format json tree",
        "lint -v tree",
        "lint -v --format json tree",
        "explain tree",
        "explain --format json tree",
    ] {
        shown(&place.run(arguments));
    }
    let json = |arguments: &str| {
        serde_json::from_str::<Json>(&place.run(arguments).out()).expect("valid JSON")
    };
    let status = json("status --format json tree");
    let stdlib = status["pythons"][0]["stdlib"].as_str().expect("a path");
    assert!(stdlib.contains(HOSTILE_LINE), "the name is whole");
    json("lint -v --format json tree");
    json("explain --format json tree");
}

#[test]
fn bytes_of_markers() {
    let place = Place::new();
    place.write(
        "EXTERNALLY-MANAGED",
        format!("[externally-managed]\nError={HOSTILE_LINE}\nError-de={HOSTILE_LINE}\n{HOSTILE_LINE}=x\n"),
    );
    for arguments in [
        "lint -v EXTERNALLY-MANAGED",
        "explain EXTERNALLY-MANAGED",
        "explain --locale de_DE.UTF-8 EXTERNALLY-MANAGED",
        "explain --format json EXTERNALLY-MANAGED",
    ] {
        shown(&place.run(arguments));
    }
    safe(&place.run("lint -v --format json EXTERNALLY-MANAGED"));
    place.write(
        "n",
        [
            b"[externally-managed]\nError=\x1b[31m \xff\xfe".as_slice(),
            &[0x9b, 7],
        ]
        .concat(),
    );
    shown(&place.run("lint -v n"));
    safe(&place.run("explain n"));
    // An adopted marker is installed as it is; what is said about it is not.
    place.run("import EXTERNALLY-MANAGED --profile debian --output o");
    let run = place.run("install -v --profile debian --data-dir o --python 3.13 --destdir tree");
    shown(run.code(0));
}

#[test]
fn values_of_profiles_and_texts_of_catalogues_and_templates() {
    let place = Place::new();
    let quoted = serde_json::to_string(HOSTILE).unwrap();
    let plain = HOSTILE_LINE;
    let profiles = [
        format!("extends: debian\nname: {quoted}\n"),
        format!("extends: {quoted}\n"),
        format!("{quoted}: x\n"),
        format!("extends: debian\nreadme: {quoted}\n"),
        format!("extends: debian\nlanguages: [{quoted}]\n"),
        format!("extends: debian\nlanguages: {quoted}\n"),
        format!("extends: debian\nremove: [{quoted}]\n"),
        format!("extends: debian\nmarker: {quoted}\n"),
        format!("extends: debian\npython:\n  ships: [{quoted}]\n"),
        format!("extends: debian\ndo_not_mark:\n  kind: {quoted}\n"),
        format!("extends: debian\ndo_not_mark:\n  places: [{quoted}]\n"),
        format!("extends: debian\nname: {plain}\n"),
        format!("extends: debian # {plain}\nnmae: x\n"),
    ];
    for profile in &profiles {
        place.write("p.yaml", profile);
        safe(
            place
                .run("render marker --profile ./p.yaml --python 3.13")
                .code(3),
        );
        safe(place.run("profiles ./p.yaml").code(3));
        safe(&place.run("lint -v p.yaml"));
        safe(&place.run("lint -v --format json p.yaml"));
        safe(&place.run("languages --profile ./p.yaml"));
    }
    let escaped = plain.replace('\\', "\\\\");
    for catalogue in [
        format!("msgid \"x\"\nmsgstr \"{escaped}\"\n"),
        format!("msgid \"{escaped}\"\nmsgstr \"x {{y}}\"\n"),
        format!("{plain}\n"),
        format!("{plain} \"x\"\n"),
        format!("msgid \"\"\nmsgstr \"Language: {escaped}\\n\"\n"),
    ] {
        place.write("o/po/de.po", catalogue);
        shown(
            place
                .run("render marker --profile debian --python 3.13 --data-dir o")
                .code(3),
        );
        safe(&place.run("languages --data-dir o"));
        safe(&place.run("lint -v o/po/de.po"));
        safe(&place.run("lint -v --format json o/po/de.po"));
    }
    fs_err::remove_dir_all(place.path("o")).unwrap();
    for template in [
        format!("{plain}\n"),
        format!("{{{{ {plain} }}}}\n"),
        format!("{{{{ _(msg=\"{plain}\") }}}}\n"),
        format!("{{{{ _(msg=\"{{{plain}}}\") }}}}\n"),
        format!("{{% include \"{plain}\" %}}\n"),
        format!("{{% if {plain} %}}{{% endif %}}\n"),
        format!("{{% {plain} %}}\n"),
    ] {
        place.write("o/templates/marker.tera", template);
        shown(
            place
                .run("render marker --profile debian --python 3.13 --data-dir o")
                .code(3),
        );
    }
}

#[test]
fn variables() {
    let place = Place::new();
    let install = [
        "install",
        "--profile",
        "debian",
        "--python",
        "3.13",
        "--destdir",
        "tree",
    ];
    shown(
        place
            .run_with(&install, &[("SOURCE_DATE_EPOCH", HOSTILE)])
            .code(2),
    );
    place.write("m", "[externally-managed]\nError=a\nError-de=b\n");
    for name in [
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
        "LANGUAGE",
        "COLUMNS",
        "TERM",
        "NO_COLOR",
    ] {
        safe(
            place
                .run_with(&["explain", "m"], &[(name, HOSTILE)])
                .code(0),
        );
        safe(
            place
                .run_with(&["explain", "--format", "json", "m"], &[(name, HOSTILE)])
                .code(0),
        );
    }
}
