//! The main job against what it replaces.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::scene::{self, MARKER, README, REPOSITORY, Scene, Tree, find_program, main_job, run};
use crate::table::Row;
use crate::timing::{Contender, Spread, in_turns, micros, ratios};

/// Against the two calls of coreutils that would install the same files, had they been rendered.
pub(crate) fn against_install(scene: &Scene) -> Result<Row, String> {
    const ROUNDS: usize = 500;
    const BUDGET: f64 = 1.0;
    let install = find_program("install")?;
    let rendered = scene.tree();
    run(&mut main_job(&rendered))?;
    let copy = |tree: &Tree, file: &str| {
        let mut command = scene::command(&install);
        command
            .arg("-Dm644")
            .arg(rendered.path.join(file))
            .arg(tree.path.join(file));
        command
    };
    let (ratio, text) = compare(scene, ROUNDS, &|tree| {
        vec![copy(tree, MARKER), copy(tree, README)]
    })?;
    Ok(Row::budget(
        format!("{ratio:.2} ×; {text}"),
        "at most 1.0 ×",
        ratio.median <= BUDGET,
    ))
}

/// Against a Python script that does the same with Jinja2 and configparser.
pub(crate) fn against_python(scene: &Scene) -> Result<Row, String> {
    const ROUNDS: usize = 21;
    const BUDGET: f64 = 40.0;
    let python = environment_with_jinja()?;
    let script = |tree: &Tree| {
        let mut command = scene::command(&python);
        // Isolated: nothing of the user's own setup makes it slower.
        command
            .arg("-I")
            .arg(Path::new(REPOSITORY).join("benches/rival.py"))
            .arg(REPOSITORY)
            .arg(&tree.path);
        command
    };
    does_the_same(scene, &script)?;
    let (ratio, text) = compare(scene, ROUNDS, &|tree| vec![script(tree)])?;
    let faster = ratio.inverse();
    Ok(Row::budget(
        format!("{faster:.0} × faster; {text}"),
        "at least 40 × faster",
        faster.median >= BUDGET,
    ))
}

/// Against sed and install, which give one language and no README.
pub(crate) fn against_recipe(scene: &Scene) -> Result<Row, String> {
    const ROUNDS: usize = 200;
    let shell = find_program("sh")?;
    find_program("sed")?;
    let build = scene.tree();
    let benches = Path::new(REPOSITORY).join("benches");
    let recipe = |tree: &Tree| {
        let mut command = scene::command(&shell);
        command
            .arg(benches.join("recipe.sh"))
            .arg(benches.join("recipe.in"))
            .arg("3.13")
            .arg(&build.path)
            .arg(&tree.path);
        vec![command]
    };
    let (ratio, text) = compare(scene, ROUNDS, &recipe)?;
    Ok(Row::Figure(format!("{ratio:.2} ×; {text}")))
}

/// The main job's time divided by the rival's, and both times in words.
fn compare(scene: &Scene, rounds: usize, rival: Contender<'_>) -> Result<(Spread, String), String> {
    let times = in_turns(scene, rounds, &[&|tree| vec![main_job(tree)], rival])?;
    let milliseconds = |index: usize| micros(&times[index]).median / 1e3;
    Ok((
        ratios(&times[0], &times[1]),
        format!("{:.2} ms and {:.2} ms", milliseconds(0), milliseconds(1)),
    ))
}

/// A Python with Jinja2, made once below the target directory.
fn environment_with_jinja() -> Result<PathBuf, String> {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rival");
    let python = directory.join("bin/python");
    let has_jinja = || {
        run(scene::command(&python)
            .args(["-I", "-c", "import jinja2"])
            .stderr(std::process::Stdio::null()))
    };
    if python.exists() && has_jinja().is_ok() {
        return Ok(python);
    }
    let system = find_program("python3")?;
    let logged = |command: &mut Command| {
        let log =
            File::create(directory.with_extension("log")).map_err(|error| error.to_string())?;
        // With the whole environment: a proxy or an index of the user's own may be needed.
        run(command
            .stdout(log.try_clone().map_err(|error| error.to_string())?)
            .stderr(log))
    };
    let log = directory.with_extension("log");
    let explain = |what: &str| format!("{what}; see {}", log.display());
    logged(
        Command::new(system)
            .args(["-m", "venv", "--clear"])
            .arg(&directory),
    )
    .map_err(|_| explain("python3 -m venv failed"))?;
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "jinja2",
    ];
    logged(Command::new(&python).args(pip))
        .map_err(|_| explain("Jinja2 could not be installed"))?;
    Ok(python)
}

/// A rival that does less would be no rival: the README must be the same, and so must the
/// marker's keys (`textwrap` breaks Chinese and Japanese elsewhere).
fn does_the_same(scene: &Scene, script: &dyn Fn(&Tree) -> Command) -> Result<(), String> {
    let (ours, theirs) = (scene.tree(), scene.tree());
    run(&mut main_job(&ours))?;
    run(&mut script(&theirs))?;
    let read = |tree: &Tree, file: &str| {
        fs_err::read_to_string(tree.path.join(file)).map_err(|error| error.to_string())
    };
    if read(&ours, README)? != read(&theirs, README)? {
        return Err(
            "benches/rival.py writes another README; bring its facts up to date".to_owned(),
        );
    }
    let keys = |marker: &str| -> Vec<String> {
        marker
            .lines()
            .filter(|line| line.starts_with("Error"))
            .filter_map(|line| line.split('=').next().map(str::to_owned))
            .collect()
    };
    if keys(&read(&ours, MARKER)?) != keys(&read(&theirs, MARKER)?) {
        return Err("benches/rival.py writes other keys".to_owned());
    }
    Ok(())
}
