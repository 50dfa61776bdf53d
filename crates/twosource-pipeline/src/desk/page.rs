//! Pages of stories: told anew, or as they were shown before where nothing has changed since. Those that a reader sees first
//! are told before they are asked for.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::civil;
use twosource_account::Telling;
use twosource_model::{Account, Digest};
use twosource_store::{Kept, StoryNumber, StoryOrder, keep_at_once};

use super::tell::THREAD_SHOWN;
use super::{Desk, DeskError};

/// Fewest reports of a page that is kept. Fewer are told anew in some milliseconds, and most stories are never asked for.
const KEPT_FROM: usize = 8;
/// Fewest reports of a page that is told ahead: telling it takes half of the 30 ms that a page may take (`bench-desk`).
const AHEAD_FROM: u32 = 24;
/// Stories at the head of each list whose pages are told ahead: three pages of a list.
const FRONT: usize = 60;

/// How a page is made of its story.
#[derive(Debug, Clone, Copy)]
pub struct Form<'a> {
    /// Most reports it is told from, the newest.
    pub most: usize,
    /// The day it is told on.
    pub as_of: Option<civil::Date>,
    /// Names everything else that its making depends on: the rendering, its options, the program.
    pub made_by: &'a str,
}

/// A page of a story.
#[derive(Debug)]
pub struct Page {
    /// What is shown.
    pub text: String,
    /// Story, name and state to keep it by; nothing where it is kept already, or not worth it.
    keep: Option<(StoryNumber, String, Digest)>,
}

/// A page that is there already, by its name and bytes; or as it is to be kept.
enum Ahead {
    There(String, usize),
    Told(Kept),
}

impl Desk {
    /// The page that `render` makes of a story's account. The account is told only where the page is not kept.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn page(
        &self,
        story: StoryNumber,
        form: Form<'_>,
        render: impl FnOnce(Account) -> String,
    ) -> Result<Option<Page>, DeskError> {
        let name = self.name_of(story, form);
        self.store().undisturbed(|store| {
            let thread = store.thread(story, THREAD_SHOWN)?;
            let state = store.state_of_story(story, form.most, &thread)?;
            if let Some(text) = store.shown(&name, state)? {
                return Ok(Some(Page { text, keep: None }));
            }
            let Some(account) = self.told(story, form.most, form.as_of, &thread, &mut Telling::default())?
            else {
                return Ok(None);
            };
            let keep = (account.reports.len() >= KEPT_FROM).then_some((story, name, state));
            Ok(Some(Page {
                text: render(account),
                keep,
            }))
        })
    }

    /// Closes the desk and keeps a page for the next time, where that can be done at once.
    pub fn close_keeping(self, page: &Page) {
        let path = self.store().path().to_owned();
        drop(self);
        if let Some((story, name, state)) = &page.keep {
            keep_at_once(&path, &Kept::of(*story, name, *state, &page.text));
        }
    }

    /// Tells the pages of stories of many reports at the head of the lists, and keeps them until they are asked for: as many
    /// as there is room for. Returns how many were told.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn tell_ahead(&self, form: Form<'_>, render: impl Fn(Account) -> String) -> Result<usize, DeskError> {
        let room = self.store().room_to_keep()?;
        let (mut told, mut there, mut taken) = (Vec::new(), Vec::new(), 0);
        for story in self.front()? {
            match self.ahead(story, form, &render)? {
                Some(Ahead::There(name, bytes)) => {
                    taken += bytes;
                    there.push(name);
                }
                Some(Ahead::Told(page)) => {
                    // a page that fills the room alone is not kept
                    taken += Some(page.bytes()).filter(|bytes| *bytes <= room).unwrap_or(0);
                    told.push(page);
                }
                None => {}
            }
            if taken > room {
                break;
            }
        }
        if !told.is_empty() {
            // those kept last stay longest
            told.reverse();
            there.reverse();
            self.store().keep_all(&told, &there)?;
        }
        Ok(told.len())
    }

    fn ahead(
        &self,
        story: StoryNumber,
        form: Form<'_>,
        render: impl Fn(Account) -> String,
    ) -> Result<Option<Ahead>, DeskError> {
        let name = self.name_of(story, form);
        self.store().undisturbed(|store| {
            let thread = store.thread(story, THREAD_SHOWN)?;
            let state = store.state_of_story(story, form.most, &thread)?;
            if let Some(bytes) = store.bytes_kept(&name, state)? {
                return Ok(Some(Ahead::There(name, bytes)));
            }
            let page = || -> Result<_, DeskError> {
                let account = self.told(story, form.most, form.as_of, &thread, &mut Telling::default())?;
                Ok(account.map(|account| Kept::of(story, &name, state, &render(account))))
            };
            // no story is known to make the telling panic; one that does must cost its own page only
            let page = catch_unwind(AssertUnwindSafe(page));
            let page = page.unwrap_or_else(|_| Ok(Some(Kept::none(story, &name, state))))?;
            Ok(page.map(Ahead::Told))
        })
    }

    /// The stories of many reports at the head of the lists: the newest, the newest of two origins, the biggest.
    fn front(&self) -> Result<Vec<StoryNumber>, DeskError> {
        let (mut front, mut seen) = (Vec::new(), BTreeSet::new());
        let lists = [
            (StoryOrder::Newest, 1),
            (StoryOrder::Newest, 2),
            (StoryOrder::Biggest, 1),
        ];
        for (order, origins) in lists {
            let listed = self.store().list(order, origins, FRONT, 0)?;
            let big = listed.iter().filter(|entry| entry.articles >= AHEAD_FROM);
            front.extend(
                big.map(|entry| entry.number)
                    .filter(|number| seen.insert(*number)),
            );
        }
        Ok(front)
    }

    fn name_of(&self, story: StoryNumber, form: Form<'_>) -> String {
        format!("{story} {form:?} {:?}", self.settings().language)
    }
}
