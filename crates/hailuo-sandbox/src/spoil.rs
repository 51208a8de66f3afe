//! What a fault does to a healthy answer. Which answers a fault strikes is settled in [`crate::script`]; what stops a
//! request before any answer is made, in [`crate::desk`].

use http::{StatusCode, header};
use serde_json::{Map, Value, json};

use crate::{
    answer::{Answer, Content},
    fault::{Kind, Phase},
    manners::Manners,
    shape::Shape,
};

/// The field with a job's word, at every vendor.
const STATUS: &str = "status";

/// Where answers can lead astray.
pub(crate) struct Hosts<'a> {
    /// The vendor's own origin.
    pub(crate) own: &'a str,
    /// A host that is not the vendor's, with a path in front for the vendor.
    pub(crate) elsewhere: &'a str,
}

/// Spoils an answer: its content, or the shape in which it goes on the wire.
pub(crate) fn spoil(
    kind: &Kind,
    phase: Phase,
    mut answer: Answer,
    manners: &dyn Manners,
    hosts: &Hosts<'_>,
) -> (Answer, Shape) {
    let shape = match kind {
        Kind::DropAnswer(ending) => Shape::Dropped(*ending),
        Kind::Cut { after, ending } => Shape::Cut { after: *after, ending: *ending },
        Kind::Stall => Shape::Stalled,
        Kind::Hang => Shape::Silent,
        Kind::Endless => Shape::Endless,
        Kind::NoLength => Shape::NoLength,
        _ => Shape::Whole,
    };
    match kind {
        Kind::Html { status, .. } => answer = Answer::html(status_of(*status)),
        Kind::Empty => answer = Answer::empty(answer.status),
        Kind::InvalidJson => {
            let (status, mut headers, bytes) = answer.into_parts();
            headers.retain(|(name, _)| name != header::CONTENT_TYPE);
            let half = String::from_utf8_lossy(&bytes[..bytes.len() / 2]);
            answer = Answer::text(status, "application/json", format!("{half}<<"));
            answer.headers.extend(headers);
        }
        _ => {
            if let Content::Json(body) = &mut answer.content {
                spoil_json(kind, phase, body, manners, hosts);
            }
        }
    }
    (answer, shape)
}

pub(crate) fn status_of(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn spoil_json(kind: &Kind, phase: Phase, body: &mut Value, manners: &dyn Manners, hosts: &Hosts<'_>) {
    match kind {
        Kind::UnknownStatus(word) => {
            each_field(body, &mut |name, value| {
                if name == STATUS
                    && let Value::String(old) = value
                {
                    *value = match word {
                        Some(word) => json!(word),
                        // In the vendor's own case, so that nothing but the word is new.
                        None if *old == old.to_lowercase() => json!("on_hold"),
                        None => json!("ON_HOLD"),
                    };
                }
            });
        }
        Kind::MissingFields => each_object(body, &mut |fields| {
            fields.retain(|name, _| manners.essentials().contains(&name.as_str()));
        }),
        Kind::Nulls => each_object(body, &mut |fields| {
            for (name, value) in fields {
                if !manners.essentials().contains(&name.as_str()) {
                    *value = Value::Null;
                }
            }
        }),
        Kind::ExtraFields => each_object(body, &mut |fields| {
            fields.insert("beta_feature".to_owned(), json!({"enabled": true, "ids": [1, "2", null]}));
            fields.insert("newField".to_owned(), json!("a field of tomorrow"));
        }),
        Kind::NumberForString => each_field(body, &mut |name, value| {
            if let Value::String(text) = value {
                let is_id = manners.id_fields().contains(&name);
                let is_kept = name == STATUS
                    || text.contains("://")
                    // Without the id of its job a submit's answer is worth nothing; the id was made a number for this.
                    || (is_id && phase == Phase::Submit && text.parse::<u64>().is_err());
                if !is_kept {
                    *value = json!(text.parse::<u64>().unwrap_or(7));
                }
            }
        }),
        Kind::StringForNumber => each_field(body, &mut |_, value| {
            if let Value::Number(number) = value {
                *value = json!(number.to_string());
            }
        }),
        Kind::ForeignUrls { userinfo } => {
            let elsewhere = if *userinfo {
                // Begins like the vendor's host; all before the `@` is a user's name.
                let host = hosts.own.split_once("://").map_or(hosts.own, |(_, host)| host);
                hosts.elsewhere.replacen("http://", &format!("http://{host}@"), 1)
            } else {
                hosts.elsewhere.to_owned()
            };
            each_field(body, &mut |_, value| {
                if let Value::String(text) = value
                    && let Some(rest) = text.strip_prefix(hosts.own)
                {
                    *text = format!("{elsewhere}{rest}");
                }
            });
        }
        _ => {}
    }
}

/// Visits every object, outer before inner.
fn each_object(value: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(fields) => {
            let before: Vec<_> = fields.keys().cloned().collect();
            visit(fields);
            for (name, field) in fields {
                // What a visit has added is not visited.
                if before.contains(name) {
                    each_object(field, visit);
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                each_object(item, visit);
            }
        }
        _ => {}
    }
}

/// Visits every value that is no object or list, with the name of the field it stands in.
fn each_field(value: &mut Value, visit: &mut impl FnMut(&str, &mut Value)) {
    walk("", value, visit);
}

fn walk(name: &str, value: &mut Value, visit: &mut impl FnMut(&str, &mut Value)) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                walk(name, field, visit);
            }
        }
        Value::Array(items) => {
            for item in items {
                walk(name, item, visit);
            }
        }
        other => visit(name, other),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::{Hosts, spoil};
    use crate::{
        Vendor,
        answer::{Answer, Content},
        fault::{Fault, Phase},
        manners,
    };
    use serde_json::{Value, json};

    fn spoiled(fault: &str, vendor: Vendor, body: Value) -> Value {
        let fault: Fault = fault.parse().unwrap();
        let hosts = Hosts { own: "http://127.0.0.1:1", elsewhere: "http://localhost:2/x" };
        let (answer, _) = spoil(fault.kind(), fault.phase(), Answer::ok(body), manners::of(vendor), &hosts);
        match answer.content {
            Content::Json(body) => body,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_fault_changes_what_its_name_says_and_nothing_else() {
        let ticket = json!({
            "request_id": "123",
            "status_url": "http://127.0.0.1:1/a",
            "queue_position": 0,
            "status": "IN_QUEUE",
        });
        for (fault, expected) in [
            ("submit:missing-fields", json!({"request_id": "123", "status": "IN_QUEUE"})),
            (
                "submit:nulls",
                json!({"request_id": "123", "status": "IN_QUEUE", "status_url": null, "queue_position": null}),
            ),
            (
                "submit:number-for-string",
                json!({"request_id": 123, "status_url": "http://127.0.0.1:1/a", "queue_position": 0, "status": "IN_QUEUE"}),
            ),
            (
                "submit:string-for-number",
                json!({"request_id": "123", "status_url": "http://127.0.0.1:1/a", "queue_position": "0", "status": "IN_QUEUE"}),
            ),
            (
                "submit:unknown-status",
                json!({"request_id": "123", "status_url": "http://127.0.0.1:1/a", "queue_position": 0, "status": "ON_HOLD"}),
            ),
            (
                "submit:foreign-urls",
                json!({"request_id": "123", "status_url": "http://localhost:2/x/a", "queue_position": 0, "status": "IN_QUEUE"}),
            ),
            (
                "submit:foreign-urls=userinfo",
                json!({"request_id": "123", "status_url": "http://127.0.0.1:1@localhost:2/x/a", "queue_position": 0, "status": "IN_QUEUE"}),
            ),
        ] {
            assert_eq!(spoiled(fault, Vendor::Fal, ticket.clone()), expected, "{fault}");
        }
    }

    #[test]
    fn extra_fields_are_in_every_object() {
        let body = spoiled(
            "poll:extra-fields",
            Vendor::HighwayApi,
            json!({"task": {"status": "x"}, "videos": [{"video_url": "y"}]}),
        );
        assert!(body["task"]["newField"].is_string());
        assert!(body["videos"][0]["beta_feature"].is_object());
        assert!(body["beta_feature"]["newField"].is_null());
    }

    #[test]
    fn an_id_that_a_client_already_has_may_be_any_number() {
        let body = spoiled("poll:number-for-string", Vendor::Fal, json!({"request_id": "abc"}));
        assert_eq!(body, json!({"request_id": 7}));
        let body = spoil(
            "poll:number-for-string".parse::<Fault>().unwrap().kind(),
            Phase::Submit,
            Answer::ok(json!({"request_id": "abc"})),
            manners::of(Vendor::Fal),
            &Hosts { own: "", elsewhere: "" },
        );
        assert!(matches!(body.0.content, Content::Json(body) if body == json!({"request_id": "abc"})));
    }
}
