//! Keys in the scripts of a page that name the time of publication: `"publishDate": "2031-05-06"`, `deployDt`, `reg_dt`.

/// What the name of a key says of its time; the plainest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum KeyKind {
    /// that something was published
    Published,
    /// that it was put out
    Released,
    /// that it was made
    Created,
}

/// Longest name of a key and longest value, in bytes.
const LONGEST: usize = 40;

/// Words in names of keys, and what they say.
const KINDS: &[(KeyKind, &[&str])] = &[
    (
        KeyKind::Published,
        &["publish", "published", "publication", "pub", "publishing"],
    ),
    (
        KeyKind::Released,
        &[
            "deploy", "deployed", "release", "released", "post", "posted", "issue", "issued", "display",
        ],
    ),
    (
        KeyKind::Created,
        &[
            "create",
            "created",
            "creation",
            "reg",
            "regist",
            "register",
            "registered",
        ],
    ),
];

/// Words of which one stands in the name of a key that holds a time.
const TIMES: &[&str] = &[
    "date",
    "dt",
    "time",
    "at",
    "on",
    "day",
    "datetime",
    "timestamp",
    "ts",
];

/// Words that make it the time of something else.
const OTHERS: &[&str] = &[
    "comment", "end", "event", "expire", "expires", "expiry", "last", "modified", "modify", "re", "start",
    "update", "updated", "user",
];

/// The keys of a script that name the time of publication with their values, in its order.
pub(crate) fn dated_keys(script: &str) -> impl Iterator<Item = (KeyKind, &str)> {
    memchr::memchr2_iter(b':', b'=', script.as_bytes()).filter_map(|at| {
        let name = key_before(&script[..at])?;
        let kind = kind_of(name)?;
        Some((kind, value_at(&script[at + 1..])))
    })
}

/// The name at the end of what stands before a colon.
fn key_before(before: &str) -> Option<&str> {
    let name = before.trim_end_matches([' ', '"', '\'', '\\']);
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let length = name
        .bytes()
        .rev()
        .take(LONGEST + 1)
        .take_while(|b| is_part(b))
        .count();
    (3..=LONGEST)
        .contains(&length)
        .then(|| &name[name.len() - length..])
}

fn kind_of(name: &str) -> Option<KeyKind> {
    // quick: most keys hold none of the letters that all times have
    if !name
        .bytes()
        .any(|b| matches!(b, b'd' | b'D' | b't' | b'T' | b'n'))
    {
        return None;
    }
    let words = words_of(name);
    let holds = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    if !holds(TIMES) || holds(OTHERS) {
        return None;
    }
    KINDS
        .iter()
        .find(|(_, known)| holds(known))
        .map(|(kind, _)| *kind)
}

/// The words of a name in lower case: `publishDate`, `publish_date`, `pubdate`.
fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut after_lower = false;
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() || (c.is_ascii_uppercase() && after_lower) {
            words.push(String::new());
        }
        if c.is_ascii_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.push(c.to_ascii_lowercase());
        }
        after_lower = c.is_ascii_lowercase();
    }
    // written as one word: "pubdate"
    if let [word] = &words[..]
        && let Some(head) = word.strip_suffix("date")
    {
        words = vec![head.to_owned(), "date".to_owned()];
    }
    words
}

/// The value behind a colon: what stands in quotation marks, else all up to a comma or bracket. No more than a value's
/// length is looked at, as there may be a key at every few bytes.
fn value_at(rest: &str) -> &str {
    let value = rest.trim_start_matches([' ', '\\']);
    let quoted = value.strip_prefix(['"', '\'']);
    let value = quoted.unwrap_or(value);
    let value = &value[..value.floor_char_boundary(LONGEST)];
    let end = match quoted {
        Some(_) => value.find(['"', '\'', '\\', '<']),
        None => value.find([',', '}', ']', ';', ' ', '<']),
    };
    &value[..end.unwrap_or(value.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_a_value_is_looked_at() {
        let many = "pubdate:".repeat(100_000);
        assert_eq!(dated_keys(&many).count(), 100_000);
        let wide = format!("pubdate: '{}", "é".repeat(LONGEST));
        assert!(
            dated_keys(&wide)
                .next()
                .is_some_and(|(_, value)| !value.is_empty() && value.len() <= LONGEST)
        );
    }

    #[test]
    fn keys_of_publication_are_found() {
        for (script, expected) in [
            (
                r#"{"publishDate":"2031-05-06","x":1}"#,
                Some((KeyKind::Published, "2031-05-06")),
            ),
            (
                r#"\"deployDt\":\"2031.05.06 18:40\","#,
                Some((KeyKind::Released, "2031.05.06 18:40")),
            ),
            (r#"{"reDeployDt":"2031.05.06","paperDate":"2031-05-07"}"#, None),
            (
                "var pubdate = '6 May 2031';",
                Some((KeyKind::Published, "6 May 2031")),
            ),
            ("{created_at:1935784440}", Some((KeyKind::Created, "1935784440"))),
            (
                r#"{"lastPublishedAt":"2031-05-06","updatedDate":"2031-05-06"}"#,
                None,
            ),
            (r#"{"publisher":"x","data":"created on"}"#, None),
        ] {
            assert_eq!(dated_keys(script).next(), expected, "{script}");
        }
    }
}
