//! Marks a distribution's Python as externally managed (PEP 668).
//!
//! ```text
//! facts + template ──> document (blocks, no language yet) ── catalogue ──> text ── wrap ──> marker | readme | news ──> tree
//! ```
//!
//! Four kinds of knowledge have four places. **Facts** (commands, packages, paths) live in
//! `distro-profiles/`; [`profile`] merges and resolves them. **Language** lives in `po/`;
//! [`catalogue`] looks whole messages up. **Layout** lives in `templates/`; [`template`] turns
//! facts and a template into blocks, once for all languages. **The format** lives in [`marker`],
//! which emits only what every installer reads alike. [`document`] and [`wrap`] turn blocks into
//! the lines of one language, and [`tree`] alone touches a package tree.

pub mod adopted;
pub mod catalogue;
pub mod cli;
pub mod command;
pub mod data;
pub mod diagnostic;
pub mod document;
pub mod escape;
pub mod input;
pub mod interpreter;
pub mod languages;
pub mod lint;
pub mod locale;
pub mod marker;
pub mod opt_out;
pub mod output;
pub mod places;
pub mod profile;
pub mod rendering;
pub mod status;
pub mod stdlib;
pub mod suggest;
pub mod template;
pub mod text;
pub mod tree;
pub mod unmarked;
pub mod wrap;
