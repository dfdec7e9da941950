//! Reads markers as uv 0.1.12 to 0.13.0 did and prints where `Error` says something else than it
//! should: the same program for each version of the crate, see tests/property/check.py for the
//! form of the batch.

use std::collections::HashMap;

use configparser::ini::Ini;

/// uv 0.13.0, crates/uv-python/src/interpreter.rs, `Interpreter::is_externally_managed`.
fn read(marker: &str) -> Result<Option<String>, String> {
    let mut ini = Ini::new_cs();
    ini.set_multiline(true);
    let mut sections: HashMap<_, _> = ini.read(marker.to_owned())?.into_iter().collect();
    let Some(mut section) = sections.remove("externally-managed") else {
        return Err("no section".to_owned());
    };
    Ok(section.remove("Error").flatten())
}

/// The first frame: the words of its head, its content, and what is left.
fn frame(bytes: &[u8]) -> Option<(Vec<&str>, &[u8], &[u8])> {
    let head_end = bytes.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(&bytes[..head_end]).expect("a head is text");
    let mut words: Vec<&str> = head.split(' ').collect();
    let length: usize = words
        .pop()
        .and_then(|word| word.parse().ok())
        .expect("a head ends with a length");
    let content = &bytes[head_end + 1..];
    Some((words, &content[..length], &content[length + 1..]))
}

fn main() {
    let path = std::env::args_os()
        .nth(1)
        .expect("the batch is an argument");
    let bytes = std::fs::read(path).expect("the batch can be read");
    let mut rest = bytes.as_slice();
    let mut count = 0;
    let mut found = Ok(None);
    while let Some((words, content, after)) = frame(rest) {
        rest = after;
        let text = std::str::from_utf8(content).expect("markers and texts are UTF-8");
        if words == ["marker"] {
            found = read(text);
            count += 1;
        } else if words == ["text", "Error"] && found != Ok(Some(text.to_owned())) {
            println!("{} Error: wanted {text:?}, found {found:?}", count - 1);
        }
    }
    println!("read {count}");
}
