//! What a line is known by: a hash of what it says, however it is spelled.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use serde_json::Value;
use sha2::{Digest, Sha256};

/// The hash of a value, apart from those under another salt.
pub(super) fn hash(salt: &str, value: &Value) -> String {
    let mut text = String::new();
    canonical(value, &mut text);
    let mut hasher = Sha256::new();
    hasher.update(b"hailuo batch line 1\0");
    hasher.update(salt.as_bytes());
    hasher.update(text.as_bytes());
    hex(&hasher.finalize()[..16])
}

/// JSON in one spelling: sorted, without spaces, without members that are null. `serde_json` may or may not keep the
/// order of members, depending on what else is built with it.
fn canonical(value: &Value, text: &mut String) {
    match value {
        Value::Object(object) => {
            let mut members: Vec<_> = object.iter().filter(|(_, value)| !value.is_null()).collect();
            members.sort_by_key(|(name, _)| *name);
            text.push('{');
            for (name, value) in members {
                text.push_str(&Value::String(name.clone()).to_string());
                text.push(':');
                canonical(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for item in items {
                canonical(item, text);
                text.push(',');
            }
            text.push(']');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

/// The hash of a file's bytes.
pub(super) fn digest(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok(hex(&hasher.finalize()));
        }
        hasher.update(&piece[..read]);
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
