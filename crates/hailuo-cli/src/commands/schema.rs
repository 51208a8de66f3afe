//! `schema`: the JSON Schema of a request.

use hailuo::ImageToVideo;

use crate::{exit::Exit, ui::Ui};

pub(super) fn run(ui: &Ui) -> anyhow::Result<Exit> {
    let schema = ImageToVideo::schema();
    let text = if ui.is_json() { serde_json::to_string(&schema)? } else { serde_json::to_string_pretty(&schema)? };
    ui.raw(&text);
    Ok(Exit::Done)
}
