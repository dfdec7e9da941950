//! `--profile auto`.

use std::path::Path;

use super::{Profile, known_profiles, os_release};
use crate::data::Data;
use crate::diagnostic::{Diagnostic, Result};

/// The profile for the machine that os-release describes.
pub(super) fn detect(data: &Data, paths: &[&Path]) -> Result<String> {
    let identifiers = os_release::identifiers(paths)?;
    // A mistake in the profile of another distribution does not concern this build.
    let (profiles, mistakes): (Vec<_>, Vec<_>) = data
        .profile_names()
        .iter()
        .map(|name| Profile::load(name, data))
        .partition(std::result::Result::is_ok);
    let profiles: Vec<Profile> = profiles.into_iter().flatten().collect();
    for identifier in &identifiers {
        if let Some(profile) = profiles
            .iter()
            .find(|profile| profile.list("os_release").contains(identifier))
        {
            return Ok(profile.id.clone());
        }
    }
    if let Some(Err(mistake)) = mistakes.into_iter().next() {
        return Err(mistake);
    }
    Err(Diagnostic::usage(format!(
        "no profile is for this distribution (os-release says {})",
        identifiers.join(", ")
    ))
    .help(known_profiles(data)))
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
