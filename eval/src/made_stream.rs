//! A stream of made-up reports with the vocabulary and the story sizes of real news, of any length.
//!
//! - Words: Zipf's law with exponent 1 for the 2,500 commonest and 2 beyond (two regimes: Ferrer i Cancho and Solé 2001).
//!   It gives 5,400, 17,400 and 38,000 different words in 34,000, 342,000 and 1,613,000; stories-stream has 5,500, 19,400 and
//!   39,600. Three words in a hundred are numbers, half of the rare words are names.
//! - Length: 150 to 1,500 words, short ones more often; 590 on average.
//! - Stories: six in ten reports continue the story of one of the last 4,000 (about two days of a big desk), so big ones
//!   grow faster; a sixth of the text is words of its story. Each story belongs to one of 600 recurring subjects, some of
//!   them frequent, whose words make a tenth of the text: look-alikes that are no copies.
//! - Copies: one in eight of those that continue a story prints the text of another one with another outlet's name.

use std::collections::VecDeque;

use twosource_model::{Analysis, Article, ArticleId, LanguageCode, Moment, Outlet};
use twosource_stories::{Item, Reading};

use crate::random::Random;

/// Ranks of the first regime of word frequencies.
const COMMON: f64 = 2_500.0;
/// Ranks too common to belong to a story or a subject.
const FUNCTION_WORDS: u64 = 150;
/// Words of a story, and of a subject.
const TOPIC: u64 = 40;
/// Recurring subjects.
const SUBJECTS: u64 = 600;
/// Reports among which the story of the next one is drawn.
const OPEN: usize = 4_000;
/// Reports of a day.
const DAY: u64 = 2_000;

/// A report as it is drawn, before it is written out.
#[derive(Debug, Clone, Copy)]
pub struct Draft {
    /// Its number in the stream.
    pub number: u64,
    /// Its story: the number of the first report.
    pub story: u64,
    /// What its text is drawn from.
    text: u64,
    outlet: u64,
}

/// The reports of the stream, in order, without end.
pub struct Drafts {
    random: Random,
    open: VecDeque<Draft>,
    next: u64,
}

impl Drafts {
    /// The stream from its start.
    pub fn new() -> Self {
        Self {
            random: Random::of(0),
            open: VecDeque::new(),
            next: 0,
        }
    }
}

impl Iterator for Drafts {
    type Item = Draft;

    fn next(&mut self) -> Option<Draft> {
        let number = self.next;
        self.next += 1;
        let mut draft = Draft {
            number,
            story: number,
            text: number,
            outlet: self.random.below(900),
        };
        if !self.open.is_empty() && self.random.below(10) < 6 {
            let before = self.open[self.random.below(self.open.len() as u64) as usize];
            draft.story = before.story;
            if self.random.below(8) == 0 {
                draft.text = before.text;
            }
        }
        if self.open.len() == OPEN {
            self.open.pop_front();
        }
        self.open.push_back(draft);
        Some(draft)
    }
}

impl Draft {
    /// The report as the stories step reads it.
    pub fn read(&self, article: &Article) -> Reading {
        let analysis = Analysis::empty(article.id.clone(), article.revision(), LanguageCode::ENGLISH);
        let item = Item {
            article,
            analysis: &analysis,
        };
        Reading::new(&item, day(self.number / DAY))
    }

    /// The report, written out.
    pub fn article(&self) -> Article {
        let mut random = Random::of(self.text);
        let length = (150.0 * 10_f64.powf(random.unit())) as u64;
        let title: Vec<String> = (0..9).map(|_| self.word(&mut random, 3)).collect();
        let mut text = String::new();
        for place in 0..length {
            text += &self.word(&mut random, 6);
            text += if place % 18 == 17 { ". " } else { " " };
        }
        let mut article = Article::of_text(
            ArticleId::new(&format!("n{}", self.number)),
            &title.join(" "),
            &text,
        );
        article.outlet = Some(Outlet {
            name: format!("outlet {}", self.outlet),
            host: None,
        });
        article
    }

    /// The next word: one in `own` is a word of the story.
    fn word(&self, random: &mut Random, own: u64) -> String {
        if random.below(own) == 0 {
            return word(topic_word(self.story * 2, random.below(TOPIC)));
        }
        if random.below(8) == 0 {
            // the first subjects are the frequent ones, as common words are
            let subject = (SUBJECTS as f64).powf(Random::of(self.story).unit()) as u64;
            return word(topic_word(subject * 2 + 1, random.below(TOPIC)));
        }
        if random.below(33) == 0 {
            return rank(random).to_string();
        }
        word(rank(random))
    }
}

/// The word at a place of a topic, by rank: one in four is rare, the others are drawn as those of the language.
fn topic_word(topic: u64, place: u64) -> u64 {
    let random = &mut Random::of(topic * TOPIC + place + 1_000_000_007);
    if place < TOPIC / 4 {
        return rare(random);
    }
    FUNCTION_WORDS + rank(random)
}

/// Rank of a word drawn by its frequency, from 1.
fn rank(random: &mut Random) -> u64 {
    let common = COMMON.ln();
    let at = random.unit() * (common + 1.0);
    if at < common {
        at.exp() as u64
    } else {
        rare(random)
    }
}

/// Rank of a rare word.
fn rare(random: &mut Random) -> u64 {
    (COMMON / (1.0 - random.unit())) as u64
}

/// A word as it is written: the rank in letters, half of the rare ones with a capital.
fn word(rank: u64) -> String {
    let mut word = String::new();
    let mut left = rank;
    while left > 0 {
        let c = char::from(b'a' + (left % 26) as u8);
        let named = word.is_empty() && rank > 1_000 && Random::of(rank).below(2) == 0;
        word.push(if named { c.to_ascii_uppercase() } else { c });
        left /= 26;
    }
    word
}

fn day(number: u64) -> Option<Moment> {
    let (year, month, day) = (2030 + number / 336, 1 + number / 28 % 12, 1 + number % 28);
    format!("{year}-{month:02}-{day:02}").parse().ok()
}
