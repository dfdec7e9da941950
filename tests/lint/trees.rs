//! `lint` of package trees: each rule alone, several trees as one system, and our own.

use std::collections::BTreeSet;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use crate::support::Place;

const TEXT: &str = "[externally-managed]\nError=Nothing was changed.\n";
const NAMES: &str = "[externally-managed]\nError=See /usr/share/doc/python3.13/README.venv.\n";

/// A tree with a Python 3.13, whose marker is `marker`.
fn python(marker: Option<&str>) -> Place {
    let place = Place::new();
    place.write("tree/usr/lib/python3.13/os.py", "");
    if let Some(marker) = marker {
        place.write("tree/usr/lib/python3.13/EXTERNALLY-MANAGED", marker);
    }
    place
}

/// The rules that `lint -v` names.
fn rules(place: &Place, trees: &str) -> Vec<String> {
    let run = place.run(&format!("lint -v {trees}"));
    run.stderr("");
    let out = run.out();
    let names = out
        .lines()
        .filter_map(|line| line.split_once('[')?.1.split_once("]: "));
    names
        .map(|(rule, _)| rule.to_owned())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

#[test]
fn says_nothing_about_a_good_tree() {
    python(Some(TEXT)).run("lint -v tree").silent();
    assert_eq!(rules(&Place::new(), "tree"), ["EM049"]);
}

#[test]
fn a_python_without_a_marker() {
    let place = python(None);
    place.run("lint tree").stderr("").code(1).stdout(
        "error[EM040]: this Python has no marker\n--> tree/usr/lib/python3.13\n \
         = help: install a marker there; if another package has it, lint that one's\n         \
         tree together with this one\n\n1 error\n",
    );
    let place = python(Some(TEXT));
    place.write("tree/usr/lib/python3.14/os.py", "");
    assert_eq!(rules(&place, "tree"), ["EM041"]);
    place.write("tree/usr/lib/python3.14/EXTERNALLY-MANAGED", TEXT);
    assert_eq!(rules(&place, "tree"), [""; 0]);
}

#[test]
fn a_marker_that_somebody_turned_off_is_not_missed() {
    let marker = "/usr/lib/python3.13/EXTERNALLY-MANAGED";
    let place = python(None);
    place.write(
        "tree/var/lib/dpkg/diversions",
        format!("{marker}\n{marker}.distrib\npython3-unmarked\n"),
    );
    place.write("tree/usr/lib/python3.13/EXTERNALLY-MANAGED.distrib", TEXT);
    assert_eq!(rules(&place, "tree"), [""; 0]);
    let place = python(None);
    place.write(
        "tree/etc/dpkg/dpkg.cfg.d/externally-managed",
        "path-exclude=/usr/lib/python3*/EXTERNALLY-MANAGED\n",
    );
    assert_eq!(rules(&place, "tree"), [""; 0]);
    place.write("tree/usr/lib/pypy3.11/os.py", "");
    assert_eq!(rules(&place, "tree"), ["EM040"]);
}

#[test]
fn what_is_no_readable_file() {
    let place = python(Some(TEXT));
    let marker = place.path("tree/usr/lib/python3.13/EXTERNALLY-MANAGED");
    let mode =
        |mode| fs_err::set_permissions(&marker, std::fs::Permissions::from_mode(mode)).unwrap();
    mode(0o600);
    assert_eq!(rules(&place, "tree"), ["EM003"]);
    mode(0o444);
    assert_eq!(rules(&place, "tree"), [""; 0]);
    fs_err::remove_file(&marker).unwrap();
    symlink("../python/EXTERNALLY-MANAGED", &marker).unwrap();
    assert_eq!(rules(&place, "tree"), ["EM003"]);
    // As Gentoo has it: the text is in another package.
    place.write("other/usr/lib/python/EXTERNALLY-MANAGED", TEXT);
    assert_eq!(rules(&place, "tree other"), [""; 0]);
    assert_eq!(rules(&place, "other tree"), [""; 0]);
    fs_err::remove_file(&marker).unwrap();
    fs_err::create_dir(&marker).unwrap();
    assert_eq!(rules(&place, "tree"), ["EM003"]);
    fs_err::remove_dir(&marker).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &marker,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from(0o644),
        0,
    )
    .unwrap();
    assert_eq!(rules(&place, "tree"), ["EM003"]);
}

#[test]
fn names_and_places_that_nobody_looks_at() {
    for name in [
        "Externally-Managed",
        "EXTERNALLY_MANAGED",
        "EXTERNALLY-MANAGED.txt",
        "externally-managed",
    ] {
        let place = python(Some(TEXT));
        place.write(&format!("tree/usr/lib/python3.13/{name}"), TEXT);
        assert_eq!(rules(&place, "tree"), ["EM004"], "{name}");
    }
    let place = python(Some(TEXT));
    place.write("tree/usr/lib/python3.13/EXTERNALLY-MANAGED.dpkg-new", TEXT);
    assert_eq!(rules(&place, "tree"), [""; 0]);
    for below in [
        "usr/lib/python3.13/site-packages",
        "usr/lib/python3/dist-packages",
        "usr/lib",
        "usr",
    ] {
        let place = python(Some(TEXT));
        place.write(&format!("tree/{below}/EXTERNALLY-MANAGED"), TEXT);
        assert_eq!(rules(&place, "tree"), ["EM042"], "{below}");
    }
}

#[test]
fn markers_of_what_is_gone_and_of_environments() {
    let place = python(Some(TEXT));
    place.write("tree/usr/lib/python3.12/EXTERNALLY-MANAGED", TEXT);
    assert_eq!(rules(&place, "tree"), ["EM043"]);
    // The marker alone may be a package of its own.
    let place = Place::new();
    place.write("tree/usr/lib/python3.12/EXTERNALLY-MANAGED", TEXT);
    assert_eq!(rules(&place, "tree"), [""; 0]);
    place.write("tree/opt/venv/pyvenv.cfg", "");
    place.write("tree/opt/venv/lib/python3.13/site-packages/x.py", "");
    assert_eq!(rules(&place, "tree"), [""; 0]);
    place.write("tree/opt/venv/lib/python3.13/EXTERNALLY-MANAGED", TEXT);
    assert_eq!(rules(&place, "tree"), ["EM047"]);
}

#[test]
fn pythons_that_must_not_be_marked() {
    let place = Place::new();
    place.write("tree/root/.pyenv/versions/3.13.1/lib/python3.13/os.py", "");
    assert_eq!(rules(&place, "tree"), [""; 0]);
    place.write(
        "tree/root/.pyenv/versions/3.13.1/lib/python3.13/EXTERNALLY-MANAGED",
        TEXT,
    );
    assert_eq!(rules(&place, "tree"), ["EM048"]);
    // A data directory can name others.
    place.write("tree/opt/lab/lib/python3.13/os.py", "");
    place.write("tree/usr/lib/python3.13/os.py", "");
    place.write("tree/usr/lib/python3.13/EXTERNALLY-MANAGED", TEXT);
    assert_eq!(rules(&place, "tree"), ["EM041", "EM048"]);
    place.write(
        "o/distro-profiles/lab.yaml",
        "name: Lab\ndo_not_mark: {kind: environment, places: [/opt/lab]}\n",
    );
    assert_eq!(rules(&place, "--data-dir o tree"), ["EM048"]);
}

#[test]
fn the_file_that_the_text_names() {
    let place = python(Some(NAMES));
    assert_eq!(rules(&place, "tree"), ["EM044"]);
    place.write("doc/usr/share/doc/python3.13/README.venv.gz", "");
    assert_eq!(rules(&place, "tree doc"), ["EM045", "EM046"]);
    place.write("doc/usr/share/doc/python3.13/README.venv", "");
    assert_eq!(rules(&place, "tree doc"), ["EM046"]);
    place.run("lint tree doc").silent();
    let place = python(Some(
        "[externally-managed]\nError=See /usr/lib/python3.13/README.venv.\n",
    ));
    assert_eq!(rules(&place, "tree"), ["EM044"]);
    place.write("tree/usr/lib/python3.13/README.venv", "");
    assert_eq!(rules(&place, "tree"), [""; 0]);
    let place = python(Some(
        "[externally-managed]\nError=See /usr/share/doc/python3.*/README.venv.\n",
    ));
    assert_eq!(rules(&place, "tree"), ["EM031"]);
}

#[test]
fn nothing_outside_of_a_tree_is_read() {
    let place = python(None);
    place.write("outside/EXTERNALLY-MANAGED", "canary canary\n");
    let marker = place.path("tree/usr/lib/python3.13/EXTERNALLY-MANAGED");
    symlink(place.path("outside/EXTERNALLY-MANAGED"), &marker).unwrap();
    let run = place.run("lint tree");
    run.code(1);
    assert!(run.out().starts_with("error[EM003]"), "{}", run.out());
    assert!(!run.out().contains("canary"));
    symlink("loop", place.path("tree/loop")).unwrap();
    symlink("/loop", place.path("tree/usr/lib64")).unwrap();
    assert_eq!(rules(&place, "tree"), ["EM003"]);
    place.run("lint missing tree").code(4);
}

#[test]
fn our_own_trees_have_nothing_to_report() {
    for (profile, pythons) in &crate::golden::pythons() {
        for python in pythons {
            let place = Place::new();
            place
                .run(&format!(
                    "install --profile {profile} --python {python} --destdir tree"
                ))
                .silent();
            place.run("lint tree").silent();
            let found = place.run("render marker --profile debian --python 3.13");
            place
                .write("marker", found.out())
                .run("lint marker")
                .silent();
        }
    }
}

#[test]
fn places_of_profiles_are_searched() {
    let place = Place::new();
    let marker = "[externally-managed]\nError=No.\n";
    for stdlib in [
        "/opt/conda/envs/x/lib/python3.14",
        "/root/.local/share/uv/tools/h/lib/python3.14",
        "/data/data/com.termux/files/usr/lib/python3.14",
        "/opt/runtimes/r/lib/python3.14",
    ] {
        let _ = fs_err::remove_dir_all(place.path("tree"));
        place.write(&format!("tree{stdlib}/os.py"), "");
        place.write(&format!("tree{stdlib}/EXTERNALLY-MANAGED"), marker);
        place.write(
            "over/distro-profiles/mine.yaml",
            "name: Mine\ndo_not_mark:\n  kind: project-runtime\n  places: [/opt/runtimes/*]\n",
        );
        assert_eq!(rules(&place, "tree --data-dir over"), ["EM048"], "{stdlib}");
    }
    // Where a derivative has its Python.
    let _ = fs_err::remove_dir_all(place.path("tree"));
    place.write(
        "over/distro-profiles/brew.yaml",
        "extends: homebrew\nname: Brew\nstdlib: /srv/brew/opt/python@{{ python.version }}/lib/{{ python.directory }}\n",
    );
    place.write("tree/srv/brew/opt/python@3.14/lib/python3.14/os.py", "");
    assert_eq!(rules(&place, "tree --data-dir over"), ["EM040"]);
    assert_eq!(rules(&place, "tree"), ["EM049"]);
    let status = place.run("status tree --data-dir over").out();
    assert!(
        status.contains("/srv/brew/opt/python@3.14/lib/python3.14"),
        "{status}"
    );
}

/// A link in a directory that has two names: it leads from the real one.
#[test]
fn a_link_beside_a_standard_library_with_two_names() {
    let place = Place::new();
    place.write("tree/opt/py/lib/python3.14/os.py", "");
    fs_err::create_dir_all(place.path("tree/usr/lib/python")).unwrap();
    symlink(
        "/opt/py/lib/python3.14",
        place.path("tree/usr/lib/python3.14"),
    )
    .unwrap();
    let install = "install --profile gentoo --python 3.14 --destdir tree --shared /usr/lib/python";
    place.run(install).silent();
    let real = place.path("tree/opt/py/lib/python3.14/EXTERNALLY-MANAGED");
    assert_eq!(
        fs_err::read_link(&real).unwrap().to_str(),
        Some("../../../../usr/lib/python/EXTERNALLY-MANAGED")
    );
    place.run("lint tree").silent();
    fs_err::remove_file(&real).unwrap();
    symlink("../python/EXTERNALLY-MANAGED", &real).unwrap();
    assert_eq!(rules(&place, "tree"), ["EM003"]);
}
