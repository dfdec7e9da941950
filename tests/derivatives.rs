//! A derivative of each profile, in a directory of its own and a few lines, as CONTRIBUTING.md
//! ("Add a distribution") tells.

use externally_managed::data::Data;
use externally_managed::profile::Profile;

use crate::support::Place;

#[test]
fn every_profile_can_be_derived_from() {
    let data = Data::default();
    let mut derived = 0;
    for base in data.profile_names() {
        let profile = Profile::load(&base, &data).unwrap();
        if profile.do_not_mark().is_some() {
            continue;
        }
        derived += 1;
        let place = Place::new();
        place.write(
            "overlay/distro-profiles/invented.yaml",
            format!("extends: {base}\nname: Invented OS\nos_release: [invented]\n"),
        );
        place
            .run("lint overlay/distro-profiles/invented.yaml --data-dir overlay")
            .silent();
        let version = profile.text("python.default").unwrap_or("3.14");
        let install = format!(
            "install --data-dir overlay --profile invented --python {version} --destdir tree"
        );
        place.run(&install).silent();
        place.run(&format!("{install} --check")).silent();
        let marker = place.run(&format!(
            "render marker --data-dir overlay --profile invented --python {version} --languages none"
        ));
        let text = marker.out();
        assert!(text.contains("Invented OS"), "{base}: {text}");
        // The name of the base is nowhere but in commands and addresses.
        let name = profile.text("name").unwrap();
        let manager = profile.text("package_manager.name").unwrap_or_default();
        let manager = format!("({manager})");
        let sentences = text
            .lines()
            .filter(|line| !line.starts_with([' ']) || !line.contains(['$', '/']));
        for line in sentences {
            let line = line.replace(&manager, "");
            assert!(!line.contains(name), "{base}: {line}");
        }
        let json = place
            .run("profiles invented --data-dir overlay --format json")
            .out();
        assert!(
            json.contains("overlay/distro-profiles/invented.yaml:2"),
            "{json}"
        );
    }
    assert!(derived >= 5, "{derived}");
}
