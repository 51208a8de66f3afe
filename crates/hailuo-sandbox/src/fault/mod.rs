//! What goes wrong, where, and how often: the vocabulary of faults. How they are written as text is in `grammar`, which
//! vendor and phase each makes sense for in `fit`, when one strikes in [`crate::script`], and what it does to an answer
//! in [`crate::spoil`].

mod fit;
mod grammar;
mod words;

use std::time::Duration;

pub use fit::Unfit;
pub use grammar::{InvalidFault, Scripted};

/// Something that goes wrong (or merely differently) at one phase, so many times.
///
/// Made in code or read from text; both say the same:
///
/// ```
/// use hailuo_sandbox::{Fault, Kind, Phase};
///
/// let fault = Fault::at(Phase::Poll, Kind::Http { status: 500, accepted: false }).times(3).on_job(2);
/// assert_eq!(fault, "poll:http=500@2*3".parse()?);
/// # Ok::<(), hailuo_sandbox::InvalidFault>(())
/// ```
///
/// The text is `PHASE:KIND[=ARGUMENTS][@JOB][+SKIP][*TIMES]`: `PHASE` is `submit`, `poll`, `result`, `cancel`,
/// `download` or `job`; `@2` means the second job only; `+1` lets the first fitting request pass; `*3` strikes three
/// times and `*always` every time (once, if nothing is said). [`Kind`] lists the kinds.
///
/// Of several faults that fit one request, the first with strikes left is the one; delays and variants come on top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub(crate) phase: Phase,
    pub(crate) kind: Kind,
    pub(crate) job: Option<u32>,
    pub(crate) skip: u32,
    pub(crate) times: Times,
}

impl Fault {
    /// A fault that strikes once, at the first request of this phase.
    pub const fn at(phase: Phase, kind: Kind) -> Self {
        Self { phase, kind, job: None, skip: 0, times: Times::Count(1) }
    }

    /// Strikes this often.
    #[must_use]
    pub const fn times(mut self, count: u32) -> Self {
        self.times = Times::Count(count);
        self
    }

    /// Strikes every time.
    #[must_use]
    pub const fn always(mut self) -> Self {
        self.times = Times::Always;
        self
    }

    /// Concerns the n-th job of the vendor only, counted from 1. At the phase `submit` that is the request that would
    /// make the n-th job.
    #[must_use]
    pub const fn on_job(mut self, number: u32) -> Self {
        self.job = Some(number);
        self
    }

    /// Lets the first `count` requests that it fits pass.
    #[must_use]
    pub const fn after(mut self, count: u32) -> Self {
        self.skip = count;
        self
    }

    /// Where it strikes.
    pub const fn phase(&self) -> Phase {
        self.phase
    }

    /// What it does.
    pub const fn kind(&self) -> &Kind {
        &self.kind
    }

    /// How often it strikes; in a list of pending faults, how often it still will.
    pub const fn strikes(&self) -> Times {
        self.times
    }
}

/// How often a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// So many times.
    Count(u32),
    /// Whenever it fits.
    Always,
}

/// Where a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// The request that makes a job, and may cost money.
    Submit,
    /// The request for a job's status.
    Poll,
    /// The answer that brings the video: of fal and SeaArt the result operation, of the rest the poll that says "done".
    Result,
    /// The request to stop a job; fal and SeaArt only.
    Cancel,
    /// The video, on the vendor's file host.
    Download,
    /// No request: what becomes of the job itself.
    Job,
}

/// What goes wrong. The text form of each stands first.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// `refuse`, `refuse=2s`: no connection is made and those that are there break; for so long, or until
    /// [`crate::Sandbox::accept`]. A refused connection cannot be counted: at `submit` it begins at once, at `poll` and
    /// `cancel` with the answer to a submit, at `result` with the answer that says "done", at `download` with the answer
    /// that names the video.
    Refuse(Option<Duration>),
    /// `drop-request`, `drop-request=reset`: the connection ends, and nothing was done.
    DropRequest(Ending),
    /// `drop-answer`, `drop-answer=reset`: all is done, a job made, and the connection ends before the answer.
    DropAnswer(Ending),
    /// `cut`, `cut=100`, `cut=100,reset`: the answer ends after so many bytes of its body, or after half of them.
    Cut {
        /// Bytes of the body that are sent.
        after: Option<u64>,
        /// How the connection ends.
        ending: Ending,
    },
    /// `stall`: half of the answer's body, then silence on an open connection.
    Stall,
    /// `hang`: all is done, and no answer ever comes.
    Hang,
    /// `endless`: a body that never ends.
    Endless,
    /// `delay=2s`: the answer comes later. On top of any other fault.
    Delay(Duration),
    /// `http=500`, `http=504,accepted`: the vendor's own error with this status; a submit makes no job, unless it says
    /// `accepted`.
    Http {
        /// The status, 400 to 599.
        status: u16,
        /// Whether the job was made all the same.
        accepted: bool,
    },
    /// `html`, `html=200`, `html=502,accepted`: an HTML page with this status (502 if none is given).
    Html {
        /// The status, 200 to 203 or 400 to 599.
        status: u16,
        /// Whether the job was made all the same.
        accepted: bool,
    },
    /// `rate-limit`, `rate-limit=5s`, `rate-limit=5s,body`: status 429; one second, in the vendor's own place, if
    /// nothing is said.
    RateLimit {
        /// How long the client is told to wait.
        after: Duration,
        /// Where it is told so.
        place: RetryPlace,
    },
    /// `content-refused`: the vendor's content check says no: to the submit, or later to the job.
    ContentRefused,
    /// `image-unreachable`: the vendor cannot fetch the picture: at once, or once the job runs.
    ImageUnreachable,
    /// `no-balance`: the account is empty.
    NoBalance,
    /// `revoke-key`: from now on the key of this request is wrong, until [`crate::Sandbox::clear_faults`].
    RevokeKey,
    /// `unknown-status`, `unknown-status=ON_HOLD`: a status word nobody has heard of.
    UnknownStatus(Option<String>),
    /// `missing-fields`: only what a client cannot do without is there.
    MissingFields,
    /// `nulls`: what `missing-fields` leaves out is there as null.
    Nulls,
    /// `extra-fields`: every object has members that no document names.
    ExtraFields,
    /// `number-for-string`: strings are numbers, the id among them (and every URL and later answer agrees).
    NumberForString,
    /// `string-for-number`: numbers are strings.
    StringForNumber,
    /// `invalid-json`: a body that begins as JSON and is none.
    InvalidJson,
    /// `empty`: the right status and no body.
    Empty,
    /// `redirect`, `redirect=308`, `redirect=302,same`: to another host, or to the same URL; 307 if nothing is said.
    Redirect {
        /// The status, 301, 302, 303, 307 or 308.
        status: u16,
        /// Whether it leads back to the vendor.
        same: bool,
    },
    /// `foreign-urls`, `foreign-urls=userinfo`: the URLs for status, result and cancel lead to another host; with
    /// `userinfo` they begin like the vendor's all the same.
    ForeignUrls {
        /// Whether the vendor's host stands in front of an `@`.
        userinfo: bool,
    },
    /// `never-ends`: the job stays as it is for ever.
    NeverEnds,
    /// `fails`: the job fails, in the vendor's way of saying so.
    Fails,
    /// `no-video`: done, and no video in the answer.
    NoVideo,
    /// `expired`: the video's URL has expired for good; asking for the result again gives a fresh one.
    Expired,
    /// `no-length`: the video comes without a length.
    NoLength,
    /// `no-range`: the file host ignores ranges and sends the whole video.
    NoRange,
    /// `variant=NAME`: another form of a healthy answer that the vendor is known to send. On top of any other fault.
    Variant(Variant),
}

/// How a connection ends before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Ending {
    /// In good order, as when a server goes down.
    #[default]
    Close,
    /// By a TCP reset, as when something in between gives up.
    Reset,
}

/// Where a client is told how long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RetryPlace {
    /// Where the vendor is known to say it: ModelsLab in the body, the rest in the header.
    #[default]
    Own,
    /// `header`: in `Retry-After`, as seconds.
    Header,
    /// `date`: in `Retry-After`, as a date.
    Date,
    /// `body`: in `retry_after` of the body.
    Body,
}

/// Another form of a healthy answer (or of an error), known to occur at one vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Variant {
    /// `no-id`, ModelsLab: the submit's answer has no `id`; the number stands at the end of `fetch_result` only.
    NoId,
    /// `string-id`, ModelsLab: the id is a string.
    StringId,
    /// `string-output`, ModelsLab: `output` is one string, empty before the video is there.
    StringOutput,
    /// `errors-under-200`, ModelsLab: errors come with status 200.
    ErrorsUnder200,
    /// `messege`, ModelsLab: the message of an error is spelled so.
    Messege,
    /// `silent-failure`, fal: the status of a failed job has no `error`; only the result tells.
    SilentFailure,
    /// `lower-case`, SeaArt: status words in small letters.
    LowerCase,
    /// `error-object`, SeaArt: a failed job's `error` is an object.
    ErrorObject,
    /// `succeeded`, HighwayAPI: the word for success ends in -ED, as at a sister vendor.
    Succeeded,
    /// `zero-progress`, HighwayAPI: no progress is counted, not even at the end.
    ZeroProgress,
    /// `text-numbers`, HighwayAPI: `eta` and `progress_percent` are strings.
    TextNumbers,
    /// `older`, API in One: the older shape, with the fields of the task at the top.
    Older,
    /// `url`, API in One: the video stands at `url`.
    AtUrl,
    /// `output`, API in One: the video stands in the list `output`.
    AtOutput,
    /// `output-object`, API in One: the video stands at `video_url` of the object `output`.
    AtOutputObject,
    /// `videos`, API in One: the video stands in the list of objects `videos`.
    AtVideos,
}
