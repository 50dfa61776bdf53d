//! `twosource alerts`: saved searches and stories, and what is new in them.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use serde_json::json;
use twosource_store::{AlertSubject, Notice};

use super::{table, to_read, to_write};
use crate::arguments::desk::{AlertsOptions, AlertsVerb, TellOptions};
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
            let mut output = Output::new();
            for alert in to_read(desk)?.store().alerts()? {
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
        AlertsVerb::Tell(options) => return tell(options),
    }
    Ok(Exit::Done)
}

fn tell(options: &TellOptions) -> anyhow::Result<Exit> {
    let key = match &options.sign {
        Some(path) => Some(fs::read(path).with_context(|| format!("reading the key {}", path.display()))?),
        None => None,
    };
    let mut desk = to_write(&options.desk)?;
    desk.look()?;
    let notices = desk.store().unsent()?;
    for notice in &notices {
        let body = format!("{}\n", notice.words);
        match &options.drop {
            Some(folder) => drop_mail(folder, notice, &body)?,
            None => {
                let mut output = Output::new();
                match &key {
                    // what a webhook sends as body and as header `X-Hub-Signature-256`
                    Some(key) => output.line(&json!({
                        "body": notice.words,
                        "signature": format!("sha256={}", signature(key, notice.words.as_bytes())),
                    }))?,
                    None => output.text(&body)?,
                }
                output.finish()?;
            }
        }
        desk.store().mark_sent(notice.number)?;
    }
    messages::note(&format!(
        "{} told",
        table::counted(notices.len(), "notice", "notices")
    ));
    Ok(Exit::Done)
}

/// One message a file, for whatever sends mail. Its name is the notice's key: told twice, it is still one file.
fn drop_mail(folder: &Path, notice: &Notice, body: &str) -> anyhow::Result<()> {
    let value: serde_json::Value = serde_json::from_str(&notice.words)?;
    let what = value["what"].as_str().unwrap_or("news");
    let subject: String = table::plain(&format!("twosource: {} ({what})", notice.alert))
        .chars()
        .map(|c| if c.is_ascii() { c } else { '?' })
        .collect();
    let mail = format!(
        "Subject: {subject}\r\nMIME-Version: 1.0\r\nContent-Type: application/json; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\n{body}"
    );
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let name = folder.join(format!("{}.eml", notice.key));
    let part = folder.join(format!("{}.part", notice.key));
    fs::write(&part, mail)
        .and_then(|()| fs::rename(&part, &name))
        .with_context(|| format!("writing {}", name.display()))
}

/// HMAC-SHA256 (RFC 2104) in hexadecimal.
fn signature(key: &[u8], message: &[u8]) -> String {
    use twosource_model::Digest;
    const BLOCK: usize = 64;
    let mut padded = [0_u8; BLOCK];
    if key.len() > BLOCK {
        padded[..32].copy_from_slice(Digest::of(key).bytes());
    } else {
        padded[..key.len()].copy_from_slice(key);
    }
    let inner = Digest::of_parts(&[&padded.map(|byte| byte ^ 0x36), message]);
    Digest::of_parts(&[&padded.map(|byte| byte ^ 0x5c), inner.bytes()]).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_the_test_vectors() {
        // RFC 4231, cases 2 and 6
        assert_eq!(
            signature(b"Jefe", b"what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            signature(
                &[0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First"
            ),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }
}
