use std::sync::OnceLock;

use proptest::prelude::*;

use super::super::choice::{Choice, SLOTS};
use super::super::model::{self, Model};
use super::super::parser::ParseBuffers;
use super::super::tagger::TagBuffers;
use super::super::word::Word;
use super::heads::{Candidate, candidates};
use super::*;

fn english() -> &'static Model {
    model::english().expect("a model")
}

/// A look whose weights look random: it changes all that may be changed.
fn restless() -> &'static SecondLook {
    static LOOK: OnceLock<SecondLook> = OnceLock::new();
    LOOK.get_or_init(|| {
        let choice = |by: u32| {
            let weights = (0..SLOTS as u32).map(|at| (at.wrapping_mul(by) >> 24) as i8);
            Choice::new(weights.collect())
        };
        SecondLook {
            tags: choice(0x9E37_79B1),
            heads: choice(0x85EB_CA6B),
            relations: choice(0xC2B2_AE35),
            lists: english().second.as_ref().expect("a second look").lists.clone(),
        }
    })
}

/// Tags and tree of a sentence by this look, as sure as `lead` of all decisions; how many heads are new.
fn looked_at(sentence: &str, look: &SecondLook, lead: i32) -> (ParseBuffers, usize) {
    let model = english();
    let words: Vec<Word> = sentence.split(' ').map(Word::of).collect();
    let (mut tagged, mut parsed) = (TagBuffers::default(), ParseBuffers::default());
    let (mut tags, mut buffers) = (Vec::new(), Buffers::default());
    model.tagger.tag(&words, &mut tagged, &mut tags);
    look.revise_tags(&tagged, &words, &mut tags, &mut buffers);
    let set = &model.tagger.tags;
    model
        .parser
        .parse(&words, &tags, tagged.entries(), set, &mut parsed);
    let before = parsed.state.heads.clone();
    parsed.leads.fill(lead);
    look.revise_tree(&mut parsed, &mut buffers);
    let pairs = before.iter().zip(&parsed.state.heads);
    let changed = pairs.filter(|(before, now)| before != now).count();
    (parsed, changed)
}

#[test]
fn the_shipped_look_is_read_and_written_the_same() {
    let bytes = include_bytes!("../../../models/second-look-en.bin");
    let look = SecondLook::read(bytes).expect("a readable model");
    assert_eq!(look.write(), bytes);
    assert!(SecondLook::read(&bytes[..bytes.len() / 2]).is_none());
    assert!(SecondLook::read(b"something else").is_none());
}

#[test]
fn what_was_sure_stays() {
    let (_, changed) = looked_at("The mayor left the hall before the vote .", restless(), i32::MAX);
    assert_eq!(changed, 0);
}

#[test]
fn a_head_is_sought_above_beside_and_below() {
    // saw -> (she, man -> (the, with -> telescope), .)
    let heads = [1, 6, 3, 1, 5, 3];
    let mut view = super::super::transition::ParseView::default();
    let words: Vec<Word> = "She saw the man with telescopes"
        .split(' ')
        .map(Word::of)
        .collect();
    let model = english();
    let mut tags = Vec::new();
    let mut tagged = TagBuffers::default();
    model.tagger.tag(&words, &mut tagged, &mut tags);
    view.fill(&words, &tags, tagged.entries(), |tag| {
        model.tagger.tags.pair(tag).0 as u8
    });
    let mut tree = Tree::default();
    tree.fill(&view, &heads, &[0; 6]);
    let parsed = Parsed {
        view: &view,
        groups: &[],
        tree: &tree,
    };
    let mut found = Vec::new();
    for (word, expected) in [
        // its head, the word above that
        (5, vec![3, 1]),
        // its head; the root; "She" at the left edge; the dependent that may take its place
        (3, vec![1, 6, 5]),
        (1, vec![6, 0, 3]),
    ] {
        candidates(&parsed, word, &mut found);
        let heads: Vec<u32> = found.iter().map(|c: &Candidate| c.head).collect();
        assert_eq!(heads, expected, "word {word}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_change_leaves_a_tree(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "the", "minister", "said", "that", "talks", "with", "Ana", "Ruiz", "and", "failed", ",", "in", "Paris",
                "to", "close", "new", "plants", "quickly", ".", "which",
            ]),
            1..40,
        ),
    ) {
        let (parsed, _) = looked_at(&words.join(" "), restless(), 0);
        let heads = &parsed.state.heads;
        let root = heads.len() as u32;
        prop_assert_eq!(heads.iter().filter(|head| **head == root).count(), 1);
        for mut word in 0..root {
            for _ in 0..heads.len() {
                if word < root {
                    word = heads[word as usize];
                }
            }
            prop_assert_eq!(word, root);
        }
    }
}

#[test]
fn a_restless_look_changes_something() {
    let (_, changed) = looked_at(
        "The minister said that talks with Ana Ruiz failed .",
        restless(),
        0,
    );
    assert!(changed > 0);
}
