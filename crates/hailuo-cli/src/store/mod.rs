//! What this machine knows of jobs: one SQLite file for single jobs and batches alike, shared by all processes.
//!
//! It holds no key, no prompt and no picture: a line of a batch is known by a hash. What a job may cost is decided
//! elsewhere; here stands what was tried, and how it ended ([`ledger`], [`jobs`]), and who works on which line of a
//! batch ([`lines`]).

pub(crate) mod jobs;
pub(crate) mod ledger;
pub(crate) mod lines;
mod process;
mod schema;

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use rusqlite::Connection;

use process::Process;

/// Address of the built-in vendors of one process; it ends with it.
const SANDBOX: &str = "sandbox:";

/// Why the store cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// There is no place for it.
    #[error("there is no home folder to keep the journal in; set HAILUO_DATA_DIR to a folder")]
    NoHome,
    /// The folder cannot be used.
    #[error("the journal's folder {} cannot be used; set HAILUO_DATA_DIR to another", .0.display())]
    Folder(PathBuf, #[source] io::Error),
    /// The file cannot be used.
    #[error("the journal {} cannot be used; set HAILUO_DATA_DIR to another folder, or move it away", .0.display())]
    File(PathBuf, #[source] rusqlite::Error),
    /// Another version wrote it.
    #[error("the journal {} was written by a newer hailuo; update this one", .0.display())]
    Newer(PathBuf),
    /// A call failed.
    #[error("the journal cannot be read or written")]
    Sqlite(#[from] rusqlite::Error),
    /// There is no such line in it.
    #[error("the journal has lost an attempt")]
    Lost,
}

/// An open store.
pub(crate) struct Store {
    connection: Mutex<Connection>,
    process: Process,
}

impl Store {
    /// Opens the store of this user, and makes it where there is none.
    pub(crate) fn open() -> Result<Self, StoreError> {
        Self::open_in(&folder()?)
    }

    /// Opens the store in a folder.
    pub(crate) fn open_in(folder: &Path) -> Result<Self, StoreError> {
        let in_folder = |error| StoreError::Folder(folder.to_owned(), error);
        make_private(folder).map_err(in_folder)?;
        // One process at a time makes the file: SQLite does not wait where a new file changes its mode.
        let guard = std::fs::File::create(folder.join("opening.lock")).map_err(in_folder)?;
        guard.lock().map_err(in_folder)?;
        let path = folder.join("journal.sqlite3");
        let connection = schema::open(&path).map_err(|error| match error {
            StoreError::Sqlite(error) => StoreError::File(path.clone(), error),
            other => other,
        })?;
        let process = Process::start(folder).map_err(in_folder)?;
        Ok(Self { connection: Mutex::new(connection), process })
    }

    /// Address of the built-in vendors of this process.
    pub(crate) fn sandbox(&self) -> String {
        format!("{SANDBOX}{}", self.process.id())
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether an address is that of built-in vendors.
pub(crate) fn is_sandbox(address: &str) -> bool {
    address.starts_with(SANDBOX)
}

/// Where the store of this user is.
fn folder() -> Result<PathBuf, StoreError> {
    use etcetera::BaseStrategy;
    match std::env::var_os("HAILUO_DATA_DIR") {
        Some(folder) if !folder.is_empty() => Ok(folder.into()),
        _ => Ok(etcetera::choose_base_strategy().map_err(|_| StoreError::NoHome)?.data_dir().join("hailuo")),
    }
}

/// A folder that only this user can look into.
fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
