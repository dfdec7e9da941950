//! Which system calls a run makes, and runs in which one of them fails.

use std::collections::HashMap;
use std::os::unix::process::ExitStatusExt as _;
use std::process::Command;

use super::scene::Scene;
use super::table::{changes, row};
use crate::snapshot::EPOCH;
use crate::support::Place;

/// What happens to a call.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) enum Fault {
    /// It fails with this, once.
    Error(&'static str),
    /// The program is killed before it.
    Kill,
}

impl Fault {
    pub(super) const ALL: [Fault; 9] = [
        Fault::Error("EACCES"),
        Fault::Error("EIO"),
        Fault::Error("EMFILE"),
        Fault::Error("ENOSPC"),
        Fault::Error("EROFS"),
        Fault::Error("EINTR"),
        Fault::Error("EAGAIN"),
        Fault::Error("ENOSYS"),
        Fault::Kill,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Fault::Error(error) => error,
            Fault::Kill => "killed",
        }
    }

    /// Whether the call can meet it.
    pub(super) fn is_for(self, call: &Call) -> bool {
        let opens = call.name.starts_with("open");
        match self {
            Fault::Error("EAGAIN" | "ENOSYS") => call.name == "openat2",
            Fault::Error("EMFILE") => opens,
            // Some file systems tell only when a file is closed that there was no space.
            Fault::Error("ENOSPC") if call.name == "close" => true,
            Fault::Error("ENOSPC" | "EROFS") => call.name == "openat" || changes(&call.name),
            Fault::Error("EACCES") => call.name != "close",
            _ => true,
        }
    }

    /// Whether the program must do its work all the same.
    pub(super) fn is_survived(self) -> bool {
        matches!(self, Fault::Error("EINTR" | "EAGAIN" | "ENOSYS"))
    }
}

/// A system call of a run.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) name: String,
    /// The how manieth of its name it is, from 1.
    pub(super) nth: usize,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) enum End {
    Exit(i32),
    Killed,
}

pub(super) struct Run {
    pub(super) end: End,
    pub(super) stderr: String,
}

/// The calls of a run from `main` on, without those that no file system has a part in.
pub(super) fn calls(scene: &Scene) -> Vec<Call> {
    let place = scene.set_up();
    let log = tempfile::NamedTempFile::new().unwrap();
    let trace = ["-o", log.path().to_str().unwrap(), "-e", "trace=all"].map(str::to_owned);
    let run = start(scene, &place, &trace);
    assert_eq!(run.end, End::Exit(0), "{}", run.stderr);
    let log = fs_err::read_to_string(log.path()).unwrap();
    let lines: Vec<&str> = log.lines().collect();
    // The last thing that std does before main.
    let main = lines
        .iter()
        .rposition(|line| line.contains("rt_sigaction(SIGBUS, {"));
    let main = main.unwrap_or_else(|| panic!("where does main begin?\n{log}"));
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut calls = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        // The number of the process comes first.
        let line = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let Some((name, _)) = line.split_once('(') else {
            continue;
        };
        let nth = seen.entry(name).or_default();
        *nth += 1;
        // Where there is no openat2, it fails already.
        let is_failing = scene.without_openat2 && name == "openat2";
        if index > main && row(name).is_some() && !is_failing {
            calls.push(Call {
                name: name.to_owned(),
                nth: *nth,
            });
        }
    }
    calls
}

/// A run in which one call meets a fault.
pub(super) fn disturbed(scene: &Scene, place: &Place, call: &Call, fault: Fault) -> Run {
    let (name, nth) = (&call.name, call.nth);
    let what = match fault {
        Fault::Error(error) => format!("error={error}"),
        Fault::Kill => "signal=KILL".to_owned(),
    };
    let mut trace = vec![
        "-o/dev/null".to_owned(),
        format!("-etrace={name},openat2"),
        format!("-einject={name}:{what}:when={nth}"),
    ];
    // Stops at these calls only, which is faster, but then strace sends no signals.
    if fault != Fault::Kill {
        trace.push("--seccomp-bpf".to_owned());
    }
    start(scene, place, &trace)
}

/// A run of the same command without faults.
pub(super) fn undisturbed(scene: &Scene, place: &Place) -> Run {
    start(scene, place, &[])
}

/// The caller's umask lets nobody else read anything, which must not matter.
fn start(scene: &Scene, place: &Place, trace: &[String]) -> Run {
    let mut command = Command::new("sh");
    command.args(["-c", r#"umask 077; exec "$@""#, "sh"]);
    if !trace.is_empty() {
        command.args(["strace", "-f"]).args(trace);
        if scene.without_openat2 {
            command.arg("-einject=openat2:error=ENOSYS");
        }
    }
    let output = command
        .arg(env!("CARGO_BIN_EXE_externally-managed"))
        .args(scene.arguments.split_whitespace())
        .current_dir(place.path(""))
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("SOURCE_DATE_EPOCH", EPOCH.to_string())
        .output()
        .unwrap();
    let end = output.status.code().map_or(End::Killed, End::Exit);
    if end == End::Killed {
        assert_eq!(output.status.signal(), Some(9), "{:?}", output.status);
    }
    Run {
        end,
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}
