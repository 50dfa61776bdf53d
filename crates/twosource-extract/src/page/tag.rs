//! Kinds of nodes: the elements that the step tells apart.

macro_rules! tags {
    ($($name:ident $text:literal),* $(,)?) => {
        /// What a node is: text, raw text of a script, or an element.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub(crate) enum Tag {
            /// A run of text.
            Text,
            /// The raw text of a script.
            Raw,
            /// The root above everything.
            Root,
            /// An element that has no variant of its own.
            Other,
            $(
                #[doc = "an element of this name"]
                $name,
            )*
        }

        impl Tag {
            /// Number of variants.
            pub(crate) const COUNT: usize = [$(Tag::$name),*].len() + 4;

            /// The tag of a lower-case element name.
            pub(crate) fn of_name(name: &[u8]) -> Self {
                match name {
                    $( $text => Self::$name, )*
                    _ => Self::Other,
                }
            }

            /// Name to show.
            pub(crate) const fn name(self) -> &'static str {
                match self {
                    Self::Text => "#text",
                    Self::Raw => "#raw",
                    Self::Root => "#root",
                    Self::Other => "element",
                    $( Self::$name => match std::str::from_utf8($text) {
                        Ok(name) => name,
                        Err(_) => "",
                    }, )*
                }
            }
        }
    };
}

tags! {
    A b"a", Abbr b"abbr", Address b"address", Amp b"amp-img", Article b"article", Aside b"aside", Audio b"audio", B b"b",
    Base b"base", Blockquote b"blockquote", Body b"body", Br b"br", Button b"button", Canvas b"canvas", Caption b"caption",
    Center b"center", Cite b"cite", Code b"code", Col b"col", Colgroup b"colgroup", Dd b"dd", Del b"del", Details b"details",
    Dialog b"dialog", Dir b"dir", Div b"div", Dl b"dl", Dt b"dt", Em b"em", Embed b"embed", Fieldset b"fieldset",
    Figcaption b"figcaption", Figure b"figure", Font b"font", Footer b"footer", Form b"form", Frameset b"frameset", H1 b"h1",
    H2 b"h2", H3 b"h3", H4 b"h4", H5 b"h5", H6 b"h6", Head b"head", Header b"header", Hgroup b"hgroup", Hr b"hr", Html b"html",
    I b"i", Iframe b"iframe", Img b"img", Input b"input", Ins b"ins", Label b"label", Legend b"legend", Li b"li", Link b"link",
    Main b"main", Map b"map", Mark b"mark", Marquee b"marquee", Math b"math", Menu b"menu", Meta b"meta", Nav b"nav",
    Noembed b"noembed", Noframes b"noframes", Noscript b"noscript", Object b"object", Ol b"ol", Optgroup b"optgroup",
    Option b"option", P b"p", Picture b"picture", Pre b"pre", Q b"q", Rp b"rp", Rt b"rt", S b"s", Script b"script", Search b"search",
    Section b"section", Select b"select", Small b"small", Source b"source", Span b"span", Strong b"strong", Style b"style",
    Sub b"sub", Summary b"summary", Sup b"sup", Svg b"svg", Table b"table", Tbody b"tbody", Td b"td", Template b"template",
    Textarea b"textarea", Tfoot b"tfoot", Th b"th", Thead b"thead", Time b"time", Title b"title", Tr b"tr", Track b"track",
    U b"u", Ul b"ul", Video b"video", Wbr b"wbr", Xmp b"xmp", Param b"param", Area b"area", Figurelegacy b"amp-iframe",
}

impl Tag {
    /// Elements without content.
    pub(crate) const fn is_void(self) -> bool {
        matches!(
            self,
            Self::Area
                | Self::Base
                | Self::Br
                | Self::Col
                | Self::Embed
                | Self::Hr
                | Self::Img
                | Self::Input
                | Self::Link
                | Self::Meta
                | Self::Param
                | Self::Source
                | Self::Track
                | Self::Wbr
        )
    }

    /// Elements whose content is no markup; the content is skipped or kept as one raw stretch.
    pub(crate) const fn is_raw(self) -> bool {
        matches!(
            self,
            Self::Script
                | Self::Style
                | Self::Xmp
                | Self::Iframe
                | Self::Noembed
                | Self::Noframes
                | Self::Noscript
                | Self::Textarea
                | Self::Title
                | Self::Svg
                | Self::Math
        )
    }

    /// Elements that begin a line of their own.
    pub(crate) const fn is_block(self) -> bool {
        matches!(
            self,
            Self::Address
                | Self::Article
                | Self::Aside
                | Self::Blockquote
                | Self::Body
                | Self::Caption
                | Self::Center
                | Self::Dd
                | Self::Details
                | Self::Dialog
                | Self::Dir
                | Self::Div
                | Self::Dl
                | Self::Dt
                | Self::Fieldset
                | Self::Figcaption
                | Self::Figure
                | Self::Footer
                | Self::Form
                | Self::H1
                | Self::H2
                | Self::H3
                | Self::H4
                | Self::H5
                | Self::H6
                | Self::Header
                | Self::Hgroup
                | Self::Hr
                | Self::Html
                | Self::Legend
                | Self::Li
                | Self::Main
                | Self::Menu
                | Self::Nav
                | Self::Ol
                | Self::Option
                | Self::P
                | Self::Pre
                | Self::Root
                | Self::Search
                | Self::Section
                | Self::Select
                | Self::Summary
                | Self::Table
                | Self::Tbody
                | Self::Td
                | Self::Tfoot
                | Self::Th
                | Self::Thead
                | Self::Tr
                | Self::Ul
                | Self::Xmp
        )
    }

    /// Block elements that end an open paragraph when they begin.
    pub(crate) const fn closes_paragraph(self) -> bool {
        self.is_block()
            && !matches!(
                self,
                Self::Body
                    | Self::Caption
                    | Self::Html
                    | Self::Legend
                    | Self::Option
                    | Self::Root
                    | Self::Select
                    | Self::Tbody
                    | Self::Td
                    | Self::Tfoot
                    | Self::Th
                    | Self::Thead
                    | Self::Tr
            )
    }

    /// `h1` to `h6`.
    pub(crate) const fn is_heading(self) -> bool {
        matches!(
            self,
            Self::H1 | Self::H2 | Self::H3 | Self::H4 | Self::H5 | Self::H6
        )
    }

    /// Elements that an end tag from inside does not reach across.
    pub(crate) const fn is_scope(self) -> bool {
        matches!(
            self,
            Self::Td
                | Self::Th
                | Self::Caption
                | Self::Table
                | Self::Html
                | Self::Template
                | Self::Marquee
                | Self::Object
                | Self::Root
        )
    }

    /// Parts of a table, which only its own end tags close.
    pub(crate) const fn is_table_part(self) -> bool {
        matches!(
            self,
            Self::Table
                | Self::Tbody
                | Self::Thead
                | Self::Tfoot
                | Self::Tr
                | Self::Td
                | Self::Th
                | Self::Caption
                | Self::Colgroup
        )
    }

    /// Elements whose whole content is no part of what a reader reads.
    pub(crate) const fn is_unread(self) -> bool {
        matches!(
            self,
            Self::Script
                | Self::Style
                | Self::Noscript
                | Self::Template
                | Self::Svg
                | Self::Math
                | Self::Iframe
                | Self::Head
                | Self::Title
                | Self::Textarea
                | Self::Select
                | Self::Canvas
                | Self::Audio
                | Self::Video
                | Self::Object
                | Self::Noembed
                | Self::Noframes
                | Self::Map
                | Self::Rp
                | Self::Rt
        )
    }
}
