//! Numbers for the names of tags, as this file knows them: the program's own lists may grow without harm to old files.

use twosource_model::{Relation, Upos, Xpos};

use crate::{Store, StoreError};

/// Both ways between a tag and its number in this file. Tags are taken by their place in the program's list.
#[derive(Debug, Clone, Default)]
pub struct TagTable {
    to_number: Vec<u8>,
    to_place: Vec<Option<u8>>,
}

impl TagTable {
    pub fn number(&self, place: usize) -> u8 {
        self.to_number.get(place).copied().unwrap_or(0)
    }

    pub fn place(&self, number: u8) -> Option<usize> {
        self.to_place
            .get(usize::from(number))
            .copied()
            .flatten()
            .map(usize::from)
    }
}

/// The three lists.
#[derive(Debug, Clone, Default)]
pub struct Tags {
    pub upos: TagTable,
    pub xpos: TagTable,
    pub relation: TagTable,
}

impl Store {
    /// Reads the lists; a store that may be written takes up names it does not know yet.
    pub(crate) fn load_tags(&self, write: bool) -> Result<Tags, StoreError> {
        let names = |all: &[&'static str]| all.to_vec();
        let upos = names(&Upos::ALL.iter().map(|tag| tag.as_str()).collect::<Vec<_>>());
        let xpos = names(&Xpos::ALL.iter().map(|tag| tag.as_str()).collect::<Vec<_>>());
        let relation = names(&Relation::ALL.iter().map(|tag| tag.as_str()).collect::<Vec<_>>());
        Ok(Tags {
            upos: self.load_list("upos", &upos, write)?,
            xpos: self.load_list("xpos", &xpos, write)?,
            relation: self.load_list("relation", &relation, write)?,
        })
    }

    fn load_list(&self, kind: &str, program: &[&str], write: bool) -> Result<TagTable, StoreError> {
        let mut known = self.known_tags(kind)?;
        let missing = |known: &[String]| program.iter().any(|name| !known.iter().any(|k| k == name));
        if write && missing(&known) {
            self.transaction(|store| {
                known = store.known_tags(kind)?;
                for name in program {
                    if !known.iter().any(|k| k == name) {
                        store
                            .conn
                            .prepare_cached("INSERT INTO tag (kind, number, name) VALUES (?1, ?2, ?3)")?
                            .execute((kind, known.len() as i64, name))?;
                        known.push((*name).to_owned());
                    }
                }
                Ok::<(), StoreError>(())
            })?;
        }
        let place = |name: &String| program.iter().position(|p| p == name).map(|place| place as u8);
        let number = |name: &&str| known.iter().position(|k| k == name).unwrap_or(0) as u8;
        Ok(TagTable {
            to_number: program.iter().map(number).collect(),
            to_place: known.iter().map(place).collect(),
        })
    }

    fn known_tags(&self, kind: &str) -> Result<Vec<String>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT name FROM tag WHERE kind = ?1 ORDER BY number")?;
        let rows = statement.query_map([kind], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
