//! What the tests of the program share.

use std::fs;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// Runs the program with nothing on standard input.
pub fn twosource(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_twosource"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// What the program wrote on standard output.
pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What it wrote on standard error.
pub fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder of its own for one test, removed at the end.
pub struct Folder(TempDir);

impl Folder {
    /// An empty one.
    pub fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// Writes a file into it.
    pub fn put(&self, name: &str, bytes: &[u8]) -> &Self {
        fs::write(self.0.path().join(name), bytes).unwrap();
        self
    }

    /// The path of a file in it.
    pub fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }
}
