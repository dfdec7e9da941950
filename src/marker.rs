//! The format of the marker: what survives every installer that reads it.

pub mod writer;

/// The name of the file (PEP 668).
pub const FILE_NAME: &str = "EXTERNALLY-MANAGED";
