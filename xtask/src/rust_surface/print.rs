//! Parts of Rust in one line each, spelled the same however a generator laid them out.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{FnArg, Generics, Signature};

/// A function without its body, under its full path.
pub(super) fn signature(path: &str, signature: &Signature) -> String {
    let mut signature = signature.clone();
    for input in &mut signature.inputs {
        match input {
            // Whether a parameter may be changed inside is nobody's business outside.
            FnArg::Receiver(receiver) if receiver.reference.is_none() => receiver.mutability = None,
            FnArg::Typed(typed) => {
                if let syn::Pat::Ident(name) = &mut *typed.pat {
                    name.mutability = None;
                }
            }
            FnArg::Receiver(_) => {}
        }
    }
    let bounds = tidy(&signature.generics.where_clause);
    let asynchronous = if signature.asyncness.is_some() { "async " } else { "" };
    let constant = if signature.constness.is_some() { "const " } else { "" };
    let generics = generics(&signature.generics);
    let inputs = tidy(&signature.inputs);
    let output = tidy(&signature.output);
    let space = |text: &str| if text.is_empty() { String::new() } else { format!(" {text}") };
    format!(
        "{constant}{asynchronous}fn {path}{generics}({}){}{}",
        inputs.trim_end_matches(','),
        space(&output),
        space(bounds.trim_end_matches(','))
    )
}

/// Type parameters with their bounds, without the `where` clause.
pub(super) fn generics(generics: &Generics) -> String {
    let mut generics = generics.clone();
    generics.where_clause = None;
    tidy(&generics)
}

/// Tokens in one line, with spaces where a person puts them, and std's names without their paths.
pub(super) fn tidy(tokens: &impl ToTokens) -> String {
    let mut flat = Vec::new();
    flatten(tokens.to_token_stream(), &mut flat);
    let flat = shorten(flat);
    let mut text = String::new();
    let mut before = "";
    for (index, token) in flat.iter().enumerate() {
        let after = flat.get(index + 1).map_or("", String::as_str);
        // A comma before the end of a list says nothing.
        if token == "," && matches!(after, ">" | ")" | "}" | "") {
            continue;
        }
        if is_spaced(before, token) {
            text.push(' ');
        }
        text.push_str(token);
        before = token;
    }
    text
}

fn is_spaced(before: &str, token: &str) -> bool {
    let is_word = |token: &str| token.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '\'');
    match (before, token) {
        ("", _) | (_, "," | ";" | ":" | "?" | "." | ")" | "]" | ">" | "::") => false,
        ("," | ";" | ":" | "->" | "=" | "+" | "{", _) | (_, "->" | "=" | "+" | "{" | "}") => true,
        (word, next) if is_word(word) && is_word(next) => true,
        (")" | ">" | "]" | "}", next) if is_word(next) => true,
        _ => false,
    }
}

fn flatten(tokens: TokenStream, flat: &mut Vec<String>) {
    let mut joined = String::new();
    for token in tokens {
        match token {
            TokenTree::Punct(punct) => {
                joined.push(punct.as_char());
                let open = matches!(joined.as_str(), ":" | "-" | "=") && punct.spacing() == Spacing::Joint;
                if !open {
                    flat.push(std::mem::take(&mut joined));
                }
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                flat.push(open.to_owned());
                flatten(group.stream(), flat);
                flat.push(close.to_owned());
            }
            // The tick of a lifetime comes as a joint punctuation before the name.
            TokenTree::Ident(name) => match flat.last_mut().filter(|last| *last == "'") {
                Some(tick) => tick.push_str(&name.to_string()),
                None => flat.push(name.to_string()),
            },
            TokenTree::Literal(literal) => flat.push(literal.to_string()),
        }
    }
    flat.retain(|token| !token.is_empty());
}

/// `::std::option::Option` becomes `Option`, `::hailuo_runtime::Media` becomes `hailuo_runtime::Media`.
fn shorten(flat: Vec<String>) -> Vec<String> {
    let mut short: Vec<String> = Vec::with_capacity(flat.len());
    let mut tokens = flat.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let starts = short.last().is_none_or(|last| !is_name(last));
        if token == "::" && starts {
            continue;
        }
        let is_std = matches!(token.as_str(), "std" | "core" | "alloc") && short.last().is_none_or(|last| last != "::");
        if is_std && tokens.peek().is_some_and(|next| next == "::") {
            let mut name = token;
            while tokens.next_if(|next| next == "::").is_some() {
                name = tokens.next().unwrap_or_default();
            }
            short.push(name);
        } else {
            short.push(token);
        }
    }
    short
}

fn is_name(token: &str) -> bool {
    token.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '_') || token == ">"
}
