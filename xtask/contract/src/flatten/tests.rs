//! Cases: an OpenAPI 3.1 document in; the flat one, and what was left out, come out.

use serde_json::json;

use crate::testing::{Outcome, inputs, run};

#[test]
fn every_operation_stands_on_its_own() {
    run("flatten", |input| {
        let mut left_out = Vec::new();
        let document = super::flatten(input, &mut left_out)?;
        Ok(Outcome::Json(json!({ "document": document, "left_out": left_out })))
    });
}

#[test]
fn a_flat_document_stays_as_it_is() {
    for (case, input) in inputs("flatten") {
        let Ok(once) = super::flatten(&input, &mut Vec::new()) else { continue };
        let mut left_out = Vec::new();
        assert_eq!(super::flatten(&once, &mut left_out), Ok(once), "{case}");
        assert!(left_out.is_empty(), "{case}: {left_out:?}");
    }
}
