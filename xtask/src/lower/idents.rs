//! Identifiers as progenitor and typify make them, so that collisions are seen before they do.

use std::collections::{BTreeMap, BTreeSet};

pub use contract::names::is_keyword;
use heck::{ToPascalCase, ToSnakeCase};

/// The type or variant name that is made of `text`.
pub fn pascal(text: &str) -> String {
    sanitize(text, ToPascalCase::to_pascal_case, "X")
}

/// The field, method or parameter name that is made of `text`.
pub fn snake(text: &str) -> String {
    sanitize(text, ToSnakeCase::to_snake_case, "x")
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

/// The text without the letters that only linguists use, or nobody any more, of which the compiler warns in a name.
pub fn common(text: &str) -> String {
    text.chars().map(|c| if is_uncommon(c) { '-' } else { c }).collect()
}

fn is_uncommon(c: char) -> bool {
    matches!(c, '\u{180}'..='\u{24F}' | '\u{250}'..='\u{36F}' | '\u{1D00}'..='\u{1DFF}' | '\u{2C60}'..='\u{2C7F}'
        | '\u{A720}'..='\u{A7FF}' | '\u{FB00}'..='\u{FFFF}' | '\u{10000}'..='\u{1FFFF}')
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_identifiers_as_typify_makes_them() {
        for (text, type_name, field_name) in [
            ("image_url", "ImageUrl", "image_url"),
            ("imageURL", "ImageUrl", "image_url"),
            ("768P", "X768p", "x768p"),
            ("", "X", "x"),
            ("+1", "plus1", "plus1"),
            ("a's", "As", "as_"),
            ("self", "Self_", "self_"),
            ("type", "Type", "type_"),
            ("左移", "左移", "左移"),
            ("--", "X", "x"),
            ("a.b/c", "ABC", "a_b_c"),
        ] {
            assert_eq!((pascal(text).as_str(), snake(text).as_str()), (type_name, field_name), "{text}");
            assert!(
                syn::parse_str::<syn::Ident>(&pascal(text)).is_ok()
                    && syn::parse_str::<syn::Ident>(&snake(text)).is_ok()
            );
        }
    }

    #[test]
    fn a_name_is_given_once() {
        let mut names = Unique::default();
        assert!(names.take("Foo") && !names.take("Foo"));
        let given: Vec<String> = ["foo", "Foo", "foo2", "bar"].iter().map(|name| names.name(name, pascal)).collect();
        assert_eq!(given, ["foo2", "Foo3", "foo22", "bar"]);
    }
}
