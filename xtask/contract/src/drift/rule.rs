//! What kinds of change there are, and what each means: the vocabulary of a drift report, as data.
//!
//! The names follow oasdiff's where it has one. A rule about schemas stands for two ids, `request-…` and `response-…`,
//! because the same edit that a caller does not notice may break a reader. [`table`](super::table) holds the rows;
//! finding the changes is the business of the modules beside this one.

use std::fmt;

use serde::Serialize;

pub use super::table::Rule;

/// The way a part of a contract travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From the caller to the vendor: parameters and request bodies.
    Request,
    /// From the vendor to the caller: statuses, headers and answer bodies.
    Response,
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Request => "request",
            Self::Response => "answer",
        })
    }
}

/// What a change does to programs that were written for the old contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// A correct program may fail, lose something, or get something else than it asked for.
    Breaking,
    /// A correct program goes on working.
    Compatible,
    /// Nothing that travels is different.
    Documentation,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Breaking => "breaking",
            Self::Compatible => "compatible",
            Self::Documentation => "documentation only",
        })
    }
}

/// What a change does to the set of values that a schema admits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Some values are admitted no longer, and no new ones are.
    Tightens,
    /// New values are admitted, and none is lost.
    Loosens,
    /// Neither set contains the other, or nobody can tell.
    Differs,
    /// The set stays what it was.
    Nothing,
}

impl Effect {
    /// The effect on the complement: what tightens a schema loosens its `not`.
    #[must_use]
    pub fn flipped(self) -> Self {
        match self {
            Self::Tightens => Self::Loosens,
            Self::Loosens => Self::Tightens,
            same => same,
        }
    }
}

/// Which ids a rule stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// `STEM`: the change has no direction.
    Api,
    /// `request-STEM`.
    Request,
    /// `response-STEM`.
    Response,
    /// Both `request-STEM` and `response-STEM`.
    Schema,
}

/// An effect with the verdicts that follow from it: in a request, in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Law(pub(super) Effect, pub(super) Verdict, pub(super) Verdict);

impl Law {
    pub(super) const TIGHTENS: Self = Self(Effect::Tightens, Verdict::Breaking, Verdict::Compatible);
    pub(super) const LOOSENS: Self = Self(Effect::Loosens, Verdict::Compatible, Verdict::Breaking);
    pub(super) const DIFFERS: Self = Self(Effect::Differs, Verdict::Breaking, Verdict::Breaking);
    pub(super) const NOTHING: Self = Self(Effect::Nothing, Verdict::Compatible, Verdict::Compatible);
    /// Breaks whoever is concerned, and leaves what a schema admits alone.
    pub(super) const BREAKS: Self = Self(Effect::Nothing, Verdict::Breaking, Verdict::Breaking);
    /// A named value is gone: whoever wrote or read it is concerned, although the schema admits more than before.
    pub(super) const GONE: Self = Self(Effect::Loosens, Verdict::Breaking, Verdict::Breaking);
    /// Something optional is new: neither a caller nor a tolerant reader has to know of it.
    pub(super) const NEW: Self = Self(Effect::Tightens, Verdict::Compatible, Verdict::Compatible);
}

/// One line of the rule table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub(super) stem: &'static str,
    pub(super) scope: Scope,
    pub(super) law: Law,
    pub(super) mirror: Rule,
    pub(super) says: &'static str,
}

impl Rule {
    /// The stable name of the rule: `request-max-length-decreased`.
    pub fn id(self, direction: Option<Direction>) -> String {
        let row = self.row();
        match (row.scope, direction) {
            (Scope::Request, _) | (Scope::Schema, Some(Direction::Request)) => format!("request-{}", row.stem),
            (Scope::Response, _) | (Scope::Schema, Some(Direction::Response)) => format!("response-{}", row.stem),
            (Scope::Api, _) | (Scope::Schema, None) => row.stem.to_owned(),
        }
    }

    /// What a change under this rule means on the wire.
    pub fn verdict(self, direction: Option<Direction>) -> Verdict {
        let row = self.row();
        match (row.scope, direction) {
            (Scope::Response, _) | (Scope::Schema, Some(Direction::Response)) => row.law.2,
            (Scope::Schema, None) => row.law.1.min(row.law.2),
            _ => row.law.1,
        }
    }

    /// What a change under this rule does to the values that a schema admits.
    pub fn effect(self) -> Effect {
        self.row().law.0
    }

    /// The rule of the same change seen backwards, with old and new exchanged.
    #[must_use]
    pub fn mirror(self) -> Self {
        self.row().mirror
    }

    /// What happened, in words; `{before}`, `{after}` and `{name}` stand for the change's own.
    pub fn says(self) -> &'static str {
        self.row().says
    }

    /// Which ids the rule stands for.
    pub fn scope(self) -> Scope {
        self.row().scope
    }

    /// The directions in which this rule can be reported; `None` for a rule without direction.
    pub fn directions(self) -> &'static [Option<Direction>] {
        match self.row().scope {
            Scope::Api => &[None],
            Scope::Request => &[Some(Direction::Request)],
            Scope::Response => &[Some(Direction::Response)],
            Scope::Schema => &[Some(Direction::Request), Some(Direction::Response)],
        }
    }
}
