//! A profile of a data directory, which can extend those that are built in, and itself.

#![no_main]

mod meant;
mod overlay;

use externally_managed::lint;
use externally_managed::rendering::Document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Where a name can stand below itself: `extends: debian` is the layer below.
    let (path, data) = overlay::with("distro-profiles/debian.yaml", bytes);
    let marker = [Document::Marker];
    meant::check(
        "debian",
        &data,
        &marker,
        &["3.13", "3.13t", "pypy3.11"],
        "de",
    );
    meant::check("debian", &data, &[Document::Readme], &["3.13"], "de");
    let path = path.display().to_string();
    match lint::profile(&path, &data) {
        Ok(findings) => findings.list.iter().for_each(meant::reported),
        Err(error) => meant::reported(&error),
    }
});
