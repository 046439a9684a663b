//! Who speaks in a transcript.

use super::Resolver;
use crate::{
    mention::{EntityId, TitleQuality, label, person::Clues, phrase::Few},
    span::Span,
};

impl<'a> Resolver<'a> {
    /// Follows the speaker labels of a transcript.
    pub(super) fn note_speaker(&mut self, sentence: u32) {
        let label = self.sentences[sentence as usize].speaker;
        if label != self.speaker.map(|(span, _)| span) {
            self.speaker = label.map(|span| (span, self.speaker_named(span)));
        }
    }

    /// The person whom a label names: "PRIME MINISTER KISHIDA", "THE PRESIDENT", "MR. SULLIVAN".
    pub(super) fn speaker_named(&mut self, span: Span) -> Option<EntityId> {
        let (role, keys, courtesy) = label::read_label(self.kb, span.of(&self.document.text));
        let index = if keys.is_empty() {
            let role = role?;
            match self.publisher {
                Some(code) => self.persons.holder(code, role)?,
                None => self.last_with_role(role)?,
            }
        } else {
            let roles = role.map_or(Few::NONE, |role| Few::one((role, TitleQuality::Holds)));
            let clues = Clues { roles, courtesy, ..Clues::NONE };
            let name = label::shown(span.of(&self.document.text));
            self.persons.short_name(&keys, &clues, &name, true)?
        };
        Some(self.entities.person(&mut self.persons.all[index], index))
    }
}
