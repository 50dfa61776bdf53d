//! Labels of words: outside a name, first word of one, later word of one.

/// Kind of name that the tagger tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum NameKind {
    /// Human being.
    Person,
    /// Organisation.
    Organisation,
    /// Place.
    Place,
    /// Groups, events, products, works and the rest.
    Other,
}

/// All kinds, in the order of their numbers.
pub const KINDS: [NameKind; 4] = [
    NameKind::Person,
    NameKind::Organisation,
    NameKind::Place,
    NameKind::Other,
];

/// Number of labels.
pub const LABELS: usize = 1 + 2 * KINDS.len();

/// Label of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(u8);

impl Label {
    /// Outside any name.
    pub const OUTSIDE: Self = Self(0);

    /// First word of a name.
    #[must_use]
    pub const fn begin(kind: NameKind) -> Self {
        Self(1 + 2 * kind as u8)
    }

    /// Later word of a name.
    #[must_use]
    pub const fn inside(kind: NameKind) -> Self {
        Self(2 + 2 * kind as u8)
    }

    /// The label of this number.
    ///
    /// # Panics
    /// When `index` is not below [`LABELS`].
    #[must_use]
    pub const fn at(index: usize) -> Self {
        assert!(index < LABELS, "no such label");
        Self(index as u8)
    }

    /// Its number, below [`LABELS`].
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// Kind of the name; `None` outside.
    #[must_use]
    pub const fn kind(self) -> Option<NameKind> {
        match self.0 {
            0 => None,
            n => Some(KINDS[(n as usize - 1) / 2]),
        }
    }

    /// Whether it is the label of a first word.
    #[must_use]
    pub const fn begins(self) -> bool {
        self.0 % 2 == 1
    }

    /// Whether it may follow `before` (`None`: the start of the sentence).
    #[must_use]
    pub fn may_follow(self, before: Option<Self>) -> bool {
        self.0 == 0 || self.begins() || before.is_some_and(|b| b.kind() == self.kind())
    }
}
