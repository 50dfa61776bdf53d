//! The words that renderings share: one wording for one thing, wherever it is shown.

use twosource_model::{
    Account, Approximation, Attribution, BriefSentence, CastMember, Certainty, CopyKind, CorrectionEntry,
    DateSource, DatedEvidence, Difference, DifferenceKind, EntityType, Gravity, Moment, Passage, Position,
    QuoteKind, Rendering, RenderingClass, Report, SupportClass, Tie, TimelineKind, Utterance,
    UtteranceRendering, WordChange,
};

use crate::sigla::siglum;
use crate::when::when;

/// Heading of a class of statements.
pub(crate) const fn class_heading(class: SupportClass) -> &'static str {
    match class {
        SupportClass::Disputed => "Disputed",
        SupportClass::All => "Carried by all origins",
        SupportClass::Several => "Carried by several origins",
        SupportClass::One => "Carried by one origin only",
    }
}

/// A word for a certainty other than "stated".
pub(crate) const fn certainty(certainty: Certainty) -> Option<&'static str> {
    match certainty {
        Certainty::Stated => None,
        Certainty::Planned => Some("planned"),
        Certainty::Hedged => Some("not certain"),
        Certainty::Alleged => Some("alleged"),
        Certainty::Denied => Some("denied"),
    }
}

/// What a difference is about.
pub(crate) const fn difference_kind(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Number => "Number",
        DifferenceKind::Date => "Date",
        DifferenceKind::Place => "Place",
        DifferenceKind::Name => "Name",
        DifferenceKind::List => "List",
        DifferenceKind::Wording => "Wording",
        DifferenceKind::Attribution => "Who said it",
        DifferenceKind::Certainty => "How certain",
        DifferenceKind::Negation => "Said and denied",
    }
}

/// How grave a difference is.
pub(crate) const fn gravity(gravity: Gravity) -> &'static str {
    match gravity {
        Gravity::Conflict => "conflict",
        Gravity::Update => "changed over time",
        Gravity::Complement => "each tells more",
    }
}

/// How a rendering stands to the base text of its utterance.
pub(crate) const fn rendering_class(class: RenderingClass) -> &'static str {
    match class {
        RenderingClass::Base => "fullest",
        RenderingClass::Identical => "identical",
        RenderingClass::Typographic => "same words",
        RenderingClass::Cut => "shortened",
        RenderingClass::Altered => "altered",
        RenderingClass::Told => "told, not quoted",
    }
}

/// What kind of thing a timeline entry is.
pub(crate) const fn timeline_kind(kind: TimelineKind) -> &'static str {
    match kind {
        TimelineKind::Happened => "happened",
        TimelineKind::Said => "said",
        TimelineKind::Planned => "planned",
        TimelineKind::Reported => "reported",
    }
}

/// Kind of a cast member.
pub(crate) const fn entity_type(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Person => "person",
        EntityType::Organisation => "organisation",
        EntityType::Place => "place",
        EntityType::Role => "role",
        EntityType::Group => "group",
        EntityType::Event => "event",
        EntityType::Product => "product",
        _ => "other",
    }
}

/// How a report stands to its origin, or nothing for the first.
pub(crate) const fn copy_kind(kind: CopyKind) -> Option<&'static str> {
    match kind {
        CopyKind::Reprint => Some("reprint"),
        CopyKind::PartialReuse => Some("reuses part of it"),
        CopyKind::Rewrite => Some("rewrite"),
        CopyKind::Version => Some("later version"),
        _ => None,
    }
}

/// A figure's approximation as a prefix: `about `, `more than `.
pub(crate) const fn approximation(approximation: Option<Approximation>) -> &'static str {
    match approximation {
        None | Some(Approximation::Exact) => "",
        Some(Approximation::About) => "about ",
        Some(Approximation::AtLeast) => "at least ",
        Some(Approximation::AtMost) => "at most ",
        Some(Approximation::Nearly) => "nearly ",
    }
}

/// What an outlet did to its report: `changed its report (A became B)`, or `says that it corrected its report (B)`.
pub(crate) fn corrected(entry: &CorrectionEntry) -> String {
    match entry.before {
        Some(before) => format!(
            "changed its report ({} became {})",
            siglum(before),
            siglum(entry.after)
        ),
        None => format!("says that it corrected its report ({})", siglum(entry.after)),
    }
}

/// A moment for people: `20 July 2018`, `20 July 2018, 09:30 UTC+2`.
pub(crate) fn moment(moment: &Moment) -> String {
    let day = moment.day().strftime("%-d %B %Y").to_string();
    match moment {
        Moment::Day(_) => day,
        Moment::Time {
            local,
            offset_seconds,
        } => {
            let zone = match offset_seconds {
                None => String::new(),
                Some(0) => " UTC".to_owned(),
                Some(seconds) => {
                    let minutes = seconds.abs() / 60;
                    let sign = if *seconds < 0 { '−' } else { '+' };
                    match minutes % 60 {
                        0 => format!(" UTC{sign}{}", minutes / 60),
                        rest => format!(" UTC{sign}{}:{rest:02}", minutes / 60),
                    }
                }
            };
            format!("{day}, {}{zone}", local.strftime("%H:%M"))
        }
    }
}

/// A report's date: the day, or the stretch of an inferred one.
pub(crate) fn date(dated: Option<&DatedEvidence>) -> String {
    let Some(dated) = dated else {
        return "date unknown".to_owned();
    };
    let first = moment(&dated.moment);
    match dated.until {
        Some(until) if until != dated.moment.day() => {
            format!("between {first} and {}", moment(&Moment::Day(until)))
        }
        _ => first,
    }
}

/// Where a report's date comes from.
pub(crate) fn date_source(dated: Option<&DatedEvidence>) -> String {
    let Some(dated) = dated else {
        return "no date in the report".to_owned();
    };
    let source = match dated.source {
        DateSource::Given => "given with the input",
        DateSource::Feed => "feed that named the page",
        DateSource::StructuredData => "structured data of the page",
        DateSource::Meta => "metadata of the page",
        DateSource::TimeElement => "time element of the page",
        DateSource::VisibleLine => "line near the title",
        DateSource::TextMarker => "marker in the text",
        DateSource::Address => "address of the page",
        DateSource::RelativeWords => "relative words",
        DateSource::Story => "inferred from the story",
        _ => "other evidence",
    };
    let words = dated.evidence.trim();
    if words.is_empty() {
        source.to_owned()
    } else if dated.source == DateSource::Story {
        format!("{source}: {words}")
    } else {
        format!("{source}: “{words}”")
    }
}

/// `A, reprint`: how a report stands in the story.
pub(crate) fn origin_phrase(account: &Account, report: &Report) -> String {
    let origin = account.origins.get(report.origin as usize);
    let mut words = format!("origin {}", report.origin + 1);
    if let Some(credit) = origin.and_then(|origin| origin.wire_credit.as_deref()) {
        words.push_str(&format!(" ({credit})"));
    }
    if let Some(other) = origin.and_then(|origin| origin.counts_as) {
        words.push_str(&format!(", counts as origin {}", other + 1));
    }
    if let Some(kind) = copy_kind(report.copy_kind) {
        words.push_str(", ");
        words.push_str(kind);
    }
    if report.superseded {
        words.push_str(", superseded by a later state");
    }
    words
}

/// Name of who said it: the cast's name, else the words of the report.
pub(crate) fn according_to<'a>(account: &'a Account, attribution: &'a Attribution) -> Option<&'a str> {
    let cast = attribution
        .cast
        .and_then(|cast| account.cast.get(cast as usize))
        .map(|member| member.name.as_str());
    cast.or_else(|| attribution.speaker.as_ref().map(Passage::text))
}

/// The remarks behind a statement: certainty and whose word it is.
pub(crate) fn remarks(account: &Account, rendering: &Rendering) -> Vec<String> {
    let mut remarks = Vec::new();
    let named = rendering
        .attribution
        .as_ref()
        .filter(|attribution| !names_its_speaker(rendering, attribution))
        .and_then(|attribution| according_to(account, attribution));
    // whose word it is says already that it is passed on
    if rendering.certainty != Certainty::Alleged || rendering.attribution.is_none() {
        remarks.extend(certainty(rendering.certainty).map(str::to_owned));
    }
    remarks.extend(named.map(|name| {
        if PRONOUNS.contains(&name.to_lowercase().as_str()) {
            format!("according to “{name}”, whom the report does not name")
        } else {
            format!("according to {name}")
        }
    }));
    remarks
}

/// Words for a speaker that name nobody.
const PRONOUNS: [&str; 5] = ["he", "she", "they", "it", "who"];

/// Whether the words of a rendering say themselves who said it.
fn names_its_speaker(rendering: &Rendering, attribution: &Attribution) -> bool {
    attribution.speaker.as_ref().is_some_and(|speaker| {
        let (words, name) = (rendering.passage.anchor(), speaker.anchor());
        words.part == name.part && words.article == name.article && words.span.covers(name.span)
    })
}

/// The words of a statement as they are shown: white space folded, without the comma that some styles put inside the
/// closing mark.
pub(crate) fn told(passage: &Passage) -> String {
    let mut words = folded(passage.text());
    for (mark, bare) in [(",\"", "\""), (",”", "”"), (",’", "’")] {
        if let Some(head) = words.strip_suffix(mark) {
            words = format!("{head}{bare}");
        }
    }
    words.truncate(words.trim_end_matches(',').len());
    // a quotation that goes on in the next sentence is closed for the eye
    for (open, close) in [('“', '”'), ('«', '»')] {
        if words.matches(open).count() > words.matches(close).count() {
            words.push(close);
        }
    }
    words
}

/// The words of an utterance's rendering, white space folded: what stands in marks in the report in “ ”, quoted pieces
/// of a told sentence apart. The comma that some styles put inside the closing mark is not shown.
pub(crate) fn said(rendering: &UtteranceRendering) -> String {
    let pieces = rendering.pieces.iter().map(|piece| folded(piece.text()));
    let bare = |words: &str| words.trim_end_matches(',').to_owned();
    match rendering.kind {
        QuoteKind::Direct => format!("“{}”", bare(&joined(pieces))),
        QuoteKind::Mixed => pieces
            .map(|words| format!("“{}”", bare(&words)))
            .collect::<Vec<_>>()
            .join(" … "),
        QuoteKind::Indirect => bare(&pieces.collect::<Vec<_>>().join(" ")),
    }
}

/// The pieces of one quotation as one; where the cue stood between two sentences its comma, or nothing, ends the first of
/// them, and the second one is set apart.
fn joined(pieces: impl Iterator<Item = String>) -> String {
    pieces
        .reduce(|before, piece| {
            let speaker = piece
                .strip_prefix('I')
                .is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
            let ended = before.ends_with(['.', '!', '?', '…', ':', ';', '—', '–', '-', '\'', '’']);
            if piece.starts_with(char::is_uppercase) && !speaker && !ended {
                let before = before.strip_suffix(',').unwrap_or(&before);
                format!("{before}” … “{piece}")
            } else {
                format!("{before} {piece}")
            }
        })
        .unwrap_or_default()
}

/// The words that show a position: for a figure or a day the statement it stands in, else the position's own first.
pub(crate) fn position_words<'a>(
    account: &'a Account,
    difference: &Difference,
    position: &'a Position,
) -> Option<&'a Passage> {
    let own = position.passages.first()?;
    let statement = difference
        .statement
        .and_then(|at| account.statements.get(at as usize));
    let around = statement
        .into_iter()
        .flat_map(|s| &s.renderings)
        .map(|r| &r.passage)
        .find(|passage| {
            let (outer, inner) = (passage.anchor(), own.anchor());
            (&outer.article, outer.part) == (&inner.article, inner.part)
                && outer.revision == inner.revision
                && outer.span.covers(inner.span)
        });
    Some(around.unwrap_or(own))
}

/// A change of words in one line: `“OK” → “Okay”`, `without “…”`, `adds “…”`.
pub(crate) fn change(change: &WordChange) -> Option<String> {
    let quoted = |passage: &Passage| format!("“{}”", folded(passage.text()));
    match (&change.base, &change.rendering) {
        (Some(base), Some(rendering)) => Some(format!("{} → {}", quoted(base), quoted(rendering))),
        (Some(base), None) => Some(format!("without {}", quoted(base))),
        (None, Some(rendering)) => Some(format!("adds {}", quoted(rendering))),
        (None, None) => None,
    }
}

/// Heading of a difference: `Number — people killed (conflict)`.
pub(crate) fn difference_heading(difference: &Difference) -> String {
    let subject = difference
        .subject
        .as_ref()
        .map(|subject| format!(": {}", folded(subject.text())))
        .unwrap_or_default();
    let kind = difference_kind(difference.kind);
    match gravity_of(difference) {
        Some(gravity) => format!("{kind}{subject} ({gravity})"),
        None => format!("{kind}{subject}"),
    }
}

/// How grave a difference is, where that says more than its kind does.
pub(crate) fn gravity_of(difference: &Difference) -> Option<&'static str> {
    let plain = matches!(
        difference.kind,
        DifferenceKind::Certainty | DifferenceKind::Attribution
    ) && difference.gravity == Gravity::Complement;
    (!plain).then(|| gravity(difference.gravity))
}

/// What two lists have in common, for a difference of lists.
pub(crate) fn in_common(difference: &Difference) -> Option<String> {
    (difference.kind == DifferenceKind::List).then(|| folded(&difference.evidence.words))
}

/// A position's value with its approximation.
pub(crate) fn position_value(kind: DifferenceKind, position: &Position) -> String {
    let prefix = approximation(position.approximation);
    let value = match kind {
        DifferenceKind::Date => when(&position.value),
        _ => folded(&position.value),
    };
    if value.starts_with(prefix.trim_end()) {
        value
    } else {
        format!("{prefix}{value}")
    }
}

/// A cast member's other names, or its roles, in one line.
pub(crate) fn aliases(member: &CastMember) -> Vec<String> {
    distinct(&member.aliases, &member.name)
}

/// A cast member's titles and roles.
pub(crate) fn roles(member: &CastMember) -> Vec<String> {
    distinct(&member.roles, &member.name)
}

fn distinct(aliases: &[twosource_model::Alias], name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for alias in aliases {
        let alias = folded(alias.passage.text());
        if alias != name && !words.contains(&alias) {
            words.push(alias);
        }
    }
    words
}

/// Title of a story: its headline, else its first report's, else its id.
pub(crate) fn story_title(account: &Account) -> String {
    account.title()
}

/// `continues`: how a story stands to another one of its affair.
pub const fn tie(tie: Tie) -> &'static str {
    match tie {
        Tie::Continues => "continues",
        Tie::Beside => "same affair",
        Tie::ContinuedBy => "continued by",
    }
}

/// `3 reports from 3 outlets, 2 origins`.
pub(crate) fn story_size(account: &Account) -> String {
    use crate::sigla::counted;
    let mut outlets: Vec<&str> = account.reports.iter().map(|r| r.article.outlet_name()).collect();
    outlets.sort_unstable();
    outlets.dedup();
    format!(
        "{} from {}, {}",
        counted(account.reports.len(), "report"),
        counted(outlets.len(), "outlet"),
        counted(account.origins.len(), "origin")
    )
}

/// A sentence of the brief with a full stop at its end: a clause that was cut free ends without one.
pub(crate) fn brief_words(sentence: &BriefSentence) -> String {
    folded(sentence.passage.text())
}

/// The conflicts over what a sentence of the brief tells and what changed of it, as indexes into the differences, ascending.
pub(crate) fn conflicts(account: &Account, sentence: &BriefSentence) -> Vec<u32> {
    let statements = sentence.statements.iter();
    let differences = statements
        .filter_map(|at| account.statements.get(*at as usize))
        .flat_map(|statement| &statement.differences);
    let mut found: Vec<u32> = differences
        .copied()
        .filter(|at| {
            let difference = account.differences.get(*at as usize);
            difference.is_some_and(|d| matches!(d.gravity, Gravity::Conflict | Gravity::Update))
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// What such differences make of the sentence: disputed, or only told otherwise by then.
pub(crate) fn conflict_name(account: &Account, conflicts: &[u32]) -> &'static str {
    let is_conflict = |at: &u32| account.differences[*at as usize].gravity == Gravity::Conflict;
    if conflicts.iter().any(is_conflict) {
        "disputed"
    } else {
        "changed over time"
    }
}

/// `; disputed, see difference 1, difference 3`, or nothing.
pub(crate) fn conflict_words(account: &Account, sentence: &BriefSentence) -> String {
    let conflicts = conflicts(account, sentence);
    if conflicts.is_empty() {
        return String::new();
    }
    let name = conflict_name(account, &conflicts);
    let named: Vec<String> = conflicts
        .iter()
        .map(|at| format!("difference {}", at + 1))
        .collect();
    format!("; {name}, see {}", named.join(", "))
}

/// How many reports a line names before it only counts the rest.
const NAMED_AT_MOST: usize = 8;

/// `A Herald, C Post`: who holds a position; a long list ends in the number of the others.
pub(crate) fn named_reports(account: &Account, reports: &[u32]) -> String {
    let mut named: Vec<String> = reports
        .iter()
        .take(NAMED_AT_MOST)
        .map(|report| format!("{} {}", siglum(*report), crate::sigla::outlet(account, *report)))
        .collect();
    if reports.len() > NAMED_AT_MOST {
        named.push(format!("{} more", reports.len() - NAMED_AT_MOST));
    }
    named.join(", ")
}

/// The renderings of an utterance beside its base text, those with the same class and the same words together.
pub(crate) fn variants(utterance: &Utterance) -> Vec<Vec<&UtteranceRendering>> {
    let mut groups: Vec<Vec<&UtteranceRendering>> = Vec::new();
    for rendering in utterance.renderings.iter().skip(1) {
        let same = |group: &&mut Vec<&UtteranceRendering>| {
            group[0].class == rendering.class && said(group[0]) == said(rendering)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(rendering),
            None => groups.push(vec![rendering]),
        }
    }
    groups
}

/// White space folded to single blanks, none at the ends.
pub(crate) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words without the marks, case and spacing that say nothing: two renderings with the same key read the same.
pub(crate) fn reading_key(text: &str) -> String {
    let letters = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' });
    folded(&letters.flat_map(char::to_lowercase).collect::<String>())
}

/// The renderings of a statement beside the lead that read differently, each wording once, in the order of the reports.
pub(crate) fn other_wordings(statement: &twosource_model::Statement) -> Vec<&Rendering> {
    let mut seen = vec![reading_key(statement.lead().passage.text())];
    let mut others = Vec::new();
    for rendering in &statement.renderings {
        let key = reading_key(rendering.passage.text());
        if !seen.contains(&key) {
            seen.push(key);
            others.push(rendering);
        }
    }
    others
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn pieces_of_a_quotation() {
        for (pieces, words) in [
            (
                &["We waited,", "and nobody came."][..],
                "We waited, and nobody came.",
            ),
            (&["We waited,", "I’m sure of it."], "We waited, I’m sure of it."),
            (&["We waited,", "Nobody came."], "We waited” … “Nobody came."),
            (&["We waited.", "Nobody came."], "We waited. Nobody came."),
            // the comma stood behind the closing mark
            (&["We waited", "Nobody came."], "We waited” … “Nobody came."),
            (&["We waited", "and nobody came."], "We waited and nobody came."),
            (&["We waited"], "We waited"),
            (&[], ""),
        ] {
            assert_eq!(joined(pieces.iter().map(|&p| p.to_owned())), words);
        }
    }
}
