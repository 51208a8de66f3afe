//! Lists as the vendor reads them.

use traps::lists_in_queries::types::SearchPipesItem;

use crate::connect;
use crate::server::Server;

#[tokio::test]
async fn lists_are_repeated_or_joined_as_described() {
    let server = Server::new([(204, "", String::new())]);
    let client = connect!(lists_in_queries, server);
    client
        .search()
        .repeated(vec!["a".to_owned(), "b c".to_owned()])
        .commas(["x", "y"])
        .spaces([1, 2])
        .pipes(vec![SearchPipesItem::A, SearchPipesItem::B])
        .exploded(vec![true, false])
        .kinds(vec![1, 2])
        .numbers(vec![1_i64, 2])
        .objects(vec!["{}".to_owned()])
        .send()
        .await
        .unwrap();
    let target = server.request().target;
    let query = target.split_once('?').unwrap().1;
    let mut pairs: Vec<&str> = query.split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            "commas=x%2Cy",
            "exploded=false",
            "exploded=true",
            "kinds=1",
            "kinds=2",
            "numbers=1%2C2",
            "objects=%7B%7D",
            "pipes=a%7Cb",
            "repeated=a",
            "repeated=b+c",
            "spaces=1+2",
        ]
    );
}

#[tokio::test]
async fn an_item_that_would_be_read_as_two_is_refused_before_anything_is_sent() {
    let server = Server::new([]);
    let refused = connect!(lists_in_queries, server).search().commas(["a,b"]).send().await;
    assert!(refused.is_err());
    assert!(server.requests().is_empty());
}
