//! What would climb is refused.

use traps::path_climbs::types::WordWord;

use crate::connect;
use crate::server::Server;

#[tokio::test]
async fn what_would_climb_the_url_is_never_sent() {
    let server = Server::new([]);
    let client = connect!(path_climbs, server);
    for id in ["..", ".", "", "%2e%2e", "a/../b", "a\nb"] {
        assert!(client.task().id(id).part("head").number(1).send().await.is_err(), "{id:?}");
    }
    assert!(client.task().id("a").part("..").number(1).send().await.is_err());
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn what_does_not_is_sent_encoded() {
    let server = Server::new([(204, "", String::new()), (204, "", String::new()), (204, "", String::new())]);
    let client = connect!(path_climbs, server);
    client.task().id("a/b ?#").part("head").number(7).send().await.unwrap();
    client.word().word(WordWord::BC).flag(true).count(-1).send().await.unwrap();
    client.twice().word("{}").send().await.unwrap();
    let targets: Vec<String> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets, ["/tasks/a%2Fb%20%3F%23/head/7", "/words/b%2Fc/true/-1", "/twice//%7B%7D/end//"]);
}
