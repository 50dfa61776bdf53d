//! Lists on the terminal.

use twosource_model::ThreadStory;
use twosource_pipeline::desk::Tally;
use twosource_render::tie;
use twosource_store::StoryEntry;

/// `text` on one line, without anything that could steer a terminal.
pub fn plain(text: &str) -> String {
    let folded: Vec<&str> = text.split_whitespace().collect();
    plain_piece(&folded.join(" "))
}

/// `text` without anything that could steer a terminal.
pub fn plain_piece(text: &str) -> String {
    let unsafe_mark = |c: char| {
        c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    text.replace(unsafe_mark, "")
}

/// `count things`, `1 thing`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The days of a story, in one word where they are one.
pub fn days(entry: &StoryEntry) -> String {
    match entry.days {
        None => "undated".to_owned(),
        Some((first, last)) if first == last => first.to_string(),
        Some((first, last)) => format!("{first} to {last}"),
    }
}

/// How big a story is.
pub fn size(entry: &StoryEntry) -> String {
    format!(
        "{}, {}, {}",
        counted(entry.origins as usize, "origin", "origins"),
        counted(entry.articles as usize, "report", "reports"),
        counted(entry.outlets as usize, "outlet", "outlets")
    )
}

/// The stories of the same affair, where there are any.
pub fn thread(thread: &[ThreadStory]) -> String {
    let named = thread
        .iter()
        .map(|other| format!(" · {} {}", tie(other.tie), other.story));
    named.collect()
}

/// What a run took in.
pub fn tally(tally: &Tally) -> String {
    let mut parts = vec![
        counted(tally.new, "new article", "new articles"),
        counted(tally.revised, "revised", "revised"),
    ];
    let mut more = |count: usize, words: &str| {
        if count > 0 {
            parts.push(format!("{count} {words}"));
        }
    };
    more(tally.same, "that say nothing new");
    more(tally.known, "known already");
    more(tally.set_aside, "set aside");
    format!(
        "{}: {}",
        counted(tally.documents, "document", "documents"),
        parts.join(", ")
    )
}
