//! Places that are neither a country nor a city: regions of the world, seas, buildings.

use std::sync::OnceLock;

use super::countries::{Country, country};
use super::key::{Key, KeyMap};
use super::table::{list, number, rows};

/// A place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OtherPlace {
    /// Title in the English Wikipedia.
    pub title: &'static str,
    /// Where it lies, if in one country.
    pub country: Option<&'static Country>,
    /// Degrees north and east.
    pub coordinates: Option<(f32, f32)>,
    aliases: &'static str,
}

impl OtherPlace {
    /// Its title without the part in brackets, and its other names.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let plain = self.title.split(" (").next().unwrap_or(self.title);
        std::iter::once(plain).chain(list(self.aliases))
    }
}

fn places() -> &'static (Vec<OtherPlace>, KeyMap<u32>) {
    static PLACES: OnceLock<(Vec<OtherPlace>, KeyMap<u32>)> = OnceLock::new();
    PLACES.get_or_init(|| {
        let mut all = Vec::new();
        let mut by_name = KeyMap::default();
        for [title, alpha2, latitude, longitude, aliases] in
            rows::<5>(include_str!("../../../data/places.tsv"))
        {
            let place = OtherPlace {
                title,
                country: country(alpha2),
                coordinates: number(latitude).zip(number(longitude)),
                aliases,
            };
            for name in place.names() {
                by_name.entry(Key::of(name)).or_insert(all.len() as u32);
            }
            all.push(place);
        }
        (all, by_name)
    })
}

/// The place of this name.
#[must_use]
pub fn place_named(name: &str) -> Option<&'static OtherPlace> {
    let (all, by_name) = places();
    by_name.get(&Key::of(name)).map(|at| &all[*at as usize])
}

/// All places, for the gazetteer.
pub(crate) fn all_places() -> &'static [OtherPlace] {
    &places().0
}
