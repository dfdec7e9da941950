//! The same bytes, modes and times, whoever runs the program, when, and under which circumstances.

mod circumstances;
mod order;
mod variables;

use std::ffi::OsStr;
use std::process::Command;

use crate::snapshot::{EPOCH, Snapshot};
use crate::support::Place;

/// What must come out the same: documents of all kinds, and reports about them.
const COMMANDS: [&str; 10] = [
    "install --profile fedora --python 3.14 --python 3.14t --python pypy3.11 --destdir tree \
     --languages all --readme-languages de,ja,ar --files-list list --files-format rpm",
    "install --profile fedora --python 3.14 --destdir tree --languages all --check",
    "install --profile gentoo --python 3.14 --python 3.13 --destdir shared --shared /usr/lib/python",
    "render news --profile debian --python 3.13 --languages fr --output news",
    "render marker --profile nix --python 3.14",
    "import tree/usr/lib64/python3.14/EXTERNALLY-MANAGED --profile fedora --output adopted",
    "profiles debian",
    "lint -v tree shared",
    "explain tree --locale de_DE.UTF-8",
    "status tree",
];

/// A place in which the commands can run.
fn place() -> Place {
    let place = Place::new();
    fs_err::create_dir(place.path("shared")).unwrap();
    place
}

/// All that the commands leave and say. `prepare` makes the circumstances.
fn results(
    place: &Place,
    program: &OsStr,
    prepare: &dyn Fn(&mut Command),
) -> (Snapshot, Vec<String>) {
    let said = COMMANDS.iter().map(|arguments| {
        let mut command = Command::new(program);
        command
            .args(arguments.split_whitespace())
            .current_dir(place.path(""))
            .env_clear()
            .env("SOURCE_DATE_EPOCH", EPOCH.to_string());
        prepare(&mut command);
        let output = command.output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8_lossy(&text).into_owned();
        assert!(output.status.success(), "{arguments}: {text}");
        text
    });
    let said = said.collect();
    (Snapshot::of(place), said)
}
