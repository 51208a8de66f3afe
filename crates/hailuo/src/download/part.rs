//! The file that a video grows in, beside its target and under a name that the next try finds again.

use std::{
    borrow::Cow,
    ffi::{OsStr, OsString},
    io::{self, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use tokio::{
    fs::{self, File},
    io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt},
};

use super::{
    check::{self, Verdict},
    version::Version,
};

/// Longest name of a target that a part's name begins with, in bytes: names end at 255, and more follows here.
const MAX_NAME: usize = 200;

pub(super) struct Part {
    path: PathBuf,
    file: File,
    length: u64,
    version: Version,
}

impl Part {
    /// Opens the part of an earlier try, or a new one. Its name is made of the target's and of the URL without its
    /// signature, so that another video never continues it.
    pub(super) async fn open(target: &Path, url: &str) -> io::Result<Self> {
        // The whole video takes the target's place: that of a folder it cannot, that of a device it must not.
        let is_free = fs::metadata(target).await.map_or(true, |there| there.is_file());
        let Some(name) = target.file_name().filter(|_| is_free) else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the target is not a regular file"));
        };
        let mut hidden = OsString::from(".");
        hidden.push(short(name));
        hidden.push(format!(".{:016x}.part", fingerprint(url)));
        let path = target.with_file_name(hidden);
        if let Some(file) = lock(path.clone()).await? {
            return Self::at(path, file).await;
        }
        // Another process is writing that very part. This one starts its own.
        let mut own = path.into_os_string();
        own.push(format!(".{}", std::process::id()));
        let path = PathBuf::from(own);
        let file = lock(path.clone()).await?.ok_or_else(|| io::Error::from(io::ErrorKind::ResourceBusy))?;
        Self::at(path, file).await
    }

    async fn at(path: PathBuf, file: std::fs::File) -> io::Result<Self> {
        let mut file = File::from_std(file);
        let length = file.seek(SeekFrom::End(0)).await?;
        let noted = fs::read(note_of(&path)).await.ok().and_then(|note| serde_json::from_slice(&note).ok());
        let is_nameless = noted.is_none();
        let mut part = Self { path, file, length, version: noted.unwrap_or_default() };
        // Of bytes alone nobody knows what they are the beginning of.
        if is_nameless {
            part.begin(Version::default()).await?;
        }
        Ok(part)
    }

    /// Bytes that are there.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    pub(super) async fn write(&mut self, chunk: &[u8]) -> io::Result<()> {
        self.file.write_all(chunk).await?;
        self.length += chunk.len() as u64;
        Ok(())
    }

    /// The version that the bytes are of.
    pub(super) fn version(&self) -> &Version {
        &self.version
    }

    /// Throws away what is there, and notes of which version the next bytes will be.
    pub(super) async fn begin(&mut self, version: Version) -> io::Result<()> {
        if self.length > 0 {
            self.file.flush().await?;
            self.file.set_len(0).await?;
            self.file.rewind().await?;
            self.length = 0;
        }
        if self.version != version {
            fs::write(note_of(&self.path), serde_json::to_vec(&version)?).await?;
            self.version = version;
        }
        Ok(())
    }

    /// The bytes from a place to the end.
    pub(super) async fn tail(&mut self, from: u64) -> io::Result<Vec<u8>> {
        self.file.flush().await?;
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(from)).await?;
        self.file.read_to_end(&mut bytes).await?;
        Ok(bytes)
    }

    /// What the part's outline tells.
    pub(super) async fn check(&mut self) -> io::Result<Verdict> {
        self.file.flush().await?;
        let mut file = self.file.try_clone().await?.into_std().await;
        let verdict = blocking(move || {
            let verdict = check::outline(&mut file)?;
            // The clone shares its position with the file that is written on.
            file.seek(SeekFrom::End(0))?;
            Ok(verdict)
        });
        verdict.await
    }

    /// Gives the part its name. What had the name before is replaced.
    pub(super) async fn keep_as(mut self, target: &Path) -> io::Result<()> {
        self.file.flush().await?;
        let synced = self.file.sync_all().await;
        self.named(target, synced).await
    }

    async fn named(self, target: &Path, synced: io::Result<()>) -> io::Result<()> {
        if let Err(error) = synced {
            // What did not get to the disk may read as if it had, until the memory that has it is needed.
            self.discard().await;
            return Err(error);
        }
        // In one step with the end: whoever gives up waiting has either the video or the part.
        std::fs::rename(&self.path, target)?;
        // A note that stays behind harms nobody.
        let _ = std::fs::remove_file(note_of(&self.path));
        Ok(())
    }

    /// Leaves the part to the next try, if there is anything in it: all that was written is in the file, and the file
    /// is free.
    pub(super) async fn leave(mut self) {
        if self.length == 0 {
            return self.discard().await;
        }
        // What is missing at its end is fetched again.
        let _ = self.file.flush().await;
        drop(self.file.into_std().await);
    }

    pub(super) async fn discard(self) {
        // A part that stays behind is found by the next try, which starts it over.
        let _ = fs::remove_file(&self.path).await;
        let _ = fs::remove_file(note_of(&self.path)).await;
    }
}

/// Where it is noted of which version a part is.
fn note_of(part: &Path) -> PathBuf {
    let mut name = part.as_os_str().to_owned();
    name.push(".version");
    PathBuf::from(name)
}

/// Opens a file for this process alone; none if another has it.
async fn lock(path: PathBuf) -> io::Result<Option<std::fs::File>> {
    blocking(move || {
        lock_opened(&path, || {
            std::fs::OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path)
        })
    })
    .await
}

fn lock_opened(path: &Path, mut open: impl FnMut() -> io::Result<std::fs::File>) -> io::Result<Option<std::fs::File>> {
    loop {
        let file = open()?;
        match file.try_lock() {
            Err(std::fs::TryLockError::WouldBlock) => return Ok(None),
            // Another process has finished with it since it was opened: it is a video by now, or no file at all.
            Ok(()) if !is_at(&file, path)? => {}
            // Some file systems know no locks; then the last to finish wins, with a whole video.
            Ok(()) | Err(std::fs::TryLockError::Error(_)) => return Ok(Some(file)),
        }
    }
}

/// Whether a path still leads to the file that was opened there.
#[cfg(unix)]
fn is_at(file: &std::fs::File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let opened = file.metadata()?;
    match std::fs::metadata(path) {
        Ok(there) => Ok((there.dev(), there.ino()) == (opened.dev(), opened.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Elsewhere an open file keeps its name.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn is_at(_: &std::fs::File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

/// The target's name, or what stands for one that leaves no room for more.
fn short(name: &OsStr) -> Cow<'_, OsStr> {
    if name.len() <= MAX_NAME {
        return Cow::Borrowed(name);
    }
    let text = name.to_string_lossy();
    let begin = &text[..text.floor_char_boundary(MAX_NAME / 2)];
    Cow::Owned(format!("{begin}.{:016x}", hash(name.as_encoded_bytes())).into())
}

/// Of a URL without query and fragment.
pub(super) fn fingerprint(url: &str) -> u64 {
    hash(url.split(['?', '#']).next().unwrap_or_default().as_bytes())
}

/// FNV-1a: the same in every process, unlike the standard library's hash.
fn hash(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, step)
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[tokio::test]
    async fn what_is_no_regular_file_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("socket.mp4");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        for target in [Path::new("/dev/null"), folder.path(), &socket] {
            let error = Part::open(target, "https://example.com/a.mp4").await.err().unwrap();
            assert_eq!(error.kind(), io::ErrorKind::InvalidInput, "{}", target.display());
        }
        assert!(Part::open(&folder.path().join("new.mp4"), "https://example.com/a.mp4").await.is_ok());
    }

    #[test]
    fn what_another_process_finishes_meanwhile_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let [part, video] = [".a.part", "a.mp4"].map(|name| folder.path().join(name));
        let finishes: [fn(&Path, &Path); 3] = [
            |_, _| {},
            |part, video| std::fs::rename(part, video).unwrap(),
            |part, _| std::fs::remove_file(part).unwrap(),
        ];
        for (number, finish) in finishes.iter().enumerate() {
            std::fs::write(&part, "a video").unwrap();
            let mut other = Some(finish);
            let mine = lock_opened(&part, || {
                let file = std::fs::OpenOptions::new().write(true).create(true).truncate(false).open(&part)?;
                if let Some(finish) = other.take() {
                    finish(&part, &video);
                }
                Ok(file)
            });
            mine.unwrap().unwrap().set_len(0).unwrap();
            assert_eq!(std::fs::read(&part).unwrap(), b"", "{number}");
        }
        assert_eq!(std::fs::read(&video).unwrap(), b"a video");
    }

    #[tokio::test]
    async fn a_video_is_under_its_name_only_when_it_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.mp4");
        let part = Part::open(&target, "https://example.com/a.mp4").await.unwrap();
        let mut kept = std::pin::pin!(part.keep_as(&target));
        let kept = std::future::poll_fn(|context| {
            let polled = kept.as_mut().poll(context);
            assert_eq!(polled.is_ready(), target.exists());
            polled
        });
        kept.await.unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[tokio::test]
    async fn bytes_that_did_not_get_to_the_disk_are_no_beginning_of_the_next_try() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.mp4");
        let mut part = Part::open(&target, "https://example.com/a.mp4").await.unwrap();
        part.write(b"a video").await.unwrap();
        let error = part.named(&target, Err(io::ErrorKind::StorageFull.into())).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert_eq!(Part::open(&target, "https://example.com/a.mp4").await.unwrap().length(), 0);
        assert!(!target.exists());
    }

    #[tokio::test]
    async fn a_name_as_long_as_a_name_can_be_leaves_room_for_its_part() {
        let folder = tempfile::tempdir().unwrap();
        let mut parts = std::collections::HashSet::new();
        for name in ["a".repeat(251), "a".repeat(250) + "b", "狐".repeat(83), "x".repeat(201), "x".repeat(200)] {
            let target = folder.path().join(name + ".mp4");
            std::fs::write(&target, "").unwrap();
            let url = "https://example.com/a.mp4";
            let one = Part::open(&target, url).await.unwrap();
            let other = Part::open(&target, url).await.unwrap();
            assert_ne!(one.path, other.path);
            assert!(parts.insert(one.path.clone()), "another target has this part: {}", one.path.display());
            one.discard().await;
            let again = Part::open(&target, url).await.unwrap();
            assert!(parts.contains(&again.path));
            again.discard().await;
            other.discard().await;
        }
    }
}
