//! The runs that are disturbed.

use std::os::unix::fs::{PermissionsExt as _, symlink};

use crate::support::Place;

/// A command, and what it meets.
pub(super) struct Scene {
    pub(super) name: &'static str,
    pub(super) arguments: &'static str,
    /// Whether the kernel has no openat2.
    pub(super) without_openat2: bool,
    /// What messages can be about: one of these is in each.
    pub(super) names: &'static [&'static str],
    prepare: fn(&Place),
}

const INSTALL: &str = "install --profile debian --python 3.13 --python 3.14 --destdir tree \
                       --languages none --files-list list";
const APPEND: &str = "install --profile debian --python 3.13 --python 3.14 --destdir tree \
                      --languages none --files-list list --files-append";
const SHARED: &str = "install --profile arch --python 3.14 --python 3.13 --destdir tree \
                      --languages none --shared /usr/lib/python";
const RENDER: &str = "render marker --profile debian --python 3.13 --languages none --output out";
const IMPORT: &str = "import marker --name mine --output adopted";

pub(super) const SCENES: [Scene; 7] = [
    Scene {
        name: "install into an empty tree",
        arguments: INSTALL,
        without_openat2: false,
        names: &["tree", "list", "--> ."],
        prepare: |_| {},
    },
    Scene {
        name: "install over old files",
        arguments: APPEND,
        without_openat2: false,
        names: &["tree", "list", "--> ."],
        prepare: old_files,
    },
    Scene {
        name: "install a shared marker over old ones",
        arguments: SHARED,
        without_openat2: false,
        names: &["tree"],
        prepare: old_links,
    },
    Scene {
        name: "install a shared marker over old ones without openat2",
        arguments: SHARED,
        without_openat2: true,
        names: &["tree"],
        prepare: old_links,
    },
    Scene {
        name: "render a new file",
        arguments: RENDER,
        without_openat2: false,
        names: &["out", "--> ."],
        prepare: |_| {},
    },
    Scene {
        name: "render over an old file that a link leads to",
        arguments: RENDER,
        without_openat2: false,
        names: &["out", "committed"],
        prepare: old_rendering,
    },
    Scene {
        name: "import over the same profile",
        arguments: IMPORT,
        without_openat2: false,
        names: &["adopted", "marker"],
        prepare: |place| {
            place.write("marker", MARKER);
            place.write("adopted/distro-profiles/mine.marker", MARKER);
        },
    },
];

const MARKER: &str = "[externally-managed]\nError=Use apt install python3-xyz.\n";

impl Scene {
    /// The place before the run.
    pub(super) fn set_up(&self) -> Place {
        let place = Place::new();
        (self.prepare)(&place);
        place
    }
}

/// An old file with a mode of its own, so that a changed one is noticed.
fn old(place: &Place, path: &str) {
    place.write(path, "old\n");
    let mode = std::fs::Permissions::from_mode(0o640);
    fs_err::set_permissions(place.path(path), mode).unwrap();
}

fn old_files(place: &Place) {
    for python in ["python3.13", "python3.14"] {
        old(place, &format!("tree/usr/lib/{python}/EXTERNALLY-MANAGED"));
        old(place, &format!("tree/usr/share/doc/{python}/README.venv"));
    }
    old(place, "tree/usr/lib/python3.13/os.py");
    // What a run that was killed has left.
    old(
        place,
        "tree/usr/lib/python3.13/.EXTERNALLY-MANAGED.externally-managed-new",
    );
    place.write(
        "list",
        "/usr/lib/python3.13/os.py\n/usr/lib/python3.13/gone.py\n",
    );
}

/// Old markers, one in a directory that a link leads to.
fn old_links(place: &Place) {
    old(place, "tree/usr/lib64/python3.13/EXTERNALLY-MANAGED");
    old(place, "tree/usr/lib64/python3.14/EXTERNALLY-MANAGED");
    symlink("/usr/lib64", place.path("tree/usr/lib")).unwrap();
    old(place, "tree/opt/python/EXTERNALLY-MANAGED");
    symlink("../../opt/python", place.path("tree/usr/lib64/python")).unwrap();
}

fn old_rendering(place: &Place) {
    old(place, "committed/EXTERNALLY-MANAGED");
    symlink("committed/EXTERNALLY-MANAGED", place.path("out")).unwrap();
}
