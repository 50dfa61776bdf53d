use proptest::prelude::*;
use twosource_model::{Analysis, Article, ArticleId, LanguageCode, Relation, Upos};

use super::*;

fn parsed(text: &str, language: &str) -> (Article, Analysis) {
    let article = Article::of_text(ArticleId::new("test"), "", text);
    let code = LanguageCode::of_tag(language).unwrap_or(LanguageCode::ENGLISH);
    let mut analysis = Analysis::empty(article.id.clone(), article.revision(), code);
    parse(&article, &mut analysis);
    (article, analysis)
}

/// Sentences of `marked`, whose ends are marked with `¶`; the mark is taken out first.
fn check_sentences(language: &str, marked: &str) {
    let expected: Vec<String> = marked
        .split('¶')
        .map(|s| s.trim().to_owned())
        .filter(|s| !s.is_empty())
        .collect();
    let (article, analysis) = parsed(&marked.replace('¶', ""), language);
    let found: Vec<&str> = analysis
        .sentences
        .iter()
        .map(|s| s.span.of(article.text()))
        .collect();
    assert_eq!(found, expected);
}

/// Tokens of `marked`, whose boundaries inside a word are marked with `|`.
fn check_tokens(language: &str, marked: &str) {
    let expected: Vec<&str> = marked.split([' ', '|']).filter(|t| !t.is_empty()).collect();
    let (article, analysis) = parsed(&marked.replace('|', ""), language);
    let found: Vec<&str> = analysis
        .tokens
        .iter()
        .map(|t| t.span.of(article.text()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn sentences_end_where_a_reader_would_end_them() {
    for marked in [
        "The vote is over.¶ Nobody won.",
        "Dr. Ana Ruiz met Gov. Bill Hart on Monday.¶ They talked for an hour.",
        "The U.S. Senate voted on Tuesday.¶ It was close.",
        "She moved to the U.S. in 2012.¶ Her brother stayed.",
        "The plant cost $3.5 million.¶ It opened at 6 a.m. on Friday.",
        "“We will not go back,” said J. R. Harper.¶ “Not now.”¶ The crowd cheered.",
        "\"We are done here.\"¶ He closed the door.",
        "The union “speaks for all who sail.”¶ NATO ships left the port.",
        "Did they know?¶ Of course they did!¶ Everyone knew.",
        "He wrote to info@example.org and got no reply.¶ Then he called.",
        "Acme Corp. said it would appeal.¶ Its shares fell 4.2 percent.",
        "(The report is here.)¶ It has 40 pages.",
        "The judges heard Weaver v. Marsh County on Monday.¶ Weaver vs. Dunn was put off.",
        "The mayor (pictured below) left at noon.¶ She did not answer questions.",
        "BRUSSELS (Reuters) - Ministers agreed on a budget on Friday.¶ It is the first in two years.",
        "The leader Kim Jong Un recently had dinner with the envoy.¶ Nobody else came.",
        "The school offered Wilbur the option of staying at home.",
    ] {
        check_sentences("en", marked);
    }
}

#[test]
fn sentences_of_other_languages_end_at_their_marks() {
    for (language, marked) in [
        (
            "de",
            "Am 3. Oktober traf sich der Rat.¶ Er beschloss nichts.¶ „Wir warten“, sagte sie.",
        ),
        (
            "fr",
            "Le ministre a démissionné.¶ Qui le remplacera ?¶ Personne ne le sait.",
        ),
        ("es", "¿Quién ganó?¶ Nadie lo sabe.¶ ¡Qué noche!"),
        ("ru", "Совет собрался в среду.¶ Решения нет."),
        ("zh", "会议昨天结束。¶没有结果。"),
        ("ja", "会議は昨日終わった。¶結果はなかった。"),
        ("hi", "बैठक कल समाप्त हुई।¶ कोई नतीजा नहीं निकला।"),
    ] {
        check_sentences(language, marked);
    }
}

#[test]
fn tokens_are_cut_as_in_the_treebanks() {
    for marked in [
        "They do|n't know|.",
        "It|'s Anna|'s house|,| is|n’t it|?",
        "She ca|n't and I|'ll not|.",
        "a well|-|known co-founder of a non-profit group",
        "from 9|-|5|,| call 555-123-4567|.",
        "The U.S. and the U.K. agreed|.",
        "about 12,000 people|,| 3.5 percent|,| $|20|m",
        "at 10|am or 5|p.m. on 9/11",
        "see https://example.org/a-b?c=1|,| please|.",
        "write to ann.lee@example.org|.",
        "Mr. O'Brien said |“|no|”|.",
        "wait|...| what|?!",
        "AT&T and the parents|'| home",
        "and|/|or maybe|—|not",
        "#budget by @office",
        "He can|not go|.",
    ] {
        check_tokens("en", marked);
    }
}

#[test]
fn tokens_of_other_languages() {
    for (language, marked) in [
        ("fr", "l'|homme d’|État|,| dit-il"),
        ("de", "die 3,5 Mio|. Euro-Zone"),
        ("tr", "Ankara'da 5 kişi"),
    ] {
        check_tokens(language, marked);
    }
}

#[test]
fn a_plain_sentence_gets_tags_lemmas_and_a_tree() {
    let (article, analysis) = parsed("The police arrested three men in Paris on Tuesday.", "en");
    let drawn: Vec<String> = analysis
        .tokens
        .iter()
        .map(|t| {
            let head = t
                .head
                .map_or("-", |h| analysis.tokens[h as usize].span.of(article.text()));
            format!(
                "{} {} {} {} {head}",
                t.span.of(article.text()),
                t.upos,
                t.lemma,
                t.relation
            )
        })
        .collect();
    insta::assert_snapshot!(drawn.join("\n"), @r"
    The DET the det police
    police NOUN police nsubj arrested
    arrested VERB arrest root -
    three NUM three nummod men
    men NOUN man obj arrested
    in ADP in case Paris
    Paris PROPN Paris nmod men
    on ADP on case Tuesday
    Tuesday PROPN Tuesday obl arrested
    . PUNCT . punct arrested
    ");
}

/// The token `form` of a text has this lemma.
fn check_lemma(text: &str, form: &str, lemma: &str) {
    let (article, analysis) = parsed(text, "en");
    let token = analysis.tokens.iter().find(|t| t.span.of(article.text()) == form);
    assert_eq!(token.map(|t| t.lemma.as_str()), Some(lemma), "{form} in {text:?}");
}

#[test]
fn lemmas_of_words_that_the_treebanks_lack_are_words() {
    for (text, form, lemma) in [
        ("The minister blamed the banks.", "blamed", "blame"),
        ("Troops shelled the town again.", "shelled", "shell"),
        ("They rebutted every claim he made.", "rebutted", "rebut"),
        ("Two ferries collided in the strait.", "ferries", "ferry"),
        ("She is besieging the office.", "besieging", "besiege"),
    ] {
        check_lemma(text, form, lemma);
    }
}

#[test]
fn weights_come_back_as_they_were_written() {
    use weights::{Rows, Weights};
    for labels in [3_usize, 8, 9, 60] {
        let mut rows = Rows::default();
        let row_of = |number: u32| -> Vec<(u8, i16)> {
            (0..labels as u32)
                .filter(|label| (number + label).is_multiple_of(3))
                .map(|label| (label as u8, (number * 7 + label) as i16 - 300))
                .collect()
        };
        let key_of = |number: u32| number * 40_000_003;
        for number in 0..100 {
            rows.push(key_of(number), &row_of(number));
        }
        let mut bytes = Vec::new();
        rows.write(labels, &mut bytes);
        let read = Weights::read(&mut reader::Reader::new(&bytes)).expect("our own bytes");
        for number in 0..100 {
            let mut scores = [0; 256];
            read.add(&[key_of(number)], &mut scores);
            for (label, weight) in row_of(number) {
                assert_eq!(
                    scores[usize::from(label)],
                    i32::from(weight),
                    "{number} of {labels}"
                );
            }
        }
        let cut = &bytes[..bytes.len() - 1];
        assert!(
            Weights::read(&mut reader::Reader::new(cut)).is_none(),
            "cut short"
        );
    }
}

#[test]
fn lines_of_a_list_are_sentences_and_wrapped_lines_are_not() {
    check_sentences("en", "Bread¶\nMilk¶\nTwo eggs");
    check_sentences(
        "en",
        "The committee will publish its final report on the accident in\nthe harbour next week.",
    );
}

#[test]
fn conllu_comes_back_as_it_was_written() {
    let (article, analysis) = parsed("It isn't over.\n\nAsk Ann's team, please!", "en");
    let written = conllu::write(&article, &analysis);
    let (read_article, read) = conllu::read(article.id.clone(), &written).expect("our own CoNLL-U");
    assert_eq!(read_article.text(), article.text());
    assert_eq!(read.tokens, analysis.tokens);
    assert_eq!(read.sentences, analysis.sentences);
}

#[test]
fn conllu_that_is_none_is_refused_with_its_line() {
    for (text, line) in [
        ("1\tonly\ttwo", 1),
        ("# x\nx\ta\ta\tX\t_\t_\t0\troot\t_\t_", 2),
        ("1\t \ta\tX\t_\t_\t0\troot\t_\t_", 1),
    ] {
        let error = conllu::read(ArticleId::new("x"), text).expect_err(text);
        assert!(error.to_string().contains(&format!("line {line}")), "{error}");
    }
}

#[test]
fn a_text_without_a_full_stop_is_cut_and_takes_no_time() {
    let text = "so it went on and on ".repeat(10_000);
    let (_, analysis) = parsed(&text, "en");
    assert!(
        analysis
            .sentences
            .iter()
            .all(|s| s.tokens().len() <= split::LONGEST)
    );
    for unit in ["1:", "a.", "a-", "http", "@a", "'", "(", ":)", "1-1", "é’"] {
        check_layout(&unit.repeat(20_000), "en");
    }
}

/// Spans on boundaries, sorted, in bounds; sentences hold every character that is not white space; heads stay inside.
fn check_layout(text: &str, language: &str) {
    let (article, analysis) = parsed(text, language);
    let text = article.text();
    let mut at = 0;
    for token in &analysis.tokens {
        assert!(
            token.span.start() >= at && !token.span.is_empty(),
            "{token:?} at {at}"
        );
        let between = text.get(at..token.span.start()).expect("on a boundary");
        assert!(
            between.chars().all(char::is_whitespace),
            "{between:?} is in no token"
        );
        assert!(token.span.get(text).is_some(), "{token:?} cuts a character");
        at = token.span.end();
    }
    assert!(text[at..].chars().all(char::is_whitespace));
    let mut next = 0;
    for sentence in &analysis.sentences {
        assert_eq!(sentence.first_token, next);
        assert!(sentence.end_token > sentence.first_token);
        assert!(
            article.paragraphs[sentence.paragraph as usize]
                .span
                .covers(sentence.span)
        );
        let tokens = &analysis.tokens[sentence.tokens()];
        assert_eq!(sentence.span.start(), tokens[0].span.start());
        assert_eq!(sentence.span.end(), tokens[tokens.len() - 1].span.end());
        check_tree(sentence, tokens);
        next = sentence.end_token;
    }
    assert_eq!(next as usize, analysis.tokens.len());
}

fn check_tree(sentence: &Sentence, tokens: &[Token]) {
    if tokens.iter().all(|t| t.upos == Upos::X && t.head.is_none()) {
        return;
    }
    let roots = tokens.iter().filter(|t| t.head.is_none()).count();
    assert_eq!(roots, 1, "one root");
    for start in 0..tokens.len().min(40) {
        let (mut at, mut steps) = (start, 0);
        while let Some(head) = tokens[at].head {
            assert!(sentence.tokens().contains(&(head as usize)));
            at = head as usize - sentence.first_token as usize;
            steps += 1;
            assert!(steps <= tokens.len(), "a circle");
        }
        assert_eq!(tokens[at].relation, Relation::Root);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_in_any_language_is_laid_out_well(text in "\\PC{0,200}", which in 0usize..6) {
        check_layout(&text, ["en", "de", "fr", "zh", "ar", "th"][which]);
    }

    #[test]
    fn any_text_of_news_like_pieces_is_laid_out_well(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "The", " ", " ", " ", "\n", "\n\n", "U.S.", "Mr.", "n't", "'s", "’", "“", "”", "\"", "(", ")", ".", "...", "?!",
                ",", ":", ";", "-", "–", "—", "http://", "www.", "@", "a.b", "#", "$", "12", "3.5", "1,000", "é", "ß", "名", "。",
                "ไ", "\u{301}", "\u{200d}", "👍🏽", "\u{feff}", "\u{a0}", "\r\n", "\t", "e-mail", "cannot", "<3", ":)", "5km",
            ]),
            0..60,
        ),
        which in 0usize..4,
    ) {
        check_layout(&pieces.concat(), ["en", "fr", "ja", "ru"][which]);
    }

    #[test]
    fn any_text_as_conllu_is_read_or_refused(text in "[0-9#\\-.\tab_=SpaceAfter\nNonewdr |]{0,200}") {
        if let Ok((article, analysis)) = conllu::read(ArticleId::new("x"), &text) {
            for token in &analysis.tokens {
                prop_assert!(token.span.get(article.text()).is_some());
            }
        }
    }

    #[test]
    fn any_bytes_as_a_model_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut file = model::MAGIC.to_vec();
        file.extend(bytes);
        let _ = model::Model::read(&file);
    }
}
