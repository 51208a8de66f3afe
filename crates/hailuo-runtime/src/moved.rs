//! Questions that the service answers by naming another place on its own origin.
//!
//! Only a `GET` without a body goes there: it costs nothing, and the key stays where it is. What could cost money is
//! never sent a second time, and nothing goes to another origin.

use progenitor_client::ClientInfo;
use reqwest::{
    Client, Method, Request, Response, StatusCode,
    header::{HeaderMap, LOCATION},
};

use crate::{Session, pre::prepare};

/// So many places one after another are looked at.
pub(crate) const PLACES: usize = 3;

/// Longer than any URL that servers read, and shorter than what is no request any more.
const LONGEST: usize = 16 << 10;

/// A question that can be asked again elsewhere. Most are not: no more is kept of one than the place does not tell.
pub(crate) struct Question {
    pub(crate) http: Client,
    session: Session,
    headers: HeaderMap,
}

impl Question {
    /// None if the request is more than a question.
    pub(crate) fn of<C: ClientInfo<Session>>(client: &C, request: &Request) -> Option<Self> {
        let is_question = *request.method() == Method::GET && request.body().is_none();
        is_question.then(|| Self {
            http: client.client().clone(),
            session: client.inner().clone(),
            headers: request.headers().clone(),
        })
    }

    /// The question as it is to be asked where an answer points to; none if that is no other place of this origin.
    pub(crate) async fn at_place_of(&self, answer: &Response) -> Option<Request> {
        if !matches!(answer.status().as_u16(), 301..=303 | 307..=308) {
            return None;
        }
        let place = str::from_utf8(answer.headers().get(LOCATION)?.as_bytes()).ok()?;
        let mut url = answer.url().join(place).ok()?;
        url.set_fragment(None);
        let mut request = Request::new(Method::GET, url);
        request.headers_mut().clone_from(&self.headers);
        prepare(&self.session, &mut request).await.ok()?;
        (request.url() != answer.url() && request.url().as_str().len() <= LONGEST).then_some(request)
    }
}

/// Whether an answer is that of the place: one that leads nowhere tells nothing about what was asked for.
pub(crate) fn is_found(answer: &Response) -> bool {
    use StatusCode as S;
    !matches!(answer.status(), S::UNAUTHORIZED | S::FORBIDDEN | S::NOT_FOUND | S::GONE)
}
