//! Which processes still run: each holds a lock on a file of its own, which the system lets go of however it ends.

use std::{
    fs::{File, TryLockError},
    hash::{BuildHasher, RandomState},
    io,
    path::{Path, PathBuf},
};

/// This process, as others see it.
pub(super) struct Process {
    id: String,
    folder: PathBuf,
    /// Locked for as long as the process lives.
    _lock: File,
}

impl Process {
    /// Starts, and clears away what is left of others. The caller sees to it that nobody else starts now: between the
    /// making of a file and its lock a process looks like one that is gone.
    pub(super) fn start(data: &Path) -> io::Result<Self> {
        let folder = data.join("running");
        std::fs::create_dir_all(&folder)?;
        for entry in std::fs::read_dir(&folder)?.flatten() {
            clear(&entry.path());
        }
        // The number makes it readable, the rest unique: numbers are used again.
        let id = format!("{}-{:016x}", std::process::id(), RandomState::new().hash_one(0));
        let lock = File::create(folder.join(&id))?;
        lock.lock()?;
        Ok(Self { id, folder, _lock: lock })
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Whether a process runs.
    pub(super) fn is_alive(&self, id: &str) -> bool {
        id == self.id || !clear(&self.folder.join(id))
    }
}

/// Removes the file of a process that is gone, and tells whether it is.
fn clear(path: &Path) -> bool {
    let file = match File::open(path) {
        Ok(file) => file,
        // Where it cannot be told, it is safer to leave the other's work to it.
        Err(error) => return error.kind() == io::ErrorKind::NotFound,
    };
    match file.try_lock() {
        Ok(()) => {
            // Only a convenience; the next one to ask finds the same.
            let _ = std::fs::remove_file(path);
            true
        }
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => false,
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // As in `clear`.
        let _ = std::fs::remove_file(self.folder.join(&self.id));
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::Process;

    #[test]
    fn a_process_is_alive_until_it_ends() {
        let folder = tempfile::tempdir().unwrap();
        let one = Process::start(folder.path()).unwrap();
        let other = Process::start(folder.path()).unwrap();
        let id = other.id().to_owned();
        assert!(one.is_alive(one.id()));
        assert!(one.is_alive(&id));
        drop(other);
        assert!(!one.is_alive(&id));
        std::fs::write(folder.path().join("running").join("7-killed"), "").unwrap();
        assert!(!one.is_alive("7-killed"));
        assert!(!one.is_alive("8-never"));
    }
}
