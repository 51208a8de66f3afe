//! A host that is not the vendors': where redirects and false URLs lead. It writes down what it is sent, hands out a
//! video that a redirect promised, and knows nothing else.

use std::sync::Arc;

use axum::{Extension, Router, body::Body, extract::State as Shared, response::Response};
use http::{Request, StatusCode};
use serde_json::json;

use crate::{
    Vendor,
    answer::Answer,
    desk::{Desk, Plan, collect, send},
    entry::Host,
    fault::Ending,
    files::draft,
    shape,
    wire::Line,
};

/// The routes of the foreign host; the first segment of a path tells whose answer led there.
pub(crate) fn router(desks: Arc<[Arc<Desk>]>) -> Router {
    Router::new().fallback(attend).with_state(desks)
}

async fn attend(
    Shared(desks): Shared<Arc<[Arc<Desk>]>>,
    Extension(line): Extension<Arc<Line>>,
    request: Request<Body>,
) -> Result<Response, Response> {
    let (head, body) = collect(request, &line).await?;
    let path = head.uri.path().to_owned();
    let mut segments = path.splitn(3, '/').skip(1);
    let vendor = segments.next().and_then(|slug| slug.parse::<Vendor>().ok());
    let desk = desks.iter().find(|desk| Some(desk.vendor) == vendor).or_else(|| desks.first());
    let desk = desk.ok_or_else(|| shape::hang_up(Ending::Close, &line))?;
    let mut entry = draft(desk, Host::Elsewhere, &head, &body);
    let rest = segments.next().unwrap_or_default();
    let plan = if rest.starts_with("files/") {
        desk.download(&head, &format!("/{rest}"), &mut entry)
    } else {
        Plan::plain(Answer::json(StatusCode::NOT_FOUND, json!({"message": "this host is not the vendor's"})))
    };
    entry.status = plan.status();
    desk.journal.enter(entry);
    Ok(send(plan, desk, &line).await)
}
