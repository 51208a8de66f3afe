//! What of a text is no more than its looks, taken off.
//!
//! Invisible characters, kinds of quotes and dashes, marks of Markdown, bullets, the bars of tables, numbers of lines,
//! rules, and spaces around what JSON puts between its values. A page that only looks different gives the same line.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// A regular expression of this module, compiled once. None of them fails to compile, which the tests of pages show; were
/// one to, its step would be left out.
macro_rules! regex {
    ($pattern:literal) => {{
        static REGEX: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new($pattern).ok());
        REGEX.as_ref()
    }};
}

/// What stands on a line of its own beside a listing: what language it is in, and what a button does with it.
const LABELS: [&str; 37] = [
    "[/code]",
    "[code]",
    "bash",
    "c#",
    "console",
    "copied",
    "copied!",
    "copy",
    "copy code",
    "copy page",
    "copy to clipboard",
    "curl",
    "go",
    "http",
    "java",
    "javascript",
    "js",
    "json",
    "json5",
    "jsonc",
    "kotlin",
    "node.js",
    "php",
    "plaintext",
    "powershell",
    "py",
    "python",
    "ruby",
    "rust",
    "sh",
    "shell",
    "swift",
    "terminal window",
    "ts",
    "typescript",
    "yaml",
    "zsh",
];
const LONGEST_LABEL: usize = 17;

/// Numbers in words. `one` is more often none.
const NUMBERS: [(&str, u32); 15] = [
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("twelve", 12),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
    ("fifty", 50),
    ("sixty", 60),
];

fn replace(text: String, regex: Option<&Regex>, with: impl Fn(&Captures<'_>) -> String) -> String {
    match regex {
        Some(regex) if regex.is_match(&text) => regex.replace_all(&text, with).into_owned(),
        _ => text,
    }
}

/// The same until nothing is left to do: two finds may share the character between them.
fn replace_all(mut text: String, regex: Option<&Regex>, with: impl Fn(&Captures<'_>) -> String) -> String {
    loop {
        let replaced = replace(text.clone(), regex, &with);
        if replaced.len() >= text.len() {
            return replaced;
        }
        text = replaced;
    }
}

/// A text of [`characters`] as a reader sees it, in one line.
pub(super) fn line(text: &str) -> String {
    let text = front_matter(text.replace("\r\n", "\n").replace('\r', "\n"));
    let lines: Vec<String> = without_numbers(text.lines().map(block)).into_iter().map(inline).collect();
    let words = lines.join(" ");
    let words: Vec<&str> = words.split_whitespace().filter(|word| !is_mark(word)).collect();
    quantities(badges(punctuation(curl(words.join(" ")))))
}

/// A text whose lines end with no part of a word: `image-to-` and `video` on the next is one.
pub(super) fn unbroken(text: &str) -> Cow<'_, str> {
    match regex!(r"(\w-)[ \t]*\r?\n[ \t]*(\w)") {
        Some(broken) => broken.replace_all(text, "$1$2"),
        None => Cow::Borrowed(text),
    }
}

/// The text with characters that look alike written as one, and without those that are not seen.
pub(super) fn characters(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}'))
        .map(|c| match c {
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => '"',
            '‘' | '’' | '‚' | '‛' | '′' => '\'',
            '\u{2010}'..='\u{2015}' | '−' => '-',
            other => other,
        })
        .collect();
    let text = text.replace('≤', "<=").replace('≥', ">=").replace('…', "...").replace('¶', " ");
    // What permalinks of headings are called for those who do not see them.
    let text = replace(text, regex!(r#"Section[ \t\u{a0}]+titled[ \t\u{a0}]+"[^"\n]{1,80}""#), |_| " ".to_owned());
    // Punctuation of Chinese and Japanese pages holds its space in itself.
    let text = text.replace('：', ": ").replace(['，', '、'], ", ").replace('（', " (").replace('）', ") ");
    let text = replace(text, regex!(r"(\p{Han})([A-Za-z0-9])"), |c| format!("{} {}", &c[1], &c[2]));
    let text = replace(text, regex!(r"([A-Za-z0-9])(\p{Han})"), |c| format!("{} {}", &c[1], &c[2]));
    let text = replace(text, regex!(r"(\d)[ \t]*∶[ \t]*(\d)|(\d)[ \t]+:[ \t]*(\d)"), |c| {
        let digit = |one, other| c.get(one).or_else(|| c.get(other)).map_or("", |digit| digit.as_str());
        format!("{}:{}", digit(1, 3), digit(2, 4))
    });
    // Thousands are set apart in many ways.
    let text =
        replace(text, regex!(r"\b(\d{1,3})[\u{a0}\u{2009}\u{202f}'](\d{3})\b"), |c| format!("{},{}", &c[1], &c[2]));
    let before_unit = regex!(r"\b(\d{1,3}) (\d{3}) (characters|chars|tokens|credits|requests|px|pixels)\b");
    replace(text, before_unit, |c| format!("{},{} {}", &c[1], &c[2], &c[3]))
}

/// A text whose front matter has words for keys: they are those of the site's generator, and no names of the API.
fn front_matter(text: String) -> String {
    let start = text.trim_start();
    let Some(end) = start.find("\n---").filter(|end| start.starts_with("---\n") && !start[..*end].contains("\n\n"))
    else {
        return text;
    };
    let (matter, rest) = start.split_at(end);
    let matter: Vec<String> = matter
        .lines()
        .map(|line| {
            line.split_once(':').map_or(line.to_owned(), |(key, value)| format!("{}:{value}", key.replace('_', " ")))
        })
        .collect();
    format!("{}{rest}", matter.join("\n"))
}

/// A line without what makes it a heading, an item, a quotation or a row.
fn block(line: &str) -> String {
    let mut line = line.trim();
    while let Some(quoted) = line.strip_prefix('>').filter(|rest| rest.is_empty() || rest.starts_with([' ', '>'])) {
        line = quoted.trim_start();
    }
    let is_fence = ["```", "~~~"].iter().any(|f| line.strip_prefix(f).is_some_and(|rest| !rest.contains(f)));
    let is_rule = line.contains(['=', '-', '*', '_', '~', '|', '+'])
        && line.chars().all(|c| matches!(c, '=' | '-' | '*' | '_' | '~' | '|' | ':' | '+' | ' '));
    let is_label = line.len() <= LONGEST_LABEL && is_label(&line.to_lowercase());
    let is_directive = line.starts_with(".. ") && line.contains("::");
    let is_target =
        regex!(r"^\[[^\[\]^][^\[\]]*\]:\s+<?(?:https?:|mailto:|[/#.?])\S*").is_some_and(|r| r.is_match(line));
    if is_fence || is_rule || is_label || is_directive || is_target {
        return String::new();
    }
    if let Some(number) = regex!(r"^#{1,6}[ \t]+\d{1,2}[.)][ \t]+").and_then(|number| number.find(line)) {
        line = &line[number.end()..];
    }
    if let Some(attributes) = regex!(r"[ \t]*\{[#.:][^{}]*\}$").and_then(|attributes| attributes.find(line)) {
        line = &line[..attributes.start()];
    }
    if let Some(item) = line.strip_prefix(['+', '◦', '▪', '▸', '‣', '●', '○', '■', '□']) {
        line = if item.starts_with([' ', '\t']) { item } else { line };
    }
    // At the end of a line, a backslash breaks it, or joins the next to it.
    let line = line.trim_end_matches(['#', '¶', '\\']).replace('|', " ").trim().to_owned();
    if is_head(&line) { String::new() } else { line }
}

/// Whether a line has labels of a listing only, which may be side by side: `jsonCopy`.
fn is_label(line: &str) -> bool {
    LABELS.contains(&line) || line.strip_suffix("copy").is_some_and(|before| LABELS.contains(&before.trim_end()))
}

/// Whether a line is the first one of a table of parameters, which a list of them has not.
fn is_head(line: &str) -> bool {
    const FIRST: [&str; 8] = ["attribute", "field", "header", "item", "key", "name", "parameter", "property"];
    const MORE: [&str; 9] =
        ["default", "description", "details", "meaning", "notes", "required", "type", "value", "values"];
    let mut words = line.split_whitespace().map(|word| word.trim_matches(['*', '_', '?']).to_lowercase());
    let is_first = words.next().is_some_and(|word| FIRST.contains(&word.as_str()));
    is_first && words.clone().next().is_some() && words.all(|word| MORE.contains(&word.as_str()))
}

/// Lines without their numbers, which listings and numbered lists have: `1`, `2` and so on, each at the beginning of a line.
fn without_numbers(lines: impl Iterator<Item = String>) -> Vec<String> {
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    let number = |line: &str| -> Option<(usize, usize, bool)> {
        let found = regex!(r"^(\d{1,3})(?:([.)])|:)?(?:\s+|$)")?.captures(line)?;
        Some((found[1].parse().ok()?, found[0].len(), found.get(2).is_some()))
    };
    let mut plain = Vec::with_capacity(lines.len());
    let (mut at, mut item) = (0, 0);
    while at < lines.len() {
        let run =
            (1..).zip(&lines[at..]).take_while(|(n, line)| number(line).is_some_and(|(said, ..)| said == *n)).count();
        if run >= 2 {
            plain.extend(lines[at..at + run].iter().map(|l| l[number(l).map_or(0, |(_, end, _)| end)..].to_owned()));
            at += run;
            continue;
        }
        // Numbers that a style set apart, and nothing else did.
        let glued = |(n, line): (usize, &'_ String)| line.strip_prefix(&n.to_string()).map(str::to_owned);
        let run = (1..).zip(&lines[at..]).map_while(glued);
        let run: Vec<String> = run.take_while(|rest| !rest.starts_with(|c: char| c.is_ascii_digit())).collect();
        if run.len() >= 3 {
            at += run.len();
            plain.extend(run);
            continue;
        }
        match number(&lines[at]) {
            // Of a numbered list, whose items may be longer than a line, and may all be called 1.
            Some((said, end, true)) if said == 1 || said == item + 1 => {
                item = said;
                plain.push(lines[at][end..].to_owned());
            }
            _ => plain.push(lines[at].clone()),
        }
        at += 1;
    }
    plain
}

/// A line without what makes words bold, code, or a link.
fn inline(line: String) -> String {
    let line = replace(line, regex!(r"(?i)<br\s*/?>"), |_| " ".to_owned());
    let line = replace(line, regex!(r"<(https?://[^<>\s]+)>"), |c| c[1].to_owned());
    let line = replace(line, regex!(r"(?:```|~~~)\w*(\s|$)"), |_| " ".to_owned());
    let line = replace(line, regex!(r"~~[^~]+~~"), |_| String::new());
    let link = regex!(r#"(!?)\[([^\[\]]*)\]\((?:https?:|mailto:|[/#.])[^()\s]*(?:\s+"[^"]*")?\)"#);
    let line = replace(line, link, |c| if c[1].is_empty() { c[2].to_owned() } else { String::new() });
    let line = replace(line, regex!(r"(^|[^\w\])])\[([^\[\]]+)\]\[\d{0,3}\]"), |c| format!("{}{}", &c[1], &c[2]));
    let line = replace(line, regex!(r"\[\^[\w-]+\]:?"), |_| String::new());
    let line = replace(line, regex!(r#"\\([_*\[\](){}<>#+.!~|`"'$@-])"#), |c| c[1].to_owned());
    let line = stars(&line);
    let line =
        replace_all(line, regex!(r"(^|[^\w`])_{1,3}(`[^`]+`)_{1,3}([^\w`]|$)"), |c| [&c[1], &c[2], &c[3]].concat());
    let line = replace(line, regex!(r"(\w)``(\w)"), |c| format!("{}` `{}", &c[1], &c[2]));
    let emphasis = regex!(r"(^|[^\w`])_{1,3}([^\s_`](?:[^`\x22]*?[^\s_`])??)_{1,3}([^\w`]|$)");
    let line = replace_all(line, emphasis, |c| format!("{}{}{}", &c[1], &c[2], &c[3]));
    let line = line.replace('`', "");
    // Before a label, a dash is that of an item: `6 - 1080P: 6`.
    replace(line, regex!(r"(\d)(?:[ \t]*(?:--?|~)[ \t]*|[ \t]+to[ \t]+)(\d\w*)(:?)"), |c| {
        format!("{}{}{}{}", &c[1], if &c[3] == ":" { " - " } else { "-" }, &c[2], &c[3])
    })
}

/// A line without the asterisks that stand at one side of a word. Between two words, and in `image/*`, one is text.
fn stars(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('*') {
        let (before, run) = rest.split_at(at);
        let after = run.trim_start_matches('*');
        out.push_str(before);
        let (left, right) = (out.chars().next_back().unwrap_or(' '), after.chars().next().unwrap_or(' '));
        let is_text = (left.is_alphanumeric() && right.is_alphanumeric()) || left == '/' || right == '/';
        if is_text && run.len() - after.len() == 1 {
            out.push('*');
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A line with one way to write what a call with curl says: `curl --request POST https://a.example --header "..." --data '...'`.
fn curl(line: String) -> String {
    let line = replace(line, regex!(r"\bcurl((?: (?:-[LsSf]+|--location|--silent|--fail|--compressed))+) "), |_| {
        "curl ".to_owned()
    });
    let line = replace(line, regex!(r" (?:-X ?|--request=)([A-Z]{3,})\b"), |c| format!(" --request {}", &c[1]));
    let line = replace(line, regex!(r#" -H ?(["'])"#), |c| format!(" --header {}", &c[1]));
    let line = replace(line, regex!(r#" (?:-d|--data-(?:raw|binary)) ?(["'$@])"#), |c| format!(" --data {}", &c[1]));
    let line = replace(line, regex!(r#" --url[ =](["']?http)"#), |c| format!(" {}", &c[1]));
    let url = regex!(r#"\bcurl (--request [A-Z]+ )?["']?(https?://[^"' ]+)["']?( --request [A-Z]+\b)?"#);
    replace(line, url, |c| {
        let method = c.get(1).or(c.get(3)).map_or("", |method| method.as_str().trim());
        format!("curl {method}{}{}", if method.is_empty() { "" } else { " " }, &c[2])
    })
}

/// A line with one way to write numbers and units: `2000 characters`, `6 or 10 s`, `20 MB`, `300 px`.
fn quantities(line: String) -> String {
    let words = regex!(
        r"\b(?:one (hundred|thousand)|(two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty|sixty)(?: (hundred|thousand))?)\b"
    );
    let line = replace(line, words, |c| {
        let number =
            c.get(2).and_then(|word| NUMBERS.iter().find(|(name, _)| *name == word.as_str())).map_or(1, |n| n.1);
        let times = match c.get(1).or(c.get(3)).map(|times| times.as_str()) {
            Some("hundred") => 100,
            Some(_) => 1000,
            None => 1,
        };
        (number * times).to_string()
    });
    let line = replace(line, regex!(r"\b(\d+)k (char|token|credit)"), |c| format!("{}000 {}", &c[1], &c[2]));
    let units = regex!(
        r"(^|[\s(\[,;:|/<>-])(\d[\d.,]*)[ -]?(?:(s|secs?|seconds?)|(chars?|characters?)|(px|pixels?)|(MB|megabytes?))\b"
    );
    let line = replace(line, units, |c| {
        let unit = ["s", "characters", "px", "MB"].into_iter().zip(3..).find(|(_, at)| c.get(*at).is_some());
        format!("{}{} {}", &c[1], &c[2], unit.map_or("", |unit| unit.0))
    });
    // Of several numbers, the last has the unit.
    replace_all(line, regex!(r"(\d) (s|px|MB)((?:,| or| and) \d[\d.,]* )(s|px|MB)\b"), |c| {
        format!("{}{}{}{}", &c[1], if c[2] == c[4] { String::new() } else { format!(" {}", &c[2]) }, &c[3], &c[4])
    })
}

/// A line with spaces before the badges of fields, which styles set apart: `task_id string required`.
fn badges(line: String) -> String {
    let required =
        regex!(r"\b(\w*?[A-Za-z0-9])(string|integer|boolean|number|array|object|float|file)?(required|optional)\b");
    let line = replace(line, required, |c| {
        let kind = c.get(2).map(|kind| format!("{} ", kind.as_str())).unwrap_or_default();
        format!("{} {kind}{}", &c[1], &c[3])
    });
    let typed =
        regex!(r"\b(?:(\w*[A-Za-z0-9])(integer|boolean)|(\w*_\w*[A-Za-z0-9])(string|number|array|object|float))\b");
    replace(line, typed, |c| match (c.get(1), c.get(2)) {
        (Some(name), Some(kind)) => format!("{} {}", name.as_str(), kind.as_str()),
        _ => format!("{} {}", &c[3], &c[4]),
    })
}

/// Whether a word is nothing but the mark of a heading, a bullet or a rule, or a picture.
fn is_mark(word: &str) -> bool {
    let is_of = |marks: &[char]| word.chars().all(|c| marks.contains(&c));
    is_of(&['#', '¶'])
        || matches!(word, "\\" | "//")
        || word.chars().all(|c| matches!(c, '\u{1f300}'..='\u{1faff}' | '⚪' | '⚫' | '\u{fe0f}' | '\u{200d}'))
        || (is_of(&['-', '*', '•', '·', ':']) && !is_of(&[':']))
}

/// A line with one way to put spaces around what stands between values: `{ "a": 1, "b": 2 }`.
fn punctuation(line: String) -> String {
    let line = replace(line, regex!(r#""\s*:\s*"#), |_| "\": ".to_owned());
    let line = replace(line, regex!(r#"\{\s*""#), |_| "{ \"".to_owned());
    let line = replace(line, regex!(r#""\s*,?\s*\}"#), |_| "\" }".to_owned());
    let line = replace(line, regex!(r"\s*,\s*\}"), |_| " }".to_owned());
    let line = replace(line, regex!(r"\s+([,:.;)]+)(\s|$)"), |c| format!("{}{}", &c[1], &c[2]));
    let line = replace(line, regex!(r"(\s\()\s+"), |c| c[1].to_owned());
    // Behind a comma is a space, unless it sets thousands apart.
    let comma = regex!(r#"(\d,\d{3}\b)|,([\w\[{"'])"#);
    replace(line, comma, |c| c.get(1).map_or_else(|| format!(", {}", &c[2]), |number| number.as_str().to_owned()))
}
