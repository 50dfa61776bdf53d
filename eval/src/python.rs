//! Readers of other people, written in Python: installed outside the repository, and asked.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;

/// A reader and the samples that it is asked to read.
pub struct Peer<'p> {
    /// Where packages are put, the first time.
    pub folder: &'p Path,
    /// Its package on PyPI.
    pub reader: &'p str,
    /// Packages on PyPI in whose source the samples lie.
    pub samples: &'p [&'p str],
    /// Script under `peers` that reads them and prints a JSON object a line.
    pub script: &'p str,
}

impl Peer<'_> {
    /// What it reads.
    pub fn read<T: DeserializeOwned>(&self) -> Result<Vec<T>> {
        let python = self.folder.join("python");
        if !python.join(self.reader).is_dir() {
            pip(&[
                "install",
                "--quiet",
                "--target",
                &python.display().to_string(),
                self.reader,
            ])?;
        }
        let source = self.folder.join("source");
        for package in self.samples {
            let target = source.join(package);
            if !target.is_dir() {
                pip(&[
                    "download",
                    "--quiet",
                    "--no-deps",
                    "--no-binary",
                    package,
                    "--dest",
                    &target.display().to_string(),
                    package,
                ])?;
            }
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("peers")
            .join(self.script);
        let mut command = Command::new("python3");
        command.env("PYTHONPATH", &python).arg(script);
        let output = command
            .args(self.samples.iter().map(|package| source.join(package)))
            .output()
            .context("running python3")?;
        if !output.status.success() {
            let told = String::from_utf8_lossy(&output.stderr);
            bail!("{}", told.lines().last().unwrap_or("it failed"));
        }
        String::from_utf8(output.stdout)?
            .lines()
            .map(|line| Ok(serde_json::from_str(line)?))
            .collect()
    }
}

fn pip(arguments: &[&str]) -> Result<()> {
    let status = Command::new("python3")
        .args(["-m", "pip"])
        .args(arguments)
        .status()?;
    if status.success() {
        Ok(())
    } else {
        bail!("pip {} failed", arguments[0])
    }
}
