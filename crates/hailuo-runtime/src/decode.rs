//! Reads the JSON of an answer into a generated type, more forgivingly than derived code does by itself.

use bytes::Bytes;
use progenitor_client::{Error, ResponseValue};
use reqwest::Response;
use serde::de::DeserializeOwned;

use crate::lenient::exactly;

/// Reads an answer's body as a `T`; generated code calls it in the place of `ResponseValue::from_response`.
///
/// It differs in what it takes: a property that comes twice counts with its last value and does not lose the answer, a
/// byte order mark is skipped, an empty body reads as `null`, and a list is never taken for a struct.
///
/// # Errors
///
/// [`Error::ResponseBodyError`] when the body did not come whole, [`Error::InvalidResponsePayload`] when it is not the
/// JSON of a `T`.
pub async fn decode<T, E>(response: Response) -> Result<ResponseValue<T>, Error<E>>
where
    T: DeserializeOwned,
{
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = response.bytes().await.map_err(Error::ResponseBodyError)?;
    match from_bytes(&bytes) {
        Ok(value) => Ok(ResponseValue::new(value, status, headers)),
        Err(error) => Err(Error::InvalidResponsePayload(bytes, error)),
    }
}

fn from_bytes<T: DeserializeOwned>(bytes: &Bytes) -> Result<T, serde_json::Error> {
    let json = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match serde_json::from_slice(json) {
        Ok(value) => exactly(&value),
        Err(error) if json.trim_ascii().is_empty() => exactly(&serde_json::Value::Null).map_err(|_| error),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::Lenient;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Task {
        #[serde(default)]
        id: Option<Lenient<String>>,
    }

    #[test]
    fn an_answer_is_read_if_it_can_be() {
        let task = |id: &str| Some(Task { id: Some(Lenient::Known(id.to_owned())) });
        for (json, expected) in [
            (r#"{"id":"a"}"#, task("a")),
            (r#"{"id":"a","id":7}"#, task("7")),
            ("\u{feff}{\"id\":\"a\"}", task("a")),
            ("{}", Some(Task { id: None })),
            ("[\"a\"]", None),
            ("[]", None),
            ("null", None),
            ("", None),
            ("{\"id\":\"a\"} x", None),
        ] {
            assert_eq!(from_bytes::<Task>(&Bytes::from_static(json.as_bytes())).ok(), expected, "{json}");
        }
        assert_eq!(from_bytes::<Option<Task>>(&Bytes::from_static(b" \n")).ok(), Some(None));
        assert!(from_bytes::<Vec<u8>>(&Bytes::from_static(b"[1]")).is_ok());
    }
}
