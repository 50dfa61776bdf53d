//! The language of a text, as stated and as read.

use twosource_model::LanguageCode;
use whatlang::{Detector, Lang};

/// Most of a text that is looked at, in bytes.
const SAMPLE: usize = 800;

/// Shortest text whose language can be read off it, in characters.
const SHORTEST: usize = 80;

/// The language: what the page states unless its text is surely in another one.
pub(crate) fn language_of(stated: &[&str], text: &str) -> Option<LanguageCode> {
    let stated: Vec<LanguageCode> = stated
        .iter()
        .filter_map(|tag| LanguageCode::of_tag(tag))
        .map(canonical)
        .collect();
    if let Some(first) = stated.first()
        && speaks(first.as_str(), sample_of(text))
    {
        return Some(*first);
    }
    let read = read_language(text);
    match (stated.first(), read) {
        (Some(first), Some((read, sure))) => {
            if stated.contains(&read) {
                return Some(read);
            }
            // the detector knows fewer languages than there are: a stated one it cannot know is believed
            let knows = DETECTED.iter().any(|(code, _)| *code == first.as_str());
            Some(if sure && knows { read } else { *first })
        }
        (Some(first), None) => Some(*first),
        (None, Some((read, _))) => Some(read),
        (None, None) => None,
    }
}

/// The language of a text that states none.
pub(crate) fn language_of_text(text: &str) -> Option<LanguageCode> {
    read_language(text).map(|(language, _)| language)
}

/// Language tags that mean one language in several ways.
fn canonical(code: LanguageCode) -> LanguageCode {
    let name = match code.as_str() {
        "nb" | "nn" => "no",
        "iw" => "he",
        "in" => "id",
        _ => return code,
    };
    LanguageCode::of_tag(name).unwrap_or(code)
}

/// Small words of languages that hardly another language has: a text full of them is in the language that its page
/// states, and need not be read any closer. Written by hand.
const SMALL_WORDS: &[(&str, &[&str])] = &[
    (
        "de",
        &[
            "der", "die", "das", "und", "den", "dem", "des", "mit", "von", "ist", "nicht", "ein", "eine",
            "auf", "für", "im", "sich", "zu",
        ],
    ),
    (
        "en",
        &[
            "the", "and", "of", "to", "that", "for", "is", "was", "on", "with", "as", "by", "it", "has",
            "his", "at", "from", "in",
        ],
    ),
    (
        "es",
        &[
            "el", "los", "las", "y", "del", "una", "la", "en", "con", "su", "al", "lo",
        ],
    ),
    (
        "fr",
        &[
            "le", "les", "des", "et", "du", "une", "est", "dans", "pour", "qui", "pas", "au", "sur",
        ],
    ),
    (
        "it",
        &[
            "il", "di", "che", "della", "dei", "per", "non", "sono", "gli", "nel", "alla", "anche",
        ],
    ),
    (
        "nl",
        &[
            "de", "een", "het", "van", "dat", "voor", "zijn", "met", "niet", "ook", "maar", "bij", "naar",
        ],
    ),
    (
        "pt",
        &[
            "o", "os", "do", "da", "dos", "das", "em", "um", "uma", "não", "ao", "na", "no",
        ],
    ),
];

/// Languages whose small words tell them from all others, so that no page needs to state them.
const SURE_ALONE: &[&str] = &["en", "de"];

/// Fewest words of a sample whose small words are counted.
const COUNTED_FROM: usize = 40;

/// A text is in a language when one in this many of its words is one of the language's small words; in the packs no
/// page of another language has that many.
const SMALL_ONE_IN: usize = 5;

/// Whether a text is full of the small words of this language.
fn speaks(language: &str, sample: &str) -> bool {
    let Some((_, small)) = SMALL_WORDS.iter().find(|(code, _)| *code == language) else {
        return false;
    };
    let (mut all, mut found) = (0, 0);
    for word in sample.split_ascii_whitespace() {
        all += 1;
        found += usize::from(small.iter().any(|w| w.eq_ignore_ascii_case(word)));
    }
    all >= COUNTED_FROM && found * SMALL_ONE_IN >= all
}

/// The head of a text, which is enough to tell its language.
fn sample_of(text: &str) -> &str {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn read_language(text: &str) -> Option<(LanguageCode, bool)> {
    let sample = sample_of(text);
    if let Some(sure) = SURE_ALONE.iter().find(|code| speaks(code, sample)) {
        return Some((LanguageCode::of_tag(sure)?, true));
    }
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let dense = sample
        .chars()
        .filter(|c| *c >= '\u{3040}' && c.is_alphabetic())
        .count()
        > 20;
    if letters < SHORTEST && !dense {
        return None;
    }
    let info = Detector::new().detect(sample)?;
    let (code, _) = DETECTED.iter().find(|(_, lang)| *lang == info.lang())?;
    Some((LanguageCode::of_tag(code)?, info.is_reliable() && letters >= 200))
}

/// ISO 639-1 codes of the languages that the detector tells apart.
const DETECTED: &[(&str, Lang)] = &[
    ("af", Lang::Afr),
    ("am", Lang::Amh),
    ("ar", Lang::Ara),
    ("az", Lang::Aze),
    ("be", Lang::Bel),
    ("bg", Lang::Bul),
    ("bn", Lang::Ben),
    ("ca", Lang::Cat),
    ("cs", Lang::Ces),
    ("da", Lang::Dan),
    ("de", Lang::Deu),
    ("el", Lang::Ell),
    ("en", Lang::Eng),
    ("eo", Lang::Epo),
    ("es", Lang::Spa),
    ("et", Lang::Est),
    ("fa", Lang::Pes),
    ("fi", Lang::Fin),
    ("fr", Lang::Fra),
    ("gu", Lang::Guj),
    ("he", Lang::Heb),
    ("hi", Lang::Hin),
    ("hr", Lang::Hrv),
    ("hu", Lang::Hun),
    ("hy", Lang::Hye),
    ("id", Lang::Ind),
    ("it", Lang::Ita),
    ("ja", Lang::Jpn),
    ("jv", Lang::Jav),
    ("ka", Lang::Kat),
    ("km", Lang::Khm),
    ("kn", Lang::Kan),
    ("ko", Lang::Kor),
    ("la", Lang::Lat),
    ("lt", Lang::Lit),
    ("lv", Lang::Lav),
    ("mk", Lang::Mkd),
    ("ml", Lang::Mal),
    ("mr", Lang::Mar),
    ("my", Lang::Mya),
    ("ne", Lang::Nep),
    ("nl", Lang::Nld),
    ("no", Lang::Nob),
    ("or", Lang::Ori),
    ("pa", Lang::Pan),
    ("pl", Lang::Pol),
    ("pt", Lang::Por),
    ("ro", Lang::Ron),
    ("ru", Lang::Rus),
    ("si", Lang::Sin),
    ("sk", Lang::Slk),
    ("sl", Lang::Slv),
    ("sn", Lang::Sna),
    ("sr", Lang::Srp),
    ("sv", Lang::Swe),
    ("ta", Lang::Tam),
    ("te", Lang::Tel),
    ("th", Lang::Tha),
    ("tk", Lang::Tuk),
    ("tl", Lang::Tgl),
    ("tr", Lang::Tur),
    ("uk", Lang::Ukr),
    ("ur", Lang::Urd),
    ("uz", Lang::Uzb),
    ("vi", Lang::Vie),
    ("yi", Lang::Yid),
    ("zh", Lang::Cmn),
    ("zu", Lang::Zul),
];
