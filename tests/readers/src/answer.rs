//! Answers for raw markers as uv 0.1.12 to 0.13.0 reads them, see batch.rs.

mod batch;

use configparser::ini::Ini;

/// uv 0.13.0, crates/uv-python/src/interpreter.rs, `Interpreter::is_externally_managed`.
fn read(marker: &str) -> Result<String, &'static str> {
    let mut ini = Ini::new_cs();
    ini.set_multiline(true);
    let mut sections = ini.read(marker.to_owned()).map_err(|_| "not parsed")?;
    let section = sections.get_mut("externally-managed").ok_or("no section")?;
    // A key that is not there and one without a value are the same to uv.
    section.remove("Error").flatten().ok_or("no key")
}

fn main() {
    batch::answer(read);
}
