//! What the user sees: text for people on a terminal or in a pipe, or one JSON object per line.
//!
//! Results go to stdout; progress, warnings and errors to stderr, so that a pipe gets results only. Under `--json`
//! everything is an object on stdout ([`record`]) and stderr stays empty. A reader that went away ends nothing: a
//! video that is paid for is fetched whether or not somebody listens. That a result could not be written for another
//! reason, such as a full disk, is told at the end.

pub(crate) mod excerpt;
pub(crate) mod progress;
pub(crate) mod record;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod violation;

use std::{
    fmt::Display,
    io::{self, IsTerminal, Write},
    sync::OnceLock,
};

use console::Style;
use indicatif::{MultiProgress, ProgressDrawTarget};
use record::Record;

/// The two streams, and how they want to be spoken to.
#[expect(clippy::struct_excessive_bools, reason = "each is looked at by itself")]
pub(crate) struct Ui {
    json: bool,
    columns_out: usize,
    columns_err: usize,
    color_out: bool,
    color_err: bool,
    /// Only on a terminal.
    bars: Option<MultiProgress>,
    quotes_vendors: bool,
    /// Why a result could not be written, the first time.
    lost: OnceLock<io::Error>,
}

impl Ui {
    /// Looks at the streams and the environment once.
    pub(crate) fn new(json: bool) -> Self {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let may_color = !is_set("NO_COLOR") && !is_dumb;
        let err = io::stderr().is_terminal() && !json;
        Self {
            json,
            columns_out: columns(&console::Term::stdout()),
            columns_err: columns(&console::Term::stderr()),
            color_out: may_color && io::stdout().is_terminal() && !json,
            color_err: may_color && err,
            bars: (err && !is_dumb).then(|| MultiProgress::with_draw_target(ProgressDrawTarget::stderr())),
            quotes_vendors: err || is_set("HAILUO_QUOTE_VENDOR"),
            lost: OnceLock::new(),
        }
    }

    /// Whether output is for programs.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Columns that a result may take.
    pub(crate) fn columns(&self) -> usize {
        self.columns_out
    }

    /// Columns that progress, a warning or an error may take.
    pub(crate) fn columns_err(&self) -> usize {
        self.columns_err
    }

    /// Whether a vendor's own words may be shown. They may quote the prompt, and what is no terminal may be a log.
    pub(crate) fn quotes_vendors(&self) -> bool {
        self.quotes_vendors
    }

    /// A result for people.
    pub(crate) fn line(&self, text: impl Display) {
        if !self.json {
            self.out(&text.to_string());
        }
    }

    /// A result as [`line`](Self::line), broken into lines where the screen is narrow.
    pub(crate) fn say(&self, sentence: &str) {
        self.line(text::wrap(sentence, self.columns_out, "  "));
    }

    /// Progress, a warning or an error for people.
    pub(crate) fn note(&self, text: impl Display) {
        if self.json {
            return;
        }
        let write = || {
            // Nothing can be done about a stream that is gone, and there is work to finish.
            let _ = writeln!(io::stderr().lock(), "{text}");
        };
        match &self.bars {
            Some(bars) => bars.suspend(write),
            None => write(),
        }
    }

    /// A sentence as [`note`](Self::note), broken into lines where the screen is narrow.
    pub(crate) fn tell(&self, sentence: impl Display) {
        self.note(text::wrap(&sentence.to_string(), self.columns_err, "  "));
    }

    /// More about what was told, and the command that it leads to, on a line that is never broken.
    pub(crate) fn more(&self, sentence: &str, command: Option<&str>) {
        let paint = self.style_err();
        self.note(text::wrap(&format!("  {} {sentence}", paint.dim("=")), self.columns_err, "    "));
        if let Some(command) = command {
            self.note(format!("    {}", paint.bold(command)));
        }
    }

    /// Says what is waited for, where a person has to type it.
    pub(crate) fn hint_at_stdin(&self, what: &str) {
        if io::stdin().is_terminal() {
            self.tell(format!("reading {what} from the terminal; end it with Ctrl-D"));
        }
    }

    /// Something that is wrong and stops nothing.
    pub(crate) fn warn(&self, message: &str) {
        self.record(&Record::Notice { message });
        self.tell(format!("{}: {message}", self.style_err().yellow("warning")));
    }

    /// Anything for programs.
    pub(crate) fn record(&self, record: &Record<'_>) {
        if !self.json {
            return;
        }
        // Records hold only strings, numbers, lists and maps with string keys.
        if let Ok(text) = serde_json::to_string(record) {
            self.out(&text);
        }
    }

    /// Text as it is, in both ways of speaking.
    pub(crate) fn raw(&self, text: &str) {
        self.out(text);
    }

    fn out(&self, text: &str) {
        let write = || {
            let mut out = io::stdout().lock();
            if let Err(error) = writeln!(out, "{text}").and_then(|()| out.flush()) {
                // There is work to finish, so it is told later.
                let _ = self.lost.set(error);
            }
        };
        match &self.bars {
            Some(bars) => bars.suspend(write),
            None => write(),
        }
    }

    /// Tells whether all results could be written, or nobody wanted to read them.
    pub(crate) fn has_told_all(&self) -> bool {
        match self.lost.get() {
            Some(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                // Under `--json` too: stdout is what cannot be written.
                let _ = writeln!(io::stderr().lock(), "error: the output cannot be written: {error}");
                false
            }
            _ => true,
        }
    }

    pub(crate) fn bars(&self) -> Option<&MultiProgress> {
        self.bars.as_ref()
    }

    /// A style of stdout.
    pub(crate) fn style(&self) -> Paint {
        Paint(self.color_out)
    }

    /// A style of stderr.
    pub(crate) fn style_err(&self) -> Paint {
        Paint(self.color_err)
    }
}

/// As wide as the terminal. A pipe has no width: who reads it looks for lines, and a sentence or a row is one.
fn columns(term: &console::Term) -> usize {
    term.size_checked().map_or(usize::MAX, |(_, columns)| usize::from(columns).max(20))
}

/// Colors, or none.
#[derive(Clone, Copy)]
pub(crate) struct Paint(bool);

impl Paint {
    /// No colors.
    #[cfg(test)]
    pub(crate) const PLAIN: Self = Self(false);

    fn with(self, style: Style, text: impl Display) -> String {
        style.force_styling(self.0).apply_to(text).to_string()
    }

    pub(crate) fn bold(self, text: impl Display) -> String {
        self.with(Style::new().bold(), text)
    }

    pub(crate) fn dim(self, text: impl Display) -> String {
        self.with(Style::new().dim(), text)
    }

    pub(crate) fn red(self, text: impl Display) -> String {
        self.with(Style::new().red().bold(), text)
    }

    pub(crate) fn yellow(self, text: impl Display) -> String {
        self.with(Style::new().yellow().bold(), text)
    }

    pub(crate) fn green(self, text: impl Display) -> String {
        self.with(Style::new().green(), text)
    }
}
