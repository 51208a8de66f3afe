//! OpenAPI 3.2 as 3.1 says it.
//!
//! Media types that are referred to stand in their places, a stream of items is described as the list that it comes to,
//! and a query that is described as a whole is an object that stands in the query by its properties. Methods that 3.1 has
//! no word for are for `flatten` to leave out. What else is new in 3.2 (`$self`, parents of tags, `defaultMapping`, the
//! forms of examples) says nothing of what a client sends.

use serde_json::{Map, Value, json};

use crate::load::Version;
use crate::{Problem, load, pointer};

/// Under these stands no media type and no parameter, whatever it looks like.
const CLOSED: &[&str] = &["schema", "schemas", "itemSchema", "example", "examples"];

/// Brings a document of OpenAPI 3.2 to what 3.1 can say; others stay as they are.
///
/// # Errors
/// A media type refers to nothing, or in a circle.
pub fn downgrade(document: &mut Value) -> Result<(), Problem> {
    if load::version(document)? != Version::V3_2 {
        return Ok(());
    }
    let components = document.get_mut("components").and_then(Value::as_object_mut);
    let shared = components.and_then(|components| components.remove("mediaTypes")).unwrap_or_default();
    visit("", document, &shared)
}

fn visit(here: &str, value: &mut Value, shared: &Value) -> Result<(), Problem> {
    match value {
        Value::Object(map) => {
            if map.get("in").is_some_and(|place| place == "querystring") {
                whole_query(map);
            }
            for (key, value) in map.iter_mut().filter(|(key, _)| !CLOSED.contains(&key.as_str())) {
                let here = pointer::join(here, key);
                if key == "content" {
                    for (name, media) in value.as_object_mut().into_iter().flatten() {
                        media_type(&pointer::join(&here, name), media, shared)?;
                    }
                }
                visit(&here, value, shared)?;
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter_mut().enumerate() {
                visit(&pointer::join(here, &index.to_string()), value, shared)?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn media_type(here: &str, media: &mut Value, shared: &Value) -> Result<(), Problem> {
    let mut seen = Vec::new();
    while let Some(reference) = media.get("$ref").and_then(Value::as_str).map(str::to_owned) {
        let place = reference.strip_prefix("#/components/mediaTypes").filter(|_| !seen.contains(&reference));
        let Some(target) = place.and_then(|place| pointer::get(shared, place)) else {
            return Err(Problem::new(format!("`{}` leads to no media type", pointer::shorten(&reference, 100)))
                .at(pointer::join(here, "$ref"))
                .fix("correct the reference, with a fixup if the document is published"));
        };
        *media = target.clone();
        seen.push(reference);
    }
    if let Some(media) = media.as_object_mut()
        && let Some(item) = media.remove("itemSchema")
    {
        media.entry("schema").or_insert_with(|| json!({ "type": "array", "items": item }));
    }
    Ok(())
}

/// A form as the whole query is what an object as a parameter is, whose own name is not sent.
fn whole_query(parameter: &mut Map<String, Value>) {
    let form = "application/x-www-form-urlencoded";
    let schema = parameter.get("content").and_then(|content| content.get(form)?.get("schema")).cloned();
    if let Some(schema) = schema {
        parameter.remove("content");
        parameter.extend([("in".to_owned(), json!("query")), ("schema".to_owned(), schema)]);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Outcome, run};

    #[test]
    fn what_is_new_in_3_2_is_said_as_in_3_1() {
        run("downgrade", |input| {
            let mut document = input.clone();
            super::downgrade(&mut document).map(|()| Outcome::Json(document))
        });
    }
}
