//! Cases: `{ "main": NAME, "files": { NAME: document } }` in, the whole document out.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::testing::{Outcome, run};

#[test]
fn every_reference_becomes_a_component_or_a_problem() {
    run("bundle", |input| {
        let files: BTreeMap<String, Value> =
            input["files"].as_object().into_iter().flatten().map(|(k, v)| (k.clone(), v.clone())).collect();
        super::bundle(input["main"].as_str().unwrap_or("a.openapi.json"), &files).map(Outcome::Json)
    });
}
