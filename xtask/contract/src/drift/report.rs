//! What comparing two contracts yields: changes, in an order that puts what breaks first.

use std::sync::Arc;

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::place::join;
use super::rule::{Direction, Rule, Verdict};

/// The difference between two contracts.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Every change that programs could notice, breaking ones first.
    pub changes: Vec<Change>,
    /// Where only words for people differ: descriptions, examples, titles, a vendor's own extensions.
    pub documentation: Vec<Pointers>,
}

impl Report {
    /// Whether nothing changed that a program could notice.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The gravest verdict of all changes; `None` when there is no difference at all.
    pub fn verdict(&self) -> Option<Verdict> {
        let documentation = (!self.documentation.is_empty()).then_some(Verdict::Documentation);
        self.changes.iter().map(|change| change.verdict).min().or(documentation)
    }

    /// How many changes have the verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.changes.iter().filter(|change| change.verdict == verdict).count()
    }
}

/// A place in the old and in the new contract; one of the two is missing where something came or went.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Pointers {
    /// The JSON pointer into the old contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// The JSON pointer into the new contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
}

impl Pointers {
    /// The pointer to show: the new one where there is one.
    pub fn either(&self) -> &str {
        self.new.as_deref().or(self.old.as_deref()).unwrap_or_default()
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Change {
    /// What kind of change it is.
    pub rule: Rule,
    /// Which way the changed part travels, where that matters.
    pub direction: Option<Direction>,
    /// What it means for programs written for the old contract.
    pub verdict: Verdict,
    /// Where it is.
    pub at: Pointers,
    /// The value before, abridged.
    pub before: Option<Value>,
    /// The value after, abridged.
    pub after: Option<Value>,
    /// What the change is about, where its place does not say it: a status, a media type, a keyword.
    pub name: Option<String>,
    /// The other name, where something that went and something that came look like one thing renamed.
    pub renamed: Option<String>,
    /// The operations that reach the place.
    pub reached: Arc<Reached>,
    /// The path from there to the changed part: the steps of `video.url`.
    pub(super) path: Vec<String>,
}

/// The operations that reach a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reached {
    /// Every operation does: the change concerns the document as a whole.
    pub everywhere: bool,
    /// The uses, by operation, then request before answer.
    pub uses: Vec<Use>,
    /// There are more uses than are listed.
    pub more: bool,
}

/// One way by which an operation reaches a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Use {
    /// The operation's short name; empty when it has none.
    pub operation: String,
    /// Its method, in upper case, and path.
    pub call: String,
    /// What the operation is for: `submit`, `poll`, `fetch`, `cancel`.
    pub role: Option<String>,
    /// Whether the request or the answer reaches it; `None` for the operation as a whole.
    pub direction: Option<Direction>,
    /// The part: `body`, `query logs`, `200`, `200 header retry-after`.
    pub part: String,
    /// The steps from the part to the shared schema.
    pub(super) path: Vec<String>,
}

impl Change {
    /// The stable name of the change's rule.
    pub fn id(&self) -> String {
        self.rule.id(self.direction)
    }

    /// The path of properties by which a use reaches the changed part: `video.url`.
    pub fn path(&self, by: &Use) -> String {
        join(&[by.path.as_slice(), &self.path].concat())
    }

    /// The shortest name of the changed part: its path in the schema, else the part of the operation.
    pub fn subject(&self) -> String {
        let path = join(&self.path);
        match (path.is_empty(), self.reached.uses.first()) {
            (false, _) => path,
            (true, Some(by)) if by.direction.is_some() => {
                let path = self.path(by);
                if path.is_empty() { by.part.clone() } else { path }
            }
            (true, Some(by)) if !by.operation.is_empty() => by.operation.clone(),
            (true, Some(by)) => by.call.clone(),
            (true, None) => String::new(),
        }
    }

    /// Whether an operation of the role sends or receives the changed part.
    pub fn concerns(&self, role: &str) -> bool {
        self.reached.uses.iter().any(|by| by.role.as_deref() == Some(role))
    }

    pub(super) fn order(&self) -> impl Ord + use<> {
        let words = |value: &Option<Value>| value.as_ref().map(ToString::to_string);
        (
            self.verdict,
            self.at.either().to_owned(),
            self.rule,
            self.direction,
            self.name.clone(),
            words(&self.before),
            words(&self.after),
        )
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("Change", 11)?;
        map.serialize_field("rule", &self.id())?;
        map.serialize_field("verdict", &self.verdict)?;
        map.serialize_field("direction", &self.direction)?;
        map.serialize_field("subject", &self.subject())?;
        map.serialize_field("message", &super::words::message(self))?;
        map.serialize_field("at", &self.at)?;
        map.serialize_field("before", &self.before)?;
        map.serialize_field("after", &self.after)?;
        map.serialize_field("renamed", &self.renamed)?;
        map.serialize_field("everywhere", &self.reached.everywhere)?;
        map.serialize_field("operations", &tree(self))?;
        map.end()
    }
}

/// An operation, with the ways by which it reaches a change.
#[derive(Debug, Serialize)]
pub(super) struct Branch<'a> {
    pub(super) operation: &'a str,
    pub(super) call: &'a str,
    pub(super) uses: Vec<Leaf<'a>>,
}

/// One such way.
#[derive(Debug, Serialize)]
pub(super) struct Leaf<'a> {
    pub(super) direction: Option<Direction>,
    pub(super) part: &'a str,
    pub(super) path: String,
}

/// The uses of a change, as a tree: operation, request or answer, path of properties.
pub(super) fn tree(change: &Change) -> Vec<Branch<'_>> {
    let mut branches: Vec<Branch<'_>> = Vec::new();
    for by in &change.reached.uses {
        let leaf = Leaf { direction: by.direction, part: &by.part, path: change.path(by) };
        match branches.last_mut().filter(|branch| branch.call == by.call && branch.operation == by.operation) {
            Some(branch) => branch.uses.push(leaf),
            None => branches.push(Branch { operation: &by.operation, call: &by.call, uses: vec![leaf] }),
        }
    }
    for branch in &mut branches {
        if branch.uses.iter().all(|leaf| leaf.direction.is_none()) {
            branch.uses.clear();
        }
    }
    branches
}
