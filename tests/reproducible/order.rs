//! File systems list directories in any order.

use std::fmt::Write as _;
use std::path::Path;

use crate::snapshot::Snapshot;
use crate::support::Place;

const COMMANDS: [&str; 8] = [
    "install --data-dir o --profile lab-3 --python 3.13 --destdir tree --languages all",
    "profiles --data-dir o",
    "languages --data-dir o",
    "profiles --data-dir o lab-5",
    "status --data-dir o tree",
    "lint -v tree",
    "lint -v o",
    "explain tree",
];

#[test]
fn of_directories() {
    // There, the newest file comes first; on others the names decide.
    let memory = Path::new("/dev/shm");
    let directory = if memory.is_dir() {
        memory.to_owned()
    } else {
        std::env::temp_dir()
    };
    let mut names: Vec<usize> = (0..12).collect();
    let forward = results(&directory, &names);
    names.reverse();
    let backward = results(&directory, &names);
    if forward.order == backward.order {
        assert!(
            std::env::var_os("CI").is_none(),
            "{} has an order of its own",
            directory.display()
        );
        println!("not tested: the order of directories, which is always the same here");
    }
    assert_eq!(forward.said, backward.said);
    forward.files.differs_from(&backward.files).unwrap();
}

struct Results {
    /// The names in a directory as the file system lists them.
    order: Vec<String>,
    said: String,
    files: Snapshot,
}

/// What the commands say and leave, with data and Pythons made in this order.
fn results(directory: &Path, numbers: &[usize]) -> Results {
    let place = Place::below(directory);
    for number in numbers {
        let profile = format!("extends: debian\nname: Lab {number}\nos_release: [lab-{number}]\n");
        place.write(&format!("o/distro-profiles/lab-{number}.yaml"), profile);
        let version = number + 3;
        place.write(&format!("tree/usr/lib/python3.{version}/os.py"), "");
        place.write(&format!("tree/opt/p{number}/lib/python3.13/os.py"), "");
        let marker = format!("tree/usr/lib/python3.{version}/EXTERNALLY-MANAGED");
        place.write(
            &marker,
            "[externally-managed]\nError=No.\nError-de=Nein.\nError-de=Nein!\n",
        );
    }
    for language in ["de", "fr", "ja"] {
        let catalogue = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("po/{language}.po"));
        place.write(
            &format!("o/po/{language}.po"),
            fs_err::read(catalogue).unwrap(),
        );
    }
    let listed = fs_err::read_dir(place.path("o/distro-profiles")).unwrap();
    let name = |entry: std::io::Result<fs_err::DirEntry>| entry.unwrap().file_name();
    let order = listed
        .map(|entry| name(entry).into_string().unwrap())
        .collect();
    let mut said = String::new();
    for command in COMMANDS {
        let run = place.run(command);
        writeln!(said, "{command}\n{}{}", run.out(), run.error()).unwrap();
    }
    let files = Snapshot::of(&place);
    Results { order, said, files }
}
