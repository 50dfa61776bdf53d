//! Sentences, tokens, tags, lemmas and trees.
//!
//! English has a model for each of them, trained by `cargo run --release -p twosource-train -- syntax`. Every other
//! language gets sentences and tokens by rule, without tags and trees. Nothing here depends on anything but the text:
//! equal text gives equal tokens. Time and memory grow in step with the length of the text.

pub mod buckets;
pub mod choice;
pub mod conllu;
pub mod dictionary;
pub mod groups;
mod identify;
pub mod lemma;
pub mod lexicon;
pub mod model;
pub mod parser;
pub(crate) mod reader;
pub mod scan;
pub mod second;
pub mod split;
pub mod tagger;
pub mod transition;
pub mod weights;
pub mod word;

use smol_str::SmolStr;
use twosource_model::{Analysis, Article, LanguageCode, Relation, Sentence, Span, Token, Upos, Xpos};

pub use identify::identify_language;
use model::Model;
use word::{Lowered, Word};

/// Fills `analysis` with the sentences and tokens of `article`, with tags, lemmas and trees when
/// `analysis.language` is English.
///
/// Sentences never cross paragraphs; together they hold every character of the paragraphs that is not white space.
/// A closing quotation mark belongs to the sentence it closes.
pub fn parse(article: &Article, analysis: &mut Analysis) {
    let text = article.text();
    let english = analysis.language == LanguageCode::ENGLISH;
    let model = english.then(model::english).flatten();
    let mut spans = Vec::new();
    let mut words = Vec::new();
    let mut ends = Vec::new();
    let mut view = split::SplitView::default();
    let mut lowered = Lowered::default();
    let mut steps = Steps::default();
    for (paragraph, at) in article.paragraphs.iter().enumerate() {
        spans.clear();
        if english {
            scan::scan_english(text, at.span, &mut spans);
        } else {
            scan::scan_other(text, at.span, analysis.language, &mut spans);
        }
        words.clear();
        words.extend(spans.iter().map(|span| lowered.hash(span.of(text))));
        view.fill(text, &spans, &words, model.map(|m| &m.tagger.lexicon));
        match model {
            Some(model) => view.ends_by_model(&model.splitter, &mut ends),
            None => view.ends_by_rule(&mut ends),
        }
        if let Some(proper) = article.dateline_end() {
            end_before(proper, &spans, &mut ends);
        }
        let mut from = 0;
        for &end in &ends {
            let first_token = analysis.tokens.len() as u32;
            push_tokens(text, &spans[from..end], analysis);
            analysis.sentences.push(Sentence {
                span: Span::at(spans[from].start(), spans[end - 1].end()),
                first_token,
                end_token: analysis.tokens.len() as u32,
                paragraph: paragraph as u32,
            });
            if let Some(model) = model {
                let tokens = &mut analysis.tokens[first_token as usize..];
                steps.annotate(text, &words[from..end], tokens, first_token, model);
            }
            from = end;
        }
    }
}

/// Ends a sentence before the token that begins at `offset`: a dateline is no part of the sentence behind it.
fn end_before(offset: usize, spans: &[Span], ends: &mut Vec<usize>) {
    let token = spans.partition_point(|span| span.start() < offset);
    let begins = spans.get(token).is_some_and(|span| span.start() == offset);
    if let (true, 1.., Err(place)) = (begins, token, ends.binary_search(&token)) {
        ends.insert(place, token);
    }
}

/// Tags, lemmatises and parses tokens that are there already, for instance from [`conllu::read`]; English only.
pub fn parse_tokens(article: &Article, analysis: &mut Analysis) {
    let Some(model) = model::english() else {
        return;
    };
    let text = article.text();
    let mut lowered = Lowered::default();
    let mut words = Vec::new();
    let mut steps = Steps::default();
    for sentence in &analysis.sentences {
        let tokens = &mut analysis.tokens[sentence.tokens()];
        words.clear();
        words.extend(tokens.iter().map(|t| lowered.hash(t.span.of(text))));
        steps.annotate(text, &words, tokens, sentence.first_token, model);
    }
}

/// Tokens without tags, lemmas in lower case.
fn push_tokens(text: &str, spans: &[Span], analysis: &mut Analysis) {
    analysis.tokens.extend(spans.iter().map(|span| Token {
        span: *span,
        upos: Upos::X,
        xpos: Xpos::Unknown,
        lemma: lower(span.of(text)),
        head: None,
        relation: Relation::Dep,
    }));
}

fn lower(form: &str) -> SmolStr {
    if form.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        SmolStr::new(form)
    } else {
        SmolStr::from(form.to_lowercase())
    }
}

/// Buffers of the steps behind the tokens.
#[derive(Debug, Default)]
struct Steps {
    tags: Vec<tagger::Tag>,
    tag: tagger::TagBuffers,
    parse: parser::ParseBuffers,
    second: second::Buffers,
}

impl Steps {
    /// Tags, lemmas, heads and relations of one sentence, whose first token has the index `first`.
    fn annotate(&mut self, text: &str, words: &[Word], tokens: &mut [Token], first: u32, model: &Model) {
        model.tagger.tag(words, &mut self.tag, &mut self.tags);
        if let Some(second) = &model.second {
            second.revise_tags(&self.tag, words, &mut self.tags, &mut self.second);
        }
        model.parser.parse(
            words,
            &self.tags,
            self.tag.entries(),
            &model.tagger.tags,
            &mut self.parse,
        );
        if let Some(second) = &model.second {
            second.revise_tree(&mut self.parse, &mut self.second);
        }
        let length = tokens.len() as u32;
        for (place, token) in tokens.iter_mut().enumerate() {
            let tag = self.tags[place];
            (token.upos, token.xpos) = model.tagger.tags.pair(tag);
            token.lemma = model.lemmatizer.known_lemma(
                token.span.of(text),
                &words[place],
                self.tag.entries()[place],
                (tag, token.upos),
                &model.tagger.dictionary,
            );
            let head = self.parse.state.heads[place];
            token.head = (head < length).then(|| first + head);
            let label = usize::from(self.parse.state.labels[place]);
            token.relation = if head >= length {
                Relation::Root
            } else {
                Relation::ALL.get(label).copied().unwrap_or(Relation::FALLBACK)
            };
        }
    }
}

#[cfg(test)]
mod tests;
