//! What class and id names tell of an element: groups of words of `data/class_cues.tsv`, as bits.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::page::{AttributeName, NodeId, Page};

static TABLE: &str = include_str!("../data/class_cues.tsv");

/// Longest attribute value that is looked at, in bytes.
const LONGEST_VALUE: usize = 400;

/// Bits of the groups in [`group_names`], in its order.
pub(crate) type Groups = u32;

struct Table {
    finder: AhoCorasick,
    group_of_word: Vec<u8>,
    names: Vec<&'static str>,
}

/// Names of the groups.
pub(crate) fn group_names() -> &'static [&'static str] {
    &table().names
}

/// The groups that an element's class, id and test names speak of.
pub(crate) fn groups_of(page: &Page<'_>, id: NodeId) -> Groups {
    spoken_values(page, id).fold(0, |groups, value| groups | groups_of_value(value))
}

/// The values of an element's attributes that speak of what it is, as they stand.
pub(crate) fn spoken_values<'p>(page: &Page<'p>, id: NodeId) -> impl Iterator<Item = &'p str> {
    let source = page.source;
    page.attributes_of(id).iter().filter_map(move |attribute| {
        let speaks = matches!(
            attribute.name,
            AttributeName::Class
                | AttributeName::Id
                | AttributeName::DataTestid
                | AttributeName::DataComponent
                | AttributeName::DataQa
                | AttributeName::Itemprop
        );
        let value = attribute.raw(source);
        (speaks && value.len() <= LONGEST_VALUE).then_some(value)
    })
}

/// The groups that one value speaks of.
pub(crate) fn groups_of_value(value: &str) -> Groups {
    let table = table();
    table
        .finder
        .find_overlapping_iter(value)
        .fold(0, |groups, found| {
            groups | 1 << table.group_of_word[found.pattern().as_usize()]
        })
}

fn table() -> &'static Table {
    static LOADED: OnceLock<Table> = OnceLock::new();
    LOADED.get_or_init(|| {
        let (mut words, mut group_of_word, mut names) = (Vec::new(), Vec::new(), Vec::new());
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let Some((name, list)) = line.split_once('\t') else {
                continue;
            };
            for word in list.split(' ') {
                words.push(word);
                group_of_word.push(u8::try_from(names.len()).unwrap_or(31).min(31));
            }
            names.push(name);
        }
        let finder = AhoCorasick::builder()
            // small enough for the fast form: below 2 MB each, built once
            .kind(Some(AhoCorasickKind::DFA))
            .ascii_case_insensitive(true)
            .build(words);
        Table {
            finder: finder
                .unwrap_or_else(|_| unreachable!("the table of words is far below the automaton's bounds")),
            group_of_word,
            names,
        }
    })
}
