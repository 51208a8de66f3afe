//! Where the lines come from: a file, which may be large and is read line by line, or a pipe, which can be read only
//! once and is kept.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::Arc,
};

/// How much of a pipe is kept.
const MAX_PIPE: u64 = 1 << 30;

/// What a batch is read from.
pub(super) enum Source {
    File(PathBuf),
    Kept(Arc<[u8]>),
}

/// What a file is that has no lines of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Other {
    /// One array of requests.
    Array,
    Utf16,
}

impl Source {
    /// Opens a file; `-` is stdin.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        if path.as_os_str() == "-" {
            return Self::keep(io::stdin().lock());
        }
        let file = File::open(path)?;
        let kind = file.metadata()?.file_type();
        if kind.is_file() || kind.is_dir() { Ok(Self::File(path.to_owned())) } else { Self::keep(file) }
    }

    fn keep(pipe: impl Read) -> io::Result<Self> {
        let mut bytes = Vec::new();
        pipe.take(MAX_PIPE + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_PIPE {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                "it is longer than 1 GB; write it into a file first",
            ));
        }
        Ok(Self::Kept(bytes.into()))
    }

    pub(super) fn reader(&self) -> io::Result<Box<dyn BufRead + '_>> {
        Ok(match self {
            Self::File(path) => Box::new(BufReader::new(File::open(path)?)),
            Self::Kept(bytes) => Box::new(Cursor::new(bytes)),
        })
    }

    /// A part of it, as far as it is there.
    pub(super) fn part(&self, start: u64, length: u64) -> io::Result<Vec<u8>> {
        let mut part = Vec::new();
        match self {
            Self::File(path) => {
                let mut file = File::open(path)?;
                file.seek(SeekFrom::Start(start))?;
                file.take(length).read_to_end(&mut part)?;
            }
            Self::Kept(bytes) => {
                let mut reader = Cursor::new(bytes);
                reader.set_position(start);
                reader.take(length).read_to_end(&mut part)?;
            }
        }
        Ok(part)
    }

    /// What it is by its first bytes, if it cannot have lines of requests.
    pub(super) fn other(&self) -> io::Result<Option<Other>> {
        let head = self.part(0, 64)?;
        if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
            return Ok(Some(Other::Utf16));
        }
        let text = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&head);
        Ok((text.trim_ascii_start().first() == Some(&b'[')).then_some(Other::Array))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn a_pipe_is_read_once_and_its_parts_as_often_as_needed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, "one\ntwo\nthree").unwrap();
        for source in [Source::open(&path).unwrap(), Source::keep(&b"one\ntwo\nthree"[..]).unwrap()] {
            let lines: Vec<_> = source.reader().unwrap().lines().map(Result::unwrap).collect();
            assert_eq!(lines, ["one", "two", "three"]);
            for _ in 0..2 {
                assert_eq!(source.part(4, 4).unwrap(), b"two\n");
            }
            assert_eq!((source.part(8, 99).unwrap(), source.part(99, 1).unwrap()), (b"three".to_vec(), Vec::new()));
        }
    }

    #[test]
    fn what_has_no_lines_of_requests_is_told_by_its_first_bytes() {
        for (bytes, other) in [
            (&b""[..], None),
            (b"{\"prompt\":\"[\"}", None),
            (b"\xef\xbb\xbf{}", None),
            (b"\xef\xbb\xbf\r\n [\n", Some(Other::Array)),
            (b"\xff\xfe{\0}\0", Some(Other::Utf16)),
            (b"\xfe\xff\0{\0}", Some(Other::Utf16)),
        ] {
            assert_eq!(Source::keep(bytes).unwrap().other().unwrap(), other, "{bytes:?}");
        }
    }
}
