//! uv's reader since 0.13.1.

#![no_main]

mod sound;

use externally_managed::marker::reader::uv;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    sound::check(bytes, &uv::read_bytes(bytes, uv::ASTRAL_INI));
});
