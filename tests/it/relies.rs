//! The facts that the facade's rules rest on are what the rules say: a vendor that changes 2000 to 1500 fails this test
//! by name.

use crate::{contract_of, vendors};

#[test]
fn every_rule_agrees_with_the_contracts_that_state_it() {
    let mut seen = 0;
    for slug in vendors() {
        let contract = contract_of(&slug);
        for relies in &contract.source.relies {
            let all = contract::pointer::stated(&contract.document, &relies.at);
            assert!(
                !all.is_empty(),
                "{slug} states nothing at {} any more, on which hailuo::rules::{} rests; decide what the rule says now, then \
                 correct the [[relies]] of specs/{slug}/source.toml",
                relies.at,
                relies.rule
            );
            for stated in all {
                assert_eq!(
                    hailuo::rules::agrees(&relies.rule, stated),
                    Some(true),
                    "{slug} states {stated} at {}, and hailuo::rules::{} says otherwise, or is no rule; decide what the rule \
                     says now, then correct it and the [[relies]] of specs/{slug}/source.toml",
                    relies.at,
                    relies.rule
                );
            }
            assert_eq!(hailuo::rules::agrees(&relies.rule, &relies.value), Some(true), "{slug}: {}", relies.rule);
            seen += 1;
        }
    }
    assert!(seen > 0);
}
