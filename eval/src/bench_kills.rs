//! `bench-kills`: `kill -9` at random moments of an ingest or a watch; what comes out must equal an undisturbed run.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use twosource_model::Digest;
use twosource_testkit::press::Press;
use twosource_testkit::web::Web;

use crate::bench_fetch::on_loopback;
use crate::made_archive::Maker;
use crate::random::Random;

/// Kills an ingest: `kills` kills of `binary` on an archive of `articles`, in a folder that is made anew.
pub fn ingest(kills: u32, articles: usize, binary: &Path, folder: &Path, corpus: &Path) -> Result<()> {
    let job = Job::new(binary, folder)?;
    write_archive(&job.folder, articles, corpus)?;
    let mut killing = Killing {
        job: &job,
        command: INGEST,
        random: Random::of(99),
        longest: 2_500,
        done: 0,
        sound: 0,
    };
    job.clean("calm.db");
    killing.start("calm.db")?.wait()?;
    let expected = job.exported("calm.db")?;
    job.clean("killed.db");
    while killing.get_through(kills)? {
        ensure!(
            job.exported("killed.db")? == expected,
            "the export differs after {} kills",
            killing.done
        );
        job.clean("killed.db");
    }
    killing.start("killed.db")?.wait()?;
    job.check("killed.db")?;
    ensure!(
        job.exported("killed.db")? == expected,
        "the export differs at the end"
    );
    killing.tell();
    Ok(())
}

/// Kills a watch: `kills` kills of `binary` on a press of `outlets` with `items` each, on loopback. Headlines are edited
/// when all of the first day's is read, and kills go on over the second day.
pub fn watch(kills: u32, outlets: usize, items: usize, binary: &Path, folder: &Path) -> Result<()> {
    let job = Job::new(binary, folder)?;
    let (press, _web) = prompt_press(&job.folder, outlets, items)?;
    let mut killing = Killing {
        job: &job,
        command: WATCH,
        random: Random::of(77),
        longest: 0,
        done: 0,
        sound: 0,
    };
    job.clean("calm.db");
    let mut expected = Vec::new();
    for round in 1..=2 {
        press.set_round(round);
        let begun = now();
        killing.start("calm.db")?.wait()?;
        killing.longest = killing.longest.max(begun.elapsed().as_millis() as u64);
        expected.push(job.exported("calm.db")?);
    }
    eprintln!("undisturbed, a round takes up to {} ms", killing.longest);
    job.clean("killed.db");
    let mut round = 1;
    press.set_round(round);
    while killing.get_through(kills)? {
        ensure!(
            job.exported("killed.db")? == expected[round as usize - 1],
            "round {round}: the export differs after {} kills",
            killing.done
        );
        if round == 2 {
            job.clean("killed.db");
        }
        round = 3 - round;
        press.set_round(round);
    }
    for last in round..=2 {
        press.set_round(last);
        killing.start("killed.db")?.wait()?;
    }
    job.check("killed.db")?;
    ensure!(
        job.exported("killed.db")? == expected[1],
        "the export differs at the end"
    );
    killing.tell();
    Ok(())
}

/// Takes the archive in.
pub const INGEST: &[&str] = &["ingest", "archive.jsonl"];
/// Watches the prompt outlets of a press, one round.
pub const WATCH: &[&str] = &[
    "watch",
    "feeds.txt",
    "--once",
    "--every",
    "0",
    "--gap",
    "0.01",
    "--request-time",
    "5",
    "--allow-network",
    "127.0.0.0/8",
    "--as-of",
    "2026-11-22",
];

/// Writes an archive of made-up articles, one line in a hundred of it broken.
pub fn write_archive(folder: &Path, articles: usize, corpus: &Path) -> Result<()> {
    let mut archive = std::io::BufWriter::new(fs::File::create(folder.join("archive.jsonl"))?);
    for (at, made) in Maker::new(corpus)?.take(articles).enumerate() {
        writeln!(archive, "{}", made.line())?;
        if at % 100 == 99 {
            writeln!(archive, "{{\"id\": broken")?;
        }
    }
    Ok(archive.flush()?)
}

/// A press on loopback, and a list of its feeds; outlets that are waited for are left out.
pub fn prompt_press(folder: &Path, outlets: usize, items: usize) -> Result<(Arc<Press>, Web)> {
    let (press, web) = on_loopback(outlets, items);
    let sources = press.sources();
    let prompt: Vec<&str> = (0..outlets)
        .filter(|outlet| press.is_prompt(*outlet))
        .map(|outlet| sources[outlet].as_str())
        .collect();
    eprintln!("{} outlets", prompt.len());
    fs::write(folder.join("feeds.txt"), prompt.join("\n"))?;
    Ok((press, web))
}

#[expect(clippy::disallowed_methods, reason = "a bench measures")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

/// Starts and kills.
struct Killing<'j> {
    job: &'j Job,
    command: &'j [&'j str],
    random: Random,
    /// The longest that a run is left alone, in milliseconds.
    longest: u64,
    done: u32,
    sound: u32,
}

impl Killing<'_> {
    fn start(&self, db: &str) -> Result<Child> {
        let mut command = self.job.command(self.command);
        Ok(command.arg("--db").arg(db).stdout(Stdio::null()).spawn()?)
    }

    /// Kills runs over `killed.db` until one gets through, or `kills` are done; whether one did. After each kill, what was
    /// on disk before it is there still, and once.
    fn get_through(&mut self, kills: u32) -> Result<bool> {
        let mut before = BTreeSet::new();
        while self.done < kills {
            let mut run = self.start("killed.db")?;
            sleep(Duration::from_millis(20 + self.random.below(self.longest)));
            if run.try_wait()?.is_some() {
                eprintln!("{} kills: a run got through", self.done);
                return Ok(true);
            }
            run.kill()?;
            run.wait()?;
            self.done += 1;
            let after = self.job.states("killed.db")?;
            ensure!(
                after.is_superset(&before),
                "something was lost with kill {}",
                self.done
            );
            before = after;
            if self.done.is_multiple_of(10) && !before.is_empty() {
                self.job.check("killed.db")?;
                self.sound += 1;
            }
        }
        Ok(false)
    }

    fn tell(&self) {
        eprintln!(
            "{} kills, {} checks between them, all sound; the exports are the same, byte for byte",
            self.done, self.sound
        );
    }
}

/// The program at work in a folder.
pub struct Job {
    binary: PathBuf,
    pub folder: PathBuf,
}

impl Job {
    /// Of the program `binary` in `folder`, which is made where it is not there.
    pub fn new(binary: &Path, folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self {
            binary: fs::canonicalize(binary).with_context(|| format!("{}", binary.display()))?,
            folder: fs::canonicalize(folder)?,
        })
    }

    /// The program with these arguments, its output kept.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command
            .current_dir(&self.folder)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        command
    }

    /// The export, but for what fetching remembers of sites: when they were asked, by the clock.
    pub fn exported(&self, db: &str) -> Result<Digest> {
        let output = self.command(&["export", "--db", db]).output()?;
        ensure!(output.status.success(), "export of {db} failed");
        let mut kept: Vec<&[u8]> = Vec::new();
        for line in output.stdout.split_inclusive(|byte| *byte == b'\n') {
            let read: serde_json::Value = serde_json::from_slice(line)?;
            // the manifest hashes and counts what stands before it, sources too
            if !matches!(read["line"].as_str(), Some("source" | "manifest")) {
                kept.push(line);
            }
        }
        let kept_as = format!("{}.jsonl", db.replace('/', "-"));
        fs::write(self.folder.join(kept_as), kept.concat())?;
        Ok(Digest::of_parts(&kept))
    }

    /// Fails where `check` finds something.
    pub fn check(&self, db: &str) -> Result<()> {
        let checked = self
            .command(&["check", "--db", db])
            .stderr(Stdio::piped())
            .output()?;
        ensure!(
            checked.status.success(),
            "check: {}",
            String::from_utf8_lossy(&checked.stderr)
        );
        Ok(())
    }

    /// Every state of every article that the file holds.
    pub fn states(&self, db: &str) -> Result<BTreeSet<(String, String)>> {
        let path = self.folder.join(db);
        let mut states = BTreeSet::new();
        if !path.exists() {
            return Ok(states);
        }
        let connection = rusqlite::Connection::open(path)?;
        let Ok(mut statement) = connection.prepare("SELECT article, revision FROM revisions") else {
            // killed before the first table was made
            return Ok(states);
        };
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let state = (row.get(0)?, row.get(1)?);
            ensure!(states.insert(state), "a state is there twice");
        }
        Ok(states)
    }

    fn clean(&self, db: &str) {
        for ending in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(self.folder.join(format!("{db}{ending}")));
        }
    }
}
