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
        if let Ok(Some((source, layer))) = source
            && has_any(&source.text, &identifiers)
            && let Ok(profile) = Profile::load(name, data)
        {
            profiles.push((layer, profile));
        }
    }
    for identifier in &identifiers {
        let fitting = || {
            profiles
                .iter()
                .filter(|(_, profile)| profile.list("os_release").contains(identifier))
        };
        // A data directory lies over what is below it.
        let Some(top) = fitting().map(|(layer, _)| *layer).max() else {
            continue;
        };
        let on_top: Vec<&str> = fitting()
            .filter(|(layer, _)| *layer == top)
            .map(|(_, profile)| profile.id.as_str())
            .collect();
        if let [one] = on_top[..] {
            return Ok(one.to_owned());
        }
        let message = format!(
            "several profiles are for `{identifier}`: {}",
            on_top.join(", ")
        );
        return Err(Diagnostic::usage(message).help("name one of them with --profile"));
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
    fn auto_takes_what_lies_on_top_and_refuses_to_choose() {
        let over = (
            "zzz.yaml",
            "extends: debian\nname: Z\nos_release: [debian]\n",
        );
        assert_eq!(detected("ID=debian\n", &[over]).expect("known"), "zzz");
        let other = (
            "aaa.yaml",
            "extends: debian\nname: A\nos_release: [debian]\n",
        );
        let error = detected("ID=debian\n", &[over, other]).expect_err("two");
        assert_eq!(error.message, "several profiles are for `debian`: aaa, zzz");
        assert_eq!(error.kind.exit_code(), 2);
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
