//! The words of the manual that clap does not know.

/// A name and what there is to say of it.
pub(super) type Entry = (&'static str, &'static str);

/// What is said of one command beyond its options.
pub(super) struct Page {
    /// The command, empty for `hailuo` itself.
    pub(super) command: &'static str,
    pub(super) description: &'static str,
    /// The codes it can end with.
    pub(super) exits: &'static [u8],
    /// Commands, and what each does.
    pub(super) examples: &'static [Entry],
    /// Pages of commands that go with it.
    pub(super) see_also: &'static [&'static str],
}

pub(super) const PAGES: &[Page] = &[
    Page {
        command: "",
        description: "Makes videos from pictures with MiniMax Hailuo 2.3 at five vendors: ModelsLab, fal, SeaArt, HighwayAPI \
             and API in One. A request is checked before it is sent, sent at most once, and written down before and after, \
             so that no job that may have been paid for is forgotten. With --sandbox the vendors are built in: nothing \
             needs a key or a network, and nothing is charged.",
        exits: &[0, 1, 2, 3, 4, 5, 6],
        examples: &[
            ("hailuo generate --sandbox --vendor all", "Five videos from five built-in vendors."),
            (
                "hailuo generate -i fox.jpg -p \"The fox turns its head. [推进]\" -v fal,seaart -o fox.mp4",
                "One video, from SeaArt only if fal refuses or cannot be reached.",
            ),
            ("hailuo jobs --open", "The jobs whose end was not seen, after a crash for example."),
        ],
        see_also: &[],
    },
    Page {
        command: "generate",
        description: "Checks a request, submits it, waits for the video and fetches it. With vendors in order of \
             preference, the next one is asked only if the one before refused the request or was never reached, never if \
             it may have taken it. With all, every vendor that has a key and can do it makes a video; the price is told \
             first, and nothing is sent without --yes. Ctrl-C stops the waiting and prints the command that goes on.",
        exits: &[0, 1, 2, 3, 4, 5, 6],
        examples: &[
            (
                "hailuo generate -i fox.jpg -p \"The fox runs.\" -v fal -r 1080P",
                "At fal, whose tier pro is chosen by the resolution.",
            ),
            (
                "hailuo generate -i https://example.com/fox.jpg -p - -v all --yes < prompt.txt",
                "A video from each vendor with a key.",
            ),
        ],
        see_also: &["validate", "vendors", "download", "batch"],
    },
    Page {
        command: "batch",
        description: "Makes a video per line of a file. A line is JSON as in hailuo schema, with image_file instead of image \
             for a picture on disk, and vendor for an order of preference of its own. With - the lines come from stdin. Each \
             line is submitted once over all runs: stop it anywhere and run it again, and it goes on. At most four requests \
             are on their way at a time, so that a crash leaves little unknown. No more lines are begun when a video cannot \
             be written.",
        exits: &[0, 1, 2, 3, 4, 5, 6],
        examples: &[
            ("hailuo batch requests.jsonl --out videos --concurrency 8", "Eight jobs at a time."),
            ("hailuo batch requests.jsonl --out videos --series second", "Every line once more."),
        ],
        see_also: &["schema", "jobs", "generate"],
    },
    Page {
        command: "validate",
        description: "Tells everything that is wrong with a request, marked where it stands, and what each vendor would be \
             sent and charge. Nothing is sent, and no key is needed. It ends with 2 if the request breaks a rule, or if a \
             vendor that was named cannot express it.",
        exits: &[0, 1, 2],
        examples: &[(
            "hailuo validate -i fox.jpg -p \"A fox.\" -d 10 -r 1080P",
            "Marks both options: 1080P goes with 6 s only.",
        )],
        see_also: &["generate", "vendors"],
    },
    Page {
        command: "vendors",
        description: "Shows what each vendor can do, what it costs, and whether there is a key.",
        exits: &[0, 1, 2],
        examples: &[],
        see_also: &["validate"],
    },
    Page {
        command: "jobs",
        description: "Lists what this machine has submitted, whoever started it and however it ended. An unknown job may have \
             been charged; it is not sent again by itself, and the vendor's account tells. A job that is done and was not \
             fetched has its video at the vendor only, and not for ever. A job of this list is meant by its number in \
             status, wait, download and cancel.",
        exits: &[0, 1, 2],
        examples: &[
            ("hailuo jobs --unknown", "What may have been charged without a video."),
            ("hailuo jobs --open --json", "One object per open job, with its handle."),
        ],
        see_also: &["status", "wait", "download", "cancel", "settle"],
    },
    Page {
        command: "status",
        description: "Asks the vendor once how a job is.",
        exits: &[0, 1, 2, 3, 5],
        examples: &[("hailuo status 7", "The job with this number in hailuo jobs.")],
        see_also: &["jobs", "wait"],
    },
    Page {
        command: "wait",
        description: "Waits for a job to end, and prints where its video is.",
        exits: &[0, 1, 2, 3, 5, 6],
        examples: &[("hailuo wait 7 --timeout 10m", "Ends with 6 if the job takes longer; it goes on all the same.")],
        see_also: &["jobs", "download"],
    },
    Page {
        command: "download",
        description: "Fetches a job's video, after waiting for it if need be. What was cut off goes on where it stopped.",
        exits: &[0, 1, 2, 3, 5, 6],
        examples: &[("hailuo download 7 -o fox.mp4", "Into this file, unless it exists.")],
        see_also: &["jobs", "wait"],
    },
    Page {
        command: "cancel",
        description: "Asks the vendor to cancel a job. fal and SeaArt can; of the others none documents it. Whether it came \
             in time is told by hailuo status.",
        exits: &[0, 1, 2, 3],
        examples: &[("hailuo cancel 7", "The job with this number in hailuo jobs.")],
        see_also: &["jobs", "status"],
    },
    Page {
        command: "settle",
        description: "Writes down what you have found out about an unknown job by looking at your account at the vendor. With \
             --job the vendor has it, under the id that its account shows, and the job is open: download fetches its video, \
             and a batch goes on with it. With --none there is no such job; a line of a batch is then submitted again by \
             the next run. Nobody is asked, and what is settled stays so.",
        exits: &[0, 1, 2],
        examples: &[
            ("hailuo settle 7 --job 764cabcf-b745-4b3e-ae38-1200304cf45b", "The vendor made it after all."),
            ("hailuo settle 7 --none", "It did not; run the batch again."),
        ],
        see_also: &["jobs", "batch", "download"],
    },
    Page {
        command: "sandbox",
        description: "Serves the five vendors on this machine and prints a line VENDOR=URL each. Any client can be pointed \
             there, and any key is right. At its end it tells what was asked, and which requests broke a vendor's contract. \
             A line on stdin, through a pipe, is one more fault, or finish (the jobs under way end), pace=2 polls (the next \
             ones move so) or clear (the faults are gone), with fal/ in front for one vendor; a line answers it.",
        exits: &[0, 1, 2],
        examples: &[
            ("hailuo sandbox --port 7100 --fault fal/submit:drop-answer", "fal takes the first job and never says so."),
            ("hailuo sandbox --export", "Lines for a shell in which the other commands then find the sandbox."),
        ],
        see_also: &["generate"],
    },
    Page {
        command: "schema",
        description: "Prints the JSON Schema of a request, which is also that of a line of a batch but for image_file and vendor.",
        exits: &[0, 2],
        examples: &[],
        see_also: &["batch"],
    },
    Page {
        command: "completions",
        description: "Prints what a shell needs to complete this command.",
        exits: &[0, 2],
        examples: &[
            ("hailuo completions bash > ~/.local/share/bash-completion/completions/hailuo", "For bash."),
            ("hailuo completions fish > ~/.config/fish/completions/hailuo.fish", "For fish."),
        ],
        see_also: &["man"],
    },
    Page {
        command: "man",
        description: "Prints this manual's first page, or writes all pages into a folder.",
        exits: &[0, 1, 2],
        examples: &[
            ("hailuo man | man -l -", "To read it."),
            ("hailuo man ~/.local/share/man/man1", "For man to find."),
        ],
        see_also: &["completions"],
    },
];

/// What a fault of the sandbox may be, by phase.
pub(super) const FAULTS: &[Entry] = &[
    (
        "submit, poll, result, cancel, download",
        "refuse[=2s], drop-request[=reset], drop-answer[=reset], cut[=BYTES][,reset], stall, hang, endless, empty, delay=2s, \
         http=STATUS, html[=STATUS], rate-limit[=5s][,header|date|body], redirect[=STATUS][,same]",
    ),
    ("submit", "http=STATUS,accepted, html=STATUS,accepted, content-refused, image-unreachable, no-balance"),
    (
        "submit, poll, result, cancel",
        "revoke-key, unknown-status[=WORD], missing-fields, nulls, extra-fields, number-for-string, string-for-number, \
         invalid-json, foreign-urls[=userinfo], variant=NAME",
    ),
    ("result", "no-video"),
    ("download", "expired, no-length, no-range"),
    ("job", "fails, never-ends, no-video, content-refused, image-unreachable"),
    (
        "@JOB, +SKIP, *TIMES",
        "@2: at the second job only. +1: the first request that fits passes. *3 or *always: how often it strikes, once if \
         nothing is said.",
    ),
];

pub(super) const EXIT_CODES: [Entry; 7] = [
    ("0", "Done."),
    ("1", "Anything else: no key, no network, a vendor that cannot answer, no space on the disk."),
    ("2", "The request, or the command line, is invalid. Nothing was sent."),
    (
        "3",
        "The vendor refused: a request, and nothing was charged; or to tell of a job or to cancel it, because it does not \
         know the job, the key is wrong, or the job is over.",
    ),
    ("4", "The outcome of a submit is unknown. It may have been charged, and was not sent again."),
    ("5", "The job failed at the vendor, or was canceled."),
    (
        "6",
        "Waiting ended before the job did, because time was up, Ctrl-C was pressed or the vendor could not be asked. The \
         handle was printed. After a job was submitted, generate and batch end with this whatever keeps them from waiting.",
    ),
];

/// Where a command can end in several ways at once.
pub(super) const WORST: &str = "Of several outcomes the worst is told: 4, 5, 6, 3, 2, 1.";

pub(super) const ENVIRONMENT: &[Entry] = &[
    ("HAILUO_KEY_FILE", "A file with keys, instead of the one in the configuration folder."),
    ("HAILUO_DATA_DIR", "The folder of the journal, instead of hailuo in the user's data folder."),
    (
        "HAILUO_QUOTE_VENDOR",
        "If set, a vendor's own words are shown with an error even where stderr is no terminal. They may quote the prompt.",
    ),
    ("NO_COLOR", "If set, nothing is colored."),
    ("TERM", "If it is dumb, there are no colors and no bars."),
    ("XDG_CONFIG_HOME", "The configuration folder, instead of ~/.config."),
    ("XDG_DATA_HOME", "The data folder, instead of ~/.local/share."),
];

pub(super) const FILES: &[Entry] = &[
    (
        "~/.config/hailuo/keys",
        "Keys, a line NAME=KEY each, with the names of the variables above. The environment goes before it. \
         It should be readable by its owner only.",
    ),
    (
        "~/.local/share/hailuo/journal.sqlite3",
        "What was submitted, and what became of it: vendor, time, handle, file. No key, prompt or picture. The other \
         files in its folder belong to it.",
    ),
    (
        ".NAME.*.part",
        "Beside a video: what has arrived of it. The next try goes on there, and it becomes the video when it is whole.",
    ),
    (
        "NAME.answer.json",
        "Beside where a video should be: the answer of a vendor that calls the job done and names no video. It may say \
         where the video is.",
    ),
];

pub(super) const NOTES: &[Entry] = &[
    (
        "Handles",
        "A job has a handle, one word that any machine with the vendor's key can use with status, wait, download and \
         cancel. On the machine that submitted it the number shown by hailuo jobs does as well. The journal knows at \
         which address a job is, so that a job of a served sandbox needs no option to be found again. The jobs of \
         --sandbox end with their command.",
    ),
    (
        "Unknown jobs",
        "The answer to a request may leave open whether the vendor made a job, and name one all the same: a conflict with \
         a job that was asked for before, or an error after the job was made. Then hailuo jobs shows that job beside the \
         unknown one, and status, wait and download with its number ask for it. If it has ended, the unknown one counts \
         as ended too.",
    ),
    (
        "Lines of a batch",
        "A line is known by its content, whatever its place in the file: the JSON without regard to spaces and order, \
         with the bytes of image_file, and for lines that are equal also which of them it is. It is submitted once \
         over all runs, until --series says that it is meant anew. A line that a vendor refused, or that never \
         reached one, is tried again by the next run; one whose outcome is unknown is not, until hailuo settle says what \
         became of it.",
    ),
    (
        "Vendors in order",
        "With several vendors the next one is asked only if the one before refused the request or was never reached, \
         never if it may have taken it.",
    ),
];
