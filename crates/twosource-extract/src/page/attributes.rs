//! The attributes that the step reads; all others are skipped while parsing.

use std::borrow::Cow;

use super::decode_text;

macro_rules! attributes {
    ($($name:ident $text:literal),* $(,)?) => {
        /// Name of an attribute that is kept.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub(crate) enum AttributeName {
            $( #[doc = concat!("`", $text, "`")] $name, )*
        }

        impl AttributeName {
            /// The attribute of a name in any case, if it is kept.
            pub(crate) fn of_name(name: &[u8]) -> Option<Self> {
                match name.len() {
                    2..=18 => {}
                    _ => return None,
                }
                $( if name.eq_ignore_ascii_case($text.as_bytes()) { return Some(Self::$name); } )*
                None
            }
        }
    };
}

attributes! {
    Class "class", Id "id", Href "href", Src "src", Style "style", Content "content", Name "name", Property "property",
    Rel "rel", Type "type", Itemprop "itemprop", Itemtype "itemtype", Datetime "datetime", Lang "lang", Role "role",
    AriaHidden "aria-hidden", AriaLabel "aria-label", Hidden "hidden", Alt "alt", Title "title", Charset "charset",
    HttpEquiv "http-equiv", Pubdate "pubdate", DataTestid "data-testid", DataComponent "data-component",
    DataTimestamp "data-timestamp", DataTime "data-time", DataDate "data-date", DataDatetime "data-datetime",
    Itemscope "itemscope", Typeof "typeof", DataPublished "data-published", DataQa "data-qa",
    XmlLang "xml:lang",
}

/// One kept attribute: its name and the place of its raw value in the page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attribute {
    /// which
    pub(crate) name: AttributeName,
    /// first byte of the value
    pub(crate) start: u32,
    /// end of the value, exclusive
    pub(crate) end: u32,
}

impl Attribute {
    /// The value with its character references read.
    pub(crate) fn value<'p>(&self, source: &'p str) -> Cow<'p, str> {
        decode_text(self.raw(source))
    }

    /// The value as it stands.
    pub(crate) fn raw<'p>(&self, source: &'p str) -> &'p str {
        &source[self.start as usize..self.end as usize]
    }
}
