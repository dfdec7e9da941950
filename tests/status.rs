//! `status`: images made here, with everything that can be said of a Python and its marker.

use std::os::unix::fs::symlink;

use indoc::indoc;

use crate::support::Place;

const TEXT: &str =
    "[externally-managed]\nError=Use apt, this is Debian.\nError-de=x\nError-pt_BR=y\nError-pt=y\n";

/// An image like Debian's, with a Python 3.13 and its pip.
fn debian() -> Place {
    let place = Place::new();
    place
        .write("tree/usr/lib/python3.13/os.py", "")
        .write("tree/usr/lib/python3.13/EXTERNALLY-MANAGED", TEXT)
        .write(
            "tree/usr/lib/python3/dist-packages/pip-25.1.1.dist-info/METADATA",
            "",
        )
        .write(
            "tree/usr/include/python3.13/patchlevel.h",
            "#define PY_VERSION \"3.13.5\"\n",
        )
        .write("tree/usr/lib/python3.11/dist-packages/x.py", "");
    place
}

#[track_caller]
fn shows(place: &Place, expected: &str) {
    place.run("status tree").stderr("").stdout(expected).code(0);
}

#[test]
fn a_debian() {
    shows(
        &debian(),
        indoc! {"
            PYTHON          MARKED  TEXT    PIP     STANDARD LIBRARY
            CPython 3.13.5  yes     Debian  25.1.1  /usr/lib/python3.13
                languages: en, de, pt_BR, pt
        "},
    );
}

#[test]
fn our_text_is_known() {
    let place = Place::new();
    place.write("tree/usr/lib/python3.14/os.py", "");
    place
        .run("install marker --profile arch --python 3.14 --destdir tree --languages ja")
        .silent();
    shows(
        &place,
        indoc! {"
            PYTHON        MARKED  TEXT         PIP  STANDARD LIBRARY
            CPython 3.14  yes     ours (arch)  -    /usr/lib/python3.14
                languages: en, ja
        "},
    );
}

#[test]
fn several_pythons() {
    let place = Place::new();
    let details = "{\"language\": {\"version_info\": {\"major\": 3, \"minor\": 14, \"micro\": 2, \"releaselevel\": \"final\"}}}";
    place
        .write(
            "tree/usr/lib64/python3.14t/build-details..x86_64-linux-gnu.json",
            details,
        )
        .write(
            "tree/usr/lib64/python3.14t/EXTERNALLY-MANAGED",
            "[externally-managed]\nError=x\n",
        )
        .write("tree/usr/lib64/python3.9/os.py", "")
        .write(
            "tree/usr/lib64/python3.9/site-packages/pip-22.3.1-py3.9.egg-info/x",
            "",
        )
        .write(
            "tree/usr/lib64/python3.9/site-packages/pip-22.3.1.dist-info/x",
            "",
        )
        .write("tree/opt/pypy3/lib/pypy3.11/os.py", "")
        .write(
            "tree/opt/pypy3/lib/pypy3.11/EXTERNALLY-MANAGED",
            b"[externally-managed]\nError=\xff\n",
        )
        .write(
            "tree/usr/lib64/python3.8/EXTERNALLY-MANAGED",
            "[externally-managed]\nError=x\nError=y\n",
        )
        .write("tree/root/.pyenv/versions/3.12.1/lib/python3.12/os.py", "")
        .write("tree/opt/venv/pyvenv.cfg", "")
        .write("tree/opt/venv/lib/python3.13/site-packages/x.py", "");
    shows(
        &place,
        indoc! {"
            PYTHON           MARKED  TEXT   PIP     STANDARD LIBRARY
            CPython 3.14.2t  yes     other  -       /usr/lib64/python3.14t
            CPython 3.8      broken  other  -       /usr/lib64/python3.8
                only the marker is left of this Python
                pip 26.3.0 crashes (DuplicateOptionError)
                uv 0.13.8 refuses with a text of its own
                EM005 (error): pip crashes, because it read the key `Error` in line 2
            CPython 3.9      no      -      22.3.1  /usr/lib64/python3.9
                this pip ignores markers, as all before 23.0 do
            PyPy 3.11        broken  -      -       /opt/pypy3/lib/pypy3.11
                pip 26.3.0 refuses with a text of its own
                uv 0.13.0 installs as if there were no marker
                uv 0.13.8 installs as if there were no marker
                EM001 (error): the byte 0xff is not UTF-8
            CPython 3.12     no      -      -       /root/.pyenv/versions/3.12.1/lib/python3.12
                a Python of pyenv needs no marker
        "},
    );
}

#[test]
fn what_was_done_about_the_marker() {
    let place = debian();
    let marker = "/usr/lib/python3.13/EXTERNALLY-MANAGED";
    place
        .write(
            "tree/var/lib/dpkg/diversions",
            format!("/x\n/y\n:\n{marker}\n{marker}.distrib\n:\n"),
        )
        .write(
            "tree/etc/dpkg/dpkg.cfg.d/a",
            "path-exclude=/usr/lib/python3*/EXTERNALLY-MANAGED\n",
        )
        .write(
            "tree/etc/pacman.conf",
            "[options]\nNoExtract = etc/x usr/lib/python3.*/EXTERNALLY-MANAGED\n",
        )
        .write(
            "tree/etc/xbps.d/p.conf",
            "noextract=/usr/lib/python*/EXTERNALLY-MANAGED\n",
        )
        .write(
            "tree/etc/pip.conf",
            "[global]\nbreak_system_packages = Yes\n",
        )
        .write(
            "tree/root/.config/pip/pip.conf",
            "[install]\nbreak-system-packages: 0\n",
        )
        .write(
            "tree/etc/uv/uv.toml",
            "[pip]\nbreak-system-packages = true # really\n",
        );
    shows(
        &place,
        indoc! {"
            PYTHON          MARKED  TEXT    PIP     STANDARD LIBRARY
            CPython 3.13.5  yes     Debian  25.1.1  /usr/lib/python3.13
                languages: en, de, pt_BR, pt
                diverted to /usr/lib/python3.13/EXTERNALLY-MANAGED.distrib by the administrator
                excluded by /etc/dpkg/dpkg.cfg.d/a: path-exclude=/usr/lib/python3*/EXTERNALLY-MANAGED
                excluded by /etc/pacman.conf: NoExtract = etc/x usr/lib/python3.*/EXTERNALLY-MANAGED
                excluded by /etc/xbps.d/p.conf: noextract=/usr/lib/python*/EXTERNALLY-MANAGED
                overridden by /etc/pip.conf, which says break-system-packages
                overridden by /etc/uv/uv.toml, which says break-system-packages
        "},
    );
    // A later pattern takes an earlier one back.
    place.write(
        "tree/etc/dpkg/dpkg.cfg.d/b",
        "path-include=/usr/lib/python3.13/*\n",
    );
    assert!(!place.run("status tree").out().contains("dpkg.cfg.d"));
}

#[test]
fn a_marker_that_was_removed() {
    for (file, contents, package) in [
        (
            "var/lib/dpkg/info/libpython3.13-stdlib:amd64.list",
            "/.\n/usr/lib/python3.13/EXTERNALLY-MANAGED\n",
            "libpython3.13-stdlib:amd64",
        ),
        (
            "lib/apk/db/installed",
            "P:musl\nF:lib\nR:x\n\nP:python3\nF:usr/lib\nF:usr/lib/python3.13\nR:EXTERNALLY-MANAGED\n",
            "python3",
        ),
        (
            "var/lib/pacman/local/python-3.13.1-1/files",
            "%FILES%\nusr/lib/python3.13/EXTERNALLY-MANAGED\n",
            "python-3.13.1-1",
        ),
    ] {
        let place = debian();
        place.write(&format!("tree/{file}"), contents);
        assert!(
            !place.run("status tree").out().contains("removed"),
            "{file}"
        );
        fs_err::remove_file(place.path("tree/usr/lib/python3.13/EXTERNALLY-MANAGED")).unwrap();
        let out = place.run("status tree").out();
        let line = format!("    removed: the package {package} has the marker\n");
        assert!(out.contains(&line), "{file}: {out}");
    }
}

#[test]
fn nothing_to_see() {
    let place = Place::new();
    shows(&place, "no Python was found in tree\n");
    place
        .run("status missing")
        .fails(4, "error: the tree does not exist\n--> missing\n");
    place
        .run("status tree --format json")
        .stderr("")
        .stdout("{\n  \"pythons\": [],\n  \"version\": 1\n}\n")
        .code(0);
}

#[test]
fn as_json() {
    let run = debian().run("status tree --format json");
    run.stderr("").code(0);
    let report: serde_json::Value = serde_json::from_str(&run.out()).unwrap();
    let python = &report["pythons"][0];
    assert_eq!(python["full_version"], "3.13.5");
    assert_eq!(python["marked"], "yes");
    assert_eq!(
        python["languages"],
        serde_json::json!(["de", "pt_BR", "pt"])
    );
    assert_eq!(python["pip_ignores_markers"], false);
}

#[test]
fn hostile_images() {
    let place = debian();
    place.write("canary", "[externally-managed]\nError=canary\n");
    let marker = place.path("tree/usr/lib/python3.13/EXTERNALLY-MANAGED");
    fs_err::remove_file(&marker).unwrap();
    symlink(place.path("canary"), &marker).unwrap();
    symlink("/", place.path("tree/opt")).unwrap();
    symlink("loop", place.path("tree/mingw64")).unwrap();
    symlink("mingw64", place.path("tree/loop")).unwrap();
    fs_err::create_dir_all(place.path("tree/var/lib/dpkg/diversions")).unwrap();
    for fifo in ["tree/etc/pip.conf", "tree/etc/pacman.conf"] {
        fs_err::create_dir_all(place.path("tree/etc")).unwrap();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            place.path(fifo),
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::from(0o644),
            0,
        )
        .unwrap();
    }
    let run = place.run("status tree");
    run.stderr("").code(0);
    let out = run.out();
    assert!(
        out.contains("EM003 (error): this link leads to no file"),
        "{out}"
    );
    assert!(!out.contains("canary"));
    // Escapes from a marker or a configuration file stay what they are not.
    let place = debian();
    place.write(
        "tree/etc/dpkg/dpkg.cfg",
        "path-exclude=/usr/lib/*\u{1b}[2J*\npath-exclude=*M*\u{1b}*\n",
    );
    place.write(
        "tree/var/lib/dpkg/diversions",
        "/usr/lib/python3.13/EXTERNALLY-MANAGED\n/\u{1b}[31mx\n:\n",
    );
    let out = place.run("status tree").out();
    assert!(
        out.contains("\\u{1b}[31mx") && !out.contains('\u{1b}'),
        "{out}"
    );
    let huge = debian();
    fs_err::File::create(huge.path("tree/usr/lib/python3.13/EXTERNALLY-MANAGED"))
        .unwrap()
        .set_len(5 << 20)
        .unwrap();
    huge.run("status tree").stdout("").code(4);
}
