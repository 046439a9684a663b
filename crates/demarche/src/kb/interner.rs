//! Names that the tables use over and over (roles, sectors, subjects, contexts) as small numbers.

use rustc_hash::FxHashMap;

use crate::token::each_lower_byte;

/// Names in order of first appearance.
#[derive(Clone, Debug, Default)]
pub struct Interner {
    names: Vec<Box<str>>,
    by_name: FxHashMap<Box<str>, u16>,
}

impl Interner {
    /// The number of a name, new if it is.
    pub(crate) fn add(&mut self, name: &str) -> u16 {
        if let Some(&id) = self.by_name.get(name) {
            return id;
        }
        let id = u16::try_from(self.names.len()).expect("the tables name a few hundred roles and subjects");
        self.names.push(name.into());
        self.by_name.insert(name.into(), id);
        id
    }

    /// The number of a name.
    pub fn get(&self, name: &str) -> Option<u16> {
        self.by_name.get(name).copied()
    }

    /// The name of a number.
    pub fn name(&self, id: u16) -> &str {
        &self.names[usize::from(id)]
    }

    /// All names, by number.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// Ids by the text keys of the tables, or by names: a 64-bit hash stands for the text, which is not kept twice.
#[derive(Clone, Debug)]
pub(crate) struct Keys<Id>(FxHashMap<u64, Id>);

impl<Id> Default for Keys<Id> {
    fn default() -> Keys<Id> {
        Keys(FxHashMap::default())
    }
}

impl<Id: Copy> Keys<Id> {
    pub(crate) fn reserve(&mut self, count: usize) {
        self.0.reserve(count);
    }

    pub(crate) fn get(&self, text: &str) -> Option<Id> {
        self.0.get(&hash(text)).copied()
    }

    pub(crate) fn insert(&mut self, text: &str, id: Id) {
        self.0.insert(hash(text), id);
    }

    /// Keeps the id that a text has already.
    pub(crate) fn insert_new(&mut self, text: &str, id: Id) {
        self.0.entry(hash(text)).or_insert(id);
    }
}

/// FNV-1a of the text, ASCII letters lower-cased; other letters by Unicode rules.
fn hash(text: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    each_lower_byte(text, |byte| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    hash
}
