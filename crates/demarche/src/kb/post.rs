//! Posts and who held them when.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::{Day, Held, OrganizationId, PersonId, PostId, RoleId, held};
use crate::mention::Code;

/// A role in one state or organisation: President of the Republic of Korea.
#[derive(Clone, Debug)]
pub struct Post {
    /// The key that the tables use.
    pub key: Box<str>,
    /// Code of the state, or PLOVER actor code of the organisation.
    pub of: Code,
    /// The organisation, if it is none of a state.
    pub organization: Option<OrganizationId>,
    /// What kind of post.
    pub role: RoleId,
    /// The full title: "Minister for Foreign Affairs".
    pub title: Box<str>,
    /// Its usual English short form: "Foreign Minister"; empty when the title is used.
    pub spoken: Box<str>,
    /// What it heads, as the table says: `state`, `government`, or nothing.
    pub head: Box<str>,
    /// PLOVER sector.
    pub sector: Option<Code>,
    /// Roles of the titles, other than its own, by which it is spoken of: "Secretary", "spy chief".
    pub spoken_roles: Box<[RoleId]>,
    /// Where the table has it from.
    pub source: Box<str>,
}

/// That a person held a post for a time, both ends included.
#[derive(Clone, Debug)]
pub struct Tenure {
    /// Which post.
    pub post: PostId,
    /// Who held it.
    pub person: PersonId,
    /// First day; `None` when unknown.
    pub start: Option<Day>,
    /// Last day; `None` while it lasts, or when unknown.
    pub end: Option<Day>,
    /// Plainly held, acting, elect …
    pub quality: crate::mention::TitleQuality,
    /// How the end is known: given by the source, derived from the next holder, open …
    pub end_basis: Box<str>,
    /// Where the fact comes from.
    pub source: Box<str>,
    /// What the table's keeper noted.
    pub note: Box<str>,
}

impl Tenure {
    /// Whether it lasted on `date`. One whose end the source does not know is perhaps over any day.
    pub fn held_on(&self, date: Date) -> Held {
        let held = held(self.start, self.end, date);
        if self.end.is_none() && &*self.end_basis == "unknown" { held.min(Held::Perhaps) } else { held }
    }

    /// Whether it was over before `date`.
    pub fn over_before(&self, date: Date) -> bool {
        self.end.is_some_and(|end| end.latest() < date)
    }

    /// Whether it had begun by `date`.
    pub fn begun_by(&self, date: Date) -> bool {
        self.start.is_none_or(|start| start.earliest() <= date)
    }
}

/// For how long the tables know every holder of a post.
#[derive(Clone, Copy, Debug)]
pub struct Coverage {
    /// From when.
    pub from: Option<Day>,
    /// Until when.
    pub to: Option<Day>,
}

/// Whose a post is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Body {
    /// A state, by its code.
    State(Code),
    /// An organisation.
    Organization(OrganizationId),
}

impl Post {
    /// Whose the post is.
    pub fn body(&self) -> Body {
        self.organization.map_or(Body::State(self.of), Body::Organization)
    }
}

/// All posts and tenures, with the ways into them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Posts {
    pub(crate) posts: Vec<Post>,
    pub(crate) tenures: Vec<Tenure>,
    pub(crate) by_key: FxHashMap<Box<str>, PostId>,
    by_role: FxHashMap<(Body, RoleId), Vec<PostId>>,
    by_spoken_role: FxHashMap<(Body, RoleId), Vec<PostId>>,
    of_person: Vec<Vec<u32>>,
    of_post: Vec<Vec<u32>>,
    coverage: FxHashMap<PostId, Vec<Coverage>>,
}

impl Posts {
    /// Adds a post, or replaces the one of the same key.
    pub(crate) fn add(&mut self, post: Post) -> PostId {
        let id = match self.by_key.get(&post.key) {
            Some(&id) => {
                let old = &self.posts[id.0 as usize];
                let body = old.body();
                forget(&mut self.by_role, (body, old.role), id);
                old.spoken_roles.iter().for_each(|role| forget(&mut self.by_spoken_role, (body, *role), id));
                id
            }
            None => PostId(self.posts.len() as u32),
        };
        self.by_role.entry((post.body(), post.role)).or_default().push(id);
        for role in &post.spoken_roles {
            self.by_spoken_role.entry((post.body(), *role)).or_default().push(id);
        }
        if id.0 as usize == self.posts.len() {
            self.by_key.insert(post.key.clone(), id);
            self.posts.push(post);
        } else {
            self.posts[id.0 as usize] = post;
        }
        id
    }

    /// Adds a tenure; one of the same post, person and first day replaces the earlier one.
    pub(crate) fn add_tenure(&mut self, tenure: Tenure) {
        grow(&mut self.of_person, tenure.person.0);
        grow(&mut self.of_post, tenure.post.0);
        let same = |other: &Tenure| other.post == tenure.post && other.start == tenure.start && other.quality == tenure.quality;
        let of_person = &mut self.of_person[tenure.person.0 as usize];
        if let Some(&old) = of_person.iter().find(|i| same(&self.tenures[**i as usize])) {
            self.tenures[old as usize] = tenure;
            return;
        }
        let index = self.tenures.len() as u32;
        of_person.push(index);
        self.of_post[tenure.post.0 as usize].push(index);
        self.tenures.push(tenure);
    }

    pub(crate) fn add_coverage(&mut self, post: PostId, coverage: Coverage) {
        self.coverage.entry(post).or_default().push(coverage);
    }

    /// Orders tenures by their first day. To be called after loading.
    pub(crate) fn seal(&mut self) {
        let tenures = &self.tenures;
        let first_day = |index: &u32| tenures[*index as usize].start.map(Day::earliest);
        for list in self.of_person.iter_mut().chain(self.of_post.iter_mut()) {
            list.sort_by_key(first_day);
        }
    }

    pub(crate) fn career(&self, person: PersonId) -> impl Iterator<Item = &Tenure> {
        self.of_person.get(person.0 as usize).into_iter().flatten().map(|i| &self.tenures[*i as usize])
    }

    pub(crate) fn tenures_of(&self, post: PostId) -> impl Iterator<Item = &Tenure> {
        self.of_post.get(post.0 as usize).into_iter().flatten().map(|i| &self.tenures[*i as usize])
    }

    pub(crate) fn with_role(&self, of: Body, role: RoleId) -> &[PostId] {
        self.by_role.get(&(of, role)).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn spoken_of_as(&self, of: Body, role: RoleId) -> &[PostId] {
        self.by_spoken_role.get(&(of, role)).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn coverage(&self, post: PostId) -> &[Coverage] {
        self.coverage.get(&post).map_or(&[], Vec::as_slice)
    }
}

fn grow(lists: &mut Vec<Vec<u32>>, index: u32) {
    if lists.len() <= index as usize {
        lists.resize_with(index as usize + 1, Vec::new);
    }
}

fn forget(index: &mut FxHashMap<(Body, RoleId), Vec<PostId>>, key: (Body, RoleId), id: PostId) {
    if let Some(ids) = index.get_mut(&key) {
        ids.retain(|other| *other != id);
    }
}
