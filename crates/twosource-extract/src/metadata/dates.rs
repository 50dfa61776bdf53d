//! When the report was published and changed, with the evidence.

use jiff::civil;
use twosource_model::{Confidence, DateSource, DatedEvidence, LanguageCode, Moment};

use super::script_dates::{KeyKind, dated_keys};
use super::{LinkedArticle, PageFacts};
use crate::cues::fold;
use crate::date_text::{Order, Reading, find_dates, first_date, machine_date};
use crate::page::{AttributeName, NodeId, Page, Tag};
use crate::plain::is_update_word;

/// Both dates.
#[derive(Debug, Default)]
pub(crate) struct Dates {
    pub(crate) published: Option<DatedEvidence>,
    pub(crate) modified: Option<DatedEvidence>,
}

/// `meta` names that hold the time of publication, the most trusted first.
const PUBLISHED_METAS: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "published-date",
    "published_date",
    "publication_date",
    "publicationdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "article.published",
    "article:post_date",
    "date",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "rnews:datepublished",
    "displaydate",
    "article_date_original",
    "bt:pubdate",
    "citation_date",
    "citation_publication_date",
    "last-modified-published",
    "datecreated",
    "og:pubdate",
    "created",
    "release_date",
    "shareaholic:article_published_time",
    "last-published",
    "video:release_date",
];

/// `meta` names that hold the time of the last change.
const MODIFIED_METAS: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "lastmod",
    "article:updated",
    "updated_time",
    "modified",
    "revised",
];

/// What is needed to judge a date.
pub(crate) struct Context<'c> {
    pub(crate) url: Option<&'c str>,
    pub(crate) captured: Option<civil::Date>,
    pub(crate) title: Option<NodeId>,
    /// nodes of the main text, first and last
    pub(crate) body: Option<(NodeId, NodeId)>,
    pub(crate) reading: Reading,
    /// lines that a reader sees as one, though several elements hold their words
    pub(crate) joined_lines: &'c [(NodeId, &'c str)],
    /// elements that a person's rules name
    pub(crate) ruled: Vec<NodeId>,
}

/// How numeric dates are to be read on a page of this language and address.
pub(crate) fn reading_of(language: Option<LanguageCode>, stated: Option<&str>, url: Option<&str>) -> Reading {
    let region = stated
        .and_then(|tag| tag.split(['-', '_']).nth(1))
        .map(str::to_ascii_uppercase);
    let american = region.as_deref() == Some("US");
    let elsewhere = region.is_some() && !american;
    let host = url.and_then(super::host_of).unwrap_or_default();
    let world = [".com", ".org", ".net", ".edu", ".gov", ".us"]
        .iter()
        .any(|end| host.ends_with(end));
    let english = language.is_none_or(|l| l == LanguageCode::ENGLISH);
    Reading {
        order: if american || (english && world && !elsewhere) {
            Order::MonthFirst
        } else {
            Order::DayFirst
        },
        language,
    }
}

/// The dates of a page.
pub(crate) fn dates_of(
    page: &Page<'_>,
    facts: &PageFacts<'_>,
    linked: &[LinkedArticle],
    context: &Context<'_>,
) -> Dates {
    let finder = Finder { page, facts, context };
    let modified = finder.modified(linked);
    let ruled = context.ruled.iter();
    let ruled = ruled
        .copied()
        .find_map(|id| finder.element(id, DateSource::VisibleLine));
    if ruled.is_some() {
        return Dates {
            published: ruled,
            modified,
        };
    }
    let stated: Vec<DatedEvidence> = [finder.linked(linked), finder.metas(), finder.items()]
        .into_iter()
        .flatten()
        .collect();
    let shown = finder.shown();
    let published = match stated.first() {
        Some(first) => Some(settle(
            &stated,
            first,
            shown.as_ref(),
            finder.address(true).as_ref(),
        )),
        None => finder
            .address(true)
            .map(|address| printed_after(address, shown.as_ref()))
            .or_else(|| finder.titled())
            .or_else(|| shown.map(|(_, dated)| dated))
            .or_else(|| finder.scripts())
            .or_else(|| finder.address(false))
            .or_else(|| finder.picture()),
    };
    Dates { published, modified }
}

/// The date that an element states or shows.
pub(crate) fn date_of_element(
    page: &Page<'_>,
    facts: &PageFacts<'_>,
    context: &Context<'_>,
    id: NodeId,
) -> Option<DatedEvidence> {
    Finder { page, facts, context }.element(id, DateSource::TimeElement)
}

/// Farthest from the headline, in nodes, that a date still stands beside it.
const BESIDE_TITLE: u32 = 90;

/// Longest heading that is a date with a few words beside it, in bytes.
const LONGEST_DATE_HEADING: usize = 60;

/// How much farther a date counts as standing that is said to be of a change, in nodes.
const UPDATED_IS_FARTHER: u32 = 300;

/// The day that stands beside the headline where it is the one after the day in the address: an address is made when a
/// report is set up, often on the eve.
fn printed_after(address: DatedEvidence, shown: Option<&(u32, DatedEvidence)>) -> DatedEvidence {
    let next = address.moment.day().tomorrow().ok();
    match shown {
        Some((far, shown)) if *far <= BESIDE_TITLE && Some(shown.moment.day()) == next => shown.clone(),
        _ => address,
    }
}

/// Settles between what the markup states and what a reader sees: the day is the one that the page shows, where the
/// statement is in UTC and a day off (it was evening at home), or where another statement agrees with what is shown
/// (the report was published anew).
fn settle(
    stated: &[DatedEvidence],
    first: &DatedEvidence,
    shown: Option<&(u32, DatedEvidence)>,
    address: Option<&DatedEvidence>,
) -> DatedEvidence {
    let days = |a: &DatedEvidence, b: &DatedEvidence| {
        a.moment
            .day()
            .since(b.moment.day())
            .map_or(0, |span| span.get_days())
    };
    let early_in_utc = is_early_in_utc(first.moment);
    let shown = shown
        .filter(|(far, _)| *far <= BESIDE_TITLE)
        .map(|(_, dated)| dated);
    for other in [shown, address].into_iter().flatten() {
        if days(first, other) == 0 {
            return DatedEvidence {
                confidence: Confidence::High,
                ..first.clone()
            };
        }
    }
    for other in [shown, address].into_iter().flatten() {
        if early_in_utc && days(first, other) == 1 {
            return other.clone();
        }
    }
    // the page shows the hour, the statement only a day: the day of the issue, which was printed after
    if let Some(shown) = shown
        && matches!(first.moment, Moment::Day(_))
        && matches!(shown.moment, Moment::Time { .. })
        && days(first, shown) == 1
    {
        return shown.clone();
    }
    match shown {
        Some(shown)
            if days(shown, first) >= 2
                && !is_swapped(shown.moment.day(), first.moment.day())
                && stated.iter().any(|s| days(s, shown) == 0) =>
        {
            shown.clone()
        }
        _ => first.clone(),
    }
}

/// Whether a time stands in UTC and is one at which it was still evening of the day before in America.
fn is_early_in_utc(moment: Moment) -> bool {
    matches!(moment, Moment::Time { local, offset_seconds: Some(0) } if local.hour() < 10)
}

/// Whether two days differ by day and month changing places.
fn is_swapped(a: civil::Date, b: civil::Date) -> bool {
    a.year() == b.year() && a.month() == b.day() && a.day() == b.month()
}

struct Finder<'a, 'p> {
    page: &'a Page<'p>,
    facts: &'a PageFacts<'p>,
    context: &'a Context<'a>,
}

impl Finder<'_, '_> {
    /// A date that is not in the future of the capture.
    fn admit(
        &self,
        moment: Option<Moment>,
        source: DateSource,
        evidence: &str,
        confidence: Confidence,
    ) -> Option<DatedEvidence> {
        let moment = moment?;
        let late = self
            .context
            .captured
            .is_some_and(|captured| captured.tomorrow().is_ok_and(|next| moment.day() > next));
        let early = moment.day().year() < 1990;
        (!late && !early).then(|| DatedEvidence {
            moment,
            until: None,
            source,
            evidence: evidence.chars().take(160).collect(),
            confidence,
        })
    }

    fn machine(&self, value: &str, source: DateSource, confidence: Confidence) -> Option<DatedEvidence> {
        self.admit(
            machine_date(value, self.context.reading),
            source,
            value,
            confidence,
        )
    }

    fn linked(&self, linked: &[LinkedArticle]) -> Option<DatedEvidence> {
        linked
            .iter()
            .filter_map(|article| article.published.as_deref())
            .find_map(|value| self.machine(value, DateSource::StructuredData, Confidence::High))
    }

    fn metas(&self) -> Option<DatedEvidence> {
        PUBLISHED_METAS
            .iter()
            .filter_map(|name| self.facts.meta(&[name]))
            .find_map(|value| self.machine(value, DateSource::Meta, Confidence::High))
    }

    fn items(&self) -> Option<DatedEvidence> {
        let wanted = |name: &str| matches!(name, "datePublished" | "dateCreated" | "pubdate");
        self.facts
            .item_properties
            .iter()
            .filter(|(name, _)| wanted(name))
            .find_map(|(_, id)| self.element(*id, DateSource::StructuredData))
    }

    fn element(&self, id: NodeId, source: DateSource) -> Option<DatedEvidence> {
        for name in [
            AttributeName::Datetime,
            AttributeName::Content,
            AttributeName::DataPublished,
            AttributeName::DataDatetime,
            AttributeName::DataTimestamp,
            AttributeName::DataDate,
            AttributeName::DataTime,
            AttributeName::Title,
        ] {
            if let Some(value) = self.page.attribute(id, name)
                && let Some(found) = self.machine(&value, source, Confidence::High)
            {
                return Some(found);
            }
        }
        let words = self.page.text_of(id);
        if words.len() > 200 {
            return None;
        }
        let found = first_date(&words, self.context.reading)?;
        self.admit(Some(found.moment), source, &words, Confidence::Medium)
    }

    fn modified(&self, linked: &[LinkedArticle]) -> Option<DatedEvidence> {
        linked
            .iter()
            .filter_map(|article| article.modified.as_deref())
            .find_map(|value| self.machine(value, DateSource::StructuredData, Confidence::High))
            .or_else(|| {
                MODIFIED_METAS
                    .iter()
                    .filter_map(|name| self.facts.meta(&[name]))
                    .find_map(|value| self.machine(value, DateSource::Meta, Confidence::High))
            })
            .or_else(|| {
                let marked = self
                    .facts
                    .item_properties
                    .iter()
                    .filter(|(name, _)| name == "dateModified");
                marked
                    .map(|(_, id)| *id)
                    .find_map(|id| self.element(id, DateSource::StructuredData))
            })
    }

    /// The day in the address; `whole` asks for year, month and day as parts of the path.
    fn address(&self, whole: bool) -> Option<DatedEvidence> {
        let url = self.context.url.or(self.facts.canonical.as_deref())?;
        let path = url
            .split_once("://")
            .map_or(url, |(_, rest)| rest)
            .split_once('/')?
            .1;
        let day = if whole {
            day_in_parts(path)
        } else {
            day_in_path(path)
        };
        self.admit(day.map(Moment::Day), DateSource::Address, url, Confidence::Medium)
    }

    /// The value of a key in a script that names the time of publication, the plainest name first.
    fn scripts(&self) -> Option<DatedEvidence> {
        let mut best: Option<(KeyKind, DatedEvidence)> = None;
        for id in self.page.ids().filter(|id| self.page.node(*id).tag == Tag::Raw) {
            for (kind, value) in dated_keys(self.page.raw_text(id)) {
                if best.as_ref().is_none_or(|(known, _)| kind < *known)
                    && let Some(found) = self.machine(value, DateSource::Meta, Confidence::Medium)
                {
                    best = Some((kind, found));
                }
            }
        }
        best.map(|(_, found)| found)
    }

    /// A day that stands alone behind the last bar of the page's title.
    fn titled(&self) -> Option<DatedEvidence> {
        let (_, last) = self.facts.title_element.rsplit_once(['|', '–', '—'])?;
        let found =
            first_date(last, self.context.reading).filter(|found| found.span.len() == last.trim().len())?;
        self.admit(
            Some(found.moment),
            DateSource::Meta,
            last.trim(),
            Confidence::Medium,
        )
    }

    /// The day in the address of the picture that the page is shared with: pictures are laid down by the day on which they
    /// come, often the one of the report.
    fn picture(&self) -> Option<DatedEvidence> {
        let address = self.facts.meta(&["og:image", "twitter:image"])?;
        let day = day_in_parts(address).map(Moment::Day);
        self.admit(day, DateSource::Meta, address, Confidence::Low)
    }

    /// How far a node stands from the headline or the head of the text; `None` when it belongs to neither.
    fn distance(&self, id: NodeId) -> u32 {
        let from_title = self.context.title.map(|title| {
            if id >= title {
                id - title
            } else {
                (title - id) + 20
            }
        });
        let from_body = self.context.body.map(|(first, last)| {
            if id <= first {
                first - id
            } else if id > last {
                (id - last) + 40
            } else {
                (id - first) + 30
            }
        });
        match (from_title, from_body) {
            (Some(a), Some(b)) => a.min(b),
            (Some(a), None) => a,
            (None, Some(b)) => b,
            (None, None) => id,
        }
    }

    /// The date that stands nearest to the headline, and how far from it; one in a machine's form before one in words.
    fn shown(&self) -> Option<(u32, DatedEvidence)> {
        let (element, line) = (self.time_elements(), self.visible_lines());
        match (element, line) {
            (Some(element), Some(line)) => Some(if line.0 + 15 < element.0 { line } else { element }),
            (element, line) => element.or(line),
        }
    }

    fn time_elements(&self) -> Option<(u32, DatedEvidence)> {
        let mut best: Option<(u32, DatedEvidence)> = None;
        for id in &self.facts.times {
            if !self.may_be_nearer(*id, &best) || self.is_elsewhere(*id) {
                continue;
            }
            let Some(found) = self.element(*id, DateSource::TimeElement) else {
                continue;
            };
            let found = self.as_shown(*id, found);
            let folded = fold(&self.page.text_of(self.page.node(*id).parent));
            let updated = folded.len() < 80 && is_update_word(&folded);
            let far = self.distance(*id) + if updated { UPDATED_IS_FARTHER } else { 0 };
            if best.as_ref().is_none_or(|(b, _)| far < *b) {
                best = Some((far, found));
            }
        }
        best
    }

    /// The day that an element shows, where the time it states is one in UTC and a day later: it was evening at home.
    fn as_shown(&self, id: NodeId, stated: DatedEvidence) -> DatedEvidence {
        if !is_early_in_utc(stated.moment) {
            return stated;
        }
        let words = self.page.text_of(id);
        let day_before = stated.moment.day().yesterday().ok();
        first_date(&words, self.context.reading)
            .filter(|found| Some(found.moment.day()) == day_before)
            .and_then(|found| {
                self.admit(
                    Some(found.moment),
                    DateSource::TimeElement,
                    &words,
                    Confidence::High,
                )
            })
            .unwrap_or(stated)
    }

    /// Whether an element stands among comments, related reports or in a menu.
    fn is_elsewhere(&self, id: NodeId) -> bool {
        let holds = |at: NodeId, other: NodeId| at <= other && other < self.page.node(at).end;
        self.page.ancestors(id).chain([id]).any(|at| {
            // what holds the headline or the text is no place apart from them
            let own = self.context.title.is_some_and(|title| holds(at, title))
                || self.context.body.is_some_and(|(first, _)| holds(at, first));
            if own {
                return false;
            }
            let tag = self.page.node(at).tag;
            if matches!(tag, Tag::Nav | Tag::Footer | Tag::Aside) {
                return true;
            }
            // a date behind another headline is that of another report
            if tag.is_heading() && self.page.text_of(at).len() > LONGEST_DATE_HEADING {
                return true;
            }
            [AttributeName::Class, AttributeName::Id].iter().any(|name| {
                self.page.raw_attribute(at, *name).is_some_and(|value| {
                    let value = value.to_ascii_lowercase();
                    // the foot of a headline is no foot of the page
                    if value.contains("headline") || value.contains("byline") {
                        return false;
                    }
                    [
                        "comment",
                        "related",
                        "sidebar",
                        "widget",
                        "recommend",
                        "footer",
                        "copyright",
                        "popular",
                        "latest",
                        "recent",
                    ]
                    .iter()
                    .any(|word| value.contains(word))
                })
            })
        })
    }

    /// Short lines with a date, the nearest to the headline first.
    fn visible_lines(&self) -> Option<(u32, DatedEvidence)> {
        let mut best: Option<(u32, DatedEvidence)> = None;
        for id in self.page.ids().filter(|id| self.page.node(*id).tag == Tag::Text) {
            let raw = self.page.raw_text(id);
            if raw.len() >= 6 && raw.len() <= 300 && self.may_be_nearer(id, &best) && may_hold_date(raw) {
                self.visible_line(id, &crate::page::decode_text(raw), &mut best);
            }
        }
        for (id, words) in self.context.joined_lines {
            if words.len() <= 120 && self.may_be_nearer(*id, &best) && may_hold_date(words) {
                self.visible_line(*id, words, &mut best);
            }
        }
        best
    }

    fn may_be_nearer(&self, id: NodeId, best: &Option<(u32, DatedEvidence)>) -> bool {
        best.as_ref().is_none_or(|(far, _)| self.distance(id) < *far)
    }

    /// Takes the date of a line where it stands nearer to the headline than the best so far.
    fn visible_line(&self, id: NodeId, words: &str, best: &mut Option<(u32, DatedEvidence)>) {
        let dates = find_dates(words, self.context.reading);
        let Some(found) = dates.first() else { return };
        let folded = fold(words);
        let other = words.trim().len().saturating_sub(found.span.len());
        let updated = is_update_word(&folded);
        let far = self.distance(id)
            + u32::try_from(other).unwrap_or(u32::MAX)
            + if updated { UPDATED_IS_FARTHER } else { 0 };
        let unread = |at: NodeId| self.page.node(at).tag.is_unread();
        if best.as_ref().is_some_and(|(b, _)| far >= *b)
            || folded.contains('©')
            || folded.contains("copyright")
            || self.page.ancestors(id).any(unread)
            || self.is_elsewhere(id)
        {
            return;
        }
        let dated = self.admit(
            Some(found.moment),
            DateSource::VisibleLine,
            words.trim(),
            Confidence::Medium,
        );
        if let Some(dated) = dated {
            *best = Some((far, dated));
        }
    }
}

/// Whether a line has a digit or letters that may be digits of another script.
fn may_hold_date(words: &str) -> bool {
    words.bytes().any(|b| b.is_ascii_digit() || b >= 0x80)
}

/// "/2018/07/20/", "/2018/jul/20/", "/2018-07-20-".
fn day_in_parts(path: &str) -> Option<civil::Date> {
    let parts: Vec<&str> = path.split(['/', '?', '#']).collect();
    parts.windows(3).find_map(|three| {
        let year: i16 = three[0]
            .parse()
            .ok()
            .filter(|y| three[0].len() == 4 && (1990..=2100).contains(y))?;
        let month = three[1].parse::<i8>().ok().or_else(|| month_name(three[1]))?;
        let day: String = three[2].chars().take_while(char::is_ascii_digit).collect();
        civil::Date::new(year, month, day.parse().ok().filter(|_| day.len() <= 2)?).ok()
    })
}

fn month_name(part: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let part = part.to_ascii_lowercase();
    let at = NAMES
        .iter()
        .position(|name| part.starts_with(name) && part.len() <= 9)?;
    i8::try_from(at + 1).ok()
}

/// Eight digits in a row or a day with dashes anywhere in the path.
fn day_in_path(path: &str) -> Option<civil::Date> {
    let bytes = path.as_bytes();
    let number = |range: std::ops::Range<usize>| -> Option<i16> {
        let digits = bytes.get(range)?;
        digits.iter().all(u8::is_ascii_digit).then_some(())?;
        std::str::from_utf8(digits).ok()?.parse().ok()
    };
    let free = |at: usize| bytes.get(at).is_none_or(|b| !b.is_ascii_digit());
    (0..bytes.len()).find_map(|at| {
        if at > 0 && bytes[at - 1].is_ascii_digit() {
            return None;
        }
        let year = number(at..at + 4).filter(|y| (1990..=2100).contains(y))?;
        let (month, day, end) = match bytes.get(at + 4)? {
            b'-' | b'_' | b'/' | b'.' => (number(at + 5..at + 7)?, number(at + 8..at + 10)?, at + 10),
            _ => (number(at + 4..at + 6)?, number(at + 6..at + 8)?, at + 8),
        };
        if !free(end) {
            return None;
        }
        civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    })
}

pub(crate) use Context as DateContext;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_addresses_are_read() {
        for (path, expected) in [
            ("world/2018/07/20/a-report", Some("2018-07-20")),
            ("2018/jul/20/report", Some("2018-07-20")),
            ("news/20180720-report.html", Some("2018-07-20")),
            ("news/2018-07-20-report", Some("2018-07-20")),
            ("news/report-201807201", None),
            ("2018/13/40/x", None),
        ] {
            let found = day_in_parts(path)
                .or_else(|| day_in_path(path))
                .map(|d| d.to_string());
            assert_eq!(found.as_deref(), expected, "{path}");
        }
    }
}
