//! pip's reader, on Pythons before and since 3.10, for users with and without a language.

#![no_main]

mod sound;

use externally_managed::locale::python::Language;
use externally_managed::marker::reader::pip;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for minor in [9, 14] {
        for language in [None, Some("pt_BR")] {
            sound::check(
                bytes,
                &pip::read_bytes(bytes, minor, &Language::new(language)),
            );
        }
    }
});
