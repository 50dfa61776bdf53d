//! Names of elements in a rule: `article div.promo`, `#box`, `p.lead.wide`. A part of CSS: element, classes and id, inside
//! of other elements.

use crate::page::{AttributeName, NodeId, Page, Tag};

/// Elements by name, class, id and by what they stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Selector {
    /// the element itself last, before it those that it stands in
    steps: Vec<Step>,
}

/// One element of a selector.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Step {
    tag: Option<Tag>,
    id: Option<String>,
    classes: Vec<String>,
}

/// Why something names no elements.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{found:?} names no element: write a name, .class, #id or several of them, such as div.promo or #box"
)]
pub struct SelectorError {
    /// what stands there
    pub found: String,
}

impl Selector {
    /// Reads a selector.
    pub(crate) fn parse(text: &str) -> Result<Self, SelectorError> {
        let steps: Vec<Step> = text
            .split_whitespace()
            .map(|word| {
                Step::parse(word).ok_or_else(|| SelectorError {
                    found: word.to_owned(),
                })
            })
            .collect::<Result<_, _>>()?;
        if steps.is_empty() {
            return Err(SelectorError {
                found: text.trim().to_owned(),
            });
        }
        Ok(Self { steps })
    }

    /// Whether an element is one of these.
    pub(crate) fn matches(&self, page: &Page<'_>, id: NodeId) -> bool {
        let Some((last, outer)) = self.steps.split_last() else {
            return false;
        };
        if !last.matches(page, id) {
            return false;
        }
        // the nearest element above that fits is the best one for every step before it
        let mut above = page.ancestors(id);
        outer
            .iter()
            .rev()
            .all(|step| above.any(|id| step.matches(page, id)))
    }
}

impl Step {
    fn parse(word: &str) -> Option<Self> {
        let mut step = Self::default();
        let end = word.find(['.', '#']).unwrap_or(word.len());
        let (name, mut rest) = word.split_at(end);
        if !name.is_empty() {
            let tag = Tag::of_name(name.to_ascii_lowercase().as_bytes());
            step.tag = Some((tag != Tag::Other).then_some(tag)?);
        }
        while let Some(sign) = rest.chars().next() {
            let end = rest[1..].find(['.', '#']).map_or(rest.len(), |at| at + 1);
            let name = rest[1..end].to_owned();
            let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
            if name.is_empty() || !name.chars().all(is_name) {
                return None;
            }
            match sign {
                '#' => step.id = Some(name),
                _ => step.classes.push(name),
            }
            rest = &rest[end..];
        }
        (step != Self::default()).then_some(step)
    }

    fn matches(&self, page: &Page<'_>, id: NodeId) -> bool {
        let node = page.node(id);
        if self.tag.is_some_and(|tag| tag != node.tag) || (node.attribute_count == 0 && self.tag.is_none()) {
            return false;
        }
        let of = |name| page.raw_attribute(id, name).unwrap_or("");
        self.id.as_ref().is_none_or(|id| of(AttributeName::Id) == id)
            && self.classes.iter().all(|class| {
                let mut own = of(AttributeName::Class).split_ascii_whitespace();
                own.any(|own| own == class)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_named() {
        let page = crate::page::parse(
            "<article><div class='a promo' id=box><p>x</p></div></article><div><p class=promo>y</p></div>",
        );
        for (selector, expected) in [
            ("div.promo", 1),
            (".promo", 2),
            ("#box", 1),
            ("article p", 1),
            ("div p", 2),
            ("article .a.promo#box p", 1),
            ("p p", 0),
            ("section", 0),
        ] {
            let parsed = Selector::parse(selector).unwrap();
            let found = page.ids().filter(|id| parsed.matches(&page, *id)).count();
            assert_eq!(found, expected, "{selector}");
        }
    }
}
