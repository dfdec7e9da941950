//! What does not depend on how busy the machine is: instructions, memory, bytes, crates.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use crate::scene::{self, PROGRAM, REPOSITORY, Scene, find_program, main_job};
use crate::table::Row;

/// The instructions of the main job. Valgrind has no openat2, so the walk through the tree that
/// replaces it on old kernels is in the count.
pub(crate) fn instructions_row(scene: &Scene) -> Result<Row, String> {
    const BUDGET: u64 = 6_000_000;
    let count = instructions(scene, &main_job(&scene.tree()))?;
    Ok(Row::budget(
        format!("{} million", millions(count)),
        "at most 6 million",
        count <= BUDGET,
    ))
}

/// A count in millions, to three digits behind the point.
pub(crate) fn millions(count: u64) -> String {
    format!("{}.{:03}", count / 1_000_000, count / 1_000 % 1_000)
}

/// How many instructions `command` takes, counted by valgrind.
pub(crate) fn instructions(scene: &Scene, command: &Command) -> Result<u64, String> {
    let valgrind = find_program("valgrind")?;
    let profile = scene.file("callgrind.out");
    let mut counted = scene::command(valgrind);
    counted
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", profile.display()));
    counted.arg(command.get_program()).args(command.get_args());
    let output = counted
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| format!("valgrind: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "valgrind: {}: {}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    let text = fs_err::read_to_string(&profile).map_err(|error| error.to_string())?;
    let total = text
        .lines()
        .find_map(|line| line.strip_prefix("totals: ")?.trim().parse().ok());
    total.ok_or_else(|| "callgrind wrote no total".to_owned())
}

/// The largest resident set of the main job.
pub(crate) fn memory(scene: &Scene) -> Result<Row, String> {
    const ROUNDS: usize = 11;
    const BUDGET: u64 = 6 * 1024;
    // GNU time and not wait4 from here: a child's maximum begins with the pages of whoever
    // started it, and time is the smallest such parent.
    let time = find_program("time").map_err(|reason| format!("{reason} (GNU time)"))?;
    let mut peaks = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let tree = scene.tree();
        let job = main_job(&tree);
        let mut timed = scene::command(&time);
        timed
            .args(["-f", "%M"])
            .arg(job.get_program())
            .args(job.get_args());
        let output = timed.output().map_err(|error| format!("time: {error}"))?;
        let text = String::from_utf8_lossy(&output.stderr);
        let peak: u64 = text
            .trim()
            .parse()
            .map_err(|_| format!("time printed `{}`", text.trim()))?;
        peaks.push(peak);
    }
    peaks.sort_unstable();
    let peak = peaks[ROUNDS / 2];
    Ok(Row::budget(
        mebibytes(peak),
        "at most 6 MiB",
        peak <= BUDGET,
    ))
}

/// The size of the binary as `cargo build --release` makes it.
pub(crate) fn binary_size() -> Result<Row, String> {
    const BUDGET: u64 = 3584;
    let size = fs_err::metadata(PROGRAM)
        .map_err(|error| error.to_string())?
        .len()
        .div_ceil(1024);
    Ok(Row::budget(
        mebibytes(size),
        "at most 3.5 MiB",
        size <= BUDGET,
    ))
}

/// The crates that end in the binary or are run to build it, without our own.
pub(crate) fn crates() -> Result<Row, String> {
    const BUDGET: usize = 45;
    let mut tree = Command::new(env!("CARGO"));
    tree.args([
        "tree",
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--no-dedupe",
        "--locked",
        "--package",
        "externally-managed",
    ]);
    let output = tree
        .current_dir(REPOSITORY)
        .output()
        .map_err(|error| format!("cargo tree: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "cargo tree: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        ));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    // `name v1.2.3 (proc-macro)`: two versions of a crate count twice, two features do not.
    let crates: BTreeSet<Vec<&str>> = text
        .lines()
        .map(|line| line.split(' ').take(2).collect())
        .collect();
    let others = crates
        .iter()
        .filter(|parts| parts[0] != "externally-managed")
        .count();
    Ok(Row::budget(
        others.to_string(),
        "at most 45",
        others <= BUDGET,
    ))
}

fn mebibytes(kibibytes: u64) -> String {
    format!(
        "{}.{:02} MiB",
        kibibytes / 1024,
        kibibytes % 1024 * 100 / 1024
    )
}
