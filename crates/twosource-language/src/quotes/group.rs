//! Runs that are one quote: joined over the words that name the speaker, and over paragraphs.

use twosource_model::{Relation, Span, Upos, Xpos};

use super::context::Context;
use super::cue::{CueClass, CuePart};
use super::marks::Run;
use super::tree::is_verbal;
use super::weights::is_finite;

/// One or several runs that make one quote, with the cue beside them.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// Indexes of its runs, in order.
    pub runs: Vec<usize>,
    /// The cue beside it.
    pub cue: Option<GroupCue>,
    /// Number of words in its runs.
    pub words: usize,
}

/// The token that marks a run as said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GroupCue {
    pub token: usize,
    pub side: Side,
}

/// Where the cue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
    /// In the paragraph before, which ends with a colon.
    Above,
}

/// Longest way from a run to its cue, in tokens.
const CUE_REACH: usize = 18;
/// Longest gap between two runs of one quote, in bytes; gaps in hand-marked news reach about 40 words.
const GAP_REACH: usize = 400;
/// Gaps of at most this many words may end without a full stop ("A," he said "B").
const OPEN_GAP: usize = 4;

/// The groups of a text, in order.
pub(super) fn group_runs(context: &Context<'_>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let after: Vec<Option<usize>> = (0..context.runs.len())
        .map(|run| cue_after(context, run))
        .collect();
    for run in 0..context.runs.len() {
        let words = count_words(context.runs[run].inner.of(context.text));
        if groups
            .last()
            .is_some_and(|group| is_title_in_gap(context, group, run))
        {
            continue;
        }
        if let Some(group) = groups.last_mut()
            && let Some(&last) = group.runs.last()
        {
            let continues = context.runs[run].continues && !context.runs[last].closed;
            if continues || joins(context, last, run, after[last], after[run]) {
                group.runs.push(run);
                group.words += words;
                if group.cue.is_none() {
                    group.cue = after[run].map(|token| GroupCue {
                        token,
                        side: Side::After,
                    });
                }
                continue;
            }
        }
        let cue = beside(context, run, after[run]);
        groups.push(Group {
            runs: vec![run],
            cue,
            words,
        });
    }
    groups
}

/// The cue beside a run: in the clause behind it, else in the words that lead into it.
pub(super) fn cue_beside(context: &Context<'_>, run: usize) -> Option<GroupCue> {
    beside(context, run, cue_after(context, run))
}

fn beside(context: &Context<'_>, run: usize, after: Option<usize>) -> Option<GroupCue> {
    after
        .map(|token| GroupCue {
            token,
            side: Side::After,
        })
        .or_else(|| cue_before(context, run))
        .or_else(|| {
            let here = context.runs[run];
            let lead = context.text[context.paragraph(&here).start()..here.outer.start()].trim_end();
            let from = context.analysis.tokens_in(here.outer).start;
            (context.tree.parsed && lead.ends_with([',', ':']))
                .then(|| unlisted_before(context, here, from))
                .flatten()
        })
}

/// A title between marks in the clause that names the speaker ("A," X said on “Long Way Home.” "B").
fn is_title_in_gap(context: &Context<'_>, group: &Group, run: usize) -> bool {
    let (Some(cue), Some(&last)) = (group.cue, group.runs.last()) else {
        return false;
    };
    let (here, last) = (context.runs[run], context.runs[last]);
    let gap = Span::at(last.outer.end(), here.outer.start().max(last.outer.end())).of(context.text);
    let lead = gap.trim_end();
    cue.side == Side::After
        && here.paragraph == last.paragraph
        && gap.len() <= GAP_REACH
        && context.tokens[cue.token].span.start() >= last.outer.end()
        && context.tokens[cue.token].span.end() <= here.outer.start()
        && lead.ends_with(char::is_alphanumeric)
        && !lead.ends_with(context.word(cue.token))
        && count_sentence_ends(lead) == 0
        && count_words(here.inner.of(context.text)) <= TITLE_WORDS
        && here.inner.of(context.text).starts_with(char::is_uppercase)
}

/// Longest title in a clause that names a speaker, in words.
const TITLE_WORDS: usize = 6;

/// Number of words with a letter or digit in them.
pub(super) fn count_words(words: &str) -> usize {
    words
        .split_whitespace()
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .count()
}

/// Whether `next` goes on with the quote of `last`: what stands between is one clause with the cue of `last`.
fn joins(
    context: &Context<'_>,
    last: usize,
    next: usize,
    after: Option<usize>,
    after_next: Option<usize>,
) -> bool {
    let (a, b) = (context.runs[last], context.runs[next]);
    if a.paragraph + 1 == b.paragraph {
        return joins_over_paragraph(context, a, b, after, after_next);
    }
    if a.paragraph != b.paragraph || !a.closed || b.outer.start() - a.outer.end() > GAP_REACH {
        return false;
    }
    let gap = Span::at(a.outer.end(), b.outer.start()).trimmed(context.text);
    let words = gap.of(context.text);
    if words.is_empty() || words.chars().all(|c| matches!(c, '.' | '…' | ',' | ' ')) {
        return a.inner.of(context.text).ends_with(['.', '…']) && words.contains("..") || words.contains('…');
    }
    let Some(cue) = after.filter(|token| context.tokens[*token].span.end() <= gap.end()) else {
        return false;
    };
    let ends = a.inner.of(context.text);
    if !opens_quote(ends, words) || is_fragment(b.inner.of(context.text)) {
        return false;
    }
    if ends.ends_with('.') && !words.starts_with(',') && !ends.ends_with("..") {
        return false;
    }
    if after_next.is_some_and(|token| token != cue) {
        return false;
    }
    let inside = context.analysis.tokens_in(gap);
    let second_cue = inside.clone().any(|t| {
        t > cue + 1 && is_verbal(&context.tokens[t]) && context.cue(t).is_some() && !relative(context, t)
    });
    let words = words.trim_end_matches(['"', '”', '’', '\'']);
    let sentences = count_sentence_ends(&words[..words.trim_end_matches(['.', ' ']).len()]);
    if sentences > 0 {
        return false;
    }
    if words.ends_with('.') || words.ends_with('!') {
        return true;
    }
    if words.ends_with(':') {
        return false;
    }
    let count = count_words(words);
    if words.ends_with(',') {
        return !second_cue && count <= CUE_REACH;
    }
    let starts_upper = b.inner.of(context.text).starts_with(char::is_uppercase);
    count <= OPEN_GAP
        || (!second_cue && starts_upper && !inside.clone().last().is_some_and(|t| connects(context, t)))
}

/// Whether the run at the head of a paragraph goes on with the one before, whose paragraph ends with the clause of its
/// cue: it names no speaker of its own.
fn joins_over_paragraph(
    context: &Context<'_>,
    a: Run,
    b: Run,
    after: Option<usize>,
    after_next: Option<usize>,
) -> bool {
    let own = &context.text[context.paragraph(&b).start()..b.outer.start()];
    let clause = &context.text[a.outer.end()..context.paragraph(&a).end().max(a.outer.end())];
    let clause = clause.trim_end();
    let Some(cue) = after else { return false };
    own.trim().is_empty()
        && after_next.is_none()
        && a.closed
        && clause.len() <= CLAUSE_REACH
        && clause.ends_with('.')
        && context.tokens[cue].span.start() >= a.outer.end()
        && count_sentence_ends(clause) == 0
        && !b.inner.of(context.text).ends_with(',')
}

/// Longest clause behind a run over which the next paragraph may go on, in bytes.
const CLAUSE_REACH: usize = 160;

/// Whether a run is long enough, or ends so, that another may go on with it; `gap` are the words behind it.
fn opens_quote(inner: &str, gap: &str) -> bool {
    let ends = inner.ends_with([',', '?', '!', '…', '-', '—', '–']) || gap.starts_with(',');
    ends || count_words(inner) > FRAGMENT_WORDS
}

/// A word or two without a full stop: a title or a scare quote.
fn is_fragment(inner: &str) -> bool {
    count_words(inner) <= FRAGMENT_WORDS && !inner.ends_with(['.', ',', '?', '!', '…'])
}

/// Runs of at most this many words are titles and scare quotes unless they end like a sentence.
const FRAGMENT_WORDS: usize = 2;

/// Whether the words before a run lead into it ("that", "and", "of").
fn connects(context: &Context<'_>, token: usize) -> bool {
    use twosource_model::Upos::{Adp, Aux, Cconj, Det, Part, Sconj, Verb};
    matches!(
        context.tokens[token].upos,
        Adp | Aux | Cconj | Det | Part | Sconj | Verb
    )
}

/// Whether the cue stands in a clause that only describes ("who had said before").
fn relative(context: &Context<'_>, token: usize) -> bool {
    context.tokens[token].relation.is(twosource_model::Relation::Acl)
}

/// Full stops, question and exclamation marks inside `words` with a capital behind them, abbreviations aside.
pub(super) fn count_sentence_ends(words: &str) -> usize {
    let mut count = 0;
    for (at, mark) in words.match_indices(['.', '?', '!']) {
        let after = words[at + mark.len()..].trim_start_matches(['"', '”', '’', '\'']);
        let next = after.trim_start();
        if after.len() == next.len() || !next.starts_with(|c: char| c.is_uppercase() || c == '"' || c == '“')
        {
            continue;
        }
        let before = words[..at]
            .rsplit(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default();
        let abbreviation = mark == "."
            && (before.chars().count() <= 1
                || (before.chars().count() <= 4 && before.starts_with(char::is_uppercase)));
        count += usize::from(!abbreviation);
    }
    count
}

/// The words of a run without the closing marks of a quote nested at its end (‘so he said,’ ”).
fn unnested(inner: &str) -> &str {
    inner.trim_end_matches(['’', '\'', '”', '"', '»', ' ', '\u{a0}', ')', ']'])
}

/// The cue in the clause that follows a run (", said X"), if any.
fn cue_after(context: &Context<'_>, run: usize) -> Option<usize> {
    let here = context.runs[run];
    if !here.closed {
        return None;
    }
    let paragraph = context.paragraph(&here);
    let inner = unnested(here.inner.of(context.text));
    let rest = &context.text[here.outer.end()..paragraph.end()];
    let lead =
        rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '–' | '—' | '-' | ')'));
    let comma = inner.ends_with([',', '—', '-']) || rest.trim_start().starts_with([',', '–', '—']);
    let asks = inner.ends_with(['?', '!', '…']) || inner.ends_with("...");
    let new_sentence = rest.trim_start().starts_with(['.', ';', ':', '?', '!'])
        || (inner.ends_with('.') && !comma && !lead.starts_with(char::is_lowercase));
    if lead.is_empty() {
        return None;
    }
    let from = context
        .analysis
        .tokens_in(Span::at(here.outer.end(), paragraph.end()))
        .start;
    if new_sentence {
        return short_clause(context, from, paragraph);
    }
    let reach = if comma { FAR_REACH } else { CUE_REACH };
    let mut gap_words = 0;
    let mut unlisted = None;
    for token in from..(from + FAR_REACH * 2).min(context.tokens.len()) {
        let at = &context.tokens[token];
        if at.span.start() < here.outer.end() {
            continue;
        }
        if at.span.start() >= paragraph.end() || context.run_of(token).is_some() || gap_words > reach {
            return unlisted;
        }
        let word = at.span.of(context.text);
        if context.is_punctuation(token) {
            // "Sen. Ann Lee (R-Mich.) said": the stop before a bracket ends a short form
            let short = word == "."
                && context
                    .tokens
                    .get(token + 1)
                    .is_some_and(|_| context.word(token + 1) == ")");
            if matches!(word, "." | ";" | ":" | "?" | "!") && !short {
                return unlisted;
            }
            continue;
        }
        gap_words += 1;
        if gap_words == 1 && is_relative_word(context, token) {
            return None;
        }
        let Some(cue) = context.cue(token).filter(|cue| cue.part != CuePart::Noun) else {
            if unlisted.is_none() && inner.ends_with(',') && gap_words <= UNLISTED_REACH {
                let speaks = ends_as_verb(context, token) || follows_its_subject(context, from, token);
                unlisted = speaks.then_some(token);
            }
            continue;
        };
        if cue.part == CuePart::Source {
            return unlisted.or_else(|| (comma || asks || gap_words == 1).then_some(token));
        }
        if describes(context, token) {
            continue;
        }
        // without a comma only a cue right here will do: "A" said X, "A" he said
        // (German always sets a comma behind the mark)
        let near = gap_words <= 3 && context.analysis.language.as_str() != "de";
        if comma
            || (asks && gap_words <= 8)
            || (near && inner.ends_with(char::is_alphanumeric) && speaks(cue.class))
        {
            return Some(token);
        }
        return None;
    }
    unlisted
}

/// Longest way from a run that ends with a comma to its cue, in words: the speaker may be introduced at length.
const FAR_REACH: usize = 40;
/// Longest way to a verb that no list holds, in words.
const UNLISTED_REACH: usize = 8;

fn is_relative_word(context: &Context<'_>, token: usize) -> bool {
    ["who", "which", "whose", "that", "whom"]
        .iter()
        .any(|word| context.is(token, word))
}

/// Whether the verb stands in a relative clause ("a man who said").
fn describes(context: &Context<'_>, token: usize) -> bool {
    (token.saturating_sub(2)..token)
        .any(|t| is_relative_word(context, t) && context.run_of(t).is_none() && !context.is(t, "that"))
}

/// Whether a word no list takes for a cue ends the clause behind the mark as its verb ("an angry X retorted.").
fn ends_as_verb(context: &Context<'_>, token: usize) -> bool {
    let verb = context.tokens[token].upos == Upos::Verb || context.listed_verb(token);
    let next = token + 1;
    let ends = next >= context.tokens.len() || matches!(context.word(next), "." | ",");
    verb && ends && !matches!(context.tokens[token].xpos, Xpos::Vbg | Xpos::Vb)
}

/// Whether nothing but a name or pronoun stands between the mark and a finite verb ("Ann Lee went on to write").
fn follows_its_subject(context: &Context<'_>, from: usize, token: usize) -> bool {
    let named = |t: usize| {
        context.is_punctuation(t) || matches!(context.tokens[t].upos, Upos::Propn | Upos::Pron | Upos::Adv)
    };
    is_finite(context, token)
        && context.tokens[token].upos == Upos::Verb
        && token > from
        && token - from <= NAMED_REACH
        && (from..token).all(named)
}

/// Longest name with marks and adverbs before an unlisted verb, in tokens.
const NAMED_REACH: usize = 6;

/// The cue of a sentence that is nothing but a speaker and a verb of saying, behind marks that end with a full stop
/// (“It is late.” Ann Lee said.).
fn short_clause(context: &Context<'_>, from: usize, paragraph: Span) -> Option<usize> {
    let cue = (from..context.tokens.len().min(from + NAMED_REACH)).find(|t| {
        context
            .cue(*t)
            .is_some_and(|cue| cue.part == CuePart::Verb && speaks(cue.class))
    })?;
    let stop = cue + 1;
    let ends = stop >= context.tokens.len()
        || context.tokens[stop].span.start() >= paragraph.end()
        || (context.word(stop) == "." && context.run_of(stop).is_none());
    (ends && follows_its_subject(context, from, cue)).then_some(cue)
}

/// Classes whose verbs stand beside words in quotation marks.
pub(super) const fn speaks(class: CueClass) -> bool {
    !matches!(
        class,
        CueClass::Think
            | CueClass::Want
            | CueClass::Feel
            | CueClass::Know
            | CueClass::Show
            | CueClass::Agree
            | CueClass::Praise
            | CueClass::Blame
            | CueClass::Call
    )
}

/// The cue that leads into a run (X said: "..."), if any.
fn cue_before(context: &Context<'_>, run: usize) -> Option<GroupCue> {
    let here = context.runs[run];
    let paragraph = context.paragraph(&here);
    let lead = context.text[paragraph.start()..here.outer.start()].trim_end();
    if lead.is_empty() {
        return cue_above(context, here.paragraph);
    }
    let marked = lead.ends_with([':', ',']);
    let from = context
        .analysis
        .tokens_in(Span::at(here.outer.start(), here.outer.end()))
        .start;
    let mut words = 0;
    for token in (0..from).rev() {
        let at = &context.tokens[token];
        if at.span.start() < paragraph.start() || context.run_of(token).is_some() || words > CUE_REACH {
            return None;
        }
        if context.is_punctuation(token) {
            let word = at.span.of(context.text);
            if matches!(word, "." | ";" | "?" | "!") || (word == ":" && words > 0) {
                return None;
            }
            continue;
        }
        words += 1;
        let Some(cue) = context.cue(token) else { continue };
        let reach = if marked { CUE_REACH } else { 8 };
        match cue.part {
            CuePart::Verb if words <= reach => {
                return Some(GroupCue {
                    token,
                    side: Side::Before,
                });
            }
            CuePart::Source if marked || words <= 6 => {
                return Some(GroupCue {
                    token,
                    side: Side::Before,
                });
            }
            CuePart::Noun if lead.ends_with(':') && words <= reach => {
                return Some(GroupCue {
                    token: spoken_through(context, token).unwrap_or(token),
                    side: Side::Before,
                });
            }
            _ => {}
        }
    }
    None
}

/// The cue verb that a noun hangs on: "said in his statement", "saying in a post on the network".
fn spoken_through(context: &Context<'_>, noun: usize) -> Option<usize> {
    let mut at = noun;
    for _ in 0..THROUGH_REACH {
        let relation = context.tokens[at].relation;
        if !(relation.is(Relation::Obl) || relation.is(Relation::Nmod)) {
            return None;
        }
        at = context.tokens[at].head? as usize;
        if context.cue(at).is_some_and(|cue| cue.part == CuePart::Verb) {
            return (at < noun).then_some(at);
        }
    }
    None
}

/// Most steps from a noun to the verb that it hangs on.
const THROUGH_REACH: usize = 3;

/// A verb of no list right before the comma or colon that leads into marked words ("Ann Lee cracked, “…”", "as she put
/// it: “…”").
fn unlisted_before(context: &Context<'_>, run: Run, from: usize) -> Option<GroupCue> {
    let inner = run.inner.of(context.text);
    let sentence = inner.starts_with(char::is_uppercase) && count_words(inner) > FRAGMENT_WORDS;
    let mark = from.checked_sub(1).filter(|_| sentence)?;
    let token = (mark.saturating_sub(LEAD_REACH)..mark).rev().find(|t| {
        let idiom = context.is(*t, "put") && context.is(*t + 1, "it");
        context.tokens[*t].upos == Upos::Verb
            && context.run_of(*t).is_none()
            && (is_finite(context, *t) || idiom)
    })?;
    let start = context.paragraph(&run).start();
    let plain = (token + 1..mark).all(|t| !context.is_punctuation(t));
    (context.tokens[token].span.start() >= start && plain).then_some(GroupCue {
        token,
        side: Side::Before,
    })
}

/// Most tokens between an unlisted verb and the comma or colon behind it.
const LEAD_REACH: usize = 4;

/// The cue at the end of the paragraph before, when it ends with a colon.
fn cue_above(context: &Context<'_>, paragraph: u32) -> Option<GroupCue> {
    let above = context.article.paragraphs[..paragraph as usize].last()?.span;
    if !above.of(context.text).trim_end().ends_with(':') {
        return None;
    }
    let tokens = context.analysis.tokens_in(above);
    let sentence = context.sentence_of(tokens.clone().last()?);
    let mut noun = None;
    for token in context.analysis.sentences[sentence].tokens().rev() {
        if context.run_of(token).is_some() || token < tokens.start {
            continue;
        }
        let hit = GroupCue {
            token,
            side: Side::Above,
        };
        match context.cue(token).map(|c| c.part) {
            Some(CuePart::Verb) => return Some(hit),
            Some(_) => noun = noun.or(Some(hit)),
            None => {}
        }
    }
    noun
}

/// Whether a cue leads into the run by a comma or colon, or follows it.
pub(super) fn is_led(context: &Context<'_>, group: &Group) -> bool {
    let Some(cue) = group.cue else { return false };
    let first = context.runs[group.runs[0]];
    match cue.side {
        Side::After | Side::Above => true,
        Side::Before => {
            let lead = context.text[..first.outer.start()].trim_end();
            let calls = context.cue(cue.token).is_some_and(|c| c.class == CueClass::Call)
                && context
                    .tree
                    .child(context.tokens, cue.token, Relation::Obj)
                    .is_some();
            lead.ends_with(':') || (lead.ends_with(',') && group.words > 2) || calls
        }
    }
}
