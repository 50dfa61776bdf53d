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

fn read_language(text: &str) -> Option<(LanguageCode, bool)> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
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
