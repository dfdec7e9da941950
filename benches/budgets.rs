//! `cargo bench`: the budgets of the design, measured side by side in one run.
//!
//! Only ratios and counts say anything on a machine that has other work too, so whatever is
//! compared runs in turns (A B A B …) and the median of the ratios is taken. Each run gets a
//! fresh tree on a tmpfs and a scrubbed environment.
//!
//! ```text
//! make bench                          prints the tables and writes nothing
//! make bench-results                  writes benches/RESULTS.md as well
//! make bench BENCHFLAGS=--strict      exits 1 if a budget is missed
//! ```
//!
//! What could not be measured is said in the table, and is a failure where `CI` is `true`.

// In a directory of their own: cargo takes each file beside this one for another benchmark.
#[path = "budgets/counts.rs"]
mod counts;
#[path = "budgets/growth.rs"]
mod growth;
#[path = "budgets/reading.rs"]
mod reading;
#[path = "budgets/results.rs"]
mod results;
#[path = "budgets/rivals.rs"]
mod rivals;
#[path = "budgets/scene.rs"]
mod scene;
#[path = "budgets/table.rs"]
mod table;
#[path = "budgets/timing.rs"]
mod timing;

use std::io::Write as _;
use std::process::ExitCode;

use scene::Scene;
use table::{Row, Table};

/// What the command line asks for.
#[derive(Default)]
struct Options {
    write: bool,
    strict: bool,
}

fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(unknown) => {
            say(&format!(
                "unknown option {unknown}; known are --write and --strict\n"
            ));
            return ExitCode::from(2);
        }
    };
    let scene = Scene::new();
    let mut budgets = Table::new("Budgets");
    let mut measure = |what: &str, outcome: Result<Row, String>| {
        let row = outcome.unwrap_or_else(Row::NotMeasured);
        say(&format!("{what}: {}\n", row.measured()));
        budgets.push(what, row);
    };
    measure(
        "marker + README, against two `install -Dm644`",
        rivals::against_install(&scene),
    );
    measure(
        "against Python + Jinja2 + configparser",
        rivals::against_python(&scene),
    );
    measure(
        "against a sed-and-install recipe (English marker only)",
        rivals::against_recipe(&scene),
    );
    measure("lint of the marker, against `true`", reading::lint(&scene));
    measure(
        "status of a Debian root, against `true`",
        reading::status(&scene),
    );
    measure("lint of a package tree", reading::lint_of_tree(&scene));
    measure("status of a package tree", reading::status_of_tree(&scene));
    measure("instructions (callgrind)", counts::instructions_row(&scene));
    measure("peak memory", counts::memory(&scene));
    measure(
        "1,000 interpreters in one call, each",
        growth::thousand(&scene),
    );
    measure("release binary", counts::binary_size());
    measure("crates in the normal graph", counts::crates());
    let tables = [
        budgets,
        growth::interpreters(&scene),
        growth::languages(&scene),
    ];
    for table in &tables {
        say(&format!("\n{table}"));
    }
    if options.write {
        results::write(&tables);
    }
    let in_ci = std::env::var_os("CI").is_some_and(|value| value == "true");
    let failed = in_ci && tables.iter().any(Table::has_gaps)
        || options.strict && tables.iter().any(Table::is_missed);
    ExitCode::from(u8::from(failed))
}

fn options() -> Result<Options, String> {
    let mut options = Options::default();
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--write" => options.write = true,
            "--strict" => options.strict = true,
            // Given by cargo.
            "--bench" => {}
            _ => return Err(argument),
        }
    }
    Ok(options)
}

/// Prints; whoever closed the pipe has seen enough, but the results are still written.
fn say(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}
