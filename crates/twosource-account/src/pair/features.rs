//! What two wordings have in common, as numbers without any word in them.

use std::cmp::Ordering;

use crate::numbering::number_of_all;
use crate::words::{Vocabulary, Word, WordId, WordKind};

/// A stretch of text as it is compared. Everything that two of them are compared by is made once.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    /// Its words in order.
    pub words: Vec<Word>,
    /// Stems of its main verbs, sorted.
    pub verbs: Vec<WordId>,
    /// Hashes of its character trigrams, sorted, each once.
    letters: Vec<u32>,
    /// Whether its words are weighed as those of a story.
    in_story: bool,
    /// Its words that count, by stem.
    stems: Bag,
    /// The same by concept.
    concepts: Bag,
    /// Stems of all its words, sorted, each once.
    all_stems: Vec<WordId>,
    /// Forms of all its words, sorted, each once.
    forms: Vec<WordId>,
    /// Concepts of its capitalised words, sorted, each once.
    capitals: Vec<WordId>,
    /// Concepts of its numbers, sorted, each once.
    numbers: Vec<WordId>,
    negations: usize,
    /// Concepts of its first words in their order.
    order: Vec<WordId>,
    /// Hashes of two and of three of them in a row, and of two up to four apart; sorted, each once.
    bigrams: Vec<u32>,
    trigrams: Vec<u32>,
    skips: Vec<u32>,
    /// Concepts of the first and of the last words that count.
    ends: [Vec<WordId>; 2],
}

/// Words, each once, sorted, with their weights.
#[derive(Debug, Clone, Default)]
struct Bag {
    /// With the weights that count at present.
    words: Vec<(WordId, f32)>,
    /// The weights before any were changed.
    plain: Vec<f32>,
    sums: Sums,
    plain_sums: Sums,
}

/// Sum of the weights of some words, and of their squares.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    mass: f32,
    square: f32,
}

impl Sums {
    fn of(weights: impl Iterator<Item = f32>) -> Self {
        weights.fold(Self::default(), |sums, weight| Self {
            mass: sums.mass + weight,
            square: sums.square + weight * weight,
        })
    }
}

impl Bag {
    fn of(words: impl Iterator<Item = (WordId, f32)>) -> Self {
        let mut words: Vec<(WordId, f32)> = words.collect();
        words.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        words.dedup_by_key(|(id, _)| *id);
        let plain: Vec<f32> = words.iter().map(|(_, w)| *w).collect();
        let sums = Sums::of(plain.iter().copied());
        Self {
            words,
            plain,
            sums,
            plain_sums: sums,
        }
    }

    fn reweigh(&mut self, factor: &impl Fn(WordId) -> f32) {
        for ((id, weight), plain) in self.words.iter_mut().zip(&self.plain) {
            *weight = plain * factor(*id);
        }
        self.sums = Sums::of(self.words.iter().map(|(_, w)| *w));
    }
}

/// Words at either end that are looked at by themselves.
const AT_END: usize = 3;

impl Wording {
    /// The wording of `words`, which stand in `text` counted from `base`.
    #[must_use]
    pub fn new(vocabulary: &Vocabulary, words: Vec<Word>, verbs: Vec<WordId>) -> Self {
        let counted: Vec<&Word> = words.iter().filter(|w| w.kind != WordKind::Function).collect();
        let weighed = |id: fn(&Word) -> WordId| {
            let words = counted.iter();
            Bag::of(words.map(|w| (id(w), weigh(vocabulary, w, id(w)))))
        };
        let ids = |keep: fn(&Word) -> bool, id: fn(&Word) -> WordId| {
            sorted_once(words.iter().filter(|w| keep(w)).map(id).collect())
        };
        let order: Vec<WordId> = words.iter().take(ORDERED_WORDS).map(|w| w.concept).collect();
        let concepts = |words: &[&Word]| words.iter().map(|w| w.concept).collect();
        Self {
            letters: letters(vocabulary, &counted),
            in_story: false,
            stems: weighed(|w| w.stem),
            concepts: weighed(|w| w.concept),
            all_stems: ids(|_| true, |w| w.stem),
            forms: ids(|_| true, |w| w.form),
            capitals: ids(|w| w.capital && w.kind == WordKind::Content, |w| w.concept),
            numbers: ids(|w| w.kind == WordKind::Number, |w| w.concept),
            negations: words.iter().filter(|w| w.kind == WordKind::Negation).count(),
            bigrams: ngrams(&order, 2),
            trigrams: ngrams(&order, 3),
            skips: skips(&order),
            ends: [
                concepts(&counted[..counted.len().min(AT_END)]),
                concepts(&counted[counted.len().saturating_sub(AT_END)..]),
            ],
            order,
            words,
            verbs,
        }
    }

    /// Weighs the words anew: `factor` gives what the weight of a stem or concept is to be multiplied with, whatever
    /// it was multiplied with before.
    pub(crate) fn reweigh(&mut self, factor: impl Fn(WordId) -> f32) {
        self.in_story = true;
        self.stems.reweigh(&factor);
        self.concepts.reweigh(&factor);
    }

    /// Sorted concepts that count, each once, with their weights.
    #[must_use]
    pub fn concepts(&self) -> &[(WordId, f32)] {
        &self.concepts.words
    }

    /// Whether a concept is among its words that count.
    #[must_use]
    pub fn has(&self, concept: WordId) -> bool {
        self.concepts
            .words
            .binary_search_by_key(&concept, |(id, _)| *id)
            .is_ok()
    }

    /// How many concepts that count both have.
    #[must_use]
    pub fn shared(&self, other: &Self) -> usize {
        let (short, long) = if self.concepts().len() <= other.concepts().len() {
            (self, other)
        } else {
            (other, self)
        };
        let ids = short.concepts().iter().map(|(id, _)| *id);
        ids.filter(|id| long.has(*id)).count()
    }

    /// The wording of a text.
    #[must_use]
    pub fn read(vocabulary: &mut Vocabulary, text: &str) -> Self {
        let words = vocabulary.read(text, 0);
        Self::new(vocabulary, words, Vec::new())
    }

    /// Sorted stems that count, each once, with their weights.
    #[must_use]
    pub fn bag(&self) -> &[(WordId, f32)] {
        &self.stems.words
    }

    /// Sum of the weights of its concepts.
    #[must_use]
    pub const fn mass(&self) -> f32 {
        self.concepts.sums.mass
    }

    /// Concepts of its capitalised words, sorted, each once.
    #[must_use]
    pub fn capitals(&self) -> &[WordId] {
        &self.capitals
    }
}

/// The weight of a word taken for its stem or for its concept.
fn weigh(vocabulary: &Vocabulary, word: &Word, id: WordId) -> f32 {
    match word.kind {
        WordKind::Function => 1.0,
        WordKind::Negation => 4.0,
        WordKind::Number => 7.0,
        WordKind::Content => vocabulary.weight(id),
    }
}

fn sorted_once<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort_unstable();
    list.dedup();
    list
}

fn letters(vocabulary: &Vocabulary, words: &[&Word]) -> Vec<u32> {
    let mut found = Vec::new();
    for word in words {
        let chars: Vec<char> = std::iter::once(' ')
            .chain(vocabulary.name(word.form).chars())
            .chain(std::iter::once(' '))
            .collect();
        found.extend(chars.windows(3).map(|w| {
            w.iter().fold(2_166_136_261_u32, |hash, c| {
                (hash ^ u32::from(*c)).wrapping_mul(16_777_619)
            })
        }));
    }
    sorted_once(found)
}

/// Most words of one side that the order features look at; longer wordings are compared by their bags alone.
const ORDERED_WORDS: usize = 120;

macro_rules! features {
    ($($name:ident: $doc:literal),* $(,)?) => {
        /// The features of a pair, in the order of [`FEATURE_NAMES`].
        #[derive(Debug, Clone, Copy, Default, PartialEq)]
        pub struct Features { $(#[doc = $doc] pub $name: f32),* }
        /// Names of the features.
        pub const FEATURE_NAMES: &[&str] = &[$(stringify!($name)),*];
        impl Features {
            /// The values in the order of [`FEATURE_NAMES`].
            #[must_use]
            pub fn values(&self) -> Vec<f32> { vec![$(self.$name),*] }
        }
    };
}

features! {
    jaccard: "shared stems of all words, of both",
    cosine: "cosine of weighted stems",
    cover_low: "weight of one side's words found in the other, lower of the two directions",
    cover_high: "the same, higher",
    concept_low: "as cover_low, by concept",
    concept_high: "as cover_high, by concept",
    bigram_low: "stem bigrams of one side found in the other, lower",
    bigram_high: "the same, higher",
    trigram_low: "stem trigrams, lower",
    trigram_high: "stem trigrams, higher",
    sequence_long: "longest common subsequence, of the longer side",
    sequence_short: "the same, of the shorter side",
    run: "longest common run of words, of the shorter side",
    letters: "Dice coefficient of character trigrams",
    length_ratio: "words of the shorter side, of the longer",
    length_short: "logarithm of the words of the shorter side",
    length_gap: "logarithm of one plus the difference in words",
    capitals_low: "capitalised words found in the other, lower",
    capitals_high: "the same, higher",
    capitals_alone: "capitalised words that the other lacks, both sides, capped at 6",
    numbers_shared: "numbers that both have, capped at 4",
    numbers_alone_min: "numbers that the other lacks, lower side, capped at 3",
    numbers_alone_max: "the same, higher side",
    negation: "one side has more negations",
    edits: "word edits needed, of the longer side",
    chunks: "matched stretches, of the matched words: 1 is scrambled",
    alone_low: "heaviest word that the other lacks, lower side, of 11",
    alone_high: "the same, higher side",
    alone_mass_low: "weight of words that the other lacks, lower side, of 50",
    alone_mass_high: "the same, higher side",
    start: "first three words that count stand in the other, mean of both directions",
    end: "last three words that count stand in the other, mean of both directions",
    verbs: "main verbs found in the other, mean of both directions; 0.5 where a side has none",
    skip: "shared ordered pairs of words up to four apart, Dice",
    exact: "shared unfolded forms, of all words of both",
}

impl Features {
    /// What `a` and `b` have in common. Symmetric.
    #[must_use]
    pub fn of(a: &Wording, b: &Wording) -> Self {
        Self::unweighed(a, b).weighed(a, b)
    }

    /// The same without what hangs on the weights of their words: those are 0.
    pub(crate) fn unweighed(a: &Wording, b: &Wording) -> Self {
        let mut f = Self::default();
        surface(&mut f, a, b);
        order(&mut f, a, b);
        f
    }

    /// These of `a` and `b`, with what hangs on the weights of their words.
    pub(crate) fn weighed(mut self, a: &Wording, b: &Wording) -> Self {
        bags(&mut self, a, b, Weights::OfStory);
        self
    }

    /// These of `a` and `b`, their words weighed as if they stood in no story: as the judgements are learnt that know of none.
    #[must_use]
    pub fn plain(mut self, a: &Wording, b: &Wording) -> Self {
        if a.in_story || b.in_story {
            bags(&mut self, a, b, Weights::Plain);
        }
        self
    }
}

/// Which weights of words count.
#[derive(Clone, Copy)]
enum Weights {
    /// Those of the story they stand in.
    OfStory,
    /// Those of English.
    Plain,
}

fn bags(f: &mut Features, a: &Wording, b: &Wording, weights: Weights) {
    let sums = |bag: &Bag| match weights {
        Weights::OfStory => bag.sums,
        Weights::Plain => bag.plain_sums,
    };
    let shared = |a: &Bag, b: &Bag| match weights {
        Weights::OfStory => Shared::of(a, b, |i| a.words[i].1, |j| b.words[j].1),
        Weights::Plain => Shared::of(a, b, |i| a.plain[i], |j| b.plain[j]),
    };
    let (stems, of_a, of_b) = (shared(&a.stems, &b.stems), sums(&a.stems), sums(&b.stems));
    f.cosine = ratio(stems.square, (of_a.square * of_b.square).sqrt());
    (f.cover_low, f.cover_high) = sorted(ratio(stems.sum, of_a.mass), ratio(stems.sum, of_b.mass));
    (f.alone_mass_low, f.alone_mass_high) = sorted(
        (of_a.mass - stems.sum).min(100.0) / 50.0,
        (of_b.mass - stems.sum).min(100.0) / 50.0,
    );
    let concepts = shared(&a.concepts, &b.concepts);
    (f.concept_low, f.concept_high) = sorted(
        ratio(concepts.sum, sums(&a.concepts).mass),
        ratio(concepts.sum, sums(&b.concepts).mass),
    );
    (f.alone_low, f.alone_high) = sorted(concepts.alone[0] / 11.0, concepts.alone[1] / 11.0);
}

fn surface(f: &mut Features, a: &Wording, b: &Wording) {
    let jaccard = |x: &[WordId], y: &[WordId]| {
        let common = intersection(x, y);
        ratio(common as f32, (x.len() + y.len() - common) as f32)
    };
    f.jaccard = jaccard(&a.all_stems, &b.all_stems);
    f.exact = jaccard(&a.forms, &b.forms);
    let (short, long) = sorted(a.words.len() as f32, b.words.len() as f32);
    f.length_ratio = ratio(short, long);
    f.length_short = (1.0 + short).ln();
    f.length_gap = (1.0 + long - short).ln();
    let (x, y) = (&a.capitals, &b.capitals);
    let (of_x, of_y) = (found_in(x, b), found_in(y, a));
    let share = |found: usize, of: usize| if of == 0 { 1.0 } else { found as f32 / of as f32 };
    (f.capitals_low, f.capitals_high) = sorted(share(of_x, x.len()), share(of_y, y.len()));
    f.capitals_alone = ((x.len() - of_x + y.len() - of_y) as f32).min(6.0);
    let common = intersection(&a.numbers, &b.numbers);
    f.numbers_shared = (common as f32).min(4.0);
    let (low, high) = sorted(
        (a.numbers.len() - common) as f32,
        (b.numbers.len() - common) as f32,
    );
    (f.numbers_alone_min, f.numbers_alone_max) = (low.min(3.0), high.min(3.0));
    f.negation = f32::from(u8::from(a.negations != b.negations));
    f.letters = dice(&a.letters, &b.letters);
    if a.verbs.is_empty() || b.verbs.is_empty() {
        f.verbs = 0.5;
    } else {
        let common = intersection(&a.verbs, &b.verbs) as f32;
        f.verbs = 0.5 * (common / a.verbs.len() as f32 + common / b.verbs.len() as f32);
    }
}

fn order(f: &mut Features, a: &Wording, b: &Wording) {
    let (x, y) = (&a.order, &b.order);
    for (p, q, low, high) in [
        (&a.bigrams, &b.bigrams, &mut f.bigram_low, &mut f.bigram_high),
        (&a.trigrams, &b.trigrams, &mut f.trigram_low, &mut f.trigram_high),
    ] {
        let common = intersection(p, q) as f32;
        (*low, *high) = sorted(ratio(common, p.len() as f32), ratio(common, q.len() as f32));
    }
    let (short, long) = sorted(x.len() as f32, y.len() as f32);
    let tables = Alignment::of(x, y);
    f.sequence_long = ratio(tables.common as f32, long);
    f.sequence_short = ratio(tables.common as f32, short);
    f.run = ratio(tables.run as f32, short);
    f.edits = ratio(tables.edits as f32, long);
    f.chunks = 0.5 * (chunks(x, y) + chunks(y, x));
    f.skip = dice(&a.skips, &b.skips);
    let share = |some: &[WordId], other: &Wording| ratio(found_in(some, other) as f32, some.len() as f32);
    let both = |at: usize| 0.5 * (share(&a.ends[at], b) + share(&b.ends[at], a));
    (f.start, f.end) = (both(0), both(1));
}

/// Longest common subsequence, longest common run and edit distance of two sequences, in one pass.
struct Alignment {
    common: usize,
    run: usize,
    edits: usize,
}

impl Alignment {
    /// Of at most [`ORDERED_WORDS`] words each.
    fn of(x: &[WordId], y: &[WordId]) -> Self {
        /// The tables at one word of `y`, of the words of `x` so far.
        #[derive(Clone, Copy, Default)]
        struct Cell {
            common: u16,
            run: u16,
            edits: u16,
        }
        let mut cells = [Cell::default(); ORDERED_WORDS + 1];
        let cells = &mut cells[..=y.len()];
        for (j, cell) in cells.iter_mut().enumerate() {
            cell.edits = j as u16;
        }
        let mut run = 0;
        for (i, p) in x.iter().enumerate() {
            let mut before = cells[0];
            cells[0].edits = i as u16 + 1;
            let mut left = cells[0];
            for (q, cell) in y.iter().zip(&mut cells[1..]) {
                let same = u16::from(p == q);
                let above = *cell;
                left = Cell {
                    common: (before.common + same).max(above.common).max(left.common),
                    run: (before.run + 1) * same,
                    edits: (before.edits + 1 - same).min(above.edits + 1).min(left.edits + 1),
                };
                run = run.max(left.run);
                *cell = left;
                before = above;
            }
        }
        let last = cells[y.len()];
        Self {
            common: usize::from(last.common),
            run: usize::from(run),
            edits: usize::from(last.edits),
        }
    }
}

/// Matched stretches for each matched word, matching each word of `x` to its first unused place in `y`.
fn chunks(x: &[WordId], y: &[WordId]) -> f32 {
    let mut used = vec![false; y.len()];
    let (mut matched, mut stretches, mut last) = (0_usize, 0_usize, usize::MAX - 1);
    for p in x {
        let next = last.wrapping_add(1);
        let place = if y.get(next) == Some(p) && !used[next] {
            Some(next)
        } else {
            y.iter().enumerate().position(|(j, q)| q == p && !used[j])
        };
        let Some(j) = place else {
            last = usize::MAX - 1;
            continue;
        };
        used[j] = true;
        matched += 1;
        stretches += usize::from(j != next);
        last = j;
    }
    if matched == 0 {
        1.0
    } else {
        stretches as f32 / matched as f32
    }
}

fn ngrams(words: &[WordId], n: usize) -> Vec<u32> {
    sorted_once(words.windows(n).map(gram).collect())
}

fn skips(words: &[WordId]) -> Vec<u32> {
    let mut pairs = Vec::with_capacity(words.len() * 4);
    for (i, p) in words.iter().enumerate() {
        pairs.extend(words[i + 1..].iter().take(4).map(|q| gram(&[*p, *q])));
    }
    sorted_once(pairs)
}

fn gram(words: &[WordId]) -> u32 {
    (number_of_all(words.iter().copied()) >> 32) as u32
}

fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

fn sorted(a: f32, b: f32) -> (f32, f32) {
    (a.min(b), a.max(b))
}

fn found_in(ids: &[WordId], other: &Wording) -> usize {
    ids.iter().filter(|id| other.has(**id)).count()
}

/// What two bags have in common.
#[derive(Default)]
struct Shared {
    /// Sum of the weights of shared words, and of their squares.
    sum: f32,
    square: f32,
    /// Heaviest word of the one that the other lacks, and the other way round.
    alone: [f32; 2],
}

impl Shared {
    /// Of two bags, with the weights of their words by place.
    fn of(a: &Bag, b: &Bag, of_a: impl Fn(usize) -> f32, of_b: impl Fn(usize) -> f32) -> Self {
        let (a, b) = (&a.words, &b.words);
        let (mut i, mut j, mut shared) = (0, 0, Self::default());
        while i < a.len() && j < b.len() {
            match a[i].0.cmp(&b[j].0) {
                Ordering::Less => {
                    shared.alone[0] = shared.alone[0].max(of_a(i));
                    i += 1;
                }
                Ordering::Greater => {
                    shared.alone[1] = shared.alone[1].max(of_b(j));
                    j += 1;
                }
                Ordering::Equal => {
                    shared.sum += of_a(i);
                    shared.square += of_a(i) * of_b(j);
                    i += 1;
                    j += 1;
                }
            }
        }
        shared.alone = [
            (i..a.len()).map(of_a).fold(shared.alone[0], f32::max),
            (j..b.len()).map(of_b).fold(shared.alone[1], f32::max),
        ];
        shared
    }
}

fn dice<T: Ord>(a: &[T], b: &[T]) -> f32 {
    ratio(2.0 * intersection(a, b) as f32, (a.len() + b.len()) as f32)
}

/// How many both sorted lists hold.
fn intersection<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        // without a branch on the order: which list goes on is not to be foreseen
        let order = a[i].cmp(&b[j]);
        count += usize::from(order.is_eq());
        i += usize::from(order.is_le());
        j += usize::from(order.is_ge());
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str) -> Features {
        let mut vocabulary = Vocabulary::default();
        let (a, b) = (
            Wording::read(&mut vocabulary, a),
            Wording::read(&mut vocabulary, b),
        );
        let f = Features::of(&a, &b);
        assert_eq!(f, Features::of(&b, &a), "not symmetric");
        assert!(f.values().iter().all(|v| v.is_finite()));
        f
    }

    #[test]
    fn same_words_are_alike_and_none_are_not() {
        let f = check("A dam burst near Elm Town.", "A dam burst near Elm Town.");
        assert!((f.cosine - 1.0).abs() < 1e-5 && f.edits == 0.0 && f.chunks < 0.3);
        let f = check("A dam burst.", "Prices rose by 3 percent");
        assert!(f.cosine == 0.0 && f.numbers_alone_max == 1.0);
        check("", "");
    }

    #[test]
    fn concepts_bridge_other_words() {
        let f = check("Two people were killed", "Two people died");
        assert!(f.concept_low > f.cover_low);
    }
}
