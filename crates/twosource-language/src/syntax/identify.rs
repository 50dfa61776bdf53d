//! Which language a text is in.

use twosource_model::LanguageCode;
use whichlang::Lang;

/// Bytes of a text that are looked at.
const LOOKED_AT: usize = 4096;
/// Letters below which nothing is said.
const FEWEST_LETTERS: usize = 12;

/// The language of a text, by its script or by the letters of its beginning; `None` for a text of less than a dozen letters.
///
/// ```
/// use twosource_language::syntax::identify_language;
/// let code = |text| identify_language(text).map(|l| l.as_str().to_owned());
/// assert_eq!(code("The minister resigned on Monday after the vote.").as_deref(), Some("en"));
/// assert_eq!(code("Η κυβέρνηση ανακοίνωσε νέα μέτρα.").as_deref(), Some("el"));
/// assert_eq!(code("42"), None);
/// ```
#[must_use]
pub fn identify_language(text: &str) -> Option<LanguageCode> {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    let letters = head.chars().filter(|c| c.is_alphabetic()).count();
    let wide = head
        .chars()
        .filter(|c| *c >= '\u{2e80}' && c.is_alphabetic())
        .count();
    if letters + 3 * wide < FEWEST_LETTERS {
        return None;
    }
    if let Some(code) = by_script(head, letters) {
        return LanguageCode::of_tag(code);
    }
    LanguageCode::of_tag(match whichlang::detect_language(head) {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
    })
}

/// Languages that have a script (nearly) to themselves and that the statistical part does not know.
fn by_script(text: &str, letters: usize) -> Option<&'static str> {
    const SCRIPTS: &[(std::ops::RangeInclusive<char>, &str)] = &[
        ('\u{370}'..='\u{3ff}', "el"),
        ('\u{530}'..='\u{58f}', "hy"),
        ('\u{590}'..='\u{5ff}', "he"),
        ('\u{980}'..='\u{9ff}', "bn"),
        ('\u{a00}'..='\u{a7f}', "pa"),
        ('\u{a80}'..='\u{aff}', "gu"),
        ('\u{b80}'..='\u{bff}', "ta"),
        ('\u{c00}'..='\u{c7f}', "te"),
        ('\u{c80}'..='\u{cff}', "kn"),
        ('\u{d00}'..='\u{d7f}', "ml"),
        ('\u{d80}'..='\u{dff}', "si"),
        ('\u{e00}'..='\u{e7f}', "th"),
        ('\u{e80}'..='\u{eff}', "lo"),
        ('\u{1000}'..='\u{109f}', "my"),
        ('\u{10a0}'..='\u{10ff}', "ka"),
        ('\u{1200}'..='\u{137f}', "am"),
        ('\u{1780}'..='\u{17ff}', "km"),
    ];
    SCRIPTS
        .iter()
        .find(|(range, _)| {
            let found = text
                .chars()
                .filter(|c| range.contains(c) && c.is_alphabetic())
                .count();
            2 * found > letters
        })
        .map(|(_, code)| *code)
}
