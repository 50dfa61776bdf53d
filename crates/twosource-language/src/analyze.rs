//! The step: the layers in order.

use twosource_model::{Analysis, Article, LanguageCode, Moment};

use crate::{events, names, numbers, quotes, syntax, times};

/// Which layers to make. A layer that a wanted one needs is made too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Names and entities.
    pub names: bool,
    /// Time expressions.
    pub times: bool,
    /// Numbers.
    pub numbers: bool,
    /// Quotes (needs names).
    pub quotes: bool,
    /// Political events (needs names, times and quotes).
    pub events: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            names: true,
            times: true,
            numbers: true,
            quotes: true,
            events: true,
        }
    }
}

/// Everything that the language step sees in one article.
#[must_use]
pub fn analyze(article: &Article, settings: &Settings) -> Analysis {
    let language = article
        .language
        .or_else(|| syntax::identify_language(article.text()))
        .unwrap_or(LanguageCode::ENGLISH);
    let mut analysis = Analysis::empty(article.id.clone(), article.revision(), language);
    syntax::parse(article, &mut analysis);
    analyze_parsed(article, &mut analysis, settings);
    analysis
}

/// The layers above syntax, over sentences and tokens that are there already (from [`syntax::parse`] or from CoNLL-U).
pub fn analyze_parsed(article: &Article, analysis: &mut Analysis, settings: &Settings) {
    let published = article.published.as_ref().map(|date| date.moment);
    layers_at(article, analysis, settings, published);
}

/// The layers above syntax anew, for an article without a date of its own that has been given one since: what is said
/// of times is read against `published`.
#[must_use]
pub fn reread_at(article: &Article, analysis: &Analysis, settings: &Settings, published: Moment) -> Analysis {
    let mut reread = Analysis::empty(analysis.article.clone(), analysis.revision, analysis.language);
    reread.sentences.clone_from(&analysis.sentences);
    reread.tokens.clone_from(&analysis.tokens);
    layers_at(article, &mut reread, settings, Some(published));
    reread
}

fn layers_at(article: &Article, analysis: &mut Analysis, settings: &Settings, published: Option<Moment>) {
    let quotes_wanted = settings.quotes || settings.events;
    let names_wanted = settings.names || quotes_wanted;
    if settings.times || settings.events || settings.numbers {
        times::find_times_at(article, analysis, published);
    }
    if settings.numbers {
        numbers::find_numbers(article, analysis);
    }
    if names_wanted {
        names::find_names(article, analysis);
    }
    if quotes_wanted {
        quotes::find_quotes(article, analysis);
    }
    if settings.events {
        events::find_events(article, analysis);
    }
}
