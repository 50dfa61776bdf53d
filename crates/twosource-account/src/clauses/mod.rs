//! Sentences taken apart into clauses that can stand.
//!
//! A told quote that is a whole clause is one of its own, laid to its speaker; the rest of a sentence is cut where
//! whole clauses stand side by side. What cannot be read alone is never cut off: then the whole sentence is the
//! clause. Every sentence gives at least one clause, save those that tell nothing (a name, a date line).

mod caption;
mod certainty;
mod cut;
mod fact;
mod open;
mod telling_figures;
mod tree;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use jiff::civil::Date;
use twosource_model::{
    Analysis, Certainty, EntityType, MentionForm, Quote, QuoteAct, QuoteKind, Relation, Role, Span,
    TimeExpression, TimeType, Token, Upos, Xpos,
};

pub use self::caption::describes_picture;
pub use self::certainty::{has_allegation, has_hedge, has_word};
use self::tree::Tree;
use crate::desk::View;
use crate::figures::{self, Figure};
use crate::pair::Wording;
use crate::quoting;
use crate::words::{Vocabulary, Word, WordId, WordKind};

/// What a clause is, for the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClauseKind {
    /// Something reported.
    Statement,
    /// A whole clause in quotation marks: told under the utterances, and where another report tells the same.
    Quoted,
    /// The report says that something is not known.
    Open,
}

/// A clause of one report.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Its number among all clauses that one telling knows.
    pub id: u64,
    /// Number of the weights and marks that it has in the story.
    pub weighing: u64,
    /// Index of its report, as soon as the reports stand in their order.
    pub report: u32,
    /// The day of its report, known at the same time.
    pub day: Option<Date>,
    pub sentence: usize,
    pub span: Span,
    pub kind: ClauseKind,
    /// Index of the quote whose content it is.
    pub quote: Option<usize>,
    /// Utterances of which it holds a rendering.
    pub utterances: BTreeSet<usize>,
    /// Its figures that few other clauses would have, each as unit and value.
    pub figures: BTreeSet<String>,
    pub certainty: Certainty,
    pub negated: bool,
    /// Concepts of the words of its subject, sorted.
    pub subject: Vec<WordId>,
    /// Concept of its predicate: of what is said, where somebody says it.
    pub predicate: Option<WordId>,
    /// Concepts of what hangs on the predicate beside the subject, by their heads, sorted.
    pub arguments: Vec<WordId>,
    /// What is done with what: the predicate, or one beside it, with one of its arguments, as concepts, sorted.
    pub frames: Vec<(WordId, WordId)>,
    /// The years it names, as such ("next year", "in 2019"), sorted.
    pub years: Vec<i16>,
    /// Its words that hardly a report of the story has in more than one clause, as concepts, sorted.
    pub marks: Vec<WordId>,
    /// Pairs of a word and the word it hangs on, both of weight, as concepts, sorted.
    pub links: Vec<(WordId, WordId)>,
    pub wording: Wording,
    /// Its numbers as they are compared, once they are asked for.
    pub read_figures: OnceLock<Vec<Figure>>,
}

impl Clause {
    /// Days between its report and that of another clause; `None` where one has no date.
    pub fn days_from(&self, other: &Self) -> Option<i32> {
        let time = self.day?.until(other.day?).ok()?;
        Some(time.get_days().abs())
    }

    /// Its numbers as they are compared.
    pub fn compared_figures(&self, view: &View<'_>, vocabulary: &mut Vocabulary) -> &[Figure] {
        self.read_figures
            .get_or_init(|| figures::figures(view.analysis, view.article.text(), self.span, vocabulary))
    }
}

/// Fewest words of weight beside a told clause and its cue that make the whole sentence the statement.
const LEAST_REST: usize = 4;
/// Fewest words of a told clause.
const LEAST_TOLD: usize = 4;
/// Fewest words of a sentence with no finite verb but some form of one that tells something.
const LEAST_VERBAL: usize = 3;
/// Fewest words of a sentence without a verb that tells something.
const LEAST_VERBLESS: usize = 6;

/// The same of a line that does not end as a sentence does.
const LEAST_UNENDED: usize = 8;

/// Words of a line that says who helped to write the report.
const CREDITS: &[&str] = &[
    "contributed to this report",
    "contributed to this story",
    "contributed to this article",
];

/// How a line begins that tells of the page, not of the event.
const OF_THE_PAGE: &[&str] = &[
    "This article is more than",
    "This article has been updated",
    "This article was updated",
    "This story has been updated",
    "This story was updated",
    "This story will be updated",
    "This post has been updated",
    "This report has been updated",
    "This is a breaking news story",
    "This is a developing story",
];

/// A stretch of a sentence that becomes a clause.
struct Piece {
    span: Span,
    kind: ClauseKind,
    quote: Option<usize>,
}

/// The clauses of a report, in the order of the text; not numbered yet.
pub fn clauses(view: &View<'_>, vocabulary: &mut Vocabulary) -> Vec<Clause> {
    let text = view.article.text();
    let mut found = Vec::new();
    for (at, &sentence) in view.sentences.iter().enumerate() {
        let paragraph = view.paragraph_at(sentence.start()).unwrap_or(sentence);
        if !view.role_at(sentence.start()).is_none_or(tells) || is_caption_of(view, sentence) {
            continue;
        }
        let tree = Tree::of(view.analysis, sentence, text);
        let whole = paragraph.trimmed(text) == sentence.trimmed(text);
        let listed = view.role_at(sentence.start()) == Some(Role::ListItem);
        let tells_alone = whole && (listed || fact::is_labelled(sentence.of(text)));
        if !tells_alone && !says_something(&tree, sentence.of(text)) {
            continue;
        }
        let pieces = if open::is_open_question(sentence.of(text)) {
            vec![Piece {
                span: sentence,
                kind: ClauseKind::Open,
                quote: None,
            }]
        } else {
            pieces(view, &tree, sentence)
        };
        for piece in pieces {
            found.push(clause(at, &piece, view, &tree, vocabulary));
        }
    }
    found
}

/// Whether a sentence stands in the caption of a picture, or says whose picture it is.
pub fn is_caption_of(view: &View<'_>, sentence: Span) -> bool {
    let text = view.article.text();
    let paragraph = view.paragraph_at(sentence.start()).unwrap_or(sentence);
    caption::is_caption(paragraph.of(text))
        || caption::is_rights_note(sentence.of(text))
        || caption::is_of_gallery(sentence.of(text))
}

/// Words without the marks and blanks that close them.
fn bare(words: &str) -> &str {
    words.trim_end_matches(['"', '”', '’', ')', '\'', ' '])
}

/// Whether a sentence is a question of the report's own.
pub fn asks(words: &str) -> bool {
    bare(words).ends_with('?') && !words.starts_with(['"', '“', '‘', '\''])
}

/// Whether a line says who helped to write the report.
pub fn is_credit(words: &str) -> bool {
    CREDITS.iter().any(|credit| words.contains(credit))
}

/// Whether a line says how old its page is, or that it was or will be updated.
pub fn is_of_the_page(words: &str) -> bool {
    let words = words.trim_start();
    OF_THE_PAGE.iter().any(|opening| words.starts_with(opening))
}

/// Headings, captions and repeated quotes tell nothing by themselves; old pages keep their text in tables.
const fn tells(role: Role) -> bool {
    matches!(
        role,
        Role::Body | Role::Standfirst | Role::ListItem | Role::BlockQuote | Role::Embed | Role::TableRow
    )
}

/// A line that reads as a sentence: neither a question nor a heading, with a verb or enough words to do without.
fn says_something(tree: &Tree<'_>, words: &str) -> bool {
    let letters = words.chars().any(char::is_alphabetic);
    let count = words
        .split_whitespace()
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .count();
    let bare = bare(words);
    let ends = bare.ends_with(['.', '!', '…', '?', ',', ';', ':', '。']);
    let tagged = tree
        .tokens
        .iter()
        .any(|t| !matches!(t.upos, Upos::X | Upos::Punct));
    let finite = (0..tree.tokens.len()).any(|at| tree.is_finite(at) || reads_as_done(tree, at));
    // "Police confirm two deaths." where the verb was read as an infinitive
    let verbal = tree.tokens.iter().any(|t| t.upos == Upos::Verb) && count >= LEAST_VERBAL;
    let stopped = bare.ends_with(['.', '!', '…', '。']);
    let enough = if ends { LEAST_VERBLESS } else { LEAST_UNENDED };
    letters
        && count > 1
        && !asks(words)
        && !is_credit(words)
        && !is_of_the_page(words)
        && (!tagged || (finite && ends) || (verbal && stopped) || count >= enough)
}

/// A past form that was read as a participle: right behind the noun that it is hung on ("The mayor resigned on Monday."),
/// or with a subject and no auxiliary; save where somebody did it to the noun ("Image provided by the port").
fn reads_as_done(tree: &Tree<'_>, at: usize) -> bool {
    let token = &tree.tokens[at];
    let behind_its_noun = || {
        let noun = tree.head(at).filter(|head| *head < at);
        noun.is_some_and(|noun| tree.head(noun).is_none() && !tree.children(noun).any(|c| c > noun && c < at))
    };
    let done = (token.relation == Relation::Acl && behind_its_noun())
        || (tree.head(at).is_none() && tree.subject(at).is_some_and(|subject| subject < at));
    let by = tree.tokens.get(at + 1).is_some_and(|next| next.lemma == "by");
    token.xpos == Xpos::Vbn && done && !by
}

/// The whole clauses that a told quote consists of, from first to last; `None` where it is a mere fragment.
pub fn told_clause(view: &View<'_>, quote: &Quote) -> Option<Span> {
    let first = quote.content.first()?;
    let sentence = view.sentences[view.sentence_at(first.start())?];
    let tree = Tree::of(view.analysis, sentence, view.article.text());
    let hull = quote
        .content
        .iter()
        .filter_map(|piece| piece.intersection(sentence))
        .reduce(Span::hull)?;
    told_clauses(&tree, &(0..tree.tokens.len()), quote, hull)
        .into_iter()
        .reduce(Span::hull)
}

/// The stretches of a sentence that become clauses, in order.
fn pieces(view: &View<'_>, tree: &Tree<'_>, sentence: Span) -> Vec<Piece> {
    let quotes = quotes_in(view, sentence);
    let saying = saying_in(view, sentence);
    if quotes.is_empty() && tells_occasion_only(tree) {
        return Vec::new();
    }
    if quotes.is_empty() && !saying.is_empty() {
        let untold = untold(view, tree, &(0..tree.tokens.len()), &saying);
        // "he tweeted."
        if untold.len() < LEAST_BESIDE {
            return Vec::new();
        }
        if let Some(span) = done_beside(tree, &saying, &untold) {
            return vec![Piece {
                span,
                kind: ClauseKind::Statement,
                quote: None,
            }];
        }
    }
    let mut found = Vec::new();
    for part in whole_parts(tree, &quotes, view.analysis) {
        let Some(span) = tree.span(&part) else { continue };
        let inside: Vec<(usize, Span)> = quotes
            .iter()
            .filter(|(_, hull)| hull.overlaps(span))
            .copied()
            .collect();
        found.extend(pieces_of_part(view, tree, (&part, sentence), &inside));
    }
    if found.is_empty() && quotes.is_empty() {
        found.push(Piece {
            span: cut::without_lone_marks(sentence, tree.text),
            kind: ClauseKind::Statement,
            quote: None,
        });
    }
    found
}

/// Fewest words of weight beside the cue and the speaker of words quoted elsewhere by which a sentence tells something.
const LEAST_BESIDE: usize = 2;
/// Words for where something was said.
const OCCASIONS: &[&str] = &[
    "briefing",
    "conference",
    "interview",
    "news",
    "press",
    "radio",
    "remark",
    "reporter",
    "show",
    "speech",
    "statement",
    "television",
];

/// "Rowe said in remarks at the Town Hall": whether a sentence says who spoke, and where, but not what.
fn tells_occasion_only(tree: &Tree<'_>) -> bool {
    let root = (0..tree.tokens.len()).find(|at| tree.head(*at).is_none());
    let Some(said) = root.filter(|at| matches!(tree.tokens[*at].lemma.as_str(), "say" | "tell")) else {
        return false;
    };
    let weighs = |t: &Token| {
        matches!(
            t.upos,
            Upos::Noun | Upos::Verb | Upos::Adj | Upos::Num | Upos::Pron
        )
    };
    let of_occasion = |t: &Token| {
        let lemma = t.lemma.to_lowercase();
        OCCASIONS.contains(&lemma.as_str()) || matches!(lemma.as_str(), "he" | "she" | "they")
    };
    let mut others = (0..tree.tokens.len()).filter(|at| *at != said);
    others.all(|at| !weighs(&tree.tokens[at]) || of_occasion(&tree.tokens[at]))
}

/// Conjunctions of what was done while somebody spoke.
const MEANWHILE: &[&str] = &["before", "after", "as", "while", "when"];

/// The cues in a sentence, each with all words that say who spoke.
fn saying_in(view: &View<'_>, sentence: Span) -> Vec<Span> {
    let cued = view
        .quotes_at(sentence)
        .filter(|(_, quote)| quote.cue.iter().any(|cue| cue.overlaps(sentence)));
    cued.flat_map(|(_, quote)| quoting::saying(quote)).collect()
}

/// What a sentence that only says who spoke tells beside it: "she cut the ribbon" of "Rowe said before she cut the ribbon."
/// `untold` are the words of weight that do not say who spoke.
fn done_beside(tree: &Tree<'_>, saying: &[Span], untold: &[usize]) -> Option<Span> {
    let said = |at: &usize| saying.iter().any(|s| s.overlaps(tree.tokens[*at].span));
    let cue = (0..tree.tokens.len()).find(|at| tree.head(*at).is_none() && said(at))?;
    let bound = |at: &usize| MEANWHILE.contains(&tree.tokens[tree.subtree(*at).start].lemma.as_str());
    let clause = tree
        .children(cue)
        .find(|at| tree.is_clause(*at) && bound(at))
        .map(|at| tree.subtree(at))?;
    let elsewhere = untold.iter().filter(|at| !clause.contains(at)).count();
    if elsewhere >= LEAST_BESIDE || tree.words(&clause) <= LEAST_TOLD {
        return None;
    }
    cut::trimmed(tree, &(clause.start + 1..clause.end))
}

/// The parts of the sentence, none of which ends inside a quote with its cue.
fn whole_parts(tree: &Tree<'_>, quotes: &[(usize, Span)], analysis: &Analysis) -> Vec<Range<usize>> {
    let mut parts = cut::parts(tree, 0..tree.tokens.len());
    let whole = |index: usize, hull: Span| {
        let quote = &analysis.quotes[index];
        quote
            .cue
            .iter()
            .chain(&quote.speaker)
            .copied()
            .fold(hull, Span::hull)
    };
    let spans: Vec<Span> = quotes.iter().map(|(index, hull)| whole(*index, *hull)).collect();
    let mut at = 1;
    while at < parts.len() {
        let joint = tree.tokens[parts[at].start].span.start();
        if spans.iter().any(|s| s.start() < joint && joint < s.end()) {
            let gone = parts.remove(at);
            parts[at - 1].end = gone.end;
        } else {
            at += 1;
        }
    }
    parts
}

/// A part with the quotes in it: its told clauses, or the whole of it where they would leave something untold.
fn pieces_of_part(
    view: &View<'_>,
    tree: &Tree<'_>,
    (part, sentence): (&Range<usize>, Span),
    quotes: &[(usize, Span)],
) -> Vec<Piece> {
    let text = tree.text;
    let whole = |quote: Option<usize>| {
        cut::trimmed(tree, part).map(|span| Piece {
            span,
            kind: ClauseKind::Statement,
            quote,
        })
    };
    let mut pieces = Vec::new();
    let mut taken: Vec<Span> = Vec::new();
    let mut broken = false;
    for (index, hull) in quotes {
        let quote = &view.analysis.quotes[*index];
        if quote.act != QuoteAct::Speech {
            continue;
        }
        let said = told_clauses(tree, part, quote, *hull);
        taken.extend(said.iter().copied());
        taken.push(with_marks(*hull, text));
        taken.extend(quoting::saying(quote));
        let kind = if quote.kind == QuoteKind::Direct {
            ClauseKind::Quoted
        } else {
            ClauseKind::Statement
        };
        // the end of a quotation that began sentences before is told with it
        let elsewhere = kind == ClauseKind::Quoted && quote.content.iter().any(|c| !sentence.covers(*c));
        broken |= said.is_empty()
            && !elsewhere
            && (kind == ClauseKind::Statement || tree.words(&tree.within(*hull)) < LEAST_TOLD);
        let marked = with_marks(*hull, text);
        pieces.extend(said.into_iter().map(|span| Piece {
            span,
            // a clause of which only a part is in marks is told
            kind: if marked.covers(span) {
                kind
            } else {
                ClauseKind::Statement
            },
            quote: Some(*index),
        }));
    }
    if taken.is_empty() {
        return whole(None).into_iter().collect();
    }
    let beside = untold(view, tree, part, &taken);
    if broken || beside.len() >= LEAST_REST {
        let rest = rest_clause(tree, part, &taken);
        match rest {
            Some(span) if !broken => pieces.push(Piece {
                span,
                kind: ClauseKind::Statement,
                quote: None,
            }),
            _ => {
                // one told clause lends its speaker to the whole
                pieces.retain(|p| p.kind == ClauseKind::Quoted);
                pieces.extend(whole(None));
            }
        }
    }
    pieces.sort_by_key(|p| p.span);
    pieces
}

/// The whole clauses of a quote's content; empty where it is none.
fn told_clauses(tree: &Tree<'_>, part: &Range<usize>, quote: &Quote, hull: Span) -> Vec<Span> {
    let own = |span: Span| {
        let within = tree.within(with_marks(span, tree.text));
        within.start.max(part.start)..within.end.min(part.end)
    };
    let longest = || {
        quote
            .content
            .iter()
            .filter_map(|piece| piece.intersection(hull))
            .max_by_key(|s| s.len())
    };
    let range = match quote.kind {
        QuoteKind::Direct => longest().map(own),
        _ => Some(own(hull)),
    };
    let Some(range) = range.filter(|r| r.start < r.end) else {
        return Vec::new();
    };
    if !tree.is_parsed() {
        let enough = tree.words(&range) > LEAST_TOLD;
        return tree.span(&range).filter(|_| enough).into_iter().collect();
    }
    let range = if tree.clause_in(&range).is_some() {
        range
    } else {
        match widened(tree, quote, &range) {
            Some(wider) => wider,
            None if is_all_but_the_saying(tree, part, quote, &range) => return trimmed_whole(tree, &range),
            None => return Vec::new(),
        }
    };
    if tree.words(&range) < LEAST_TOLD || cut::opens_bound(tree, &range) {
        return Vec::new();
    }
    cut::parts(tree, range)
        .iter()
        .filter_map(|part| cut::trimmed(tree, part))
        .collect()
}

/// Whether a stretch is all that a part says beside its cue and speaker: then it is whole whatever the tree makes of it.
fn is_all_but_the_saying(tree: &Tree<'_>, part: &Range<usize>, quote: &Quote, range: &Range<usize>) -> bool {
    let saying = |at: usize| {
        tree.tokens[at].upos == Upos::Punct
            || quoting::saying(quote).any(|s| s.overlaps(tree.tokens[at].span))
    };
    let finite = |at: usize| matches!(tree.tokens[at].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    let opens_a_clause = tree.tokens[range.clone()]
        .iter()
        .find(|t| t.upos != Upos::Punct)
        .is_some_and(|t| {
            matches!(
                t.upos,
                Upos::Noun | Upos::Propn | Upos::Pron | Upos::Det | Upos::Adj | Upos::Num
            )
        });
    part.clone().all(|at| range.contains(&at) || saying(at)) && range.clone().any(finite) && opens_a_clause
}

fn trimmed_whole(tree: &Tree<'_>, range: &Range<usize>) -> Vec<Span> {
    let enough = tree.words(range) >= LEAST_TOLD;
    cut::trimmed(tree, range).filter(|_| enough).into_iter().collect()
}

/// The clause that hangs in the sentence round a quoted stretch of it: its subject often stands before the marks.
fn widened(tree: &Tree<'_>, quote: &Quote, range: &Range<usize>) -> Option<Range<usize>> {
    let top = range
        .clone()
        .find(|at| tree.is_finite(*at) && !tree.head(*at).is_some_and(|h| range.contains(&h)))?;
    if tree.tokens[top].relation == Relation::AclRelcl {
        return None;
    }
    let mut wider = tree.subtree(top);
    // "..., she said" hangs on what was said: the clause ends before it, or begins behind it
    for outside in quote.cue.iter().chain(&quote.speaker) {
        let beside = tree.within(*outside);
        if beside.start >= range.end {
            wider.end = wider.end.min(beside.start);
        } else if beside.end <= range.start {
            wider.start = wider.start.max(beside.end);
        }
    }
    let holds_most = range.clone().filter(|at| wider.contains(at)).count() * 10 >= range.len() * 8;
    let whole = holds_most && tree.clause_in(&wider).is_some();
    // what was said ends where its quote ends, also where the tree hangs its last words on something outside
    whole.then(|| wider.start.min(range.start)..wider.end.max(range.end))
}

/// The words of weight in a part that no quote, cue or speaker holds, times aside.
fn untold(view: &View<'_>, tree: &Tree<'_>, part: &Range<usize>, taken: &[Span]) -> Vec<usize> {
    // what describes the speaker belongs to the speaker, save a clause about it
    let mut described: Vec<Range<usize>> = Vec::new();
    for at in part.clone() {
        let speaks = tree.tokens[at].relation.is(Relation::Nsubj)
            && taken.iter().any(|s| s.overlaps(tree.tokens[at].span));
        if speaks {
            let clause = tree.child(at, Relation::AclRelcl).map(|c| tree.subtree(c));
            let own = tree.subtree(at);
            match clause {
                Some(clause) => described.push(own.start..clause.start.max(own.start)),
                None => described.push(own),
            }
        }
    }
    let times = tree.span(part).map_or(&[][..], |span| view.times_in(span));
    part.clone()
        .filter(|at| {
            let token = &tree.tokens[*at];
            let weighty = matches!(
                token.upos,
                Upos::Noun | Upos::Propn | Upos::Verb | Upos::Num | Upos::Adj
            );
            weighty
                && !taken.iter().any(|s| s.overlaps(token.span))
                && !described.iter().any(|r| r.contains(at))
                && !times.iter().any(|t| t.span.overlaps(token.span))
        })
        .collect()
}

/// A whole clause in what `taken` leaves of a part.
fn rest_clause(tree: &Tree<'_>, part: &Range<usize>, taken: &[Span]) -> Option<Span> {
    let free = |at: usize| !taken.iter().any(|s| s.overlaps(tree.tokens[at].span));
    let mut at = part.start;
    let mut best: Option<Range<usize>> = None;
    while at < part.end {
        let end = (at..part.end).find(|i| !free(*i)).unwrap_or(part.end);
        if end - at > best.as_ref().map_or(0, ExactSizeIterator::len) {
            best = Some(at..end);
        }
        at = end.max(at) + 1;
    }
    let rest = best.filter(|r| tree.words(r) > LEAST_REST)?;
    let main = tree.clause_in(&rest)?;
    if cut::leans(tree, main) || cut::opens_bound(tree, &rest) {
        return None;
    }
    cut::trimmed(tree, &rest)
}

/// Quotes with the part of their content that stands in `sentence`, by place.
fn quotes_in(view: &View<'_>, sentence: Span) -> Vec<(usize, Span)> {
    let within = |quote: &Quote| {
        quote
            .content
            .iter()
            .filter_map(|piece| piece.intersection(sentence))
            .reduce(Span::hull)
    };
    view.quotes_at(sentence)
        .filter_map(|(i, q)| within(q).map(|span| (i, span)))
        .collect()
}

/// The span with a quotation mark directly before and behind it.
fn with_marks(span: Span, text: &str) -> Span {
    let mark = |c: char| matches!(c, '"' | '“' | '”' | '\'' | '‘' | '’' | '«' | '»' | '„');
    let before = text[..span.start()]
        .chars()
        .next_back()
        .filter(|c| mark(*c))
        .map_or(0, char::len_utf8);
    let behind = text[span.end()..]
        .chars()
        .next()
        .filter(|c| mark(*c))
        .map_or(0, char::len_utf8);
    Span::at(span.start() - before, span.end() + behind)
}

fn clause(
    sentence: usize,
    piece: &Piece,
    view: &View<'_>,
    tree: &Tree<'_>,
    vocabulary: &mut Vocabulary,
) -> Clause {
    let span = piece.span;
    let text = span.of(view.article.text());
    let mut words = vocabulary.read(text, span.start());
    resolve_pronouns(view, span, &mut words, vocabulary);
    let verbs = verbs(view.analysis, span, vocabulary);
    let said = piece.quote.map(|q| &view.analysis.quotes[q]);
    let range = tree.within(span);
    let main = tree.clause_in(&range);
    let cue = said.map(|q| cue_words(q, view.article.text()));
    let predicate = main
        .or_else(|| range.clone().find(|at| tree.is_finite(*at)))
        .map(|m| told_predicate(tree, m));
    let subject = main
        .and_then(|m| tree.subject(m))
        .and_then(|s| tree.span(&tree.subtree(s)));
    Clause {
        id: 0,
        weighing: 0,
        report: 0,
        day: None,
        sentence,
        span,
        kind: piece.kind,
        quote: piece.quote,
        utterances: BTreeSet::new(),
        figures: telling_figures::telling_figures(view, span),
        certainty: certainty::certainty(tree, main, text, cue.as_deref()),
        negated: certainty::negated(tree, predicate, &words, vocabulary),
        subject: subject_words(&words, subject),
        predicate: predicate.and_then(|m| concept(tree, m, vocabulary)),
        arguments: sorted(predicate.map_or(Vec::new(), |p| arguments(tree, p, &range, vocabulary))),
        years: years(view, span),
        marks: Vec::new(),
        frames: sorted(frames(tree, predicate, &range, vocabulary)),
        links: sorted(links(tree, &range, vocabulary)),
        wording: Wording::new(vocabulary, words, verbs),
        read_figures: OnceLock::new(),
    }
}

/// The predicate of a clause; where it only says that somebody said something, of what was said.
fn told_predicate(tree: &Tree<'_>, main: usize) -> usize {
    let told = tree.child(main, Relation::Ccomp).filter(|c| tree.is_clause(*c));
    told.unwrap_or(main)
}

/// Concept of the lemma of a token that carries weight.
fn concept(tree: &Tree<'_>, at: usize, vocabulary: &mut Vocabulary) -> Option<WordId> {
    vocabulary
        .read(&tree.tokens[at].lemma, 0)
        .first()
        .filter(|w| w.kind != WordKind::Function)
        .map(|w| w.concept)
}

/// Concepts of the words that hang on a predicate as objects, complements or in other ways, the subject aside.
fn arguments(
    tree: &Tree<'_>,
    predicate: usize,
    range: &Range<usize>,
    vocabulary: &mut Vocabulary,
) -> Vec<WordId> {
    const KINDS: [Relation; 6] = [
        Relation::Obj,
        Relation::Iobj,
        Relation::Obl,
        Relation::Xcomp,
        Relation::Ccomp,
        Relation::Advcl,
    ];
    let argument = |at: &usize| range.contains(at) && KINDS.iter().any(|k| tree.tokens[*at].relation.is(*k));
    let heads: Vec<usize> = tree.children(predicate).filter(argument).collect();
    // the parts of a name, and what stands beside it, are one argument
    const PARTS: [Relation; 3] = [Relation::Flat, Relation::Compound, Relation::Appos];
    let part = |at: &usize| PARTS.iter().any(|k| tree.tokens[*at].relation.is(*k));
    let words = heads.into_iter().flat_map(|at| {
        std::iter::once(at)
            .chain(tree.children(at).filter(part))
            .collect::<Vec<_>>()
    });
    words.filter_map(|at| concept(tree, at, vocabulary)).collect()
}

/// The predicate and the ones beside it ("agreed and asked"), each with each of its arguments.
fn frames(
    tree: &Tree<'_>,
    predicate: Option<usize>,
    range: &Range<usize>,
    vocabulary: &mut Vocabulary,
) -> Vec<(WordId, WordId)> {
    let Some(predicate) = predicate else {
        return Vec::new();
    };
    let beside = tree
        .children(predicate)
        .filter(|c| range.contains(c) && tree.tokens[*c].relation.is(Relation::Conj));
    let all: Vec<usize> = std::iter::once(predicate).chain(beside).collect();
    let mut found = Vec::new();
    for at in all {
        if let Some(done) = concept(tree, at, vocabulary) {
            let with = arguments(tree, at, range, vocabulary);
            found.extend(with.into_iter().map(|argument| (done, argument)));
        }
    }
    found
}

/// Pairs of words of weight in `range` that hang on one another, the smaller concept first.
fn links(tree: &Tree<'_>, range: &Range<usize>, vocabulary: &mut Vocabulary) -> Vec<(WordId, WordId)> {
    let concepts: Vec<Option<WordId>> = range.clone().map(|at| concept(tree, at, vocabulary)).collect();
    let of = |at: usize| range.contains(&at).then(|| concepts[at - range.start]).flatten();
    range
        .clone()
        .filter_map(|at| Some((of(at)?, of(tree.head(at)?)?)))
        .map(|(x, y)| (x.min(y), x.max(y)))
        .collect()
}

/// The years that a clause names.
fn years(view: &View<'_>, span: Span) -> Vec<i16> {
    /// Days of a time that is a year.
    const YEAR: std::ops::RangeInclusive<i32> = 360..=370;
    let year = |time: &TimeExpression| {
        let (from, to) = time.interval?;
        let days = from.until(to).ok()?.get_days();
        (time.time_type == TimeType::Date && YEAR.contains(&days)).then(|| from.year())
    };
    let within = view.times_in(span).iter().filter(|t| span.covers(t.span));
    sorted(within.filter_map(year).collect())
}

fn sorted<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort_unstable();
    list.dedup();
    list
}

fn subject_words(words: &[Word], subject: Option<Span>) -> Vec<WordId> {
    // how many there are is told of them, and reports may differ in it
    let weighty = |w: &&Word| matches!(w.kind, WordKind::Content | WordKind::Negation);
    let inside = |w: &&Word| weighty(w) && subject.is_some_and(|s| s.overlaps(w.span));
    sorted(words.iter().filter(inside).map(|w| w.concept).collect())
}

/// Puts the name that a pronoun or description stands for beside it, so that "he" meets the name elsewhere.
fn resolve_pronouns(view: &View<'_>, span: Span, words: &mut Vec<Word>, vocabulary: &mut Vocabulary) {
    for mention in view.mentions_in(span) {
        let Some(entity) = mention
            .entity
            .and_then(|e| view.analysis.entities.get(e as usize))
        else {
            continue;
        };
        if mention.form == MentionForm::Name || entity.entity_type != EntityType::Person || entity.plural {
            continue;
        }
        let name = entity.name.split_whitespace().next_back().unwrap_or_default();
        for mut word in vocabulary.read(name, 0) {
            word.span = mention.span;
            word.capital = true;
            if word.kind == WordKind::Content && !words.iter().any(|w| w.stem == word.stem) {
                words.push(word);
            }
        }
    }
}

fn verbs(analysis: &Analysis, span: Span, vocabulary: &mut Vocabulary) -> Vec<WordId> {
    let tokens = &analysis.tokens[analysis.tokens_in(span)];
    let mut found: Vec<WordId> = Vec::new();
    for token in tokens.iter().filter(|t| t.upos == Upos::Verb) {
        found.extend(
            vocabulary
                .read(&token.lemma, 0)
                .iter()
                .filter(|w| w.kind == WordKind::Content)
                .map(|w| w.concept),
        );
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn cue_words(quote: &Quote, text: &str) -> String {
    quote
        .cue
        .iter()
        .filter_map(|c| c.get(text))
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}
