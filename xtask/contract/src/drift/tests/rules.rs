//! The rule table itself: names that stay, verdicts that follow from effects, and a case for every rule.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::corpus;
use crate::drift::{Effect, Rule};

#[test]
fn every_rule_has_a_name_of_its_own_and_a_mirror() {
    let mut ids = BTreeSet::new();
    for rule in Rule::ALL {
        assert_eq!(rule.mirror().mirror(), *rule, "{rule:?}");
        assert_eq!(rule.mirror().scope(), rule.scope(), "{rule:?}");
        let expected = match rule.effect() {
            // What leaves a schema alone, or makes another of it, does so both ways.
            same @ (Effect::Nothing | Effect::Differs) => same,
            other => other.flipped(),
        };
        assert_eq!(rule.mirror().effect(), expected, "{rule:?}");
        for direction in rule.directions() {
            let id = rule.id(*direction);
            assert!(id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{id}");
            assert!(ids.insert(id.clone()), "two rules are called {id}");
        }
    }
}

#[test]
fn the_table_of_rules_is_what_was_agreed() {
    let mut text = String::new();
    for rule in Rule::ALL {
        for direction in rule.directions() {
            let (id, verdict) = (rule.id(*direction), rule.verdict(*direction).to_string());
            writeln!(text, "{id:<44} {verdict:<10}  {}", rule.says()).unwrap();
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(corpus::folder());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("rules", text));
}

#[test]
fn the_corpus_has_a_case_for_every_rule() {
    let mut seen = corpus::rules();
    // A document as deep as that is no file to read; a test of its own makes one.
    seen.insert(Rule::TooDeepChanged);
    let unseen: Vec<_> = Rule::ALL
        .iter()
        .filter(|rule| !seen.contains(*rule) && !seen.contains(&rule.mirror()))
        .map(|rule| rule.id(None))
        .collect();
    assert!(unseen.is_empty(), "no case for {unseen:#?}");
}
