//! Seeds, counts and shrinking. `proptest`'s own runner looks at one case at a time, but we
//! start python3 once for a whole batch; so cases are numbered, and each can be made again from
//! the seed and its number.

use std::fmt::Debug;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, RngSeed, TestRng, TestRunner};

/// How long a failing case is made smaller, at most.
const SHRINKING: Duration = Duration::from_secs(20);

/// One property's cases.
pub(super) struct Run {
    name: &'static str,
    seed: u64,
    pub(super) cases: u32,
}

impl Run {
    /// `cases` is how many there are unless `PROPTEST_CASES` says otherwise.
    pub(super) fn new(name: &'static str, cases: u32) -> Run {
        let config = Config::default();
        let cases = if std::env::var_os("PROPTEST_CASES").is_some() {
            config.cases
        } else {
            cases
        };
        let seed = match config.rng_seed {
            RngSeed::Fixed(seed) => seed,
            RngSeed::Random => {
                std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), name)
            }
        };
        say(&format!("{name}: {cases} cases, PROPTEST_RNG_SEED={seed}"));
        Run { name, seed, cases }
    }

    /// Case `number`.
    pub(super) fn case<S: Strategy>(&self, strategy: &S, number: u32) -> S::Value {
        self.tree(strategy, number).current()
    }

    /// Case `number`, which can be made smaller.
    fn tree<S: Strategy>(&self, strategy: &S, number: u32) -> S::Tree {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&self.seed.to_le_bytes());
        bytes[8..12].copy_from_slice(&number.to_le_bytes());
        for (byte, character) in bytes[12..].iter_mut().zip(self.name.bytes()) {
            *byte = character;
        }
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        strategy
            .new_tree(&mut TestRunner::new_with_rng(Config::default(), rng))
            .expect("no strategy of ours rejects")
    }

    /// Holds `property` against every case; the first that fails is made smaller and shown.
    pub(super) fn check<S: Strategy>(
        &self,
        strategy: &S,
        mut property: impl FnMut(&S::Value) -> Result<(), String>,
    ) {
        for number in 0..self.cases {
            if caught(&mut property, &self.case(strategy, number)).is_err() {
                self.fail(strategy, number, property);
            }
        }
    }

    /// Makes case `number` smaller as long as `property` fails, and fails the test with it.
    pub(super) fn fail<S: Strategy>(
        &self,
        strategy: &S,
        number: u32,
        mut property: impl FnMut(&S::Value) -> Result<(), String>,
    ) -> ! {
        let started = Instant::now();
        let mut tree = self.tree(strategy, number);
        let mut smallest = tree.current();
        let mut reason = caught(&mut property, &smallest).err();
        let mut more = tree.simplify();
        while more && started.elapsed() < SHRINKING {
            match caught(&mut property, &tree.current()) {
                Err(found) => {
                    smallest = tree.current();
                    reason = Some(found);
                    more = tree.simplify();
                }
                Ok(()) => more = tree.complicate(),
            }
        }
        let reason = reason.unwrap_or_else(|| "it fails only in company of others".to_owned());
        panic!(
            "{}: case {number}, PROPTEST_RNG_SEED={}\nminimal input: {smallest:#?}\n{reason}",
            self.name, self.seed
        );
    }
}

/// A panic is a failure like any other, so that its case is shown and made smaller too.
fn caught<V: Debug>(
    property: &mut impl FnMut(&V) -> Result<(), String>,
    value: &V,
) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(|| property(value))).unwrap_or_else(|payload| {
        let message = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied());
        Err(format!(
            "it panics: {}",
            message.unwrap_or("without a message")
        ))
    })
}

/// How many cases the tool took.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) accepted: usize,
    pub(super) refused: usize,
}

impl Counts {
    /// Prints the counts. A property that hardly any case reaches shows nothing; whether that is
    /// so, `enough` cases tell.
    pub(super) fn conclude(&self, name: &str, enough: usize) {
        say(&format!(
            "{name}: {} accepted, {} refused",
            self.accepted, self.refused
        ));
        let all = self.accepted + self.refused;
        if all < enough {
            return;
        }
        assert!(
            self.accepted * 4 >= all,
            "{name}: fewer than a quarter of the cases were accepted"
        );
        assert!(
            self.refused * 20 >= all,
            "{name}: fewer than a twentieth of the cases were refused"
        );
    }
}

/// Tells something whether or not the test passes: the test runner swallows `println!`.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Tells that a check did not run; where nobody would read it, that is a failure.
pub(crate) fn not_run(what: &str, why: &str) {
    assert!(
        std::env::var_os("CI").is_none_or(|ci| ci != "true"),
        "{what} did not run: {why}"
    );
    say(&format!("{what} did not run: {why}"));
}
