//! A catalogue over a built-in one, and of a language that has none.

#![no_main]

mod meant;
mod overlay;

use externally_managed::lint;
use externally_managed::rendering::Document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (path, data) = overlay::with("po/de.po", bytes);
    let documents = [Document::Marker, Document::Readme];
    meant::check("debian", &data, &documents, &["3.13"], "de");
    match lint::catalogue(&path) {
        Ok(findings) => findings.list.iter().for_each(meant::reported),
        Err(error) => meant::reported(&error),
    }
    let _ = std::fs::remove_file(path);
    // Its `Language` must not contradict its name.
    let text = String::from_utf8_lossy(bytes).replace("Language: de", "Language: th_TH");
    let (path, data) = overlay::with("po/th_TH.po", text.as_bytes());
    meant::check("debian", &data, &documents[..1], &["3.13"], "th_TH");
    let _ = std::fs::remove_file(path);
});
