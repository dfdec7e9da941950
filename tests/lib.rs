//! One integration crate: it runs the binary in a scrubbed environment and compares standard
//! output, standard error, exit code and tree exactly.

#![allow(clippy::unwrap_used)] // A test that cannot go on should say where.
#![allow(clippy::print_stdout)] // A check that did not run is told.
#![allow(clippy::too_many_lines)] // Tables of cases.

mod support;

mod adopted;
mod bad_catalogue;
mod bad_profile;
mod bad_template;
mod bad_tree;
mod confinement;
mod derivatives;
mod differential;
mod documents;
mod escapes;
mod explain;
mod faults;
mod golden;
mod hostile;
mod import;
mod install;
mod languages;
mod left_out;
mod lint;
mod locales;
mod opt_out;
mod overlay;
mod profiles;
mod property;
mod readme_md;
mod recipes;
mod render;
mod reproducible;
mod shared;
mod snapshot;
mod status;
