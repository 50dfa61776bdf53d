//! Quotes of all reports collated: what was said once stands once, with every rendering beside the base text.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{
    CastIx, Passage, Quote, QuoteAct, QuoteKind, RenderingClass, ReportIx, Role, Span, Utterance,
    UtteranceRendering, WordChange,
};

use crate::align::same_statement;
use crate::cast::Cast;
use crate::clauses::{Clause, told_clause};
use crate::desk::{View, support};
use crate::diff::{changes, kept};
use crate::letters::{Letters, classify};
use crate::likeness::Likeness;
use crate::numbering::ByNumber;
use crate::pair::{Judgement, Wording, judge};
use crate::words::{Vocabulary, Word, WordId, WordKind};

/// The words of one quote, read.
#[derive(Debug)]
pub struct Spoken {
    /// Its number among all that one telling knows.
    pub id: u64,
    /// Index of the quote in its analysis.
    quote: usize,
    pieces: Vec<Span>,
    wording: Wording,
    letters: Letters,
    /// Concepts of the words for who said it.
    called: Vec<WordId>,
}

/// One rendering before it is put with others.
struct Said<'a> {
    id: u64,
    report: ReportIx,
    index: usize,
    quote: &'a Quote,
    pieces: &'a [Span],
    words: &'a [Word],
    wording: &'a Wording,
    letters: &'a Letters,
    called: &'a [WordId],
    speaker: Option<CastIx>,
    told: bool,
}

/// Lowest probability, 0 to 1, at which two quotations are of one utterance. Set by hand; the seeds and `tests/stories` hold it.
const JOIN_AT: f32 = 0.6;
/// Least share, 0 to 1, of the longer one's words that two quotations have in the same order where the speakers are said to be others: an
/// opponent takes up many of the words that he answers.
const SAME_WORDS_OTHER_SPEAKER: f32 = 0.8;
/// Fewest words by which quotations of other speakers are one.
const LEAST_WORDS_OTHER_SPEAKER: usize = 6;
/// Utterances that share a word with a quotation, the fullest ones, that are looked at for each of its words.
const MOST_SHARING: usize = 600;
/// The same where one of them is told: told words share less of their form. Set by hand likewise.
const JOIN_TOLD: f32 = 0.5;
/// Utterances that a quotation is scored against: those that share most of its weight with it.
const MOST_SCORED: usize = 30;
/// Renderings of an utterance, the first ones, that a quotation is scored against.
const MOST_RENDERINGS: usize = 4;

/// The words of all quotes of a report that say something.
pub fn spoken(view: &View<'_>, vocabulary: &mut Vocabulary) -> Vec<Spoken> {
    let quotes = view.analysis.quotes.iter().enumerate();
    quotes
        .filter_map(|(index, quote)| read(index, quote, view, vocabulary))
        .collect()
}

/// The utterances, best supported first, with the quotes that went into each as (report, quote); `spoken` has the words
/// of each report.
pub fn utterances(
    views: &[View<'_>],
    spoken: &[Vec<Spoken>],
    cast: &Cast,
    likeness: &mut Likeness,
) -> Vec<(Utterance, Vec<(ReportIx, usize)>)> {
    let mut said: Vec<Said<'_>> = Vec::new();
    for (report, (view, spoken)) in views.iter().zip(spoken).enumerate() {
        said.extend(spoken.iter().map(|words| {
            let quote = &view.analysis.quotes[words.quote];
            Said {
                id: words.id,
                report: report as ReportIx,
                index: words.quote,
                quote,
                pieces: &words.pieces,
                words: &words.wording.words,
                wording: &words.wording,
                letters: &words.letters,
                called: &words.called,
                speaker: quote
                    .speaker_entity
                    .and_then(|e| cast.member(report as ReportIx, e)),
                told: quote.kind == QuoteKind::Indirect,
            }
        }));
    }
    // the fullest quotation opens a group, shorter ones and told ones are laid to it
    said.sort_by_key(|s| (s.told, std::cmp::Reverse(weight(s)), s.report, s.index));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut by_word: ByNumber<WordId, Vec<usize>> = ByNumber::default();
    for at in 0..said.len() {
        let home = best_group(&said, at, &groups, &by_word, likeness);
        let group = home.unwrap_or_else(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[group].push(at);
        for (id, _) in said[at].wording.bag() {
            let list = by_word.entry(*id).or_default();
            if list.last() != Some(&group) {
                list.push(group);
            }
        }
    }
    let mut made: Vec<(Utterance, Vec<(ReportIx, usize)>)> = groups
        .iter()
        .filter_map(|group| {
            let utterance = collate(group.iter().map(|g| &said[*g]).collect(), views, cast)?;
            Some((
                utterance,
                group.iter().map(|g| (said[*g].report, said[*g].index)).collect(),
            ))
        })
        .collect();
    made.sort_by_cached_key(|(u, _)| {
        let quoted =
            u.renderings[0].class == RenderingClass::Base && u.renderings[0].kind != QuoteKind::Indirect;
        let place = u
            .renderings
            .iter()
            .map(|r| (r.report, r.pieces[0].anchor().span))
            .min();
        (std::cmp::Reverse(u.support.origins.len()), !quoted, place)
    });
    made
}

/// Tells each clause which utterances it holds a rendering of: `said` has the quotes of each as (report, quote).
pub fn lay_to_clauses(clauses: &mut [Clause], said: &[Vec<(ReportIx, usize)>], views: &[View<'_>]) {
    let mut of_sentence: BTreeMap<(ReportIx, usize), Vec<(Span, usize)>> = BTreeMap::new();
    for (utterance, quotes) in said.iter().enumerate().filter(|(_, quotes)| quotes.len() > 1) {
        for (report, quote) in quotes {
            let view = &views[*report as usize];
            for piece in &view.analysis.quotes[*quote].content {
                for sentence in view.sentences_over(*piece) {
                    let pieces = of_sentence.entry((*report, sentence)).or_default();
                    pieces.push((*piece, utterance));
                }
            }
        }
    }
    for clause in clauses {
        let pieces = of_sentence.get(&(clause.report, clause.sentence));
        let held = |piece: &Span| {
            piece
                .intersection(clause.span)
                .is_some_and(|part| 2 * part.len() > piece.len())
        };
        clause.utterances = pieces
            .into_iter()
            .flatten()
            .filter(|(piece, _)| held(piece))
            .map(|(_, at)| *at)
            .collect();
    }
}

fn weight(said: &Said<'_>) -> usize {
    said.words.len()
}

fn read(index: usize, quote: &Quote, view: &View<'_>, vocabulary: &mut Vocabulary) -> Option<Spoken> {
    let text = view.article.text();
    let content: Vec<Span> = quote
        .content
        .iter()
        .copied()
        .filter(|s| s.get(text).is_some_and(|t| !t.trim().is_empty()))
        .collect();
    let told = quote.kind == QuoteKind::Indirect;
    // what a report says of its own mistakes is told as a correction
    let of_correction = view.role_at(content.first()?.start()) == Some(Role::Correction);
    if of_correction || (told && quote.act != QuoteAct::Speech) {
        return None;
    }
    let pieces = match quote.kind {
        QuoteKind::Mixed => {
            let marked: Vec<Span> = content.iter().flat_map(|s| marked_stretches(text, *s)).collect();
            if marked.is_empty() { content } else { marked }
        }
        // told words that are no whole clause read as nothing by themselves
        QuoteKind::Indirect => vec![told_clause(view, quote)?],
        QuoteKind::Direct => content,
    };
    let words: Vec<Word> = pieces
        .iter()
        .flat_map(|s| vocabulary.read(s.of(text), s.start()))
        .collect();
    if words.is_empty() {
        return None;
    }
    let called = quote
        .speaker
        .iter()
        .flat_map(|s| vocabulary.read(s.of(text), s.start()));
    let called = called.filter(|word| word.kind == WordKind::Content);
    Some(Spoken {
        called: called.map(|word| word.concept).collect(),
        id: 0,
        quote: index,
        letters: Letters::of(pieces.iter().map(|s| s.of(text))),
        wording: Wording::new(vocabulary, words, Vec::new()),
        pieces,
    })
}

/// Stretches of `within` between quotation marks, without them; a mark that is not closed runs to the end.
pub fn marked_stretches(text: &str, within: Span) -> Vec<Span> {
    let words = within.of(text);
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in words.char_indices() {
        let opens = matches!(c, '“' | '«' | '„') || (c == '"' && open.is_none());
        let closes = matches!(c, '”' | '»') || (c == '"' && open.is_some()) || (c == '“' && open.is_some());
        if let (true, Some(from)) = (closes, open) {
            found.push(Span::at(within.start() + from, within.start() + at));
            open = None;
        } else if opens {
            open = Some(at + c.len_utf8());
        } else if closes && found.is_empty() {
            // the opening mark stands before the content
            found.push(Span::at(within.start(), within.start() + at));
        }
    }
    if let Some(from) = open {
        found.push(Span::at(within.start() + from, within.end()));
    }
    found
        .into_iter()
        .map(|s| s.trimmed(text))
        .filter(|s| !s.is_empty())
        .collect()
}

/// Groups that share a word are asked; the surest one above its threshold is taken.
fn best_group(
    said: &[Said<'_>],
    at: usize,
    groups: &[Vec<usize>],
    by_word: &ByNumber<WordId, Vec<usize>>,
    likeness: &mut Likeness,
) -> Option<usize> {
    let mut shared: BTreeMap<usize, f32> = BTreeMap::new();
    for (id, weight) in said[at].wording.bag() {
        for group in by_word.get(id).into_iter().flatten().take(MOST_SHARING) {
            *shared.entry(*group).or_default() += weight;
        }
    }
    if said[at].wording.bag().is_empty() {
        // "Yes." and the like: only the same words by the same speaker
        return groups
            .iter()
            .position(|g| same_words(&said[g[0]], &said[at]) && said[g[0]].speaker == said[at].speaker);
    }
    let mut order: Vec<(usize, f32)> = shared.into_iter().collect();
    order.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    let mut best: Option<(f32, usize)> = None;
    for (group, _) in order.into_iter().take(MOST_SCORED) {
        let base = &said[groups[group][0]];
        let score = groups[group]
            .iter()
            .take(MOST_RENDERINGS)
            .map(|g| {
                let (a, b) = (&said[*g], &said[at]);
                let speakers = Speakers::of(a, b);
                likeness.of((a.id, b.id), speakers as u64, || same_utterance(a, b, speakers))
            })
            .fold(0.0, f32::max);
        let least = if base.told || said[at].told {
            JOIN_TOLD
        } else {
            JOIN_AT
        };
        let overlaps = groups[group].iter().any(|g| clash(&said[*g], &said[at]));
        if score >= least && !overlaps && best.is_none_or(|(s, _)| score > s) {
            best = Some((score, group));
        }
    }
    best.map(|(_, group)| group)
}

/// Two quotes of one report that stand side by side in one sentence are two utterances unless the words are the same.
fn clash(a: &Said<'_>, b: &Said<'_>) -> bool {
    a.report == b.report && !same_words(a, b) && (a.told || b.told)
}

fn same_words(a: &Said<'_>, b: &Said<'_>) -> bool {
    a.words.len() == b.words.len() && a.words.iter().zip(b.words).all(|(x, y)| x.form == y.form)
}

/// Whether two things were said by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Speakers {
    /// Of one at least it is not known who said it.
    Unknown,
    Same,
    Other,
}

impl Speakers {
    fn of(a: &Said<'_>, b: &Said<'_>) -> Self {
        match (a.speaker, b.speaker) {
            (Some(x), Some(y)) if x == y => Self::Same,
            (Some(_), Some(_)) => Self::Other,
            // "the hospital" and "the coastguard": what they are told to have said is not one utterance
            (None, None) if a.told && b.told && called_otherwise(a.called, b.called) => Self::Other,
            _ => Self::Unknown,
        }
    }
}

/// Whether both are named by words, none of which they share.
fn called_otherwise(a: &[WordId], b: &[WordId]) -> bool {
    !a.is_empty() && !b.is_empty() && !a.iter().any(|word| b.contains(word))
}

/// Probability that two renderings are of one utterance.
fn same_utterance(a: &Said<'_>, b: &Said<'_>, speakers: Speakers) -> f32 {
    let (other_speaker, same_speaker) = (speakers == Speakers::Other, speakers == Speakers::Same);
    let shorter = a.words.len().min(b.words.len());
    if a.told || b.told {
        if other_speaker || (a.told && b.told && a.report == b.report) {
            return 0.0;
        }
        let score = same_statement(a.wording, b.wording);
        let covered = !(a.told && b.told) && {
            let quoted = if a.told { b } else { a };
            let told = if a.told { a } else { b };
            same_speaker && quoted.wording.bag().len() >= 2 && contains_words(told.words, quoted.words)
        };
        return if covered {
            score.max(0.9)
        } else if same_speaker {
            score
        } else {
            score * 0.8
        };
    }
    if same_words(a, b) {
        let enough = a.wording.bag().len() >= 2 || same_speaker;
        return if other_speaker && shorter < LEAST_WORDS_OTHER_SPEAKER || !enough {
            0.0
        } else {
            1.0
        };
    }
    let mut score = judge(Judgement::SameUtterance, a.wording, b.wording);
    if contains_run(a, b)
        && (shorter >= 4 || (same_speaker && a.wording.bag().len().min(b.wording.bag().len()) >= 1))
    {
        score = score.max(0.9);
    }
    if shorter < 3 && !contains_run(a, b) {
        score *= 0.5;
    }
    if other_speaker
        && (shorter < LEAST_WORDS_OTHER_SPEAKER || !(contains_run(a, b) || has_nearly_all_words(a, b)))
    {
        return 0.0;
    }
    score
}

/// Whether nearly all words of the longer one stand in the other one, in the same order.
fn has_nearly_all_words(a: &Said<'_>, b: &Said<'_>) -> bool {
    let forms = |s: &Said<'_>| s.words.iter().map(|w| w.form).collect::<Vec<_>>();
    let (x, y) = (forms(a), forms(b));
    let shared = kept(x.len(), &changes(&x, &y));
    shared as f32 >= SAME_WORDS_OTHER_SPEAKER * x.len().max(y.len()) as f32
}

/// Whether the words of the shorter stand in the longer in one run.
fn contains_run(a: &Said<'_>, b: &Said<'_>) -> bool {
    let (long, short) = if a.words.len() >= b.words.len() {
        (a, b)
    } else {
        (b, a)
    };
    long.words
        .windows(short.words.len())
        .any(|w| w.iter().zip(short.words).all(|(x, y)| x.form == y.form))
        || long.letters.holds(short.letters)
}

/// Whether nearly all weighty words of `short` stand in `long`, by concept.
fn contains_words(long: &[Word], short: &[Word]) -> bool {
    let weighty: Vec<&Word> = short.iter().filter(|w| w.kind != WordKind::Function).collect();
    let found = weighty
        .iter()
        .filter(|w| long.iter().any(|x| x.concept == w.concept))
        .count();
    found == weighty.len()
}

fn collate(mut group: Vec<&Said<'_>>, views: &[View<'_>], cast: &Cast) -> Option<Utterance> {
    let speaker = speaker_of(&group);
    // the words that are shown for all are of the one who is named beside them
    let others = |s: &Said<'_>| s.speaker.is_some() && s.speaker != speaker;
    group.sort_by_key(|s| (s.told, others(s), std::cmp::Reverse(weight(s)), s.report, s.index));
    let base = group[0];
    group[1..].sort_by_key(|s| (s.report, s.pieces[0]));
    let renderings: Vec<UtteranceRendering> =
        group.iter().filter_map(|s| rendering(s, base, views)).collect();
    if renderings.is_empty() {
        return None;
    }
    let mut renderings = renderings;
    warn_joined(&mut renderings, views);
    let view = |s: &Said<'_>| &views[s.report as usize];
    let named = group
        .iter()
        .find_map(|s| s.quote.speaker.first().and_then(|span| view(s).passage(*span)));
    let speaker_name = match (speaker, named) {
        (Some(ix), _) => cast.members[ix as usize].name.clone(),
        (None, Some(words)) if words.text().chars().count() > 3 => words.text().to_owned(),
        _ => "unclear".to_owned(),
    };
    let first = |get: fn(&Quote) -> Option<Span>| {
        group
            .iter()
            .find_map(|s| get(s.quote).and_then(|span| view(s).passage(span)))
    };
    let reports: BTreeSet<ReportIx> = group.iter().map(|s| s.report).collect();
    Some(Utterance {
        speaker,
        speaker_name,
        addressee: first(|q| q.addressee),
        medium: first(|q| q.medium),
        renderings,
        support: support(views, &reports, &BTreeSet::new()),
        differences: Vec::new(),
    })
}

/// Who most renderings say it was; of several the one of the fullest quotation.
fn speaker_of(group: &[&Said<'_>]) -> Option<CastIx> {
    let mut counts: BTreeMap<CastIx, (u32, bool, usize)> = BTreeMap::new();
    for said in group {
        if let Some(speaker) = said.speaker {
            let (count, quoted, fullest) = counts.entry(speaker).or_default();
            *count += 1;
            *quoted |= !said.told;
            *fullest = weight(said).max(*fullest);
        }
    }
    counts
        .into_iter()
        .max_by_key(|(ix, votes)| (*votes, std::cmp::Reverse(*ix)))
        .map(|(ix, _)| ix)
}

fn rendering(said: &Said<'_>, base: &Said<'_>, views: &[View<'_>]) -> Option<UtteranceRendering> {
    let view = &views[said.report as usize];
    let pieces: Vec<Passage> = said.pieces.iter().filter_map(|s| view.passage(*s)).collect();
    if pieces.is_empty() {
        return None;
    }
    let (class, changes) = if std::ptr::eq(said, base) {
        (RenderingClass::Base, Vec::new())
    } else {
        compare(said, base, views)
    };
    let mut warnings = Vec::new();
    if hides_negation(said, base, views, &changes) {
        warnings.push("the ellipsis hides a negation".to_owned());
    }
    if class == RenderingClass::Cut && gap_without_ellipsis(said, base) {
        warnings.push("words are left out in the middle without a sign".to_owned());
    }
    Some(UtteranceRendering {
        report: said.report,
        pieces,
        speaker: said.quote.speaker.first().and_then(|s| view.passage(*s)),
        cue: said.quote.cue.first().and_then(|s| view.passage(*s)),
        kind: said.quote.kind,
        class,
        changes,
        warnings,
    })
}

fn compare(said: &Said<'_>, base: &Said<'_>, views: &[View<'_>]) -> (RenderingClass, Vec<WordChange>) {
    if said.told {
        return (RenderingClass::Told, Vec::new());
    }
    let class = classify(
        (&joined(said, views), said.words, said.letters),
        (&joined(base, views), base.words, base.letters),
    );
    let list = if matches!(class, RenderingClass::Cut | RenderingClass::Altered) {
        word_changes(said, base, views)
    } else {
        Vec::new()
    };
    (class, list)
}

fn joined(said: &Said<'_>, views: &[View<'_>]) -> String {
    let text = views[said.report as usize].article.text();
    said.pieces
        .iter()
        .map(|s| s.of(text).trim())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The changes from the base text, word by word as they are written: "OK" for "Okay" is one.
fn word_changes(said: &Said<'_>, base: &Said<'_>, views: &[View<'_>]) -> Vec<WordChange> {
    let mut known: BTreeMap<String, WordId> = BTreeMap::new();
    let mut written = |s: &Said<'_>| -> (Vec<Span>, Vec<WordId>) {
        let text = views[s.report as usize].article.text();
        let mut spans: Vec<Span> = s.words.iter().map(|w| w.span).collect();
        spans.dedup();
        let ids = spans
            .iter()
            .map(|span| {
                let letters: String = span
                    .of(text)
                    .to_lowercase()
                    .chars()
                    .filter(|c| c.is_alphanumeric())
                    .collect();
                let next = known.len() as WordId;
                *known.entry(letters).or_insert(next)
            })
            .collect();
        (spans, ids)
    };
    let ((own_spans, own), (base_spans, of_base)) = (written(said), written(base));
    let passage = |report: ReportIx, spans: &[Span], range: (usize, usize)| {
        let span = spans.get(range.0..range.1)?.iter().copied().reduce(Span::hull)?;
        views[report as usize].passage(span)
    };
    changes(&of_base, &own)
        .into_iter()
        .map(|c| WordChange {
            base: passage(base.report, &base_spans, c.a),
            rendering: passage(said.report, &own_spans, c.b),
        })
        .filter(|c| c.base.is_some() || c.rendering.is_some())
        .filter(|c| !is_typographic(c))
        .collect()
}

/// "under way" for "underway": the same letters.
fn is_typographic(change: &WordChange) -> bool {
    match (&change.base, &change.rendering) {
        (Some(base), Some(rendering)) => Letters::of([base.text()]) == Letters::of([rendering.text()]),
        _ => false,
    }
}

/// Words of the base that are missing where the rendering has an ellipsis turn its meaning round.
fn hides_negation(said: &Said<'_>, base: &Said<'_>, views: &[View<'_>], changes: &[WordChange]) -> bool {
    let text = joined(said, views);
    fn negations<'s>(s: &'s Said<'_>) -> impl Iterator<Item = &'s Word> {
        s.words.iter().filter(|w| w.kind == WordKind::Negation)
    }
    let left_out = |word: &Word| {
        let mut spans = changes
            .iter()
            .filter_map(|c| Some(c.base.as_ref()?.anchor().span));
        spans.any(|span| span.overlaps(word.span))
    };
    (text.contains("...") || text.contains('…'))
        && negations(base).count() > negations(said).count()
        && negations(base).any(left_out)
}

/// Three words or more of the base are missing inside one piece that shows no ellipsis.
fn gap_without_ellipsis(said: &Said<'_>, base: &Said<'_>) -> bool {
    if said.pieces.len() > 1 {
        return false;
    }
    let forms = |s: &Said<'_>| s.words.iter().map(|w| w.form).collect::<Vec<_>>();
    let found = changes(&forms(base), &forms(said));
    let inner = found
        .iter()
        .any(|c| c.a.1 - c.a.0 >= 3 && c.b.0 == c.b.1 && c.b.0 > 0 && c.b.0 < said.words.len());
    let spans: Vec<Span> = said.words.iter().map(|w| w.span).collect();
    inner
        && spans
            .windows(2)
            .all(|w| w[1].start().saturating_sub(w[0].end()) <= 2)
}

/// A rendering in one run where another report has two quotations apart: it may be joined from two.
fn warn_joined(renderings: &mut [UtteranceRendering], views: &[View<'_>]) {
    let mut by_report: BTreeMap<ReportIx, Vec<Span>> = BTreeMap::new();
    for r in renderings.iter().filter(|r| r.class == RenderingClass::Cut) {
        by_report
            .entry(r.report)
            .or_default()
            .extend(r.pieces.iter().map(|p| p.anchor().span));
    }
    let apart = by_report.iter_mut().find_map(|(report, spans)| {
        spans.sort();
        let between = spans.windows(2).find(|w| w[0].end() < w[1].start())?;
        let text = views[*report as usize].article.text();
        let gap = text.get(between[0].end()..between[1].start())?;
        let far = gap.split_whitespace().count() > 15 || gap.contains("\n\n");
        far.then(|| views[*report as usize].article.outlet_name().to_owned())
    });
    if let (Some(outlet), Some(base)) = (
        apart,
        renderings
            .iter_mut()
            .find(|r| r.class == RenderingClass::Base && r.pieces.len() == 1),
    ) {
        base.warnings
            .push(format!("may be joined from two: they stand apart in {outlet}"));
    }
}
