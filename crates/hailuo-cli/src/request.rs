//! From the command line to a request of the facade, with what is needed to mark its parts.

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::Context;
use hailuo::{
    Capabilities, Code, Field, Image, ImageToVideo, ImageToVideoBuilder, RuleMode, Vendor, Violations,
    rules::IMAGE_MAX_BYTES,
};

use crate::{
    args::RequestArgs,
    problem::Misuse,
    ui::{
        Ui,
        violation::{ImageFacts, Input},
    },
};

/// The picture of the sandbox, which needs none from outside.
const PICTURE: &[u8] = include_bytes!("../assets/picture.png");
/// The same for vendors that take URLs only. The sandbox fetches nothing.
const PICTURE_URL: &str = "https://example.com/picture.png";
const PROMPT: &str = "The sun sets behind the hills, and the stars come out. [推进]";

/// A prompt from stdin that is longer is no prompt.
const MAX_PROMPT_BYTES: u64 = 1 << 20;

/// A request before any rule was looked at.
pub(crate) struct Wanted {
    builder: ImageToVideoBuilder,
    rules: RuleMode,
    image: Option<Picture>,
    /// Built before: a file is read once.
    built: Option<ImageToVideo>,
    pub(crate) input: Input,
}

enum Picture {
    BuiltIn,
    Url,
    Path(PathBuf),
    /// From stdin or another pipe, which can be read only once.
    Piped(Vec<u8>),
}

impl Wanted {
    /// Reads the arguments; with built-in vendors, what is missing is built in too.
    pub(crate) fn new(ui: &Ui, args: &RequestArgs, is_sandbox: bool) -> anyhow::Result<Self> {
        if args.prompt.as_deref() == Some("-") && args.image.as_deref() == Some(Path::new("-")) {
            return Err(Misuse("picture and prompt cannot both come from stdin".to_owned()).into());
        }
        let prompt = match args.prompt.as_deref() {
            Some("-") => {
                ui.hint_at_stdin("the prompt");
                Some(read_prompt()?)
            }
            Some(prompt) => Some(prompt.to_owned()),
            None => is_sandbox.then(|| PROMPT.to_owned()),
        };
        let image = match &args.image {
            Some(path) if path.to_str().is_some_and(is_url) => Some(Picture::Url),
            Some(path) => Some(match read_pipe(path)? {
                Some(bytes) => Picture::Piped(bytes),
                None => Picture::Path(path.clone()),
            }),
            None => is_sandbox.then_some(Picture::BuiltIn),
        };
        let mut builder = ImageToVideo::builder().rules(args.rules);
        let mut options = Vec::new();
        macro_rules! set {
            ($($field:ident $kind:ident $option:literal;)+) => {$(
                if let Some(value) = args.$field {
                    builder = builder.$field(value);
                    options.push((Field::$kind, format!(concat!($option, " {}"), value)));
                }
            )+};
        }
        set! {
            duration Duration "--duration";
            resolution Resolution "--resolution";
            tier Tier "--tier";
        }
        let switches = args.switches;
        let mut switch = |is_set: bool, field, option: &str| {
            if is_set {
                options.push((field, option.to_owned()));
            }
            is_set
        };
        if switch(switches.no_prompt_optimizer, Field::PromptOptimizer, "--no-prompt-optimizer") {
            builder = builder.prompt_optimizer(false);
        }
        if switch(switches.fast_pretreatment, Field::FastPretreatment, "--fast-pretreatment") {
            builder = builder.fast_pretreatment(true);
        }
        if switch(switches.watermark, Field::Watermark, "--watermark") {
            builder = builder.watermark(true);
        }
        if let Some(prompt) = &prompt {
            builder = builder.prompt(prompt);
        }
        let shown = match args.image.as_ref().map(|path| path.to_string_lossy()) {
            Some(word) if word == "-" => "stdin".to_owned(),
            word => word.unwrap_or_default().into_owned(),
        };
        builder = match &image {
            Some(Picture::BuiltIn) => builder.image(PICTURE.to_vec()),
            Some(Picture::Url) => builder.image(shown.as_str()),
            Some(Picture::Path(path)) => builder.image(Image::path(path)),
            Some(Picture::Piped(bytes)) => builder.image(bytes.clone()),
            None => builder,
        };
        let input = Input { image: shown, prompt: prompt.unwrap_or_default(), options, ..Input::default() };
        Ok(Self { builder, rules: args.rules, image, built: None, input })
    }

    /// The picture's file.
    pub(crate) fn picture(&self) -> Option<&Path> {
        match &self.image {
            Some(Picture::Path(path)) => Some(path),
            _ => None,
        }
    }

    /// The request for these vendors. Where one of them takes URLs only, the built-in picture is a URL.
    pub(crate) fn build(&mut self, vendors: &[Vendor]) -> Result<ImageToVideo, Violations> {
        if let Some(request) = &self.built {
            return Ok(request.clone());
        }
        let is_url_needed = vendors.iter().any(|vendor| !Capabilities::of(*vendor).data_urls);
        let builder = self.builder.clone();
        let builder = match &self.image {
            Some(Picture::BuiltIn) if is_url_needed => builder.image(PICTURE_URL),
            _ => builder,
        };
        let built = builder.build();
        match &built {
            Ok(request) => {
                self.input.facts = ImageFacts::of(request.image());
                if !matches!(self.image, Some(Picture::BuiltIn)) {
                    self.built = Some(request.clone());
                }
            }
            Err(violations) => self.input.facts = self.facts(violations),
        }
        built
    }

    /// A request with the same values that breaks no shared rule, to ask what else a vendor could not express. None if
    /// there is no picture at all.
    pub(crate) fn lenient(&self) -> Option<ImageToVideo> {
        let mode = if self.rules == RuleMode::Off { RuleMode::Off } else { RuleMode::Warn };
        let builder = self.builder.clone().rules(mode);
        // A picture that breaks a rule is not read a second time: here only matters in which form it goes.
        let builder = match self.image {
            Some(Picture::Path(_) | Picture::Piped(_) | Picture::BuiltIn) => builder.image(PICTURE.to_vec()),
            Some(Picture::Url) => builder,
            None => builder.image(PICTURE_URL),
        };
        builder.build().ok()
    }

    /// Whether the request could be sent if no rule were asked: whether there is a picture that can be read.
    pub(crate) fn passes_without_rules(&self) -> bool {
        self.builder.clone().rules(RuleMode::Off).build().is_ok()
    }

    /// What is known of a picture that broke a rule. One that cannot be read, or is too large to be, is not read again.
    fn facts(&self, violations: &Violations) -> Option<ImageFacts> {
        let Some(Picture::Path(path)) = &self.image else {
            return self.builder.clone().rules(RuleMode::Off).build().ok().and_then(|r| ImageFacts::of(r.image()));
        };
        if violations.has(Code::ImageTooLarge) {
            let bytes = std::fs::metadata(path).ok()?.len();
            return Some(ImageFacts { format: None, size: None, bytes });
        }
        let request = self.builder.clone().rules(RuleMode::Off).build().ok()?;
        ImageFacts::of(request.image())
    }
}

/// A text with a scheme is a URL, known or not; everything else is a file.
pub(crate) fn is_url(text: &str) -> bool {
    text.contains("://") || text.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// The bytes of a picture that is no file: of stdin, or of a pipe as shells make them. One byte more than is allowed is
/// enough to say that it is too large.
fn read_pipe(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let is_stdin = path.as_os_str() == "-";
    let kind = std::fs::metadata(path).map(|metadata| metadata.file_type());
    let read = if is_stdin {
        std::io::stdin().lock().take(IMAGE_MAX_BYTES + 1).read_to_end(&mut bytes)
    } else if kind.is_ok_and(|kind| !kind.is_file() && !kind.is_dir()) {
        File::open(path).and_then(|pipe| pipe.take(IMAGE_MAX_BYTES + 1).read_to_end(&mut bytes))
    } else {
        return Ok(None);
    };
    let what = if is_stdin { "stdin".to_owned() } else { path.display().to_string() };
    read.with_context(|| format!("the picture cannot be read from {what}"))?;
    Ok(Some(bytes))
}

fn read_prompt() -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    let mut stdin = std::io::stdin().lock().take(MAX_PROMPT_BYTES + 1);
    stdin.read_to_end(&mut bytes).context("the prompt cannot be read from stdin")?;
    if bytes.len() as u64 > MAX_PROMPT_BYTES {
        return Err(
            Misuse("the prompt on stdin is longer than 1 MB; a prompt has at most 2000 characters".to_owned()).into()
        );
    }
    let text = String::from_utf8(bytes).map_err(|_| Misuse("the prompt on stdin is not UTF-8 text".to_owned()))?;
    // Editors may put a mark before a text, and a line end after it.
    let mut prompt = text.trim_start_matches('\u{feff}').to_owned();
    let trimmed = prompt.trim_end_matches(['\n', '\r']).len();
    prompt.truncate(trimmed);
    Ok(prompt)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use clap::Parser;

    use super::*;
    use crate::args::{Cli, Command};

    fn wanted(words: &[&str], is_sandbox: bool) -> Wanted {
        let cli = Cli::try_parse_from(["hailuo", "validate"].iter().chain(words)).unwrap();
        let Command::Validate(args) = cli.command else { unreachable!("validate was asked for") };
        Wanted::new(&Ui::new(true), &args.request, is_sandbox).unwrap()
    }

    #[test]
    fn what_is_built_in_passes_the_rules_at_every_vendor() {
        for vendor in Vendor::ALL {
            let request = wanted(&[], true).build(&[vendor]).unwrap();
            assert_eq!(request.warnings(), []);
            hailuo::Fit::new(vendor, &request).unwrap();
        }
        assert!(wanted(&[], true).build(&Vendor::ALL).is_ok());
    }

    #[test]
    fn a_text_with_a_scheme_is_a_url_and_any_other_a_file() {
        for (text, is) in [
            ("https://example.com/a.png", true),
            ("ftp://example.com/a.png", true),
            ("DATA:image/png;base64,x", true),
            ("fox.png", false),
            ("./data/fox.png", false),
            ("C:\\fox.png", false),
        ] {
            assert_eq!(is_url(text), is, "{text}");
        }
    }

    #[test]
    fn a_request_that_breaks_a_rule_can_still_be_held_against_a_vendor() {
        let mut wanted = wanted(&["--image", "ftp://x/y", "--prompt", "", "--watermark"], false);
        assert!(wanted.build(&[]).is_err());
        let fit = hailuo::Fit::new(Vendor::Fal, &wanted.lenient().unwrap());
        assert!(fit.is_err_and(|violations| violations.has(Code::WatermarkUnsupported)));
    }
}
