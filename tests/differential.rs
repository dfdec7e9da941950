//! Our readers against the real parsers, on markers with every defect that we know of: the same
//! outcome, the same text. `make differential` compares a million.

mod defects;
mod readers;

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::property::harness::{say, seed};
use defects::{DEFECTS, marker};
use readers::Real;

/// How many markers, unless DIFFERENTIAL_CASES says otherwise.
const CASES: u64 = 100_000;

/// Markers per process: bounded, so that a million of them fit into memory.
const BATCH: u64 = 50_000;

#[test]
fn pip_reads_what_we_say() {
    compare("pip", &readers::pythons());
}

#[test]
fn uv_reads_what_we_say() {
    compare("uv", &readers::crates());
}

fn compare(name: &str, reals: &[Real]) {
    let cases = std::env::var("DIFFERENTIAL_CASES").map_or(CASES, |cases| cases.parse().unwrap());
    let seed = seed(name);
    let start = Instant::now();
    say(&format!(
        "differential, {name}: {cases} markers, PROPTEST_RNG_SEED={seed}"
    ));
    let known = regressions();
    check(reals, &known.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let mut counts = Counts::default();
    for first in (0..cases).step_by(usize::try_from(BATCH).unwrap()) {
        let numbers = first..cases.min(first + BATCH);
        let made: Vec<(Vec<u8>, Vec<usize>)> = numbers.map(|number| marker(seed, number)).collect();
        let markers: Vec<&[u8]> = made.iter().map(|(bytes, _)| bytes.as_slice()).collect();
        let answers = check(reals, &markers);
        for ((_, defects), answer) in made.iter().zip(&answers) {
            counts.add(defects, answer);
        }
    }
    let names: Vec<&str> = reals.iter().map(|real| real.name.as_str()).collect();
    say(&format!(
        "differential, {name}: no divergence from {} ({} s)",
        names.join(", "),
        start.elapsed().as_secs()
    ));
    if !reals.is_empty() {
        counts.conclude(name, cases);
    }
}

/// Compares every real parser with ours, all of them at once; gives back the last one's answers.
fn check(reals: &[Real], markers: &[&[u8]]) -> Vec<Vec<u8>> {
    let answers: Vec<Vec<Vec<u8>>> = std::thread::scope(|scope| {
        let running: Vec<_> = reals
            .iter()
            .map(|real| scope.spawn(|| compare_all(real, markers)))
            .collect();
        running
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    });
    answers.into_iter().next_back().unwrap_or_default()
}

fn compare_all(real: &Real, markers: &[&[u8]]) -> Vec<Vec<u8>> {
    let answers = real.answers(markers);
    for (marker, answer) in markers.iter().zip(&answers) {
        if real.ours(marker) != *answer {
            fail(real, marker);
        }
    }
    answers
}

/// Makes a marker smaller as long as the two disagree, keeps it, and fails.
fn fail(real: &Real, marker: &[u8]) -> ! {
    let disagree = |marker: &[u8]| real.answers(&[marker])[0] != real.ours(marker);
    let mut smallest = marker.to_vec();
    let mut size = smallest.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        while at < smallest.len() {
            let mut shorter = smallest.clone();
            shorter.drain(at..smallest.len().min(at + size));
            if disagree(&shorter) {
                smallest = shorter;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    let path = folder().join(format!("{:016x}.marker", fingerprint(&smallest)));
    std::fs::write(&path, &smallest).unwrap();
    panic!(
        "{} and our reader disagree about {:?}, which is kept in {}\nreal: {}\nours: {}",
        real.name,
        String::from_utf8_lossy(&smallest),
        path.display(),
        String::from_utf8_lossy(&real.answers(&[&smallest])[0]),
        String::from_utf8_lossy(&real.ours(&smallest))
    );
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/differential/regressions")
}

/// Markers about which a reader was wrong once.
fn regressions() -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder()).unwrap();
    let mut markers: Vec<Vec<u8>> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "marker")
        })
        .map(|path| std::fs::read(path).unwrap())
        .collect();
    markers.sort();
    assert!(!markers.is_empty());
    markers
}

/// FNV-1a, so that a name does not depend on the version of Rust.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// What came up how often.
#[derive(Default)]
struct Counts {
    defects: Vec<u64>,
    shown: u64,
    outcomes: std::collections::BTreeMap<String, u64>,
}

impl Counts {
    fn add(&mut self, defects: &[usize], answer: &[u8]) {
        for defect in defects {
            if self.defects.len() <= *defect {
                self.defects.resize(DEFECTS.len(), 0);
            }
            self.defects[*defect] += 1;
        }
        let first = String::from_utf8_lossy(answer);
        let first = first.lines().next().unwrap_or_default();
        let outcome = if first.starts_with("shows") {
            "shows"
        } else {
            first
        };
        self.shown += u64::from(outcome == "shows");
        *self.outcomes.entry(outcome.to_owned()).or_default() += 1;
    }

    fn conclude(&self, name: &str, cases: u64) {
        say(&format!("differential, {name}: {:?}", self.outcomes));
        let counts: Vec<String> = DEFECTS
            .iter()
            .zip(&self.defects)
            .map(|(defect, count)| format!("{defect} {count}"))
            .collect();
        say(&format!("differential, {name}: {}", counts.join(", ")));
        if cases < CASES {
            return;
        }
        assert!(self.defects.iter().all(|count| *count >= 1000));
        assert!(self.shown * 3 >= cases, "fewer than a third can be read");
    }
}
