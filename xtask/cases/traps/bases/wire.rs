//! A base in the place of its heirs.

use serde_json::json;
use traps::bases::types;

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn heirs_go_out_and_come_back_whole_in_the_place_of_their_base() {
    let jobs = json!([{ "kind": "text", "prompt": "p" }, { "kind": "still", "picture": "u", "seconds": 3, "name": "n" }]);
    let server = Server::new([answer(200, json!({ "jobs": jobs }))]);
    let still = types::StillJob::builder()
        .kind(types::StillJobKind::Still)
        .picture(Some("u".to_owned()))
        .seconds(Some(3))
        .name(Some("n".to_owned()));
    let still = types::StillJob::try_from(still).unwrap();
    let given = connect!(bases, server).create().body(types::Job::from(still)).send().await.unwrap();
    assert_eq!(server.request().json(), json!({ "kind": "still", "picture": "u", "seconds": 3, "name": "n" }));
    let given = given.jobs.as_ref().unwrap().known().unwrap();
    let job = |index: usize| given[index].known().unwrap();
    assert_eq!(job(0).prompt.as_ref().unwrap().known().unwrap(), "p");
    assert_eq!(job(1).seconds.as_ref().unwrap().known(), Some(&3));
    assert_eq!(job(1).kind.as_ref().unwrap().known().unwrap(), "still");
}
