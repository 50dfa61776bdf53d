//! The accounts as one self-contained page: the account on one side, the reports side by side on the other.
//!
//! A citation is a link to a mark in the report's text. Without JavaScript, `:target` lights the mark; with it, a
//! click lights every rendering of a line in all reports at once. Nothing is loaded, and the page's own policy
//! (hashes of its one style and its one script) lets nothing else run.

mod account;
mod layers;
mod links;
mod marks;
mod policy;
mod reports;
mod utterances;

use maud::{DOCTYPE, Markup, PreEscaped, html as markup};

use crate::{Options, Stories, phrases, sigla};
pub use layers::layers;
use marks::Marks;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The accounts as one HTML file.
#[must_use]
pub fn html(stories: &Stories<'_>, options: &Options) -> String {
    let mut rules = String::new();
    let bodies: Vec<Markup> = (0..stories.accounts.len())
        .map(|at| {
            let mut marks = Marks::new(at);
            let body = account::story(stories.accounts, at, options, &mut marks);
            rules.push_str(&marks.rules());
            body
        })
        .collect();
    let style = format!("{STYLE}{rules}");
    let policy = policy::of(&style, SCRIPT);
    let title = match stories.accounts {
        [] => "No story".to_owned(),
        [account] => phrases::story_title(account),
        several => sigla::counted(several.len(), "story"),
    };
    let page = markup! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                meta name="generator" content="Twosource";
                title { (title) }
                style { (PreEscaped(&style)) }
            }
            body {
                a.skip href="#account" { "Skip to the account" }
                main #account {
                    @if stories.accounts.is_empty() { p.nothing { "No story: there was no report to tell." } }
                    @if stories.accounts.len() > 1 { (index(stories)) }
                    @for body in &bodies { (body) }
                    (set_aside(stories))
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

/// The stories of the page, when there are several.
fn index(stories: &Stories<'_>) -> Markup {
    markup! {
        nav.index aria-label="Stories" {
            h1 { (sigla::counted(stories.accounts.len(), "story")) }
            @if let Some(day) = stories.as_of { p.told { "as of " (day) } }
            ol {
                @for (at, account) in stories.accounts.iter().enumerate() {
                    li {
                        a href={ "#s" (at + 1) } dir="auto" { (phrases::story_title(account)) }
                        span.size { (phrases::story_size(account)) }
                    }
                }
            }
        }
    }
}

fn set_aside(stories: &Stories<'_>) -> Markup {
    markup! {
        @if !stories.set_aside.is_empty() {
            section.set-aside {
                h2 { "Set aside" }
                ul {
                    @for set_aside in stories.set_aside {
                        li { code { (set_aside.path) } ": " (set_aside.reason) }
                    }
                }
            }
        }
    }
}
