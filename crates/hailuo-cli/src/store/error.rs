//! Why the store cannot be used. Each says which file, why, and what to do, and none quotes what SQLite was asked.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::ui::text;

/// Why the store cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// There is no place for it.
    #[error("there is no home folder to keep the journal in; set HAILUO_DATA_DIR to a folder")]
    NoHome,
    /// The folder cannot be used.
    #[error("the journal's folder {} cannot be used: {}; set HAILUO_DATA_DIR to another", .0.display(), .1)]
    Folder(PathBuf, io::Error),
    /// Somebody else has been opening it for too long.
    #[error(
        "the journal's folder {} is locked by another process that does not go on; end that, or set HAILUO_DATA_DIR to \
         another", .0.display()
    )]
    Locked(PathBuf),
    /// The file cannot be used.
    #[error(
        "the journal {} cannot be used: {}; set HAILUO_DATA_DIR to another folder, or move it away and keep it: it may know \
         of jobs that are paid for", .0.display(), why(.1)
    )]
    File(PathBuf, rusqlite::Error),
    /// It can be read, and some of it is not what was written.
    #[error(
        "the journal {} is damaged ({}): it may have forgotten lines that are paid for, so none is sent; put back a copy \
         of it, or compare `hailuo jobs` with the vendors' accounts and set HAILUO_DATA_DIR to another folder", .0.display(), .1
    )]
    Damaged(PathBuf, String),
    /// Another program wrote it.
    #[error("the file {} is no journal of hailuo; set HAILUO_DATA_DIR to another folder", .0.display())]
    Foreign(PathBuf),
    /// Another version wrote it.
    #[error("the journal {} was written by a newer hailuo; update this one", .0.display())]
    Newer(PathBuf),
    /// A call failed.
    #[error("the journal cannot be read or written: {}", why(.0))]
    Sqlite(rusqlite::Error),
    /// The folder went away, or can no longer be used.
    #[error("the journal's folder can no longer be used")]
    Io(#[from] io::Error),
    /// There is no such line in it.
    #[error("the journal has lost an attempt")]
    Lost,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl StoreError {
    /// Names the file, for who has to mend it.
    pub(super) fn of(self, path: &Path) -> Self {
        match self {
            Self::Sqlite(error) => Self::File(path.to_owned(), error),
            other => other,
        }
    }
}

/// What SQLite says, in its own few words: the statement and the path, which it may add, are of no use to anybody.
fn why(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(code, _) if code.code == rusqlite::ErrorCode::SystemIoFailure => {
            "the disk fails, or is full".to_owned()
        }
        rusqlite::Error::SqliteFailure(code, words) => {
            let words = words.as_deref().map(|words| words.split([':', '\n']).next().unwrap_or_default());
            words.filter(|words| !words.is_empty()).map_or_else(|| code.to_string(), str::to_owned)
        }
        other => text::tame(&other.to_string(), 100),
    }
}
