//! The public surface of a generated crate, read from its source: types, fields, variants, methods, traits.
//!
//! One line per item, sorted, so that the lines can be snapshotted and compared. What a change of them means for the
//! version follows cargo's rules of semantic versioning, and one of builders: a value that has to be supplied and was not
//! before breaks programs as surely as a further argument, only later. Carrying the verdict beside the wire's is left to
//! `contract::drift`. Macros are not expanded, and `impl` blocks of foreign types are listed under the foreign type.

mod compare;
mod print;

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{Attribute, Expr, Fields, ImplItem, Item, Member, Meta, Stmt, Type, UseTree, Visibility};

pub use compare::compare;

/// What stands before a method that has to be called.
const DUTY: &str = "required ";

/// One item of a public surface.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// The item's path, by which it is found again: `types::Status.progress`.
    key: String,
    /// The path of the item that it is a part of; empty for an item of its own.
    owner: String,
    kind: Kind,
    text: String,
}

/// What a line speaks of, as far as comparing depends on it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// A struct that can be written out as a literal: a further field breaks that.
    Literal,
    /// An enum that can be matched in full: a further variant breaks that.
    Exhaustive,
    /// Any other item.
    Item,
    /// A builder's method that has to be called.
    Duty,
    Field,
    Variant,
    /// The traits of a type.
    Traits(BTreeSet<String>),
}

impl Line {
    /// The line as it is shown: `field types::Status.progress: Option<Lenient<i64>>`.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The public surface of a crate's sources, taken together: `generated.rs` and `lib.rs`.
///
/// # Errors
/// A source is not Rust.
pub fn surface(sources: &[&str]) -> syn::Result<Vec<Line>> {
    let mut reader = Reader::default();
    for source in sources {
        let file = syn::parse_file(source)?;
        reader.names(&file.items, "");
        reader.files.push(file.items);
    }
    for items in std::mem::take(&mut reader.files) {
        reader.items(&items, "");
    }
    Ok(reader.finish())
}

/// The lines as text, one each.
pub fn render(lines: &[Line]) -> String {
    lines.iter().flat_map(|line| [line.text(), "\n"]).collect()
}

#[derive(Default)]
struct Reader {
    files: Vec<Vec<Item>>,
    /// The public types, by path.
    types: BTreeSet<String>,
    traits: BTreeMap<String, BTreeSet<String>>,
    /// The builders' methods without which nothing can be built, by path.
    duties: BTreeSet<String>,
    lines: BTreeMap<String, Line>,
}

impl Reader {
    /// Finds the public types first, because an `impl` may stand before or far from its type.
    fn names(&mut self, items: &[Item], module: &str) {
        for item in items {
            match item {
                Item::Struct(it) if is_public(&it.vis) => drop(self.types.insert(path(module, &it.ident.to_string()))),
                Item::Enum(it) if is_public(&it.vis) => drop(self.types.insert(path(module, &it.ident.to_string()))),
                Item::Mod(it) if is_public(&it.vis) => {
                    let inner = it.content.as_ref().map(|(_, items)| items.as_slice()).unwrap_or_default();
                    self.names(inner, &path(module, &it.ident.to_string()));
                }
                _ => {}
            }
        }
    }

    fn items(&mut self, items: &[Item], module: &str) {
        for item in items {
            match item {
                Item::Struct(it) if is_public(&it.vis) => self.structure(it, module),
                Item::Enum(it) if is_public(&it.vis) => self.enumeration(it, module),
                Item::Impl(it) => self.implementation(it, module),
                Item::Mod(it) if is_public(&it.vis) => {
                    let inner = it.content.as_ref().map(|(_, items)| items.as_slice()).unwrap_or_default();
                    self.items(inner, &path(module, &it.ident.to_string()));
                }
                Item::Fn(it) if is_public(&it.vis) => {
                    let name = path(module, &it.sig.ident.to_string());
                    self.item(&name, "", Kind::Item, print::signature(&name, &it.sig));
                }
                Item::Const(it) if is_public(&it.vis) => {
                    let name = path(module, &it.ident.to_string());
                    self.item(&name, "", Kind::Item, format!("const {name}: {}", print::tidy(&it.ty)));
                }
                Item::Static(it) if is_public(&it.vis) => {
                    let name = path(module, &it.ident.to_string());
                    self.item(&name, "", Kind::Item, format!("static {name}: {}", print::tidy(&it.ty)));
                }
                Item::Type(it) if is_public(&it.vis) => {
                    let name = path(module, &it.ident.to_string());
                    let generics = print::tidy(&it.generics);
                    self.item(&name, "", Kind::Item, format!("type {name}{generics} = {}", print::tidy(&it.ty)));
                }
                Item::Trait(it) if is_public(&it.vis) => {
                    let name = path(module, &it.ident.to_string());
                    self.item(&name, "", Kind::Item, format!("trait {}", print::tidy(it)));
                }
                Item::Use(it) if is_public(&it.vis) => self.reexport(&it.tree, module, ""),
                _ => {}
            }
        }
    }

    fn item(&mut self, key: &str, owner: &str, kind: Kind, text: String) {
        let line = Line { key: key.to_owned(), owner: owner.to_owned(), kind, text };
        self.lines.insert(key.to_owned(), line);
    }

    fn structure(&mut self, it: &syn::ItemStruct, module: &str) {
        let name = path(module, &it.ident.to_string());
        let open = !is_marked(&it.attrs, "non_exhaustive");
        let private = it.fields.iter().any(|field| !is_public(&field.vis));
        let notes = match (open, private) {
            (true, false) => "",
            (true, true) => " (private fields)",
            (false, false) => " (non-exhaustive)",
            (false, true) => " (non-exhaustive, private fields)",
        };
        let kind = if open && !private { Kind::Literal } else { Kind::Item };
        self.item(&name, "", kind, format!("struct {name}{}{notes}", print::generics(&it.generics)));
        self.fields(&it.fields, &name, true);
        self.derives(&it.attrs, &name);
    }

    fn fields(&mut self, fields: &Fields, owner: &str, only_public: bool) {
        for (index, field) in fields.iter().enumerate() {
            if only_public && !is_public(&field.vis) {
                continue;
            }
            let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
            let key = format!("{owner}.{name}");
            let text = format!("field {key}: {}", print::tidy(&field.ty));
            self.item(&key, owner, Kind::Field, text);
        }
    }

    fn enumeration(&mut self, it: &syn::ItemEnum, module: &str) {
        let name = path(module, &it.ident.to_string());
        let open = !is_marked(&it.attrs, "non_exhaustive");
        let notes = if open { "" } else { " (non-exhaustive)" };
        let kind = if open { Kind::Exhaustive } else { Kind::Item };
        self.item(&name, "", kind, format!("enum {name}{}{notes}", print::generics(&it.generics)));
        for variant in &it.variants {
            let key = format!("{name}::{}", variant.ident);
            let fields = print::tidy(&variant.fields);
            self.item(&key, &name, Kind::Variant, format!("variant {key}{fields}"));
        }
        self.derives(&it.attrs, &name);
    }

    fn derives(&mut self, attrs: &[Attribute], name: &str) {
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("derive")) {
            // A derive that does not parse is none that compiles.
            let _ = attr.parse_nested_meta(|meta| {
                let last = meta.path.segments.last().map(|segment| segment.ident.to_string());
                self.traits.entry(name.to_owned()).or_default().extend(last);
                Ok(())
            });
        }
    }

    fn implementation(&mut self, it: &syn::ItemImpl, module: &str) {
        let own = self.own(&it.self_ty, module);
        if let Some(owner) = &own {
            self.duties.extend(it.items.iter().flat_map(unset).map(|field| format!("{owner}::{field}")));
        }
        let Some((_, implemented, _)) = &it.trait_ else {
            let Some(owner) = own else { return };
            for item in &it.items {
                match item {
                    ImplItem::Fn(method) if is_public(&method.vis) && !is_hidden(&method.attrs) => {
                        let key = format!("{owner}::{}", method.sig.ident);
                        self.item(&key, &owner, Kind::Item, print::signature(&key, &method.sig));
                    }
                    ImplItem::Const(constant) if is_public(&constant.vis) => {
                        let key = format!("{owner}::{}", constant.ident);
                        let text = format!("const {key}: {}", print::tidy(&constant.ty));
                        self.item(&key, &owner, Kind::Item, text);
                    }
                    _ => {}
                }
            }
            return;
        };
        let mut implemented = implemented.clone();
        let lead = implemented.segments.len().saturating_sub(1);
        implemented.segments = implemented.segments.into_iter().skip(lead).collect();
        implemented.leading_colon = None;
        let words = print::tidy(&implemented);
        match own {
            Some(owner) => drop(self.traits.entry(owner).or_default().insert(words)),
            // A conversion into a foreign type is of interest when it starts from one of ours.
            None if it.trait_.is_some() && self.mentions(&words, module) => {
                let words = format!("{words} (in {})", if module.is_empty() { "crate" } else { module });
                self.traits.entry(print::tidy(&it.self_ty)).or_default().insert(words);
            }
            None => {}
        }
    }

    /// The path of the public type that an `impl` block is for.
    fn own(&self, ty: &Type, module: &str) -> Option<String> {
        let Type::Path(ty) = ty else { return None };
        let mut module = module;
        let mut names = Vec::new();
        for segment in &ty.path.segments {
            match segment.ident.to_string().as_str() {
                "self" => {}
                "super" => module = module.rsplit_once("::").map_or("", |(parent, _)| parent),
                "crate" => module = "",
                name => names.push(name.to_owned()),
            }
        }
        let full = path(module, &names.join("::"));
        self.types.contains(&full).then_some(full)
    }

    fn mentions(&self, words: &str, module: &str) -> bool {
        let Some((_, inside)) = words.split_once('<') else { return false };
        let name = inside.trim_end_matches('>');
        self.types.contains(&path(module, name))
    }

    fn reexport(&mut self, tree: &UseTree, module: &str, prefix: &str) {
        let joined = |name: String| if prefix.is_empty() { name } else { format!("{prefix}::{name}") };
        match tree {
            UseTree::Path(it) => self.reexport(&it.tree, module, &joined(it.ident.to_string())),
            UseTree::Group(it) => it.items.iter().for_each(|tree| self.reexport(tree, module, prefix)),
            UseTree::Name(it) => self.reexported(module, &it.ident.to_string(), &joined(it.ident.to_string())),
            UseTree::Rename(it) => self.reexported(module, &it.rename.to_string(), &joined(it.ident.to_string())),
            // What the generated module exports is read from its own source.
            UseTree::Glob(_) if prefix == "generated" => {}
            UseTree::Glob(_) => self.reexported(module, &format!("{prefix}::*"), &format!("{prefix}::*")),
        }
    }

    fn reexported(&mut self, module: &str, name: &str, source: &str) {
        let key = path(module, name);
        self.item(&key, "", Kind::Item, format!("use {key} = {source}"));
    }

    fn finish(mut self) -> Vec<Line> {
        for (name, traits) in std::mem::take(&mut self.traits) {
            let list: Vec<&str> = traits.iter().map(String::as_str).collect();
            let text = format!("traits {name}: {}", list.join(", "));
            let owner = if self.types.contains(&name) { name.clone() } else { String::new() };
            self.item(&format!("{name}:"), &owner, Kind::Traits(traits), text);
        }
        for duty in &self.duties {
            if let Some(line) = self.lines.get_mut(duty) {
                line.kind = Kind::Duty;
                line.text.insert_str(0, DUTY);
            }
        }
        self.lines.into_values().collect()
    }
}

/// The fields that a builder starts with as an error: `prompt: Err("no value supplied for prompt".to_string())`.
fn unset(item: &ImplItem) -> Vec<String> {
    let ImplItem::Fn(function) = item else { return Vec::new() };
    let Some(Stmt::Expr(Expr::Struct(start), None)) = function.block.stmts.last() else { return Vec::new() };
    let is_error = |value: &Expr| match value {
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => path.path.segments.last().is_some_and(|segment| segment.ident == "Err"),
            _ => false,
        },
        _ => false,
    };
    let named = |field: &syn::FieldValue| match &field.member {
        Member::Named(name) => Some(name.to_string()),
        Member::Unnamed(_) => None,
    };
    start.fields.iter().filter(|field| is_error(&field.expr)).filter_map(named).collect()
}

fn path(module: &str, name: &str) -> String {
    if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_marked(attrs: &[Attribute], name: &str) -> bool {
    attrs.iter().any(|attr| attr.path().is_ident(name))
}

fn is_hidden(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| {
        attr.path().is_ident("doc")
            && matches!(&attr.meta, Meta::List(list) if list.tokens.to_token_stream().to_string() == "hidden")
    })
}

#[cfg(test)]
mod tests;
