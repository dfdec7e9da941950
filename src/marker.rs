//! The format of the marker: what survives every installer that reads it, and how each of them
//! reads it.

pub mod reader;
pub mod writer;

/// The name of the file (PEP 668).
pub const FILE_NAME: &str = "EXTERNALLY-MANAGED";

/// The section that holds the keys (PEP 668).
pub const SECTION: &str = "externally-managed";
