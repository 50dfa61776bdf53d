//! The `pairs` task.

use anyhow::{Result, bail};

use super::Job;

/// Writes the predictions.
pub fn run(kind: &str, _job: &Job) -> Result<()> {
    bail!("the pairs:{kind} task has no runner yet")
}
