//! fal reports a finished job to a URL, signed. This example plays fal's side, too: it signs a delivery with a key of
//! its own, where a program would fetch fal's keys from [`webhook::JWKS_URL`].
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use std::{
    collections::HashMap,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signer, SigningKey};
use hailuo::{Client, ImageToVideo, MemoryJournal, SubmitOptions, Vendor, webhook};
use hailuo_sandbox::{Sandbox, Vendor as Seller};
use sha2::{Digest, Sha256};

/// Submits with a webhook, and believes a delivery only because it is signed.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let journal = Arc::new(MemoryJournal::new());
    let client = Client::builder()
        .key(Vendor::Fal, "any-key")
        .base_url(Vendor::Fal, sandbox.url(Seller::Fal))
        .shared_journal(journal.clone())
        .build()?;
    let request =
        ImageToVideo::builder().image("https://example.com/fox.jpg").prompt("The fox turns its head.").build()?;
    let options = SubmitOptions::new().webhook("https://example.com/hailuo");
    let job = client.submit_with(&request, &options).await.into_result()?;

    // What the web server of https://example.com/hailuo would do.
    let fal = SigningKey::from_bytes(&[7; 32]);
    let keys = webhook::Keys::from_jwks(jwks(&fal).as_bytes())?;
    let body = br#"{"status":"OK"}"#;
    let headers = sign(&fal, job.handle().id(), body)?;
    let header = |name| headers.get(name).map(String::as_str);
    let delivery = webhook::verify(&keys, header, body, SystemTime::now())?;

    let known = journal.handles().into_iter().find(|handle| handle.id() == delivery.request_id);
    let handle = known.ok_or("a delivery for somebody else's job")?;
    println!("done: {}", client.wait(&handle).await?.url);
    Ok(())
}

fn jwks(key: &SigningKey) -> String {
    let x = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
    serde_json::json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": x}]}).to_string()
}

fn sign(key: &SigningKey, id: &str, body: &[u8]) -> Result<HashMap<&'static str, String>, Box<dyn std::error::Error>> {
    let hex = |bytes: &[u8]| -> String {
        let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let message = format!("{id}\nuser-1\n{now}\n{}", hex(&Sha256::digest(body)));
    Ok(HashMap::from([
        ("x-fal-webhook-request-id", id.to_owned()),
        ("x-fal-webhook-user-id", "user-1".to_owned()),
        ("x-fal-webhook-timestamp", now.to_string()),
        ("x-fal-webhook-signature", hex(&key.sign(message.as_bytes()).to_bytes())),
    ]))
}
