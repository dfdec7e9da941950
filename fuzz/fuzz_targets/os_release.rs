//! os-release, as `--profile auto` reads it.

#![no_main]

use externally_managed::profile::os_release::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let identifiers = parse(&String::from_utf8_lossy(bytes));
    assert!(identifiers.len() <= 32);
    for identifier in &identifiers {
        assert!(!identifier.is_empty() && !identifier.contains(char::is_whitespace));
        let same = identifiers.iter().filter(|other| *other == identifier);
        assert_eq!(same.count(), 1, "each is there once");
    }
});
