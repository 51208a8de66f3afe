//! Watches what a client makes of the answers it gets: no job lost, mistaken or paid twice, the journal in agreement, no
//! secret shown.

use std::{fmt::Write, sync::Arc};

use hailuo::{
    Cancellation, Capabilities, Client, Error, ErrorKind, Event, Image, ImageToVideo, JobHandle, MemoryJournal,
    Outcome, Submission, Tier, Vendor as Seller,
};

use super::{
    oracle::{self, Due, Seen},
    reply::{End, Reply},
    vendor::{Vendor, elsewhere},
};
use crate::{
    canary::{self, Log, MARK, PROMPT},
    healthy::{VIDEO, id},
    stage::KEY,
};

/// Who watches one client and one vendor.
pub(super) struct Witness {
    seller: Seller,
    pub(super) vendor: Vendor,
    pub(super) client: Client,
    journal: Arc<MemoryJournal>,
    /// Requests of earlier calls that the vendor has not noticed, and may still: whoever is hung up on does not wait for
    /// that.
    unheard: usize,
    /// The job that was accepted last, or one as if it had been.
    pub(super) handle: JobHandle,
    shown: String,
    log: Log,
    _listening: tracing::subscriber::DefaultGuard,
}

impl Witness {
    /// Makes a client for a vendor that listens there.
    pub(super) fn new(seller: Seller, vendor: Vendor, url: &str) -> Self {
        let log = Log::default();
        let listening = log.listen();
        let journal = Arc::new(MemoryJournal::new());
        let client = Client::builder().key(seller, KEY).base_url(seller, url).shared_journal(journal.clone());
        let client = client.max_answer_bytes(1 << 20).build().unwrap();
        let handle = JobHandle::of(seller, id(seller), Some(Tier::Standard)).unwrap();
        Self { seller, vendor, client, journal, unheard: 0, handle, shown: String::new(), log, _listening: listening }
    }

    pub(super) fn submitted(&mut self, reply: &Reply, submission: Submission) {
        let error = match &submission {
            Submission::Accepted(_) => None,
            Submission::Rejected(error) | Submission::Unknown(error) => Some(error),
        };
        let (requests, is_sure) = self.requests(1, error);
        for request in requests.iter().filter(|_| is_sure) {
            assert!(request.starts_with("POST "), "{request}");
            let is_read = !oracle::has_read(reply) || request.contains("canary");
            assert!(is_read, "what is hidden below has reached the vendor: {request}");
        }
        // The vendor may have hung up on an earlier call just when this one was written.
        let due = if requests.is_empty() || !is_sure { Due::Open } else { oracle::submitted(self.seller, reply) };
        match &submission {
            Submission::Accepted(job) => {
                assert!(!requests.is_empty(), "{submission:?}");
                let found = job.handle().id();
                let is_due = matches!(due, Due::Accepted(id) if id == found);
                assert!(is_due || !matches!(due, Due::Accepted(_)), "{due:?}: {submission:?}");
                assert!(oracle::is_named(found, &[reply]), "{found} is in no answer");
            }
            Submission::Rejected(error) => {
                assert_eq!(due, Due::Open, "{error:?}");
                assert!(!error.may_have_been_charged(), "{error:?}");
            }
            Submission::Unknown(error) => {
                assert!(!matches!(due, Due::Accepted(_)), "{due:?}: {error:?}");
                assert!(error.may_have_been_charged() && !error.is_retryable(), "{error:?}");
                let named = error.handle().is_none_or(|handle| oracle::is_named(handle.id(), &[reply]));
                assert!(named, "{error:?}");
            }
        }
        self.check_journal(&submission);
        self.keep(submission);
    }

    /// The requests of a call that makes so many at most, and whether they are that call's for sure.
    fn requests(&mut self, most: usize, error: Option<&Error>) -> (Vec<String>, bool) {
        let requests = self.vendor.requests();
        let before = self.unheard;
        assert!(requests.len() <= before + most, "{error:?} {requests:?}");
        let is_hung_up = error.is_some_and(|error| error.kind() == ErrorKind::Network);
        let made = if is_hung_up { most } else { most.min(requests.len()) };
        self.unheard = before + made - requests.len();
        (requests, before == 0)
    }

    /// The journal's last word is what the caller was told.
    fn check_journal(&self, submission: &Submission) {
        let told = match submission {
            Submission::Accepted(job) => Outcome::Accepted(job.handle().clone()),
            Submission::Rejected(_) => Outcome::Rejected,
            Submission::Unknown(error) => Outcome::Unknown(error.handle().cloned()),
        };
        let entries = self.journal.entries();
        assert_eq!(entries.last().and_then(|entry| entry.outcome.as_ref()), Some(&told), "{submission:?}");
    }

    /// Goes on with the job, and keeps all that could be printed.
    fn keep(&mut self, submission: Submission) {
        writeln!(self.shown, "{submission:?}\n{submission:#?}").unwrap();
        match submission {
            Submission::Accepted(job) => {
                canary::shown(&mut self.shown, job.handle());
                assert_eq!(job.handle().to_string().parse::<JobHandle>().as_ref(), Ok(job.handle()));
                self.handle = job.handle().clone();
            }
            Submission::Rejected(error) | Submission::Unknown(error) => self.keep_error(&error),
        }
    }

    fn keep_error(&mut self, error: &Error) {
        self.shown.push_str(&canary::printed(error));
    }

    pub(super) fn asked(&mut self, [status, result]: &[Reply; 2], answer: &Result<Event, Error>) {
        let moved = [status, result].into_iter().filter(|reply| oracle::is_moved(reply)).count();
        let most = if self.has_two_questions() { 2 } else { 1 } + moved;
        // A result is asked for again where the connection broke without an answer.
        let again = usize::from(self.has_two_questions());
        let (requests, is_sure) = self.requests(most + again, answer.as_ref().err());
        // The vendor may have hung up just when the next question was written; one that is moved takes the next one's answer.
        let is_unheard =
            !is_sure || moved > 0 || requests.is_empty() || requests.len() < most && status.end == End::Closed;
        let seen = if is_unheard { Seen::Open } else { oracle::seen(self.seller, self.handle.id(), status, result) };
        match answer {
            Ok(Event::Done { video }) => {
                assert_ne!(seen, Seen::NotDone, "{video:?}");
                assert!(seen != Seen::Done || video.url == VIDEO, "{}", video.url);
                let said = [status, result].map(|reply| reply.body.document.as_ref().map(ToString::to_string));
                let is_sent = said.into_iter().flatten().any(|said| said.contains(&video.url));
                assert!(is_sent, "{} is in no answer", video.url);
            }
            other => assert_ne!(seen, Seen::Done, "{other:?}"),
        }
        writeln!(self.shown, "{answer:?}\n{answer:#?}").unwrap();
        if let Err(error) = answer {
            assert_eq!(error.handle(), Some(&self.handle), "{error:?}");
            self.keep_error(error);
        }
    }

    fn has_two_questions(&self) -> bool {
        matches!(self.seller, Seller::Fal | Seller::SeaArt)
    }

    pub(super) fn canceled(&mut self, reply: &Reply, answer: &Result<Cancellation, Error>) {
        let requests = self.vendor.requests();
        assert!(requests.len() <= usize::from(self.has_two_questions()), "{requests:?}");
        if !requests.is_empty() && oracle::is_granted(self.seller, reply) {
            assert!(matches!(answer, Ok(Cancellation::Requested | Cancellation::TooLate)), "{answer:?}");
        }
        writeln!(self.shown, "{answer:?}").unwrap();
        if let Err(error) = answer {
            self.keep_error(error);
        }
    }

    pub(super) fn end(mut self) {
        writeln!(self.shown, "{:?}{:?}", self.client, self.journal).unwrap();
        let shown = self.shown + &self.log.text();
        canary::assert_hidden(&shown, &[KEY, PROMPT, MARK], "a session");
        assert_eq!(elsewhere().visits(), 0, "a place that only an answer has named");
    }
}

/// A request with a secret in every place.
pub(super) fn request(vendor: Seller) -> ImageToVideo {
    let image = if Capabilities::of(vendor).data_urls {
        Image::bytes(canary::picture())
    } else {
        Image::url(format!("https://example.com/{MARK}.png"))
    };
    ImageToVideo::builder().image(image).prompt(PROMPT).build().unwrap()
}
