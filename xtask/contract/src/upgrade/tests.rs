//! Cases: an OpenAPI 3.0 or 3.1 document in, one of 3.1 out.

use serde_json::Value;

use crate::testing::{Outcome, inputs, run};

#[test]
fn every_spelling_of_3_0_becomes_one_of_3_1() {
    run("upgrade", |input| super::upgrade(input.clone()).map(Outcome::Json));
}

#[test]
fn an_upgraded_document_stays_as_it_is() {
    for (case, input) in inputs("upgrade") {
        let Ok(once) = super::upgrade(input) else { continue };
        assert_eq!(super::upgrade(once.clone()), Ok::<Value, _>(once), "{case}");
    }
}
