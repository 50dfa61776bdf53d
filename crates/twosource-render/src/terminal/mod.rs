//! The accounts as text for a terminal.

mod account;
mod paper;

use crate::{Options, Stories, phrases, sigla};
use paper::{Ink, Paper};

/// The accounts as text of `options.width` columns.
///
/// Nothing is told by colour alone, and nothing in a report can steer the terminal.
#[must_use]
pub fn terminal(stories: &Stories<'_>, options: &Options) -> String {
    let width = options.width.max(Options::MIN_WIDTH);
    let mut paper = Paper::new(width, options.colour);
    if stories.accounts.is_empty() {
        paper.put(0, "", "No story: there was no report to tell.", Ink::Plain);
    }
    if stories.accounts.len() > 1 {
        index(&mut paper, stories);
    }
    for (at, account) in stories.accounts.iter().enumerate() {
        if at > 0 || stories.accounts.len() > 1 {
            paper.blank();
        }
        account::tell(&mut paper, account, options);
    }
    if !stories.set_aside.is_empty() {
        paper.heading("Set aside");
        for set_aside in stories.set_aside {
            let words = format!("{}: {}", set_aside.path, set_aside.reason);
            paper.put(2, "! ", &words, Ink::Plain);
        }
    }
    paper.finish()
}

/// The stories in a list, when there are several.
fn index(paper: &mut Paper, stories: &Stories<'_>) {
    paper.put(
        0,
        "",
        &sigla::counted(stories.accounts.len(), "story"),
        Ink::Strong,
    );
    let digits = stories.accounts.len().to_string().len();
    for (at, account) in stories.accounts.iter().enumerate() {
        let words = format!(
            "{} ({})",
            phrases::story_title(account),
            phrases::story_size(account)
        );
        paper.put(2, &format!("{:>digits$}. ", at + 1), &words, Ink::Plain);
    }
}
