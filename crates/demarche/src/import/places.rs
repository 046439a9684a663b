//! Wikidata items that are states, posts and organisations of the tables.

use std::{collections::BTreeMap, sync::OnceLock};

use super::draft::Draft;
use crate::{
    kb::{Body, KnowledgeBase, OrganizationId, PostId, RoleId},
    mention::Code,
};

const TABLE: &str = include_str!("../../data/kb/wikidata.tsv");

/// What an item of the table is.
enum Item {
    State(Code),
    Post(&'static str),
}

fn table() -> &'static BTreeMap<&'static str, Item> {
    static ITEMS: OnceLock<BTreeMap<&'static str, Item>> = OnceLock::new();
    ITEMS.get_or_init(|| {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
        rows.filter_map(|row| {
            let mut cells = row.split('\t');
            let (id, kind, key) = (cells.next()?, cells.next()?, cells.next()?);
            Some((id, if kind == "state" { Item::State(Code::parse(key)?) } else { Item::Post(key) }))
        })
        .collect()
    })
}

/// The state that an item is, by the built-in table.
pub(super) fn state_of_item(id: &str) -> Option<Code> {
    match table().get(id)? {
        Item::State(code) => Some(*code),
        Item::Post(_) => None,
    }
}

/// The post that an item is, by the built-in table.
pub(super) fn post_of_item(kb: &KnowledgeBase, id: &str) -> Option<PostId> {
    match table().get(id)? {
        Item::Post(key) => kb.post_by_key(key),
        Item::State(_) => None,
    }
}

/// The state that a file means: by item, code or name.
pub(super) fn state(kb: &KnowledgeBase, draft: &Draft, said: &str) -> Option<Code> {
    if said.is_empty() {
        return None;
    }
    let by_code = Code::parse(said).filter(|code| kb.state(*code).is_some());
    by_code
        .or_else(|| draft.states.get(said).copied().flatten())
        .or_else(|| state_of_item(said))
        .or_else(|| super::phrase::state(kb, draft.labels.get(said).map_or(said, String::as_str)))
}

/// The organisation that a file means: by item or name.
pub(super) fn organization(kb: &KnowledgeBase, draft: &Draft, said: &str) -> Option<OrganizationId> {
    if said.is_empty() {
        return None;
    }
    let ids = (0..kb.organizations().len() as u32).map(OrganizationId);
    let by_item = || ids.clone().find(|id| &*kb.organization(*id).wikidata == said);
    by_item().or_else(|| kb.organization_named(draft.labels.get(said).map_or(said, String::as_str)))
}

/// The one post of a body with a role, or with a role that this may stand for.
pub(super) fn only_post(kb: &KnowledgeBase, body: Body, role: RoleId) -> Option<PostId> {
    let mut own: Vec<PostId> = kb.posts_for(body, role).collect();
    own.sort();
    own.dedup();
    let exact: Vec<PostId> = own.iter().copied().filter(|id| kb.post(*id).role == role).collect();
    match (exact.as_slice(), own.as_slice()) {
        ([id], _) | ([], [id]) => Some(*id),
        _ => None,
    }
}

/// The post that heads a state, or its government, by its row.
pub(super) fn head_post(kb: &KnowledgeBase, state: Code, government: bool) -> Option<PostId> {
    let wanted = if government { "government" } else { "state" };
    let mut found = kb.posts().filter(|(_, post)| post.body() == Body::State(state) && (&*post.head == wanted || &*post.head == "both"));
    let (id, _) = found.next()?;
    found.next().is_none().then_some(id)
}
