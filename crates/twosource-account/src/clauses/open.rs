//! Sentences that say that something is not known.

/// What is said of the thing that is not known.
const UNKNOWN: &[&str] = &["unclear", "unknown", "undetermined", "uncertain", "unsettled"];
/// What is said of it with a "not" before.
const NOT_SO: &[&str] = &["clear", "known", "determined", "established", "certain"];
/// Words that may stand between "not" and those.
const BETWEEN: &[&str] = &[
    "yet",
    "immediately",
    "entirely",
    "fully",
    "been",
    "be",
    "still",
    "officially",
    "publicly",
];
/// Openings of what is asked.
const ASKED: &[&str] = &[
    "if", "whether", "when", "how", "what", "who", "why", "where", "which", "whose",
];
/// Phrases that need no more.
const PHRASES: &[&str] = &[
    "remains to be seen",
    "yet to be determined",
    "yet to be established",
    "questions remain",
    "unanswered question",
];

/// Whether a sentence says that something is not known.
pub fn is_open_question(sentence: &str) -> bool {
    let folded = sentence.to_lowercase().replace('’', "'");
    if folded.starts_with(['"', '“', '\'', '‘']) {
        return false;
    }
    if PHRASES.iter().any(|phrase| folded.contains(phrase)) {
        return true;
    }
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|w| !w.is_empty())
        .collect();
    words.iter().enumerate().any(|(at, word)| {
        let links = |w: &&str| {
            matches!(
                *w,
                "is" | "are"
                    | "was"
                    | "were"
                    | "remains"
                    | "remained"
                    | "remain"
                    | "it's"
                    | "been"
                    | "be"
                    | "still"
            )
        };
        let asks = words.get(at + 1).is_some_and(|next| ASKED.contains(next));
        let ends = at + 1 == words.len();
        let before = |n: usize| at.checked_sub(n).and_then(|i| words.get(i));
        if UNKNOWN.contains(word) {
            return asks
                || (ends && before(1).is_some_and(links))
                || before(1).is_some_and(|w| w.starts_with("remain"));
        }
        if NOT_SO.contains(word) && (asks || ends || words.get(at + 1) == Some(&"at")) {
            let mut back = at;
            while back > 0 && BETWEEN.contains(&words[back - 1]) {
                back -= 1;
            }
            return back > 0 && (words[back - 1] == "not" || words[back - 1].ends_with("n't"));
        }
        // "declined to say whether", "did not say when", "no word on how"
        let silent = matches!(*word, "say" | "word" | "indication" | "disclose" | "specify")
            && before(1).is_some_and(|w| matches!(*w, "not" | "to" | "no"));
        let declined = before(2)
            .is_some_and(|w| matches!(*w, "declined" | "refused" | "did" | "would" | "does"))
            || before(1) == Some(&"no");
        let asked_soon = words[at + 1..].iter().take(2).any(|next| ASKED.contains(next));
        silent && declined && asked_soon
    })
}

#[cfg(test)]
mod tests {
    use super::is_open_question;

    #[test]
    fn what_is_not_known_is_asked() {
        let check = |text: &str, open: bool| assert_eq!(is_open_question(text), open, "{text:?}");
        check("It was not immediately clear who had lit the lamp.", true);
        check("What caused the landslide is not known.", true);
        check("The cause is still unknown.", true);
        check("The mayor declined to say whether she would stay.", true);
        check("It remains unclear why the gate stood open.", true);
        check("The water is clear again.", false);
        check("A little known singer won.", false);
        check("“It is unclear what they want,” he said.", false);
        check("He did not say goodbye.", false);
    }
}
