//! Who said what, as marked text: `<q>` content, `<c>` cue, `<s>` speaker.

use proptest::prelude::*;
use twosource_model::{Article, ArticleId, LanguageCode, QuoteAct};
use twosource_testkit::Marked;

use crate::{Settings, analyze};

/// All quotes of the text are exactly those that are marked, in order.
fn check(language: &str, marked: &str) {
    let marked = Marked::parse(marked);
    let mut article = marked.article();
    article.language = LanguageCode::of_tag(language);
    let analysis = analyze(&article, &Settings::default());
    let words = |spans: Vec<twosource_model::Span>| -> Vec<String> {
        spans
            .into_iter()
            .map(|span| span.of(article.text()).trim_matches([',', '.', ' ']).to_owned())
            .collect()
    };
    let found = |pick: fn(&twosource_model::Quote) -> &Vec<twosource_model::Span>| {
        words(
            analysis
                .quotes
                .iter()
                .flat_map(|quote| pick(quote).clone())
                .collect(),
        )
    };
    let wanted = |label: &str| words(marked.spans(label));
    assert_eq!(
        found(|quote| &quote.content),
        wanted("q"),
        "content in {:?}",
        marked.text
    );
    assert_eq!(found(|quote| &quote.cue), wanted("c"), "cue in {:?}", marked.text);
    assert_eq!(
        found(|quote| &quote.speaker),
        wanted("s"),
        "speaker in {:?}",
        marked.text
    );
}

#[test]
fn marked_words_are_quotes_with_cue_and_speaker() {
    for marked in [
        "“<q>We will rebuild the harbour by spring,</q>” <c>said</c> <s>Anna Berg</s>.",
        "<s>Anna Berg</s> <c>said</c>: “<q>We will rebuild the harbour by spring.</q>”",
        "\"<q>We are late</q>,\" <s>she</s> <c>said</c>. \"<q>We will hurry.</q>\"",
    ] {
        check("en", marked);
    }
}

#[test]
fn the_clause_behind_the_marks_names_the_speaker() {
    for marked in [
        // a title in the clause is no quote and does not part the two halves
        "“<q>We are late</q>,” <s>Berg</s> <c>said</c> on “Morning Hour.” “<q>We will hurry.</q>”",
        "“<q>They told me, ‘It is late,’</q>” <c>said</c> <s>Anna Berg</s>, who runs the harbour.",
        "“<q>We are late</q>,” <s>Berg</s>, 49, <c>told</c> the council. “<q>We will hurry.</q>”",
        "“<q>We are late</q>,” <s>Anna Berg, a member of the board of the harbour of the city</s>, <c>said</c>.",
        // a clause that ends with a colon leads into what follows
        "The board met. “<q>Will the harbour be rebuilt by spring?</q>” <s>Berg</s> <c>replied</c>: “<q>We will hurry.</q>”",
    ] {
        check("en", marked);
    }
}

#[test]
fn a_name_behind_a_dash_or_before_a_colon_speaks() {
    for marked in [
        "The mayors were asked.\n\n“<q>We will not wait for the ferry any longer.</q>” ― <s>Anna Berg</s>",
        "“<q>We will not wait for the ferry any longer.</q>”\n\n— <s>Anna Berg</s>, harbour office",
        "Both were asked. <s>Berg</s>: “<q>We will not wait for the ferry any longer.</q>”",
    ] {
        check("en", marked);
    }
}

#[test]
fn words_behind_a_label_are_told() {
    for marked in [
        "<s>Berg</s>: <q>The ferry will not stay in the harbour for another winter</q>",
        "The meeting went on.\n\n<s>BERG</s>: <q>The ferry will not stay.</q>\n\n<s>HOLM</s>: <q>But why is it so</q>?\n\n\
         <s>BERG</s>: <q>It is late in the year.</q>",
        "Correction: The ferry left the harbour on Friday.",
    ] {
        check("en", marked);
    }
}

#[test]
fn questions_and_answers_are_told_in_turns() {
    for marked in [
        "A talk with the harbour master.\n\n<s>Q</s>: <q>Why now</q>?\n\n<s>A</s>: <q>It is late in the year.</q>\n\n\
         <q>We have waited long enough.</q>\n\n<s>Q</s>: <q>And the ferry</q>?\n\n<s>A</s>: <q>It stays.</q>",
        "Both met again.\n\n\"<s>BERG</s>: <q>The ferry will not stay.</q>\n\n\"<s>HOLM</s>: <q>Not at all</q>?\n\n\
         \"<s>BERG</s>: <q>Not at all.</q>\n\n(LAUGHTER.)\n\n\"<s>HOLM</s>: <q>Thank you.</q>\"",
        // one label alone is no talk
        "What we know.\n\nWHERE: The harbour.\n\nWHEN: On Friday.",
    ] {
        check("en", marked);
    }
}

#[test]
fn a_clause_with_that_is_told_further_behind_its_cue() {
    for marked in [
        "<s>Anna Berg</s> <c>told</c> reporters at a meeting in the harbour <q>that the ferry would stay</q>.",
        "<s>Anna Berg</s> is <c>convinced</c> <q>that the ferry will stay</q>.",
    ] {
        check("en", marked);
    }
}

#[test]
fn a_label_behind_the_time_of_day_speaks_and_one_that_tells_the_subject_does_not() {
    for marked in [
        "12:47 <s>Anna Berg</s>: <q>I will not leave the harbour until I have spoken to the council.</q>",
        "Anna Berg: What became of the mayor who left the harbour",
    ] {
        check("en", marked);
    }
}

#[test]
fn who_means_somebody() {
    check(
        "en",
        "<s>One banker</s> familiar with the matter, <s>who</s> wore a hat, <c>said</c> <q>that the talks had begun in May</q>.",
    );
}

#[test]
fn marks_within_told_words_are_held_whole() {
    check(
        "en",
        "<s>A spokesman for the harbour office</s> <c>said</c> <q>it “does not discuss single repairs”</q>.",
    );
}

/// The names of those who speak, quote by quote; `-` for nobody with a name.
fn speakers(language: &str, text: &str) -> Vec<String> {
    let mut article = Article::of_text(ArticleId::new("s"), "", text);
    article.language = LanguageCode::of_tag(language);
    let analysis = analyze(&article, &Settings::default());
    let name = |entity: u32| analysis.entities[entity as usize].name.clone();
    let quotes = analysis.quotes.iter();
    quotes
        .map(|quote| quote.speaker_entity.map_or_else(|| "-".to_owned(), name))
        .collect()
}

#[test]
fn a_document_speaks_for_whom_it_names() {
    let article = "A New York Times article praised the mayor of the town.\n\n“The town has seldom been so well led,” \
                   the article read.\n\n“Its ferries are never late,” it added.";
    let about = "A report on the United Nations was long.\n\n“Two ferries are not enough,” the report said.";
    assert_eq!(speakers("en", article)[1..], ["New York Times", "New York Times"]);
    assert_eq!(speakers("en", about).last().map(String::as_str), Some("-"));
}

#[test]
fn told_words_go_on_between_marks() {
    for marked in [
        "<s>Anna Berg</s> <c>said</c> <q>the ferry would stay in the harbour</q>. “<q>We have asked the council twice and \
         we will not ask it again.</q>”",
        "<q>The ferry would stay in the harbour</q>, <s>Anna Berg</s> <c>said</c>. “<q>We have asked the council twice and \
         we will not ask it again.</q>”",
        // a long sentence between marks is somebody's, whoever that is
        "The storm had passed. “<q>Nobody who saw the harbour that morning could believe that the old ferry had come through \
         the night without a single broken window.</q>” The boats went out again.",
    ] {
        check("en", marked);
    }
}

#[test]
fn a_name_behind_a_preposition_is_not_who_speaks() {
    for (language, text, wanted) in [
        (
            "en",
            "The fire is out. Kalvik is calm.\n\nNine people were hurt in the harbour, according to the district hospital in Kalvik.",
            "-",
        ),
        (
            "en",
            "Kalvik is calm.\n\nTwo nurses at the old hospital in Kalvik told reporters that nine people were hurt.",
            "-",
        ),
        (
            "en",
            "Ann Lee of the harbour office in Kalvik said that nine people were hurt.",
            "Ann Lee",
        ),
        (
            "de",
            "In Hamburg brennt es. Ein Sprecher des Krankenhauses in Hamburg sagte: «Allen geht es heute wieder sehr gut.»",
            "-",
        ),
        (
            "de",
            "Die Bürgermeisterin, Anna Berg (SPD), sagte: «Allen geht es heute wieder sehr gut.»",
            "Anna Berg",
        ),
        (
            "de",
            "„Ich habe nur Rauch gesehen“, sagte Anwohnerin Maria Berg.",
            "Maria Berg",
        ),
    ] {
        assert_eq!(speakers(language, text), [wanted], "{text:?}");
    }
}

#[test]
fn a_bare_role_is_only_who_is_called_so() {
    let told = "“We were thrown from our seats,” said Joan Berg, a lorry driver. \n\n";
    for (behind, wanted) in [
        ("The nurse told inspectors that he felt a jolt.", "-"),
        ("The driver told inspectors that she felt a jolt.", "Joan Berg"),
    ] {
        let found = speakers("en", &format!("{told}{behind}"));
        assert_eq!(found.last().map(String::as_str), Some(wanted), "{behind:?}");
    }
}

#[test]
fn words_beside_a_source_are_told() {
    for marked in [
        "<q>This room had two couches and 11 single seats</q>, <c>according</c> to <s>harbour records</s>.",
        "<c>According</c> to <s>the first schedule</s> published Thursday, <q>the mayor is to speak next week</q>.",
    ] {
        check("en", marked);
    }
}

#[test]
fn the_verb_speaks_before_the_noun_that_hangs_on_it() {
    for marked in [
        "<s>Berg</s> <c>said</c> in her statement: “<q>We will not wait for the ferry any longer.</q>”",
        "“<q>The harbour has waited long enough for its ferry,</q>” <s>Sen. Anna Berg (R-Mich.)</s> <c>said</c>.",
        "As <s>Anna Berg, the head of the harbour office</s>, <c>put</c> it: “<q>The ferry will not be repaired this year.</q>”",
    ] {
        check("en", marked);
    }
}

#[test]
fn the_clause_in_front_does_not_speak() {
    check(
        "en",
        "After <s>the harbour office</s> <c>said</c> Friday <q>the ferries were late</q>, <s>spokeswoman Anna Berg</s> <c>said</c> <q>the bridge would open in May</q>.",
    );
}

#[test]
fn whoever_is_likeliest_speaks_where_no_rule_finds_a_subject() {
    for marked in [
        "On Monday, in a letter to the council, <s>the harbour office</s>, which is owned by the state, <c>said</c> <q>it needed more time</q>.",
        "<s>A court paper</s> filed Thursday <c>says</c> <q>the harbour was closed for a week</q>.",
        "<s>The Gazette, a weekly paper</s>, <c>revealed</c> <q>that the harbour office had known of the leak</q>.",
        "Both <s>the council and the harbour office</s> have <c>argued</c> <q>that the bridge is too old</q>.",
    ] {
        check("en", marked);
    }
}

#[test]
fn a_pronoun_means_the_last_subject_it_fits() {
    let text = "“We are late,” said Tom Hill, chairman of the harbour office.\n\nPrime Minister Peter Holm, who followed the \
                news from the capital, waved at the crowd. “We will hurry,” he said.";
    let article = Article::of_text(ArticleId::new("p"), "", text);
    let analysis = analyze(&article, &Settings::default());
    let name = analysis.quotes[1]
        .speaker_entity
        .map(|entity| analysis.entities[entity as usize].name.as_str());
    assert_eq!(name, Some("Peter Holm"));
}

#[test]
fn a_pronoun_means_no_name_that_may_be_a_firms() {
    for (text, wanted) in [
        (
            "A tank of Corvalen burnt for an hour.\n\nCorvalen will not pay for the damage, she said.",
            "-",
        ),
        (
            "Anna Berg left the harbour office.\n\nThe office will not pay for the damage, she said.",
            "Anna Berg",
        ),
    ] {
        assert_eq!(
            speakers("en", text).last().map(String::as_str),
            Some(wanted),
            "{text}"
        );
    }
}

#[test]
fn who_spoke_is_not_what_was_said() {
    let text = "Inspectors warned Corvalen, an oil company, in March that a tank at its harbour works was leaking, the Harbour \
                Times reported on Monday.";
    let article = Article::of_text(ArticleId::new("t"), "", text);
    let analysis = analyze(&article, &Settings::default());
    let told = |quote: &twosource_model::Quote| quote.content.iter().any(|c| c.of(text).contains("reported"));
    assert!(!analysis.quotes.iter().any(told), "{:#?}", analysis.quotes);
}

#[test]
fn told_words_are_quotes_too() {
    for marked in [
        "<s>The mayor</s> <c>said</c> <q>that the bridge would open in May</q>.",
        "<s>Anna Berg</s> <c>promised</c> <q>to pay for the damage</q>.",
        "<q>The bridge will open in May</q>, <c>according</c> to <s>the mayor</s>.",
        "The 12 alleged Danish thieves were charged last week by a court in Kalvik.",
        "The four suspected poachers were seen near the lake.",
    ] {
        check("en", marked);
    }
}

#[test]
fn told_words_end_where_the_outlet_goes_on() {
    let text = "Berg later on Tuesday said she was looking forward to a second season with the team after boasting that \
                their first year in the harbour town “was a triumph.”";
    let article = Article::of_text(ArticleId::new("t"), "", text);
    let analysis = analyze(&article, &Settings::default());
    let words: Vec<&str> = analysis
        .quotes
        .iter()
        .flat_map(|quote| quote.content.iter().map(|piece| piece.of(text)))
        .collect();
    assert_eq!(
        words[0],
        "she was looking forward to a second season with the team"
    );
    assert_eq!(words.len(), 2, "{words:?}");
}

#[test]
fn marks_that_are_never_closed_give_runs_side_by_side() {
    let text = "“One came. “Two came. “Three came and the fourth stayed away,” said Anna Berg.".repeat(3);
    let article = Article::of_text(ArticleId::new("m"), "", &text);
    let runs = super::marks::find_runs(&article);
    assert!(runs.len() > 3, "{runs:?}");
    for pair in runs.windows(2) {
        assert!(!pair[0].outer.overlaps(pair[1].outer), "{pair:?}");
    }
}

#[test]
fn titles_and_scare_quotes_are_left_alone() {
    check("en", "They sang “Long Way Home” at the end of the evening.");
    check("en", "The so-called “experts” left the room.");
}

#[test]
fn german_marks_are_read() {
    check(
        "de",
        "„<q>Wir bauen den Hafen wieder auf</q>“, <c>sagte</c> <s>Anna Berg</s>.",
    );
    // begins small, so it is no name; the title is left alone
    check("de", "Die Lage am Hafen sei „<q>weiter ernst</q>“.");
    check(
        "de",
        "Der Verein zeigt den Film „Das Haus am See“ am Freitag im Hafen.",
    );
}

#[test]
fn belief_is_kept_apart_from_speech() {
    let article = Marked::parse("The mayor believes that the bridge will hold.").article();
    let analysis = analyze(&article, &Settings::default());
    assert_eq!(
        analysis.quotes.first().map(|quote| quote.act),
        Some(QuoteAct::Belief)
    );
}

proptest! {
    #[test]
    fn any_text_gives_sorted_pieces_on_boundaries(text in "[\\PC\n“”\"'„«»‘’]{0,200}") {
        let article = Article::of_text(ArticleId::new("p"), "", &text);
        let analysis = analyze(&article, &Settings::default());
        let mut end = 0;
        for quote in &analysis.quotes {
            prop_assert!(!quote.content.is_empty());
            for piece in quote.content.iter().chain(&quote.cue).chain(&quote.speaker) {
                prop_assert!(piece.get(article.text()).is_some());
            }
            let start = quote.content[0].start();
            prop_assert!(quote.content.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
            end = end.max(start);
            prop_assert!(start >= end);
        }
    }
}

/// What was said, each with the name and kind of who it is laid to.
fn laid_to(text: &str) -> Vec<(String, String)> {
    let article = Article::of_text(ArticleId::new("speakers"), "", text);
    let analysis = analyze(&article, &Settings::default());
    let named = |entity: u32| {
        let entity = &analysis.entities[entity as usize];
        format!("{} {:?}", entity.name, entity.entity_type)
    };
    analysis
        .quotes
        .iter()
        .map(|q| {
            let words = q.content[0].of(text).to_owned();
            (words, q.speaker_entity.map_or_else(String::new, named))
        })
        .collect()
}

#[test]
fn she_is_who_spoke_before_and_nobody_named_in_her_own_words() {
    let told = laid_to(
        "“We were late,” chief executive Maren de Groot said on Monday.\n\nGrim Otter has demanded a ransom. Corvane will not pay, she said.",
    );
    assert_eq!(
        told.last().expect("a quote").1,
        "Maren de Groot Person",
        "{told:?}"
    );
    let added = laid_to(
        "The bank will buy Corvane, chief executive Ines Holm said. “This is about growing,” she added.",
    );
    assert_eq!(added.last().expect("a quote").1, "Ines Holm Person", "{added:?}");
}

#[test]
fn a_seat_of_government_speaks_as_a_body() {
    let told = laid_to("Downing Street said that the minister had “complete confidence” in her.");
    assert_eq!(told[0].1, "Downing Street Organisation", "{told:?}");
}

#[test]
fn who_is_named_in_passing_says_nothing() {
    let told = laid_to(
        "The flood cost much, insurers say.\n\nA man of 62, named as Bo Ekman, drowned when he went back for his boat.",
    );
    assert!(
        !told
            .iter()
            .any(|(words, _)| words.contains("drowned") || words.contains("Ekman")),
        "{told:?}"
    );
}
