//! How documents are read, from what was typed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use twosource_extract::OutletRules;
use twosource_pipeline::{Settings, learn_outlets};

use crate::arguments::{Inputs, Reading};
use crate::inputs;

/// Ending of the files in a folder of rules.
const RULES: &str = "rules";

/// Settings for documents that are read in one go.
pub fn of_reading(reading: &Reading) -> anyhow::Result<Settings> {
    Ok(Settings {
        alone: reading.alone,
        ..with_rules(reading.rules.as_deref())?
    })
}

/// Settings for documents that are handed on one by one: what recurs over the pages of their outlets is learnt beforehand,
/// from those that lie in files.
pub fn of_inputs(inputs: &Inputs) -> anyhow::Result<Settings> {
    let settings = of_reading(&inputs.reading)?;
    if settings.alone {
        return Ok(settings);
    }
    let outlets = learn_outlets(inputs::in_files(&inputs.paths, inputs.max_size << 20), &settings);
    Ok(Settings {
        outlets: Arc::new(outlets),
        ..settings
    })
}

/// Settings with the rules of a file, or of the files of a folder by name.
pub fn with_rules(path: Option<&Path>) -> anyhow::Result<Settings> {
    let mut settings = Settings::default();
    let Some(path) = path else { return Ok(settings) };
    let mut rules = OutletRules::default();
    for file in rule_files(path)? {
        let shown = file.display();
        let text = fs::read_to_string(&file).with_context(|| format!("reading the rules {shown}"))?;
        rules
            .add(&text)
            .with_context(|| format!("in the rules {shown}"))?;
    }
    settings.extract.rules = Arc::new(rules);
    Ok(settings)
}

fn rule_files(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let reading = || format!("reading the folder of rules {}", path.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(path).with_context(reading)? {
        let file = entry.with_context(reading)?.path();
        if file.extension().is_some_and(|ending| ending == RULES) {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}
