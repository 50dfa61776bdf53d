//! Documents a batch at a time: enough to keep all threads busy, few enough to hold in memory.

use twosource_model::Document;

use crate::SetAside;

/// Documents worked on at a time, and written in one go.
pub const BATCH: usize = 64;
/// Bytes of documents at which a batch is full.
const BATCH_BYTES: usize = 8 << 20;

/// The next documents; none at the end.
pub fn next_batch(
    documents: &mut impl Iterator<Item = Result<Document, SetAside>>,
) -> Vec<Result<Document, SetAside>> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH && bytes < BATCH_BYTES {
        let Some(item) = documents.next() else { break };
        bytes += item.as_ref().map_or(0, |document| document.bytes().len());
        batch.push(item);
    }
    batch
}

#[cfg(test)]
mod tests {
    use twosource_model::{DocumentId, MediaType};

    use super::*;

    fn check(count: usize, bytes: usize, batches: &[usize]) {
        let document = || Document::new(DocumentId::new("a"), MediaType::PlainText, vec![b'a'; bytes]);
        let mut documents = (0..count).map(|_| Ok(document()));
        let lengths =
            std::iter::from_fn(|| Some(next_batch(&mut documents).len()).filter(|length| *length > 0));
        assert_eq!(lengths.collect::<Vec<_>>(), batches, "{count} of {bytes} bytes");
    }

    #[test]
    fn a_batch_is_full_by_count_or_by_bytes() {
        check(150, 10, &[64, 64, 22]);
        check(7, 3 << 20, &[3, 3, 1]);
        check(3, 9 << 20, &[1, 1, 1]);
        check(0, 1, &[]);
    }
}
