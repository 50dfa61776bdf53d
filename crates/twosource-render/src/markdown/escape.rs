//! Words of reports as words of Markdown.

use crate::visible::shown;

/// `words` with every mark that Markdown or HTML would read escaped, and nothing that could steer a terminal.
pub(super) fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len() + 8);
    for c in words.chars().map(shown) {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    open_list(escaped)
}

/// Words that would open a list at the start of a line ("1. ", "- ", "+ ") with their mark escaped.
fn open_list(words: String) -> String {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &words[digits..];
    let numbered = digits > 0 && (rest.starts_with(". ") || rest.starts_with(") "));
    if numbered || (digits == 0 && (rest.starts_with("- ") || rest.starts_with("+ "))) {
        return format!("{}\\{rest}", &words[..digits]);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_words() {
        for (words, escaped) in [
            ("plain words", "plain words"),
            ("a *b* [c](d)", "a \\*b\\* \\[c\\](d)"),
            ("<script>&", "&lt;script&gt;&amp;"),
            ("1. first", "1\\. first"),
            ("2018 was", "2018 was"),
            ("- dash", "\\- dash"),
            ("a\u{1b}[0m\nb", "a\u{FFFD}\\[0m b"),
            ("a\u{202e}b", "a\u{FFFD}b"),
        ] {
            assert_eq!(escape(words), escaped);
        }
    }
}
