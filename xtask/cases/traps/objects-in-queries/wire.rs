//! Objects and lists as the vendor reads them.

use traps::objects_in_queries::types::SearchFilterKind;

use crate::connect;
use crate::server::Server;

#[tokio::test]
async fn an_object_is_sent_by_its_properties() {
    let server = Server::new([(204, "", String::new())]);
    connect!(objects_in_queries, server)
        .search()
        .filter_kind(SearchFilterKind::A)
        .filter_owner_name("n m")
        .created(7)
        .created_gt(5)
        .cursor("c")
        .limit(3)
        .json("{}")
        .x_list([1, 2])
        .send()
        .await
        .unwrap();
    let request = server.request();
    let query = request.target.split_once('?').unwrap().1;
    let mut pairs: Vec<&str> = query.split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            "created%5Bgt%5D=5",
            "created=7",
            "cursor=c",
            "filter%5Bkind%5D=a",
            "filter%5Bowner%5D%5Bname%5D=n+m",
            "json=%7B%7D",
            "limit=3",
        ]
    );
    assert_eq!(request.headers["x-list"], "1,2");
}

#[tokio::test]
async fn a_property_that_must_be_given_is_missed_before_anything_is_sent() {
    let server = Server::new([]);
    assert!(connect!(objects_in_queries, server).search().send().await.is_err());
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_list_in_a_path_has_commas() {
    let server = Server::new([(204, "", String::new())]);
    connect!(objects_in_queries, server).by_ids().ids(["a", "b c"]).send().await.unwrap();
    assert_eq!(server.request().target, "/list/a,b%20c");
}
