//! What the knowledge base can be asked about persons, posts and dates.

use jiff::civil::Date;

use super::{
    Body, Coverage, Held, Interner, KnowledgeBase, Level, Person, PersonId, Post, PostId, RoleId, Tenure, held,
    person::{NameMeaning, is_name_filler},
    phrase::words,
    trie::Trie,
};
use crate::mention::{Code, TitleQuality};

impl KnowledgeBase {
    /// A person.
    pub fn person(&self, id: PersonId) -> &Person {
        &self.people.persons[id.0 as usize]
    }

    /// A person by the key of the tables: "lee-jae-myung".
    pub fn person_by_key(&self, key: &str) -> Option<PersonId> {
        self.people.by_key.get(key).copied()
    }

    /// How many persons there are; their ids run from 0.
    pub fn person_count(&self) -> usize {
        self.people.persons.len()
    }

    /// All whose whole name or other name this is, in either order of its parts; hyphens, initials and accents do not matter.
    pub fn persons_named(&self, name: &str) -> Vec<PersonId> {
        let mut found: Vec<PersonId> = self
            .name_meanings(name)
            .iter()
            .filter_map(|meaning| match meaning {
                NameMeaning::Full(id) => Some(*id),
                NameMeaning::Family(_) => None,
            })
            .collect();
        found.sort();
        found.dedup();
        found
    }

    /// All whom this family name may stand for.
    pub fn persons_with_family(&self, family: &str) -> Vec<PersonId> {
        let mut found: Vec<PersonId> = self
            .name_meanings(family)
            .iter()
            .filter_map(|meaning| match meaning {
                NameMeaning::Family(id) => Some(*id),
                NameMeaning::Full(_) => None,
            })
            .collect();
        found.sort();
        found.dedup();
        found
    }

    fn name_meanings(&self, name: &str) -> &[NameMeaning] {
        let mut node = Some(Trie::<NameMeaning>::ROOT);
        words(name, |word| {
            if !is_name_filler(word) {
                node = node.and_then(|node| self.people.names.step(node, super::fold::key(word)));
            }
        });
        node.map_or(&[], |node| self.people.names.meanings(node))
    }

    /// A post.
    pub fn post(&self, id: PostId) -> &Post {
        &self.posts.posts[id.0 as usize]
    }

    /// All posts, in the order of the tables.
    pub fn posts(&self) -> impl Iterator<Item = (PostId, &Post)> {
        self.posts.posts.iter().enumerate().map(|(index, post)| (PostId(index as u32), post))
    }

    /// A post by the key of the tables: "KOR.president".
    pub fn post_by_key(&self, key: &str) -> Option<PostId> {
        self.posts.by_key.get(key).copied()
    }

    /// A person's whole career, by first day.
    pub fn career(&self, person: PersonId) -> impl Iterator<Item = &Tenure> {
        self.posts.career(person)
    }

    /// The posts that a person held on a day, surely or perhaps.
    pub fn held_by(&self, person: PersonId, date: Date) -> impl Iterator<Item = (&Tenure, Held)> {
        self.posts.career(person).map(move |t| (t, t.held_on(date))).filter(|(_, held)| *held != Held::No)
    }

    /// Who held a post on a day, surely or perhaps; on a day of change that is both.
    pub fn holders(&self, post: PostId, date: Date) -> impl Iterator<Item = (&Tenure, Held)> {
        self.posts.tenures_of(post).map(move |t| (t, t.held_on(date))).filter(|(_, held)| *held != Held::No)
    }

    /// Everybody who ever held a post, by first day.
    pub fn all_holders(&self, post: PostId) -> impl Iterator<Item = &Tenure> {
        self.posts.tenures_of(post)
    }

    /// The roles that a title may mean: those of the whole title, else those of the longest known title in it.
    pub fn roles_titled(&self, title: &str) -> Vec<RoleId> {
        let title = title.trim().to_lowercase();
        let whole: Vec<RoleId> = self.phrases.titles.iter().filter(|t| *t.form == *title).map(|t| t.role).collect();
        if !whole.is_empty() {
            return whole;
        }
        let within = |form: &str| {
            title.match_indices(form).any(|(at, _)| {
                let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
                free(title[..at].chars().next_back()) && free(title[at + form.len()..].chars().next())
            })
        };
        let longest = self.phrases.titles.iter().filter(|t| within(&t.form)).map(|t| t.form.len()).max();
        self.phrases.titles.iter().filter(|t| Some(t.form.len()) == longest && within(&t.form)).map(|t| t.role).collect()
    }

    /// The posts of a state or organisation that a title of this role may mean.
    pub fn posts_for(&self, of: Body, role: RoleId) -> impl Iterator<Item = PostId> {
        let spoken = self.posts.spoken_of_as(of, role).iter();
        let included = self.roles.included(role).iter().flat_map(move |other| self.posts.with_role(of, *other));
        self.posts.with_role(of, role).iter().chain(spoken).chain(included).copied()
    }

    /// The one person who, on a day, held the post of a state that a title means; `None` when nobody or several did.
    ///
    /// A holder of the role itself goes before holders of roles that the title may also stand for ("the leader"), and sure
    /// tenures before uncertain ones.
    pub fn holder_of(&self, of: Body, role: RoleId, date: Date) -> Option<PersonId> {
        if let Body::State(code) = of
            && self.role("leader") == Some(role)
        {
            let executive = self.executive(code)?;
            return self.only_holder(self.posts.with_role(of, executive), date);
        }
        if let Some(person) = self.only_holder(self.posts.with_role(of, role), date) {
            return Some(person);
        }
        let mut found = None;
        let included = self.roles.included(role).iter().map(|other| self.posts.with_role(of, *other));
        for posts in included.chain(std::iter::once(self.posts.spoken_of_as(of, role))) {
            match (self.only_holder(posts, date), found) {
                (Some(person), Some(before)) if person != before => return None,
                (Some(person), _) => found = Some(person),
                (None, _) => {}
            }
        }
        found
    }

    /// The role of whoever leads a state: by the table, else the prime minister of a monarchy and the president of a republic.
    pub fn executive(&self, state: Code) -> Option<RoleId> {
        if let Some(role) = self.executives.get(&state) {
            return Some(*role);
        }
        let has = |name: &str| self.role(name).filter(|role| !self.posts.with_role(Body::State(state), *role).is_empty());
        match (has("monarch").or_else(|| has("governor_general")), has("prime_minister")) {
            (Some(_), Some(minister)) => Some(minister),
            _ => has("president").or_else(|| has("prime_minister")).or_else(|| has("chancellor")).or_else(|| has("monarch")),
        }
    }

    fn only_holder(&self, posts: &[PostId], date: Date) -> Option<PersonId> {
        let mut best: Option<(Held, PersonId)> = None;
        let mut several = false;
        for (tenure, held) in posts.iter().flat_map(|post| self.holders(*post, date)) {
            if matches!(tenure.quality, TitleQuality::Elect | TitleQuality::Designate) {
                continue;
            }
            match best {
                Some((_, person)) if person == tenure.person => {}
                Some((sure, _)) if sure > held => {}
                Some((sure, _)) if sure == held => several = true,
                _ => {
                    best = Some((held, tenure.person));
                    several = false;
                }
            }
        }
        best.filter(|_| !several).map(|(_, person)| person)
    }

    /// Whether the tables know every holder of a post on a day, so that silence means that nobody else held it.
    pub fn covers(&self, post: PostId, date: Date) -> bool {
        self.posts.coverage(post).iter().any(|c| held(c.from, c.to, date) == Held::Yes)
    }

    /// The spans of time for which the tables know every holder of a post.
    pub fn coverage(&self, post: PostId) -> &[Coverage] {
        self.posts.coverage(post)
    }

    /// All roles, as [`RoleId`] numbers them.
    pub fn roles(&self) -> &Interner {
        &self.roles.names
    }

    /// A role by its name in the tables: "foreign_minister".
    pub fn role(&self, name: &str) -> Option<RoleId> {
        self.roles.names.get(name).map(RoleId)
    }

    /// A role's name in the tables.
    pub fn role_name(&self, role: RoleId) -> &str {
        self.roles.names.name(role.0)
    }

    /// How high posts of this role stand.
    pub fn level(&self, role: RoleId) -> Level {
        self.roles.facts(role).level
    }

    /// The PLOVER sector of those who hold posts of this role.
    pub fn sector_of_role(&self, role: RoleId) -> Option<Code> {
        self.roles.facts(role).sector
    }

    /// Whether a title of role `title` may mean a post of role `post`: "the leader" may be a president.
    pub fn may_mean(&self, title: RoleId, post: RoleId) -> bool {
        self.roles.may_mean(title, post)
    }

    /// Whether a title of this role may mean this very post: "Secretary" is the US Secretary of State, but no one's in Seoul.
    pub fn may_mean_post(&self, title: RoleId, post: PostId) -> bool {
        let post = self.post(post);
        self.roles.may_mean(title, post.role) || post.spoken_roles.contains(&title)
    }

    /// The state or organisation that a person stands for on a day, with their post: the highest one held then, else the
    /// last one held before, else the first after.
    pub fn allegiance(&self, person: PersonId, date: Option<Date>) -> Option<&Tenure> {
        let rank = |tenure: &Tenure| {
            let post = self.post(tenure.post);
            let time = match date {
                None => 1,
                Some(date) => match tenure.held_on(date) {
                    Held::Yes => 0,
                    Held::Perhaps => 1,
                    Held::No if tenure.begun_by(date) => 2,
                    Held::No => 3,
                },
            };
            (time, self.level(post.role), time == 3)
        };
        let mut best: Option<&Tenure> = None;
        for tenure in self.career(person) {
            let better = best.is_none_or(|other| match rank(tenure).cmp(&rank(other)) {
                std::cmp::Ordering::Less => true,
                // Of two that are over, the later one; of two to come, the earlier one.
                std::cmp::Ordering::Equal => rank(tenure).0 != 3,
                std::cmp::Ordering::Greater => false,
            });
            if better {
                best = Some(tenure);
            }
        }
        best
    }
}
