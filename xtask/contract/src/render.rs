//! The bytes of a contract's file: two spaces, sorted keys, a newline at the end.

use serde_json::Value;

use crate::canonical::Sorted;

/// A document as it is written to disk. Equal documents have equal bytes, whatever order serde_json keeps keys in.
pub fn render(document: &Value) -> String {
    // Keys are strings and numbers are finite, so that there is nothing JSON could not hold.
    serde_json::to_string_pretty(&Sorted(document)).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn writes_sorted_keys_two_spaces_and_a_newline() {
        let value = json!({"b": [1, {"d": null, "c": "é\n"}], "a": {}, "e": []});
        let expected = "{\n  \"a\": {},\n  \"b\": [\n    1,\n    {\n      \"c\": \"é\\n\",\n      \"d\": null\n    }\n  ],\n  \"e\": []\n}\n";
        assert_eq!(render(&value), expected);
    }
}
