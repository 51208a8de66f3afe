//! The lines of a batch: where each is in the file, what it is known by, and the request it makes.
//!
//! A file may be large and its lines may hold pictures, so lines are found first and read again one by one.

use std::{
    collections::HashMap,
    io::{self, BufRead, Read},
    path::{Path, PathBuf},
};

use hailuo::{Field, Image, ImageToVideo, ImageToVideoBuilder, RuleMode, Vendor, Violations};
use serde_json::{Map, Value};

use super::{
    identity,
    object::{is_name, parse},
    source::Source,
};
use crate::{args::VendorChoice, ui::violation::Input};

/// The longest line that is read: a picture of 20 MB as a data URL, and room to spare.
const MAX_LINE: u64 = 64 << 20;

/// A line before it is read again.
#[derive(Debug)]
pub(super) struct Place {
    /// From 1, blank lines included, as an editor counts.
    pub(super) number: usize,
    /// What it is known by in all runs; none if it is no request at all.
    pub(super) key: Result<String, Unreadable>,
    start: u64,
    length: u64,
}

impl Place {
    /// Whether a line before it is equal.
    pub(super) fn is_again(&self) -> bool {
        self.key.as_ref().is_ok_and(|key| !key.ends_with("-1"))
    }
}

/// Why a line is no request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unreadable {
    #[error("is longer than 64 MB")]
    TooLong,
    #[error("is not valid UTF-8")]
    NotText,
    #[error("is not JSON: column {0} is wrong")]
    NotJson(usize),
    #[error("is not JSON: it ends too early; a request stands on one line")]
    CutShort,
    #[error("is not a JSON object")]
    NotAnObject,
    #[error("has a field that is not in the schema{}; see: hailuo schema", .0.as_ref().map(|name| format!(": {name}")).unwrap_or_default())]
    UnknownField(Option<String>),
    #[error("has a value of the wrong type{}; see: hailuo schema", .0.as_ref().map(|name| format!(" in {name}")).unwrap_or_default())]
    WrongType(Option<String>),
    #[error("has a field twice{}", .0.as_ref().map(|name| format!(": {name}")).unwrap_or_default())]
    Twice(Option<String>),
    #[error("has {0}")]
    Field(String),
    #[error("has `image` and `image_file`; one of them is the picture")]
    TwoPictures,
    #[error("is not what it was when this run began; run it again")]
    Changed,
}

/// Why a line cannot be submitted.
#[derive(Debug)]
pub(super) enum Invalid {
    Line(Unreadable),
    Rules(Violations),
    /// What was read when the run began cannot be read any more.
    File(String),
}

/// A line, ready to be submitted.
pub(super) struct Ready {
    pub(super) request: ImageToVideo,
    pub(super) vendors: Option<Vec<Vendor>>,
    pub(super) input: Input,
}

/// A batch file.
pub(super) struct Lines {
    source: Source,
    /// What the paths in it start from.
    folder: PathBuf,
    /// Told apart by it: lines of the sandbox and of the vendors, and series.
    salt: String,
    rules: RuleMode,
}

impl Lines {
    pub(super) fn new(source: Source, path: &Path, is_sandbox: bool, series: &str, rules: RuleMode) -> Self {
        let world = if is_sandbox { "sandbox" } else { "" };
        // A pipe has no folder of its own.
        let folder = match &source {
            Source::File(_) => path.parent().unwrap_or(Path::new("")).to_owned(),
            Source::Kept(_) => PathBuf::new(),
        };
        Self { source, folder, salt: format!("{world}\0{series}\0"), rules }
    }

    /// Finds the lines and what each is known by.
    pub(super) fn find(&self) -> io::Result<Vec<Place>> {
        let mut reader = self.source.reader()?;
        let mut places = Vec::new();
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut start = 0;
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            let read = reader.by_ref().take(MAX_LINE + 1).read_until(b'\n', &mut line)? as u64;
            if read == 0 {
                break;
            }
            let mut length = read;
            let is_too_long = read > MAX_LINE && !line.ends_with(b"\n");
            if is_too_long {
                length += reader.skip_until(b'\n')? as u64;
            }
            let is_blank = line.iter().all(u8::is_ascii_whitespace);
            if !is_blank {
                let hash =
                    if is_too_long { Err(Unreadable::TooLong) } else { parse(&line).map(|line| self.hash(&line)) };
                let key = hash.map(|hash| {
                    // Lines that are equal are as many requests.
                    let count = seen.entry(hash.clone()).or_default();
                    *count += 1;
                    format!("{hash}-{count}")
                });
                places.push(Place { number, key, start, length });
            }
            start += length;
        }
        Ok(places)
    }

    /// Reads a line again and makes its request.
    pub(super) fn request(&self, place: &Place) -> Result<Ready, Invalid> {
        let key = place.key.as_ref().map_err(|error| Invalid::Line(error.clone()))?;
        let line = self.read(place).map_err(|error| Invalid::File(format!("its file cannot be read: {error}")))?;
        let mut object = parse(&line).map_err(|_| Invalid::Line(Unreadable::Changed))?;
        if key.rsplit_once('-').is_none_or(|(hash, _)| hash != self.hash(&object)) {
            return Err(self.changed(&object));
        }
        let vendors = vendors(object.remove("vendor")).map_err(Invalid::Line)?;
        let picture = self.picture(&mut object).map_err(Invalid::Line)?;
        let mut input = input(&object, place.number);
        let mut builder: ImageToVideoBuilder =
            serde_json::from_value(Value::Object(object.clone())).map_err(|_| Invalid::Line(not_in_schema(&object)))?;
        if let Some(path) = picture {
            input.image = path.display().to_string();
            builder = builder.image(Image::path(path));
        }
        let request = builder.rules(self.rules).build().map_err(Invalid::Rules)?;
        Ok(Ready { request, vendors, input })
    }

    /// Why a line that is JSON is not what it was: its picture is part of it.
    fn changed(&self, object: &Map<String, Value>) -> Invalid {
        let picture = object.get("image_file").and_then(Value::as_str).map(|path| self.resolve(path));
        match picture.and_then(|path| identity::digest(&path).err().map(|error| (path, error))) {
            Some((path, error)) => Invalid::File(format!("its picture {} cannot be read: {error}", path.display())),
            None => Invalid::Line(Unreadable::Changed),
        }
    }

    /// What a line says, as far as it can be read, to mark parts of it.
    pub(super) fn input(&self, place: &Place) -> Input {
        let object = self.read(place).ok().and_then(|line| parse(&line).ok());
        object.map_or_else(Input::default, |object| {
            let mut input = input(&object, place.number);
            if let Some(path) = object.get("image_file").and_then(Value::as_str) {
                input.image = self.resolve(path).display().to_string();
            }
            input
        })
    }

    fn read(&self, place: &Place) -> io::Result<Vec<u8>> {
        self.source.part(place.start, place.length)
    }

    /// What a line says, without regard to order and spaces, and with the bytes of a picture instead of its path.
    fn hash(&self, object: &Map<String, Value>) -> String {
        let mut object = object.clone();
        let picture = object.get("image_file").and_then(Value::as_str).map(|path| self.resolve(path));
        if let Some(digest) = picture.and_then(|path| identity::digest(&path).ok()) {
            object.insert("image_file".to_owned(), digest.into());
        }
        identity::hash(&self.salt, &Value::Object(object))
    }

    fn picture(&self, object: &mut Map<String, Value>) -> Result<Option<PathBuf>, Unreadable> {
        match object.remove("image_file") {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(_)) if object.get("image").is_some_and(|image| !image.is_null()) => {
                Err(Unreadable::TwoPictures)
            }
            Some(Value::String(path)) => Ok(Some(self.resolve(&path))),
            Some(_) => Err(Unreadable::Field("an `image_file` that is no text".to_owned())),
        }
    }

    /// A path stands beside the file that names it.
    fn resolve(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }
}

/// What is wrong with an object that is no request. The reader's own error may quote a value, which may be a prompt or a
/// picture; and what stands where a name should may be one as well, unless it looks like a name.
fn not_in_schema(object: &Map<String, Value>) -> Unreadable {
    let schema = ImageToVideo::schema();
    if let Some(name) = object.keys().find(|name| schema["properties"].get(name.as_str()).is_none()) {
        return Unreadable::UnknownField(is_name(name).then(|| name.clone()));
    }
    let is_wrong = |name: &str, value: &Value| {
        let alone = Map::from_iter([(name.to_owned(), value.clone())]);
        serde_json::from_value::<ImageToVideoBuilder>(Value::Object(alone)).is_err()
    };
    Unreadable::WrongType(object.iter().find(|(name, value)| is_wrong(name, value)).map(|(name, _)| name.clone()))
}

fn vendors(value: Option<Value>) -> Result<Option<Vec<Vendor>>, Unreadable> {
    let wrong = || Unreadable::Field("a `vendor` that is neither a name nor a list of names".to_owned());
    let text = match value {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text,
        Some(Value::Array(names)) => {
            names.iter().map(|name| name.as_str().ok_or_else(wrong)).collect::<Result<Vec<_>, _>>()?.join(",")
        }
        Some(_) => return Err(wrong()),
    };
    match crate::args::vendor_choice(&text) {
        Ok(VendorChoice::Order(order)) => Ok(Some(order)),
        Ok(VendorChoice::All) => Err(Unreadable::Field("`vendor` all; a line makes one video".to_owned())),
        Err(_) if text.split(',').all(|name| name.parse::<Vendor>().is_ok()) => {
            Err(Unreadable::Field("a `vendor` twice".to_owned()))
        }
        Err(_) => {
            let slugs = Vendor::ALL.map(Vendor::slug).join(", ");
            Err(Unreadable::Field(format!("a `vendor` that does not exist; there are {slugs}")))
        }
    }
}

/// What is marked when a rule is broken.
fn input(object: &Map<String, Value>, line: usize) -> Input {
    let text = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let fields = [
        Field::Duration,
        Field::Resolution,
        Field::Tier,
        Field::PromptOptimizer,
        Field::FastPretreatment,
        Field::Watermark,
    ];
    let options = fields.into_iter().filter_map(|field| {
        let value = object.get(field.as_str()).filter(|value| !value.is_null())?;
        Some((field, format!("\"{field}\": {}", crate::ui::text::tame(&value.to_string(), 40))))
    });
    Input { image: text("image"), facts: None, prompt: text("prompt"), options: options.collect(), line: Some(line) }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn lines_of(path: &Path) -> Lines {
        Lines::new(Source::open(path).unwrap(), path, false, "", RuleMode::Strict)
    }

    fn keys(text: &str) -> Vec<(usize, Result<String, Unreadable>)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, text).unwrap();
        let lines = lines_of(&path);
        lines.find().unwrap().into_iter().map(|place| (place.number, place.key)).collect()
    }

    #[test]
    fn a_line_is_known_by_what_it_says() {
        let one = keys(r#"{"image":"https://a/b","prompt":"x","duration":6}"#).remove(0).1.unwrap();
        for same in [
            "\n\n{ \"duration\": 6, \"prompt\": \"x\",  \"image\": \"https://a/b\" }\r\n",
            r#"{"image":"https:\/\/a\/b","prompt":"\u0078","duration":6,"tier":null}"#,
        ] {
            assert_eq!(keys(same).remove(0).1.unwrap(), one, "{same}");
        }
        for other in [
            r#"{"image":"https://a/b","prompt":"y","duration":6}"#,
            r#"{"image":"https://a/b","prompt":"x"}"#,
            r#"{"image":"https://a/b","prompt":"x","duration":6,"vendor":"fal"}"#,
        ] {
            assert_ne!(keys(other).remove(0).1.unwrap(), one, "{other}");
        }
    }

    #[test]
    fn equal_lines_are_as_many_requests_whatever_stands_between() {
        let known: Vec<_> = keys("{\"prompt\":\"x\"}\n{\"prompt\":\"y\"}\n{\"prompt\":\"x\"}")
            .into_iter()
            .map(|(_, key)| key.unwrap())
            .collect();
        assert!(known[0].ends_with("-1") && known[1].ends_with("-1") && known[2].ends_with("-2"));
        assert_eq!(known[0][..32], known[2][..32]);
        let moved: Vec<_> = keys("{\"prompt\":\"new\"}\n\n{\"prompt\":\"x\"}\n{\"prompt\":\"x\"}")
            .into_iter()
            .map(|(number, key)| (number, key.unwrap()))
            .collect();
        assert_eq!(moved[1], (3, known[0].clone()));
        assert_eq!(moved[2], (4, known[2].clone()));
    }

    #[test]
    fn a_picture_on_disk_is_known_by_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        std::fs::write(
            &path,
            "{\"image_file\":\"one.png\"}\n{\"image_file\":\"two.png\"}\n{\"image_file\":\"no.png\"}",
        )
        .unwrap();
        std::fs::write(folder.path().join("one.png"), "picture").unwrap();
        std::fs::write(folder.path().join("two.png"), "picture").unwrap();
        let lines = lines_of(&path);
        let before: Vec<_> = lines.find().unwrap().into_iter().map(|place| place.key.unwrap()).collect();
        assert_eq!(before[0][..32], before[1][..32]);
        assert_ne!(before[0][..32], before[2][..32]);
        std::fs::write(folder.path().join("two.png"), "another").unwrap();
        let after = lines.find().unwrap();
        assert_ne!(after[1].key.as_ref().unwrap()[..32], before[1][..32]);
        let Err(Invalid::Rules(violations)) = lines.request(&after[2]) else { unreachable!("there is no such file") };
        assert!(violations.has(hailuo::Code::ImageUnreadable));
    }

    #[test]
    fn what_is_no_request_is_told_without_quoting_it() {
        for (line, error) in [
            ("s3cret", Unreadable::NotJson(1)),
            ("[\"s3cret\"]", Unreadable::NotAnObject),
            ("{\"prompt\":\"s3cret\";", Unreadable::NotJson(19)),
        ] {
            assert_eq!(keys(line).remove(0).1.unwrap_err(), error, "{line}");
        }
        for (line, why) in [
            (r#"{"image":"https://a/b","prompt":["s3cret"]}"#, "wrong type in prompt;"),
            (r#"{"image":"https://a/b","watermark":"s3cret"}"#, "wrong type in watermark;"),
            (r#"{"image":"https://a/b","promt":"s3cret"}"#, "not in the schema: promt;"),
            (r#"{"image":"https://a/b","s3cret":1}"#, "not in the schema"),
            (r#"{"image":"https://a/b","image_file":"x"}"#, "one of them"),
            (r#"{"image_file":7}"#, "no text"),
            (r#"{"image":"https://a/b","vendor":"s3cret"}"#, "does not exist; there are modelslab, fal,"),
            (r#"{"image":"https://a/b","vendor":["fal","fal"]}"#, "a `vendor` twice"),
            (r#"{"image":"https://a/b","vendor":["fal",1]}"#, "list of names"),
            (r#"{"image":"https://a/b","vendor":"all"}"#, "one video"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.jsonl");
            std::fs::write(&path, line).unwrap();
            let lines = lines_of(&path);
            let Err(Invalid::Line(error)) = lines.request(&lines.find().unwrap()[0]) else { unreachable!("{line}") };
            let error = error.to_string();
            assert!(error.contains(why) && !error.contains("s3cret"), "{line}: {error}");
        }
    }

    #[test]
    fn a_file_that_changes_meanwhile_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, r#"{"image":"https://a/b","prompt":"x"}"#).unwrap();
        let lines = lines_of(&path);
        let places = lines.find().unwrap();
        assert!(lines.request(&places[0]).is_ok());
        std::fs::write(&path, r#"{"image":"https://a/b","prompt":"y"}"#).unwrap();
        assert!(matches!(lines.request(&places[0]), Err(Invalid::Line(Unreadable::Changed))));
    }

    #[test]
    fn what_cannot_be_read_any_more_has_not_changed() {
        let folder = tempfile::tempdir().unwrap();
        let (path, picture) = (folder.path().join("a.jsonl"), folder.path().join("a.png"));
        std::fs::write(&path, r#"{"image_file":"a.png","prompt":"x"}"#).unwrap();
        std::fs::write(&picture, include_bytes!("../../../assets/picture.png")).unwrap();
        let lines = lines_of(&path);
        let places = lines.find().unwrap();
        assert!(lines.request(&places[0]).is_ok());
        for (gone, begin) in [(&picture, "its picture "), (&path, "its file cannot be read: ")] {
            std::fs::remove_file(gone).unwrap();
            let Err(Invalid::File(error)) = lines.request(&places[0]) else { panic!("{} is gone", gone.display()) };
            assert!(error.starts_with(begin), "{error}");
        }
    }

    #[test]
    fn series_and_sandbox_have_lines_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, "{}").unwrap();
        let key = |is_sandbox, series| {
            let source = Source::open(&path).unwrap();
            Lines::new(source, &path, is_sandbox, series, RuleMode::Strict).find().unwrap()[0].key.clone().unwrap()
        };
        assert_ne!(key(false, ""), key(true, ""));
        assert_ne!(key(false, ""), key(false, "second take"));
        assert_eq!(key(false, "a"), key(false, "a"));
    }
}
