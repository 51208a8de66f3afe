//! One GET of a document or page that a vendor publishes: blocking, with a deadline and a size cap, and without a key.

use std::time::Duration;

use anyhow::{Context, Result, bail};

/// The largest answer that is taken; the documents and pages of vendors are a thousandth of it.
const LARGEST: u64 = 64 << 20;

/// Whether a text is a URL that can be fetched from, with a host.
pub fn is_url(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
}

/// Fetches what a vendor publishes at a URL. Redirects are followed; nothing secret is sent.
///
/// # Errors
/// The URL cannot be reached in time, answers anything but 200, or answers more than is sane.
pub fn get(url: &str) -> Result<Vec<u8>> {
    get_within(url, Duration::from_mins(1))
}

fn get_within(url: &str, deadline: Duration) -> Result<Vec<u8>> {
    let agent = ureq::Agent::new_with_config(
        ureq::Agent::config_builder()
            .timeout_global(Some(deadline))
            .max_redirects(5)
            .http_status_as_error(false)
            .user_agent("hailuo-xtask")
            .build(),
    );
    let mut answer = agent.get(url).call().with_context(|| format!("{url} cannot be reached"))?;
    let status = answer.status();
    if status != 200 {
        bail!("{url} answers HTTP {}", status.as_u16());
    }
    let body = answer.body_mut().with_config().limit(LARGEST);
    body.read_to_vec().with_context(|| format!("the answer of {url} cannot be read"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// Answers one request per text, and gives the requests.
    fn serve(answers: Vec<String>) -> (String, thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let thread = thread::spawn(move || {
            answers
                .into_iter()
                .map(|answer| {
                    let (mut stream, _) = listener.accept().unwrap();
                    let mut request = Vec::new();
                    let mut chunk = [0; 1024];
                    while !request.ends_with(b"\r\n\r\n") {
                        let read = stream.read(&mut chunk).unwrap();
                        request.extend_from_slice(&chunk[..read]);
                    }
                    stream.write_all(answer.as_bytes()).unwrap();
                    String::from_utf8(request).unwrap()
                })
                .collect()
        });
        (base, thread)
    }

    fn answer(head: &str, body: &str) -> String {
        format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
    }

    #[test]
    fn gives_the_body_of_an_answer_and_follows_redirects() {
        let (base, thread) = serve(vec![answer("302 Found\r\nLocation: /there", ""), answer("200 OK", "a page")]);
        assert_eq!(get(&format!("{base}/here")).unwrap(), b"a page");
        let requests = thread.join().unwrap();
        assert!(requests[0].starts_with("GET /here ") && requests[1].starts_with("GET /there "), "{requests:?}");
        assert!(!requests.concat().to_lowercase().contains("authorization"), "{requests:?}");
    }

    #[test]
    fn another_status_is_an_error_that_names_the_url() {
        let (base, thread) = serve(vec![answer("403 Forbidden", "no")]);
        let error = get(&base).unwrap_err();
        assert_eq!(error.to_string(), format!("{base} answers HTTP 403"));
        thread.join().unwrap();
    }

    #[test]
    fn a_cut_answer_and_a_closed_port_are_errors() {
        let (base, thread) = serve(vec!["HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort".to_owned()]);
        assert!(get(&base).unwrap_err().to_string().contains("cannot be read"));
        thread.join().unwrap();
        assert!(get(&base).unwrap_err().to_string().contains("cannot be reached"));
    }

    #[test]
    fn a_server_that_says_nothing_is_not_waited_for_forever() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        assert!(get_within(&url, Duration::from_millis(50)).is_err());
    }
}
