//! Which person of the tables a foreign file means, or the row of a new one.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    Importer, Reason, Tables,
    draft::{DraftPerson, Place},
    people::{family, is_useful_alias, slug},
    places,
};
use crate::{
    kb::{Gender, KnowledgeBase, PersonId},
    mention::Code,
};

/// How many other names of a person become forms.
const MOST_ALIASES: usize = 12;

/// Persons of the facts and of the user's tables, by their ids, with the keys given out so far.
pub(super) struct Persons {
    by_item: BTreeMap<String, PersonId>,
    /// Keys in the user's own persons.tsv, by Wikidata id and by name.
    own: BTreeMap<String, String>,
    taken: BTreeSet<String>,
    settled: BTreeMap<String, (String, Option<PersonId>)>,
}

impl Persons {
    pub(super) fn of(importer: &Importer<'_>) -> Persons {
        let kb = importer.kb;
        let mut persons = Persons { by_item: BTreeMap::new(), own: BTreeMap::new(), taken: BTreeSet::new(), settled: BTreeMap::new() };
        for id in (0..kb.person_count() as u32).map(PersonId) {
            let person = kb.person(id);
            if !person.wikidata.is_empty() {
                persons.by_item.insert(person.wikidata.to_string(), id);
            }
        }
        for row in importer.known.get("persons.tsv").into_iter().flat_map(|table| table.rows()) {
            let (key, name, item) = (&row[0], &row[1], &row[6]);
            persons.taken.insert(key.clone());
            persons.own.insert(if item.is_empty() { name.clone() } else { item.clone() }, key.clone());
        }
        persons
    }

    /// The key of a person, and who that is in the facts.
    pub(super) fn find(&mut self, importer: &Importer<'_>, said: &str, bodies: &[Code]) -> Result<(String, Option<PersonId>), Reason> {
        if let Some(settled) = self.settled.get(said) {
            return Ok(settled.clone());
        }
        let found = self.search(importer, said, bodies)?;
        self.taken.insert(found.0.clone());
        self.settled.insert(said.to_owned(), found.clone());
        Ok(found)
    }

    fn search(&self, importer: &Importer<'_>, said: &str, bodies: &[Code]) -> Result<(String, Option<PersonId>), Reason> {
        let kb = importer.kb;
        let known = |id: PersonId| (kb.person(id).key.to_string(), Some(id));
        let draft = importer.draft.persons.get(said);
        let item = draft.map_or(said, |person| &person.wikidata);
        if let Some(id) = self.by_item.get(item) {
            return Ok(known(*id));
        }
        let name = draft.map_or("", |person| &person.name);
        if let Some(key) = self.own.get(if item.is_empty() { name } else { item }) {
            return Ok((key.clone(), kb.person_by_key(key)));
        }
        let Some(draft) = draft.filter(|person| !person.name.is_empty()) else {
            return Err(Reason::UnnamedPerson);
        };
        let mut named = kb.persons_named(name);
        named.retain(|id| kb.person(*id).wikidata.is_empty() || item.is_empty());
        if !bodies.is_empty() || !item.is_empty() {
            let citizen: Vec<Code> = draft.citizen_of.iter().filter_map(|said| places::state(kb, &importer.draft, said)).collect();
            named.retain(|id| {
                kb.career(*id).any(|tenure| bodies.contains(&kb.post(tenure.post).of) || citizen.contains(&kb.post(tenure.post).of))
            });
        }
        match named.as_slice() {
            [id] => Ok(known(*id)),
            [] => Ok((self.new_key(kb, draft), None)),
            _ => Err(Reason::Ambiguous),
        }
    }

    fn new_key(&self, kb: &KnowledgeBase, person: &DraftPerson) -> String {
        let plain = slug(&person.name, '-');
        let free = |key: &String| kb.person_by_key(key).is_none() && !self.taken.contains(key);
        let year = person.born.map(|day| format!("{plain}-{}", day.earliest().year()));
        let item = (!person.wikidata.is_empty()).then(|| format!("{plain}-{}", person.wikidata.to_lowercase()));
        let tries = [Some(plain.clone()), year, item].into_iter().flatten().chain((2..).map(|n| format!("{plain}-{n}")));
        tries.into_iter().find(free).unwrap_or(plain)
    }

    /// Adds the rows of all persons who are new, or of whom the files tell more than the facts do.
    pub(super) fn rows(&mut self, importer: &mut Importer<'_>, bodies: &BTreeMap<String, Vec<Code>>, rows: &mut Tables) {
        let persons = std::mem::take(&mut importer.draft.persons);
        let everyone: Vec<(String, DraftPerson)> = persons.iter().map(|(said, person)| (said.clone(), person.clone())).collect();
        importer.draft.persons = persons;
        for (said, person) in everyone {
            let at = person.at.clone().unwrap_or(Place { file: "".into(), line: 0 });
            let states = bodies.get(&said).map_or(&[][..], Vec::as_slice);
            match self.find(importer, &said, states) {
                Ok((key, known)) => {
                    let row = Row::of(importer, key, &person, known, states);
                    if row.says_more(importer.kb, known) {
                        row.add(rows, person.source);
                    } else {
                        importer.leave_out(Reason::Known, &at, &person.name);
                    }
                }
                Err(reason) => importer.leave_out(reason, &at, &said),
            }
        }
    }
}

/// The cells of a person.
struct Row {
    key: String,
    name: String,
    family: String,
    aliases: Vec<String>,
    native: Vec<String>,
    gender: Option<Gender>,
    wikidata: String,
}

impl Row {
    fn of(importer: &Importer<'_>, key: String, person: &DraftPerson, known: Option<PersonId>, states: &[Code]) -> Row {
        let kb = importer.kb;
        let old = known.map(|id| kb.person(id));
        let name = old.map_or_else(|| person.name.clone(), |old| old.name.to_string());
        let mut native: Vec<String> = old.map_or_else(Vec::new, |old| old.native.iter().map(ToString::to_string).collect());
        native.extend(person.native.iter().filter(|name| !name.contains('|')).cloned());
        let mut seen = BTreeSet::new();
        native.retain(|name| seen.insert(name.clone()));
        let is_new = |alias: &str| known.is_none_or(|id| !kb.persons_named(alias).contains(&id));
        let mut aliases: Vec<String> = std::iter::once(&person.name)
            .chain(&person.aliases)
            .filter(|alias| is_useful_alias(alias, &name) && is_new(alias))
            .cloned()
            .collect();
        let mut seen = BTreeSet::new();
        aliases.retain(|alias| seen.insert(alias.clone()));
        aliases.truncate(MOST_ALIASES);
        let citizen = person.citizen_of.iter().filter_map(|said| places::state(kb, &importer.draft, said));
        let states: Vec<Code> = states.iter().copied().chain(citizen).collect();
        Row {
            key,
            family: old.map_or_else(|| family(&name, &states), |old| old.family.join("|")),
            name,
            aliases,
            native,
            gender: old.and_then(|old| old.gender).or(person.gender),
            wikidata: old.map(|old| old.wikidata.to_string()).filter(|id| !id.is_empty()).unwrap_or_else(|| person.wikidata.clone()),
        }
    }

    fn says_more(&self, kb: &KnowledgeBase, known: Option<PersonId>) -> bool {
        let Some(old) = known.map(|id| kb.person(id)) else { return true };
        !self.aliases.is_empty() || self.native.len() > old.native.len() || self.gender != old.gender || *self.wikidata != *old.wikidata
    }

    fn add(&self, rows: &mut Tables, source: &str) {
        let gender = match self.gender {
            Some(Gender::Female) => "f",
            Some(Gender::Male) => "m",
            None => "",
        };
        let cells = [&self.key, &self.name, &self.family, &self.aliases.join("|"), &self.native.join("|"), gender, &self.wikidata, source];
        rows.add("persons.tsv", cells);
    }
}
