//! What every test uses: a directory of its own, and a run of the program in it.

use std::fmt::Write as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A directory that goes away with the test.
pub(crate) struct Place {
    directory: tempfile::TempDir,
}

impl Place {
    /// An empty directory with an empty tree, `tree`, in it.
    pub(crate) fn new() -> Place {
        Place::below(&std::env::temp_dir())
    }

    /// The same on the file system of another directory.
    pub(crate) fn below(directory: &Path) -> Place {
        let place = Place {
            directory: tempfile::tempdir_in(directory).unwrap(),
        };
        fs_err::create_dir(place.path("tree")).unwrap();
        place
    }

    /// A path in the directory.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Writes a file, with the directories above it.
    pub(crate) fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> &Place {
        let path = self.path(name);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, contents).unwrap();
        self
    }

    /// What a file holds.
    pub(crate) fn read(&self, name: &str) -> String {
        fs_err::read_to_string(self.path(name)).unwrap()
    }

    /// Runs the program here. Words are parted by spaces.
    pub(crate) fn run(&self, arguments: &str) -> Run {
        self.run_with(&arguments.split(' ').collect::<Vec<_>>(), &[])
    }

    /// Runs the program here, with variables in its environment, which is empty otherwise.
    pub(crate) fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_externally-managed"))
            .args(arguments)
            .current_dir(self.directory.path())
            .env_clear()
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        Run {
            output,
            arguments: arguments.join(" "),
        }
    }

    /// Runs the program here with little memory and time, as a build machine might. It is the
    /// debug build that runs, so whatever takes these ten seconds has no end to wait for.
    pub(crate) fn run_limited(&self, arguments: &str) -> Run {
        let limits = "ulimit -v 524288; ulimit -t 10; exec \"$0\" \"$@\"";
        let output = Command::new("sh")
            .args(["-c", limits, env!("CARGO_BIN_EXE_externally-managed")])
            .args(arguments.split(' '))
            .current_dir(self.directory.path())
            .env_clear()
            .output()
            .unwrap();
        Run {
            output,
            arguments: arguments.to_owned(),
        }
    }

    /// A listing of everything below `name`: kind, mode, size and path, sorted.
    pub(crate) fn listing(&self, name: &str) -> String {
        let mut lines = Vec::new();
        list(&self.path(name), Path::new(""), &mut lines);
        lines.sort();
        lines.concat()
    }
}

fn list(directory: &Path, below: &Path, lines: &mut Vec<String>) {
    for entry in fs_err::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = below.join(path.file_name().unwrap());
        let metadata = fs_err::symlink_metadata(&path).unwrap();
        let mode = metadata.permissions().mode() & 0o7777;
        let mut line = String::new();
        if metadata.is_dir() {
            writeln!(line, "{}/ {mode:04o}", name.display()).unwrap();
            list(&path, &name, lines);
        } else if metadata.is_symlink() {
            writeln!(
                line,
                "{} -> {}",
                name.display(),
                fs_err::read_link(&path).unwrap().display()
            )
            .unwrap();
        } else {
            writeln!(
                line,
                "{} {mode:04o} {} links",
                name.display(),
                metadata.nlink()
            )
            .unwrap();
        }
        lines.push(line);
    }
}

/// A run that has ended.
pub(crate) struct Run {
    output: Output,
    arguments: String,
}

impl Run {
    /// The exit code must be `code`.
    #[track_caller]
    pub(crate) fn code(&self, code: i32) -> &Run {
        let stderr = String::from_utf8_lossy(&self.output.stderr);
        assert_eq!(
            self.output.status.code(),
            Some(code),
            "exit code of `{}`; it said:\n{stderr}",
            self.arguments
        );
        self
    }

    /// Standard output must be exactly this.
    #[track_caller]
    pub(crate) fn stdout(&self, expected: &str) -> &Run {
        assert_eq!(
            self.out(),
            expected,
            "standard output of `{}`",
            self.arguments
        );
        self
    }

    /// Standard error must be exactly this.
    #[track_caller]
    pub(crate) fn stderr(&self, expected: &str) -> &Run {
        assert_eq!(
            String::from_utf8_lossy(&self.output.stderr),
            expected,
            "standard error of `{}`",
            self.arguments
        );
        self
    }

    /// It must have done its work without a word.
    #[track_caller]
    pub(crate) fn silent(&self) -> &Run {
        self.stderr("").stdout("").code(0)
    }

    /// It must have failed with `code`, with this report and nothing on standard output.
    #[track_caller]
    pub(crate) fn fails(&self, code: i32, report: &str) -> &Run {
        self.stderr(report).stdout("").code(code)
    }

    /// Whether it was this verb.
    pub(crate) fn is_of(&self, verb: &str) -> bool {
        self.arguments.split(' ').next() == Some(verb)
    }

    /// Standard error as text.
    pub(crate) fn error(&self) -> String {
        String::from_utf8(self.output.stderr.clone()).unwrap()
    }

    /// Standard output as text.
    pub(crate) fn out(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).unwrap()
    }
}

/// Whether strace is here and may trace, which CI must let it. `what` is what is not tested
/// otherwise.
pub(crate) fn strace_works(what: &str) -> bool {
    let works = Command::new("strace")
        .args([
            "-f",
            "--seccomp-bpf",
            "-o",
            "/dev/null",
            "-e",
            "trace=close",
        ])
        .arg("true")
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !works {
        assert!(
            std::env::var_os("CI").is_none(),
            "strace cannot trace here; dev/tools installs it"
        );
        println!("not tested, since strace is missing or may not trace: {what}");
    }
    works
}
