//! Descriptions that stand for someone: "the Russian leader", "the US president", "his spokeswoman".
//!
//! A description is laid to an entity by the roles that the report ties to names, else by the holder of the office on
//! the article's day; where neither tells, its entity stays unclear.

use twosource_model::{Analysis, Article, EntityType, Mention, MentionForm, Upos};

use super::gathering::{Draft, Scene, country_in};
use super::knowledge::{self, Country, TitleKind};
use super::linking::{day_of, link_of_person};
use super::titles::{FoundTitle, description_start, span_of, title_from};

/// Adds the descriptions of an article to the scene.
pub(super) fn resolve(article: &Article, analysis: &Analysis, scene: &mut Scene) {
    let text = article.text();
    let mut taken = vec![false; analysis.tokens.len()];
    for mention in &scene.mentions {
        taken[analysis.tokens_in(mention.full)].fill(true);
        if mention.form == MentionForm::Nominal {
            taken[analysis.tokens_in(mention.span)].fill(true);
        }
    }
    let mut more = Vec::new();
    for sentence in &analysis.sentences {
        let (mut at, end) = (sentence.first_token as usize, sentence.end_token as usize);
        while at < end {
            let noun = matches!(
                analysis.tokens[at].upos,
                Upos::Noun | Upos::Propn | Upos::Adj | Upos::X
            );
            let found = (!taken[at] && noun)
                .then(|| title_from(text, analysis, at, end))
                .flatten();
            let Some(found) = found else {
                at += 1;
                continue;
            };
            if let Some(mention) = describe(
                article,
                analysis,
                sentence.first_token as usize,
                end,
                &found,
                scene,
            ) {
                more.push(mention);
            }
            at = found.tokens.1;
        }
    }
    scene.mentions.extend(more);
}

/// The mention that a title makes, if it stands for someone by itself.
fn describe(
    article: &Article,
    analysis: &Analysis,
    from: usize,
    end: usize,
    found: &FoundTitle,
    scene: &mut Scene,
) -> Option<Mention> {
    let text = article.text();
    let word = |at: usize| analysis.tokens[at].span.of(text);
    if matches!(found.title.kind, TitleKind::Honorific) {
        return None;
    }
    // "president of Russia": what the office is of follows
    let mut last = found.tokens.1;
    if last + 1 < end && matches!(word(last), "of") && word(last + 1).starts_with(char::is_uppercase) {
        last = (last + 1..end.min(last + 5))
            .take_while(|at| word(*at).starts_with(char::is_uppercase))
            .last()
            .map_or(last, |at| at + 1);
    }
    // a noun behind it has it as a modifier: "leader board", "president Ann Lee"
    if last == found.tokens.1 && last < end {
        let next = &analysis.tokens[last];
        let continues = matches!(next.upos, Upos::Noun | Upos::Propn)
            && next.span.start() == analysis.tokens[last - 1].span.end() + 1;
        if continues {
            return None;
        }
    }
    let start = description_start(text, analysis, from, found.tokens.0);
    let first = word(start).to_lowercase();
    let country = country_in(text, analysis, start, last);
    let definite = matches!(first.as_str(), "the" | "this" | "that")
        || country.is_some() && !matches!(first.as_str(), "a" | "an");
    let possessed = matches!(
        first.as_str(),
        "his" | "her" | "their" | "its" | "our" | "my" | "your"
    );
    if !definite && !possessed && !matches!(found.title.kind, TitleKind::Office) {
        return None;
    }
    if matches!(first.as_str(), "a" | "an") {
        return None;
    }
    let span = span_of(analysis, start, last);
    let former = (start..found.tokens.0).any(|at| {
        matches!(
            word(at).to_lowercase().as_str(),
            "former" | "ex" | "late" | "next" | "future" | "then"
        )
    });
    let entity = if found.plural || former {
        None
    } else {
        whom(article, span.start(), found, country, definite, scene)
    };
    Some(Mention {
        span,
        full: span,
        form: MentionForm::Nominal,
        entity_type: EntityType::Role,
        entity,
    })
}

/// Titles under which whoever leads a state may be called.
const LEADER_WORDS: [&str; 6] = [
    "leader",
    "ruler",
    "strongman",
    "dictator",
    "president",
    "prime minister",
];

/// Whom a description means.
fn whom(
    article: &Article,
    at: usize,
    found: &FoundTitle,
    country: Option<&'static Country>,
    definite: bool,
    scene: &mut Scene,
) -> Option<u32> {
    let title = knowledge::canonical_role(found.title.words);
    let gender_fits = |draft: &Draft| {
        found.title.gender.is_none() || draft.gender.is_none() || draft.gender == found.title.gender
    };
    let day = day_of(article);
    // entities with this role, by the report itself or by the tables; the one named last before it wins
    let mut best: Option<(u32, usize)> = None;
    for mention in scene
        .mentions
        .iter()
        .filter(|m| m.form == MentionForm::Name && m.span.end() <= at)
    {
        let Some(entity) = mention.entity else { continue };
        let draft = &scene.drafts[entity as usize];
        if draft.entity_type != Some(EntityType::Person) || !gender_fits(draft) {
            continue;
        }
        if has_role(draft, title, country, day) && best.is_none_or(|(_, seen)| mention.span.start() >= seen) {
            best = Some((entity, mention.span.start()));
        }
    }
    if let Some((entity, _)) = best {
        return Some(entity);
    }
    // the holder of the office on the article's day
    let holder = || {
        let (day, country) = (day?, country?);
        let role = if LEADER_WORDS[..4].contains(&found.title.words) {
            "leader"
        } else {
            title
        };
        knowledge::holder_of(role, country.alpha2, day)
    };
    let person = holder()?;
    let named = scene
        .drafts
        .iter()
        .position(|draft| draft.person.is_some_and(|p| p.title == person.title));
    if let Some(named) = named {
        return Some(named as u32);
    }
    definite.then(|| {
        scene.add(Draft {
            entity_type: Some(EntityType::Person),
            gender: person.gender,
            person: Some(person),
            country,
            link: Some(link_of_person(person)),
            ..Draft::default()
        })
    })
}

fn has_role(
    draft: &Draft,
    title: &str,
    country: Option<&'static Country>,
    day: Option<jiff::civil::Date>,
) -> bool {
    let leads = LEADER_WORDS.contains(&title);
    let same_country = |of: Option<&'static Country>| match (country, of.or(draft.country)) {
        (Some(wanted), Some(of)) => wanted.alpha3 == of.alpha3,
        (Some(_), None) => false,
        (None, _) => true,
    };
    let by_report = draft.offices.iter().any(|office| {
        let same_title = office.title == title
            || (title == "leader" && LEADER_WORDS.contains(&office.title))
            || office.title.ends_with(title) && office.title.len() > title.len() + 1;
        same_title && same_country(office.country)
    });
    let by_table = draft.person.zip(day).is_some_and(|(person, day)| {
        person.term_on(day).is_some_and(|term| {
            let same_title = knowledge::canonical_role(term.role) == title
                || (title == "leader" && leads && term.leads_state());
            same_title && same_country(knowledge::country(term.of))
        })
    });
    by_report || by_table
}
