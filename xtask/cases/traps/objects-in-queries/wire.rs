//! Objects and lists as the vendor reads them.

use std::collections::BTreeMap;

use traps::objects_in_queries::types::{FreeColor, FreeWhereRowsItem, FreeWith, SearchFilterKind, SearchJson};

use crate::connect;
use crate::server::Server;

#[tokio::test]
async fn an_object_is_sent_by_its_properties() {
    let server = Server::new([(204, "", String::new())]);
    connect!(objects_in_queries, server)
        .search()
        .filter_kind(SearchFilterKind::A)
        .filter_owner_name("n m")
        .filter_list(vec!["x".to_owned(), "y".to_owned()])
        .created(7)
        .created_gt(5)
        .cursor("c")
        .limit(3)
        .json(SearchJson::builder().a(1))
        .words(vec!["v".to_owned()])
        .word("w")
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
            "filter%5Blist%5D=x",
            "filter%5Blist%5D=y",
            "filter%5Bowner%5D%5Bname%5D=n+m",
            "json=%7B%22a%22%3A1%7D",
            "limit=3",
            "word=%22w%22",
            "words=%5B%22v%22%5D",
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

#[tokio::test]
async fn an_object_of_any_names_is_sent_as_its_style_says() {
    let server = Server::new([(204, "", String::new())]);
    connect!(objects_in_queries, server)
        .free()
        .metadata(BTreeMap::from([("order id".to_owned(), "6".to_owned())]))
        .more(BTreeMap::from([("x".to_owned(), 1), ("y".to_owned(), 2)]))
        .color(FreeColor::try_from(FreeColor::builder().r(Some(1)).g(Some(2))).unwrap())
        .expand(vec!["a".to_owned(), "b".to_owned()])
        .where_tags(BTreeMap::from([("k".to_owned(), vec!["v".to_owned(), "w".to_owned()])]))
        .where_rows(vec![FreeWhereRowsItem::try_from(FreeWhereRowsItem::builder().id(Some(7))).unwrap()])
        .tier("t")
        .labels(BTreeMap::from([("l".to_owned(), "m".to_owned())]))
        .by(vec!["n".to_owned()])
        .with(FreeWith::try_from(FreeWith::builder().a(Some(1))).unwrap())
        .send()
        .await
        .unwrap();
    let target = reqwest::Url::parse(&format!("http://a{}", server.request().target)).unwrap();
    let mut pairs: Vec<String> = target.query_pairs().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            "by=n",
            "color=g,2,r,1",
            "expand[]=a",
            "expand[]=b",
            "labels[l]=m",
            "metadata[order id]=6",
            "tier=t",
            "where[rows][0][id]=7",
            "where[tags][k][0]=v",
            "where[tags][k][1]=w",
            "with={\"a\":1}",
            "x=1",
            "y=2",
        ]
    );
}
