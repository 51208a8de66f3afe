//! Answers that are not what was promised.

use serde_json::json;

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn what_can_be_read_is_and_the_rest_is_kept() {
    let server = Server::new([
        answer(200, json!({})),
        answer(
            200,
            json!({ "id": 12, "logs": null, "size": "7", "done": "true", "part": "none", "counts": { "a": "1", "b": [] } }),
        ),
        answer(200, json!({ "logs": { "m": "one" }, "size": 1.5, "matrix": [[1, "2"], 3] })),
    ]);
    let client = connect!(lenient_answers, server);
    let empty = client.job().send().await.unwrap();
    assert!(empty.id.is_none() && empty.part.is_none());
    let odd = client.job().send().await.unwrap();
    assert_eq!(odd.id.as_ref().unwrap().known().unwrap(), "12");
    assert!(odd.logs.is_none());
    assert_eq!(odd.size.as_ref().unwrap().known(), Some(&7));
    assert_eq!(odd.done.as_ref().unwrap().known(), Some(&true));
    assert_eq!(odd.part.as_ref().unwrap().other(), Some(&json!("none")));
    let counts = odd.counts.as_ref().unwrap().known().unwrap();
    assert_eq!((counts["a"].known(), counts["b"].other()), (Some(&1), Some(&json!([]))));
    let odder = client.job().send().await.unwrap();
    assert_eq!(odder.logs.as_ref().unwrap().known().unwrap().len(), 1);
    assert_eq!(odder.size.as_ref().unwrap().other(), Some(&json!(1.5)));
    let matrix = odder.matrix.as_ref().unwrap().known().unwrap();
    assert_eq!(matrix[0].known().unwrap()[1].known(), Some(&2.0));
}

#[tokio::test]
async fn one_element_that_is_wrong_does_not_lose_the_others() {
    let server = Server::new([answer(200, json!([{ "id": "a" }, "b", null]))]);
    let all = connect!(lenient_answers, server).all().send().await.unwrap();
    assert_eq!(all.len(), 3);
    assert_eq!(all[0].known().unwrap().id.as_ref().unwrap().known().unwrap(), "a");
    assert_eq!(all[1].other(), Some(&json!("b")));
}
