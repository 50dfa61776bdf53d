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
        if name.tokens.0 < before {
            continue; // a longer name has taken its first words
        }
        if let Some(behind) = next.and_then(|given| view.surname_first(name, given)) {
            mended.push(found(analysis, name.tokens.0, behind, EntityType::Person));
            continue;
        }
        if let Some(law) = view.law(name) {
            mended.push(law);
            continue;
        }
        let (start, end) = view.widened(name, next, before);
        if (start, end) != name.tokens {
            mended.push(found(analysis, start, end, EntityType::Organisation));
        } else if let Some(cut) = view.country_begins(name) {
            mended.push(found(analysis, start, cut, EntityType::Place));
            mended.push(found(analysis, cut, end, EntityType::Place));
        } else if view.ends_with_employer(name) {
            mended.push(found(analysis, start, end - 1, EntityType::Person));
            mended.push(found(analysis, end - 1, end, EntityType::Organisation));
        } else if let Some(genitive) = view.owner_ends(name) {
            let owned = match name.entity_type {
                EntityType::Person => EntityType::Other,
                other => other,
            };
            mended.push(found(analysis, start, genitive, EntityType::Person));
            mended.push(found(analysis, genitive + 1, end, owned));
        } else {
            mended.push(found(analysis, start, view.with_byname(name), name.entity_type));
        }
    }
    mended
}

/// What a ruler or saint is called besides the name: "Catherine the Great".
const BYNAMES: [&str; 16] = [
    "Great",
    "Elder",
    "Younger",
    "Baptist",
    "Conqueror",
    "Terrible",
    "Bold",
    "Wise",
    "Magnificent",
    "Pious",
    "Confessor",
    "Apostle",
    "Evangelist",
    "Good",
    "Fair",
    "Magnanimous",
];

/// Numbers of rulers and of sons, but for the first: "I" is more often a pronoun.
const NUMERALS: [&str; 16] = [
    "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XXIII",
];

/// Titles of rulers: behind their names "I" is a number.
const RULERS: [&str; 10] = [
    "King", "Queen", "Emperor", "Empress", "Pope", "Tsar", "Sultan", "Kaiser", "Shah", "Czar",
];

/// Last words of the names of laws and treaties.
const LAWS: [&str; 3] = ["Act", "Treaty", "Convention"];
/// Longest name of a law, in tokens.
const LONGEST_LAW: usize = 12;

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
        // "Leigh s": the apostrophe was left out
        if self.keeps_genitive(name) || (end == start + 1 && self.word(name, end) == "s") {
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
            // the end of the run was found as a name: "Coastal [Waters]"
            Some(next) if next.tokens.0 > first => (next.tokens.1 == last + 1).then_some(last + 1)?,
            Some(next) => {
                let other = matches!(next.entity_type, EntityType::Person | EntityType::Place);
                (!other).then_some(next.tokens.1)?
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

    /// "at Leigh's in the old town", "Leigh's opens at nine": a shop or house, when nothing follows that Leigh could own.
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
        let visited = || {
            start > self.sentence(name).start
                && matches!(self.word(name, start - 1), "at" | "to" | "from")
                && free(end + 1)
        };
        let acts = || {
            let next = self.analysis.tokens.get(end + 1).map(|next| next.xpos);
            matches!(next, Some(Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md))
        };
        matches!(self.word(name, end), "'s" | "’s")
            && self.analysis.tokens[end].xpos == Xpos::Pos
            && (visited() || acts())
            && knowledge::country_of_name(self.words(start, end)).is_none()
    }

    /// Where a person's name ends that is written as in a list, alone between quotes or in its line: "Berg, Anna".
    fn surname_first(&self, surname: &FoundName, given: &FoundName) -> Option<usize> {
        let (start, end) = (surname.tokens.0, given.tokens.1);
        let edge = |word: &str| matches!(word, "" | "\"" | "“" | "”" | "<");
        let before = start.checked_sub(1).map_or("", |at| self.word(surname, at));
        let fits = surname.tokens.1 == start + 1
            && self.word(surname, start + 1) == ","
            && given.tokens == (start + 2, start + 3)
            && knowledge::is_given_name(self.word(surname, start + 2))
            && knowledge::country_of_name(self.word(surname, start)).is_none()
            && edge(before)
            && edge(self.word(surname, end));
        fits.then_some(end)
    }

    /// The law whose name begins with `name`: "the Ann Lee Safety in Schools Act".
    fn law(&self, name: &FoundName) -> Option<FoundName> {
        let (start, end) = name.tokens;
        let limit = self.sentence(name).end.min(start + LONGEST_LAW);
        let part = |at: &usize| {
            self.is_capital(name, *at) || matches!(self.word(name, *at), "of" | "in" | "for" | "to" | "and")
        };
        let named_after = matches!(name.entity_type, EntityType::Person | EntityType::Place);
        if named_after && !self.is_capital(name, end) {
            return None;
        }
        let last = (end..limit)
            .take_while(part)
            .filter(|at| LAWS.contains(&self.word(name, *at)))
            .last()?;
        Some(found(self.analysis, start, last + 1, EntityType::Product))
    }

    /// Whether a person's name runs on into the name of an organisation, as in signatures: "Ann B. Lee Reuters".
    fn ends_with_employer(&self, name: &FoundName) -> bool {
        let (start, end) = name.tokens;
        let last = self.words(end - 1, end);
        name.entity_type == EntityType::Person
            && end - start > 2
            && knowledge::organisation_named(last).is_some()
            && !knowledge::is_surname(last)
            && !knowledge::is_given_name(last)
    }

    /// Where the genitive stands that parts an owner from what is his: "Ann Lee's Long Winter".
    fn owner_ends(&self, name: &FoundName) -> Option<usize> {
        let (start, end) = name.tokens;
        let at = (start + 2..end.saturating_sub(1)).find(|at| matches!(self.word(name, *at), "'s" | "’s"))?;
        let person = knowledge::is_given_name(self.word(name, start)) && !self.is_body(at);
        person.then_some(at)
    }

    /// Where a person's name ends, with the number or byname behind it: "Louis XIV", "Peter the Great".
    fn with_byname(&self, name: &FoundName) -> usize {
        let (start, end) = name.tokens;
        if name.entity_type != EntityType::Person || end - start > 2 {
            return end;
        }
        let ruler = || start > self.sentence(name).start && RULERS.contains(&self.word(name, start - 1));
        let next = self.word(name, end);
        let behind = if NUMERALS.contains(&next) || (next == "I" && ruler()) {
            end + 1
        } else {
            end
        };
        let byname = self.word(name, behind) == "the" && BYNAMES.contains(&self.word(name, behind + 1));
        if byname || self.is_of_his_place(name, behind) {
            behind + 2
        } else {
            behind
        }
    }

    /// "Theodore of Stoudios": a first name alone with the small place that tells him from others of that name.
    fn is_of_his_place(&self, name: &FoundName, at: usize) -> bool {
        let (start, end) = name.tokens;
        let first = self.word(name, start);
        let place = self.word(name, at + 1);
        let next = self.analysis.tokens.get(at + 2);
        end == start + 1
            && (knowledge::is_given_name(first) || !knowledge::is_surname(first))
            && self.word(name, at) == "of"
            && self.is_capital(name, at + 1)
            && next.is_none_or(|next| next.upos != Upos::Propn)
            && knowledge::country_word(place).is_none()
            && knowledge::region_named(place).is_none()
            && knowledge::organisation_named(place).is_none()
            && !kinds::is_organisation_head(place)
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
            let (narrow, wide) = (self.words(start, *cut), self.words(*cut, end));
            let state =
                |name: &str| knowledge::region_named(name).is_some_and(|(code, _)| code.starts_with("US."));
            let short_state = || wide.len() == 2 && state(&wide.to_uppercase());
            let country = knowledge::country_of_name(wide).is_some();
            (country || state(wide) || short_state()) && !knowledge::cities_named(narrow).is_empty()
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
            "They voted on the <n>Clean Harbours and Rivers Act</n> on Tuesday.",
            "The ships of <n>Peter the Great</n> lay there.",
            "A letter of King <n>Louis XIV</n> to the town was found.",
        ] {
            check(source);
        }
    }
}
