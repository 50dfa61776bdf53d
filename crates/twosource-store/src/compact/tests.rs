use proptest::prelude::*;
use twosource_model::{ArticleId, Relation, Sentence, Span, Token, Upos, Xpos};

use super::*;
use crate::Store;

fn round(article: &Article, analysis: &Analysis) -> usize {
    let store = Store::open_in_memory().unwrap();
    let beside = Beside {
        name: article.id.as_str(),
        title: article.title(),
        text: article.text(),
        known: &["2030-05-01"],
    };
    let bytes = annotation_to_bytes(article, analysis, &beside, &store).unwrap();
    let unlinked = annotation_from_bytes(&bytes, &beside, store.tags()).unwrap();
    let (read, read_analysis) = unlinked.linked(&store).unwrap();
    assert_eq!(&read, article);
    assert_eq!(&read_analysis, analysis);
    bytes.len()
}

fn article(text: &str) -> Article {
    Article::of_text(ArticleId::new("a"), "Title", text)
}

fn blank(article: &Article) -> Analysis {
    Analysis::empty(article.id.clone(), article.revision(), LanguageCode::ENGLISH)
}

fn token(start: usize, end: usize, lemma: &str, head: Option<u32>) -> Token {
    Token {
        span: Span::at(start, end),
        upos: Upos::Verb,
        xpos: Xpos::Vbd,
        lemma: lemma.into(),
        head,
        relation: Relation::Root,
    }
}

#[test]
fn tokens_come_back() {
    let read = article("Ärzte went İstanbul, didn't they?");
    let mut analysis = blank(&read);
    round(&read, &analysis);
    analysis.tokens = vec![
        token(0, 6, "arzt", Some(1)),
        token(7, 11, "go", None),
        token(12, 21, "İstanbul", Some(1)),
        token(21, 22, ",", Some(1)),
        token(23, 26, "do", Some(1)),
        token(26, 29, "not", Some(0)),
        token(30, 34, "they", Some(5)),
        token(34, 35, "?", Some(1)),
    ];
    round(&read, &analysis);
    analysis.sentences = vec![
        Sentence {
            span: Span::at(0, 22),
            first_token: 0,
            end_token: 4,
            paragraph: 0,
        },
        Sentence {
            span: Span::at(23, 35),
            first_token: 4,
            end_token: 8,
            paragraph: 0,
        },
    ];
    round(&read, &analysis);
    // tokens that lie over one another, and heads that lead nowhere, keep their own form
    analysis.tokens[3].span = Span::at(20, 22);
    round(&read, &analysis);
    analysis.tokens[3] = token(21, 22, ",", Some(99));
    round(&read, &analysis);
}

#[test]
fn values_come_back() {
    let read = article("On Monday the river rose by 3.5 metres in Vienna, officials said.");
    let store = Store::open_in_memory().unwrap();
    let values = serde_json::json!({
        "some": [1, 2, 3, 3, -7, 1_000_000_007_u64, u64::MAX, i64::MIN, 0.1, 2.0, -0.0, 1e300],
        "same": [[3, 9], [3, 9], [0, 0], [9, 3], [70, 900], ["Monday", "Vienna", "vienna", "2030-05-03", "2030-02-31"]],
        "objects": [{"a": "x", "b": null}, {"a": "x", "b": true}, {"a": "x", "c": {}}, {}],
        "": "", "long": "ümlaut ".repeat(50),
    });
    let grid = Grid::empty();
    let bytes = prior::with(prior::NEWEST, |chances, lists| {
        let mut writer = Writer::new(chances);
        Tree::new(read.text(), &grid, lists, ["Monday"].into_iter()).value(&mut writer, Some(&values));
        Ok(writer.finish())
    })
    .unwrap();
    let back = prior::with(prior::NEWEST, |chances, lists| {
        let mut reader = Reader::new(&bytes, chances);
        Ok(Tree::new(read.text(), &grid, lists, ["Monday"].into_iter()).value(&mut reader, None))
    })
    .unwrap();
    assert_eq!(back.unwrap().to_string(), values.to_string());
    drop(store);
}

#[test]
fn what_was_learnt_is_forgotten() {
    let read = article("A word. A word. A word.");
    let analysis = blank(&read);
    assert_eq!(round(&read, &analysis), round(&read, &analysis));
}

proptest! {
    #[test]
    fn any_text_comes_back(text in "\\PC{0,200}", cuts in proptest::collection::vec((1..9_usize, 0..9_u32), 0..40)) {
        let read = article(&text);
        let mut analysis = blank(&read);
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut at = 0;
        let count = cuts.len() as u32;
        for (step, head) in cuts {
            let Some(next) = ends.get(at + step) else { break };
            analysis.tokens.push(token(ends[at], *next, &text[ends[at]..*next].to_uppercase(), (head < count).then_some(head)));
            at += step;
        }
        round(&read, &analysis);
    }

    #[test]
    fn any_bytes_are_refused_or_read(bytes: Vec<u8>) {
        read_any(bytes);
    }
}

fn read_any(mut bytes: Vec<u8>) {
    let store = Store::open_in_memory().unwrap();
    bytes.insert(0, prior::NEWEST);
    let beside = Beside {
        name: "a",
        title: "t",
        text: "Some words, and some more of them.",
        known: &[],
    };
    let _ = annotation_from_bytes(&bytes, &beside, store.tags()).and_then(|read| read.linked(&store));
}

#[test]
fn a_gap_past_the_end_of_all_numbers_is_refused() {
    read_any(vec![236]);
}
