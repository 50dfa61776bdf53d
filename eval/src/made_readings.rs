//! Readings of made-up articles without the language step: each sentence is analysed once, and an article's analysis is
//! put together from those of its sentences, with the names of its story.
//!
//! What comes of it is of the same kind and size as what the step makes of the article, layer by layer, though not the
//! same: nothing is seen across sentences but equal names. It fills a desk some ten times as fast.

use std::collections::HashMap;
use std::sync::Mutex;

use rayon::prelude::*;
use twosource_model::{
    Analysis, Article, ArticleId, Confidence, DateSource, DatedEvidence, Document, LanguageCode, Moment, Span,
};

use crate::made_archive::{Made, Maker, Part, name_of};

/// Sentences that articles draw on, analysed, and the plans of articles that are on their way.
pub struct Readings {
    analyses: Vec<Analysis>,
    texts: Vec<String>,
    names: HashMap<String, u64>,
    plans: Mutex<HashMap<String, Vec<Part>>>,
}

impl Readings {
    /// Analyses every sentence of `maker`.
    pub fn new(maker: &Maker) -> Self {
        let texts: Vec<String> = maker.sentences().iter().map(|s| s.text.clone()).collect();
        let analyses = texts.par_iter().map(|text| analysis_of(text)).collect();
        Self {
            analyses,
            texts,
            names: maker.names().clone(),
            plans: Mutex::default(),
        }
    }

    /// The document of an article that `Readings::read` will be asked for.
    pub fn document(&self, made: Made) -> Document {
        let parts = made.parts.clone();
        let document = made.document();
        let mut plans = self.plans.lock().unwrap_or_else(|held| held.into_inner());
        plans.insert(document.id.as_str().to_owned(), parts);
        document
    }

    /// The analysis of an article that [`Readings::document`] was asked for, put together; an empty one of any other.
    pub fn analysis(&self, article: &Article) -> Analysis {
        let mut plans = self.plans.lock().unwrap_or_else(|held| held.into_inner());
        let parts = plans.remove(article.id.as_str()).unwrap_or_default();
        drop(plans);
        self.put_together(article, &parts)
    }

    fn put_together(&self, article: &Article, parts: &[Part]) -> Analysis {
        let language = LanguageCode::ENGLISH;
        let mut whole = Analysis::empty(article.id.clone(), article.revision(), language);
        let mut at = 0;
        for part in parts {
            let length = self.texts[part.sentence].len();
            let text = article.text();
            // between sentences stands white space, one or two bytes
            while text.as_bytes().get(at).is_some_and(u8::is_ascii_whitespace) {
                at += 1;
            }
            if at + length > text.len() {
                break;
            }
            let paragraph = article.paragraphs.partition_point(|p| p.span.end() <= at);
            self.append(&mut whole, part, at, paragraph as u32);
            at += length;
        }
        whole
    }

    /// Puts the analysis of a sentence that starts at `at` behind those before it.
    fn append(&self, whole: &mut Analysis, part: &Part, at: usize, paragraph: u32) {
        let one = &self.analyses[part.sentence];
        let moved = |span: Span| span.shifted(at);
        let tokens = whole.tokens.len() as u32;
        for sentence in &one.sentences {
            let mut sentence = *sentence;
            sentence.span = moved(sentence.span);
            sentence.first_token += tokens;
            sentence.end_token += tokens;
            sentence.paragraph = paragraph;
            whole.sentences.push(sentence);
        }
        for token in &one.tokens {
            let mut token = token.clone();
            token.span = moved(token.span);
            token.head = token.head.map(|head| head + tokens);
            if let Some(lemma) = self.renamed(&token.lemma, part.story) {
                token.lemma = lemma.into();
            }
            whole.tokens.push(token);
        }
        let mentions = whole.mentions.len() as u32;
        let mut entities = Vec::with_capacity(one.entities.len());
        for entity in &one.entities {
            let mut entity = entity.clone();
            if let Some(name) = self.renamed(&entity.name, part.story) {
                entity.name = name;
            }
            entity.roles.iter_mut().for_each(|span| *span = moved(*span));
            entity.mentions.iter_mut().for_each(|one| *one += mentions);
            let known = whole.entities.iter().position(|known| known.name == entity.name);
            entities.push(known.unwrap_or(whole.entities.len()) as u32);
            match known {
                Some(known) => whole.entities[known].mentions.extend(&entity.mentions),
                None => whole.entities.push(entity),
            }
        }
        let entity = |old: Option<u32>| old.and_then(|old| entities.get(old as usize).copied());
        for mention in &one.mentions {
            let mut mention = mention.clone();
            (mention.span, mention.full) = (moved(mention.span), moved(mention.full));
            mention.entity = entity(mention.entity);
            whole.mentions.push(mention);
        }
        let quotes = whole.quotes.len() as u32;
        for quote in &one.quotes {
            let mut quote = quote.clone();
            for spans in [&mut quote.content, &mut quote.cue, &mut quote.speaker] {
                spans.iter_mut().for_each(|span| *span = moved(*span));
            }
            quote.addressee = quote.addressee.map(moved);
            quote.medium = quote.medium.map(moved);
            quote.speaker_entity = entity(quote.speaker_entity);
            whole.quotes.push(quote);
        }
        let times = whole.times.len() as u32;
        for time in &one.times {
            let mut time = time.clone();
            time.span = moved(time.span);
            whole.times.push(time);
        }
        for number in &one.numbers {
            let mut number = number.clone();
            number.span = moved(number.span);
            number.counted = number.counted.map(moved);
            number.as_of = number.as_of.map(|time| time + times);
            if let Some(head) = self.renamed(&number.counted_head, part.story) {
                number.counted_head = head;
            }
            whole.numbers.push(number);
        }
        for event in &one.events {
            let mut event = event.clone();
            (event.span, event.trigger) = (moved(event.span), moved(event.trigger));
            for actor in event.source.iter_mut().chain(&mut event.target) {
                actor.span = moved(actor.span);
                actor.entity = entity(actor.entity);
            }
            event.attribution = event.attribution.map(|quote| quote + quotes);
            event.time = event.time.map(|time| time + times);
            event.place = event.place.map(|mention| mention + mentions);
            whole.events.push(event);
        }
    }

    /// `words` with the names of a story; `None` where they hold no name of no story.
    fn renamed(&self, words: &str, story: u64) -> Option<String> {
        let mut told: Option<String> = None;
        for word in words.split(|c: char| !c.is_alphanumeric()) {
            let mut capital = word.to_owned();
            if let Some(first) = capital.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            if let Some(key) = self.names.get(&capital) {
                let mut name = name_of(story, *key);
                if capital != word {
                    name.make_ascii_lowercase();
                }
                let before = told.as_deref().unwrap_or(words);
                told = Some(before.replacen(word, &name, 1));
            }
        }
        told
    }
}

/// A sentence alone, read against a day.
fn analysis_of(text: &str) -> Analysis {
    let mut article = Article::of_text(ArticleId::new("sentence"), "", text);
    article.language = Some(LanguageCode::ENGLISH);
    article.published = Some(DatedEvidence {
        moment: Moment::Day(jiff::civil::date(2030, 1, 2)),
        until: None,
        source: DateSource::Given,
        evidence: String::new(),
        confidence: Confidence::High,
    });
    twosource_language::analyze(&article, &twosource_language::Settings::default())
}
