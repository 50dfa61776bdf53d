//! Quoted words that differ in substance, and words laid to different people.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{
    Difference, DifferenceKind, EntityType, Gravity, Passage, Quote, RenderingClass, ReportIx, Span,
    Statement, Utterance, UtteranceRendering, WordChange,
};

use super::names::related;
use super::side::{Draft, Side, difference};
use super::{Told, overlap};
use crate::clauses::{Clause, has_word};
use crate::desk::View;
use crate::quoting;
use crate::utterances::marked_stretches;
use crate::words::{Vocabulary, Word, WordId, WordKind};

/// The differences of one utterance.
pub fn wording(
    views: &[View<'_>],
    utterance: &Utterance,
    ix: u32,
    vocabulary: &mut Vocabulary,
) -> Vec<Difference> {
    let base = &utterance.renderings[0];
    let mut found = Vec::new();
    let mut shown = BTreeSet::new();
    for other in utterance
        .renderings
        .iter()
        .skip(1)
        .filter(|r| r.class == RenderingClass::Altered && r.report != base.report)
    {
        if is_a_name(base, vocabulary)
            || is_a_name(other, vocabulary)
            || denies_the_contrary(other, vocabulary)
        {
            continue;
        }
        let substantive: Vec<_> = other
            .changes
            .iter()
            .filter(|c| match (&c.base, &c.rendering) {
                (Some(b), Some(r)) => {
                    swaps_content(b.text(), r.text(), vocabulary)
                        && stands_inside(base, b)
                        && stands_inside(other, r)
                        && is_marked(views, base.report, b)
                        && is_marked(views, other.report, r)
                        && stands_between_equals(views, c, base, other, vocabulary)
                        && !(is_named_or_counted(b.text(), vocabulary)
                            && is_named_or_counted(r.text(), vocabulary)
                            && is_changed_throughout(views, base, other, vocabulary))
                        && !said_elsewhere(other, b, r, vocabulary)
                        && !said_elsewhere(base, r, b, vocabulary)
                        && !measures_alike(views, (base.report, b), (other.report, r))
                        && !times_alike(views, (base.report, b), (other.report, r))
                }
                _ => false,
            })
            .collect();
        let Some(first) = substantive.first() else {
            continue;
        };
        let (Some(b), Some(r)) = (&first.base, &first.rendering) else {
            continue;
        };
        if !shown.insert((b.text().to_lowercase(), r.text().to_lowercase())) {
            continue;
        }
        let sides = vec![
            Side::new(b.text(), vec![(base.report, b.anchor().span)]),
            Side::new(r.text(), vec![(other.report, r.anchor().span)]),
        ];
        let words = "the same quotation in other words".to_owned();
        found.extend(difference(
            views,
            Draft {
                kind: DifferenceKind::Wording,
                gravity: Gravity::Conflict,
                subject: None,
                sides,
                statement: None,
                utterance: Some(ix),
                rule: "quotation-altered",
                words,
            },
        ));
    }
    found.extend(negation(views, utterance, ix, vocabulary));
    found.extend(attribution(views, utterance, ix));
    found
}

/// Whether who spoke is named in a sentence of the words or in the one before; behind them somebody else may come in.
fn stands_beside(view: &View<'_>, words: Span, speaker: Span) -> bool {
    let sentence = |at: usize| view.sentence_at(at);
    let own = sentence(speaker.start());
    let (first, last) = (sentence(words.start()), sentence(words.end().saturating_sub(1)));
    match (own, first, last) {
        (Some(own), Some(first), Some(last)) => (first.saturating_sub(1)..=last).contains(&own),
        _ => false,
    }
}

/// One rendering has a "not" that the other lacks, in words that are else nearly the same.
fn negation(
    views: &[View<'_>],
    utterance: &Utterance,
    ix: u32,
    vocabulary: &mut Vocabulary,
) -> Option<Difference> {
    let base = &utterance.renderings[0];
    let others = utterance.renderings.iter().skip(1);
    let quoted = |r: &&UtteranceRendering| {
        matches!(r.class, RenderingClass::Altered | RenderingClass::Cut) && r.report != base.report
    };
    for other in others.filter(quoted) {
        if denies_the_contrary(other, vocabulary) {
            continue;
        }
        for change in &other.changes {
            let mut negations = |words: Option<&Passage>| -> Option<usize> {
                let words = vocabulary.read(words.map_or("", Passage::text), 0);
                let weighty = words
                    .iter()
                    .any(|w| matches!(w.kind, WordKind::Content | WordKind::Number));
                let no = words.iter().filter(|w| w.kind == WordKind::Negation);
                (!weighty).then(|| no.count())
            };
            let (with, without, no) = match (
                negations(change.base.as_ref()),
                negations(change.rendering.as_ref()),
            ) {
                (Some(1..), Some(0)) => (base, other, change.base.as_ref()?),
                (Some(0), Some(1..)) => (other, base, change.rendering.as_ref()?),
                _ => continue,
            };
            if !turns_round(views, (with, no), without, other, vocabulary) {
                continue;
            }
            let whole = |rendering: &UtteranceRendering| {
                let pieces = rendering.pieces.iter();
                pieces.map(|p| (rendering.report, p.anchor().span)).collect()
            };
            let sides = vec![
                Side::new(format!("with “{}”", no.text()), whole(with)),
                Side::new(format!("without “{}”", no.text()), whole(without)),
            ];
            return difference(
                views,
                Draft {
                    kind: DifferenceKind::Negation,
                    gravity: Gravity::Conflict,
                    subject: None,
                    sides,
                    statement: None,
                    utterance: Some(ix),
                    rule: "negated-in-one-quotation",
                    words: "the same quotation, once with and once without a negation".to_owned(),
                },
            );
        }
    }
    None
}

/// Whether a negation stands inside words that are the same but for it, and is not said elsewhere in the other rendering.
fn turns_round(
    views: &[View<'_>],
    (with, no): (&UtteranceRendering, &Passage),
    without: &UtteranceRendering,
    other: &UtteranceRendering,
    vocabulary: &mut Vocabulary,
) -> bool {
    let mut count = |rendering: &UtteranceRendering| -> usize {
        let words = rendering.pieces.iter().flat_map(|p| vocabulary.read(p.text(), 0));
        words.filter(|w| w.kind == WordKind::Negation).count()
    };
    if count(with) <= count(without) || without.pieces.len() != 1 || !stands_inside(with, no) {
        return false;
    }
    let own_side = |rendering: &UtteranceRendering| -> Vec<Span> {
        let side = |c: &WordChange| {
            let of_base = !std::ptr::eq(rendering, other);
            if of_base {
                c.base.clone()
            } else {
                c.rendering.clone()
            }
        };
        let changed = other.changes.iter().filter_map(side);
        changed.map(|p| p.anchor().span).collect()
    };
    let own = Some(no.anchor().span);
    let text = |r: &UtteranceRendering| views[r.report as usize].article.text();
    let beside = Beside::of(with, own, &own_side(with), text(with), vocabulary);
    let there = Beside::of(without, None, &own_side(without), text(without), vocabulary);
    beside.equal >= LEAST_EQUAL
        && beside.weighty
        && [beside, there]
            .iter()
            .all(|side| side.changed as f32 <= MOST_CHANGED * side.words as f32)
}

/// Whether a rendering has the names of a swapped piece of the other somewhere else than in its own piece: then they stand in
/// another order ("Brandt or Wiell" for "Jon Wiell or Ada Brandt").
fn said_elsewhere(
    rendering: &UtteranceRendering,
    words: &Passage,
    own: &Passage,
    vocabulary: &mut Vocabulary,
) -> bool {
    let weighty = |w: &Word| matches!(w.kind, WordKind::Content | WordKind::Number);
    let mut read = |passage: &Passage| -> Vec<WordId> {
        let found = vocabulary.read(passage.text(), 0);
        found.into_iter().filter(weighty).map(|w| w.concept).collect()
    };
    if !words.text().starts_with(char::is_uppercase) {
        return false;
    }
    let (sought, beside) = (read(words), read(own));
    let told: Vec<WordId> = rendering.pieces.iter().flat_map(read).collect();
    let times = |list: &[WordId], id: WordId| list.iter().filter(|w| **w == id).count();
    sought.iter().all(|id| times(&told, *id) > times(&beside, *id))
}

/// Whether the words belong to figures that are the same: "kg" for "kilograms".
fn measures_alike(views: &[View<'_>], a: (ReportIx, &Passage), b: (ReportIx, &Passage)) -> bool {
    let figure = |(report, words): (ReportIx, &Passage)| {
        let span = words.anchor().span;
        let numbers = &views[report as usize].analysis.numbers;
        let until = numbers.partition_point(|n| n.span.start() < span.end());
        numbers[..until].last().filter(|n| n.span.overlaps(span))
    };
    match (figure(a), figure(b)) {
        (Some(x), Some(y)) => x.unit == y.unit && (x.low, x.high) == (y.low, y.high),
        _ => false,
    }
}

/// Whether the words belong to times that are the same: "11 o'clock" for "11:00".
fn times_alike(views: &[View<'_>], a: (ReportIx, &Passage), b: (ReportIx, &Passage)) -> bool {
    let clock = |(report, words): (ReportIx, &Passage)| -> Option<&str> {
        let view = &views[report as usize];
        let span = words.anchor().span;
        let time = view.times_near(span).find(|t| t.span.overlaps(span))?;
        time.value.split_once('T').map(|(_, clock)| clock)
    };
    clock(a).is_some_and(|time| clock(b) == Some(time))
}

/// Whether a rendering has another bound than the base text, and a "not" where that has none: "less than 18 feet will not do" for "at
/// least 18 feet may do".
fn denies_the_contrary(rendering: &UtteranceRendering, vocabulary: &mut Vocabulary) -> bool {
    /// Words of "at least", "less than".
    const BOUNDS: [&str; 5] = ["least", "most", "less", "more", "fewer"];
    let mut denies = |side: Option<&Passage>| {
        let words = vocabulary.read(side.map_or("", Passage::text), 0);
        words.iter().any(|w| w.kind == WordKind::Negation)
    };
    let bounds = |side: Option<&Passage>| side.is_some_and(|words| has_word(words.text(), &BOUNDS));
    let changes = &rendering.changes;
    let turned = changes
        .iter()
        .any(|c| denies(c.base.as_ref()) != denies(c.rendering.as_ref()));
    turned
        && changes
            .iter()
            .any(|c| bounds(c.base.as_ref()) && bounds(c.rendering.as_ref()))
}

/// Whether words of the rendering stand on both sides of `words` in one piece: what opens or ends a piece may be another
/// part of what was said.
fn stands_inside(rendering: &UtteranceRendering, words: &Passage) -> bool {
    let inner = words.anchor().span;
    rendering.pieces.iter().any(|piece| {
        let outer = piece.anchor().span;
        let letters = |from: usize, to: usize| {
            let stretch = piece.text().get(from - outer.start()..to - outer.start());
            stretch.is_some_and(|t| t.contains(char::is_alphanumeric))
        };
        outer.covers(inner) && letters(outer.start(), inner.start()) && letters(inner.end(), outer.end())
    })
}

/// Whether words stand between quotation marks; what a report tells in its own words may be put in any.
fn is_marked(views: &[View<'_>], report: ReportIx, words: &Passage) -> bool {
    let view = &views[report as usize];
    let (text, span) = (view.article.text(), words.anchor().span);
    let Some(paragraph) = view.paragraph_at(span.start()) else {
        return false;
    };
    let single = |piece: &Quote| {
        let hull = piece.content.iter().copied().reduce(Span::hull);
        hull.is_some_and(|h| h.covers(span) && text[..h.start()].ends_with(['‘', '\'']))
    };
    !words.text().contains(['[', ']', '(', ')'])
        && !text[..span.start()].ends_with('[')
        && (marked_stretches(text, paragraph).iter().any(|s| s.covers(span))
            || view.quotes_at(span).any(|(_, quote)| single(quote)))
}

/// Fewest words on both sides of swapped ones that both renderings have in a row, and how many are looked at on a side.
const LEAST_EQUAL: usize = 3;
const EQUAL_REACH: usize = 6;
/// Largest share of a rendering's words that are other than the base text's where what stands beside swapped words need not
/// be the same, and in short ones the next; fewest words of one that is not short.
const MOST_CHANGED: f32 = 0.3;
const MOST_CHANGED_SHORT: f32 = 0.2;
const LEAST_ALIKE: usize = 10;

/// Whether the words beside a change are the same in both renderings, one of weight among them, or nearly all words are;
/// else the two were put side by side wrongly.
fn stands_between_equals(
    views: &[View<'_>],
    change: &WordChange,
    base: &UtteranceRendering,
    other: &UtteranceRendering,
    vocabulary: &mut Vocabulary,
) -> bool {
    let mut beside = |rendering: &UtteranceRendering, side: fn(&WordChange) -> Option<&Passage>| {
        let changed: Vec<Span> = other
            .changes
            .iter()
            .filter_map(side)
            .map(|p| p.anchor().span)
            .collect();
        let text = views[rendering.report as usize].article.text();
        let own = side(change).map(|p| p.anchor().span);
        Beside::of(rendering, own, &changed, text, vocabulary)
    };
    let sides = [
        beside(base, |change| change.base.as_ref()),
        beside(other, |change| change.rendering.as_ref()),
    ];
    let equal = |s: &Beside| s.equal >= LEAST_EQUAL && s.weighty;
    let long = |s: &Beside| s.words >= LEAST_ALIKE;
    let alike = |s: &Beside| {
        let most = if long(s) { MOST_CHANGED } else { MOST_CHANGED_SHORT };
        s.changed as f32 <= most * s.words as f32
    };
    sides.iter().all(|s| equal(s) && (long(s) || alike(s))) || sides.iter().all(|s| long(s) && alike(s))
}

/// What stands beside changed words in one rendering.
struct Beside {
    /// Unchanged words in a row before and behind them, in their sentence, and whether one has weight.
    equal: usize,
    weighty: bool,
    /// Words of the rendering, and those of them that were changed.
    words: usize,
    changed: usize,
}

impl Beside {
    fn of(
        rendering: &UtteranceRendering,
        own: Option<Span>,
        changed: &[Span],
        text: &str,
        vocabulary: &mut Vocabulary,
    ) -> Self {
        let mut words = Vec::new();
        for piece in &rendering.pieces {
            words.extend(vocabulary.read(piece.text(), piece.anchor().span.start()));
        }
        let is_changed = |w: &Word| changed.iter().any(|s| s.overlaps(w.span));
        let own = own.unwrap_or(Span::at(0, 0));
        let ends = |from: usize, to: usize| text.get(from..to).is_some_and(|t| t.contains(['.', '!', '?']));
        let split = words.partition_point(|w| w.span.start() < own.start());
        let mut around: Vec<&Word> = Vec::new();
        let mut edge = own.start();
        for word in words[..split].iter().rev().take(EQUAL_REACH) {
            if is_changed(word) || ends(word.span.end(), edge) {
                break;
            }
            edge = word.span.start();
            around.push(word);
        }
        edge = own.end();
        let behind = words.iter().filter(|w| w.span.start() >= own.end());
        for word in behind.take(EQUAL_REACH) {
            if is_changed(word) || ends(edge, word.span.start()) {
                break;
            }
            edge = word.span.end();
            around.push(word);
        }
        Self {
            equal: around.len(),
            weighty: around.iter().any(|w| w.kind == WordKind::Content),
            words: words.len(),
            changed: words.iter().filter(|w| is_changed(w)).count(),
        }
    }
}

/// Whether all words of weight are names or figures.
fn is_named_or_counted(text: &str, vocabulary: &mut Vocabulary) -> bool {
    let words = vocabulary.read(text, 0);
    let marked = |w: &Word| w.kind == WordKind::Number || w.capital;
    words.iter().all(|w| w.kind == WordKind::Function || marked(w))
}

/// Whether many words of a rendering or of the base text are others: then another name or figure makes another thing said ("76,000 were
/// here", "9,000 were there").
fn is_changed_throughout(
    views: &[View<'_>],
    base: &UtteranceRendering,
    other: &UtteranceRendering,
    vocabulary: &mut Vocabulary,
) -> bool {
    let mut changed = |rendering: &UtteranceRendering, side: fn(&WordChange) -> Option<&Passage>| {
        let spans = other.changes.iter().filter_map(side).map(|p| p.anchor().span);
        let spans: Vec<Span> = spans.collect();
        let text = views[rendering.report as usize].article.text();
        let beside = Beside::of(rendering, None, &spans, text, vocabulary);
        beside.changed as f32 > MOST_CHANGED * beside.words as f32
    };
    changed(base, |change| change.base.as_ref()) || changed(other, |change| change.rendering.as_ref())
}

/// Whether a rendering is a name put in marks: each of its words of weight has a capital.
fn is_a_name(rendering: &UtteranceRendering, vocabulary: &mut Vocabulary) -> bool {
    let mut pieces = rendering.pieces.iter();
    pieces.all(|piece| {
        let words = vocabulary.read(piece.text(), 0);
        let capital = |w: &Word| w.span.of(piece.text()).starts_with(char::is_uppercase);
        words.iter().all(|w| w.kind != WordKind::Content || capital(w))
    })
}

/// Most words that are swapped for others inside one quotation; a longer stretch is another part of what was said.
const LONGEST_SWAP: usize = 4;

/// Whether two readings have weighty words that are no forms of one another.
fn swaps_content(a: &str, b: &str, vocabulary: &mut Vocabulary) -> bool {
    let mut weighty = |text: &str| -> BTreeSet<WordId> {
        vocabulary
            .read(text, 0)
            .into_iter()
            .filter(|w| matches!(w.kind, WordKind::Content | WordKind::Number))
            .map(|w| w.concept)
            .collect()
    };
    let (a, b) = (without_accents(a), without_accents(b));
    let (a, b) = (a.as_str(), b.as_str());
    let (x, y) = (weighty(a), weighty(b));
    let count = |text: &str| text.split_whitespace().count();
    let opens = |text: &str| text.starts_with(char::is_uppercase);
    !x.is_empty()
        && !y.is_empty()
        && opens(a) == opens(b)
        && count(a).max(count(b)) <= LONGEST_SWAP
        && x.is_disjoint(&y)
        && !abbreviates(a, b)
        && !abbreviates(b, a)
        && !spells(a, b)
}

/// "Éminence" as "Eminence": some papers leave the marks off.
fn without_accents(text: &str) -> String {
    const PLAIN: &[(&str, char)] = &[
        ("àáâãäå", 'a'),
        ("ç", 'c'),
        ("èéêë", 'e'),
        ("ìíîïı", 'i'),
        ("ñ", 'n'),
        ("òóôõöø", 'o'),
        ("ùúûü", 'u'),
        ("ýÿ", 'y'),
        ("š", 's'),
        ("ž", 'z'),
    ];
    let plain = |c: char| {
        let lower = c.to_lowercase().next().unwrap_or(c);
        let bare = PLAIN.iter().find(|(marked, _)| marked.contains(lower));
        bare.map_or(c, |(_, bare)| {
            if c.is_uppercase() {
                bare.to_ascii_uppercase()
            } else {
                *bare
            }
        })
    };
    text.chars().map(plain).collect()
}

/// Whether two readings are spellings of one word, or one is cut short: they begin alike over half their length, or
/// the one is the beginning of the other ("Gen." for "General").
fn spells(a: &str, b: &str) -> bool {
    /// Fewest letters of a word that another vowel leaves the same.
    const LEAST_SPELT: usize = 5;
    let letters =
        |t: &str| -> Vec<char> { t.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    let (x, y) = (letters(&as_american(a)), letters(&as_american(b)));
    let head = x.iter().zip(&y).take_while(|(p, q)| p == q).count();
    // "tyres", "emenating"
    let vowel = |at: usize| "aeiouy".contains(x[at]) && "aeiouy".contains(y[at]);
    let apart: Vec<usize> = (0..x.len().min(y.len())).filter(|at| x[*at] != y[*at]).collect();
    if x.len() == y.len() && x.len() >= LEAST_SPELT && matches!(apart[..], [at] if vowel(at)) {
        return true;
    }
    head > 0 && (head * 2 >= x.len().max(y.len()) || head == x.len().min(y.len()))
}

/// British endings and letters as American papers print them: "organisations", "defence", "programme", "fuelled".
fn as_american(text: &str) -> String {
    const SPELT: [(&str, &str); 13] = [
        ("isation", "ization"),
        ("ising", "izing"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ise", "ize"),
        ("yse", "yze"),
        ("our", "or"),
        ("ence", "ense"),
        ("ogramme", "ogram"),
        ("ogue", "og"),
        ("entre", "enter"),
        ("ll", "l"),
        ("ae", "e"),
    ];
    let folded = text.to_lowercase();
    SPELT.iter().fold(folded, |text, (british, american)| {
        text.replace(british, american)
    })
}

/// Whether `short` is made of the first letters of the words of `long`, in order ("UN" for "United Nations").
fn abbreviates(short: &str, long: &str) -> bool {
    let letters: Vec<char> = short
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let firsts: Vec<char> = long
        .to_lowercase()
        .split_whitespace()
        .filter_map(|w| w.chars().find(|c| c.is_alphanumeric()))
        .collect();
    let mut rest = firsts.iter();
    !short.contains(' ')
        && letters.len() > 1
        && firsts.len() >= 2
        && letters.iter().all(|c| rest.any(|f| f == c))
}

/// Fewest words that two people hardly say alike: "all options are on the table" anybody may say.
const LEAST_LAID: usize = 8;

/// The same words laid to different people, each named beside them.
fn attribution(views: &[View<'_>], utterance: &Utterance, ix: u32) -> Option<Difference> {
    let quoted = |r: &&UtteranceRendering| {
        matches!(
            r.class,
            RenderingClass::Base | RenderingClass::Identical | RenderingClass::Typographic
        )
    };
    let mut sides: BTreeMap<String, Vec<(ReportIx, Span)>> = BTreeMap::new();
    for rendering in utterance.renderings.iter().filter(quoted) {
        let view = &views[rendering.report as usize];
        let span = rendering.pieces[0].anchor().span;
        let quote: Option<&Quote> = view
            .quotes_at(span)
            .map(|(_, q)| q)
            .find(|q| quoting::covers(q, span));
        let entity = quote
            .and_then(|q| q.speaker_entity)
            .and_then(|e| view.analysis.entities.get(e as usize));
        if let (Some(entity), Some(speaker)) = (entity, &rendering.speaker)
            && entity.entity_type == EntityType::Person
            && is_named(speaker.text(), &entity.name)
            && stands_beside(view, span, speaker.anchor().span)
        {
            let last = last_name(&entity.name).to_owned();
            sides
                .entry(last)
                .or_default()
                .push((rendering.report, speaker.anchor().span));
        }
    }
    let said = utterance.renderings[0].pieces.iter();
    let words: usize = said.map(|p| p.text().split_whitespace().count()).sum();
    if words < LEAST_LAID {
        return None;
    }
    let names: Vec<String> = sides.keys().cloned().collect();
    let reports = |side: &[(ReportIx, Span)]| side.iter().map(|p| p.0).collect::<BTreeSet<_>>();
    let apart = |(x, y): (&String, &String)| reports(&sides[x]).is_disjoint(&reports(&sides[y]));
    if sides.len() != 2 || related(&names[0], &names[1]) || !apart((&names[0], &names[1])) {
        return None;
    }
    // "Brandt quotes Okoro as saying" is of both
    let names_both = sides.values().flatten().any(|(report, span)| {
        let view = &views[*report as usize];
        let sentence = view.sentence_at(span.start()).map(|at| view.sentences[at]);
        let words = sentence.map_or("", |s| s.of(view.article.text())).to_lowercase();
        names.iter().all(|name| words.contains(&name.to_lowercase()))
    });
    if names_both {
        return None;
    }
    let words = format!("the same words laid to {} and to {}", names[0], names[1]);
    let sides = sides
        .into_iter()
        .map(|(value, passages)| Side::new(value, passages))
        .collect();
    difference(
        views,
        Draft {
            kind: DifferenceKind::Attribution,
            gravity: Gravity::Conflict,
            subject: None,
            sides,
            statement: None,
            utterance: Some(ix),
            rule: "laid-to-another",
            words,
        },
    )
}

/// Most words beside a cue that name one person; a longer phrase tells of several.
const LONGEST_NAMING: usize = 4;

/// Whether the words beside a cue are that person's name, with a title at most.
fn is_named(speaker: &str, name: &str) -> bool {
    speaker.starts_with(char::is_uppercase)
        && speaker.split_whitespace().count() <= LONGEST_NAMING
        && speaker.split_once(last_name(name)).is_some_and(|(_, behind)| {
            !behind.starts_with(' ') || !behind[1..].starts_with(char::is_lowercase)
        })
}

fn last_name(name: &str) -> &str {
    name.split_whitespace().next_back().unwrap_or_default()
}

/// Fewest shared weighty words, of both, for told words to be the same words.
const SAME_TOLD: f32 = 0.85;

/// Whether a clause opens with what stands for a thing of the speaker's own: "the state is closing its schools", "we have".
fn is_of_speaker(views: &[View<'_>], clause: &Clause) -> bool {
    const OWN: &[&str] = &[
        "state",
        "city",
        "county",
        "country",
        "company",
        "campaign",
        "team",
        "club",
        "party",
        "school",
        "firm",
        "government",
        "we",
        "i",
        "our",
        "my",
    ];
    /// Words at its head that are looked at.
    const HEAD: usize = 2;
    let words = clause.span.of(views[clause.report as usize].article.text());
    let mut words = words.split_whitespace().take(HEAD);
    words.any(|word| has_word(word, OWN))
}

/// The same told of two people, each named beside it.
pub fn told_by(views: &[View<'_>], told: &Told<'_>, statement: &Statement) -> Option<Difference> {
    /// Name, where it stands, and the first clause laid to it.
    type Laid = (String, Vec<(ReportIx, Span)>, usize);
    let mut sides: BTreeMap<u32, Laid> = BTreeMap::new();
    for (at, clause) in told.clauses.iter().enumerate() {
        let view = &views[clause.report as usize];
        let quote = clause.quote.and_then(|q| view.analysis.quotes.get(q));
        let entity = quote
            .and_then(|q| q.speaker_entity)
            .and_then(|e| view.analysis.entities.get(e as usize));
        let cast = statement
            .renderings
            .iter()
            .find(|r| r.report == clause.report && r.passage.anchor().span == clause.span)
            .and_then(|r| r.attribution.as_ref())
            .and_then(|a| a.cast);
        if let (Some(entity), Some(cast), Some(quote)) = (entity, cast, quote)
            && entity.entity_type == EntityType::Person
            && quote.speaker.first().is_some_and(|s| {
                let said = quote.content.iter().copied().reduce(Span::hull);
                is_named(s.of(view.article.text()), &entity.name)
                    && said.is_some_and(|said| stands_beside(view, said, *s))
            })
        {
            let side = sides
                .entry(cast)
                .or_insert_with(|| (entity.name.clone(), Vec::new(), at));
            side.1.extend(quote.speaker.first().map(|s| (clause.report, *s)));
        }
    }
    let sides: Vec<_> = sides.into_values().collect();
    let [a, b] = sides.as_slice() else { return None };
    let reports = |s: &[(ReportIx, Span)]| s.iter().map(|p| p.0).collect::<BTreeSet<_>>();
    let single = |name: &str| !name.contains(' ');
    if related(&a.0, &b.0)
        || single(&a.0) && single(&b.0)
        || !reports(&a.1).is_disjoint(&reports(&b.1))
        || overlap(told.clauses[a.2], told.clauses[b.2]) < SAME_TOLD
        || [a.2, b.2]
            .iter()
            .any(|at| is_of_speaker(views, told.clauses[*at]))
    {
        return None;
    }
    let words = format!("the same told by {} and by {}", a.0, b.0);
    let sides = sides
        .into_iter()
        .map(|(value, passages, _)| Side::new(value, passages))
        .collect();
    difference(
        views,
        Draft {
            kind: DifferenceKind::Attribution,
            gravity: Gravity::Complement,
            subject: None,
            sides,
            statement: Some(told.statement),
            utterance: None,
            rule: "told-by-another",
            words,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_spelling_are_not_swapped() {
        for (a, b, swapped) in [
            ("éminence", "eminence", false),
            ("in Holmvík", "at Holmvik", false),
            ("wide", "widening", false),
            ("act", "tactic", true),
        ] {
            assert_eq!(
                swaps_content(a, b, &mut Vocabulary::default()),
                swapped,
                "{a} {b}"
            );
        }
    }
}
