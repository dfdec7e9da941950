//! Reads markers as uv 0.13.1 and later do (crates/uv-python/src/interpreter.rs).

mod answers;

use astral_ini::Options;

fn read(marker: &str) -> Option<String> {
    let ini = Options::default()
        .case_sensitive(true)
        .parse(marker)
        .ok()?;
    ini.get("externally-managed", "Error").map(str::to_owned)
}

fn main() {
    answers::run(read);
}
