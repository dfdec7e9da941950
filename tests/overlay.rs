//! Data directories: a derivative in a few lines, and a language in the making.

use indoc::indoc;

use crate::support::Place;

#[test]
fn a_derivative_in_two_lines_speaks_every_language() {
    let place = Place::new();
    place.write(
        "o/distro-profiles/mintish.yaml",
        "extends: debian\nname: Mintish\n",
    );
    let run = place.run("render marker --data-dir o --profile mintish --python 3.13");
    run.stderr("").code(0);
    assert!(
        run.out()
            .contains("To install a package from Mintish (as root")
    );
    assert!(
        run.out().contains("Error-de=") && !run.out().contains("Debian"),
        "{}",
        run.out()
    );
}

#[test]
fn a_profile_file() {
    let place = Place::new();
    place.write(
        "lab.yaml",
        "extends: debian\nname: Lab\npython:\n  default: 3.14\n",
    );
    let run = place.run("render marker --profile lab.yaml --python 3.14 --languages none");
    run.stderr("").code(0);
    assert!(
        run.out().contains("\n $ python3 -m venv .venv\n"),
        "3.14 is the default there: {}",
        run.out()
    );
    assert!(run.out().contains("(needs the package python3-venv)"));
}

#[test]
fn an_overlay_extends_the_layer_below() {
    let place = Place::new();
    place.write(
        "one/distro-profiles/debian.yaml",
        "extends: debian\nname: One\nvenv:\n  needs: one-venv\n",
    );
    place.write(
        "two/distro-profiles/debian.yaml",
        "extends: debian\nname: Two\n",
    );
    let run = place.run("render marker --data-dir one --data-dir two --profile debian --python 3.13 --languages none");
    run.stderr("").code(0);
    assert!(
        run.out().contains("Two manages this Python"),
        "{}",
        run.out()
    );
    assert!(run.out().contains("one-venv"), "{}", run.out());
}

#[test]
fn removal_is_spelt_out() {
    let place = Place::new();
    place.write(
        "p.yaml",
        "extends: debian\nremove: [applications, venv.needs, package_manager.root]\n",
    );
    place
        .run("render marker --profile ./p.yaml --python 3.13 --languages none --readme none")
        .stderr("")
        .code(0)
        .stdout(indoc! {"
        [externally-managed]
        Error=Nothing was installed or removed. Debian manages this Python with its
         package manager (apt). Names in the commands are examples.

         To install a package from Debian:
         $ apt install python3-requests

         To install any other package, create a virtual environment, which is a
         directory with its own packages:
         $ python3 -m venv .venv
         $ .venv/bin/pip install requests
         Then run your programs with the Python of that environment:
         $ .venv/bin/python
    "});
}

#[test]
fn a_template_and_a_catalogue_of_ones_own() {
    let place = Place::new();
    place.write(
        "o/templates/marker.tera",
        "{{ _(msg=\"Ask {who}.\", who=name) }}\n{{ _(msg=\"Troubleshooting\") }}\n",
    );
    place.write(
        "o/po/de.po",
        "msgid \"Ask {who}.\"\nmsgstr \"Fragen Sie {who}.\"\n",
    );
    place
        .run("render marker --data-dir o --profile debian --python 3.13 --languages de,fr")
        .stderr("")
        .code(0)
        .stdout("[externally-managed]\nError=Ask Debian. Troubleshooting\nError-de=Fragen Sie Debian. Fehlersuche\nError-fr=Ask Debian. Résolution des problèmes\n");
}

#[test]
fn the_built_in_templates_give_the_same_from_a_data_directory() {
    let place = Place::new();
    let templates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    fs_err::create_dir(place.path("o")).unwrap();
    let copied = std::process::Command::new("cp")
        .arg("-r")
        .args([&templates, &place.path("o")])
        .status();
    assert!(copied.unwrap().success());
    for document in ["marker", "readme", "news"] {
        for python in ["3.13", "pypy3.11"] {
            let render = format!("render {document} --profile debian --python {python}");
            let built_in = place.run(&render);
            place
                .run(&format!("{render} --data-dir o"))
                .stderr("")
                .code(0)
                .stdout(&built_in.code(0).out());
        }
    }
}
