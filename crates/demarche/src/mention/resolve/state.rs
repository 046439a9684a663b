//! States, capitals and metonyms: who acts, or where.

use super::Resolver;
use crate::{
    kb::{cue::Cue, phrase::NameUse},
    mention::{
        Code, MentionForm,
        phrase::{Core, Determiner, Few, Phrase},
        place, word,
    },
    token::{Rel, Shape, Tag},
};

impl<'a> Resolver<'a> {
    pub(super) fn state(&mut self, phrase: &Phrase, code: Code, usage: NameUse, sector: Option<Code>) {
        let tokens = self.tokens(phrase.sentence);
        let before = self
            .actors
            .last()
            .filter(|m| m.sentence == phrase.sentence && matches!(m.form, MentionForm::Name | MentionForm::Metonym))
            .map(|m| (m.end, m.as_place));
        let before = before.or_else(|| self.place_before(phrase));
        let is_capital_of = |p: &Phrase| matches!(p.core, Core::State { code: c, usage: NameUse::Capital, .. } if c == code);
        let as_place = place::is_place(self.kb, self.vocabulary, tokens, phrase, usage, before);
        let (form, sector) = match usage {
            NameUse::Name => (MentionForm::Name, sector),
            NameUse::Adjective => (MentionForm::Adjective, None),
            NameUse::Capital => (MentionForm::Metonym, None),
            NameUse::Metonym => (MentionForm::Metonym, sector),
            // "the Chinese" are their government, "Koreans" its citizens.
            NameUse::People if phrase.determiner == Determiner::The => (MentionForm::Description, None),
            NameUse::People => (MentionForm::Description, Some(Code(*b"CVL"))),
        };
        // "Brussels" is Belgium's government only in a text that speaks of Belgium.
        if let Some(organization) = phrase.organization.filter(|_| !as_place)
            && !self.phrases.iter().any(|p| is_spoken_of(p, code) && !is_capital_of(p))
        {
            let entity = self.entities.organization(organization);
            self.mention(phrase, Few::one(entity), MentionForm::Metonym, phrase.end - 1, false);
            return;
        }
        let name = self.text(phrase.sentence, phrase.first, phrase.end);
        let entity = self.entities.state(code, sector, Some(name));
        self.mention(phrase, Few::one(entity), form, phrase.end - 1, as_place);
    }

    /// The place that ends right before a phrase: "Gyeongju, South Korea".
    pub(super) fn place_before(&self, phrase: &Phrase) -> Option<(u16, bool)> {
        let tokens = self.tokens(phrase.sentence);
        let first = usize::from(phrase.first);
        let comma = first.checked_sub(1).filter(|at| tokens[*at].hash == word::COMMA)?;
        let name = comma.checked_sub(1)?;
        let is_name = tokens[name].tag == Tag::Propn && matches!(tokens[name].rel, Rel::Obl | Rel::Nmod | Rel::Flat | Rel::Conj);
        let follows_place =
            (0..name).rev().take(4).any(|at| tokens[at].tag == Tag::Adp && self.kb.cues.word(tokens[at].hash, Cue::Locative));
        (is_name && follows_place && tokens[name].shape == Shape::Capital).then_some((comma as u16, true))
    }
}

/// Whether a phrase names a state or somebody of it.
fn is_spoken_of(phrase: &Phrase, state: Code) -> bool {
    matches!(phrase.core, Core::State { code, .. } if code == state) || phrase.states.iter().any(|code| code == state)
}
