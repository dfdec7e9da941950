//! A data directory with one file, in which the bytes lie.

use std::path::PathBuf;
use std::sync::OnceLock;

use externally_managed::data::Data;

/// Writes the file; gives its path, and the data with the directory over it.
pub fn with(name: &str, bytes: &[u8]) -> (PathBuf, Data) {
    static DIRECTORY: OnceLock<PathBuf> = OnceLock::new();
    let directory = DIRECTORY.get_or_init(|| {
        let name = format!("externally-managed-fuzz-{}", std::process::id());
        std::env::temp_dir().join(name)
    });
    let path = directory.join(name);
    let folder = path.parent().expect("a folder");
    std::fs::create_dir_all(folder).expect("the folder is there");
    std::fs::write(&path, bytes).expect("the file is there");
    let data = Data::new(vec![directory.clone()]).expect("a good name");
    (path, data)
}
