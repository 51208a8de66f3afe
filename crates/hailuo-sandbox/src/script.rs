//! Which fault strikes a request: the list of scripted faults and what is left of each. What a strike does is in
//! [`crate::spoil`].

use std::time::Duration;

use crate::fault::{Fault, Kind, Phase, Times, Variant};

/// The faults scripted for one vendor, in order.
#[derive(Debug, Default)]
pub(crate) struct Script {
    faults: Vec<Fault>,
}

/// A time in which connections are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outage {
    /// How long; until it is ended, if nothing is said.
    pub(crate) span: Option<Duration>,
}

/// What strikes one request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Strike {
    /// The fault that has its turn.
    pub(crate) fault: Option<Fault>,
    /// How much later the answer comes.
    pub(crate) delay: Duration,
    /// Forms of the vendor's answer that were asked for.
    pub(crate) variants: Vec<Variant>,
    /// All that struck, as text.
    pub(crate) told: Option<Box<str>>,
}

impl Strike {
    pub(crate) fn kind(&self) -> Option<&Kind> {
        self.fault.as_ref().map(Fault::kind)
    }

    fn tell(&mut self, fault: &Fault) {
        let text = match &self.told {
            Some(told) => format!("{told} {fault}"),
            None => fault.to_string(),
        };
        self.told = Some(text.into());
    }
}

impl Script {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.faults.clear();
    }

    /// The faults that can still strike, each with the strikes it has left.
    pub(crate) fn pending(&self) -> Vec<Fault> {
        self.faults.iter().filter(|fault| fault.times != Times::Count(0)).cloned().collect()
    }

    /// Uses up what strikes a request of these phases for this job.
    pub(crate) fn strike(&mut self, phases: &[Phase], job: Option<u32>) -> Strike {
        let mut strike = Strike::default();
        for fault in &mut self.faults {
            if !phases.contains(&fault.phase) || matches!(fault.kind, Kind::Refuse(_)) || !fits(fault, job) {
                continue;
            }
            if fault.skip > 0 {
                fault.skip -= 1;
                continue;
            }
            let on_top = matches!(fault.kind, Kind::Delay(_) | Kind::Variant(_));
            if strike.fault.is_some() && !on_top {
                continue;
            }
            // As it stood before this strike.
            let whole = fault.clone();
            if !use_up(fault) {
                continue;
            }
            strike.tell(&whole);
            match whole.kind {
                Kind::Delay(span) => strike.delay += span,
                Kind::Variant(variant) => strike.variants.push(variant),
                _ => strike.fault = Some(whole),
            }
        }
        strike
    }

    /// Uses up the outage that begins with this phase of this job.
    pub(crate) fn outage(&mut self, phase: Phase, job: Option<u32>) -> Option<Outage> {
        self.faults.iter_mut().find_map(|fault| {
            let Kind::Refuse(span) = fault.kind else {
                return None;
            };
            (fault.phase == phase && fits(fault, job) && use_up(fault)).then_some(Outage { span })
        })
    }
}

fn fits(fault: &Fault, job: Option<u32>) -> bool {
    fault.job.is_none() || fault.job == job
}

fn use_up(fault: &mut Fault) -> bool {
    match &mut fault.times {
        Times::Always => true,
        Times::Count(0) => false,
        Times::Count(left) => {
            *left -= 1;
            true
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::{Outage, Script};
    use crate::fault::{Fault, Phase};
    use std::time::Duration;

    fn script(faults: &[&str]) -> Script {
        let mut script = Script::default();
        for fault in faults {
            script.add(fault.parse::<Fault>().unwrap());
        }
        script
    }

    fn polls(script: &mut Script, job: u32, count: usize) -> Vec<String> {
        (0..count)
            .map(|_| {
                let strike = script.strike(&[Phase::Poll], Some(job));
                strike.kind().map_or_else(String::new, |kind| format!("{kind:?}"))
            })
            .collect()
    }

    #[test]
    fn faults_take_turns_in_the_order_they_were_scripted() {
        let mut script = script(&["poll:stall*2", "poll:hang", "submit:empty"]);
        assert_eq!(polls(&mut script, 1, 5), ["Stall", "Stall", "Hang", "", ""]);
        assert_eq!(script.pending().len(), 1);
    }

    #[test]
    fn a_skip_counts_requests_and_a_job_is_one_job() {
        let mut script = script(&["poll:stall@2+1*always"]);
        assert_eq!(polls(&mut script, 1, 2), ["", ""]);
        assert_eq!(polls(&mut script, 2, 3), ["", "Stall", "Stall"]);
    }

    #[test]
    fn delays_and_variants_come_on_top() {
        let mut script = script(&["poll:delay=1s*2", "poll:delay=2s", "poll:hang", "poll:variant=older*always"]);
        let strike = script.strike(&[Phase::Poll, Phase::Result], Some(1));
        assert_eq!(strike.delay, Duration::from_secs(3));
        assert!(strike.fault.is_some());
        assert_eq!(strike.variants.len(), 1);
        let told = "poll:delay=1s*2 poll:delay=2s poll:hang poll:variant=older*always";
        assert_eq!(strike.told.as_deref(), Some(told));
        assert_eq!(script.strike(&[Phase::Poll], Some(1)).delay, Duration::from_secs(1));
    }

    #[test]
    fn an_outage_is_not_a_strike() {
        let mut script = script(&["poll:refuse=2s"]);
        assert_eq!(polls(&mut script, 1, 1), [""]);
        assert_eq!(script.outage(Phase::Poll, Some(1)), Some(Outage { span: Some(Duration::from_secs(2)) }));
        assert_eq!(script.outage(Phase::Poll, Some(1)), None);
    }
}
