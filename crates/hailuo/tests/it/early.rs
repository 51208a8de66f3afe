//! Vendors that answer before they have read the picture: gateways refuse a large body, or a bad key, by its head alone.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread,
    time::{Duration, Instant},
};

use hailuo::Vendor;

use crate::{
    healthy::{accepted, id},
    stage::{client_at, told, with_picture_of},
    wire::with,
};

/// What a vendor does after an early answer.
#[derive(Debug, Clone, Copy)]
enum Then {
    /// Reads what is still sent, as it should.
    Drains,
    /// Reads no more, and leaves the connection open.
    Sits,
}

fn serve(answer: Vec<u8>, then: Then) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = answer.clone();
            thread::spawn(move || drop(play(stream, &answer, then)));
        }
    });
    url
}

fn play(mut stream: TcpStream, answer: &[u8], then: Then) -> std::io::Result<()> {
    let mut head = [0; 512];
    stream.read_exact(&mut head)?;
    stream.write_all(answer)?;
    match then {
        Then::Drains => std::io::copy(&mut stream, &mut std::io::sink()).map(drop),
        Then::Sits => {
            thread::park();
            Ok(())
        }
    }
}

#[tokio::test]
async fn an_answer_that_comes_before_the_picture_is_read_counts() {
    let request = with_picture_of(5 << 20);
    for vendor in [Vendor::Fal, Vendor::ModelsLab] {
        for then in [Then::Drains, Then::Sits] {
            for (line, body, expected) in [
                ("HTTP/1.1 413 Too Large", "<html>413</html>".to_owned(), "rejected invalid_request".to_owned()),
                ("HTTP/1.1 401 No", "{}".to_owned(), "rejected key".to_owned()),
                ("HTTP/1.1 502 Bad Gateway", "<html>502</html>".to_owned(), "unknown vendor_fault".to_owned()),
                ("HTTP/1.1 200 OK", accepted(vendor).to_string(), format!("accepted {}", id(vendor))),
            ] {
                let url = serve(with(line, "", body.as_bytes()), then);
                let client = client_at(vendor, &url);
                let start = Instant::now();
                assert_eq!(told(&client.submit(&request).await), expected, "{vendor} {line} {then:?}");
                assert!(start.elapsed() < Duration::from_mins(1), "{vendor} {line} {then:?}");
            }
        }
    }
}
