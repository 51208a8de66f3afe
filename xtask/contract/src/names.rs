//! Words as Rust spells them: `snake_case` for operations, `PascalCase` for components, and the names that are taken.

use std::collections::{BTreeSet, HashMap};

/// The words that Rust keeps for itself, sorted.
const KEYWORDS: &[&str] = &[
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
    "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Whether `ident` is a word that Rust keeps for itself.
pub fn is_keyword(ident: &str) -> bool {
    KEYWORDS.binary_search(&ident).is_ok()
}

/// The names that a generated client's methods, types and modules bear already, and those of traits that its code needs
/// by name, sorted.
pub const TAKEN: &[&str] = &[
    "api_version",
    "baseurl",
    "builder",
    "client",
    "clone",
    "connect",
    "connect_with",
    "default",
    "drop",
    "exec",
    "from",
    "inner",
    "into",
    "new",
    "new_with_client",
    "post",
    "pre",
    "prelude",
    "recorded",
    "to_string",
    "try_from",
    "try_into",
    "types",
    "union",
];

/// The words of an identifier or path: split at everything but letters and digits, and where lower case meets upper.
fn words(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (index, &c) in chars.iter().enumerate() {
        if !c.is_ascii_alphanumeric() {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            continue;
        }
        let before = index.checked_sub(1).map(|i| chars[i]);
        let after = chars.get(index + 1);
        let starts = c.is_ascii_uppercase()
            && before.is_some_and(|b| {
                b.is_ascii_lowercase()
                    || b.is_ascii_digit()
                    || (b.is_ascii_uppercase() && after.is_some_and(char::is_ascii_lowercase))
            });
        if starts && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        word.push(c.to_ascii_lowercase());
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// `getVideoStatus`, `get-video/status` → `get_video_status`. Empty if the text has no ASCII letter or digit.
pub fn snake(text: &str) -> String {
    words(text).join("_")
}

/// `queue_status`, `queue.status` → `QueueStatus`; `视频任务` → `ShiPinRenWu`, as it is read. Inner capitals stay:
/// `QueueSTATUS` is left as it is.
pub fn pascal(text: &str) -> String {
    let mut out = String::new();
    let mut start = true;
    for c in deunicode::deunicode(text).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(if start { c.to_ascii_uppercase() } else { c });
            start = false;
        } else {
            start = true;
        }
    }
    out
}

/// Whether a name can be a generated client's method: snake_case, no keyword, not taken by the client itself.
pub fn is_method(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !is_keyword(name)
        && TAKEN.binary_search(&name).is_err()
}

/// Whether a name can name a component: what OpenAPI allows.
pub fn is_component(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

/// Whether a text can name a header: a token of HTTP.
pub fn is_header(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

/// A name made of method and path: `GET /tasks/{id}/status` → `get_tasks_by_id_status`, `POST /` → `post_root`.
pub fn from_call(method: &str, path: &str) -> String {
    let mut out = method.to_ascii_lowercase();
    for segment in path.split('/') {
        let mut rest = segment;
        while let Some((before, after)) = rest.split_once('{') {
            append(&mut out, &snake(before));
            let (parameter, after) = after.split_once('}').unwrap_or((after, ""));
            append(&mut out, "by");
            append(&mut out, &snake(parameter));
            rest = after;
        }
        append(&mut out, &snake(rest));
    }
    if path.split(['/', '?']).all(str::is_empty) {
        append(&mut out, "root");
    }
    out
}

fn append(out: &mut String, word: &str) {
    if !word.is_empty() {
        out.push('_');
        out.push_str(word);
    }
}

/// Whether a text can be a vendor's slug: lower-case letters, digits, `-` and `_`, a letter first.
pub fn is_slug(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.len() <= 64
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
}

/// Hands out names, each once.
#[derive(Debug, Default)]
pub struct Namer {
    taken: BTreeSet<String>,
    numbers: HashMap<String, u64>,
}

impl Namer {
    /// Notes a name that stands already.
    pub fn take(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// The first candidate that can name a component and is not taken, or the last one with a number.
    pub fn free(&mut self, candidates: &[String]) -> String {
        let free = candidates.iter().find(|candidate| is_component(candidate) && !self.taken.contains(*candidate));
        if let Some(name) = free {
            self.take(name);
            return name.clone();
        }
        let last = candidates.last().filter(|last| is_component(last));
        let base = last.cloned().unwrap_or_else(|| "Schema".to_owned());
        let number = self.numbers.entry(base.clone()).or_insert(1);
        loop {
            *number += 1;
            let candidate = format!("{base}{number}");
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reserved_names_are_sorted_for_the_search() {
        assert!(KEYWORDS.is_sorted() && TAKEN.is_sorted());
    }

    #[test]
    fn spells_names_as_rust_does() {
        for (text, snake_case, pascal_case) in [
            ("getVideoStatus", "get_video_status", "GetVideoStatus"),
            ("HTTPServer2Go", "http_server2_go", "HTTPServer2Go"),
            ("queue-status", "queue_status", "QueueStatus"),
            ("text2video", "text2video", "Text2video"),
            ("  a..b ", "a_b", "AB"),
            ("左", "", "Zuo"),
            ("视频Task", "task", "ShiPinTask"),
            ("Größe", "gr_e", "Grosse"),
            ("задача", "", "Zadacha"),
            ("タスク", "", "Tasuku"),
        ] {
            assert_eq!(snake(text), snake_case, "{text}");
            assert_eq!(pascal(text), pascal_case, "{text}");
        }
    }

    #[test]
    fn refuses_names_that_a_client_cannot_bear() {
        for name in ["new", "type", "self", "", "2x", "Submit", "a-b", "exec", "client", "connect"] {
            assert!(!is_method(name), "{name}");
        }
        for name in ["submit", "status_pro", "text2video", "news"] {
            assert!(is_method(name), "{name}");
        }
    }

    #[test]
    fn makes_a_name_of_method_and_path() {
        for (method, path, expected) in [
            ("get", "/tasks/{id}/status", "get_tasks_by_id_status"),
            ("POST", "/video/text2video", "post_video_text2video"),
            ("get", "/", "get_root"),
            ("get", "/a.{format}", "get_a_by_format"),
            ("get", "/{a}{b", "get_by_a_by_b"),
        ] {
            assert_eq!(from_call(method, path), expected);
        }
    }

    #[test]
    fn takes_only_lower_case_slugs() {
        for (slug, valid) in
            [("fal", true), ("api-in_one1", true), ("Fal", false), ("1a", false), ("", false), ("a/b", false)]
        {
            assert_eq!(is_slug(slug), valid, "{slug}");
        }
    }
}
