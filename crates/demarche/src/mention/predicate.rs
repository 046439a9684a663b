//! Titles that a sentence says of its subject or object: "Takaichi is a former minister", "Ishiba was elected prime minister",
//! "Yoon named Park foreign minister", "he served as ambassador".

use crate::{
    kb::cue::Cue,
    mention::{ActorMention, EntityId, TitleQuality, phrase::Phrase, resolve::Resolver, word},
    token::{Rel, Token},
};

impl Resolver<'_> {
    /// The person of whom a title is said, and whether it is a thing of the past.
    pub(crate) fn predicate(&self, phrase: &Phrase, core: u16) -> Option<(EntityId, TitleQuality)> {
        if phrase.plural {
            return None;
        }
        let tokens = self.tokens(phrase.sentence);
        let title = &tokens[usize::from(core)];
        // "X is a minister"
        if let Some(copula) = child(tokens, core, &[Rel::Cop]) {
            let subject = child(tokens, core, &[Rel::Nsubj]).and_then(|at| self.person_with_head(phrase, at))?;
            let past = matches!(tokens[usize::from(copula)].hash, word::WAS | word::WERE) || has_been(tokens, core);
            return Some((subject, if past { TitleQuality::Former } else { TitleQuality::Holds }));
        }
        // "X became minister", "X was named minister", "X named Y minister", "X served as minister"
        let verb = title.head;
        let governor = &tokens[usize::from(verb)];
        let as_title = usize::from(phrase.first) > 0 && (tokens[..usize::from(core)].iter().rev().take(4)).any(|t| t.hash == word::AS);
        let fits = matches!(title.rel, Rel::Obj | Rel::Xcomp | Rel::Ccomp | Rel::Iobj) || title.rel == Rel::Obl && as_title;
        if !fits || !governor.tag.is_verb() || !self.kb.cues.verb(governor, Cue::Becoming, self.vocabulary) {
            return None;
        }
        let passive = child(tokens, verb, &[Rel::NsubjPass, Rel::AuxPass]).is_some();
        let of_itself = self.kb.cues.verb(governor, Cue::Being, self.vocabulary);
        let person = if passive || of_itself {
            child(tokens, verb, &[Rel::Nsubj, Rel::NsubjPass]).and_then(|at| self.person_with_head(phrase, at))
        } else {
            // "named Y minister": whoever stands between.
            (verb + 1..phrase.first).rev().find_map(|at| self.person_with_head(phrase, at))
        };
        let served = governor.hash == word::SERVED;
        person.map(|entity| (entity, if served { TitleQuality::Former } else { TitleQuality::Holds }))
    }

    /// The one person whose mention a token heads.
    fn person_with_head(&self, phrase: &Phrase, at: u16) -> Option<EntityId> {
        let heads = |m: &&ActorMention| m.first <= at && at < m.end;
        let mention = self.actors.iter().rev().take_while(|m| m.sentence == phrase.sentence).find(heads)?;
        match mention.entities[..] {
            [entity] if self.is_person(entity) => Some(entity),
            _ => None,
        }
    }
}

fn child(tokens: &[Token], head: u16, rels: &[Rel]) -> Option<u16> {
    (0..tokens.len() as u16).find(|at| tokens[usize::from(*at)].head == head && *at != head && rels.contains(&tokens[usize::from(*at)].rel))
}

fn has_been(tokens: &[Token], head: u16) -> bool {
    child(tokens, head, &[Rel::Aux]).is_some_and(|at| tokens[usize::from(at)].hash == word::HAD)
}
