//! How cost grows with interpreters and with languages: in time, which is what counts, and in
//! instructions, which no other work on the machine can disturb.

use std::process::Command;

use externally_managed::data::LANGUAGES;

use crate::counts::{instructions, millions};
use crate::scene::{Scene, Tree, install};
use crate::table::{Row, Table};
use crate::timing::{Contender, in_turns, micros, slope};

/// Each interpreter has a README of its own.
const READMES: &[&str] = &["--readme", "/usr/share/doc/{{ python.name }}/README.venv"];

/// Marker and README for interpreters 3.0, 3.1, …
fn for_interpreters(tree: &Tree, count: u32) -> Command {
    let interpreters: Vec<String> = (0..count).map(|minor| format!("3.{minor}")).collect();
    install(tree, &interpreters, READMES)
}

/// The main job with so many languages, English included.
fn in_languages(tree: &Tree, count: usize) -> Command {
    let codes: Vec<&str> = std::iter::once("en")
        .chain(LANGUAGES.iter().map(|language| language.code))
        .take(count)
        .collect();
    install(
        tree,
        &["3.13".to_owned()],
        &["--languages", &codes.join(",")],
    )
}

/// A thousand interpreters in one call.
pub(crate) fn thousand(scene: &Scene) -> Result<Row, String> {
    const ROUNDS: usize = 9;
    const BUDGET: f64 = 150.0;
    let times = in_turns(scene, ROUNDS, &[&|tree| vec![for_interpreters(tree, 1000)]])?;
    let each = micros(&times[0]).median / 1000.0;
    Ok(Row::budget(
        format!("{each:.0} µs"),
        "at most 150 µs",
        each <= BUDGET,
    ))
}

/// One to a thousand interpreters.
pub(crate) fn interpreters(scene: &Scene) -> Table {
    const ROUNDS: usize = 9;
    // Valgrind is fifty times slower, and the count is exact at any size.
    const MOST_COUNTED: u32 = 100;
    let counts = [1_u32, 10, 100, 1000];
    let jobs = counts.map(|count| move |tree: &Tree| vec![for_interpreters(tree, count)]);
    let contenders: Vec<Contender<'_>> = jobs.iter().map(|job| job as Contender<'_>).collect();
    let mut table = Growth::new("Growth with interpreters", "interpreter");
    let times = match in_turns(scene, ROUNDS, &contenders) {
        Ok(times) => times,
        Err(reason) => return table.without_times(reason),
    };
    for (count, times) in counts.into_iter().zip(times) {
        let counted = (count <= MOST_COUNTED)
            .then(|| instructions(scene, &for_interpreters(&scene.tree(), count)));
        table.point(
            f64::from(count),
            &count.to_string(),
            micros(&times).median,
            counted,
        );
    }
    table.finish()
}

/// English alone to every language.
pub(crate) fn languages(scene: &Scene) -> Table {
    const ROUNDS: usize = 101;
    let all = LANGUAGES.len() + 1;
    // Doubling keeps the table short when there are many languages.
    let mut counts: Vec<usize> = std::iter::successors(Some(1), |count| Some(count * 2))
        .take_while(|count| *count < all)
        .collect();
    counts.push(all);
    let jobs: Vec<_> = counts
        .iter()
        .map(|count| move |tree: &Tree| vec![in_languages(tree, *count)])
        .collect();
    let contenders: Vec<Contender<'_>> = jobs.iter().map(|job| job as Contender<'_>).collect();
    let mut table = Growth::new("Growth with languages (English included)", "language");
    let times = match in_turns(scene, ROUNDS, &contenders) {
        Ok(times) => times,
        Err(reason) => return table.without_times(reason),
    };
    for (count, times) in counts.iter().zip(times) {
        let counted = instructions(scene, &in_languages(&scene.tree(), *count));
        let exact = u32::try_from(*count).expect("few languages");
        table.point(
            f64::from(exact),
            &count.to_string(),
            micros(&times).median,
            Some(counted),
        );
    }
    table.finish()
}

/// A table that ends with what one more of a kind costs.
struct Growth {
    table: Table,
    unit: String,
    times: Vec<(f64, f64)>,
    counts: Vec<(f64, f64)>,
}

impl Growth {
    fn new(title: &str, unit: &str) -> Growth {
        Growth {
            table: Table::new(title),
            unit: unit.to_owned(),
            times: Vec::new(),
            counts: Vec::new(),
        }
    }

    /// Adds what `number` of a kind cost: microseconds and, if they were counted, instructions.
    fn point(&mut self, number: f64, label: &str, time: f64, counted: Option<Result<u64, String>>) {
        self.times.push((number, time));
        let mut text = format!("{:.2} ms", time / 1e3);
        match counted {
            None => {}
            Some(Ok(count)) => {
                self.counts.push((number, as_float(count)));
                text = format!("{text}, {} million instructions", millions(count));
            }
            Some(Err(reason)) => {
                self.table.push(label, Row::Figure(text));
                self.table
                    .push(&format!("{label}, instructions"), Row::NotMeasured(reason));
                return;
            }
        }
        self.table.push(label, Row::Figure(text));
    }

    fn without_times(mut self, reason: String) -> Table {
        self.table.push("times", Row::NotMeasured(reason));
        self.table
    }

    fn finish(mut self) -> Table {
        let mut text = format!("{:.1} µs", slope(&self.times));
        if self.counts.len() > 1 {
            text = format!(
                "{text}, {:.0} thousand instructions",
                slope(&self.counts) / 1e3
            );
        }
        self.table
            .push(&format!("slope: one more {}", self.unit), Row::Figure(text));
        self.table
    }
}

/// Exact for every count that a run can reach.
#[allow(clippy::cast_precision_loss)]
fn as_float(count: u64) -> f64 {
    count as f64
}
