//! The table of the faults that were injected and survived.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::strace::{Call, End, Fault};

/// The system calls that a file system has a part in, with the names that C libraries give them on
/// different processors. A row of the table each.
const ROWS: [(&str, &[&str]); 17] = [
    ("openat2", &["openat2"]),
    ("openat", &["openat", "open"]),
    ("mkdirat", &["mkdirat", "mkdir"]),
    (
        "stat",
        &[
            "stat",
            "lstat",
            "fstat",
            "newfstatat",
            "fstatat64",
            "statx",
            "fstat64",
            "stat64",
            "lstat64",
        ],
    ),
    ("flock", &["flock"]),
    ("getdents", &["getdents64", "getdents"]),
    ("unlinkat", &["unlinkat", "unlink", "rmdir"]),
    ("read", &["read"]),
    ("readlinkat", &["readlinkat", "readlink"]),
    ("getcwd", &["getcwd"]),
    ("write", &["write"]),
    ("access", &["access", "faccessat", "faccessat2"]),
    ("fchmod", &["fchmod"]),
    ("utimensat", &["utimensat"]),
    ("symlinkat", &["symlinkat"]),
    ("renameat", &["renameat", "renameat2", "rename"]),
    ("close", &["close"]),
];

/// What needs no file system: memory, signals, flags of descriptors, the end.
const OTHERS: [&str; 16] = [
    "brk",
    "mmap",
    "mmap2",
    "munmap",
    "mprotect",
    "mremap",
    "madvise",
    "rt_sigaction",
    "rt_sigprocmask",
    "sigaltstack",
    "fcntl",
    "fcntl64",
    "getrandom",
    "umask",
    "exit_group",
    "lseek",
];

const HEAD: &str = "\
# Faults injected and survived

`make faults` writes this page; `make check` runs the same and compares. strace makes each system
call of `install` (into an empty tree, over old files, with `--shared`, with `--files-list`, with and
without openat2), of `render --output` and of `import` fail once with each of these errors, or kills
the program there. After each run every file is the old one or the new one, whole, with its mode and
its time, and nothing else has changed; the next run leaves the new files and no temporary one.

- done: the work is done all the same, without a word.
- 4: the program says which path failed and why, and exits with 4.
- whole: the program is gone; what it left is whole.

Full and read-only file systems, and two runs at once, have tests of their own.

";

/// The row of a system call, if it has one.
pub(super) fn row(name: &str) -> Option<usize> {
    let row = ROWS.iter().position(|(_, names)| names.contains(&name));
    assert!(
        row.is_some() || OTHERS.contains(&name),
        "`{name}` is a new system call: give it a row, or put it to those that need none"
    );
    row
}

/// Whether a call changes what a file system holds.
pub(super) fn changes(name: &str) -> bool {
    let changing = [
        "mkdirat",
        "unlinkat",
        "write",
        "fchmod",
        "utimensat",
        "symlinkat",
        "renameat",
    ];
    row(name).is_some_and(|row| changing.contains(&ROWS[row].0))
}

/// How the runs ended, by row and fault, and how many there were.
#[derive(Default)]
pub(super) struct Table(BTreeMap<(usize, Fault), (BTreeSet<End>, usize)>);

impl Table {
    pub(super) fn add(&mut self, call: &Call, fault: Fault, end: End) {
        let row = row(&call.name).unwrap();
        let (ends, runs) = self.0.entry((row, fault)).or_default();
        ends.insert(end);
        *runs += 1;
    }

    /// The table must be the committed one, which `make faults` writes. The numbers of runs depend
    /// on the C library; they are printed, with `--nocapture`.
    pub(super) fn compare(&self) {
        for (row, (name, _)) in ROWS.iter().enumerate() {
            let runs = |fault| self.0.get(&(row, fault)).map_or(0, |(_, runs)| *runs);
            let counts: Vec<String> = Fault::ALL
                .into_iter()
                .map(|fault| format!("{} {}", fault.name(), runs(fault)))
                .collect();
            println!("{name}: {}", counts.join(", "));
        }
        let runs: usize = self.0.values().map(|(_, runs)| runs).sum();
        println!("{runs} runs");

        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/doc/faults.md");
        let text = self.markdown();
        if std::env::var_os("UPDATE_FAULTS").is_some() {
            fs_err::write(path, text).unwrap();
            return;
        }
        let committed = fs_err::read_to_string(path).unwrap_or_default();
        assert_eq!(committed, text, "{path} is stale: run `make faults`");
    }

    fn markdown(&self) -> String {
        let mut text = HEAD.to_owned();
        let names = Fault::ALL.map(Fault::name).join(" | ");
        let _ = writeln!(text, "| system call | {names} |");
        let _ = writeln!(text, "|---|{}", "---|".repeat(Fault::ALL.len()));
        for (row, (name, _)) in ROWS.iter().enumerate() {
            let _ = write!(text, "| {name} |");
            for fault in Fault::ALL {
                let ends = self.0.get(&(row, fault)).map(|(ends, _)| ends);
                let cell = ends.map_or("", describe);
                let _ = write!(text, " {cell} |");
            }
            text.push('\n');
        }
        text
    }
}

fn describe(ends: &BTreeSet<End>) -> &'static str {
    let has = |end| ends.contains(&end);
    match (has(End::Exit(0)), has(End::Exit(4))) {
        (true, true) => "done or 4",
        (true, false) => "done",
        (false, true) => "4",
        (false, false) => "whole",
    }
}
