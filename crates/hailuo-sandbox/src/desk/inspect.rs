//! Reading a request: path, query, key and body, and what about them breaks the contract.

use std::{borrow::Cow, sync::Arc};

use http::{HeaderMap, request::Parts};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::{Collected, Desk};
use crate::{
    contract::{AuthPlace, Place, Problem, Role, RouteError, Routed, judge},
    picture::Survey,
};

/// A request as the desk understands it.
pub(super) struct Inspected<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) json: Option<Value>,
    pub(super) survey: Option<Survey>,
    pub(super) route: Result<Routed, RouteError>,
    /// Decoded, in the contract's spelling.
    pub(super) query: Vec<(String, String)>,
    pub(super) key: Key,
    /// The key's SHA-256 sum.
    pub(super) key_sum: Option<[u8; 32]>,
    /// What about it, apart from the key, breaks the contract.
    pub(super) problems: Vec<Problem>,
    pub(super) is_too_large: bool,
}

/// The key that came with a request.
#[derive(PartialEq, Eq)]
pub(super) enum Key {
    Missing,
    /// It is there, and not in the form that the contract asks for.
    Malformed,
    Given(String),
}

impl Key {
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Given(key) => Some(key),
            Self::Missing | Self::Malformed => None,
        }
    }
}

impl Desk {
    /// Reads a request; the desk is locked only to look up a job, for a long body takes its time.
    pub(super) fn inspect<'a>(&self, head: &Parts, body: &'a Collected) -> Inspected<'a> {
        let (bytes, is_too_large): (&[u8], bool) = match body {
            Collected::Whole(bytes) => (bytes, false),
            Collected::TooLarge => (&[], true),
        };
        let json: Option<Value> = if bytes.is_empty() { None } else { serde_json::from_slice(bytes).ok() };
        let query = decode(head.uri.query().unwrap_or_default())
            .into_iter()
            .map(|(name, value)| {
                let value = self.manners.canonical_query(&name, value);
                (name, value)
            })
            .collect::<Vec<_>>();
        let key = self.key_of(&head.headers, &query, json.as_ref());
        let mut request = Inspected {
            bytes,
            survey: json.as_ref().map(Survey::of),
            route: self.route(head),
            json,
            query,
            key_sum: key.text().map(|key| self.journal.secrets().learn(key)),
            key,
            problems: Vec::new(),
            is_too_large,
        };
        if let Ok(routed) = &request.route {
            request.problems = self.problems(&request, routed, head);
        }
        request
    }

    fn route(&self, head: &Parts) -> Result<Routed, RouteError> {
        let state = self.state();
        let path = head.uri.path().strip_prefix(self.contract.base_path.as_str()).ok_or(RouteError::Path)?;
        let submitted = |id: &str| match state.by_id.get(id) {
            Some(index) => state.jobs.get(*index).map(|job| Arc::clone(&job.path)),
            // Of a job that nobody knows: any path of the same app will do to say so.
            None => self
                .contract
                .with_role(Role::Submit)
                .map(|operation| operation.template.text())
                .find(|known| same_app(known, path))
                .map(Arc::clone),
        };
        let path = match self.manners.canonical_path(path, &submitted) {
            Some(canonical) => Cow::Owned(canonical),
            None => Cow::Borrowed(path),
        };
        self.contract.route(&head.method, &path)
    }

    fn key_of(&self, headers: &HeaderMap, query: &[(String, String)], json: Option<&Value>) -> Key {
        let auth = &self.contract.auth;
        let given = match auth.place {
            AuthPlace::Header => {
                let mut values = headers.get_all(auth.name.as_str()).iter();
                match (values.next(), values.next()) {
                    (None, _) => return Key::Missing,
                    (Some(value), None) => match value.to_str() {
                        Ok(text) => text,
                        Err(_) => return Key::Malformed,
                    },
                    (Some(_), Some(_)) => return Key::Malformed,
                }
            }
            AuthPlace::Query => match query.iter().find(|(name, _)| *name == auth.name) {
                Some((_, value)) => value.as_str(),
                None => return Key::Missing,
            },
            AuthPlace::Body => match json.and_then(|body| body.get(&auth.name)) {
                None => return Key::Missing,
                Some(Value::String(text)) => text.as_str(),
                Some(_) => return Key::Malformed,
            },
        };
        let key = if auth.prefix.is_empty() {
            given
        } else {
            match given.split_once(' ') {
                Some((scheme, key)) if scheme.eq_ignore_ascii_case(&auth.prefix) => key.trim(),
                _ if given.is_empty() => return Key::Missing,
                _ => return Key::Malformed,
            }
        };
        if key.is_empty() { Key::Missing } else { Key::Given(key.to_owned()) }
    }

    /// What about the key breaks the contract.
    pub(super) fn key_problem(&self, key: &Key) -> Option<Problem> {
        let auth = &self.contract.auth;
        let place = match auth.place {
            AuthPlace::Header => Place::Header,
            AuthPlace::Query => Place::Query,
            AuthPlace::Body => Place::Body,
        };
        let name = auth.name.to_ascii_lowercase();
        match key {
            Key::Given(_) => None,
            Key::Missing => Some(Problem::new(place, &name, "required", "the key is missing")),
            Key::Malformed => Some(Problem::new(place, &name, "prefix", "the key is not in the contract's form")),
        }
    }

    /// What about the rest of the request breaks the contract.
    fn problems(&self, request: &Inspected<'_>, routed: &Routed, head: &Parts) -> Vec<Problem> {
        let auth = &self.contract.auth;
        let query = match auth.place {
            AuthPlace::Query => {
                let others = request.query.iter().filter(|(name, _)| *name != auth.name);
                Cow::Owned(others.cloned().collect::<Vec<_>>())
            }
            AuthPlace::Header | AuthPlace::Body => Cow::Borrowed(&request.query),
        };
        let body = match &request.json {
            Some(json) => Some(judge::Payload::Json(json)),
            None if request.bytes.is_empty() => None,
            None => Some(judge::Payload::NotJson),
        };
        let mut problems = self.contract.operation(routed.index).judge(&judge::Request {
            parameters: &routed.parameters,
            query: &query,
            headers: &head.headers,
            body,
        });
        if let Some(survey) = &request.survey {
            problems.extend(survey.problems.iter().cloned());
        }
        if self.contract.operation(routed.index).role == Role::Submit {
            problems.extend(self.manners.start_by(&head.headers).err());
        }
        problems
    }
}

/// Whether two paths agree in their first two segments, fal's owner and app.
fn same_app(one: &str, other: &str) -> bool {
    one.split('/').take(3).eq(other.split('/').take(3))
}

/// Reads a query as forms write it.
fn decode(query: &str) -> Vec<(String, String)> {
    let text = |part: &str| percent_decode_str(&part.replace('+', " ")).decode_utf8_lossy().into_owned();
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (text(name), text(value))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn a_query_is_decoded_as_forms_write_it() {
        let pairs = decode("a=1&&b=x+y%26z&c&%C3%A9=%FF");
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("a", "1"), ("b", "x y&z"), ("c", ""), ("é", "\u{fffd}")]);
    }
}
