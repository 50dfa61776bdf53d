//! Sentences taken apart into clauses that can stand.
//!
//! Told and partly quoted words are clauses of their own, laid to their speaker; the rest of a sentence is cut where
//! the tree hangs in another finite clause. Without a tree the sentence is one clause. Every sentence gives at least
//! one clause, so nothing a report says is dropped.

use twosource_model::{
    Analysis, Certainty, EntityType, MentionForm, Quote, QuoteAct, QuoteKind, Relation, Span, Token, Upos,
    Xpos,
};

use crate::desk::View;
use crate::pair::Wording;
use crate::words::{Vocabulary, Word, WordKind};

/// What a clause is, for the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClauseKind {
    /// Something reported.
    Statement,
    /// Quoted words with little but their cue beside them: told under the utterances.
    Quoted,
    /// The report says that something is not known.
    Open,
}

/// A clause of one report.
#[derive(Debug, Clone)]
pub struct Clause {
    pub report: u32,
    pub sentence: usize,
    pub span: Span,
    pub kind: ClauseKind,
    /// Index of the quote whose content it is.
    pub quote: Option<usize>,
    pub certainty: Certainty,
    pub negated: bool,
    pub wording: Wording,
}

/// Fewest words of a clause that is cut off its sentence.
const LEAST_WORDS: usize = 4;
/// Fewest words of weight that the rest of a sentence needs beside quoted words to be told by itself.
const LEAST_REST: usize = 4;

/// Deepest tree that is followed; deeper ones are cut less finely.
const DEEPEST: usize = 200;

/// The clauses of a report, in the order of the text.
pub fn clauses(report: u32, view: &View<'_>, vocabulary: &mut Vocabulary) -> Vec<Clause> {
    let mut found = Vec::new();
    for (at, &sentence) in view.sentences.iter().enumerate() {
        let text = sentence.of(view.article.text());
        if !text.chars().any(char::is_alphanumeric) {
            continue;
        }
        if is_open_question(text) {
            found.push(clause(
                report,
                at,
                sentence,
                ClauseKind::Open,
                None,
                view,
                vocabulary,
            ));
            continue;
        }
        let before = found.len();
        for (span, quote) in pieces(view, sentence) {
            let kind = match quote.map(|q| &view.analysis.quotes[q]) {
                Some(q) if q.kind == QuoteKind::Direct => ClauseKind::Quoted,
                _ => ClauseKind::Statement,
            };
            found.push(clause(report, at, span, kind, quote, view, vocabulary));
        }
        if found.len() == before {
            found.push(clause(
                report,
                at,
                sentence,
                ClauseKind::Statement,
                None,
                view,
                vocabulary,
            ));
        }
    }
    found
}

/// The stretches of a sentence that become clauses, with the quote whose content they are.
fn pieces(view: &View<'_>, sentence: Span) -> Vec<(Span, Option<usize>)> {
    let analysis = view.analysis;
    let text = view.article.text();
    let quotes: Vec<(usize, Span)> = quotes_in(analysis, sentence);
    let mut taken: Vec<Span> = Vec::new();
    let mut found: Vec<(Span, Option<usize>)> = Vec::new();
    for (index, hull) in quotes {
        let quote = &analysis.quotes[index];
        let told = quote.kind != QuoteKind::Direct;
        if quote.act != QuoteAct::Speech || (told && words_in(hull.of(text)) < LEAST_WORDS) {
            continue;
        }
        taken.push(with_marks(hull, text));
        taken.extend(
            quote
                .cue
                .iter()
                .chain(&quote.speaker)
                .chain(quote.medium.as_ref()),
        );
        found.push((if told { with_marks(hull, text) } else { hull }, Some(index)));
    }
    if found.is_empty() {
        return cut_by_tree(analysis, sentence, text)
            .into_iter()
            .map(|span| (span, None))
            .collect();
    }
    for rest in rests(sentence, &mut taken) {
        let words = rest.of(text);
        if weighty_words(words) >= LEAST_REST && has_verb(analysis, rest, words) {
            found.push((trim(rest, analysis, text), None));
        }
    }
    found.sort();
    found
}

/// Quotes with the part of their content that stands in `sentence`, by place.
fn quotes_in(analysis: &Analysis, sentence: Span) -> Vec<(usize, Span)> {
    let within = |quote: &Quote| {
        quote
            .content
            .iter()
            .filter_map(|piece| piece.intersection(sentence))
            .reduce(Span::hull)
    };
    analysis
        .quotes
        .iter()
        .enumerate()
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

/// What `taken` leaves of `sentence`.
fn rests(sentence: Span, taken: &mut [Span]) -> Vec<Span> {
    taken.sort();
    let mut rests = Vec::new();
    let mut at = sentence.start();
    for span in taken.iter().filter_map(|s| s.intersection(sentence)) {
        if span.start() > at {
            rests.push(Span::at(at, span.start()));
        }
        at = at.max(span.end());
    }
    if at < sentence.end() {
        rests.push(Span::at(at, sentence.end()));
    }
    rests
}

fn words_in(text: &str) -> usize {
    text.split_whitespace()
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .count()
}

fn weighty_words(text: &str) -> usize {
    let mut vocabulary = Vocabulary::default();
    vocabulary
        .read(text, 0)
        .iter()
        .filter(|w| w.kind != WordKind::Function)
        .count()
}

fn has_verb(analysis: &Analysis, span: Span, words: &str) -> bool {
    let tokens = &analysis.tokens[analysis.tokens_in(span)];
    if tokens.is_empty() {
        return words_in(words) > 2 * LEAST_REST;
    }
    tokens.iter().any(is_finite) || !tokens.iter().any(|t| t.upos != Upos::X)
}

fn is_finite(token: &Token) -> bool {
    matches!(token.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md)
}

/// Cuts a sentence where its tree hangs in another finite clause with a subject of its own.
fn cut_by_tree(analysis: &Analysis, sentence: Span, text: &str) -> Vec<Span> {
    let range = analysis.tokens_in(sentence);
    let tokens = &analysis.tokens[range.clone()];
    let first = range.start;
    let mut cuts = vec![0, tokens.len()];
    if !tokens.iter().any(|t| t.head.is_some()) {
        return vec![sentence];
    }
    let spread = subtrees(tokens, first);
    for (at, token) in tokens.iter().enumerate() {
        let splits = matches!(
            token.relation,
            Relation::Advcl | Relation::Parataxis | Relation::Conj | Relation::AclRelcl
        );
        if splits && stands(tokens, first, at) {
            let (low, high) = spread[at];
            // only where a mark or a conjunction shows the joint
            let joint = |i: usize| {
                i == 0
                    || i >= tokens.len()
                    || tokens[i - 1].upos == Upos::Punct
                    || matches!(tokens[i].upos, Upos::Cconj | Upos::Sconj | Upos::Punct)
            };
            if joint(low) && joint(high + 1) {
                cuts.push(low);
                cuts.push(high + 1);
            }
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut spans: Vec<Span> = Vec::new();
    for pair in cuts.windows(2) {
        let part = &tokens[pair[0]..pair[1]];
        let span = Span::at(part[0].span.start(), part[part.len() - 1].span.end());
        let long = part.iter().filter(|t| t.upos != Upos::Punct).count() >= LEAST_WORDS;
        match spans.last_mut() {
            Some(last) if !(long && part.iter().any(is_finite)) => *last = last.hull(span),
            _ => spans.push(span),
        }
    }
    // a short head joins what follows
    if spans.len() > 1 && words_in(spans[0].of(text)) < LEAST_WORDS {
        let head = spans.remove(0);
        spans[0] = spans[0].hull(head);
    }
    spans
        .into_iter()
        .map(|s| trim(s, analysis, text))
        .filter(|s| !s.is_empty())
        .collect()
}

/// First and last token of each token's subtree. Bounded: a tree that is none ends after as many steps as tokens.
fn subtrees(tokens: &[Token], first: usize) -> Vec<(usize, usize)> {
    let mut spread: Vec<(usize, usize)> = (0..tokens.len()).map(|i| (i, i)).collect();
    for at in 0..tokens.len() {
        let mut node = at;
        for _ in 0..DEEPEST {
            let Some(head) = tokens[node].head.map(|h| h as usize) else {
                break;
            };
            if head < first || head >= first + tokens.len() {
                break;
            }
            node = head - first;
            let (low, high) = spread[node];
            spread[node] = (low.min(at), high.max(at));
        }
    }
    spread
}

/// A finite clause with a subject that is not a bare relative.
fn stands(tokens: &[Token], first: usize, at: usize) -> bool {
    let children = || {
        tokens
            .iter()
            .filter(move |t| t.head.is_some_and(|h| h as usize == first + at))
    };
    let finite = is_finite(&tokens[at])
        || children().any(|c| c.relation.is(Relation::Aux) || c.relation == Relation::Cop && is_finite(c))
            && children().any(is_finite);
    let subject = children().find(|c| {
        c.relation.is(Relation::Nsubj) || c.relation.is(Relation::Csubj) || c.relation.is(Relation::Expl)
    });
    finite && subject.is_some_and(|s| !matches!(s.xpos, Xpos::Wp | Xpos::Wdt | Xpos::WpS))
}

/// Without the conjunction, mark and punctuation that joined it to its sentence.
fn trim(span: Span, analysis: &Analysis, text: &str) -> Span {
    let whole = &analysis.tokens[analysis.tokens_in(span)];
    let inside: Vec<&Token> = whole.iter().filter(|t| span.covers(t.span)).collect();
    let loose = |t: &Token| {
        t.upos == Upos::Punct && !matches!(t.span.of(text), "\"" | "“" | "‘" | "(" | "«" | "'" | "``")
            || t.upos == Upos::Cconj
            || (t.upos == Upos::Sconj
                && matches!(
                    t.lemma.as_str(),
                    "as" | "while" | "although" | "though" | "that" | "whereas" | "because"
                ))
    };
    let starts_sentence = analysis
        .sentence_at(span.start())
        .is_none_or(|s| analysis.sentences[s].span.start() == span.start());
    let mut low = 0;
    while !starts_sentence
        && low + 1 < inside.len()
        && (loose(inside[low]) || is_bare_relative(&inside[low..]))
    {
        low += 1;
    }
    let mut high = inside.len();
    while high > low + 1
        && (matches!(inside[high - 1].span.of(text), "," | ";" | ":" | "-" | "–" | "—")
            || inside[high - 1].upos == Upos::Cconj)
    {
        high -= 1;
    }
    match (inside.get(low), high.checked_sub(1).and_then(|h| inside.get(h))) {
        (Some(a), Some(b)) if a.span.start() < b.span.end() => a.span.hull(b.span),
        _ => span.trimmed(text),
    }
}

/// "in which", "where", "when" before a subject.
fn is_bare_relative(tokens: &[&Token]) -> bool {
    match tokens {
        [a, b, ..] if a.upos == Upos::Adp && matches!(b.xpos, Xpos::Wdt | Xpos::Wp) => true,
        [a, ..] => matches!(a.xpos, Xpos::Wrb | Xpos::Wdt | Xpos::Wp) && a.relation != Relation::Nsubj,
        [] => false,
    }
}

fn clause(
    report: u32,
    sentence: usize,
    span: Span,
    kind: ClauseKind,
    quote: Option<usize>,
    view: &View<'_>,
    vocabulary: &mut Vocabulary,
) -> Clause {
    let text = span.of(view.article.text());
    let mut words = vocabulary.read(text, span.start());
    resolve_pronouns(view, span, &mut words, vocabulary);
    let verbs = verbs(view.analysis, span, vocabulary);
    let said = quote.map(|q| &view.analysis.quotes[q]);
    let certainty = certainty(text, said.map(|q| cue_words(q, view.article.text())).as_deref());
    let negated = negated(&words, vocabulary);
    Clause {
        report,
        sentence,
        span,
        kind,
        quote,
        certainty,
        negated,
        wording: Wording::new(vocabulary, words, verbs),
    }
}

/// Puts the name that a pronoun or description stands for beside it, so that "he" meets the name elsewhere.
fn resolve_pronouns(view: &View<'_>, span: Span, words: &mut Vec<Word>, vocabulary: &mut Vocabulary) {
    let from = view
        .analysis
        .mentions
        .partition_point(|m| m.span.start() < span.start());
    for mention in view.analysis.mentions[from..]
        .iter()
        .take_while(|m| m.span.start() < span.end())
    {
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

fn verbs(analysis: &Analysis, span: Span, vocabulary: &mut Vocabulary) -> Vec<u32> {
    let tokens = &analysis.tokens[analysis.tokens_in(span)];
    let mut found: Vec<u32> = Vec::new();
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

const HEDGES: &[&str] = &[
    "may",
    "might",
    "could",
    "apparently",
    "appeared",
    "appears",
    "seemed",
    "seems",
    "possibly",
    "perhaps",
    "probably",
    "likely",
    "believed",
    "thought",
    "suspected",
    "presumably",
    "unconfirmed",
    "suggests",
    "suggested",
];
const ALLEGATIONS: &[&str] = &[
    "allegedly",
    "alleged",
    "reportedly",
    "purportedly",
    "supposedly",
    "accused",
];
const PLANS: &[&str] = &[
    "will",
    "would",
    "plans",
    "planned",
    "expected",
    "scheduled",
    "due",
    "intends",
    "shall",
    "hopes",
];
const DENIALS: &[&str] = &[
    "deny",
    "denies",
    "denied",
    "denying",
    "reject",
    "rejects",
    "rejected",
    "dispute",
    "disputes",
    "disputed",
    "dismissed",
    "refuted",
];

/// How sure the report is of the words, given the cue they are laid to.
fn certainty(text: &str, cue: Option<&str>) -> Certainty {
    let folded = text.to_lowercase();
    let has = |list: &[&str]| {
        folded
            .split(|c: char| !c.is_alphanumeric())
            .any(|w| list.contains(&w))
    };
    if cue.is_some_and(|cue| cue.split_whitespace().any(|w| DENIALS.contains(&w))) {
        Certainty::Denied
    } else if has(ALLEGATIONS) || cue.is_some() {
        Certainty::Alleged
    } else if has(HEDGES) {
        Certainty::Hedged
    } else if has(PLANS) {
        Certainty::Planned
    } else {
        Certainty::Stated
    }
}

fn negated(words: &[Word], vocabulary: &Vocabulary) -> bool {
    words
        .iter()
        .filter(|w| w.kind == WordKind::Negation && vocabulary.name(w.form) != "without")
        .count()
        % 2
        == 1
}

/// Whether a sentence says that something is not known.
pub fn is_open_question(sentence: &str) -> bool {
    let folded = sentence.to_lowercase().replace('’', "'");
    let unknown = [
        "unclear when",
        "unclear if",
        "unclear whether",
        "unclear how",
        "unclear what",
        "unclear who",
        "unclear why",
        "unclear where",
        "remains unclear",
        "remained unclear",
        "not clear whether",
        "not clear if",
        "not clear how",
        "not clear what",
        "not clear why",
        "not clear when",
        "not clear who",
        "not known whether",
        "not known if",
        "not known how",
        "not immediately clear",
        "remains to be seen",
        "not immediately known",
        "yet to be determined",
        "not yet known",
        "no word on whether",
        "no word on when",
        "no indication of when",
        "still unknown",
        "remains unknown",
        "questions remain",
        "unanswered question",
        "it was unclear",
        "it is unclear",
        "it's unclear",
        "not say whether",
        "not say when",
        "not say how",
        "not say why",
        "not say if",
        "declined to say",
    ];
    let quoted = folded.starts_with(['"', '“', '\'', '‘']);
    !quoted && unknown.iter().any(|phrase| folded.contains(phrase))
}
