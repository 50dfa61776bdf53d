//! The verbs of the desk.

pub mod alerts;
pub mod decide;
pub mod figures;
pub mod ingest;
pub mod keep;
pub mod prune;
pub mod quarantine;
mod round;
pub mod search;
pub mod show;
pub mod sources;
pub mod stories;
pub(super) mod table;
mod telling;
pub mod transfer;
pub mod watch;
pub mod why;

use std::path::Path;

use twosource_pipeline::Settings;
use twosource_pipeline::desk::{Desk, Intake, Keep};
use twosource_store::{Limits, Mode};

use crate::arguments::Reading;
use crate::arguments::desk::{self as typed, DeskFile, IntakeOptions};
use crate::settings;

/// The desk, to read from.
fn to_read(file: &DeskFile) -> anyhow::Result<Desk> {
    Ok(Desk::open(
        &file.db,
        Mode::Read,
        Limits::default(),
        Settings::default(),
    )?)
}

/// The desk, to write to; it must be there.
fn to_write(file: &DeskFile) -> anyhow::Result<Desk> {
    Ok(Desk::open(
        &file.db,
        Mode::Write,
        Limits::default(),
        Settings::default(),
    )?)
}

/// The desk, to take documents in; made where it is missing.
fn to_fill(file: &DeskFile, options: &IntakeOptions, reading: &Reading) -> anyhow::Result<Desk> {
    let limits = Limits {
        file_bytes: options.max_db.unwrap_or(0) << 20,
    };
    let settings = settings::of_reading(reading)?;
    Ok(Desk::open(&file.db, Mode::Create, limits, settings)?)
}

fn intake(options: &IntakeOptions) -> Intake {
    Intake {
        keep: match options.keep {
            typed::Keep::Fetched => Keep::Fetched,
            typed::Keep::All => Keep::All,
            typed::Keep::None => Keep::None,
        },
        as_of: options.as_of,
    }
}

/// The folder that the names of files are relative to: that of the desk's file.
fn base(file: &DeskFile) -> &Path {
    match file.db.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
