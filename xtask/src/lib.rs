//! Generates the files that the repository commits although they follow from others: packagers
//! get them without running anything, which a cross-compiling build could not do.
//!
//! ```text
//! templates/      ──> po/externally-managed.pot
//! src/cli.rs      ──> doc/man, doc/completions
//! profile::schema ──> doc/profile.schema.json
//! distro-profiles ──> doc/gallery.md, a table in README.md
//! po/             ──> doc/languages.md, and what po/read-back/ has to say
//! ```

pub mod completions;
pub mod coverage;
pub mod gallery;
pub mod languages;
pub mod man;
pub mod pot;
pub mod read_back;
pub mod repository;
pub mod schema;
