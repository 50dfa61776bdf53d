//! What a page says about its report: title, authors, dates, outlet, section, language.

mod authors;
mod dates;
mod facts;
mod json;
mod json_ld;
mod language;
mod outlet;
mod script_dates;
mod title;

pub(crate) use authors::{authors_of, authors_of_words};
pub(crate) use dates::{DateContext, date_of_element, dates_of, reading_of};
pub(crate) use facts::{PageFacts, collect};
pub(crate) use json_ld::{LinkedArticle, linked_articles};
pub(crate) use language::{language_of, language_of_text};
pub(crate) use outlet::{host_of, is_known_outlet, outlet_by_host, outlet_of};
pub(crate) use title::{TitleChoice, title_of};
