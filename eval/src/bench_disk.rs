//! `bench-disk`: a disk that is full, and one that may only be read, met by an ingest and by a watch; what comes out in the
//! end must equal an undisturbed run. The disk is a small tmpfs (Linux, root).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, ensure};
use twosource_model::Digest;

use crate::bench_kills::{INGEST, Job, WATCH, prompt_press, write_archive};

/// Code of the program where it could not go on.
const STOPPED_CODE: i32 = 4;
/// Code of the program where it set some input aside: broken lines of the archive.
const ASIDE_CODE: i32 = 3;
/// The disk has so much of the room that the first round takes, in hundredths: a watch meets the end of the one while it
/// fetches, of the other while it reads.
const ROOMS: [u64; 2] = [50, 90];
const CALM: &str = "calm/desk.db";
const SMALL: &str = "small/desk.db";

/// Takes an archive in, half of it in the first round.
pub fn ingest(articles: usize, binary: &Path, folder: &Path, corpus: &Path) -> Result<()> {
    let job = Job::new(binary, folder)?;
    let folder = job.folder.clone();
    run(&job, INGEST, |round| {
        write_archive(&folder, articles * round as usize / 2, corpus)
    })
}

/// Watches a press, whose headlines are edited in the second round.
pub fn watch(outlets: usize, items: usize, binary: &Path, folder: &Path) -> Result<()> {
    let job = Job::new(binary, folder)?;
    let (press, _web) = prompt_press(&job.folder, outlets, items)?;
    run(&job, WATCH, |round| {
        press.set_round(round);
        Ok(())
    })
}

fn run(job: &Job, command: &[&str], set_round: impl Fn(u32) -> Result<()>) -> Result<()> {
    let calm = job.folder.join("calm");
    if calm.exists() {
        fs::remove_dir_all(&calm)?;
    }
    fs::create_dir_all(&calm)?;
    let mut expected = Vec::new();
    let mut bytes = 0;
    for round in [1, 2] {
        set_round(round)?;
        done(job, command, CALM)?;
        expected.push(job.exported(CALM)?);
        if round == 1 {
            bytes = fs::metadata(job.folder.join(CALM))?.len();
        }
    }
    let small = job.folder.join("small");
    set_round(1)?;
    for room in ROOMS {
        let disk = Disk::mount(small.clone(), bytes * room / 100)?;
        refused(job, command, "full")?;
        job.check(SMALL)?;
        eprintln!("{} states kept, check is clean", job.states(SMALL)?.len());
        disk.again(&format!("size={}", bytes * 20))?;
        done(job, command, SMALL)?;
        same(job, expected[0], "after the full disk")?;
    }

    let disk = Disk::mount(small, bytes * 20)?;
    done(job, command, SMALL)?;
    set_round(2)?;
    disk.again("ro")?;
    refused(job, command, "read-only")?;
    same(job, expected[0], "on the disk that may only be read")?;
    disk.again("rw")?;
    done(job, command, SMALL)?;
    job.check(SMALL)?;
    same(job, expected[1], "in the end")
}

fn same(job: &Job, expected: Digest, when: &str) -> Result<()> {
    ensure!(job.exported(SMALL)? == expected, "the export differs {when}");
    eprintln!("the export {when} is that of an undisturbed run");
    Ok(())
}

fn output(job: &Job, command: &[&str], db: &str) -> Result<Output> {
    let mut command = job.command(command);
    Ok(command.arg("--db").arg(db).stderr(Stdio::piped()).output()?)
}

fn done(job: &Job, command: &[&str], db: &str) -> Result<()> {
    let output = output(job, command, db)?;
    let told = String::from_utf8_lossy(&output.stderr);
    let code = output.status.code();
    ensure!(code == Some(0) || code == Some(ASIDE_CODE), "{db}: {told}");
    Ok(())
}

fn refused(job: &Job, command: &[&str], why: &str) -> Result<()> {
    let output = output(job, command, SMALL)?;
    let told = String::from_utf8_lossy(&output.stderr);
    let last = told.lines().last().unwrap_or_default();
    let code = output.status.code();
    eprintln!("{why} disk: code {code:?}: {last}");
    ensure!(code == Some(STOPPED_CODE), "{why}: {told}");
    Ok(())
}

/// A tmpfs of a few megabytes; gone when this is dropped.
struct Disk(PathBuf);

impl Disk {
    fn mount(at: PathBuf, bytes: u64) -> Result<Self> {
        fs::create_dir_all(&at)?;
        let disk = Self(at);
        disk.mounted(&["-t", "tmpfs", "-o", &format!("size={bytes}"), "tmpfs"])?;
        Ok(disk)
    }

    /// Mounted anew, with another option.
    fn again(&self, option: &str) -> Result<()> {
        self.mounted(&["-o", &format!("remount,{option}")])
    }

    fn mounted(&self, arguments: &[&str]) -> Result<()> {
        let status = Command::new("mount").args(arguments).arg(&self.0).status();
        let status = status.context("`mount` is needed")?;
        ensure!(
            status.success(),
            "mounting a tmpfs at {} takes root",
            self.0.display()
        );
        Ok(())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // what is left mounted is seen by `mount`
        let _ = Command::new("umount").arg(&self.0).status();
    }
}
