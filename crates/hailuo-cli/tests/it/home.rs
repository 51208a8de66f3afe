//! An empty home, a sandbox beside it, and the command run there.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use hailuo_sandbox::{Builder, Pace, Sandbox, Vendor};
use serde_json::Value;
use tempfile::TempDir;

/// A picture that passes the rules.
pub(crate) const PICTURE: &[u8] = include_bytes!("../../assets/picture.png");
pub(crate) const IMAGE: &str = "https://example.com/fox.png";

/// A user's home, with a folder to work in.
pub(crate) struct Home {
    folder: TempDir,
    pub(crate) sandbox: Option<Sandbox>,
    keys: Vec<(&'static str, String)>,
}

/// What came of a command.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            // A process that was killed has none.
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    /// The objects of `--json`.
    pub(crate) fn objects(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The objects of one type.
    pub(crate) fn of(&self, kind: &str) -> Vec<Value> {
        self.objects().into_iter().filter(|object| object["type"] == kind).collect()
    }

    /// Asserts the exit code, showing what was said.
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\nstdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }
}

impl Home {
    /// No vendor can be reached.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("here")).unwrap();
        Self { folder, sandbox: None, keys: Vec::new() }
    }

    /// All vendors are a sandbox whose jobs take one poll.
    pub(crate) fn with_sandbox() -> Self {
        Self::with(Sandbox::builder().pace(Pace::polls(1)))
    }

    /// All vendors are this sandbox.
    pub(crate) fn with(builder: Builder) -> Self {
        Self { sandbox: Some(builder.start_blocking().unwrap()), ..Self::new() }
    }

    pub(crate) fn sandbox(&self) -> &Sandbox {
        self.sandbox.as_ref().unwrap()
    }

    /// Sets a variable of the environment.
    pub(crate) fn set(&mut self, name: &'static str, value: &str) {
        self.keys.push((name, value.to_owned()));
    }

    /// Where commands run.
    pub(crate) fn work(&self) -> PathBuf {
        self.folder.path().join("here")
    }

    /// Writes a file to work with.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.work().join(name), content).unwrap();
    }

    /// The videos in a folder of the work.
    pub(crate) fn videos(&self, folder: &str) -> Vec<PathBuf> {
        let mut videos: Vec<_> = std::fs::read_dir(self.work().join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension() == Some(OsStr::new("mp4")))
            .collect();
        videos.sort();
        videos
    }

    /// A command that is not run yet, in an environment with nothing but what was set here.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hailuo"));
        command.args(args).current_dir(self.work()).stdin(Stdio::null()).env_clear();
        command.env("HOME", self.folder.path());
        if let Some(sandbox) = &self.sandbox {
            for vendor in Vendor::ALL {
                command.env(format!("HAILUO_{}_URL", vendor.slug().to_uppercase()), sandbox.url(vendor));
            }
        }
        command.envs(self.keys.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.command(args).output().unwrap().into()
    }

    /// Runs a command with `--json`.
    pub(crate) fn json(&self, args: &[&str]) -> Ran {
        let ran = self.run(&[args, &["--json"]].concat());
        assert_eq!(ran.err, "", "programs are told everything on stdout");
        ran
    }

    /// Starts a command whose output is read.
    pub(crate) fn start(&self, args: &[&str]) -> Child {
        self.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Every byte that the command has written under the home, videos aside.
    pub(crate) fn everything(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        collect(self.folder.path(), &mut bytes);
        bytes
    }
}

fn collect(folder: &Path, bytes: &mut Vec<u8>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, bytes);
        } else {
            bytes.extend(path.as_os_str().as_encoded_bytes());
            bytes.extend(std::fs::read(&path).unwrap());
        }
    }
}

/// Snapshots without what differs from run to run.
pub(crate) fn assert_snapshot(name: &str, home: &Home, text: &str) {
    let text = text.replace(&*home.folder.path().to_string_lossy(), "[home]");
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    for (pattern, replacement) in [
        (r"hailuo1\.[a-z]+\.[A-Za-z0-9_-]+", "[handle]"),
        (r"127\.0\.0\.1:\d+", "127.0.0.1:[port]"),
        (r#""at":\d+"#, r#""at":"[time]""#),
        (r#""job":"[^"]+""#, r#""job":"[job]""#),
        (r#"/files/[^/"]+/"#, "/files/[job]/"),
        (r"hailuo-([a-z]+)-[A-Za-z0-9_-]+\.mp4", "hailuo-$1-[job].mp4"),
        (r#""request_id":"[^"]+""#, r#""request_id":"[id]""#),
    ] {
        settings.add_filter(pattern, replacement);
    }
    settings.bind(|| insta::assert_snapshot!(name, text));
}
