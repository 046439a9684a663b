//! Trigger words → proposals: events with their participants, stances, status and evidence.
//!
//! The stage aims at recall: a word that may name an act proposes it. What should not have been proposed is for
//! [`judge`](super::judge) to reject.

use std::ops::Range;

use super::{
    Act, Certainty, Event, Evidence, Participant, Place, Stance, StanceKind, Status, Tense, codes_of, flat,
    pattern::{Class, Effect, Is, Lexicon, Operator, Pattern, Slot, Test, Trigger},
    stance::{self, Climb},
    status::{self, Seen},
    tree::{Tree, Words},
};
use crate::{
    document::BlockKind,
    mention::{ActorMention, DateMention, EntityKind, MentionForm, Mentions},
    sentence::Sentence,
    span::Span,
    token::{Rel, Tag, Token, WordId},
    vocabulary::Vocabulary,
};

/// One sentence with everything that is known about it.
pub(crate) struct Context<'a> {
    pub(crate) sentence: &'a Sentence,
    pub(crate) index: u32,
    pub(crate) tree: Tree<'a>,
    pub(crate) mentions: &'a Mentions,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) words: &'a Words,
    pub(crate) actors: Range<usize>,
    dates: Range<usize>,
    pub(crate) places: Range<usize>,
    /// For each token, one more than the index of the mention it heads, or 0.
    by_head: Vec<u32>,
    /// For each token, one more than the index of the shortest mention it lies in, or 0.
    covering: Vec<u32>,
}

impl<'a> Context<'a> {
    /// Looks up what belongs to the sentence at `index`.
    pub(crate) fn new(
        sentence: &'a Sentence,
        index: u32,
        mentions: &'a Mentions,
        lexicon: &'a Lexicon,
        vocabulary: &'a Vocabulary,
        words: &'a Words,
    ) -> Context<'a> {
        let of = |from: usize, to: usize| from..to;
        let actors = of(mentions.actors.partition_point(|m| m.sentence < index), mentions.actors.partition_point(|m| m.sentence <= index));
        let dates = of(mentions.dates.partition_point(|m| m.sentence < index), mentions.dates.partition_point(|m| m.sentence <= index));
        let places = of(mentions.places.partition_point(|m| m.sentence < index), mentions.places.partition_point(|m| m.sentence <= index));
        let count = sentence.tokens.len();
        let (mut by_head, mut covering) = (vec![0; count], vec![0; count]);
        for i in actors.clone() {
            let mention = &mentions.actors[i];
            by_head[usize::from(mention.head)] = i as u32 + 1;
            for t in mention.first..mention.end {
                let slot: &mut u32 = &mut covering[usize::from(t)];
                let shorter = *slot == 0 || {
                    let other = &mentions.actors[*slot as usize - 1];
                    other.end - other.first > mention.end - mention.first
                };
                if shorter {
                    *slot = i as u32 + 1;
                }
            }
        }
        Context {
            sentence,
            index,
            tree: Tree::new(&sentence.tokens),
            mentions,
            lexicon,
            vocabulary,
            words,
            actors,
            dates,
            places,
            by_head,
            covering,
        }
    }

    /// Whether anybody who could take part is named at all.
    pub(crate) fn may_hold_events(&self) -> bool {
        !self.actors.is_empty()
    }

    /// Whether the sentence is a headline or heading.
    pub(crate) fn headline(&self) -> bool {
        matches!(self.sentence.block, BlockKind::Headline | BlockKind::Heading)
    }

    /// Whether the word at `t` only counts what stands in its *of* phrase: "most", "dozens".
    pub(crate) fn is_quantity(&self, t: u16) -> bool {
        let token = self.tree.at(t);
        let word = self.vocabulary.as_noun(token).unwrap_or(token.word);
        word.0 != 0 && self.lexicon.quantity.contains(&word)
    }

    /// The operator that the word at `t` is, in a use that `fits` accepts; the longest trigger wins.
    pub(crate) fn operator_at(&self, t: u16, fits: impl Fn(&Operator, Class) -> bool) -> Option<(&'a Operator, Class)> {
        let token = self.tree.at(t);
        let mut best: Option<(&Trigger, usize)> = None;
        for key in self.keys(token) {
            for trigger in self.lexicon.operator_triggers(key) {
                if !class_fits(trigger.class, token, &self.tree, t) || !fits(&self.lexicon.operators[trigger.of as usize], trigger.class) {
                    continue;
                }
                let length = trigger.before.len() + trigger.after.len();
                if best.is_none_or(|(_, longest)| length > longest) && stance::completes(self, t, trigger).is_some() {
                    best = Some((trigger, length));
                }
            }
        }
        best.map(|(trigger, _)| (&self.lexicon.operators[trigger.of as usize], trigger.class))
    }

    /// The vocabulary ids under which a token may be a trigger: as verb, as noun, as it stands.
    fn keys(&self, token: &Token) -> impl Iterator<Item = WordId> + use<> {
        let as_verb = self.vocabulary.as_verb(token);
        let as_noun = self.vocabulary.as_noun(token).filter(|id| Some(*id) != as_verb);
        let plain = (token.word.0 != 0 && Some(token.word) != as_verb && Some(token.word) != as_noun).then_some(token.word);
        [as_verb, as_noun, plain].into_iter().flatten()
    }

    /// The mention that a noun phrase headed by `t` is, or lies in.
    pub(crate) fn mention(&self, t: u16) -> Option<&'a ActorMention> {
        let index = match self.by_head[usize::from(t)] {
            0 => self.covering[usize::from(t)],
            index => index,
        };
        index.checked_sub(1).map(|index| &self.mentions.actors[index as usize])
    }

    /// Those that the noun phrase headed by `t` stands for, if it names any; a phrase that names none stands for whoever
    /// modifies or possesses it ("Russian missiles", "the government of Japan").
    pub(crate) fn participants(&self, t: u16, out: &mut Vec<Participant>, sources: bool) {
        let before = out.len();
        if let Some(mention) = self.mention(t) {
            self.add(mention, out, sources);
            if out.len() > before || !mention.entities.is_empty() {
                return;
            }
        }
        for &c in self.tree.children(t) {
            let child = self.tree.at(c);
            let modifier = matches!(child.rel, Rel::NmodPoss | Rel::Compound | Rel::Amod)
                || child.rel == Rel::Nmod && self.tree.case(c).is_none_or(|p| self.tree.at(p).word == self.words.of)
                || child.rel == Rel::Appos;
            if modifier && let Some(mention) = self.mention(c) {
                self.add(mention, out, sources);
                let mut conjuncts = Vec::new();
                self.tree.with_conjuncts(c, &mut conjuncts);
                for &other in conjuncts.iter().skip(1) {
                    if let Some(mention) = self.mention(other) {
                        self.add(mention, out, sources);
                    }
                }
            }
        }
    }

    /// Whoever the noun phrase headed by `t` names, down to `depth` words below it: actors first, else the states of its places.
    fn named_within(&self, t: u16, depth: u8, out: &mut Vec<Participant>) {
        let before = out.len();
        self.participants(t, out, false);
        if out.len() == before
            && let Some(place) = self.places.clone().map(|i| &self.mentions.places[i]).find(|p| p.head == t)
            && let Some(entity) = place.entity
        {
            out.push(Participant { entity, span: Some(place.span) });
        }
        if out.len() > before || depth == 0 {
            return;
        }
        for &c in self.tree.children(t) {
            if matches!(
                self.tree.at(c).rel,
                Rel::Nmod | Rel::NmodPoss | Rel::Amod | Rel::Compound | Rel::Acl | Rel::Obl | Rel::Obj | Rel::Conj | Rel::Appos
            ) {
                self.named_within(c, depth - 1, out);
                if out.len() > before {
                    return;
                }
            }
        }
    }

    /// Everybody whom the sentence names as a person.
    fn people(&self, out: &mut Vec<Participant>) {
        for mention in &self.mentions.actors[self.actors.clone()] {
            let person = |e: &&crate::mention::EntityId| self.mentions.entities[e.0 as usize].kind == EntityKind::Person;
            if mention.entities.iter().any(|e| person(&e)) {
                self.add(mention, out, false);
            }
        }
    }

    fn add(&self, mention: &ActorMention, out: &mut Vec<Participant>, sources: bool) {
        for &entity in &mention.entities {
            let is_source = self.mentions.entities[entity.0 as usize].kind == EntityKind::Source;
            if (sources || !is_source) && !out.iter().any(|p| p.entity == entity) {
                out.push(Participant { entity, span: Some(mention.span) });
            }
        }
    }

    /// Whether two are the same, or of one state or organisation.
    pub(crate) fn same_party(&self, a: &Participant, b: &Participant) -> bool {
        let code = |p: &Participant| self.mentions.entities[p.entity.0 as usize].code;
        a.entity == b.entity || code(a).is_some() && code(a) == code(b)
    }

    /// Whether the noun phrase headed by `t` satisfies `test`.
    fn satisfies(&self, t: u16, test: &Test) -> bool {
        let mut head = t;
        if test.is_open() && test.not.is_empty() && test.not_sectors.is_empty() {
            return true;
        }
        // "dozens of soldiers", "a series of sanctions": the noun that is meant comes after "of".
        for _ in 0..2 {
            let noun = self.vocabulary.as_noun(self.tree.at(head)).unwrap_or(self.tree.at(head).word);
            if test.any.contains(&noun) || !self.lexicon.quantity.contains(&noun) {
                break;
            }
            let Some(of) =
                self.tree.by_rel(head, Rel::Nmod).find(|&c| self.tree.case(c).is_some_and(|p| self.tree.at(p).word == self.words.of))
            else {
                break;
            };
            head = of;
        }
        let token = self.tree.at(head);
        let noun = self.vocabulary.as_noun(token).unwrap_or(token.word);
        let mention = self.mention(head);
        let sector = mention.and_then(|m| m.entities.first()).and_then(|e| self.mentions.entities[e.0 as usize].sector);
        if test.not.contains(&noun) || test.not.contains(&token.word) || sector.is_some_and(|s| test.not_sectors.contains(&s)) {
            return false;
        }
        if test.is_open() {
            return true;
        }
        if (test.any.contains(&noun) || test.any.contains(&token.word)) && token.word.0 != 0 {
            return true;
        }
        if sector.is_some_and(|s| test.sectors.contains(&s)) {
            return true;
        }
        match (test.is, mention) {
            (Some(is), Some(mention)) => {
                mention.entities.iter().map(|e| self.mentions.entities[e.0 as usize].kind).any(|kind| match is {
                    Is::Actor => kind != EntityKind::Source,
                    Is::Person => kind == EntityKind::Person,
                    Is::State => kind == EntityKind::State,
                    Is::Agent => kind == EntityKind::Agent,
                }) || is == Is::Actor && mention.form == MentionForm::Anaphor
            }
            _ => false,
        }
    }

    /// The head tokens in a slot of the trigger at `t`; `carrier` is the verb that carries a noun trigger.
    pub(crate) fn slot(&self, slot: Slot, t: u16, class: Class, carrier: Option<u16>, out: &mut Vec<u16>) {
        let tree = &self.tree;
        match slot {
            Slot::Subject | Slot::Holder => match class {
                Class::Noun => self.slot(Slot::Owner, t, class, carrier, out),
                Class::Adjective if !tree.at(t).tag.is_verb() => {
                    for s in tree.children(t).iter().copied().filter(|&c| matches!(tree.at(c).rel, Rel::Nsubj | Rel::NsubjPass)) {
                        tree.with_conjuncts(s, out);
                    }
                    if out.is_empty() && matches!(tree.at(t).rel, Rel::Conj | Rel::Xcomp) {
                        tree.subject(t, self.words, out);
                    }
                }
                _ => tree.subject(t, self.words, out),
            },
            Slot::Object => match class {
                Class::Noun => tree.complement(t, self.words.of, out),
                _ => tree.object(t, self.words, out),
            },
            Slot::IndirectObject => tree.by_rel(t, Rel::Iobj).for_each(|c| tree.with_conjuncts(c, out)),
            Slot::Owner => {
                tree.owners(t, self.words, out);
                if let Some(verb) = carrier {
                    tree.subject(verb, self.words, out);
                    if tree.is_passive(verb) {
                        tree.complement(verb, self.words.between, out);
                        tree.complement(verb, self.words.by, out);
                    }
                }
            }
            Slot::ObjectOwner => {
                let mut objects = Vec::new();
                tree.object(t, self.words, &mut objects);
                for object in objects {
                    tree.owners(object, self.words, out);
                }
            }
            Slot::Preposition(word) => {
                tree.complement(t, word, out);
                if let Some(verb) = carrier {
                    tree.complement(verb, word, out);
                }
                if class == Class::Verb {
                    let mut objects = Vec::new();
                    tree.object(t, self.words, &mut objects);
                    for object in objects {
                        tree.complement(object, word, out);
                    }
                    // "agreed with Japan to share": the complement of the verb above serves the infinitive.
                }
            }
            Slot::Clause | Slot::Modified => {}
        }
    }

    /// Parsers take particles for prepositions: in "broke off relations" the object may hang on *off*.
    fn particle_object(&self, t: u16, class: Class, particle: Option<WordId>, out: &mut Vec<u16>) {
        if let (true, Some(particle), Class::Verb) = (out.is_empty(), particle, class) {
            self.tree.complement(t, particle, out);
        }
    }

    /// The first of `slots` that holds participants.
    fn first_filled(&self, slots: &[Slot], t: u16, class: Class, carrier: Option<u16>, sources: bool) -> Vec<Participant> {
        let (mut heads, mut found) = (Vec::new(), Vec::new());
        for &slot in slots {
            heads.clear();
            self.slot(slot, t, class, carrier, &mut heads);
            for &head in &heads {
                self.participants(head, &mut found, sources);
            }
            if !found.is_empty() {
                break;
            }
        }
        found
    }
}

/// Whether the token can be a trigger of that class.
fn class_fits(class: Class, token: &Token, tree: &Tree<'_>, t: u16) -> bool {
    match class {
        Class::Verb => token.tag.is_verb(),
        Class::Noun => token.tag.is_noun() || token.tag == Tag::VerbGerund && (tree.has(t, Rel::Det) || tree.has(t, Rel::NmodPoss)),
        Class::Adjective => token.tag == Tag::Adj || matches!(token.tag, Tag::VerbParticiple | Tag::VerbPast | Tag::VerbGerund | Tag::Adv),
        Class::Preposition => {
            matches!(token.tag, Tag::Adp | Tag::Sconj | Tag::Adv | Tag::Adj | Tag::VerbGerund | Tag::Noun)
                && !matches!(token.rel, Rel::Root)
        }
    }
}

/// A pattern that a token triggers.
pub(crate) struct Match<'a> {
    pub(crate) pattern: &'a Pattern,
    pub(crate) class: Class,
    pub(crate) at: u16,
    pub(crate) span: Span,
    /// Tokens that the pattern's constraints used up: they trigger nothing of their own.
    pub(crate) consumed: Vec<u16>,
    /// The last companion of the trigger: "off" of "broke off".
    pub(crate) particle: Option<WordId>,
}

/// Proposes the events of one sentence.
pub(crate) fn propose(ctx: &Context<'_>) -> Vec<Event> {
    let mut matches = Vec::new();
    for t in 0..ctx.tree.tokens.len() as u16 {
        if let Some(found) = best_match(ctx, t) {
            matches.push(found);
        }
    }
    if matches.is_empty() {
        return Vec::new();
    }
    let consumed: Vec<u16> = matches.iter().flat_map(|m| m.consumed.iter().copied()).collect();
    matches.retain(|m| !consumed.contains(&m.at));
    let climbs: Vec<Climb<'_>> = matches.iter().map(|m| stance::climb(ctx, m.at, m.class)).collect();
    // Rule 1 of the event model: an utterance whose content is a deed is a stance on the deed, no event of its own.
    let spoken: Vec<u16> = matches
        .iter()
        .zip(&climbs)
        .filter(|(m, _)| m.pattern.act.is_deed())
        .flat_map(|(_, up)| up.stances.iter().filter(|s| s.kind != StanceKind::States).map(|s| s.at).chain(up.carrier))
        .collect();
    let mut events: Vec<(u16, Event)> = Vec::new();
    for (found, up) in matches.iter().zip(&climbs) {
        // "met to discuss", "spoke to strengthen ties": what an encounter is for is its agenda, no act of its own.
        let encounter = |verb: u16| {
            matches.iter().any(|m| m.pattern.act == Act::Consult && (m.at == verb || climbs_through(&climbs, &matches, m, verb)))
        };
        let agenda = up.purpose.is_some_and(encounter) && !found.pattern.act.is_hostile() && found.pattern.act.is_deed()
            || up.purpose.is_some_and(encounter) && found.pattern.act == Act::Agree;
        if spoken.contains(&found.at) || found.consumed.iter().any(|c| spoken.contains(c)) || agenda || is_state_of_affairs(ctx, found, up)
        {
            continue;
        }
        events.push((found.at, build(ctx, found, up)));
    }
    merge_repeats(ctx, &mut events);
    events.into_iter().map(|(_, event)| event).collect()
}

/// Whether the encounter `m` is carried by the verb at `verb`: "held talks".
fn climbs_through(climbs: &[Climb<'_>], matches: &[Match<'_>], m: &Match<'_>, verb: u16) -> bool {
    matches.iter().zip(climbs).any(|(other, up)| other.at == m.at && up.carrier == Some(verb))
}

/// "The alliance is strong", "our support for peace": a noun that nobody does, plans or speaks of names a state of affairs.
fn is_state_of_affairs(ctx: &Context<'_>, found: &Match<'_>, up: &Climb<'_>) -> bool {
    found.class == Class::Noun
        && matches!(found.pattern.act, Act::Cooperate | Act::Support | Act::Agree)
        && up.carrier.is_none()
        && up.stances.is_empty()
        && (up.bare || !ctx.headline())
}

/// The most specific pattern that the token at `t` triggers with its surroundings.
pub(crate) fn best_match<'a>(ctx: &Context<'a>, t: u16) -> Option<Match<'a>> {
    let token = ctx.tree.at(t);
    let mut best: Option<(Match<'_>, (u8, usize))> = None;
    for key in ctx.keys(token) {
        for trigger in ctx.lexicon.pattern_triggers(key) {
            let length = trigger.before.len() + trigger.after.len();
            let pattern = &ctx.lexicon.patterns[trigger.of as usize];
            let rank = (pattern.specificity + 2 * length.min(3) as u8, length);
            if best.as_ref().is_some_and(|(_, other)| *other >= rank) || !class_fits(trigger.class, token, &ctx.tree, t) {
                continue;
            }
            if trigger.class == Class::Noun && !is_eventive(ctx, t) || trigger.class == Class::Adjective && !is_predicate(ctx, t) {
                continue;
            }
            if trigger.class == Class::Verb && matches!(token.rel, Rel::Amod | Rel::Case | Rel::Compound) {
                continue;
            }
            let Some(span) = stance::completes(ctx, t, trigger) else { continue };
            let Some(consumed) = constraints(ctx, t, trigger, pattern) else { continue };
            let particle = trigger.after.last().copied();
            best = Some((Match { pattern, class: trigger.class, at: t, span, consumed, particle }, rank));
        }
    }
    best.map(|(found, _)| found)
}

/// The least specific pattern of the words at `t`, its constraints set aside: for one who knows that there is an act.
pub(crate) fn loose_match<'a>(ctx: &Context<'a>, t: u16) -> Option<Match<'a>> {
    let token = ctx.tree.at(t);
    let mut best: Option<(Match<'_>, (usize, std::cmp::Reverse<u8>))> = None;
    for key in ctx.keys(token) {
        for trigger in ctx.lexicon.pattern_triggers(key) {
            let Some(span) = stance::completes(ctx, t, trigger) else { continue };
            let pattern = &ctx.lexicon.patterns[trigger.of as usize];
            let rank = (trigger.before.len() + trigger.after.len(), std::cmp::Reverse(pattern.specificity));
            if best.as_ref().is_none_or(|(_, other)| rank > *other) {
                best = Some((
                    Match { pattern, class: trigger.class, at: t, span, consumed: Vec::new(), particle: trigger.after.last().copied() },
                    rank,
                ));
            }
        }
    }
    best.map(|(found, _)| found)
}

/// A noun names an act unless it merely modifies another noun ("visit agenda").
fn is_eventive(ctx: &Context<'_>, t: u16) -> bool {
    let token = ctx.tree.at(t);
    !(token.rel == Rel::Compound && ctx.tree.head(t).is_some_and(|h| h > t && ctx.tree.at(h).tag.is_noun()))
}

fn is_predicate(ctx: &Context<'_>, t: u16) -> bool {
    ctx.tree.has(t, Rel::Cop) || matches!(ctx.tree.at(t).rel, Rel::Root | Rel::Xcomp | Rel::Conj | Rel::Acl | Rel::Advcl | Rel::Ccomp)
}

/// The tokens that the pattern's constraints use up, or `None` if one is not met.
fn constraints(ctx: &Context<'_>, t: u16, trigger: &Trigger, pattern: &Pattern) -> Option<Vec<u16>> {
    let class = trigger.class;
    let mut consumed = Vec::new();
    let mut heads = Vec::new();
    let restricted = |test: &Test| !test.is_open() || !test.not.is_empty() || !test.not_sectors.is_empty();
    if restricted(&pattern.object) {
        ctx.slot(Slot::Object, t, class, None, &mut heads);
        ctx.particle_object(t, trigger.class, trigger.after.last().copied(), &mut heads);
        if heads.is_empty() && !pattern.object.is_open() {
            return None;
        }
        if !heads.is_empty() {
            let fit: Vec<u16> = heads.iter().copied().filter(|&h| ctx.satisfies(h, &pattern.object)).collect();
            if fit.is_empty() {
                return None;
            }
            if !pattern.object.any.is_empty() {
                consumed.extend(fit);
            }
        }
    }
    if restricted(&pattern.subject) {
        heads.clear();
        ctx.slot(Slot::Subject, t, class, None, &mut heads);
        if heads.is_empty() && !pattern.subject.is_open() || !heads.is_empty() && !heads.iter().any(|&h| ctx.satisfies(h, &pattern.subject))
        {
            return None;
        }
    }
    for (preposition, test) in &pattern.prepositions {
        heads.clear();
        ctx.slot(Slot::Preposition(*preposition), t, class, None, &mut heads);
        let fit: Vec<u16> = heads.iter().copied().filter(|&h| ctx.satisfies(h, test)).collect();
        if fit.is_empty() {
            return None;
        }
        if !test.any.is_empty() {
            consumed.extend(fit);
        }
    }
    Some(consumed)
}

/// Fills one proposal.
fn build(ctx: &Context<'_>, found: &Match<'_>, up: &Climb<'_>) -> Event {
    let Match { pattern, class, at: t, .. } = *found;
    let default_actor = [if class == Class::Noun { Slot::Owner } else { Slot::Subject }];
    let actor_slots = pattern.actor.as_deref().unwrap_or(&default_actor);
    let recipient_slots = pattern.recipient.as_deref().unwrap_or(&[Slot::Object]);
    let mut recipients = ctx.first_filled(recipient_slots, t, class, up.carrier, false);
    if recipients.is_empty() && recipient_slots.contains(&Slot::Object) {
        let mut heads = Vec::new();
        ctx.particle_object(t, class, found.particle, &mut heads);
        heads.iter().for_each(|&head| ctx.participants(head, &mut recipients, false));
    }
    let mut actors = doers(ctx, found, up, actor_slots);
    if recipients.is_empty() && !(pattern.peers && actors.len() > 1) {
        far_recipients(ctx, found, up, &actors, &mut recipients);
    }
    if pattern.peers {
        for recipient in recipients.drain(..) {
            if !actors.iter().any(|p| p.entity == recipient.entity) {
                actors.push(recipient);
            }
        }
    } else {
        recipients.retain(|r| !actors.iter().any(|a| a.entity == r.entity));
    }
    if pattern.act == Act::Consult
        && class == Class::Noun
        && ctx.headline()
        && codes_of(&actors, ctx.mentions).len() < 2
        && recipients.is_empty()
    {
        // "Remarks by President Biden and Prime Minister Kishida before Bilateral Meeting": a headline's people are the meeting's.
        ctx.people(&mut actors);
    }
    let (stances, seen) = stances(ctx, up, &actors, &recipients);
    let certainty = if ctx.is_question() && up.certainty == Certainty::Fact { Certainty::Possible } else { up.certainty };
    let first = status::told(up.open, up.polarity, up.tense, up.progressive, certainty);
    let (status, giver) = status::derive(first, &seen);
    let holders: &[Participant] = giver.map_or(&[], |i| &stances[i].holders);
    let flat = flat::derive(pattern.act, pattern.mode, status, up.polarity, &actors, &recipients, &known(ctx, holders));
    let date = date_of(ctx, up);
    Event {
        sentence: ctx.index,
        act: pattern.act,
        mode: pattern.mode,
        actors,
        recipients,
        stances,
        polarity: up.polarity,
        tense: if up.open { Tense::Future } else { up.tense },
        when: date.and_then(|d| d.when),
        certainty,
        status,
        flat,
        contexts: Vec::new(),
        topics: topics_of(ctx, up),
        place: place_of(ctx, up),
        evidence: Evidence { trigger: found.span, negation: up.negation, time: date.map(|d| d.span) },
        pattern: pattern.id.clone(),
        learned: false,
        confidence: if up.bare { 0.5 } else { 0.7 },
    }
}

/// Those who speak of the act, outermost first, and how the status table sees them.
pub(crate) fn stances(ctx: &Context<'_>, up: &Climb<'_>, actors: &[Participant], recipients: &[Participant]) -> (Vec<Stance>, Vec<Seen>) {
    let mut stances: Vec<Stance> = Vec::new();
    let mut seen: Vec<Seen> = Vec::new();
    for s in up.stances.iter().rev() {
        let holders = match s.operator {
            Some(operator) => ctx.first_filled(&operator.holder, s.at, s.class, None, true),
            // "should": whoever says so.
            None => stances.last().map(|outer| outer.holders.clone()).unwrap_or_default(),
        };
        let parties = || actors.iter().chain(recipients);
        let party = holders.iter().any(|h| parties().any(|p| ctx.same_party(p, h)));
        let all = parties().all(|p| holders.iter().any(|h| ctx.same_party(p, h)));
        seen.push(Seen {
            kind: s.kind,
            negated: s.telling.negation.is_some(),
            tense: s.telling.tense,
            certainty: s.telling.certainty,
            party,
            all: all && party,
            joint: all && party && codes_of(&holders, ctx.mentions).len() > 1,
        });
        stances.push(Stance { kind: s.kind, holders, span: s.span, negated: s.telling.negation.is_some() });
    }
    (stances, seen)
}

/// Where no slot names a recipient: whoever is named inside the object ("shelled a village in southern Lebanon"), else in a
/// complement that tells against whom, for whom or where it is done.
fn far_recipients(ctx: &Context<'_>, found: &Match<'_>, up: &Climb<'_>, actors: &[Participant], out: &mut Vec<Participant>) {
    let Match { class, at: t, pattern, .. } = *found;
    let is_new = |p: &Participant| {
        let entity = &ctx.mentions.entities[p.entity.0 as usize];
        entity.code.is_some() && !actors.iter().any(|a| ctx.same_party(a, p))
    };
    let mut heads = Vec::new();
    if class == Class::Verb {
        ctx.slot(Slot::Object, t, class, up.carrier, &mut heads);
        ctx.particle_object(t, class, found.particle, &mut heads);
    }
    for &head in &heads {
        ctx.named_within(head, 3, out);
    }
    out.retain(is_new);
    let directed = pattern.act.is_hostile()
        || matches!(pattern.act, Act::Aid | Act::Accuse | Act::Threaten | Act::Retreat | Act::Concede | Act::Support | Act::Reject)
        || pattern.mode.is_some_and(|m| m.name() == "visit");
    if out.is_empty() && directed && !pattern.peers {
        for &node in [Some(t), up.carrier].iter().flatten() {
            for &c in ctx.tree.children(node) {
                let token = ctx.tree.at(c);
                let case = ctx.tree.case(c).map(|p| ctx.tree.at(p).word);
                let told = case.is_some_and(|word| ctx.lexicon.directions.contains(&word));
                if matches!(token.rel, Rel::Obl | Rel::Nmod) && told {
                    ctx.named_within(c, 2, out);
                }
            }
        }
        out.retain(is_new);
    }
}

/// Status and flat type of a proposal, for one who asks about given participants.
pub(crate) fn settle(ctx: &Context<'_>, found: &Match<'_>, up: &Climb<'_>) -> (Status, Option<Act>) {
    let event = build(ctx, found, up);
    (event.status, event.flat.map(|flat| flat.event))
}

/// How a deed that a word names is told, whatever deed it is.
pub(crate) fn told(ctx: &Context<'_>, at: u16) -> Status {
    let up = stance::climb(ctx, at, Class::of(ctx.tree.at(at).tag));
    let (_, seen) = stances(ctx, &up, &[], &[]);
    status::derive(status::told(up.open, up.polarity, up.tense, up.progressive, up.certainty), &seen).0
}

/// Holders that are somebody: unnamed sources have no code and are nobody's actor.
pub(crate) fn known(ctx: &Context<'_>, holders: &[Participant]) -> Vec<Participant> {
    holders.iter().filter(|h| ctx.mentions.entities[h.entity.0 as usize].kind != EntityKind::Source).copied().collect()
}

/// Those who do the act: in the pattern's slots, else whoever the operator above says would do it.
fn doers(ctx: &Context<'_>, found: &Match<'_>, up: &Climb<'_>, slots: &[Slot]) -> Vec<Participant> {
    let Match { class, at: t, .. } = *found;
    let own_subject = class == Class::Verb && (ctx.tree.has(t, Rel::Nsubj) || ctx.tree.is_passive(t));
    let controlled = class == Class::Verb && !own_subject && (up.open || up.control.is_some());
    if controlled && let Some((head, operator)) = up.control {
        let actors = controllers(ctx, head, operator);
        if !actors.is_empty() {
            return actors;
        }
    }
    let actors = ctx.first_filled(slots, t, class, up.carrier, false);
    if !actors.is_empty() || own_subject {
        return actors;
    }
    match up.control {
        Some((head, operator)) => controllers(ctx, head, operator),
        None => actors,
    }
}

/// Whoever the operator at `head` says would do the act in its complement.
fn controllers(ctx: &Context<'_>, head: u16, operator: &Operator) -> Vec<Participant> {
    let class = if ctx.tree.at(head).tag.is_noun() {
        Class::Noun
    } else if ctx.tree.at(head).tag == Tag::Adj {
        Class::Adjective
    } else {
        Class::Verb
    };
    for slot in &operator.doer {
        let slots: &[Slot] = if *slot == Slot::Holder { &operator.holder } else { std::slice::from_ref(slot) };
        let found = ctx.first_filled(slots, head, class, None, false);
        if !found.is_empty() {
            return found;
        }
    }
    if operator.effect == Effect::Does || matches!(operator.effect, Effect::Not | Effect::Possible) {
        return ctx.first_filled(&[Slot::Subject], head, class, None, false);
    }
    Vec::new()
}

impl Context<'_> {
    pub(crate) fn is_question(&self) -> bool {
        self.sentence.tokens.iter().rev().take(3).any(|t| t.hash == crate::token::hash_lower("?"))
    }
}

/// The date that hangs on the act, on the words that carry it, or on the root; one that hangs on a stance is the stance's.
pub(crate) fn date_of<'a>(ctx: &Context<'a>, up: &Climb<'_>) -> Option<&'a DateMention> {
    let spoken: Vec<u16> = up.stances.iter().map(|s| s.at).collect();
    let root = up.path.last().copied();
    let mut best: Option<(usize, &DateMention)> = None;
    for date in &ctx.mentions.dates[ctx.dates.clone()] {
        let mut node = date.head;
        for step in 0..4_usize {
            if let Some(place) = up.path.iter().position(|&p| p == node) {
                let stance = spoken.contains(&node);
                let rank = place * 4 + step + if stance { 40 } else { 0 };
                if (!stance || up.stances.iter().any(|s| s.at == node && s.kind == StanceKind::Announces && s.class != Class::Verb))
                    && best.is_none_or(|(r, _)| rank < r)
                {
                    best = Some((rank, date));
                }
                break;
            }
            match ctx.tree.head(node) {
                Some(head) => node = head,
                None => break,
            }
        }
    }
    let _ = root;
    best.map(|(_, date)| date)
}

pub(crate) fn place_of(ctx: &Context<'_>, up: &Climb<'_>) -> Option<Place> {
    let near = |head: u16| {
        let mut node = head;
        for step in 0..3_usize {
            if let Some(place) = up.path.iter().position(|&p| p == node) {
                return Some(place * 3 + step);
            }
            node = ctx.tree.head(node)?;
        }
        None
    };
    let named = ctx.places.clone().filter_map(|i| near(ctx.mentions.places[i].head).map(|rank| (rank, Place::Named(i as u32))));
    let states = ctx
        .actors
        .clone()
        .filter(|&i| ctx.mentions.actors[i].as_place)
        .filter_map(|i| near(ctx.mentions.actors[i].head).map(|rank| (rank, Place::State(i as u32))));
    named.chain(states).min_by_key(|(rank, _)| *rank).map(|(_, place)| place)
}

pub(crate) fn topics_of(ctx: &Context<'_>, up: &Climb<'_>) -> Vec<u32> {
    let from = ctx.mentions.topics.partition_point(|m| m.sentence < ctx.index);
    let to = ctx.mentions.topics.partition_point(|m| m.sentence <= ctx.index);
    (from..to)
        .filter(|&i| {
            let mut node = ctx.mentions.topics[i].head;
            for _ in 0..8 {
                if up.path.contains(&node) {
                    return true;
                }
                match ctx.tree.head(node) {
                    Some(head) => node = head,
                    None => return false,
                }
            }
            false
        })
        .map(|i| i as u32)
        .collect()
}

/// "met and discussed", "held a meeting": one act told with several words is one event, under its first verb.
pub(crate) fn merge_repeats(ctx: &Context<'_>, events: &mut Vec<(u16, Event)>) {
    let mut i = 0;
    while i < events.len() {
        let (at, event) = (events[i].0, &events[i].1);
        let codes = |list: &[Participant]| -> Vec<_> { list.iter().map(|p| p.entity).collect() };
        let (mine_a, mine_r) = (codes(&event.actors), codes(&event.recipients));
        let repeated = events.iter().enumerate().position(|(j, (other_at, other))| {
            j != i
                && other.act == event.act
                && other.status == event.status
                && linked(ctx, at, *other_at)
                && mine_a.iter().chain(&mine_r).all(|e| codes(&other.actors).contains(e) || codes(&other.recipients).contains(e))
                && (mine_a.len() + mine_r.len() < other.actors.len() + other.recipients.len()
                    || mine_a.len() + mine_r.len() == other.actors.len() + other.recipients.len() && j < i)
        });
        match repeated {
            Some(j) => {
                let (_, gone) = events.remove(i);
                let kept = &mut events[if j > i { j - 1 } else { j }].1;
                kept.topics.extend(gone.topics);
                kept.topics.sort_unstable();
                kept.topics.dedup();
                if kept.when.is_none() {
                    (kept.when, kept.evidence.time) = (gone.when, gone.evidence.time);
                }
                kept.place = kept.place.or(gone.place);
                kept.mode = kept.mode.or(gone.mode);
            }
            None => i += 1,
        }
    }
}

/// Whether two triggers belong to one clause: one governs the other without a clause border, or they are coordinated.
fn linked(ctx: &Context<'_>, a: u16, b: u16) -> bool {
    let reaches = |from: u16, to: u16| {
        let mut node = from;
        for _ in 0..4 {
            if node == to {
                return true;
            }
            if matches!(ctx.tree.at(node).rel, Rel::Ccomp | Rel::AclRelcl | Rel::Parataxis) {
                return false;
            }
            match ctx.tree.head(node) {
                Some(head) => node = head,
                None => return false,
            }
        }
        false
    };
    reaches(a, b) || reaches(b, a)
}
