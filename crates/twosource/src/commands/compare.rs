//! `twosource compare`: reports in, stories with their accounts out.

use std::io::{IsTerminal, stdout};

use twosource_render::{Options, Stories};

use crate::arguments::{CompareOptions, Format, Sort};
use crate::exit::Exit;
use crate::inputs;
use crate::messages::{self, Progress};
use crate::output::Output;
use crate::settings;

/// Columns of text when standard output is no terminal.
const PLAIN_WIDTH: usize = 100;
/// Columns of text at most: longer lines are hard to read.
const MOST_WIDTH: usize = 120;

/// Runs it.
pub fn run(options: &CompareOptions) -> anyhow::Result<Exit> {
    let mut settings = settings::of_reading(&options.inputs.reading)?;
    settings.account.as_of = options.as_of;
    let progress = Progress::new("articles read");
    let compared = twosource_pipeline::compare(
        inputs::documents_named(&options.inputs, None, options.as_of).documents,
        &settings,
        |count| progress.at(count),
    );
    drop(progress);
    inputs::tell_all_aside(&compared.set_aside);
    if compared.accounts.is_empty() {
        messages::note("nothing to compare: no input gave an article");
        messages::hint("name pages (.html), plain text (.txt) or JSON Lines (.jsonl), or a folder of them");
        return Ok(Exit::Nothing);
    }
    let set_aside: Vec<twosource_render::SetAside> = compared
        .set_aside
        .iter()
        .map(|aside| twosource_render::SetAside {
            path: aside.path.clone(),
            reason: aside.reason.clone(),
        })
        .collect();
    let stories = Stories {
        accounts: &compared.accounts,
        set_aside: &set_aside,
        as_of: options.as_of,
    };
    let shown = rendered(&stories, options.format, &look(options.sort));
    let mut output = Output::new();
    output.text(&shown)?;
    output.finish()?;
    Ok(Exit::of_counts(compared.accounts.len(), set_aside.len()))
}

/// The look asked for, as wide as the terminal is.
pub fn look(sort: Sort) -> Options {
    let plain = plain_look(sort);
    match stdout().is_terminal() {
        true => Options {
            width: terminal_width(),
            colour: true,
            ..plain
        },
        false => plain,
    }
}

/// The look where there is no terminal.
pub const fn plain_look(sort: Sort) -> Options {
    Options {
        width: PLAIN_WIDTH,
        colour: false,
        sort: match sort {
            Sort::Support => twosource_render::Sort::Support,
            Sort::Time => twosource_render::Sort::Time,
        },
    }
}

/// The accounts in the form asked for.
pub fn rendered(stories: &Stories<'_>, format: Format, look: &Options) -> String {
    match format {
        Format::Text => twosource_render::terminal(stories, look),
        Format::Markdown => twosource_render::markdown(stories, look),
        Format::Html => twosource_render::html(stories, look),
        Format::Json => twosource_render::json(stories, look),
    }
}

fn terminal_width() -> usize {
    terminal_size::terminal_size().map_or(PLAIN_WIDTH, |(width, _)| usize::from(width.0).min(MOST_WIDTH))
}
