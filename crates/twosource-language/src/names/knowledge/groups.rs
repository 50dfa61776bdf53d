//! Peoples, faiths and political camps.

use std::sync::OnceLock;

use super::countries::{Country, country};
use super::key::{Key, KeyMap};
use super::table::rows;

/// A group of people under one word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    /// As written.
    pub form: &'static str,
    /// Title in the English Wikipedia.
    pub title: &'static str,
    /// The country it belongs to, if it is of one.
    pub country: Option<&'static Country>,
}

fn groups() -> &'static (Vec<Group>, KeyMap<u32>) {
    static GROUPS: OnceLock<(Vec<Group>, KeyMap<u32>)> = OnceLock::new();
    GROUPS.get_or_init(|| {
        let mut all = Vec::new();
        let mut by_form = KeyMap::default();
        for [form, title, _, alpha2] in rows::<4>(include_str!("../../../data/groups.tsv")) {
            by_form.insert(Key::of(form), all.len() as u32);
            all.push(Group {
                form,
                title,
                country: country(alpha2),
            });
        }
        (all, by_form)
    })
}

/// The group that this word names; its first letter has to be a capital.
#[must_use]
pub fn group_named(word: &str) -> Option<Group> {
    let (all, by_form) = groups();
    word.starts_with(char::is_uppercase)
        .then(|| by_form.get(&Key::of(word)).map(|at| all[*at as usize]))
        .flatten()
}

/// All groups, for the gazetteer.
pub(crate) fn all_groups() -> &'static [Group] {
    &groups().0
}
