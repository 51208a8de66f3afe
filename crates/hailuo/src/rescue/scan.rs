//! Names and values in bytes that may be cut, damaged, wrapped, or no JSON at all.

/// A name with a scalar value.
pub(super) struct Pair {
    /// How many objects and lists it stands in.
    pub(super) depth: usize,
    pub(super) name: String,
    pub(super) value: String,
    /// Whether the bytes end within the value: what is there is true, and not all of it.
    pub(super) is_cut: bool,
    /// Whether it stands in something that is not about the job: an error, the account, what was sent.
    pub(super) is_aside: bool,
}

/// Names of what is not about the job.
const ASIDE: [&str; 15] = [
    "error",
    "errors",
    "detail",
    "details",
    "meta",
    "metadata",
    "user",
    "account",
    "billing",
    "input",
    "inputs",
    "params",
    "parameters",
    "owner",
    "model",
];

/// Names under which an answer may stand as a text within another.
const WRAPPINGS: [&str; 12] = [
    "data", "result", "results", "response", "body", "payload", "output", "content", "text", "message", "task",
    "answer",
];

/// How many texts may lie within one another.
const DEEPEST: usize = 3;

/// Most pairs that are looked at. An answer of a million is no answer, and must not cost what it could.
const MOST: usize = 10_000;

/// Names that are wanted and scalar values, as far as the bytes go. Numbers count only with what follows them: half a
/// number is another job's.
pub(super) fn pairs(raw: &[u8], is_wanted: &dyn Fn(&str) -> bool) -> Vec<Pair> {
    let mut scan = Scan { is_wanted, found: Vec::new(), texts: 0 };
    scan.read(raw, 0, false);
    scan.found
}

struct Scan<'a> {
    is_wanted: &'a dyn Fn(&str) -> bool,
    found: Vec<Pair>,
    texts: usize,
}

impl Scan<'_> {
    fn read(&mut self, raw: &[u8], outside: usize, is_outside_aside: bool) {
        let mut at = 0;
        // For every object and list that is open, whether it is beside the matter.
        let mut open: Vec<bool> = Vec::new();
        let mut name: Option<String> = None;
        let mut last: Option<String> = None;
        while let Some(&byte) = raw.get(at) {
            at += 1;
            let is_aside = open.last().copied().unwrap_or(is_outside_aside);
            let depth = outside + open.len();
            match byte {
                b'{' | b'[' => {
                    let is_aside_name = |name: &String| ASIDE.contains(&name.to_ascii_lowercase().as_str());
                    let is_named_so = name.as_ref().is_some_and(is_aside_name);
                    // The first of a list goes by the list's name.
                    name = name.filter(|_| byte == b'[');
                    open.push(is_aside || is_named_so);
                    last = None;
                }
                b'}' | b']' => {
                    open.pop();
                    (name, last) = (None, None);
                }
                b':' => name = last.take(),
                b',' => (name, last) = (None, None),
                b'"' => {
                    let rest = &raw[at..];
                    let (length, is_cut) = length_of_string(rest).map_or((rest.len(), true), |length| (length, false));
                    at = (at + length + 1).min(raw.len());
                    let Some(value) = text(&rest[..length]) else {
                        (name, last) = (None, None);
                        continue;
                    };
                    self.unwrap(name.as_deref(), &value, depth, is_aside);
                    let next = raw[at..].iter().find(|byte| !byte.is_ascii_whitespace());
                    // What a colon follows is a name, also in brackets that should be braces.
                    match name.take().filter(|_| next != Some(&b':')) {
                        Some(name) => self.keep(Pair { depth, name, value, is_cut, is_aside }),
                        None => last = Some(value).filter(|_| !is_cut),
                    }
                }
                b'0'..=b'9' | b'-' => {
                    let start = at - 1;
                    at += raw[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                    let digits = String::from_utf8_lossy(&raw[start..at]).into_owned();
                    // 123.0 is the number 123 of a writer that does not know integers.
                    if raw.get(at) == Some(&b'.') {
                        at += 1 + raw[at + 1..].iter().take_while(|byte| **byte == b'0').count();
                    }
                    let is_end = |byte: &u8| matches!(byte, b',' | b'}' | b']') || byte.is_ascii_whitespace();
                    if let (Some(name), true) = (name.take(), raw.get(at).is_some_and(is_end)) {
                        self.keep(Pair { depth, name, value: digits, is_cut: false, is_aside });
                    }
                }
                _ => {}
            }
        }
    }

    fn keep(&mut self, pair: Pair) {
        if self.found.len() < MOST && (self.is_wanted)(&pair.name) {
            self.found.push(pair);
        }
    }

    /// Reads the answer that a text holds. A text of the caller's own, such as an echoed prompt, is not looked into.
    fn unwrap(&mut self, name: Option<&str>, value: &str, depth: usize, is_aside: bool) {
        let is_wrapping = name.map_or(depth == 0, |name| WRAPPINGS.contains(&name.to_ascii_lowercase().as_str()));
        if is_wrapping && self.texts < DEEPEST && value.trim_start().starts_with(['{', '[', '"']) {
            self.texts += 1;
            self.read(value.as_bytes(), depth, is_aside);
            self.texts -= 1;
        }
    }
}

/// Length of a string's inside up to its closing quote.
fn length_of_string(rest: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        match *rest.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// The inside of a string, without an escape that is cut at its end.
fn text(inside: &[u8]) -> Option<String> {
    let inside = String::from_utf8_lossy(inside);
    let mut quoted = String::with_capacity(inside.len() + 2);
    // An escape is at most six characters long, or twelve for a pair.
    let lengths = (0..12.min(inside.len() + 1)).map(|cut| inside.len() - cut);
    lengths.filter(|length| inside.is_char_boundary(*length)).find_map(|length| {
        quoted.clear();
        quoted.extend(["\"", &inside[..length], "\""]);
        serde_json::from_str(&quoted).ok()
    })
}
