//! What every fault must lead to, at every vendor: written by hand, from what the fault does and from the rule that
//! nothing is paid for twice and nothing paid for is lost.
//!
//! `video`: all is well in the end. `rejected KIND`: nothing was charged. `unknown KIND`: something may have been.
//! `wait`, `result`, `download`: REASON KIND, with the handle. `n/a: WHY`: the fault makes no sense there.

use hailuo::Vendor;

pub(super) struct Row {
    /// Faults in the sandbox's words, separated by blanks.
    pub(super) faults: &'static str,
    /// How often a submit must have reached the vendor.
    pub(super) submits: u8,
    /// How many jobs the vendor makes of it.
    pub(super) jobs: u8,
    /// In the order of `Vendor::ALL`.
    cells: [&'static str; 5],
}

impl Row {
    pub(super) fn expected(&self, vendor: Vendor) -> &'static str {
        let index = Vendor::ALL.iter().position(|of| *of == vendor).unwrap();
        self.cells[index]
    }
}

/// The same everywhere.
const fn all(faults: &'static str, submits: u8, jobs: u8, outcome: &'static str) -> Row {
    Row { faults, submits, jobs, cells: [outcome; 5] }
}

/// One by one: ModelsLab, fal, SeaArt, HighwayAPI, API in One.
const fn each(faults: &'static str, submits: u8, jobs: u8, cells: [&'static str; 5]) -> Row {
    Row { faults, submits, jobs, cells }
}

/// The same at the vendors with a result operation (fal, SeaArt), and the same at those whose poll brings the video.
const fn split(faults: &'static str, two_steps: &'static str, one_step: &'static str) -> Row {
    Row { faults, submits: 1, jobs: 1, cells: [one_step, two_steps, two_steps, one_step, one_step] }
}

/// A manner of one vendor.
const fn only(faults: &'static str, submits: u8, jobs: u8, vendor: usize, outcome: &'static str) -> Row {
    let mut cells = ["n/a: it is a manner of another vendor"; 5];
    cells[vendor] = outcome;
    Row { faults, submits, jobs, cells }
}

const MODELSLAB: usize = 0;
const FAL: usize = 1;
const SEAART: usize = 2;
const HIGHWAYAPI: usize = 3;
const APIINONE: usize = 4;

const CUT: &str = "unknown network";
const NO_WORD: &str = "n/a: that answer has no status word";
const ESSENTIAL: &str = "n/a: all that is in that answer is essential";
const NO_NUMBER: &str = "n/a: that answer has no number";
const NO_URL: &str = "n/a: that answer has no URL of the vendor";
const IS_POLL: &str = "n/a: its result is a poll: refuse the poll";

pub(super) const TABLE: &[Row] = &[
    // The submit does not reach the vendor: no charge, and the next vendor may have it.
    all("submit:refuse", 0, 0, "rejected network"),
    // It was sent, and nothing came back. Whether a job was made cannot be told from here, so it makes no difference.
    all("submit:drop-request", 1, 0, "unknown network"),
    all("submit:drop-request=reset", 1, 0, "unknown network"),
    all("submit:drop-answer", 1, 1, "unknown network"),
    all("submit:drop-answer=reset", 1, 1, "unknown network"),
    all("submit:hang", 1, 1, "unknown timeout"),
    // Half an answer: the job is known if its number is in that half.
    // fal writes it into a header as well.
    each("submit:cut=12", 1, 1, [CUT, "video", CUT, CUT, CUT]),
    each("submit:cut=12,reset", 1, 1, [CUT, "video", CUT, CUT, CUT]),
    each("submit:cut", 1, 1, ["video", "video", "video", "unknown network", "unknown network"]),
    each("submit:stall", 1, 1, ["video", "video", "video", "unknown timeout", "unknown timeout"]),
    each("submit:invalid-json", 1, 1, ["video", "video", "video", "unknown protocol", "unknown protocol"]),
    all("submit:endless", 1, 1, "video"),
    all("submit:empty", 1, 1, "unknown protocol"),
    all("submit:delay=20s", 1, 1, "video"),
    // The vendor says no. What it says decides the kind.
    all("submit:http=400", 1, 0, "rejected invalid_request"),
    all("submit:http=401", 1, 0, "rejected key"),
    all("submit:http=402", 1, 0, "rejected balance"),
    all("submit:http=403", 1, 0, "rejected key"),
    all("submit:http=404", 1, 0, "rejected protocol"),
    all("submit:http=409", 1, 0, "rejected invalid_request"),
    all("submit:http=413", 1, 0, "rejected invalid_request"),
    all("submit:http=422", 1, 0, "rejected invalid_request"),
    all("submit:http=429", 1, 0, "rejected rate_limit"),
    all("submit:http=501", 1, 0, "rejected vendor_fault"),
    all("submit:rate-limit=5s", 1, 0, "rejected rate_limit"),
    all("submit:rate-limit=5s,header", 1, 0, "rejected rate_limit"),
    all("submit:rate-limit=5s,date", 1, 0, "rejected rate_limit"),
    all("submit:rate-limit=5s,body", 1, 0, "rejected rate_limit"),
    all("submit:content-refused", 1, 0, "rejected content"),
    all("submit:image-unreachable", 1, 0, "rejected image_unreachable"),
    all("submit:no-balance", 1, 0, "rejected balance"),
    all("submit:revoke-key", 1, 0, "rejected key"),
    all("submit:html=403", 1, 0, "rejected key"),
    all("submit:html=404", 1, 0, "rejected protocol"),
    // The vendor, or a gateway, fails: a job may exist all the same.
    all("submit:http=408", 1, 0, "unknown timeout"),
    all("submit:http=500", 1, 0, "unknown vendor_fault"),
    all("submit:http=500,accepted", 1, 1, "unknown vendor_fault"),
    all("submit:http=502", 1, 0, "unknown vendor_fault"),
    all("submit:http=503", 1, 0, "unknown vendor_fault"),
    all("submit:http=503,accepted", 1, 1, "unknown vendor_fault"),
    all("submit:http=504", 1, 0, "unknown timeout"),
    all("submit:http=504,accepted", 1, 1, "unknown timeout"),
    all("submit:html=502", 1, 0, "unknown vendor_fault"),
    all("submit:html=502,accepted", 1, 1, "unknown vendor_fault"),
    all("submit:html=200", 1, 0, "unknown protocol"),
    all("submit:html=200,accepted", 1, 1, "unknown protocol"),
    // A redirect is not followed; 303 alone says that something was done.
    all("submit:redirect=301", 1, 0, "rejected protocol"),
    all("submit:redirect=302", 1, 0, "rejected protocol"),
    all("submit:redirect=303", 1, 0, "unknown protocol"),
    all("submit:redirect=307", 1, 0, "rejected protocol"),
    all("submit:redirect=308", 1, 0, "rejected protocol"),
    all("submit:redirect=307,same", 1, 0, "rejected protocol"),
    all("submit:redirect=308,same", 1, 0, "rejected protocol"),
    // Accepted in other words than documented.
    each("submit:unknown-status", 1, 1, ["video", "video", NO_WORD, NO_WORD, "video"]),
    each("submit:missing-fields", 1, 1, ["video", "video", "video", ESSENTIAL, "video"]),
    each("submit:nulls", 1, 1, ["video", "video", "video", ESSENTIAL, "video"]),
    all("submit:extra-fields", 1, 1, "video"),
    all("submit:number-for-string", 1, 1, "video"),
    each("submit:string-for-number", 1, 1, ["video", "video", "video", NO_NUMBER, "video"]),
    each("submit:foreign-urls", 1, 1, ["video", "video", "video", NO_URL, NO_URL]),
    each("submit:foreign-urls=userinfo", 1, 1, ["video", "video", "video", NO_URL, NO_URL]),
    only("submit:variant=no-id", 1, 1, MODELSLAB, "video"),
    only("submit:variant=string-id", 1, 1, MODELSLAB, "video"),
    only("submit:variant=string-output", 1, 1, MODELSLAB, "video"),
    only("submit:variant=older", 1, 1, APIINONE, "video"),
    // A no under HTTP 200 is a no.
    only("submit:variant=errors-under-200 submit:no-balance", 1, 0, MODELSLAB, "rejected balance"),
    only("submit:variant=errors-under-200 submit:http=500", 1, 0, MODELSLAB, "rejected vendor_fault"),
    only("submit:variant=errors-under-200 submit:rate-limit=5s", 1, 0, MODELSLAB, "rejected rate_limit"),
    only("submit:variant=messege submit:content-refused", 1, 0, MODELSLAB, "rejected content"),
    // A question that fails is asked again.
    all("poll:refuse=5s", 1, 1, "video"),
    all("poll:drop-request", 1, 1, "video"),
    all("poll:drop-answer=reset", 1, 1, "video"),
    all("poll:cut", 1, 1, "video"),
    all("poll:stall", 1, 1, "video"),
    all("poll:hang", 1, 1, "video"),
    all("poll:endless", 1, 1, "video"),
    all("poll:delay=30s", 1, 1, "video"),
    all("poll:http=500*3", 1, 1, "video"),
    all("poll:html=502*3", 1, 1, "video"),
    all("poll:html=200", 1, 1, "video"),
    all("poll:http=503*3", 1, 1, "video"),
    all("poll:http=504*3", 1, 1, "video"),
    all("poll:http=400", 1, 1, "video"),
    all("poll:http=408", 1, 1, "video"),
    all("poll:rate-limit=5s", 1, 1, "video"),
    all("poll:rate-limit=5s,date", 1, 1, "video"),
    all("poll:rate-limit=5s,body*9", 1, 1, "video"),
    all("poll:invalid-json", 1, 1, "video"),
    all("poll:empty", 1, 1, "video"),
    all("poll:redirect=307", 1, 1, "video"),
    all("poll:redirect=302,same", 1, 1, "video"),
    // But not for ever, and not where the answer will not change.
    all("poll:refuse", 1, 1, "wait: gave_up network"),
    all("poll:http=500*always", 1, 1, "wait: gave_up vendor_fault"),
    all("poll:html=502*always", 1, 1, "wait: gave_up vendor_fault"),
    all("poll:http=504*always", 1, 1, "wait: gave_up timeout"),
    all("poll:http=400*always", 1, 1, "wait: gave_up invalid_request"),
    all("poll:invalid-json*always", 1, 1, "wait: gave_up protocol"),
    all("poll:redirect=307*always", 1, 1, "wait: gave_up protocol"),
    all("poll:rate-limit=60s*always", 1, 1, "wait: timed_out timeout"),
    all("poll:rate-limit=3600s", 1, 1, "wait: timed_out timeout"),
    all("poll:http=401", 1, 1, "wait: refused key"),
    all("poll:http=403", 1, 1, "wait: refused key"),
    all("poll:http=404", 1, 1, "wait: refused unknown_job"),
    all("poll:revoke-key", 1, 1, "wait: refused key"),
    only("poll:variant=errors-under-200 poll:revoke-key", 1, 1, MODELSLAB, "wait: refused key"),
    only("poll:variant=errors-under-200 poll:rate-limit=5s", 1, 1, MODELSLAB, "video"),
    // Answers in other words than documented.
    all("poll:unknown-status", 1, 1, "video"),
    all("poll:unknown-status=\u{1b}[31mRED*2", 1, 1, "video"),
    all("poll:missing-fields", 1, 1, "video"),
    all("poll:nulls", 1, 1, "video"),
    all("poll:extra-fields*always", 1, 1, "video"),
    all("poll:number-for-string", 1, 1, "video"),
    all("poll:string-for-number", 1, 1, "video"),
    each("poll:foreign-urls", 1, 1, [NO_URL, "video", "video", NO_URL, NO_URL]),
    only("poll:variant=string-output", 1, 1, MODELSLAB, "video"),
    only("poll:variant=lower-case*always", 1, 1, SEAART, "video"),
    only("poll:variant=zero-progress*always", 1, 1, HIGHWAYAPI, "video"),
    only("poll:variant=text-numbers*always", 1, 1, HIGHWAYAPI, "video"),
    only("poll:variant=older*always", 1, 1, APIINONE, "video"),
    // A word that nobody knows ends nothing, and time does.
    all("job:never-ends poll:unknown-status*always", 1, 1, "wait: timed_out timeout"),
    // The answer that brings the video.
    split("result:refuse=5s", "video", IS_POLL),
    all("result:drop-answer", 1, 1, "video"),
    all("result:cut", 1, 1, "video"),
    all("result:hang", 1, 1, "video"),
    all("result:http=500*3", 1, 1, "video"),
    all("result:html=502", 1, 1, "video"),
    all("result:http=503", 1, 1, "video"),
    all("result:rate-limit=5s", 1, 1, "video"),
    all("result:invalid-json", 1, 1, "video"),
    all("result:empty", 1, 1, "video"),
    all("result:redirect=307", 1, 1, "video"),
    all("result:missing-fields", 1, 1, "video"),
    all("result:nulls", 1, 1, "video"),
    all("result:extra-fields", 1, 1, "video"),
    all("result:number-for-string", 1, 1, "video"),
    all("result:string-for-number", 1, 1, "video"),
    all("result:http=500*always", 1, 1, "wait: gave_up vendor_fault"),
    // fal's word for it, in place of a result, is the job's end.
    each("result:http=504*always", 1, 1, {
        let gave_up = "wait: gave_up timeout";
        [gave_up, "result: job_failed timeout", gave_up, gave_up, gave_up]
    }),
    all("result:http=504*3", 1, 1, "video"),
    all("result:http=401", 1, 1, "wait: refused key"),
    all("result:http=404", 1, 1, "wait: refused unknown_job"),
    // A result that answers 4xx is a failed job; a poll that does is a failed question.
    split("result:http=422", "result: job_failed invalid_request", "video"),
    all("result:no-video", 1, 1, "result: no_video protocol"),
    only("result:variant=succeeded", 1, 1, HIGHWAYAPI, "video"),
    only("result:variant=string-output", 1, 1, MODELSLAB, "video"),
    only("result:variant=url", 1, 1, APIINONE, "video"),
    only("result:variant=output", 1, 1, APIINONE, "video"),
    only("result:variant=videos", 1, 1, APIINONE, "video"),
    only("result:variant=output-object", 1, 1, APIINONE, "video"),
    only("result:variant=older", 1, 1, APIINONE, "video"),
    // What becomes of the job.
    all("job:never-ends", 1, 1, "wait: timed_out timeout"),
    all("job:fails", 1, 1, "result: job_failed vendor_fault"),
    all("job:content-refused", 1, 1, "result: job_failed content"),
    all("job:image-unreachable", 1, 1, "result: job_failed image_unreachable"),
    all("job:no-video", 1, 1, "result: no_video protocol"),
    only("job:fails poll:variant=silent-failure*always", 1, 1, FAL, "result: job_failed vendor_fault"),
    only("job:content-refused poll:variant=silent-failure*always", 1, 1, FAL, "result: job_failed content"),
    only("job:fails poll:variant=error-object*always", 1, 1, SEAART, "result: job_failed vendor_fault"),
    // The file: what is cut is resumed, what is not there is said.
    all("download:refuse=2s", 1, 1, "video"),
    all("download:drop-request", 1, 1, "video"),
    all("download:drop-answer=reset", 1, 1, "video"),
    all("download:cut", 1, 1, "video"),
    all("download:cut=1*3", 1, 1, "video"),
    all("download:cut=100,reset*4", 1, 1, "video"),
    all("download:cut download:no-range", 1, 1, "video"),
    all("download:stall", 1, 1, "video"),
    all("download:hang", 1, 1, "video"),
    all("download:delay=20s", 1, 1, "video"),
    all("download:http=500*3", 1, 1, "video"),
    all("download:html=502", 1, 1, "video"),
    all("download:rate-limit=2s", 1, 1, "video"),
    all("download:empty", 1, 1, "video"),
    all("download:no-length", 1, 1, "video"),
    all("download:no-range", 1, 1, "video"),
    all("download:redirect=302", 1, 1, "video"),
    all("download:redirect=307,same", 1, 1, "video"),
    all("download:redirect=302,same*always", 1, 1, "download: refused protocol"),
    all("download:expired", 1, 1, "video"),
    all("download:http=403", 1, 1, "download: gone protocol"),
    all("download:http=404", 1, 1, "download: gone protocol"),
    all("download:html=403", 1, 1, "download: gone protocol"),
    all("download:html=200", 1, 1, "download: not_a_video protocol"),
    all("download:http=500*always", 1, 1, "download: no_answer vendor_fault"),
    all("download:refuse", 1, 1, "download: not_sent network"),
    all("download:drop-request*always", 1, 1, "download: no_answer network"),
    all("download:hang*always", 1, 1, "download: no_answer timeout"),
    all("download:cut download:drop-request*always", 1, 1, "download: incomplete network"),
    all("download:endless", 1, 1, "download: too_large protocol"),
];
