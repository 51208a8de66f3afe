//! Where a compared value stands: as JSON pointers for machines, as an operation and a path of properties for people.
//!
//! Both are kept as links to a parent and written out only for what changed, so that comparing costs no strings.

use std::fmt::Write as _;

use serde_json::Value;

use super::rule::Direction;
use crate::pointer;

/// A position in a document, by its index in a [`Trail`].
pub(super) type At = u32;

/// A value together with its position.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'a> {
    pub(super) value: &'a Value,
    pub(super) at: At,
}

impl Node<'_> {
    /// Whether a flag is on that is off where it is missing.
    pub(super) fn has_flag(self, key: &str) -> bool {
        self.value.get(key) == Some(&Value::Bool(true))
    }
}

#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    /// The root of the document, or the target of a reference: the pointer as it is.
    Start(&'a str),
    Name(At, &'a str),
    Index(At, usize),
}

/// All positions that were visited.
#[derive(Debug)]
pub(super) struct Trail<'a> {
    steps: Vec<Step<'a>>,
}

impl<'a> Trail<'a> {
    /// The position of every document's root.
    pub(super) const ROOT: At = 0;

    pub(super) fn new() -> Self {
        Self { steps: vec![Step::Start("")] }
    }

    fn push(&mut self, step: Step<'a>) -> At {
        self.steps.push(step);
        // A document of four thousand million positions does not fit into memory.
        At::try_from(self.steps.len() - 1).unwrap_or(At::MAX)
    }

    pub(super) fn start(&mut self, pointer: &'a str) -> At {
        self.push(Step::Start(pointer))
    }

    pub(super) fn name(&mut self, at: At, name: &'a str) -> At {
        self.push(Step::Name(at, name))
    }

    pub(super) fn index(&mut self, at: At, index: usize) -> At {
        self.push(Step::Index(at, index))
    }

    pub(super) fn pointer(&self, at: At) -> String {
        let mut names = Vec::new();
        let mut at = at;
        let mut text = loop {
            match self.steps.get(at as usize) {
                Some(Step::Name(parent, name)) => {
                    names.push(pointer::escape(name).into_owned());
                    at = *parent;
                }
                Some(Step::Index(parent, index)) => {
                    names.push(index.to_string());
                    at = *parent;
                }
                Some(Step::Start(start)) => break (*start).to_owned(),
                None => break String::new(),
            }
        };
        for name in names.iter().rev() {
            text.push('/');
            text.push_str(name);
        }
        text
    }
}

/// A place as people see it, by its index in [`Places`].
pub(super) type PlaceId = u32;

/// One step of such a place.
#[derive(Debug, Clone, Copy)]
pub(super) enum Label<'a> {
    /// The document as a whole.
    Document,
    /// An operation as a whole, by its index.
    Operation(usize),
    /// A body, parameter, status or header of an operation.
    Part(Direction, Part<'a>),
    /// A schema that stands under a name, for one direction, by its index.
    Shared(usize),
    /// A named thing inside a value.
    Property(&'a str),
    /// The items of a list.
    Items,
    /// One item of a list.
    Item(usize),
    /// The values of properties without a schema of their own.
    Values,
    /// The names of properties.
    Names,
    /// An alternative of a union, by the name of its schema where it has one.
    Alternative(Option<&'a str>),
    /// What a string holds.
    Content,
    /// A part that adds no step to the path.
    Within,
}

/// A part of an operation.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part<'a> {
    Body,
    Parameter { location: &'a str, name: &'a str },
    Status(&'a str),
    Header { status: &'a str, name: &'a str },
    Callback(&'a str),
}

impl Part<'_> {
    /// The part as a report names it.
    pub(super) fn describe(self) -> String {
        match self {
            Self::Body => "body".to_owned(),
            Self::Parameter { location, name } => format!("{location} {name}"),
            Self::Status(status) => status.to_owned(),
            Self::Header { status, name } => format!("{status} header {name}"),
            Self::Callback(name) => format!("callback {name}"),
        }
    }
}

/// The longest path that is written out, in steps; recursive schemas make longer ones possible, and nobody reads them.
const LONGEST: usize = 24;

/// All places that were visited.
#[derive(Debug)]
pub(super) struct Places<'a> {
    places: Vec<(PlaceId, Label<'a>)>,
}

impl<'a> Places<'a> {
    /// The document as a whole.
    pub(super) const DOCUMENT: PlaceId = 0;

    pub(super) fn new() -> Self {
        Self { places: vec![(0, Label::Document)] }
    }

    pub(super) fn add(&mut self, parent: PlaceId, label: Label<'a>) -> PlaceId {
        self.places.push((parent, label));
        PlaceId::try_from(self.places.len() - 1).unwrap_or(PlaceId::MAX)
    }

    /// The schema under a name, or the part of an operation, that a place is in.
    pub(super) fn anchor(&self, place: PlaceId) -> PlaceId {
        let mut at = place;
        while let Some((parent, label)) = self.places.get(at as usize)
            && !matches!(label, Label::Document | Label::Operation(_) | Label::Part(..) | Label::Shared(_))
        {
            at = *parent;
        }
        at
    }

    /// The root of a place, its operation's part where it has one, and the path from there.
    pub(super) fn climb(&self, place: PlaceId) -> (Root<'a>, Vec<String>) {
        let mut path = Vec::new();
        let mut part = None;
        let mut at = place;
        loop {
            let Some((parent, label)) = self.places.get(at as usize) else {
                return (Root::Document, path);
            };
            match label {
                Label::Document => return finish(Root::Document, path),
                Label::Shared(index) => return finish(Root::Shared(*index), path),
                Label::Operation(index) => return finish(Root::Operation(*index, part), path),
                Label::Part(direction, this) => part = Some((*direction, *this)),
                Label::Within => {}
                other => path.push(write_label(*other)),
            }
            at = *parent;
        }
    }
}

fn finish(root: Root<'_>, mut path: Vec<String>) -> (Root<'_>, Vec<String>) {
    path.reverse();
    if path.len() > LONGEST {
        path.splice(LONGEST / 2..path.len() - LONGEST / 2, [".…".to_owned()]);
    }
    (root, path)
}

/// Where climbing ends.
#[derive(Debug, Clone, Copy)]
pub(super) enum Root<'a> {
    Document,
    Operation(usize, Option<(Direction, Part<'a>)>),
    Shared(usize),
}

fn write_label(label: Label<'_>) -> String {
    match label {
        Label::Property(name) => format!(".{name}"),
        Label::Items => "[]".to_owned(),
        Label::Item(index) => format!("[{index}]"),
        Label::Values => ".*".to_owned(),
        Label::Names => " (names)".to_owned(),
        Label::Alternative(Some(name)) => format!("|{name}"),
        Label::Content => " (content)".to_owned(),
        _ => String::new(),
    }
}

/// Joins the steps of a path: `video.url`, `outputs[].type`.
pub(super) fn join(steps: &[String]) -> String {
    let mut path = String::new();
    for step in steps {
        let step = if path.is_empty() { step.strip_prefix('.').unwrap_or(step) } else { step };
        let _ = write!(path, "{step}");
    }
    path
}
