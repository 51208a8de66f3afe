//! Where keys come from: the environment, or a file; never an argument, which every user of the machine can read.
//!
//! No text made here holds a key. The file is `--key-file`, `HAILUO_KEY_FILE`, or `keys` in the user's configuration
//! folder, with lines `NAME=KEY`; the environment goes before it.

use std::{
    collections::HashMap,
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use hailuo::{SecretString, Vendor};

use crate::{problem::quoted, ui::Ui};

/// The largest key file that is read; anything larger is some other file.
const MAX_BYTES: u64 = 64 * 1024;

/// Why keys cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyError {
    /// The file cannot be read.
    #[error("the key file {} cannot be read", .0.display())]
    File(PathBuf, #[source] std::io::Error),
    /// The file is something else.
    #[error("the key file {} is larger than 64 KB; is it the right file?", .0.display())]
    TooLarge(PathBuf),
    /// A line is neither a key nor a comment.
    #[error(
        "line {line} of the key file {} is not NAME=KEY; the names are {}",
        .path.display(),
        Vendor::ALL.map(Vendor::env_var).join(", ")
    )]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// An environment variable holds something that is no text.
    #[error("the environment variable {0} is not text")]
    Environment(&'static str),
}

/// The keys of this user.
#[derive(Default)]
pub(crate) struct Keys(HashMap<Vendor, SecretString>);

impl Keys {
    /// Reads the environment and the key file.
    pub(crate) fn load(ui: &Ui, file: Option<&Path>) -> Result<Self, KeyError> {
        let mut keys = match file.map(Path::to_owned).or_else(named_file) {
            Some(path) => read(ui, &path)?,
            None => match usual_file().filter(|path| path.is_file()) {
                Some(path) => read(ui, &path)?,
                None => Self::default(),
            },
        };
        for vendor in Vendor::ALL {
            match std::env::var(vendor.env_var()) {
                Ok(key) if !key.is_empty() => {
                    keys.0.insert(vendor, key.into());
                }
                Ok(_) | Err(std::env::VarError::NotPresent) => {}
                Err(std::env::VarError::NotUnicode(_)) => return Err(KeyError::Environment(vendor.env_var())),
            }
        }
        Ok(keys)
    }

    /// The key of a vendor.
    pub(crate) fn get(&self, vendor: Vendor) -> Option<&SecretString> {
        self.0.get(&vendor)
    }

    /// Whether there is a key for a vendor.
    pub(crate) fn has(&self, vendor: Vendor) -> bool {
        self.0.contains_key(&vendor)
    }
}

fn named_file() -> Option<PathBuf> {
    std::env::var_os("HAILUO_KEY_FILE").filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// Where the key file is if nobody says otherwise.
pub(crate) fn usual_file() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("hailuo").join("keys"))
}

fn read(ui: &Ui, path: &Path) -> Result<Keys, KeyError> {
    let failed = |error| KeyError::File(path.to_owned(), error);
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    let mut text = String::new();
    // A device, or a pipe, may never end.
    file.take(MAX_BYTES + 1).read_to_string(&mut text).map_err(failed)?;
    if text.len() as u64 > MAX_BYTES {
        return Err(KeyError::TooLarge(path.to_owned()));
    }
    #[cfg(unix)]
    if metadata.is_file() && std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o077 != 0 {
        ui.warn(&format!("others can read the key file; run: chmod 600 {}", quoted(path.as_os_str())));
    }
    parse(&text).map_err(|line| KeyError::Line { path: path.to_owned(), line })
}

/// Reads lines `NAME=KEY`, with the name of a variable or of a vendor; an error is the number of the line.
fn parse(text: &str) -> Result<Keys, usize> {
    let mut keys = Keys::default();
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, key) = line.split_once('=').ok_or(at + 1)?;
        let name = name.trim();
        let name = name.strip_prefix("export ").unwrap_or(name).trim();
        let vendor =
            Vendor::ALL.into_iter().find(|vendor| vendor.env_var() == name || vendor.slug() == name).ok_or(at + 1)?;
        // No key has a space in it, so what follows one and a `#` is a comment.
        let key = key.split_once(" #").map_or(key, |(key, _)| key).trim();
        let quoted = ['"', '\''].into_iter().find_map(|quote| key.strip_prefix(quote)?.strip_suffix(quote));
        let key = quoted.unwrap_or(key);
        if !key.is_empty() {
            keys.0.insert(vendor, key.to_owned().into());
        }
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn has(text: &str) -> Result<Vec<&'static str>, usize> {
        let keys = parse(text)?;
        Ok(Vendor::ALL.into_iter().filter(|vendor| keys.has(*vendor)).map(Vendor::slug).collect())
    }

    #[test]
    fn a_key_file_is_read_as_people_write_them() {
        for (text, vendors) in [
            ("", vec![]),
            ("FAL_KEY=a:b\n", vec!["fal"]),
            ("\u{feff}# mine\r\n\r\nexport SEAART_API_KEY=\"x\"\r\nfal = 'y'\r\n", vec!["fal", "seaart"]),
            ("FAL_KEY=\n", vec![]),
            ("FAL_KEY=a=b", vec!["fal"]),
        ] {
            assert_eq!(has(text), Ok(vendors), "{text}");
        }
    }

    #[test]
    fn quotes_and_a_comment_are_no_part_of_a_key() {
        for line in
            ["fal=a:b#c", " fal = a:b#c ", "fal='a:b#c'", "fal=a:b#c # mine", "export FAL_KEY=\"a:b#c\"  # mine\r\n"]
        {
            let keys = parse(line).unwrap_or_default();
            assert_eq!(keys.get(Vendor::Fal).map(ExposeSecret::expose_secret), Some("a:b#c"), "{line}");
        }
    }

    #[test]
    fn a_line_that_is_no_key_is_told_by_its_number_only() {
        for (text, line) in [("s3cret", 1), ("FAL_KEY=x\nOTHER=s3cret", 2), ("\n\nfal: s3cret", 3)] {
            assert_eq!(has(text), Err(line), "{text}");
            let error = KeyError::Line { path: "keys".into(), line }.to_string();
            assert!(!error.contains("s3cret"), "{error}");
        }
    }
}
