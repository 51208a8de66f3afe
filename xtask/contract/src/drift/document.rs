//! What holds for a document as a whole: servers, security, where the key goes, and what no operation reaches.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value;

use super::engine::{Engine, Sides, Spot, resolve};
use super::operation::{CALLBACK, Keys, Op};
use super::place::{Node, Places, Trail};
use super::rule::Rule;
use super::value::{both_same, is_documentation, same, same_shape};
use crate::canonical::{address, is_in_body, restates};
use crate::pointer::escape;
use crate::schema::METHODS;

/// A component: its section, its name, and what it is on both sides.
pub(super) type Component<'a> = (&'a str, &'a str, (Option<Node<'a>>, Option<Node<'a>>));

/// The alternative that needs no scheme.
const NOTHING: &str = "nothing";

/// Alternatives, each a set of schemes with the scopes it needs.
type Requirements<'a> = BTreeMap<String, BTreeSet<&'a str>>;

impl<'a> Engine<'a> {
    /// Compares two documents.
    pub(super) fn documents(&mut self) {
        let (old, new) = (Node { value: self.old, at: Trail::ROOT }, Node { value: self.new, at: Trail::ROOT });
        let spot = Self::spot(Places::DOCUMENT);
        for (key, (x, y)) in self.objects("the document", old, new, spot) {
            match key {
                "openapi" | "info" => self.document(x, y),
                "servers" => self.servers(x, y, spot),
                // A key in the body is no matter of this keyword; that it has moved there or away, `x-auth` tells.
                "security" if is_in_body(self.old) != is_in_body(self.new) => {}
                "security" => self.security(x, y, spot),
                "components" => self.components(x, y, spot),
                "webhooks" => {
                    for (name, x, y) in self.opaque(x, y, spot, CALLBACK) {
                        self.called_back(name, (Some(x), Some(y)), spot);
                    }
                }
                "paths" => {
                    if [x, y].into_iter().flatten().any(|node| !node.value.is_object()) {
                        self.odd("paths", x, y, spot);
                    }
                    self.operations(x, y);
                    self.path_items(x, y, spot);
                }
                _ => self.unknown(key, x, y, spot),
            }
        }
    }

    /// What a path says beside its operations.
    fn path_items(&mut self, a: Option<Node<'a>>, b: Option<Node<'a>>, spot: Spot) {
        let (Some(a), Some(b)) = (a, b) else { return };
        for (path, (x, y)) in self.keys(a, b) {
            let (Some(x), Some(y)) = (x, y) else { continue };
            if path.starts_with("x-") {
                self.document(Some(x), Some(y));
                continue;
            }
            let (x, y) = (self.follow(self.old, x), self.follow(self.new, y));
            for (key, (x, y)) in self.objects(path, x, y, spot) {
                match key {
                    method if METHODS.contains(&method) => {
                        if [x, y].into_iter().flatten().any(|node| !node.value.is_object()) {
                            self.odd(key, x, y, spot);
                        }
                    }
                    "parameters" | "servers" | "$ref" => {}
                    _ => self.unknown(key, x, y, spot),
                }
            }
        }
    }

    /// Compares lists of servers; their order says nothing.
    pub(super) fn servers(&mut self, a: Option<Node<'a>>, b: Option<Node<'a>>, spot: Spot) {
        let list = |engine: &mut Self, node: Option<Node<'a>>| -> Option<BTreeMap<Cow<'a, str>, Node<'a>>> {
            let Some(node) = node else { return Some(BTreeMap::new()) };
            let mut all = BTreeMap::new();
            for (index, value) in node.value.as_array()?.iter().enumerate() {
                let at = engine.trail.index(node.at, index);
                all.insert(address(value.get("url")?.as_str()?), Node { value, at });
            }
            Some(all)
        };
        let (Some(left), Some(right)) = (list(self, a), list(self, b)) else {
            return self.odd("servers", a, b, spot);
        };
        let url = |node: Node<'a>| node.value.get("url").unwrap_or(node.value);
        let gone: Vec<_> = left.iter().filter(|(url, _)| !right.contains_key(*url)).map(|(_, node)| *node).collect();
        let come: Vec<_> = right.iter().filter(|(url, _)| !left.contains_key(*url)).map(|(_, node)| *node).collect();
        if let ([x], [y]) = (&*gone, &*come) {
            let sides = Sides { before: Some(url(*x)), after: Some(url(*y)), ..Sides::both(*x, *y) };
            self.change(spot, Rule::ServerChanged, sides);
        } else {
            for node in gone {
                let sides = Sides { before: Some(url(node)), ..Sides::of(Some(node), None) };
                self.change(spot, Rule::ServerRemoved, sides);
            }
            for node in come {
                let sides = Sides { after: Some(url(node)), ..Sides::of(None, Some(node)) };
                self.change(spot, Rule::ServerAdded, sides);
            }
        }
        let rest = |server: &Value| {
            let mut rest = server.clone();
            rest.as_object_mut().map(|server| server.remove("url"));
            rest
        };
        for (url, x) in &left {
            match right.get(url) {
                Some(y) if !same_shape(&rest(x.value), &rest(y.value)) => {
                    self.change(spot, Rule::ServerChanged, Sides::both(*x, *y));
                }
                Some(y) => self.document(Some(*x), Some(*y)),
                None => {}
            }
        }
    }

    /// Compares where an operation is called, where one of the documents says it for that operation alone: servers of
    /// its own take the place of the document's.
    pub(super) fn servers_of(&mut self, a: Op<'a>, b: Op<'a>, spot: Spot) {
        let own = |engine: &mut Self, op: Op<'a>| {
            engine.child(op.node, "servers").or_else(|| engine.child(op.around, "servers"))
        };
        let (x, y) = (own(self, a), own(self, b));
        if x.is_some() || y.is_some() {
            let root = |value| Node { value, at: Trail::ROOT };
            let x = x.or_else(|| self.child(root(self.old), "servers"));
            let y = y.or_else(|| self.child(root(self.new), "servers"));
            self.servers(x, y, spot);
        }
    }

    /// Compares what opens an operation, where one of the documents says it for that operation alone.
    pub(super) fn security_of(&mut self, a: Op<'a>, b: Op<'a>, spot: Spot) {
        let (x, y) = (self.child(a.node, "security"), self.child(b.node, "security"));
        if x.is_some() || y.is_some() {
            let root = |value| Node { value, at: Trail::ROOT };
            let x = x.or_else(|| self.child(root(self.old), "security"));
            let y = y.or_else(|| self.child(root(self.new), "security"));
            self.security(x, y, spot);
        }
    }

    fn security(&mut self, a: Option<Node<'a>>, b: Option<Node<'a>>, spot: Spot) {
        let (Some(left), Some(right)) = (requirements(a), requirements(b)) else {
            return self.odd("security", a, b, spot);
        };
        let names = |all: &Requirements<'a>| Value::from(all.keys().cloned().collect::<Vec<_>>());
        let places = Sides::places(a.map(|node| node.at), b.map(|node| node.at));
        if left.is_empty() != right.is_empty() {
            let rule = if left.is_empty() { Rule::SecurityRequired } else { Rule::SecurityLifted };
            if let Some(found) = self.change(spot, rule, places) {
                found.before = (!left.is_empty()).then(|| names(&left));
                found.after = (!right.is_empty()).then(|| names(&right));
            }
            return;
        }
        for key in left.keys().chain(right.keys().filter(|key| !left.contains_key(*key))) {
            match (left.get(key), right.get(key)) {
                (Some(before), Some(after)) => {
                    for scope in before.symmetric_difference(after) {
                        let gone = before.contains(scope);
                        let rule = if gone { Rule::SecurityScopeRemoved } else { Rule::SecurityScopeAdded };
                        self.named(spot, rule, places, scope);
                    }
                }
                (None, _) if key == NOTHING => self.named(spot, Rule::SecurityBecameOptional, places, key),
                (_, None) if key == NOTHING => self.named(spot, Rule::SecurityBecameRequired, places, key),
                (None, _) => self.named(spot, Rule::SecurityAlternativeAdded, places, key),
                (_, None) => self.named(spot, Rule::SecurityAlternativeRemoved, places, key),
            }
        }
    }

    fn components(&mut self, a: Option<Node<'a>>, b: Option<Node<'a>>, spot: Spot) {
        let mut open = Vec::new();
        for (section, (x, y)) in self.objects("components", a, b, spot) {
            match section {
                "securitySchemes" => {
                    let entries = self.objects(section, x, y, spot);
                    self.schemes(entries, spot);
                }
                "schemas" | "parameters" | "responses" | "requestBodies" | "headers" | "links" | "callbacks"
                | "pathItems" => {
                    let entries = self.objects(section, x, y, spot);
                    open.extend(entries.into_iter().map(|(name, sides)| (section, name, sides)));
                }
                "examples" => self.document(x, y),
                _ => self.unknown(section, x, y, spot),
            }
        }
        open.retain(|(_, _, sides)| !matches!(sides, (Some(x), Some(y)) if same(x.value, y.value)));
        self.unseen = open;
    }

    /// Components that differ and that nothing in their own document leads to.
    pub(super) fn unreached(&mut self) {
        let mut open = std::mem::take(&mut self.unseen);
        open.retain(|(section, name, _)| *section != "schemas" || !self.was_compared(name));
        if open.is_empty() {
            return;
        }
        let spot = Self::spot(Places::DOCUMENT);
        let (before, after) = (reached(self.old), reached(self.new));
        for (section, name, (x, y)) in &open {
            let id = format!("#/components/{section}/{}", escape(name));
            let used = before.contains(&id) || after.contains(&id) || (*section == "schemas" && self.is_heir(name));
            let rule = match (x, y) {
                _ if used => continue,
                (Some(x), Some(y)) if same_shape(x.value, y.value) => {
                    self.document(Some(*x), Some(*y));
                    continue;
                }
                (Some(_), Some(_)) => Rule::UnreachedChanged,
                (None, _) => Rule::UnreachedAdded,
                (_, None) => Rule::UnreachedRemoved,
            };
            self.named(spot, rule, Sides::of(*x, *y), name);
        }
    }

    fn schemes(&mut self, entries: Keys<'a>, spot: Spot) {
        for (name, sides) in entries {
            match sides {
                (Some(a), Some(b)) => self.scheme(a, b, spot),
                (None, y) => self.named(spot, Rule::SecuritySchemeAdded, Sides::of(None, y), name),
                (x, None) => self.named(spot, Rule::SecuritySchemeRemoved, Sides::of(x, None), name),
            }
        }
    }

    fn scheme(&mut self, a: Node<'a>, b: Node<'a>, spot: Spot) {
        let field = |node: Node<'a>, key: &str| node.value.get("x-auth").and_then(|auth| auth.get(key));
        for (key, (x, y)) in self.objects("a security scheme", a, b, spot) {
            if key == "x-auth" {
                self.key(x, y, spot);
                continue;
            }
            // The scheme repeats what `x-auth` says; one line for both is enough.
            let said = (matches!(key, "in" | "name") && field(a, key) != field(b, key))
                || (matches!(key, "in" | "name" | "scheme" | "type") && restates(a.value) && restates(b.value));
            let equal = matches!((x, y), (Some(x), Some(y)) if same_shape(x.value, y.value));
            if is_documentation(key) || equal {
                self.document(x, y);
            } else if !said {
                self.named(spot, Rule::SecuritySchemeChanged, Sides::of(x, y), key);
            }
        }
    }

    /// Compares where the key goes.
    fn key(&mut self, a: Option<Node<'a>>, b: Option<Node<'a>>, spot: Spot) {
        let (Some(x), Some(y)) = (a, b) else {
            let rule = if a.is_some() { Rule::KeyUnstated } else { Rule::KeyStated };
            self.change(spot, rule, Sides::of(a, b));
            return;
        };
        for (field, (x, y)) in self.objects("x-auth", x, y, spot) {
            let rule = match field {
                "in" => Rule::KeyPlaceChanged,
                "name" => Rule::KeyNameChanged,
                "prefix" => Rule::KeyPrefixChanged,
                _ => {
                    self.unknown(field, x, y, spot);
                    continue;
                }
            };
            let text = |node: Option<Node<'a>>| node.map(|node| node.value).filter(|value| value.as_str() != Some(""));
            if !both_same(text(x), text(y)) {
                self.change(spot, rule, Sides::of(x, y));
            }
        }
    }
}

/// The alternatives of a security requirement, by the names of their schemes; `None` when they are not of that form.
fn requirements(node: Option<Node<'_>>) -> Option<Requirements<'_>> {
    let mut all = Requirements::new();
    let Some(node) = node else { return Some(all) };
    for alternative in node.value.as_array()? {
        let alternative = alternative.as_object()?;
        let mut names: Vec<&str> = alternative.keys().map(String::as_str).collect();
        names.sort_unstable();
        let name = if names.is_empty() { NOTHING.to_owned() } else { names.join(" + ") };
        let scopes = all.entry(name).or_default();
        for list in alternative.values() {
            for scope in list.as_array()? {
                scopes.insert(scope.as_str()?);
            }
        }
    }
    Some(all)
}

/// The components that anything leads to, from the paths on, as `#/components/SECTION/NAME`.
fn reached(root: &Value) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut rest: Vec<&Value> = ["paths", "webhooks"].into_iter().filter_map(|key| root.get(key)).collect();
    while let Some(value) = rest.pop() {
        match value {
            Value::Array(items) => rest.extend(items),
            Value::Object(map) => rest.extend(map.values()),
            Value::String(text) if text.starts_with("#/components/") => {
                let component: Vec<&str> = text.splitn(5, '/').take(4).collect();
                let component = component.join("/");
                if let Some(target) = resolve(root, &component)
                    && found.insert(component)
                {
                    rest.push(target);
                }
            }
            _ => {}
        }
    }
    found
}
