//! The names of the rules that leave words out; `docs/rules.md` tells what each one does.

macro_rules! rules {
    ($($name:ident $text:literal),* $(,)?) => {
        /// Why words of a document are no part of the article's text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $( #[doc = concat!("`", $text, "`; see `docs/rules.md`")] $name, )*
        }

        impl Rule {
            /// All rules, in the order of `docs/rules.md`.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name that is shown.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$name => $text, )* }
            }

            /// The rule of a name.
            #[must_use]
            pub fn of_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|rule| rule.name() == name)
            }
        }
    };
}

rules! {
    Headline "headline",
    RepeatedHeadline "repeated-headline",
    Byline "byline",
    EditorLine "editor-line",
    DateLine "date-line",
    DateMarker "date-marker",
    SectionBar "section-bar",
    Masthead "masthead",
    FieldLabel "field-label",
    Caption "caption",
    PhotoCredit "photo-credit",
    MediaPlaceholder "media-placeholder",
    DeviceNotice "device-notice",
    CommentRules "comment-rules",
    Comments "comments",
    Newsletter "newsletter",
    ShareBar "share-bar",
    Follow "follow",
    ReadMore "read-more",
    Navigation "navigation",
    Copyright "copyright",
    Consent "consent",
    Advertisement "advertisement",
    Subscription "subscription",
    Contact "contact",
    CorrectionRequest "correction-request",
    Tags "tags",
    RuleLine "rule-line",
    Hidden "hidden",
    Form "form",
    Footer "footer",
    Sidebar "sidebar",
    Links "links",
    OutletProfile "outlet-profile",
    OutletRule "outlet-rule",
    RepeatedText "repeated-text",
    OtherArticle "other-article",
    BlockScore "block-score",
}
