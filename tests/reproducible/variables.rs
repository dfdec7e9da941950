//! Which variables the program asks for: a shim in front of the C library writes them down.

use std::process::Command;

use crate::support::Place;

const SHIM: &str = r#"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

char *getenv(const char *name) {
    char *(*real)(const char *) = (char *(*)(const char *))dlsym(RTLD_NEXT, "getenv");
    const char *log = real("SHIM_LOG");
    FILE *file = log ? fopen(log, "a") : NULL;
    if (file) {
        fprintf(file, "%s\n", name);
        fclose(file);
    }
    return real(name);
}
"#;

/// Commands, and all that they ask for.
const ASKED: [(&str, &str); 5] = [
    (
        "install --profile debian --python 3.13 --destdir tree --files-list list",
        "SOURCE_DATE_EPOCH",
    ),
    (
        "install --profile debian --python 3.13 --destdir tree --check",
        "SOURCE_DATE_EPOCH",
    ),
    ("render readme --profile debian --python 3.13", ""),
    (
        "render marker --profile debian --python 3.13 --output out",
        "",
    ),
    // The locale of whoever asks what they will read.
    ("explain tree", "LC_ALL LC_MESSAGES LANG"),
];

#[test]
fn that_are_looked_at() {
    let place = Place::new();
    place.write("shim.c", SHIM);
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-o", "shim.so", "shim.c", "-ldl"])
        .current_dir(place.path(""))
        .status();
    if !built.is_ok_and(|status| status.success()) {
        assert!(std::env::var_os("CI").is_none(), "cc cannot build the shim");
        println!("not tested, since there is no C compiler: the variables that are asked for");
        return;
    }
    for (arguments, expected) in ASKED {
        let output = Command::new(env!("CARGO_BIN_EXE_externally-managed"))
            .args(arguments.split(' '))
            .current_dir(place.path(""))
            .env_clear()
            .env("LD_PRELOAD", place.path("shim.so"))
            .env("SHIM_LOG", place.path("log"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments}: {output:?}");
        let asked = fs_err::read_to_string(place.path("log")).unwrap_or_default();
        assert_eq!(
            asked.lines().collect::<Vec<_>>().join(" "),
            expected,
            "{arguments}"
        );
        let _ = fs_err::remove_file(place.path("log"));
    }
}
