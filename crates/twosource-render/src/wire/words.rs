//! Closed lists of words, each the mirror of one of the model's.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use twosource_model as model;

/// The name that the model's own wire form gives to one of its unit variants.
pub(crate) fn kebab(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// An enum with the same variants as one of the model's, and its name on the wire as `as_str`.
macro_rules! mirror {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $text)] $variant),* }

        impl $name {
            /// Its name on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }
    };
}

/// The same, for closed enums whose every variant has its mirror.
macro_rules! mirror_all {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        mirror! { $(#[$doc])* $name { $($(#[$variant_doc])* $variant = $text),* } }

        impl From<model::$name> for $name {
            fn from(value: model::$name) -> Self {
                match value { $(model::$name::$variant => Self::$variant),* }
            }
        }
    };
}

mirror! {
    /// How an article stands to its origin.
    CopyKind {
        /// The first of its origin, or the only one.
        First = "first",
        /// The same text, head, tail or house style apart.
        Reprint = "reprint",
        /// Some paragraphs from it, others its own.
        PartialReuse = "partial-reuse",
        /// The same matter in the same order in other words.
        Rewrite = "rewrite",
        /// A later state of the same outlet's report.
        Version = "version",
    }
}

impl From<model::CopyKind> for CopyKind {
    fn from(kind: model::CopyKind) -> Self {
        match kind {
            model::CopyKind::Reprint => Self::Reprint,
            model::CopyKind::PartialReuse => Self::PartialReuse,
            model::CopyKind::Rewrite => Self::Rewrite,
            model::CopyKind::Version => Self::Version,
            _ => Self::First,
        }
    }
}

mirror_all! {
    /// How a story stands to another one of the same affair.
    Tie {
        /// The other one began on an earlier day.
        Continues = "continues",
        /// Both began on one day, or a day is not known.
        Beside = "beside",
        /// The other one began on a later day.
        ContinuedBy = "continued-by",
    }
}

mirror_all! {
    /// How widely a statement is carried, counted in origins.
    SupportClass {
        /// The reports that carry it contradict one another on it.
        Disputed = "disputed",
        /// All origins, at least two.
        All = "all",
        /// At least two origins.
        Several = "several",
        /// One origin.
        One = "one",
    }
}

mirror_all! {
    /// How sure a report is.
    Certainty {
        /// Told as fact.
        Stated = "stated",
        /// Planned or expected.
        Planned = "planned",
        /// May, might, apparently.
        Hedged = "hedged",
        /// Alleged or passed on from somebody.
        Alleged = "alleged",
        /// Denied.
        Denied = "denied",
    }
}

mirror_all! {
    /// How a rendering stands to the base text of its utterance.
    RenderingClass {
        /// It is the base text.
        Base = "base",
        /// The same characters.
        Identical = "identical",
        /// The same words: only marks, case, spacing or ellipsis signs differ.
        Typographic = "typographic",
        /// Part of it.
        Cut = "cut",
        /// Other words in quotation marks.
        Altered = "altered",
        /// Told, not quoted.
        Told = "told",
    }
}

mirror_all! {
    /// Whether the words of a quote are the speaker's.
    QuoteKind {
        /// In quotation marks.
        Direct = "direct",
        /// Told.
        Indirect = "indirect",
        /// Partly in quotation marks.
        Mixed = "mixed",
    }
}

mirror_all! {
    /// What is differed about.
    DifferenceKind {
        /// A figure.
        Number = "number",
        /// A day or time.
        Date = "date",
        /// A place.
        Place = "place",
        /// Who or what.
        Name = "name",
        /// What each alone names in a list.
        List = "list",
        /// The words of a quote.
        Wording = "wording",
        /// Who is said to have said it.
        Attribution = "attribution",
        /// Said, may, denied.
        Certainty = "certainty",
        /// One says it, the other denies it.
        Negation = "negation",
    }
}

mirror_all! {
    /// How grave a difference is.
    Gravity {
        /// Both cannot be so.
        Conflict = "conflict",
        /// The figure or the state of things changed between the reports.
        Update = "update",
        /// Each tells something that the other leaves out.
        Complement = "complement",
    }
}

mirror_all! {
    /// How a number stands to the true figure.
    Approximation {
        /// As printed.
        Exact = "exact",
        /// About, some, roughly.
        About = "about",
        /// More than, at least.
        AtLeast = "at-least",
        /// Fewer than, at most.
        AtMost = "at-most",
        /// Nearly, almost.
        Nearly = "nearly",
    }
}

mirror_all! {
    /// What kind of thing a timeline entry is.
    TimelineKind {
        /// It happened.
        Happened = "happened",
        /// It was said.
        Said = "said",
        /// It is planned or expected.
        Planned = "planned",
        /// A report appeared.
        Reported = "reported",
    }
}

mirror! {
    /// Kind of thing that a cast member is.
    EntityType {
        /// A human being.
        Person = "person",
        /// A company, party, ministry, team, armed group.
        Organisation = "organisation",
        /// A country, town, region, building, water.
        Place = "place",
        /// An office that stands for its holder.
        Role = "role",
        /// A group of people.
        Group = "group",
        /// A named event.
        Event = "event",
        /// A named product, work or law.
        Product = "product",
        /// None of these.
        Other = "other",
    }
}

impl From<model::EntityType> for EntityType {
    fn from(kind: model::EntityType) -> Self {
        match kind {
            model::EntityType::Person => Self::Person,
            model::EntityType::Organisation => Self::Organisation,
            model::EntityType::Place => Self::Place,
            model::EntityType::Role => Self::Role,
            model::EntityType::Group => Self::Group,
            model::EntityType::Event => Self::Event,
            model::EntityType::Product => Self::Product,
            _ => Self::Other,
        }
    }
}
