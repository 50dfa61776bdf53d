//! The accounts as Markdown, each citation a footnote with the words and their bytes.

mod account;
mod escape;
mod notes;

use crate::{Options, Stories, phrases, sigla};
use escape::escape;
use notes::Notes;

/// The accounts as Markdown (CommonMark with tables and footnotes).
#[must_use]
pub fn markdown(stories: &Stories<'_>, options: &Options) -> String {
    let mut out = String::new();
    let mut notes = Notes::default();
    if stories.accounts.is_empty() {
        out.push_str("No story: there was no report to tell.\n");
    }
    if stories.accounts.len() > 1 {
        out.push_str(&format!(
            "# {}\n\n",
            sigla::counted(stories.accounts.len(), "story")
        ));
        for (at, account) in stories.accounts.iter().enumerate() {
            let title = escape(&phrases::story_title(account));
            out.push_str(&format!(
                "{}. {title} ({})\n",
                at + 1,
                phrases::story_size(account)
            ));
        }
        out.push('\n');
    }
    for account in stories.accounts {
        account::tell(&mut out, &mut notes, account, options);
    }
    if !stories.set_aside.is_empty() {
        out.push_str("## Set aside\n\n");
        for set_aside in stories.set_aside {
            out.push_str(&format!(
                "- {}: {}\n",
                escape(&set_aside.path),
                escape(&set_aside.reason)
            ));
        }
        out.push('\n');
    }
    out.push_str(&notes.finish());
    out
}
