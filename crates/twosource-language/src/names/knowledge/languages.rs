//! Languages that are called as a people is: "English", "Japanese".

/// Languages of the world's larger peoples by their English names; written from public facts.
const LANGUAGES: [&str; 72] = [
    "Afrikaans",
    "Albanian",
    "Amharic",
    "Arabic",
    "Armenian",
    "Azerbaijani",
    "Basque",
    "Belarusian",
    "Bengali",
    "Bosnian",
    "Bulgarian",
    "Burmese",
    "Cantonese",
    "Catalan",
    "Chinese",
    "Croatian",
    "Czech",
    "Danish",
    "Dutch",
    "English",
    "Estonian",
    "Finnish",
    "French",
    "Georgian",
    "German",
    "Greek",
    "Gujarati",
    "Hausa",
    "Hebrew",
    "Hindi",
    "Hungarian",
    "Icelandic",
    "Igbo",
    "Indonesian",
    "Irish",
    "Italian",
    "Japanese",
    "Kazakh",
    "Khmer",
    "Korean",
    "Kurdish",
    "Lao",
    "Latin",
    "Latvian",
    "Lithuanian",
    "Macedonian",
    "Malay",
    "Mandarin",
    "Marathi",
    "Mongolian",
    "Nepali",
    "Norwegian",
    "Pashto",
    "Persian",
    "Polish",
    "Portuguese",
    "Punjabi",
    "Romanian",
    "Russian",
    "Serbian",
    "Slovak",
    "Slovene",
    "Somali",
    "Spanish",
    "Swahili",
    "Swedish",
    "Tagalog",
    "Tamil",
    "Thai",
    "Turkish",
    "Ukrainian",
    "Urdu",
];

/// Title in the English Wikipedia of the language of this name.
///
/// ```
/// use twosource_language::names::knowledge::language_named;
/// assert_eq!(language_named("Danish").as_deref(), Some("Danish language"));
/// assert_eq!(language_named("Latin").as_deref(), Some("Latin"));
/// assert_eq!(language_named("Martian"), None);
/// ```
#[must_use]
pub fn language_named(name: &str) -> Option<String> {
    LANGUAGES.binary_search(&name).ok()?;
    Some(match name {
        "Latin" | "Hindi" | "Urdu" | "Afrikaans" | "Swahili" | "Arabic" | "Pashto" | "Cantonese" => {
            name.to_owned()
        }
        "Mandarin" => "Mandarin Chinese".to_owned(),
        _ => format!("{name} language"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_for_its_search() {
        assert!(LANGUAGES.is_sorted());
    }
}
