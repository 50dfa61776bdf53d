//! Coded events, one row an event of a story however many reports tell it.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Actor, Analysis, Article, Event, Modality, Polarity};

use super::sheet::{Cell, Column, Row};
use crate::articles::date_of;
use crate::numbers::{ArticleNumber, StoryNumber};
use crate::{Store, StoreError};

/// Names of PLOVER where it has one (`event_type`, `event_mode`, `actor_name`, `recipient_name` ...), then ours.
pub const EVENTS: &[Column] = &[
    Column::text("event_id"),
    Column::text("event_date"),
    Column::text("event_type"),
    Column::text("event_mode"),
    Column::text("cameo"),
    Column::text("actor_name"),
    Column::text("actor_country"),
    Column::text("actor_sector"),
    Column::text("recipient_name"),
    Column::text("recipient_country"),
    Column::text("recipient_sector"),
    Column::text("polarity"),
    Column::text("modality"),
    Column::text("placename"),
    Column::real("latitude"),
    Column::real("longitude"),
    Column::text("story"),
    Column::integer("reports"),
    Column::integer("origins"),
    Column::integer("outlets"),
    Column::integer("mentions"),
    Column::text("article"),
    Column::text("revision"),
    Column::integer("start"),
    Column::integer("end"),
    Column::text("words"),
];

/// An event of a story: one row, whoever reports it.
pub struct Told {
    pub story: StoryNumber,
    /// Number within the story, from 1.
    pub number: usize,
    pub event_type: String,
    pub mode: Option<String>,
    pub cameo: Option<String>,
    pub actor: Side,
    pub recipient: Side,
    pub negative: bool,
    pub modality: Modality,
    /// Day it happened, where a report says so; else the earliest publication.
    pub day: Option<jiff::civil::Date>,
    pub place: Option<Place>,
    pub reports: BTreeSet<ArticleNumber>,
    pub origins: BTreeSet<ArticleNumber>,
    pub outlets: BTreeSet<String>,
    pub mentions: i64,
    /// Earliest publication of a report that tells it.
    pub published: Option<i64>,
    /// The first mention.
    pub article: String,
    pub url: Option<String>,
    pub revision: String,
    pub span: (usize, usize),
    pub words: String,
    pub is_first_sentence: bool,
}

/// One side of an event.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Side {
    pub name: Option<String>,
    pub code: Option<String>,
    pub sector: Option<String>,
}

/// Where an event took place, as its report names it.
#[derive(Clone)]
pub struct Place {
    pub name: String,
    pub country: Option<String>,
    pub coordinates: Option<(f32, f32)>,
}

/// What makes two mentions one event of a story: what, how, who, to whom, done or not.
type Key = (String, Option<String>, Vec<Option<String>>, bool);

impl Store {
    pub(super) fn event_rows(&self, row: Row<'_>) -> Result<(), StoreError> {
        self.each_event(&mut |told| {
            row(vec![
                Cell::Text(format!("{}-{}", told.story, told.number)),
                Cell::text(told.day.map(|day| day.to_string())),
                Cell::Text(told.event_type.clone()),
                Cell::text(told.mode.clone()),
                Cell::text(told.cameo.clone()),
                Cell::text(told.actor.name.clone()),
                Cell::text(told.actor.code.clone()),
                Cell::text(told.actor.sector.clone()),
                Cell::text(told.recipient.name.clone()),
                Cell::text(told.recipient.code.clone()),
                Cell::text(told.recipient.sector.clone()),
                Cell::Text(if told.negative { "negative" } else { "positive" }.to_owned()),
                Cell::Text(format!("{:?}", told.modality).to_lowercase()),
                Cell::text(told.place.as_ref().map(|place| place.name.clone())),
                coordinate(told, |c| c.0),
                coordinate(told, |c| c.1),
                Cell::Text(told.story.to_string()),
                Cell::Integer(told.reports.len() as i64),
                Cell::Integer(told.origins.len() as i64),
                Cell::Integer(told.outlets.len() as i64),
                Cell::Integer(told.mentions),
                Cell::Text(told.article.clone()),
                Cell::Text(told.revision.clone()),
                Cell::Integer(told.span.0 as i64),
                Cell::Integer(told.span.1 as i64),
                Cell::Text(told.words.clone()),
            ])
        })
    }

    /// The events of all stories, story by story.
    pub(super) fn each_event(
        &self,
        each: &mut dyn FnMut(&Told) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        for story in self.living_stories()? {
            for told in self.events_told(story)? {
                each(&told)?;
            }
        }
        Ok(())
    }

    fn events_told(&self, story: StoryNumber) -> Result<Vec<Told>, StoreError> {
        let mut found: Vec<Told> = Vec::new();
        let mut places: BTreeMap<Key, usize> = BTreeMap::new();
        let members = self.members(story)?;
        for entry in self.entries(&members)? {
            let (article, analysis) = self.reading(entry.revision)?;
            let origin = self.place(entry.number)?.origin.unwrap_or(entry.number);
            for event in &analysis.events {
                let told = told(story, &article, &analysis, event);
                let key = (
                    told.event_type.clone(),
                    told.mode.clone(),
                    vec![
                        told.actor.code.clone().or_else(|| told.actor.name.clone()),
                        told.recipient
                            .code
                            .clone()
                            .or_else(|| told.recipient.name.clone()),
                    ],
                    told.negative,
                );
                let at = *places.entry(key).or_insert_with(|| {
                    found.push(Told {
                        number: found.len() + 1,
                        url: entry.url.clone(),
                        ..told
                    });
                    found.len() - 1
                });
                let told = &mut found[at];
                told.mentions += 1;
                told.reports.insert(entry.number);
                told.origins.insert(origin);
                told.outlets.insert(entry.outlet.clone());
                let day = article
                    .published
                    .as_ref()
                    .map(|dated| crate::articles::day_number(dated.moment.day()));
                told.published = told.published.into_iter().chain(day).min();
            }
        }
        for told in &mut found {
            if told.day.is_none() {
                told.day = told.published.and_then(date_of);
            }
        }
        Ok(found)
    }
}

fn told(story: StoryNumber, article: &Article, analysis: &Analysis, event: &Event) -> Told {
    let day = event
        .time
        .and_then(|at| analysis.times.get(at as usize))
        .and_then(|time| time.interval)
        // a stretch of more than a day is no day
        .filter(|(from, behind)| from.tomorrow().is_ok_and(|next| next == *behind))
        .map(|(from, _)| from);
    let place = event
        .place
        .and_then(|at| analysis.mentions.get(at as usize))
        .map(|mention| {
            let entity = mention.entity.and_then(|at| analysis.entities.get(at as usize));
            let link = entity.and_then(|entity| entity.link.as_ref());
            let name = link.map(|link| link.name.clone());
            Place {
                name: name.unwrap_or_else(|| mention.span.get(article.text()).unwrap_or_default().to_owned()),
                country: link
                    .and_then(|link| link.id.strip_prefix("country:"))
                    .map(str::to_owned),
                coordinates: link.and_then(|link| link.coordinates),
            }
        });
    Told {
        story,
        number: 0,
        event_type: event.event_type.clone(),
        mode: event.mode.clone(),
        cameo: event.cameo.clone(),
        actor: side(article, analysis, &event.source),
        recipient: side(article, analysis, &event.target),
        negative: event.polarity == Polarity::Negative,
        modality: event.modality,
        day,
        place,
        reports: BTreeSet::new(),
        origins: BTreeSet::new(),
        outlets: BTreeSet::new(),
        mentions: 0,
        published: None,
        article: article.id.to_string(),
        url: None,
        revision: article.revision().to_string(),
        span: (event.span.start(), event.span.end()),
        words: event.span.get(article.text()).unwrap_or_default().to_owned(),
        is_first_sentence: analysis.sentence_at(event.trigger.start()) == Some(0),
    }
}

fn side(article: &Article, analysis: &Analysis, actors: &[Actor]) -> Side {
    let Some(actor) = actors.first() else {
        return Side::default();
    };
    let entity = actor.entity.and_then(|at| analysis.entities.get(at as usize));
    let name = entity.map(|entity| entity.name.clone());
    Side {
        name: name.or_else(|| actor.span.get(article.text()).map(str::to_owned)),
        code: actor.code.clone(),
        sector: actor.sector.clone(),
    }
}

fn coordinate(told: &Told, of: impl Fn((f32, f32)) -> f32) -> Cell {
    let found = told.place.as_ref().and_then(|place| place.coordinates);
    found.map_or(Cell::Empty, |c| Cell::Real(f64::from(of(c))))
}
