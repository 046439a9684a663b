//! Words that stand for those named before: "she", "they", "both sides", "the two leaders", "we", "each other", "the North".
//!
//! The nearest fitting mention wins, the subject of a sentence before its other nouns; what cannot be decided stays open.

use crate::{
    kb::{Gender, Level},
    mention::{
        ActorMention, Code, EntityId, EntityKind, MentionForm,
        phrase::{Anaphor, Core, Few, Phrase},
        resolve::Resolver,
        word,
    },
    token::{Rel, Tag},
};

/// How many sentences back "he" and "they" reach.
const REACH: u32 = 3;
/// How many sentences back "the two leaders" reaches.
const FAR: u32 = 12;

impl Resolver<'_> {
    /// Whom an anaphor stands for; `None` when it is no mention at all.
    pub(crate) fn anaphor(&mut self, phrase: &Phrase, anaphor: Anaphor) -> Option<Few<EntityId>> {
        Some(match anaphor {
            Anaphor::He => self.one_person(phrase, Gender::Male),
            Anaphor::She => self.one_person(phrase, Gender::Female),
            Anaphor::They => self.they(phrase),
            Anaphor::Speaker => Few::one(self.speaking(phrase)?),
            Anaphor::SpeakersSide => self.speakers_side(phrase)?,
            Anaphor::It => self.it(phrase)?,
            Anaphor::EachOther => self.each_other(phrase),
            Anaphor::Persons(count) => self.persons(phrase, count),
            Anaphor::States(count) => self.states(phrase, count),
            Anaphor::Some(count) => self.some(phrase, count),
            Anaphor::North => Few::one(self.half_of_korea(b"PRK")?),
            Anaphor::Koreas => {
                let mut both = Few::one(self.entities.state(Code(*b"KOR"), None, None));
                both.push(self.entities.state(Code(*b"PRK"), None, None));
                both
            }
            Anaphor::South => Few::one(self.half_of_korea(b"KOR")?),
        })
    }

    fn back(&self, phrase: &Phrase, reach: u32) -> impl Iterator<Item = &ActorMention> {
        let from = phrase.sentence.saturating_sub(reach);
        self.actors.iter().rev().take_while(move |m| m.sentence >= from)
    }

    fn is_subject(&self, mention: &ActorMention) -> bool {
        matches!(self.tokens(mention.sentence)[usize::from(mention.head)].rel, Rel::Nsubj | Rel::NsubjPass)
    }

    fn one_person(&self, phrase: &Phrase, gender: Gender) -> Few<EntityId> {
        let barred = self.clause_subject(phrase);
        let mut best: Option<(i32, EntityId)> = None;
        for mention in self.back(phrase, REACH) {
            let [entity] = mention.entities[..] else { continue };
            let Some(index) = self.entities.person_of[entity.0 as usize] else { continue };
            let known = self.persons.all[index as usize].gender;
            if known.is_some_and(|g| g != gender) || barred == Some(entity) {
                continue;
            }
            let distance = (phrase.sentence - mention.sentence) as i32;
            let score = 4 * i32::from(known.is_some()) + 3 * i32::from(self.is_subject(mention)) - 4 * distance;
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, entity));
            }
        }
        best.map_or_else(|| self.one_unnamed(phrase), |(_, entity)| Few::one(entity))
    }

    /// "An Iranian engineer … he", "the mayor … him": one unnamed human being of the same sentence.
    fn one_unnamed(&self, phrase: &Phrase) -> Few<EntityId> {
        let barred = self.clause_subject(phrase);
        let tokens = self.tokens(phrase.sentence);
        let fits = |m: &&ActorMention| {
            let [entity] = m.entities[..] else { return false };
            let token = &tokens[usize::from(m.head)];
            m.form == MentionForm::Description
                && matches!(token.tag, Tag::Noun | Tag::Propn)
                && matches!(self.entities.get(entity).kind, EntityKind::Agent | EntityKind::Source)
                && barred != Some(entity)
        };
        let subject = self.back(phrase, 0).filter(fits).find(|m| self.is_subject(m));
        subject.or_else(|| self.back(phrase, 0).find(fits)).map_or(Few::NONE, |m| Few::one(m.entities[0]))
    }

    /// "A minister denied that he …": whoever only the whole sentence told is what an open "he" or "she" of it stands for.
    pub(crate) fn settle_pronouns(&mut self) {
        for (index, actor) in std::mem::take(&mut self.open_pronouns) {
            let sentence = self.phrases[index as usize].sentence;
            let tokens = self.tokens(sentence);
            let before = self.actors[..actor as usize].iter().rev().take_while(|m| m.sentence == sentence);
            let fits = |m: &&ActorMention| {
                m.form == MentionForm::Description
                    && m.entities.len() == 1
                    && matches!(tokens[usize::from(m.head)].tag, Tag::Noun | Tag::Propn)
            };
            let found = before.clone().filter(fits).find(|m| self.is_subject(m)).or_else(|| before.clone().find(fits));
            if let Some(entity) = found.map(|m| m.entities[0]) {
                self.actors[actor as usize].entities.push(entity);
            }
        }
    }

    /// The subject of the verb that an object pronoun hangs on: "she would welcome him" is two persons.
    fn clause_subject(&self, phrase: &Phrase) -> Option<EntityId> {
        let tokens = self.tokens(phrase.sentence);
        let token = &tokens[usize::from(phrase.first)];
        if !matches!(token.rel, Rel::Obj | Rel::Iobj | Rel::Obl) {
            return None;
        }
        // "would like to receive him": the subject stands with a verb further up.
        let mut verb = token.head;
        for _ in 0..4 {
            let subject = |m: &&ActorMention| {
                let head = &tokens[usize::from(m.head)];
                head.head == verb && matches!(head.rel, Rel::Nsubj | Rel::NsubjPass)
            };
            if let Some(found) = self.back(phrase, 0).find(subject) {
                return found.entities.first().copied();
            }
            let above = &tokens[usize::from(verb)];
            if !matches!(above.rel, Rel::Xcomp | Rel::Conj | Rel::Advcl) || above.head == verb {
                break;
            }
            verb = above.head;
        }
        None
    }

    /// The subjects of a sentence with those joined to them by "and", nearest sentence first.
    fn subject_group(&self, sentence: u32, before: u16) -> Few<EntityId> {
        let tokens = self.tokens(sentence);
        let mut group = Few::NONE;
        let in_sentence = self.actors.iter().rev().skip_while(|m| m.sentence > sentence).take_while(|m| m.sentence == sentence);
        let mut mentions: Vec<&ActorMention> = in_sentence.filter(|m| m.head < before).collect();
        mentions.reverse();
        let Some(subject) = mentions.iter().find(|m| self.is_subject(m) && !m.entities.is_empty()) else { return group };
        push_all(&mut group, subject);
        for mention in &mentions {
            let head = &tokens[usize::from(mention.head)];
            if head.rel == Rel::Conj && joins(tokens, mention.head, subject.head) {
                push_all(&mut group, mention);
            }
        }
        group
    }

    fn they(&self, phrase: &Phrase) -> Few<EntityId> {
        for distance in 0..=REACH.min(phrase.sentence) {
            let before = if distance == 0 { phrase.first } else { u16::MAX };
            let group = self.subject_group(phrase.sentence - distance, before);
            if group.len() > 1 {
                return group;
            }
            let together = self.named_together(phrase, distance);
            if together.len() > 1 {
                return together;
            }
            let fits = |m: &&ActorMention| {
                m.sentence == phrase.sentence - distance
                    && m.form != MentionForm::Adjective
                    && (m.entities.len() > 1
                        || m.entities.iter().any(|e| matches!(self.entities.get(*e).kind, EntityKind::Agent | EntityKind::Source)))
            };
            let is_plural = |m: &&ActorMention| m.entities.len() > 1 || self.tokens(m.sentence)[usize::from(m.head)].tag == Tag::NounPlural;
            let plural = self.back(phrase, distance).filter(fits).find(is_plural);
            if let Some(mention) = plural.or_else(|| self.back(phrase, distance).find(fits)) {
                return mention.entities.iter().fold(Few::NONE, |mut few, e| {
                    few.push(*e);
                    few
                });
            }
        }
        Few::NONE
    }

    /// Two or more persons, else states, that a sentence names in places where they act.
    fn named_together(&self, phrase: &Phrase, distance: u32) -> Few<EntityId> {
        let of_kind = |kind: EntityKind| {
            let mut group: Few<EntityId> = Few::NONE;
            let named = self.back(phrase, distance).filter(|m| m.sentence + distance == phrase.sentence && !m.as_place);
            for mention in named.filter(|m| m.form != MentionForm::Adjective) {
                for entity in &mention.entities {
                    if self.entities.get(*entity).kind == kind && !group.iter().any(|e| e == *entity) {
                        group.push(*entity);
                    }
                }
            }
            group
        };
        let persons = of_kind(EntityKind::Person);
        in_order(if persons.len() > 1 || distance > 0 { persons } else { of_kind(EntityKind::State) })
    }

    /// Whoever says "I": the transcript's speaker, else the subject that a quoting sentence has.
    fn speaking(&mut self, phrase: &Phrase) -> Option<EntityId> {
        if let Some((_, speaker)) = self.speaker {
            return speaker;
        }
        self.quoted(phrase)
    }

    fn quoted(&self, phrase: &Phrase) -> Option<EntityId> {
        let sentence = &self.sentences[phrase.sentence as usize];
        let text = sentence.span.of(&self.document.text);
        if !sentence.in_quote && !text.contains(['“', '”', '"']) {
            return None;
        }
        let subject = |m: &&ActorMention| self.is_subject(m) && m.entities.len() == 1 && self.is_person(m.entities[0]);
        let place = self.phrases.partition_point(|p| (p.sentence, p.first) <= (phrase.sentence, phrase.first));
        let mut rest = self.phrases[place..].iter().take_while(|p| p.sentence == phrase.sentence);
        let later = rest.find(|p| matches!(p.core, Core::Person) && self.tokens(p.sentence)[usize::from(p.end) - 1].rel == Rel::Nsubj);
        if let Some(index) = later.and_then(|p| self.person_at(p)) {
            return self.persons.all[index].entity;
        }
        self.back(phrase, 1).find(subject).map(|m| m.entities[0])
    }

    /// The state of whom a sentence with a quotation quotes: "'We never threatened Harare,' the Zambian army said."
    fn code_quoted(&self, phrase: &Phrase) -> Option<Code> {
        let sentence = &self.sentences[phrase.sentence as usize];
        let tokens = &sentence.tokens;
        let text = sentence.span.of(&self.document.text);
        let mark = |c: char| matches!(c, '“' | '”' | '"');
        if !text.contains(mark) {
            return None;
        }
        let within = |at: u16| text[..(tokens[usize::from(at)].span.start - sentence.span.start) as usize].matches(mark).count() % 2 == 1;
        if !within(phrase.first) {
            return None;
        }
        let speaks = |head: u16| matches!(tokens[usize::from(head)].rel, Rel::Nsubj) && !within(head);
        let before = self.back(phrase, 0).find(|m| speaks(m.head)).and_then(|m| self.entities.get(*m.entities.first()?).code);
        let spoken = before.or_else(|| {
            let place = self.phrases.partition_point(|p| (p.sentence, p.first) <= (phrase.sentence, phrase.first));
            let mut rest = self.phrases[place..].iter().take_while(|p| p.sentence == phrase.sentence);
            let later = rest.find(|p| (p.first..p.end).any(speaks))?;
            match later.core {
                Core::State { code, .. } => Some(code),
                Core::Organization(id) => self.kb.organization(id).code,
                Core::Person => later.states.first().or_else(|| self.persons.all[self.person_at(later)?].code),
                _ => later.states.first().or_else(|| self.owner_code(later)),
            }
        });
        // "the Speaker in Majuro said": the only state outside the quotation.
        spoken.or_else(|| {
            let from = self.phrases.partition_point(|p| p.sentence < phrase.sentence);
            let outside = self.phrases[from..].iter().take_while(|p| p.sentence == phrase.sentence).filter(|p| !within(p.first));
            let mut codes = outside.flat_map(|p| {
                match p.core {
                    Core::State { code, .. } => Few::one(code),
                    _ => p.states,
                }
                .iter()
            });
            let first = codes.next()?;
            codes.all(|code| code == first).then_some(first)
        })
    }

    /// "we", "our": the state of whoever speaks, else of the government that published the document; all parties of a joint
    /// statement.
    fn speakers_side(&mut self, phrase: &Phrase) -> Option<Few<EntityId>> {
        let speaker = match self.speaker {
            Some((_, speaker)) => speaker,
            None => self.quoted(phrase),
        };
        if speaker.is_none() && self.speaker.is_none() {
            let parties = self.parties_of_joint_statement();
            if parties.len() > 1 {
                return Some(parties);
            }
        }
        let code = match speaker {
            Some(id) => self.entities.get(id).code,
            None if self.speaker.is_none() => self.code_quoted(phrase).or(self.publisher),
            None => None,
        }?;
        self.kb.state(code)?;
        Some(Few::one(self.entities.state(code, None, None)))
    }

    /// The states that a headline with "joint" names.
    fn parties_of_joint_statement(&mut self) -> Few<EntityId> {
        let joint = self.document.meta.title.as_deref().is_some_and(|title| title.contains("Joint") || title.contains("joint"));
        let mut codes: Few<Code> = Few::NONE;
        for mention in self.actors.iter().take_while(|m| joint && m.sentence == 0).filter(|m| !m.as_place) {
            for code in mention.entities.iter().filter_map(|e| self.entities.get(*e).code) {
                if self.kb.state(code).is_some() && !codes.iter().any(|c| c == code) {
                    codes.push(code);
                }
            }
        }
        codes.iter().fold(Few::NONE, |mut parties, code| {
            parties.push(self.entities.state(code, None, None));
            parties
        })
    }

    /// "its": the state or organisation that was subject last, in this sentence or the one before.
    fn it(&self, phrase: &Phrase) -> Option<Few<EntityId>> {
        let body = |m: &ActorMention| match self.entities.get(m.entities[0]).kind {
            EntityKind::State | EntityKind::Organization => true,
            // "the Thai army warned it would …"
            EntityKind::Agent => self.is_subject(m) && matches!(self.tokens(m.sentence)[usize::from(m.head)].tag, Tag::Noun | Tag::Propn),
            _ => false,
        };
        let fits = |m: &&ActorMention| {
            !m.as_place
                && m.entities.len() == 1
                && matches!(m.form, MentionForm::Name | MentionForm::Metonym | MentionForm::Description | MentionForm::Anaphor)
                && body(m)
        };
        let is_state = |m: &&ActorMention| self.entities.get(m.entities[0]).kind == EntityKind::State;
        let here = || self.back(phrase, 0).filter(fits);
        let found = (here().find(|m| self.owns_the_first_of(m, phrase)))
            .or_else(|| here().find(|m| self.is_subject(m)))
            .or_else(|| here().find(is_state))
            .or_else(|| here().next())
            .or_else(|| self.back(phrase, 1).filter(fits).find(|m| self.is_subject(m)))?;
        Some(Few::one(found.entities[0]))
    }

    /// "Russia's war and its tactics": the owner of the noun to which the pronoun's noun is joined.
    fn owns_the_first_of(&self, mention: &ActorMention, phrase: &Phrase) -> bool {
        let tokens = self.tokens(phrase.sentence);
        let owned = &tokens[usize::from(tokens[usize::from(phrase.first)].head)];
        let owner = &tokens[usize::from(mention.head)];
        owned.rel == Rel::Conj && owner.rel == Rel::NmodPoss && owner.head == owned.head
    }

    fn each_other(&self, phrase: &Phrase) -> Few<EntityId> {
        let group = self.subject_group(phrase.sentence, phrase.first);
        if group.len() > 1 { group } else { self.they(phrase) }
    }

    /// "the two leaders": those of that rank whom the nearest sentence names together, else the last so many.
    fn persons(&mut self, phrase: &Phrase, count: u8) -> Few<EntityId> {
        let wanted = usize::from(count.clamp(2, 4));
        let by_title = phrase.titles.first().map(|t| self.kb.phrases.titles[usize::from(t.title)].level);
        let by_noun = || match self.tokens(phrase.sentence)[usize::from(phrase.end) - 1].hash {
            word::LEADERS | word::PRESIDENTS => Level::Leader,
            word::MINISTERS => Level::Minister,
            _ => Level::Other,
        };
        let level = by_title.unwrap_or_else(by_noun);
        for ranked in [level, Level::Other] {
            let mut last: Few<EntityId> = Few::NONE;
            let mut together: Few<EntityId> = Few::NONE;
            let mut sentence = phrase.sentence;
            for mention in self.actors.iter().rev().take_while(|m| m.sentence + FAR >= phrase.sentence) {
                if mention.sentence != sentence {
                    if enough(together.len(), count) {
                        return in_order(together);
                    }
                    (together, sentence) = (Few::NONE, mention.sentence);
                }
                let aside = mention.sentence < phrase.sentence && !in_main_clause(self.tokens(mention.sentence), mention.head);
                for entity in &mention.entities {
                    if self.is_person(*entity) && self.level_of(*entity) <= ranked && !aside {
                        self.push_peer(&mut last, *entity, wanted);
                        self.push_peer(&mut together, *entity, 4);
                    }
                }
            }
            if enough(together.len(), count) {
                return in_order(together);
            }
            if last.len() == wanted {
                return in_order(last);
            }
        }
        let states = self.states(phrase, count);
        if states.len() == wanted { states } else { Few::NONE }
    }

    /// How high the post stands by which a person is spoken of.
    fn level_of(&self, entity: EntityId) -> Level {
        let Some(index) = self.entities.person_of[entity.0 as usize] else { return Level::Other };
        let person = &self.persons.all[index as usize];
        let by_text = person.roles.iter().map(|role| self.kb.level(role)).min();
        let by_facts =
            || person.person.and_then(|id| self.kb.allegiance(id, self.persons.date)).map(|t| self.kb.level(self.kb.post(t.post).role));
        by_text.or_else(by_facts).unwrap_or_default()
    }

    /// Adds one of another state than those already there.
    fn push_peer(&self, peers: &mut Few<EntityId>, entity: EntityId, most: usize) {
        let code = self.entities.get(entity).code;
        let is_new = !peers.iter().any(|e| e == entity || code.is_some() && self.entities.get(e).code == code);
        if is_new && peers.len() < most {
            peers.push(entity);
        }
    }

    /// "both sides", "the two countries": the states that act most in the text so far, the last sentences counting double.
    fn states(&mut self, phrase: &Phrase, count: u8) -> Few<EntityId> {
        let wanted = usize::from(count.clamp(2, 4));
        let mut weights = self.weights.clone();
        for mention in self.back(phrase, 1).filter(|m| !m.as_place) {
            for code in mention.entities.iter().filter_map(|e| self.entities.get(*e).code) {
                if let Some((_, weight)) = weights.iter_mut().find(|(c, _)| *c == code) {
                    *weight += 3;
                }
            }
        }
        if weights.len() < wanted {
            return Few::NONE;
        }
        weights.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
        let mut found = Few::NONE;
        for (code, _) in weights.iter().take(wanted) {
            found.push(self.entities.state(*code, None, None));
        }
        in_order(found)
    }

    /// "the two": persons if the last sentences name enough of them, else states.
    fn some(&mut self, phrase: &Phrase, count: u8) -> Few<EntityId> {
        for distance in 0..=REACH.min(phrase.sentence) {
            let before = if distance == 0 { phrase.first } else { u16::MAX };
            let group = self.subject_group(phrase.sentence - distance, before);
            if group.len() == usize::from(count) {
                return group;
            }
        }
        let persons = self.back(phrase, 1).flat_map(|m| &m.entities).filter(|e| self.is_person(**e)).count();
        if persons > 0 { self.persons(phrase, count) } else { self.states(phrase, count) }
    }

    /// "the North" is North Korea where the text speaks of Korea, "the South" South Korea where it speaks of both.
    fn half_of_korea(&mut self, code: &[u8; 3]) -> Option<EntityId> {
        let code = Code(*code);
        let north = Code(*b"PRK");
        let is_meant = |c: Code| c == north || code == north && c == Code(*b"KOR");
        let spoken_of = self.entities.all.iter().any(|e| e.code.is_some_and(is_meant))
            || self.phrases.iter().any(|p| matches!(p.core, Core::State { code, .. } if is_meant(code)) || p.states.iter().any(is_meant));
        spoken_of.then(|| self.entities.state(code, None, None))
    }
}

/// Whether a token hangs on the sentence's root without a relative or adverbial clause between.
fn in_main_clause(tokens: &[crate::token::Token], token: u16) -> bool {
    let mut at = token;
    for _ in 0..32 {
        let t = &tokens[usize::from(at)];
        if matches!(t.rel, Rel::AclRelcl | Rel::AdvclRelcl | Rel::Advcl | Rel::Acl) {
            return false;
        }
        if t.head == at {
            break;
        }
        at = t.head;
    }
    true
}

/// Whether a sentence that names so many is the one meant by "the two leaders", or, without a number, by "the leaders".
fn enough(named: usize, count: u8) -> bool {
    if count == 0 { named > 1 } else { named == usize::from(count) }
}

fn push_all(group: &mut Few<EntityId>, mention: &ActorMention) {
    for entity in &mention.entities {
        if !group.iter().any(|e| e == *entity) {
            group.push(*entity);
        }
    }
}

/// Whether the coordination that a token belongs to begins at `first`.
fn joins(tokens: &[crate::token::Token], token: u16, first: u16) -> bool {
    let mut at = token;
    for _ in 0..8 {
        let t = &tokens[usize::from(at)];
        if t.rel != Rel::Conj {
            break;
        }
        at = t.head;
        if at == first {
            return true;
        }
    }
    false
}

fn in_order(found: Few<EntityId>) -> Few<EntityId> {
    let mut list: Vec<EntityId> = found.iter().collect();
    list.sort();
    list.into_iter().fold(Few::NONE, |mut few, e| {
        few.push(e);
        few
    })
}
