//! What is new in what is watched: an origin, a number, a quote, a contradiction, a correction; each is told once.

use serde_json::{Value, json};
use twosource_model::{Account, DifferenceKind, Digest, Gravity, Passage, ReportIx};
use twosource_store::{Alert, AlertSubject, Query, Store};

use super::{Desk, DeskError};

/// Newest reports of a search that are looked at.
const FOUND: usize = 500;
/// Newest reports of a watched story that are looked at.
const REPORTS: usize = 100;

/// Something that may be news.
struct News {
    what: &'static str,
    /// Anything of this known means that all of it is known.
    keys: Vec<String>,
    words: Value,
}

impl Desk {
    /// Saves an alert. What stands in its story or search by now is not news.
    ///
    /// # Errors
    /// When the name is taken, the story is not there, the query cannot be asked, or the file cannot be written.
    pub fn add_alert(&mut self, name: &str, subject: &AlertSubject) -> Result<(), DeskError> {
        if let AlertSubject::Story(shown) = subject {
            self.story(shown)?;
        }
        let news = self.news(subject)?;
        self.store.transaction(|store| {
            let alert = store.add_alert(name, subject)?;
            news.iter().try_for_each(|news| record(store, &alert, news, true))
        })
    }

    /// Looks at everything watched that has changed since the last time, and puts what is new on record.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn look(&mut self) -> Result<(), DeskError> {
        let last = self.store.last_step()?;
        for alert in self.store.alerts()? {
            if alert.after == last {
                continue;
            }
            let news = self.news(&alert.subject)?;
            self.store.transaction(|store| {
                for news in &news {
                    record(store, &alert, news, false)?;
                }
                store.put_alert_step(alert.number, last)?;
                Ok::<(), DeskError>(())
            })?;
        }
        Ok(())
    }

    fn news(&self, subject: &AlertSubject) -> Result<Vec<News>, DeskError> {
        match subject {
            AlertSubject::Story(shown) => {
                let story = self.story(shown)?;
                let account = self.account(story, REPORTS, None)?;
                Ok(account.map_or_else(Vec::new, |account| of_account(&account)))
            }
            AlertSubject::Search(typed) => self.of_search(typed),
        }
    }

    /// Reports that are found: one news an origin, and one a later state.
    fn of_search(&self, typed: &str) -> Result<Vec<News>, DeskError> {
        let query = Query::parse(typed).map_err(|error| DeskError::NothingToDo {
            reason: error.to_string(),
        })?;
        let (found, _) = self.store.found(&query, FOUND)?;
        let mut news = Vec::new();
        for entry in self.store.entries(&found)? {
            let place = self.store.place(entry.number)?;
            let story = place.story.map(|story| story.to_string());
            let origin = match place.origin {
                Some(origin) => self.store.article_name(origin)?,
                None => entry.name.clone(),
            };
            let words = json!({
                "story": story, "article": entry.name.as_str(), "outlet": entry.outlet, "words": entry.title,
                "url": entry.url, "published": entry.published,
            });
            let revisions = self.store.revisions(entry.number)?;
            if let (true, Some(last)) = (revisions.len() > 1, revisions.iter().find(|r| r.current)) {
                news.push(News {
                    what: "correction",
                    keys: vec![format!("{} {}", entry.name, last.digest)],
                    words: words.clone(),
                });
            }
            news.push(News {
                what: "origin",
                keys: vec![origin.to_string()],
                words,
            });
        }
        // oldest first, as they came
        news.reverse();
        Ok(news)
    }
}

fn record(store: &Store, alert: &Alert, news: &News, sent: bool) -> Result<(), DeskError> {
    let digest = |key: &String| Digest::of(format!("{}\n{key}", news.what).as_bytes());
    let keys: Vec<Digest> = news.keys.iter().map(digest).collect();
    let mut known = sent;
    for key in &keys {
        known |= store.has_notice(alert.number, *key)?;
    }
    let mut words = news.words.clone();
    words["what"] = news.what.into();
    words["alert"] = alert.name.clone().into();
    let words = words.to_string();
    for (at, key) in keys.into_iter().enumerate() {
        let told = known || at > 0;
        store.put_notice(alert.number, key, if told { "" } else { &words }, told)?;
    }
    Ok(())
}

fn of_account(account: &Account) -> Vec<News> {
    let mut news = Vec::new();
    let story = account.story.as_str();
    let outlet = |report: ReportIx| {
        account
            .reports
            .get(report as usize)
            .map(|r| r.article.outlet_name())
    };
    for origin in &account.origins {
        let reports = origin
            .reports
            .iter()
            .filter_map(|at| account.reports.get(*at as usize));
        let Some(first) = reports.clone().next() else {
            continue;
        };
        news.push(News {
            what: "origin",
            keys: reports.map(|report| report.article.id.to_string()).collect(),
            words: json!({
                "story": story, "article": first.article.id.as_str(), "outlet": first.article.outlet_name(),
                "words": first.article.title(),
            }),
        });
    }
    for difference in &account.differences {
        let subject = difference.subject.as_ref().map_or("", |subject| subject.text());
        let values: Vec<&str> = difference
            .positions
            .iter()
            .map(|position| position.value.as_str())
            .collect();
        if difference.kind == DifferenceKind::Number {
            for position in &difference.positions {
                if let Some(passage) = position.passages.first() {
                    news.push(News {
                        what: "number",
                        keys: vec![format!("{}\n{}", subject.to_lowercase(), position.value)],
                        words: json!({"story": story, "value": position.value, "of": subject, "passage": shown(passage)}),
                    });
                }
            }
        }
        if difference.gravity == Gravity::Conflict
            && let Some(passage) = difference
                .positions
                .last()
                .and_then(|position| position.passages.first())
        {
            let mut sorted = values.clone();
            sorted.sort_unstable();
            news.push(News {
                what: "contradiction",
                keys: vec![format!(
                    "{:?}\n{}\n{}",
                    difference.kind,
                    subject.to_lowercase(),
                    sorted.join("\n")
                )],
                words: json!({"story": story, "of": subject, "values": values, "passage": shown(passage)}),
            });
        }
    }
    for utterance in &account.utterances {
        let keys = utterance.renderings.iter().map(|rendering| {
            let words: String = rendering.pieces.iter().map(Passage::text).collect();
            let letters = words.chars().filter(|c| c.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect::<String>()
        });
        let Some(base) = utterance.renderings.first() else {
            continue;
        };
        let Some(passage) = base.pieces.first() else {
            continue;
        };
        news.push(News {
            what: "quote",
            keys: keys.collect(),
            words: json!({
                "story": story, "speaker": utterance.speaker_name, "outlet": outlet(base.report),
                "passage": shown(passage),
            }),
        });
    }
    for correction in &account.corrections {
        let Some(report) = account.reports.get(correction.after as usize) else {
            continue;
        };
        news.push(News {
            what: "correction",
            keys: vec![format!("{} {}", report.article.id, report.article.revision())],
            words: json!({
                "story": story, "article": report.article.id.as_str(), "outlet": report.article.outlet_name(),
                "words": report.article.title(), "changes": correction.changes.len(),
            }),
        });
    }
    news
}

fn shown(passage: &Passage) -> Value {
    let anchor = passage.anchor();
    json!({
        "article": anchor.article.as_str(),
        "revision": anchor.revision.to_string(),
        "span": [anchor.span.start(), anchor.span.end()],
        "text": passage.text(),
    })
}
