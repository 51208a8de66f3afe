//! What a check of claims finds, as a paragraph for a person: the vendor, the claim, what rests on it, what to do.

use std::fmt;

use crate::pointer::shorten;

/// Something that is wrong with a claim, or with a fact that has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub(super) vendor: String,
    pub(super) page: String,
    pub(super) kind: FindingKind,
    pub(super) claim: Option<String>,
    pub(super) pointers: Vec<String>,
    pub(super) rules: Vec<String>,
    /// The line of `source.toml` whose entry it is about; 0 if it is about none.
    pub(super) line: usize,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FindingKind {
    /// The pattern matches nothing on the page.
    Gone,
    /// The pattern matches more than once.
    Ambiguous(usize),
    /// The page says another value than the spec.
    OtherValue {
        /// What the page says.
        page: String,
        /// What the spec says.
        spec: String,
    },
    /// The page links a description of the API that is none of the vendor's documents.
    Description(String),
    /// The page shows the key elsewhere, or with something else before it, than `[auth]` says.
    Key(String),
    /// An inferred fact stands on the page.
    OnPage(String),
    /// The page states what no claim reads.
    PassedOver {
        /// What sort of fact.
        what: &'static str,
        /// The words of the page.
        text: String,
    },
    /// The page states more of one sort than is told one by one.
    More(&'static str),
    /// The page does not state any more what an aside is about.
    Aside(String),
    /// A fact rests neither on a claim nor on an inference.
    Uncovered(String),
    /// A fact is marked as inferred although claims cover it.
    Doubled,
    /// The claim cannot be checked.
    Broken(String),
    /// Many claims are gone at once.
    Cut {
        /// The lines of `source.toml` whose claims are gone.
        lines: Vec<usize>,
        /// The patterns there are.
        of: usize,
        /// What the page ends with.
        end: String,
        /// Whether it ends in the middle of something.
        is_sure: bool,
    },
    /// Hardly any claim is on the page.
    NotThePage {
        /// The patterns that are on it.
        found: usize,
        /// The patterns there are.
        of: usize,
        /// What the page seems to be.
        nature: String,
    },
}

impl Finding {
    /// What is wrong.
    pub fn kind(&self) -> &FindingKind {
        &self.kind
    }

    /// The pattern of the claim, where the finding is about one.
    pub fn claim(&self) -> Option<&str> {
        self.claim.as_deref()
    }

    /// The same, about another line of `source.toml`.
    pub(super) fn at_line(self, line: usize) -> Self {
        Self { line, ..self }
    }

    /// The places of the spec that the finding is about.
    pub fn pointers(&self) -> &[String] {
        &self.pointers
    }

    /// Whether the check itself failed: the spec's claims are wrong by themselves, or the page is another one. Anything
    /// else says that page and spec differ.
    pub fn is_broken(&self) -> bool {
        match self.kind {
            FindingKind::Gone
            | FindingKind::Ambiguous(_)
            | FindingKind::OtherValue { .. }
            | FindingKind::Description(_)
            | FindingKind::Key(_)
            | FindingKind::OnPage(_)
            | FindingKind::PassedOver { .. }
            | FindingKind::More(_)
            | FindingKind::Cut { is_sure: false, .. }
            | FindingKind::Aside(_) => false,
            FindingKind::Uncovered(_)
            | FindingKind::Doubled
            | FindingKind::Broken(_)
            | FindingKind::Cut { is_sure: true, .. }
            | FindingKind::NotThePage { .. } => true,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.vendor)?;
        if let Some(claim) = &self.claim {
            write!(f, "the claim /{claim}/ ")?;
        }
        let page = &self.page;
        let todo = match &self.kind {
            FindingKind::Gone => {
                write!(f, "is gone from the page")?;
                format!("read {page}, then correct the spec and the pattern, or mark the fact as inferred")
            }
            FindingKind::Ambiguous(times) => {
                write!(f, "matches the page {times} times")?;
                "add to the pattern what stands around the place that is meant".to_owned()
            }
            FindingKind::OtherValue { page: said, spec } => {
                write!(f, "finds `{}` where the spec says `{}`", shorten(said, 80), shorten(spec, 80))?;
                format!("if {page} means what it says, correct the spec and run `cargo xtask regen {}`", self.vendor)
            }
            FindingKind::Description(link) => {
                write!(f, "the page links `{}`, which is none of the documents of source.toml", shorten(link, 200))?;
                format!(
                    "if the document has moved, correct its `url` there and run `cargo xtask fetch {}`",
                    self.vendor
                )
            }
            FindingKind::Key(expected) => {
                write!(f, "does not show `{expected}` before the key")?;
                "correct `[auth]` of source.toml, or the pattern".to_owned()
            }
            FindingKind::OnPage(what) => {
                write!(f, "an inferred fact stands on the page: {what}")?;
                "turn the inference into a claim".to_owned()
            }
            FindingKind::PassedOver { what, text } => {
                write!(f, "the page states {what} that no claim reads: `{}`", shorten(text, 80))?;
                format!(
                    "put it into the spec with a claim; if it is not about this API, add it to `[[asides]]` of \
                     specs/{}/source.toml with the reason",
                    self.vendor
                )
            }
            FindingKind::More(what) => {
                write!(f, "the page states {what} that no claim reads in more places than are told one by one")?;
                format!("read {page}: it may have another table or list now, or be about more than this API")
            }
            FindingKind::Aside(pattern) => {
                write!(f, "the aside /{pattern}/ is not on the page any more")?;
                "remove it from source.toml".to_owned()
            }
            FindingKind::Uncovered(fact) => {
                write!(f, "{fact} rests on nothing")?;
                "add a claim to source.toml, or, if the page does not say it, an `[[inferred]]` with the reason"
                    .to_owned()
            }
            FindingKind::Doubled => {
                write!(f, "a fact is marked as inferred although claims cover it")?;
                "remove the pointer from `[[inferred]]`".to_owned()
            }
            FindingKind::Broken(why) => {
                if self.claim.is_some() {
                    write!(f, "cannot be checked: {why}")?;
                } else {
                    write!(f, "an inference cannot be checked: {why}")?;
                }
                "correct the entry in source.toml".to_owned()
            }
            FindingKind::Cut { lines, of, end, is_sure } => {
                let seems = if *is_sure { "the page is cut" } else { "the page may be cut, or was written anew" };
                write!(f, "{seems}: {} of {of} patterns are gone from it, and it ends with `{end}`", lines.len())?;
                let lines: Vec<String> = lines.iter().map(usize::to_string).collect();
                format!(
                    "save the whole of {page} and run `cargo xtask verify {} --from DIR`; if it is whole, correct the spec \
                     and these claims, or mark their facts as inferred: specs/{}/source.toml:{}",
                    self.vendor,
                    self.vendor,
                    lines.join(", ")
                )
            }
            FindingKind::NotThePage { found, of, nature } => {
                write!(f, "this is not the page: {found} of {of} patterns are on it, and {nature}")?;
                format!("save {page} as a browser shows it, signed in if need be, as {}.txt or .html", self.vendor)
            }
        };
        if !self.pointers.is_empty() {
            let rest = if self.claim.is_some() { "on it rests" } else { "at" };
            write!(f, "; {rest} {}", self.pointers.join(", "))?;
        }
        if !self.rules.is_empty() {
            write!(f, " (rule {})", self.rules.join(", "))?;
        }
        write!(f, "; {todo}")?;
        if self.line > 0 { write!(f, " (specs/{}/source.toml:{})", self.vendor, self.line) } else { Ok(()) }
    }
}
