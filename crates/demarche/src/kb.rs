//! The knowledge base: states, organisations, persons, posts and dated tenures, and the words that name them.
//!
//! It is loaded from the tables in `data/kb` and `data/lexicon` (a user's own table extends and overrides them) and
//! answers: who does this name mean, what did they hold on that day, who held this post, how far do the facts reach.

use crate::mention::Code;

/// A person in the knowledge base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub u32);

/// A post: a role in one state or organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostId(pub u32);

/// A kind of post: president, foreign minister, ambassador.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleId(pub u16);

/// An organisation, platform or non-state group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganizationId(pub u32);

/// A state or territory.
#[derive(Clone, Debug)]
pub struct State {
    /// ISO 3166-1 alpha-3.
    pub iso3: Code,
    /// The code that PLOVER counts it under: its own, or its sovereign's.
    pub plover: Code,
    /// Usual short name.
    pub name: String,
}
