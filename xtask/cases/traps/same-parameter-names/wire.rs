//! Every parameter arrives under its own name, in its own place.

use traps::same_parameter_names::types::PostItBody;

use crate::connect;
use crate::server::Server;

#[tokio::test]
async fn parameters_of_one_name_go_to_their_own_places() {
    let server = Server::new([(204, "", String::new())]);
    connect!(same_parameter_names, server)
        .get_it()
        .id("header")
        .id_path("path")
        .class("c")
        .id_query(5)
        .id_query2("query")
        .client_query("client")
        .value_header(true)
        .new_query("new")
        .send_query("send")
        .url("u")
        .request("rq")
        .response("rp")
        .result("rs")
        .info_query("i")
        .header_map_query("h")
        ._2fa("2")
        .a("list")
        .名("n")
        .start_time("at")
        .start_time_lt("before")
        .start_time_gte("since")
        .send()
        .await
        .unwrap();
    let request = server.request();
    let (path, query) = request.target.split_once('?').unwrap();
    assert_eq!(path, "/a/path/c");
    assert_eq!((request.headers["id"].as_str(), request.headers["value"].as_str()), ("header", "true"));
    let mut pairs: Vec<&str> = query.split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            "%E5%90%8D=n",
            "2fa=2",
            "Id=5",
            "StartTime%3C=before",
            "StartTime%3E%3D=since",
            "StartTime=at",
            "a%5B%5D=list",
            "client=client",
            "header_map=h",
            "id=query",
            "info=i",
            "new=new",
            "request=rq",
            "response=rp",
            "result=rs",
            "send=send",
            "url=u",
        ]
    );
}

#[tokio::test]
async fn a_parameter_called_body_stands_beside_the_body() {
    let server = Server::new([(204, "", String::new())]);
    connect!(same_parameter_names, server)
        .post_it()
        .id("i")
        .class("c")
        .body_query("b")
        .body_map_query("m")
        .body(PostItBody::builder().body(Some("inner".to_owned())))
        .send()
        .await
        .unwrap();
    let request = server.request();
    assert_eq!(request.target, "/a/i/c?body_map=m&body=b");
    assert_eq!(request.text(), "{\"body\":\"inner\"}");
}

#[tokio::test]
async fn of_paths_that_differ_only_in_names_each_has_its_call() {
    let nothing = || (204, "", String::new());
    let server = Server::new([nothing(), nothing(), nothing()]);
    let client = connect!(same_parameter_names, server);
    client.get_by_body_path().body_path("1").send().await.unwrap();
    client.get_by_body().body_path2("2").send().await.unwrap();
    client.get_by_both().body_path2("3").body_path("4").send().await.unwrap();
    let targets: Vec<String> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets, ["/b/1", "/b/2", "/c/3/4"]);
}
