//! Cases: a contract in, its facts out. And every change of every node of them shows.

#![expect(clippy::unwrap_used, reason = "a failing test may panic")]

use serde_json::{Value, json};

use super::{inferred, surface};
use crate::testing::{Outcome, inputs, run};
use crate::{canonical, pointer, schema, vendor};

#[test]
fn every_fact_of_a_contract_is_a_line() {
    run("surface", |input| Ok(Outcome::Text(surface(input))));
}

/// The lines that only one of two texts has.
fn differing(a: &str, b: &str) -> (Vec<String>, Vec<String>) {
    let only = |of: &str, other: &str| {
        let mut rest: Vec<&str> = other.lines().collect();
        let mut out = Vec::new();
        for line in of.lines() {
            match rest.iter().position(|l| *l == line) {
                Some(at) => {
                    rest.remove(at);
                }
                None => out.push(line.to_owned()),
            }
        }
        out
    };
    (only(a, b), only(b, a))
}

fn case(name: &str) -> Value {
    inputs("surface").into_iter().find(|(case, _)| case == name).unwrap().1
}

#[test]
fn a_change_of_one_fact_changes_one_line() {
    let before = case("schemas");
    let all = "/components/schemas/All";
    for (at, value, gone, come) in [
        (
            "/properties/prompt/maxLength",
            json!(1500),
            "All.prompt: at most 2000 characters",
            "All.prompt: at most 1500 characters",
        ),
        ("/properties/duration/default", json!(10), "All.duration: default 6", "All.duration: default 10"),
        ("/properties/duration/enum/1", json!(8), "All.duration: one of 6, 10", "All.duration: one of 6, 8"),
        (
            "/properties/duration/type",
            json!("number"),
            "All.duration: integer, optional",
            "All.duration: number, optional",
        ),
        ("/required/1", json!("image"), "All.elsewhere: required", "All.image: string, required"),
        (
            "/not/properties/duration/enum/0",
            json!(6),
            "All: forbidden: duration 10 with resolution \"1080P\" or \"4K\"",
            "All: forbidden: duration 6 with resolution \"1080P\" or \"4K\"",
        ),
    ] {
        let mut after = before.clone();
        *after.pointer_mut(&format!("{all}{at}")).unwrap() = value;
        let (mut lost, mut new) = differing(&surface(&before), &surface(&after));
        lost.retain(|line| line != "All.image: string, optional");
        new.retain(|line| line != "All.elsewhere: optional");
        assert_eq!((lost, new), (vec![gone.to_owned()], vec![come.to_owned()]), "{at}");
    }
}

/// Whether a node only documents, by its pointer.
fn documents(pointer: &str) -> bool {
    let keys = pointer::segments(pointer).unwrap();
    let named = keys.len() > 1 && keys[keys.len() - 2] == "properties";
    !named && keys.last().is_some_and(|key| matches!(key.as_str(), "description" | "summary"))
        || keys.iter().any(|key| key == "tags")
}

/// A document that says the same in one spelling, to tell changes that are none.
fn meaning(document: &Value) -> String {
    let mut out = document.clone();
    schema::walk_mut(&mut out, &mut |_, schema| canonical::schema(schema));
    canonical::text(&canonical::undocumented(&out))
}

/// Everything elementary that can happen to a node.
fn mutants(document: &Value, at: &str, value: &Value) -> Vec<Value> {
    let mut out = Vec::new();
    let mut with = |change: &dyn Fn(&mut Value)| {
        let mut mutant = document.clone();
        change(&mut mutant);
        out.push(mutant);
    };
    let (parent, key) = at.rsplit_once('/').unwrap();
    let key = pointer::unescape(key).unwrap();
    with(&|mutant| match mutant.pointer_mut(parent).unwrap() {
        Value::Object(map) => {
            map.remove(key.as_ref());
        }
        Value::Array(list) => {
            list.remove(key.parse().unwrap());
        }
        _ => {}
    });
    with(&|mutant| {
        if let Value::Object(map) = mutant.pointer_mut(parent).unwrap() {
            let value = map.remove(key.as_ref()).unwrap();
            map.insert(format!("{key}Renamed"), value);
        }
    });
    let others: Vec<Value> = match value {
        Value::Bool(flag) => vec![json!(!flag)],
        Value::Number(number) => vec![json!(number.as_f64().unwrap() + 1.0), json!(number.as_f64().unwrap() / 2.0)],
        Value::String(text) => vec![json!(format!("{text}x")), json!("null"), json!(7)],
        Value::Null => vec![json!(0)],
        Value::Array(_) => vec![json!([])],
        Value::Object(_) => vec![json!({})],
    };
    for other in others {
        with(&|mutant| *mutant.pointer_mut(at).unwrap() = other.clone());
    }
    out
}

#[test]
fn every_change_of_every_node_shows() {
    let mut made = 0;
    let mut unseen: Vec<String> = Vec::new();
    for (name, document) in inputs("surface") {
        if name == "what-is-not-understood" {
            continue;
        }
        let (text, meant) = (surface(&document), meaning(&document));
        pointer::walk(&document, &mut |at, value| {
            if at.is_empty() || documents(at) {
                return;
            }
            for mutant in mutants(&document, at, value) {
                made += 1;
                if surface(&mutant) == text && meaning(&mutant) != meant {
                    let now = mutant.pointer(at).map_or_else(|| "nothing".to_owned(), pointer::brief);
                    unseen.push(format!("{name}{at}: {now}"));
                }
            }
        });
    }
    assert!(unseen.is_empty(), "{made} mutants, not seen:\n{}", unseen.join("\n"));
    assert!(made > 500, "only {made} mutants");
}

#[test]
fn documentation_is_no_fact() {
    for (name, document) in inputs("surface") {
        let bare = canonical::undocumented(&document);
        assert_eq!(surface(&bare), surface(&document), "{name}");
    }
}

#[test]
fn inferred_facts_stand_with_value_and_reason() {
    let contract = vendor::build(&crate::testing::folder("vendor/yaml-schemas-and-fixups")).unwrap();
    assert_eq!(inferred(&contract), "#/paths/~1videos~1{id}/get: a job must be asked for somehow\n");
}
