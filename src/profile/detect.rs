//! `--profile auto`.

use std::path::Path;

use super::{Profile, known_profiles, os_release};
use crate::data::Data;
use crate::diagnostic::{Diagnostic, Result};

/// The profile for the machine that os-release describes.
pub(super) fn detect(data: &Data, paths: &[&Path]) -> Result<String> {
    let identifiers = os_release::identifiers(paths)?;
    let names = data.profile_names();
    let mut profiles = Vec::new();
    for name in &names {
        // Only a text that has an identifier in it is worth parsing: `os_release` is not inherited.
        let source = data.profile(name, data.top());
        if source
            .is_ok_and(|found| found.is_some_and(|(source, _)| has_any(&source.text, &identifiers)))
        {
            profiles.extend(Profile::load(name, data));
        }
    }
    for identifier in &identifiers {
        if let Some(profile) = profiles
            .iter()
            .find(|profile| profile.list("os_release").contains(identifier))
        {
            return Ok(profile.id.clone());
        }
    }
    // A mistake in the profile of another distribution concerns this build only now.
    for name in &names {
        Profile::load(name, data)?;
    }
    Err(Diagnostic::usage(format!(
        "no profile is for this distribution (os-release says {})",
        identifiers.join(", ")
    ))
    .help(known_profiles(data)))
}

fn has_any(text: &str, identifiers: &[String]) -> bool {
    identifiers
        .iter()
        .any(|identifier| text.contains(identifier.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detected(os_release: &str, overlay: &[(&str, &str)]) -> Result<String> {
        let directory = tempfile::tempdir().expect("tempdir");
        let path = directory.path().join("os-release");
        fs_err::write(&path, os_release).expect("write");
        let profiles = directory.path().join("distro-profiles");
        fs_err::create_dir(&profiles).expect("mkdir");
        for (name, text) in overlay {
            fs_err::write(profiles.join(name), text).expect("write");
        }
        let data = Data::new(vec![directory.path().to_owned()])?;
        detect(&data, &[&path])
    }

    #[test]
    fn auto_takes_the_identifier_before_what_it_is_like() {
        let derivative = (
            "mint.yaml",
            "extends: debian\nname: Invented\nos_release: [invented]\n",
        );
        let mint = "ID=invented\nID_LIKE=\"ubuntu debian\"\n";
        assert_eq!(detected("ID=debian\n", &[]).expect("known"), "debian");
        assert_eq!(detected(mint, &[]).expect("known"), "ubuntu");
        assert_eq!(detected(mint, &[derivative]).expect("known"), "mint");
        assert_eq!(
            detected("ID=xyz\n", &[])
                .expect_err("unknown")
                .kind
                .exit_code(),
            2
        );
    }

    #[test]
    fn auto_does_not_take_a_derivative_for_its_parent() {
        let derivative = ("a-mint.yaml", "extends: debian\nname: Mint\n");
        assert_eq!(
            detected("ID=debian\n", &[derivative]).expect("known"),
            "debian"
        );
    }

    #[test]
    fn auto_minds_a_broken_profile_only_if_nothing_else_fits() {
        let broken = ("broken.yaml", "nmae: X\n");
        assert_eq!(detected("ID=debian\n", &[broken]).expect("known"), "debian");
        assert_eq!(
            detected("ID=xyz\n", &[broken])
                .expect_err("broken")
                .kind
                .exit_code(),
            3
        );
    }
}
