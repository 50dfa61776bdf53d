//! What recurs over outlets' pages: learnt while documents come in, kept in the file.

use std::collections::{BTreeMap, BTreeSet};

use twosource_extract::{OutletProfile, OutletProfiles, Rule};
use twosource_model::{Article, Clutter};
use twosource_store::Store;

use super::DeskError;
use super::ingest::WAITING;
use crate::read::Fresh;

/// The profiles that are worked with: each is read from the file when its outlet is first met. Only one run at a time
/// works with them, so that another program's are not overlooked for long.
#[derive(Debug)]
pub(super) struct Outlets<'s> {
    profiles: OutletProfiles,
    /// Each outlet whose profile was read, with the batch in which it was met last.
    met: BTreeMap<String, usize>,
    changed: BTreeSet<String>,
    batch: usize,
    /// Outlets from which some are let go.
    most: usize,
    file: &'s Store,
}

/// Batches after which what one taught is in the file: one is worked on, some wait, one is being written.
const WRITTEN_AFTER: usize = WAITING + 2;

impl<'s> Outlets<'s> {
    pub(super) fn new(file: &'s Store) -> Self {
        Self {
            profiles: OutletProfiles::default(),
            met: BTreeMap::new(),
            changed: BTreeSet::new(),
            batch: 0,
            most: OutletProfiles::MOST,
            file,
        }
    }

    /// Cleans an article by those that came before and by itself: where a batch begins and ends does not show. With `alone`
    /// it stays as it is.
    pub(super) fn clean(&mut self, fresh: Fresh, alone: bool) -> Result<Article, DeskError> {
        if alone {
            return Ok(fresh.article);
        }
        self.meet(&fresh.article)?;
        self.changed.extend(fresh.learn(&mut self.profiles));
        Ok(fresh.clean(&self.profiles))
    }

    /// Reads the profile of an article's outlet. One that is damaged is learnt anew.
    fn meet(&mut self, article: &Article) -> Result<(), DeskError> {
        let Some(outlet) = OutletProfiles::outlet_of(article) else {
            return Ok(());
        };
        if self.met.insert(outlet.clone(), self.batch).is_none()
            && let Some(bytes) = self.file.outlet_profile(&outlet)?
        {
            let profile = OutletProfile::from_bytes(&bytes).unwrap_or_default();
            self.profiles.set(outlet, profile);
        }
        Ok(())
    }

    /// The profiles of which something was learnt in this batch, as the file keeps them. The next one begins.
    pub(super) fn take_changed(&mut self) -> Vec<(String, Vec<u8>)> {
        let kept = |outlet: String| {
            let bytes = self.profiles.get(&outlet)?.to_bytes();
            Some((outlet, bytes))
        };
        let changed = std::mem::take(&mut self.changed);
        let changed = changed.into_iter().filter_map(kept).collect();
        self.batch += 1;
        self.let_go();
        changed
    }

    /// Bounds memory: where there are too many, those not met of late go, which are in the file by now. They are read from
    /// it again when they are met again.
    fn let_go(&mut self) {
        if self.met.len() <= self.most {
            return;
        }
        let (batch, profiles) = (self.batch, &mut self.profiles);
        self.met.retain(|outlet, last| {
            let stays = *last + WRITTEN_AFTER > batch;
            if !stays {
                profiles.remove(outlet);
            }
            stays
        });
    }
}

/// Whether an article is the present state that the file keeps of it, but for lines that were left out of one of the two
/// because they recur: what was known of the outlet differed, not the page.
pub(super) fn is_same_page(store: &Store, article: &Article) -> Result<bool, DeskError> {
    let Some(number) = store.article_number(&article.id)? else {
        return Ok(false);
    };
    let Some(current) = store.current(number)? else {
        return Ok(false);
    };
    // a damaged state tells nothing
    let Ok((kept, _)) = store.reading(current) else {
        return Ok(false);
    };
    let (left_out, left_out_then) = (recurring(article), recurring(&kept));
    Ok(kept.title() == article.title() && lines_but(&kept, &left_out).eq(lines_but(article, &left_out_then)))
}

/// The lines that were left out because they recur.
fn recurring(article: &Article) -> BTreeSet<&str> {
    let by_profile = |clutter: &&Clutter| clutter.rule == Rule::OutletProfile.name();
    let clutter = article.clutter.iter().filter(by_profile);
    clutter.map(|clutter| clutter.text.as_str()).collect()
}

/// The lines of an article's text without some, as clutter tells them.
fn lines_but(article: &Article, others: &BTreeSet<&str>) -> impl Iterator<Item = String> {
    let lines = article.paragraphs.iter().map(|paragraph| {
        let text = &article.text()[paragraph.span.start()..paragraph.span.end()];
        text.replace('\n', " ")
    });
    lines.filter(|line| !others.contains(line.as_str()))
}

#[cfg(test)]
mod tests {
    use twosource_model::{ArticleId, Outlet};

    use super::*;

    /// An article of its own of an outlet, with the line behind it that the outlet prints below each.
    fn article(outlet: &str, at: usize) -> Fresh {
        let told = format!(
            "The hall number {at} will be mended in June, its head told those who came to the meeting on Friday."
        );
        let text = format!(
            "{told}\n\nIn hall {at} they had waited {at} years for the carpenters to come, she said then.\n\n\
             The {outlet} belongs to its readers"
        );
        let mut article = Article::of_text(
            ArticleId::new(&format!("{outlet}/{at}")),
            &format!("Hall {at}"),
            &text,
        );
        article.outlet = Some(Outlet {
            name: outlet.to_owned(),
            host: None,
        });
        Fresh {
            article,
            is_read: true,
        }
    }

    #[test]
    fn what_was_learnt_is_let_go_only_once_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.db");
        let store = Store::open(
            &path,
            twosource_store::Mode::Create,
            twosource_store::Limits::default(),
        )
        .unwrap();
        let mut outlets = Outlets::new(&store);
        outlets.most = 3;
        let names = ["Zebra", "Yak", "Xerus", "Wolf", "Vole", "Unau"];
        // each batch is written as late as it may be
        let mut waiting = std::collections::VecDeque::new();
        for batch in 0..60 {
            let outlet = names[batch % names.len()];
            outlets.clean(article(outlet, batch), false).unwrap();
            waiting.push_back(outlets.take_changed());
            if waiting.len() > WAITING + 1 {
                for (outlet, profile) in waiting.pop_front().unwrap() {
                    store.put_outlet_profile(&outlet, &profile).unwrap();
                }
            }
            assert!(outlets.met.len() <= WRITTEN_AFTER, "{:?}", outlets.met);
        }
        let mut alone = OutletProfiles::default();
        for batch in 0..60 {
            article(names[batch % names.len()], batch).learn(&mut alone);
        }
        for (outlet, profile) in waiting.into_iter().flatten() {
            store.put_outlet_profile(&outlet, &profile).unwrap();
        }
        for outlet in names {
            let written = store.outlet_profile(outlet).unwrap();
            assert!(written == Some(alone.get(outlet).unwrap().to_bytes()), "{outlet}");
        }
    }
}
