//! Somebody swaps what is inside for a way out, while we run.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rustix::fs::{CWD, RenameFlags};

use super::outside::Outside;
use super::{VERBS, watched};
use crate::support::{Place, strace_works};

const ROUNDS: usize = 6;

/// What is swapped, and for a link to which place outside.
const SWAPS: [(&str, &str); 4] = [
    ("usr", "outside/usr"),
    ("usr/lib", "outside/lib"),
    ("usr/lib/python3.13", "outside"),
    (
        "usr/lib/python3.13/EXTERNALLY-MANAGED",
        "outside/EXTERNALLY-MANAGED",
    ),
];

#[test]
fn swapped_while_we_run() {
    if !strace_works("links that are swapped while we run") {
        return;
    }
    for (path, target) in SWAPS {
        for without_openat2 in [false, true] {
            let place = Place::new();
            let outside = Outside::new(&place);
            place.write("marker", "[externally-managed]\nError=Use apt.\n");
            place.write("tree/usr/lib/python3.13/os.py", "");
            place.write("tree/usr/lib/python3.13/EXTERNALLY-MANAGED", "old");
            std::os::unix::fs::symlink(place.path(target), place.path("way-out")).unwrap();
            outside.seal();
            let (inside, way_out) = (place.path("tree").join(path), place.path("way-out"));
            let stop = AtomicBool::new(false);
            let swaps = AtomicUsize::new(0);
            std::thread::scope(|scope| {
                scope.spawn(|| {
                    while !stop.load(Ordering::Relaxed) {
                        swaps.fetch_add(usize::from(swap(&inside, &way_out)), Ordering::Relaxed);
                    }
                });
                // The thread ends with the scope, whatever becomes of us.
                let _stop = StopAtEnd(&stop);
                for round in 0..ROUNDS {
                    for verb in VERBS {
                        let what = format!(
                            "{path} swapped, openat2: {}, {verb}, {round}",
                            !without_openat2
                        );
                        let said = watched(&place, verb, without_openat2, &what);
                        outside.assert_untouched(&said, &what);
                        outside.seal();
                    }
                }
            });
            assert!(swaps.into_inner() > 100, "nothing was swapped at {path}");
        }
    }
}

struct StopAtEnd<'s>(&'s AtomicBool);

impl Drop for StopAtEnd<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Gives whether both were there.
fn swap(a: &Path, b: &Path) -> bool {
    rustix::fs::renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).is_ok()
}
