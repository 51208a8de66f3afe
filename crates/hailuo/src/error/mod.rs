//! Everything that can go wrong, by phase, with what a program needs to decide what to do next.
//!
//! No text of this module holds a key, a prompt, a picture or a vendor's free words: vendors echo what they were sent.
//! Those words, and the raw answer, are behind accessors that are asked for by name.

mod kind;
mod problem;

use std::{error::Error as _, fmt, time::Duration};

pub use kind::{ErrorKind, Reason};
pub use problem::Problem;

use crate::{
    handle::{InvalidHandle, JobHandle},
    rules::{Violation, Violations},
    vendor::Vendor,
};

/// What went wrong, by the phase in which it did.
///
/// `Display` is one sentence: what happened, and what to do; of the variants that hold a [`Problem`], `{:#}` says only
/// what happened. `Debug`, which a program prints when its `main` returns the error, adds the causes and the token of the
/// job, if there is one; `{:#?}` shows the fields.
///
/// What a program asks first is whether it may try again:
///
/// ```
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = hailuo_sandbox::Sandbox::start().await?;
/// # sandbox.fault(hailuo_sandbox::Vendor::Fal, "submit:rate-limit".parse()?)?;
/// # let base_url = sandbox.url(hailuo_sandbox::Vendor::Fal);
/// use std::time::Duration;
/// use hailuo::{Client, ImageToVideo, Submission, Vendor};
///
/// let client = Client::builder().key(Vendor::Fal, "any-key").base_url(Vendor::Fal, base_url).build()?;
/// let request = ImageToVideo::builder().image("https://example.com/fox.jpg").prompt("A fox.").build()?;
/// let mut pauses = [1, 10, 60].map(Duration::from_secs).into_iter();
/// let job = loop {
///     match client.submit(&request).await {
///         Submission::Accepted(job) => break job,
///         // Nobody was charged: at capacity, or not reached.
///         Submission::Rejected(error) if error.is_retryable() => match pauses.next() {
///             Some(pause) => tokio::time::sleep(error.retry_after().unwrap_or(pause)).await,
///             None => return Err(error.into()),
///         },
///         // It will be refused again, or it may be running: for a person to look at.
///         Submission::Rejected(error) | Submission::Unknown(error) => return Err(error.into()),
///     }
/// };
/// println!("{}", job.await?.url);
/// # Ok(())
/// # }
/// ```
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Before anything else: a client cannot be made, or not for this vendor.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// The request breaks a rule, or asks for what the vendor cannot express. Nothing was sent.
    #[error(transparent)]
    Validate(#[from] Invalid),
    /// Submitting.
    #[error(transparent)]
    Submit(Box<Problem>),
    /// Submitting, at each of several vendors in turn.
    #[error(transparent)]
    Exhausted(Exhausted),
    /// Asking how the job is.
    #[error(transparent)]
    Wait(Box<Problem>),
    /// Canceling.
    #[error(transparent)]
    Cancel(Box<Problem>),
    /// The job is over, but there is no video.
    #[error(transparent)]
    Result(Box<Problem>),
    /// Fetching the video.
    #[error(transparent)]
    Download(Box<Problem>),
}

/// A client that cannot be made or used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// No vendor has a key, or none is in the order of preference.
    #[error("{}", no_key(.looked_for))]
    NoKey {
        /// The environment variables that were looked at, or would be; none if the order is empty.
        looked_for: Vec<&'static str>,
    },
    /// The client has no key for the vendor that is meant.
    #[error("this client has no key for {0}; add one under `{env}`, or with `key`", env = .0.env_var())]
    NotConfigured(Vendor),
    /// The feature of the vendor's name is off in this build.
    #[error("this build cannot talk to {0}; switch on the feature `{slug}` of the crate `hailuo`", slug = .0.slug())]
    NotEnabled(Vendor),
    /// Key, base URL or HTTP client cannot be used.
    #[error("the client for {vendor} cannot be made")]
    Client {
        /// The vendor.
        vendor: Vendor,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// An environment variable holds something that is no text.
    #[error("the environment variable {0} is not text")]
    Environment(&'static str),
    /// The HTTP client for downloads cannot be made.
    #[error("the HTTP client for downloads cannot be made")]
    Http(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The text is no job handle.
    #[error(transparent)]
    Handle(#[from] InvalidHandle),
    /// The blocking interface was used inside an async runtime of a single thread or in a `LocalSet`, which it would stall.
    #[error(
        "the blocking client cannot be used inside an async runtime of one thread or a `LocalSet`; use `hailuo::Client` \
         there"
    )]
    InsideRuntime,
    /// There is no tokio runtime to work on.
    #[error("there is no tokio runtime here; call this inside one, or use `hailuo::blocking`")]
    OutsideRuntime,
    /// No runtime could be started for the blocking interface.
    #[error("no runtime can be started")]
    Runtime(#[source] std::io::Error),
}

fn no_key(looked_for: &[&str]) -> String {
    match looked_for {
        [] => "there is no vendor in the order of preference; name one that has a key".to_owned(),
        [name] => format!("no vendor has a key; give one, or set {name}"),
        names => format!("no vendor has a key; give one, or set one of {}", names.join(", ")),
    }
}

/// A request that was refused before anything was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{violations}", .vendor.map(|vendor| format!("{vendor}: ")).unwrap_or_default())]
#[non_exhaustive]
pub struct Invalid {
    /// The vendor that cannot express it; none if a rule of the model is broken.
    pub vendor: Option<Vendor>,
    /// Everything that is wrong, together.
    pub violations: Violations,
}

/// What each of several vendors said. None of them has the job.
#[derive(Debug, thiserror::Error)]
#[error("no vendor took the request: {}", .attempts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | "))]
#[non_exhaustive]
pub struct Exhausted {
    /// One error per vendor, in the order they were tried; never an unknown outcome.
    pub attempts: Vec<Error>,
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            let (phase, details): (_, &dyn fmt::Debug) = match self {
                Self::Setup(error) => ("Setup", error),
                Self::Validate(invalid) => ("Validate", invalid),
                Self::Submit(problem) => ("Submit", problem),
                Self::Exhausted(exhausted) => ("Exhausted", exhausted),
                Self::Wait(problem) => ("Wait", problem),
                Self::Cancel(problem) => ("Cancel", problem),
                Self::Result(problem) => ("Result", problem),
                Self::Download(problem) => ("Download", problem),
            };
            return f.debug_tuple(phase).field(details).finish();
        }
        write!(f, "{self}")?;
        let mut source = self.source();
        while let Some(cause) = source {
            write!(f, "\n  caused by: {cause}")?;
            source = cause.source();
        }
        if let Some(handle) = self.handle() {
            write!(f, "\n  job: {handle}")?;
        }
        match self.request_id() {
            Some(id) => write!(f, "\n  request id: {}", id.escape_debug()),
            None => Ok(()),
        }
    }
}

impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        Self::Validate(Invalid { vendor: None, violations })
    }
}

impl From<InvalidHandle> for Error {
    fn from(error: InvalidHandle) -> Self {
        Self::Setup(error.into())
    }
}

impl Error {
    #[cfg(feature = "_client")]
    pub(crate) fn invalid(vendor: Vendor, violations: Violations) -> Self {
        Self::Validate(Invalid { vendor: Some(vendor), violations })
    }

    /// The details, in the phases that talk to a vendor.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Submit(problem)
            | Self::Wait(problem)
            | Self::Cancel(problem)
            | Self::Result(problem)
            | Self::Download(problem) => Some(problem),
            Self::Setup(_) | Self::Validate(_) | Self::Exhausted(_) => None,
        }
    }

    /// What is to blame. Of several vendors, what the last one said that was asked; one that cannot express the request is
    /// not, and is heard only where there is no other.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Setup(SetupError::NoKey { .. } | SetupError::NotConfigured(_)) => ErrorKind::Key,
            Self::Setup(_) => ErrorKind::Setup,
            Self::Validate(_) => ErrorKind::InvalidRequest,
            Self::Exhausted(exhausted) => {
                let asked = exhausted.attempts.iter().rfind(|error| !matches!(error, Self::Validate(_)));
                asked.map_or(ErrorKind::InvalidRequest, Self::kind)
            }
            _ => self.problem().map_or(ErrorKind::Protocol, Problem::kind),
        }
    }

    /// What happened, in the phases that talk to a vendor.
    pub fn reason(&self) -> Option<Reason> {
        self.problem().map(Problem::reason)
    }

    /// The vendor that is meant.
    pub fn vendor(&self) -> Option<Vendor> {
        match self {
            Self::Setup(
                SetupError::NotConfigured(vendor) | SetupError::NotEnabled(vendor) | SetupError::Client { vendor, .. },
            ) => Some(*vendor),
            Self::Validate(invalid) => invalid.vendor,
            _ => self.problem().map(Problem::vendor),
        }
    }

    /// The job, if there is one: it can be waited for, now or in another process.
    pub fn handle(&self) -> Option<&JobHandle> {
        self.problem().and_then(Problem::handle)
    }

    /// The HTTP status of the answer.
    pub fn status(&self) -> Option<u16> {
        self.problem().and_then(Problem::status)
    }

    /// The vendor's number of the HTTP request, which its support will ask for.
    pub fn request_id(&self) -> Option<&str> {
        self.problem().and_then(Problem::request_id)
    }

    /// How long the vendor asks to wait before the next request.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Exhausted(exhausted) => exhausted.attempts.iter().filter_map(Self::retry_after).min(),
            _ => self.problem().and_then(Problem::retry_after),
        }
    }

    /// Whether money may have been spent. Submitting again may then spend it twice.
    pub fn may_have_been_charged(&self) -> bool {
        match self {
            Self::Setup(_) | Self::Validate(_) => false,
            Self::Exhausted(exhausted) => exhausted.attempts.iter().any(Self::may_have_been_charged),
            Self::Submit(problem) => matches!(problem.reason(), Reason::Unknown | Reason::NotRecorded),
            Self::Wait(_) | Self::Cancel(_) | Self::Result(_) | Self::Download(_) => true,
        }
    }

    /// Whether the same call may succeed later, and is safe to repeat: submitting only where nothing was charged.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Setup(_) | Self::Validate(_) | Self::Result(_) => false,
            Self::Exhausted(exhausted) => exhausted.attempts.iter().any(Self::is_retryable),
            Self::Submit(problem) => {
                matches!(problem.reason(), Reason::NotSent | Reason::Refused) && problem.kind().is_passing()
            }
            Self::Wait(problem) => match problem.reason() {
                Reason::TimedOut | Reason::GaveUp => true,
                _ => problem.kind().is_passing(),
            },
            Self::Cancel(problem) => problem.kind().is_passing(),
            Self::Download(problem) => match problem.reason() {
                Reason::Incomplete => true,
                _ => problem.kind().is_passing(),
            },
        }
    }

    /// The vendor's own words. They may quote the prompt, so they are in no `Display` and no `Debug`.
    pub fn vendor_message(&self) -> Option<&str> {
        self.problem().and_then(Problem::vendor_message)
    }

    /// The answer as it came. It may quote the prompt, so it is in no `Display` and no `Debug`.
    pub fn raw(&self) -> Option<&[u8]> {
        self.problem().and_then(Problem::raw)
    }

    /// The broken rules, and of several vendors what each cannot express.
    pub fn violations(&self) -> impl Iterator<Item = &Violation> {
        let errors = match self {
            Self::Exhausted(exhausted) => &exhausted.attempts,
            _ => std::slice::from_ref(self),
        };
        let violations = errors.iter().filter_map(|error| match error {
            Self::Validate(invalid) => Some(&invalid.violations),
            _ => None,
        });
        violations.flatten()
    }
}
