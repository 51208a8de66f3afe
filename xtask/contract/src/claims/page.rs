//! A vendor's page as one line of text: what patterns are looked for in.
//!
//! Markdown, its rendering as HTML, and the text that a browser copies give the same line: marks of Markdown, bullets and
//! the bars of tables are left out, and typographic quotes and dashes are written plain.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

/// The text of a page, whitespace normalized to single spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    text: String,
    code: BTreeSet<String>,
}

impl Page {
    /// A page that is text or Markdown.
    pub fn from_text(text: &str) -> Self {
        Self::new(text, BTreeSet::new())
    }

    /// A page that is HTML: tags, scripts and styles are dropped, entities decoded.
    pub fn from_html(html: &str) -> Self {
        let (text, code) = strip(html);
        Self::new(&text, code)
    }

    /// A page as it was served or saved; whether it is HTML is seen from its beginning.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        let is_tag = start
            .strip_prefix('<')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?')));
        // A fragment has no head to be told by, but it closes what it opens.
        if is_tag && (text.contains("</") || start.starts_with("<!") || start.starts_with("<?")) {
            Self::from_html(&text)
        } else {
            Self::from_text(&text)
        }
    }

    fn new(text: &str, mut code: BTreeSet<String>) -> Self {
        if let Some(quoted) = quoted() {
            code.extend(quoted.captures_iter(&normalize(text)).map(|c| c[1].to_owned()));
        }
        Self { text: plain(text), code }
    }

    /// The text without white space that means nothing, and without markup.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a word stands on the page as code: between backticks or quotes, or in a code element.
    pub fn has_code(&self, word: &str) -> bool {
        self.code.contains(word)
    }

    /// What the page seems to be, for a message that it is not the one that was meant.
    pub fn nature(&self) -> String {
        let lower = self.text.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
        if self.text.is_empty() {
            "it is empty".to_owned()
        } else if has(&["password", "sign in", "log in", "login", "captcha", "are you human"]) {
            "it looks like a form to sign in".to_owned()
        } else if has(&["not found", "404", "forbidden", "access denied", "error"]) {
            "it looks like an error".to_owned()
        } else if has(&["enable javascript", "javascript is required", "javascript is disabled"]) {
            "it needs JavaScript".to_owned()
        } else {
            format!("it has {} characters of something else", self.text.chars().count())
        }
    }
}

/// Single words between backticks, quotes, or the asterisks of bold code.
fn quoted() -> Option<&'static Regex> {
    static QUOTED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"[`"']([A-Za-z_][\w.-]*)[`"']"#).ok());
    QUOTED.as_ref()
}

fn normalize(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '\u{feff}')) {
        let word = word.trim_matches('\u{200b}');
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

/// The text as a reader sees it, in one line.
fn plain(text: &str) -> String {
    static EMPHASIS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(^|[^\w`])_([A-Za-z ]+)_([^\w`]|$)").ok());
    let text = text.replace("**", "").replace('`', "").replace('|', " ");
    let text = match &*EMPHASIS {
        Some(emphasis) => emphasis.replace_all(&text, "$1$2$3").into_owned(),
        None => text,
    };
    let plain: String = text
        .chars()
        .map(|c| match c {
            '“' | '”' => '"',
            '‘' | '’' => '\'',
            '–' | '—' | '‑' => '-',
            other => other,
        })
        .collect();
    let words: Vec<&str> = plain.split(char::is_whitespace).filter(|word| !is_mark(word)).collect();
    normalize(&words.join(" "))
}

/// Whether a word is nothing but the mark of a heading, a bullet or a rule.
fn is_mark(word: &str) -> bool {
    !word.is_empty()
        && (word.chars().all(|c| c == '#') || word.chars().all(|c| matches!(c, '-' | '*' | '•' | '·' | ':')))
}

/// Elements whose text is not the page's.
const SILENT: [&str; 4] = ["script", "style", "noscript", "template"];
/// Elements that do not break a word.
const INLINE: [&str; 14] =
    ["a", "abbr", "b", "code", "em", "font", "i", "kbd", "mark", "small", "span", "strong", "tt", "u"];

/// The text of HTML, and the words of its code elements.
fn strip(html: &str) -> (String, BTreeSet<String>) {
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
        rest = &rest[end..];
        if name_at == 1 && SILENT.contains(&name.as_str()) {
            rest = skip_element(rest, &name);
        }
        if !INLINE.contains(&name.as_str()) {
            text.push(' ');
        }
        if name == "code" {
            match (name_at, code_from.take()) {
                (1, _) => code_from = Some(text.len()),
                (_, Some(from)) => {
                    code.insert(normalize(&text[from..]));
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
        if tail.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name)) {
            return tail.find('>').map_or("", |end| &tail[end + 1..]);
        }
        from = close + 2;
    }
    ""
}

fn decode(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.find(';').filter(|end| (2..=10).contains(end)).map(|end| &rest[1..end]);
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
        "bull" => '•',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "times" => '×',
        "le" => '≤',
        "ge" => '≥',
        "middot" => '·',
        "copy" => '©',
        _ => return None,
    })
}
