//! `robots.txt` as RFC 9309 reads it, with `Crawl-delay` and what the file says about reuse.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Bytes of the file that are read: the least that RFC 9309 (section 2.5) allows, and what the big crawlers read.
pub const MOST_BYTES: usize = 500 * 1024;
/// Bytes of one pattern that are kept; longer rules match no real address.
const MOST_PATTERN: usize = 8 << 10;
/// Statements about reuse that are kept at most, and characters of each.
const MOST_REUSE: usize = 16;
/// See [`MOST_REUSE`].
const MOST_REUSE_WORDS: usize = 512;
/// A delay longer than a day keeps a site from being read at all: it is taken as one day.
const LONGEST_DELAY: f64 = 24.0 * 3600.0;

/// What a site's file says to one robot.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    rules: Vec<Rule>,
    /// Seconds between two requests.
    delay: Option<f64>,
    /// What the file says about reuse, `directive: words` (`Content-Usage`, `Content-Signal`, `License`).
    pub reuse: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Rule {
    allow: bool,
    pattern: String,
}

impl Rules {
    /// Rules that allow nothing: what holds while the file cannot be had (section 2.3.1.4).
    #[must_use]
    pub fn nothing() -> Self {
        let rule = Rule {
            allow: false,
            pattern: "/".to_owned(),
        };
        Self {
            rules: vec![rule],
            ..Self::default()
        }
    }

    /// The rules of `file` for the robot of that product token: those of all groups that name it, or of all groups that
    /// name `*` when none does.
    ///
    /// ```
    /// # use twosource_fetch::Rules;
    /// let rules = Rules::parse(b"User-agent: *\nDisallow: /private/\nAllow: /private/press$\nCrawl-delay: 2\n", "twosource");
    /// assert_eq!(rules.refusal("/private/x").unwrap(), "Disallow: /private/");
    /// assert_eq!(rules.refusal("/private/press"), None);
    /// assert_eq!(rules.delay().unwrap().as_secs(), 2);
    /// ```
    #[must_use]
    pub fn parse(file: &[u8], token: &str) -> Self {
        let mut file = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file);
        if file.len() > MOST_BYTES {
            // a rule that is cut could say more than was meant
            let end = file[..MOST_BYTES]
                .iter()
                .rposition(|b| matches!(b, b'\n' | b'\r'))
                .unwrap_or(0);
            file = &file[..end];
        }
        let text = String::from_utf8_lossy(file);
        let (mut ours, mut everyones) = (Group::default(), Group::default());
        let (mut names_us, mut names_all, mut in_rules) = (false, false, false);
        for line in text.split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "user-agent" | "useragent" | "user agent" => {
                    if in_rules {
                        (names_us, names_all, in_rules) = (false, false, false);
                    }
                    if names(value, token) {
                        (names_us, ours.named) = (true, true);
                    } else if value.starts_with('*') {
                        names_all = true;
                    }
                }
                key @ ("allow" | "disallow" | "crawl-delay" | "content-usage" | "content-signal"
                | "license") => {
                    // The RFC knows no delay; who writes one under an agent means that group to be over after it:
                    // read otherwise, `User-agent: *`, `Crawl-delay: 9` would share the rules of the next group.
                    in_rules |= matches!(key, "allow" | "disallow" | "crawl-delay");
                    if names_us {
                        ours.add(key, value);
                    }
                    if names_all {
                        everyones.add(key, value);
                    }
                    if key == "license" && !names_us && !names_all {
                        // said to all when it stands before the first group
                        everyones.add(key, value);
                        ours.add(key, value);
                    }
                }
                _ => {}
            }
        }
        let group = if ours.named { ours } else { everyones };
        Self {
            rules: group.rules,
            delay: group.delay,
            reuse: group.reuse,
        }
    }

    /// The rule that keeps the robot from `path` (path and query of an address), or `None` when it may be asked for.
    ///
    /// The longest pattern that matches decides, `Allow` between equals; `/robots.txt` itself is always allowed.
    #[must_use]
    pub fn refusal(&self, path: &str) -> Option<String> {
        if path == "/robots.txt" {
            return None;
        }
        let path = normalised(path, true);
        let best = self
            .rules
            .iter()
            .filter(|rule| matches(&rule.pattern, &path))
            .max_by_key(|rule| (rule.pattern.len(), rule.allow))?;
        (!best.allow).then(|| format!("Disallow: {}", best.pattern))
    }

    /// Time between two requests.
    #[must_use]
    pub fn delay(&self) -> Option<Duration> {
        self.delay.map(Duration::from_secs_f64)
    }
}

/// The rules of groups of one name.
#[derive(Default)]
struct Group {
    /// Some group has that name, with rules or without.
    named: bool,
    rules: Vec<Rule>,
    delay: Option<f64>,
    reuse: Vec<(String, String)>,
}

impl Group {
    fn add(&mut self, key: &str, value: &str) {
        match key {
            // an empty value matches nothing (section 2.2.2)
            "allow" | "disallow" if !value.is_empty() && value.len() <= MOST_PATTERN => {
                let mut pattern = normalised(value, false);
                if !pattern.starts_with(['/', '*']) {
                    pattern.insert(0, '/');
                }
                self.rules.push(Rule {
                    allow: key == "allow",
                    pattern,
                });
            }
            "crawl-delay" => {
                let seconds = value
                    .parse::<f64>()
                    .ok()
                    .filter(|seconds| seconds.is_finite() && *seconds >= 0.0);
                if let Some(seconds) = seconds {
                    let seconds = seconds.min(LONGEST_DELAY);
                    self.delay = Some(self.delay.map_or(seconds, |delay| delay.max(seconds)));
                }
            }
            "content-usage" | "content-signal" | "license"
                if !value.is_empty() && self.reuse.len() < MOST_REUSE =>
            {
                self.reuse
                    .push((key.to_owned(), value.chars().take(MOST_REUSE_WORDS).collect()));
            }
            _ => {}
        }
    }
}

/// Whether a `User-agent` line names the robot: its product token is the leading letters, `-` and `_` (section 2.2.1).
fn names(value: &str, token: &str) -> bool {
    let end = value
        .find(|c: char| !c.is_ascii_alphabetic() && c != '-' && c != '_')
        .unwrap_or(value.len());
    value[..end].eq_ignore_ascii_case(token)
}

/// A path or pattern in the form in which both are compared (section 2.2.2): octets outside ASCII percent-encoded,
/// unreserved ones not; in a path, `*` and `$` are encoded, as they are where a pattern means them literally.
fn normalised(text: &str, is_path: bool) -> String {
    let bytes = text.as_bytes();
    let mut normalised = String::with_capacity(text.len());
    let mut at = 0;
    let encode = |normalised: &mut String, byte: u8| {
        for digit in [byte >> 4, byte & 15] {
            normalised.push(
                char::from_digit(u32::from(digit), 16)
                    .unwrap_or('0')
                    .to_ascii_uppercase(),
            );
        }
    };
    while let Some(&byte) = bytes.get(at) {
        let encoded = (byte == b'%')
            .then(|| Some((hex(*bytes.get(at + 1)?)? << 4) | hex(*bytes.get(at + 2)?)?))
            .flatten();
        match (encoded, byte) {
            (Some(byte), _) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                normalised.push(char::from(byte));
                at += 2;
            }
            (Some(byte), _) => {
                normalised.push('%');
                encode(&mut normalised, byte);
                at += 2;
            }
            (None, b'*' | b'$') if is_path => {
                normalised.push('%');
                encode(&mut normalised, byte);
            }
            (None, byte) if byte.is_ascii_graphic() => normalised.push(char::from(byte)),
            (None, byte) => {
                normalised.push('%');
                encode(&mut normalised, byte);
            }
        }
        at += 1;
    }
    normalised
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

/// Whether a pattern as `robots.txt` has them matches a path.
pub(crate) fn pattern_matches(pattern: &str, path: &str) -> bool {
    matches(&normalised(pattern, false), &normalised(path, true))
}

/// Whether a pattern with `*` (any characters) and a last `$` (the end) matches the beginning of `path`: each piece
/// between stars at its first place behind the one before, so in linear time.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(pieces.next().unwrap_or_default()) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return !to_end || rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if to_end && pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        match memchr::memmem::find(rest.as_bytes(), piece.as_bytes()) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Each path with `+` where it may be asked for, `-` where not.
    fn check(file: &str, expected: &str) {
        let rules = Rules::parse(file.as_bytes(), "twosource");
        for path in expected.split_whitespace() {
            let (sign, path) = path.split_at(1);
            let allowed = rules.refusal(path).is_none();
            assert_eq!(allowed, sign == "+", "{path} under\n{file}\n{rules:?}");
        }
    }

    #[test]
    fn the_longest_match_decides() {
        check(
            "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c",
            "-/a -/ax +/a/b/x -/a/b/c +/ +/b",
        );
        check("User-agent: *\nAllow: /p\nDisallow: /p", "+/p +/p/x");
        check("User-agent: *\nDisallow: /", "-/ -/x +/robots.txt");
        check("User-agent: *\nDisallow:", "+/ +/x");
        check(
            "User-agent: *\nDisallow: *.gif$\nAllow: /x*y$",
            "-/a.gif +/a.gif?x +/xay -/xay.gif",
        );
        check(
            "User-agent: *\nDisallow: /*/print/*?q=",
            "-/a/print/b?q=1 +/print/b?q=1 +/a/print/b",
        );
        check(
            "User-agent: *\nDisallow: /a*a*a*a*a*b",
            "+/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa -/aaaaaaab",
        );
        check("User-agent: *\nDisallow: private", "-/private +/a/private");
    }

    #[test]
    fn groups_are_told_apart() {
        check(
            "User-agent: Other\nDisallow: /\n\nUser-agent: *\nDisallow: /x",
            "+/a -/x",
        );
        check(
            "User-agent: TwoSource/1.0\nDisallow: /a\nUser-agent: *\nDisallow: /b",
            "-/a +/b",
        );
        check("User-agent: twosource\nUser-agent: other\nDisallow: /a", "-/a");
        check(
            "User-agent: twosource\nDisallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: TWOSOURCE\nDisallow: /c",
            "-/a +/b -/c",
        );
        check("User-agent: twosource\nUser-agent: *\nDisallow: /a", "-/a");
        check(
            "User-agent: twosource\n\nSitemap: x\nUser-agent: other\nDisallow: /a",
            "-/a",
        );
        check(
            "User-agent: *\nCrawl-delay: 9\n\nUser-agent: other\nDisallow: /",
            "+/a",
        );
        check(
            "User-agent: twosource\nUser-agent: *\nDisallow: /\nUser-agent: twosource\nAllow: /a",
            "+/a -/b",
        );
        check("User-agent: twosourcebot\nDisallow: /", "+/a");
        check("User-agent: twosource\n", "+/a");
        check("Disallow: /\nUser-agent: other\nDisallow: /", "+/a");
    }

    #[test]
    fn files_are_read_as_they_come() {
        check(
            "\u{feff}user-agent : *\r\ndisallow : /a # not this\r\n\r\nDISALLOW:/b",
            "-/a -/b +/c",
        );
        check("User-agent: *\rDisallow: /a\rnonsense\rDisallow: /b", "-/a -/b");
        check("<html>User-agent: *\nDisallow: /</html>", "+/a");
    }

    #[test]
    fn encodings_are_made_equal() {
        check(
            "User-agent: *\nDisallow: /%7Ejoe\nDisallow: /ü\nDisallow: /a%2fb\nDisallow: /x%2A$",
            "-/~joe -/%C3%BC -/%c3%bc -/a%2Fb +/a/b -/x* +/x*y",
        );
    }

    #[test]
    fn only_so_much_is_read() {
        let long = format!(
            "User-agent: *\nDisallow: /a\n#{}\nDisallow: /b",
            "x".repeat(MOST_BYTES)
        );
        check(&long, "-/a +/b");
        let cut = format!("User-agent: *\n#{}\nDisallow: /abc", "x".repeat(MOST_BYTES - 26));
        check(&cut, "+/a +/abc");
    }

    #[test]
    fn delay_and_reuse_are_kept() {
        let file = b"Sitemap: https://a.example/s.xml\nLicense: https://a.example/l.xml\nUser-agent: *\nCrawl-delay: 2.5\n\
            Content-Signal: ai-train=no\nContent-Usage: train-ai=n\nDisallow:\nUser-agent: x\nCrawl-delay: 99";
        let rules = Rules::parse(file, "twosource");
        assert_eq!(rules.delay().unwrap().as_millis(), 2500);
        let said: Vec<_> = rules
            .reuse
            .iter()
            .map(|(key, value)| format!("{key} {value}"))
            .collect();
        assert_eq!(
            said,
            [
                "license https://a.example/l.xml",
                "content-signal ai-train=no",
                "content-usage train-ai=n"
            ]
        );
        for wrong in ["x", "-1", "NaN", "inf", "1e999"] {
            let file = format!("User-agent: *\nCrawl-delay: {wrong}");
            assert_eq!(
                Rules::parse(file.as_bytes(), "twosource").delay(),
                None,
                "{wrong}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_file_and_path_end(
            lines in proptest::collection::vec(("(User-agent|Allow|Disallow|Crawl-delay|x)", "[*$/a%2é]{0,12}"), 0..30),
            path in "\\PC{0,40}",
        ) {
            let file: String = lines.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
            let _ = Rules::parse(file.as_bytes(), "twosource").refusal(&path);
        }

        #[test]
        fn a_pattern_without_stars_is_a_prefix(pattern in "/[ab/]{0,6}", path in "/[ab/]{0,8}") {
            prop_assert_eq!(matches(&pattern, &path), path.starts_with(&pattern));
        }
    }
}
