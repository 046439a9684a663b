//! Kinds of post, how high they stand, and which titles may mean which.

use rustc_hash::FxHashMap;

use super::{Interner, RoleId};
use crate::{mention::Code, token::hash_lower};

/// How high a post stands and in which sphere, as titles.tsv says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of the table")]
pub enum Level {
    Leader,
    Minister,
    ViceMinister,
    Envoy,
    Official,
    Legislator,
    Military,
    Judge,
    Party,
    Business,
    Religious,
    #[default]
    Other,
}

impl Level {
    pub(crate) fn parse(text: &str) -> Option<Level> {
        Some(match text {
            "leader" => Level::Leader,
            "minister" => Level::Minister,
            "vice_minister" => Level::ViceMinister,
            "envoy" => Level::Envoy,
            "official" => Level::Official,
            "legislator" => Level::Legislator,
            "military" => Level::Military,
            "judge" => Level::Judge,
            "party" => Level::Party,
            "business" => Level::Business,
            "religious" => Level::Religious,
            "other" => Level::Other,
            _ => return None,
        })
    }
}

/// What the tables say of a role.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RoleFacts {
    pub(crate) sector: Option<Code>,
    pub(crate) level: Level,
}

/// All roles.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roles {
    pub(crate) names: Interner,
    facts: FxHashMap<RoleId, RoleFacts>,
    /// Pairs: a title of the first role may mean a post of the second.
    includes: FxHashMap<RoleId, Vec<RoleId>>,
    /// The role of each title, by the hash of its form.
    by_title: FxHashMap<u32, RoleId>,
}

impl Roles {
    pub(crate) fn add(&mut self, name: &str) -> RoleId {
        RoleId(self.names.add(name))
    }

    /// Notes sector and level, which the first title of a role decides.
    pub(crate) fn describe(&mut self, role: RoleId, facts: RoleFacts) {
        self.facts.entry(role).or_insert(facts);
    }

    pub(crate) fn include(&mut self, role: RoleId, other: RoleId) {
        let list = self.includes.entry(role).or_default();
        if !list.contains(&other) {
            list.push(other);
        }
    }

    pub(crate) fn note_title(&mut self, form: &str, role: RoleId) {
        self.by_title.entry(hash_lower(form)).or_insert(role);
    }

    /// The role of the title that is written so.
    pub(crate) fn of_title(&self, form: &str) -> Option<RoleId> {
        self.by_title.get(&hash_lower(form)).copied()
    }

    pub(crate) fn facts(&self, role: RoleId) -> RoleFacts {
        self.facts.get(&role).copied().unwrap_or_default()
    }

    /// Whether a title of role `title` may mean a post of role `post`.
    pub(crate) fn may_mean(&self, title: RoleId, post: RoleId) -> bool {
        title == post || self.included(title).contains(&post)
    }

    /// The roles, beside its own, of the posts that a title of this role may mean.
    pub(crate) fn included(&self, title: RoleId) -> &[RoleId] {
        self.includes.get(&title).map_or(&[], Vec::as_slice)
    }
}
