//! Who runs the program, when and where.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use super::{place, results};
use crate::snapshot::Snapshot;

const PROGRAM: &str = env!("CARGO_BIN_EXE_externally-managed");

/// The user and the group nobody.
const NOBODY: u32 = 65534;

/// Variables that programs look at: ours, its crates, its C library, build tools.
/// Not `GLIBC_TUNABLES` and what sets one of them, about which newer loaders have a word to say.
const VARIABLES: [&str; 46] = [
    "CARGO",
    "CI",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLORTERM",
    "COLUMNS",
    "DEB_BUILD_OPTIONS",
    "DEB_HOST_MULTIARCH",
    "DEB_VENDOR",
    "DESTDIR",
    "EXTERNALLY_MANAGED",
    "FORCE_COLOR",
    "GCONV_PATH",
    "HOME",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "LC_COLLATE",
    "LC_CTYPE",
    "LC_MESSAGES",
    "LD_BIND_NOW",
    "LD_LIBRARY_PATH",
    "LINES",
    "LOCPATH",
    "LOGNAME",
    "NLSPATH",
    "NO_COLOR",
    "OLDPWD",
    "PATH",
    "PWD",
    "PYTHONHOME",
    "PYTHONPATH",
    "RPM_BUILD_ROOT",
    "RUST_BACKTRACE",
    "RUST_LIB_BACKTRACE",
    "RUST_LOG",
    "RUST_MIN_STACK",
    "SHELL",
    "TERM",
    "TMPDIR",
    "TZ",
    "TZDIR",
    "USER",
    "VIRTUAL_ENV",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
];

type Results = (Snapshot, Vec<String>);

/// What everything else is compared with.
static USUAL: LazyLock<Results> = LazyLock::new(|| results(&place(), OsStr::new(PROGRAM), &|_| {}));

#[track_caller]
fn assert_same(found: &Results, what: &str) {
    assert_eq!(found.1, USUAL.1, "{what}");
    if let Err(difference) = found.0.differs_from(&USUAL.0) {
        panic!("{what}: {difference}");
    }
}

/// The program, started by another.
fn started_by(starter: &[&str]) -> Results {
    let program = OsStr::new(starter[0]);
    results(&place(), program, &|command| {
        let arguments: Vec<OsString> = command.get_args().map(OsStr::to_owned).collect();
        let mut other = Command::new(program);
        other
            .args(&starter[1..])
            .arg(PROGRAM)
            .args(arguments)
            .current_dir(command.get_current_dir().unwrap())
            .env_clear()
            .envs(
                command
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .env("PATH", std::env::var_os("PATH").unwrap_or_default());
        *command = other;
    })
}

#[test]
fn umask() {
    for umask in ["000", "022", "077", "277"] {
        let shell = format!("umask {umask}; exec \"$@\"");
        assert_same(&started_by(&["sh", "-c", &shell, "sh"]), umask);
    }
}

#[test]
fn rubbish_in_all_variables() {
    let rubbish: [Vec<u8>; 6] = [
        b"".into(),
        b"1".into(),
        b"-1 % {{ $(rubbish)\x1b[31m".into(),
        b"/nowhere:../tree".into(),
        b"\xff\xfe not UTF-8".into(),
        vec![b'9'; 20_000],
    ];
    for value in rubbish.map(OsString::from_vec) {
        let found = results(&place(), OsStr::new(PROGRAM), &|command| {
            command.envs(VARIABLES.map(|name| (name, &value)));
        });
        assert_same(&found, &value.to_string_lossy());
    }
}

#[test]
fn locale_and_time_zone() {
    for (locale, zone) in [
        ("C", "UTC"),
        ("POSIX", "America/St_Johns"),
        ("C.UTF-8", "Asia/Kathmandu"),
        ("tr_TR.UTF-8", "Europe/Istanbul"),
        ("ja_JP.EUC-JP", "Pacific/Kiritimati"),
        ("ar", "nowhere"),
        ("xx_YY.nothing@all", ":/etc/passwd"),
    ] {
        let found = results(&place(), OsStr::new(PROGRAM), &|command| {
            let names = ["LC_ALL", "LANG", "LANGUAGE"].map(|name| (name, locale));
            command.envs(names).env("TZ", zone);
        });
        assert_same(&found, &format!("{locale}, {zone}"));
    }
}

#[test]
fn another_user() {
    if !rustix::process::geteuid().is_root() {
        println!("not tested, since only root can become nobody: another user");
        return;
    }
    // Where nobody may read it. Copied by another process: one that this one starts meanwhile would
    // have the copy open for writing, and then it cannot be run.
    let program = tempfile::tempdir().unwrap();
    let readable = std::fs::Permissions::from_mode(0o755);
    fs_err::set_permissions(program.path(), readable).unwrap();
    let program = program.path().join("externally-managed");
    let copied = Command::new("cp").arg(PROGRAM).arg(&program).status();
    assert!(copied.unwrap().success());
    let place = place();
    for path in ["", "tree", "shared"] {
        chown(place.path(path), Some(NOBODY), Some(NOBODY)).unwrap();
    }
    let found = results(&place, program.as_os_str(), &|command| {
        command.uid(NOBODY).gid(NOBODY);
    });
    assert_same(&found, "nobody");
    let made = fs_err::metadata(place.path("tree/usr")).unwrap();
    assert_eq!(std::os::unix::fs::MetadataExt::uid(&made), NOBODY);
}

#[test]
fn another_time() {
    let time = "2038-01-20 12:00:00";
    let year = Command::new("faketime")
        .args([time, "date", "+%Y"])
        .stderr(Stdio::null())
        .output();
    if !year.is_ok_and(|output| output.stdout == b"2038\n") {
        assert!(
            std::env::var_os("CI").is_none(),
            "faketime does not work here; dev/tools installs it"
        );
        println!("not tested, since faketime is missing: another time");
        return;
    }
    assert_same(&started_by(&["faketime", time]), time);
}

/// A time that was meant but not understood must not be ignored.
#[test]
fn source_date_epoch() {
    let place = place();
    let install = "install --profile arch --python 3.14 --destdir tree";
    let arguments: Vec<&str> = install.split(' ').collect();
    for value in [
        "rubbish",
        "-1",
        "+1",
        " 1",
        "1.5",
        "0x10",
        "1e9",
        "99999999999999999999",
    ] {
        place.run_with(&arguments, &[("SOURCE_DATE_EPOCH", value)]).fails(
            2,
            &format!(
                "error: SOURCE_DATE_EPOCH is `{value}`, which is not a whole number of seconds since 1970\n"
            ),
        );
        assert_eq!(place.listing("tree"), "");
    }
}
