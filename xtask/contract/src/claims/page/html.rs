//! HTML as the text that a browser would copy, with a line per block.

use std::collections::BTreeSet;

use super::component;

/// Elements whose text is not the page's, or not any more.
const SILENT: [&str; 8] = ["script", "style", "noscript", "template", "svg", "del", "s", "strike"];

/// Elements that stand on lines of their own. What is unknown does not: a browser takes it for a part of the sentence.
const BLOCKS: [&str; 46] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "select",
    "summary",
    "table",
    "title",
    "tr",
    "ul",
];

/// Elements that stand apart from what is beside them on their line.
const CELLS: [&str; 9] = ["img", "input", "label", "tbody", "td", "textarea", "tfoot", "th", "thead"];

/// Elements that stand within a line. A page that is text has them, blocks and cells too, where its writer wanted more than
/// Markdown can; anything else between angle brackets is something to fill in, such as `<key>`.
const INLINE: [&str; 21] = [
    "a", "abbr", "b", "code", "col", "colgroup", "em", "font", "i", "ins", "kbd", "mark", "picture", "samp", "small",
    "span", "strong", "sub", "sup", "u", "wbr",
];

/// Classes of the numbers that highlighters put before lines of code.
const LINE_NUMBERS: [&str; 8] = [
    "gutter",
    "hljs-ln-numbers",
    "lineno",
    "linenos",
    "linenumber",
    "line-number",
    "line-numbers",
    "react-syntax-highlighter-line-number",
];

/// What angle brackets mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Tags, whatever their name, and however they are written.
    Html,
    /// Tags, where HTML has one of that name.
    Markdown,
}

/// The text of a page without its tags, entities decoded, and the words of its code elements.
pub(super) fn strip(page: &str, dialect: Dialect) -> (String, BTreeSet<String>) {
    let (mut text, mut code) = (String::with_capacity(page.len()), BTreeSet::new());
    let (mut code_from, mut verbatim) = (None, 0_usize);
    // Whether nothing but tags has come since an element ended within a line.
    let mut ended = false;
    let mut rest = page;
    let closed = component::closed(page);
    // Elements that no tag ends behind this place.
    let mut endless: BTreeSet<String> = BTreeSet::new();
    while let Some(open) = rest.find('<') {
        decode(&rest[..open], &mut text);
        ended &= open == 0;
        rest = &rest[open..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let Some((name, end)) = tag(rest, dialect) else {
            if let Some((shown, end)) = component::shown(rest, &closed) {
                text.push_str(&shown);
                rest = &rest[end..];
                continue;
            }
            // A lone `<` is text.
            text.push('<');
            rest = &rest[1..];
            ended = false;
            continue;
        };
        let tag = &rest[..end];
        rest = &rest[end..];
        let (closes, is_closed) = (tag.starts_with("</"), tag.ends_with("/>"));
        let is_footnote = name == "sup" && is_permalink(rest);
        if !closes && !is_closed && (SILENT.contains(&name.as_str()) || is_line_number(&name, tag) || is_footnote) {
            // In a text, what does not end is a word about it.
            let after = if endless.contains(&name) { None } else { skip_element(rest, &name) };
            match (after, dialect) {
                (Some(after), _) => rest = after,
                (None, Dialect::Html) => rest = "",
                (None, Dialect::Markdown) => {
                    endless.insert(name);
                    text.push_str(tag);
                }
            }
            continue;
        }
        if BLOCKS.contains(&name.as_str()) {
            text.push('\n');
        } else if CELLS.contains(&name.as_str()) || (ended && !closes && verbatim == 0) {
            // Of labels side by side, which a style sets apart, each is a word. Highlighted code is in one piece.
            text.push(' ');
        }
        ended = closes || (ended && name == "svg");
        if matches!(name.as_str(), "code" | "pre") {
            verbatim = if closes { verbatim.saturating_sub(1) } else { verbatim + 1 };
        }
        if name == "code" {
            match (closes, code_from.take()) {
                (false, _) => code_from = Some(text.len()),
                (true, Some(from)) => {
                    code.insert(text[from..].split_whitespace().collect::<Vec<_>>().join(" "));
                }
                _ => {}
            }
        }
    }
    decode(rest, &mut text);
    (text, code)
}

/// The name of the tag that a text begins with, and where the tag ends; `None` if it is none.
fn tag(text: &str, dialect: Dialect) -> Option<(String, usize)> {
    let name_at = 1 + usize::from(text[1..].starts_with('/'));
    let name: String =
        text[name_at..].chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    match dialect {
        Dialect::Html if name.is_empty() && !text.starts_with("<!") && !text.starts_with("<?") => None,
        // What never closes has no text behind it.
        Dialect::Html => Some((name, tag_end(text).unwrap_or(text.len()))),
        Dialect::Markdown => {
            const LONGEST: usize = 4096;
            let is_known = !name.is_empty()
                && [&SILENT[..], &BLOCKS, &CELLS, &INLINE].iter().any(|names| names.contains(&name.as_str()));
            let near = &text[..text.floor_char_boundary(LONGEST)];
            let end =
                is_known.then(|| tag_end(&near[..near[1..].find('<').map_or(near.len(), |at| at + 1)])).flatten()?;
            let attributes = text[name_at + name.len()..end - 1].trim_matches(|c: char| c.is_whitespace() || c == '/');
            (attributes.is_empty() || attributes == "open" || attributes.contains('=')).then_some((name, end))
        }
    }
}

/// Where a tag ends, quoted attributes skipped.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    // An attribute whose quote never closes: the tag ends at the first bracket.
    tag.find('>').map(|at| at + 1)
}

fn is_line_number(name: &str, tag: &str) -> bool {
    matches!(name, "span" | "td")
        && tag.split_once("class=").is_some_and(|(_, value)| {
            let value = value.trim_start_matches(['"', '\'']);
            let value = &value[..value.find(['"', '\'', '>']).unwrap_or(value.len())];
            value.split_whitespace().any(|class| LINE_NUMBERS.contains(&class))
        })
}

/// Whether a text begins with a link to another place of the page.
fn is_permalink(text: &str) -> bool {
    text.strip_prefix("<a ").and_then(|tag| tag.split('>').next()).is_some_and(|tag| tag.contains("href=\"#"))
}

/// What is behind the end of an element.
fn skip_element<'a>(rest: &'a str, name: &str) -> Option<&'a str> {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let close = from + at;
        let tail = &rest[close + 2..];
        let (is_it, after) = (tail.get(..name.len()), tail.get(name.len()..));
        let ends = after.is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric()));
        if ends && is_it.is_some_and(|n| n.eq_ignore_ascii_case(name)) {
            return tail.find('>').map(|end| &tail[end + 1..]);
        }
        from = close + 2;
    }
    None
}

/// Appends a text with its entities decoded.
fn decode(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // An entity is short, and a page may have an `&` per letter.
        let end = rest.bytes().take(11).position(|byte| byte == b';').filter(|end| *end >= 2);
        let entity = end.map(|end| &rest[1..end]);
        if let Some((name, c)) = entity.and_then(|name| entity_char(name).map(|c| (name, c))) {
            out.push(c);
            rest = &rest[name.len() + 2..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
}

fn entity_char(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ensp" | "emsp" | "thinsp" => ' ',
        "shy" => '\u{ad}',
        "bull" => '•',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "minus" => '−',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "times" => '×',
        "le" => '≤',
        "ge" => '≥',
        "middot" => '·',
        "copy" => '©',
        "para" => '¶',
        "lbrack" | "lsqb" => '[',
        "rbrack" | "rsqb" => ']',
        "lbrace" | "lcub" => '{',
        "rbrace" | "rcub" => '}',
        "sol" => '/',
        "colon" => ':',
        "comma" => ',',
        "period" => '.',
        "lowbar" => '_',
        "num" => '#',
        "vert" | "verbar" => '|',
        "ast" => '*',
        "grave" => '`',
        _ => return None,
    })
}
