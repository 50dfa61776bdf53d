//! From addresses that were typed to documents.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use twosource_fetch::{Delivery, Edge, MemoryState, News, Plan, SourceOutcome, SystemNames};
use twosource_pipeline::SetAside;

use crate::arguments::fetching::Fetching;
use crate::clock::SystemClock;
use crate::inputs::Item;
use crate::messages;

/// The longest that one command asks around; what has not come until then is set aside.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// The documents at `addresses`: pages, and the pages of feeds and sitemaps; in the order of their ids.
pub fn documents(addresses: Vec<String>, fetching: &Fetching, as_of: Option<Date>) -> Vec<Item> {
    if addresses.is_empty() {
        return Vec::new();
    }
    let mut settings = fetching.settings(as_of);
    settings.run = LONGEST;
    let edge = Edge {
        clock: &SystemClock,
        names: Arc::new(SystemNames),
    };
    let state = MemoryState::default();
    let plan = Plan {
        named: addresses,
        ..Plan::default()
    };
    let mut items = Vec::new();
    let run = twosource_fetch::run(&plan, &settings, &edge, &state, |Delivery { news, writes }| {
        items.extend(item_of(news));
        state.write(&writes);
        ControlFlow::Continue(())
    });
    if let Err(error) = run {
        messages::warning(&error.to_string());
    }
    items.sort_by_cached_key(|item| match item {
        Ok(document) => document.id.to_string(),
        Err(aside) => aside.path.clone(),
    });
    items
}

/// The document or the failure of a piece of news.
pub fn item_of(news: News) -> Option<Item> {
    match news {
        News::Document { document, .. } => Some(Ok(*document)),
        News::Failed {
            address,
            failure,
            kept,
            ..
        } => {
            let instead = match kept {
                twosource_fetch::Kept::Entry => "; the feed's own text stands for it",
                twosource_fetch::Kept::Page => "; its earlier state stands",
                twosource_fetch::Kept::Nothing => "",
            };
            Some(Err(SetAside {
                path: address,
                reason: format!("{failure}{instead}"),
            }))
        }
        News::Source {
            address,
            outcome: SourceOutcome::Failed(failure),
        } => Some(Err(SetAside {
            path: address,
            reason: failure.to_string(),
        })),
        News::Source {
            address,
            outcome: SourceOutcome::Read { problems, .. },
        } => {
            for problem in problems {
                messages::note(&format!("{address}: {problem}"));
            }
            None
        }
        News::Source { .. } | News::Unchanged { .. } | News::Ended => None,
    }
}
