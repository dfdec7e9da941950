//! Our readers against the real parsers, on the same bytes. Where they differ, the real one is
//! right.
//!
//! `DIFFERENTIAL_CASES` says how many markers there are, `PROPTEST_RNG_SEED` which. A marker that
//! is read differently is made smaller and kept in tests/differential/regressions, which every run
//! reads first.

mod crates;
mod defects;
mod generator;
mod long;
mod pip;
mod pythons;
mod random;
mod reader;
mod spoil;

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, RandomState};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;

use crate::property::harness::{not_run, say};
use defects::Defect;
use generator::case;
use reader::{Divergence, Ours, Reader};

const CASES: u32 = 100_000;

/// How many markers a process reads: all of a million would not fit into memory.
const BATCH: u32 = 100_000;

/// How often each defect must have been met among `CASES`.
const EACH_DEFECT: usize = 1_000;

fn number(variable: &str) -> Option<u64> {
    let value = std::env::var(variable).ok()?;
    Some(value.parse().expect("a number"))
}

#[test]
fn readers_read_as_the_real_ones() {
    let seed = number("PROPTEST_RNG_SEED").unwrap_or_else(|| RandomState::new().hash_one(0));
    let cases = number("DIFFERENTIAL_CASES").map_or(CASES, |cases| {
        u32::try_from(cases).expect("a number of cases")
    });
    say(&format!(
        "differential: {cases} cases, PROPTEST_RNG_SEED={seed}"
    ));
    let readers = readers();
    let mut markers = regressions();
    let mut counts = Counts::default();
    for start in (0..cases).step_by(BATCH as usize) {
        for number in start..cases.min(start + BATCH) {
            let case = case(seed, number);
            counts.defects(&case.defects);
            markers.push(case.bytes);
        }
        counts.shown += compare(&readers, &markers);
        counts.all += markers.len();
        markers.clear();
    }
    counts.conclude();
}

fn readers() -> Vec<Reader> {
    let pythons = pythons::pythons();
    if pythons::minor_versions(&pythons) < 2 {
        not_run(
            "the comparison with several Pythons",
            "there are fewer than two minor versions; name more in PYTHONS",
        );
    }
    [pythons, crates::crates()].concat()
}

/// Holds all readers against the batch, and tells how many of its markers pip shows.
fn compare(readers: &[Reader], markers: &[Vec<u8>]) -> usize {
    let mut ours: BTreeMap<Ours, Vec<String>> = BTreeMap::new();
    ours.insert(Ours::PipLast, Vec::new());
    ours.extend(readers.iter().map(|reader| (reader.ours, Vec::new())));
    std::thread::scope(|scope| {
        for (ours, answers) in &mut ours {
            scope.spawn(|| answers.extend(markers.iter().map(|marker| ours.answer(marker))));
        }
    });
    let queue = Mutex::new(readers.iter());
    let found = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(reader) = { queue.lock().unwrap().next() } {
                    let started = Instant::now();
                    let first = reader.first_divergence(markers, &ours[&reader.ours]);
                    say(&format!(
                        "differential: {}: {} markers in {:.1?}",
                        reader.name,
                        markers.len(),
                        started.elapsed()
                    ));
                    found
                        .lock()
                        .unwrap()
                        .extend(first.map(|first| (reader, first)));
                }
            });
        }
    });
    if let Some((reader, first)) = found.into_inner().unwrap().into_iter().next() {
        fail(reader, &markers[first.index], &first);
    }
    let shown = |answer: &&String| answer.contains("[\"shows\"");
    ours[&Ours::PipLast].iter().filter(shown).count()
}

/// Makes the marker smaller, keeps it and shows it.
fn fail(reader: &Reader, marker: &[u8], first: &Divergence) -> ! {
    let small = reader.shrink(marker);
    let path = directory().join(format!("{:016x}.marker", hash(&small)));
    std::fs::write(&path, &small).expect("a regression can be kept");
    let again = reader.diverges(std::slice::from_ref(&small));
    let Divergence { ours, theirs, .. } = again.as_ref().unwrap_or(first);
    panic!(
        "{} reads differently, see {}\nmarker: {}\ntheirs: {theirs}\n  ours: {ours}",
        reader.name,
        path.display(),
        small.escape_ascii()
    );
}

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/differential/regressions")
}

/// FNV-1a: the same marker has the same name on every machine.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    })
}

fn regressions() -> Vec<Vec<u8>> {
    let files = std::fs::read_dir(directory()).expect("the directory of regressions");
    let mut paths: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|name| name == "marker"));
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

/// What the markers were like.
#[derive(Default)]
struct Counts {
    all: usize,
    shown: usize,
    defects: BTreeMap<Defect, usize>,
}

impl Counts {
    fn defects(&mut self, defects: &[Defect]) {
        for defect in defects {
            *self.defects.entry(*defect).or_default() += 1;
        }
    }

    /// Few cases prove little, and so do many without defects or without texts.
    fn conclude(&self) {
        say(&format!(
            "differential: {} markers, of which pip shows {}; {:?}",
            self.all, self.shown, self.defects
        ));
        if self.all < CASES as usize {
            return;
        }
        assert!(self.shown * 3 >= self.all, "too few markers can be read");
        for defect in Defect::ALL {
            let count = self.defects.get(&defect).copied().unwrap_or_default();
            assert!(count >= EACH_DEFECT, "{defect:?}: only {count} markers");
        }
    }
}
