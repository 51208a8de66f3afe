//! A vendor's spec as its claims see it: pointers followed, findings written.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::Contract;
use crate::pointer::{self, is_at_or_below};
use crate::source::{Claim, Source};

use super::pattern::{self, Pattern, required_member};
use super::{Finding, FindingKind};

/// One vendor's spec, as its claims see it.
#[derive(Debug, Clone, Copy)]
pub struct Spec<'a> {
    /// The vendor.
    pub slug: &'a str,
    /// Its `source.toml`.
    pub source: &'a Source,
    /// Its documents and schemas by file name, after their fixups.
    pub documents: &'a BTreeMap<String, Value>,
    /// Which of them are OpenAPI documents.
    pub main: &'a [String],
}

impl<'a> From<&'a Contract> for Spec<'a> {
    fn from(contract: &'a Contract) -> Self {
        let Contract { slug, source, documents, main, .. } = contract;
        Self { slug, source, documents, main }
    }
}

impl<'a> Spec<'a> {
    /// The patterns, each with the claims that share it, and what is wrong with claims. Those about a fetched document only
    /// say what of the page is read.
    pub(super) fn patterns(&self) -> (Vec<Pattern<'a>>, Vec<Finding>) {
        let (mut patterns, mut findings) = (BTreeMap::new(), Vec::new());
        for claim in &self.source.claims {
            let is_fetched = self.is_fetched(&claim.at);
            let checked = if is_fetched { Ok(()) } else { self.validate(claim) };
            let is_checked = !is_fetched && checked.is_ok();
            let added = pattern::add(&mut patterns, self.source, claim, is_checked);
            if let (Err(why), false) = (checked.and(added), is_fetched) {
                findings.push(self.finding(FindingKind::Broken(why), Some(&claim.page), [&claim.at]));
            }
        }
        (patterns.into_values().collect(), findings)
    }

    /// The pointers of `[[inferred]]`, but for those into fetched documents.
    pub(super) fn inferred(&self) -> impl Iterator<Item = &'a String> {
        self.source.inferred.iter().flat_map(|i| &i.at).filter(|at| !self.is_fetched(at))
    }

    /// The inferred values among those that a pointer leads to: words of a list.
    pub(super) fn inferred_below(&self, at: &str) -> Vec<&'a Value> {
        let above = self.normal(at);
        let below = self.inferred().filter(|inferred| is_at_or_below(&self.normal(inferred), &above));
        below.filter_map(|inferred| self.value(inferred)).collect()
    }

    /// Whether a pointer leads into a document that the vendor served.
    pub(super) fn is_fetched(&self, at: &str) -> bool {
        let at = self.normal(at);
        at.split_once('#').is_some_and(|(file, _)| self.source.documents.get(file).is_some_and(|d| d.fetched))
    }

    /// A pointer with its file's name, which may be left out where there is one document.
    pub(super) fn normal(&self, at: &str) -> String {
        match (at.split_once('#'), self.main) {
            (Some(("", pointer)), [file]) => format!("{file}#{pointer}"),
            _ => at.to_owned(),
        }
    }

    /// The reverse of [`Self::normal`]: as a person would write it.
    pub(super) fn shown(&self, at: &str) -> String {
        match (at.split_once('#'), self.main) {
            (Some((file, pointer)), [only]) if file == only => format!("#{pointer}"),
            _ => at.to_owned(),
        }
    }

    pub(super) fn value(&self, at: &str) -> Option<&'a Value> {
        let at = self.normal(at);
        let (file, pointer) = at.split_once('#')?;
        self.documents.get(file)?.pointer(pointer)
    }

    /// What to say of a pointer that leads to nothing.
    pub(super) fn nowhere(&self, at: &str) -> String {
        let at = self.normal(at);
        let place = at.split_once('#').and_then(|(file, pointer)| Some((self.documents.get(file)?, pointer)));
        match place {
            Some((document, pointer)) => {
                format!("the pointer leads to nothing ({})", pointer::whereabouts(document, pointer))
            }
            None if self.main.len() == 1 => "the pointer names no document; it begins with `#/`".to_owned(),
            None => format!("the pointer names none of the documents {}", self.main.join(", ")),
        }
    }

    /// Whether the claim is one about what it points at; the error says why it is not.
    fn validate(&self, claim: &Claim) -> Result<(), String> {
        let Some(value) = self.value(&claim.at) else { return Err(self.nowhere(&claim.at)) };
        match (&claim.each, value) {
            (Some(_), Value::Array(_)) => {}
            (Some(_), Value::Object(_)) if claim.at.ends_with("/properties") => {}
            (Some(_), _) => return Err("`each` needs a list, or the properties of a schema, to compare with".into()),
            (None, Value::Array(_)) if claim.at.ends_with("/required") => {
                required_member(claim).ok_or("the capture of a required mark spells out the field's name")?;
            }
            (None, _) => {}
        }
        Ok(())
    }

    /// A claim about a security scheme also shows what stands before the key. Says what the page was expected to hold
    /// if it does not.
    pub(super) fn wrong_prefix<'c>(
        &self,
        mut claims: impl Iterator<Item = &'c Claim>,
        matched: &str,
    ) -> Option<String> {
        let auth = &self.source.auth;
        let names_scheme = claims.any(|c| c.at.contains("#/components/securitySchemes/"));
        let has_name = || matched.to_lowercase().contains(&auth.name.to_lowercase());
        (names_scheme && !(has_name() && matched.contains(&auth.prefix)))
            .then(|| format!("{}: {}", auth.name, auth.prefix))
    }

    /// The pointers of `[[claims]]` and `[[inferred]]` at which nothing stands, as `source.toml` has them, each with the line
    /// that its entry begins on.
    ///
    /// They say nothing about the API, so that a contract is built all the same; a check fails until they are mended.
    pub fn dangling(&self) -> Vec<(usize, &'a str)> {
        let source = self.source;
        let claims = source.claims.iter().map(|claim| (claim.line, claim.at.as_str()));
        let inferred = source.inferred.iter().flat_map(|entry| entry.at.iter().map(|at| (entry.line, at.as_str())));
        let mut dangling: Vec<(usize, &str)> = claims.chain(inferred).collect();
        dangling.retain(|(_, at)| !self.is_fetched(at) && self.value(at).is_none());
        dangling
    }

    /// The claims that a page can be held against: all but those about fetched documents.
    pub fn live_claims(&self) -> usize {
        self.source.claims.iter().filter(|claim| !self.is_fetched(&claim.at)).count()
    }

    /// A finding about the page as a whole.
    pub(super) fn of_page(&self, kind: FindingKind) -> Finding {
        self.finding(kind, None, [""; 0])
    }

    pub(super) fn finding<S: AsRef<str>>(
        &self,
        kind: FindingKind,
        claim: Option<&str>,
        pointers: impl IntoIterator<Item = S>,
    ) -> Finding {
        let pointers: Vec<String> = pointers.into_iter().map(|p| p.as_ref().to_owned()).collect();
        let rules = self
            .source
            .relies
            .iter()
            .filter(|relies| {
                pointers.iter().any(|p| p.split_once('#').is_some_and(|(_, p)| is_at_or_below(p, &relies.at)))
            })
            .map(|relies| relies.rule.clone())
            .collect();
        let is_at = |at: &String| pointers.contains(at);
        let line = match claim {
            Some(page) => self
                .source
                .claims
                .iter()
                .find(|claim| claim.page == page && is_at(&claim.at))
                .map(|claim| claim.line)
                .or_else(|| self.source.asides.iter().find(|aside| aside.page == page).map(|aside| aside.line)),
            None => {
                self.source.inferred.iter().find(|inferred| inferred.at.iter().any(is_at)).map(|inferred| inferred.line)
            }
        };
        Finding {
            line: line.unwrap_or_default(),
            vendor: self.slug.to_owned(),
            page: self.source.url.clone(),
            kind,
            claim: claim.map(str::to_owned),
            pointers,
            rules,
        }
    }
}
