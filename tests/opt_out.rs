//! `render opt-out`: the maintainer scripts of a package that turns the check off, and what the
//! README says of such packages.

use indoc::indoc;

use crate::support::Place;

const PREINST: &str = "render opt-out --profile debian --package python3-unmarked --script preinst";
const POSTRM: &str = "render opt-out --profile debian --package python3-unmarked --script postrm";

#[test]
fn preinst_diverts_the_marker_of_each_python_once() {
    let place = Place::new();
    place
        .run(&format!("{PREINST} --python 3.13 --python 3.13t --python pypy3.11 --python 3.13"))
        .stderr("error: Debian ships no Python of the kind free-threaded, so the place of 3.13t is not known\n |\n = help: say where it lies with --stdlib, or add the kind to `python.ships`\n         in the profile\n")
        .code(2);
    place
        .run(&format!("{PREINST} --python 3.13 --python pypy3.11 --python 3.13"))
        .stderr("")
        .code(0)
        .stdout(indoc! {r#"
        # Takes these EXTERNALLY-MANAGED markers away, and keeps them away when their Pythons are installed or
        # upgraded later. Another diversion, such as the administrator's, stays as it is.
        if [ "$1" = install ] || [ "$1" = upgrade ]; then
        	for marker in '/usr/lib/python3.13/EXTERNALLY-MANAGED' '/usr/lib/pypy3.11/EXTERNALLY-MANAGED'; do
        		if [ -z "$(dpkg-divert --listpackage "$marker")" ]; then
        			dpkg-divert --package python3-unmarked --rename --divert "$marker.distrib" --add "$marker"
        		fi
        	done
        fi
    "#});
}

#[test]
fn postinst_diverts_what_preinst_could_not() {
    let place = Place::new();
    let lines_of = |script: &str| {
        let run = place.run(&format!(
            "render opt-out --profile debian --package p1 --script {script} --python 3.13"
        ));
        run.stderr("").code(0);
        run.out()
    };
    let (preinst, postinst) = (lines_of("preinst"), lines_of("postinst"));
    let loop_of = |script: &str| script.split_once("; then\n\tfor").unwrap().1.to_owned();
    assert_eq!(loop_of(&preinst), loop_of(&postinst));
    assert!(
        postinst.contains("if [ \"$1\" = configure ]; then\n"),
        "{postinst}"
    );
}

#[test]
fn postrm_takes_the_package_s_own_diversions_back() {
    let place = Place::new();
    let run = place.run(&format!("{POSTRM} --python 3.13"));
    run.stderr("").code(0);
    assert!(run.out().contains(" = python3-unmarked ]"), "{}", run.out());
    assert!(!run.out().contains('@'), "{}", run.out());
}

#[test]
fn stdlib_of_the_command_line() {
    let place = Place::new();
    let run = place.run(&format!(
        "{PREINST} --python 3.13t --stdlib /opt/lib/python3.13t/"
    ));
    run.stderr("").code(0);
    assert!(
        run.out()
            .contains("in '/opt/lib/python3.13t/EXTERNALLY-MANAGED'; do"),
        "{}",
        run.out()
    );
}

#[test]
fn mistakes() {
    let place = Place::new();
    let cases = [
        (
            "render opt-out --profile fedora --python 3.13 --package p1 --script preinst",
            "error: the packages of the profile fedora cannot divert files of others\n |\n = help: where dpkg unpacks them, the profile says `opt_out.diversion:\n         true`\n",
        ),
        (
            "render opt-out --profile debian --python 3.13 --package P1 --script preinst",
            "error: --package: `P1` is not the name of a Debian package\n |\n = help: it has two or more of a-z, 0-9, `+`, `-` and `.`, and begins with\n         a letter or digit\n",
        ),
        (
            "render opt-out --profile debian --python 3.13 --package p1 --script preinst --languages de",
            "error: --readme and --languages are not for opt-out, which has no text\n",
        ),
        (
            "render opt-out --profile debian --python 3.13 --python 3.14 --stdlib /usr/lib/x --package p1 --script preinst",
            "error: --stdlib is the place of one Python\n |\n = help: give one --python\n",
        ),
        (
            "render marker --profile debian --python 3.13 --package p1",
            "error: --package and --script are for opt-out only\n",
        ),
        (
            "render marker --profile debian --python 3.13 --python 3.14",
            "error: this document is about one Python\n |\n = help: give one --python\n",
        ),
        (
            "render opt-out --profile venv --python 3.13 --package p1 --script preinst",
            "error: the profile venv is of Pythons that must not be marked: this is an environment into which its users install, and which they can throw away\n |\n = help: leave it unmarked; mark the Python that it was created from\n",
        ),
    ];
    for (command, message) in cases {
        place.run(command).stdout("").stderr(message).code(2);
    }
    for missing in ["--script preinst", "--package p1"] {
        let run = place.run(&format!(
            "render opt-out --profile debian --python 3.13 {missing}"
        ));
        run.stdout("").code(2);
        assert!(
            run.error().contains("required arguments were not provided"),
            "{}",
            run.error()
        );
    }
}

#[test]
fn the_readme_names_the_packages() {
    let place = Place::new();
    place.write(
        "mine.yaml",
        indoc! {"
        extends: debian
        name: Mine
        opt_out:
          package:
            install: apt install python3-unmarked
            remove: apt remove python3-unmarked
          marker_package:
            remove: apt remove python3-marker
            install: apt install python3-marker
    "},
    );
    let run = place.run("render readme --profile ./mine.yaml --python 3.13");
    run.stderr("").code(0);
    let lines = indoc! {"
        To turn the check off for every Python from Mine, also after upgrades,
        install this package (as root):
            $ apt install python3-unmarked
        To turn it on again:
            $ apt remove python3-unmarked

        The check is a package of its own. To turn it off, remove that package
        (as root):
            $ apt remove python3-marker
        To turn it on again:
            $ apt install python3-marker
    "};
    assert!(run.out().contains(lines), "{}", run.out());
    // Two ways would be in each other's way.
    assert!(!run.out().contains("dpkg-divert"), "{}", run.out());
}

#[test]
fn half_of_two_commands() {
    let place = Place::new();
    for (section, key) in [
        ("package", "install"),
        ("package", "remove"),
        ("marker_package", "install"),
        ("marker_package", "remove"),
    ] {
        place.write(
            "half.yaml",
            format!("extends: debian\nopt_out:\n  {section}:\n    {key}: apt {key} x\n"),
        );
        let run = place.run("render readme --profile ./half.yaml --python 3.13");
        run.stdout("").code(3);
        assert!(
            run.error().contains(&format!("opt_out.{section}")),
            "{}",
            run.error()
        );
    }
}
