//! Where a name ends, where the tagger stops too early or goes too far: a company's legal form belongs to it, a body's name
//! goes on behind "of" and "and", a shop keeps its genitive, a town and its country are two places.

use twosource_model::{Analysis, EntityType, Upos, Xpos};

use super::finding::{FoundName, found};
use super::kinds;
use super::knowledge;

/// The names with their ends set right; in order, never overlapping.
pub(super) fn mended(text: &str, analysis: &Analysis, names: Vec<FoundName>) -> Vec<FoundName> {
    let view = View { text, analysis };
    let mut mended: Vec<FoundName> = Vec::with_capacity(names.len());
    for (at, name) in names.iter().enumerate() {
        let next = names.get(at + 1);
        let before = mended.last().map_or(0, |last| last.tokens.1);
        if name.tokens.1 <= before {
            continue;
        }
        let (start, end) = view.widened(name, next, before);
        if (start, end) != name.tokens {
            mended.push(found(analysis, start, end, EntityType::Organisation));
        } else if let Some(cut) = view.country_begins(name) {
            mended.push(found(analysis, start, cut, EntityType::Place));
            mended.push(found(analysis, cut, end, EntityType::Place));
        } else {
            mended.push(*name);
        }
    }
    mended
}

struct View<'a> {
    text: &'a str,
    analysis: &'a Analysis,
}

impl View<'_> {
    /// The word of a token of the sentence that holds `name`; empty outside.
    fn word(&self, name: &FoundName, at: usize) -> &str {
        if self.sentence(name).contains(&at) {
            self.analysis.tokens[at].span.of(self.text)
        } else {
            ""
        }
    }

    fn sentence(&self, name: &FoundName) -> std::ops::Range<usize> {
        let at = self
            .analysis
            .sentences
            .partition_point(|s| s.end_token as usize <= name.tokens.0);
        self.analysis.sentences.get(at).map_or(0..0, |s| s.tokens())
    }

    fn words(&self, start: usize, end: usize) -> &str {
        let tokens = &self.analysis.tokens;
        tokens[start].span.hull(tokens[end - 1].span).of(self.text)
    }

    /// The tokens of an organisation's whole name when `name` is a part of it, `next` the name behind it; nothing before
    /// `from` is taken.
    fn widened(&self, name: &FoundName, next: Option<&FoundName>, from: usize) -> (usize, usize) {
        let (start, end) = (self.begun(name, from), name.tokens.1);
        if let Some(behind) = self.legal_form(name, end) {
            return (start, behind);
        }
        if self.keeps_genitive(name) {
            return (start, end + 1);
        }
        let of_next = next.filter(|next| next.tokens.0 > end);
        if let Some(next) = of_next
            && self.is_body(end)
            && self.word(name, end) == "of"
            && next.tokens.0 == end + 1
            && !self.is_body(next.tokens.1)
        {
            return (start, next.tokens.1);
        }
        if let Some(rest) = self.second_field(name, next) {
            return (start, rest);
        }
        // "the Housing Authority of Ann Harbour", of which the place alone was found
        if start >= from + 2 && self.word(name, start - 1) == "of" {
            let first = (from..start - 1)
                .rev()
                .take_while(|t| self.is_capital(name, *t))
                .last();
            if let Some(first) = first.filter(|first| start - 1 - first >= 2 && self.is_body(start - 1)) {
                return (first, end);
            }
        }
        (start, end)
    }

    /// Where the name of a body ends that goes on behind "and": "Department of Housing and Urban Development".
    fn second_field(&self, name: &FoundName, next: Option<&FoundName>) -> Option<usize> {
        let (start, end) = name.tokens;
        let first = end + 1;
        let goes_on = name.entity_type == EntityType::Organisation
            && self.is_body_of(start, end)
            && self.word(name, end) == "and"
            && self.is_capital(name, first)
            && knowledge::title_named(self.word(name, first)).is_none();
        if !goes_on {
            return None;
        }
        let last = (first..).take_while(|t| self.is_capital(name, *t)).last()?;
        let behind = match next.filter(|next| next.tokens.0 <= last) {
            None => last + 1,
            Some(next) => {
                let other = matches!(next.entity_type, EntityType::Person | EntityType::Place);
                (next.tokens.0 == first && !other).then_some(next.tokens.1)?
            }
        };
        (!self.is_body(behind)).then_some(behind)
    }

    /// Where the name of a body begins: words with capitals right before it belong to it, when a small word stands before
    /// them.
    fn begun(&self, name: &FoundName, from: usize) -> usize {
        let start = name.tokens.0;
        if name.entity_type != EntityType::Organisation || !self.is_body(name.tokens.1) {
            return start;
        }
        let first = (from..start)
            .rev()
            .take_while(|t| self.is_capital(name, *t))
            .last();
        first
            .filter(|first| *first > from && self.word(name, first - 1).starts_with(char::is_lowercase))
            .unwrap_or(start)
    }

    fn is_capital(&self, name: &FoundName, at: usize) -> bool {
        self.word(name, at).starts_with(char::is_uppercase)
            && matches!(
                self.analysis.tokens[at].upos,
                Upos::Propn | Upos::Noun | Upos::Adj
            )
    }

    /// Where "Inc." or the like behind a name ends, a comma between them or none.
    fn legal_form(&self, name: &FoundName, end: usize) -> Option<usize> {
        let fits = |at: usize| LEGAL_FORMS.contains(&self.word(name, at).trim_end_matches('.'));
        if !matches!(
            name.entity_type,
            EntityType::Organisation | EntityType::Person | EntityType::Place | EntityType::Other
        ) {
            return None;
        }
        match self.word(name, end) {
            "," if fits(end + 1) => Some(end + 2),
            _ if fits(end) => Some(end + 1),
            _ => None,
        }
    }

    /// "at Leigh's in the old town": a shop or house, when nothing follows that Leigh could own.
    fn keeps_genitive(&self, name: &FoundName) -> bool {
        let (start, end) = name.tokens;
        let free = |at: usize| {
            let word = self.word(name, at);
            matches!(word, "" | "," | "." | ";" | ":" | "?" | "!" | ")")
                || matches!(
                    self.analysis.tokens[at].upos,
                    Upos::Adp | Upos::Cconj | Upos::Sconj | Upos::Det | Upos::Pron | Upos::Aux
                )
        };
        let sentence = self.sentence(name);
        matches!(self.word(name, end), "'s" | "’s")
            && self.analysis.tokens[end].xpos == Xpos::Pos
            && start > sentence.start
            && matches!(self.word(name, start - 1), "at" | "to" | "from")
            && free(end + 1)
            && knowledge::country_of_name(self.words(start, end)).is_none()
    }

    /// Whether the last word tells that these words name a body: "Housing Authority".
    fn is_body(&self, end: usize) -> bool {
        kinds::is_organisation_head(self.words(end - 1, end))
    }

    /// Whether these words name a body by what it is for: "Department of Housing".
    fn is_body_of(&self, start: usize, end: usize) -> bool {
        let of =
            (start + 1..end).find(|t| matches!(self.analysis.tokens[*t].span.of(self.text), "of" | "for"));
        of.is_some_and(|of| self.is_body(of))
    }

    /// Where the country or state begins that a place's name ends with, behind a city ("Miramar Florida").
    fn country_begins(&self, name: &FoundName) -> Option<usize> {
        let (start, end) = name.tokens;
        if name.entity_type != EntityType::Place || end - start < 2 {
            return None;
        }
        let whole = self.words(start, end);
        if knowledge::place_named(whole).is_some() || !knowledge::cities_named(whole).is_empty() {
            return None;
        }
        (start + 1..end).find(|cut| {
            let wide = self.words(*cut, end);
            let country = knowledge::country_of_name(wide).is_some()
                || knowledge::region_named(wide).is_some_and(|(code, _)| code.starts_with("US."));
            country && !knowledge::cities_named(self.words(start, *cut)).is_empty()
        })
    }
}

/// Legal forms of companies, without a full stop at their end.
const LEGAL_FORMS: [&str; 16] = [
    "Inc", "Corp", "Ltd", "LLC", "L.L.C", "L.P", "LP", "LLP", "PLC", "plc", "Co", "S.A", "AG", "GmbH", "N.V",
    "SE",
];

#[cfg(test)]
mod tests {
    use twosource_model::LanguageCode;
    use twosource_testkit::Marked;

    use crate::{Settings, analyze};

    /// The marked stretches are names, whole.
    fn check(source: &str) {
        let marked = Marked::parse(source);
        let mut article = marked.article();
        article.language = Some(LanguageCode::ENGLISH);
        let analysis = analyze(&article, &Settings::default());
        for (_, span) in &marked.marks {
            let found: Vec<_> = analysis
                .mentions
                .iter()
                .map(|m| m.span.of(&marked.text))
                .collect();
            assert!(
                analysis.mentions.iter().any(|m| m.span == *span),
                "{:?} among {found:?}",
                span.of(&marked.text)
            );
        }
    }

    #[test]
    fn names_end_where_they_end() {
        for source in [
            "The harbour hired <n>Berg Marine, Inc.</n> on Tuesday.",
            "A spokesman for the <n>Department of Fisheries and Coastal Waters</n> said no.",
            "They met at the <n>Ferry Authority of Oslo</n> on Tuesday.",
            "They had lunch at <n>Berg's</n>, then left.",
            "She moved from <n>Miami</n> <n>Florida</n> to Oslo.",
            "He was the head of <n>Berg</n>'s campaign.",
        ] {
            check(source);
        }
    }
}
