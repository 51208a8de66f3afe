//! How a job moves: a bar on a terminal, lines in a pipe, objects for programs.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use hailuo::{Error, Event, Vendor};
use indicatif::{ProgressBar, ProgressStyle};

use super::{Ui, record::Record};

/// One job on the screen.
pub(crate) struct Track {
    ui: Arc<Ui>,
    bar: Option<ProgressBar>,
    is_silent: bool,
    told: Mutex<Told>,
}

/// What was said last.
#[derive(Default)]
struct Told {
    vendor: Option<Vendor>,
    job: String,
    line: String,
    percent: u8,
}

impl Track {
    /// A track for a vendor, or for whichever takes the request.
    pub(crate) fn new(ui: &Arc<Ui>, vendor: Option<Vendor>) -> Self {
        let bar = ui.bars().map(|bars| {
            let bar = bars.add(ProgressBar::new(100).with_style(style(false)));
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        let track = Self { ui: Arc::clone(ui), bar, is_silent: false, told: Mutex::default() };
        track.name(vendor, "");
        track
    }

    /// One of so many that none is shown.
    pub(crate) fn silent(ui: &Arc<Ui>) -> Self {
        Self { ui: Arc::clone(ui), bar: None, is_silent: true, told: Mutex::default() }
    }

    /// The vendor that has the job.
    pub(crate) fn name(&self, vendor: Option<Vendor>, job: &str) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bar) = &self.bar {
            bar.set_prefix(vendor.map_or("hailuo", Vendor::name));
        }
        told.vendor = vendor;
        job.clone_into(&mut told.job);
    }

    /// Says that a vendor has refused, before the next that was asked has the job.
    pub(crate) fn refused(&self, error: &Error) {
        if self.is_silent {
            return;
        }
        let message = crate::problem::message(error);
        self.ui.record(&Record::Refused {
            vendor: error.vendor().map(Vendor::slug),
            kind: error.kind().as_str(),
            status: error.status(),
            message: &message,
        });
        self.ui.tell(format!("{}: {message}", self.ui.style_err().yellow("refused")));
    }

    /// Says what the program does.
    pub(crate) fn step(&self, text: &str) {
        self.say(text, None);
    }

    /// Says what the job does.
    pub(crate) fn event(&self, event: &Event) {
        match event {
            Event::Queued { position } => {
                self.record("queued", *position, None);
                // Vendors that do not know it say 0.
                match position.filter(|position| *position > 0) {
                    Some(position) => self.say(&format!("queued, position {position}"), None),
                    None => self.say("queued", None),
                }
            }
            Event::Running { percent, .. } => {
                let percent = percent.map(whole);
                self.record("running", None, percent);
                self.say("running", percent);
            }
            Event::Unrecognized { word } => {
                self.record("unrecognized", None, None);
                self.say(&format!("in a state this hailuo does not know: {}", super::text::tame(word, 40)), None);
            }
            Event::Retrying { kind, wait, .. } => {
                self.say(&format!("no answer ({kind}), asking again in {} s", wait.as_secs_f64().ceil()), None);
            }
            _ => {}
        }
    }

    /// Leaves a last word, and the time it took, on the screen. The bar itself goes: what is printed later would stand
    /// above those that are still there, in the midst of those that are over.
    pub(crate) fn end(&self, text: &str) {
        match &self.bar {
            Some(bar) => {
                let seconds = bar.elapsed().as_secs();
                bar.finish_and_clear();
                let vendor = self.told.lock().unwrap_or_else(PoisonError::into_inner).vendor;
                self.ui.tell(format!("{:<10} {text} after {seconds} s", vendor.map_or("hailuo", Vendor::name)));
            }
            None => self.say(text, None),
        }
    }

    fn record(&self, state: &str, position: Option<u64>, percent: Option<u8>) {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(vendor) = told.vendor.filter(|_| !self.is_silent) {
            self.ui.record(&Record::Progress { vendor: vendor.slug(), job: &told.job, state, position, percent });
        }
    }

    fn say(&self, text: &str, percent: Option<u8>) {
        if self.is_silent {
            return;
        }
        if let Some(bar) = &self.bar {
            bar.set_style(style(percent.is_some()));
            bar.set_position(percent.unwrap_or_default().into());
            bar.set_message(text.to_owned());
            return;
        }
        let line = {
            let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
            let has_moved = percent.is_some_and(|percent| percent >= told.percent.saturating_add(25));
            if told.line == text && !has_moved {
                return;
            }
            text.clone_into(&mut told.line);
            told.percent = percent.unwrap_or_default();
            let who = told.vendor.map_or("hailuo", Vendor::name);
            match percent {
                Some(percent) => format!("{who}: {text}, {percent} %"),
                None => format!("{who}: {text}"),
            }
        };
        self.ui.note(line);
    }
}

/// A percentage without its fraction; anything that is none counts as one of its ends.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100")]
pub(crate) fn whole(percent: f64) -> u8 {
    percent.clamp(0.0, 100.0) as u8
}

/// Vendor, state, percent and time; what does not fit in the terminal's width is cut by the library.
const WITH_PERCENT: &str = "{prefix:<10} {bar:10} {percent:>3}% {wide_msg} {elapsed:>4}";
const WITHOUT_PERCENT: &str = "{prefix:<10} {spinner} {wide_msg} {elapsed:>4}";

/// One of the styles above; if it could not be read it would be the library's own.
fn style(has_percent: bool) -> ProgressStyle {
    let template = if has_percent { WITH_PERCENT } else { WITHOUT_PERCENT };
    ProgressStyle::with_template(template)
        .map_or_else(|_| ProgressStyle::default_spinner(), |style| style.progress_chars("━╸ "))
}

#[cfg(test)]
mod tests {
    use super::{ProgressStyle, WITH_PERCENT, WITHOUT_PERCENT, whole};

    #[test]
    fn the_templates_can_be_read() {
        for template in [WITH_PERCENT, WITHOUT_PERCENT] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }

    #[test]
    fn a_percentage_stays_one() {
        for (percent, shown) in [(0.0, 0), (45.9, 45), (100.0, 100), (250.0, 100), (-3.0, 0), (f64::NAN, 0)] {
            assert_eq!(whole(percent), shown, "{percent}");
        }
    }
}
