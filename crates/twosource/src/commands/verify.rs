//! `twosource verify`: every anchor of an account resolves to the words it claims.

use std::fs::File;
use std::io::{Read, stdin};
use std::sync::Arc;

use anyhow::Context;
use twosource_model::Article;
use twosource_pipeline::{Settings, extract_all, learn_outlets};
use twosource_render::{verify, wire};

use crate::arguments::VerifyOptions;
use crate::exit::Exit;
use crate::{inputs, messages, settings};

/// Largest document that is read again, in bytes: what `compare` took by its largest limit.
const DOCUMENT_BYTES: u64 = 1 << 30;

/// Runs it.
pub fn run(options: &VerifyOptions) -> anyhow::Result<Exit> {
    let shown = options.account.display();
    let mut text = String::new();
    if options.account.as_os_str() == "-" {
        stdin()
            .read_to_string(&mut text)
            .context("reading the account from standard input")?;
    } else {
        File::open(&options.account)
            .and_then(|mut file| file.read_to_string(&mut text))
            .with_context(|| format!("reading the account {shown}"))?;
    }
    let account: wire::AccountFile = serde_json::from_str(&text).with_context(|| {
        format!("{shown} is not an account as `twosource compare --format json` gives it")
    })?;
    let articles = (!options.paths.is_empty())
        .then(|| read_again(options))
        .transpose()?;
    let failures = verify(&account, articles.as_deref());
    for failure in &failures {
        messages::note(&format!("does not hold: {failure}"));
    }
    if failures.is_empty() {
        messages::note(&format!("verified: every anchor of {shown} holds"));
        return Ok(Exit::Done);
    }
    messages::note(&format!(
        "{} of the anchors or reports of {shown} do not hold",
        failures.len()
    ));
    Ok(Exit::NotVerified)
}

fn read_again(options: &VerifyOptions) -> anyhow::Result<Vec<Article>> {
    let alone = settings::with_rules(options.rules.as_deref())?;
    let outlets = learn_outlets(inputs::in_files(&options.paths, DOCUMENT_BYTES), &alone);
    let together = Settings {
        outlets: Arc::new(outlets),
        ..alone.clone()
    };
    let mut articles = Vec::new();
    extract_all(
        inputs::read(&options.paths, DOCUMENT_BYTES),
        &together,
        |result| {
            match result {
                Ok(article) => articles.push(article),
                Err(input) => inputs::tell_aside(&input),
            }
            Ok::<(), anyhow::Error>(())
        },
    )?;
    // not all of the reports may be here, and each may have been read by itself
    extract_all(
        inputs::in_files(&options.paths, DOCUMENT_BYTES),
        &alone,
        |result| {
            articles.extend(result.ok());
            Ok::<(), anyhow::Error>(())
        },
    )?;
    Ok(articles)
}
