//! The account of articles that a pack says are one story, whatever grouping makes of them.

use twosource_account::{Settings, Source, tell};
use twosource_model::{Account, Analysis, Article, Story};
use twosource_stories::Item;

/// The account of the articles; `None` where there are none.
pub fn account(articles: &[Article], analyses: &[Analysis]) -> Option<Account> {
    let sources: Vec<Source<'_>> = articles
        .iter()
        .zip(analyses)
        .map(|(article, analysis)| Source { article, analysis })
        .collect();
    Some(tell(&story(articles, analyses)?, &sources, &Settings::default()))
}

/// The articles as one story, its origins as grouping finds them.
pub fn story(articles: &[Article], analyses: &[Analysis]) -> Option<Story> {
    let items: Vec<Item<'_>> = articles
        .iter()
        .zip(analyses)
        .map(|(article, analysis)| Item { article, analysis })
        .collect();
    let mut stories = twosource_stories::group(&items, &twosource_stories::Settings::default()).into_iter();
    let mut story = stories.next()?;
    for other in stories {
        story.articles.extend(other.articles);
        story.origins.extend(other.origins);
    }
    Some(story)
}
