//! How news of alerts goes out: to standard output, a webhook, a folder of messages, a feed.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use serde_json::{Value, json};
use twosource_fetch::{Edge, Message, Settings, SystemNames, post};
use twosource_pipeline::desk::Desk;
use twosource_store::Notice;

use super::table;
use crate::arguments::desk::Channels;
use crate::clock::SystemClock;
use crate::messages;
use crate::output::Output;

/// Notices that a feed holds, the newest ones.
const IN_FEED: usize = 200;

/// Tells what is new, in the ways that were asked for.
pub struct Teller<'c> {
    channels: &'c Channels,
    key: Option<Vec<u8>>,
    settings: Settings,
}

/// What came of telling.
#[derive(Debug, Clone, Copy, Default)]
pub struct Told {
    /// Notices that went out.
    pub told: usize,
    /// Notices that did not get through: they are told the next time.
    pub kept_back: usize,
}

impl<'c> Teller<'c> {
    /// Reads the key, where one is named.
    pub fn new(channels: &'c Channels, settings: Settings) -> anyhow::Result<Self> {
        let key = match &channels.sign {
            Some(path) => {
                Some(fs::read(path).with_context(|| format!("reading the key {}", path.display()))?)
            }
            None => None,
        };
        Ok(Self {
            channels,
            key,
            settings,
        })
    }

    /// Looks for news and tells it, oldest first. A webhook that does not answer keeps back what is left.
    pub fn tell(&self, desk: &mut Desk) -> anyhow::Result<Told> {
        desk.look()?;
        let notices = desk.store().unsent()?;
        let mut told = Told::default();
        for notice in &notices {
            if let Err(failure) = self.send(notice) {
                told.kept_back = notices.len() - told.told;
                messages::warning(&format!(
                    "{} not told now, but the next time: {failure}",
                    table::counted(told.kept_back, "notice is", "notices are")
                ));
                break;
            }
            if let Some(folder) = &self.channels.drop {
                drop_mail(folder, notice)?;
            }
            if !self.channels.any() {
                self.print(notice)?;
            }
            desk.store().mark_sent(notice.number)?;
            told.told += 1;
        }
        if let Some(path) = &self.channels.feed {
            replace(path, feed(&desk.store().told(IN_FEED)?)?.as_bytes())?;
        }
        Ok(told)
    }

    fn send(&self, notice: &Notice) -> Result<(), twosource_fetch::Failure> {
        let Some(url) = &self.channels.webhook else {
            return Ok(());
        };
        let signature = self.signature(notice);
        let id = notice.name().to_string();
        // the second names what is told: who gets it twice after a crash can tell
        let mut fields = vec![("X-Twosource-Delivery", id.as_str())];
        fields.extend(
            signature
                .as_deref()
                .map(|signature| ("X-Hub-Signature-256", signature)),
        );
        let message = Message {
            url,
            fields: &fields,
            body: notice.words.as_bytes(),
        };
        let edge = Edge {
            clock: &SystemClock,
            names: Arc::new(SystemNames),
        };
        post(message, &self.settings, &edge)
    }

    fn signature(&self, notice: &Notice) -> Option<String> {
        let key = self.key.as_ref()?;
        Some(format!("sha256={}", signature(key, notice.words.as_bytes())))
    }

    fn print(&self, notice: &Notice) -> anyhow::Result<()> {
        let mut output = Output::new();
        match self.signature(notice) {
            Some(signature) => output.line(&json!({"body": notice.words, "signature": signature}))?,
            None => output.text(&format!("{}\n", notice.words))?,
        }
        Ok(output.finish()?)
    }
}

/// A JSON Feed of what was told.
fn feed(told: &[Notice]) -> anyhow::Result<String> {
    let mut items = Vec::new();
    for notice in told {
        let words: Value = serde_json::from_str(&notice.words)?;
        let text = |name: &str| words[name].as_str();
        let said = text("words").or_else(|| words["passage"]["text"].as_str());
        let mut item = json!({
            "id": notice.name().to_string(),
            "title": headline(notice, &words),
            "content_text": said.unwrap_or_default(),
            "_twosource": words,
        });
        if let Some(url) = text("url") {
            item["url"] = url.into();
        }
        items.push(item);
    }
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Twosource alerts",
        "items": items,
    });
    Ok(format!("{feed:#}\n"))
}

fn headline(notice: &Notice, words: &Value) -> String {
    format!("{} ({})", notice.alert, words["what"].as_str().unwrap_or("news"))
}

/// One message a file, for whatever sends mail. It bears the notice's name: told twice, it is still one file.
fn drop_mail(folder: &Path, notice: &Notice) -> anyhow::Result<()> {
    let words: Value = serde_json::from_str(&notice.words)?;
    let subject: String = table::plain(&format!("twosource: {}", headline(notice, &words)))
        .chars()
        .map(|c| if c.is_ascii() { c } else { '?' })
        .collect();
    let mail = format!(
        "Subject: {subject}\r\nMIME-Version: 1.0\r\nContent-Type: application/json; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\n{}\n",
        notice.words
    );
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    replace(&folder.join(format!("{}.eml", notice.name())), mail.as_bytes())
}

/// Writes a file so that whoever reads it finds it whole.
fn replace(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let part = path.with_extension("part");
    fs::write(&part, bytes)
        .and_then(|()| fs::rename(&part, path))
        .with_context(|| format!("writing {}", path.display()))
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
