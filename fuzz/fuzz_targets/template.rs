//! The template of the marker, which can include those that are built in, and itself.

#![no_main]

mod meant;
mod overlay;

use externally_managed::rendering::Document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (_, data) = overlay::with("templates/marker.tera", bytes);
    for profile in ["debian", "nix"] {
        meant::check(profile, &data, &[Document::Marker], &["3.13"], "de");
    }
});
