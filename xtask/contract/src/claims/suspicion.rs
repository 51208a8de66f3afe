//! What stands on the page may neither be inferred nor passed over, as far as a program can see that it does.
//!
//! Passed over is a price, a limit, a new name, an address, a change that is announced, the end of the API and the like,
//! if no claim reads it and it is no aside. Of what is inferred, three things are seen: the name of an inferred field that
//! the page writes as code, an inferred path that the page spells out, and the word "required" behind the name of a field
//! whose required mark is inferred.

use std::collections::BTreeSet;
use std::ops::Range;

use regex::{Regex, escape};
use serde_json::Value;

use crate::pointer::{segments, walk};

use super::{Finding, FindingKind, Page, Spec, agreement, strangers};

/// A name that the spec does not have.
const NAME: &str = "a name";
/// The most of a page that one aside is about.
const MOST: usize = 200;
/// The most statements of one kind that are told one by one.
const MOST_TOLD: usize = 20;
const LIMIT: &str = "a limit";
const WEBHOOK: &str = "a webhook";
const CHANGE: &str = "a change";
const HEADER: &str = "a header";
const ADDRESS: &str = "an address";

/// What stands for `<n>` in a pattern: a number.
const NUMBER: &str = r"(?:\d[\d.,]*|one)";

/// What pages state of an API, each with how it is recognized: by a number and its unit, for most of it. The later ones are
/// looser, and add nothing where an earlier one showed their words.
const STATEMENTS: [(&str, &str); 19] = [
    (
        "an end or an interruption",
        r"\b(?:deprecat\w+|discontinu\w+|sunset\w*|superseded|retir(?:ed?|es|ing)|archived|legacy|suspended|maintenance|outage|end[- ]of[- ](?:life|support)|no longer|temporarily|unavailable|stop(?:s|ped)? working|(?:shut|turn(?:ed)?|switch(?:ed)?|phased) (?:down|off|out)|will be (?:removed|changed)|migrate to|(?:has|have|has been|have been|is|are|was|were|will be) (?:moved|replaced)|beta)\b|下线|弃用|停用|废弃|停止(?:服务|支持)|维护|不再",
    ),
    (
        "a price",
        r"[$€£¥] ?\d[\d.,]*|\b\d[\d.,]*(?:-\d[\d.,]*)? ?(?:usd|eur|credits?|cr|cents?)\b|\b(?:refund(?:s|ed)?|charged|billed|deducted|free of charge|(?:half|twice) (?:the price|as (?:many|much)))\b|\d ?(?:积分|元|美元|点)|价格\D{0,8}\d",
    ),
    (
        "a limit on requests",
        r"\b<n> (?:(?:requests?|calls|jobs|tasks|generations|videos) ?a|(?:(?:requests?|calls|jobs|tasks|generations|videos) ?)?(?:per|each|every|/)) ?(?:second|sec|minute|min|hour|hr|day|month)\b|\b<n> (?:requests?|calls?|jobs?|tasks?|generations?|videos?) (?:at (?:a|the same|any) time|(?:\w+ )?(?:in parallel|at once|concurrently|simultaneously))\b|\bretr(?:y|ies|ied)\b[^.]{0,24}?\b<n> times\b|\brate[- ]limited\b|\b(?:rate limit|concurren)\w*\W{1,3}(?:\w+ ){0,3}\d+|\b<n> (?:concurrent|parallel|simultaneous|queued)\b|\b<n> (?:requests|calls|jobs|tasks|generations|videos) per (?:\w+ )?(?:key|account|user|plan|project|organization)\b|\d ?次|并发|\b\d+ ?(?:qps|rps|rpm|tpm)\b|\b(?:qps|rps|rpm|tpm)\b\W{1,3}(?:\w+\W{1,2}){0,2}\d+",
    ),
    (
        "how long something is kept",
        r"\b(?:expires?|valid|kept|stored|available|deleted|retained|times? ?out|cancell?ed)\b[^.]{0,24}?\b<n> ?(?:minutes?|hours?|days?|weeks?|months?)\b|\d ?(?:分钟|小时|天)",
    ),
    (
        "a length of text",
        r"\b\d[\d,]* (?:characters|chars|tokens)\b|\b(?:max|min)(?:imum)? length: ?\d+|\d ?个?(?:字符|字)",
    ),
    ("a size", r"\b<n> ?(?:[kmg]i?b|px|pixels|megabytes|megapixels)\b"),
    ("a duration", r"\b(?:\d+ ?s|<n>[- ]seconds?)\b|\d ?秒"),
    ("a resolution", r"\b(?:\d{3,4}p|[248]k|\d+ ?(?:fps|frames))\b"),
    ("a format of pictures", r"(?:^|[\s,(\[])(?:jpe?g|png|webp|gif|bmp|tiff?|heic|avif)\b"),
    (
        "a status of HTTP",
        r"\b(?:error|status|http)(?: code)?:? [45]\d\d\b|\b(?:answers?|returns?|responds?|replies)(?: with)?(?: an?)? [2-5]\d\d\b|\b(?:400|401|402|403|404|409|413|415|422|429|500|502|503|504) (?-i:[A-Z])",
    ),
    (
        ADDRESS,
        r#"\bhttps?://[^\s"')>]*/v\d+\b[^\s"')>]*|(?-i:\b(?:GET|POST|PUT|PATCH|DELETE)) /\S+|(?:to|at|use) /v\d+\S*"#,
    ),
    (
        CHANGE,
        r"\b(?:(?:is|are|can|must|has been|have been) now|now (?:also )?(?:accept|allow|available|cost|default|limit|requir|return|support|us(?:e|es)\b|up to)\w*|(?:as of|effective|starting|beginning|from|after|before|until|by|on) (?:\d{4}-\d{2}-\d{2}|(?:\d{1,2}(?:st|nd|rd|th)?\.? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d+)|(?:version|v) ?\d+\S* (?:is coming|launches|starts|arrives|replaces|will)|(?:upcoming|new|next): (?:version|v) ?\d+|(?:we|prices?|pricing|limits?|endpoints?|api) (?:will|(?:is|are) going to) (?:soon )?(?:move|switch|change|require|stop|remove|become|drop|rename|be (?:renamed|dropped|raised|lowered))|prices? changes?|(?:new|changed) (?:pricing|prices))\b",
    ),
    (
        "what is required or refused",
        r"(?-i:\b(?:required|optional|mandatory|rejected|refused|requires|needed|omitted|ignored|must|cannot|unsupported|[Uu]nless|[Oo]nly (?:while|when|if|once|before|after|until)|[Ss]et (?:it |this )?to (?:true|false)|[Nn]ot (?:be )?(?:supported|accepted|allowed|available)|(?:is|are) (?:also )?(?:supported|accepted|allowed))\b|\bRequires\b|\b(?:Required|Optional)(?:[.:;)]|$))|必须|必填|必需|可选|不支持|默认",
    ),
    (
        HEADER,
        r#"\b(?:x-[a-z][a-z0-9-]+|user-agent|idempotency-key|authorization header)\b|(?:--header ["']?[\w-]+|\bauthorization["']?):(?: ["']?(?:basic|bearer|key|token)\b)?"#,
    ),
    (
        LIMIT,
        r"\b(?:max(?:imum)?|min(?:imum)?|at (?:most|least)|up to|no (?:more|fewer|less) than|(?:more|longer|larger|greater|fewer|less|shorter|smaller) than|over|above|exceed\w*|accepts?|allows?)\b[^.,;\x22{}]{0,24}?\b<n>\b",
    ),
    // As a heading or a link by itself it says nothing.
    (WEBHOOK, r"(?-i:\b(?:webhook|callback)\w*\b|\b(?:Webhook|Callback)s? (?:URL|[a-z])\w*)|\bhmac\b"),
    (
        NAME,
        r"(?-i:\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b)|(?-i:\b[A-Z]{2,}(?:_[A-Z]+)+\b)|\[\p{Han}+\]|(?-i:\b[a-z]\w* \(?(?:string|integer|boolean|float|array)\b)|(?-i:(?:^|[\s\x22'(\[{,])[a-z][a-z0-9]*(?:[A-Z][a-z0-9]+)+\b)",
    ),
    ("another way to answer", r"\b(?:synchronous(?:ly)?|server-sent events|blocks until)\b"),
    (
        "a word for what became of a job",
        r"(?-i:\b(?:QUEUED|PENDING|RUNNING|PROCESSING|COMPLETED|SUCCESS|SUCCEEDED|FAILED|CANCELL?ED|TIMEOUT|EXPIRED|REJECTED)\b)",
    ),
];
/// Where the looser ones begin.
const LOOSE: usize = 11;

/// What the page states and neither claims, which read some places of it, nor an aside reads; and the asides that are not
/// on it.
pub(super) fn passed_over(spec: Spec<'_>, page: &Page, mut read: Vec<Range<usize>>) -> Vec<Finding> {
    let text = page.text();
    let mut findings = Vec::new();
    for aside in &spec.source.asides {
        let Ok(regex) = Regex::new(&aside.page) else {
            let kind = FindingKind::Broken("the pattern of an aside is no regular expression".to_owned());
            findings.push(spec.finding(kind, Some(&aside.page), [""; 0]));
            continue;
        };
        let before = read.len();
        read.extend(regex.find_iter(text).map(|found| found.range()));
        if read.len() == before {
            findings.push(spec.finding(FindingKind::Aside(aside.page.clone()), None, [""; 0]).at_line(aside.line));
        } else if let Some(much) =
            read[before..].iter().map(ExactSizeIterator::len).find(|much| !(1..=MOST).contains(much))
        {
            let kind = FindingKind::Broken(format!("as an aside, it matches {much} characters in a row"));
            findings.push(spec.finding(kind, Some(&aside.page), [""; 0]));
            read.truncate(before);
        }
    }
    let read = joined(read);
    let is_read = |place: &Range<usize>| read.iter().any(|r| r.start <= place.start && place.end <= r.end);
    let (known, set) = (known_words(spec), variables(text));
    let mut stated: Vec<(&str, bool, Vec<Range<usize>>)> = Vec::new();
    for (index, (what, pattern)) in STATEMENTS.into_iter().enumerate() {
        let Ok(regex) = Regex::new(&format!("(?i){}", pattern.replace("<n>", NUMBER))) else { continue };
        let is_new = |place: &Range<usize>| match what {
            NAME => {
                let name = word(text, place);
                let is_known = known.contains(name) || (is_labels(name) && !page.has_code(name));
                !(is_known || is_in_url(text, place) || is_of_program(text, place, &set))
            }
            ADDRESS => !is_known_address(spec, &text[place.clone()]),
            WEBHOOK => !(is_in_url(text, place) || known.iter().any(|known| known.contains(word(text, place)))),
            CHANGE => !is_dateline(text, place),
            LIMIT => !is_of_people(text, place) && !is_minutes(text, place),
            HEADER => !is_known_header(spec, &text[place.clone()]),
            _ => true,
        };
        // What is before a word shows that it begins there, and is no part of it.
        let places = regex.find_iter(text).map(|found| {
            let before = found.as_str().find(|c: char| !matches!(c, ' ' | '"' | '\'' | '(' | '[' | '{' | ','));
            found.start() + before.unwrap_or(0)..found.end()
        });
        stated.push((what, index >= LOOSE, places.filter(|place| !is_read(place) && is_new(place)).collect()));
    }
    let mut models = strangers::models(spec, text);
    models.extend(strangers::versions(spec, text));
    for (what, mut places) in [("a model", models), (NAME, strangers::marked(page, &known))] {
        places.retain(|place| !is_read(place) && !is_in_url(text, place));
        stated.push((what, true, places));
    }
    let mut shown: Vec<Range<usize>> = Vec::new();
    for (what, is_loose, places) in stated {
        let mut said = BTreeSet::new();
        for place in places {
            let is_shown = || shown.iter().any(|r| r.start <= place.start && place.end <= r.end);
            if !said.insert(&text[place.clone()]) || (is_loose && is_shown()) {
                continue;
            }
            if said.len() > MOST_TOLD {
                findings.push(spec.of_page(FindingKind::More(what)));
                break;
            }
            let around = around(text, &place);
            let kind = FindingKind::PassedOver { what, text: text[around.clone()].to_owned() };
            findings.push(spec.of_page(kind));
            shown.push(around);
        }
    }
    findings.extend(strangers::descriptions(spec, page).into_iter().map(|kind| spec.of_page(kind)));
    findings
}

/// The words of a spec, in names and texts.
fn known_words(spec: Spec<'_>) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    let mut add = |text: &str| known.extend(text.split(|c: char| !is_of_word(c)).map(str::to_owned));
    for document in spec.documents.values() {
        walk(document, &mut |_, value| match value {
            Value::String(text) => add(text),
            Value::Object(map) => map.keys().for_each(|key| add(key)),
            _ => {}
        });
    }
    known
}

pub(super) fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Ranges without overlaps: what is read piece by piece is read.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => joined.push(range),
        }
    }
    joined
}

fn is_in_url(text: &str, place: &Range<usize>) -> bool {
    let start = text[..place.start].rfind(char::is_whitespace).map_or(0, |at| at + 1);
    text[start..place.start].contains("://")
}

/// Whether a name is two buttons or links of a site side by side, which a copied text has no space between: `inSign up`.
fn is_labels(name: &str) -> bool {
    const LABELS: [&str; 33] = [
        "About",
        "Accept",
        "Blog",
        "Changelog",
        "Contact",
        "Cookie",
        "Copy",
        "Customize",
        "Decline",
        "Docs",
        "Edit",
        "Get",
        "Help",
        "Home",
        "Learn",
        "Log",
        "Manage",
        "Next",
        "Playground",
        "Previous",
        "Pricing",
        "Privacy",
        "Quick",
        "Raise",
        "Read",
        "Reject",
        "Report",
        "Search",
        "Sign",
        "Suggest",
        "Terms",
        "Try",
        "Yes",
    ];
    let starts = name.match_indices(|c: char| c.is_ascii_uppercase()).map(|(at, _)| at);
    let ends = starts.clone().skip(1).chain([name.len()]);
    starts.zip(ends).any(|(start, end)| LABELS.contains(&&name[start..end]))
}

/// Whether a name is one of the program that an example shows: a function that is called, a variable that is set
/// somewhere, or what stands for the reader's key.
fn is_of_program(text: &str, place: &Range<usize>, set: &BTreeSet<&str>) -> bool {
    const TYPES: [&str; 8] = ["string", "int", "bool", "number", "float", "array", "object", "list"];
    let (before, name, rest) = (&text[..place.start], &text[place.clone()], &text[place.end..]);
    let is_call = rest.strip_prefix('(').is_some_and(|rest| !TYPES.iter().any(|name| rest.starts_with(name)));
    let is_quoted = before.ends_with(['"', '\'']) && rest.starts_with(['"', '\'']);
    let is_constant = name.starts_with("YOUR_")
        || name.ends_with("API_KEY")
        || name.starts_with("CURLOPT_")
        || name.starts_with("utm_")
        || name == "status_code";
    let is_argument = rest.starts_with(')')
        && before.strip_suffix('(').is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric()));
    is_call || is_argument || is_constant || before.ends_with(").") || (!is_quoted && set.contains(name))
}

/// The names of variables that examples set.
fn variables(text: &str) -> BTreeSet<&str> {
    let before = [" = ", " := "].into_iter().flat_map(|sign| text.match_indices(sign)).map(|(at, _)| &text[..at]);
    before.filter_map(|before| before.rsplit(|c: char| !is_of_word(c)).next()).collect()
}

/// Whether an address is that of an operation of the spec: an example in one more language has it once more.
fn is_known_address(spec: Spec<'_>, said: &str) -> bool {
    let (verb, target) = said.split_once(' ').unwrap_or(("", said));
    let target = target.trim_end_matches(['.', ',', ';', ':', '\\', '`', '"', '\'']);
    spec.main.iter().filter_map(|file| spec.documents.get(file)).any(|document| {
        let servers = document["servers"].as_array().into_iter().flatten().filter_map(|server| server["url"].as_str());
        let bases: Vec<&str> = servers.flat_map(|url| [url, url.splitn(4, '/').nth(3).unwrap_or("")]).collect();
        document["paths"].as_object().into_iter().flatten().any(|(path, item)| {
            let mut ends = bases.iter().filter_map(|base| target.trim_start_matches('/').strip_prefix(base));
            let is_method = verb.chars().all(|c| c.is_ascii_uppercase());
            (!is_method || verb.is_empty() || item.get(verb.to_ascii_lowercase()).is_some())
                && (agreement::is_path(target, path) || ends.any(|end| agreement::is_path(end, path)))
        })
    })
}

/// Whether a header is that of the key, with what the vendor wants before it, or says what the body is.
fn is_known_header(spec: Spec<'_>, said: &str) -> bool {
    let auth = &spec.source.auth;
    let (name, scheme) = said.split_once(':').unwrap_or(("", said));
    let name = name.trim_end_matches(['"', '\'']).rsplit([' ', '"', '\'']).next().unwrap_or(name);
    let scheme = scheme.trim_matches([' ', '"', '\'']);
    ["Content-Type", "Accept"].iter().any(|known| name.eq_ignore_ascii_case(known))
        || (name.eq_ignore_ascii_case(&auth.name)
            && (scheme.is_empty() || scheme.eq_ignore_ascii_case(auth.prefix.trim_end())))
}

/// Whether a number is one of people, or of what else a vendor is proud of.
fn is_of_people(text: &str, place: &Range<usize>) -> bool {
    const PROUD: [&str; 14] = [
        "brands",
        "companies",
        "countries",
        "creators",
        "customers",
        "developers",
        "languages",
        "models",
        "people",
        "reviews",
        "runs",
        "stars",
        "teams",
        "users",
    ];
    let mut next = text[place.end..].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(3);
    next.any(|word| PROUD.contains(&word.to_lowercase().as_str()))
}

/// Whether `min` stands behind a number: minutes, and no least of anything.
fn is_minutes(text: &str, place: &Range<usize>) -> bool {
    text[place.clone()].starts_with("min ") && text[..place.start].trim_end().ends_with(|c: char| c.is_ascii_digit())
}

/// Whether a day is that on which the page was written.
fn is_dateline(text: &str, place: &Range<usize>) -> bool {
    const WRITTEN: [&str; 8] = ["article", "modified", "post", "posted", "published", "reviewed", "updated", "written"];
    let mut before = text[..place.start].rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(4);
    before.any(|word| WRITTEN.contains(&word.to_lowercase().as_str()))
}

/// The name that stands there, without what is around it, or its type.
fn word<'t>(text: &'t str, place: &Range<usize>) -> &'t str {
    let words = text[place.clone()].trim_matches(|c: char| !is_of_word(c));
    words.split(' ').next().unwrap_or(words)
}

/// A place with some words before and after it.
fn around(text: &str, place: &Range<usize>) -> Range<usize> {
    const WORDS: usize = 4;
    // A long address before it would leave no room for what is meant.
    const LONGEST: usize = 40;
    let near = text.ceil_char_boundary(place.start.saturating_sub(LONGEST));
    let near = if near == 0 { 0 } else { near + text[near..place.start].find(' ').map_or(0, |at| at + 1) };
    let start = text[..place.start].rmatch_indices(' ').nth(WORDS).map_or(0, |(at, _)| at + 1).max(near);
    let end = text[place.end..].match_indices(' ').nth(WORDS).map_or(text.len(), |(at, _)| place.end + at);
    start..end
}

/// The inferred facts that stand on the page.
pub(super) fn stated_but_inferred(spec: Spec<'_>, page: &Page) -> Vec<Finding> {
    // A name that a claim has found on the page is accounted for, whichever field is meant.
    let accounted: BTreeSet<&str> = spec.source.claims.iter().filter_map(|c| c.at.rsplit('/').next()).collect();
    let mut findings = Vec::new();
    for at in spec.inferred() {
        let pointer = at.split_once('#').map_or(at.as_str(), |(_, pointer)| pointer);
        let tokens = segments(pointer).unwrap_or_default();
        let stated = match tokens.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [.., "properties", name] => {
                (page.has_code(name) && !accounted.contains(name)).then(|| format!("it writes the name `{name}`"))
            }
            ["paths", path] => has_path(page, path).then(|| format!("it spells out `{path}`")),
            [.., "required", _] => spec
                .value(at)
                .and_then(Value::as_str)
                .filter(|name| calls_required(page, name))
                .map(|name| format!("it says that `{name}` is required")),
            _ => None,
        };
        if let Some(stated) = stated {
            findings.push(spec.finding(FindingKind::OnPage(stated), None, [at]));
        }
    }
    findings
}

/// Whether the path stands on the page and is not the beginning of a longer one.
fn has_path(page: &Page, path: &str) -> bool {
    page.text().match_indices(path).any(|(at, _)| {
        page.text()[at + path.len()..]
            .chars()
            .next()
            .is_none_or(|next| !(is_of_word(next) || matches!(next, '/' | '-')))
    })
}

/// Whether the name is followed by the word, with at most a type between them.
fn calls_required(page: &Page, name: &str) -> bool {
    Regex::new(&format!(r"(?i)\b{}\b\W{{1,6}}(?:\w+\W{{1,4}})?_?required\b", escape(name)))
        .is_ok_and(|regex| regex.is_match(page.text()))
}
