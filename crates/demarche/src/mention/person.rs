//! Names and titles → persons: who "Kishida", "Foreign Minister Cho" and "the South Korean president" are in this document.
//!
//! A full name is looked up by itself; the text's titles, the state and the publication date choose among namesakes. A short
//! form is first sought among those whom the document names in full, then among the holders of posts on that day. Where
//! two remain, none is chosen.

use jiff::civil::Date;

use crate::{
    kb::{
        Body, Gender, Held, KnowledgeBase, Level, OrganizationId, PersonId, RoleId, Tenure, cue::Cue, fold, person::NameMeaning,
        trie::Node, trie::Trie,
    },
    mention::{Code, EntityId, TitleQuality, phrase::Few},
};

/// A person of the document.
#[derive(Clone, Debug)]
pub(crate) struct DocPerson {
    /// The keys of the name's words, as first written in full.
    pub(crate) keys: Vec<u32>,
    pub(crate) person: Option<PersonId>,
    pub(crate) code: Option<Code>,
    pub(crate) sector: Option<Code>,
    pub(crate) gender: Option<Gender>,
    /// Roles that the text has given the person, the newest last.
    pub(crate) roles: Few<RoleId>,
    pub(crate) entity: Option<EntityId>,
    /// The number of the last mention, counted from 1; 0 before the first.
    pub(crate) last: u32,
    pub(crate) name: String,
}

/// What a mention's words say of the person meant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clues {
    pub(crate) roles: Few<(RoleId, TitleQuality)>,
    /// The states that the text names with the title, or that the title implies.
    pub(crate) states: Few<Code>,
    pub(crate) gender: Option<Gender>,
    /// Whether "Mr." or the like marks the name as a person's.
    pub(crate) courtesy: bool,
}

impl Clues {
    pub(crate) const NONE: Clues = Clues { roles: Few::NONE, states: Few::NONE, gender: None, courtesy: false };

    fn state_fits(&self, code: Code) -> bool {
        self.states.is_empty() || self.states.iter().any(|s| s == code)
    }
}

/// The persons of a document and what can be asked about their names.
#[derive(Debug)]
pub(crate) struct Persons<'a> {
    pub(crate) kb: &'a KnowledgeBase,
    pub(crate) date: Option<Date>,
    pub(crate) all: Vec<DocPerson>,
    /// The states that the document speaks of.
    pub(crate) spoken_of: Vec<Code>,
}

impl Persons<'_> {
    /// The person with this full name: the one known already, or a new one if the tables or the clues say that it is a person.
    pub(crate) fn full_name(&mut self, keys: &[u32], known: Option<Node>, clues: &Clues, name: &str) -> Option<usize> {
        let person = known.and_then(|node| self.among_namesakes(node, clues));
        if let Some(person) = person {
            if let Some(index) = self.all.iter().position(|p| p.person == Some(person)) {
                self.note_clues(index, clues);
                return Some(index);
            }
            return Some(self.add_known(person, keys, clues));
        }
        if let Some(index) = self.all.iter().position(|p| p.keys == keys) {
            self.note_clues(index, clues);
            return Some(index);
        }
        // "López Obrador", "Al-Sudani": a family name of two words.
        let family = self
            .name_node(keys)
            .is_some_and(|node| self.kb.people.names.meanings(node).iter().any(|m| matches!(m, NameMeaning::Family(_))));
        if family {
            return self.short_name(keys, clues, name, true);
        }
        if let Some(person) = self.with_first_and_family(keys, clues) {
            let known = self.all.iter().position(|p| p.person == Some(person));
            return Some(known.unwrap_or_else(|| self.add_known(person, keys, clues)));
        }
        if clues.roles.is_empty() && !clues.courtesy {
            return None;
        }
        if let Some(person) = self.holder_with_family(keys, clues) {
            let known = self.all.iter().position(|p| p.person == Some(person));
            return Some(known.unwrap_or_else(|| self.add_known(person, keys, clues)));
        }
        Some(self.add_unknown(keys, clues, name))
    }

    /// "John Mahama" is John Dramani Mahama: the one person of the tables with this first word and this family name.
    fn with_first_and_family(&self, keys: &[u32], clues: &Clues) -> Option<PersonId> {
        let (first, family) = keys.split_first().filter(|(_, family)| !family.is_empty())?;
        let mut found = None;
        for meaning in self.kb.people.names.meanings(self.name_node(family)?) {
            let NameMeaning::Family(id) = *meaning else { continue };
            let word = self.kb.person(id).name.split(' ').next().unwrap_or_default();
            let fits = self.fits(id, clues).is_some_and(|fit| fit == 3 || clues.roles.is_empty());
            if word.len() > 2 && fold::key(word) == *first && found != Some(id) && fits {
                if found.is_some() {
                    return None;
                }
                found = Some(id);
            }
        }
        found
    }

    /// A name that the tables spell otherwise ("Mohammed bin Zayed", "Benjamin Netanyahu"): whoever held the named post of the
    /// named state that day and shares the family name.
    fn holder_with_family(&self, keys: &[u32], clues: &Clues) -> Option<PersonId> {
        if clues.roles.is_empty() || clues.states.is_empty() || self.date.is_none() {
            return None;
        }
        let count = keys.len();
        let parts = [&keys[count.saturating_sub(2)..], &keys[count - 1..], &keys[..1]];
        let mut found = None;
        for node in parts.iter().filter_map(|part| self.name_node(part)) {
            for meaning in self.kb.people.names.meanings(node) {
                let (NameMeaning::Family(id) | NameMeaning::Full(id)) = meaning;
                if self.fits(*id, clues) == Some(3) {
                    match found {
                        Some(other) if other != *id => return None,
                        _ => found = Some(*id),
                    }
                }
            }
        }
        found
    }

    /// Of those whose whole name it is, the one whom title, state and date point at.
    fn among_namesakes(&self, node: Node, clues: &Clues) -> Option<PersonId> {
        let mut best: Option<(u8, PersonId)> = None;
        let mut tied = false;
        for meaning in self.kb.people.names.meanings(node) {
            let NameMeaning::Full(id) = meaning else { continue };
            let Some(score) = self.fits(*id, clues) else { continue };
            match best {
                Some((_, other)) if other == *id => {}
                Some((top, _)) if top > score => {}
                Some((top, _)) if top == score => tied = true,
                _ => {
                    best = Some((score, *id));
                    tied = false;
                }
            }
        }
        best.filter(|_| !tied).map(|(_, id)| id)
    }

    /// How well a person fits the clues: 3 for the post held that day, 2 for a post held some other day, 1 for no
    /// contradiction; `None` when the text places them in a state that they never served.
    fn fits(&self, person: PersonId, clues: &Clues) -> Option<u8> {
        if let (Some(wanted), Some(gender)) = (clues.gender, self.kb.person(person).gender)
            && wanted != gender
        {
            return None;
        }
        let mut any = false;
        let mut in_state = false;
        let mut score = 1;
        for tenure in self.kb.career(person) {
            any = true;
            if !clues.state_fits(self.code_of(tenure)) {
                continue;
            }
            in_state = true;
            score = score.max(self.tenure_fits(tenure, clues));
        }
        (!any || in_state || clues.states.is_empty()).then_some(score)
    }

    fn tenure_fits(&self, tenure: &Tenure, clues: &Clues) -> u8 {
        let mut best = 1;
        for (title, quality) in clues.roles.iter() {
            if !self.kb.may_mean_post(title, tenure.post) {
                continue;
            }
            let score = match (self.date, quality) {
                (None, _) => 2,
                (Some(date), TitleQuality::Former) => 2 + u8::from(tenure.over_before(date)),
                (Some(date), TitleQuality::Elect | TitleQuality::Designate) => 2 + u8::from(tenure.held_on(date) != Held::Yes),
                (Some(date), _) => 2 + u8::from(tenure.held_on(date) != Held::No),
            };
            best = best.max(score);
        }
        best
    }

    fn code_of(&self, tenure: &Tenure) -> Code {
        let of = self.kb.post(tenure.post).of;
        self.kb.state(of).map_or(of, |state| state.plover)
    }

    /// The person whom a short form means: a family name, a given name of its bearer's habit, or a nickname.
    pub(crate) fn short_name(&mut self, keys: &[u32], clues: &Clues, name: &str, stands_out: bool) -> Option<usize> {
        match self.in_document(keys, clues) {
            // "President Lee" in a text about a lawmaker Lee.
            Found::One(_, false) if self.better_holder(keys, clues, stands_out).is_some() => {}
            Found::One(index, _) => {
                self.note_clues(index, clues);
                return Some(index);
            }
            Found::Several => return None,
            Found::None => {}
        }
        if let Some(person) = self.by_family(keys, clues, stands_out) {
            if let Some(index) = self.all.iter().position(|p| p.person == Some(person)) {
                return Some(index);
            }
            return Some(self.add_known(person, keys, clues));
        }
        (!clues.roles.is_empty() || clues.courtesy).then(|| self.add_unknown(keys, clues, name))
    }

    /// Whoever holds the very post named, when the one of that name in the document was not given it.
    fn better_holder(&self, keys: &[u32], clues: &Clues, stands_out: bool) -> Option<PersonId> {
        self.by_family(keys, clues, stands_out).filter(|person| self.date.is_some() && self.fits(*person, clues) == Some(3))
    }

    fn in_document(&self, keys: &[u32], clues: &Clues) -> Found {
        let mut found: Found = Found::None;
        let mut best_score = 0;
        for (index, person) in self.all.iter().enumerate() {
            if !self.may_be_called(person, keys) {
                continue;
            }
            if let (Some(wanted), Some(gender)) = (clues.gender, person.gender)
                && wanted != gender
            {
                continue;
            }
            if let Some(code) = person.code
                && !clues.state_fits(code)
            {
                continue;
            }
            let role_fits = clues
                .roles
                .iter()
                .any(|(title, _)| person.roles.iter().any(|role| self.kb.may_mean(title, role) || self.kb.may_mean(role, title)));
            let post_fits = person.person.is_some_and(|id| self.fits(id, clues) == Some(3));
            let score = if clues.roles.is_empty() || role_fits || post_fits { 2 } else { 1 };
            if score > best_score {
                (found, best_score) = (Found::One(index, score > 1), score);
            } else if score == best_score {
                found = Found::Several;
            }
        }
        found
    }

    /// Whether a person of the document may be called by these words: a known family name, else the first or last word.
    fn may_be_called(&self, person: &DocPerson, keys: &[u32]) -> bool {
        if person.keys == keys {
            return true;
        }
        let family = person.person.is_some_and(|id| {
            self.name_node(keys).is_some_and(|node| self.kb.people.names.meanings(node).contains(&NameMeaning::Family(id)))
        });
        let unknown = person.person.is_none() || self.kb.person(person.person.expect("checked before")).family.is_empty();
        family || unknown && keys.len() == 1 && (person.keys.first() == keys.first() || person.keys.last() == keys.first())
    }

    fn name_node(&self, keys: &[u32]) -> Option<Node> {
        keys.iter().try_fold(Trie::<NameMeaning>::ROOT, |node, key| self.kb.people.names.step(node, *key))
    }

    /// The one person of the tables whom a short name means by its clues; without a title only those in high office that day.
    fn by_family(&self, keys: &[u32], clues: &Clues, stands_out: bool) -> Option<PersonId> {
        const GENERIC: [&str; 5] = ["minister", "leader", "official", "diplomat", "secretary"];
        let node = self.name_node(keys)?;
        let generic = clues.roles.iter().all(|(role, _)| GENERIC.contains(&self.kb.role_name(role)));
        // What somebody once was does not say who they are, nor does a military rank: "Captain Traoré" may be a president.
        let titled = (clues.roles.iter()).any(|(role, quality)| quality != TitleQuality::Former && self.kb.level(role) != Level::Military);
        let mut best: Option<(u8, PersonId)> = None;
        let mut tied = false;
        for meaning in self.kb.people.names.meanings(node) {
            let (NameMeaning::Family(id) | NameMeaning::Full(id)) = meaning;
            if best.is_some_and(|(_, other)| other == *id) {
                continue;
            }
            let Some(fit) = self.fits(*id, clues) else { continue };
            let in_office = self.in_high_office(*id, clues);
            let score = match fit {
                3 if self.holds_this(*id, clues) => 6,
                3 => 5,
                // A title without a department means whoever is in office in the state named: "Japanese Minister Takaichi".
                _ if in_office && generic && !clues.states.is_empty() => 4,
                2 => 3,
                _ if in_office && (stands_out || clues.courtesy) && !titled => 2,
                _ if (stands_out || clues.courtesy) && clues.roles.is_empty() && self.is_well_known(*id) => 1,
                _ => 0,
            };
            if score == 0 {
                continue;
            }
            match best {
                Some((top, _)) if top > score => {}
                Some((top, _)) if top == score => tied = true,
                _ => {
                    best = Some((score, *id));
                    tied = false;
                }
            }
        }
        best.filter(|_| !tied).map(|(_, id)| id)
    }

    /// Whether a person holds a post of the very role named: a president before the head of an organisation.
    fn holds_this(&self, person: PersonId, clues: &Clues) -> bool {
        let held = |tenure: &Tenure| self.date.is_none_or(|date| tenure.held_on(date) != Held::No);
        self.kb.career(person).any(|t| held(t) && clues.roles.iter().any(|(role, _)| self.kb.post(t.post).role == role))
    }

    /// Whether the family name alone may mean a person who holds no high office: a leader of the last two years, or of the last twenty in
    /// a state that the document speaks of, or whoever leads an opposition or an armed group that day.
    fn is_well_known(&self, person: PersonId) -> bool {
        let Some(date) = self.date else { return false };
        self.kb.career(person).any(|tenure| {
            let post = self.kb.post(tenure.post);
            match self.kb.level(post.role) {
                Level::Leader => {
                    let over = |years: i64| date.checked_sub(jiff::Span::new().years(years)).is_ok_and(|d| tenure.over_before(d));
                    tenure.over_before(date) && (!over(2) || !over(20) && self.spoken_of.contains(&self.code_of(tenure)))
                }
                Level::Party | Level::Military => tenure.held_on(date) != Held::No,
                _ => false,
            }
        })
    }

    fn in_high_office(&self, person: PersonId, clues: &Clues) -> bool {
        let Some(date) = self.date else { return false };
        self.kb.held_by(person, date).any(|(tenure, held)| {
            held == Held::Yes && self.kb.level(self.kb.post(tenure.post).role) <= Level::Minister && clues.state_fits(self.code_of(tenure))
        })
    }

    /// The person of the document, or of the tables on that day, who holds a post of this role for this state.
    pub(crate) fn holder(&mut self, code: Code, role: RoleId) -> Option<usize> {
        let named = (0..self.all.len()).rev().find(|i| {
            let person = &self.all[*i];
            person.entity.is_some() && person.code == Some(code) && self.has_role(person, role)
        });
        if named.is_some() {
            return named;
        }
        let person = self.kb.holder_of(Body::State(code), role, self.date?)?;
        if let Some(index) = self.all.iter().position(|p| p.person == Some(person)) {
            return Some(index);
        }
        let role = Clues { states: Few::one(code), ..Clues::NONE };
        Some(self.add_known(person, &[], &role))
    }

    /// The person who holds a post of this role in an organisation on that day.
    pub(crate) fn organization_holder(&mut self, organization: OrganizationId, role: RoleId) -> Option<usize> {
        let person = self.kb.holder_of(Body::Organization(organization), role, self.date?)?;
        Some(match self.all.iter().position(|p| p.person == Some(person)) {
            Some(index) => index,
            None => self.add_known(person, &[], &Clues::NONE),
        })
    }

    /// Whether a person of the document may be meant by a title of this role: by the text's titles, or by a post that day.
    pub(crate) fn has_role(&self, person: &DocPerson, role: RoleId) -> bool {
        if person.roles.iter().any(|r| self.kb.may_mean(role, r)) {
            return true;
        }
        let (Some(id), Some(date)) = (person.person, self.date) else { return false };
        self.kb.held_by(id, date).any(|(tenure, _)| self.kb.may_mean_post(role, tenure.post))
    }

    fn add_known(&mut self, id: PersonId, keys: &[u32], clues: &Clues) -> usize {
        let person = self.kb.person(id);
        let tenure = self.kb.allegiance(id, self.date);
        let mut code = clues.states.first();
        let mut sector = None;
        if let Some(tenure) = tenure {
            let own = self.code_of(tenure);
            code = code.or(Some(own));
            let over = self.date.is_some_and(|date| tenure.over_before(date));
            let elite = Code(*b"ELI");
            sector = if over { Some(elite) } else { self.kb.sector_of_role(self.kb.post(tenure.post).role) };
        }
        if let Some((role, quality)) = clues.roles.first()
            && quality != TitleQuality::Former
        {
            sector = self.kb.sector_of_role(role).or(sector);
        }
        self.all.push(DocPerson {
            keys: keys.to_vec(),
            person: Some(id),
            code,
            sector,
            gender: person.gender.or(clues.gender),
            roles: Few::NONE,
            entity: None,
            last: 0,
            name: person.name.to_string(),
        });
        let index = self.all.len() - 1;
        self.note_clues(index, clues);
        index
    }

    pub(crate) fn add_unknown(&mut self, keys: &[u32], clues: &Clues, name: &str) -> usize {
        let sector = clues.roles.iter().find_map(|(role, quality)| match quality {
            TitleQuality::Former => Some(Code(*b"ELI")),
            _ => self.kb.sector_of_role(role),
        });
        self.all.push(DocPerson {
            keys: keys.to_vec(),
            person: None,
            code: clues.states.first(),
            sector,
            gender: clues.gender,
            roles: Few::NONE,
            entity: None,
            last: 0,
            name: name.to_owned(),
        });
        let index = self.all.len() - 1;
        self.note_clues(index, clues);
        index
    }

    pub(crate) fn note_clues(&mut self, index: usize, clues: &Clues) {
        let is_state = |code: Option<Code>| code.is_some_and(|code| self.kb.state(code).is_some());
        let person = &mut self.all[index];
        if person.code.is_none() {
            person.code = clues.states.first();
        }
        if person.gender.is_none() {
            person.gender = clues.gender;
        }
        for (role, quality) in clues.roles.iter() {
            if quality != TitleQuality::Former && !person.roles.iter().any(|r| r == role) {
                person.roles.push(role);
            }
        }
        if person.sector.is_none()
            && let Some((role, quality)) = clues.roles.first()
        {
            person.sector = if quality == TitleQuality::Former { Some(Code(*b"ELI")) } else { self.kb.sector_of_role(role) };
        }
        // A ministry may have a secretary general, too.
        if person.sector == Some(Code(*b"IGO")) && is_state(person.code) {
            person.sector = Some(Code(*b"GOV"));
        }
    }

    /// Whether a lone capitalised word may be the short name of somebody in the tables without more ado.
    pub(crate) fn may_stand_alone(&self, key: u32) -> bool {
        !self.kb.cues.word(key, Cue::NoName)
    }
}

enum Found {
    None,
    /// One, and whether the title fits them.
    One(usize, bool),
    Several,
}
