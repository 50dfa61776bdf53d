//! The `extraction` task: pages in, articles out.

use anyhow::Result;
use serde::{Deserialize, Serialize};
use twosource_extract::{Settings, extract};
use twosource_model::{Article, Document, DocumentId, MediaType};

use super::Job;

/// The fields of a page that the task may see.
#[derive(Deserialize)]
pub struct Page {
    pub id: String,
    pub url: Option<String>,
    pub html: String,
}

impl Page {
    /// The page as a document.
    pub fn document(&self) -> Document {
        let html = self.html.as_bytes().to_vec();
        let mut document = Document::new(DocumentId::new(&self.id), MediaType::Html, html);
        document.url.clone_from(&self.url);
        document.given.charset = Some("utf-8".to_owned());
        document
    }
}

#[derive(Serialize)]
struct Prediction {
    id: String,
    text: String,
    title: String,
    authors: Vec<String>,
    published: Option<String>,
    language: Option<String>,
    outlet: Option<String>,
}

/// The article of a page, the first where there are several.
pub fn article_of(document: &Document) -> Option<Article> {
    let articles = extract(document, &Settings::default()).ok()?;
    articles.into_iter().next()
}

/// Writes the predictions.
pub fn run(job: &Job) -> Result<()> {
    job.each(predict)
}

fn predict(page: &Page) -> Prediction {
    let article = article_of(&page.document());
    let article = article.as_ref();
    Prediction {
        id: page.id.clone(),
        text: article.map_or("", Article::text).to_owned(),
        title: article.map_or("", Article::title).to_owned(),
        authors: article.map(|a| a.authors.clone()).unwrap_or_default(),
        published: article
            .and_then(|a| a.published.as_ref())
            .map(|p| p.moment.to_string()),
        language: article.and_then(|a| a.language).map(|l| l.to_string()),
        outlet: article.and_then(|a| a.outlet.as_ref()).map(|o| o.name.clone()),
    }
}
