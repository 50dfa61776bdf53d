//! Lays "he", "she", "it" and "they" to the entities they mean, where the evidence allows.

use twosource_model::{Analysis, Article, EntityType, Gender, Mention, MentionForm, Relation};

use super::gathering::Scene;

/// What a pronoun asks of its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    Person(Gender),
    Thing,
    Several,
}

fn asks(word: &str) -> Option<Asks> {
    Some(match word.to_ascii_lowercase().as_str() {
        "he" | "him" | "his" | "himself" => Asks::Person(Gender::Male),
        "she" | "her" | "hers" | "herself" => Asks::Person(Gender::Female),
        "it" | "its" | "itself" => Asks::Thing,
        "they" | "them" | "their" | "theirs" | "themselves" => Asks::Several,
        _ => return None,
    })
}

/// Sentences back in which a pronoun looks for its entity.
const REACH: usize = 4;

/// Scores by which candidates are compared; set by judgement, not yet measured on their own.
const PER_SENTENCE: f32 = -1.0;
const AS_SUBJECT: f32 = 0.9;
const FIRST_IN_SENTENCE: f32 = 0.5;
const KNOWN_GENDER: f32 = 0.8;
const EACH_MENTION: f32 = 0.12;
const AFTER_PRONOUN: f32 = 0.6;
const POSSESSIVE: f32 = -0.5;

/// One mention that a pronoun may look back to.
struct Past {
    entity: u32,
    sentence: usize,
    token: usize,
    subject: bool,
    first: bool,
    possessive: bool,
    pronoun: bool,
    quoted: bool,
}

/// Adds the pronouns of an article to the scene.
pub(super) fn resolve(article: &Article, analysis: &Analysis, scene: &mut Scene) {
    let text = article.text();
    scene
        .mentions
        .sort_by_key(|m| (m.span.start(), std::cmp::Reverse(m.span.end())));
    let quoted = quoted_tokens(text, analysis);
    let mut counts = vec![0_u32; scene.drafts.len()];
    let mut past: Vec<Past> = Vec::new();
    let mut more = Vec::new();
    let mut next = 0;
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        let mut any = false;
        for at in sentence.tokens() {
            let token = &analysis.tokens[at];
            while next < scene.mentions.len() && scene.mentions[next].span.start() <= token.span.start() {
                let mention = &scene.mentions[next];
                next += 1;
                let Some(entity) = mention.entity else { continue };
                counts[entity as usize] += 1;
                past.push(Past {
                    entity,
                    sentence: number,
                    token: at,
                    subject: is_subject(analysis, mention, text),
                    first: !any,
                    possessive: text[mention.span.end()..].starts_with(['\'', '’']),
                    pronoun: false,
                    quoted: quoted[at],
                });
                any = true;
            }
            let Some(asked) = asks(token.span.of(text)) else {
                continue;
            };
            let entity = best(&past, scene, &counts, number, at, asked, analysis, quoted[at]);
            if let Some(entity) = entity {
                counts[entity as usize] += 1;
                if let Asks::Person(gender) = asked {
                    scene.drafts[entity as usize].gender.get_or_insert(gender);
                }
                past.push(Past {
                    entity,
                    sentence: number,
                    token: at,
                    subject: token.relation.is(Relation::Nsubj),
                    first: !any,
                    possessive: false,
                    pronoun: true,
                    quoted: quoted[at],
                });
                any = true;
            }
            more.push(Mention {
                span: token.span,
                full: token.span,
                form: MentionForm::Pronoun,
                entity_type: entity
                    .and_then(|e| scene.drafts[e as usize].entity_type)
                    .unwrap_or(match asked {
                        Asks::Person(_) => EntityType::Person,
                        Asks::Thing => EntityType::Other,
                        Asks::Several => EntityType::Group,
                    }),
                entity,
            });
        }
        let keep = past.partition_point(|p| p.sentence + REACH < number);
        past.drain(..keep);
    }
    scene.mentions.extend(more);
}

#[expect(clippy::too_many_arguments, reason = "all of it is what the choice rests on")]
fn best(
    past: &[Past],
    scene: &Scene,
    counts: &[u32],
    sentence: usize,
    at: usize,
    asked: Asks,
    analysis: &Analysis,
    in_quote: bool,
) -> Option<u32> {
    let mut found: Option<(u32, f32)> = None;
    for mention in past.iter().rev() {
        let draft = &scene.drafts[mention.entity as usize];
        let entity_type = draft.entity_type.unwrap_or(EntityType::Other);
        let mut score = 0.0;
        match asked {
            Asks::Person(gender) => {
                if entity_type != EntityType::Person || draft.gender.is_some_and(|g| g != gender) {
                    continue;
                }
                if draft.gender.is_some() {
                    score += KNOWN_GENDER;
                }
            }
            Asks::Thing => {
                let thing = matches!(
                    entity_type,
                    EntityType::Organisation | EntityType::Place | EntityType::Product
                );
                // "it" often means something that has no name: only what leads its sentence counts
                if !thing || !(mention.subject || mention.pronoun) || sentence - mention.sentence > 1 {
                    continue;
                }
            }
            Asks::Several => {
                let several = draft.plural
                    || entity_type == EntityType::Group
                    || entity_type == EntityType::Organisation;
                if !several || !(mention.subject || mention.pronoun) || sentence - mention.sentence > 1 {
                    continue;
                }
            }
        }
        if same_clause_object(analysis, mention.token, at) {
            continue;
        }
        score += PER_SENTENCE * (sentence - mention.sentence) as f32;
        score += if mention.subject { AS_SUBJECT } else { 0.0 };
        score += if mention.first { FIRST_IN_SENTENCE } else { 0.0 };
        score += if mention.pronoun { AFTER_PRONOUN } else { 0.0 };
        score += if mention.possessive { POSSESSIVE } else { 0.0 };
        score += EACH_MENTION * (counts[mention.entity as usize].min(8)) as f32;
        // what is named inside a quotation is seldom taken up outside of it
        score += if mention.quoted && !in_quote { -0.8 } else { 0.0 };
        if found.is_none_or(|(_, best)| score > best) {
            found = Some((mention.entity, score));
        }
    }
    found.map(|(entity, _)| entity)
}

/// Whether the pronoun at `at` is a plain object of the verb whose subject is the token at `of`: "Ann saw her".
fn same_clause_object(analysis: &Analysis, of: usize, at: usize) -> bool {
    let (one, other) = (&analysis.tokens[of], &analysis.tokens[at]);
    one.head.is_some()
        && one.head == other.head
        && one.relation.is(Relation::Nsubj)
        && matches!(other.relation, Relation::Obj | Relation::Iobj)
}

/// Whether a mention is the subject of its clause; without trees, whether it opens its sentence.
fn is_subject(analysis: &Analysis, mention: &Mention, text: &str) -> bool {
    let range = analysis.tokens_in(mention.span);
    let tokens = &analysis.tokens[range.clone()];
    let parsed = tokens.iter().any(|t| t.head.is_some());
    if !parsed {
        let start = mention.full.start();
        return start == 0
            || text[..start]
                .trim_end_matches(' ')
                .ends_with(['.', '\n', '”', '"']);
    }
    let inside = |head: u32| range.contains(&(head as usize));
    tokens
        .iter()
        .any(|t| t.relation.is(Relation::Nsubj) && !t.head.is_some_and(inside))
}

/// Which tokens stand between quotation marks of their paragraph.
fn quoted_tokens(text: &str, analysis: &Analysis) -> Vec<bool> {
    let mut quoted = vec![false; analysis.tokens.len()];
    let (mut open, mut paragraph) = (false, u32::MAX);
    for sentence in &analysis.sentences {
        if sentence.paragraph != paragraph {
            (open, paragraph) = (false, sentence.paragraph);
        }
        for at in sentence.tokens() {
            match analysis.tokens[at].span.of(text) {
                "“" | "„" | "«" | "``" => open = true,
                "”" | "»" | "''" => open = false,
                "\"" => open = !open,
                _ => quoted[at] = open,
            }
        }
    }
    quoted
}
