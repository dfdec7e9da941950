//! The maintainer scripts of a Debian package that turns the check off while it is installed: it
//! diverts the markers of other packages (dpkg-divert(1); Debian Policy 4.7, section 3.9 and
//! appendix G), which works before they are unpacked, and survives their upgrades.

use crate::diagnostic::{Diagnostic, Result};

const PREINST: &str = include_str!("../templates/opt-out/preinst.sh");
const POSTINST: &str = include_str!("../templates/opt-out/postinst.sh");
const POSTRM: &str = include_str!("../templates/opt-out/postrm.sh");

/// A maintainer script.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Script {
    /// `preinst`, which adds the diversions.
    Preinst,
    /// `postinst`, which adds those that were in the way of another package's.
    Postinst,
    /// `postrm`, which removes them.
    Postrm,
}

/// The lines for a maintainer script of `package`, which diverts `markers`: absolute paths, as
/// profiles and the command line may give them, so without quotes.
///
/// # Errors
///
/// What is not the name of a Debian package is a mistake in usage.
pub fn script(script: Script, package: &str, markers: &[String]) -> Result<String> {
    if !is_package_name(package) {
        return Err(Diagnostic::usage(format!(
            "--package: `{package}` is not the name of a Debian package"
        ))
        .help(
            "it has two or more of a-z, 0-9, `+`, `-` and `.`, and begins with a letter or digit",
        ));
    }
    let text = match script {
        Script::Preinst => PREINST,
        Script::Postinst => POSTINST,
        Script::Postrm => POSTRM,
    };
    // The first line tells shellcheck which shell this is for.
    let (_, text) = text.split_once('\n').unwrap_or_default();
    let markers: Vec<String> = markers.iter().map(|path| format!("'{path}'")).collect();
    Ok(text
        .replace("@MARKERS@", &markers.join(" "))
        .replace("@PACKAGE@", package))
}

/// Debian Policy 4.7, section 5.6.1.
fn is_package_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let first = name.bytes().next().is_some_and(fits);
    first
        && name.len() > 1
        && name
            .bytes()
            .all(|byte| fits(byte) || b"+-.".contains(&byte))
}
