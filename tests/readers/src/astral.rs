//! Answers for raw markers as uv 0.13.1 and later reads them, see batch.rs.

mod batch;

use astral_ini::Options;

/// uv 0.13.8, crates/uv-python/src/interpreter.rs, `Interpreter::is_externally_managed`.
fn read(marker: &str) -> Result<String, &'static str> {
    let options = Options::default().case_sensitive(true);
    let ini = options.parse(marker).map_err(|_| "not parsed")?;
    let section = ini.section("externally-managed").ok_or("no section")?;
    section.get("Error").map(str::to_owned).ok_or("no key")
}

fn main() {
    batch::answer(read);
}
