//! Bodies that are forms, and what else is written as names with values: `a=1&b=2`, or a part each.
//!
//! How a property is written is OpenAPI's to say (the encoding object; `style` and `explode` of a parameter): a list by
//! its items, each under the list's name; an object as JSON; both otherwise where the description says so. Null cannot be
//! said in a form and is left out.

use std::fmt::Write as _;

use bytes::Bytes;
use reqwest::{
    Body, RequestBuilder,
    header::{CONTENT_TYPE, HeaderValue},
};
use serde::Serialize;
use serde_json::Value;
use url::form_urlencoded;

use crate::{
    Decimal, File,
    body::Pieces,
    file::{Collected, random},
};

/// How a property of a form is written where it is not written as usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// Lists and objects in brackets: `a[0]=1`, `a[b]=2` (`deepObject`).
    Brackets,
    /// Lists and objects as one value, apart by a character: `1,2` (`form` that is not exploded, and its like).
    Separated(char),
    /// An object by its properties: `b=2` (`form` that is exploded).
    Spread,
    /// Lists and objects as JSON.
    Json,
    /// As usual, and of this content type where every part has one.
    Type(&'static str),
}

/// The properties that are not written as usual.
pub type Encodings = [(&'static str, Encoding)];

/// Writes `value` as a form in a URL's alphabet; generated code calls it.
///
/// # Errors
///
/// When `value` is no object, or a list cannot be told from its items. The text does not quote a value.
///
/// ```
/// # fn main() -> Result<(), String> {
/// let body = hailuo_runtime::form_body(&serde_json::json!({"tags": ["a", "b c"]}), &[])?;
/// assert_eq!(body.as_bytes(), Some(&b"tags=a&tags=b+c"[..]));
/// # Ok(())
/// # }
/// ```
pub fn form_body(value: &impl Serialize, encodings: &Encodings) -> Result<Body, String> {
    let mut written = form_urlencoded::Serializer::new(String::new());
    for (name, leaf) in leaves_of_object(&value_of(value)?, encodings)? {
        written.append_pair(&name, leaf.text());
    }
    Ok(written.finish().into())
}

/// The names and values that a query has of one parameter; generated code calls it for those that are objects or JSON.
///
/// # Errors
///
/// As [`form_body`].
pub fn query_pairs(name: &str, value: &impl Serialize, encoding: Encoding) -> Result<Vec<(String, String)>, String> {
    let value = value_of(value)?;
    let mut leaves = Vec::new();
    if encoding == Encoding::Json && !value.is_null() {
        // All of the parameter is JSON, a text with its quotes.
        leaves.push((name.to_owned(), Leaf::Json(value.to_string())));
    } else {
        leaves_of(name.to_owned(), &value, Some(encoding), &mut leaves)?;
    }
    Ok(leaves.into_iter().map(|(name, leaf)| (name, leaf.text().to_owned())).collect())
}

/// Gives a request a body of parts, of which every file is one; generated code calls it.
///
/// # Errors
///
/// As [`form_body`], and when a file stands where a form has no place for it.
pub fn multipart(
    request: RequestBuilder,
    value: &impl Serialize,
    encodings: &Encodings,
) -> Result<RequestBuilder, String> {
    // Not reqwest's form: its feature brings a table of all media types into every client, whether it sends files or not.
    let boundary = random();
    let pieces = parts(value, encodings, &boundary)?;
    let content_type = format!("multipart/form-data; boundary={boundary}");
    Ok(request.header(CONTENT_TYPE, content_type).body(Pieces::new(pieces, None).into_body()))
}

/// Gives a request a file as its body; generated code calls it with the content type that the vendor describes.
///
/// # Errors
///
/// The file's content type cannot be sent.
pub fn file_body(request: RequestBuilder, file: &File, described: &'static str) -> Result<RequestBuilder, String> {
    // `image/*` says what may be sent and not what is.
    let described = Some(described).filter(|described| !described.contains('*'));
    let content_type = file.content_type().or(described).unwrap_or("application/octet-stream");
    let content_type = HeaderValue::from_str(content_type).map_err(|_| UNSENDABLE_TYPE.to_owned())?;
    Ok(request.header(CONTENT_TYPE, content_type).body(Pieces::new([file.bytes().clone()], None).into_body()))
}

const UNSENDABLE_TYPE: &str = "the file's content type cannot be sent";

fn value_of(value: &impl Serialize) -> Result<Value, String> {
    serde_json::to_value(value).map_err(|_| "the request's form cannot be written".to_owned())
}

fn parts(value: &impl Serialize, encodings: &Encodings, boundary: &str) -> Result<Vec<Bytes>, String> {
    let (value, files) = Collected::during(|| value_of(value));
    let mut pieces = Vec::new();
    for (name, leaf) in leaves_of_object(&value?, encodings)? {
        let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(&name));
        let described = encodings.iter().find_map(|(property, encoding)| match encoding {
            Encoding::Type(described) if *property == name => Some(*described),
            _ => None,
        });
        let file = files.at(leaf.text());
        if file.is_none() && files.is_in(leaf.text()) {
            return Err(format!("a file is within the object or list `{name}`, which is sent as JSON"));
        }
        if let Some(file) = file {
            let _ = write!(head, "; filename=\"{}\"", quoted(file.name()));
        }
        let content_type = match (file, &leaf) {
            (Some(file), _) => Some(file.content_type().or(described).unwrap_or("application/octet-stream")),
            (None, Leaf::Json(_)) => Some("application/json"),
            (None, Leaf::Text(_)) => described,
        };
        if let Some(content_type) = content_type {
            HeaderValue::from_str(content_type).map_err(|_| UNSENDABLE_TYPE.to_owned())?;
            let _ = write!(head, "\r\nContent-Type: {content_type}");
        }
        head.push_str("\r\n\r\n");
        let content = file.map_or_else(|| leaf.text().to_owned().into(), |file| file.bytes().clone());
        pieces.extend([head.into(), content, Bytes::from_static(b"\r\n")]);
    }
    pieces.push(format!("--{boundary}--\r\n").into());
    Ok(pieces)
}

/// A name in a part's head, as browsers write it.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands behind a name.
enum Leaf {
    Text(String),
    Json(String),
}

impl Leaf {
    fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Json(text) => text,
        }
    }
}

type Leaves = Vec<(String, Leaf)>;

fn leaves_of_object(value: &Value, encodings: &Encodings) -> Result<Leaves, String> {
    let Value::Object(properties) = value else { return Err("the request's form is no object".to_owned()) };
    let mut leaves = Vec::new();
    for (name, value) in properties {
        let encoding = encodings.iter().find(|(property, _)| property == name).map(|(_, encoding)| *encoding);
        leaves_of(name.clone(), value, encoding, &mut leaves)?;
    }
    Ok(leaves)
}

fn leaves_of(name: String, value: &Value, encoding: Option<Encoding>, leaves: &mut Leaves) -> Result<(), String> {
    match (value, encoding) {
        (Value::Null, _) => {}
        (Value::Array(items), Some(Encoding::Brackets)) => {
            for (index, item) in items.iter().enumerate() {
                leaves_of(format!("{name}[{index}]"), item, encoding, leaves)?;
            }
        }
        (Value::Object(properties), Some(Encoding::Brackets)) => {
            for (key, value) in properties {
                leaves_of(format!("{name}[{key}]"), value, encoding, leaves)?;
            }
        }
        (Value::Array(items), Some(Encoding::Separated(by))) => {
            let text = separated(&name, items.iter().map(text), by)?;
            leaves.push((name, Leaf::Text(text)));
        }
        (Value::Object(properties), Some(Encoding::Separated(by))) => {
            let words = properties.iter().filter(|(_, value)| !value.is_null());
            let text = separated(&name, words.flat_map(|(key, value)| [key.clone(), text(value)]), by)?;
            leaves.push((name, Leaf::Text(text)));
        }
        (Value::Object(properties), Some(Encoding::Spread)) => {
            for (key, value) in properties {
                leaves_of(key.clone(), value, None, leaves)?;
            }
        }
        (Value::Array(_) | Value::Object(_), Some(Encoding::Json)) | (Value::Object(_), _) => {
            leaves.push((name, Leaf::Json(value.to_string())));
        }
        (Value::Array(items), _) => {
            let items = items.iter().filter(|item| !item.is_null());
            leaves.extend(items.map(|item| (name.clone(), leaf(item))));
        }
        (_, _) => leaves.push((name, leaf(value))),
    }
    Ok(())
}

fn separated(name: &str, words: impl Iterator<Item = String>, by: char) -> Result<String, String> {
    let words: Vec<String> = words.collect();
    if words.iter().any(|word| word.contains(by)) {
        return Err(format!("an item of `{name}` has the character {by:?}, which stands between items"));
    }
    Ok(words.join(by.encode_utf8(&mut [0; 4])))
}

fn leaf(value: &Value) -> Leaf {
    match value {
        Value::Array(_) | Value::Object(_) => Leaf::Json(value.to_string()),
        _ => Leaf::Text(text(value)),
    }
}

/// A value as text: a number has no decimal point if it is whole.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => {
            let float = number.as_f64().filter(|_| number.is_f64()).and_then(|float| Decimal::try_from(float).ok());
            float.map_or_else(|| number.to_string(), |float| float.to_string())
        }
        _ => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

    use std::collections::BTreeMap;

    use http_body_util::BodyExt as _;
    use serde_json::json;

    use super::*;

    fn form(value: &Value, encodings: &Encodings) -> Result<String, String> {
        let body = form_body(value, encodings)?;
        Ok(form_urlencoded::parse(body.as_bytes().unwrap())
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("&"))
    }

    #[test]
    fn every_value_is_written_as_openapi_says() {
        let nested = json!({"b": [1, {"c": true}], "d": null});
        for (value, encoding, expected) in [
            (json!("x y&z"), None, "a=x y&z"),
            (json!(1.0), None, "a=1"),
            (json!(18_446_744_073_709_551_615_u64), None, "a=18446744073709551615"),
            (json!(null), None, ""),
            (json!([]), None, ""),
            (json!(["x", 2, null]), None, "a=x&a=2"),
            (json!([{"b": 1}, [2]]), None, r#"a={"b":1}&a=[2]"#),
            (json!({"b": 1}), None, r#"a={"b":1}"#),
            (json!(["x", 2]), Some(Encoding::Type("text/plain")), "a=x&a=2"),
            (json!(["x", 2]), Some(Encoding::Separated('|')), "a=x|2"),
            (json!({"b": 1, "c": null, "d": "e"}), Some(Encoding::Separated(',')), "a=b,1,d,e"),
            (json!({"b": 1, "c": [2, 3]}), Some(Encoding::Spread), "b=1&c=2&c=3"),
            (json!(["x", 2]), Some(Encoding::Json), r#"a=["x",2]"#),
            (json!("x"), Some(Encoding::Json), "a=x"),
            (nested.clone(), Some(Encoding::Brackets), "a[b][0]=1&a[b][1][c]=true"),
            (nested, None, r#"a={"b":[1,{"c":true}],"d":null}"#),
        ] {
            let encodings: Vec<_> = encoding.map(|encoding| ("a", encoding)).into_iter().collect();
            assert_eq!(form(&json!({"a": value}), &encodings).unwrap(), expected, "{value} {encoding:?}");
        }
    }

    #[test]
    fn what_no_form_can_carry_is_refused_without_being_quoted() {
        let by_commas = [("a", Encoding::Separated(','))];
        let refused = form(&json!({"a": ["canary,canary"]}), &by_commas).unwrap_err();
        assert_eq!(refused, "an item of `a` has the character ',', which stands between items");
        assert_eq!(form(&json!(["canary"]), &[]).unwrap_err(), "the request's form is no object");
    }

    #[tokio::test]
    async fn a_form_of_parts_has_a_part_per_value_and_the_files_as_they_are() {
        #[derive(Serialize)]
        struct Upload {
            image: Vec<File>,
            mask: File,
            meta: BTreeMap<&'static str, u8>,
            n: Option<u8>,
            prompt: &'static str,
            sound: Option<File>,
        }
        let upload = Upload {
            image: vec![File::new("a\"\r\n.png", vec![0xff, 0x00]), File::from(b"raw".to_vec())],
            mask: File::new("m", &b"mask"[..]),
            meta: BTreeMap::from([("k", 1)]),
            n: None,
            prompt: "a fox",
            sound: Some(File::new("s.bin", &b""[..]).with_content_type("audio/x-odd")),
        };
        let encodings = [("mask", Encoding::Type("image/webp")), ("prompt", Encoding::Type("text/plain"))];
        let pieces = parts(&upload, &encodings, "edge").unwrap();
        let body = Pieces::new(pieces, None).into_body();
        let length = http_body::Body::size_hint(&body).exact();
        let bytes = body.collect().await.unwrap().to_bytes();
        assert_eq!(length, Some(bytes.len() as u64));
        let disposition = "--edge\r\nContent-Disposition: form-data; name=";
        let mut expected = Vec::new();
        for (head, content) in [
            ("\"image\"; filename=\"a%22%0D%0A.png\"\r\nContent-Type: image/png", &[0xff, 0x00][..]),
            ("\"image\"; filename=\"file\"\r\nContent-Type: application/octet-stream", b"raw"),
            ("\"mask\"; filename=\"m\"\r\nContent-Type: image/webp", b"mask"),
            ("\"meta\"\r\nContent-Type: application/json", b"{\"k\":1}"),
            ("\"prompt\"\r\nContent-Type: text/plain", b"a fox"),
            ("\"sound\"; filename=\"s.bin\"\r\nContent-Type: audio/x-odd", b""),
        ] {
            expected.extend_from_slice(format!("{disposition}{head}\r\n\r\n").as_bytes());
            expected.extend_from_slice(content);
            expected.extend_from_slice(b"\r\n");
        }
        expected.extend_from_slice(b"--edge--\r\n");
        assert_eq!(String::from_utf8_lossy(&bytes), String::from_utf8_lossy(&expected));
        assert!(bytes == expected);
    }

    #[test]
    fn a_file_where_a_form_has_no_place_for_it_is_refused() {
        let value = BTreeMap::from([("a", BTreeMap::from([("b", File::from(b"canary".to_vec()))]))]);
        let refused = parts(&value, &[], "edge").unwrap_err();
        assert_eq!(refused, "a file is within the object or list `a`, which is sent as JSON");
        let odd = BTreeMap::from([("a", File::from(b"".to_vec()).with_content_type("a\r\nb: c"))]);
        assert_eq!(parts(&odd, &[], "edge").unwrap_err(), UNSENDABLE_TYPE);
    }
}
