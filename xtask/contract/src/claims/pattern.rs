//! The patterns of claims, and the places of a page that they match.
//!
//! A pattern that matches nowhere as it is written may match one place in another style: in other case, or with other
//! punctuation. What a place has to say is left to the caller.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

use regex::{Captures, Regex};

use crate::source::{Claim, Source};

/// A pattern for the page.
#[derive(Debug, Clone)]
pub(super) struct Pattern<'a> {
    /// As `source.toml` has it.
    pub(super) text: &'a str,
    /// With what `<or>` and `<end>` stand for.
    pub(super) regex: Regex,
    /// The claims that share it.
    pub(super) claims: Vec<Sharing<'a>>,
}

/// One of the claims that share a pattern.
#[derive(Debug, Clone)]
pub(super) struct Sharing<'a> {
    pub(super) claim: &'a Claim,
    /// The pattern for each word of the capture.
    pub(super) each: Option<Regex>,
    /// Whether it is held against the page; otherwise it only says what of the page is read.
    pub(super) is_checked: bool,
}

/// The places of a page that a pattern matches.
pub(super) struct Places<'t> {
    pub(super) found: Vec<Captures<'t>>,
    /// Whether the one place has other punctuation than the pattern.
    pub(super) is_doubtful: bool,
}

/// Adds a claim to the one of the patterns that is its own.
///
/// # Errors
/// A pattern is no regular expression with one capture.
pub(super) fn add<'a>(
    patterns: &mut BTreeMap<&'a str, Pattern<'a>>,
    source: &Source,
    claim: &'a Claim,
    is_checked: bool,
) -> Result<(), String> {
    let each = claim.each.as_deref().map(compile).transpose().map_err(|why| format!("`each`: {why}"))?;
    let text = claim.page.as_str();
    let pattern = match patterns.entry(text) {
        Entry::Occupied(entry) => entry.into_mut(),
        Entry::Vacant(entry) => entry.insert(Pattern::new(text, source)?),
    };
    pattern.claims.push(Sharing { claim, each, is_checked });
    Ok(())
}

impl<'a> Pattern<'a> {
    /// A pattern that no claim shares yet.
    ///
    /// # Errors
    /// It is no regular expression with one capture.
    pub(super) fn new(text: &'a str, source: &Source) -> Result<Self, String> {
        Ok(Self { text, regex: compile(&source.pattern(text))?, claims: Vec::new() })
    }

    /// The claims that are held against the page.
    pub(super) fn checked(&self) -> impl Iterator<Item = &Sharing<'a>> {
        self.claims.iter().filter(|sharing| sharing.is_checked)
    }

    /// Where it matches a text: each place, or else the one in another style.
    pub(super) fn places<'t>(&self, text: &'t str) -> Places<'t> {
        let found: Vec<Captures<'_>> = self.regex.captures_iter(text).collect();
        if !found.is_empty() {
            return Places { found, is_doubtful: false };
        }
        let pattern = self.regex.as_str();
        let in_other_case = in_other_style(pattern, pattern, text);
        let is_doubtful = in_other_case.is_none();
        let found = in_other_case.or_else(|| in_other_style(&unpunctuated(pattern), pattern, text));
        Places { found: found.into_iter().collect(), is_doubtful }
    }
}

impl Places<'_> {
    /// What of the text the claims of the pattern read: the places, or of words that are found one by one only these.
    pub(super) fn read(&self, pattern: &Pattern<'_>) -> Vec<Range<usize>> {
        let mut read = Vec::new();
        for (found, sharing) in self.found.iter().flat_map(|found| pattern.claims.iter().map(move |s| (found, s))) {
            match (&sharing.each, found.get(1)) {
                (Some(each), Some(said)) => {
                    let words = one_by_one(each, said.as_str()).into_iter().filter_map(|c| Some(c.get(0)?.range()));
                    read.extend(words.map(|word| said.start() + word.start..said.start() + word.end));
                }
                // What begins where a statement ends is another.
                _ => read.extend(
                    found.get(0).map(|whole| whole.start()..found.name("end").map_or(whole.end(), |end| end.start())),
                ),
            }
        }
        read
    }
}

/// A regular expression with one capture, or why the text is none.
fn compile(text: &str) -> Result<Regex, String> {
    let regex = Regex::new(text).map_err(|e| {
        let text = e.to_string();
        format!("the pattern is no regular expression: {}", text.lines().last().unwrap_or_default().trim())
    })?;
    match regex.capture_names().flatten().count() {
        named if regex.captures_len() == named + 2 => Ok(regex),
        named => Err(format!("the pattern has {} captures and needs one", regex.captures_len() - named - 1)),
    }
}

/// The field that a claim about a list of required fields spells out in its capture.
pub(super) fn required_member(claim: &Claim) -> Option<&str> {
    claim
        .at
        .ends_with("/required")
        .then(|| capture_source(&claim.page))
        .flatten()
        .filter(|name| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')))
}

/// The part of a pattern between the parentheses of its capture.
fn capture_source(pattern: &str) -> Option<&str> {
    let bytes = pattern.as_bytes();
    let (mut at, mut in_class) = (0, false);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'[' => in_class = true,
            b']' => in_class = false,
            b'(' if !in_class && bytes.get(at + 1) != Some(&b'?') => {
                let rest = &pattern[at + 1..];
                return rest.find(')').map(|end| &rest[..end]);
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// What a pattern for each word finds in a text, whatever the punctuation between them.
pub(super) fn one_by_one<'t>(each: &Regex, said: &'t str) -> Vec<Captures<'t>> {
    let found: Vec<Captures<'_>> = each.captures_iter(said).collect();
    match Regex::new(&unpunctuated(each.as_str())) {
        Ok(each) if found.is_empty() => each.captures_iter(said).collect(),
        _ => found,
    }
}

/// The one place that a style of a pattern matches in any case. Words with a digit or an underscore are code: a page that
/// writes `768p` for `768P` says something else.
fn in_other_style<'t>(style: &str, pattern: &str, text: &'t str) -> Option<Captures<'t>> {
    let regex = Regex::new(&format!("(?i){style}")).ok()?;
    let mut matches = regex.captures_iter(text);
    let (Some(found), None) = (matches.next(), matches.next()) else { return None };
    let (plain, said) = (pattern.replace('\\', ""), found.get(1)?.range());
    let (lower, whole) = (plain.to_lowercase(), found.get(0)?.range());
    let around = [&text[whole.start..said.start], &text[said.end..whole.end]];
    let mut words = around.into_iter().flat_map(|text| text.split(|c: char| !(c.is_alphanumeric() || c == '_')));
    let is_other_code = |word: &str| {
        word.contains(|c: char| c.is_ascii_digit() || c == '_')
            && !plain.contains(word)
            && lower.contains(&word.to_lowercase())
    };
    (!words.any(is_other_code)).then_some(found)
}

/// A pattern that takes any punctuation, or none, where it has some between words, and any quotes: `a (b, c): d` is
/// `a b c d` as well.
fn unpunctuated(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let (mut in_class, mut between, mut has_space) = (false, false, false);
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = if c == '\\' { chars.next() } else { None };
        let is_punctuation = match escaped {
            Some(c) => matches!(c, '(' | ')' | '.'),
            None => matches!(c, ' ' | ',' | ':' | ';'),
        };
        if is_punctuation && !in_class {
            between = true;
            let is_optional = chars.next_if(|next| matches!(next, '?' | '*')).is_some();
            has_space |= c == ' ' && !is_optional;
            continue;
        }
        if between && !in_class {
            out.push_str(if has_space { "[ ,.:;()]+" } else { "[ ,.:;()]*" });
            (between, has_space) = (false, false);
        }
        if matches!(c, '"' | '\'') {
            out.push_str(if in_class { r#""'"# } else { r#"["']"# });
            continue;
        }
        out.push(c);
        out.extend(escaped);
        match c {
            '[' => in_class = true,
            ']' => in_class = false,
            // What begins a group or counts is no text.
            '(' if chars.peek() == Some(&'?') => out.extend(chars.by_ref().take(2)),
            '{' => out.extend(chars.by_ref().take_while(|c| *c != '}').chain(['}'])),
            _ => {}
        }
    }
    // In any style a sentence ends, and does not go on in small letters.
    if pattern.ends_with(r"\.") {
        out.push_str(r"(?:\.|(?-i: [A-Z0-9])|$)");
    }
    out
}
