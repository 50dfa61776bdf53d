//! Folds the articles of one story into origins.

use std::collections::{BTreeMap, HashSet};

use twosource_model::{Article, CopyKind, Evidence, Moment, Origin, OriginId, OriginMember, Span};

use super::prose::{ProseWord, hash, prose};
use super::rewrite::{Matter, rewritten_share};

/// Words of a stretch that two texts must share, quoted or not, for it to count as shared.
const SHARED_RUN: usize = 4;
/// Most own words of a reprint; with more of its own a copy is partial reuse.
const REPRINT_OWN: f32 = 0.35;
/// Most texts of a story that are compared for rewrites, as every pair is.
const REWRITE_TEXTS: usize = 40;

/// One article of a story with its words.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    /// The article.
    pub article: &'a Article,
    /// When it was published or first seen.
    pub moment: Option<Moment>,
    words: Vec<ProseWord>,
}

impl<'a> Text<'a> {
    /// Reads the words of an article.
    #[must_use]
    pub fn new(article: &'a Article, seen: Option<Moment>) -> Self {
        Self {
            article,
            moment: article.published.as_ref().map(|dated| dated.moment).or(seen),
            words: prose(article.text()),
        }
    }

    fn outlet(&self) -> Option<&str> {
        self.article.outlet.as_ref().map(|outlet| outlet.name.as_str())
    }
}

/// The origins of a story's texts, in the order of their firsts. `copies` are pairs of indexes with the share of the
/// smaller one's runs that both hold.
#[must_use]
pub fn origins(texts: &[Text<'_>], copies: &[(usize, usize, f32)]) -> Vec<Origin> {
    let mut group: Vec<usize> = (0..texts.len()).collect();
    let mut share_of: BTreeMap<(usize, usize), f32> = BTreeMap::new();
    for (a, b, share) in copies {
        join(&mut group, *a, *b);
        share_of.insert((*a.min(b), *a.max(b)), *share);
    }
    let rewrites = rewrites(texts, &group);
    for (a, b, _) in &rewrites {
        join(&mut group, *a, *b);
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..texts.len() {
        members.entry(root(&group, at)).or_default().push(at);
    }
    let mut origins: Vec<(usize, Origin)> = members
        .into_values()
        .map(|mut members| {
            members.sort_by_cached_key(|at| precedence(texts, *at));
            (members[0], origin(texts, &members, &share_of, &rewrites))
        })
        .collect();
    origins.sort_by_key(|(first, _)| *first);
    origins.into_iter().map(|(_, origin)| origin).collect()
}

fn root(group: &[usize], mut at: usize) -> usize {
    while group[at] != at {
        at = group[at];
    }
    at
}

fn join(group: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(group, a), root(group, b));
    group[a.max(b)] = a.min(b);
}

/// Texts of different groups that tell the same matter in the same order.
fn rewrites(texts: &[Text<'_>], group: &[usize]) -> Vec<(usize, usize, f32)> {
    let texts = &texts[..texts.len().min(REWRITE_TEXTS)];
    if texts.len() < 2 {
        return Vec::new();
    }
    let matter = |text: &Text<'_>| Matter::new(text.article.text(), &text.words);
    let matters: Vec<Matter> = texts.iter().map(matter).collect();
    let mut found = Vec::new();
    for b in 0..texts.len() {
        for a in 0..b {
            if root(group, a) == root(group, b)
                || (texts[a].outlet().is_some() && texts[a].outlet() == texts[b].outlet())
            {
                continue;
            }
            if let Some(share) = rewritten_share(&matters[a], &matters[b]) {
                found.push((a, b, share));
            }
        }
    }
    found
}

/// Sort key of a text in its origin: the likely first publisher comes first.
///
/// The earlier one; of one day the agency itself before its customers, a text without a credit before one with it, the
/// longer before the shorter; an undated text after the dated ones.
fn precedence(texts: &[Text<'_>], at: usize) -> impl Ord + use<> {
    let text = &texts[at];
    let is_agency = text.outlet().is_some_and(|outlet| {
        AGENCIES
            .iter()
            .any(|(code, name)| outlet == *code || outlet == *name)
    });
    let credited = !credits(text).is_empty();
    let moment = text.moment.map(|m| m.day());
    (
        moment.is_none(),
        moment,
        !is_agency,
        credited,
        text.moment.map(|m| m.sort_key()),
        std::cmp::Reverse(text.words.len()),
        at,
    )
}

fn origin(
    texts: &[Text<'_>],
    members: &[usize],
    shares: &BTreeMap<(usize, usize), f32>,
    rewrites: &[(usize, usize, f32)],
) -> Origin {
    let first = members[0];
    let runs: HashSet<u32> = texts[first].words.windows(SHARED_RUN).map(hash).collect();
    let of_first = |at: &usize| {
        if *at == first {
            return OriginMember {
                article: texts[first].article.id.clone(),
                kind: CopyKind::First,
                own_share: 1.0,
                shared: Vec::new(),
                evidence: Vec::new(),
            };
        }
        let text = &texts[*at];
        let (shared, own_share) = shared(text, &runs);
        let pair = (first.min(*at), first.max(*at));
        let rewritten = rewrites.iter().find(|(a, b, _)| a == at || b == at);
        let is_rewrite = rewritten.is_some() && !shares.keys().any(|(a, b)| a == at || b == at);
        let kind = if is_rewrite {
            CopyKind::Rewrite
        } else if text.outlet().is_some() && text.outlet() == texts[first].outlet() {
            CopyKind::Version
        } else if own_share <= REPRINT_OWN {
            CopyKind::Reprint
        } else {
            CopyKind::PartialReuse
        };
        let likeness = rewritten.filter(|_| is_rewrite).map(|(.., share)| *share);
        OriginMember {
            article: text.article.id.clone(),
            kind,
            own_share,
            shared,
            evidence: evidence(
                text,
                &texts[first],
                own_share,
                shares.get(&pair).copied(),
                likeness,
            ),
        }
    };
    Origin {
        id: OriginId::new(texts[first].article.id.as_str()),
        members: members.iter().map(of_first).collect(),
        wire_credit: common_credit(members.iter().map(|at| &texts[*at])),
    }
}

/// Stretches of `text` whose runs stand in the first text, and the share of its words outside them.
fn shared(text: &Text<'_>, runs: &HashSet<u32>) -> (Vec<Span>, f32) {
    let mut covered = vec![false; text.words.len()];
    for (at, window) in text.words.windows(SHARED_RUN).enumerate() {
        if runs.contains(&hash(window)) {
            covered[at..at + SHARED_RUN].fill(true);
        }
    }
    let mut spans: Vec<Span> = Vec::new();
    let mut last = false;
    for (word, covered) in text.words.iter().zip(&covered) {
        match spans.last_mut() {
            Some(span) if *covered && last => *span = span.hull(word.span),
            _ if *covered => spans.push(word.span),
            _ => {}
        }
        last = *covered;
    }
    let own = covered.iter().filter(|c| !**c).count();
    (spans, own as f32 / covered.len().max(1) as f32)
}

fn evidence(
    text: &Text<'_>,
    first: &Text<'_>,
    own_share: f32,
    runs: Option<f32>,
    likeness: Option<f32>,
) -> Vec<Evidence> {
    let mut found = Vec::new();
    let name = first.article.outlet_name();
    let mut add = |rule: &str, weight: f32, words: String| {
        found.push(Evidence {
            rule: rule.to_owned(),
            weight,
            words,
        });
    };
    if let Some(share) = runs {
        add(
            "same-runs",
            share,
            format!(
                "{:.0} % of the shorter one's prose outside quotes runs word for word as in {name}",
                share * 100.0
            ),
        );
    }
    if let Some(share) = likeness {
        add(
            "same-matter",
            share,
            format!(
                "{:.0} % of its sentences tell what {name} tells, in the same order",
                share * 100.0
            ),
        );
    }
    add(
        "shared-words",
        1.0 - own_share,
        format!(
            "{:.0} % of its words stand in {name} too",
            (1.0 - own_share) * 100.0
        ),
    );
    if text.outlet().is_some() && text.outlet() == first.outlet() {
        add(
            "same-outlet",
            0.5,
            format!("another state of the report of {name}"),
        );
    }
    for credit in credits(text) {
        let both = credits(first).contains(&credit) || first.outlet().is_some_and(|o| o == credit);
        let words = if both {
            format!("both go back to {credit}")
        } else {
            format!("it credits {credit}")
        };
        add("wire-credit", if both { 0.5 } else { 0.2 }, words);
    }
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    found
}

/// News agencies: the code that stands in datelines, and the name.
const AGENCIES: [(&str, &str); 12] = [
    ("AP", "Associated Press"),
    ("Reuters", "Reuters"),
    ("AFP", "Agence France-Presse"),
    ("UPI", "United Press International"),
    ("dpa", "Deutsche Presse-Agentur"),
    ("PA", "PA Media"),
    ("Xinhua", "Xinhua"),
    ("TASS", "TASS"),
    ("ANSA", "ANSA"),
    ("EFE", "EFE"),
    ("Kyodo", "Kyodo News"),
    ("AAP", "Australian Associated Press"),
];

/// Bytes at the head of a text where a dateline with its agency stands.
const DATELINE: usize = 160;

/// Agencies that an article credits: those that extraction found, and the one in brackets in its dateline.
fn credits(text: &Text<'_>) -> Vec<String> {
    let mut found: Vec<String> = text.article.wire_credits.clone();
    let body = text.article.text();
    let mut end = DATELINE.min(body.len());
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    for (code, name) in AGENCIES {
        let bracketed = body[..end].contains(&format!("({code})"));
        if bracketed && !found.iter().any(|credit| credit == code || credit == name) {
            found.push(code.to_owned());
        }
    }
    found
}

fn common_credit<'a>(texts: impl Iterator<Item = &'a Text<'a>>) -> Option<String> {
    let mut all: BTreeMap<String, usize> = BTreeMap::new();
    for text in texts {
        for credit in credits(text) {
            *all.entry(credit).or_default() += 1;
        }
    }
    let mut credits = all.into_keys();
    let only = credits.next()?;
    credits.next().is_none().then_some(only)
}
