//! Pages of stories: told anew, or as they were shown before where nothing has changed since. Those that a reader sees first
//! are told before they are asked for.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::civil;
use twosource_account::Telling;
use twosource_model::{Account, Digest};
use twosource_store::{Kept, StoryNumber, StoryOrder, Thread, keep_at_once};

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
    /// What to keep it by; nothing where it is kept already, or not worth it.
    keep: Option<Asked>,
}

/// A page that is asked for, as the desk is now.
#[derive(Debug)]
struct Asked {
    story: StoryNumber,
    name: String,
    state: Digest,
    thread: Thread,
}

impl Asked {
    fn kept(&self, page: &str) -> Kept {
        Kept::of(self.story, &self.name, self.state, page)
    }
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
        self.store().undisturbed(|store| {
            let asked = self.asked(story, form)?;
            if let Some(text) = store.shown(&asked.name, asked.state)? {
                return Ok(Some(Page { text, keep: None }));
            }
            let Some(account) = self.told_anew(&asked, form)? else {
                return Ok(None);
            };
            let keep = (account.reports.len() >= KEPT_FROM).then_some(asked);
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
        if let Some(asked) = &page.keep {
            keep_at_once(&path, &asked.kept(&page.text));
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
        self.store().undisturbed(|store| {
            let asked = self.asked(story, form)?;
            if let Some(bytes) = store.bytes_kept(&asked.name, asked.state)? {
                return Ok(Some(Ahead::There(asked.name, bytes)));
            }
            let page = || -> Result<_, DeskError> {
                let account = self.told_anew(&asked, form)?;
                Ok(account.map(|account| asked.kept(&render(account))))
            };
            // no story is known to make the telling panic; one that does must cost its own page only
            let page = catch_unwind(AssertUnwindSafe(page));
            let page = page.unwrap_or_else(|_| Ok(Some(Kept::none(story, &asked.name, asked.state))))?;
            Ok(page.map(Ahead::Told))
        })
    }

    fn told_anew(&self, asked: &Asked, form: Form<'_>) -> Result<Option<Account>, DeskError> {
        let mut telling = Telling::default();
        self.told(asked.story, form.most, form.as_of, &asked.thread, &mut telling)
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

    fn asked(&self, story: StoryNumber, form: Form<'_>) -> Result<Asked, DeskError> {
        let thread = self.store().thread(story, THREAD_SHOWN)?;
        let state = self.store().state_of_story(story, form.most, &thread)?;
        let name = format!("{story} {form:?} {:?}", self.settings().language);
        Ok(Asked {
            story,
            name,
            state,
            thread,
        })
    }
}
