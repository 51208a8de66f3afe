//! What a vendor in good health answers, from the vendors' facts alone.

use hailuo::Vendor;
use serde_json::{Value, json};

/// A job's number in the vendor's form.
pub(crate) fn id(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::ModelsLab => "123456789",
        Vendor::Fal => "764cabcf-b745-4b3e-ae38-1200304cf45b",
        Vendor::SeaArt => "mmsu_8d2c1f0e9a",
        Vendor::HighwayApi => "4c1a8a3d-0b3e-4a59-9a56-2f6f1b6c7d11",
        Vendor::ApiInOne => "n51k2x8_hailuo",
        other => panic!("{other}"),
    }
}

/// The vendor's documented answer to a submit.
pub(crate) fn accepted(vendor: Vendor) -> Value {
    let id = id(vendor);
    match vendor {
        Vendor::ModelsLab => json!({
            "status": "processing", "tip": "soon", "eta": 60, "message": "", "messege": "",
            "fetch_result": format!("https://modelslab.com/api/v7/video-fusion/fetch/{id}"),
            "id": 123_456_789, "output": [], "meta": {"id": 1, "prompt": "The fox"},
            "future_links": ["https://cdn.example/later.mp4"],
        }),
        Vendor::Fal => json!({
            "status": "IN_QUEUE", "request_id": id, "queue_position": 0,
            "response_url": format!("https://queue.fal.run/fal-ai/minimax/requests/{id}"),
            "status_url": format!("https://queue.fal.run/fal-ai/minimax/requests/{id}/status"),
            "cancel_url": format!("https://queue.fal.run/fal-ai/minimax/requests/{id}/cancel"),
        }),
        Vendor::SeaArt => json!({
            "request_id": id, "queue_position": 0,
            "response_url": format!("https://cloud.seaart.ai/model/v1/queue/minimax_hailuo_23_i2v/requests/{id}/response"),
            "status_url": format!("https://cloud.seaart.ai/model/v1/queue/minimax_hailuo_23_i2v/requests/{id}/status"),
            "cancel_url": format!("https://cloud.seaart.ai/model/v1/queue/minimax_hailuo_23_i2v/requests/{id}/cancel"),
        }),
        Vendor::HighwayApi => json!({"task_id": id}),
        Vendor::ApiInOne => {
            json!({"code": 200, "message": "success", "data": {"task_id": id, "status": "IN_PROGRESS"}})
        }
        other => panic!("{other}"),
    }
}

/// Where the video of a finished job is.
pub(crate) const VIDEO: &str = "https://cdn.example/v/fox.mp4?sig=a%2Fb";

/// The vendor's answer to the question for a finished job; at two vendors status and result are apart.
pub(crate) fn done(vendor: Vendor, line: &str) -> Value {
    let is_status = line.split([' ', '?']).nth(1).is_some_and(|path| path.ends_with("/status"));
    match vendor {
        Vendor::ModelsLab => json!({"status": "success", "id": 123_456_789, "output": [VIDEO]}),
        Vendor::Fal | Vendor::SeaArt if is_status => json!({"status": "COMPLETED", "request_id": id(vendor)}),
        Vendor::Fal => json!({"video": {"url": VIDEO, "content_type": "video/mp4", "file_size": 5}}),
        Vendor::SeaArt => json!({"request_id": id(vendor), "outputs": [{"type": "video", "url": VIDEO}]}),
        Vendor::HighwayApi => json!({
            "extra": {}, "task": {"task_id": id(vendor), "status": "TASK_STATUS_SUCCEED", "progress_percent": 0},
            "images": [], "videos": [{"video_url": VIDEO, "video_url_ttl": "3600", "video_type": "mp4"}], "audios": [],
        }),
        Vendor::ApiInOne => {
            json!({"code": 200, "message": "success", "data": {"status": "completed", "output": {"video": VIDEO}}})
        }
        other => panic!("{other}"),
    }
}

/// The vendor's own way to say no.
pub(crate) fn refused(vendor: Vendor) -> String {
    let envelope = match vendor {
        Vendor::ModelsLab => json!({"status": "error", "message": "no"}),
        Vendor::Fal => json!({"detail": "no"}),
        Vendor::SeaArt => {
            json!({"status": {"code": 400, "message": "no", "error_code": "REQUEST_INVALID"}, "data": null})
        }
        Vendor::HighwayApi => json!({"code": 400, "reason": "INVALID_REQUEST_BODY", "message": "no", "metadata": {}}),
        Vendor::ApiInOne => json!({"error": {"code": 400, "message": "no", "type": "invalid_request"}}),
        other => panic!("{other}"),
    };
    envelope.to_string()
}
