//! Generates the files that the repository commits although they follow from others: packagers
//! get them without running anything, which a cross-compiling build could not do.
//!
//! ```text
//! templates/      ──> po/externally-managed.pot
//! src/cli.rs      ──> doc/man, doc/completions
//! profile::schema ──> doc/profile.schema.json
//! ```

pub mod completions;
pub mod man;
pub mod pot;
pub mod repository;
pub mod schema;
