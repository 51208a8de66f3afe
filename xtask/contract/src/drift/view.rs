//! A schema as it is meant, whatever its spelling: wrappers that add nothing but `null` are taken off.
//!
//! `anyOf: [T, {type: null}]`, `oneOf` of the same, `allOf: [T]` and T itself show the same view. References are kept
//! until somebody asks to open them.

use serde_json::{Map, Value};

use super::engine::{DEEPEST, Spot, resolve};
use super::place::{At, Node, Trail};
use super::schema::is_around;
use super::value::is_documentation;

/// How many references in a row are followed.
const HOPS: usize = 32;

/// One object whose keywords hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layer<'a> {
    pub(super) map: &'a Map<String, Value>,
    pub(super) at: At,
    /// The wrapper that was taken off.
    pub(super) skip: Option<&'static str>,
}

impl Layer<'_> {
    fn has(&self, key: &str) -> bool {
        self.skip != Some(key) && self.map.contains_key(key)
    }
}

/// A keyword's value, before it has a position of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot<'a> {
    pub(super) parent: At,
    pub(super) key: &'a str,
    pub(super) value: &'a Value,
}

impl<'a> Slot<'a> {
    pub(super) fn enter(self, trail: &mut Trail<'a>) -> Node<'a> {
        Node { value: self.value, at: trail.name(self.parent, self.key) }
    }
}

/// A reference that was not opened.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reference<'a> {
    pub(super) name: &'a str,
    pub(super) node: Node<'a>,
}

#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) node: Node<'a>,
    /// The schema inside the wrappers, where the wrappers say nothing of types.
    pub(super) core: Node<'a>,
    pub(super) layers: Vec<Layer<'a>>,
    pub(super) reference: Option<Reference<'a>>,
    /// A wrapper allowed `null`.
    pub(super) nullable: bool,
    /// The schema is `false`.
    pub(super) never: bool,
    /// The schema is neither an object nor a boolean.
    pub(super) malformed: bool,
}

impl<'a> View<'a> {
    /// A view of a schema of which nothing was read yet.
    pub(super) fn empty(node: Node<'a>) -> Self {
        Self { node, core: node, layers: Vec::new(), reference: None, nullable: false, never: false, malformed: false }
    }

    pub(super) fn new(node: Node<'a>, trail: &mut Trail<'a>) -> Self {
        let mut view = Self::empty(node);
        view.peel(node, trail);
        if let Some((last, outer)) = view.layers.split_last()
            && outer.iter().all(|layer| layer.map.keys().all(|key| layer.skip == Some(key.as_str()) || is_around(key)))
        {
            let list = outer.last().and_then(|layer| layer.map.get(layer.skip?)?.as_array());
            let inner = list
                .into_iter()
                .flatten()
                .find(|member| member.as_object().is_some_and(|map| std::ptr::eq(map, last.map)));
            view.core = inner.map_or(node, |value| Node { value, at: last.at });
        }
        view
    }

    fn peel(&mut self, node: Node<'a>, trail: &mut Trail<'a>) {
        let mut node = node;
        for _ in 0..DEEPEST {
            let map = match node.value {
                Value::Object(map) => map,
                Value::Bool(allowed) => {
                    self.never |= !allowed;
                    return;
                }
                _ => {
                    self.malformed = true;
                    return;
                }
            };
            let mut layer = Layer { map, at: node.at, skip: None };
            if let Some((key, name)) = map.get_key_value("$ref").and_then(|(key, name)| Some((key, name.as_str()?))) {
                let at = trail.name(node.at, key);
                let value = map.get("$ref").unwrap_or(node.value);
                self.reference = Some(Reference { name, node: Node { value, at } });
                self.layers.push(layer);
                return;
            }
            let wrapped = wrapped(map).filter(|wrapped| self.fits(map, wrapped.member));
            layer.skip = wrapped.as_ref().map(|wrapped| wrapped.key);
            self.layers.push(layer);
            let Some(wrapped) = wrapped else { return };
            self.nullable |= wrapped.nullable;
            let list = trail.name(node.at, wrapped.key);
            node = Node { value: wrapped.member, at: trail.index(list, wrapped.index) };
        }
    }

    /// Whether a wrapped schema can be read as one with what stands around it: no keyword is there twice.
    fn fits(&self, around: &Map<String, Value>, member: &Value) -> bool {
        let taken =
            |key: &String| around.contains_key(key) || self.layers.iter().any(|layer| layer.map.contains_key(key));
        match member {
            Value::Object(map) => !map.keys().any(|key| !is_documentation(key) && taken(key)),
            _ => true,
        }
    }

    /// Reads the target of the reference as part of this schema; the target's place, if it exists.
    pub(super) fn open(&mut self, root: &'a Value, trail: &mut Trail<'a>) {
        for _ in 0..HOPS {
            let Some(reference) = self.reference.take() else { return };
            match resolve(root, reference.name) {
                Some(value) => {
                    let at = trail.start(reference.name.trim_start_matches('#'));
                    self.peel(Node { value, at }, trail);
                }
                None => self.malformed = true,
            }
        }
        self.malformed |= self.reference.is_some();
    }

    /// The value of a keyword.
    pub(super) fn get(&self, key: &str) -> Option<Slot<'a>> {
        let layer = self.layers.iter().find(|layer| layer.has(key))?;
        let (key, value) = layer.map.get_key_value(key)?;
        Some(Slot { parent: layer.at, key, value })
    }

    /// The keywords by which the schema says something, each once.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'a str> {
        let layers = self.layers.iter().enumerate();
        layers.flat_map(|(index, layer)| {
            let above = &self.layers[..index];
            let is_first = move |key: &&str| layer.has(key) && !above.iter().any(|above| above.has(key));
            layer.map.keys().map(String::as_str).filter(is_first)
        })
    }

    /// The unions of the schema: keyword, position, and alternatives other than `null`.
    pub(super) fn unions(&self) -> Vec<Union<'a>> {
        ["anyOf", "oneOf"].into_iter().filter_map(|key| Union::new(self.get(key)?)).collect()
    }
}

/// Two schemas side by side, and where they are compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schemas<'v, 'a> {
    pub(super) old: &'v View<'a>,
    pub(super) new: &'v View<'a>,
    pub(super) spot: Spot,
    /// What stands around a type is compared elsewhere: defaults, nullability, words for people.
    pub(super) bare: bool,
}

impl<'v, 'a> Schemas<'v, 'a> {
    pub(super) fn get(self, key: &'a str) -> Keyword<'v, 'a> {
        self.between(key, key)
    }

    /// What the old schema says by one keyword, and the new one by another.
    pub(super) fn between(self, old: &str, new: &'a str) -> Keyword<'v, 'a> {
        Keyword { key: new, old: self.old.get(old), new: self.new.get(new), of: self }
    }

    /// The keywords of both, each once.
    pub(super) fn keys(self) -> impl Iterator<Item = &'a str> {
        let added = self.new.keys().filter(move |key| self.old.get(key).is_none());
        self.old.keys().chain(added)
    }
}

/// A keyword of two schemas, with what each of them says by it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keyword<'v, 'a> {
    pub(super) key: &'a str,
    pub(super) old: Option<Slot<'a>>,
    pub(super) new: Option<Slot<'a>>,
    pub(super) of: Schemas<'v, 'a>,
}

impl<'a> Keyword<'_, 'a> {
    pub(super) fn values(self) -> (Option<&'a Value>, Option<&'a Value>) {
        (self.old.map(|slot| slot.value), self.new.map(|slot| slot.value))
    }
}

/// The alternatives of an `anyOf` or `oneOf`.
#[derive(Debug)]
pub(super) struct Union<'a> {
    pub(super) slot: Slot<'a>,
    pub(super) members: Vec<(usize, &'a Value)>,
    pub(super) nullable: bool,
}

impl<'a> Union<'a> {
    fn new(slot: Slot<'a>) -> Option<Self> {
        let all = slot.value.as_array()?;
        let members: Vec<_> = all.iter().enumerate().filter(|(_, member)| !is_null(member)).collect();
        Some(Self { slot, nullable: members.len() < all.len(), members })
    }

    /// The alternatives with their positions.
    pub(super) fn nodes(&self, trail: &mut Trail<'a>) -> Vec<Node<'a>> {
        let list = trail.name(self.slot.parent, self.slot.key);
        self.members.iter().map(|(index, value)| Node { value, at: trail.index(list, *index) }).collect()
    }
}

struct Wrapped<'a> {
    key: &'static str,
    index: usize,
    member: &'a Value,
    nullable: bool,
}

/// The one schema that a wrapper holds beside `null`.
fn wrapped(map: &Map<String, Value>) -> Option<Wrapped<'_>> {
    ["anyOf", "oneOf", "allOf"].into_iter().find_map(|key| {
        let all = map.get(key)?.as_array()?;
        let mut others = all.iter().enumerate().filter(|(_, member)| key == "allOf" || !is_null(member));
        let (index, member) = others.next()?;
        others.next().is_none().then_some(Wrapped { key, index, member, nullable: all.len() > 1 })
    })
}

/// Whether a schema admits `null` and nothing else.
pub(super) fn is_null(schema: &Value) -> bool {
    let Some(map) = schema.as_object() else { return false };
    let only = |key: &str| match key {
        "type" => map.get(key).is_some_and(|value| {
            value == "null"
                || value.as_array().is_some_and(|all| !all.is_empty() && all.iter().all(|one| one == "null"))
        }),
        "const" => map.get(key).is_some_and(Value::is_null),
        "enum" => {
            map.get(key).and_then(Value::as_array).is_some_and(|all| !all.is_empty() && all.iter().all(Value::is_null))
        }
        _ => false,
    };
    ["type", "const", "enum"].into_iter().any(only)
        && map.keys().all(|key| matches!(key.as_str(), "type" | "const" | "enum") || is_documentation(key))
}
