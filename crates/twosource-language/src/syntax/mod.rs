//! Sentences, tokens, tags, lemmas and trees.

use twosource_model::{Analysis, Article, Relation, Sentence, Span, Token, Upos, Xpos};

/// Fills `analysis` with the sentences and tokens of `article`.
pub fn parse(article: &Article, analysis: &mut Analysis) {
    let text = article.text();
    for (paragraph, at) in article.paragraphs.iter().enumerate() {
        let words = at.span.of(text);
        let mut from = at.span.start();
        let ends = words.match_indices(". ").map(|(i, _)| at.span.start() + i + 1);
        for end in ends.chain([at.span.end()]) {
            let span = Span::at(from, end).trimmed(text);
            from = end;
            if span.is_empty() {
                continue;
            }
            let first_token = analysis.tokens.len() as u32;
            let mut word_at = span.start();
            for word in span.of(text).split_inclusive(char::is_whitespace) {
                let token = Span::at(word_at, word_at + word.len()).trimmed(text);
                word_at += word.len();
                if !token.is_empty() {
                    analysis.tokens.push(Token {
                        span: token,
                        upos: Upos::X,
                        xpos: Xpos::Unknown,
                        lemma: token.of(text).to_lowercase().into(),
                        head: None,
                        relation: Relation::Dep,
                    });
                }
            }
            let end_token = analysis.tokens.len() as u32;
            analysis.sentences.push(Sentence {
                span,
                first_token,
                end_token,
                paragraph: paragraph as u32,
            });
        }
    }
}
