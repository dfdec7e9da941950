//! The recipes of our own packages. The tests of tests/real build them.

use std::path::Path;

#[test]
fn recipes_have_the_version_of_the_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let version = env!("CARGO_PKG_VERSION");
    for (recipe, line) in [
        (
            "debian/changelog",
            format!("externally-managed ({version}-"),
        ),
        (
            "rpm/externally-managed.spec",
            format!("Version:        {version}\n"),
        ),
        ("alpine/APKBUILD", format!("pkgver={version}\n")),
        ("arch/PKGBUILD", format!("pkgver={version}\n")),
    ] {
        let text = match fs_err::read_to_string(root.join(recipe)) {
            Ok(text) => text,
            // The source archive has no debian/.
            Err(_) if recipe.starts_with("debian/") && !root.join(".git").exists() => continue,
            Err(error) => panic!("{error}"),
        };
        assert!(
            text.starts_with(&line) || text.contains(&format!("\n{line}")),
            "{recipe} does not say {line}"
        );
    }
}
