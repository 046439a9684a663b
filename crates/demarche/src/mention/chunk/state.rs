//! States before a core or alone, and what looks like a state and is none.

use super::{Chunker, Seen, StateUse, Waiting, is_possessive};
use crate::{
    kb::{
        cue::Cue,
        phrase::{Meaning, NameUse},
    },
    mention::{Code, phrase::Few, scan::Item, word},
    token::{Rel, Shape, Tag},
};

impl<'a> Chunker<'a> {
    pub(super) fn state(&mut self, item: Item, (state, usage, sector): StateUse, seen: &Seen) -> usize {
        let code = self.kb.state_at(state).plover;
        let end = usize::from(item.end);
        if usage != NameUse::Adjective && self.is_part_of_other_name(item, seen) {
            self.flush();
            return self.skip_name(end);
        }
        let next = self.key(end);
        let possessive = is_possessive(next);
        let mut reach = end + usize::from(possessive);
        if possessive && next == word::APOSTROPHE && self.tokens[end].space_before {
            reach = end;
        }
        let usage = self.settle_usage(item, usage, seen, possessive);
        if !self.coordinates_with_waiting(usize::from(item.first)) {
            self.flush();
        }
        let alone = self.core_after(reach).is_none() && !self.adjective_follows(reach);
        let organization = seen.organization.filter(|_| usage == NameUse::Capital);
        self.waiting.push(Waiting { first: item.first, end: reach as u16, code, usage, sector, alone, is_place: false, organization });
        reach
    }

    /// A city or province: of its state is the title or agent that follows, "Busan's mayor", "Texas governor", "Peshawar traders".
    pub(super) fn place(&mut self, item: Item, code: Code) -> usize {
        let end = usize::from(item.end);
        let reach = end + usize::from(is_possessive(self.key(end)));
        let takes = |core: &Item| {
            let mut seen = Seen::default();
            core.meanings(self.kb, self.scan, self.tokens).for_each(|m| seen.note(m));
            seen.title.is_some() || seen.agent.is_some() || seen.source.is_some()
        };
        self.flush();
        if self.core_after(reach).is_some_and(|core| takes(&core)) {
            self.waiting.push(Waiting {
                first: item.first,
                end: reach as u16,
                code: self.kb.state(code).map_or(code, |state| state.plover),
                usage: NameUse::Name,
                sector: None,
                alone: false,
                is_place: true,
                organization: None,
            });
        }
        reach
    }

    /// Whether a name follows closely that makes this no state: "Georgia Smith", "Seoul National University".
    pub(super) fn is_part_of_other_name(&self, item: Item, seen: &Seen) -> bool {
        let end = usize::from(item.end);
        let first = usize::from(item.first);
        let Some(next) = self.tokens.get(end).filter(|t| t.space_before) else { return false };
        if self.kb.cues.word(self.key(end), Cue::NotInName) || self.coordinates_with_waiting(first) {
            return false;
        }
        let followed = next.tag == Tag::Propn
            && matches!(next.shape, Shape::Capital | Shape::Mixed)
            && self.scan.item(end).is_none()
            && !self.scan.shouted;
        if followed {
            let mut last = end;
            while self.tokens.get(last + 1).is_some_and(|t| t.tag == Tag::Propn && t.shape == Shape::Capital && t.space_before)
                && self.scan.item(last + 1).is_none()
            {
                last += 1;
            }
            let thing = (end..=last).any(|i| self.kb.cues.word(self.scan.keys[i], Cue::NamedThing));
            let single = item.end - item.first == 1;
            return thing || single && !seen.adjective && self.tokens[first].shape == Shape::Capital && next.rel == Rel::Flat;
        }
        if self.kb.cues.word(self.key(end), Cue::NamedThing) && next.shape == Shape::Capital && self.scan.item(end).is_none() {
            return true;
        }
        // "Michael Jordan", but not "President Jordan" nor a name after a verb that was taken for one.
        first > 0
            && item.end - item.first == 1
            && self.tokens[first].rel == Rel::Flat
            && self.tokens[first - 1].tag == Tag::Propn
            && self.tokens[first - 1].shape == Shape::Capital
            && self.scan.item(first - 1).is_none()
            && self.tokens[first].space_before
    }

    pub(super) fn skip_name(&self, mut at: usize) -> usize {
        while self.tokens.get(at).is_some_and(|t| t.tag == Tag::Propn && t.shape == Shape::Capital && t.space_before)
            && self.scan.item(at).is_none()
        {
            at += 1;
        }
        at
    }

    /// A form that may be adjective, name or people ("Chinese", "U.S.") is settled by what follows.
    pub(super) fn settle_usage(&self, item: Item, usage: NameUse, seen: &Seen, possessive: bool) -> NameUse {
        let end = usize::from(item.end);
        let modifies = self.tokens.get(end).is_some_and(|next| {
            next.tag.is_noun() || next.tag == Tag::Adj || matches!(next.rel, Rel::Amod | Rel::Compound) || next.tag == Tag::Num
        });
        match usage {
            NameUse::Name if seen.adjective && modifies && !possessive => NameUse::Adjective,
            NameUse::Adjective | NameUse::People if seen.adjective && seen.people => {
                let joined = self.key(end) == word::HYPHEN || self.key(end) == word::DASH;
                if modifies || possessive || joined || self.key(end) == word::AND && self.adjective_follows(end) {
                    NameUse::Adjective
                } else {
                    NameUse::People
                }
            }
            other => other,
        }
    }

    /// Whether "and", a comma or a hyphen joins the token to the states that wait.
    pub(super) fn coordinates_with_waiting(&self, at: usize) -> bool {
        let Some(last) = self.waiting.last() else { return false };
        if last.alone {
            return false;
        }
        let gap = &self.scan.keys[usize::from(last.end)..at];
        !gap.is_empty()
            && gap.len() <= 2
            && gap.iter().all(|k| matches!(*k, word::AND | word::COMMA | word::HYPHEN | word::DASH | word::SLASH))
    }

    /// Whether after "and", a comma or a hyphen another state stands that a core takes.
    pub(super) fn adjective_follows(&self, at: usize) -> bool {
        let mut next = at;
        while next < at + 2 && matches!(self.key(next), word::AND | word::COMMA | word::HYPHEN | word::DASH | word::SLASH) {
            next += 1;
        }
        if next == at {
            return false;
        }
        let Some(item) = self.scan.item_at(next) else { return false };
        let is_adjective = item
            .meanings(self.kb, self.scan, self.tokens)
            .any(|m| matches!(m, Meaning::State { usage: NameUse::Adjective | NameUse::Name, .. }));
        let end = usize::from(item.end);
        is_adjective && (self.core_after(end).is_some() || self.adjective_follows(end))
    }

    /// "of Japan", "of the Republic of Korea" at `at`: the state, and where it ends; with `places`, "of Louisiana" too.
    pub(super) fn of_state(&self, at: usize, places: bool) -> Option<(Code, usize)> {
        if self.key(at) != word::OF {
            return None;
        }
        let from = at + 1 + usize::from(self.key(at + 1) == word::THE);
        let item = self.scan.item_at(from)?;
        let end = usize::from(item.end);
        let modifies = self.is_hyphen(end)
            || self.tokens.get(end).is_some_and(|t| t.tag.is_noun() && t.space_before)
                && matches!(self.tokens[end - 1].rel, Rel::Compound | Rel::Amod)
                && usize::from(self.tokens[end - 1].head) >= end;
        if is_possessive(self.key(end)) || (modifies || self.core_after(end).is_some()) && self.name_run(end).is_none() {
            return None;
        }
        item.meanings(self.kb, self.scan, self.tokens).find_map(|meaning| match meaning {
            Meaning::State { state, usage: NameUse::Name, .. } => Some((self.kb.state_at(state).plover, end)),
            Meaning::Place(id) if places => self.kb.place(id).state.map(|code| (code, end)),
            _ => None,
        })
    }

    pub(super) fn states_before(&self, core: u16) -> Few<Code> {
        let anchor = self.organization_before(core).map_or(core, |(_, at, _)| at);
        if !self.states_reach(anchor) {
            return Few::NONE;
        }
        let mut codes = Few::NONE;
        self.waiting.iter().filter(|w| !w.alone).for_each(|w| codes.push(w.code));
        codes
    }

    pub(super) fn states_reach(&self, core: u16) -> bool {
        self.waiting.last().is_some_and(|last| !last.alone && self.only_fillers(usize::from(last.end), usize::from(core)))
    }
}
