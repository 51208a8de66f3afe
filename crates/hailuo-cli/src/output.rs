//! Where a video goes: names of files, and whether they can be written, found out before anything is paid for.

use std::path::{Path, PathBuf};

use hailuo::{JobHandle, Vendor};

use crate::problem::{Misuse, quoted};

/// Longest part of a name that comes from a vendor.
const MAX_ID: usize = 80;

/// Bytes that have to find room before a video is paid for.
const PROBE: usize = 1 << 15;

/// Where videos go.
#[derive(Debug, Clone)]
pub(crate) enum Output {
    /// Into a folder, under names made of vendor and job.
    Folder(PathBuf),
    /// Into one file.
    File(PathBuf),
    /// Into files beside each other that differ by the vendor's name.
    PerVendor(PathBuf),
}

impl Output {
    /// What `--output` means, and whether it can be written to.
    pub(crate) fn new(output: Option<&Path>, is_per_vendor: bool) -> anyhow::Result<Self> {
        let Some(path) = output else {
            try_to_write(Path::new(".")).map_err(|error| anyhow::anyhow!("{error}; name another with --output"))?;
            return Ok(Self::Folder(PathBuf::new()));
        };
        let is_folder = path.is_dir() || path.as_os_str().to_string_lossy().ends_with(std::path::is_separator);
        if is_folder {
            std::fs::create_dir_all(path)
                .map_err(|error| anyhow::anyhow!("the folder {} cannot be made: {error}", path.display()))?;
            try_to_write(path)?;
            return Ok(Self::Folder(path.to_owned()));
        }
        if path == Path::new("-") {
            return Err(Misuse("stdout gets the name of the video, and not the video; name a file".to_owned()).into());
        }
        anyhow::ensure!(path.file_name().is_some(), "{} names no file to write to", path.display());
        // A name that is too long, for one, is refused before anything is paid for.
        let output = if is_per_vendor { Self::PerVendor(path.to_owned()) } else { Self::File(path.to_owned()) };
        for file in output.files(Vendor::ALL) {
            match file.symlink_metadata() {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    anyhow::bail!("the file {} cannot be written: {error}", path.display())
                }
                _ => {}
            }
        }
        // The whole video takes the place of what is there, and a device or a pipe would be gone.
        anyhow::ensure!(!path.exists() || path.is_file(), "{} is not a regular file", path.display());
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        anyhow::ensure!(
            folder.is_dir(),
            "there is no folder {} to write into; make it first: mkdir -p {}",
            folder.display(),
            quoted(folder.as_os_str())
        );
        try_to_write(folder)?;
        Ok(output)
    }

    /// Whether the names are those of jobs, so that what stands there is the same video.
    pub(crate) fn is_folder(&self) -> bool {
        matches!(self, Self::Folder(_))
    }

    /// Refuses to put a video in the place of another file, which may be a video that was paid for.
    pub(crate) fn refuse_to_replace(&self, vendors: impl IntoIterator<Item = Vendor>) -> anyhow::Result<()> {
        match self.files(vendors).iter().find(|path| path.exists()) {
            Some(path) => anyhow::bail!("{} exists; name another file, or replace it with --force", path.display()),
            None => Ok(()),
        }
    }

    /// Refuses to put a video in the place of the picture it is made of, however that is spelled.
    pub(crate) fn refuse_picture(
        &self,
        picture: &Path,
        vendors: impl IntoIterator<Item = Vendor>,
    ) -> anyhow::Result<()> {
        let is_same = |path: &PathBuf| {
            path.canonicalize().ok().zip(picture.canonicalize().ok()).is_some_and(|(one, other)| one == other)
        };
        match self.files(vendors).iter().find(|path| is_same(path)) {
            Some(path) => {
                Err(Misuse(format!("{} is the picture; name another file for the video", path.display())).into())
            }
            None => Ok(()),
        }
    }

    /// The files whose names are known beforehand.
    fn files(&self, vendors: impl IntoIterator<Item = Vendor>) -> Vec<PathBuf> {
        match self {
            // The names there are those of jobs: what is replaced is the same video.
            Self::Folder(_) => Vec::new(),
            Self::File(path) => vec![path.clone()],
            Self::PerVendor(path) => vendors.into_iter().map(|vendor| per_vendor(path, vendor)).collect(),
        }
    }

    /// The file for a job's video.
    pub(crate) fn path(&self, handle: &JobHandle) -> PathBuf {
        match self {
            Self::Folder(folder) => {
                folder.join(format!("hailuo-{}-{}.mp4", handle.vendor().slug(), part_of_name(handle.id())))
            }
            Self::File(path) => path.clone(),
            Self::PerVendor(path) => per_vendor(path, handle.vendor()),
        }
    }
}

/// Permissions, quotas, full and read-only disks have one thing in common: an attempt shows them.
pub(crate) fn try_to_write(folder: &Path) -> anyhow::Result<()> {
    let probe = folder.join(format!(".hailuo-{}", std::process::id()));
    let written = std::fs::write(&probe, vec![0; PROBE]);
    // On a full disk it is there all the same; another worker may have removed it.
    let _ = std::fs::remove_file(&probe);
    written.map_err(|error| anyhow::anyhow!("nothing can be written into the folder {}: {error}", folder.display()))
}

/// `clip.mp4` becomes `clip-fal.mp4`.
fn per_vendor(path: &Path, vendor: Vendor) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push("-");
    name.push(vendor.slug());
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

/// A vendor's number of a job as a part of a name: nothing that leads elsewhere, and not too long.
pub(crate) fn part_of_name(id: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    id.chars().take(MAX_ID).map(|c| if is_plain(c) { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn a_name_has_vendor_and_job_or_is_as_the_user_wants_it() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let handle = JobHandle::of(Vendor::Fal, "a.b:7", None).unwrap();
        let named = |output: Option<&Path>, is_per_vendor| {
            let path = Output::new(output, is_per_vendor).unwrap().path(&handle);
            path.strip_prefix(folder).unwrap_or(&path).to_owned()
        };
        assert_eq!(named(None, false), Path::new("hailuo-fal-a_b_7.mp4"));
        assert_eq!(named(Some(folder), true), Path::new("hailuo-fal-a_b_7.mp4"));
        assert_eq!(named(Some(&folder.join("new/")), false), Path::new("new/hailuo-fal-a_b_7.mp4"));
        assert_eq!(named(Some(&folder.join("fox.clip.mp4")), false), Path::new("fox.clip.mp4"));
        assert_eq!(named(Some(&folder.join("fox.clip.mp4")), true), Path::new("fox.clip-fal.mp4"));
        assert_eq!(named(Some(&folder.join("fox")), true), Path::new("fox-fal"));
    }

    #[test]
    fn a_place_that_cannot_be_written_to_is_told_beforehand() {
        let folder = tempfile::tempdir().unwrap();
        let error = Output::new(Some(&folder.path().join("no/fox.mp4")), false).unwrap_err();
        assert!(error.to_string().contains("mkdir -p"), "{error}");
        // The command can be pasted.
        let error = Output::new(Some(&folder.path().join("my films/fox.mp4")), false).unwrap_err();
        assert!(error.to_string().ends_with("/my films'"), "{error}");
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        assert!(Output::new(Some(&file.join("fox.mp4")), false).is_err());
        assert!(Output::new(Some(Path::new("..")), false).is_ok());
        assert!(Output::new(Some(Path::new("-")), false).unwrap_err().is::<Misuse>());
    }

    #[test]
    fn no_id_leads_to_another_folder() {
        assert_eq!(part_of_name("../../etc/passwd"), "______etc_passwd");
        assert_eq!(part_of_name(&"x".repeat(500)).len(), MAX_ID);
    }
}
