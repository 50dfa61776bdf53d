//! Reads the bytes of a model file.

/// A place in bytes; every read checks the bounds.
#[derive(Debug, Clone)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Bytes that are left.
    pub(crate) const fn len(&self) -> usize {
        self.bytes.len()
    }

    #[inline]
    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(first)
    }

    /// Seven bits a byte, lowest first; at most five bytes.
    #[inline]
    pub(crate) fn number(&mut self) -> Option<u32> {
        if let Some((&first, rest)) = self.bytes.split_first()
            && first < 0x80
        {
            self.bytes = rest;
            return Some(u32::from(first));
        }
        let mut number = 0u32;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// A number with its sign in the lowest bit.
    #[inline]
    pub(crate) fn signed(&mut self) -> Option<i16> {
        let number = u16::try_from(self.number()?).ok()?;
        Some((number >> 1) as i16 ^ -((number & 1) as i16))
    }

    #[inline]
    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(head)
    }

    /// A length and as many bytes.
    pub(crate) fn block(&mut self) -> Option<&'a [u8]> {
        let length = self.number()? as usize;
        self.take(length)
    }
}
