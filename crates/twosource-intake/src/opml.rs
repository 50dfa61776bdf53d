//! Lists of feeds (OPML 1.0 to 2.0), in and out.

use std::fmt::Write as _;

use quick_xml::events::{BytesStart, Event};

use crate::xml;

/// Subscriptions of one list that are read at most.
const MOST_SUBSCRIPTIONS: usize = 100_000;
/// Folders within folders that are kept apart; what lies deeper counts to the last of them.
const MOST_DEPTH: usize = 32;

/// One source of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subscription {
    /// Address of the feed or sitemap.
    pub address: String,
    /// Its name.
    pub title: Option<String>,
    /// Address of the site.
    pub site: Option<String>,
    /// Names of the folders it lies in, outermost first.
    pub folders: Vec<String>,
}

/// The subscriptions of a list, in its order, each address once.
///
/// Read leniently, as lists are often written by hand: attributes in any case, unclosed outlines, addresses of feeds
/// in `url`. A list that breaks off gives what stands before the break.
///
/// # Errors
/// With the reason in words, when the bytes hold no outline with an address.
///
/// ```
/// let list = br#"<opml version="2.0"><body><outline text="North"><outline text="The Paper" xmlUrl="https://a.example/rss"/></outline></body></opml>"#;
/// let read = twosource_intake::read_opml(list).unwrap();
/// assert_eq!(read[0].address, "https://a.example/rss");
/// assert_eq!(read[0].folders, ["North"]);
/// ```
pub fn read_opml(bytes: &[u8]) -> Result<Vec<Subscription>, String> {
    let text = xml::decode(bytes, None);
    let mut reader = xml::lenient_reader(&text);
    let mut found: Vec<Subscription> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    // for each open outline whether it is a folder, and the names of those that are
    let mut open: Vec<bool> = Vec::new();
    let mut folders: Vec<String> = Vec::new();
    let mut broken = None;
    while found.len() < MOST_SUBSCRIPTIONS {
        match reader.read_event() {
            Ok(Event::Start(tag)) if is_outline(&tag) => {
                let outline = Outline::of(&tag);
                let folder = outline.folder();
                keep(outline, &folders, &mut seen, &mut found);
                open.push(folder.is_some());
                folders.extend(folder);
            }
            Ok(Event::Empty(tag)) if is_outline(&tag) => {
                keep(Outline::of(&tag), &folders, &mut seen, &mut found)
            }
            Ok(Event::End(tag)) if tag.local_name().as_ref().eq_ignore_ascii_case("outline") => {
                if open.pop() == Some(true) {
                    folders.pop();
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                broken = Some(error.to_string());
                break;
            }
        }
    }
    match (found.is_empty(), broken) {
        (true, Some(error)) => Err(format!("not a list of feeds that can be read: {error}")),
        (true, None) => Err("the list names no feed".to_owned()),
        _ => Ok(found),
    }
}

fn is_outline(tag: &BytesStart<'_>) -> bool {
    tag.local_name().as_ref().eq_ignore_ascii_case("outline")
}

fn keep(
    outline: Outline,
    folders: &[String],
    seen: &mut std::collections::BTreeSet<String>,
    found: &mut Vec<Subscription>,
) {
    let Some(address) = outline.address else {
        return;
    };
    if seen.insert(address.clone()) {
        found.push(Subscription {
            address,
            title: outline.title,
            site: outline.site,
            folders: folders.iter().take(MOST_DEPTH).cloned().collect(),
        });
    }
}

#[derive(Default)]
struct Outline {
    address: Option<String>,
    title: Option<String>,
    site: Option<String>,
}

impl Outline {
    fn of(tag: &BytesStart<'_>) -> Self {
        let (mut outline, mut text, mut url) = (Self::default(), None, None);
        for attribute in tag.html_attributes().with_checks(false).flatten() {
            let value = match quick_xml::escape::unescape(&attribute.value) {
                Ok(value) => carried(&value),
                Err(_) => carried(&attribute.value),
            };
            let value = value.trim().to_owned();
            if value.is_empty() {
                continue;
            }
            match attribute.key.as_ref().to_ascii_lowercase().as_str() {
                "xmlurl" => outline.address = Some(value),
                "url" => url = Some(value),
                "title" => outline.title = Some(value),
                "text" => text = Some(value),
                "htmlurl" => outline.site = Some(value),
                _ => {}
            }
        }
        outline.address = outline.address.or(url).filter(|address| is_address(address));
        outline.title = outline.title.or(text);
        outline
    }

    fn folder(&self) -> Option<String> {
        if self.address.is_some() {
            return None;
        }
        self.title.clone()
    }
}

fn is_address(text: &str) -> bool {
    let scheme = text.split_once("://").map_or("", |(scheme, _)| scheme);
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// The list of `subscriptions` as OPML 2.0, folders in the order of their first subscription.
#[must_use]
pub fn write_opml(title: &str, subscriptions: &[Subscription]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n");
    let _ = write!(
        out,
        "  <head><title>{}</title></head>\n  <body>\n",
        escaped(title)
    );
    // neighbours that share folders share the outlines; a sort by first place brings the rest together
    let mut order: Vec<&[String]> = Vec::new();
    for subscription in subscriptions {
        if !order.contains(&subscription.folders.as_slice()) {
            order.push(&subscription.folders);
        }
    }
    order.sort_by_key(|folders| {
        (0..=folders.len())
            .map(|depth| {
                subscriptions
                    .iter()
                    .position(|s| s.folders.get(..depth) == folders.get(..depth))
            })
            .collect::<Vec<_>>()
    });
    let mut open: Vec<String> = Vec::new();
    for folders in order {
        let shared = open.iter().zip(folders).take_while(|(a, b)| a == b).count();
        close(&mut out, &mut open, shared);
        for folder in &folders[shared..] {
            let _ = writeln!(
                out,
                "{}<outline text=\"{}\">",
                indent(open.len()),
                escaped(folder)
            );
            open.push(folder.clone());
        }
        for subscription in subscriptions.iter().filter(|s| s.folders == folders) {
            write_subscription(&mut out, subscription, open.len());
        }
    }
    close(&mut out, &mut open, 0);
    out.push_str("  </body>\n</opml>\n");
    out
}

fn write_subscription(out: &mut String, subscription: &Subscription, depth: usize) {
    let name = escaped(subscription.title.as_deref().unwrap_or(&subscription.address));
    let address = escaped(&subscription.address);
    let _ = write!(
        out,
        "{}<outline type=\"rss\" text=\"{name}\" title=\"{name}\" xmlUrl=\"{address}\"",
        indent(depth)
    );
    if let Some(site) = &subscription.site {
        let _ = write!(out, " htmlUrl=\"{}\"", escaped(site));
    }
    out.push_str("/>\n");
}

fn close(out: &mut String, open: &mut Vec<String>, to: usize) {
    while open.len() > to {
        open.pop();
        let _ = writeln!(out, "{}</outline>", indent(open.len()));
    }
}

fn indent(depth: usize) -> String {
    " ".repeat(4 + 2 * depth)
}

/// What XML carries of a text in an attribute: no control characters, and blanks for breaks. Lists are read so too, so that
/// what was read can be written and read again.
fn carried(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\t' | '\n' | '\r' => Some(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => None,
            c => Some(c),
        })
        .collect()
}

/// Text for an attribute.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in carried(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(list: &str) -> Vec<String> {
        read_opml(list.as_bytes())
            .unwrap_or_default()
            .iter()
            .map(|s| {
                format!(
                    "{} {} {}",
                    s.folders.join("/"),
                    s.address,
                    s.title.as_deref().unwrap_or("-")
                )
            })
            .collect()
    }

    #[test]
    fn lists_are_read_as_people_write_them() {
        let cases: [(&str, &[&str]); 5] = [
            (
                "<opml><body><outline text='N'><outline title='P &amp; Q' text='x' XMLURL='http://a.example/?a=1&amp;b=2'/></outline>\
                 <outline xmlUrl='http://b.example/'/></body></opml>",
                &["N http://a.example/?a=1&b=2 P & Q", " http://b.example/ -"],
            ),
            (
                "<outline text='a' xmlUrl='http://a.example/?x&y'><outline text='b' xmlUrl='http://b.example/'>",
                &[" http://a.example/?x&y a", " http://b.example/ b"],
            ),
            (
                "<opml><outline type=\"link\" url=\"https://c.example/rss\" text=\"c\"/>",
                &[" https://c.example/rss c"],
            ),
            (
                "<outline xmlUrl='http://a.example/'/><outline xmlUrl='http://a.example/'/>",
                &[" http://a.example/ -"],
            ),
            ("<outline xmlUrl='file:///etc/passwd'/>", &[]),
        ];
        for (list, expected) in cases {
            assert_eq!(shown(list), expected, "{list}");
        }
    }

    #[test]
    fn what_xml_does_not_carry_tells_no_addresses_apart() {
        let list = "<outline title='A' xmlUrl='http://a.example/'/><outline title='A' xmlUrl='http://a.example\0/'/>";
        let read = read_opml(list.as_bytes()).unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!(read_opml(write_opml("x", &read).as_bytes()).unwrap(), read);
    }

    #[test]
    fn depth_costs_nothing() {
        let deep = "<outline text='f'>".repeat(100_000) + "<outline xmlUrl='http://a.example/'/>";
        let read = read_opml(deep.as_bytes()).unwrap();
        assert_eq!(read[0].folders.len(), MOST_DEPTH);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(
            parts in proptest::collection::vec(("[a-z]{1,4}", "\\PC{0,6}", proptest::collection::vec("[A-C]", 0..3)), 1..8),
        ) {
            let mut subscriptions: Vec<Subscription> = parts
                .into_iter()
                .map(|(host, title, folders)| Subscription {
                    address: format!("https://{host}.example/rss"),
                    title: Some(title.trim().to_owned()).filter(|t| !t.is_empty()),
                    site: None,
                    folders,
                })
                .collect();
            let mut seen = std::collections::BTreeSet::new();
            subscriptions.retain(|s| seen.insert(s.address.clone()));
            let mut read = read_opml(write_opml("list", &subscriptions).as_bytes()).unwrap();
            for subscription in &mut read {
                // a list has no way to say that there is no title
                subscription.title = subscription.title.take().filter(|title| *title != subscription.address);
            }
            let sort = |list: &mut Vec<Subscription>| list.sort_by(|a, b| a.address.cmp(&b.address));
            sort(&mut read);
            sort(&mut subscriptions);
            prop_assert_eq!(read, subscriptions);
        }

        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read_opml(&bytes);
            let _ = read_opml(&[b"<outline ", &bytes[..]].concat());
        }
    }
}
