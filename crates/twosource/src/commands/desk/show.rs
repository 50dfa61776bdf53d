//! `twosource show`: a story's account as `compare` shows it, or an article with its states.

use jiff::civil::Date;
use twosource_model::{Account, ArticleId};
use twosource_pipeline::desk::{Desk, Form};
use twosource_render::{Options, Stories};
use twosource_store::ArticleNumber;

use super::{table, to_read};
use crate::arguments::desk::{REPORTS_SHOWN, ShowOptions};
use crate::arguments::{Format, Sort};
use crate::commands::compare;
use crate::exit::Exit;
use crate::messages;
use crate::output::Output;

/// Runs it.
pub fn run(options: &ShowOptions) -> anyhow::Result<Exit> {
    let desk = to_read(&options.desk)?;
    if let Some(article) = desk.store().article_number(&ArticleId::new(&options.id))? {
        return show_article(&desk, article);
    }
    let story = desk.story(&options.id)?;
    if story.to_string() != options.id {
        messages::note(&format!("{} was merged into {story}", options.id));
    }
    let look = match options.format {
        // only text is as wide as the terminal
        Format::Text => compare::look(options.sort),
        _ => compare::plain_look(options.sort),
    };
    let made_by = made_by(options.format, &look);
    let form = Form {
        most: options.most,
        as_of: options.as_of,
        made_by: &made_by,
    };
    let page = desk.page(story, form, |account| {
        page_of(account, options.as_of, options.format, &look)
    })?;
    let Some(page) = page else {
        messages::note(&format!("{story} has no articles any more"));
        return Ok(Exit::Nothing);
    };
    let mut output = Output::new();
    output.text(&page.text)?;
    output.finish()?;
    desk.close_keeping(&page);
    Ok(Exit::Done)
}

/// Tells the pages that a reader is likely to ask for next, and keeps them in the desk's file. Where that fails, they are told
/// when they are asked for.
pub fn tell_ahead(desk: &Desk) {
    let (format, look) = (Format::Html, compare::plain_look(Sort::Support));
    let form = Form {
        most: REPORTS_SHOWN,
        as_of: None,
        made_by: &made_by(format, &look),
    };
    let told = desk.tell_ahead(form, |account| page_of(account, None, format, &look));
    if let Err(error) = told {
        messages::warning(&format!("no pages are made ahead: {error}"));
    }
}

fn page_of(account: Account, as_of: Option<Date>, format: Format, look: &Options) -> String {
    let stories = Stories {
        accounts: &[account],
        set_aside: &[],
        as_of,
    };
    compare::rendered(&stories, format, look)
}

fn made_by(format: Format, look: &Options) -> String {
    format!("{format:?} {look:?} {}", build())
}

/// Tells this program from any other that may tell the same story otherwise: version, size and time of its file.
fn build() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let stamp = file.and_then(|file| Ok((file.len(), file.modified()?)));
    format!("{} {stamp:?}", env!("CARGO_PKG_VERSION"))
}

/// The present state in full; of each earlier one what the next one changed.
fn show_article(desk: &Desk, number: ArticleNumber) -> anyhow::Result<Exit> {
    let store = desk.store();
    let mut revisions = store.revisions(number)?;
    revisions.sort_by_key(|revision| (revision.current, revision.number));
    let place = store.place(number)?;
    let mut output = Output::new();
    let Some(last) = revisions.last() else {
        return Ok(Exit::Nothing);
    };
    let (article, _) = store.reading(last.number)?;
    output.text(&format!("{}\n\n", table::plain(article.title())))?;
    output.text(&format!("article    {}\n", table::plain(article.id.as_str())))?;
    output.text(&format!("outlet     {}\n", table::plain(article.outlet_name())))?;
    if let Some(published) = &article.published {
        output.text(&format!("published  {}\n", published.moment))?;
    }
    if let Some(story) = place.story {
        output.text(&format!("story      {story}\n"))?;
    }
    output.text(&format!("revision   {}\n", article.revision()))?;
    if let Some(document) = last.document
        && let Some(record) = store.document(document)?
    {
        let kept = if store.page(document)?.is_some() {
            ", kept in the desk's file"
        } else {
            ""
        };
        output.text(&format!(
            "document   {} ({} bytes, SHA-256 {}{kept})\n",
            table::plain(&record.name),
            record.length,
            record.digest.short(),
        ))?;
        if let Some(locator) = &record.locator {
            output.text(&format!(
                "record     {} at byte {}, {} bytes\n",
                table::plain(&locator.file),
                locator.offset,
                locator.length
            ))?;
        }
    }
    output.text("\n")?;
    for paragraph in &article.paragraphs {
        let words = paragraph.span.get(article.text()).unwrap_or_default();
        output.text(&format!("{}\n\n", table::plain(words)))?;
    }
    for (at, pair) in revisions.windows(2).enumerate() {
        let (before, _) = store.reading(pair[0].number)?;
        let (after, _) = store.reading(pair[1].number)?;
        output.text(&format!(
            "Changed from state {} ({}) to state {} ({})\n",
            at + 1,
            pair[0].digest.short(),
            at + 2,
            pair[1].digest.short()
        ))?;
        let lines = |article: &twosource_model::Article| -> Vec<String> {
            let paragraphs = article.paragraphs.iter();
            let words = paragraphs.filter_map(|p| p.span.get(article.text()).map(table::plain));
            std::iter::once(table::plain(article.title()))
                .chain(words)
                .collect()
        };
        let (old, new) = (lines(&before), lines(&after));
        for line in old.iter().filter(|line| !new.contains(line)) {
            output.text(&format!("  - {line}\n"))?;
        }
        for line in new.iter().filter(|line| !old.contains(line)) {
            output.text(&format!("  + {line}\n"))?;
        }
        output.text("\n")?;
    }
    output.finish()?;
    Ok(Exit::Done)
}
