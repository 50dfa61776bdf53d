//! Every sentence of a report is told in the account, or named among those that are not; drawn reports, fixed seeds.

mod one_story;

use std::collections::BTreeSet;

use one_story::one_story;
use proptest::prelude::*;
use twosource_account::{Settings, Source, tell};
use twosource_language::analyze;
use twosource_model::{Account, Analysis, Article, ArticleId, LanguageCode, Role, Span, UntoldReason};
use twosource_stories::Item;

/// Paragraphs as news has them, long and short, whole and broken.
const PARAGRAPHS: &[&str] = &[
    "Four workers died in the fire at the tank farm in Ostrand, the fire service said on Monday.",
    "Police confirm two deaths.",
    "Why did the sprinklers fail? Nobody could say.",
    "What we know",
    "No.",
    "Attendance: 41,250",
    "“We were never told,” said Solveig Ask, the mayor. She wants an inquiry.",
    "It was not clear what had started the fire.",
    "10.05: Trains are cancelled until Wednesday.",
    "Ten dead. Four missing. One ship.",
    "OSTRAND — The owner, Kelder, will not pay.",
    "Picture: Jon Dahl",
    "Bo Ek contributed to this report.",
    "he said.",
    "- A boat\n- A lorry\n- Two cranes",
    "Die Feuerwehr sprach von vier Toten.",
    "Correction: An earlier version of this report gave the wrong day.",
    "“They say that it is late. It is not late at all.",
    "Kelder said it had halted work; its shares fell 4 per cent, and the union, which had warned of it, left the talks.",
    "!!! — …",
    "",
];

/// Most words of a line of [`PARAGRAPHS`] that tells nothing, having no verb.
const LONGEST_FRAGMENT: usize = 3;

fn article(at: usize, paragraphs: &[usize], headed: bool) -> Article {
    let text: Vec<&str> = paragraphs
        .iter()
        .map(|p| PARAGRAPHS[*p])
        .filter(|p| !p.is_empty())
        .collect();
    let mut article = Article::of_text(
        ArticleId::new(&format!("r{at}")),
        "Fire at the tank farm",
        &text.join("\n\n"),
    );
    if let Some(first) = article.paragraphs.first_mut().filter(|_| headed) {
        first.role = Role::Heading;
    }
    article.language = Some(LanguageCode::ENGLISH);
    article
}

fn account(articles: &[Article], analyses: &[Analysis]) -> Account {
    let items: Vec<Item<'_>> = articles
        .iter()
        .zip(analyses)
        .map(|(article, analysis)| Item { article, analysis })
        .collect();
    let sources: Vec<Source<'_>> = articles
        .iter()
        .zip(analyses)
        .map(|(article, analysis)| Source { article, analysis })
        .collect();
    tell(&one_story(&items), &sources, &Settings::default())
}

/// The spans of one report that the account cites, whatever for.
fn cited(account: &Account, id: &ArticleId) -> Vec<Span> {
    let report = account
        .reports
        .iter()
        .find(|r| r.article.id == *id)
        .expect("the report");
    let statements = account
        .statements
        .iter()
        .flat_map(|s| &s.renderings)
        .map(|r| &r.passage);
    let said = account
        .utterances
        .iter()
        .flat_map(|u| &u.renderings)
        .flat_map(|r| &r.pieces);
    let open = account.open_questions.iter().map(|q| &q.passage);
    let notes = account.corrections.iter().filter_map(|c| c.note.as_ref());
    let untold = report.untold.iter().map(|u| &u.passage);
    let all = statements.chain(said).chain(open).chain(notes).chain(untold);
    all.filter(|p| p.anchor().article == *id)
        .map(|p| p.anchor().span)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, rng_seed: proptest::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn every_sentence_is_told_or_named(
        drawn in prop::collection::vec((prop::collection::vec(0..PARAGRAPHS.len(), 1..9), any::<bool>()), 1..4)
    ) {
        let articles: Vec<Article> =
            drawn.iter().enumerate().map(|(at, (paragraphs, headed))| article(at, paragraphs, *headed)).collect();
        let settings = twosource_language::Settings::default();
        let analyses: Vec<Analysis> = articles.iter().map(|a| analyze(a, &settings)).collect();
        let account = account(&articles, &analyses);
        // what has a verb and more than a few words is told
        for untold in account.reports.iter().flat_map(|r| &r.untold) {
            let few = untold.passage.text().split_whitespace().count() <= LONGEST_FRAGMENT;
            prop_assert!(few || untold.reason != UntoldReason::Fragment, "not told: {untold:?}");
        }
        // the same question asked by two reports is cited from the first
        let questions: BTreeSet<&str> = account.open_questions.iter().map(|q| q.passage.text()).collect();
        for (article, analysis) in articles.iter().zip(&analyses) {
            let cited = cited(&account, &article.id);
            for sentence in &analysis.sentences {
                let words = sentence.span.of(article.text()).trim();
                let says = words.chars().any(char::is_alphanumeric);
                let held = cited.iter().any(|span| span.overlaps(sentence.span)) || questions.contains(words);
                prop_assert!(!says || held, "lost: {words:?} of {:?}", article.text());
            }
        }
    }
}

#[test]
fn what_is_not_told_says_why() {
    for (text, reason, words) in [
        (
            "Four workers died in the fire on Monday.\n\nWhy did the sprinklers fail?",
            "question",
            "Why did",
        ),
        (
            "Four workers died in the fire on Monday.\n\nNo.",
            "fragment",
            "No.",
        ),
        (
            "Four workers died in the fire on Monday.\n\nBo Ek contributed to this report.",
            "credit",
            "Bo Ek",
        ),
    ] {
        let mut article = Article::of_text(ArticleId::new("r"), "Fire", text);
        article.language = Some(LanguageCode::ENGLISH);
        let analysis = analyze(&article, &twosource_language::Settings::default());
        let account = account(&[article], &[analysis]);
        let untold: Vec<(&str, &str)> = account.reports[0]
            .untold
            .iter()
            .map(|u| (u.reason.as_str(), u.passage.text()))
            .collect();
        assert!(
            untold.len() == 1 && untold[0].0 == reason && untold[0].1.starts_with(words),
            "{untold:?}"
        );
    }
}
