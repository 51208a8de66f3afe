//! A vendor's page as one line of text: what patterns are looked for in.
//!
//! Markdown, its rendering as HTML, and the text that a browser copies give the same line. How HTML becomes text is left
//! to [`html`], bytes text to [`encoding`], what of a text is no more than its looks to [`plain`].

mod component;
mod encoding;
mod html;
mod plain;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use html::Dialect;

/// The most text that is read, in bytes; a vendor's page has a fiftieth of it.
const LARGEST: usize = 1 << 20;

/// The text of a page, whitespace normalized to single spaces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    text: String,
    /// How many bytes of text it has, where these are more than a page can have; then nothing else is known of it.
    excess: Option<usize>,
    code: BTreeSet<String>,
    /// What of the code is marked as such, and not only quoted.
    marked: BTreeSet<String>,
    links: BTreeSet<String>,
    /// Whether something begins that does not end: the document, a listing, an object.
    is_open: bool,
}

impl Page {
    /// A page that is text or Markdown.
    pub fn from_text(text: &str) -> Self {
        Self::new(text, Dialect::Markdown)
    }

    /// A page that is HTML: tags, scripts and styles are dropped, entities decoded.
    pub fn from_html(page: &str) -> Self {
        Self::new(page, Dialect::Html)
    }

    /// A page as it was served or saved; its encoding, and whether it is HTML, is seen from its beginning.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let text = encoding::decode(bytes);
        if is_html(&text) { Self::from_html(&text) } else { Self::from_text(&text) }
    }

    fn new(page: &str, dialect: Dialect) -> Self {
        let page = &*match dialect {
            Dialect::Html => Cow::Borrowed(page),
            Dialect::Markdown => plain::unbroken(page),
        };
        let (text, mut code) = html::strip(page, dialect);
        if text.len() > LARGEST {
            return Self { excess: Some(text.len()), ..Self::default() };
        }
        let text = plain::characters(&text);
        let mut marked = code.clone();
        for quoted in quoted().into_iter().flat_map(|quoted| quoted.captures_iter(&text)) {
            code.insert(quoted[1].to_owned());
            if quoted[0].starts_with('`') && quoted[0].ends_with('`') {
                marked.insert(quoted[1].to_owned());
            }
        }
        let text = plain::line(&text);
        let is_open = text.rfind('{') > text.rfind('}')
            || match dialect {
                Dialect::Html => page.contains("<html") && !page.contains("</html") && !page.contains("</body"),
                Dialect::Markdown => page.lines().filter(|line| line.trim_start().starts_with("```")).count() % 2 == 1,
            };
        Self { text, excess: None, code, marked, links: links(page), is_open }
    }

    /// The text without white space that means nothing, and without markup.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a word stands on the page as code: between backticks or quotes, or in a code element.
    pub fn has_code(&self, word: &str) -> bool {
        self.code.contains(word)
    }

    /// The words that stand on the page between backticks or in a code element.
    pub(super) fn marked(&self) -> impl Iterator<Item = &String> {
        self.marked.iter()
    }

    /// The addresses that the page has, those of its links too.
    pub(super) fn links(&self) -> impl Iterator<Item = &str> {
        self.links.iter().map(String::as_str)
    }

    /// Whether the page ends in the middle of a document, a listing or an object.
    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    /// What the page seems to be, for a message that it is not the one that was meant.
    pub fn nature(&self) -> String {
        let lower = self.text.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
        let length = self.text.chars().count();
        if let Some(excess) = self.excess {
            format!("it has {} MB of text", excess >> 20)
        } else if self.text.is_empty() {
            "it is empty".to_owned()
        } else if self.text.chars().filter(|c| c.is_control() || *c == char::REPLACEMENT_CHARACTER).count() * 50
            > length
        {
            "it is no text, or in an encoding that is not known here".to_owned()
        } else if has(&["mime-version:", "content-transfer-encoding:"]) {
            "it is an archive (MHTML), not the page alone".to_owned()
        } else if has(&["captcha", "you are human", "are you human", "checking your browser", "just a moment"]) {
            "it asks whether a human reads it".to_owned()
        } else if has(&["password", "sign in", "log in", "login"]) {
            "it looks like a form to sign in".to_owned()
        } else if has(&["not found", "404", "forbidden", "access denied", "error"]) {
            "it looks like an error".to_owned()
        } else if has(&["enable javascript", "javascript is required", "javascript is disabled"]) {
            "it needs JavaScript".to_owned()
        } else if length < 100 {
            format!("it has {length} characters only, which may be for want of JavaScript")
        } else {
            format!("it has {length} characters of something else")
        }
    }
}

/// Whether a text is HTML: it begins with a tag, and closes some. Markdown may begin with one too.
fn is_html(text: &str) -> bool {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let head: String = start.chars().take(200).collect::<String>().to_lowercase();
    let is_tag = head
        .strip_prefix('<')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?'));
    let is_markdown = || ["\n```", "\n~~~", "\n# ", "\n## ", "\n### "].iter().any(|mark| text.contains(mark));
    is_tag
        && (["<!doctype", "<html", "<?xml"].iter().any(|tag| head.contains(tag))
            || (text.contains("</") && !is_markdown()))
}

/// Whole addresses, wherever they stand.
fn links(page: &str) -> BTreeSet<String> {
    static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"https?://[^\s"'<>()\[\]`\\]+"#).ok());
    let links = LINK.as_ref().into_iter().flat_map(|link| link.find_iter(page));
    links
        .map(|link| link.as_str().replace("&amp;", "&").trim_end_matches(['.', ',', ';', '*', '_']).to_owned())
        .collect()
}

/// Single words between backticks or quotes.
fn quoted() -> Option<&'static Regex> {
    static QUOTED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"[`"']([A-Za-z_][\w.-]*)[`"']"#).ok());
    QUOTED.as_ref()
}
