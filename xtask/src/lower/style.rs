//! How a parameter, or a property of a form, writes what has parts: OpenAPI's `style` and `explode`.

use serde_json::{Value, json};

/// What a description says, or leaves to its defaults.
pub struct Style<'a> {
    name: &'a str,
    is_exploded: bool,
}

impl<'a> Style<'a> {
    /// The style of a parameter, or of an encoding.
    pub fn of(description: &'a Value) -> Self {
        let name = description["style"].as_str().unwrap_or("form");
        Self { name, is_exploded: description["explode"].as_bool().unwrap_or(name == "form") }
    }

    /// Whether parts stand in brackets behind the name.
    pub fn is_deep(&self) -> bool {
        self.name == "deepObject"
    }

    /// What stands between the parts, if they make one value.
    pub fn separator(&self) -> Option<char> {
        match self.name {
            _ if self.is_exploded || self.is_deep() => None,
            "spaceDelimited" => Some(' '),
            "pipeDelimited" => Some('|'),
            _ => Some(','),
        }
    }

    /// The runtime's word for it, unless each part is a value by itself.
    pub fn encoding(&self) -> Option<Value> {
        if self.is_deep() {
            return Some(json!("brackets"));
        }
        self.separator().map(|separator| json!({ "separated": separator }))
    }
}
