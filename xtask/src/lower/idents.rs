//! Identifiers as progenitor and typify make them, so that collisions are seen before they do.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToPascalCase, ToSnakeCase};

/// The type or variant name that is made of `text`.
pub fn pascal(text: &str) -> String {
    sanitize(text, |t| t.to_pascal_case(), "X")
}

/// The field, method or parameter name that is made of `text`.
pub fn snake(text: &str) -> String {
    sanitize(text, |t| t.to_snake_case(), "x")
}

fn sanitize(text: &str, case: impl Fn(&str) -> String, prefix: &str) -> String {
    let out = match text {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => {
            let plain: String = text
                .chars()
                .filter(|c| *c != '\'')
                .map(|c| if unicode_ident::is_xid_continue(c) { c } else { '-' })
                .collect();
            case(&plain)
        }
    };
    let out = match out.chars().next() {
        None => prefix.to_owned(),
        Some(c) if unicode_ident::is_xid_start(c) => out,
        Some(_) => format!("{prefix}{out}"),
    };
    if is_keyword(&out) { format!("{out}_") } else { out }
}

/// Whether `ident` is a word that Rust keeps for itself.
pub fn is_keyword(ident: &str) -> bool {
    ident == "_" || ident == "gen" || syn::parse_str::<syn::Ident>(ident).is_err()
}

/// Gives out names that are unique after they became identifiers.
#[derive(Debug, Default)]
pub struct Unique {
    taken: BTreeSet<String>,
    /// The last number that a base was given, so that a thousand names of one base cost a thousand steps.
    numbers: BTreeMap<String, u32>,
}

impl Unique {
    /// Takes `ident`; false if it was taken already.
    pub fn take(&mut self, ident: &str) -> bool {
        self.taken.insert(ident.to_owned())
    }

    /// A name made of `base` whose identifier, made by `ident`, was not taken yet; it is taken now.
    pub fn name(&mut self, base: &str, ident: impl Fn(&str) -> String) -> String {
        if self.taken.insert(ident(base)) {
            return base.to_owned();
        }
        let number = self.numbers.entry(ident(base)).or_insert(1);
        loop {
            *number += 1;
            let name = format!("{base}{number}");
            if self.taken.insert(ident(&name)) {
                return name;
            }
        }
    }
}
