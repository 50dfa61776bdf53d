//! Numbers by example, and what must hold for any text.

use proptest::prelude::*;
use twosource_model::{Analysis, Approximation, Article, ArticleId, LanguageCode, Unit};

use super::*;
use crate::{syntax, times};

fn read_in(language: &str, text: &str) -> Analysis {
    let mut article = Article::of_text(ArticleId::new("test"), "", text);
    let code = LanguageCode::of_tag(language).expect("a language");
    article.language = Some(code);
    let mut analysis = Analysis::empty(article.id.clone(), article.revision(), code);
    syntax::parse(&article, &mut analysis);
    times::find_times(&article, &mut analysis);
    find_numbers(&article, &mut analysis);
    analysis
}

/// `words|low..high unit approximation` for each number, `high` and `Exact` left out.
fn drawn(language: &str, text: &str) -> Vec<String> {
    let analysis = read_in(language, text);
    analysis
        .numbers
        .iter()
        .map(|n| {
            let value = if (n.low - n.high).abs() < 1e-9 {
                format!("{}", (n.low * 1000.0).round() / 1000.0)
            } else {
                format!("{}..{}", n.low, n.high)
            };
            let unit = match &n.unit {
                Unit::Count => String::new(),
                Unit::Currency(code) | Unit::Measure(code) => format!(" {code}"),
                other => format!(" {other:?}"),
            };
            let approximation = match n.approximation {
                Approximation::Exact => String::new(),
                other => format!(" {other:?}"),
            };
            format!("{}|{value}{unit}{approximation}", n.span.of(text))
        })
        .collect()
}

fn check_in(language: &str, table: &[(&str, &[&str])]) {
    for (text, expected) in table {
        assert_eq!(drawn(language, text), *expected, "{language}: {text:?}");
    }
}

#[test]
fn figures() {
    check_in(
        "en",
        &[
            ("The fire destroyed 1,250 homes.", &["1,250|1250"]),
            ("Twenty-five people died.", &["Twenty-five|25"]),
            (
                "Two hundred and fifty thousand fled.",
                &["Two hundred and fifty thousand|250000"],
            ),
            (
                "A dozen cars, half a million trees and dozens of goats burned.",
                &["A dozen|12", "half a million|500000", "dozens|12 About"],
            ),
            (
                "Hundreds of thousands marched.",
                &["Hundreds of thousands|100000 About"],
            ),
            ("It has 3.4 million members.", &["3.4 million|3400000"]),
            ("It has 1,2 million members.", &["1,2 million|1200000"]),
            ("Gates 1,2 and 3", &["1|1", "2|2", "3|3"]),
            ("Half of the voters stayed away.", &["Half|0.5 Score"]),
            ("two-thirds of members", &["two-thirds|0.667 Score"]),
        ],
    );
}

#[test]
fn units() {
    check_in(
        "en",
        &[
            ("It cost $3.5 million.", &["$3.5 million|3500000 USD"]),
            (
                "They paid £20k, €5bn and US$7m.",
                &["£20k|20000 GBP", "€5bn|5000000000 EUR", "US$7m|7000000 USD"],
            ),
            (
                "It rose 12 percent, or 3 percentage points.",
                &["12 percent|12 Percent", "3 percentage points|3 PercentagePoints"],
            ),
            (
                "Turnout was 62 percent, two points more than before.",
                &["62 percent|62 Percent", "two points|2 PercentagePoints"],
            ),
            ("The team has 12 points.", &["12|12"]),
            (
                "Rates rose 25 basis points.",
                &["25 basis points|0.25 PercentagePoints"],
            ),
            ("a 10-mile road, 5km long", &["10-mile|16093.44 m", "5km|5000 m"]),
            (
                "It was 100 degrees Fahrenheit.",
                &["100 degrees Fahrenheit|37.778 degC"],
            ),
            (
                "2 million won was paid and they won",
                &["2 million won|2000000 KRW"],
            ),
            (
                "40 pounds of rice for 3 pounds",
                &["40 pounds|18.144 kg", "3 pounds|3 GBP"],
            ),
            ("at -5°C", &["-5°C|-5 degC"]),
        ],
    );
}

#[test]
fn ranges_and_results() {
    check_in(
        "en",
        &[
            ("between 10 and 15 ships", &["10 and 15|10..15"]),
            ("10-15 ships", &["10-15|10..15"]),
            ("2-3 million trees", &["2-3 million|2000000..3000000"]),
            ("$5m-$7m", &["$5m-$7m|5000000..7000000 USD"]),
            ("It was -5 to 7 °C.", &["-5 to 7 °C|-5..7 degC"]),
            ("It was -9 to -7 °C.", &["-9 to -7 °C|-9..-7 degC"]),
            ("quoted at $367.90/368.60", &["$367.90/368.60|367.9..368.6 USD"]),
            ("a room at $90/night", &["$90|90 USD"]),
            ("They won 3-1 at home.", &["3-1|3..1 Score"]),
            ("a 7-to-2 lead", &["7-to-2|7..2 Score"]),
            ("a 3-to-5 mile walk", &["3-to-5 mile|4828.032..8046.72 m"]),
        ],
    );
}

#[test]
fn exactness() {
    check_in(
        "en",
        &[
            ("more than 200 homes", &["200|200 AtLeast"]),
            ("at least $5 million", &["$5 million|5000000 USD AtLeast"]),
            (
                "nearly 40 ships and about 30 boats",
                &["40|40 Nearly", "30|30 About"],
            ),
            (
                "up to 90 beds, 20 or more chairs",
                &["90|90 AtMost", "20|20 AtLeast"],
            ),
        ],
    );
}

#[test]
fn ages_and_orders() {
    check_in(
        "en",
        &[
            (
                "A 34-year-old man and a boy aged 12",
                &["34-year-old|34 Age", "12|12 Age"],
            ),
            ("Ann Lee, 52, said so.", &["52|52 Age"]),
            ("It was the third attempt.", &["third|3 Ordinal"]),
        ],
    );
}

#[test]
fn names_dates_and_codes_are_no_numbers() {
    check_in(
        "en",
        &[
            ("On May 3, 2019 at 5pm the G20 met about Covid-19.", &[]),
            ("The Boeing 737 crashed near gate 12 as flight 370.", &[]),
            ("An F-16 flew over 21st Street.", &[]),
            ("one of them said no one knew", &[]),
            ("call 555-123-4567", &[]),
        ],
    );
}

#[test]
fn what_is_counted() {
    for (text, phrase, head) in [
        ("The army sent 300 soldiers.", "soldiers", "soldier"),
        ("At least 40 families fled.", "families", "family"),
        ("Dozens of houses burned.", "houses", "house"),
    ] {
        let analysis = read_in("en", text);
        let number = &analysis.numbers[0];
        let counted = number
            .counted
            .map(|c| c.of(text).trim_end_matches('.').to_owned());
        assert_eq!(counted.as_deref(), Some(phrase), "{text:?}");
        assert_eq!(number.counted_head, head, "{text:?}");
    }
}

#[test]
fn separators_follow_the_language() {
    check_in(
        "de",
        &[(
            "Es kostet 1.234,5 Euro, rund 12 Mio. Menschen",
            &["1.234,5 Euro|1234.5 EUR", "12 Mio.|12000000 About"],
        )],
    );
    check_in(
        "fr",
        &[
            ("plus de 3,5 millions d'euros", &["3,5 millions|3500000 AtLeast"]),
            ("Le prix est de 1 200 euros.", &["1 200 euros|1200 EUR"]),
        ],
    );
    check_in(
        "es",
        &[(
            "más de 1.500 personas, el 12,5 por ciento",
            &["1.500|1500 AtLeast", "12,5 por ciento|12.5 Percent"],
        )],
    );
    check_in(
        "tr",
        &[
            ("yaklaşık 2,5 milyon kişi", &["2,5 milyon|2500000 About"]),
            (
                "Fiyat yüzde 3,5 arttı, sonra %2 düştü.",
                &["yüzde 3,5|3.5 Percent", "%2|2 Percent"],
            ),
        ],
    );
    check_in(
        "ru",
        &[
            ("более 1,5 млн человек", &["1,5 млн|1500000 AtLeast"]),
            ("Цена выросла до 1200 рублей.", &["1200 рублей|1200 RUB"]),
        ],
    );
}

#[test]
fn figures_hold_when_their_own_time_says() {
    let text = "In March 2026 the rate was 5.1%, the highest since 2019 and more than in 2021.";
    let analysis = read_in("en", text);
    let as_of = analysis.numbers[0]
        .as_of
        .map(|time| analysis.times[time as usize].value.as_str());
    assert_eq!(as_of, Some("2026-03"));
}

proptest! {
    #[test]
    fn any_text_gives_sorted_spans_in_bounds(text in "\\PC{0,80}", language in prop::sample::select(vec!["en", "de", "fr", "es", "tr", "ru"])) {
        let analysis = read_in(language, &text);
        let mut behind = 0;
        for number in &analysis.numbers {
            prop_assert!(number.span.start() >= behind && number.span.get(&text).is_some());
            prop_assert!(number.low.is_finite() && number.high.is_finite());
            prop_assert!(number.counted.is_none_or(|c| c.get(&text).is_some()));
            behind = number.span.end();
        }
    }

    #[test]
    fn any_mix_of_number_words_is_read(words in prop::collection::vec(prop::sample::select(vec![
        "1", "23", "456", ",", ".", "-", "$", "€", "million", "hundred", "twenty", "five", "and", "a", "half", "of", "dozens",
        "thousands", "%", "percent", "to", "between", "won", "old", "year", "third", "½", "k", "°", "C", "999999999999999",
    ]), 0..12), glue in "[ ]{0,1}") {
        let text = words.join(&glue);
        for number in read_in("en", &text).numbers {
            prop_assert!(number.span.get(&text).is_some() && number.low.is_finite() && number.high.is_finite());
        }
    }
}
