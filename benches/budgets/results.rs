//! benches/RESULTS.md: the tables, with when and on what kind of machine. No host names.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::scene::REPOSITORY;
use crate::table::Table;

/// Writes the tables below what they were measured on.
pub(crate) fn write(tables: &[Table]) {
    let mut text = String::from(
        "# Results of `make bench`\n\nWritten by `make bench-results`; see [budgets.rs](budgets.rs) for how.\n\n",
    );
    for (what, value) in [
        ("date", date()),
        ("processor", processor()),
        ("kernel", kernel()),
        ("compiler", compiler()),
    ] {
        writeln!(text, "- {what}: {value}").expect("String");
    }
    for table in tables {
        write!(text, "\n{table}").expect("String");
    }
    let path = Path::new(REPOSITORY).join("benches/RESULTS.md");
    fs_err::write(path, text).expect("the repository is writable");
}

/// Of `SOURCE_DATE_EPOCH`, or today.
fn date() -> String {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) if !seconds.is_empty() => {
            output("date", &["-u", "-d", &format!("@{seconds}"), "+%F"])
        }
        _ => output("date", &["-u", "+%F"]),
    }
}

fn processor() -> String {
    let text = fs_err::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    let count = text
        .lines()
        .filter(|line| line.starts_with("processor"))
        .count();
    // Other architectures than x86 give no name.
    let name = model.map_or(std::env::consts::ARCH, |(_, name)| name.trim());
    format!("{name}, {count} threads")
}

fn kernel() -> String {
    let release = fs_err::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let version = release.trim().split('-').next().unwrap_or_default();
    format!("{} {version}", std::env::consts::OS)
}

/// The compiler that cargo uses, which need not be the first one in the search path.
fn compiler() -> String {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    output(&rustc, &["--version"])
}

/// What a program prints, on one line.
fn output(program: &str, arguments: &[&str]) -> String {
    match Command::new(program).args(arguments).output() {
        Ok(output) if output.status.success() => {
            String::from_utf8_lossy(&output.stdout).trim().to_owned()
        }
        _ => "unknown".to_owned(),
    }
}
