//! CoNLL-U in and out: the form in which treebanks are exchanged.

use std::fmt::Write as _;

use smol_str::SmolStr;
use twosource_model::{
    Analysis, Article, ArticleId, LanguageCode, Relation, Sentence, Span, Token, Upos, Xpos,
};

/// Why a text is no CoNLL-U.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConlluError {
    /// A line has too few columns.
    #[error("line {line}: {found} columns where CoNLL-U has 10 (8 at least)")]
    Columns {
        /// Number of the line, from 1.
        line: usize,
        /// Columns found.
        found: usize,
    },
    /// A word or token has an empty form.
    #[error("line {line}: empty form")]
    EmptyForm {
        /// Number of the line, from 1.
        line: usize,
    },
    /// A token's number is none of `5`, `5-6`, `5.1`.
    #[error("line {line}: {id:?} is no number of a token")]
    Number {
        /// Number of the line, from 1.
        line: usize,
        /// What stands there.
        id: String,
    },
}

/// One line of a sentence.
struct Row<'a> {
    line: usize,
    columns: Vec<&'a str>,
}

impl Row<'_> {
    fn column(&self, at: usize) -> &str {
        self.columns.get(at).copied().unwrap_or("_")
    }

    fn space_after(&self) -> bool {
        !self.column(9).split('|').any(|m| m == "SpaceAfter=No")
    }
}

/// Reads a document: the text is put together from the tokens, a paragraph at every `# newpar` and `# newdoc`, tokens,
/// tags and trees are kept. Words of a multiword token get their own part of it where their forms add up to it; else the
/// token is kept whole, with the tags of its first word.
///
/// # Errors
/// When a line is neither empty, a comment, nor a token's.
pub fn read(id: ArticleId, conllu: &str) -> Result<(Article, Analysis), ConlluError> {
    let mut made = Made::default();
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (number, line) in conllu.lines().enumerate() {
        let line = line.trim_end_matches('\r');
        if line.is_empty() {
            made.sentence(&rows)?;
            rows.clear();
        } else if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim_start();
            // "newpar_block" and the like are other things
            let is = |name: &str| {
                comment
                    .strip_prefix(name)
                    .is_some_and(|rest| !rest.starts_with('_'))
            };
            made.paragraph_begins |= is("newpar") || is("newdoc");
        } else {
            let columns: Vec<&str> = line.split('\t').collect();
            if columns.len() < 8 {
                return Err(ConlluError::Columns {
                    line: number + 1,
                    found: columns.len(),
                });
            }
            rows.push(Row {
                line: number + 1,
                columns,
            });
        }
    }
    made.sentence(&rows)?;
    let mut article = Article::of_text(id, "", &made.text);
    article.language = Some(LanguageCode::ENGLISH);
    article.paragraphs = made
        .paragraphs
        .iter()
        .map(|span| twosource_model::Paragraph {
            role: twosource_model::Role::Body,
            span: *span,
        })
        .collect();
    let mut analysis = Analysis::empty(article.id.clone(), article.revision(), LanguageCode::ENGLISH);
    analysis.sentences = made.sentences;
    analysis.tokens = made.tokens;
    Ok((article, analysis))
}

/// What was read so far.
#[derive(Default)]
struct Made {
    text: String,
    paragraphs: Vec<Span>,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    paragraph_begins: bool,
    space_before: bool,
}

impl Made {
    fn sentence(&mut self, rows: &[Row<'_>]) -> Result<(), ConlluError> {
        let rows: Vec<&Row<'_>> = rows.iter().filter(|r| !r.column(0).contains('.')).collect();
        if rows.is_empty() {
            return Ok(());
        }
        let begins = self.paragraph_begins || self.paragraphs.is_empty();
        if !self.text.is_empty() {
            self.text.push_str(if begins { "\n\n" } else { " " });
        }
        let start = self.text.len();
        let first_token = self.tokens.len() as u32;
        self.space_before = false;
        let numbers = self.words(&rows)?;
        for (place, row, _) in &numbers {
            let head = row.column(6).parse::<u32>().ok();
            let token = head.and_then(|head| numbers.iter().find(|(_, _, number)| *number == head));
            self.tokens[*place].head = token.map(|(place, ..)| *place as u32);
        }
        let span = Span::at(start, self.text.len());
        if begins {
            self.paragraphs.push(span);
        } else if let Some(last) = self.paragraphs.last_mut() {
            *last = last.hull(span);
        }
        self.paragraph_begins = false;
        self.sentences.push(Sentence {
            span,
            first_token,
            end_token: self.tokens.len() as u32,
            paragraph: self.paragraphs.len() as u32 - 1,
        });
        Ok(())
    }

    /// Puts the words of a sentence; gives the place of each with its row and number.
    fn words<'r>(&mut self, rows: &[&'r Row<'r>]) -> Result<Vec<(usize, &'r Row<'r>, u32)>, ConlluError> {
        let mut numbers = Vec::new();
        let mut at = 0;
        while at < rows.len() {
            let row = rows[at];
            let (first, last) = range(row)?;
            if first == last {
                numbers.push((self.token(row, row.column(1))?, row, first));
                self.space_before = row.space_after();
                at += 1;
                continue;
            }
            let inner: Vec<&Row<'_>> = rows[at + 1..]
                .iter()
                .copied()
                .take_while(|r| range(r).is_ok_and(|(a, b)| a == b && a <= last))
                .collect();
            let joined: String = inner.iter().map(|r| r.column(1)).collect();
            if joined == row.column(1) {
                for part in &inner {
                    numbers.push((self.token(part, part.column(1))?, part, range(part)?.0));
                    self.space_before = false;
                }
            } else if let Some(part) = inner.first() {
                numbers.push((self.token(part, row.column(1))?, part, range(part)?.0));
            } else {
                self.token(row, row.column(1))?;
            }
            self.space_before = row.space_after();
            at += 1 + inner.len();
        }
        Ok(numbers)
    }

    fn token(&mut self, row: &Row<'_>, form: &str) -> Result<usize, ConlluError> {
        let form = form.trim();
        if form.is_empty() {
            return Err(ConlluError::EmptyForm { line: row.line });
        }
        if self.space_before {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(form);
        self.tokens.push(Token {
            span: Span::at(start, self.text.len()),
            upos: Upos::parse(row.column(3)).unwrap_or(Upos::FALLBACK),
            xpos: Xpos::parse(row.column(4)).unwrap_or(Xpos::FALLBACK),
            lemma: if row.column(2) == "_" && form != "_" {
                SmolStr::from(form.to_lowercase())
            } else {
                SmolStr::new(row.column(2))
            },
            head: None,
            relation: relation(row.column(7)),
        });
        Ok(self.tokens.len() - 1)
    }
}

/// The relation of this name; an unknown subtype falls back to its base.
fn relation(name: &str) -> Relation {
    Relation::parse(name)
        .or_else(|| Relation::parse(name.split(':').next()?))
        .unwrap_or(Relation::FALLBACK)
}

fn range(row: &Row<'_>) -> Result<(u32, u32), ConlluError> {
    let id = row.column(0);
    let (first, last) = id.split_once('-').unwrap_or((id, id));
    match (first.parse(), last.parse()) {
        (Ok(first), Ok(last)) => Ok((first, last)),
        _ => Err(ConlluError::Number {
            line: row.line,
            id: id.to_owned(),
        }),
    }
}

/// Writes sentences, tokens, tags and trees as CoNLL-U.
#[must_use]
pub fn write(article: &Article, analysis: &Analysis) -> String {
    let text = article.text();
    let mut out = String::with_capacity(analysis.tokens.len() * 40);
    let mut paragraph = None;
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        if number == 0 {
            let _ = writeln!(out, "# newdoc id = {}", one_line(article.id.as_str()));
        }
        if paragraph != Some(sentence.paragraph) {
            out.push_str("# newpar\n");
            paragraph = Some(sentence.paragraph);
        }
        let _ = writeln!(
            out,
            "# sent_id = {}-{}",
            one_line(article.id.as_str()),
            number + 1
        );
        let _ = writeln!(out, "# text = {}", one_line(sentence.span.of(text)));
        for place in sentence.tokens() {
            write_token(text, analysis, sentence, place, &mut out);
        }
        out.push('\n');
    }
    out
}

fn write_token(text: &str, analysis: &Analysis, sentence: &Sentence, place: usize, out: &mut String) {
    let token = &analysis.tokens[place];
    let number = |place: usize| place + 1 - sentence.first_token as usize;
    let head = token.head.map_or_else(
        || {
            if token.relation == Relation::Root {
                "0".to_owned()
            } else {
                "_".to_owned()
            }
        },
        |head| number(head as usize).to_string(),
    );
    let relation = if head == "_" { "_" } else { token.relation.as_str() };
    let next = analysis.tokens.get(place + 1);
    let close = next.is_some_and(|next| next.span.start() <= token.span.end());
    let misc = if close { "SpaceAfter=No" } else { "_" };
    let lemma = if token.lemma.is_empty() {
        "_"
    } else {
        token.lemma.as_str()
    };
    let _ = writeln!(
        out,
        "{}\t{}\t{}\t{}\t{}\t_\t{head}\t{relation}\t_\t{misc}",
        number(place),
        one_line(token.span.of(text)),
        one_line(lemma),
        token.upos,
        token.xpos,
    );
}

/// The words with every run of white space as one space, so that they stay on their line and in their column.
fn one_line(words: &str) -> String {
    if words.bytes().any(|b| b.is_ascii_whitespace() && b != b' ') {
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        words.to_owned()
    }
}
