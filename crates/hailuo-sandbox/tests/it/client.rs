//! A plain HTTP client that knows where each vendor has its fields, and nothing of retries or redirects.

use hailuo_sandbox::{Sandbox, Vendor};
use reqwest::{Client, RequestBuilder, header::HeaderMap, redirect};
use serde_json::{Value, json};

pub(crate) const KEY: &str = "canary-key-0123";
pub(crate) const PROMPT: &str = "[推进] a lighthouse lamp turns while fog rolls in";
pub(crate) const IMAGE: &str = "https://example.com/lighthouse.jpg";

/// A client of one vendor.
pub(crate) struct Caller {
    pub(crate) http: Client,
    pub(crate) vendor: Vendor,
    pub(crate) base: String,
    pub(crate) key: String,
}

/// What a client sees of an answer.
#[derive(Debug)]
pub(crate) enum Seen {
    Answer(Answer),
    /// No connection was made.
    Refused,
    /// The connection ended before an answer, or within it.
    Broken,
    /// Nothing came, or no end, while others were answered.
    Silent,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).expect("the body is JSON")
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

impl Seen {
    pub(crate) fn answer(self) -> Answer {
        match self {
            Self::Answer(answer) => answer,
            other => panic!("there is no answer: {other:?}"),
        }
    }
}

pub(crate) fn http() -> Client {
    Client::builder().no_proxy().redirect(redirect::Policy::none()).build().unwrap()
}

/// Sends a request and tells what came back, whenever that is.
pub(crate) async fn look(request: RequestBuilder) -> Seen {
    let response = match request.send().await {
        Ok(response) => response,
        Err(error) if error.is_connect() => return Seen::Refused,
        Err(_) => return Seen::Broken,
    };
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    match response.bytes().await {
        Ok(bytes) => Seen::Answer(Answer { status, headers, bytes: bytes.to_vec() }),
        Err(_) => Seen::Broken,
    }
}

impl Caller {
    pub(crate) fn new(sandbox: &Sandbox, vendor: Vendor) -> Self {
        Self { http: http(), vendor, base: sandbox.url(vendor), key: KEY.to_owned() }
    }

    pub(crate) fn path(&self) -> &'static str {
        match self.vendor {
            Vendor::ModelsLab => "/video-fusion/image-to-video",
            Vendor::Fal => "/fal-ai/minimax/hailuo-2.3/pro/image-to-video",
            Vendor::SeaArt => "/v1/queue/minimax_hailuo_23_i2v",
            Vendor::HighwayApi => "/v3/async/minimax-hailuo-2.3-i2v",
            Vendor::ApiInOne => "/videos/generations",
        }
    }

    /// A request as the vendor's page shows it, in our words.
    pub(crate) fn order(&self) -> Value {
        match self.vendor {
            Vendor::ModelsLab => json!({
                "key": self.key, "model_id": "Hailuo-2.3-i2v", "init_image": IMAGE,
                "prompt": PROMPT, "duration": "6",
            }),
            Vendor::Fal => json!({"prompt": PROMPT, "image_url": IMAGE, "prompt_optimizer": true}),
            Vendor::SeaArt => json!({
                "first_frame_image": IMAGE, "prompt": PROMPT, "duration": 6, "resolution": "768P",
            }),
            Vendor::HighwayApi => json!({
                "prompt": PROMPT, "image": IMAGE, "duration": 6, "resolution": "768P",
                "enable_prompt_expansion": true, "fast_pretreatment": false,
            }),
            Vendor::ApiInOne => json!({
                "model": "hailuo/2-3-image-to-video-standard", "prompt": PROMPT, "image": IMAGE,
                "duration": "6", "resolution": "768P",
            }),
        }
    }

    /// The name of the field with the picture.
    pub(crate) fn image_field(&self) -> &'static str {
        match self.vendor {
            Vendor::ModelsLab => "init_image",
            Vendor::Fal => "image_url",
            Vendor::SeaArt => "first_frame_image",
            Vendor::HighwayApi | Vendor::ApiInOne => "image",
        }
    }

    pub(crate) fn signed(&self, request: RequestBuilder) -> RequestBuilder {
        match self.vendor {
            Vendor::ModelsLab => request,
            Vendor::Fal => request.header("authorization", format!("Key {}", self.key)),
            _ => request.bearer_auth(&self.key),
        }
    }

    pub(crate) fn submit_of(&self, body: &Value) -> RequestBuilder {
        let request = self.http.post(format!("{}{}", self.base, self.path()));
        self.signed(request).json(body)
    }

    pub(crate) fn submit(&self) -> RequestBuilder {
        self.submit_of(&self.order())
    }

    pub(crate) async fn submitted(&self) -> String {
        let answer = look(self.submit()).await.answer();
        assert_eq!(answer.status, 200, "{}", answer.text());
        self.id(&answer.json())
    }

    /// The job's id in a submit's answer.
    pub(crate) fn id(&self, answer: &Value) -> String {
        let id = match self.vendor {
            Vendor::ModelsLab => &answer["id"],
            Vendor::Fal | Vendor::SeaArt => &answer["request_id"],
            Vendor::HighwayApi => &answer["task_id"],
            Vendor::ApiInOne if answer["id"].is_string() => &answer["id"],
            Vendor::ApiInOne => &answer["data"]["task_id"],
        };
        match id {
            Value::String(id) => id.clone(),
            Value::Number(id) => id.to_string(),
            other => panic!("{other} is no id"),
        }
    }

    pub(crate) fn poll(&self, id: &str) -> RequestBuilder {
        let (http, base) = (&self.http, &self.base);
        match self.vendor {
            Vendor::ModelsLab => http.post(format!("{base}/video-fusion/fetch/{id}")).json(&json!({"key": self.key})),
            Vendor::Fal => self.signed(http.get(format!("{base}/fal-ai/minimax/requests/{id}/status"))),
            Vendor::SeaArt => self.signed(http.get(format!("{base}{}/requests/{id}/status", self.path()))),
            Vendor::HighwayApi => self.signed(http.get(format!("{base}/v3/async/task-result?task_id={id}"))),
            Vendor::ApiInOne => self.signed(http.get(format!("{base}/tasks/{id}"))),
        }
    }

    /// The request that brings the video; the poll, where there is no other.
    pub(crate) fn result(&self, id: &str) -> RequestBuilder {
        let (http, base) = (&self.http, &self.base);
        match self.vendor {
            Vendor::Fal => self.signed(http.get(format!("{base}/fal-ai/minimax/requests/{id}"))),
            Vendor::SeaArt => self.signed(http.get(format!("{base}{}/requests/{id}/response", self.path()))),
            _ => self.poll(id),
        }
    }

    pub(crate) fn cancel(&self, id: &str) -> RequestBuilder {
        let (http, base) = (&self.http, &self.base);
        let url = match self.vendor {
            Vendor::Fal => format!("{base}/fal-ai/minimax/requests/{id}/cancel"),
            _ => format!("{base}{}/requests/{id}/cancel", self.path()),
        };
        self.signed(http.put(url))
    }

    /// The status word in a poll's answer.
    pub(crate) fn word(&self, answer: &Value) -> String {
        let word = match self.vendor {
            Vendor::HighwayApi => &answer["task"]["status"],
            Vendor::ApiInOne if answer["data"].is_object() => &answer["data"]["status"],
            _ => &answer["status"],
        };
        word.as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn done_word(&self) -> &'static str {
        match self.vendor {
            Vendor::ModelsLab => "success",
            Vendor::Fal | Vendor::SeaArt => "COMPLETED",
            Vendor::HighwayApi => "TASK_STATUS_SUCCEED",
            Vendor::ApiInOne => "completed",
        }
    }

    /// The video's URL in a result.
    pub(crate) fn video(&self, answer: &Value) -> Option<String> {
        let url = match self.vendor {
            Vendor::ModelsLab => &answer["output"][0],
            Vendor::Fal => &answer["video"]["url"],
            Vendor::SeaArt => &answer["outputs"][0]["url"],
            Vendor::HighwayApi => &answer["videos"][0]["video_url"],
            Vendor::ApiInOne => &answer["data"]["video_url"],
        };
        url.as_str().map(str::to_owned)
    }

    /// Polls until the job is over; the words on the way.
    pub(crate) async fn wait(&self, id: &str) -> Vec<String> {
        let mut words = Vec::new();
        for _ in 0..20 {
            let word = self.word(&look(self.poll(id)).await.answer().json());
            let is_over = word == self.done_word() || word.to_lowercase().contains("fail");
            words.push(word);
            if is_over {
                return words;
            }
        }
        panic!("the job does not end: {words:?}");
    }

    /// The URL of a finished job's video.
    pub(crate) async fn finished(&self, id: &str) -> String {
        self.wait(id).await;
        let answer = look(self.result(id)).await.answer();
        self.video(&answer.json()).expect("there is a video")
    }
}
