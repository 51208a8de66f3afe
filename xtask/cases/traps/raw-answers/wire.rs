//! Bytes.

use crate::connect;
use crate::server::Server;

#[tokio::test]
async fn bytes_come_as_they_are_and_json_of_any_type_is_read() {
    let server = Server::new([
        (200, "content-type: image/png\r\n", "not really".to_owned()),
        (200, "", "{\"a\":\"b\"}".to_owned()),
        (200, "", "\"word\"".to_owned()),
    ]);
    let client = connect!(raw_answers, server);
    let (recorded, record) = client.recorded();
    let image = record.outcome(recorded.image().send().await).unwrap();
    assert_eq!(image.raw, "not really");
    let any = client.any().send().await.unwrap();
    assert_eq!(any.a.as_ref().unwrap().known().unwrap(), "b");
    assert_eq!(*client.either().send().await.unwrap(), "word");
}
