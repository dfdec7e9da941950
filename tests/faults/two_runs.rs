//! Two runs at once on one tree leave the files of one of them, all of them whole.

use std::process::{Child, Command};

use crate::snapshot::Snapshot;
use crate::support::Place;

const ROUNDS: usize = 100;

/// Their markers and READMEs lie in the same places, and all differ.
const README: &str = "/usr/share/doc/{{ python.name }}/README.venv";
const PROFILES: [&str; 2] = ["debian", "ubuntu"];

#[test]
fn leave_one_of_the_two_results() {
    let results = PROFILES.map(|profile| {
        let place = Place::new();
        finish(start(&place, profile));
        Snapshot::of(&place)
    });
    assert_ne!(results[0], results[1]);
    let mut won = [0, 0];
    for round in 0..ROUNDS {
        let place = Place::new();
        // In every other round, both find the directories there.
        if round % 2 == 1 {
            for python in ["python3.13", "python3.14"] {
                place.write(&format!("tree/usr/lib/{python}/EXTERNALLY-MANAGED"), "old");
                place.write(&format!("tree/usr/share/doc/{python}/README.venv"), "old");
            }
        }
        let first = round / 2 % 2;
        let runs = [first, 1 - first].map(|run| start(&place, PROFILES[run]));
        runs.into_iter().for_each(finish);
        let found = Snapshot::of(&place);
        let winner = results.iter().position(|result| *result == found);
        won[winner
            .unwrap_or_else(|| panic!("round {round}: {:?}", found.differs_from(&results[0])))] +=
            1;
    }
    println!("each was the last one in so many rounds: {won:?}");
}

fn start(place: &Place, profile: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_externally-managed"))
        .args(["install", "--profile", profile, "--destdir", "tree"])
        .args([
            "--python",
            "3.13",
            "--python",
            "3.14",
            "--languages",
            "none",
        ])
        .args(["--readme", README])
        .current_dir(place.path(""))
        .env_clear()
        .spawn()
        .unwrap()
}

fn finish(mut run: Child) {
    assert!(run.wait().unwrap().success());
}

/// What a run has not begun to write is not its own to remove.
#[test]
fn a_run_that_fails_leaves_the_temporary_files_of_another() {
    let place = Place::new();
    let temporary = "tree/usr/lib/python3.13/.EXTERNALLY-MANAGED.externally-managed-new";
    place.write(temporary, "of a run that goes on");
    place.write("tree/usr/share/doc/python3.13/README.venv/in-the-way", "");
    place
        .run("install --profile debian --python 3.13 --destdir tree")
        .code(4);
    assert_eq!(place.read(temporary), "of a run that goes on");
}
