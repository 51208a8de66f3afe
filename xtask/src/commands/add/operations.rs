//! The operations of a document as it came.

use contract::schema::METHODS;
use serde_json::{Map, Value};

/// An operation, and the path item that it stands in.
pub struct Operation<'d> {
    item: &'d Map<String, Value>,
    operation: &'d Value,
}

impl<'d> Operation<'d> {
    /// A part of the operation itself; null, if it is not there.
    pub fn own(&self, key: &str) -> &'d Value {
        &self.operation[key]
    }

    /// What the path says for all its operations; null, if it says nothing.
    pub fn of_path(&self, key: &str) -> &'d Value {
        self.item.get(key).unwrap_or(&Value::Null)
    }
}

/// The operations, path by path.
pub fn operations(document: &Value) -> impl Iterator<Item = Operation<'_>> {
    let items = document["paths"].as_object().into_iter().flatten().filter_map(|(_, item)| item.as_object());
    items.flat_map(|item| {
        let all = METHODS.iter().filter_map(|method| item.get(*method)).filter(|operation| operation.is_object());
        all.map(move |operation| Operation { item, operation })
    })
}
