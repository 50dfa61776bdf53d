//! Which clutter a line is by its make-up, whoever wrote it: a sign of copyright with a year, an offer with a price a
//! month, a call to follow somebody on a platform, an address to write to.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use crate::Rule;

/// Most words of a line of copyright.
const COPYRIGHT_WORDS: usize = 14;

/// Most words of an offer, a call to follow and a call to write.
const CALL_WORDS: usize = 32;

/// Platforms that readers are asked to follow somebody on.
const PLATFORMS: &[&str] = &[
    "social media",
    "twitter",
    "facebook",
    "instagram",
    "whatsapp",
    "telegram",
    "tiktok",
    "linkedin",
    "youtube",
    "bluesky",
    "mastodon",
    "threads",
    "google news",
    "apple news",
    "flipboard",
    "on x",
    "auf x",
    "sur x",
    "en x",
    "su x",
];

/// First words of a call to follow.
const FOLLOW_WORDS: &[&str] = &[
    "follow",
    "like",
    "join",
    "find",
    "subscribe",
    "folgen",
    "folge",
    "folgt",
    "suivez",
    "sigue",
    "síguenos",
    "siga",
    "segui",
    "seguici",
    "volg",
    "följ",
    "følg",
    "seuraa",
    "obserwuj",
];

/// Spans of time that a subscription is paid for.
const PERIODS: &[&str] = &[
    "a month",
    "per month",
    "a week",
    "per week",
    "a year",
    "per year",
    "/month",
    "/week",
    "/mo",
    "each month",
    "im monat",
    "pro monat",
    "monatlich",
    "par mois",
    "al mes",
    "por mês",
    "al mese",
    "per maand",
    "miesięcznie",
    "i månaden",
    "i måneden",
];

/// Words of an offer to subscribers.
const OFFER_WORDS: &[&str] = &[
    "subscri",
    "member",
    "trial",
    "become one",
    "unlimited",
    "digital access",
    "support us",
    "abo ",
    "abonn",
    "suscr",
    "assin",
    "prenumer",
];

/// Words that speak to the reader in an offer.
const READER_WORDS: &[&str] = &[
    "you",
    "your",
    "become",
    "join",
    "try",
    "get",
    "subscribe",
    "support",
    "start",
    "read on",
    "sie",
    "ihr",
    "jetzt",
    "vous",
    "votre",
    "abonnez-vous",
    "suscríbete",
    "tu",
    "assine",
    "abbonati",
    "word",
    "jouw",
    "bli",
];

/// Words of a call to write to an address.
const WRITE_WORDS: &[&str] = &[
    "tip",
    "tips",
    "write",
    "email",
    "e-mail",
    "mail",
    "send",
    "contact",
    "reach",
    "know more",
    "story",
    "feedback",
    "corrections",
    "schreiben",
    "hinweise",
    "kontakt",
    "écrivez",
    "contactez",
    "escriba",
    "contacto",
    "scrivi",
];

/// First words of a line that says what must not be done with the report; what stands behind speaks of the report itself.
const OWN_WORDS: &[&str] = &[
    "this",
    "these",
    "no",
    "all",
    "any",
    "the",
    "material",
    "content",
    "contents",
    "articles",
    "images",
    "photos",
    "pictures",
    "text",
    "texts",
    "reproduction",
    "republication",
    "may",
    "must",
    "not",
    "do",
];

/// What may not be done with it.
const USE_WORDS: &[&str] = &[
    "published",
    "republished",
    "reproduced",
    "reprinted",
    "redistributed",
    "distributed",
    "rebroadcast",
    "rewritten",
    "reproduction",
    "republication",
    "reproduce",
    "republish",
    "redistribute",
    "copied",
    "reused",
];

/// That it may not.
const BAN_WORDS: &[&str] = &[
    "may not",
    "must not",
    "cannot",
    "can not",
    "may be",
    "not to be",
    "do not",
    "no part",
    "prohibited",
    "forbidden",
    "not permitted",
    "not allowed",
];

/// By whose leave it may.
const LEAVE_WORDS: &[&str] = &[
    "permission",
    "consent",
    "authorisation",
    "authorization",
    "approval",
    "licence",
    "license",
    "prohibited",
    "forbidden",
    "not permitted",
    "not allowed",
];

/// Words for the report itself.
const REPORT_WORDS: &[&str] = &[
    "this",
    "these",
    "material",
    "content",
    "contents",
    "part",
    "parts",
    "whole",
    "form",
    "article",
    "articles",
    "text",
    "texts",
    "image",
    "images",
    "photo",
    "photos",
    "picture",
    "pictures",
    "reproduction",
    "republication",
    "page",
    "site",
    "website",
];

/// The rule that a line falls under by its make-up; `folded` is the line in lower case with single blanks.
pub(crate) fn shape_of(folded: &str) -> Option<Rule> {
    let first = folded.split(' ').next().unwrap_or("");
    // what every shape needs, so that most lines are done with here
    let has = |byte: u8| memchr::memchr(byte, folded.as_bytes()).is_some();
    let owns = OWN_WORDS.contains(&first);
    let may_fit =
        has(b'@') || owns || FOLLOW_WORDS.contains(&first) || folded.bytes().any(|b| b.is_ascii_digit());
    if !may_fit {
        return None;
    }
    let words = folded.bytes().filter(|b| *b == b' ').count() + 1;
    if words > CALL_WORDS || folded.contains(['"', '“', '”', '„', '«', '»']) {
        return None;
    }
    if (words <= COPYRIGHT_WORDS && is_copyright(folded)) || (owns && is_rights_notice(folded)) {
        Some(Rule::Copyright)
    } else if is_follow(folded) {
        Some(Rule::Follow)
    } else if is_offer(folded) {
        Some(Rule::Subscription)
    } else if is_call_to_write(folded) {
        Some(Rule::Contact)
    } else {
        None
    }
}

/// "(c) Example News 2031", "© 2031 Example News", "Copyright 2031 by Example News".
fn is_copyright(folded: &str) -> bool {
    let signed = ["(c) ", "© ", "copyright "]
        .iter()
        .any(|sign| folded.starts_with(sign));
    signed && has_year(folded)
}

/// "This report may not be published without permission."
fn is_rights_notice(folded: &str) -> bool {
    holds_any(folded, USE_WORDS)
        && holds_any(folded, LEAVE_WORDS)
        && holds_any(folded, BAN_WORDS)
        && REPORT_WORDS.iter().any(|word| {
            folded
                .split(' ')
                .take(REPORT_WITHIN)
                .any(|own| own.trim_matches(',') == *word)
        })
}

/// First words of a line among which it names the report.
const REPORT_WITHIN: usize = 8;

/// Four digits that begin with 19 or 20 and stand alone.
fn has_year(folded: &str) -> bool {
    folded
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}

fn is_follow(folded: &str) -> bool {
    let first = folded.split(' ').next().unwrap_or("");
    FOLLOW_WORDS.contains(&first) && !folded.ends_with('?') && holds_any(folded, PLATFORMS)
}

fn is_offer(folded: &str) -> bool {
    folded.bytes().any(|b| b.is_ascii_digit())
        && offer_finder().is_match(folded)
        && holds_any(folded, PERIODS)
        && holds_any(folded, READER_WORDS)
}

fn is_call_to_write(folded: &str) -> bool {
    let is_address = |word: &str| {
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
    };
    let mut words = folded.split(' ');
    if !words.clone().any(is_address) {
        return false;
    }
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let first = words.clone().next().map(bare).unwrap_or_default();
    let calls = WRITE_WORDS.contains(&first.as_str())
        || holds_any(
            folded,
            &[
                "you", "your", "us", "our", "write to", "sie", "uns", "vous", "nous",
            ],
        );
    words.clone().count() <= 2 || (calls && words.any(|word| WRITE_WORDS.contains(&bare(word).as_str())))
}

/// Finds [`OFFER_WORDS`]; most lines with a digit are asked for them.
fn offer_finder() -> &'static AhoCorasick {
    static LOADED: OnceLock<AhoCorasick> = OnceLock::new();
    LOADED.get_or_init(|| {
        AhoCorasick::new(OFFER_WORDS)
            .unwrap_or_else(|_| unreachable!("a few short words are within the bounds"))
    })
}

/// Whether one of these stands in a line as whole words.
fn holds_any(folded: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        folded.match_indices(phrase).any(|(at, _)| {
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let opens = phrase.starts_with(char::is_alphanumeric) && letter(folded[..at].chars().next_back());
            !opens && !letter(folded[at + phrase.len()..].chars().next())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_known_by_their_make_up() {
        for (line, expected) in [
            ("(c) example herald 2031", Some(Rule::Copyright)),
            ("copyright 2031 by example herald", Some(Rule::Copyright)),
            ("(c) the third condition is that the bridge stays open", None),
            (
                "this report may not be published without permission.",
                Some(Rule::Copyright),
            ),
            (
                "no part of this text may be reproduced, copied or stored without the written consent of the publisher",
                Some(Rule::Copyright),
            ),
            (
                "reproduction in whole or in part without permission is prohibited.",
                Some(Rule::Copyright),
            ),
            (
                "photos may not be reused without the permission of the author",
                Some(Rule::Copyright),
            ),
            (
                "the letters were published without the permission of the family",
                None,
            ),
            (
                "the book may not be published without the consent of the court",
                None,
            ),
            ("this cannot be done without permission from the town", None),
            ("follow the example herald on social media", Some(Rule::Follow)),
            ("follow-up talks are set for monday", None),
            ("follow the river for two miles and turn left", None),
            ("become a member from 7 a month", Some(Rule::Subscription)),
            ("the fund has 300 members who pay 20 crowns a month", None),
            ("the rent rose by 40 a month", None),
            (
                "something to tell us? write to desk@herald.example",
                Some(Rule::Contact),
            ),
            ("desk@herald.example", Some(Rule::Contact)),
            ("the letter came from desk@herald.example on monday", None),
            (
                "a mail sent to the club from x@herald.example led to the inquiry",
                None,
            ),
        ] {
            assert_eq!(shape_of(line), expected, "{line}");
        }
    }
}
