//! Broken rules and warnings as a person wants them: what is wrong, the offending part marked in place, what is
//! allowed.
//!
//! What is marked is the user's own input, on the user's own terminal; objects for programs get places only.

use std::ops::Range;

use hailuo::{Code, Field, Picture, Vendor, Violation, Warning, WarningCode};

use super::{
    Paint, Ui,
    excerpt::Excerpt,
    record::{Broken, Doubt, Record},
    text,
};

/// The user's input, to mark parts of.
#[derive(Default)]
pub(crate) struct Input {
    /// The picture as it was given: a path or a URL.
    pub(crate) image: String,
    /// What is known of it.
    pub(crate) facts: Option<ImageFacts>,
    pub(crate) prompt: String,
    /// The other values, as options of a command line or as fields of a line.
    pub(crate) options: Vec<(Field, String)>,
    /// The line of a batch.
    pub(crate) line: Option<usize>,
}

/// What is known of a picture without decoding it.
pub(crate) struct ImageFacts {
    pub(crate) format: Option<&'static str>,
    pub(crate) size: Option<(u32, u32)>,
    pub(crate) bytes: u64,
}

impl ImageFacts {
    pub(crate) fn of(picture: &Picture) -> Option<Self> {
        let bytes = picture.bytes()?.len() as u64;
        let format = picture.format().map(|format| format.media_type().trim_start_matches("image/"));
        Some(Self { format, size: picture.dimensions(), bytes })
    }
}

/// Shows broken rules; `vendor` is the one that cannot express the request, or none if a shared rule is broken.
pub(crate) fn violations<'a>(
    ui: &Ui,
    vendor: Option<Vendor>,
    violations: impl IntoIterator<Item = &'a Violation>,
    input: &Input,
) {
    for violation in violations {
        ui.record(&Record::Violation(Broken::new(vendor, input.line, violation)));
        ui.note(input.violation(vendor, violation, ui.columns_err(), ui.style_err()));
    }
}

/// Shows warnings.
pub(crate) fn warnings<'a>(
    ui: &Ui,
    vendor: Option<Vendor>,
    warnings: impl IntoIterator<Item = &'a Warning>,
    input: &Input,
) {
    for warning in warnings {
        ui.record(&Record::Warning(Doubt { vendor, line: input.line, warning }));
        ui.note(input.warning(vendor, warning, ui.columns_err(), ui.style_err()));
    }
}

impl Input {
    fn violation(&self, vendor: Option<Vendor>, violation: &Violation, columns: usize, paint: Paint) -> String {
        let code = violation.code();
        let level = format!("error[{code}]");
        let words = format!("{} {}", violation.field(), violation.problem());
        let mut text = self.head(&level, &paint.red(&level), vendor, &words, columns);
        let marked = match violation.field() {
            Field::Prompt => violation.span().map(|span| self.in_prompt(span, columns, paint)),
            Field::Image => self.in_image(code, columns, paint),
            field => self.in_options(field, code, columns, paint),
        };
        text.extend(marked.map(|marked| format!("\n{marked}")));
        let allowed = allowed(violation, self.line);
        let allowed = text::wrap(&format!("allowed: {allowed}"), columns.saturating_sub(4), "    ");
        text.extend(["\n  ", &paint.dim("="), " ", &allowed]);
        text
    }

    fn warning(&self, vendor: Option<Vendor>, warning: &Warning, columns: usize, paint: Paint) -> String {
        let broken = warning.broken();
        let code = broken.map_or(warning.code().as_str(), Code::as_str);
        let level = format!("warning[{code}]");
        let words = format!("{} {}", warning.field(), warning.problem());
        let mut text = self.head(&level, &paint.yellow(&level), vendor, &words, columns);
        let marked = match warning.field() {
            Field::Prompt => warning.span().map(|span| self.in_prompt(span, columns, paint)),
            Field::Image if warning.code() == WarningCode::ImageNearLimit => {
                self.in_image(Code::ImageTooLarge, columns, paint)
            }
            Field::Image => broken.and_then(|code| self.in_image(code, columns, paint)),
            field => broken.and_then(|code| self.in_options(field, code, columns, paint)),
        };
        text.extend(marked.map(|marked| format!("\n{marked}")));
        text
    }

    /// `error[prompt_empty]: line 3, fal: prompt is empty`.
    fn head(&self, level: &str, painted: &str, vendor: Option<Vendor>, words: &str, columns: usize) -> String {
        let line = self.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        let vendor = vendor.map(|vendor| format!("{vendor}: ")).unwrap_or_default();
        text::wrap(&format!("{level}: {line}{vendor}{words}"), columns, "  ").replacen(level, painted, 1)
    }

    fn in_prompt(&self, span: Range<usize>, columns: usize, paint: Paint) -> String {
        let excerpt = Excerpt::new(&self.prompt, span);
        let (line, column, character) = excerpt.place();
        let place = if line == 1 {
            format!("prompt, character {character}")
        } else {
            format!("prompt, character {character} (line {line}, column {column})")
        };
        format!("  {} {place}\n{}", paint.dim("-->"), excerpt.render(columns, paint))
    }

    /// The picture's name and what is known of it, with the part marked that the rule is about.
    fn in_image(&self, code: Code, columns: usize, paint: Paint) -> Option<String> {
        if self.image.is_empty() || code == Code::ImageRequired {
            return None;
        }
        let name = name_of(&self.image);
        let mut shown = name.clone();
        let mut part = 0..name.len();
        if let Some(facts) = &self.facts {
            let mut add = |what: String| {
                shown.push_str("  ");
                let start = shown.len();
                shown.push_str(&what);
                start..shown.len()
            };
            let format = add(facts.format.unwrap_or("no known format").to_owned());
            let size = facts.size.map(|(width, height)| add(format!("{width} × {height} px")));
            let bytes = add(text::bytes(facts.bytes));
            part = match code {
                Code::ImageFormat => format,
                Code::ImageTooSmall | Code::ImageRatio => size.unwrap_or(format),
                Code::ImageTooLarge | Code::ImageEmpty => bytes,
                _ => part,
            };
        }
        if code == Code::ImageUrlScheme {
            part = 0..name.find(':').unwrap_or(name.len());
        }
        Some(Excerpt::new(&shown, part).render(columns, paint))
    }

    /// The options that were set, with those marked that the rule is about.
    fn in_options(&self, field: Field, code: Code, columns: usize, paint: Paint) -> Option<String> {
        let is_meant = |of: Field| {
            of == field
                || match code {
                    Code::DurationNotAtResolution => matches!(of, Field::Resolution | Field::Tier),
                    Code::TierContradictsResolution => of == Field::Resolution,
                    _ => false,
                }
        };
        let meant: Vec<_> =
            self.options.iter().filter(|(of, _)| is_meant(*of)).map(|(_, shown)| shown.as_str()).collect();
        let shown = meant.join(if self.line.is_some() { ", " } else { " " });
        (!shown.is_empty()).then(|| Excerpt::new(&shown, 0..shown.len()).render(columns, paint))
    }
}

/// What would be allowed. How a picture is given depends on where the request stands.
pub(crate) fn allowed(violation: &Violation, line: Option<usize>) -> &str {
    match (violation.code(), line) {
        (Code::ImageRequired, None) => "--image with a file or a URL",
        (Code::ImageRequired, Some(_)) => "`image` with a URL, or `image_file` with a file",
        (Code::ImageUrlInvalid | Code::ImageUrlScheme, None) => "an http or https URL, a data URL, or a file's path",
        (Code::ImageUrlInvalid | Code::ImageUrlScheme, Some(_)) => {
            "an http or https URL, or a data URL; a file is `image_file`"
        }
        _ => violation.allowed(),
    }
}

/// A path as it is; a URL without its query, which may be a signature, and without a user and a password; of a data URL
/// only what it says it is.
fn name_of(image: &str) -> String {
    let is_data = image.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
    if is_data {
        let head: String = image.chars().take_while(|c| !matches!(c, ',' | ';')).take(40).collect();
        return format!("{head}…");
    }
    let Some((scheme, rest)) = image.split_once("://") else {
        return image.to_owned();
    };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let host = rest.split('/').next().unwrap_or_default();
    format!("{scheme}://{}", &rest[host.rfind('@').map_or(0, |at| at + 1)..])
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use hailuo::{Duration, ImageToVideo, Resolution};

    use super::*;

    fn shown(
        prompt: &str,
        input: &Input,
        build: impl FnOnce(hailuo::ImageToVideoBuilder) -> hailuo::ImageToVideoBuilder,
    ) -> String {
        let builder = ImageToVideo::builder().image("https://example.com/fox.jpg").prompt(prompt);
        let texts: Vec<_> = match build(builder).build() {
            Ok(request) => request.warnings().iter().map(|w| input.warning(None, w, 60, Paint::PLAIN)).collect(),
            Err(violations) => violations.iter().map(|v| input.violation(None, v, 60, Paint::PLAIN)).collect(),
        };
        texts.join("\n")
    }

    #[test]
    fn the_2001st_character_is_marked() {
        let prompt = format!("{} end of the story", "狐狸".repeat(995));
        let input = Input { prompt: prompt.clone(), ..Input::default() };
        insta::assert_snapshot!(shown(&prompt, &input, |builder| builder), @r#"
            error[prompt_too_long]: prompt has 2007 characters, 7 too
              many; character 2001 begins at byte 5980
              --> prompt, character 2001
              | …狐狸狐狸狐狸狐狸狐狸 end of the story
              |                                ^^^^^^^
              = allowed: 1 to 2000 characters
            "#);
    }

    #[test]
    fn a_bracket_is_marked_where_it_stands() {
        let prompt = "The fox turns.\nThen [Pan left] and [左摇，上升].";
        let input = Input { prompt: prompt.to_owned(), ..Input::default() };
        insta::assert_snapshot!(shown(prompt, &input, |builder| builder), @r#"
            warning[camera_english]: prompt has the camera command "pan
              left" in English; the vendors document 左摇
              --> prompt, character 22 (line 2, column 7)
              | Then [Pan left] and [左摇，上升].
              |       ^^^^^^^^
            warning[camera_comma]: prompt has a full-width comma in a
              bracket; the vendors document the plain one
              --> prompt, character 39 (line 2, column 24)
              | Then [Pan left] and [左摇，上升].
              |                          ^^
            "#);
    }

    #[test]
    fn the_part_of_a_picture_is_marked_that_a_rule_is_about() {
        let mut picture = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x04\0\0\0\0\x60\x08\x02\0\0\0".to_vec();
        picture.extend([0; 200]);
        let facts = ImageFacts { format: Some("png"), size: Some((1024, 96)), bytes: picture.len() as u64 };
        let input = Input { image: "fox.png".to_owned(), facts: Some(facts), ..Input::default() };
        insta::assert_snapshot!(shown("x", &input, |builder| builder.image(picture)), @r#"
            error[image_too_small]: image is 1024 × 96 pixels, its short
              side too short
              | fox.png  png  1024 × 96 px  229 B
              |               ^^^^^^^^^^^^
              = allowed: a short side over 300 pixels
            error[image_ratio]: image is 1024 × 96 pixels, too narrow or
              too wide
              | fox.png  png  1024 × 96 px  229 B
              |               ^^^^^^^^^^^^
              = allowed: an aspect ratio from 2:5 to 5:2
            "#);
        let input = Input { image: "ftp://example.com/fox.jpg?signature=s3cret".to_owned(), ..Input::default() };
        insta::assert_snapshot!(shown("x", &input, |builder| builder.image("ftp://example.com/fox.jpg")), @r#"
            error[image_url_scheme]: image has a URL that is neither
              http nor https
              | ftp://example.com/fox.jpg
              | ^^^
              = allowed: an http or https URL, a data URL, or a file's
                path
            "#);
    }

    #[test]
    fn both_options_of_a_forbidden_pair_are_marked() {
        let pair = |options: [&str; 2], line| {
            let options = [Field::Duration, Field::Resolution].into_iter().zip(options.map(str::to_owned)).collect();
            let input = Input { options, line, ..Input::default() };
            shown("x", &input, |builder| builder.duration(Duration::Ten).resolution(Resolution::P1080))
        };
        insta::assert_snapshot!(pair(["--duration 10", "--resolution 1080P"], None), @r"
        error[duration_not_at_resolution]: duration cannot be 10 s
          at 1080P
          | --duration 10 --resolution 1080P
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = allowed: 6 or 10 s at 768P, 6 s at 1080P
        ");
        insta::assert_snapshot!(pair([r#""duration": 10"#, r#""resolution": "1080P""#], Some(17)), @r#"
        error[duration_not_at_resolution]: line 17: duration cannot
          be 10 s at 1080P
          | "duration": 10, "resolution": "1080P"
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = allowed: 6 or 10 s at 768P, 6 s at 1080P
        "#);
    }

    #[test]
    fn a_file_is_said_as_the_place_of_the_request_says_it() {
        for (line, file) in [(None, "or a file's"), (Some(4), "`image_file`")] {
            for image in ["fox.jpg", "file:///fox.jpg"] {
                let input = Input { image: image.to_owned(), line, ..Input::default() };
                let text = shown("x", &input, |builder| builder.image(image));
                assert!(text.contains(file), "{text}");
            }
        }
    }

    #[test]
    fn a_picture_is_named_without_its_data_and_without_secrets() {
        assert_eq!(name_of("data:image/png;base64,c2VjcmV0"), "data:image/png…");
        assert_eq!(name_of("https://example.com/a?token=1#x"), "https://example.com/a");
        assert_eq!(name_of("ftp://me:p@ss@example.com/a@b"), "ftp://example.com/a@b");
        assert_eq!(
            ImageFacts::of(
                ImageToVideo::builder().image(vec![0u8; 3]).rules(hailuo::RuleMode::Off).build().unwrap().image()
            )
            .unwrap()
            .bytes,
            3
        );
    }
}
