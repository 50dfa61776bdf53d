//! Lists that share items: what each alone names, and what each is a list of.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{
    Difference, DifferenceKind, EntityType, Gravity, Mention, Span, StatementIx, Token, Upos, Xpos,
};

use super::others::name_others;
use super::side::{Draft, Side, difference};
use crate::clauses::{Clause, has_word};
use crate::desk::View;
use crate::lists::{Item, List, initials, lists, opens_alike, same_item};
use crate::words::{Vocabulary, WordId, WordKind};

/// Lists behind one that name the same thing which it is compared with, the nearest ones.
const MOST_NAMING: usize = 60;
/// Fewest items that lists of two statements share to be compared, and the same inside one statement. Of ten lists that
/// shared two items in stories read by eye, none was a list of the same (22 November 2026).
const LEAST_SHARED: usize = 3;
const LEAST_SHARED_IN_STATEMENT: usize = 2;
/// Share of the shorter list that both name.
const LEAST_SHARED_PART: f32 = 0.5;
/// The same, and fewest items shared, where one list only gives examples ("such as"): then most of both has to be there.
const LEAST_SHARED_PART_OPEN: f32 = 0.7;
const LEAST_SHARED_OPEN: usize = 3;
/// Least length of the shorter list, of the longer, where one only gives examples.
const LEAST_LENGTH_OPEN: f32 = 0.5;

/// Most items that each list names alone where both have some, and that one may name alone of which fewer are in both: those with more are
/// two lists.
const MOST_ALONE: usize = 2;

/// The differences of all lists of the story.
pub fn list_differences(
    views: &[View<'_>],
    clauses: &[Clause],
    statement_of: &BTreeMap<usize, StatementIx>,
    vocabulary: &mut Vocabulary,
) -> Vec<Difference> {
    let mut all: Vec<List> = Vec::new();
    for (report, view) in views.iter().enumerate().filter(|(_, v)| !v.superseded) {
        for span in &view.sentences {
            let found = lists(report as u32, *span, view.article.text(), vocabulary);
            all.extend(found.into_iter().filter(|list| names_things(view, list)));
        }
    }
    let naming = lists_by_concept(&all);
    let mut found = Vec::new();
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for i in 0..all.len() {
        let mut best: Option<(usize, usize)> = None;
        for j in behind(i, &all, &naming) {
            if all[i].report == all[j].report || used.contains(&j) || used.contains(&i) {
                continue;
            }
            let shared = shared_items(&all[i], &all[j]);
            if shared < LEAST_SHARED_IN_STATEMENT {
                continue;
            }
            let shorter = all[i].items.len().min(all[j].items.len());
            let aligned = statement_at(clauses, statement_of, &all[i]);
            let one = aligned.is_some() && aligned == statement_at(clauses, statement_of, &all[j]);
            let enough = one || (shared >= LEAST_SHARED && of_the_same(views, &all[i], &all[j], vocabulary));
            let longer = all[i].items.len().max(all[j].items.len());
            let open = gives_examples(views, &all[i]) || gives_examples(views, &all[j]);
            let of_both = if open {
                shared >= LEAST_SHARED_OPEN
                    && shared as f32 >= LEAST_SHARED_PART_OPEN * shorter as f32
                    && shorter as f32 >= LEAST_LENGTH_OPEN * longer as f32
            } else {
                shared as f32 >= LEAST_SHARED_PART * shorter as f32
            };
            if enough && of_both && best.is_none_or(|(s, _)| shared > s) {
                best = Some((shared, j));
            }
        }
        let Some((_, j)) = best else { continue };
        used.extend([i, j]);
        found.extend(list_difference(
            views,
            &all[i],
            &all[j],
            clauses,
            statement_of,
            vocabulary,
        ));
    }
    found
}

/// The lists that name each concept, ascending.
fn lists_by_concept(all: &[List]) -> BTreeMap<WordId, Vec<usize>> {
    let mut naming: BTreeMap<WordId, Vec<usize>> = BTreeMap::new();
    for (at, list) in all.iter().enumerate() {
        for concept in list.items.iter().flat_map(|item| &item.concepts) {
            let lists = naming.entry(*concept).or_default();
            if lists.last() != Some(&at) {
                lists.push(at);
            }
        }
    }
    naming
}

/// The lists behind list `at` that name something that it names.
fn behind(at: usize, all: &[List], naming: &BTreeMap<WordId, Vec<usize>>) -> BTreeSet<usize> {
    let concepts = all[at].items.iter().flat_map(|item| &item.concepts);
    let lists = concepts.filter_map(|concept| naming.get(concept));
    lists
        .flat_map(|lists| {
            lists[lists.partition_point(|l| *l <= at)..]
                .iter()
                .take(MOST_NAMING)
        })
        .copied()
        .collect()
}

/// Whether the items are things, not clauses side by side.
fn names_things(view: &View<'_>, list: &List) -> bool {
    let verb = |t: &Token| matches!(t.xpos, Xpos::Vb | Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    let pronoun = |t: &Token| t.xpos == Xpos::Prp;
    list.items.iter().all(|item| {
        let tokens = &view.analysis.tokens[view.analysis.tokens_in(item.span)];
        let doing = |t: &Token| matches!(t.xpos, Xpos::Vbg | Xpos::Vbn);
        !tokens.iter().any(|t| verb(t) || pronoun(t))
            && !tokens.first().is_some_and(doing)
            && (tokens
                .iter()
                .any(|t| matches!(t.upos, Upos::Noun | Upos::Propn | Upos::X)))
    })
}

/// Whether both say what they are lists of, and share words of weight in saying it: two of them, or the last one.
fn of_the_same(views: &[View<'_>], a: &List, b: &List, vocabulary: &mut Vocabulary) -> bool {
    let mut concepts = |list: &List| -> Vec<WordId> {
        let text = views[list.report as usize].article.text();
        let words = list
            .of
            .map(|of| vocabulary.read(of.of(text), 0))
            .unwrap_or_default();
        let weighty = words.into_iter().filter(|w| w.kind == WordKind::Content);
        weighty.map(|w| w.concept).collect()
    };
    let (x, y) = (concepts(a), concepts(b));
    let shared: BTreeSet<WordId> = x.iter().filter(|id| y.contains(id)).copied().collect();
    let ends = |own: &[WordId]| own.last().is_some_and(|last| shared.contains(last));
    shared.len() > 1 || ends(&x) || ends(&y)
}

/// The statement that a list stands in.
fn statement_at(
    clauses: &[Clause],
    statement_of: &BTreeMap<usize, StatementIx>,
    list: &List,
) -> Option<StatementIx> {
    let holds = |c: &Clause| c.report == list.report && c.span.covers(list.items[0].span);
    statement_of.get(&clauses.iter().position(holds)?).copied()
}

/// Words that say that a list gives examples only, at the end of what it is of, and behind its last item.
const EXAMPLES: &[&str] = &[
    "including",
    "include",
    "includes",
    "included",
    "as",
    "like",
    "among",
];
const AND_MORE: &[&str] = &["more", "others", "other", "elsewhere"];

/// Whether a list says of itself that it is not whole.
fn gives_examples(views: &[View<'_>], list: &List) -> bool {
    let view = &views[list.report as usize];
    let text = view.article.text();
    let fold = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let first = list.items[0].span.start();
    let Some(sentence) = view.sentence_at(first).map(|at| view.sentences[at]) else {
        return true;
    };
    let introduced = text[sentence.start()..first].split_whitespace().next_back();
    let opens = |w: &str| EXAMPLES.contains(&fold(w).as_str());
    let last = list.items[list.items.len() - 1].span;
    let ends = text[last.start()..sentence.end()].split_whitespace().map(fold);
    let among = text[sentence.start()..first].split_whitespace().next();
    introduced.is_some_and(opens)
        || among.is_some_and(opens)
        || ends.take(8).any(|w| AND_MORE.contains(&w.as_str()))
}

/// An item that is a name, or counts things ("five other counties"), and no time.
fn is_name(views: &[View<'_>], list: &List, item: &Item) -> bool {
    let view = &views[list.report as usize];
    let words = item.span.of(view.article.text());
    let bare = words.strip_prefix("the ").unwrap_or(words);
    let numbers = view.numbers_in(item.span);
    let counts = numbers
        .first()
        .is_some_and(|n| n.span.start() == item.span.start());
    let timed = view.times_near(item.span).any(|t| t.span.overlaps(item.span));
    (bare.starts_with(char::is_uppercase) || counts) && !timed
}

/// What a report tells in the sentence of a list, the one before and the one behind: "the keeper and his sons Tor and Ole", who was named
/// before.
struct Beside {
    concepts: BTreeSet<WordId>,
    initials: String,
    /// What it names, by the knowledge tables.
    links: BTreeSet<String>,
}

impl Beside {
    fn of(views: &[View<'_>], list: &List, vocabulary: &mut Vocabulary) -> Self {
        let view = &views[list.report as usize];
        let at = view.sentence_at(list.items[0].span.start()).unwrap_or_default();
        let near = view.around(at);
        let words = near.of(view.article.text());
        Self {
            concepts: vocabulary.read(words, 0).iter().map(|w| w.concept).collect(),
            initials: initials(words),
            links: view.links_in(near).map(|link| link.id.clone()).collect(),
        }
    }

    /// Whether the sentence has what `item` of the other report names, in its words or under another name ("Britain").
    fn tells(&self, view: &View<'_>, item: &Item) -> bool {
        let linked = || view.links_in(item.span).any(|link| self.links.contains(&link.id));
        item.concepts.iter().all(|c| self.concepts.contains(c))
            || item.is_short_for(&self.initials)
            || linked()
    }
}

/// Whether all words of weight of `part` stand in `whole`.
fn holds(whole: &Item, part: &Item) -> bool {
    part.concepts
        .iter()
        .all(|c| whole.concepts.binary_search(c).is_ok())
}

fn shared_items(a: &List, b: &List) -> usize {
    let mut taken = vec![false; b.items.len()];
    let mut count = 0;
    for x in &a.items {
        let free = (0..taken.len()).find(|at| !taken[*at] && same_item(x, &b.items[*at]));
        if let Some(at) = free {
            taken[at] = true;
            count += 1;
        }
    }
    count
}

fn list_difference(
    views: &[View<'_>],
    a: &List,
    b: &List,
    clauses: &[Clause],
    statement_of: &BTreeMap<usize, StatementIx>,
    vocabulary: &mut Vocabulary,
) -> Option<Difference> {
    let names_only = |list: &List| list.items.iter().filter(|i| !is_name(views, list, i)).count() <= 1;
    let named = names_only(a) && names_only(b);
    let mut alone = |own: &List, other: &List| -> Vec<Span> {
        let beside = Beside::of(views, other, vocabulary);
        let text = views[own.report as usize].article.text();
        let shortened = |x: &Item| {
            let letters = initials(x.span.of(text));
            other.items.iter().any(|y| y.is_short_for(&letters))
        };
        own.items
            .iter()
            .filter(|x| {
                !other
                    .items
                    .iter()
                    .any(|y| same_item(x, y) || holds(y, x) || opens_alike(x, y))
            })
            .filter(|x| !beside.tells(&views[own.report as usize], x) && !shortened(x))
            .filter(|x| !tells_of([own.report, other.report].map(|r| &views[r as usize]), x.span))
            .filter(|x| !named || is_name(views, own, x))
            .map(|i| i.span)
            .collect()
    };
    let (x, y) = (alone(a, b), alone(b, a));
    let (x, y) = (unless_renamed((a, &x), (b, &y)), unless_renamed((b, &y), (a, &x)));
    if out_of_kind(&views[a.report as usize], &x, a) || out_of_kind(&views[b.report as usize], &y, b) {
        return None;
    }
    let most = x.len().max(y.len());
    let few = x.len().min(y.len()) <= MOST_ALONE && most <= shared_items(a, b).max(MOST_ALONE);
    if !few
        || are_led_by_others(views, a, b)
        || of_other_editions(views, a, b)
        || is_of_one_body(views, a)
        || is_of_one_body(views, b)
    {
        return None;
    }
    // "umbrellas" where the other list has "brollies": the same in other words
    let place = |list: &List, span: &Span| list.items.iter().position(|i| i.span == *span);
    let at_one_place = x.len() == y.len() && x.iter().zip(&y).all(|(p, q)| place(a, p) == place(b, q));
    let is_named = |list: &List, alone: &[Span]| {
        let mut items = list.items.iter().filter(|i| alone.contains(&i.span));
        items.any(|i| is_name(views, list, i))
    };
    if at_one_place && !x.is_empty() && !is_named(a, &x) && !is_named(b, &y) {
        return None;
    }
    // who gives examples may know of the others too: only where each gives others is it worth telling
    let open = gives_examples(views, a) || gives_examples(views, b);
    if x.is_empty() && y.is_empty() || open && (x.is_empty() || y.is_empty()) {
        return None;
    }
    let words = |list: &List, spans: &[Span]| -> String {
        let text = views[list.report as usize].article.text();
        spans
            .iter()
            .map(|s| s.of(text).trim())
            .collect::<Vec<_>>()
            .join("; ")
    };
    let shared: Vec<Span> = a
        .items
        .iter()
        .filter(|i: &&Item| b.items.iter().any(|j| same_item(i, j)))
        .map(|i| i.span)
        .collect();
    // a side that names nothing alone stands by its whole list
    let whole = |list: &List| {
        let hull = list.items.iter().map(|item| item.span).reduce(Span::hull);
        hull.into_iter().map(|span| (list.report, span)).collect()
    };
    let side = |list: &List, spans: &[Span]| Side {
        of: list.of.map(|s| (list.report, s)),
        ..Side::new(
            if spans.is_empty() {
                "nothing that the other lacks".to_owned()
            } else {
                words(list, spans)
            },
            if spans.is_empty() {
                whole(list)
            } else {
                spans.iter().map(|s| (list.report, *s)).collect()
            },
        )
    };
    let (p, q) = (
        statement_at(clauses, statement_of, a),
        statement_at(clauses, statement_of, b),
    );
    let mut why = format!("both name {}", words(a, &shared));
    let planned = |list: &List| {
        list.of
            .is_some_and(|of| is_ahead(&views[list.report as usize], of))
    };
    if planned(a) != planned(b) {
        why.push_str("; one list is of what was, the other of what is planned");
    }
    let sides = vec![side(a, &x), side(b, &y)];
    let same = if p == q { p } else { None };
    difference(
        views,
        Draft {
            kind: DifferenceKind::List,
            gravity: Gravity::Complement,
            subject: None,
            sides,
            statement: same,
            utterance: None,
            rule: "lists-share-items",
            words: why,
        },
    )
}

/// Whether one of the items that a list names alone is a place and no other item is: "Ada Brandt of Velby" among names, of which the last
/// word was taken.
fn out_of_kind(view: &View<'_>, alone: &[Span], list: &List) -> bool {
    let is_place = |span: Span| {
        let mut named = view.mentions_in(span).iter();
        named.any(|m| m.entity_type == EntityType::Place && m.span.covers(span))
    };
    let others = || list.items.iter().filter(|item| !alone.contains(&item.span));
    alone.iter().any(|span| is_place(*span)) && !others().any(|item| is_place(item.span))
}

/// Whether the words before one list say that it is an older or a newer one of its kind ("the earlier ban on"), and those before the other do
/// not.
fn of_other_editions(views: &[View<'_>], a: &List, b: &List) -> bool {
    const EDITIONS: &[&str] = &[
        "earlier", "previous", "former", "original", "initial", "new", "revised", "updated", "latest", "old",
    ];
    let says = |list: &List| {
        list.of
            .is_some_and(|of| has_word(of.of(views[list.report as usize].article.text()), EDITIONS))
    };
    says(a) != says(b)
}

/// Whether the items are of the name of one body: "the Bureau of Boats, Nets and Harbours".
fn is_of_one_body(views: &[View<'_>], list: &List) -> bool {
    const BODIES: &[&str] = &[
        "Bureau of",
        "Department of",
        "Department for",
        "Ministry of",
        "Committee on",
        "Institute of",
        "Office of",
        "Office for",
        "Agency for",
        "Centers for",
        "Center for",
        "Centre for",
        "Commission on",
        "Council on",
    ];
    let view = &views[list.report as usize];
    let before = view.article.text()[..list.items[0].span.start()].trim_end();
    let first = |words: &str| words.split(' ').next().map(str::to_owned);
    let another = |body: &str| {
        let mut items = list.items.iter();
        items.any(|item| first(item.span.of(view.article.text())) == first(body))
    };
    BODIES.iter().any(|body| before.ends_with(body) && !another(body))
}

/// Whether the sentences of two lists name other people or organisations beside them: what each won or wants.
fn are_led_by_others(views: &[View<'_>], a: &List, b: &List) -> bool {
    let before = |list: &List| {
        let view = &views[list.report as usize];
        let first = list.items[0].span.start();
        let from = view
            .sentence_at(first)
            .map_or(first, |at| view.sentences[at].start());
        (view, Span::at(from, first))
    };
    name_others(before(a), before(b))
}

/// Whether an item is a person whose family name the other report has anywhere: "the keeper rowed with Tor and Ole" leaves nobody out.
fn tells_of([own, other]: [&View<'_>; 2], item: Span) -> bool {
    let person = |m: &&Mention| m.entity_type == EntityType::Person;
    let name = own.mentions_in(item).iter().rfind(person);
    let family = name.and_then(|m| m.span.of(own.article.text()).split_whitespace().next_back());
    let apart = |c: char| !c.is_alphanumeric();
    family.is_some_and(|family| other.article.text().split(apart).any(|w| w == family))
}

/// What a list names alone, without items in whose place the other has one that this report's sentence tells under both names: "Heron"
/// of one list beside "Ferry 2 (built as Heron)" of the other.
fn unless_renamed((own, alone): (&List, &[Span]), (other, of_other): (&List, &[Span])) -> Vec<Span> {
    let renamed = |span: &Span| {
        let place = own.items.iter().position(|item| item.span == *span);
        let there = place.and_then(|at| other.items.get(at));
        own.items.len() == other.items.len()
            && there.is_some_and(|item| {
                !of_other.contains(&item.span) && !own.items.iter().any(|own| same_item(own, item))
            })
    };
    alone.iter().filter(|span| !renamed(span)).copied().collect()
}

/// Whether the words that say what a list is of speak of what is to come.
fn is_ahead(view: &View<'_>, of: Span) -> bool {
    let tokens = &view.analysis.tokens[view.analysis.tokens_in(of)];
    tokens.iter().any(|t| {
        matches!(
            t.lemma.as_str(),
            "will" | "would" | "shall" | "next" | "plan" | "upcoming" | "future"
        )
    })
}
