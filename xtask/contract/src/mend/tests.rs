//! Cases: an OpenAPI document in, the fixups that mend it out.

#![expect(clippy::unwrap_used, reason = "a failing test may panic")]

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Mended, leave_out, mend};
use crate::testing::{Outcome, inputs, run};
use crate::{Problem, bundle, fixup, flatten, pointer, shape, upgrade};

fn fixups(mended: &Mended) -> Vec<fixup::Fixup> {
    mended.fixups.iter().map(|(name, bytes)| fixup::parse(name, bytes).unwrap()).collect()
}

/// Everything that reads a document before it is a contract.
fn read(document: &Value) -> Result<(), Problem> {
    let name = "a.openapi.json";
    let document = bundle::bundle(name, &BTreeMap::from([(name.to_owned(), document.clone())]))?;
    let document = upgrade::upgrade(document)?;
    shape::check(&document)?;
    flatten::flatten(&document, &mut Vec::new()).map(|_| ())
}

#[test]
fn what_is_malformed_is_mended_by_fixups_that_say_why() {
    run("mend", |input| {
        let mended = mend(input, 0);
        Ok(Outcome::Json(
            mended
                .fixups
                .iter()
                .map(|(name, bytes)| (name.clone(), serde_json::from_slice::<Value>(bytes).unwrap()))
                .collect(),
        ))
    });
}

#[test]
fn the_fixups_make_of_the_document_one_that_can_be_read() {
    for (case, input) in inputs("mend") {
        let mended = mend(&input, 0);
        assert_eq!(read(&mended.document), Ok(()), "{case}");
        if !mended.fixups.is_empty() {
            assert!(read(&input).is_err(), "{case} is mended without need");
        }
        let mut documents = BTreeMap::from([("a.openapi.json".to_owned(), input)]);
        fixup::apply(&fixups(&mended), &mut documents, &["a.openapi.json"]).unwrap();
        assert_eq!(documents["a.openapi.json"], mended.document, "{case}");
        assert!(mend(&mended.document, 0).fixups.is_empty(), "{case} is mended twice");
    }
}

#[test]
fn a_fixup_notices_when_the_vendor_mends_the_place() {
    for (case, input) in inputs("mend") {
        let mended = mend(&input, 0);
        for one in fixups(&mended) {
            let mut documents = BTreeMap::from([("a.openapi.json".to_owned(), mended.document.clone())]);
            let refused = fixup::apply(std::slice::from_ref(&one), &mut documents, &["a.openapi.json"]);
            assert!(refused.is_err(), "{case}: {} does not see that its place is mended", one.name);
        }
    }
}

#[test]
fn what_cannot_be_mended_is_left_out_by_the_smallest_part() {
    let document = json!({
        "openapi": "3.1.0",
        "paths": { "/a": { "get": { "x": 1 }, "put": {} } },
        "components": { "schemas": { "A": { "not": {} } }, "parameters": { "P": {} } },
    });
    for (at, gone) in [
        ("/paths/~1a/get/responses/200", "/paths/~1a/get"),
        ("/paths/~1a/parameters/0", "/paths/~1a"),
        ("/components/parameters/P/schema", "/components/parameters/P"),
    ] {
        let problem = Problem::new("it is odd").at(at);
        let mended = leave_out(&document, &problem, 4).unwrap();
        assert!(pointer::get(&mended.document, gone).is_none(), "{at}");
        assert_eq!(mended.fixups.keys().next().unwrap(), "fixups/05-left-out.json");
        assert_eq!(mended.said, [format!("{gone}: left out: it is odd")]);
    }
    let problem = Problem::new("it is odd").at("/components/schemas/A/not");
    let mended = leave_out(&document, &problem, 0).unwrap();
    assert_eq!(mended.document["components"]["schemas"]["A"], json!({}));
    assert!(leave_out(&mended.document, &problem, 0).is_none());
    assert!(leave_out(&document, &Problem::new("it is odd").at("/info"), 0).is_none());
    assert!(leave_out(&document, &Problem::new("it is not there").at("/paths/~1a/get").unmendable(), 0).is_none());
}
