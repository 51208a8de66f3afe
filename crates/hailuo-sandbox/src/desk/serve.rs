//! From a request to a plan: route, key and contract, and the journal. What an operation then does is in `visit`.

use std::{borrow::Cow, sync::Arc};

use http::{HeaderMap, header, request::Parts, uri::Authority};
use tokio::time::Instant;

use super::{
    Collected, Desk, Plan,
    inspect::{Inspected, Key},
    visit::Visit,
};
use crate::{
    contract::{Place, Problem, Role, RouteError, Routed},
    entry::Host,
    fault::Phase,
    journal::{Received, Record, violation},
    manners::{Errors, Refusal},
};

impl Desk {
    /// Decides about a request and writes it into the journal.
    pub(super) fn decide(&self, head: &Parts, body: &Collected, now: Instant) -> Plan {
        let (plan, entry) = self.settle(self.journal.number(), head, body, now);
        self.journal.enter(entry);
        plan
    }

    /// Decides about a request of this number in the journal; whether its record is entered is the caller's matter.
    pub(super) fn settle(&self, number: u64, head: &Parts, body: &Collected, now: Instant) -> (Plan, Record) {
        let request = self.inspect(head, body);
        let mut entry = Record::new(
            number,
            self.vendor,
            Host::Api,
            &Received {
                method: &head.method,
                uri: &head.uri,
                headers: &head.headers,
                body: request.bytes,
                survey: request.survey.as_ref(),
                key: request.key_sum,
                key_place: self.contract.auth.place,
                key_name: &self.contract.auth.name,
            },
        );
        let random = self.random.next_pair();
        let plan = self.check(&request, &mut entry, random).unwrap_or_else(|routed| {
            let operation = self.contract.operation(routed.index);
            let origin = self.origin_for(&head.headers);
            let base = format!("{origin}{}", self.contract.base_path);
            let visit =
                Visit { desk: self, head, request: &request, operation, origin: &origin, base: &base, random, now };
            visit.serve(routed, &mut entry)
        });
        entry.status = plan.status();
        (plan, entry)
    }

    /// Where the client found this API, so that the URLs it is given lead there again: `localhost`, or whatever a proxy in
    /// front of the sandbox is called.
    fn origin_for(&self, headers: &HeaderMap) -> Cow<'_, str> {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let host = text("x-forwarded-host").or_else(|| text("host")).unwrap_or_default();
        let scheme = text("x-forwarded-proto").filter(|scheme| *scheme == "https").unwrap_or("http");
        match host.parse::<Authority>() {
            Ok(_) if !host.contains('@') => format!("{scheme}://{host}").into(),
            _ => self.origin.as_str().into(),
        }
    }

    /// Route, key and contract; what passes comes back as the operation to serve.
    fn check<'r>(&self, request: &'r Inspected<'_>, entry: &mut Record, random: [u64; 2]) -> Result<Plan, &'r Routed> {
        let errors = Errors { random, request: request.json.as_ref(), variants: &[] };
        let refuse = |refusal: &Refusal<'_>| Plan::plain(self.manners.refusal(refusal, &errors));
        let routed = match &request.route {
            Ok(routed) => routed,
            Err(error) => {
                let (place, what, refusal) = match error {
                    RouteError::Path => (Place::Path, "the contract has no such path", Refusal::UnknownPath),
                    RouteError::Method { .. } => (Place::Method, "the path has no such method", Refusal::WrongMethod),
                };
                self.accuse(entry, &[Problem::new(place, "", "unknown", what)]);
                let mut plan = refuse(&refusal);
                if let RouteError::Method { allowed } = error {
                    plan.answer = plan.answer.with(header::ALLOW, allowed);
                }
                return Ok(plan);
            }
        };
        let operation = self.contract.operation(routed.index);
        entry.operation = Some(Arc::clone(&operation.name));
        entry.phase = Some(match operation.role {
            Role::Submit => Phase::Submit,
            Role::Poll => Phase::Poll,
            Role::Fetch => Phase::Result,
            Role::Cancel => Phase::Cancel,
        });
        if request.is_too_large {
            return Ok(refuse(&Refusal::TooLarge));
        }
        let problems = request.problems.as_slice();
        // A body that cannot be read may hold the key: it is the first thing to complain about.
        let unreadable = problems.iter().find_map(|problem| match problem.rule.as_str() {
            "mediaType" => Some(Refusal::WrongMediaType),
            "json" => Some(Refusal::NotJson),
            _ => None,
        });
        if let Some(refusal) = unreadable {
            self.accuse(entry, problems);
            return Ok(refuse(&refusal));
        }
        if let Some(problem) = self.key_problem(&request.key) {
            self.accuse(entry, &[problem]);
            return Ok(refuse(&Refusal::MissingKey));
        }
        if let Key::Given(key) = &request.key {
            let is_wrong = self.key.as_ref().is_some_and(|right| right != key)
                || request.key_sum.is_some_and(|sum| self.state().revoked.contains(&sum));
            if is_wrong {
                return Ok(refuse(&Refusal::WrongKey));
            }
        }
        if !problems.is_empty() {
            self.accuse(entry, problems);
            return Ok(refuse(&Refusal::Invalid(problems)));
        }
        Err(routed)
    }

    fn accuse(&self, entry: &Record, problems: &[Problem]) {
        let operation = entry.operation.as_deref();
        self.journal.accuse(problems.iter().map(|problem| violation(entry.number, self.vendor, operation, problem)));
    }
}
