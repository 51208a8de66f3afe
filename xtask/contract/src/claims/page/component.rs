//! Components of MDX as the text that they show: `<ParamField body="seed" type="integer" required>` is
//! `seed integer required`.

use std::collections::BTreeSet;

/// Attributes whose value is the name of a field.
const NAMES: [&str; 7] = ["body", "field", "header", "name", "param", "path", "query"];
/// Attributes that say more of a field, in words of their own.
const LIMITS: [&str; 10] =
    ["enum", "max", "maxLength", "maximum", "min", "minLength", "minimum", "options", "unit", "values"];

/// The names of the components that a page closes: an opening tag alone may be something to fill in, such as `<Key>`.
pub(super) fn closed(page: &str) -> BTreeSet<&str> {
    page.match_indices("</").map(|(at, _)| name(&page[at + 2..])).filter(|name| !name.is_empty()).collect()
}

/// What the component that a text begins with shows, and where its tag ends; `None` if it begins with none.
pub(super) fn shown(text: &str, closed: &BTreeSet<&str>) -> Option<(String, usize)> {
    const LONGEST: usize = 1024;
    if let Some(rest) = text.strip_prefix("</") {
        let name = name(rest);
        return (!name.is_empty() && rest[name.len()..].starts_with('>')).then(|| (String::new(), name.len() + 3));
    }
    let name = name(text.strip_prefix('<')?);
    let near = &text[1 + name.len()..text.floor_char_boundary(LONGEST.max(1 + name.len()))];
    if name.is_empty() || !near.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/')) {
        return None;
    }
    let (attributes, end) = attributes(near)?;
    let is_component =
        near[..end].ends_with("/>") || closed.contains(name) || attributes.iter().any(|(_, v)| v.is_some());
    let value = |name: &str| attributes.iter().find(|(n, _)| *n == name).map(|(_, value)| value.unwrap_or("true"));
    let mut words = Vec::new();
    let field = NAMES.iter().find_map(|name| value(name)).filter(|_| value("type").is_some());
    if let Some(field) = field {
        words.extend([Some(field), value("type")].into_iter().flatten().map(str::to_owned));
        words.extend(["required", "deprecated"].into_iter().filter(|w| value(w) == Some("true")).map(str::to_owned));
        words.extend(value("default").map(|value| format!("default:{value}")));
        words.extend(LIMITS.iter().filter_map(|name| value(name).map(|value| format!("{name}: {value}"))));
    } else {
        words.extend(["title", "label"].into_iter().filter_map(value).map(str::to_owned));
    }
    is_component.then(|| (format!(" {} ", words.join(" ")), 1 + name.len() + end))
}

/// The name that a text begins with, if it is one of a component: it has a capital and no more than one in a row.
fn name(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(text.len());
    let name = &text[..end];
    let is_name = name.starts_with(|c: char| c.is_ascii_uppercase()) && name.contains(|c: char| c.is_ascii_lowercase());
    if is_name { name } else { "" }
}

/// The attributes of a tag up to its end, each with its value, and where that is.
#[expect(clippy::type_complexity, reason = "pairs of a name and a value")]
fn attributes(tag: &str) -> Option<(Vec<(&str, Option<&str>)>, usize)> {
    let (mut attributes, mut at) = (Vec::new(), 0);
    loop {
        at += tag[at..].find(|c: char| !(c.is_whitespace() || c == '/'))?;
        if tag[at..].starts_with('>') {
            return Some((attributes, at + 1));
        }
        let end = at + tag[at..].find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')))?;
        let name = &tag[at..end];
        at = end;
        let Some(rest) = tag[at..].strip_prefix('=') else {
            if name.is_empty() {
                return None;
            }
            attributes.push((name, None));
            continue;
        };
        let close = match rest.chars().next()? {
            '{' => '}',
            quote @ ('"' | '\'') => quote,
            _ => return None,
        };
        let length = rest[1..].find(close)?;
        attributes.push((name, Some(rest[1..=length].trim_matches(['{', '}', '"', '\'']))));
        at += 3 + length;
    }
}
