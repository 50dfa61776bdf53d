//! Sentences, tokens, tags and trees, in the terms of Universal Dependencies.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::Span;

/// A closed list of names as a small enum: `parse` reads the name, `as_str` writes it.
macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident: $fallback:ident; $($variant:ident = $text:literal),* $(,)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "the names are those of the published tag set")]
        #[repr(u8)]
        pub enum $name { $(#[serde(rename = $text)] $variant),* }

        impl $name {
            /// All values, in the order of their numbers.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The published name.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// The value of a published name, if it is on the list.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)* _ => None }
            }

            /// The value for names that are not on the list.
            pub const FALLBACK: Self = Self::$fallback;
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

closed_list! {
    /// Universal part of speech.
    Upos: X;
    Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
    Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
    Verb = "VERB", X = "X",
}

closed_list! {
    /// Part of speech of the Penn Treebank, as used in the English UD treebanks.
    Xpos: Unknown;
    Unknown = "_", Add = "ADD", Afx = "AFX", Cc = "CC", Cd = "CD", Dt = "DT", Ex = "EX", Fw = "FW", Gw = "GW",
    Hyph = "HYPH", In = "IN", Jj = "JJ", Jjr = "JJR", Jjs = "JJS", Ls = "LS", Md = "MD", Nfp = "NFP", Nn = "NN",
    Nnp = "NNP", Nnps = "NNPS", Nns = "NNS", Pdt = "PDT", Pos = "POS", Prp = "PRP", PrpS = "PRP$", Rb = "RB",
    Rbr = "RBR", Rbs = "RBS", Rp = "RP", Sym = "SYM", To = "TO", Uh = "UH", Vb = "VB", Vbd = "VBD", Vbg = "VBG",
    Vbn = "VBN", Vbp = "VBP", Vbz = "VBZ", Wdt = "WDT", Wp = "WP", WpS = "WP$", Wrb = "WRB", Comma = ",",
    Period = ".", Colon = ":", OpenQuote = "``", CloseQuote = "''", LeftBracket = "-LRB-", RightBracket = "-RRB-",
    Dollar = "$", Hash = "#", Xx = "XX",
}

closed_list! {
    /// Relation of a token to its head, with the subtypes of the English treebanks.
    Relation: Dep;
    Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod",
    Amod = "amod", Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc",
    CcPreconj = "cc:preconj", Ccomp = "ccomp", Clf = "clf", Compound = "compound", CompoundPrt = "compound:prt",
    Conj = "conj", Cop = "cop", Csubj = "csubj", CsubjOuter = "csubj:outer", CsubjPass = "csubj:pass", Dep = "dep",
    Det = "det", DetPredet = "det:predet", Discourse = "discourse", Dislocated = "dislocated", Expl = "expl",
    Fixed = "fixed", Flat = "flat", FlatForeign = "flat:foreign", Goeswith = "goeswith", Iobj = "iobj",
    List = "list", Mark = "mark", Nmod = "nmod", NmodDesc = "nmod:desc", NmodNpmod = "nmod:npmod",
    NmodPoss = "nmod:poss", NmodTmod = "nmod:tmod", NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj",
    NsubjOuter = "nsubj:outer", NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj", Obl = "obl",
    OblAgent = "obl:agent", OblNpmod = "obl:npmod", OblTmod = "obl:tmod", OblUnmarked = "obl:unmarked",
    Orphan = "orphan", Parataxis = "parataxis", Punct = "punct", Reparandum = "reparandum", Root = "root",
    Vocative = "vocative", Xcomp = "xcomp",
}

impl Relation {
    /// Whether this is `base` or one of its subtypes: `nsubj:pass` is a `nsubj`.
    #[must_use]
    pub fn is(self, base: Self) -> bool {
        self.as_str().split(':').next() == base.as_str().split(':').next()
    }
}

/// A syntactic word with its tags and its place in the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Bytes of the article's text.
    pub span: Span,
    /// Part of speech; [`Upos::X`] where the language has no tagger.
    pub upos: Upos,
    /// Language-specific part of speech.
    pub xpos: Xpos,
    /// Dictionary form; equals the lower-cased word where the language has no lemmatiser.
    pub lemma: SmolStr,
    /// Index (in [`Analysis::tokens`](crate::Analysis::tokens)) of its head, always within its sentence; `None` for a root, and where there is no parse.
    pub head: Option<u32>,
    /// Relation to the head; [`Relation::Dep`] where there is no parse.
    pub relation: Relation,
}

/// One sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Bytes of the article's text, without white space at the ends.
    pub span: Span,
    /// Index of its first token.
    pub first_token: u32,
    /// Index behind its last token.
    pub end_token: u32,
    /// Index of its paragraph in [`Article::paragraphs`](crate::Article::paragraphs).
    pub paragraph: u32,
}

impl Sentence {
    /// Indexes of its tokens.
    #[must_use]
    pub const fn tokens(&self) -> std::ops::Range<usize> {
        self.first_token as usize..self.end_token as usize
    }
}
