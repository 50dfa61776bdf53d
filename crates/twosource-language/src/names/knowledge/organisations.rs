//! Organisations of the news.

use std::sync::OnceLock;

use super::countries::{Country, country};
use super::key::{Key, KeyMap};
use super::table::{list, rows};

/// What kind of organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrganisationKind {
    /// Between governments.
    International,
    /// Of a government.
    Government,
    /// Armed forces of a state.
    Military,
    /// Political party.
    Party,
    /// Armed group.
    Armed,
    /// Company.
    Company,
    /// Press, broadcaster, agency.
    Media,
    /// Charity, association.
    Civil,
    /// Club, team, league.
    Sport,
    /// University, institute.
    Education,
    /// None of these.
    Other,
}

/// An organisation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Organisation {
    /// Title in the English Wikipedia.
    pub title: &'static str,
    /// Kind.
    pub kind: OrganisationKind,
    /// Where it belongs.
    pub country: Option<&'static Country>,
    /// CAMEO actor code where it is not its country's.
    pub code: Option<&'static str>,
    aliases: &'static str,
}

impl Organisation {
    /// Actor code: its country's where it belongs to one, else its own.
    #[must_use]
    pub fn actor_code(&self) -> Option<&'static str> {
        self.country.map(|country| country.alpha3).or(self.code)
    }

    /// Its title without the part in brackets, and its other names.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let plain = self.title.split(" (").next().unwrap_or(self.title);
        std::iter::once(plain).chain(list(self.aliases))
    }
}

type Read = (Vec<Organisation>, KeyMap<(u32, bool)>);

fn organisations() -> &'static Read {
    static ORGANISATIONS: OnceLock<Read> = OnceLock::new();
    ORGANISATIONS.get_or_init(|| {
        let mut all = Vec::new();
        let mut by_name = KeyMap::default();
        for [title, kind, alpha2, code, aliases] in rows::<5>(include_str!("../../../data/organisations.tsv"))
        {
            let organisation = Organisation {
                title,
                kind: kind_of(kind),
                country: country(alpha2),
                code: (!code.is_empty()).then_some(code),
                aliases,
            };
            for name in organisation.names() {
                let acronym = is_acronym(name);
                by_name
                    .entry(Key::of(name))
                    .or_insert((all.len() as u32, acronym));
            }
            all.push(organisation);
        }
        (all, by_name)
    })
}

fn kind_of(kind: &str) -> OrganisationKind {
    match kind {
        "igo" => OrganisationKind::International,
        "government" => OrganisationKind::Government,
        "military" => OrganisationKind::Military,
        "party" => OrganisationKind::Party,
        "armed" => OrganisationKind::Armed,
        "company" => OrganisationKind::Company,
        "media" => OrganisationKind::Media,
        "ngo" => OrganisationKind::Civil,
        "sport" => OrganisationKind::Sport,
        "education" => OrganisationKind::Education,
        _ => OrganisationKind::Other,
    }
}

fn is_acronym(name: &str) -> bool {
    !name.chars().any(char::is_lowercase)
}

/// The organisation of this name. An acronym counts in capitals only ("WHO" against "who").
#[must_use]
pub fn organisation_named(name: &str) -> Option<&'static Organisation> {
    let (all, by_name) = organisations();
    let name = name
        .strip_prefix("the ")
        .or_else(|| name.strip_prefix("The "))
        .unwrap_or(name);
    let (at, acronym) = by_name.get(&Key::of(name))?;
    (!acronym || is_acronym(name)).then(|| &all[*at as usize])
}

/// All organisations, for the gazetteer.
pub(crate) fn all_organisations() -> &'static [Organisation] {
    &organisations().0
}
