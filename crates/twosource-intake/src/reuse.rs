//! What a site says about reuse: robots directives (`X-Robots-Tag`, `meta robots`), TDMRep (`tdm-reservation`,
//! `tdm-policy`), usage preferences (`Content-Usage`) and licences (`link rel=license`), as they stand.

use twosource_model::ReuseSignal;

/// Header fields that speak of reuse.
pub const REUSE_HEADERS: [&str; 5] = [
    "X-Robots-Tag",
    "tdm-reservation",
    "tdm-policy",
    "Content-Usage",
    "Content-Signal",
];

/// Bytes of a page in which its `<meta>` elements are looked for: the head of any honest page.
const HEAD: usize = 256 << 10;
/// Signals of one page that are kept at most.
const MOST_SIGNALS: usize = 32;
/// Bytes of one signal that are kept at most.
const MOST_WORDS: usize = 512;

/// The signals of a page's own `<meta>` and `<link>` elements, in its order, each once.
///
/// ```
/// let page = b"<html><head><meta name=robots content='noarchive, noai'><meta name=\"tdm-reservation\" content=\"1\">";
/// let signals = twosource_intake::reuse_of_page(page);
/// assert_eq!(signals[0].source, "meta robots");
/// assert_eq!(signals[0].value, "noarchive, noai");
/// assert_eq!(signals[1].value, "1");
/// ```
#[must_use]
pub fn reuse_of_page(page: &[u8]) -> Vec<ReuseSignal> {
    let head = &page[..page.len().min(HEAD)];
    let mut signals: Vec<ReuseSignal> = Vec::new();
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'<', &head[from..]).map(|at| from + at) {
        from = at + 1;
        let rest = &head[from..];
        if starts(rest, b"!--") {
            from += memchr::memmem::find(rest, b"-->").map_or(rest.len(), |end| end + 3);
        } else if starts(rest, b"body") {
            break;
        } else if starts(rest, b"script") || starts(rest, b"style") {
            let close: &[u8] = if starts(rest, b"script") {
                b"</script"
            } else {
                b"</style"
            };
            from += find_ignoring_case(rest, close).unwrap_or(rest.len());
        } else if starts(rest, b"meta") || starts(rest, b"link") {
            let (attributes, length) = attributes(&rest[4..]);
            from += 4 + length;
            let signal = if starts(rest, b"meta") {
                of_meta(&attributes)
            } else {
                of_link(&attributes)
            };
            if let Some(signal) = signal
                && !signals.contains(&signal)
            {
                signals.push(signal);
                if signals.len() == MOST_SIGNALS {
                    break;
                }
            }
        }
    }
    signals
}

/// The signals of header fields.
#[must_use]
pub fn reuse_of_headers<'f>(fields: impl Iterator<Item = (&'f str, &'f str)>) -> Vec<ReuseSignal> {
    fields
        .filter_map(|(name, value)| {
            let header = REUSE_HEADERS
                .iter()
                .find(|header| header.eq_ignore_ascii_case(name))?;
            Some(ReuseSignal {
                source: format!("{header} header"),
                value: shortened(value.trim()),
            })
        })
        .filter(|signal| !signal.value.is_empty())
        .take(MOST_SIGNALS)
        .collect()
}

fn of_meta(attributes: &[(String, String)]) -> Option<ReuseSignal> {
    let name = value(attributes, "name")
        .or_else(|| value(attributes, "http-equiv"))?
        .trim()
        .to_ascii_lowercase();
    let content = value(attributes, "content")?.trim();
    let speaks = matches!(name.as_str(), "robots" | "tdm-reservation" | "tdm-policy" | "content-usage")
        // directives for one robot only (`googlebot-news`) say what the outlet grants to whom
        || (name.ends_with("bot") || name.ends_with("bot-news") || name.ends_with("-extended"));
    (speaks && !content.is_empty()).then(|| ReuseSignal {
        source: format!("meta {}", shortened(&name)),
        value: shortened(content),
    })
}

fn of_link(attributes: &[(String, String)]) -> Option<ReuseSignal> {
    let is_license = value(attributes, "rel")?
        .split_ascii_whitespace()
        .any(|rel| rel.eq_ignore_ascii_case("license"));
    let href = value(attributes, "href")?.trim();
    (is_license && !href.is_empty()).then(|| ReuseSignal {
        source: "link license".to_owned(),
        value: shortened(href),
    })
}

fn value<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

fn shortened(text: &str) -> String {
    let mut end = text.len().min(MOST_WORDS);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}

/// Whether a tag of that name begins here.
fn starts(rest: &[u8], name: &[u8]) -> bool {
    rest.len() >= name.len()
        && rest[..name.len()].eq_ignore_ascii_case(name)
        && !rest.get(name.len()).is_some_and(u8::is_ascii_alphanumeric)
}

fn find_ignoring_case(rest: &[u8], mark: &[u8]) -> Option<usize> {
    memchr::memchr_iter(mark[0], rest).find(|at| {
        rest.get(*at..at + mark.len())
            .is_some_and(|here| here.eq_ignore_ascii_case(mark))
    })
}

/// The attributes of a tag, names in small letters, and the bytes up to its `>`.
fn attributes(rest: &[u8]) -> (Vec<(String, String)>, usize) {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        at += rest[at..]
            .iter()
            .take_while(|b| b.is_ascii_whitespace() || **b == b'/')
            .count();
        match rest.get(at) {
            None => return (found, at),
            Some(b'>') => return (found, at + 1),
            // the tag was never closed
            Some(b'<') => return (found, at),
            Some(_) => {}
        }
        let name_end = at
            + 1
            + rest[at + 1..]
                .iter()
                .take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'>' | b'/' | b'<'))
                .count();
        let name = String::from_utf8_lossy(&rest[at..name_end]).to_ascii_lowercase();
        at = name_end;
        let gap = rest[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let mut text = String::new();
        if rest.get(at + gap) == Some(&b'=') {
            at += gap + 1;
            at += rest[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
            let (start, end, next) = match rest.get(at) {
                Some(quote @ (b'"' | b'\'')) => {
                    let end = memchr::memchr(*quote, &rest[at + 1..]).map_or(rest.len(), |end| at + 1 + end);
                    (at + 1, end, (end + 1).min(rest.len()))
                }
                _ => {
                    let length = rest[at..]
                        .iter()
                        .take_while(|b| !b.is_ascii_whitespace() && **b != b'>')
                        .count();
                    (at, at + length, at + length)
                }
            };
            text = String::from_utf8_lossy(&rest[start.min(end)..end]).into_owned();
            at = next;
        }
        if found.len() < MOST_SIGNALS {
            found.push((name, text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(page: &str) -> Vec<String> {
        reuse_of_page(page.as_bytes())
            .into_iter()
            .map(|signal| format!("{}={}", signal.source, signal.value))
            .collect()
    }

    #[test]
    fn signals_are_found_where_they_count() {
        let cases: [(&str, &[&str]); 8] = [
            ("<META NAME='Robots' CONTENT=noai>", &["meta robots=noai"]),
            (
                "<!-- <meta name=robots content=none> --><meta name=robots content=all>",
                &["meta robots=all"],
            ),
            ("<script>'<meta name=robots content=none>'</script>", &[]),
            ("<body><meta name=robots content=none>", &[]),
            (
                "<meta content='1' name=tdm-reservation /><meta name=tdm-policy content='https://a.example/p'>",
                &["meta tdm-reservation=1", "meta tdm-policy=https://a.example/p"],
            ),
            (
                "<link rel='license' href='https://a.example/rsl.xml'>",
                &["link license=https://a.example/rsl.xml"],
            ),
            (
                "<meta name=description content=x><meta name=googlebot-news content=noindex>",
                &["meta googlebot-news=noindex"],
            ),
            ("<meta name=\"robots\" content=\"noai", &["meta robots=noai"]),
        ];
        for (page, expected) in cases {
            assert_eq!(shown(page), expected, "{page}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_end(parts in proptest::collection::vec(prop_oneof![
            Just("<meta ".to_owned()), Just("name=robots".to_owned()), Just(" content=".to_owned()), Just("'".to_owned()),
            Just("<!--".to_owned()), Just("<script".to_owned()), Just(">".to_owned()), "\\PC{0,3}",
        ], 0..20)) {
            let _ = reuse_of_page(parts.concat().as_bytes());
        }
    }
}
