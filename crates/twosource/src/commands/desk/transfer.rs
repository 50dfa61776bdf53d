//! `twosource export` and `import`: the desk for other programs, and for another machine.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use twosource_model::Digest;
use twosource_pipeline::desk::Desk;
use twosource_store::{Feed, FeedForm, Limits, Manifest, Mode, Query, Sheet, SheetForm, Store};

use super::to_read;
use crate::arguments::desk::{ExportFormat, ExportOptions, ImportOptions, Table};
use crate::exit::Exit;
use crate::messages::{self, Progress};

/// Runs `export`.
pub fn export(options: &ExportOptions) -> anyhow::Result<Exit> {
    let desk = to_read(&options.desk)?;
    let Some(out) = &options.out else {
        let mut to = BufWriter::with_capacity(1 << 16, io::stdout().lock());
        write(&desk, options, &mut to)?;
        to.flush()?;
        return Ok(Exit::Done);
    };
    // written beside its name first, so that a half export never bears it
    let part = beside(out, ".part");
    let file = File::create(&part).with_context(|| format!("writing {}", part.display()))?;
    let mut to = BufWriter::with_capacity(1 << 20, file);
    let written = write(&desk, options, &mut to).and_then(|manifest| {
        to.flush()?;
        to.get_ref().sync_all()?;
        Ok(manifest)
    });
    let manifest = match written {
        Ok(manifest) => manifest,
        Err(error) => {
            let _ = fs::remove_file(&part);
            return Err(error);
        }
    };
    fs::rename(&part, out).with_context(|| format!("writing {}", out.display()))?;
    let note = beside(out, ".manifest.json");
    fs::write(&note, serde_json::to_string_pretty(&manifest)? + "\n")
        .with_context(|| format!("writing {}", note.display()))?;
    let counts: Vec<String> = manifest
        .counts
        .iter()
        .map(|(kind, count)| format!("{count} {kind}"))
        .collect();
    messages::note(&format!("{}: {}", out.display(), counts.join(", ")));
    Ok(Exit::Done)
}

fn write(desk: &Desk, options: &ExportOptions, to: &mut dyn Write) -> anyhow::Result<Manifest> {
    let as_of = options.as_of.map(|day| day.to_string());
    let store = desk.store();
    let form = match options.format {
        ExportFormat::Jsonl if options.table.is_none() => return Ok(store.export(to, as_of)?),
        ExportFormat::Jsonl => SheetForm::Jsonl,
        ExportFormat::Csv => SheetForm::Csv,
        ExportFormat::Parquet => SheetForm::Parquet,
        ExportFormat::Atom => return feed(desk, options, FeedForm::Atom, to),
        ExportFormat::JsonFeed => return feed(desk, options, FeedForm::Json, to),
    };
    let Some(table) = options.table else {
        bail!(
            "csv and parquet hold one table: name it with --table articles, stories, quotes, events or gdelt"
        );
    };
    let sheet = match table {
        Table::Articles => Sheet::Articles,
        Table::Stories => Sheet::Stories,
        Table::Quotes => Sheet::Quotes,
        Table::Events => Sheet::Events,
        Table::Gdelt => Sheet::Gdelt,
    };
    Ok(store.write_sheet(sheet, form, to, as_of)?)
}

fn feed(
    desk: &Desk,
    options: &ExportOptions,
    form: FeedForm,
    to: &mut dyn Write,
) -> anyhow::Result<Manifest> {
    let store = desk.store();
    let (id, title, articles) = match (&options.story, &options.search) {
        (Some(shown), _) => {
            let story = desk.story(shown)?;
            let mut members = store.members(story)?;
            members.reverse();
            members.truncate(options.most);
            let title = store
                .story_entry(story)?
                .map_or_else(String::new, |entry| entry.title);
            (format!("urn:twosource:story:{story}"), title, members)
        }
        (None, Some(typed)) => {
            let (mut found, _) = store.found(&Query::parse(typed)?, options.most)?;
            found.sort_unstable_by(|a, b| b.cmp(a));
            let digest = Digest::of(typed.as_bytes()).short();
            (
                format!("urn:twosource:search:{digest}"),
                format!("Search: {typed}"),
                found,
            )
        }
        (None, None) => bail!("a feed is one of a story or of a search: give --story s12 or --search QUERY"),
    };
    let mut entries = Vec::new();
    for entry in store.entries(&articles)? {
        let words = store.opening(entry.revision)?;
        entries.push((entry, words));
    }
    let count = entries.len() as u64;
    let text = Feed { id, title, entries }.write(form);
    to.write_all(text.as_bytes())?;
    Ok(Manifest {
        what: "feed".to_owned(),
        counts: [("entry".to_owned(), count)].into(),
        sha256: Digest::of(text.as_bytes()).to_string(),
        as_of: options.as_of.map(|day| day.to_string()),
    })
}

/// Runs `import`.
pub fn import(options: &ImportOptions) -> anyhow::Result<Exit> {
    if options.db.exists() {
        bail!(
            "{} is there already: an import makes a new desk",
            options.db.display()
        );
    }
    let shown = options.from.display().to_string();
    let mut from: Box<dyn BufRead> = if options.from.as_os_str() == "-" {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(BufReader::with_capacity(
            1 << 20,
            File::open(&options.from).with_context(|| format!("reading {shown}"))?,
        ))
    };
    // a half import never bears the name
    let part = beside(&options.db, ".part");
    remove(&part);
    let progress = Progress::new("lines");
    let read = Store::open(&part, Mode::Create, Limits::default()).and_then(|store| {
        store.import(&mut from, |count| {
            progress.at(usize::try_from(count).unwrap_or(usize::MAX))
        })
    });
    drop(progress);
    let manifest = match read {
        Ok(manifest) => manifest,
        Err(error) => {
            remove(&part);
            return Err(error).with_context(|| format!("importing {shown}"));
        }
    };
    fs::rename(&part, &options.db).with_context(|| format!("writing {}", options.db.display()))?;
    let counts: Vec<String> = manifest
        .counts
        .iter()
        .map(|(kind, count)| format!("{count} {kind}"))
        .collect();
    messages::note(&format!("{}: {}", options.db.display(), counts.join(", ")));
    Ok(Exit::Done)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Removes a database with what lies beside it.
fn remove(path: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(beside(path, ending));
    }
}
