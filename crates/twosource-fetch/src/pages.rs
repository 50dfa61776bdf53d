//! What comes of asking for a page.

use std::time::Duration;

use jiff::Timestamp;
use twosource_intake::{Kind, binary_format, reuse_of_headers, reuse_of_page};
use twosource_model::{Digest, Document, DocumentId, MediaType, Moment, ReuseSignal};
use url::Url;

use crate::ask::{PageAsk, key_of, shortened};
use crate::client::Answer;
use crate::clock::later;
use crate::delivery::{Delivery, News};
use crate::failure::Failure;
use crate::settings::Settings;
use crate::state::{FailureNote, Kept, StateWrite, Table};

/// Bytes of a page that are looked at to tell what it is.
const HEAD: usize = 4096;
/// No place on Earth is further ahead of our day than the next one.
const DAY: Duration = Duration::from_secs(24 * 3600);

/// What an answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    Page(MediaType),
    /// A feed, a sitemap or a list of feeds.
    Source(Kind),
}

/// Tells what an answer holds: by its bytes, and by its media type where they say nothing.
pub(crate) fn content_of(answer: &Answer) -> Result<Content, Failure> {
    let refuse = |reason: String| Err(Failure::Content { reason });
    let body = &answer.body;
    if body.trim_ascii().is_empty() {
        return refuse("the answer is empty".to_owned());
    }
    let head = &body[..body.len().min(HEAD)];
    if let Some(what) = binary_format(head) {
        return refuse(format!("it is {what}"));
    }
    let media_type = answer.media_type();
    let kind = Kind::of_content(head);
    match (kind, media_type.as_str()) {
        (Kind::Feed | Kind::Sitemap | Kind::Opml, _) => Ok(Content::Source(kind)),
        (
            _,
            "application/rss+xml" | "application/atom+xml" | "application/feed+json" | "application/rdf+xml",
        ) => Ok(Content::Source(Kind::Feed)),
        (_, "text/html" | "application/xhtml+xml") | (Kind::Html, _) => Ok(Content::Page(MediaType::Html)),
        (Kind::JsonLines, "application/json") => refuse("it is JSON, not a page".to_owned()),
        (_, "" | "text/plain" | "application/octet-stream") => Ok(Content::Page(MediaType::PlainText)),
        (_, "text/markdown") => Ok(Content::Page(MediaType::Markdown)),
        (_, "text/xml" | "application/xml") => Ok(Content::Source(Kind::Feed)),
        (_, other) => refuse(format!("it is {}, not a page", shortened(other))),
    }
}

/// Whether a page is due: new, or its entry has changed, or the time to look again has come.
pub(crate) fn is_due(ask: &PageAsk, now: Timestamp) -> bool {
    let state = &ask.state;
    let new = state.kept == Kept::Nothing && state.failures == 0;
    let changed = ask.digest.is_some() && ask.digest != state.entry;
    new || changed || state.next_due.is_some_and(|due| due <= now)
}

/// A page that came.
pub(crate) struct Had<'h> {
    /// Where it came from in the end.
    pub url: &'h Url,
    pub answer: Answer,
    pub media_type: MediaType,
    /// What its site says about reuse of it.
    pub of_site: Vec<ReuseSignal>,
    /// The source that named it.
    pub source: Option<String>,
}

/// What comes of a page that came.
pub(crate) fn had(
    mut ask: Box<PageAsk>,
    had: Had<'_>,
    settings: &Settings,
    now: Timestamp,
) -> (Delivery, Option<Timestamp>) {
    let Had {
        url,
        answer,
        media_type,
        of_site,
        source,
    } = had;
    let digest = Digest::of(&answer.body);
    let same = ask.state.page == Some(digest) && ask.state.kept == Kept::Page;
    let validators = answer.validators();
    let news = if same {
        News::Unchanged {
            address: ask.key.clone(),
        }
    } else {
        let charset = answer.charset();
        let mut reuse = reuse_of_headers(
            answer
                .fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        if media_type == MediaType::Html {
            reuse.extend(reuse_of_page(&answer.body));
        }
        reuse.extend(of_site);
        let mut document = Document::new(DocumentId::new(url.as_str()), media_type, answer.body);
        document.url = Some(key_of(url).into());
        document.captured = captured(settings, now);
        document.reuse = reuse;
        document.given.charset = charset;
        document.given.id.clone_from(&ask.state.id);
        document.given.feed_published = of_feed(ask.entry.as_ref(), now);
        News::Document {
            document: Box::new(document),
            source,
        }
    };
    let state = &mut ask.state;
    state.checks = if state.kept == Kept::Page {
        state.checks + 1
    } else {
        0
    };
    state.kept = Kept::Page;
    state.page = Some(digest);
    state.validators = validators;
    state.entry = ask.digest.or(state.entry);
    (settled(&mut ask, news, settings, now), ask.state.next_due)
}

/// When the feed says that a page was published, unless it says a day to come.
fn of_feed(entry: Option<&Document>, now: Timestamp) -> Option<Moment> {
    let published = entry?.given.published?;
    let latest = Moment::Day(later(now, DAY).to_zoned(jiff::tz::TimeZone::UTC).date());
    (published.sort_key() <= latest.sort_key()).then_some(published)
}

/// A page that is as it was (304).
pub(crate) fn unchanged(
    mut ask: Box<PageAsk>,
    settings: &Settings,
    now: Timestamp,
) -> (Delivery, Option<Timestamp>) {
    ask.state.checks += 1;
    ask.state.entry = ask.digest.or(ask.state.entry);
    let news = News::Unchanged {
        address: ask.key.clone(),
    };
    (settled(&mut ask, news, settings, now), ask.state.next_due)
}

fn settled(ask: &mut PageAsk, news: News, settings: &Settings, now: Timestamp) -> Delivery {
    let state = &mut ask.state;
    state.last_good = Some(now);
    state.failures = 0;
    let wait = settings.recheck.get(state.checks as usize);
    state.next_due = wait.map(|wait| later(now, *wait));
    Delivery {
        news,
        writes: vec![StateWrite::new(Table::Page, &ask.key, state)],
    }
}

/// A page that could not be had: its entry's own text stands for it, where nothing better is kept.
pub(crate) fn failed(
    mut ask: Box<PageAsk>,
    failure: Failure,
    of_source: &[ReuseSignal],
    source: Option<String>,
    settings: &Settings,
    now: Timestamp,
) -> (Vec<Delivery>, Option<Timestamp>) {
    let mut deliveries = Vec::new();
    let put_off = matches!(failure, Failure::NotItsTurn { .. });
    let state = &mut ask.state;
    let changed = ask.digest.is_some() && ask.digest != state.entry;
    if !put_off {
        state.failures += 1;
        state.next_due = match &failure {
            Failure::AskedToWait { wait, .. } => Some(later(now, *wait)),
            // the site may change its mind: its file is read again then
            Failure::Excluded { .. } => Some(later(now, settings.keep_rules)),
            failure if failure.is_temporary() => {
                Some(later(now, settings.recover.wait(state.failures, &ask.key)))
            }
            _ => None,
        };
        state.last_failure = Some(FailureNote {
            at: now,
            reason: failure.to_string(),
        });
        state.entry = ask.digest.or(state.entry);
        if state.kept != Kept::Page
            && (state.kept == Kept::Nothing || changed)
            && let Some(mut entry) = ask.entry.take()
        {
            state.kept = Kept::Entry;
            let id = state.id.get_or_insert_with(|| ask.key.clone()).clone();
            entry.given.id = Some(id);
            entry.given.feed_entry = true;
            entry.captured = captured(settings, now);
            entry.reuse.extend(of_source.iter().cloned());
            deliveries.push(News::Document {
                document: Box::new(entry),
                source: source.clone(),
            });
        }
    }
    deliveries.push(News::Failed {
        address: ask.key.clone(),
        source,
        failure,
        kept: state.kept,
    });
    let due = state.next_due;
    let mut deliveries: Vec<Delivery> = deliveries
        .into_iter()
        .map(|news| Delivery {
            news,
            writes: Vec::new(),
        })
        .collect();
    // with the last one: what is cut off in between is asked for again, and nothing of it is lost
    if !put_off && let Some(last) = deliveries.last_mut() {
        last.writes.push(StateWrite::new(Table::Page, &ask.key, state));
    }
    (deliveries, due)
}

/// What a document that came `now` says of when it was captured.
pub(crate) fn captured(settings: &Settings, now: Timestamp) -> Option<Moment> {
    let seconds = Timestamp::from_second(now.as_second()).unwrap_or(now);
    settings.captured.or_else(|| seconds.to_string().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(media_type: &str, body: &str) -> String {
        let answer = Answer {
            status: 200,
            fields: vec![("content-type".to_owned(), media_type.to_owned())],
            body: body.as_bytes().to_vec(),
        };
        match content_of(&answer) {
            Ok(content) => format!("{content:?}"),
            Err(failure) => failure.to_string(),
        }
    }

    #[test]
    fn bytes_stand_above_the_media_type() {
        for (media_type, body, expected) in [
            ("text/html", "<p>x", "Page(Html)"),
            ("", "<!doctype html><p>x", "Page(Html)"),
            ("text/plain", "Two died.", "Page(PlainText)"),
            (
                "text/html",
                "<?xml version='1.0'?><rss><channel/></rss>",
                "Source(Feed)",
            ),
            ("text/xml", "<urlset><url/></urlset>", "Source(Sitemap)"),
            (
                "application/json",
                "{\"version\":\"https://jsonfeed.org/version/1\"}",
                "Source(Feed)",
            ),
            ("application/json", "{\"a\":1}", "it is JSON, not a page"),
            ("text/html", "%PDF-1.7", "it is a PDF document"),
            ("image/svg", "x", "it is image/svg, not a page"),
            ("text/html", " \n", "the answer is empty"),
        ] {
            assert_eq!(kind(media_type, body), expected, "{media_type} {body}");
        }
    }
}
