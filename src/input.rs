//! Reading the files that the command line names: profiles, templates, catalogues, committed
//! renderings. Never more than we could use, and never something that has no end.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;
use std::rc::Rc;

use rustix::fs::OFlags;

use crate::diagnostic::{Diagnostic, Result, Source, reason};
use crate::marker::reader::Found;

/// Nothing that we read comes near this.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// What stands at `path`, as an installer would find it there. Never waits for the other end of a
/// pipe.
///
/// # Errors
///
/// Fails if nothing is there, and for a file that everybody but us can read or that is too large.
pub fn look(path: &Path) -> Result<Found> {
    let failed = |error: &std::io::Error| {
        Diagnostic::io(format!("this cannot be looked at: {}", reason(error)))
            .in_file(path.display().to_string())
    };
    let link = retry(|| std::fs::symlink_metadata(path)).map_err(|error| failed(&error))?;
    let metadata = match retry(|| std::fs::metadata(path)) {
        Ok(metadata) => metadata,
        Err(error) if link.is_symlink() && leads_nowhere(&error) => return Ok(Found::Dangling),
        Err(error) => return Err(failed(&error)),
    };
    if metadata.is_dir() {
        return Ok(Found::Directory);
    }
    if !metadata.is_file() {
        return Ok(Found::Special);
    }
    let mode = metadata.permissions().mode() & 0o7777;
    match read(path) {
        Ok(bytes) => Ok(Found::File { bytes, mode }),
        // What nobody else can read either need not be read here.
        Err(_) if mode & 0o004 == 0 => Ok(Found::File {
            bytes: Vec::new(),
            mode,
        }),
        Err(error) => Err(error),
    }
}

fn leads_nowhere(error: &std::io::Error) -> bool {
    error.kind() == ErrorKind::NotFound
        || error.kind() == ErrorKind::NotADirectory
        || error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

/// What a regular file holds; nothing if it is not there.
///
/// # Errors
///
/// Fails for what cannot be read, is no regular file, or is too large.
pub fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>> {
    let name = path.display().to_string();
    // Opening a device can already do something.
    match retry(|| std::fs::metadata(path)) {
        Ok(metadata) if !metadata.is_file() => return Err(no_regular_file(&name)),
        // Opening tells what is wrong.
        _ => {}
    }
    // Not blocking, should it be replaced by a FIFO now.
    let flags = i32::try_from((OFlags::NONBLOCK | OFlags::NOCTTY).bits()).unwrap_or_default();
    let mut options = fs_err::OpenOptions::new();
    options.read(true).options_mut().custom_flags(flags);
    let file = match options.open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Diagnostic::io(error.to_string())),
    };
    contents(file.into_parts().0, &name).map(Some)
}

/// What an open file holds, which is called `name`.
///
/// # Errors
///
/// Fails for what cannot be read, is no regular file, or is too large.
pub(crate) fn contents(file: File, name: &str) -> Result<Vec<u8>> {
    let named = |message: String| Diagnostic::io(message).in_file(name);
    let failed = |error| named(format!("the file cannot be read: {}", reason(&error)));
    let metadata = retry(|| file.metadata()).map_err(failed)?;
    if !metadata.is_file() {
        return Err(no_regular_file(name));
    }
    let mut bytes = Vec::new();
    file.take(MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() > MAX_BYTES {
        return Err(named("the file is larger than 4 MiB".to_owned()));
    }
    Ok(bytes)
}

fn no_regular_file(name: &str) -> Box<Diagnostic> {
    Diagnostic::io("this is not a regular file").in_file(name)
}

/// What a regular file holds.
///
/// # Errors
///
/// As [`read_if_there`], and if it is not there.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    read_if_there(path)?
        .ok_or_else(|| Diagnostic::io("there is no such file").in_file(path.display().to_string()))
}

/// Reads a text.
///
/// # Errors
///
/// As [`read`], and for text that is not UTF-8 or begins with a byte order mark.
pub fn read_source(path: &Path) -> Result<Rc<Source>> {
    let name = path.display().to_string();
    let source = match String::from_utf8(read(path)?) {
        Ok(text) => Source::new(name, text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let source = Source::new(name, String::from_utf8_lossy(error.as_bytes()));
            return Err(Diagnostic::invalid("the file is not UTF-8").at(&source, at..at + 1));
        }
    };
    if source.text.starts_with('\u{feff}') {
        return Err(
            Diagnostic::invalid("the file begins with a byte order mark")
                .at(&source, 0..3)
                .help("save it as UTF-8 without one"),
        );
    }
    Ok(source)
}

/// Repeats a call that a signal interrupted.
pub(crate) fn retry<T>(mut call: impl FnMut() -> std::io::Result<T>) -> std::io::Result<T> {
    loop {
        match call() {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}
