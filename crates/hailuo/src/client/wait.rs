//! Waiting: how often to ask, when to give up, and what to hand back then.

use std::{
    hash::{BuildHasher, RandomState},
    time::{Duration, SystemTime},
};

use tokio::time::{Instant, sleep_until, timeout_at};

use super::{
    Client,
    events::Queue,
    poll::{self, Polled},
};
use crate::{
    error::{Error, ErrorKind, Problem, Reason},
    event::Event,
    handle::JobHandle,
    journal::Ending,
    video::Video,
};

/// A run takes one to five minutes, eight were seen.
const TIMEOUT: Duration = Duration::from_mins(20);
const FAILURE_BUDGET: u32 = 8;
/// So many questions in a row at least are answered that the job failed, and none otherwise, before it is believed of an
/// error of the service.
const BELIEVED: u32 = 3;
const LONGEST_INTERVAL: Duration = Duration::from_secs(15);
/// What one question may take at least.
const SHORTEST: Duration = Duration::from_secs(1);
/// Longer waits than this are waits without end, and a clock cannot count them.
const ENDLESS: Duration = Duration::from_hours(24 * 365);
/// After failures the intervals grow further than in good times.
const LONGEST_BACKOFF: Duration = Duration::from_mins(1);

/// How a job is waited for.
///
/// ```
#[doc = include_str!("example.txt")]
/// use std::time::Duration;
/// use hailuo::{Reason, WaitOptions};
///
/// let job = client.submit(&request).await.into_result()?;
/// let error = job.wait_with(&WaitOptions::new().timeout(Duration::from_secs(1))).await.unwrap_err();
/// assert_eq!(error.reason(), Some(Reason::TimedOut));
/// // The job goes on, and the error has its handle.
/// assert_eq!(error.handle(), Some(job.handle()));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct WaitOptions {
    timeout: Duration,
    failure_budget: u32,
    first_interval: Option<Duration>,
    longest_interval: Duration,
}

impl WaitOptions {
    /// Twenty minutes, eight failures in a row, the vendor's own first interval, at most 15 s between questions.
    pub fn new() -> Self {
        Self {
            timeout: TIMEOUT,
            failure_budget: FAILURE_BUDGET,
            first_interval: None,
            longest_interval: LONGEST_INTERVAL,
        }
    }

    /// Sets when to stop waiting, to the instant, but for a second at least. The job goes on; the error has its handle.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout.min(ENDLESS);
        self
    }

    /// Sets how many questions in a row may fail before it gives up. A request to ask less often does not count.
    /// Where all of them, and three at least, say by a documented word that the job failed, it has.
    pub fn failure_budget(mut self, failures: u32) -> Self {
        self.failure_budget = failures;
        self
    }

    /// Sets the time until the first question, and with it how fast the intervals grow.
    pub fn first_interval(mut self, interval: Duration) -> Self {
        self.first_interval = Some(interval.min(ENDLESS));
        self
    }

    /// Sets the longest time between two questions in good times.
    pub fn longest_interval(mut self, interval: Duration) -> Self {
        self.longest_interval = interval.min(ENDLESS);
        self
    }
}

impl Default for WaitOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// Waits until the job is over or the options say stop.
pub(super) async fn for_video(
    client: Client,
    handle: JobHandle,
    options: WaitOptions,
    queue: Queue,
) -> Result<Video, Error> {
    let adapter = client.adapter(handle.vendor())?;
    let first = options.first_interval.unwrap_or_else(|| adapter.first_interval());
    // A wish to be asked again at once is not granted.
    let soonest = first.min(Duration::from_secs(1));
    let start = Instant::now();
    // Whoever gives no time still gets one answer.
    let deadline = start + options.timeout.max(SHORTEST);
    // The last question is asked shortly before the end, so that a video that is ready by then is not missed.
    let last = deadline - soonest.min(options.timeout / 2);
    let mut pace = Pace { interval: first, longest: options.longest_interval };
    let mut told = Told::default();
    let mut failures = 0;
    // How many of them in a row said that the job failed.
    let mut verdicts = 0;
    // Why the last question was not answered, if it was not.
    let mut unanswered = None;
    let mut next = start + pace.next().saturating_sub(age(&handle));
    loop {
        sleep_until(next.min(last)).await;
        let now = Instant::now();
        let is_last = now >= last;
        // Whoever was stopped until after the end asks once all the same.
        let deadline = if now > deadline { now + SHORTEST } else { deadline };
        let Ok(polled) = timeout_at(deadline, poll::poll(&client, &handle)).await else {
            return Err(timed_out(&handle, unanswered));
        };
        let polled = polled?;
        let is_verdict = matches!(polled, Polled::Doomed(_));
        let wait = match polled {
            Polled::Progress(event, wish) => {
                (failures, verdicts, unanswered) = (0, 0, None);
                if let Event::Done { video } = *event {
                    queue.push(Event::Done { video: video.clone() });
                    return Ok(video);
                }
                if let Some(event) = told.news(*event) {
                    queue.push(event);
                }
                // There is no need to believe that an hour passes before there is anything new.
                pace.next().max(wish.unwrap_or_default().min(LONGEST_BACKOFF))
            }
            Polled::Over(error) => return Err(error),
            Polled::Ended(problem) => return Err(Error::Wait(problem)),
            Polled::Throttled(problem) => {
                let wait = problem.retry_after().map_or_else(|| pace.backoff(failures + 1), |wait| wait.max(soonest));
                if wait >= deadline.saturating_duration_since(Instant::now()) {
                    return Err(timed_out(&handle, Some(problem)));
                }
                queue.push(Event::Retrying { kind: problem.kind(), failures, wait });
                unanswered = Some(problem);
                wait
            }
            Polled::Failed(problem) | Polled::Doomed(problem) => {
                failures += 1;
                verdicts = if is_verdict { verdicts + 1 } else { 0 };
                if failures > options.failure_budget {
                    if verdicts < failures.max(BELIEVED) {
                        return Err(gave_up(*problem));
                    }
                    poll::record(&client, &handle, Ending::Failed);
                    return Err(Error::Result(Box::new(problem.with_reason(Reason::JobFailed))));
                }
                let wait = problem.retry_after().map_or_else(|| pace.backoff(failures), |wait| wait.max(soonest));
                queue.push(Event::Retrying { kind: problem.kind(), failures, wait });
                unanswered = Some(problem);
                wait
            }
        };
        if is_last {
            return Err(timed_out(&handle, unanswered));
        }
        next = Instant::now() + wait.min(ENDLESS);
    }
}

/// How long ago the job was accepted; a job of the future is as good as new.
fn age(handle: &JobHandle) -> Duration {
    SystemTime::now().duration_since(handle.accepted_at()).unwrap_or_default()
}

fn timed_out(handle: &JobHandle, unanswered: Option<Box<Problem>>) -> Error {
    let problem = Problem::new(handle.vendor(), Reason::TimedOut, ErrorKind::Timeout).job(handle);
    Error::Wait(Box::new(match unanswered {
        None => problem,
        Some(why) => problem
            .answered(why.status())
            .after(why.retry_after())
            .under(why.request_id().map(str::to_owned))
            .because(Error::Wait(why)),
    }))
}

fn gave_up(problem: Problem) -> Error {
    Error::Wait(Box::new(problem.with_reason(Reason::GaveUp)))
}

/// Intervals that grow, and never fall into step with other jobs.
struct Pace {
    interval: Duration,
    longest: Duration,
}

impl Pace {
    fn next(&mut self) -> Duration {
        let now = self.interval.min(self.longest);
        self.interval = now.mul_f64(1.3).min(self.longest);
        jitter(now)
    }

    fn backoff(&self, failures: u32) -> Duration {
        let doubled = self.interval.saturating_mul(1 << failures.min(10));
        jitter(doubled.min(LONGEST_BACKOFF.max(self.longest)))
    }
}

/// A fifth more or less. The standard library seeds its hashes well enough to spread questions; nothing secret depends on
/// it.
#[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
fn jitter(wait: Duration) -> Duration {
    let random = (RandomState::new().hash_one(0) >> 11) as f64 / (1_u64 << 53) as f64;
    wait.mul_f64(0.8 + 0.4 * random)
}

/// What was told before: vendors repeat themselves with every question.
#[derive(Default)]
struct Told {
    last: Option<Last>,
    log_lines: usize,
}

#[derive(PartialEq)]
enum Last {
    Queued(Option<u64>),
    Running(Option<f64>),
    Unrecognized(String),
}

impl Told {
    fn news(&mut self, event: Event) -> Option<Event> {
        let (last, event, is_longer) = match event {
            Event::Queued { position } => (Last::Queued(position), event, false),
            Event::Running { percent, mut log } => {
                let seen = self.log_lines.min(log.len());
                self.log_lines = self.log_lines.max(log.len());
                let log = log.split_off(seen);
                let is_longer = !log.is_empty();
                (Last::Running(percent), Event::Running { percent, log }, is_longer)
            }
            Event::Unrecognized { ref word } => (Last::Unrecognized(word.clone()), event, false),
            other => return Some(other),
        };
        let is_news = is_longer || self.last.as_ref() != Some(&last);
        self.last = Some(last);
        is_news.then_some(event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::LogLine;

    #[test]
    fn intervals_grow_to_the_longest_and_stay_within_a_fifth() {
        let mut pace = Pace { interval: Duration::from_secs(2), longest: Duration::from_secs(15) };
        let mut expected = 2.0_f64;
        for _ in 0..40 {
            let ratio = pace.next().as_secs_f64() / expected;
            assert!((0.799..=1.201).contains(&ratio), "{ratio}");
            expected = (expected * 1.3).min(15.0);
        }
    }

    #[test]
    fn failures_back_off_to_a_minute_and_no_further() {
        for failures in [1, 5, 30, u32::MAX] {
            let pace = Pace { interval: Duration::from_secs(2), longest: Duration::from_secs(15) };
            assert!(pace.backoff(failures) <= Duration::from_secs(72));
        }
    }

    #[test]
    fn only_news_is_told() {
        let line = |text: &str| LogLine { message: text.to_owned(), level: None, timestamp: None };
        let mut told = Told::default();
        let queued = |position| Event::Queued { position };
        assert!(told.news(queued(Some(2))).is_some());
        assert!(told.news(queued(Some(2))).is_none());
        assert!(told.news(queued(Some(1))).is_some());
        let running = |texts: &[&str]| Event::Running { percent: None, log: texts.iter().map(|t| line(t)).collect() };
        let lines = |event: Option<Event>| match event {
            Some(Event::Running { log, .. }) => log.into_iter().map(|line| line.message).collect::<Vec<_>>(),
            _ => vec!["nothing".to_owned()],
        };
        assert_eq!(lines(told.news(running(&["a"]))), ["a"]);
        assert_eq!(lines(told.news(running(&["a", "b"]))), ["b"]);
        assert_eq!(lines(told.news(running(&["a", "b"]))), ["nothing"]);
        assert_eq!(lines(told.news(running(&[]))), ["nothing"]);
    }
}
