//! Agents and organisations, and how any core gathers what stands before and after it.

use super::{Chunker, Seen, is_possessive};
use crate::{
    kb::{OrganizationId, phrase::Nature},
    mention::{
        TitleQuality,
        phrase::{Core, Determiner, Few, Phrase, TitleUse},
        scan::{Item, What},
        word,
    },
    token::{Rel, Shape, Tag},
};

impl<'a> Chunker<'a> {
    pub(super) fn agent(&mut self, item: Item, agent: u16, plural: bool, seen: &Seen) -> usize {
        // "government officials", "police officers": the first noun only says what kind.
        if !plural && self.core_after(usize::from(item.end)).is_some_and(|core| core.first == item.end) {
            return usize::from(item.end);
        }
        // "to ship arms", "daily attacks"
        let last = &self.tokens[usize::from(item.end) - 1];
        let next_is_noun = self.tokens.get(usize::from(item.end)).is_some_and(|t| t.tag.is_noun() && t.space_before);
        if !plural && (matches!(last.tag, Tag::VerbBase | Tag::VerbGerund | Tag::VerbPast) || last.tag == Tag::Adj && next_is_noun) {
            return usize::from(item.end);
        }
        let states = self.states_before(item.first);
        let is_source =
            seen.source.is_some() && states.is_empty() && self.organization_before(item.first).is_none() && !self.of_follows(item);
        let former = self.take_quality(item.first) == TitleQuality::Former || self.written_quality(&item) == TitleQuality::Former;
        let hyphenated = self.is_hyphen(usize::from(item.end)) || item.first > 0 && self.is_hyphen(usize::from(item.first) - 1);
        if hyphenated && states.is_empty() && !plural {
            return usize::from(item.end); // "people-to-people", "military-technical"
        }
        if let Some((anaphor, first)) = self.plural_anaphor(item, agent, plural).filter(|_| states.is_empty()) {
            self.flush();
            self.push(first, item.end, Core::Anaphor(anaphor));
            return usize::from(item.end);
        }
        if self.kb.phrases.agents[usize::from(agent)].nature == Nature::Counterpart
            && let Some((name_end, known)) = self.name_run(usize::from(item.end))
        {
            return self.person_with_titles(item.first, usize::from(item.end), name_end, known, Few::NONE);
        }
        let core = match seen.source {
            Some(kind) if is_source => Core::Source(kind),
            _ => Core::Agent(agent),
        };
        let next = self.finish_core(item.first, usize::from(item.end), core, Few::NONE, plural);
        if let Some(phrase) = self.out.last_mut() {
            phrase.former = former;
        }
        next
    }

    /// A hyphen that joins two words.
    pub(super) fn is_hyphen(&self, at: usize) -> bool {
        matches!(self.key(at), word::HYPHEN | word::DASH) && self.tokens.get(at).is_some_and(|t| !t.space_before)
    }

    pub(super) fn of_follows(&self, item: Item) -> bool {
        self.of_state(usize::from(item.end), false).is_some()
    }

    /// Whether an organisation belongs to the states before it: "the US State Department", but no "Philippine Commerce Department".
    pub(super) fn is_of_waiting(&self, organization: OrganizationId, core: u16) -> bool {
        let states = self.states_before(core);
        states.is_empty() || states.iter().any(|s| self.kb.organization(organization).code == Some(s))
    }

    pub(super) fn organization(&mut self, item: Item, organization: OrganizationId) -> usize {
        let end = usize::from(item.end);
        let possessive = is_possessive(self.key(end));
        let reach = end + usize::from(possessive);
        let core_follows = self.core_after(reach).is_some_and(|core| {
            let mut seen = Seen::default();
            core.meanings(self.kb, self.scan, self.tokens).for_each(|m| seen.note(m));
            seen.title.is_some() || seen.agent.is_some() || seen.source.is_some()
        });
        if core_follows {
            if self.states_before(item.first).is_empty() {
                self.flush();
            }
            self.organization = Some((organization, item.first, reach as u16));
            return reach;
        }
        self.finish_core(item.first, end, Core::Organization(organization), Few::NONE, false)
    }

    /// Pushes a phrase with all that waits for it, and with "of Japan" after it.
    pub(super) fn finish_core(&mut self, first: u16, end: usize, core: Core, titles: Few<TitleUse>, plural: bool) -> usize {
        let mut start = first;
        let mut states = Few::NONE;
        let mut regional = false;
        let last_only = !plural;
        let organization = self.organization_before(first);
        let anchor = organization.map_or(first, |(_, at, _)| at);
        let possessor = self.possessor.filter(|(_, reach)| self.only_fillers(usize::from(*reach), usize::from(anchor)));
        if self.states_reach(anchor) {
            let waiting = std::mem::replace(&mut self.waiting, Few::NONE);
            // "the Bolivian-Chilean border committee" is of both.
            let joined = waiting.len() == 2 && waiting.first().is_some_and(|w| self.is_hyphen(usize::from(w.end)));
            let keep_from = if last_only && !joined { waiting.len() - 1 } else { 0 };
            for (i, state) in waiting.iter().enumerate() {
                // "the U.S.-EU relationship": an organisation is of no state but its own.
                let foreign = matches!(core, Core::Organization(id) if self.kb.organization(id).code != Some(state.code));
                if i >= keep_from && !state.alone && !foreign {
                    states.push(state.code);
                    regional |= state.is_place;
                    start = start.min(state.first);
                } else {
                    self.push_state(state);
                }
            }
        } else {
            self.flush_states();
        }
        if let Some((_, at, _)) = organization {
            start = start.min(at);
        }
        // "Former Prime Minister", "acting president": the qualifier belongs to it.
        if let Some((_, at, reach)) = self.qualifier.filter(|(_, at, _)| *at < first)
            && self.only_fillers(usize::from(reach), usize::from(first))
        {
            start = start.min(at);
        }
        self.organization = None;
        self.possessor = None;
        self.qualifier = None;
        let mut end = end;
        if states.is_empty()
            && possessor.is_none()
            && let Some((code, of_end)) = self.of_state(end, !matches!(core, Core::Agent(_)))
            && !matches!(core, Core::Source(_) | Core::Organization(_))
            && !(core == Core::Person && titles.is_empty())
        {
            states.push(code);
            end = of_end;
        }
        let determiner = self.determiner_before(usize::from(start));
        self.out.push(Phrase {
            sentence: self.sentence,
            first: start,
            end: end as u16,
            core,
            states,
            organization: organization.map(|(id, _, _)| id),
            possessor: possessor.map(|(index, _)| index),
            titles,
            name: None,
            name_keys: (0, 0),
            known: None,
            same_as: None,
            plural,
            regional,
            former: false,
            title_case: self.scan.title_case,
            determiner,
        });
        self.done = end;
        end
    }

    pub(super) fn organization_before(&self, core: u16) -> Option<(OrganizationId, u16, u16)> {
        self.organization.filter(|(_, _, reach)| self.only_fillers(usize::from(*reach), usize::from(core)))
    }

    /// The item of the title, agent or organisation that takes what ends at `at`; only words that may stand between them do.
    pub(super) fn core_after(&self, at: usize) -> Option<Item> {
        for next in at..(at + 5).min(self.tokens.len()) {
            if let Some(item) = self.scan.item_at(next) {
                if let What::Person(_) = item.what {
                    return (next == at).then_some(*item);
                }
                let mut seen = Seen::default();
                item.meanings(self.kb, self.scan, self.tokens).for_each(|m| seen.note(m));
                let organization = seen.organization.is_some() && seen.state.is_none();
                if seen.title.is_some() || seen.agent.is_some() || seen.source.is_some() || organization {
                    return Some(*item);
                }
                if seen.qualifier.is_some() {
                    continue;
                }
                return None;
            }
            if self.scan.item(next).is_some() {
                continue;
            }
            if !self.may_stand_before_core(next) {
                return None;
            }
        }
        None
    }

    /// Whether a word may stand between a state and the title or agent that it belongs to.
    pub(super) fn may_stand_before_core(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        match token.tag {
            Tag::Adj | Tag::Noun | Tag::Num | Tag::Adv => true,
            // "French MFA Secretary General"
            Tag::Propn => token.shape == Shape::Lower || token.rel == Rel::Compound || token.shape == Shape::Upper && token.span.len() <= 6,
            Tag::VerbParticiple | Tag::VerbGerund => matches!(token.rel, Rel::Amod | Rel::Compound),
            Tag::NounPlural => token.rel == Rel::Compound,
            _ => self.scan.keys[at] == word::HYPHEN,
        }
    }

    pub(super) fn only_fillers(&self, from: usize, to: usize) -> bool {
        from <= to
            && to - from <= 4
            && (from..to).all(|at| {
                let qualifier = self.qualifier.is_some_and(|(_, first, end)| (usize::from(first)..usize::from(end)).contains(&at));
                qualifier || self.may_stand_before_core(at)
            })
    }

    pub(super) fn determiner_before(&self, first: usize) -> Determiner {
        let mut at = first;
        for _ in 0..4 {
            if at == 0 {
                return Determiner::None;
            }
            at -= 1;
            match self.scan.keys[at] {
                word::THE | word::THIS | word::THAT | word::THESE | word::THOSE | word::BOTH => return Determiner::The,
                word::A | word::AN | word::ANOTHER | word::NO | word::ANY | word::EVERY | word::EACH | word::SOME => return Determiner::A,
                word::HIS | word::HER | word::THEIR | word::OUR | word::MY | word::ITS => return Determiner::Possessive(at as u16),
                _ if self.may_stand_before_core(at) && self.scan.item(at).is_none() => {}
                _ if self.qualifier.is_some_and(|(_, f, e)| (usize::from(f)..usize::from(e)).contains(&at)) => {}
                _ => return Determiner::None,
            }
        }
        Determiner::None
    }
}
