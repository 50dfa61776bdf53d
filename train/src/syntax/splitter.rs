//! Trains the splitter on the raw text of the treebanks.

use twosource_language::syntax::lexicon::Lexicon;
use twosource_language::syntax::scan::scan_english;
use twosource_language::syntax::split::SplitView;
use twosource_language::syntax::weights::Rows;
use twosource_language::syntax::word::Word;
use twosource_model::Span;

use super::data::Treebank;
use super::perceptron::{Perceptron, Pruning, Random};

const ROUNDS: usize = 10;
const PRUNING: Pruning = Pruning {
    fewest_updates: 2,
    smallest: 1,
};

struct Paragraph {
    view: SplitView,
    /// Whether a sentence ends behind each token.
    ends: Vec<bool>,
}

pub fn train(treebanks: &[&Treebank], lexicon: &Lexicon) -> Rows {
    let paragraphs: Vec<Paragraph> = treebanks.iter().flat_map(|t| paragraphs(t, lexicon)).collect();
    let mut model = Perceptron::new(2);
    let mut order: Vec<usize> = (0..paragraphs.len()).collect();
    let mut random = Random(5);
    let (mut features, mut scores) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        random.shuffle(&mut order);
        for &number in &order {
            let paragraph = &paragraphs[number];
            let mut from = 0;
            for at in 0..paragraph.ends.len() - 1 {
                let mut guess = 0;
                if paragraph.view.may_end(at) {
                    features.clear();
                    paragraph.view.features(at, from, &mut features);
                    model.score(&features, &mut scores);
                    guess = u8::from(scores[1] > scores[0]);
                    let truth = u8::from(paragraph.ends[at]);
                    model.tick();
                    if guess != truth {
                        model.update(&features, truth, guess);
                    }
                }
                if guess == 1 {
                    from = at + 1;
                }
            }
        }
    }
    model.rows(PRUNING)
}

fn paragraphs(treebank: &Treebank, lexicon: &Lexicon) -> Vec<Paragraph> {
    let text = treebank.article.text();
    let mut sentences = treebank.analysis.sentences.iter().peekable();
    let mut paragraphs = Vec::new();
    for paragraph in &treebank.article.paragraphs {
        let mut tokens: Vec<Span> = Vec::new();
        scan_english(text, paragraph.span, &mut tokens);
        let words: Vec<Word> = tokens.iter().map(|t| Word::of(t.of(text))).collect();
        let mut view = SplitView::default();
        view.fill(text, &tokens, &words, Some(lexicon));
        let mut gold = Vec::new();
        while let Some(sentence) = sentences.next_if(|s| s.span.end() <= paragraph.span.end()) {
            gold.push(sentence.span.end());
        }
        let ends = tokens
            .iter()
            .map(|t| gold.binary_search(&t.end()).is_ok())
            .collect();
        if !tokens.is_empty() {
            paragraphs.push(Paragraph { view, ends });
        }
    }
    paragraphs
}
