//! What each operation does: makes a job, tells how it is, hands out its result, stops it; with the faults in their
//! places.

use std::sync::Arc;

use http::{header, request::Parts};
use serde_json::Value;
use tokio::time::Instant;

use super::{Desk, Plan, State, inspect::Inspected};
use crate::{
    answer::{Answer, Content},
    contract::{Operation, Role, Routed},
    fault::{Kind, Phase, Variant},
    job::{Failure, Fate, Job, Stage},
    journal::{Record, violation},
    manners::{self, Errors, Refusal, Scene},
    script::{Outage, Strike},
    shape::Shape,
    spoil::{self, Hosts},
};

/// One request on its way through an operation.
pub(super) struct Visit<'a> {
    pub(super) desk: &'a Desk,
    pub(super) head: &'a Parts,
    pub(super) request: &'a Inspected<'a>,
    pub(super) operation: &'a Operation,
    /// Where the client found the API.
    pub(super) origin: &'a str,
    /// The same, base path included.
    pub(super) base: &'a str,
    pub(super) random: [u64; 2],
    pub(super) now: Instant,
}

/// What was settled about a request while the desk was locked.
enum Turn {
    UnknownJob,
    /// A fault stops it before anything is done.
    Stopped(Plan),
    Served(Box<Served>),
}

/// A request that was served, before there is an answer to it.
struct Served {
    job: Job,
    stage: Stage,
    phase: Phase,
    strike: Strike,
    /// Of a request to cancel: whether it came in time.
    stopped: bool,
    outages: Vec<(Phase, Outage)>,
}

impl Visit<'_> {
    /// Settles the request while the desk is locked; what is said of a job is written when it no longer is.
    pub(super) fn serve(&self, routed: &Routed, entry: &mut Record) -> Plan {
        let turn = {
            let mut state = self.desk.state();
            if self.operation.role == Role::Submit {
                self.submit(&mut state, entry)
            } else {
                let parameters = routed.parameters.iter().map(|(_, value)| value);
                let index = parameters
                    .chain(self.request.query.iter().map(|(_, value)| value))
                    .find_map(|id| state.by_id.get(id.as_str()).copied());
                match index {
                    None => Turn::UnknownJob,
                    Some(index) => self.visit_job(index, &mut state, entry),
                }
            }
        };
        match turn {
            Turn::UnknownJob => Plan::plain(self.refusal(&Refusal::UnknownJob, &Strike::default())),
            Turn::Stopped(plan) => plan,
            Turn::Served(served) => self.answer(*served, entry),
        }
    }

    fn submit(&self, state: &mut State, entry: &mut Record) -> Turn {
        let number = u32::try_from(state.jobs.len() + 1).unwrap_or(u32::MAX);
        let strike = state.script.strike(&[Phase::Submit], Some(number));
        entry.fault.clone_from(&strike.told);
        if let Some(plan) = self.stopped_by(&strike, state) {
            return Turn::Stopped(plan);
        }
        let index = self.make_job(number, &strike, state, entry);
        if state.jobs[index].hook.is_some() {
            self.desk.reports.await_end(index);
        }
        let outages = [Phase::Poll, Phase::Cancel]
            .into_iter()
            .filter_map(|phase| Some((phase, state.script.outage(phase, Some(number))?)))
            .collect();
        Turn::Served(Box::new(Served {
            job: state.jobs[index].clone(),
            stage: Stage::Queued,
            phase: Phase::Submit,
            strike,
            stopped: false,
            outages,
        }))
    }

    fn make_job(&self, number: u32, strike: &Strike, state: &mut State, entry: &mut Record) -> usize {
        let json = self.request.json.as_ref().unwrap_or(&Value::Null);
        let path = self.operation.template.text();
        let order = self.desk.manners.order(path, json);
        let fate_strike = state.script.strike(&[Phase::Job], Some(number));
        let fate = fate_strike.kind().and_then(Fate::of).unwrap_or_else(|| order.fate(self.operation.limits_prompt));
        let id: Arc<str> = loop {
            let random = self.desk.random.next_pair();
            let id = if matches!(strike.kind(), Some(Kind::NumberForString)) {
                // A number that JSON clients of every language can hold.
                (1_000_000_000 + random[0] % 1_000_000_000_000).to_string()
            } else {
                self.desk.manners.id(random)
            };
            if !state.by_id.contains_key(id.as_str()) {
                break id.into();
            }
        };
        entry.job = Some(Arc::clone(&id));
        entry.made_job = true;
        entry.fault = match (entry.fault.take(), fate_strike.told) {
            (Some(told), Some(fate)) => Some(format!("{told} {fate}").into()),
            (told, fate) => told.or(fate),
        };
        let echo = match fate {
            Fate::Fails(_) => json.get("prompt").and_then(Value::as_str).map(Box::from),
            _ => None,
        };
        state.by_id.insert(Arc::clone(&id), state.jobs.len());
        state.jobs.push(Job {
            number,
            id,
            path: Arc::clone(path),
            request: entry.number,
            clip: order.clip(),
            fate,
            echo,
            pace: state.pace,
            since: self.now,
            start_by: self.desk.manners.start_by(&self.head.headers).unwrap_or_default(),
            looks: 0,
            cancelled: false,
            expired: 0,
            hook: self.desk.manners.hook(&self.request.query, json).map(Box::new),
        });
        state.jobs.len() - 1
    }

    fn visit_job(&self, index: usize, state: &mut State, entry: &mut Record) -> Turn {
        let State { jobs, script, .. } = state;
        let job = &mut jobs[index];
        entry.job = Some(Arc::clone(&job.id));
        let mut standing = job.stage(self.now);
        let one_step = !self.desk.vendor.has_result_operation();
        let is_done = matches!(standing, Stage::Done { .. });
        let (phase, phases): (_, &[Phase]) = match self.operation.role {
            Role::Cancel => (Phase::Cancel, &[Phase::Cancel]),
            Role::Fetch => (Phase::Result, &[Phase::Result]),
            Role::Poll | Role::Submit if one_step && is_done => (Phase::Poll, &[Phase::Poll, Phase::Result]),
            Role::Poll | Role::Submit => (Phase::Poll, &[Phase::Poll]),
        };
        let number = job.number;
        let strike = script.strike(phases, Some(number));
        entry.fault.clone_from(&strike.told);
        if let Some(plan) = self.stopped_by(&strike, state) {
            return Turn::Stopped(plan);
        }
        if matches!(strike.kind(), Some(Kind::NoVideo)) && is_done {
            standing = Stage::Done { video: false };
        }
        let job = &mut state.jobs[index];
        let stopped = phase == Phase::Cancel && !standing.is_over();
        if phase == Phase::Cancel {
            job.cancelled |= stopped;
        } else if standing != Stage::Failed(Failure::NotStarted) {
            // A look that came too late does not let it start.
            job.looks = job.looks.saturating_add(1);
        }
        self.desk.reports.jobs_moved();
        let job = job.clone();
        // What comes next, once a client has this answer, may meet a host that is down.
        let next = match (is_done, phase) {
            (true, Phase::Poll) if !one_step => Some(Phase::Result),
            (true, Phase::Poll | Phase::Result) => Some(Phase::Download),
            _ => None,
        };
        let outages =
            next.and_then(|next| Some((next, state.script.outage(next, Some(number))?))).into_iter().collect();
        Turn::Served(Box::new(Served { job, stage: standing, phase, strike, stopped, outages }))
    }

    /// The answer to a request that a fault stops before anything is done.
    fn stopped_by(&self, strike: &Strike, state: &mut State) -> Option<Plan> {
        let answer = match strike.kind()? {
            Kind::DropRequest(ending) => return Some(Plan { delay: strike.delay, ..Plan::hang_up(*ending) }),
            Kind::Http { accepted: false, status } => self.refusal_with(*status, strike),
            Kind::Html { accepted: false, status } => Answer::html(spoil::status_of(*status)),
            Kind::RateLimit { after, place } => {
                manners::say_wait(self.refusal(&Refusal::RateLimited, strike), *after, *place, self.desk.manners)
            }
            Kind::ContentRefused => self.refusal(&Refusal::ContentRefused, strike),
            Kind::ImageUnreachable => self.refusal(&Refusal::ImageUnreachable, strike),
            Kind::NoBalance => self.refusal(&Refusal::NoBalance, strike),
            Kind::RevokeKey => {
                state.revoked.extend(self.request.key_sum);
                self.refusal(&Refusal::WrongKey, strike)
            }
            Kind::Redirect { status, same } => {
                let start = if *same { self.origin } else { &self.desk.elsewhere };
                let rest = self.head.uri.path_and_query().map_or("/", |rest| rest.as_str());
                Answer::empty(spoil::status_of(*status)).with(header::LOCATION, &format!("{start}{rest}"))
            }
            _ => return None,
        };
        Some(Plan { delay: strike.delay, ..Plan::plain(answer) })
    }

    /// The answer to a request that was served.
    fn answer(&self, served: Served, entry: &Record) -> Plan {
        let Served { job, stage, phase, strike, stopped, outages } = served;
        let scene = self.scene(&job, stage, &strike);
        let manners = self.desk.manners;
        let answer = match self.operation.role {
            Role::Submit => manners.accepted(&scene, self.request.json.as_ref().unwrap_or(&Value::Null)),
            Role::Poll => manners.status(&scene),
            Role::Fetch => manners.result(&scene),
            Role::Cancel => manners.cancelled(&scene, stopped),
        };
        // An answer without the video that it is there for is no healthy one, and the contract has no words in small letters.
        if stage != (Stage::Done { video: false }) && !strike.variants.contains(&Variant::LowerCase) {
            self.check_answer(&answer, entry);
        }
        Plan { outages, ..self.spoil(answer, &strike, phase) }
    }

    /// Checks a healthy answer against the contract.
    fn check_answer(&self, answer: &Answer, entry: &Record) {
        let body = match &answer.content {
            Content::Json(body) => Some(body),
            _ => None,
        };
        let problems = self.operation.judge_answer(answer.status, body);
        if !problems.is_empty() {
            let operation = Some(&*self.operation.name);
            self.desk
                .journal
                .confess(problems.iter().map(|problem| violation(entry.number, self.desk.vendor, operation, problem)));
        }
    }

    fn spoil(&self, answer: Answer, strike: &Strike, phase: Phase) -> Plan {
        let hosts = Hosts { own: self.origin, elsewhere: &self.desk.elsewhere };
        let (answer, shape) = match strike.kind() {
            None => (answer, Shape::Whole),
            Some(Kind::Http { status, .. }) => (self.refusal_with(*status, strike), Shape::Whole),
            Some(kind) => spoil::spoil(kind, phase, answer, self.desk.manners, &hosts),
        };
        Plan { answer, shape, delay: strike.delay, outages: Vec::new() }
    }

    fn scene<'a>(&'a self, job: &'a Job, stage: Stage, strike: &'a Strike) -> Scene<'a> {
        Scene {
            contract: &self.desk.contract,
            job,
            stage,
            base: self.base,
            files: &self.desk.files,
            eta: job.pace.seconds_left(job.age(self.now)),
            logs: self.request.query.iter().any(|(name, value)| name == "logs" && value == "1"),
            variants: &strike.variants,
        }
    }

    fn refusal(&self, refusal: &Refusal<'_>, strike: &Strike) -> Answer {
        self.desk.manners.refusal(
            refusal,
            &Errors { random: self.random, request: self.request.json.as_ref(), variants: &strike.variants },
        )
    }

    /// The vendor's error with this status, in the words for it if there are any.
    fn refusal_with(&self, status: u16, strike: &Strike) -> Answer {
        let code = spoil::status_of(status);
        let refusal = match status {
            401 => Refusal::WrongKey,
            402 => Refusal::NoBalance,
            404 => Refusal::UnknownJob,
            413 => Refusal::TooLarge,
            429 => Refusal::RateLimited,
            _ => Refusal::Fault(code),
        };
        let mut answer = self.refusal(&refusal, strike);
        if !strike.variants.contains(&Variant::ErrorsUnder200) {
            answer.status = code;
        }
        answer
    }
}
