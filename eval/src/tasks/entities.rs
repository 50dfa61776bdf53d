//! The `entities` task: reads id, text, title and published; writes names with types, and mentions with links and clusters.

use anyhow::Result;
use serde::{Deserialize, Serialize};
use twosource_language::names::inner_names;
use twosource_language::{Settings, analyze};
use twosource_model::{
    Article, ArticleId, Confidence, DateSource, DatedEvidence, Entity, EntityType, LanguageCode, MentionForm,
    Moment,
};

use super::Job;
use crate::lines::CodePoints;

#[derive(Deserialize)]
struct Item {
    id: String,
    text: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    published: Option<String>,
}

#[derive(Serialize)]
struct Prediction {
    id: String,
    entities: Vec<Name>,
    mentions: Vec<Mention>,
    /// Descriptions and pronouns; no scorer reads them.
    others: Vec<Mention>,
}

#[derive(Serialize)]
struct Name {
    start: u32,
    end: u32,
    #[serde(rename = "type")]
    kind: &'static str,
    text: String,
}

#[derive(Serialize)]
struct Mention {
    start: u32,
    end: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cluster: Option<u32>,
    form: MentionForm,
}

/// Writes the predictions.
pub fn run(job: &Job) -> Result<()> {
    job.each(predict)
}

/// The title of an entity: of its link, else its name; what no table knows most often has its name as its title.
fn title_of(entity: &Entity) -> String {
    title(entity.link.as_ref().map_or(&entity.name, |link| &link.name))
}

/// A title as the pack writes it: commas, hyphens and brackets as in addresses.
fn title(name: &str) -> String {
    name.replace(',', "%2C")
        .replace('-', "%2D")
        .replace('(', "%28")
        .replace(')', "%29")
}

fn predict(item: &Item) -> Prediction {
    let mut article = Article::of_text(
        ArticleId::new(&item.id),
        item.title.as_deref().unwrap_or(""),
        &item.text,
    );
    article.language = Some(LanguageCode::ENGLISH);
    let published = item.published.as_deref();
    article.published = published
        .and_then(|p| p.parse::<Moment>().ok())
        .map(|moment| DatedEvidence {
            moment,
            until: None,
            source: DateSource::Given,
            evidence: published.unwrap_or_default().to_owned(),
            confidence: Confidence::High,
        });
    let settings = Settings {
        times: false,
        numbers: false,
        quotes: false,
        events: false,
        ..Settings::default()
    };
    let analysis = analyze(&article, &settings);
    let points = CodePoints::of(&item.text);
    let mut prediction = Prediction {
        id: item.id.clone(),
        entities: Vec::new(),
        mentions: Vec::new(),
        others: Vec::new(),
    };
    for mention in &analysis.mentions {
        let [start, end] = points.span(mention.span);
        let kind = match mention.entity_type {
            EntityType::Person => Some("PER"),
            EntityType::Organisation => Some("ORG"),
            EntityType::Place => Some("LOC"),
            _ => None,
        };
        if let Some(kind) = kind.filter(|_| mention.form == MentionForm::Name) {
            prediction.entities.push(Name {
                start,
                end,
                kind,
                text: mention.span.of(&item.text).to_owned(),
            });
        }
        let entity = mention.entity.map(|e| &analysis.entities[e as usize]);
        let list = match mention.form {
            MentionForm::Name => &mut prediction.mentions,
            _ => &mut prediction.others,
        };
        // the pack's mentions are whole noun phrases
        let [start, end] = points.span(mention.full);
        list.push(Mention {
            start,
            end,
            link: entity.map(title_of),
            cluster: mention.entity,
            form: mention.form,
        });
    }
    for inner in inner_names(&article, &analysis) {
        let [start, end] = points.span(inner.span);
        let entity = inner.entity.map(|e| &analysis.entities[e as usize]);
        prediction.mentions.push(Mention {
            start,
            end,
            link: inner.link.map(|link| title(&link.name)).or(entity.map(title_of)),
            cluster: inner.entity,
            form: MentionForm::Name,
        });
    }
    prediction
}
