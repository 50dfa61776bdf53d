//! What two wordings have in common, as numbers without any word in them.

use crate::words::{Vocabulary, Word, WordId, WordKind};

/// A stretch of text as it is compared.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    /// Its words in order.
    pub words: Vec<Word>,
    /// Weight of each word in this comparison.
    pub weights: Vec<f32>,
    /// Stems of its main verbs, sorted.
    pub verbs: Vec<WordId>,
    /// Hashes of its character trigrams, sorted, each once.
    trigrams: Vec<u32>,
    /// Sorted stems of its words that count, each once, with the weight.
    bag: Vec<(WordId, f32)>,
    /// The same by concept.
    concepts: Vec<(WordId, f32)>,
    /// Sum of the weights in `bag`.
    mass: f32,
}

impl Wording {
    /// The wording of `words`, which stand in `text` counted from `base`.
    #[must_use]
    pub fn new(vocabulary: &Vocabulary, words: Vec<Word>, verbs: Vec<WordId>) -> Self {
        let weights: Vec<f32> = words.iter().map(|w| weigh(vocabulary, w)).collect();
        let counted = || {
            words
                .iter()
                .zip(&weights)
                .filter(|(w, _)| w.kind != WordKind::Function)
        };
        let bag = sorted_bag(counted().map(|(w, weight)| (w.stem, *weight)));
        let concepts = sorted_bag(counted().map(|(w, _)| (w.concept, weigh_as(vocabulary, w, w.concept))));
        let mass = bag.iter().map(|(_, w)| w).sum();
        let trigrams = trigrams(vocabulary, &words);
        Self {
            words,
            weights,
            verbs,
            trigrams,
            bag,
            concepts,
            mass,
        }
    }

    /// The same wording with its words weighed anew: `factor` gives what the weight of a stem or concept is to be
    /// multiplied with.
    pub fn reweigh(&mut self, factor: impl Fn(WordId) -> f32) {
        for (id, weight) in self.bag.iter_mut().chain(&mut self.concepts) {
            *weight *= factor(*id);
        }
        self.mass = self.bag.iter().map(|(_, w)| w).sum();
    }

    /// Sorted concepts that count, each once, with their weights.
    #[must_use]
    pub fn concepts(&self) -> &[(WordId, f32)] {
        &self.concepts
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
        &self.bag
    }

    /// Sum of the weights of the words that count.
    #[must_use]
    pub const fn mass(&self) -> f32 {
        self.mass
    }
}

fn weigh(vocabulary: &Vocabulary, word: &Word) -> f32 {
    weigh_as(vocabulary, word, word.stem)
}

/// The weight of a word taken for its stem or for its concept.
fn weigh_as(vocabulary: &Vocabulary, word: &Word, id: WordId) -> f32 {
    match word.kind {
        WordKind::Function => 1.0,
        WordKind::Negation => 4.0,
        WordKind::Number => 7.0,
        WordKind::Content => vocabulary.weight(id),
    }
}

fn sorted_bag(words: impl Iterator<Item = (WordId, f32)>) -> Vec<(WordId, f32)> {
    let mut bag: Vec<(WordId, f32)> = words.collect();
    bag.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    bag.dedup_by_key(|(id, _)| *id);
    bag
}

fn trigrams(vocabulary: &Vocabulary, words: &[Word]) -> Vec<u32> {
    let mut found = Vec::new();
    for word in words.iter().filter(|w| w.kind != WordKind::Function) {
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
    found.sort_unstable();
    found.dedup();
    found
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
        let mut f = Self::default();
        bags(&mut f, a, b);
        surface(&mut f, a, b);
        order(&mut f, a, b);
        f
    }
}

fn bags(f: &mut Features, a: &Wording, b: &Wording) {
    let (shared, square) = shared_weight(&a.bag, &b.bag);
    let norm = |w: &Wording| w.bag.iter().map(|(_, x)| x * x).sum::<f32>().sqrt();
    f.cosine = ratio(square, norm(a) * norm(b));
    let (of_a, of_b) = (ratio(shared, a.mass), ratio(shared, b.mass));
    (f.cover_low, f.cover_high) = sorted(of_a, of_b);
    (f.alone_mass_low, f.alone_mass_high) = sorted(
        (a.mass - shared).min(100.0) / 50.0,
        (b.mass - shared).min(100.0) / 50.0,
    );
    let (by_concept, _) = shared_weight(&a.concepts, &b.concepts);
    let mass = |w: &Wording| w.concepts.iter().map(|(_, x)| x).sum::<f32>();
    (f.concept_low, f.concept_high) = sorted(ratio(by_concept, mass(a)), ratio(by_concept, mass(b)));
    let heaviest = |x: &Wording, y: &Wording| {
        x.concepts
            .iter()
            .filter(|(id, _)| !holds(&y.concepts, *id))
            .map(|(_, w)| *w)
            .fold(0.0, f32::max)
            / 11.0
    };
    (f.alone_low, f.alone_high) = sorted(heaviest(a, b), heaviest(b, a));
    let common = intersection(&a.trigrams, &b.trigrams) as f32;
    f.letters = ratio(2.0 * common, (a.trigrams.len() + b.trigrams.len()) as f32);
    if a.verbs.is_empty() || b.verbs.is_empty() {
        f.verbs = 0.5;
    } else {
        let common = intersection(&a.verbs, &b.verbs) as f32;
        f.verbs = 0.5 * (common / a.verbs.len() as f32 + common / b.verbs.len() as f32);
    }
}

fn surface(f: &mut Features, a: &Wording, b: &Wording) {
    let all = |w: &Wording, id: fn(&Word) -> WordId| {
        let mut ids: Vec<WordId> = w.words.iter().map(id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let dice = |id: fn(&Word) -> WordId| {
        let (x, y) = (all(a, id), all(b, id));
        let common = intersection(&x, &y);
        ratio(common as f32, (x.len() + y.len() - common) as f32)
    };
    f.jaccard = dice(|w| w.stem);
    f.exact = dice(|w| w.form);
    let (short, long) = sorted(a.words.len() as f32, b.words.len() as f32);
    f.length_ratio = ratio(short, long);
    f.length_short = (1.0 + short).ln();
    f.length_gap = (1.0 + long - short).ln();
    let pick = |w: &Wording, keep: &dyn Fn(&Word) -> bool| {
        let mut ids: Vec<WordId> = w.words.iter().filter(|x| keep(x)).map(|x| x.concept).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let capital = |w: &Word| w.capital && w.kind == WordKind::Content;
    let (x, y) = (pick(a, &capital), pick(b, &capital));
    let (of_x, of_y) = (found_in(&x, b), found_in(&y, a));
    let share = |found: usize, of: usize| if of == 0 { 1.0 } else { found as f32 / of as f32 };
    (f.capitals_low, f.capitals_high) = sorted(share(of_x, x.len()), share(of_y, y.len()));
    f.capitals_alone = ((x.len() - of_x + y.len() - of_y) as f32).min(6.0);
    let number = |w: &Word| w.kind == WordKind::Number;
    let (x, y) = (pick(a, &number), pick(b, &number));
    let common = intersection(&x, &y);
    f.numbers_shared = (common as f32).min(4.0);
    let (low, high) = sorted((x.len() - common) as f32, (y.len() - common) as f32);
    (f.numbers_alone_min, f.numbers_alone_max) = (low.min(3.0), high.min(3.0));
    let negations = |w: &Wording| w.words.iter().filter(|x| x.kind == WordKind::Negation).count();
    f.negation = f32::from(u8::from(negations(a) != negations(b)));
}

fn order(f: &mut Features, a: &Wording, b: &Wording) {
    let stems = |w: &Wording| {
        w.words
            .iter()
            .take(ORDERED_WORDS)
            .map(|x| x.concept)
            .collect::<Vec<_>>()
    };
    let (x, y) = (stems(a), stems(b));
    for (n, low, high) in [
        (2, &mut f.bigram_low, &mut f.bigram_high),
        (3, &mut f.trigram_low, &mut f.trigram_high),
    ] {
        let (p, q) = (ngrams(&x, n), ngrams(&y, n));
        let common = intersection(&p, &q) as f32;
        (*low, *high) = sorted(ratio(common, p.len() as f32), ratio(common, q.len() as f32));
    }
    let (short, long) = sorted(x.len() as f32, y.len() as f32);
    let tables = Alignment::of(&x, &y);
    f.sequence_long = ratio(tables.common as f32, long);
    f.sequence_short = ratio(tables.common as f32, short);
    f.run = ratio(tables.run as f32, short);
    f.edits = ratio(tables.edits as f32, long);
    f.chunks = 0.5 * (chunks(&x, &y) + chunks(&y, &x));
    let (p, q) = (skips(&x), skips(&y));
    f.skip = ratio(2.0 * intersection(&p, &q) as f32, (p.len() + q.len()) as f32);
    let counted = |w: &Wording| {
        w.words
            .iter()
            .filter(|x| x.kind != WordKind::Function)
            .map(|x| x.concept)
            .collect::<Vec<_>>()
    };
    let (x, y) = (counted(a), counted(b));
    let share = |some: &[WordId], other: &Wording| {
        ratio(
            some.iter().filter(|id| holds(&other.concepts, **id)).count() as f32,
            some.len() as f32,
        )
    };
    f.start = 0.5 * (share(&x[..x.len().min(3)], b) + share(&y[..y.len().min(3)], a));
    f.end = 0.5 * (share(&x[x.len().saturating_sub(3)..], b) + share(&y[y.len().saturating_sub(3)..], a));
}

/// Longest common subsequence, longest common run and edit distance of two sequences, in one pass.
struct Alignment {
    common: usize,
    run: usize,
    edits: usize,
}

impl Alignment {
    fn of(x: &[WordId], y: &[WordId]) -> Self {
        let mut subsequence = vec![0_usize; y.len() + 1];
        let mut runs = vec![0_usize; y.len() + 1];
        let mut edits: Vec<usize> = (0..=y.len()).collect();
        let mut run = 0;
        for (i, p) in x.iter().enumerate() {
            let (mut s, mut r, mut e) = (0, 0, i);
            edits[0] = i + 1;
            for (j, q) in y.iter().enumerate() {
                let same = p == q;
                let (old_s, old_r, old_e) = (subsequence[j + 1], runs[j + 1], edits[j + 1]);
                subsequence[j + 1] = if same { s + 1 } else { old_s.max(subsequence[j]) };
                runs[j + 1] = if same { r + 1 } else { 0 };
                run = run.max(runs[j + 1]);
                edits[j + 1] = (e + usize::from(!same)).min(old_e + 1).min(edits[j] + 1);
                (s, r, e) = (old_s, old_r, old_e);
            }
        }
        Self {
            common: subsequence[y.len()],
            run,
            edits: edits[y.len()],
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

fn ngrams(words: &[WordId], n: usize) -> Vec<u64> {
    let mut grams: Vec<u64> = words
        .windows(n)
        .map(|w| {
            w.iter().fold(14_695_981_039_346_656_037, |hash: u64, id| {
                (hash ^ u64::from(*id)).wrapping_mul(1_099_511_628_211)
            })
        })
        .collect();
    grams.sort_unstable();
    grams.dedup();
    grams
}

fn skips(words: &[WordId]) -> Vec<u64> {
    let mut pairs = Vec::with_capacity(words.len() * 4);
    for (i, p) in words.iter().enumerate() {
        pairs.extend(
            words[i + 1..]
                .iter()
                .take(4)
                .map(|q| (u64::from(*p) << 32) | u64::from(*q)),
        );
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

fn sorted(a: f32, b: f32) -> (f32, f32) {
    (a.min(b), a.max(b))
}

fn holds(bag: &[(WordId, f32)], id: WordId) -> bool {
    bag.binary_search_by_key(&id, |(x, _)| *x).is_ok()
}

fn found_in(ids: &[WordId], other: &Wording) -> usize {
    ids.iter().filter(|id| holds(&other.concepts, **id)).count()
}

/// Sum of the weights of shared words, and of their squares.
fn shared_weight(a: &[(WordId, f32)], b: &[(WordId, f32)]) -> (f32, f32) {
    let (mut i, mut j, mut sum, mut square) = (0, 0, 0.0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1;
                square += a[i].1 * b[j].1;
                i += 1;
                j += 1;
            }
        }
    }
    (sum, square)
}

fn intersection<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                i += 1;
                j += 1;
            }
        }
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
