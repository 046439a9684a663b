//! Names that the tables use over and over (roles, sectors, subjects, contexts) as small numbers.

use rustc_hash::FxHashMap;

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
