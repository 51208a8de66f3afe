//! The repository's files: comparing what should be there with what is, and replacing it whole.
//!
//! A folder, a crate's or a vendor's of `specs/`, is written beside the repository's other files and swapped in by one
//! system call, so that a run that is killed leaves the old folder or the new one. Where the system cannot swap, two
//! renames do it, and the next run takes back what was cut between them.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::crate_files::Files;

/// Where folders wait for their swap; never committed, and on the same file system as what they replace.
const STAGING: &str = ".regen";

/// One difference between what is on disk and what should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stale {
    /// The file has other bytes.
    Changed(String),
    /// The file is not there.
    Missing(String),
    /// The file should not be there.
    Extra(String),
}

impl Stale {
    /// The file, from the repository's root.
    pub fn path(&self) -> &str {
        match self {
            Self::Changed(path) | Self::Missing(path) | Self::Extra(path) => path,
        }
    }

    /// What is wrong with it, in a word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Changed(_) => "changed",
            Self::Missing(_) => "missing",
            Self::Extra(_) => "extra",
        }
    }
}

/// Compares the files that should be with those on disk; every file below `folder` should be among them.
///
/// # Errors
/// A file or folder cannot be read.
pub fn compare(root: &Path, folder: &str, files: &Files) -> Result<Vec<Stale>> {
    let mut stale = Vec::new();
    for (path, bytes) in files {
        match fs::read(root.join(path)) {
            Ok(there) if there == *bytes => {}
            Ok(_) => stale.push(Stale::Changed(path.clone())),
            Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                stale.push(Stale::Missing(path.clone()));
            }
            Err(e) => return Err(e).with_context(|| format!("{path} cannot be read")),
        }
    }
    let mut there = BTreeSet::new();
    list(root, Path::new(folder), &mut there)?;
    stale.extend(there.into_iter().filter(|path| !files.contains_key(path)).map(Stale::Extra));
    stale.sort();
    Ok(stale)
}

fn list(root: &Path, folder: &Path, found: &mut BTreeSet<String>) -> Result<()> {
    let entries = match fs::read_dir(root.join(folder)) {
        Ok(entries) => entries,
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => return Ok(()),
        Err(e) => return Err(e).with_context(|| format!("{} cannot be read", folder.display())),
    };
    for entry in entries {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            list(root, &path, found)?;
        } else {
            found.insert(path.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}

/// Makes the folder, `crates/…` or `specs/…`, hold exactly its files, and then writes the files outside it; each is old or
/// new at any moment, and none of those is ahead of the folder.
///
/// # Errors
/// Something cannot be written; what was on disk is still there.
pub fn replace(root: &Path, folder: &str, files: &Files) -> Result<()> {
    let staging = root.join(STAGING);
    let (inside, outside): (Vec<_>, Vec<_>) =
        files.iter().partition(|(path, _)| path.starts_with(&format!("{folder}/")));
    let name = folder.replace('/', "-");
    let fresh = staging.join(format!("{name}.new"));
    remove(&fresh).with_context(|| explain(&staging))?;
    for (path, bytes) in inside {
        let target = fresh.join(path.strip_prefix(folder).unwrap_or(path).trim_start_matches('/'));
        let parent = target.parent().unwrap_or(&fresh);
        fs::create_dir_all(parent).with_context(|| explain(&staging))?;
        fs::write(&target, bytes).with_context(|| explain(&staging))?;
    }
    swap(&fresh, &root.join(folder), &staging.join(format!("{name}.old"))).with_context(|| {
        format!("{folder} cannot be replaced; make the folder and its parent writable, then run the command again")
    })?;
    for (path, bytes) in outside {
        write_file(root, &staging, path, bytes)?;
    }
    Ok(())
}

/// Makes a vendor's folder in `specs/` hold exactly these files, by their names in it.
///
/// # Errors
/// As [`replace`].
pub fn replace_spec(root: &Path, slug: &str, files: &Files) -> Result<()> {
    let folder = format!("specs/{slug}");
    let files = files.iter().map(|(name, bytes)| (format!("{folder}/{name}"), bytes.clone())).collect();
    replace(root, &folder, &files)
}

fn write_file(root: &Path, staging: &Path, path: &str, bytes: &[u8]) -> Result<()> {
    let target = root.join(path);
    if fs::read(&target).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    let explain_target =
        || format!("{path} cannot be written; make it and its folder writable, then run the command again");
    fs::create_dir_all(staging).with_context(|| explain(staging))?;
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent).with_context(explain_target)?;
    }
    let fresh = staging.join(path.replace('/', "-"));
    fs::write(&fresh, bytes).with_context(|| explain(staging))?;
    fs::rename(&fresh, &target).with_context(explain_target)
}

fn explain(staging: &Path) -> String {
    let name = staging.file_name().unwrap_or_default().to_string_lossy();
    format!("the folder {name} cannot be written; make the repository's folder writable, then run the command again")
}

/// Puts `fresh` in the place of `target`.
fn swap(fresh: &Path, target: &Path, old: &Path) -> io::Result<()> {
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent)?;
    }
    if !target.exists() {
        return fs::rename(fresh, target);
    }
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, fresh, CWD, target, RenameFlags::EXCHANGE).is_ok() {
            // `fresh` is now what was there before.
            return remove(fresh);
        }
    }
    remove(old)?;
    fs::rename(target, old)?;
    if let Err(e) = fs::rename(fresh, target) {
        fs::rename(old, target)?;
        return Err(e);
    }
    remove(old)
}

fn remove(path: &Path) -> io::Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

/// Takes back what a killed run left between two renames, and clears the staging folder.
///
/// # Errors
/// The staging folder cannot be read or cleared.
pub fn recover(root: &Path) -> Result<()> {
    let staging = root.join(STAGING);
    let Ok(entries) = fs::read_dir(&staging) else { return Ok(()) };
    for entry in entries {
        let path: PathBuf = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some((above, folder)) = name.strip_suffix(".old").and_then(|name| name.split_once('-')) {
            let target = root.join(above).join(folder);
            if !target.exists() {
                fs::rename(&path, &target)?;
            }
        }
    }
    remove(&staging).with_context(|| explain(&staging))
}

/// Removes the staging folder once nothing is in it any more.
pub fn clear(root: &Path) {
    // A folder that cannot be removed is in nobody's way; the next run tries again.
    let _ = fs::remove_dir(root.join(STAGING));
}
