//! Lines of a terminal: wrapping by columns, hanging indents, colours that can be left away.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::visible::visible;

/// How words look, where colours are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Strong,
    Faint,
    Warning,
}

impl Ink {
    /// Parameter of the ANSI sequence "select graphic rendition".
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "0",
            Self::Strong => "1",
            Self::Faint => "2",
            Self::Warning => "33",
        }
    }
}

/// What is written, line by line.
pub(super) struct Paper {
    width: usize,
    colour: bool,
    text: String,
}

impl Paper {
    pub(super) fn new(width: usize, colour: bool) -> Self {
        Self {
            width,
            colour,
            text: String::new(),
        }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A line across the page.
    pub(super) fn rule(&mut self, mark: char) {
        self.text.extend(std::iter::repeat_n(mark, self.width));
        self.text.push('\n');
    }

    /// A heading with an empty line before it.
    pub(super) fn heading(&mut self, words: &str) {
        self.blank();
        self.put(0, "", words, Ink::Strong);
    }

    /// Words behind a marker; the lines after the first hang under the first word.
    pub(super) fn put(&mut self, indent: usize, marker: &str, words: &str, ink: Ink) {
        self.put_hanging(indent, marker.width(), marker, words, ink);
    }

    /// The same behind a name, which may be long: the lines after the first hang [`NAME_HANGS`] deep.
    pub(super) fn put_named(&mut self, indent: usize, name: &str, words: &str, ink: Ink) {
        self.put_hanging(indent, NAME_HANGS.min(name.width()), name, words, ink);
    }

    fn put_hanging(&mut self, indent: usize, hang: usize, marker: &str, words: &str, ink: Ink) {
        let room = |taken: usize| self.width.saturating_sub(indent + taken).max(MIN_ROOM);
        let lines = wrap(&visible(words), room(marker.width()), room(hang));
        for (at, line) in lines.iter().enumerate() {
            self.text.extend(std::iter::repeat_n(' ', indent));
            if at == 0 {
                self.inked(&visible(marker), Ink::Strong);
            } else {
                self.text.extend(std::iter::repeat_n(' ', hang));
            }
            self.inked(line, ink);
            self.text.push('\n');
        }
    }

    fn inked(&mut self, words: &str, ink: Ink) {
        if self.colour && ink != Ink::Plain && !words.trim().is_empty() {
            self.text
                .push_str(&format!("\u{1b}[{}m{words}\u{1b}[0m", ink.code()));
        } else {
            self.text.push_str(words);
        }
    }
}

/// The least room for words, whatever the indent.
const MIN_ROOM: usize = 16;
/// How deep lines hang under a name, in columns.
const NAME_HANGS: usize = 4;

/// Lines of at most `first` and then `rest` columns, broken between words; a word that is longer is broken inside. Never
/// empty.
fn wrap(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut filled = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let room = |lines: &[String]| if lines.is_empty() { first } else { rest };
        let width = word.width();
        let gap = usize::from(!line.is_empty());
        if filled + gap + width <= room(&lines) {
            if gap == 1 {
                line.push(' ');
            }
            line.push_str(word);
            filled += gap + width;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            filled = 0;
        }
        for c in word.chars() {
            let width = c.width().unwrap_or(0);
            if filled + width > room(&lines) && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                filled = 0;
            }
            line.push(c);
            filled += width;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_by_columns() {
        for (text, room, lines) in [
            ("one two three", 7, vec!["one two", "three"]),
            ("abcdefgh ij", 4, vec!["abcd", "efgh", "ij"]),
            ("東京 大阪", 4, vec!["東京", "大阪"]),
            ("", 4, vec![""]),
            ("   ", 4, vec![""]),
            ("東", 1, vec!["東"]),
        ] {
            assert_eq!(wrap(text, room, room), lines, "{text:?} at {room}");
        }
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(
            visible("a\u{1b}[2Jb\u{202e}c\u{9b}d\ne"),
            "a\u{FFFD}[2Jb\u{FFFD}c\u{FFFD}d e"
        );
    }

    #[test]
    fn lines_hang_under_the_first_word() {
        let mut paper = Paper::new(40, false);
        paper.put(
            2,
            "- ",
            "one two three four five six seven eight nine ten",
            Ink::Plain,
        );
        assert_eq!(
            paper.finish(),
            "  - one two three four five six seven\n    eight nine ten\n"
        );
    }

    #[test]
    fn colours_are_closed() {
        let mut paper = Paper::new(40, true);
        paper.put(0, "", "Heading", Ink::Strong);
        assert_eq!(paper.finish(), "\u{1b}[1mHeading\u{1b}[0m\n");
    }
}
