//! Articles of any number for the measurements of the desk, made from the sentences of a corpus.
//!
//! Six in ten articles belong to a story that is open already; the chance of a story grows with its size. A story has
//! sentences and names of its own: the capitalised words of its sentences are exchanged for made-up ones, the same in
//! all its articles, so that stories of one sentence are told apart as those of a newspaper are. A made-up name is as long
//! as the word it stands for, so that a sentence has the same places whichever story it is in.

use std::collections::HashMap;
use std::ops::Range;
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
/// Sentences of ten articles, as a news wire has them: briefs, reports, long reports. 1.4 kB on average.
const LENGTHS: [u64; 10] = [3, 3, 9, 9, 9, 9, 9, 18, 18, 18];
/// Sentences of a brief.
const BRIEF: u64 = 3;
/// Sentences of the corpus that are used at most, from all over it.
const SENTENCES: usize = 40_000;
/// Sentences that belong to one story.
const TOPIC: u64 = 16;
/// Outlets.
const OUTLETS: u64 = 900;
/// Bytes of the longest name that is exchanged.
const LONGEST_NAME: usize = 24;

/// The next article of a made-up stream.
pub struct Maker {
    sentences: Vec<Sentence>,
    names: HashMap<String, u64>,
    stories: Vec<u64>,
    briefs: Range<u64>,
    random: Random,
}

/// A sentence of the corpus with the names of no story in it.
pub struct Sentence {
    pub text: String,
    /// Where its names start, and which they are.
    names: Vec<(usize, u64)>,
}

/// One sentence of a made-up article.
#[derive(Clone, Copy)]
pub struct Part {
    /// Its number among the sentences of the corpus.
    pub sentence: usize,
    /// The story whose names it has.
    pub story: u64,
}

/// One made-up article.
pub struct Made {
    pub number: u64,
    pub outlet: u64,
    pub day: u64,
    pub title: String,
    pub text: String,
    pub parts: Vec<Part>,
}

impl Maker {
    /// From the texts of a corpus's articles.
    pub fn new(corpus: &Path) -> Result<Self> {
        let mut sentences = Vec::new();
        for line in lines::read::<Value>(corpus)? {
            let text = line.get("text").and_then(Value::as_str).unwrap_or_default();
            let found = text.split_inclusive(". ").map(str::trim);
            let fits = |s: &&str| (60..300).contains(&s.len()) && !s.contains('\n');
            sentences.extend(found.filter(fits).map(str::to_owned));
        }
        anyhow::ensure!(
            sentences.len() > 1000,
            "{} holds too few sentences",
            corpus.display()
        );
        let sentences = sentences
            .iter()
            .step_by(sentences.len().div_ceil(SENTENCES))
            .map(|words| Sentence::new(words))
            .collect();
        let keys = (0..=LONGEST_NAME as u64 * 2 + 1).filter(|key| key / 2 > 2);
        Ok(Self {
            sentences,
            names: keys.map(|key| (name_of(NO_STORY, key), key)).collect(),
            stories: Vec::new(),
            briefs: 0..0,
            random: Random::of(20_181_122),
        })
    }

    /// The same, where the articles of these numbers are briefs.
    pub fn with_briefs(self, briefs: Range<u64>) -> Self {
        Self { briefs, ..self }
    }

    /// The sentences that articles are made of.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// Names of no story, as they stand in [`Maker::sentences`], each with its key for [`name_of`].
    pub fn names(&self) -> &HashMap<String, u64> {
        &self.names
    }

    fn part(&self, story: u64, place: u64) -> Part {
        let mut seed = Random::of(story * 1_000_003 + place + 1);
        Part {
            sentence: seed.below(self.sentences.len() as u64) as usize,
            story,
        }
    }
}

/// The story of the names in [`Maker::sentences`].
const NO_STORY: u64 = 1 << 40;

impl Sentence {
    fn new(words: &str) -> Self {
        let mut text = String::with_capacity(words.len());
        let mut names = Vec::new();
        let mut behind_name = false;
        for (at, word) in words.split(' ').enumerate() {
            if at > 0 {
                text.push(' ');
            }
            let letters = word.trim_end_matches(|c: char| !c.is_alphanumeric());
            let is_name = at > 0
                && (3..=LONGEST_NAME).contains(&letters.len())
                && letters.starts_with(char::is_uppercase);
            if is_name {
                // two names side by side are two
                let key = letters.len() as u64 * 2 + u64::from(behind_name);
                names.push((text.len(), key));
                text.push_str(&name_of(NO_STORY, key));
                text.push_str(&word[letters.len()..]);
            } else {
                text.push_str(word);
            }
            behind_name = is_name && !behind_name;
        }
        Self { text, names }
    }

    /// With the names of a story.
    pub fn told(&self, story: u64) -> String {
        let mut told = String::with_capacity(self.text.len());
        for (at, key) in &self.names {
            told.push_str(&self.text[told.len()..*at]);
            told.push_str(&name_of(story, *key));
        }
        told.push_str(&self.text[told.len()..]);
        told
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
        let length = match LENGTHS[self.random.below(LENGTHS.len() as u64) as usize] {
            _ if self.briefs.contains(&at) => BRIEF,
            length => length,
        };
        let mut text = String::new();
        let mut parts = Vec::with_capacity(length as usize);
        for place in 0..length {
            let part = if self.random.below(10) < 6 {
                let place = self.random.below(TOPIC);
                self.part(story, place)
            } else {
                self.part(at, 1_000 + place)
            };
            text.push_str(&self.sentences[part.sentence].told(part.story));
            text.push_str(if place % 3 == 2 { "\n\n" } else { " " });
            parts.push(part);
        }
        let title: Vec<&str> = text.split(' ').take(9).collect();
        Some(Made {
            number: at,
            outlet: self.random.below(OUTLETS),
            day: at / DAY,
            title: title.join(" "),
            text: text.trim_end().to_owned(),
            parts,
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

/// The name of a story under a key, which is twice its length in bytes, or one more.
pub fn name_of(story: u64, key: u64) -> String {
    const BETWEEN: &[u8] = b"bdfghklmnprtvz";
    const VOWELS: &[u8] = b"aeiou";
    let length = key / 2;
    let mut seed = Random::of(story.wrapping_mul(97).wrapping_add(key));
    let mut name = String::with_capacity(length as usize);
    for at in 0..length {
        let letters = if at % 2 == 0 { BETWEEN } else { VOWELS };
        name.push(char::from(letters[seed.below(letters.len() as u64) as usize]));
    }
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}
