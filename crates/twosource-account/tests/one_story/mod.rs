//! Reports as one story.

use twosource_model::Story;
use twosource_stories::{Item, Settings, group};

/// The reports as one story, whatever grouping makes of them.
pub fn one_story(items: &[Item<'_>]) -> Story {
    let mut stories = group(items, &Settings::default()).into_iter();
    let mut story = stories.next().expect("a story");
    for other in stories {
        story.articles.extend(other.articles);
        story.origins.extend(other.origins);
    }
    story
}
