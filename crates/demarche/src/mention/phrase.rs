//! Items → noun phrases that name somebody: [`Phrase`]s, not yet led to entities.
//!
//! A phrase grows around a *core*: a title ("Prime Minister"), an agent ("officials"), an organisation, a person's name.
//! States, organisations and possessors before the core say whose it is and become part of the phrase; a state with no
//! core after it is a phrase of its own.

use crate::{
    kb::{
        KnowledgeBase, OrganizationId, StateId,
        cue::Cue,
        person::{NameMeaning, is_name_filler},
        phrase::{Meaning, NameUse, Nature, Qualifier},
        trie::{Node, Trie},
    },
    mention::{
        Code, TitleQuality,
        scan::{Item, Scan, What},
        word,
    },
    token::{Rel, Shape, Tag, Token},
};

/// A noun phrase that names somebody.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub(crate) sentence: u32,
    pub(crate) first: u16,
    pub(crate) end: u16,
    pub(crate) core: Core,
    /// The states that the phrase says it belongs to: "South Korean and Japanese officials".
    pub(crate) states: Few<Code>,
    /// The organisation before the core: "State Department official".
    pub(crate) organization: Option<OrganizationId>,
    /// The phrase of the person before it: "Yoon's envoy".
    pub(crate) possessor: Option<u32>,
    pub(crate) titles: Few<TitleUse>,
    /// The tokens of the personal name.
    pub(crate) name: Option<(u16, u16)>,
    /// The keys of the name's words, in [`Chunker::names`].
    pub(crate) name_keys: (u32, u32),
    /// The name's node among names, when the tables know the whole name.
    pub(crate) known: Option<Node>,
    /// Another phrase for the same entity, in apposition.
    pub(crate) same_as: Option<u32>,
    pub(crate) plural: bool,
    /// "former officials".
    pub(crate) former: bool,
    /// Whether the sentence has capitals throughout, as headlines may.
    pub(crate) title_case: bool,
    pub(crate) determiner: Determiner,
}

/// What a phrase is built around.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Core {
    State { code: Code, usage: NameUse, sector: Option<Code> },
    /// A personal name, with or without titles.
    Person,
    /// A title without a name.
    Title,
    /// Index of the agent.
    Agent(u16),
    Organization(OrganizationId),
    Source(u16),
    /// A word that stands for somebody named elsewhere.
    Anaphor(Anaphor),
}

/// What kind of somebody a word stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anaphor {
    He,
    She,
    They,
    /// "I", "my".
    Speaker,
    /// "we", "our".
    SpeakersSide,
    /// "it", "its": a state or organisation.
    It,
    /// "each other".
    EachOther,
    /// "the two leaders", "both men": so many persons, 0 for "the leaders".
    Persons(u8),
    /// "both sides", "the two countries": so many states, 0 for "the sides".
    States(u8),
    /// "the two": persons or states.
    Some(u8),
    /// "the North".
    North,
    /// "the South".
    South,
}

/// A title and how it is qualified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TitleUse {
    pub(crate) first: u16,
    pub(crate) end: u16,
    pub(crate) title: u16,
    pub(crate) quality: TitleQuality,
}

/// What stands before a noun phrase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Determiner {
    #[default]
    None,
    The,
    A,
    /// "his", "our": the token.
    Possessive(u16),
}

/// At most four of something, without an allocation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Few<T> {
    slots: [Option<T>; 4],
}

impl<T: Copy> Few<T> {
    pub(crate) const NONE: Few<T> = Few { slots: [None; 4] };

    pub(crate) fn one(value: T) -> Few<T> {
        Few { slots: [Some(value), None, None, None] }
    }

    /// Adds one more; a fifth is dropped.
    pub(crate) fn push(&mut self, value: T) {
        if let Some(slot) = self.slots.iter_mut().find(|slot| slot.is_none()) {
            *slot = Some(value);
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = T> {
        self.slots.into_iter().flatten()
    }

    pub(crate) fn first(&self) -> Option<T> {
        self.slots[0]
    }

    pub(crate) fn last(&self) -> Option<T> {
        self.iter().last()
    }

    pub(crate) fn len(&self) -> usize {
        self.iter().count()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.slots[0].is_none()
    }
}

/// A state that waits for the core it belongs to.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    first: u16,
    end: u16,
    code: Code,
    usage: NameUse,
    sector: Option<Code>,
    /// Whether it is one that a core may take ("Japanese", "Japan's", "U.S."), or stands alone.
    alone: bool,
}

/// Reads the phrases of one sentence.
pub(crate) struct Chunker<'a> {
    pub(crate) kb: &'a KnowledgeBase,
    pub(crate) scan: &'a Scan,
    pub(crate) tokens: &'a [Token],
    pub(crate) text: &'a str,
    pub(crate) sentence: u32,
    pub(crate) out: &'a mut Vec<Phrase>,
    pub(crate) names: &'a mut Vec<u32>,
    waiting: Few<Waiting>,
    organization: Option<(OrganizationId, u16, u16)>,
    possessor: Option<(u32, u16)>,
    qualifier: Option<(Qualifier, u16, u16)>,
    /// Where the tokens before the next core may begin to matter: nothing before it is looked at again.
    done: usize,
}

impl<'a> Chunker<'a> {
    pub(crate) fn new(
        kb: &'a KnowledgeBase,
        scan: &'a Scan,
        tokens: &'a [Token],
        text: &'a str,
        sentence: u32,
        out: &'a mut Vec<Phrase>,
        names: &'a mut Vec<u32>,
    ) -> Chunker<'a> {
        Chunker {
            kb,
            scan,
            tokens,
            text,
            sentence,
            out,
            names,
            waiting: Few::NONE,
            organization: None,
            possessor: None,
            qualifier: None,
            done: 0,
        }
    }

    /// Appends the sentence's phrases, in text order.
    pub(crate) fn read(&mut self) {
        let begin = self.out.len();
        let mut at = 0;
        while at < self.tokens.len() {
            at = match self.scan.item_at(at).copied() {
                Some(item) => self.item(item),
                None if self.anaphor_at(at).is_some() => self.anaphor(at),
                None if self.may_begin_name(at) => self.bare_name(at),
                None => at + 1,
            };
        }
        self.flush();
        order(self.out, begin);
        self.link_appositions(begin);
    }

    fn item(&mut self, item: Item) -> usize {
        let end = usize::from(item.end);
        if let What::Person(node) = item.what {
            return self.person(item.first, item.end, Some(node), Few::NONE);
        }
        let mut seen = Seen::default();
        for meaning in item.meanings(self.kb, self.scan, self.tokens) {
            seen.note(meaning);
        }
        if let Some((qualifier, _)) = seen.qualifier.filter(|_| !seen.is_core()) {
            self.qualifier = Some((qualifier, item.first, item.end));
            return end;
        }
        if seen.other_name {
            self.flush();
            return end;
        }
        if let Some((title, plural)) = seen.title.map(|(t, p)| (self.best_title(item, t), p))
            && self.title_leads(item, &seen, plural)
        {
            return self.title(item, title, plural, &seen);
        }
        if let Some(organization) = seen.organization
            && seen.agent.is_some()
            && self.is_of_waiting(organization, item.first)
        {
            return self.organization(item, organization);
        }
        if let Some((agent, plural)) = seen.agent {
            return self.agent(item, agent, plural, &seen);
        }
        if let Some(state) = seen.state {
            return self.state(item, state, &seen);
        }
        if let Some(organization) = seen.organization {
            return self.organization(item, organization);
        }
        if let Some(kind) = seen.source {
            return self.finish_core(item.first, end, Core::Source(kind), Few::NONE, true);
        }
        if let Some((title, plural)) = seen.title {
            return self.title(item, title, plural, &seen);
        }
        self.flush();
        end
    }

    /// Whether an organisation belongs to the states before it: "the US State Department", but no "Philippine Commerce Department".
    fn is_of_waiting(&self, organization: OrganizationId, core: u16) -> bool {
        let states = self.states_before(core);
        states.is_empty() || states.iter().any(|s| self.kb.organization(organization).code == Some(s))
    }

    /// Of several titles that are written so, the one whose scope fits the states before it.
    fn best_title(&self, item: Item, fallback: u16) -> u16 {
        let states = self.states_before(item.first);
        let mut best = (fallback, 0);
        for meaning in item.meanings(self.kb, self.scan, self.tokens) {
            if let Meaning::Title(id, _) = meaning {
                let score = match self.kb.phrases.titles[usize::from(id)].scope {
                    Some(scope) if states.iter().any(|s| s == scope) => 2,
                    None => 1,
                    Some(_) => 0,
                };
                if score > best.1 {
                    best = (id, score);
                }
            }
        }
        best.0
    }

    /// Whether a phrase that is both title and agent is the title: a name follows it, or it stands for one person.
    fn title_leads(&self, item: Item, seen: &Seen, plural: bool) -> bool {
        if seen.agent.is_none() {
            return seen.state.is_none() || self.name_run(usize::from(item.end)).is_some();
        }
        let level = seen.title.map(|(id, _)| self.kb.phrases.titles[usize::from(id)].level);
        let singular = !plural && level.is_some_and(|level| level <= crate::kb::Level::Envoy);
        singular || self.name_run(usize::from(item.end)).is_some()
    }

    // ---- states ----

    fn state(&mut self, item: Item, (state, usage, sector): StateUse, seen: &Seen) -> usize {
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
        self.waiting.push(Waiting { first: item.first, end: reach as u16, code, usage, sector, alone });
        reach
    }

    /// Whether a name follows closely that makes this no state: "Georgia Smith", "Seoul National University".
    fn is_part_of_other_name(&self, item: Item, seen: &Seen) -> bool {
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

    fn skip_name(&self, mut at: usize) -> usize {
        while self.tokens.get(at).is_some_and(|t| t.tag == Tag::Propn && t.shape == Shape::Capital && t.space_before)
            && self.scan.item(at).is_none()
        {
            at += 1;
        }
        at
    }

    /// A form that may be adjective, name or people ("Chinese", "U.S.") is settled by what follows.
    fn settle_usage(&self, item: Item, usage: NameUse, seen: &Seen, possessive: bool) -> NameUse {
        let end = usize::from(item.end);
        let modifies = self.tokens.get(end).is_some_and(|next| {
            next.tag.is_noun() || next.tag == Tag::Adj || matches!(next.rel, Rel::Amod | Rel::Compound) || next.tag == Tag::Num
        });
        match usage {
            NameUse::Name if seen.adjective && modifies && !possessive => NameUse::Adjective,
            NameUse::Adjective | NameUse::People if seen.adjective && seen.people => {
                if modifies || possessive || self.key(end) == word::HYPHEN || self.key(end) == word::DASH {
                    NameUse::Adjective
                } else if self.key(end) == word::AND && self.adjective_follows(end) {
                    NameUse::Adjective
                } else {
                    NameUse::People
                }
            }
            other => other,
        }
    }

    /// Whether "and", a comma or a hyphen joins the token to the states that wait.
    fn coordinates_with_waiting(&self, at: usize) -> bool {
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
    fn adjective_follows(&self, at: usize) -> bool {
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

    /// The item of the title, agent or organisation that takes what ends at `at`; only words that may stand between them do.
    fn core_after(&self, at: usize) -> Option<Item> {
        for next in at..(at + 5).min(self.tokens.len()) {
            if let Some(item) = self.scan.item_at(next) {
                if let What::Person(_) = item.what {
                    return (next == at).then_some(*item);
                }
                let mut seen = Seen::default();
                item.meanings(self.kb, self.scan, self.tokens).for_each(|m| seen.note(m));
                if seen.title.is_some() || seen.agent.is_some() || seen.source.is_some() || seen.organization.is_some() {
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
    fn may_stand_before_core(&self, at: usize) -> bool {
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

    // ---- cores ----

    fn title(&mut self, item: Item, title: u16, plural: bool, seen: &Seen) -> usize {
        let mut quality = self.take_quality(item.first);
        if quality == TitleQuality::Holds {
            quality = self.written_quality(&item);
        }
        let mut titles = Few::one(TitleUse { first: item.first, end: item.end, title, quality });
        let mut end = usize::from(item.end);
        end = self.quality_after(end, &mut titles);
        if plural {
            let core = seen.agent.map_or(Core::Title, |(agent, _)| Core::Agent(agent));
            return self.finish_core(item.first, end, core, titles, true);
        }
        // "Vice Premier and Foreign Minister Wang": a chain of titles counts only when a name ends it.
        let (chain_end, chain) = self.title_chain(end, titles);
        if self.name_run(chain_end).is_some() {
            (end, titles) = (chain_end, chain);
        }
        if let Some((name_end, known)) = self.name_run(end) {
            return self.person_with_titles(item.first, end, name_end, known, titles);
        }
        // "President of South Korea Lee Jae-myung", "Foreign Minister of Japan"
        if let Some((of, of_end)) = self.of_state(end, true) {
            if let Some((name_end, known)) = self.name_run(of_end) {
                let next = self.person_with_titles(item.first, of_end, name_end, known, titles);
                if let Some(phrase) = self.out.last_mut() {
                    phrase.states = Few::one(of);
                }
                return next;
            }
        }
        if let Some((name, name_end, known)) = self.name_after_field(end) {
            return self.person_with_titles(item.first, name, name_end, known, titles);
        }
        let is_courtesy = self.kb.role_name(self.kb.phrases.titles[usize::from(title)].role) == "courtesy";
        if is_courtesy {
            self.flush();
            return end;
        }
        self.finish_core(item.first, end, Core::Title, titles, false)
    }

    /// "ex-president" is one word.
    fn written_quality(&self, item: &Item) -> TitleQuality {
        let form = self.tokens[usize::from(item.first)].span.of(self.text);
        if form.starts_with("ex-") || form.starts_with("Ex-") { TitleQuality::Former } else { TitleQuality::Holds }
    }

    fn title_chain(&self, end: usize, titles: Few<TitleUse>) -> (usize, Few<TitleUse>) {
        let (mut end, mut titles) = (end, titles);
        while titles.len() < 4 {
            let mut next = end;
            while next < end + 2 && matches!(self.key(next), word::AND | word::COMMA | word::AMPERSAND | word::SLASH) {
                next += 1;
            }
            let Some(item) = self.scan.item_at(next).copied() else { break };
            let quality = self.written_quality(&item);
            let mut found = None;
            for meaning in item.meanings(self.kb, self.scan, self.tokens) {
                match meaning {
                    Meaning::Title(id, false) => found = found.or(Some(id)),
                    _ => {}
                }
            }
            let Some(title) = found else { break };
            titles.push(TitleUse { first: item.first, end: item.end, title, quality });
            end = self.quality_after(usize::from(item.end), &mut titles);
        }
        (end, titles)
    }

    /// "President-elect": the quality that follows a title.
    fn quality_after(&self, end: usize, titles: &mut Few<TitleUse>) -> usize {
        let Some(item) = self.scan.item_at(end) else { return end };
        if !matches!(self.key(end), word::HYPHEN) && item.end - item.first > 1 {
            return end;
        }
        for meaning in item.meanings(self.kb, self.scan, self.tokens) {
            if let Meaning::Qualifier(Qualifier::Quality(quality)) = meaning
                && (self.key(end) == word::HYPHEN || matches!(quality, TitleQuality::Elect | TitleQuality::Designate))
            {
                let mut with = Few::NONE;
                let count = titles.len();
                for (i, mut title) in titles.iter().enumerate() {
                    if i + 1 == count {
                        title.quality = quality;
                        title.end = item.end;
                    }
                    with.push(title);
                }
                *titles = with;
                return usize::from(item.end);
            }
        }
        end
    }

    fn agent(&mut self, item: Item, agent: u16, plural: bool, seen: &Seen) -> usize {
        // "government officials", "police officers": the first noun only says what kind.
        if !plural && self.core_after(usize::from(item.end)).is_some_and(|core| core.first == item.end) {
            return usize::from(item.end);
        }
        let states = self.states_before(item.first);
        let is_source = seen.source.is_some() && states.is_empty() && self.organization_before(item.first).is_none() && !self.of_follows(item);
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
    fn is_hyphen(&self, at: usize) -> bool {
        matches!(self.key(at), word::HYPHEN | word::DASH) && self.tokens.get(at).is_some_and(|t| !t.space_before)
    }

    fn of_follows(&self, item: Item) -> bool {
        self.of_state(usize::from(item.end), false).is_some()
    }

    fn organization(&mut self, item: Item, organization: OrganizationId) -> usize {
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

    fn person(&mut self, first: u16, end: u16, known: Option<Node>, titles: Few<TitleUse>) -> usize {
        self.person_with_titles(first, usize::from(first), usize::from(end), known, titles)
    }

    /// A name, at `name..end`, after titles that begin at `first`.
    fn person_with_titles(&mut self, first: u16, name: usize, end: usize, known: Option<Node>, titles: Few<TitleUse>) -> usize {
        let end = self.after_suffix(end);
        let next = self.finish_core(first, end, Core::Person, titles, false);
        let index = self.out.len() as u32 - 1;
        let phrase = self.out.last_mut().expect("finish_core has just pushed it");
        phrase.name = Some((name as u16, end as u16));
        let keys = self.names.len() as u32;
        for at in name..end {
            if !is_name_filler(self.tokens[at].span.of(self.text)) {
                self.names.push(self.scan.keys[at]);
            }
        }
        phrase.name_keys = (keys, self.names.len() as u32);
        phrase.known = known;
        if is_possessive(self.key(next)) {
            self.possessor = Some((index, next as u16 + 1));
            return next + 1;
        }
        next
    }

    /// "Minister of State for Europe James Cleverly": the name after what a title is for. Only a name that the tables know, or one
    /// with an initial, shows where the field ends.
    fn name_after_field(&self, end: usize) -> Option<(usize, usize, Option<Node>)> {
        if !matches!(self.key(end), word::FOR | word::OF | word::ON) {
            return None;
        }
        for at in end + 1..(end + 14).min(self.tokens.len()) {
            let token = &self.tokens[at];
            if let Some(Item { what: What::Person(node), end, .. }) = self.scan.item_at(at) {
                return Some((at, usize::from(*end), Some(*node)));
            }
            let initial = self.tokens.get(at + 1).filter(|t| t.shape == Shape::Capital && t.span.len() == 2 && t.space_before);
            if initial.is_some_and(|t| t.span.of(self.text).ends_with('.')) && token.shape == Shape::Capital && token.tag == Tag::Propn {
                return self.name_run(at).map(|(end, known)| (at, end, known));
            }
            let field = matches!(token.shape, Shape::Capital | Shape::Upper | Shape::Mixed)
                || matches!(self.scan.keys[at], word::AND | word::OF | word::THE | word::FOR | word::COMMA | word::HYPHEN);
            if !field {
                return None;
            }
        }
        None
    }

    /// ", Jr." after a name.
    fn after_suffix(&self, end: usize) -> usize {
        let at = if self.key(end) == word::COMMA { end + 1 } else { end };
        if matches!(self.key(at), word::JR | word::JR_BARE | word::SR) { at + 1 } else { end }
    }

    /// Pushes a phrase with all that waits for it, and with "of Japan" after it.
    fn finish_core(&mut self, first: u16, end: usize, core: Core, titles: Few<TitleUse>, plural: bool) -> usize {
        let mut start = first;
        let mut states = Few::NONE;
        let last_only = !plural;
        let organization = self.organization_before(first);
        let anchor = organization.map_or(first, |(_, at, _)| at);
        let possessor = self.possessor.filter(|(_, reach)| self.only_fillers(usize::from(*reach), usize::from(anchor)));
        if self.states_reach(anchor) {
            let waiting = std::mem::replace(&mut self.waiting, Few::NONE);
            let keep_from = if last_only { waiting.len() - 1 } else { 0 };
            for (i, state) in waiting.iter().enumerate() {
                // "the U.S.-EU relationship": an organisation is of no state but its own.
                let foreign = matches!(core, Core::Organization(id) if self.kb.organization(id).code != Some(state.code));
                if i >= keep_from && !state.alone && !foreign {
                    states.push(state.code);
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
            former: false,
            title_case: self.scan.title_case,
            determiner,
        });
        self.done = end;
        end
    }

    /// "of Japan", "of the Republic of Korea" at `at`: the state, and where it ends; with `places`, "of Louisiana" too.
    fn of_state(&self, at: usize, places: bool) -> Option<(Code, usize)> {
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

    fn states_before(&self, core: u16) -> Few<Code> {
        let anchor = self.organization_before(core).map_or(core, |(_, at, _)| at);
        if !self.states_reach(anchor) {
            return Few::NONE;
        }
        let mut codes = Few::NONE;
        self.waiting.iter().filter(|w| !w.alone).for_each(|w| codes.push(w.code));
        codes
    }

    fn states_reach(&self, core: u16) -> bool {
        self.waiting.last().is_some_and(|last| !last.alone && self.only_fillers(usize::from(last.end), usize::from(core)))
    }

    fn organization_before(&self, core: u16) -> Option<(OrganizationId, u16, u16)> {
        self.organization.filter(|(_, _, reach)| self.only_fillers(usize::from(*reach), usize::from(core)))
    }

    fn only_fillers(&self, from: usize, to: usize) -> bool {
        from <= to
            && to - from <= 4
            && (from..to).all(|at| {
                let qualifier = self.qualifier.is_some_and(|(_, first, end)| (usize::from(first)..usize::from(end)).contains(&at));
                qualifier || self.may_stand_before_core(at)
            })
    }

    /// The quality that a qualifier before the title gives it, the qualifier used up.
    fn take_quality(&mut self, title: u16) -> TitleQuality {
        match self.qualifier {
            Some((qualifier, _, end)) if self.only_fillers(usize::from(end), usize::from(title)) => match qualifier {
                Qualifier::Quality(quality) => quality,
                Qualifier::Outgoing => TitleQuality::Holds,
                Qualifier::Deputy => TitleQuality::Deputy,
            },
            _ => TitleQuality::Holds,
        }
    }

    fn determiner_before(&self, first: usize) -> Determiner {
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

    // ---- names ----

    fn may_begin_name(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        matches!(token.shape, Shape::Capital | Shape::Mixed | Shape::Upper) && matches!(token.tag, Tag::Propn | Tag::X | Tag::Noun)
    }

    /// A run of capitalised words that no table names; whether it is a person shows later.
    fn bare_name(&mut self, at: usize) -> usize {
        match self.name_run(at) {
            Some((end, known)) => {
                // "South Korea's Lee" is one phrase, "Japan's Sony" is not.
                let is_person = known.is_some() || self.kb.people.names.step(Trie::<NameMeaning>::ROOT, self.scan.keys[at]).is_some();
                if !is_person || self.waiting.last().is_some_and(|w| usize::from(w.end) != at) {
                    self.flush();
                }
                self.person(at as u16, end as u16, known, Few::NONE)
            }
            None => at + 1,
        }
    }

    /// Where the personal name that begins at `at` ends, and its node if the tables know it whole.
    pub(crate) fn name_run(&self, at: usize) -> Option<(usize, Option<Node>)> {
        let first = self.tokens.get(at)?;
        if let Some(item) = self.scan.item(at) {
            if let What::Person(node) = item.what {
                return (usize::from(item.first) == at).then(|| (usize::from(item.end), Some(node)));
            }
            // "Chad Smith" after a title: a state's name with a name after it.
            let lone_state = item.end - item.first == 1
                && item.meanings(self.kb, self.scan, self.tokens).any(|m| matches!(m, Meaning::State { .. } | Meaning::Place(_)))
                && self.tokens.get(at + 1).is_some_and(|t| t.tag == Tag::Propn && t.shape == Shape::Capital && t.space_before)
                && self.scan.item(at + 1).is_none()
                && !self.kb.cues.word(self.key(at + 1), Cue::NamedThing);
            if !lone_state {
                return None;
            }
        }
        if !matches!(first.shape, Shape::Capital | Shape::Mixed | Shape::Upper)
            || !is_nameable(first.tag)
            || self.kb.cues.word(self.scan.keys[at], Cue::NotInName)
            || is_date_word(self.scan.keys[at])
        {
            return None;
        }
        let mut end = at + 1;
        let mut words = 1;
        while words < 6 {
            let Some(next) = self.tokens.get(end) else { break };
            let key = self.scan.keys[end];
            if matches!(key, word::HYPHEN) && !next.space_before && self.tokens.get(end + 1).is_some_and(|t| !t.space_before && t.shape != Shape::Number && t.shape != Shape::Punctuation) {
                // "Jae-myung", but not "Trump-led".
                if self.tokens[end + 1].shape == Shape::Lower && !self.tokens[end + 1].tag.is_noun() && self.tokens[end + 1].tag != Tag::X {
                    break;
                }
                end += 2;
                continue;
            }
            if !next.space_before || self.scan.item(end).is_some() {
                break;
            }
            let capital = matches!(next.shape, Shape::Capital | Shape::Mixed | Shape::Upper);
            if self.kb.cues.word(key, Cue::NotInName) {
                break;
            }
            if capital && is_nameable(next.tag) && next.tag != Tag::Noun {
                end += 1;
                words += 1;
            } else if is_particle(key) && self.tokens.get(end + 1).is_some_and(|t| matches!(t.shape, Shape::Capital | Shape::Mixed)) && self.scan.item(end + 1).is_none() {
                end += 2;
                words += 1;
            } else {
                break;
            }
        }
        Some((end, None))
    }

    // ---- anaphors ----

    fn anaphor(&mut self, at: usize) -> usize {
        let (anaphor, end) = self.anaphor_at(at).expect("the caller has asked");
        self.flush();
        self.push(at as u16, end as u16, Core::Anaphor(anaphor));
        end
    }

    /// A pronoun, "each other", "the two", "the North" at a token, and where it ends.
    fn anaphor_at(&self, at: usize) -> Option<(Anaphor, usize)> {
        let key = self.scan.keys[at];
        let next = self.key(at + 1);
        let pronoun = match key {
            word::HE | word::HIM | word::HIS | word::HIMSELF => Anaphor::He,
            word::SHE | word::HER | word::HERS | word::HERSELF => Anaphor::She,
            word::THEY | word::THEM | word::THEIR | word::THEMSELVES => Anaphor::They,
            word::I | word::ME | word::MY | word::MYSELF => Anaphor::Speaker,
            word::WE | word::OUR | word::OURS | word::OURSELVES => Anaphor::SpeakersSide,
            word::US if self.tokens[at].shape == Shape::Lower => Anaphor::SpeakersSide,
            word::ITS | word::ITSELF => Anaphor::It,
            word::IT if matches!(self.tokens[at].rel, Rel::Nsubj) => Anaphor::It,
            word::EACH if next == word::OTHER => return Some((Anaphor::EachOther, at + 2)),
            word::ONE if next == word::ANOTHER => return Some((Anaphor::EachOther, at + 2)),
            word::THE if matches!(next, word::TWO | word::THREE | word::FOUR | word::PAIR | word::DUO) && self.stands_alone(at + 1) => {
                return Some((Anaphor::Some(number(next)), at + 2));
            }
            word::BOTH if self.stands_alone(at) && self.key(at + 1) != word::OF => return Some((Anaphor::Some(2), at + 1)),
            word::THE if matches!(next, word::NORTH | word::SOUTH) && self.is_korea(at + 1) => {
                return Some((if next == word::NORTH { Anaphor::North } else { Anaphor::South }, at + 2));
            }
            word::THE if next == word::PARTICIPANTS => return Some((Anaphor::Persons(0), at + 2)),
            word::BOTH | word::TWO if matches!(next, word::MEN | word::WOMEN) => return Some((Anaphor::Persons(2), at + 2)),
            word::THE if next == word::TWO && matches!(self.key(at + 2), word::MEN | word::WOMEN) => return Some((Anaphor::Persons(2), at + 3)),
            _ => return None,
        };
        Some((pronoun, at + 1))
    }

    /// "the two", "both" with no noun after it, "both agreed" but not "both sides" nor "both Seoul and Tokyo".
    fn stands_alone(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return true };
        let key = self.scan.keys[at + 1];
        !(next.tag.is_noun() || matches!(next.tag, Tag::Adj | Tag::Num | Tag::Det | Tag::Pron) || key == word::HYPHEN)
            && self.scan.item(at + 1).is_none()
            && !(key == word::THE || key == word::IN && self.scan.keys[at] == word::BOTH)
    }

    /// "the North": capitalised, and no "North Sea", "north of".
    fn is_korea(&self, at: usize) -> bool {
        self.tokens[at].shape == Shape::Capital
            && !self.tokens.get(at + 1).is_some_and(|next| next.shape == Shape::Capital && next.space_before)
            && !(self.key(at + 1) == word::OF && self.tokens.get(at + 2).is_none_or(|t| t.tag != Tag::VerbGerund))
    }

    /// "the two leaders", "both sides": a plural that stands for those named before, and where it begins.
    fn plural_anaphor(&self, item: Item, agent: u16, plural: bool) -> Option<(Anaphor, u16)> {
        let key = self.scan.keys[usize::from(item.first)];
        if !plural || item.end - item.first != 1 || self.qualifier.is_some() {
            return None;
        }
        let _ = agent;
        let mut first = usize::from(item.first);
        let mut count = None;
        let mut definite = false;
        while first > 0 && usize::from(item.first) - first < 4 {
            match self.scan.keys[first - 1] {
                word::BOTH => count = Some(2),
                word::TWO | word::THREE | word::FOUR | word::FIVE | word::SEVEN => count = Some(number(self.scan.keys[first - 1])),
                word::THE | word::THESE | word::THOSE | word::OUR | word::THEIR | word::ALL => definite = true,
                _ => break,
            }
            first -= 1;
        }
        let count = match count {
            Some(count) if definite || count == 2 || self.scan.keys[first] == word::BOTH => count,
            None if definite => 0,
            _ => return None,
        };
        let anaphor = match key {
            word::LEADERS | word::PRESIDENTS | word::MINISTERS => Anaphor::Persons(count),
            word::SIDES | word::COUNTRIES | word::NATIONS | word::GOVERNMENTS | word::STATES | word::ALLIES | word::NEIGHBORS
            | word::NEIGHBOURS | word::CAPITALS | word::PARTNERS | word::DELEGATIONS => {
                // "the countries", "the nations" may be any; "the sides" are those who talk.
                if count == 0 && !matches!(key, word::SIDES | word::ALLIES) {
                    return None;
                }
                Anaphor::States(count)
            }
            word::PARTIES | word::OFFICIALS if count > 0 => Anaphor::States(count),
            _ => return None,
        };
        Some((anaphor, first as u16))
    }

    // ---- apposition ----

    /// Binds "Takaichi, Japan's prime minister," and "the envoy, Lee Jun-seok," into one.
    fn link_appositions(&mut self, begin: usize) {
        for index in begin + 1..self.out.len() {
            let (before, phrase) = (&self.out[index - 1], &self.out[index]);
            let previous = if matches!(before.core, Core::State { .. }) && index >= begin + 2 { index - 2 } else { index - 1 };
            let before = &self.out[previous];
            if self.key(usize::from(before.end)) != word::COMMA || !self.closes(usize::from(phrase.end)) {
                continue;
            }
            let is_title = |p: &Phrase| p.core == Core::Title && !p.plural || matches!(p.core, Core::Agent(a) if self.kb.phrases.agents[usize::from(a)].nature == Nature::Counterpart && !p.plural);
            if before.core == Core::Person && is_title(phrase) && self.only_appositive(usize::from(before.end) + 1, usize::from(phrase.first)) {
                self.out[index].same_as = Some(previous as u32);
            } else if is_title(before)
                && phrase.core == Core::Person
                && phrase.titles.is_empty()
                && usize::from(phrase.first) == usize::from(before.end) + 1
                && before.same_as.is_none()
                && (before.determiner != Determiner::None || !before.states.is_empty() || before.possessor.is_some())
            {
                self.out[previous].same_as = Some(index as u32);
            }
        }
    }

    /// Whether an apposition may end before a token: at a comma, a full stop, a bracket, a dash or the sentence's end.
    fn closes(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|t| t.tag == Tag::Punct && !matches!(self.scan.keys[at], word::HYPHEN)) || matches!(self.key(at), word::WHO)
    }

    /// Whether only an article, adjectives and an age stand there: ", 64, a former" before "foreign minister".
    fn only_appositive(&self, from: usize, to: usize) -> bool {
        from <= to
            && to - from <= 5
            && (from..to).all(|at| {
                matches!(self.scan.keys[at], word::THE | word::A | word::AN | word::COMMA | word::HIS | word::HER | word::ITS | word::THEIR)
                    || self.may_stand_before_core(at)
                    || self.scan.item(at).is_some_and(|item| usize::from(item.end) <= to)
            })
    }

    // ---- flushing ----

    /// States and the organisation that no core took become phrases of their own.
    fn flush(&mut self) {
        self.flush_states();
        if let Some((organization, first, reach)) = self.organization.take() {
            let end = if is_possessive(self.key(usize::from(reach) - 1)) { reach - 1 } else { reach };
            self.push(first, end, Core::Organization(organization));
        }
        self.possessor = None;
        self.qualifier = None;
    }

    fn flush_states(&mut self) {
        let waiting = std::mem::replace(&mut self.waiting, Few::NONE);
        waiting.iter().for_each(|state| self.push_state(state));
    }

    fn push_state(&mut self, state: Waiting) {
        let end = if is_possessive(self.key(usize::from(state.end) - 1)) { state.end - 1 } else { state.end };
        self.push(state.first, end, Core::State { code: state.code, usage: state.usage, sector: state.sector });
    }

    fn push(&mut self, first: u16, end: u16, core: Core) {
        let determiner = self.determiner_before(usize::from(first));
        self.out.push(Phrase {
            sentence: self.sentence,
            first,
            end,
            core,
            states: Few::NONE,
            organization: None,
            possessor: None,
            titles: Few::NONE,
            name: None,
            name_keys: (0, 0),
            known: None,
            same_as: None,
            plural: false,
            former: false,
            title_case: self.scan.title_case,
            determiner,
        });
    }

    fn key(&self, at: usize) -> u32 {
        self.scan.keys.get(at).copied().unwrap_or(0)
    }
}

fn is_nameable(tag: Tag) -> bool {
    matches!(tag, Tag::Propn | Tag::X | Tag::Noun)
}

/// "Today", "Monday", "January"; "May" and "March" may be names.
fn is_date_word(key: u32) -> bool {
    use super::date::Word;
    matches!(super::date::word_class(key), Some(Word::Month { sure: true, .. } | Word::Weekday(_) | Word::Today(_)))
}

fn is_particle(key: u32) -> bool {
    matches!(
        key,
        word::BIN | word::IBN | word::AL | word::EL | word::DE | word::DA | word::DOS | word::DEL | word::LA | word::VAN | word::VON
            | word::DER | word::DEN | word::UL | word::UR | word::BINT | word::BEN | word::TER | word::DI | word::DU | word::LE | word::ABU
    )
}

pub(crate) fn is_possessive(key: u32) -> bool {
    matches!(key, word::POSSESSIVE | word::POSSESSIVE_CURLY | word::APOSTROPHE | word::APOSTROPHE_CURLY)
}

type StateUse = (StateId, NameUse, Option<Code>);

/// The meanings of one item, sorted.
#[derive(Default)]
struct Seen {
    state: Option<StateUse>,
    adjective: bool,
    people: bool,
    organization: Option<OrganizationId>,
    title: Option<(u16, bool)>,
    agent: Option<(u16, bool)>,
    source: Option<u16>,
    qualifier: Option<(Qualifier, ())>,
    other_name: bool,
}

fn rank(usage: NameUse) -> u8 {
    match usage {
        NameUse::Name => 0,
        NameUse::Adjective => 1,
        NameUse::People => 2,
        NameUse::Capital => 3,
        NameUse::Metonym => 4,
    }
}

impl Seen {
    fn note(&mut self, meaning: Meaning) {
        match meaning {
            Meaning::State { state, usage, sector } => {
                self.adjective |= usage == NameUse::Adjective;
                self.people |= usage == NameUse::People;
                // Names go before capitals, capitals before the rest: "Washington" is the capital even where it is a people's name.
                if self.state.is_none_or(|(_, before, _)| rank(usage) < rank(before)) {
                    self.state = Some((state, usage, sector));
                }
            }
            Meaning::Organization(id) => self.organization = self.organization.or(Some(id)),
            Meaning::Title(id, plural) => self.title = self.title.or(Some((id, plural))),
            Meaning::Agent(id, plural) => self.agent = self.agent.or(Some((id, plural))),
            Meaning::Source(kind) => self.source = self.source.or(Some(kind)),
            Meaning::Qualifier(q) => self.qualifier = Some((q, ())),
            Meaning::OtherName => self.other_name = true,
            Meaning::Place(_) | Meaning::Topic { .. } | Meaning::OffTopic { .. } => {}
        }
    }

    fn is_core(&self) -> bool {
        self.title.is_some() || self.agent.is_some() || self.state.is_some() || self.organization.is_some()
    }
}


fn number(key: u32) -> u8 {
    match key {
        word::THREE => 3,
        word::FOUR => 4,
        word::FIVE => 5,
        word::SEVEN => 7,
        _ => 2,
    }
}

/// Sorts the phrases of one sentence by place, and the links between them with them.
fn order(phrases: &mut [Phrase], begin: usize) {
    if phrases[begin..].is_sorted_by_key(|p| p.first) {
        return;
    }
    let mut places: Vec<usize> = (begin..phrases.len()).collect();
    places.sort_by_key(|i| phrases[*i].first);
    let moved = |old: u32| places.iter().position(|i| *i == old as usize).map_or(old, |new| (begin + new) as u32);
    for phrase in &mut phrases[begin..] {
        phrase.possessor = phrase.possessor.map(moved);
    }
    phrases[begin..].sort_by_key(|p| p.first);
}
