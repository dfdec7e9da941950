//! Properties: whatever facts and translations go in, what comes out is what installers show.
//!
//! The readers are not ours: `CPython`'s configparser as pip uses it (`property/check.py`), and
//! the crate `configparser` as uv up to 0.13.0 used it (`readers/`, one small crate per version).
//!
//! `PROPTEST_CASES` sets the number of cases of each property, `PROPTEST_RNG_SEED` repeats a run
//! (each failure prints it). Without python3, msgfmt or the crates of the readers, a part says
//! that it did not run; with `CI=true` that is a failure.

mod catalogues;
mod generators;
pub(crate) mod harness;
mod pipeline;
mod program;
mod readers;
mod rules;
mod wrapping;
