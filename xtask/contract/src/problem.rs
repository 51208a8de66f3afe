//! The one error shape of everything that reads a vendor's description: what is wrong, where, and what to do.
//!
//! A [`Problem`] is a paragraph for a person. It names the vendor, the file, the JSON pointer and the way out as far as
//! they are known; it never carries a backtrace or a source's wording twice.

use std::fmt;

/// What is wrong with a vendor's description, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Problem {
    vendor: Option<Box<str>>,
    file: Option<String>,
    pointer: Option<String>,
    what: String,
    fix: Option<String>,
    is_unmendable: bool,
}

impl Problem {
    /// A problem described by a lower-case sentence without a full stop.
    pub fn new(what: impl Into<String>) -> Self {
        Self { vendor: None, file: None, pointer: None, what: what.into(), fix: None, is_unmendable: false }
    }

    /// Names the vendor, unless one is named already.
    #[must_use]
    pub fn vendor(mut self, slug: impl Into<String>) -> Self {
        self.vendor.get_or_insert_with(|| slug.into().into_boxed_str());
        self
    }

    /// Names the file, relative to the repository's root, unless one is named already.
    #[must_use]
    pub fn file(mut self, path: impl Into<String>) -> Self {
        self.file.get_or_insert_with(|| path.into());
        self
    }

    /// Names the JSON pointer, unless one is named already.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer.get_or_insert_with(|| pointer.into());
        self
    }

    /// Says what to do next, as an imperative, unless it is said already.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix.get_or_insert_with(|| fix.into());
        self
    }

    /// Says what to do next, whatever was said before.
    #[must_use]
    pub fn fix_instead(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }

    /// Says that what is missing only the vendor can say, so that no part can be left out or made up instead.
    #[must_use]
    pub fn unmendable(mut self) -> Self {
        self.is_unmendable = true;
        self
    }

    /// Whether what is missing only the vendor can say.
    pub fn is_unmendable(&self) -> bool {
        self.is_unmendable
    }

    /// Puts the named file into a folder; the folder itself is named if no file is.
    #[must_use]
    pub fn in_folder(mut self, folder: &str) -> Self {
        self.file = Some(match self.file {
            Some(file) => format!("{folder}/{file}"),
            None => folder.to_owned(),
        });
        self
    }

    /// The sentence that says what is wrong.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// The JSON pointer, where one is known.
    pub fn pointer(&self) -> Option<&str> {
        self.pointer.as_deref()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(vendor) = &self.vendor {
            write!(f, "{vendor}: ")?;
        }
        match (&self.file, &self.pointer) {
            (Some(file), Some(pointer)) => write!(f, "{file}#{pointer}: ")?,
            (Some(file), None) => write!(f, "{file}: ")?,
            (None, Some(pointer)) => write!(f, "#{pointer}: ")?,
            (None, None) => {}
        }
        f.write_str(&self.what)?;
        match &self.fix {
            Some(fix) => write!(f, "; {fix}"),
            None => Ok(()),
        }
    }
}
