//! Null that was said, told from nothing that was said.

use serde::{Deserialize, Deserializer};

/// Reads a field that is there, so that null in it is a value: `Some(None)`, and not `None`.
///
/// Generated code reads by it what may be left out of a request, may be null, and means something else as either.
///
/// ```
/// use hailuo_runtime::present;
///
/// #[derive(serde::Deserialize, Debug, PartialEq)]
/// struct Change {
///     #[serde(default, deserialize_with = "present")]
///     title: Option<Option<String>>,
/// }
/// assert_eq!(serde_json::from_str::<Change>("{}")?.title, None);
/// assert_eq!(serde_json::from_str::<Change>(r#"{"title": null}"#)?.title, Some(None));
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
/// The value is none of the type.
pub fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
