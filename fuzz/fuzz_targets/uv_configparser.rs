//! uv's reader up to 0.13.0, with both of its crate's ways with empty lines.

#![no_main]

mod sound;

use externally_managed::marker::reader::uv;
use externally_managed::marker::reader::version::Version;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for version in [Version::new(0, 2, 19), uv::LAST_CONFIGPARSER] {
        sound::check(bytes, &uv::read_bytes(bytes, version));
    }
});
