//! The words for what is to blame and for what happened.

use crate::codes::codes;

codes! {
    /// What is to blame.
    ErrorKind {
        /// The request is not what the vendor takes.
        InvalidRequest = "invalid_request",
        /// The key is missing, wrong, or not allowed to do this.
        Key = "key",
        /// The account has no money left.
        Balance = "balance",
        /// Too many requests.
        RateLimit = "rate_limit",
        /// The prompt or the picture is not allowed.
        Content = "content",
        /// The vendor cannot fetch the picture's URL.
        ImageUnreachable = "image_unreachable",
        /// The vendor does not know the job.
        UnknownJob = "unknown_job",
        /// The vendor's service failed.
        VendorFault = "vendor_fault",
        /// The connection failed.
        Network = "network",
        /// The answer makes no sense.
        Protocol = "protocol",
        /// Time ran out.
        Timeout = "timeout",
        /// The job was canceled.
        Canceled = "canceled",
        /// This machine: the journal, a file.
        Local = "local",
        /// This program: how the client was made.
        Setup = "setup",
    }
}

impl ErrorKind {
    /// Whether it passes by itself.
    pub(crate) const fn is_passing(self) -> bool {
        matches!(self, Self::RateLimit | Self::VendorFault | Self::Network | Self::Timeout)
    }

    /// As part of a sentence.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid request",
            Self::Key => "the key is not accepted",
            Self::Balance => "the balance is used up",
            Self::RateLimit => "too many requests",
            Self::Content => "prompt or picture is not allowed",
            Self::ImageUnreachable => "the picture cannot be fetched",
            Self::UnknownJob => "the job is not known",
            Self::VendorFault => "the service failed",
            Self::Network => "the connection failed",
            Self::Protocol => "the answer makes no sense",
            Self::Timeout => "it took too long",
            Self::Canceled => "it was canceled",
            Self::Local => "this machine failed",
            Self::Setup => "the client is not set up for it",
        }
    }

    /// What to do next.
    pub(super) const fn advice(self) -> &'static str {
        match self {
            Self::InvalidRequest => "the vendor's own words are in `vendor_message`",
            Self::Key => "check the key",
            Self::Balance => "top up the account",
            Self::Network => "check the connection, or try again later",
            Self::RateLimit | Self::VendorFault | Self::Timeout => "try again later",
            Self::Content => "change the prompt or the picture",
            Self::ImageUnreachable => "make the picture's URL public, or pass the bytes",
            Self::UnknownJob => "check the handle and whose key it is",
            Self::Protocol => "the answer is in `raw`; the vendor may have changed its API",
            Self::Canceled => "submit anew",
            Self::Local => "see the source of this error",
            Self::Setup => "see how the client is made",
        }
    }
}

codes! {
    /// What happened.
    Reason {
        /// The request never reached the vendor, or the vendor said over HTTP/2 that it did not look at it.
        NotSent = "not_sent",
        /// The vendor said no.
        Refused = "refused",
        /// A question about a job or a video was sent, and no answer came, or none that says yes or no.
        NoAnswer = "no_answer",
        /// The request was sent, and nobody knows whether the vendor made a job of it.
        Unknown = "unknown",
        /// The journal could not be told beforehand, so nothing was sent.
        NotRecordable = "not_recordable",
        /// The vendor accepted the job, but the journal could not be told; the handle is in the error.
        NotRecorded = "not_recorded",
        /// The time given to wait is over; the job goes on.
        TimedOut = "timed_out",
        /// Too many polls in a row failed; the job goes on.
        GaveUp = "gave_up",
        /// The job failed at the vendor.
        JobFailed = "job_failed",
        /// The job was canceled.
        Canceled = "canceled",
        /// The job is done, and its answer has no video.
        NoVideo = "no_video",
        /// The vendor cannot cancel.
        NotCancelable = "not_cancelable",
        /// The video is not there, or no longer.
        Gone = "gone",
        /// What was fetched is no video.
        NotAVideo = "not_a_video",
        /// The video arrived in part; what there is was kept for the next try.
        Incomplete = "incomplete",
        /// The video is larger than the limit.
        TooLarge = "too_large",
        /// A file could not be written.
        File = "file",
    }
}

impl Reason {
    /// The beginning of a sentence, after the vendor's name.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::NotSent => "was not reached, nothing was charged",
            Self::Refused => "refused",
            Self::NoAnswer => "gave no usable answer",
            Self::Unknown => "may have taken the request and charged for it, and its answer tells no job",
            Self::NotRecordable => "was sent nothing, because the journal cannot record it",
            Self::NotRecorded => "accepted the job, but the journal could not record it",
            Self::TimedOut => "has not finished the job in the time given",
            Self::GaveUp => "could not be asked about the job several times in a row",
            Self::JobFailed => "gave up the job",
            Self::Canceled => "canceled the job",
            Self::NoVideo => "finished the job, and its answer has no video",
            Self::NotCancelable => "cannot cancel the job",
            Self::Gone => "no longer serves the video",
            Self::NotAVideo => "served something that is no video",
            Self::Incomplete => "served the video in part only",
            Self::TooLarge => "serves a video larger than the limit",
            Self::File => "has the video, and its file cannot be written",
        }
    }

    /// What to do next, where it does not depend on what is to blame.
    pub(super) const fn advice(self) -> Option<&'static str> {
        match self {
            Self::Unknown => Some("look for the job at the vendor before submitting again"),
            Self::NotRecordable => Some("mend the journal and submit again"),
            Self::NotRecorded => Some("keep the handle of this error"),
            Self::TimedOut | Self::GaveUp => Some("resume with the handle"),
            Self::NoVideo => Some("the answer is in `raw`"),
            Self::NotCancelable => Some("wait for the job, or let it run"),
            Self::Gone | Self::NotAVideo => Some("ask for the job again with the handle for a fresh URL"),
            Self::Incomplete => Some("download again, it goes on where it stopped"),
            Self::TooLarge => Some("raise the limit"),
            Self::NotSent | Self::Refused | Self::NoAnswer | Self::JobFailed | Self::Canceled | Self::File => None,
        }
    }
}
