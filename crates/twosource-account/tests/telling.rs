//! A story told again and again while its reports come in reads as it does when it is told once.

mod one_story;

use one_story::one_story;
use proptest::prelude::*;
use twosource_account::{Settings, Source, Telling, tell};
use twosource_language::analyze;
use twosource_model::{
    Analysis, Article, ArticleId, Confidence, DateSource, DatedEvidence, LanguageCode, Outlet, Story,
};
use twosource_stories::Item;

/// Sentences of which each report tells some; many of them tell the same in other words.
const SENTENCES: &[&str] = &[
    "At least four people died when the ferry sank off Port Ansel on Monday.",
    "The ferry sank near Port Ansel on Monday, killing six people.",
    "“We heard a bang and then the lights went out,” said the cook, Ada Brandt.",
    "Cook Ada Brandt said they heard a bang before the lights went out.",
    "The harbour master, Jonas Wiell, denied that the ferry had been overloaded.",
    "Divers searched the wreck for 12 hours, the coast guard said.",
    "The coast guard said divers had searched for 14 hours.",
    "It was not clear how many people had been on board.",
    "The company sent boats from Ostmark, Velby and Tarn.",
    "Boats came from Ostmark, Velby, Tarn and Holm.",
    "A new ferry will be built next year for 3.5 million euros.",
    "The weather was calm, and the sea was flat.",
    "The fire destroyed 40 percent of the ferry terminal in Velby.",
    "The fire destroyed 65 percent of the ferry terminal in Velby.",
];

/// The report that tells these sentences, of a day of March where one is given.
fn report(number: usize, told: &[usize], day: Option<i8>) -> (Article, Analysis) {
    let sentences: Vec<&str> = told.iter().map(|at| SENTENCES[*at]).collect();
    let mut article = Article::of_text(
        ArticleId::new(&format!("r{number}")),
        SENTENCES[told[0]].trim_end_matches('.'),
        &sentences.join(" "),
    );
    article.language = Some(LanguageCode::ENGLISH);
    article.published = day.map(|day| {
        let evidence = format!("2026-03-{day:02}");
        DatedEvidence {
            moment: evidence.parse().unwrap(),
            until: None,
            source: DateSource::Given,
            evidence,
            confidence: Confidence::High,
        }
    });
    article.outlet = Some(Outlet {
        name: format!("Paper {}", number % 4),
        host: None,
    });
    let analysis = analyze(&article, &twosource_language::Settings::default());
    (article, analysis)
}

fn story(reports: &[&(Article, Analysis)]) -> Story {
    let items: Vec<Item<'_>> = reports
        .iter()
        .map(|(article, analysis)| Item { article, analysis })
        .collect();
    one_story(&items)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_kept_telling_tells_what_a_fresh_one_tells(
        told in prop::collection::vec((prop::collection::vec(0..SENTENCES.len(), 1..6), prop::option::of(1..20_i8)), 2..8),
        steps in prop::collection::vec(prop::collection::vec(any::<prop::sample::Index>(), 1..8), 1..5),
    ) {
        let reports: Vec<(Article, Analysis)> =
            told.iter().enumerate().map(|(number, (told, day))| report(number, told, *day)).collect();
        let mut telling = Telling::default();
        // some come in, others are taken out again, the order is any; in the end all are there
        let all = (0..reports.len()).collect();
        let steps = steps.iter().map(|step| step.iter().map(|at| at.index(reports.len())).collect());
        for step in steps.chain([all]) {
            let step: Vec<usize> = step;
            let here: Vec<&(Article, Analysis)> = step.iter().map(|at| &reports[*at]).collect();
            let story = story(&here);
            let sources: Vec<Source<'_>> =
                here.iter().map(|(article, analysis)| Source { article, analysis }).collect();
            let settings = Settings::default();
            prop_assert_eq!(telling.tell(&story, &sources, &settings), tell(&story, &sources, &settings));
        }
    }
}

#[test]
fn a_report_whose_day_is_worked_out_anew_is_told_anew() {
    // an undated report beside reports of more than six days is of the first of them; a share is of its week
    let many = 40;
    let told = [vec![12], vec![13], vec![11]];
    let days = [Some(12), None, Some(5)].into_iter();
    let weather = std::iter::repeat_n((Some(6), vec![11]), many);
    let reports: Vec<(Article, Analysis)> = days
        .zip(told)
        .chain(weather)
        .chain([(Some(4), vec![11])])
        .enumerate()
        .map(|(number, (day, told))| report(number, &told, day))
        .collect();
    let settings = Settings::default();
    let mut telling = Telling::default();
    let mut shares = Vec::new();
    for count in [reports.len() - 1, reports.len()] {
        let here: Vec<&(Article, Analysis)> = reports[..count].iter().collect();
        let sources: Vec<Source<'_>> = here
            .iter()
            .map(|(article, analysis)| Source { article, analysis })
            .collect();
        let story = story(&here);
        let account = telling.tell(&story, &sources, &settings);
        assert_eq!(account, tell(&story, &sources, &settings));
        shares.push(account.differences.len());
    }
    assert_eq!(shares, [1, 0]);
}

#[test]
fn a_report_that_is_read_anew_is_told_anew() {
    let (article, read) = report(0, &[0, 2], None);
    let other = report(1, &[1, 3], None);
    let mut blank = read.clone();
    blank.numbers.clear();
    blank.quotes.clear();
    let mut telling = Telling::default();
    for analysis in [read, blank] {
        let reading = (article.clone(), analysis);
        let here = [&reading, &other];
        let sources = here.map(|(article, analysis)| Source { article, analysis });
        let story = story(&here);
        let settings = Settings::default();
        assert_eq!(
            telling.tell(&story, &sources, &settings),
            tell(&story, &sources, &settings)
        );
    }
}
