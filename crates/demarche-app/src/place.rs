//! Where a user's own files belong on this system.

use std::path::PathBuf;

/// The store that is used where none is named.
pub(crate) fn store() -> Option<PathBuf> {
    Some(data_folder()?.join("demarche").join("demarche.sqlite"))
}

fn data_folder() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        return variable("LOCALAPPDATA");
    }
    if cfg!(target_os = "macos") {
        return Some(std::env::home_dir()?.join("Library/Application Support"));
    }
    variable("XDG_DATA_HOME").or_else(|| Some(std::env::home_dir()?.join(".local/share")))
}
