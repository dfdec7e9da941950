//! Says of each marker of a batch what uv would do with it: see tests/differential/read.py for the
//! form of both.

use std::io::{Read, Write};

/// `read` gives the text that uv would show, or nothing where it has none.
pub fn run(read: impl Fn(&str) -> Option<String>) {
    let mut batch = Vec::new();
    std::io::stdin().read_to_end(&mut batch).expect("a batch");
    let mut out = std::io::BufWriter::new(std::io::stdout());
    let mut rest = batch.as_slice();
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let length: usize = std::str::from_utf8(&rest[..end])
            .ok()
            .and_then(|length| length.parse().ok())
            .expect("a length");
        let marker = &rest[end + 1..end + 1 + length];
        rest = &rest[end + 1 + length..];
        // uv takes a file that `read_to_string` cannot read for none.
        let answer = match std::str::from_utf8(marker).map(&read) {
            Ok(Some(text)) => format!("shows Error\n{text}\n"),
            Ok(None) => "generic\n".to_owned(),
            Err(_) => "installs\n".to_owned(),
        };
        write!(out, "{}\n{answer}", answer.len()).expect("standard output");
    }
}
