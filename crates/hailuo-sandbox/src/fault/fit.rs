//! Which fault makes sense for which vendor at which phase. A fault that could never strike, or would change nothing,
//! is refused when it is scripted: a test that waits for it would pass for the wrong reason.

use super::{Fault, Kind, Phase, Times, Variant};
use crate::{Vendor, span};

/// The fault could never strike this vendor at this phase, or would change nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{fault}` does not fit {vendor}: {why}")]
pub struct Unfit {
    /// The vendor it was meant for.
    pub vendor: Vendor,
    /// What was asked for.
    pub fault: Fault,
    /// Why it could never strike.
    pub why: &'static str,
}

pub(super) fn is_error(status: u16) -> bool {
    (400..=599).contains(&status)
}

/// A page comes as an answer or as an error.
pub(super) fn is_page(status: u16) -> bool {
    (200..=203).contains(&status) || is_error(status)
}

pub(super) fn is_redirect(status: u16) -> bool {
    matches!(status, 301..=303 | 307 | 308)
}

impl Fault {
    /// Whether this fault can strike this vendor.
    ///
    /// # Errors
    ///
    /// [`Unfit`], with the reason.
    pub fn check(&self, vendor: Vendor) -> Result<(), Unfit> {
        match self.misfit(vendor) {
            None => Ok(()),
            Some(why) => Err(Unfit { vendor, fault: self.clone(), why }),
        }
    }

    fn misfit(&self, vendor: Vendor) -> Option<&'static str> {
        use Phase::{Cancel, Download, Job, Poll, Result, Submit};
        let phase = self.phase;
        let one_step = !vendor.has_result_operation();
        if phase == Cancel && one_step {
            return Some("it has no way to cancel");
        }
        if self.job == Some(0) {
            return Some("jobs are counted from 1");
        }
        if self.times == Times::Count(0) {
            return Some("it would strike no time");
        }
        if let Kind::Delay(span) | Kind::RateLimit { after: span, .. } | Kind::Refuse(Some(span)) = self.kind
            && span > span::LONGEST
        {
            return Some("it would take longer than a day");
        }
        let api = !matches!(phase, Download | Job);
        match &self.kind {
            Kind::NeverEnds | Kind::Fails => (phase != Job).then_some("it is a fate of the phase `job`"),
            Kind::NoVideo => {
                (!matches!(phase, Job | Result)).then_some("a video can be missing at `job` or `result` only")
            }
            Kind::ContentRefused | Kind::ImageUnreachable => {
                (!matches!(phase, Submit | Job)).then_some("a submit can be refused so, or a `job`; nothing else")
            }
            _ if phase == Job => Some("a job can fail, never end or have no video; nothing else"),
            Kind::Refuse(_) if phase == Result && one_step => Some("its result is a poll: refuse the poll"),
            Kind::Refuse(_) if self.times != Times::Count(1) || self.skip != 0 => {
                Some("a refused connection cannot be counted: give it a time")
            }
            Kind::Refuse(_) if phase == Submit && self.job.is_some() => {
                Some("who is refused cannot be told before the request is read")
            }
            Kind::Http { status, .. } if !is_error(*status) => Some("an error has a status from 400 to 599"),
            Kind::Html { status, .. } if !is_page(*status) => {
                Some("a page has a status from 200 to 203 or from 400 to 599")
            }
            Kind::Redirect { status, .. } if !is_redirect(*status) => {
                Some("a redirect has the status 301, 302, 303, 307 or 308")
            }
            Kind::NoBalance if phase != Submit => Some("only a submit is paid for"),
            Kind::RevokeKey if !api => Some("its file host asks for no key"),
            Kind::Http { accepted: true, .. } | Kind::Html { accepted: true, .. } if phase != Submit => {
                Some("only a submit is accepted or not")
            }
            Kind::InvalidJson if !api => Some("a video is not JSON"),
            Kind::ExtraFields if !api => Some("a video has no fields"),
            Kind::UnknownStatus(_) => match (vendor, phase) {
                (_, Poll | Cancel) | (Vendor::Fal | Vendor::ApiInOne | Vendor::ModelsLab, Submit) => None,
                (_, Result) if one_step => None,
                _ => Some("that answer has no status word"),
            },
            Kind::MissingFields | Kind::Nulls => match (vendor, phase) {
                (_, Download) => Some("a video has no fields"),
                (Vendor::HighwayApi, Submit) | (_, Cancel) => Some("all that is in that answer is essential"),
                _ => None,
            },
            Kind::NumberForString => match (vendor, phase) {
                (_, Download) => Some("a video has no fields"),
                (Vendor::Fal, Cancel) => Some("that answer has one word, and it is essential"),
                _ => None,
            },
            Kind::StringForNumber => match (vendor, phase) {
                (_, Download) => Some("a video has no fields"),
                (_, Cancel) | (Vendor::HighwayApi, Submit) => Some("that answer has no number"),
                _ => None,
            },
            Kind::ForeignUrls { .. } => match (vendor, phase) {
                (Vendor::Fal | Vendor::SeaArt, Submit | Poll) | (Vendor::ModelsLab, Submit) => None,
                _ => Some("that answer has no URL of the vendor"),
            },
            Kind::Expired | Kind::NoLength | Kind::NoRange if phase != Download => Some("it concerns the download"),
            Kind::Variant(variant) => variant.misfit(vendor, phase),
            _ => None,
        }
    }
}

impl Variant {
    fn misfit(self, vendor: Vendor, phase: Phase) -> Option<&'static str> {
        let (own, phases): (Vendor, &[Phase]) = match self {
            Self::NoId => (Vendor::ModelsLab, &[Phase::Submit]),
            Self::StringId | Self::StringOutput | Self::ErrorsUnder200 | Self::Messege => {
                (Vendor::ModelsLab, &[Phase::Submit, Phase::Poll, Phase::Result])
            }
            Self::SilentFailure => (Vendor::Fal, &[Phase::Poll]),
            Self::LowerCase => (Vendor::SeaArt, &[Phase::Poll, Phase::Result]),
            Self::ErrorObject => (Vendor::SeaArt, &[Phase::Poll]),
            Self::Succeeded | Self::ZeroProgress | Self::TextNumbers => {
                (Vendor::HighwayApi, &[Phase::Poll, Phase::Result])
            }
            Self::Older => (Vendor::ApiInOne, &[Phase::Submit, Phase::Poll, Phase::Result]),
            Self::AtUrl | Self::AtOutput | Self::AtOutputObject | Self::AtVideos => {
                (Vendor::ApiInOne, &[Phase::Poll, Phase::Result])
            }
        };
        if own != vendor {
            Some("it is a manner of another vendor")
        } else if phases.contains(&phase) {
            None
        } else {
            Some("that answer has no such variant")
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::time::Duration;

    use super::{Fault, Kind, Phase};
    use crate::{Vendor, fault::RetryPlace};

    #[test]
    fn a_fault_that_could_never_strike_is_refused_with_a_reason() {
        for (vendor, text, why) in [
            (Vendor::ModelsLab, "cancel:http=500", "no way to cancel"),
            (Vendor::Fal, "poll:fails", "fate"),
            (Vendor::Fal, "poll:no-balance", "paid"),
            (Vendor::Fal, "job:http=500", "a job can"),
            (Vendor::SeaArt, "submit:unknown-status", "no status word"),
            (Vendor::HighwayApi, "submit:missing-fields", "essential"),
            (Vendor::ApiInOne, "submit:foreign-urls", "no URL"),
            (Vendor::ApiInOne, "result:refuse", "refuse the poll"),
            (Vendor::Fal, "submit:refuse*3", "cannot be counted"),
            (Vendor::Fal, "submit:variant=no-id", "another vendor"),
            (Vendor::Fal, "poll:expired", "download"),
            (Vendor::Fal, "poll:http=500@0", "counted from 1"),
            (Vendor::Fal, "poll:http=500*0", "no time"),
        ] {
            let fault: Fault = text.parse().unwrap();
            let unfit = fault.check(vendor).unwrap_err().to_string();
            assert!(unfit.contains(why), "{text}: {unfit}");
        }
    }

    #[test]
    fn what_text_could_not_say_is_refused_in_rust_too() {
        for (kind, why) in [
            (Kind::Http { status: 200, accepted: false }, "400 to 599"),
            (Kind::Http { status: 99, accepted: true }, "400 to 599"),
            (Kind::Html { status: 302, accepted: false }, "a page"),
            (Kind::Redirect { status: 200, same: false }, "a redirect"),
            (Kind::Delay(Duration::MAX), "longer than a day"),
            (Kind::Refuse(Some(Duration::MAX)), "longer than a day"),
            (Kind::RateLimit { after: Duration::MAX, place: RetryPlace::Date }, "longer than a day"),
        ] {
            let unfit = Fault::at(Phase::Submit, kind).check(Vendor::Fal).unwrap_err().to_string();
            assert!(unfit.contains(why), "{unfit}");
        }
    }

    #[test]
    fn common_faults_fit_every_vendor() {
        for vendor in Vendor::ALL {
            for text in [
                "submit:drop-answer",
                "submit:rate-limit=5s,header",
                "poll:http=500*3",
                "poll:unknown-status",
                "poll:extra-fields*always",
                "result:no-video",
                "job:never-ends",
                "download:cut",
                "download:expired",
            ] {
                let fault: Fault = text.parse().unwrap();
                assert_eq!(fault.check(vendor), Ok(()), "{vendor} {text}");
            }
        }
    }
}
