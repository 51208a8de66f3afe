//! What the working tree is compared with: a revision in git, or a folder.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context, Result, bail};
use contract::Files;

/// A state of the repository to read files from.
#[derive(Debug)]
pub(super) enum Base {
    /// A folder: a checkout of the repository, or contracts by slug.
    Folder(PathBuf),
    /// A commit.
    Commit {
        /// The folder in which git is asked; paths are relative to it.
        root: PathBuf,
        /// The commit's hash.
        hash: String,
        /// How the commit was found, for people.
        name: String,
        /// The files that the commit has below `crates/` and `specs/`.
        files: OnceLock<BTreeSet<String>>,
    },
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "{}", folder.display()),
            Self::Commit { name, .. } => f.write_str(name),
        }
    }
}

impl Base {
    /// The base that was asked for: a folder if there is one of the name, else a revision; without a name, the revision
    /// where the branch left `main`, and on `main` the last commit.
    pub(super) fn find(root: &Path, name: Option<&str>) -> Result<Self> {
        let Some(name) = name else { return Self::usual(root) };
        if name.is_empty() {
            bail!("the name of the base is empty; --base takes a revision or a folder");
        }
        // As the caller sees it, or from the root, wherever the command is run.
        let folder = [PathBuf::from(name), root.join(name)].into_iter().find(|folder| folder.is_dir());
        if let Some(folder) = folder {
            let base = Self::Folder(folder);
            if base.slugs()?.is_empty() {
                bail!(
                    "{base} has no contract; --base takes a checkout of the repository, or a folder with VENDOR.json or \
                     VENDOR/openapi.json"
                );
            }
            return Ok(base);
        }
        if name.starts_with(['/', '.']) {
            bail!("there is no folder {name:?}; --base takes a revision or a folder");
        }
        inside(root)?;
        if let Some(hash) = commit(root, name)? {
            return Ok(Self::commit(root, hash, name));
        }
        let fetch = if is_shallow(root)? {
            "the history here is cut off; `git fetch --unshallow` brings the rest".to_owned()
        } else {
            format!("`git fetch origin {name}` brings it if it is a branch or tag of origin")
        };
        bail!("there is neither a folder nor a revision {name:?}; {fetch}")
    }

    fn usual(root: &Path) -> Result<Self> {
        inside(root)?;
        let Some(head) = commit(root, "HEAD")? else {
            bail!("there is no commit to compare with yet; name a folder: --base DIR")
        };
        let branch = git(root, &["symbolic-ref", "--quiet", "--short", "HEAD"])?;
        if branch.as_deref().map(str::trim) == Some("main") {
            return Ok(Self::commit(root, head, "the last commit"));
        }
        let shallow = is_shallow(root)?;
        let unshallow = "`git fetch --unshallow origin +refs/heads/main:refs/remotes/origin/main`";
        for main in ["main", "origin/main"] {
            if commit(root, main)?.is_none() {
                continue;
            }
            if let Some(hash) = git(root, &["merge-base", "HEAD", main])? {
                return Ok(Self::commit(root, hash.trim().to_owned(), &format!("where this branch left {main}")));
            }
            if shallow {
                bail!("the history here is cut off before this branch left {main}; {unshallow} brings the rest");
            }
            bail!("this branch and {main} have no commit in common; name what to compare with: --base REV or DIR");
        }
        if shallow {
            bail!("the history here is cut off and has no main; {unshallow} brings it");
        }
        bail!(
            "there is no branch main to compare with; `git fetch origin +refs/heads/main:refs/remotes/origin/main` \
             brings it, or name a base: --base REV or DIR"
        )
    }

    fn commit(root: &Path, hash: String, name: &str) -> Self {
        Self::Commit { root: root.to_owned(), hash, name: name.to_owned(), files: OnceLock::new() }
    }

    /// The text of a file, by its path from the root of the repository; `None` where there is none.
    pub(super) fn read(&self, path: &str) -> Result<Option<String>> {
        match self {
            Self::Folder(folder) => super::text(&folder.join(path)),
            Self::Commit { root, hash, name, .. } => {
                if !self.files()?.contains(path) {
                    return Ok(None);
                }
                let text = git(root, &["show", &format!("{hash}:./{path}")])?;
                text.map(Some).with_context(|| format!("{path} cannot be read from {name}"))
            }
        }
    }

    /// The contract of a vendor, wherever a folder keeps it.
    pub(super) fn contract(&self, slug: &str) -> Result<Option<String>> {
        let mut places = vec![format!("crates/hailuo-{slug}/openapi.json")];
        if let Self::Folder(_) = self {
            places.extend([
                format!("hailuo-{slug}/openapi.json"),
                format!("{slug}/openapi.json"),
                format!("{slug}.openapi.json"),
                format!("{slug}.json"),
            ]);
        }
        for place in places {
            if let Some(text) = self.read(&place)? {
                return Ok(Some(text));
            }
        }
        Ok(None)
    }

    /// The vendors that have a contract here.
    pub(super) fn slugs(&self) -> Result<BTreeSet<String>> {
        match self {
            Self::Commit { .. } => {
                let slug = |path: &String| {
                    Some(path.strip_prefix("crates/hailuo-")?.strip_suffix("/openapi.json")?.to_owned())
                };
                Ok(self.files()?.iter().filter_map(slug).filter(|slug| !slug.contains('/')).collect())
            }
            Self::Folder(folder) => {
                let mut slugs = in_folder(&folder.join("crates"), "hailuo-")?;
                if slugs.is_empty() {
                    slugs = in_folder(folder, "hailuo-")?;
                }
                if slugs.is_empty() {
                    slugs = in_folder(folder, "")?;
                }
                Ok(slugs)
            }
        }
    }

    /// The files of a vendor's folder in `specs/`; none where there is no such folder.
    pub(super) fn spec(&self, slug: &str) -> Result<Files> {
        let folder = format!("specs/{slug}/");
        if let Self::Folder(root) = self {
            return Ok(contract::vendor::read(&root.join(folder)).unwrap_or_default());
        }
        let mut files = Files::new();
        for path in self.files()?.iter().filter(|path| path.starts_with(&folder)) {
            let text = self.read(path)?.unwrap_or_default();
            files.insert(path[folder.len()..].to_owned(), text.into_bytes());
        }
        Ok(files)
    }

    fn files(&self) -> Result<&BTreeSet<String>> {
        let Self::Commit { root, hash, name, files } = self else { bail!("a folder keeps no list of its files") };
        if let Some(files) = files.get() {
            return Ok(files);
        }
        let list = git(root, &["ls-tree", "-r", "-z", "--name-only", hash, "--", "crates", "specs"])?
            .with_context(|| format!("the files of {name} cannot be listed"))?;
        let list = list.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
        Ok(files.get_or_init(|| list))
    }
}

/// The vendors in a folder: `PREFIX<slug>/openapi.json`, and without a prefix `<slug>.json` or `<slug>.openapi.json`.
fn in_folder(folder: &Path, prefix: &str) -> Result<BTreeSet<String>> {
    let mut slugs = BTreeSet::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(BTreeSet::new()) };
    for entry in entries {
        let entry = entry.with_context(|| format!("{} cannot be listed", folder.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(slug) = name.strip_prefix(prefix) else { continue };
        let is_folder = entry.path().join("openapi.json").is_file();
        let file = || slug.strip_suffix(".json").map(|slug| slug.strip_suffix(".openapi").unwrap_or(slug));
        let slug = if is_folder { Some(slug) } else { file().filter(|_| prefix.is_empty()) };
        if let Some(slug) = slug.filter(|slug| contract::vendor::check_slug(slug).is_ok()) {
            slugs.insert(slug.to_owned());
        }
    }
    Ok(slugs)
}

/// Refuses a folder that is in no repository.
fn inside(root: &Path) -> Result<()> {
    if git(root, &["rev-parse", "--is-inside-work-tree"])?.is_none() {
        bail!("{} is in no git repository; name a folder to compare with: --base DIR", root.display());
    }
    Ok(())
}

/// The commit that a name stands for.
fn commit(root: &Path, name: &str) -> Result<Option<String>> {
    if name.starts_with('-') {
        bail!("{name:?} is no name of a revision");
    }
    let hash = git(root, &["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])?;
    Ok(hash.map(|hash| hash.trim().to_owned()))
}

fn is_shallow(root: &Path) -> Result<bool> {
    Ok(git(root, &["rev-parse", "--is-shallow-repository"])?.is_some_and(|answer| answer.trim() == "true"))
}

/// What git prints; `None` when it says no.
fn git(root: &Path, args: &[&str]) -> Result<Option<String>> {
    let output = Command::new("git")
        .args(["-c", "core.quotePath=false"])
        .args(args)
        .current_dir(root)
        .env("LC_ALL", "C")
        // A hook is run with these set; the repository is the one around the root all the same.
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_INDEX_FILE")
        .output()
        .context("git cannot be run; install it, or name a folder to compare with: --base DIR")?;
    if !output.status.success() {
        return Ok(None);
    }
    let text = String::from_utf8(output.stdout).with_context(|| format!("git {} gave no UTF-8", args.join(" ")))?;
    Ok(Some(text))
}
