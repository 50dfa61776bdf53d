//! What the quote finder knows about a text before it looks for quotes.

use twosource_model::{Analysis, Article, LanguageCode, Relation, Span, Token, Upos, Xpos};

use super::cue::{Cue, CueLexicon};
use super::marks::{Run, find_runs};
use super::tree::Tree;
use super::word_class::{self, WordClasses};

/// One article with its tokens, trees, runs and cues.
pub(super) struct Context<'a> {
    pub article: &'a Article,
    pub text: &'a str,
    pub analysis: &'a Analysis,
    pub tokens: &'a [Token],
    pub tree: Tree,
    pub lexicon: &'static CueLexicon,
    pub runs: Vec<Run>,
    /// For each token its run plus one, 0 outside.
    run_of: Vec<u32>,
    /// For each token its verb or noun cue.
    cues: Vec<Option<Cue>>,
    /// For each token the mention that starts at or covers it plus one; names win over pronouns, longer over shorter.
    mention_of: Vec<u32>,
    english: bool,
}

impl<'a> Context<'a> {
    pub fn of(article: &'a Article, analysis: &'a Analysis) -> Self {
        let text = article.text();
        let runs = find_runs(article);
        let tokens = analysis.tokens.as_slice();
        let mut run_of = vec![0; tokens.len()];
        for (index, run) in runs.iter().enumerate() {
            for token in analysis.tokens_in(run.outer) {
                run_of[token] = index as u32 + 1;
            }
        }
        let mut mention_of = vec![0; tokens.len()];
        for (index, mention) in analysis.mentions.iter().enumerate().rev() {
            for token in analysis.tokens_in(mention.span) {
                mention_of[token] = index as u32 + 1;
            }
        }
        let english = analysis.language == LanguageCode::ENGLISH;
        let lexicon = CueLexicon::of(analysis.language);
        let mut cues: Vec<Option<Cue>> = tokens.iter().map(|t| cue_of(lexicon, text, t)).collect();
        if analysis.language.as_str() == "de" {
            drop_plain_so(text, tokens, &mut cues);
        }
        if english {
            drop_attributes(tokens, &mut cues);
        }
        Self {
            article,
            text,
            analysis,
            tokens,
            tree: Tree::of(analysis),
            lexicon,
            runs,
            run_of,
            cues,
            mention_of,
            english,
        }
    }

    /// Index in `runs` of the run that holds a token.
    pub fn run_of(&self, token: usize) -> Option<usize> {
        (self.run_of[token] as usize).checked_sub(1)
    }

    /// What the list says about a token, by its part of speech where that is known.
    pub fn cue(&self, token: usize) -> Option<Cue> {
        self.cues[token]
    }

    /// The same with adjectives, which lay nothing but told words to somebody ("worried that it is late").
    pub fn telling(&self, token: usize) -> Option<Cue> {
        let adjective = || {
            let word = (self.tokens[token].upos == Upos::Adj).then(|| self.word(token).to_lowercase())?;
            self.lexicon.adjective(&word)
        };
        self.cue(token).or_else(adjective)
    }

    /// Whether the list has the word as a verb, whatever part of speech the tagger gave it.
    pub fn listed_verb(&self, token: usize) -> bool {
        self.lexicon.verb(&self.word(token).to_lowercase()).is_some()
    }

    /// Index in the analysis of the mention that holds a token.
    pub fn mention_of(&self, token: usize) -> Option<usize> {
        (self.mention_of[token] as usize).checked_sub(1)
    }

    /// Words of a token.
    pub fn word(&self, token: usize) -> &'a str {
        self.tokens[token].span.of(self.text)
    }

    /// Whether the word is `word`, case aside (ASCII).
    pub fn is(&self, token: usize, word: &str) -> bool {
        self.word(token).eq_ignore_ascii_case(word)
    }

    /// Classes of a token's lemma as a verb or noun, by its part of speech.
    pub fn classes(&self, token: usize) -> WordClasses {
        if !self.english {
            return WordClasses::default();
        }
        let token = &self.tokens[token];
        match token.upos {
            Upos::Verb | Upos::Aux => word_class::verb(&token.lemma),
            Upos::Noun => word_class::noun(&token.lemma),
            _ => WordClasses::default(),
        }
    }

    /// Whether the token is punctuation; behind the last token there is none.
    pub fn is_punctuation(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|token| {
            token.upos == Upos::Punct || !token.span.of(self.text).chars().any(char::is_alphanumeric)
        })
    }

    /// The paragraph that holds `run`.
    pub fn paragraph(&self, run: &Run) -> Span {
        self.article.paragraphs[run.paragraph as usize].span
    }

    /// Index of the sentence that holds a token.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.analysis
            .sentences
            .partition_point(|s| s.end_token as usize <= token)
            .min(self.analysis.sentences.len().saturating_sub(1))
    }
}

/// A participle between an article, possessive or counted number and a plain noun, or one that the tree hangs on what
/// follows as no clause hangs, describes a noun: "the 12 alleged thieves", "his promised talks".
fn drop_attributes(tokens: &[Token], cues: &mut [Option<Cue>]) {
    let article = |at: usize| matches!(tokens[at].lemma.as_str(), "the" | "a" | "an");
    for at in 1..tokens.len() {
        let opened = match tokens[at - 1].xpos {
            Xpos::PrpS => true,
            Xpos::Cd => at > 1 && article(at - 2),
            _ => article(at - 1),
        };
        let participle = matches!(tokens[at].xpos, Xpos::Vbd | Xpos::Vbn);
        if opened && participle {
            let mut behind = tokens[at + 1..].iter();
            let described = behind.find(|t| !matches!(t.upos, Upos::Adj | Upos::Propn));
            let hangs = matches!(
                tokens[at].relation,
                Relation::Amod | Relation::Nsubj | Relation::Compound
            );
            if hangs || described.is_some_and(|t| t.upos == Upos::Noun) {
                cues[at] = None;
            }
        }
    }
}

/// German "so" names a source only behind a mark or comma (", so die Ministerin").
fn drop_plain_so(text: &str, tokens: &[Token], cues: &mut [Option<Cue>]) {
    for (at, token) in tokens.iter().enumerate() {
        let aside = at > 0 && !tokens[at - 1].span.of(text).ends_with(char::is_alphanumeric);
        if token.span.of(text) == "so" && !aside {
            cues[at] = None;
        }
    }
}

fn cue_of(lexicon: &CueLexicon, text: &str, token: &Token) -> Option<Cue> {
    let word = token.span.of(text);
    if word.len() < 2 || !word.starts_with(char::is_alphabetic) {
        return None;
    }
    let lower;
    let form = if word.chars().all(char::is_lowercase) {
        word
    } else {
        lower = word.to_lowercase();
        &lower
    };
    match token.upos {
        Upos::Verb | Upos::Aux => lexicon
            .verb(&token.lemma)
            .or_else(|| lexicon.verb(form))
            .or_else(|| lexicon.source(form)),
        Upos::Noun | Upos::Propn => lexicon
            .noun(&token.lemma)
            .or_else(|| lexicon.noun(form))
            .or_else(|| lexicon.source(form)),
        Upos::X => lexicon
            .verb(form)
            .or_else(|| lexicon.source(form))
            .or_else(|| lexicon.noun(form)),
        _ => lexicon.source(form),
    }
}
