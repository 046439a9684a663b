//! CAMEO actor codes → PLOVER: "AFGGOVMIL" is the government of AFG, "IGOWSTNAT" is NATO.

use std::{collections::BTreeMap, sync::OnceLock};

use crate::{kb::KnowledgeBase, mention::Code};

const TABLE: &str = include_str!("../../data/kb/cameo_codes.tsv");

/// What a group of three letters is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Role,
    Actor,
    Region,
    State,
    Religion,
    Body,
    Other,
}

struct Group {
    kind: Kind,
    plover: Option<Code>,
    sector: Option<Code>,
    key: &'static str,
}

/// What a whole code means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Actor {
    /// The state, or what stands for one: `UNO`, `EUR`, `IGO`, `NGO`, `MNC`, `IMG`.
    pub(super) code: Option<Code>,
    /// PLOVER sector.
    pub(super) sector: Option<Code>,
    /// Key of the organisation or group that the code names.
    pub(super) body: &'static str,
    /// Whether the code begins with a state.
    pub(super) of_state: bool,
    /// Whether it is of a region, or of nothing known.
    pub(super) vague: bool,
}

fn table() -> &'static BTreeMap<&'static str, Group> {
    static GROUPS: OnceLock<BTreeMap<&'static str, Group>> = OnceLock::new();
    GROUPS.get_or_init(|| {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
        rows.filter_map(|row| {
            let cells: Vec<&str> = row.split('\t').collect();
            let [code, _, kind, plover, sector, key, _] = cells.as_slice() else { return None };
            let kind = match *kind {
                "role" => Kind::Role,
                "actor" => Kind::Actor,
                "region" => Kind::Region,
                "state" => Kind::State,
                "religion" => Kind::Religion,
                "body" => Kind::Body,
                _ => Kind::Other,
            };
            Some((*code, Group { kind, plover: Code::parse(plover), sector: Code::parse(sector), key }))
        })
        .collect()
    })
}

/// Reads a code group by group; `None` when its first group is in no table, or the code is not made of groups of three.
pub(super) fn actor(kb: &KnowledgeBase, code: &str) -> Option<Actor> {
    let groups = groups(code)?;
    let (first, rest) = groups.split_first()?;
    let mut actor = Actor::default();
    let state = Code::parse(first).filter(|code| kb.state(*code).is_some());
    match (state, table().get(first)) {
        (Some(state), _) => {
            actor.code = Some(state);
            actor.of_state = true;
        }
        (None, Some(group)) => match group.kind {
            Kind::State => {
                actor.code = group.plover;
                actor.of_state = true;
            }
            Kind::Region | Kind::Other | Kind::Religion => actor.vague = true,
            Kind::Role => {
                actor.sector = group.sector;
                actor.vague = true;
            }
            Kind::Actor | Kind::Body => {
                actor.code = group.plover;
                actor.body = group.key;
                actor.sector = group.sector;
                actor.vague = group.plover.is_none();
            }
        },
        (None, None) => return None,
    }
    for name in rest {
        add(&mut actor, kb, name);
    }
    // Armed groups that belong to a region rather than to a state.
    let armed = ["REB", "UAF", "IMG"].iter().any(|name| actor.sector == Code::parse(name));
    if actor.code.is_none() && armed {
        actor.code = Some(Code(*b"IMG"));
        actor.vague = false;
    }
    Some(actor)
}

/// The PLOVER sector that a suffix of agents means: "~GOVMIL" is GOV.
pub(super) fn sector(suffix: &str) -> Option<Code> {
    let groups = groups(suffix)?;
    let sectors = |kind: Kind| groups.iter().find_map(move |name| table().get(name).filter(|group| group.kind == kind)?.sector);
    sectors(Kind::Role).or_else(|| sectors(Kind::Religion))
}

fn add(actor: &mut Actor, kb: &KnowledgeBase, name: &str) {
    let Some(group) = table().get(name) else {
        // "NGOUSA": the state comes second, and says where it is at home.
        return;
    };
    match group.kind {
        Kind::Role if actor.sector.is_none() => actor.sector = group.sector,
        Kind::Religion if actor.sector.is_none() && actor.of_state => actor.sector = group.sector,
        Kind::Body | Kind::Actor => {
            // The more exact name wins, but a state stays a state.
            if actor.body.is_empty() || actor.body == "un" {
                actor.body = if group.key.is_empty() { actor.body } else { group.key };
            }
            if !actor.of_state && group.plover.is_some() {
                actor.code = group.plover;
                actor.vague = false;
            }
            if actor.sector.is_none() && group.sector.is_some() && (actor.of_state || kb.organization_by_key(group.key).is_some()) {
                actor.sector = group.sector;
            }
        }
        _ => {}
    }
}

fn groups(code: &str) -> Option<Vec<&str>> {
    let fits = !code.is_empty() && code.len().is_multiple_of(3) && code.bytes().all(|b| b.is_ascii_uppercase());
    fits.then(|| (0..code.len() / 3).map(|index| &code[index * 3..index * 3 + 3]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn codes_are_read_group_by_group() {
        let kb = KnowledgeBase::embedded(&mut Vocabulary::new("")).unwrap();
        let shown = |code: &str| {
            actor(&kb, code).map(|actor| {
                let text = |code: Option<Code>| code.map_or("-".to_owned(), |code| code.as_str().to_owned());
                format!("{} {} {}{}", text(actor.code), text(actor.sector), actor.body, if actor.vague { "vague" } else { "" })
            })
        };
        for (code, expected) in [
            ("AFG", Some("AFG - ")),
            ("AFGGOVMIL", Some("AFG GOV ")),
            ("AFGINS", Some("AFG REB ")),
            ("KORMED", Some("KOR JRN ")),
            ("KORHLH", Some("KOR MED ")),
            ("ZARGOV", Some("COD GOV ")),
            ("IGOUNO", Some("UNO - un")),
            ("IGOUNOHLHWHO", Some("UNO MED who")),
            ("IGOWSTNAT", Some("IGO - nato")),
            ("IGOEUREEC", Some("EUR - eu")),
            ("PSEREBHMS", Some("PSE REB hamas")),
            ("MEAREB", Some("IMG REB ")),
            ("WEU", Some("- - vague")),
            ("ELI", Some("- ELI vague")),
            ("KKLREB", None),
            ("---", None),
            ("AFGG", None),
        ] {
            assert_eq!(shown(code).as_deref(), expected, "{code}");
        }
        assert_eq!(sector("GOVMED").map(|code| code.0), Some(*b"GOV"));
        assert_eq!(sector("CHRCTH").map(|code| code.0), Some(*b"REL"));
        assert_eq!(sector("XYZ"), None);
    }
}
