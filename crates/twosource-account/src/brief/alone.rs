//! Whether a sentence can be read alone.

use twosource_model::{EntityType, MentionForm, QuoteKind, Relation, Role, Span, Token, Upos, Xpos};

use crate::clauses::describes_picture;
use crate::desk::View;
use crate::quoting;

/// Words that lean on what was said before when a sentence opens with them.
pub const DANGLING: &[&str] = &[
    "he",
    "she",
    "it",
    "they",
    "his",
    "her",
    "their",
    "its",
    "this",
    "that",
    "these",
    "those",
    "but",
    "and",
    "also",
    "however",
    "meanwhile",
    "then",
    "so",
    "still",
    "yet",
    "instead",
    "moreover",
    "furthermore",
    "nevertheless",
    "there",
    "such",
    "both",
    "other",
    "another",
    "others",
    "later",
    "earlier",
    "here",
    "or",
    "him",
    "them",
    "too",
    "nor",
    "asked",
];

/// Openings that tie a sentence to the ones before.
const TIES: &[&str] = &[
    "yes",
    "well",
    "indeed",
    "plus",
    "in addition",
    "in fact",
    "in other words",
    "in turn",
    "in contrast",
    "by contrast",
    "on the other hand",
    "as a result",
    "for example",
    "for instance",
    "at the same time",
    "even so",
    "after all",
    "on the one side",
    "on the morning after",
    "the next day",
];

/// Fewest and most words of a sentence of a brief. A long one is often the one that tells all; up to 60 words instead of
/// 48 gained .002 of each ROUGE on `roundups`.
const WORDS: std::ops::RangeInclusive<usize> = 7..=60;

/// Whether a sentence can be read alone: whole, of a fit length, with no word that leans on the ones before. What opens a
/// report leans on nothing: its "also" and "his" belong to words behind them.
pub fn stands_alone(view: &View<'_>, span: Span, opening: bool) -> bool {
    let text = span.of(view.article.text());
    let words: Vec<&str> = text.split_whitespace().collect();
    if !WORDS.contains(&words.len()) || !text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        return false;
    }
    let first = words[0]
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    let last = text.trim_end_matches(['"', '”', '’', ')']).chars().next_back();
    let mut lower = words
        .iter()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    let leans = DANGLING.contains(&first.as_str())
        || lower.any(|w| match w.as_str() {
            "also" => !opening,
            "however" | "meanwhile" | "moreover" => true,
            _ => false,
        });
    let marks = text.matches(['“', '”', '"']).count();
    let body = view
        .role_at(span.start())
        .is_none_or(|role| matches!(role, Role::Body | Role::Standfirst | Role::ListItem));
    !leans
        && body
        && matches!(last, Some('.' | '!'))
        && marks.is_multiple_of(2)
        && !leans_by_pronoun(view, span, opening)
        && (opening || !is_about_it(view, span))
        && !does_what_was_said(view, span)
        && !ends_with_not(text)
        && !leans_by_quote(view, span)
        && !is_subordinate(view, span)
        && !is_tied(text)
        && !has_page_words(text)
        && tells_something(view, span)
        && !speaks_to_reader(view, span)
        && !presents(view, span)
        && !says_what_should_be(view, span)
}

/// A sentence without what stands before it at the head of a report: the place and the agency, or a word that calls it new
/// ("KALVIK (AP) — ", "BREAKING: ").
pub fn without_head(sentence: Span, text: &str) -> Span {
    /// Longest head, in bytes.
    const LONGEST: usize = 48;
    let words = sentence.of(text);
    let end = words.floor_char_boundary(LONGEST);
    let ends_head = |(at, c): &(usize, char)| match c {
        '—' | '–' | '―' | ':' => true,
        '-' => words[..*at].ends_with([' ', ')']),
        _ => false,
    };
    let Some((at, mark)) = words[..end].char_indices().find(ends_head) else {
        return sentence;
    };
    let head = words[..at].trim_end();
    let is_head = if mark == ':' {
        NEW.iter().any(|word| head.eq_ignore_ascii_case(word))
    } else {
        // "NATO - Russia talks" is no place with an agency
        let place = head.split_whitespace().next().is_some_and(is_loud);
        let agency = head.ends_with(')');
        (agency || (place && (mark == '—' || head.contains(','))))
            && head
                .split_whitespace()
                .all(|word| !word.starts_with(char::is_lowercase))
    };
    if is_head && head.chars().filter(|c| c.is_alphabetic()).count() > 2 {
        Span::at(sentence.start() + at + mark.len_utf8(), sentence.end()).trimmed(text)
    } else {
        sentence
    }
}

/// What calls a sentence new, before a colon.
const NEW: &[&str] = &[
    "breaking",
    "breaking news",
    "developing",
    "exclusive",
    "just in",
    "latest",
    "update",
    "updated",
];

/// Whether a word is written in capitals.
fn is_loud(word: &str) -> bool {
    !word.chars().any(char::is_lowercase)
}

/// What pages put between the words of a report: a link to more, the credit of a picture, who stands where on it.
fn has_page_words(text: &str) -> bool {
    const WORDS: &[&str] = &[
        " MORE ",
        "/Getty Images",
        "via Getty Images",
        " via AP ",
        "AP Photo",
        "File Photo",
        ", left, ",
        ", center, ",
        ", centre, ",
        " Photos: ",
    ];
    const HEADS: &[&str] = &["Photos: ", "Video: ", "VIDEO: ", "WATCH: "];
    // "CLOSE The pier is gone.": the button of a video before its words
    let button = text
        .strip_prefix("CLOSE ")
        .is_some_and(|rest| rest.starts_with(char::is_uppercase));
    let opens = HEADS.iter().any(|head| text.starts_with(head));
    // "Hide Caption 3 of 8"
    let caption = |word: &str| word.eq_ignore_ascii_case("caption");
    let switch = |word: &str| {
        ["hide", "toggle", "show"]
            .iter()
            .any(|w| word.eq_ignore_ascii_case(w))
    };
    let mut pair = text.split_whitespace().zip(text.split_whitespace().skip(1));
    button
        || opens
        || describes_picture(text)
        || WORDS.iter().any(|words| text.contains(words))
        || pair.any(|(a, b)| switch(a) && caption(b))
}

/// The token that no other of the sentence governs.
fn root<'a>(view: &'a View<'_>, span: Span) -> Option<(usize, &'a Token)> {
    let own = view.analysis.tokens_in(span);
    own.map(|at| (at, &view.analysis.tokens[at]))
        .find(|(_, token)| token.head.is_none() && token.upos != Upos::Punct)
}

/// Those that hang on the token at `head`.
fn children<'a>(view: &'a View<'_>, span: Span, head: usize) -> impl Iterator<Item = &'a Token> {
    let own = view.analysis.tokens_in(span);
    view.analysis.tokens[own]
        .iter()
        .filter(move |t| t.head == Some(head as u32))
}

/// Whether a sentence is about something that it calls "it" or "this" only.
fn is_about_it(view: &View<'_>, span: Span) -> bool {
    let about = |t: &Token| {
        matches!(t.relation, Relation::Nsubj | Relation::NsubjPass)
            && t.upos == Upos::Pron
            && matches!(
                t.lemma.as_str(),
                "it" | "this" | "that" | "these" | "those" | "they"
            )
    };
    root(view, span).is_some_and(|(at, _)| children(view, span, at).any(about))
}

/// Whether a page says what its reporter does on air: "Channel 4's Ann Weir discusses the pier."
fn presents(view: &View<'_>, span: Span) -> bool {
    const SHOWS: &[&str] = &["discuss", "explain", "preview", "recap", "report", "talk"];
    let tokens = &view.analysis.tokens[view.analysis.tokens_in(span)];
    let named = |from: usize| {
        tokens[from..]
            .iter()
            .take_while(|t| t.upos == Upos::Propn)
            .count()
    };
    let outlet = named(0);
    if outlet == 0 || tokens.get(outlet).is_none_or(|t| t.xpos != Xpos::Pos) {
        return false;
    }
    let person = named(outlet + 1);
    let shows = |t: &Token| t.xpos == Xpos::Vbz && SHOWS.contains(&t.lemma.as_str());
    let of_outlet = tokens[..outlet].iter().map(|t| t.span).reduce(Span::hull);
    let is_place = |of: Span| {
        let mut names = view.mentions_in(of).iter();
        names.any(|m| m.entity_type == EntityType::Place)
    };
    person > 0 && tokens.get(outlet + 1 + person).is_some_and(shows) && !of_outlet.is_some_and(is_place)
}

/// Whether "did" stands for what a sentence before tells.
fn does_what_was_said(view: &View<'_>, span: Span) -> bool {
    root(view, span).is_some_and(|(at, token)| {
        let told = |t: &Token| {
            matches!(
                t.relation,
                Relation::Obj | Relation::Ccomp | Relation::Xcomp | Relation::NsubjPass
            )
        };
        token.upos == Upos::Verb && token.lemma == "do" && !children(view, span, at).any(told)
    })
}

/// Whether a sentence ends before it says what was not done ("They believed that it did not."): that stands in the one before.
fn ends_with_not(text: &str) -> bool {
    let mut words = text
        .rsplit(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
        .filter(|word| !word.is_empty());
    let last = words.next().unwrap_or_default();
    last.ends_with("n't") || last.ends_with("n’t") || last == "not" && words.next() != Some("or")
}

/// Whether a report says by itself what should be: its writer's view, no news.
fn says_what_should_be(view: &View<'_>, span: Span) -> bool {
    let tokens = &view.analysis.tokens[view.analysis.tokens_in(span)];
    let told = |at: Span| view.quotes_at(at).any(|(_, quote)| quoting::overlaps(quote, at));
    let should = |t: &Token| t.xpos == Xpos::Md && matches!(t.lemma.as_str(), "should" | "ought");
    tokens.iter().any(|t| should(t) && !told(t.span))
}

/// Words of somebody who speaks to somebody.
const SPEAKER_AND_READER: &[&str] = &["i", "me", "my", "we", "us", "our", "you", "your"];

/// Whether a sentence asks the reader to do something ("Sign up here."), or speaks of "us" or "you" outside quoted words.
fn speaks_to_reader(view: &View<'_>, span: Span) -> bool {
    let tokens = &view.analysis.tokens[view.analysis.tokens_in(span)];
    // inside a quotation that opened before it a sentence speaks as its speaker, and does not say who that is; who is told of without
    // marks is no "you"
    let quoted = |at: Span| {
        let marked = view.quotes_at(at).filter(|(_, q)| q.kind != QuoteKind::Indirect);
        let mut pieces = marked.flat_map(|(_, quote)| &quote.content);
        pieces.any(|piece| piece.overlaps(at) && piece.start() > span.start())
    };
    let asks = tokens
        .first()
        .is_some_and(|t| t.xpos == Xpos::Vb && t.head.is_none());
    let personal =
        |t: &Token| t.upos == Upos::Pron && SPEAKER_AND_READER.contains(&t.lemma.to_lowercase().as_str());
    asks || tokens.iter().any(|t| personal(t) && !quoted(t.span))
}

/// Whether a sentence is somebody's words without saying whose, or says who spoke without the words.
fn leans_by_quote(view: &View<'_>, span: Span) -> bool {
    view.quotes_at(span).any(|(_, quote)| {
        let cued_here = quote.cue.iter().any(|c| c.overlaps(span));
        quoting::covers(quote, span) && !cued_here
            || cued_here && !quoting::overlaps(quote, span) && !quote.content.is_empty()
    })
}

/// Whether a sentence is a subordinate clause by itself ("Because the tide turned.").
fn is_subordinate(view: &View<'_>, span: Span) -> bool {
    let own = view.analysis.tokens_in(span);
    let tokens = &view.analysis.tokens;
    let Some(first) = tokens[own].iter().find(|t| t.upos != Upos::Punct) else {
        return false;
    };
    let head = first.head.and_then(|head| tokens.get(head as usize));
    first.relation == Relation::Mark && head.is_some_and(|head| head.head.is_none())
}

/// Whether a sentence opens with one of [`TIES`] and a comma.
fn is_tied(text: &str) -> bool {
    let opening = text.split(',').next().unwrap_or_default();
    let words: Vec<String> = text.split_whitespace().take(2).map(str::to_lowercase).collect();
    // "One is to accept": one of what the sentence before counts
    let counts =
        words.len() == 2 && words[0] == "one" && ["is", "was", "has", "had"].contains(&words[1].as_str());
    counts || opening.len() < text.len() && TIES.iter().any(|tie| opening.eq_ignore_ascii_case(tie))
}

/// Whether a sentence has a finite verb, where its words are tagged: "Updated on Friday." has none.
fn tells_something(view: &View<'_>, span: Span) -> bool {
    let tokens = &view.analysis.tokens[view.analysis.tokens_in(span)];
    let finite = |t: &Token| matches!(t.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    let tagged = tokens.iter().any(|t| !matches!(t.upos, Upos::X | Upos::Punct));
    !tagged || tokens.iter().any(finite)
}

/// A pronoun before any name that it could stand for; in an opening, without any.
fn leans_by_pronoun(view: &View<'_>, span: Span, opening: bool) -> bool {
    let within = || view.mentions_in(span).iter().filter(|m| span.covers(m.span));
    let text = view.article.text();
    within().filter(|m| m.form == MentionForm::Pronoun).any(|m| {
        let word = m.span.get(text).unwrap_or_default().to_lowercase();
        let quoted = view
            .quotes_at(m.span)
            .any(|(_, quote)| quoting::covers(quote, m.span));
        let personal = matches!(
            word.as_str(),
            "he" | "she" | "him" | "her" | "his" | "they" | "them" | "their" | "hers"
        );
        personal
            && !quoted
            && !within().any(|n| {
                n.form != MentionForm::Pronoun
                    && (opening || n.span.start() < m.span.start())
                    && (n.entity == m.entity || m.entity.is_none())
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_tied_to_others_and_words_of_pages_are_seen() {
        for (text, tied, page) in [
            ("One is to wait for the tide.", true, false),
            ("One ferry is late.", false, false),
            ("On the morning after, the pier was gone.", true, false),
            ("On the morning after the storm the pier was gone.", false, false),
            ("Hide Caption 3 of 8 The pier is gone.", false, true),
            ("Kalvik pier in Photos: The pier is gone.", false, true),
            ("The photos hide no caption.", false, false),
            ("CLOSE The pier is gone.", false, true),
            ("CLOSE to the pier a boat sank.", false, false),
            ("Photos: the pier before the storm, and after it.", false, true),
            (
                "The mayor looks on in this undated photo of the pier.",
                false,
                true,
            ),
        ] {
            assert_eq!((is_tied(text), has_page_words(text)), (tied, page), "{text:?}");
        }
    }

    #[test]
    fn what_was_not_done_has_to_be_said() {
        for (text, unsaid) in [
            ("They believed that the board did not.", true),
            ("“The board did not,” she said.", false),
            ("The board said it wouldn’t.", true),
            ("The pier will be built whether they pay or not.", false),
            ("The board did not pay.", false),
            ("Why not.", true),
            ("", false),
        ] {
            assert_eq!(ends_with_not(text), unsaid, "{text:?}");
        }
    }

    #[test]
    fn heads_of_reports_are_no_part_of_a_brief() {
        let check = |text: &str, expected: &str| {
            let whole = Span::at(0, text.len());
            assert_eq!(without_head(whole, text).of(text), expected, "{text:?}");
        };
        check("KALVIK (AP) — The dam held.", "The dam held.");
        check("KALVIK—The dam held.", "The dam held.");
        check("KALVIK, Nor. – The dam held.", "The dam held.");
        check("Oct 24 (Reuters) - The dam held.", "The dam held.");
        check("BREAKING: The dam held.", "The dam held.");
        check("MAYOR: The dam will hold.", "MAYOR: The dam will hold.");
        check("NATO - Russia talks ended.", "NATO - Russia talks ended.");
        check(
            "The dam - built in 1910 - held.",
            "The dam - built in 1910 - held.",
        );
        check("The mayor: The dam held.", "The mayor: The dam held.");
        check("US-built dams held — so far.", "US-built dams held — so far.");
        check("A – B", "A – B");
        check("", "");
    }
}
