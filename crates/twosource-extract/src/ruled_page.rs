//! What a person's rules say of a page's elements.

use crate::outlet_rules::HostRules;
use crate::page::{NodeId, Page};
use crate::selector::Selector;

/// What a rule says of the words of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Say {
    /// They are clutter.
    Drop,
    /// They are text.
    Keep,
}

/// A page with the rules of its outlet.
#[derive(Debug, Clone)]
pub(crate) struct RuledPage<'r> {
    rules: &'r HostRules,
    /// for each node what the innermost rule around it says
    says: Vec<Option<Say>>,
}

impl<'r> RuledPage<'r> {
    pub(crate) fn new(page: &Page<'_>, rules: &'r HostRules) -> Self {
        let mut says: Vec<Option<Say>> = Vec::with_capacity(page.nodes.len());
        let is_one = |selectors: &[Selector], id| selectors.iter().any(|s| s.matches(page, id));
        let has_body = page.ids().any(|id| is_one(&rules.body, id));
        for id in page.ids() {
            let own = if is_one(&rules.drop, id) {
                Some(Say::Drop)
            } else if is_one(&rules.keep, id) || is_one(&rules.body, id) {
                Some(Say::Keep)
            } else {
                None
            };
            // parents stand before their children
            let above = match id {
                0 => has_body.then_some(Say::Drop),
                _ => says[page.node(id).parent as usize],
            };
            says.push(own.or(above));
        }
        Self { rules, says }
    }

    /// What the rules say of some words that stand in an element.
    pub(crate) fn say(&self, node: NodeId, words: &str) -> Option<Say> {
        let by_words = self.rules.lines.iter().any(|line| line.takes(words));
        if by_words {
            Some(Say::Drop)
        } else {
            self.says[node as usize]
        }
    }

    /// Whether a rule speaks of the headline, body, author or date: of a page with one article.
    pub(crate) fn is_of_one_article(&self) -> bool {
        let rules = self.rules;
        [&rules.title, &rules.body, &rules.author, &rules.date]
            .iter()
            .any(|selectors| !selectors.is_empty())
    }

    /// The first element that shows the headline, with its words.
    pub(crate) fn title(&self, page: &Page<'_>) -> Option<(NodeId, String)> {
        elements(page, &self.rules.title)
            .map(|id| (id, page.text_of(id)))
            .find(|(_, words)| !words.is_empty())
    }

    /// The words of the elements that name the authors.
    pub(crate) fn authors(&self, page: &Page<'_>) -> Vec<String> {
        elements(page, &self.rules.author)
            .map(|id| page.text_of(id))
            .collect()
    }

    /// The elements that hold the date of publication.
    pub(crate) fn dates(&self, page: &Page<'_>) -> Vec<NodeId> {
        elements(page, &self.rules.date).collect()
    }
}

fn elements(page: &Page<'_>, selectors: &[Selector]) -> impl Iterator<Item = NodeId> {
    page.ids()
        .filter(move |id| selectors.iter().any(|selector| selector.matches(page, *id)))
}
