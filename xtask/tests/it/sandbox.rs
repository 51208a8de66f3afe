//! A repository of its own for a command to write into, and a server on loopback for it to fetch from.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::cases;

/// A `source.toml` that does where nothing else is asked of one.
pub const SOURCE: &str = r#"
kind = "authored"
title = "Acme"
version = "0.1.0"
base_url = "https://api.example.com"
url = "https://example.com/docs"
date = "2026-01-01"

[auth]
in = "header"
name = "Authorization"
prefix = "Bearer "
"#;

/// A folder that a command takes for the repository's root.
pub struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    /// With an empty `specs/` and an empty `crates/`.
    pub fn new() -> Self {
        let sandbox = Self { folder: TempDir::new().unwrap() };
        fs::create_dir(sandbox.path("specs")).unwrap();
        fs::create_dir(sandbox.path("crates")).unwrap();
        sandbox
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Adds the manifests that state the versions of what is written by hand.
    pub fn add_manifests(&self) {
        let packages = ["hailuo", "hailuo-cli", "hailuo-sandbox"].map(|package| format!("crates/{package}/Cargo.toml"));
        for manifest in packages.iter().map(String::as_str).chain(["Cargo.toml"]) {
            self.write(manifest, fs::read(cases::repository().join(manifest)).unwrap());
        }
    }

    /// Every file below `specs/` and `crates/`, and what a run left in between, with its bytes.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut open: Vec<PathBuf> = ["specs", "crates", ".regen"].map(|top| self.path(top)).to_vec();
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(cases::list(&path));
            } else if let Ok(bytes) = fs::read(&path) {
                files.insert(path.strip_prefix(self.root()).unwrap().to_str().unwrap().to_owned(), bytes);
            }
        }
        files
    }
}

/// Runs a command that writes what it says into a buffer.
pub fn said(run: impl FnOnce(&mut dyn Write) -> anyhow::Result<u8>) -> (u8, String) {
    let mut out = Vec::new();
    let code = run(&mut out).unwrap();
    (code, String::from_utf8(out).unwrap())
}

/// Serves bytes by path, for as long as the test runs.
pub fn serve(files: Vec<(&'static str, Vec<u8>)>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut head = String::new();
            while reader.read_line(&mut head).unwrap_or(0) > 2 {}
            let path = head.split_whitespace().nth(1).unwrap_or_default().to_owned();
            let found = files.iter().find(|(name, _)| *name == path);
            let (status, body) = found.map_or(("404 Not Found", &b""[..]), |(_, bytes)| ("200 OK", bytes));
            let _ = write!(stream, "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            let _ = stream.write_all(body);
        }
    });
    base
}
