//! `bench-kills`: `kill -9` at random moments of an ingest; what comes out must equal an undisturbed run.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use twosource_model::Digest;

use crate::made_archive::{Maker, Random};

/// Runs it: `kills` kills of `binary` on an archive of `articles`, in a folder that is made anew.
pub fn run(kills: u32, articles: usize, binary: &Path, folder: &Path, corpus: &Path) -> Result<()> {
    let binary = fs::canonicalize(binary).with_context(|| format!("{}", binary.display()))?;
    fs::create_dir_all(folder)?;
    let folder = fs::canonicalize(folder)?;
    let mut archive = std::io::BufWriter::new(fs::File::create(folder.join("archive.jsonl"))?);
    for (at, made) in Maker::new(corpus)?.take(articles).enumerate() {
        writeln!(archive, "{}", made.line())?;
        if at % 100 == 99 {
            writeln!(archive, "{{\"id\": broken")?;
        }
    }
    archive.flush()?;
    drop(archive);
    let job = Job { binary, folder };
    job.clean("calm.db");
    job.ingest("calm.db")?.wait()?;
    let expected = job.exported("calm.db")?;
    let (mut done, mut random, mut sound) = (0, Random(99), 0);
    job.clean("killed.db");
    while done < kills {
        let mut run = job.ingest("killed.db")?;
        sleep(Duration::from_millis(20 + random.below(2_500)));
        if run.try_wait()?.is_some() {
            // it got through: the next kills fall on a new file
            ensure!(
                job.exported("killed.db")? == expected,
                "the export differs after {done} kills"
            );
            eprintln!("{done} kills: a run got through, its export is the same");
            job.clean("killed.db");
            continue;
        }
        run.kill()?;
        run.wait()?;
        done += 1;
        if done % 10 == 0 && job.folder.join("killed.db").exists() {
            let checked = job.command(&["check", "--db", "killed.db"]).output()?;
            let told = String::from_utf8_lossy(&checked.stderr).into_owned();
            ensure!(
                checked.status.success() || told.contains("it is empty"),
                "check: {told}"
            );
            sound += 1;
        }
    }
    job.ingest("killed.db")?.wait()?;
    ensure!(
        job.exported("killed.db")? == expected,
        "the export differs after {done} kills"
    );
    let checked = job.command(&["check", "--db", "killed.db"]).output()?;
    ensure!(
        checked.status.success(),
        "check: {}",
        String::from_utf8_lossy(&checked.stderr)
    );
    eprintln!(
        "{done} kills, {sound} checks between them, all sound; the exports are the same, byte for byte"
    );
    Ok(())
}

struct Job {
    binary: PathBuf,
    folder: PathBuf,
}

impl Job {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command
            .current_dir(&self.folder)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        command
    }

    fn ingest(&self, db: &str) -> Result<std::process::Child> {
        Ok(self
            .command(&["ingest", "archive.jsonl", "--db", db])
            .stdout(Stdio::null())
            .spawn()?)
    }

    fn exported(&self, db: &str) -> Result<Digest> {
        let output = self.command(&["export", "--db", db]).output()?;
        ensure!(output.status.success(), "export of {db} failed");
        Ok(Digest::of(&output.stdout))
    }

    fn clean(&self, db: &str) {
        for ending in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(self.folder.join(format!("{db}{ending}")));
        }
    }
}
