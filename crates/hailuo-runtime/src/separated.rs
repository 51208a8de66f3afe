//! Lists that a vendor wants as one value: `a,b,c`.

use std::fmt;

use serde::{Serialize, Serializer};

/// A list that is sent as one value, its items apart by a character that none of them has.
///
/// Generated code takes one for a query parameter whose description says that it is not repeated.
///
/// ```
/// use hailuo_runtime::CommaSeparated;
///
/// let fields: CommaSeparated<String> = ["id", "status"].try_into()?;
/// assert_eq!(fields.to_string(), "id,status");
/// # Ok::<(), hailuo_runtime::InvalidItem>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Separated<T, const BY: char>(Vec<T>);

/// A list with commas between its items.
pub type CommaSeparated<T> = Separated<T, ','>;

/// A list with spaces between its items.
pub type SpaceSeparated<T> = Separated<T, ' '>;

/// A list with vertical bars between its items.
pub type PipeSeparated<T> = Separated<T, '|'>;

/// An item has the character that stands between items, so that it would be read as two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("item {position} of the list has the character {by:?}, which stands between items")]
pub struct InvalidItem {
    /// Which item, counted from 1.
    position: usize,
    /// The character.
    by: char,
}

impl<T, const BY: char> Separated<T, BY> {
    /// The items.
    pub fn items(&self) -> &[T] {
        &self.0
    }
}

impl<T: fmt::Display, const BY: char> Separated<T, BY> {
    fn new(items: impl IntoIterator<Item = impl Into<T>>) -> Result<Self, InvalidItem> {
        let items: Vec<T> = items.into_iter().map(Into::into).collect();
        match items.iter().position(|item| item.to_string().contains(BY)) {
            Some(index) => Err(InvalidItem { position: index + 1, by: BY }),
            None => Ok(Self(items)),
        }
    }
}

impl<T: fmt::Display, U: Into<T>, const BY: char> TryFrom<Vec<U>> for Separated<T, BY> {
    type Error = InvalidItem;

    fn try_from(items: Vec<U>) -> Result<Self, InvalidItem> {
        Self::new(items)
    }
}

impl<T: fmt::Display, U: Into<T>, const BY: char, const N: usize> TryFrom<[U; N]> for Separated<T, BY> {
    type Error = InvalidItem;

    fn try_from(items: [U; N]) -> Result<Self, InvalidItem> {
        Self::new(items)
    }
}

impl<T: fmt::Display, const BY: char> fmt::Display for Separated<T, BY> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, item) in self.0.iter().enumerate() {
            if index > 0 {
                write!(f, "{BY}")?;
            }
            write!(f, "{item}")?;
        }
        Ok(())
    }
}

impl<T: fmt::Display, const BY: char> Serialize for Separated<T, BY> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_become_one_value() {
        let commas: Result<CommaSeparated<String>, _> = vec!["a", "b c"].try_into();
        assert_eq!(commas.map(|list| list.to_string()), Ok("a,b c".to_owned()));
        let spaces: Result<SpaceSeparated<i64>, _> = [1, -2].try_into();
        assert_eq!(spaces.map(|list| list.to_string()), Ok("1 -2".to_owned()));
        let bars: Result<PipeSeparated<bool>, _> = Vec::<bool>::new().try_into();
        assert_eq!(bars.map(|list| serde_json::json!(list)), Ok(serde_json::json!("")));
    }

    #[test]
    fn an_item_that_would_be_two_is_refused() {
        let commas: Result<CommaSeparated<String>, _> = ["a", "b,c"].try_into();
        let text = commas.map_err(|error| error.to_string());
        assert_eq!(text, Err("item 2 of the list has the character ',', which stands between items".to_owned()));
    }
}
