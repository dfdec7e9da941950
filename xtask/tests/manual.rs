//! The manual pages, as those programs see them that show them.

use std::process::Command;

use externally_managed::cli::Cli;
use xtask::repository::root;

fn pages() -> Vec<String> {
    let pages = xtask::man::generate().expect("all parts are there");
    pages.into_iter().map(|page| page.path).collect()
}

#[test]
fn every_verb_has_a_page_that_the_main_page_names() {
    use clap::CommandFactory as _;
    let pages = xtask::man::generate().expect("all parts are there");
    let main = pages
        .iter()
        .find(|page| page.path == "doc/man/externally-managed.1");
    let main = &main.expect("a page for the program").text;
    for verb in Cli::command().get_subcommands() {
        let path = format!("doc/man/externally-managed-{}.1", verb.get_name());
        assert!(pages.iter().any(|page| page.path == path), "{path}");
        let name = format!("externally\\-managed\\-{}(1)", verb.get_name());
        assert!(main.contains(&name), "{name}");
    }
}

#[test]
fn every_page_has_the_sections_that_clap_has_no_room_for() {
    for page in xtask::man::generate().expect("all parts are there") {
        for section in ["SYNOPSIS", "\"EXIT STATUS\"", "EXAMPLES", "\"SEE ALSO\""] {
            let heading = format!("\n.SH {section}\n");
            assert_eq!(
                page.text.matches(&heading).count(),
                1,
                "{}: {section}",
                page.path
            );
        }
        assert!(
            page.text.is_ascii(),
            "{} must not depend on an encoding",
            page.path
        );
    }
}

#[test]
fn man_has_no_warnings_and_80_columns_suffice() {
    for page in pages() {
        let mut man = Command::new("man");
        man.args(["--warnings", "-E", "UTF-8", "-l"])
            .arg(root().join(&page));
        man.env("MANWIDTH", "80")
            .env("LC_ALL", "C.UTF-8")
            .env_remove("MANOPT");
        let Some(output) = super::tool::run(&mut man) else {
            return;
        };
        let warnings = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && warnings.is_empty(),
            "{page}: {warnings}"
        );
        let text = String::from_utf8(output.stdout).expect("we asked for UTF-8");
        assert!(
            text.lines().count() > 20,
            "{page} is as good as empty:\n{text}"
        );
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{page}: {line}");
        }
    }
}

#[test]
fn mandoc_has_no_warnings() {
    for page in pages() {
        let mut mandoc = Command::new("mandoc");
        mandoc.args(["-Tlint", "-Wwarning"]).arg(root().join(&page));
        let Some(output) = super::tool::run(&mut mandoc) else {
            return;
        };
        let report = String::from_utf8_lossy(&output.stdout);
        // A date would differ from build to build.
        let warnings: Vec<&str> = report
            .lines()
            .filter(|line| !line.contains("missing date"))
            .collect();
        assert!(warnings.is_empty(), "{page}: {warnings:#?}");
    }
}
