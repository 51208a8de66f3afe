//! Which processes still run: each holds a lock on a file of its own, which the system lets go of however it ends. In
//! the file stand the answers that the process got ([`super::answers`]).

use std::{
    collections::HashSet,
    fs::{File, OpenOptions, TryLockError},
    hash::{BuildHasher, RandomState},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
};

/// This process, as others see it.
pub(super) struct Process {
    id: String,
    folder: PathBuf,
    /// Locked for as long as the process lives; none of one that only looks.
    file: Option<Arc<File>>,
    /// Whether somebody will bring the file to the disk.
    is_syncing: Arc<AtomicBool>,
    has_said: AtomicBool,
    /// Whether the file is still needed after the end.
    is_kept: AtomicBool,
}

/// The file of a process that is gone. Nobody else has it while it is held.
pub(super) struct Left {
    path: PathBuf,
    file: File,
}

impl Process {
    /// Starts. The caller sees to it that nobody else starts now.
    pub(super) fn start(data: &Path) -> io::Result<Self> {
        let mut this = Self::onlooker(data);
        std::fs::create_dir_all(&this.folder)?;
        // In the folder it would look like one that is gone until it is locked, and be removed.
        let starting = data.join("starting");
        if let Err(error) = std::fs::remove_file(&starting)
            && error.kind() != io::ErrorKind::NotFound
        {
            return Err(error);
        }
        let file = OpenOptions::new().append(true).create_new(true).open(&starting)?;
        file.lock()?;
        std::fs::rename(&starting, this.folder.join(&this.id))?;
        this.file = Some(Arc::new(file));
        Ok(this)
    }

    /// A process that writes nothing, and that the others do not see.
    pub(super) fn onlooker(data: &Path) -> Self {
        Self {
            // The number makes it readable, the rest unique: numbers are used again.
            id: format!("{}-{:016x}", std::process::id(), RandomState::new().hash_one(0)),
            folder: data.join("running"),
            file: None,
            is_syncing: Arc::default(),
            has_said: AtomicBool::default(),
            is_kept: AtomicBool::default(),
        }
    }

    /// Whether the others see it.
    pub(super) fn is_seen(&self) -> bool {
        self.file.is_some()
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Which processes run, this one among them, and what those have left that do not.
    pub(super) fn others(&self) -> io::Result<(HashSet<String>, Vec<Left>)> {
        let mut living = HashSet::from([self.id.clone()]);
        let mut left = Vec::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // What is no file was put there by somebody else.
            if name == self.id || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
                continue;
            }
            match Left::take(entry.path()) {
                Ok(Some(gone)) => left.push(gone),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                // Where it cannot be told, it is safer to leave the other's work to it.
                Ok(None) | Err(_) => drop(living.insert(name)),
            }
        }
        Ok((living, left))
    }

    /// Appends a line to this process's file. It outlasts the process at once, and a power cut a little later.
    pub(super) fn append(&self, line: &str) -> io::Result<()> {
        self.has_said.store(true, SeqCst);
        let file = self.file.as_ref().ok_or(io::ErrorKind::ReadOnlyFilesystem)?;
        (&**file).write_all(line.as_bytes())?;
        self.sync_soon(file);
        Ok(())
    }

    /// Whether anything stands in the file.
    pub(super) fn has_said(&self) -> bool {
        self.has_said.load(SeqCst)
    }

    /// Whoever syncs begins after the line was written, or somebody else will.
    fn sync_soon(&self, file: &Arc<File>) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        if self.is_syncing.swap(true, SeqCst) {
            return;
        }
        let (file, is_syncing) = (Arc::clone(file), Arc::clone(&self.is_syncing));
        runtime.spawn_blocking(move || {
            is_syncing.store(false, SeqCst);
            // The tables get the answer as well; this is for the power's sake only.
            let _ = file.sync_data();
        });
    }

    /// The file has answers that are nowhere else.
    pub(super) fn keep(&self) {
        self.is_kept.store(true, SeqCst);
    }
}

impl Left {
    /// Of which process it is.
    pub(super) fn id(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Takes the file of a process, if the process is gone.
    fn take(path: PathBuf) -> io::Result<Option<Self>> {
        let file = File::open(&path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { path, file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// What stands in it.
    pub(super) fn text(&mut self) -> io::Result<String> {
        let mut bytes = Vec::new();
        self.file.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Removes it.
    pub(super) fn remove(self) {
        // What is left over is found, and found to be known, by the next one to look.
        let _ = std::fs::remove_file(&self.path);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if !self.is_kept.load(SeqCst) {
            // As in `Left::remove`.
            let _ = std::fs::remove_file(self.folder.join(&self.id));
        }
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
        let (living, left) = one.others().unwrap();
        assert!(living.contains(one.id()) && living.contains(other.id()) && left.is_empty());
        drop(other);
        std::fs::write(folder.path().join("running").join("7-killed"), "said\n").unwrap();
        std::fs::create_dir(folder.path().join("running").join("odd")).unwrap();
        let (living, mut left) = one.others().unwrap();
        assert_eq!((living.len(), left.len()), (1, 1));
        assert_eq!(left[0].text().unwrap(), "said\n");
        left.remove(0).remove();
        assert_eq!(one.others().unwrap().1.len(), 0);
    }

    #[test]
    fn a_process_that_starts_never_looks_like_one_that_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let start = || Process::start(folder.path()).unwrap();
        let one = start();
        std::thread::scope(|scope| {
            let others = scope.spawn(|| (0..300).map(|_| start()).collect::<Vec<_>>());
            while !others.is_finished() {
                assert!(one.others().unwrap().1.is_empty());
            }
        });
    }

    #[test]
    fn a_file_that_is_still_needed_outlasts_its_process() {
        let folder = tempfile::tempdir().unwrap();
        let one = Process::start(folder.path()).unwrap();
        one.append("said\n").unwrap();
        one.keep();
        drop(one);
        let (_, mut left) = Process::start(folder.path()).unwrap().others().unwrap();
        assert_eq!(left[0].text().unwrap(), "said\n");
    }
}
