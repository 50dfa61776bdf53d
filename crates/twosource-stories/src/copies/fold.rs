//! Folds the articles of one story into origins.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;
use twosource_model::{Article, CopyKind, Evidence, Moment, Origin, OriginId, OriginMember, Span};

use super::prose::{ProseWord, hash, prose};
use super::rewrite::{Matter, rewritten_share};

/// Words of a stretch that two texts must share, quoted or not, for it to count as shared.
const SHARED_RUN: usize = 4;
/// Most own words of a reprint; with more of its own a copy is partial reuse.
const REPRINT_OWN: f32 = 0.35;
/// Texts that each text of a story is compared with for a rewrite: those it shares most with. In a story of no more than
/// one text beyond that, every pair is compared.
const REWRITE_PARTNERS: usize = 40;
/// Most texts of a story that hold a term by which the ones to compare are found; what more of them hold is the story's
/// own. Both bounds keep the work for a text constant, however big the story.
const RARE_TEXTS: usize = 64;

/// One article of a story with its words.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    /// The article.
    pub article: &'a Article,
    /// When it was published.
    pub moment: Option<Moment>,
    words: Vec<ProseWord>,
}

impl<'a> Text<'a> {
    /// Reads the words of an article.
    #[must_use]
    pub fn new(article: &'a Article) -> Self {
        Self {
            article,
            moment: article.published.as_ref().map(|dated| dated.moment),
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
    if texts.len() < 2 {
        return Vec::new();
    }
    let matter = |text: &Text<'_>| Matter::new(text.article.text(), &text.words);
    let matters: Vec<Matter> = texts.par_iter().map(matter).collect();
    let compared = |(a, b): (usize, usize)| {
        let one_outlet = texts[a].outlet().is_some() && texts[a].outlet() == texts[b].outlet();
        let share = (!one_outlet && root(group, a) != root(group, b))
            .then(|| rewritten_share(&matters[a], &matters[b]))??;
        Some((a, b, share))
    };
    pairs_to_compare(&matters)
        .into_par_iter()
        .filter_map(compared)
        .collect()
}

/// Pairs of texts, the earlier one first, that may be rewrites: every one of a small story, else each text with those it
/// shares most rare terms with. In rising order, each once.
fn pairs_to_compare(matters: &[Matter]) -> Vec<(usize, usize)> {
    let all = matters.len();
    if all <= REWRITE_PARTNERS + 1 {
        return (0..all).flat_map(|b| (0..b).map(move |a| (a, b))).collect();
    }
    let mut holders: HashMap<u32, Vec<usize>> = HashMap::new();
    for (at, matter) in matters.iter().enumerate() {
        for term in matter.terms() {
            holders.entry(*term).or_default().push(at);
        }
    }
    let partners = |at: usize| {
        let mut shared: BTreeMap<usize, u32> = BTreeMap::new();
        let terms = matters[at].terms().iter().map(|term| &holders[term]);
        for others in terms.filter(|others| others.len() <= RARE_TEXTS) {
            for other in others.iter().filter(|other| **other != at) {
                *shared.entry(*other).or_default() += 1;
            }
        }
        let mut most: Vec<(Reverse<u32>, usize)> = shared
            .into_iter()
            .map(|(other, count)| (Reverse(count), other))
            .collect();
        most.sort_unstable();
        most.truncate(REWRITE_PARTNERS);
        most.into_iter()
            .map(move |(_, other)| (at.min(other), at.max(other)))
    };
    let mut pairs: Vec<(usize, usize)> = (0..all).into_par_iter().flat_map_iter(partners).collect();
    pairs.par_sort_unstable_by_key(|(a, b)| (*b, *a));
    pairs.dedup();
    pairs
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
        Reverse(text.words.len()),
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

#[cfg(test)]
mod tests {
    use super::*;
    use twosource_model::{ArticleId, Outlet};

    /// A report of six sentences about `ship`, told in one of two ways.
    fn report(ship: &str, told: bool) -> String {
        let (port, captain, line) = (format!("{ship}vik"), format!("Ilse{ship}"), format!("{ship}sund"));
        if told {
            format!(
                "The ferry {ship} ran aground off {port} at 4:20 on Friday. Some 214 passengers were brought to the harbour of \
                 {port}vik. Captain {captain} Thorn blamed a broken rudder for the accident. The {line} Line withdrew two \
                 sister ships from the strait of {ship}skar. Divers found a gash of nine metres below the {ship}len \
                 waterline. The maritime board of {ship}mark opened an inquiry."
            )
        } else {
            format!(
                "At 4:20 on Friday off {port} the ferry {ship} struck ground. To {port}vik's harbour 214 passengers were \
                 taken safely. A broken rudder was to blame, captain {captain} Thorn explained. From the strait of \
                 {ship}skar the {line} Line withdrew both sister ships. Below the {ship}len waterline divers found a gash \
                 nine metres long. An inquiry was opened by the maritime board of {ship}mark."
            )
        }
    }

    fn article(at: usize, text: &str) -> Article {
        let mut article = Article::of_text(ArticleId::new(&format!("{at:04}")), "", text);
        article.outlet = Some(Outlet {
            name: format!("Outlet {at}"),
            host: None,
        });
        article
    }

    #[test]
    fn a_rewrite_is_folded_in_a_big_story_too() {
        let names = |at: usize| {
            let letter = |n: usize| char::from(b'a' + (n % 20) as u8);
            format!("Br{}{}o{}", letter(at), letter(at / 20), letter(at / 7))
        };
        let mut articles: Vec<Article> = (0..150)
            .map(|at| article(at, &report(&names(at), true)))
            .collect();
        articles.push(article(150, &report(&names(120), false)));
        let texts: Vec<Text<'_>> = articles.iter().map(Text::new).collect();
        let found = origins(&texts, &[]);
        let folded: Vec<Vec<&str>> = found
            .iter()
            .filter(|origin| origin.members.len() > 1)
            .map(|origin| origin.members.iter().map(|m| m.article.as_str()).collect())
            .collect();
        assert_eq!(folded, [["0120", "0150"]]);
    }

    #[test]
    fn a_text_of_a_big_story_is_compared_with_a_bounded_number() {
        let text = report("Aurelia", true);
        let prose = prose(&text);
        let matters: Vec<Matter> = (0..REWRITE_PARTNERS + 20)
            .map(|_| Matter::new(&text, &prose))
            .collect();
        let pairs = pairs_to_compare(&matters);
        assert!(pairs.len() <= matters.len() * REWRITE_PARTNERS);
        assert!(pairs.iter().all(|(a, b)| a < b) && pairs.is_sorted_by_key(|(a, b)| (*b, *a)));
        assert_eq!(pairs_to_compare(&matters[..3]), [(0, 1), (0, 2), (1, 2)]);
    }
}
