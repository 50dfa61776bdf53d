//! One address that is to be asked for, and why.

use twosource_model::{Digest, Document};
use url::Url;

use crate::failure::Failure;
use crate::state::PageState;

/// An address on its way.
#[derive(Debug)]
pub(crate) struct Ask {
    /// As it was named.
    pub first: Url,
    /// Where it has been sent on to.
    pub url: Url,
    /// Where it has been.
    pub been: Vec<Url>,
    /// Every redirect so far was for good.
    pub moved: bool,
    /// Attempts that failed.
    pub attempts: u32,
    /// What for.
    pub what: What,
}

/// What an address is asked for.
#[derive(Debug)]
pub(crate) enum What {
    /// The `robots.txt` of a site.
    Rules { site: String },
    /// The `tdmrep.json` of a site.
    Reservations { site: String },
    /// A feed or sitemap: its number, and how many indexes lie above it.
    Source { at: usize, depth: u8 },
    /// A page.
    Page(Box<PageAsk>),
}

/// A page that is asked for.
#[derive(Debug)]
pub(crate) struct PageAsk {
    /// Its address without tracking parameters: what its record is kept under.
    pub key: String,
    /// The source that named it.
    pub source: Option<usize>,
    /// The entry's own text.
    pub entry: Option<Document>,
    /// Digest of the entry.
    pub digest: Option<Digest>,
    /// What is known of it.
    pub state: PageState,
    /// Named by a person: it may be a feed or sitemap too.
    pub named: bool,
}

impl Ask {
    pub fn new(url: Url, what: What) -> Self {
        Self {
            first: url.clone(),
            url,
            been: Vec::new(),
            moved: true,
            attempts: 0,
            what,
        }
    }

    /// Sends it on to `location`, as `status` says.
    pub fn send_on(&mut self, status: u16, location: Option<&str>, limit: usize) -> Result<(), Failure> {
        let nowhere = |reason: String| Failure::Redirect { reason };
        let location = location.ok_or_else(|| nowhere("no address is named".to_owned()))?;
        let next = self
            .url
            .join(location)
            .map_err(|error| nowhere(format!("{}: {error}", shortened(location))))?;
        let next = address(next).map_err(|reason| nowhere(format!("{}: {reason}", shortened(location))))?;
        if next == self.url || self.been.contains(&next) {
            return Err(Failure::RedirectLoop {
                address: shortened(next.as_str()),
            });
        }
        if self.been.len() >= limit {
            return Err(Failure::TooManyRedirects { limit });
        }
        self.moved &= matches!(status, 301 | 308);
        self.been.push(std::mem::replace(&mut self.url, next));
        Ok(())
    }
}

/// The host as a name that turns are kept by.
pub(crate) fn host_of(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

/// The site whose `robots.txt` stands before `url`.
pub(crate) fn site_of(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// Path and query, as `robots.txt` is compared with.
pub(crate) fn path_of(url: &Url) -> String {
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}

/// An address that may be asked for: `http` or `https`, with a host, without user and password, without a fragment.
pub(crate) fn address(mut url: Url) -> Result<Url, String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("{} is not fetched", shortened(url.scheme())));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err("it names no host".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it carries a user name".to_owned());
    }
    if url.as_str().len() > MOST_ADDRESS {
        return Err(format!("longer than {MOST_ADDRESS} bytes"));
    }
    url.set_fragment(None);
    Ok(url)
}

/// Bytes of the longest address that is asked for.
const MOST_ADDRESS: usize = 8 << 10;
/// Characters of an address in a message.
const MOST_SHOWN: usize = 200;

pub(crate) fn shortened(text: &str) -> String {
    text.chars().take(MOST_SHOWN).collect()
}

/// Parameters that say where a reader came from, and nothing about the page: those that the makers of web analytics and
/// newsletters document for their links (written by hand, 2026).
const TRACKING: [&str; 12] = [
    "at_campaign",
    "at_medium",
    "cmpid",
    "fbclid",
    "gclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "msclkid",
    "ocid",
    "smid",
    "yclid",
];

/// The address without tracking parameters and fragment: one page, however it was come by.
pub(crate) fn key_of(url: &Url) -> Url {
    let mut key = url.clone();
    key.set_fragment(None);
    let Some(query) = url.query() else {
        return key;
    };
    let tracks = |part: &&str| {
        let name = part.split('=').next().unwrap_or_default();
        !name.starts_with("utm_") && !TRACKING.contains(&name)
    };
    let kept: Vec<&str> = query.split('&').filter(tracks).collect();
    let query = kept.join("&");
    key.set_query((!query.is_empty()).then_some(query.as_str()));
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_page_has_one_key() {
        for (address, key) in [
            (
                "http://A.example/x?utm_source=rss&id=7#top",
                "http://a.example/x?id=7",
            ),
            ("http://a.example/x?fbclid=1", "http://a.example/x"),
            ("http://a.example/x?b=1&a=2", "http://a.example/x?b=1&a=2"),
            ("http://a.example", "http://a.example/"),
        ] {
            assert_eq!(key_of(&url(address)).as_str(), key);
        }
    }

    #[test]
    fn redirects_end() {
        let mut ask = Ask::new(url("http://a.example/1"), What::Source { at: 0, depth: 0 });
        ask.send_on(301, Some("/2"), 3).unwrap();
        assert_eq!(ask.url.as_str(), "http://a.example/2");
        assert!(ask.moved);
        ask.send_on(302, Some("https://b.example/"), 3).unwrap();
        assert!(!ask.moved);
        let refused = |ask: &mut Ask, location| ask.send_on(302, location, 3).unwrap_err().to_string();
        assert!(refused(&mut ask, Some("http://a.example/1#x")).contains("circle"));
        assert!(refused(&mut ask, Some("file:///etc/passwd")).contains("not fetched"));
        assert!(refused(&mut ask, Some("http://u:p@a.example/")).contains("user name"));
        assert!(refused(&mut ask, None).contains("no address"));
        ask.send_on(302, Some("/3"), 3).unwrap();
        assert!(refused(&mut ask, Some("/4")).contains("more than 3"));
    }
}
