//! Persons and the ways to write their names.

use rustc_hash::FxHashMap;

use super::{PersonId, fold, phrase::words, trie::Trie};

/// A person of the tables.
#[derive(Clone, Debug)]
pub struct Person {
    /// The key that the tables use: "lee-jae-myung".
    pub key: Box<str>,
    /// Name to show, in the order that its bearer's country uses in English.
    pub name: Box<str>,
    /// Family names, or what stands for them: the short forms by which news calls the person.
    pub family: Box<[Box<str>]>,
    /// Names in Korean, Japanese and Chinese writing.
    pub native: Box<[Box<str>]>,
    /// Known gender, for pronouns.
    pub gender: Option<Gender>,
    /// Wikidata id; empty when unknown.
    pub wikidata: Box<str>,
    /// Other names and spellings in Latin letters.
    pub aliases: Box<[Box<str>]>,
    /// Where the table has them from.
    pub source: Box<str>,
}

/// Gender as the sources give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// "she"
    Female,
    /// "he"
    Male,
}

/// What a chain of name words means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameMeaning {
    /// The whole name of a person, or one of their other names.
    Full(PersonId),
    /// A family name.
    Family(PersonId),
}

/// All persons, with a trie over their names. Hyphens and initials are no part of its phrases.
#[derive(Clone, Debug, Default)]
pub(crate) struct People {
    pub(crate) persons: Vec<Person>,
    pub(crate) by_key: FxHashMap<Box<str>, PersonId>,
    pub(crate) names: Trie<NameMeaning>,
}

impl People {
    /// Adds a person, or replaces the one of the same key; old name forms stay.
    pub(crate) fn add<'a>(&mut self, person: Person, aliases: impl Iterator<Item = &'a str>) -> PersonId {
        let id = match self.by_key.get(&person.key) {
            Some(&id) => id,
            None => {
                let id = PersonId(self.persons.len() as u32);
                self.by_key.insert(person.key.clone(), id);
                id
            }
        };
        let mut keys = Vec::new();
        self.add_form(&person.name, NameMeaning::Full(id), &mut keys);
        self.add_turned(&person, id, &mut keys);
        for alias in aliases {
            self.add_form(alias, NameMeaning::Full(id), &mut keys);
        }
        for family in &person.family {
            self.add_form(family, NameMeaning::Family(id), &mut keys);
        }
        if id.0 as usize == self.persons.len() {
            self.persons.push(person);
        } else {
            self.persons[id.0 as usize] = person;
        }
        id
    }

    /// The name with the family name at the other end: "Takaichi Sanae", "Jae-myung Lee"; and the given name as one word.
    fn add_turned(&mut self, person: &Person, id: PersonId, keys: &mut Vec<u32>) {
        let Some(family) = person.family.first() else { return };
        let (given, family_first) = if let Some(given) = person.name.strip_suffix(&**family).and_then(|g| g.strip_suffix(' ')) {
            (given, false)
        } else if let Some(given) = person.name.strip_prefix(&**family).and_then(|g| g.strip_prefix(' ')) {
            (given, true)
        } else {
            return;
        };
        let mut add = |first: &str, second: &str| {
            keys.clear();
            name_keys(first, keys);
            name_keys(second, keys);
            self.names.add(keys, NameMeaning::Full(id));
        };
        if family_first {
            add(given, family);
        } else {
            add(family, given);
        }
        if given.contains('-') {
            let joined: String = given.chars().filter(|c| *c != '-').collect();
            add(family, &joined);
            add(&joined, family);
        }
    }

    fn add_form(&mut self, form: &str, meaning: NameMeaning, keys: &mut Vec<u32>) {
        keys.clear();
        name_keys(form, keys);
        if !keys.is_empty() {
            self.names.add(keys, meaning);
        }
    }
}

/// The keys of a name's words, without hyphens, initials and "Jr.".
fn name_keys(form: &str, keys: &mut Vec<u32>) {
    words(form, |word| {
        if !is_name_filler(word) {
            keys.push(fold::key(word));
        }
    });
}

/// Whether a word of a name may be there or not: a hyphen, an initial, "Jr.".
pub(crate) fn is_name_filler(word: &str) -> bool {
    let bytes = word.as_bytes();
    matches!(word, "-" | "‑" | "–" | "," | "Jr." | "Jr" | "Sr." | "Sr" | "JR." | "JR")
        || bytes.len() == 2 && bytes[1] == b'.' && bytes[0].is_ascii_uppercase()
}
