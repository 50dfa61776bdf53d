//! Articles of any number for the measurements of the desk, made from the sentences of a corpus.
//!
//! Six in ten articles belong to a story that is open already; the chance of a story grows with its size. A story has
//! sentences and names of its own: the capitalised words of its sentences are exchanged for made-up ones, the same in
//! all its articles, so that stories of one sentence are told apart as those of a newspaper are.

use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};
use twosource_model::{Document, DocumentId, MediaType};

use crate::lines;
use crate::random::Random;

/// Articles among which the story of the next one is drawn: about two days of a big desk.
const OPEN: u64 = 4_000;
/// Articles of a day.
const DAY: u64 = 20_000;
/// Sentences of an article.
const LENGTH: u64 = 14;
/// Sentences that belong to one story.
const TOPIC: u64 = 16;
/// Outlets.
const OUTLETS: u64 = 900;

/// The next article of a made-up stream.
pub struct Maker {
    sentences: Vec<String>,
    stories: Vec<u64>,
    random: Random,
}

/// One made-up article.
pub struct Made {
    pub number: u64,
    pub outlet: u64,
    pub day: u64,
    pub title: String,
    pub text: String,
}

impl Maker {
    /// From the texts of a corpus's articles.
    pub fn new(corpus: &Path) -> Result<Self> {
        let mut sentences = Vec::new();
        for line in lines::read::<Value>(corpus)? {
            let text = line.get("text").and_then(Value::as_str).unwrap_or_default();
            let found = text.split_inclusive(". ").map(str::trim);
            sentences.extend(found.filter(|s| (60..300).contains(&s.len())).map(str::to_owned));
        }
        anyhow::ensure!(
            sentences.len() > 1000,
            "{} holds too few sentences",
            corpus.display()
        );
        Ok(Self {
            sentences,
            stories: Vec::new(),
            random: Random::of(20_181_122),
        })
    }

    fn sentence(&self, story: u64, place: u64) -> String {
        let mut seed = Random::of(story * 1_000_003 + place + 1);
        let sentence = &self.sentences[seed.below(self.sentences.len() as u64) as usize];
        let mut text = String::with_capacity(sentence.len() + 16);
        for (at, word) in sentence.split(' ').enumerate() {
            if at > 0 {
                text.push(' ');
            }
            let letters = word.trim_end_matches(|c: char| !c.is_alphanumeric());
            let is_name = at > 0 && letters.len() > 2 && letters.starts_with(char::is_uppercase);
            if is_name {
                text.push_str(&name_of(story * 31 + letters.len() as u64 % 5));
                text.push_str(&word[letters.len()..]);
            } else {
                text.push_str(word);
            }
        }
        text
    }
}

impl Iterator for Maker {
    type Item = Made;

    fn next(&mut self) -> Option<Made> {
        let at = self.stories.len() as u64;
        let story = match self.random.below(10) {
            0..6 if at > 0 => self.stories[(at - 1 - self.random.below(at.min(OPEN))) as usize],
            _ => at,
        };
        self.stories.push(story);
        let mut text = String::new();
        for place in 0..LENGTH {
            let sentence = if self.random.below(10) < 6 {
                let place = self.random.below(TOPIC);
                self.sentence(story, place)
            } else {
                self.sentence(at, 1_000 + place)
            };
            text.push_str(&sentence);
            text.push_str(if place % 3 == 2 { "\n\n" } else { " " });
        }
        let title: Vec<&str> = text.split(' ').take(9).collect();
        Some(Made {
            number: at,
            outlet: self.random.below(OUTLETS),
            day: at / DAY,
            title: title.join(" "),
            text: text.trim_end().to_owned(),
        })
    }
}

impl Made {
    fn published(&self) -> String {
        let day = self.day;
        format!(
            "20{:02}-{:02}-{:02}T{:02}:00:00Z",
            30 + day / 336,
            1 + day / 28 % 12,
            1 + day % 28,
            self.number % 24
        )
    }

    /// As it comes from a reader of archives.
    pub fn document(self) -> Document {
        let id = format!("https://outlet{}.example/2030/{}", self.outlet, self.number);
        let published = self.published().parse().ok();
        let mut document = Document::new(
            DocumentId::new(&id),
            MediaType::ArticleText,
            self.text.into_bytes(),
        );
        document.url = Some(id);
        document.given.title = Some(self.title);
        document.given.outlet = Some(format!("Outlet {}", self.outlet));
        document.given.published = published;
        document
    }

    /// As a line of a file.
    pub fn line(&self) -> Value {
        json!({
            "id": format!("https://outlet{}.example/2030/{}", self.outlet, self.number),
            "outlet": format!("Outlet {}", self.outlet),
            "published": self.published(),
            "title": self.title,
            "text": self.text,
        })
    }
}

/// A made-up name, the same for the same number.
fn name_of(number: u64) -> String {
    const PARTS: [&str; 16] = [
        "ba", "do", "ri", "mel", "ka", "ton", "su", "ver", "lo", "han", "pi", "gor", "ne", "tal", "um", "zi",
    ];
    let mut seed = Random::of(number + 7);
    let mut name: String = (0..3).map(|_| PARTS[seed.below(16) as usize]).collect();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}
