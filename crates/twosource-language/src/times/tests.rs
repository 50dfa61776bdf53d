//! The grammar by example, and what must hold for any text.

use jiff::civil::date;
use proptest::prelude::*;
use twosource_model::{Analysis, Article, ArticleId, LanguageCode, Moment};

use super::*;
use crate::syntax;

/// Friday.
const PUBLISHED: &str = "2021-06-18";

fn read_in(language: &str, published: Option<&str>, text: &str) -> Vec<(String, String)> {
    let mut article = Article::of_text(ArticleId::new("test"), "", text);
    let language = LanguageCode::of_tag(language).expect("a language");
    article.language = Some(language);
    let mut analysis = Analysis::empty(article.id.clone(), article.revision(), language);
    syntax::parse(&article, &mut analysis);
    let anchor = published.map(|p| p.parse::<Moment>().expect("a moment"));
    find_times_at(&article, &mut analysis, anchor);
    analysis
        .times
        .iter()
        .map(|t| (t.span.of(text).to_owned(), t.value.clone()))
        .collect()
}

fn check_in(language: &str, table: &[(&str, &[(&str, &str)])]) {
    for (text, expected) in table {
        let read = read_in(language, Some(PUBLISHED), text);
        let expected: Vec<(String, String)> = expected
            .iter()
            .map(|(words, value)| ((*words).to_owned(), (*value).to_owned()))
            .collect();
        assert_eq!(read, expected, "{language}: {text:?}");
    }
}

fn check(table: &[(&str, &[(&str, &str)])]) {
    check_in("en", table);
}

#[test]
fn weekdays_look_back_unless_the_verb_looks_ahead() {
    check(&[
        ("The board met on Tuesday.", &[("Tuesday", "2021-06-15")]),
        ("The mayor resigned Friday.", &[("Friday", "2021-06-18")]),
        ("The board will meet on Tuesday.", &[("Tuesday", "2021-06-22")]),
        ("Ministers are to vote on Monday.", &[("Monday", "2021-06-21")]),
        (
            "A hearing is scheduled for Wednesday.",
            &[("Wednesday", "2021-06-23")],
        ),
        ("They spoke last Thursday.", &[("last Thursday", "2021-06-17")]),
        ("They speak next Thursday.", &[("next Thursday", "2021-06-24")]),
        (
            "Talks resume on Wednesday of next week.",
            &[("Wednesday of next week", "2021-06-23")],
        ),
        ("She left on Sunday night.", &[("Sunday night", "2021-06-13TNI")]),
        (
            "The mayor may resign on Wednesday.",
            &[("Wednesday", "2021-06-23")],
        ),
        (
            "The mayor might not come on Wednesday.",
            &[("Wednesday", "2021-06-23")],
        ),
        ("She may have left on Wednesday.", &[("Wednesday", "2021-06-16")]),
        ("He could not come on Wednesday.", &[("Wednesday", "2021-06-16")]),
        (
            "Two feet of snow are in the forecast by early Wednesday.",
            &[("Wednesday", "2021-06-23")],
        ),
        // after it, not the next one
        (
            "They wrote of it, following Wednesday's vote.",
            &[("Wednesday", "2021-06-16")],
        ),
    ]);
}

#[test]
fn what_lasts_is_not_the_last() {
    check(&[
        ("The strike will last nine days.", &[("nine days", "P9D")]),
        ("The strike won't last nine days.", &[("nine days", "P9D")]),
        ("The talks could last two weeks.", &[("two weeks", "P2W")]),
        (
            "It rained in the last nine days.",
            &[("the last nine days", "P9D")],
        ),
        ("They met last week.", &[("last week", "2021-W23")]),
    ]);
}

#[test]
fn dates() {
    check(&[
        ("On March 3, 2019 it rained.", &[("March 3, 2019", "2019-03-03")]),
        (
            "It opened on the 3rd of March 2019.",
            &[("the 3rd of March 2019", "2019-03-03")],
        ),
        (
            "Sunday, 14 February 2010",
            &[("Sunday, 14 February 2010", "2010-02-14")],
        ),
        ("It was signed on May 4.", &[("May 4", "2021-05-04")]),
        ("It was signed on November 4.", &[("November 4", "2020-11-04")]),
        ("It will open on November 4.", &[("November 4", "2021-11-04")]),
        (
            "Updated 2021-05-30, 7/4/2020 and 20200131.",
            &[
                ("2021-05-30", "2021-05-30"),
                ("7/4/2020", "2020-07-04"),
                ("20200131", "2020-01-31"),
            ],
        ),
        ("It fell in August.", &[("August", "2020-08")]),
        ("It rose in October 2012.", &[("October 2012", "2012-10")]),
        (
            "July 13-15 and 2 to 5 April 2020",
            &[
                ("July 13-15", "2021-07-13/2021-07-16"),
                ("2 to 5 April 2020", "2020-04-02/2020-04-06"),
            ],
        ),
        ("February 30, 2020", &[("February 30, 2020", "")]),
    ]);
}

#[test]
fn years_are_told_from_counts() {
    check(&[
        (
            "The 2014 election came after a vote in 1789.",
            &[("2014", "2014"), ("1789", "1789")],
        ),
        ("More than 2000 soldiers and 1,995 trucks left.", &[]),
        ("It cost $2010 and weighs 1999.5 kg.", &[]),
        ("from 1998 to 2003", &[("1998", "1998"), ("2003", "2003")]),
        (
            "in the 1990s, the 60s and the 21st century",
            &[
                ("the 1990s", "199X"),
                ("the 60s", "196X"),
                ("the 21st century", "20XX"),
            ],
        ),
        ("about 1200 houses burned", &[]),
    ]);
}

#[test]
fn stretches_keep_their_size() {
    check(&[
        ("He visits this autumn.", &[("this autumn", "2021-FA")]),
        ("They won last winter.", &[("last winter", "2020-WI")]),
        ("It was sold last week.", &[("last week", "2021-W23")]),
        (
            "Prices rose last month and last year.",
            &[("last month", "2021-05"), ("last year", "2020")],
        ),
        (
            "Sales rose in the third quarter of 2019.",
            &[("the third quarter of 2019", "2019-Q3")],
        ),
        (
            "Q4 2020 was weak, the first half of 2021 too",
            &[("Q4 2020", "2020-Q4"), ("the first half of 2021", "2021-H1")],
        ),
        (
            "It ends by the end of the year.",
            &[("the end of the year", "2021")],
        ),
        ("Work began in early 2017.", &[("early 2017", "2017")]),
        ("spring 2019", &[("spring 2019", "2019-SP")]),
        (
            "They voted on the first Monday of September.",
            &[("the first Monday of September", "2020-09-07")],
        ),
        ("They met this weekend.", &[("this weekend", "2021-W23-WE")]),
        ("They will meet this weekend.", &[("this weekend", "2021-W24-WE")]),
        ("on Easter Monday", &[("Easter Monday", "2021-04-05")]),
    ]);
}

#[test]
fn lengths_and_repetitions() {
    check(&[
        (
            "It took two and a half hours.",
            &[("two and a half hours", "PT2.5H")],
        ),
        (
            "No one has come in nearly a decade.",
            &[("nearly a decade", "P10Y")],
        ),
        ("a five-year plan", &[("five-year", "P5Y")]),
        ("over the past six months", &[("the past six months", "P6M")]),
        ("A 14-year-old boy, aged two years", &[]),
        (
            "They meet every other week and every Friday.",
            &[("every other week", "P2W"), ("every Friday", "XXXX-WXX-5")],
        ),
        ("It opened two years ago.", &[("two years ago", "2019")]),
        ("It opened three days ago.", &[("three days ago", "2021-06-15")]),
        ("It will open in two months.", &[("two months", "2021-08")]),
        (
            "two days before Christmas 2020",
            &[("two days before Christmas 2020", "2020-12-23")],
        ),
        (
            "a few minutes, several years ago",
            &[("a few minutes", "PTXM"), ("several years ago", "")],
        ),
        ("she got a second chance", &[]),
    ]);
}

#[test]
fn clock_times() {
    check(&[
        (
            "at 3pm, 4 p.m. and 15:30 GMT",
            &[("3pm", "T15:00"), ("4 p.m.", "T16:00"), ("15:30 GMT", "T15:30")],
        ),
        (
            "It began at 8:15 a.m. on Tuesday.",
            &[("8:15 a.m. on Tuesday", "2021-06-15T08:15")],
        ),
        (
            "on Tuesday at 8.15pm",
            &[("Tuesday at 8.15pm", "2021-06-15T20:15")],
        ),
        ("from 5 to 6pm", &[("5 to 6pm", "T17:00/T18:00")]),
        (
            "half past seven o'clock",
            &[("half past seven o'clock", "T07:30")],
        ),
        ("at midnight", &[("midnight", "T00:00")]),
        ("They won 3-1 and 2:1.", &[]),
        (
            "this morning, tonight",
            &[("this morning", "2021-06-18TMO"), ("tonight", "2021-06-18TNI")],
        ),
    ]);
}

#[test]
fn names_and_verbs_are_no_times() {
    check(&[
        ("Theresa May may march on.", &[]),
        ("May I ask? April Smith sat in the sun.", &[]),
        ("The Daily News and LA Weekly", &[]),
        ("Boeing 737, flight 370, room 12", &[]),
        ("Saturday Night Live", &[("Saturday", "2021-06-12")]),
    ]);
}

#[test]
fn without_an_article_date_only_complete_dates_have_values() {
    let read = read_in(
        "en",
        None,
        "On Monday, in March and last week; on 3 March 2019; two weeks; yesterday at 3pm.",
    );
    let values: Vec<(&str, &str)> = read.iter().map(|(w, v)| (w.as_str(), v.as_str())).collect();
    assert_eq!(
        values,
        [
            ("Monday", ""),
            ("March", ""),
            ("last week", ""),
            ("3 March 2019", "2019-03-03"),
            ("two weeks", "P2W"),
            ("yesterday at 3pm", ""),
        ]
    );
}

#[test]
fn a_known_time_of_day_counts_hours() {
    let read = |published| read_in("en", Some(published), "It broke three hours ago.");
    assert_eq!(read("2021-06-18T14:20:00Z")[0].1, "2021-06-18T11:20:00");
    assert_eq!(read("2021-06-18")[0].1, "");
}

#[test]
fn intervals_are_days() {
    let mut article = twosource_testkit::article("It was sold last week.");
    article.language = Some(LanguageCode::ENGLISH);
    let mut analysis = Analysis::empty(article.id.clone(), article.revision(), LanguageCode::ENGLISH);
    syntax::parse(&article, &mut analysis);
    find_times_at(&article, &mut analysis, Some(Moment::Day(date(2021, 6, 18))));
    assert_eq!(
        analysis.times[0].interval,
        Some((date(2021, 6, 7), date(2021, 6, 14)))
    );
    assert_eq!(analysis.times[0].rule, "unit-shifted");
}

#[test]
fn other_languages() {
    check_in(
        "de",
        &[
            ("Er kam am 3. März 2019 an.", &[("3. März 2019", "2019-03-03")]),
            ("Die Sitzung war am Dienstag.", &[("Dienstag", "2021-06-15")]),
            (
                "Vor zwei Jahren begann es, gestern endete es.",
                &[("Vor zwei Jahren", "2019"), ("gestern", "2021-06-17")],
            ),
            (
                "In der letzten Woche, im Herbst 2019",
                &[("letzten Woche", "2021-W23"), ("Herbst 2019", "2019-FA")],
            ),
            ("um 15.30 Uhr", &[("15.30 Uhr", "T15:30")]),
        ],
    );
    check_in(
        "fr",
        &[
            (
                "Il est arrivé le 3 mars 2019.",
                &[("le 3 mars 2019", "2019-03-03")],
            ),
            ("Mardi, le conseil a siégé.", &[("Mardi", "2021-06-15")]),
            (
                "Il y a deux ans, la semaine dernière, hier",
                &[
                    ("Il y a deux ans", "2019"),
                    ("la semaine dernière", "2021-W23"),
                    ("hier", "2021-06-17"),
                ],
            ),
        ],
    );
    check_in(
        "es",
        &[
            (
                "Llegó el 3 de marzo de 2019.",
                &[("el 3 de marzo de 2019", "2019-03-03")],
            ),
            (
                "El martes, hace dos años, el año pasado, ayer",
                &[
                    ("martes", "2021-06-15"),
                    ("hace dos años", "2019"),
                    ("el año pasado", "2020"),
                    ("ayer", "2021-06-17"),
                ],
            ),
        ],
    );
    check_in(
        "tr",
        &[
            ("3 Mart 2019 tarihinde geldi.", &[("3 Mart 2019", "2019-03-03")]),
            (
                "İki yıl önce, geçen hafta, dün",
                &[
                    ("İki yıl önce", "2019"),
                    ("geçen hafta", "2021-W23"),
                    ("dün", "2021-06-17"),
                ],
            ),
            ("Salı günü toplandı.", &[("Salı günü", "2021-06-15")]),
        ],
    );
    check_in(
        "ru",
        &[
            (
                "Он приехал 3 марта 2019 года.",
                &[("3 марта 2019 года", "2019-03-03")],
            ),
            (
                "Два года назад, на прошлой неделе, вчера",
                &[
                    ("Два года назад", "2019"),
                    ("прошлой неделе", "2021-W23"),
                    ("вчера", "2021-06-17"),
                ],
            ),
            (
                "Во вторник в 2018 году",
                &[("вторник", "2021-06-15"), ("2018 году", "2018")],
            ),
        ],
    );
}

fn holds(language: &str, text: &str) -> Result<(), TestCaseError> {
    let mut article = Article::of_text(ArticleId::new("test"), "", text);
    let code = LanguageCode::of_tag(language).expect("a language");
    article.language = Some(code);
    let mut analysis = Analysis::empty(article.id.clone(), article.revision(), code);
    syntax::parse(&article, &mut analysis);
    find_times_at(&article, &mut analysis, Some(Moment::Day(date(2021, 6, 18))));
    let mut behind = 0;
    for time in &analysis.times {
        prop_assert!(time.span.start() >= behind && !time.span.is_empty());
        prop_assert!(time.span.get(text).is_some());
        prop_assert!(time.interval.is_none_or(|(from, to)| from < to));
        behind = time.span.end();
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_gives_sorted_spans_in_bounds(text in "\\PC{0,60}", language in 0usize..6) {
        holds(languages().nth(language).unwrap_or("en"), &text)?;
    }

    #[test]
    fn any_mix_of_time_words_gives_sorted_spans(words in prop::collection::vec(prop::sample::select(vec![
        "the", "last", "next", "first", "week", "of", "May", "12", "2018", "3", ":", "30", "pm", "-", "/", ".", ",", "’", "s",
        "in", "two", "thousand", "and", "a", "half", "years", "ago", "before", "Easter", "Monday", "morning", "century",
        "9999", "999999999", "0", "end", "every", "other", "century", "quarter", "Q", "1", "\n", "from", "to", "year", "decades",
    ]), 0..14), glue in "[ ]{0,1}") {
        holds("en", &words.join(&glue))?;
    }
}

#[test]
fn each_day_of_a_list_is_read_in_the_year_of_the_list() {
    check(&[
        (
            "Nurses will walk out on 8, 9 and 11 July, the association said.",
            &[
                ("8", "2021-07-08"),
                ("9", "2021-07-09"),
                ("11 July", "2021-07-11"),
            ],
        ),
        (
            "The ferry stays in port on July 8 and 9.",
            &[("July 8", "2021-07-08"), ("9", "2021-07-09")],
        ),
        (
            "The pool was shut on the 3rd and 5th of June.",
            &[("3rd", "2021-06-03"), ("5th of June", "2021-06-05")],
        ),
        ("On June 8 and 9 people fell ill.", &[("June 8", "2021-06-08")]),
    ]);
}

#[test]
fn until_looks_ahead_and_than_looks_back() {
    check(&[
        ("The bridge is closed until Monday.", &[("Monday", "2021-06-21")]),
        (
            "The bridge is closed until Monday noon, the council said.",
            &[("Monday noon", "2021-06-21T12:00")],
        ),
        ("The bridge was closed until Monday.", &[("Monday", "2021-06-14")]),
        (
            "Members will pay a tenth more than Monday's price.",
            &[("Monday", "2021-06-14")],
        ),
        (
            "The council will pay no later than Monday.",
            &[("Monday", "2021-06-21")],
        ),
    ]);
}
