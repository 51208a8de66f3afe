//! Cases: a contract in, its facts out.

use crate::testing::{Outcome, run};

#[test]
fn every_fact_of_a_contract_is_a_line() {
    run("surface", |input| Ok(Outcome::Text(super::surface(input))));
}
