//! The `stories` task: the file is a stream in the order of its lines. `stories:first` writes what each article was
//! given at its arrival instead of the state after the last repair.

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};
use twosource_model::{
    Analysis, Article, ArticleId, Confidence, DateSource, DatedEvidence, LanguageCode, Moment, Outlet,
};
use twosource_stories::{Item, Settings, Stream};

use super::Job;
use crate::lines;

/// One line of a pack.
#[derive(Deserialize)]
pub struct Line {
    id: String,
    url: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
    /// When the article came in; stands in for a missing date.
    fetched: Option<String>,
    language: Option<String>,
    title: Option<String>,
    text: Option<String>,
}

#[derive(Serialize)]
struct Prediction {
    id: ArticleId,
    story: String,
}

/// Writes the predictions.
pub fn run(moment: &str, job: &Job) -> Result<()> {
    let first = match moment {
        "" => false,
        "first" => true,
        _ => bail!("stories or stories:first, not stories:{moment}"),
    };
    let mut stream = Stream::new(Settings::default());
    let mut order = Vec::new();
    for path in &job.input {
        for line in lines::read::<Line>(path)? {
            let seen = line
                .fetched
                .as_deref()
                .and_then(|text| text.parse::<Moment>().ok());
            let article = line.article();
            let analysis = empty_analysis(&article);
            let item = Item {
                article: &article,
                analysis: &analysis,
            };
            let assignment = stream.push(&item, seen);
            order.push((article.id, assignment.story));
        }
    }
    stream.repair();
    let predictions = order.into_iter().map(|(id, at_arrival)| {
        let now = stream.story_of(&id).filter(|_| !first);
        Prediction {
            story: now.unwrap_or(&at_arrival).to_string(),
            id,
        }
    });
    lines::write(&job.output, predictions)
}

/// An analysis in which nothing was seen: the step works without one.
pub fn empty_analysis(article: &Article) -> Analysis {
    Analysis::empty(article.id.clone(), article.revision(), LanguageCode::ENGLISH)
}

impl Line {
    /// When the article came in.
    pub fn seen(&self) -> Option<Moment> {
        self.fetched.as_deref()?.parse().ok()
    }

    /// The article of this line.
    pub fn article(self) -> Article {
        let id = ArticleId::new(&self.id);
        let mut article = Article::of_text(
            id,
            &self.title.unwrap_or_default(),
            &self.text.unwrap_or_default(),
        );
        article.url = self.url;
        article.outlet = self.outlet.map(|name| Outlet { name, host: None });
        article.language = self.language.as_deref().and_then(LanguageCode::of_tag);
        article.published = self.published.and_then(|text| {
            let moment = text.parse().ok()?;
            Some(DatedEvidence {
                moment,
                until: None,
                source: DateSource::Given,
                evidence: text,
                confidence: Confidence::High,
            })
        });
        article
    }
}
