//! What comes of asking for a feed or sitemap.

use std::time::Duration;

use jiff::Timestamp;
use twosource_intake::{Kind, read_feed, read_sitemap, reuse_of_headers};
use twosource_model::{Digest, Document, Moment, ReuseSignal};
use url::Url;

use crate::ask::shortened;
use crate::body::{GZIP, unfold};
use crate::client::Answer;
use crate::clock::later;
use crate::delivery::SourceOutcome;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::state::{FailureNote, SourceState};

/// Sitemaps of one index that are read at most, the newest first.
const MOST_SITEMAPS: usize = 50;
/// Pages of one source that are looked at again although the source itself did not change.
const MOST_PAGES: usize = 500;
/// A source that asks to be kept longer than this is read daily all the same.
const LONGEST_KEEP: Duration = Duration::from_secs(24 * 3600);
/// Problems of one reading that are told one by one.
const MOST_PROBLEMS: usize = 100;

/// A source of a run.
#[derive(Debug, Default)]
pub(crate) struct Source {
    pub address: String,
    pub state: SourceState,
    /// Pages and sitemaps of it that are under way, and the source itself.
    pub open: usize,
    /// Some of it was put off: the next run reads it whole.
    pub put_off: bool,
    pub outcome: Option<SourceOutcome>,
    /// What the answer's fields say about reuse.
    pub reuse: Vec<ReuseSignal>,
    /// Pages that are to be looked at again.
    pages: Vec<String>,
    validators: crate::client::Validators,
    keep: Option<Duration>,
}

/// An entry of a source.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Address of its page.
    pub page: Option<Url>,
    pub document: Option<Document>,
    pub digest: Option<Digest>,
}

/// What a source's answer leads to.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub entries: Vec<Entry>,
    pub sitemaps: Vec<Url>,
}

impl Source {
    pub fn new(address: &str, state: SourceState) -> Self {
        Self {
            address: address.to_owned(),
            state,
            ..Self::default()
        }
    }

    /// Reads an answer. `depth` is the number of indexes above it.
    pub fn take(
        &mut self,
        url: &Url,
        answer: Answer,
        depth: u8,
        settings: &Settings,
        now: Timestamp,
    ) -> Result<Found, Failure> {
        let validators = answer.validators();
        let keep = kept_for(&answer);
        let charset = answer.charset();
        let reuse = reuse_of_headers(
            answer
                .fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        let body = if answer.body.starts_with(&GZIP) {
            unfold(&answer.body, "gzip", settings.limits.unfolded_bytes)?
        } else {
            answer.body
        };
        let refuse = |reason: String| Err(Failure::Content { reason });
        let mut problems = Vec::new();
        let mut ttl = None;
        let found = match Kind::of_content(&body[..body.len().min(8192)]) {
            Kind::Sitemap => sitemap(&body, depth, settings, now, &mut problems)?,
            Kind::Opml => return refuse("it is a list of feeds, not a feed".to_owned()),
            Kind::Html if !looks_like_feed(&body) => return refuse(of_page(&body, url)),
            _ => {
                let feed = read_feed(&self.address, Some(url.as_str()), charset.as_deref(), &body).map_err(
                    |reason| Failure::Content {
                        reason: shortened(&reason),
                    },
                )?;
                ttl = feed
                    .keep_minutes
                    .map(|minutes| Duration::from_secs(u64::from(minutes) * 60));
                if feed.title.is_some() {
                    self.state.title = feed.title;
                }
                let mut found = Found::default();
                for entry in feed.entries {
                    match entry {
                        Ok(document) => found.entries.push(of_document(document, url)),
                        Err(reason) => problems.push(shortened(&reason)),
                    }
                }
                found
            }
        };
        if depth == 0 {
            self.validators = validators;
            self.keep = keep.max(ttl).map(|keep| keep.min(LONGEST_KEEP));
            self.reuse = reuse;
        }
        problems.truncate(MOST_PROBLEMS);
        match &mut self.outcome {
            Some(SourceOutcome::Read {
                entries,
                problems: all,
            }) => {
                *entries += found.entries.len();
                all.extend(problems);
                all.truncate(MOST_PROBLEMS);
            }
            outcome => {
                *outcome = Some(SourceOutcome::Read {
                    entries: found.entries.len(),
                    problems,
                });
            }
        }
        Ok(found)
    }

    /// A sitemap of its index could not be read.
    pub fn child_failed(&mut self, url: &Url, failure: &Failure) {
        self.put_off |= matches!(failure, Failure::NotItsTurn { .. });
        if let Some(SourceOutcome::Read { problems, .. }) = &mut self.outcome
            && problems.len() < MOST_PROBLEMS
        {
            problems.push(format!("{}: {failure}", shortened(url.as_str())));
        }
    }

    /// A page of it is settled: to be looked at again at `due`, or never.
    pub fn settle_page(&mut self, address: &str, due: Option<Timestamp>) {
        if due.is_some() && self.pages.len() < MOST_PAGES {
            self.pages.push(address.to_owned());
        }
    }

    /// The record to be kept once everything of it is.
    pub fn settled(&mut self, settings: &Settings, now: Timestamp) -> &SourceState {
        let state = &mut self.state;
        let interval = settings.interval.max(self.keep.unwrap_or_default());
        match &self.outcome {
            Some(SourceOutcome::Failed(Failure::NotItsTurn { .. })) => {
                state.next_due = Some(now);
            }
            Some(SourceOutcome::Failed(failure)) => {
                state.failures += 1;
                state.last_failure = Some(FailureNote {
                    at: now,
                    reason: failure.to_string(),
                });
                let wait = match failure {
                    Failure::AskedToWait { wait, .. } => *wait,
                    _ => settings.recover.wait(state.failures, &self.address).max(interval),
                };
                state.next_due = Some(later(now, wait));
            }
            Some(outcome) => {
                state.failures = 0;
                state.last_good = Some(now);
                state.next_due = Some(later(now, interval));
                if let SourceOutcome::Read { entries, .. } = outcome {
                    state.entries = u32::try_from(*entries).unwrap_or(u32::MAX);
                    // of a reading that was not gone through to its end, nothing is held to be known
                    state.validators = if self.put_off {
                        Default::default()
                    } else {
                        self.validators.clone()
                    };
                }
                state.pages = std::mem::take(&mut self.pages);
                if self.put_off {
                    state.next_due = Some(now);
                }
            }
            None => {}
        }
        &self.state
    }
}

/// How long an answer may be kept, by its `Cache-Control`.
fn kept_for(answer: &Answer) -> Option<Duration> {
    let control = answer.field("cache-control")?;
    let age = control
        .split(',')
        .find_map(|part| part.trim().strip_prefix("max-age="))?;
    age.trim_matches('"').parse().ok().map(Duration::from_secs)
}

fn looks_like_feed(body: &[u8]) -> bool {
    let has = |mark: &[u8]| memchr::memmem::find(body, mark).is_some();
    (has(b"<item>") || has(b"<item ") || has(b"<entry>") || has(b"<entry "))
        && !has(b"<body")
        && !has(b"<BODY")
}

/// Says what is wrong with a page in a feed's place, and names the feed that it names.
fn of_page(body: &[u8], url: &Url) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(256 << 10)]);
    let named = text.split("<link").skip(1).find_map(|link| {
        let link = link.split('>').next()?;
        if !link.contains("application/rss+xml") && !link.contains("application/atom+xml") {
            return None;
        }
        let href = link.split("href=").nth(1)?;
        let quote = href.chars().next()?;
        let href = match quote {
            '"' | '\'' => href[1..].split(quote).next()?,
            _ => href.split_whitespace().next()?,
        };
        url.join(href).ok()
    });
    match named {
        Some(feed) => format!(
            "it is a page, not a feed; its feed is {}",
            shortened(feed.as_str())
        ),
        None => "it is a page, not a feed".to_owned(),
    }
}

fn of_document(mut document: Document, base: &Url) -> Entry {
    let page = document
        .url
        .as_deref()
        .and_then(|link| base.join(link.trim()).ok())
        .and_then(|link| crate::ask::address(link).ok());
    document.url = page.as_ref().map(|page| crate::ask::key_of(page).into());
    let given = &document.given;
    let published = given.published.map(|at| at.to_string()).unwrap_or_default();
    let title = given.title.clone().unwrap_or_default();
    let digest = Digest::of_parts(&[title.as_bytes(), published.as_bytes(), document.bytes()]);
    Entry {
        page,
        digest: Some(digest),
        document: Some(document),
    }
}

fn sitemap(
    body: &[u8],
    depth: u8,
    settings: &Settings,
    now: Timestamp,
    problems: &mut Vec<String>,
) -> Result<Found, Failure> {
    let sitemap = read_sitemap(body).map_err(|reason| Failure::Content { reason })?;
    let since = now
        .checked_sub(settings.sitemap_age)
        .unwrap_or(Timestamp::MIN)
        .to_zoned(jiff::tz::TimeZone::UTC)
        .datetime();
    // a bare day counts to its end
    let recent = |moment: &Moment| match moment {
        Moment::Day(day) => day.at(23, 59, 59, 0) >= since,
        Moment::Time { .. } => moment.sort_key() >= since,
    };
    let mut found = Found::default();
    let (mut old, mut undated) = (0usize, 0usize);
    for (number, page) in sitemap.pages.iter().enumerate() {
        match page.changed.max(page.published) {
            Some(at) if recent(&at) => {}
            Some(_) => {
                old += 1;
                continue;
            }
            None => {
                undated += 1;
                continue;
            }
        }
        let Some(address) = Url::parse(&page.address)
            .ok()
            .and_then(|url| crate::ask::address(url).ok())
        else {
            problems.push(format!(
                "not an address that is fetched: {}",
                shortened(&page.address)
            ));
            continue;
        };
        let document = page.document(&page.address, number + 1);
        let said = format!("{:?} {:?} {:?}", page.title, page.published, page.changed);
        found.entries.push(Entry {
            page: Some(address),
            digest: Some(Digest::of(said.as_bytes())),
            document,
        });
    }
    if undated > 0 {
        problems.push(format!(
            "{undated} pages without a date are left out: how old they are is not said"
        ));
    }
    if old > 0 {
        problems.push(format!(
            "{old} pages are left out: older than {} hours",
            settings.sitemap_age.as_secs() / 3600
        ));
    }
    let mut sitemaps: Vec<_> = sitemap
        .sitemaps
        .into_iter()
        .filter(|(_, changed)| changed.as_ref().is_none_or(recent))
        .collect();
    if !sitemaps.is_empty() && depth >= 2 {
        problems.push("indexes of sitemaps within each other are read two deep".to_owned());
        sitemaps.clear();
    }
    sitemaps.sort_by_key(|(_, changed)| std::cmp::Reverse(*changed));
    if sitemaps.len() > MOST_SITEMAPS {
        problems.push(format!(
            "{} sitemaps of the index are left out",
            sitemaps.len() - MOST_SITEMAPS
        ));
        sitemaps.truncate(MOST_SITEMAPS);
    }
    found.sitemaps = sitemaps
        .into_iter()
        .filter_map(|(address, _)| crate::ask::address(Url::parse(&address).ok()?).ok())
        .collect();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(body: &str) -> (Result<Found, Failure>, Source) {
        let mut source = Source::new("http://a.example/feed", SourceState::default());
        let answer = Answer {
            status: 200,
            fields: vec![("cache-control".to_owned(), "public, max-age=7200".to_owned())],
            body: body.as_bytes().to_vec(),
        };
        let url = Url::parse("http://a.example/feed").unwrap();
        let now = "2018-07-20T09:30:00Z".parse().unwrap();
        let found = source.take(&url, answer, 0, &Settings::default(), now);
        (found, source)
    }

    #[test]
    fn old_and_undated_pages_of_a_sitemap_are_left_out_and_told() {
        let body = "<urlset><url><loc>http://a.example/1</loc><lastmod>2018-07-18</lastmod></url>\
            <url><loc>http://a.example/2</loc><lastmod>2018-07-01</lastmod></url>\
            <url><loc>http://a.example/3</loc></url><url><loc>ftp://a.example/4</loc><lastmod>2018-07-20</lastmod></url></urlset>";
        let (found, source) = take(body);
        assert_eq!(found.unwrap().entries.len(), 1);
        let Some(SourceOutcome::Read { problems, .. }) = source.outcome else {
            panic!("it was read");
        };
        assert_eq!(problems.len(), 3, "{problems:?}");
    }

    #[test]
    fn a_page_in_place_of_a_feed_names_its_feed() {
        let (found, _) =
            take("<!doctype html><link rel=alternate type=\"application/rss+xml\" href=\"/rss\"><body>");
        assert_eq!(
            found.unwrap_err().to_string(),
            "it is a page, not a feed; its feed is http://a.example/rss"
        );
    }

    #[test]
    fn a_source_is_left_alone_as_long_as_it_asks() {
        let (found, mut source) = take(
            "<rss><channel><title>T</title><item><title>A</title><link>/1</link></item></channel></rss>",
        );
        let entries = found.unwrap().entries;
        assert_eq!(entries[0].page.as_ref().unwrap().as_str(), "http://a.example/1");
        let now = "2018-07-20T09:30:00Z".parse().unwrap();
        let state = source.settled(&Settings::default(), now);
        assert_eq!(state.next_due.unwrap().to_string(), "2018-07-20T11:30:00Z");
        assert_eq!(state.title.as_deref(), Some("T"));
    }
}
