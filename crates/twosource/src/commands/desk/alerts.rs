//! `twosource alerts`: saved searches and stories, and what is new in them.

use anyhow::bail;
use twosource_store::AlertSubject;

use super::telling::Teller;
use super::{table, to_read, to_write};
use crate::arguments::desk::{AlertsOptions, AlertsVerb};
use crate::exit::Exit;
use crate::messages;
use crate::output::Output;

/// Runs it.
pub fn run(options: &AlertsOptions) -> anyhow::Result<Exit> {
    match &options.verb {
        AlertsVerb::Add {
            name,
            desk,
            story,
            search,
        } => {
            let subject = match (story, search) {
                (Some(story), None) => AlertSubject::Story(story.clone()),
                (None, Some(search)) => AlertSubject::Search(search.clone()),
                _ => bail!("an alert watches a story or a search: give --story s12 or --search QUERY"),
            };
            to_write(desk)?.add_alert(name, &subject)?;
            messages::note(&format!("{name} is watched: what comes from now on is told"));
        }
        AlertsVerb::Drop { name, desk } => {
            if !to_write(desk)?.store().drop_alert(name)? {
                bail!("there is no alert {name}");
            }
            messages::note(&format!("{name} is not watched any more"));
        }
        AlertsVerb::List { desk } => {
            let alerts = to_read(desk)?.store().alerts()?;
            if alerts.is_empty() {
                messages::note(
                    "nothing is watched: `twosource alerts add NAME --story s12 --db FILE` begins",
                );
            }
            let mut output = Output::new();
            for alert in alerts {
                let subject = match &alert.subject {
                    AlertSubject::Story(story) => format!("story {story}"),
                    AlertSubject::Search(search) => format!("search {search}"),
                };
                output.text(&format!(
                    "{}\n  {}\n",
                    table::plain(&alert.name),
                    table::plain(&subject)
                ))?;
            }
            output.finish()?;
        }
        AlertsVerb::Tell(options) => {
            let teller = Teller::new(&options.channels, options.fetching.settings(None))?;
            let told = teller.tell(&mut to_write(&options.desk)?)?;
            messages::note(&format!(
                "{} told",
                table::counted(told.told, "notice", "notices")
            ));
            return Ok(Exit::of_counts(1, told.kept_back));
        }
    }
    Ok(Exit::Done)
}
