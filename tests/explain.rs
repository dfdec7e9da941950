//! `explain`.

use std::os::unix::fs::{PermissionsExt, symlink};

use indoc::indoc;

use crate::support::Place;

const MARKER: &str = "lib/python3.13/EXTERNALLY-MANAGED";

const TWO_LANGUAGES: &str = indoc! {"
    [externally-managed]
    Error=Nothing was installed.

     $ apt install python3-xyz
    Error-de=Nichts wurde installiert: ä€.
    Error-zh_Hant=沒有安裝
"};

/// What pip says around every text.
const CLOSING: &str = "\nnote: If you believe this is a mistake, please contact your Python installation or OS distribution provider. You can override this, at the risk of breaking your Python installation or OS, by passing --break-system-packages.\nhint: See PEP 668 for the detailed specification.\n\n";

#[test]
fn every_installer() {
    let place = Place::new();
    place.write("marker", TWO_LANGUAGES);
    let uv = |version: &str| {
        format!(
            indoc! {"
                uv {} (key Error):

                error: The interpreter at `/usr` is externally managed, and indicates the
                       following:

                  Nothing was installed.

                  $ apt install python3-xyz

                hint: Virtual environments were not considered due to the `--system` flag

            "},
            version
        )
    };
    let expected = [
        indoc! {"
            pip 26.3.0, Python 3.13, de_AT.UTF-8 (key Error-de):

            error: externally-managed-environment

            × This environment is externally managed
            ╰─> Nichts wurde installiert: ä€.
        "},
        CLOSING,
        &uv("0.13.0"),
        &uv("0.13.8"),
        indoc! {"
            KEY            COLUMNS  LOCALES                  TEXT
            Error               25  all others (321)         Nothing was installed.
            Error-de            29  de_AT, de_BE and 5 more  Nichts wurde installiert: ä€.
            Error-zh_Hant        8  none                     沒有安裝
        "},
    ]
    .concat();
    let arguments = ["explain", "marker", "--python", "3.13"];
    place
        .run_with(
            &arguments,
            &[("LC_MESSAGES", "de_AT.UTF-8"), ("LANG", "fr_FR.UTF-8")],
        )
        .stderr("")
        .stdout(&expected)
        .code(0);
}

#[test]
fn a_standard_error_without_utf8() {
    let place = Place::new();
    place.write(MARKER, TWO_LANGUAGES);
    let expected = [
        indoc! {"
            pip 24.0.0, Python 3.13, de_DE in ISO-8859-1 (key Error-de):

            error: externally-managed-environment

            This environment is externally managed

            Nichts wurde installiert: ä\\u20ac.
        "},
        CLOSING,
        indoc! {"
            KEY            COLUMNS  LOCALES                  TEXT
            Error               25  all others (321)         Nothing was installed.
            Error-de            29  de_AT, de_BE and 5 more  Nichts wurde installiert: ä€.
            Error-zh_Hant        8  none                     沒有安裝
        "},
    ]
    .concat();
    place
        .run(&format!(
            "explain {MARKER} --installer pip@24.0 --locale de_DE"
        ))
        .stderr("")
        .stdout(&expected)
        .code(0);
}

#[test]
fn nothing_reaches_the_terminal() {
    let place = Place::new();
    place.write(
        "marker",
        "[externally-managed]\nError=a\u{1b}[2J\u{7}\u{202e}b\tc\n",
    );
    let run = place.run("explain marker --installer uv@0.9.30 --locale C --python pypy3.11");
    run.stderr("").code(0).stdout(indoc! {"
        uv 0.9.30 (key Error):

        error: The interpreter at /usr is externally managed, and indicates the following:

          a\\u{1b}[2J\\u{7}\\u{202e}b\\u{9}c

        hint: Virtual environments were not considered due to the `--system` flag

        KEY    COLUMNS  LOCALES           TEXT
        Error        9  all others (314)  a\\u{1b}[2J\\u{7}\\u{202e}b\\u{9}c

        PyPy 3.11 does not know these locales, and pip ends with a traceback: crh_RU,
        dsb_DE, gbm_IN, kv_RU, mdf_RU, mnw_MM, rif_MA, sah_RU, scn_IT, ssy_ER, su_ID,
        syr, tok, zgh_MA.

        Characters that a terminal acts upon are shown as \\u{…}; installers print them as
        they are.
    "});
}

#[test]
fn broken_markers() {
    let place = Place::new();
    let own = |reason: &str, warning: &str, prefix: &str| {
        let heading = format!("pip 26.3.0, Python 3.13, C ({reason}):\n\n{warning}");
        let text = format!(
            indoc! {"
                error: externally-managed-environment

                × This environment is externally managed
                ╰─> The Python environment under {} is managed externally, and may not be
                    manipulated by the user. Please use specific tooling from the distributor of
                    the Python installation to interact with this environment instead.
                    {}
            "},
            prefix, ""
        );
        let mut report = [&heading, &text, CLOSING].concat();
        report.pop();
        report
    };
    let run = |bytes: &[u8]| {
        place.write("marker", bytes);
        place.run("explain marker --installer pip --python 3.13")
    };
    let warning = "WARNING: Failed to read /usr/lib/python3.13/EXTERNALLY-MANAGED\n";
    for (bytes, reason, warning) in [
        (
            &b"[x]\nError=a\n"[..],
            "its own text: the marker has no section [externally-managed]",
            "",
        ),
        (
            b"",
            "its own text: the marker has no section [externally-managed]",
            "",
        ),
        (b"\0", "its own text: the marker cannot be parsed", warning),
        (
            b"[externally-managed]\nError=\xff\n",
            "its own text: the marker is not UTF-8",
            warning,
        ),
    ] {
        run(bytes)
            .stderr("")
            .code(0)
            .stdout(&own(reason, warning, "/usr"));
    }
    run(b"[externally-managed]\nError=a\nerror=b\n").stderr("").code(0).stdout(indoc! {"
        pip 26.3.0, Python 3.13, C (a traceback, which ends so):

        configparser.DuplicateOptionError: While reading from '/usr/lib/python3.13/EXTERNALLY-MANAGED' [line  3]: option 'error' in section 'externally-managed' already exists
    "});
    place.write("marker", "[externally-managed]\nError=\u{e9}\n");
    place
        .run("explain marker --installer pip --python 3.13 --locale zh_Hans --format json")
        .code(0);
    place.write("marker", b"\xff");
    place
        .run("explain marker --installer uv")
        .stderr("")
        .code(0)
        .stdout("uv 0.13.8: installs, since the marker is not UTF-8\n");
}

#[test]
fn what_is_no_readable_file() {
    let place = Place::new();
    let run = || {
        place.run(&format!(
            "explain {MARKER} --installer pip --installer uv --locale C"
        ))
    };
    place.write("lib/python3.13/x", "");
    let path = place.path(MARKER);

    run().fails(
        4,
        &format!("error: this cannot be looked at: No such file or directory\n--> {MARKER}\n"),
    );

    symlink("nothing", &path).unwrap();
    let nothing = "pip 26.3.0, Python 3.13, C: installs, since the marker is not a file\n\nuv 0.13.8: installs, since the marker is not a file\n";
    run().stderr("").code(0).stdout(nothing);
    fs_err::remove_file(&path).unwrap();
    fs_err::create_dir(&path).unwrap();
    run().stderr("").code(0).stdout(nothing);
    fs_err::remove_dir(&path).unwrap();

    let fifo = rustix::fs::FileType::Fifo;
    rustix::fs::mknodat(rustix::fs::CWD, &path, fifo, 0o644.into(), 0).unwrap();
    run().stderr("").code(0).stdout("pip 26.3.0, Python 3.13, C: installs, since the marker is not a file\n\nuv 0.13.8: reads from a pipe or a device, which may never end\n");
    fs_err::remove_file(&path).unwrap();

    place.write(MARKER, TWO_LANGUAGES);
    fs_err::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
    let text = run().stderr("").code(0).out();
    assert!(
        text.starts_with(
            "pip 26.3.0, Python 3.13, C (its own text: not everybody can read the marker):\n"
        ),
        "{text}"
    );
    assert!(
        text.ends_with("\nuv 0.13.8: installs, since not everybody can read the marker\n"),
        "{text}"
    );

    fs_err::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
    place.write(MARKER, vec![b'x'; 5 << 20]);
    run().fails(
        4,
        &format!("error: the file is larger than 4 MiB\n--> {MARKER}\n"),
    );

    place.write("lib/python3.13/Externally-Managed", TWO_LANGUAGES);
    place
        .run("explain lib/python3.13/Externally-Managed --installer uv")
        .stderr("")
        .code(0)
        .stdout("uv 0.13.8: installs, since there is no marker\n");

    place
        .run("explain lib")
        .fails(4, "error: there is no Python in this tree\n--> lib\n");
}

#[test]
fn all_markers_of_a_tree() {
    let place = Place::new();
    place.write("tree/usr/lib/python3.13/os.py", "");
    place.write(
        "tree/usr/lib/python3.13/EXTERNALLY-MANAGED",
        "[externally-managed]\nError=x\nError-de=y\n",
    );
    place.write("tree/opt/pypy3/lib/pypy3.11/os.py", "");
    let run = place.run("explain tree --installer pip --locale de_DE.UTF-8");
    run.stderr("").code(0);
    let out = run.out();
    for part in [
        "tree/usr/lib/python3.13/EXTERNALLY-MANAGED\n",
        "pip 26.3.0, Python 3.13, de_DE.UTF-8 (key Error-de):\n",
        "╰─> y\n",
        "tree/opt/pypy3/lib/pypy3.11/EXTERNALLY-MANAGED\n",
        "installs, since there is no marker\n",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
}

#[test]
fn json() {
    let place = Place::new();
    place.write(MARKER, TWO_LANGUAGES);
    let run = place.run(&format!(
        "explain {MARKER} --installer pip --locale de_DE.UTF-8 --format json"
    ));
    run.stderr("").code(0);
    let report: serde_json::Value = serde_json::from_str(&run.out()).unwrap();
    assert_eq!(report["version"], 1);
    let marker = &report["markers"][0];
    assert_eq!(marker["path"], MARKER);
    assert_eq!(marker["python"], "3.13");
    assert_eq!(marker["charset"], "UTF-8");
    let pip = &marker["installers"][0];
    assert_eq!(pip["version"], "26.3.0");
    assert_eq!(pip["outcome"], "shows");
    assert_eq!(pip["key"], "Error-de");
    assert_eq!(pip["text"], "Nichts wurde installiert: ä€.");
    assert!(
        pip["prints"]
            .as_str()
            .unwrap()
            .ends_with("specification.\n")
    );
    assert_eq!(marker["keys"][1]["locales"][0], "de_AT");
    assert_eq!(marker["keys"][2]["locales"], serde_json::json!([]));
    assert_eq!(marker["unknown_locales"], serde_json::json!([]));
    let run = place.run(&format!("explain {MARKER} --python 3.12 --installer pip"));
    let last = run.out();
    let last = last.rsplit("\n\n").next().unwrap();
    assert_eq!(
        last,
        indoc! {"
            Python 3.12 does not know these locales, and pip ends with a traceback: crh_RU,
            dsb_DE, gbm_IN, kv_RU, mdf_RU, mnw_MM, rif_MA, sah_RU, scn_IT, ssy_ER, su_ID,
            syr, tok, zgh_MA.
        "}
    );

    let text = "a\u{1b}[2J\u{7f}\u{9b}\u{202e}b";
    place.write("marker", format!("[externally-managed]\nError={text}\n"));
    let run = place.run("explain marker --installer uv --format json");
    assert!(run.out().contains("a\\u001b[2J\\u007f\\u009b\\u202eb"));
    let report: serde_json::Value = serde_json::from_str(&run.out()).unwrap();
    assert_eq!(report["markers"][0]["installers"][0]["text"], text);
}

#[test]
fn usage() {
    let place = Place::new();
    place.write("marker", TWO_LANGUAGES);
    for wrong in [
        "--installer conda",
        "--installer pip@new",
        "--python 2.7",
        "--format yaml",
    ] {
        place
            .run(&format!("explain marker {wrong}"))
            .stdout("")
            .code(2);
    }
    place.run("explain").stdout("").code(2);
}
