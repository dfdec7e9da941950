//! What reading costs, against a program that does nothing.

use std::path::{Path, PathBuf};

use crate::counts::{instructions, millions};
use crate::scene::{self, MARKER, PROGRAM, REPOSITORY, Scene, Tree, find_program, main_job, run};
use crate::table::Row;
use crate::timing::{in_turns, micros, ratios};

/// `lint` of a marker with all languages.
pub(crate) fn lint(scene: &Scene) -> Result<Row, String> {
    const BUDGET: f64 = 3.0;
    let rendered = scene.tree();
    run(&mut main_job(&rendered))?;
    let marker = rendered.path.join(MARKER);
    against_true(scene, &["lint".into(), marker], BUDGET, "")
}

/// `lint` of a package tree with a Python and its marker and README.
pub(crate) fn lint_of_tree(scene: &Scene) -> Result<Row, String> {
    of_tree(scene, "lint")
}

/// `status` of the same tree.
pub(crate) fn status_of_tree(scene: &Scene) -> Result<Row, String> {
    of_tree(scene, "status")
}

fn of_tree(scene: &Scene, verb: &str) -> Result<Row, String> {
    const ROUNDS: usize = 200;
    let tree = scene.tree();
    run(&mut main_job(&tree))?;
    let module = tree.path.join("usr/lib/python3.13/os.py");
    fs_err::write(module, "").map_err(|error| error.to_string())?;
    let call = || {
        let mut command = scene::command(PROGRAM);
        command.arg(verb).arg(&tree.path);
        command
    };
    let times = in_turns(scene, ROUNDS, &[&|_| vec![call()]])?;
    Ok(Row::Figure(format!(
        "{:.2} ms, {} million instructions",
        micros(&times[0]).median / 1e3,
        millions(instructions(scene, &call())?)
    )))
}

/// `status` of the Debian that the tests make; without it, of the machine itself.
pub(crate) fn status(scene: &Scene) -> Result<Row, String> {
    const BUDGET: f64 = 30.0;
    let debian = Path::new(REPOSITORY).join("target/real/trixie");
    let (root, what) = if debian.join("usr/lib/python3.13/os.py").exists() {
        (debian, "a Debian with Python and pip")
    } else {
        (PathBuf::from("/"), "this machine")
    };
    against_true(scene, &["status".into(), root], BUDGET, what)
}

/// The time of a call, divided by that of true(1).
fn against_true(
    scene: &Scene,
    arguments: &[PathBuf],
    budget: f64,
    what: &str,
) -> Result<Row, String> {
    const ROUNDS: usize = 500;
    let nothing = find_program("true")?;
    let call = |_: &Tree| {
        let mut command = scene::command(PROGRAM);
        command.args(arguments);
        vec![command]
    };
    let times = in_turns(scene, ROUNDS, &[&call, &|_| vec![scene::command(&nothing)]])?;
    let ratio = ratios(&times[0], &times[1]);
    let milliseconds = |index: usize| micros(&times[index]).median / 1e3;
    let text = format!(
        "{ratio:.2} ×; {:.2} ms and {:.2} ms {what}",
        milliseconds(0),
        milliseconds(1)
    );
    Ok(Row::budget(
        text.trim_end().to_owned(),
        &format!("at most {budget} ×"),
        ratio.median <= budget,
    ))
}
