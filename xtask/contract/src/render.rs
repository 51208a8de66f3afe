//! The bytes of a contract's file: two spaces, sorted keys, a newline at the end.

use serde_json::Value;

use crate::canonical::write_scalar;
use crate::pointer;

/// A document as it is written to disk. Equal documents have equal bytes, whatever order serde_json keeps keys in.
pub fn render(document: &Value) -> String {
    let mut out = String::new();
    write(&mut out, document, 0);
    out.push('\n');
    out
}

fn write(out: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Object(map) if map.is_empty() => out.push_str("{}"),
        Value::Array(list) if list.is_empty() => out.push_str("[]"),
        Value::Object(map) => {
            out.push('{');
            for (index, (key, value)) in pointer::sorted(map).into_iter().enumerate() {
                line(out, index, depth + 1);
                write_scalar(out, &Value::String(key.clone()));
                out.push_str(": ");
                write(out, value, depth + 1);
            }
            line(out, 0, depth);
            out.push('}');
        }
        Value::Array(list) => {
            out.push('[');
            for (index, value) in list.iter().enumerate() {
                line(out, index, depth + 1);
                write(out, value, depth + 1);
            }
            line(out, 0, depth);
            out.push(']');
        }
        scalar => write_scalar(out, scalar),
    }
}

/// A new line, after a comma unless it is the first.
fn line(out: &mut String, index: usize, depth: usize) {
    out.push_str(if index > 0 { ",\n" } else { "\n" });
    for _ in 0..depth {
        out.push_str("  ");
    }
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
