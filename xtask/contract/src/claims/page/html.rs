//! HTML as the text that a browser would copy, with a line per block.

use std::collections::BTreeSet;

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

/// The text of HTML, and the words of its code elements.
pub(super) fn strip(html: &str) -> (String, BTreeSet<String>) {
    let (mut text, mut code) = (String::with_capacity(html.len() / 2), BTreeSet::new());
    let mut code_from = None;
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        decode(&rest[..open], &mut text);
        rest = &rest[open..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let name_at = 1 + usize::from(rest[1..].starts_with('/'));
        let name: String =
            rest[name_at..].chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        if name.is_empty() && !rest.starts_with("<!") && !rest.starts_with("<?") {
            // A lone `<` is text.
            text.push('<');
            rest = &rest[1..];
            continue;
        }
        let Some(end) = tag_end(rest) else {
            rest = "";
            break;
        };
        let is_closed = rest[..end].ends_with("/>");
        rest = &rest[end..];
        if name_at == 1 && !is_closed && SILENT.contains(&name.as_str()) {
            rest = skip_element(rest, &name);
        }
        if BLOCKS.contains(&name.as_str()) {
            text.push('\n');
        } else if CELLS.contains(&name.as_str()) {
            text.push(' ');
        }
        if name == "code" {
            match (name_at, code_from.take()) {
                (1, _) => code_from = Some(text.len()),
                (_, Some(from)) => {
                    code.insert(text[from..].split_whitespace().collect::<Vec<_>>().join(" "));
                }
                _ => {}
            }
        }
    }
    decode(rest, &mut text);
    (text, code)
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

fn skip_element<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let close = from + at;
        let tail = &rest[close + 2..];
        let (is_it, after) = (tail.get(..name.len()), tail.get(name.len()..));
        let ends = after.is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric()));
        if ends && is_it.is_some_and(|n| n.eq_ignore_ascii_case(name)) {
            return tail.find('>').map_or("", |end| &tail[end + 1..]);
        }
        from = close + 2;
    }
    ""
}

/// Appends a text with its entities decoded.
pub(super) fn decode(text: &str, out: &mut String) {
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
