//! Whether a request or an answer keeps the contract. What this finds never repeats a value of either.

use std::sync::Arc;

use http::{HeaderMap, StatusCode, header};
use jsonschema::Validator;
use serde_json::Value;

use super::{Operation, Parameter, Place, Problem};

/// The parts of a request that are judged.
pub(crate) struct Request<'a> {
    pub(crate) parameters: &'a [(Arc<str>, String)],
    /// Decoded names and values.
    pub(crate) query: &'a [(String, String)],
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: Option<Payload<'a>>,
}

/// A request's body, if it has any.
#[derive(Clone, Copy)]
pub(crate) enum Payload<'a> {
    Json(&'a Value),
    NotJson,
}

impl Operation {
    /// Everything about this request that breaks the contract.
    pub(crate) fn judge(&self, request: &Request<'_>) -> Vec<Problem> {
        let mut problems = Vec::new();
        judge_texts(&self.path, request.parameters, Place::Path, &mut problems);
        judge_texts(&self.query, request.query, Place::Query, &mut problems);
        for (name, _) in request.query {
            if !self.query.iter().any(|known| known.name == *name) {
                problems.push(Problem::new(Place::Query, name, "unknown", "the contract has no such parameter"));
            }
        }
        let headers: Vec<_> = self
            .headers
            .iter()
            .flat_map(|known| {
                request
                    .headers
                    .get_all(known.name.as_str())
                    .iter()
                    .map(|value| (known.name.clone(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            })
            .collect();
        judge_texts(&self.headers, &headers, Place::Header, &mut problems);
        self.judge_body(request, &mut problems);
        problems
    }

    fn judge_body(&self, request: &Request<'_>, problems: &mut Vec<Problem>) {
        let (body, payload) = match (&self.body, request.body) {
            (Some(body), Some(payload)) => (body, payload),
            (None, Some(_)) => {
                problems.push(Problem::new(Place::Body, "", "unknown", "the contract has no body here"));
                return;
            }
            (Some(body), None) if body.required => {
                problems.push(Problem::new(Place::Body, "", "required", "the body is missing"));
                return;
            }
            (_, None) => return,
        };
        let given = media_type(request.headers);
        let schema = body.media.iter().find(|(media, _)| Some(media) == given.as_ref()).map(|(_, schema)| schema);
        problems.extend(match (schema, payload) {
            (Some(schema), Payload::Json(value)) => check(schema, value),
            (Some(_), Payload::NotJson) => vec![Problem::new(Place::Body, "", "json", "the body is not JSON")],
            (None, _) => {
                let message = "the contract has no such media type here";
                vec![Problem::new(Place::Header, "content-type", "mediaType", message)]
            }
        });
    }

    /// Everything about this answer that breaks the contract.
    pub(crate) fn judge_answer(&self, status: StatusCode, body: Option<&Value>) -> Vec<Problem> {
        let exact = status.as_str();
        let class = match status.as_u16() / 100 {
            2 => "2XX",
            3 => "3XX",
            4 => "4XX",
            _ => "5XX",
        };
        let rule = [exact, class, "default"]
            .iter()
            .find_map(|wanted| self.answers.iter().find(|rule| rule.status.eq_ignore_ascii_case(wanted)));
        let Some(rule) = rule else {
            return vec![Problem::new(Place::Status, "", "unknown", format!("the contract has no answer {exact}"))];
        };
        match (&rule.schema, body) {
            (Some(schema), Some(body)) => check(schema, body),
            (Some(_), None) => vec![Problem::new(Place::Body, "", "required", "the body is missing")],
            (None, _) => Vec::new(),
        }
    }
}

/// What is wrong with a body.
fn check(schema: &Validator, value: &Value) -> Vec<Problem> {
    // Most bodies are valid, which is the cheapest to find out.
    if schema.is_valid(value) {
        return Vec::new();
    }
    schema.iter_errors(value).map(|error| Problem::from_error(Place::Body, "", &error)).collect()
}

/// Judges parameters that came as text: the text itself, or what it reads as, must be allowed.
fn judge_texts<N: AsRef<str>>(known: &[Parameter], given: &[(N, String)], place: Place, problems: &mut Vec<Problem>) {
    for parameter in known {
        let mut values = given.iter().filter(|(name, _)| name.as_ref() == parameter.name).map(|(_, value)| value);
        let Some(text) = values.next() else {
            if parameter.required {
                problems.push(Problem::new(place, &parameter.name, "required", "a required parameter is missing"));
            }
            continue;
        };
        if values.next().is_some() {
            problems.push(Problem::new(place, &parameter.name, "repeated", "the parameter is given more than once"));
            continue;
        }
        let value = Value::from(text.as_str());
        let is_valid = |value: Option<Value>| value.is_some_and(|value| parameter.schema.is_valid(&value));
        // The text itself, or the number or truth value that it reads as.
        let is_allowed = parameter.schema.is_valid(&value)
            || is_valid(text.parse::<i64>().ok().map(Value::from))
            || is_valid(text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from))
            || is_valid(text.parse::<bool>().ok().map(Value::from));
        if !is_allowed {
            problems.extend(
                parameter.schema.iter_errors(&value).map(|error| Problem::from_error(place, &parameter.name, &error)),
            );
        }
    }
}

/// The media type without its parameters, in lower case.
fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next().unwrap_or(value).trim().to_ascii_lowercase())
}
