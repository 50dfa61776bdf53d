//! Who and what the story speaks of: the entities of all reports, those that are the same put together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use twosource_model::{
    Alias, CastIx, CastMember, Entity, EntityType, Gender, Link, Mention, MentionForm, ReportIx, Span,
};

use crate::desk::View;

/// The cast with the way from each report's entities to it.
pub struct Cast {
    pub members: Vec<CastMember>,
    of: HashMap<(u32, u32), CastIx>,
}

impl Cast {
    /// The cast member that entity `entity` of report `report` is.
    pub fn member(&self, report: u32, entity: u32) -> Option<CastIx> {
        self.of.get(&(report, entity)).copied()
    }
}

/// The cast of the reports.
pub fn cast(views: &[View<'_>]) -> Cast {
    let nodes: Vec<Node<'_>> = views
        .iter()
        .enumerate()
        .flat_map(|(report, view)| Node::all_of(report as u32, view))
        .collect();
    let mut sets = Sets::new(nodes.len());
    join_by(&nodes, &mut sets, |n| {
        n.entity.link.as_ref().map(|l| l.id.clone())
    });
    join_by(&nodes, &mut sets, |n| {
        n.named
            .then(|| format!("{:?} {}", n.entity.entity_type, n.folded))
    });
    join_by(&nodes, &mut sets, |n| {
        let (first, last) = (n.folded.split_once(' ')?.0, n.folded.rsplit_once(' ')?.1);
        n.is_named_person().then(|| format!("{first} {last}"))
    });
    join_short_forms(&nodes, &mut sets);
    join_surnames(&nodes, &mut sets);
    join_across_types(&nodes, &mut sets);
    gather(views, &nodes, &mut sets)
}

/// An entity of a report.
struct Node<'a> {
    report: ReportIx,
    /// Its place among the report's.
    index: u32,
    entity: &'a Entity,
    /// Its name, [`folded`].
    folded: String,
    /// A name mentions it.
    named: bool,
}

impl<'a> Node<'a> {
    fn all_of(report: ReportIx, view: &View<'a>) -> impl Iterator<Item = Self> + use<'a> {
        let mentions = &view.analysis.mentions;
        let is_name = move |m: &u32| {
            let mention = mentions.get(*m as usize);
            mention.is_some_and(|m| m.form == MentionForm::Name)
        };
        let node = move |(index, entity): (usize, &'a Entity)| Self {
            report,
            index: index as u32,
            entity,
            folded: folded(&entity.name),
            named: entity.mentions.iter().any(is_name),
        };
        view.analysis.entities.iter().enumerate().map(node)
    }

    fn is_named_person(&self) -> bool {
        self.entity.entity_type == EntityType::Person && self.named
    }
}

/// A name without case, accents, points and apostrophes: reports write one name with and without them.
fn folded(name: &str) -> String {
    let plain: String = name.to_lowercase().chars().map(unaccented).collect();
    plain
        .replace(['.', '’', '\''], "")
        .split_whitespace()
        .filter(|w| *w != "the")
        .collect::<Vec<_>>()
        .join(" ")
}

/// The letter under the accent of a lower-case Latin letter.
const fn unaccented(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' | 'ė' => 'e',
        'ğ' => 'g',
        'í' | 'ì' | 'î' | 'ï' | 'ī' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ő' | 'ø' | 'ō' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ú' | 'ù' | 'û' | 'ü' | 'ű' | 'ū' | 'ů' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

fn join_by(nodes: &[Node<'_>], sets: &mut Sets, key: impl Fn(&Node<'_>) -> Option<String>) {
    let mut first: HashMap<String, usize> = HashMap::new();
    for (at, node) in nodes.iter().enumerate() {
        if let Some(key) = key(node) {
            let other = *first.entry(key).or_insert(at);
            sets.join(other, at);
        }
    }
}

/// Fewest letters of a given name that may be another one cut short: "Doug" and "Douglas", not "Jo" and "Joanna".
const LEAST_SHORT_FORM: usize = 3;

/// A person with a given name and a surname, in some of the reports.
struct Bearer {
    given: String,
    gender: Option<Gender>,
    reports: BTreeSet<u32>,
}

impl Bearer {
    /// Whether one is the other under a shorter given name: no report has both, and nothing else parts them.
    fn shortens(&self, other: &Self) -> bool {
        let genders = self.gender.zip(other.gender);
        self.given.chars().count() >= LEAST_SHORT_FORM
            && other.given.len() > self.given.len()
            && other.given.starts_with(&self.given)
            && genders.is_none_or(|(one, other)| one == other)
            && self.reports.is_disjoint(&other.reports)
    }
}

/// "Doug Holm" of one report joins "Douglas Holm" of another where no third person of the story fits.
fn join_short_forms(nodes: &[Node<'_>], sets: &mut Sets) {
    let mut bearers: BTreeMap<String, BTreeMap<usize, Bearer>> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        let parts = node.folded.split_once(' ').zip(node.folded.rsplit_once(' '));
        let Some(((given, _), (_, last))) = parts.filter(|_| node.is_named_person()) else {
            continue;
        };
        let of_surname = bearers.entry(last.to_owned()).or_default();
        let bearer = of_surname.entry(sets.root(at)).or_insert_with(|| Bearer {
            given: given.to_owned(),
            gender: None,
            reports: BTreeSet::new(),
        });
        bearer.gender = bearer.gender.or(node.entity.gender);
        bearer.reports.insert(node.report);
    }
    for of_surname in bearers.values() {
        for (at, short) in of_surname {
            let mut fits = of_surname.iter().filter(|(_, full)| short.shortens(full));
            if let (Some((full, _)), None) = (fits.next(), fits.next()) {
                sets.join(*full, *at);
            }
        }
    }
}

/// A bare surname joins the only person of the story that has it.
fn join_surnames(nodes: &[Node<'_>], sets: &mut Sets) {
    let mut holders: HashMap<&str, BTreeSet<usize>> = HashMap::new();
    for (at, node) in nodes.iter().enumerate().filter(|(_, n)| n.is_named_person()) {
        if let Some((_, last)) = node.folded.rsplit_once(' ') {
            holders.entry(last).or_default().insert(sets.root(at));
        }
    }
    for (at, node) in nodes.iter().enumerate() {
        let may_be = matches!(node.entity.entity_type, EntityType::Person | EntityType::Other);
        if node.folded.contains(' ') || !node.named || !may_be {
            continue;
        }
        let Some(found) = holders.get(node.folded.as_str()) else {
            continue;
        };
        let roots: BTreeSet<usize> = found.iter().map(|h| sets.root(*h)).collect();
        if let (1, Some(only)) = (roots.len(), roots.first()) {
            sets.join(*only, at);
        }
    }
}

/// One name read as two types is one of the cast, unless it is somebody's surname too.
fn join_across_types(nodes: &[Node<'_>], sets: &mut Sets) {
    let surnames: BTreeSet<&str> = nodes
        .iter()
        .filter(|n| n.entity.entity_type == EntityType::Person)
        .filter_map(|n| Some(n.folded.rsplit_once(' ')?.1))
        .collect();
    join_by(nodes, sets, |n| {
        (n.named && !surnames.contains(n.folded.as_str())).then(|| n.folded.clone())
    });
}

#[derive(Default)]
struct Gathered {
    names: BTreeMap<String, u32>,
    types: BTreeMap<EntityType, u32>,
    /// The same where the type is no more than likely.
    guessed: BTreeMap<EntityType, u32>,
    aliases: BTreeMap<String, (u32, ReportIx, Span)>,
    roles: BTreeMap<String, (u32, ReportIx, Span)>,
    link: Option<Link>,
    mentions: u32,
    reports: BTreeSet<ReportIx>,
    nodes: Vec<(u32, u32)>,
    named: bool,
}

fn gather(views: &[View<'_>], nodes: &[Node<'_>], sets: &mut Sets) -> Cast {
    let mut gathered: BTreeMap<usize, Gathered> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        let (view, entity) = (&views[node.report as usize], node.entity);
        let slot = gathered.entry(sets.root(at)).or_default();
        slot.nodes.push((node.report, node.index));
        slot.link = slot.link.take().or_else(|| entity.link.clone());
        slot.named |= node.named;
        for mention in entity
            .mentions
            .iter()
            .filter_map(|m| view.analysis.mentions.get(*m as usize))
        {
            slot.mentions += 1;
            slot.reports.insert(node.report);
            // a name of one word goes for a person's where nothing shows what it is: then others that know better decide
            let shown = mention.entity_type != EntityType::Person || shows_a_person(entity);
            let types = if shown { &mut slot.types } else { &mut slot.guessed };
            *types.entry(mention.entity_type).or_default() += 1;
            let span = if mention.form == MentionForm::Name {
                mention.span
            } else {
                mention.full
            };
            if mention.form != MentionForm::Pronoun
                && let Some(words) = span.get(view.article.text())
            {
                let words = words.trim();
                if mention.form == MentionForm::Name {
                    *slot.names.entry(words.to_owned()).or_default() += 1;
                    if let Some(titled) = titled(view, mention) {
                        note(
                            &mut slot.aliases,
                            titled.of(view.article.text()),
                            node.report,
                            titled,
                        );
                    }
                }
                note(&mut slot.aliases, words, node.report, span);
            }
        }
        *slot.names.entry(entity.name.clone()).or_default() += 0;
        for role in &entity.roles {
            if let Some(words) = role.get(view.article.text()) {
                note(&mut slot.roles, words, node.report, *role);
            }
        }
    }
    let mut list: Vec<Gathered> = gathered
        .into_values()
        .filter(|g| g.mentions > 0 && (g.named || g.mentions > 1))
        .collect();
    list.sort_by_cached_key(|g| (std::cmp::Reverse(g.mentions), name_of(g), g.nodes[0]));
    let mut of = HashMap::new();
    let members = list
        .into_iter()
        .enumerate()
        .map(|(ix, g)| {
            of.extend(g.nodes.iter().map(|n| (*n, ix as CastIx)));
            CastMember {
                name: name_of(&g),
                entity_type: most(&g.types)
                    .or_else(|| most(&g.guessed))
                    .unwrap_or(EntityType::Other),
                aliases: aliases(views, &g.aliases),
                roles: aliases(views, &g.roles),
                link: g.link,
                mentions: g.mentions,
                reports: g.reports.into_iter().collect(),
            }
        })
        .collect();
    Cast { members, of }
}

/// The type that most mentions have.
fn most(types: &BTreeMap<EntityType, u32>) -> Option<EntityType> {
    let by_count = types.iter().max_by_key(|(t, n)| (**n, std::cmp::Reverse(**t)));
    by_count.map(|(t, _)| *t)
}

/// Whether its report shows that an entity is a person: a name of several words, a role, a gender, a known person.
fn shows_a_person(entity: &Entity) -> bool {
    entity.name.contains(' ') || !entity.roles.is_empty() || entity.gender.is_some() || entity.link.is_some()
}

/// Most words of a title that is shown with its name; a longer description is a role.
const TITLE_WORDS: usize = 2;

/// A person's name with a short title before it ("Mr Ames", "President Ann Ames").
fn titled(view: &View<'_>, mention: &Mention) -> Option<Span> {
    if mention.entity_type != EntityType::Person || mention.full.start() >= mention.span.start() {
        return None;
    }
    let text = view.article.text();
    let title = Span::at(mention.full.start(), mention.span.start()).get(text)?;
    let words: Vec<&str> = title.split_whitespace().collect();
    let fit =
        (1..=TITLE_WORDS).contains(&words.len()) && words.iter().all(|w| w.starts_with(char::is_uppercase));
    fit.then(|| Span::at(mention.full.start(), mention.span.end()).trimmed(text))
}

fn note(list: &mut BTreeMap<String, (u32, ReportIx, Span)>, words: &str, report: ReportIx, span: Span) {
    let slot = list.entry(words.to_lowercase()).or_insert((0, report, span));
    slot.0 += 1;
    if (report, span) < (slot.1, slot.2) {
        (slot.1, slot.2) = (report, span);
    }
}

/// The name with most words (four at most), then the most frequent one.
fn name_of(gathered: &Gathered) -> String {
    let best = gathered.names.iter().max_by_key(|(name, count)| {
        let words = name.split_whitespace().count();
        (
            if words > 4 { 0 } else { words },
            **count,
            std::cmp::Reverse((*name).clone()),
        )
    });
    best.map(|(name, _)| name.clone()).unwrap_or_default()
}

fn aliases(views: &[View<'_>], list: &BTreeMap<String, (u32, ReportIx, Span)>) -> Vec<Alias> {
    let mut sorted: Vec<_> = list.values().collect();
    sorted.sort_by_key(|(count, report, span)| (std::cmp::Reverse(*count), *report, *span));
    let alias = |(count, report, span): &(u32, ReportIx, Span)| {
        Some(Alias {
            passage: views[*report as usize].passage(*span)?,
            count: *count,
        })
    };
    sorted.into_iter().filter_map(alias).collect()
}

/// Sets that can be joined.
pub struct Sets(Vec<usize>);

impl Sets {
    pub fn new(length: usize) -> Self {
        Self((0..length).collect())
    }

    pub fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    /// The smaller root stays.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}
