//! Reads a batch of raw markers, each with its length before it as four bytes (little-endian),
//! and prints a line for each: what uv does with a file of these bytes.

/// What the parser of uv makes of a text: its key `Error`, or at which step uv gave up.
pub type Read = fn(&str) -> Result<String, &'static str>;

/// Answers for the batch that the argument names.
pub fn answer(read: Read) {
    let path = std::env::args_os()
        .nth(1)
        .expect("the batch is an argument");
    let bytes = std::fs::read(path).expect("the batch can be read");
    let mut rest = bytes.as_slice();
    let mut answers = String::new();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let (marker, after) = after.split_at(u32::from_le_bytes(*length) as usize);
        rest = after;
        // A crash of the parser is an answer, too.
        let answer = std::panic::catch_unwind(|| one(marker, read));
        answers.push_str(&answer.unwrap_or_else(|_| "crashes".to_owned()));
        answers.push('\n');
    }
    print!("{answers}");
}

/// uv's `is_externally_managed`: a file that `read_to_string` refuses is none.
fn one(marker: &[u8], read: Read) -> String {
    let Ok(text) = std::str::from_utf8(marker) else {
        return "installs".to_owned();
    };
    match read(text) {
        Ok(shown) => format!("shows {shown:?}"),
        Err(step) => format!("generic: {step}"),
    }
}
