//! A marker as `lint`, `explain` and `import` see it, with all readers together.

#![no_main]

mod meant;
mod overlay;

use clap::Parser as _;
use externally_managed::adopted;
use externally_managed::cli::{Cli, Command};
use externally_managed::command::explain;
use externally_managed::interpreter::Interpreter;
use externally_managed::lint;
use externally_managed::output;
use externally_managed::profile::placeholder::Python;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let findings = lint::marker("marker", bytes).list;
    meant::harmless(&output::text(&findings, false));
    meant::harmless(&output::json(&findings));
    let (path, _) = overlay::with("po/EXTERNALLY-MANAGED", bytes);
    let path = path.display().to_string();
    let format = if bytes.len() % 2 == 0 { "text" } else { "json" };
    let arguments = [
        "",
        "explain",
        "--locale",
        "de_DE.UTF-8",
        "--format",
        format,
        &path,
    ];
    let Command::Explain(options) = Cli::parse_from(arguments).command else {
        unreachable!("it is the verb");
    };
    let report = explain::report(&options).expect("the file can be read");
    meant::harmless(&report);
    round_trip(bytes);
});

/// What is imported comes back, byte for byte, or is refused.
fn round_trip(bytes: &[u8]) {
    for python in [
        None,
        Interpreter::parse("3.13").ok(),
        Interpreter::parse("pypy3.11").ok(),
    ] {
        let Ok(template) = adopted::template("marker", bytes, python.as_ref()) else {
            assert!(
                std::str::from_utf8(bytes).is_err(),
                "only what is not UTF-8 is refused"
            );
            continue;
        };
        let mut values = Python::default();
        if let Some(python) = &python {
            values.set("name", python.name());
            values.set("version_nodot", python.version_nodot());
        }
        let back = adopted::expand("marker", template, &values).expect("the template is ours");
        assert_eq!(back, bytes);
    }
}
