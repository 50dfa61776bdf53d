//! Pages of stories: told anew, or as they were shown before where nothing has changed since.

use jiff::civil;
use twosource_account::Telling;
use twosource_model::{Account, Digest};
use twosource_store::{StoryNumber, keep_shown};

use super::tell::THREAD_SHOWN;
use super::{Desk, DeskError};

/// Fewest reports of a page that is kept. Fewer are told anew in some milliseconds, and most stories are never asked for.
const KEPT_FROM: usize = 8;

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
    /// Name and state to keep it by; nothing where it is kept already, or not worth it.
    keep: Option<(String, Digest)>,
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
        let name = format!("{story} {form:?} {:?}", self.settings().language);
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
            let keep = (account.reports.len() >= KEPT_FROM).then_some((name, state));
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
        if let Some((name, state)) = &page.keep {
            keep_shown(&path, name, *state, &page.text);
        }
    }
}
