//! Where a document comes from, in `source.toml`, without a change of anything else in it.

use contract::{Files, Problem};
use toml_edit::{DocumentMut, Item, TableLike, value};

use crate::crate_files::sha256;

/// Notes in `source.toml` that the document was fetched today.
///
/// # Errors
/// `source.toml` is no TOML, or does not list the document.
pub fn note(files: &mut Files, file: &str, bytes: &[u8], today: &str) -> Result<(), Problem> {
    let problem = |what: &str| Problem::new(what.to_owned()).file("source.toml").fix("correct [documents]");
    let text = files.get("source.toml").map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    let mut source: DocumentMut = text.parse().map_err(|_| problem("it is no TOML"))?;
    let entry = source
        .get_mut("documents")
        .and_then(Item::as_table_like_mut)
        .and_then(|documents| documents.get_mut(file))
        .and_then(Item::as_table_like_mut)
        .ok_or_else(|| problem("the document is not listed"))?;
    set(entry, "fetched", true.into());
    set(entry, "sha256", sha256(bytes).into());
    set(entry, "date", today.into());
    files.insert("source.toml".to_owned(), source.to_string().into_bytes());
    Ok(())
}

/// Sets a value and keeps the comments and the white space around the one that was there.
fn set(table: &mut dyn TableLike, key: &str, new: toml_edit::Value) {
    if let Some(old) = table.get_mut(key).and_then(Item::as_value_mut) {
        let decor = old.decor().clone();
        *old = new;
        *old.decor_mut() = decor;
        return;
    }
    // What stands before an inline table's brace belongs to its last value, which this one is now.
    let last = table.iter_mut().last().and_then(|(_, item)| item.as_value_mut().map(toml_edit::Value::decor_mut));
    let suffix = last.and_then(|decor| {
        let suffix = decor.suffix().and_then(|raw| raw.as_str()).filter(|text| text.trim().is_empty())?.to_owned();
        decor.set_suffix("");
        Some(suffix)
    });
    table.insert(key, value(new));
    if let (Some(suffix), Some(added)) = (suffix, table.get_mut(key).and_then(Item::as_value_mut)) {
        added.decor_mut().set_prefix(" ");
        added.decor_mut().set_suffix(suffix);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    const SHA: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn noted(text: &str) -> String {
        let mut files = Files::from([("source.toml".to_owned(), text.as_bytes().to_vec())]);
        note(&mut files, "a.openapi.json", b"", "2026-02-03").unwrap();
        String::from_utf8(files["source.toml"].clone()).unwrap()
    }

    #[test]
    fn only_the_provenance_of_the_document_changes() {
        let before = "# a comment\nkind = \"published\" # another\n\n[documents.\"a.openapi.json\"]\nurl = 'u'\n# not yet\nfetched = false # really\n\n[documents.\"b.openapi.json\"]\nfetched = false\n\n[auth]\nin='header'\n";
        let after = format!(
            "# a comment\nkind = \"published\" # another\n\n[documents.\"a.openapi.json\"]\nurl = 'u'\n# not yet\nfetched = true # really\nsha256 = \"{SHA}\"\ndate = \"2026-02-03\"\n\n[documents.\"b.openapi.json\"]\nfetched = false\n\n[auth]\nin='header'\n"
        );
        assert_eq!(noted(before), after);
        assert_eq!(noted(&after), after);
    }

    #[test]
    fn an_inline_table_stays_one() {
        assert_eq!(
            noted("[documents]\n\"a.openapi.json\" = { url = \"u\", fetched = false }\n"),
            format!(
                "[documents]\n\"a.openapi.json\" = {{ url = \"u\", fetched = true, sha256 = \"{SHA}\", date = \"2026-02-03\" }}\n"
            )
        );
    }

    #[test]
    fn a_document_that_is_not_listed_is_a_problem() {
        let mut files = Files::from([("source.toml".to_owned(), b"[documents]\n".to_vec())]);
        assert!(note(&mut files, "a.openapi.json", b"", "2026-02-03").is_err());
    }
}
