//! The file: how it is opened, its tables, and its version.

use std::{fmt::Write as _, path::Path, time::Duration};

use rusqlite::Connection;

use super::StoreError;

/// Raised with every change of the tables; an older program refuses a newer file.
const VERSION: i64 = 1;

/// How long a process waits for another one's write.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// The same where nothing depends on it: the other may be stopped in the midst of its write.
pub(super) const SHORT_PATIENCE: Duration = Duration::from_millis(200);

const TABLES: &str = "
    CREATE TABLE attempts (
        number  INTEGER PRIMARY KEY AUTOINCREMENT,
        id      TEXT NOT NULL UNIQUE,
        process TEXT NOT NULL,              -- who made it; a process that is gone answers no question
        vendor  TEXT NOT NULL,
        address TEXT NOT NULL,              -- empty: the vendor's own
        line    TEXT,                       -- key of the line of a batch
        at      INTEGER NOT NULL,           -- milliseconds since 1970
        outcome TEXT CHECK (outcome IN ('accepted', 'rejected', 'unknown')),
        handle  TEXT,
        job     TEXT,
        ending  TEXT CHECK (ending IN ('done', 'failed', 'canceled')),
        file    TEXT
    ) STRICT;
    CREATE INDEX attempts_of_line ON attempts (line) WHERE line IS NOT NULL;
    CREATE INDEX attempts_of_job ON attempts (vendor, job) WHERE job IS NOT NULL;
    CREATE TABLE lines (
        key     TEXT PRIMARY KEY,
        batch   TEXT NOT NULL,              -- the file it was seen in last
        number  INTEGER NOT NULL,           -- where it was seen there
        process TEXT                        -- who works on it
    ) STRICT, WITHOUT ROWID;
";

/// Lets the writes that follow survive the end of this process, however it comes, and not that of the power.
fn quickly(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "synchronous", "NORMAL")
}

/// Writes what has to survive the end of the machine's power as well. It takes the time of a disk.
pub(super) fn durably<T>(
    connection: &Connection,
    write: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.pragma_update(None, "synchronous", "FULL")?;
    let written = write(connection);
    quickly(connection)?;
    written
}

/// Opens the file and brings it to this version's form. The caller sees to it that nobody else does so now.
pub(super) fn open(path: &Path) -> Result<Connection, StoreError> {
    if path.is_dir() {
        return Err(StoreError::Foreign(path.to_owned()));
    }
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    // Readers and the one writer do not wait for each other.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    quickly(&connection)?;
    let transaction = connection.transaction()?;
    let version: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match version {
        VERSION => {}
        0 => {
            let tables: i64 = transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
            if tables > 0 {
                return Err(StoreError::Foreign(path.to_owned()));
            }
            transaction.execute_batch(TABLES)?;
            transaction.pragma_update(None, "user_version", VERSION)?;
        }
        _ => return Err(StoreError::Newer(path.to_owned())),
    }
    transaction.commit()?;
    Ok(connection)
}

/// Copies the file into memory, to be looked at. Nothing is written to the disk.
pub(super) fn copy(path: &Path, is_alone: bool) -> Result<Connection, StoreError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push("-wal");
    let is_all_there = std::fs::metadata(&beside).map_or(true, |beside| beside.len() == 0);
    // What nobody writes, SQLite can read without the files beside it.
    copy_by(path, if is_alone && is_all_there { "immutable=1" } else { "mode=ro" })
}

fn copy_by(path: &Path, how: &str) -> Result<Connection, StoreError> {
    let mut url = "file:".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => url.push(char::from(*byte)),
            // A string takes all that is written.
            _ => drop(write!(url, "%{byte:02X}")),
        }
    }
    let connection = Connection::open_in_memory()?;
    connection.busy_timeout(SHORT_PATIENCE)?;
    connection.execute("ATTACH ?1 AS there", [format!("{url}?{how}")])?;
    let version: i64 = connection.query_row("PRAGMA there.user_version", [], |row| row.get(0))?;
    if version != VERSION {
        return Err(StoreError::Newer(path.to_owned()));
    }
    connection.execute_batch(TABLES)?;
    connection.execute_batch(
        "BEGIN;
         INSERT INTO attempts SELECT * FROM there.attempts;
         INSERT INTO lines SELECT * FROM there.lines;
         COMMIT;
         DETACH there;",
    )?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use hailuo::{JobHandle, Outcome, Vendor};
    use rusqlite::Connection;

    use super::super::{Store, StoreError, answers::Answer, jobs::State};

    /// A file as the first version made it, with an attempt of every kind.
    const FIRST: &str = include_str!("../../tests/journals/1.sql");

    #[test]
    fn a_file_of_the_first_version_is_read_and_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.sqlite3");
        Connection::open(&path).unwrap().execute_batch(FIRST).unwrap();
        let store = Store::open_in(folder.path()).unwrap();
        let states =
            |store: &Store| store.jobs().unwrap().iter().map(|job| (job.number, job.state)).collect::<Vec<_>>();
        let expected = [
            (8, State::Unknown),
            (7, State::Lost),
            (6, State::Canceled),
            (5, State::Failed),
            (4, State::Done),
            (3, State::Open),
            (1, State::Unknown),
        ];
        assert_eq!(states(&store), expected);
        let line = store.job(4).unwrap().unwrap();
        assert_eq!((line.file.as_deref(), line.line), (Some("/videos/4.mp4"), Some(("/a.jsonl".to_owned(), 17))));
        // What is new in this version goes into the old file as well.
        let lead = JobHandle::of(Vendor::Fal, "lead", None).unwrap();
        store.answer(Answer::new("a8", &Outcome::Unknown(Some(lead)))).unwrap();
        drop(store);
        let store = Store::open_in(folder.path()).unwrap();
        assert_eq!(states(&store), expected);
        assert_eq!(store.job(8).unwrap().unwrap().handle.unwrap().id(), "lead");
    }

    #[test]
    fn what_is_no_journal_is_told_in_few_words() {
        let words = |make: fn(&std::path::Path)| {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("journal.sqlite3");
            make(&path);
            let error = Store::open_in(folder.path()).err().unwrap();
            error.to_string().replace(&*path.to_string_lossy(), "FILE")
        };
        let foreign = "the file FILE is no journal of hailuo; set HAILUO_DATA_DIR to another folder";
        assert_eq!(words(|path| std::fs::create_dir(path).unwrap()), foreign);
        let other = |path: &std::path::Path| {
            Connection::open(path).unwrap().execute_batch("CREATE TABLE attempts (x)").unwrap();
        };
        assert_eq!(words(other), foreign);
        let broken = words(|path| std::fs::write(path, "hello".repeat(1000)).unwrap());
        assert!(
            broken.starts_with("the journal FILE cannot be used: file is not a database; set HAILUO_DATA"),
            "{broken}"
        );
    }

    #[test]
    fn a_file_that_is_damaged_is_named_when_it_is_used() {
        let folder = tempfile::tempdir().unwrap();
        drop(Store::open_in(folder.path()).unwrap());
        let path = folder.path().join("journal.sqlite3");
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[4096..8192].fill(0);
        std::fs::write(&path, bytes).unwrap();
        let words = Store::open_in(folder.path()).unwrap().jobs().unwrap_err().to_string();
        assert!(
            words.contains("journal.sqlite3 cannot be used: database disk image is malformed; set HAILUO"),
            "{words}"
        );
    }

    #[test]
    fn a_file_of_a_later_version_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.sqlite3");
        let later = Connection::open(&path).unwrap();
        later.execute_batch("CREATE TABLE later (x); PRAGMA user_version = 99;").unwrap();
        assert!(matches!(Store::open_in(folder.path()), Err(StoreError::Newer(_))));
        let tables: i64 = later.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).unwrap();
        assert_eq!(tables, 1);
    }
}
