//! Cases: documents by file name in, one document out.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::testing::{Outcome, run};

#[test]
fn several_documents_become_one() {
    run("merge", |input| {
        let documents: BTreeMap<String, Value> =
            input.as_object().into_iter().flatten().map(|(k, v)| (k.clone(), v.clone())).collect();
        super::merge(documents).map(Outcome::Json)
    });
}
