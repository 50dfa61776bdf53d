//! Rules that a person wrote down for one outlet's pages, where reading them by their looks fails. `CONTRIBUTING.md` has
//! the recipe.
//!
//! ```text
//! # a comment
//! [gazette.example]              the outlet by its host; its subdomains too
//! drop   div.promo, aside#box    what stands in these elements is clutter
//! keep   section.timeline        what stands in these is text
//! body   div.story               only what stands in these is text
//! title  h1.head                 the headline is the first of these
//! author .by a                   the authors are named in these
//! date   .meta time              the day of publication stands in the first of these
//! line   Read the print edition* lines of these words are clutter; * stands for any words behind
//! ```

use std::collections::BTreeMap;

use crate::cues::fold;
use crate::selector::{Selector, SelectorError};

/// What a rule is for, and its elements.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct HostRules {
    pub(crate) drop: Vec<Selector>,
    pub(crate) keep: Vec<Selector>,
    pub(crate) body: Vec<Selector>,
    pub(crate) title: Vec<Selector>,
    pub(crate) author: Vec<Selector>,
    pub(crate) date: Vec<Selector>,
    pub(crate) lines: Vec<LinePattern>,
}

/// The words of a line, folded, and whether others may stand behind them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LinePattern {
    head: String,
    open: bool,
}

impl LinePattern {
    fn of(words: &str) -> Option<Self> {
        let open = words.ends_with('*');
        let head = fold(words.trim_end_matches('*').trim_end());
        (!head.is_empty()).then_some(Self { head, open })
    }

    /// Whether a line is one of these.
    pub(crate) fn takes(&self, words: &str) -> bool {
        let words = fold(words);
        if self.open {
            words.starts_with(&self.head)
        } else {
            words == self.head
        }
    }
}

/// Rules by host.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutletRules {
    by_host: BTreeMap<String, HostRules>,
}

/// Why a text is no list of rules, and in which line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RulesError {
    /// A rule stands before the first outlet.
    #[error(
        "line {line}: no outlet is named yet: write its host in brackets above, such as [gazette.example]"
    )]
    NoOutlet {
        /// counted from 1
        line: usize,
    },
    /// What stands in brackets is no host.
    #[error("line {line}: {found:?} is no host: write it as in an address, such as [gazette.example]")]
    Host {
        /// counted from 1
        line: usize,
        /// what stands there
        found: String,
    },
    /// The first word is no rule.
    #[error(
        "line {line}: no rule is called {found:?}: drop, keep, body, title, author, date and line are known"
    )]
    Word {
        /// counted from 1
        line: usize,
        /// what stands there
        found: String,
    },
    /// Nothing stands behind the first word.
    #[error("line {line}: {rule:?} says nothing: elements or words have to follow")]
    Empty {
        /// counted from 1
        line: usize,
        /// the rule
        rule: String,
    },
    /// The elements cannot be read.
    #[error("line {line}: {source}")]
    Elements {
        /// counted from 1
        line: usize,
        /// why not
        source: SelectorError,
    },
}

impl OutletRules {
    /// Adds the rules of a text to these; rules of an outlet that is known already are added to its own.
    ///
    /// # Errors
    /// At the first line that is no rule; the rules before it are added then.
    pub fn add(&mut self, text: &str) -> Result<(), RulesError> {
        let mut host: Option<String> = None;
        for (at, line) in text.lines().enumerate() {
            let number = at + 1;
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(named) = line.strip_prefix('[') {
                let named = host_in(named).ok_or_else(|| RulesError::Host {
                    line: number,
                    found: line.to_owned(),
                })?;
                host = Some(named);
                continue;
            }
            let host = host.clone().ok_or(RulesError::NoOutlet { line: number })?;
            self.by_host.entry(host).or_default().add(line, number)?;
        }
        Ok(())
    }

    /// The rules of a host, or of the nearest one that it is a subdomain of.
    pub(crate) fn of_host(&self, host: &str) -> Option<&HostRules> {
        let mut rest = host;
        loop {
            if let Some(rules) = self.by_host.get(rest) {
                return Some(rules);
            }
            rest = rest.split_once('.')?.1;
        }
    }
}

/// The host in front of a closing bracket.
fn host_in(named: &str) -> Option<String> {
    let (host, rest) = named.split_once(']')?;
    let is_rest = rest.trim().is_empty() || rest.trim_start().starts_with('#');
    is_rest.then(|| crate::metadata::host_of(host.trim())).flatten()
}

impl HostRules {
    fn add(&mut self, line: &str, number: usize) -> Result<(), RulesError> {
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        if word == "line" {
            let pattern = LinePattern::of(rest);
            self.lines.push(pattern.ok_or_else(|| empty(word, number))?);
            return Ok(());
        }
        let rules = match word {
            "drop" => &mut self.drop,
            "keep" => &mut self.keep,
            "body" => &mut self.body,
            "title" => &mut self.title,
            "author" => &mut self.author,
            "date" => &mut self.date,
            _ => {
                return Err(RulesError::Word {
                    line: number,
                    found: word.to_owned(),
                });
            }
        };
        if rest.is_empty() {
            return Err(empty(word, number));
        }
        for part in rest.split(',') {
            let selector =
                Selector::parse(part).map_err(|source| RulesError::Elements { line: number, source })?;
            rules.push(selector);
        }
        Ok(())
    }
}

fn empty(rule: &str, line: usize) -> RulesError {
    RulesError::Empty {
        line,
        rule: rule.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_told_with_their_line() {
        for (text, expected) in [
            ("drop .promo", "line 1: no outlet is named yet"),
            ("# a\n[gazette]\n", "line 2: \"[gazette]\" is no host"),
            ("[gazette.example\n", "line 1: \"[gazette.example\" is no host"),
            (
                "[gazette.example]\n\nhide .promo\n",
                "line 3: no rule is called \"hide\"",
            ),
            ("[gazette.example]\ndrop\n", "line 2: \"drop\" says nothing"),
            ("[gazette.example]\nline *\n", "line 2: \"line\" says nothing"),
            ("[gazette.example]\ndrop div > p\n", "line 2: \">\""),
            ("[gazette.example]\ndrop a..b\n", "line 2: \"a..b\""),
        ] {
            let error = OutletRules::default().add(text).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{text:?}: {error}");
        }
    }

    #[test]
    fn rules_hold_for_subdomains_and_add_up() {
        let mut rules = OutletRules::default();
        rules
            .add("[www.gazette.example] # the paper\ndrop .promo, #box p")
            .unwrap();
        rules.add("[gazette.example]\nline Read on*").unwrap();
        let found = rules.of_host("sport.gazette.example").unwrap();
        assert_eq!((found.drop.len(), found.lines.len()), (2, 1));
        assert!(found.lines[0].takes("READ  on paper") && !found.lines[0].takes("Read"));
        assert!(rules.of_host("example").is_none());
    }
}
