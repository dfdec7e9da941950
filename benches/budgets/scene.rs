//! Where everything runs: fresh trees on a tmpfs, and a scrubbed environment.

use std::cell::Cell;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The program, as `cargo bench` builds it: with the release profile.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_externally-managed");
/// The repository.
pub(crate) const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");
/// Where the marker goes in the main job.
pub(crate) const MARKER: &str = "usr/lib/python3.13/EXTERNALLY-MANAGED";
/// Where the README goes.
pub(crate) const README: &str = "usr/share/doc/python3.13/README.venv";

/// A directory on a tmpfs for the length of the run.
pub(crate) struct Scene {
    directory: TempDir,
    trees: Cell<usize>,
}

/// An empty DESTDIR, removed when it goes out of scope.
pub(crate) struct Tree {
    pub(crate) path: PathBuf,
}

impl Scene {
    pub(crate) fn new() -> Scene {
        // A disk would add its own noise to the files that both sides write.
        let shm = Path::new("/dev/shm");
        let base = if shm.is_dir() {
            shm.to_owned()
        } else {
            std::env::temp_dir()
        };
        let directory = tempfile::Builder::new()
            .prefix("budgets-")
            .tempdir_in(&base);
        Scene {
            directory: directory.unwrap_or_else(|error| panic!("{}: {error}", base.display())),
            trees: Cell::new(0),
        }
    }

    /// A place for files that stay until the end of the run.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// A fresh tree.
    pub(crate) fn tree(&self) -> Tree {
        self.trees.set(self.trees.get() + 1);
        let path = self.file(&format!("tree-{}", self.trees.get()));
        fs_err::create_dir(&path).expect("the tmpfs is writable");
        Tree { path }
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        // What is left goes with the scene.
        let _ = fs_err::remove_dir_all(&self.path);
    }
}

/// A command that sees nothing of our environment except where programs lie.
pub(crate) fn command(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    command
        .env_clear()
        .env("PATH", search_path())
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    command
}

fn search_path() -> OsString {
    std::env::var_os("PATH").unwrap_or_else(|| "/usr/bin:/bin".into())
}

/// Where a program lies, so that no search is part of what is timed.
pub(crate) fn find_program(name: &str) -> Result<PathBuf, String> {
    let paths = search_path();
    let found = std::env::split_paths(&paths)
        .map(|directory| directory.join(name))
        .find(|path| path.is_file());
    found.ok_or_else(|| format!("there is no {name}"))
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!(
            "{} failed ({status})",
            command.get_program().display()
        )),
        Err(error) => Err(format!("{}: {error}", command.get_program().display())),
    }
}

/// `install` for these interpreters, with these further options.
pub(crate) fn install(tree: &Tree, interpreters: &[String], options: &[&str]) -> Command {
    let mut command = command(PROGRAM);
    command
        .args(["install", "--profile", "debian", "--destdir"])
        .arg(&tree.path);
    for interpreter in interpreters {
        command.args(["--python", interpreter]);
    }
    command.args(options);
    command
}

/// The main job: marker and README for one interpreter, in all languages.
pub(crate) fn main_job(tree: &Tree) -> Command {
    install(tree, &["3.13".to_owned()], &[])
}
