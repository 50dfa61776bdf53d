//! Names of things: small newtypes that cannot be swapped in a call.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

macro_rules! name_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id with this name.
            #[must_use]
            pub fn new(name: &str) -> Self {
                Self(Arc::from(name))
            }

            /// The name.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &self.0)
            }
        }
    };
}

name_id! {
    /// Names one [`Document`](crate::Document): a path, an address, or an address within an archive.
    DocumentId
}
name_id! {
    /// Names one [`Article`](crate::Article) over all its revisions: the id its input gave it, else its canonical
    /// address, else its document's id. Cheap to clone.
    ArticleId
}
name_id! {
    /// Names one [`Story`](crate::Story) for good: it survives re-clustering, and a merge redirects it.
    StoryId
}
name_id! {
    /// Names one [`Origin`](crate::Origin): the articles that derive from one text.
    OriginId
}
