//! If `lint` finds nothing that hurts an installer, all installers show the same text: so no
//! difference between them is without a rule.

use externally_managed::diagnostic::Diagnostic;
use externally_managed::lint;
use externally_managed::locale::python::Language;
use externally_managed::marker::reader::{Found, Installer, Outcome};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::property::harness::{Run, say};

/// What markers are made of, good and bad.
const PIECES: [&str; 58] = [
    "[externally-managed]\n",
    "[DEFAULT]\n",
    "[other]\n",
    "[externally-managed]\n",
    "[ x",
    "[x]",
    "Error=",
    "Error=",
    "Error=",
    "Error-de=",
    "Error-pt_BR = ",
    "error=",
    "Error : ",
    "Warning=",
    "=",
    "\n",
    "\n",
    "\n ",
    "\n ",
    "\n ",
    "\n ",
    "\n\n ",
    "\n  ",
    "\n\t",
    "\n# ",
    "\n ;",
    "\r\n ",
    "\r",
    "\u{85}",
    "text",
    "two words",
    "a: b",
    "c=d",
    "#",
    ";",
    "#x",
    " ; ",
    "[y] z",
    "`code`",
    "$ apt install x",
    "https://example.org/",
    "é",
    "字",
    "\u{200e}",
    "\u{1b}",
    "\u{1c}",
    "\u{a0}",
    "\u{3000}",
    "\0",
    "\u{feff}",
    "Error",
    "Error-de",
    "%(x)s",
    "[externally-managed]",
    "[DEFAULT",
    "]",
    " ",
    ".\n",
];

/// The rules without which all installers show the same. The others are about what they show.
const DIFFERENCES: [&str; 16] = [
    "EM001", "EM002", "EM005", "EM006", "EM007", "EM008", "EM009", "EM010", "EM012", "EM013",
    "EM015", "EM016", "EM027", "EM028", "EM029", "EM032",
];

fn hurts(finding: &Diagnostic) -> bool {
    finding.rule.is_some_and(|rule| DIFFERENCES.contains(&rule))
}

#[test]
fn installers_agree_about_what_lint_accepts() {
    let run = Run::new("agreement", 60_000);
    let strategy =
        (any::<bool>(), vec(select(PIECES.as_slice()), 1..14)).prop_map(|(whole, pieces)| {
            let start = if whole {
                "[externally-managed]\nError="
            } else {
                ""
            };
            format!("{start}{}", pieces.concat())
        });
    let (mut accepted, mut all) = (0_u32, 0_u32);
    run.check(&strategy, |text| {
        all += 1;
        if lint::marker("m", text.as_bytes()).list.iter().any(hurts) {
            return Ok(());
        }
        accepted += 1;
        let found = Found::public(text.clone().into_bytes());
        let texts = Installer::ALL
            .map(|installer| installer.read(&found, 14, &Language::new(None)).outcome);
        match &texts {
            [
                Outcome::Shows(one),
                Outcome::Shows(two),
                Outcome::Shows(three),
            ] if one.text == two.text && two.text == three.text => Ok(()),
            other => Err(format!("{other:#?}")),
        }
    });
    say(&format!(
        "agreement: {accepted} of {all} markers have no finding"
    ));
    assert!(accepted * 20 >= all, "hardly any case was accepted");
}
