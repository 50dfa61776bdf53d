//! The reports on the desk: revisions sorted out, dated where possible, in the order of their appearance.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{
    Analysis, Article, ArticleId, CopyKind, DatedEvidence, Evidence, Link, Mention, Number, Paragraph,
    Passage, Quote, ReportIx, Role, Span, Story, Support, TimeExpression,
};

use crate::dates;
use crate::quoting;
use crate::tell::Source;

/// One report with all that is known of it.
pub struct View<'a> {
    pub article: &'a Article,
    pub analysis: &'a Analysis,
    /// Index into the story's origins.
    pub origin: u32,
    /// The origin that its own counts as in support: the first one of the same agency or outlet.
    pub counts_as: u32,
    /// Its origin is an agency's: whichever outlets print it, the agency tells it.
    pub of_agency: bool,
    pub copy_kind: CopyKind,
    pub own_share: f32,
    pub evidence: Vec<Evidence>,
    /// A later revision of the same article is on the desk.
    pub superseded: bool,
    /// Publication date, its own or inferred.
    pub date: Option<DatedEvidence>,
    /// Name of its outlet in lower case; where it is not known, the words of the file or id that it came under.
    pub outlet: String,
    /// Spans of its sentences; paragraphs where the analysis has none.
    pub sentences: Vec<Span>,
    /// For each sentence the indexes of the quotes of which something stands in it, ascending.
    quotes: Vec<Vec<usize>>,
}

impl<'a> View<'a> {
    /// A report that stands in no story yet: an origin of its own.
    pub fn alone(source: &Source<'a>) -> Self {
        let sentences = sentences(source.article, source.analysis);
        Self {
            article: source.article,
            analysis: source.analysis,
            origin: 0,
            counts_as: 0,
            of_agency: false,
            copy_kind: CopyKind::First,
            own_share: 1.0,
            evidence: Vec::new(),
            superseded: false,
            date: source.article.published.clone(),
            outlet: outlet_words(source.article),
            quotes: quotes_of(&sentences, source.analysis),
            sentences,
        }
    }
}

/// See [`View::outlet`].
fn outlet_words(article: &Article) -> String {
    if article.outlet.is_some() {
        return article.outlet_name().to_lowercase();
    }
    let id = article.id.as_str();
    let name = id.rsplit(['/', '\\']).next().unwrap_or(id);
    let stem = name.split('.').next().unwrap_or(name);
    stem.replace(['-', '_'], " ").to_lowercase()
}

impl View<'_> {
    /// The words at `span`, anchored. Spans come from the analysis of this very text; one that does not fit is dropped.
    pub fn passage(&self, span: Span) -> Option<Passage> {
        let text = self.article.text();
        (span.end() <= text.len() && span.get(text).is_some())
            .then(|| Passage::of_text(self.article, span.trimmed(text)).ok())
            .flatten()
            .filter(|p| !p.text().is_empty())
    }

    /// What the paragraph at `offset` is for.
    pub fn role_at(&self, offset: usize) -> Option<Role> {
        self.paragraph(offset).map(|p| p.role)
    }

    /// The bytes of the paragraph at `offset`.
    pub fn paragraph_at(&self, offset: usize) -> Option<Span> {
        self.paragraph(offset).map(|p| p.span)
    }

    fn paragraph(&self, offset: usize) -> Option<&Paragraph> {
        let paragraphs = &self.article.paragraphs;
        let at = paragraphs.partition_point(|p| p.span.end() <= offset);
        paragraphs.get(at)
    }

    /// Whether a time is of the saying, not of what is said: it stands beside a cue, outside the words told.
    pub fn is_of_saying(&self, time: Span) -> bool {
        /// Most bytes between a cue and the time of it.
        const NEAR: usize = 25;
        let gap = |cue: &Span| {
            if cue.end() <= time.start() {
                time.start() - cue.end()
            } else {
                cue.start().saturating_sub(time.end())
            }
        };
        self.quotes_at(time)
            .any(|(_, q)| !quoting::overlaps(q, time) && q.cue.iter().any(|cue| gap(cue) <= NEAR))
    }

    /// The times that begin in `span`.
    pub fn times_in(&self, span: Span) -> &[TimeExpression] {
        beginning_in(&self.analysis.times, span, |t| t.span)
    }

    /// The times that begin in the sentence that `span` begins in.
    pub fn times_near(&self, span: Span) -> impl Iterator<Item = &TimeExpression> {
        let sentence = self.sentence_at(span.start()).map(|at| self.sentences[at]);
        sentence.into_iter().flat_map(|s| self.times_in(s))
    }

    /// The numbers that begin in `span`.
    pub fn numbers_in(&self, span: Span) -> &[Number] {
        beginning_in(&self.analysis.numbers, span, |n| n.span)
    }

    /// The mentions that begin in `span`.
    pub fn mentions_in(&self, span: Span) -> &[Mention] {
        beginning_in(&self.analysis.mentions, span, |m| m.span)
    }

    /// What the names that begin in `span` are, by the knowledge tables.
    pub fn links_in(&self, span: Span) -> impl Iterator<Item = &Link> {
        let link = |m: &Mention| self.analysis.entities.get(m.entity? as usize)?.link.as_ref();
        self.mentions_in(span).iter().filter_map(link)
    }

    /// The quotes of which content, cue, speaker, addressee or medium stand in the sentence that `span` begins in.
    pub fn quotes_at(&self, span: Span) -> impl Iterator<Item = (usize, &Quote)> {
        let here = self.sentence_at(span.start()).and_then(|at| self.quotes.get(at));
        here.into_iter()
            .flatten()
            .map(|index| (*index, &self.analysis.quotes[*index]))
    }

    /// The sentences that some of `span` stands in.
    pub fn sentences_over(&self, span: Span) -> std::ops::Range<usize> {
        let from = self.sentences.partition_point(|s| s.end() <= span.start());
        let behind = self.sentences[from..].partition_point(|s| s.start() < span.end());
        from..from + behind
    }

    /// A sentence with the one before and the one behind it.
    pub fn around(&self, sentence: usize) -> Span {
        let last = (sentence + 1).min(self.sentences.len() - 1);
        self.sentences[sentence.saturating_sub(1)].hull(self.sentences[last])
    }

    /// The sentence that holds `offset`.
    pub fn sentence_at(&self, offset: usize) -> Option<usize> {
        let at = self.sentences.partition_point(|s| s.end() <= offset);
        self.sentences
            .get(at)
            .is_some_and(|s| s.contains(offset))
            .then_some(at)
    }
}

/// The reports of `story`, first published first, undated ones last; several revisions of an article are all there.
pub fn views<'a>(story: &Story, sources: &[Source<'a>]) -> Vec<View<'a>> {
    let mut members = BTreeMap::new();
    for (at, origin) in story.origins.iter().enumerate() {
        for member in &origin.members {
            members
                .entry(member.article.clone())
                .or_insert((at as u32, member));
        }
    }
    let mut seen = BTreeSet::new();
    let mut views: Vec<View<'a>> = sources
        .iter()
        .filter(|s| seen.insert((s.article.id.clone(), s.article.revision())))
        .filter_map(|source| {
            let (origin, member) = members.get(&source.article.id)?;
            Some(View {
                origin: *origin,
                counts_as: *origin,
                of_agency: story.origins[*origin as usize].wire_credit.is_some(),
                copy_kind: member.kind,
                own_share: member.own_share,
                evidence: member.evidence.clone(),
                ..View::alone(source)
            })
        })
        .collect();
    views.sort_by(|a, b| {
        a.article
            .id
            .cmp(&b.article.id)
            .then_with(|| state_of(a.article).cmp(&state_of(b.article)))
    });
    for at in 1..views.len() {
        if views[at].article.id == views[at - 1].article.id {
            views[at - 1].superseded = true;
        }
    }
    count_authors_once(story, &mut views);
    dates::infer(&mut views);
    views.sort_by_cached_key(|v| {
        let date = v.date.as_ref().map(|d| d.moment.sort_key());
        (date.is_none(), date, v.article.id.clone(), state_of(v.article))
    });
    views
}

/// Lets each origin count as the first one of the agency that its reports credit, else of the outlet that told it first:
/// who tells a thing twice confirms nothing.
fn count_authors_once(story: &Story, views: &mut [View<'_>]) {
    let outlets: BTreeMap<&ArticleId, &str> = views
        .iter()
        .filter(|view| view.article.outlet.is_some())
        .map(|view| (&view.article.id, view.outlet.as_str()))
        .collect();
    let mut first_of: BTreeMap<String, u32> = BTreeMap::new();
    let counts_as: Vec<u32> = (0..)
        .zip(&story.origins)
        .map(|(at, origin)| {
            let credit = origin.wire_credit.as_ref().map(|agency| agency.to_lowercase());
            let teller = || origin.members.iter().find_map(|m| outlets.get(&m.article));
            let author = credit.or_else(|| teller().map(|outlet| (*outlet).to_owned()));
            author.map_or(at, |author| {
                let name = author.trim_start_matches("the ").to_owned();
                *first_of.entry(name).or_insert(at)
            })
        })
        .collect();
    for view in views {
        view.counts_as = counts_as[view.origin as usize];
    }
}

/// What tells the revisions of one article apart, earliest first.
pub fn state_of(article: &Article) -> impl Ord + use<> {
    let moment = article
        .modified
        .as_ref()
        .or(article.published.as_ref())
        .map(|d| d.moment);
    (moment, article.revision())
}

fn sentences(article: &Article, analysis: &Analysis) -> Vec<Span> {
    let text = article.text();
    let fits = |span: &Span| !span.is_empty() && span.get(text).is_some();
    let mut spans: Vec<Span> = analysis.sentences.iter().map(|s| s.span).filter(fits).collect();
    if spans.is_empty() {
        spans = article.paragraphs.iter().map(|p| p.span).filter(fits).collect();
    }
    spans
}

/// The part of a list in the order of the text that begins in `span`.
pub fn beginning_in<T>(list: &[T], span: Span, of: impl Fn(&T) -> Span) -> &[T] {
    let from = list.partition_point(|x| of(x).start() < span.start());
    let to = from + list[from..].partition_point(|x| of(x).start() < span.end());
    &list[from..to]
}

/// For each sentence the quotes of which something stands in it.
fn quotes_of(sentences: &[Span], analysis: &Analysis) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new(); sentences.len()];
    for (index, quote) in analysis.quotes.iter().enumerate() {
        for part in quoting::parts(quote) {
            let first = sentences.partition_point(|s| s.end() <= part.start());
            let own = found[first..].iter_mut().zip(&sentences[first..]);
            for (quotes, _) in own.take_while(|(_, s)| s.start() < part.end()) {
                if quotes.last() != Some(&index) {
                    quotes.push(index);
                }
            }
        }
    }
    found
}

/// Reports and outlets of `reports`, and the origins that they count as. Those in `no_origin` add none, and together one where
/// no other is there.
pub fn support(views: &[View<'_>], reports: &BTreeSet<ReportIx>, no_origin: &BTreeSet<ReportIx>) -> Support {
    let outlets: BTreeSet<&str> = reports
        .iter()
        .map(|r| views[*r as usize].article.outlet_name())
        .collect();
    let own = || {
        reports
            .iter()
            .filter(|r| !no_origin.contains(r))
            .map(|r| &views[*r as usize])
    };
    let mut origins = origins_with_tellers(own());
    if origins.is_empty() {
        // all pass on somebody's word: however many they are, nobody here has it of their own
        origins.extend(reports.first().map(|r| views[*r as usize].counts_as));
    }
    Support {
        reports: reports.iter().copied().collect(),
        outlets: outlets.into_iter().map(str::to_owned).collect(),
        origins: origins.into_iter().collect(),
    }
}

/// The origins that these reports count as, each with a teller of its own: the agency that it is of, or an outlet. What an outlet
/// adds to another one's text, and tells in a text of its own, it tells once.
fn origins_with_tellers<'v, 'a: 'v>(reports: impl Iterator<Item = &'v View<'a>>) -> BTreeSet<u32> {
    let mut outlets_of: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    let mut found = BTreeSet::new();
    for view in reports {
        if view.of_agency {
            found.insert(view.counts_as);
        } else {
            let known = view.article.outlet.is_some();
            let teller = if known {
                view.outlet.as_str()
            } else {
                view.article.id.as_str()
            };
            outlets_of.entry(view.counts_as).or_default().insert(teller);
        }
    }
    outlets_of.retain(|origin, _| !found.contains(origin));
    // those with the fewest choose first
    let mut order: Vec<(usize, u32)> = outlets_of
        .iter()
        .map(|(origin, outlets)| (outlets.len(), *origin))
        .collect();
    order.sort_unstable();
    let mut taken = BTreeSet::new();
    for (_, origin) in order {
        if let Some(outlet) = outlets_of[&origin].iter().find(|outlet| !taken.contains(*outlet)) {
            taken.insert(*outlet);
            found.insert(origin);
        }
    }
    found
}

/// The articles of the story that nobody handed in.
pub fn absent(story: &Story, views: &[View<'_>]) -> Vec<ArticleId> {
    let here: BTreeSet<&ArticleId> = views.iter().map(|v| &v.article.id).collect();
    story
        .articles
        .iter()
        .filter(|id| !here.contains(id))
        .cloned()
        .collect()
}
