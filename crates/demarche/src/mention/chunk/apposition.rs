//! Two phrases side by side for one person: "Takaichi, Japan's prime minister," and "the envoy, Lee Jun-seok,".

use super::Chunker;
use crate::{
    kb::phrase::Nature,
    mention::{
        phrase::{Core, Determiner, Phrase},
        word,
    },
    token::Tag,
};

impl<'a> Chunker<'a> {
    /// Binds "Takaichi, Japan's prime minister," and "the envoy, Lee Jun-seok," into one.
    pub(super) fn link_appositions(&mut self, begin: usize) {
        for index in begin + 1..self.out.len() {
            let (before, phrase) = (&self.out[index - 1], &self.out[index]);
            let previous = if matches!(before.core, Core::State { .. }) && index >= begin + 2 { index - 2 } else { index - 1 };
            let before = &self.out[previous];
            if self.key(usize::from(before.end)) != word::COMMA || !self.closes(usize::from(phrase.end)) {
                continue;
            }
            let is_title = |p: &Phrase| {
                p.core == Core::Title && !p.plural
                    || matches!(p.core, Core::Agent(a) if self.kb.phrases.agents[usize::from(a)].nature == Nature::Counterpart && !p.plural)
            };
            if before.core == Core::Person
                && is_title(phrase)
                && self.only_appositive(usize::from(before.end) + 1, usize::from(phrase.first))
            {
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
    pub(super) fn closes(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|t| t.tag == Tag::Punct && !matches!(self.scan.keys[at], word::HYPHEN))
            || matches!(self.key(at), word::WHO)
    }

    /// Whether only an article, adjectives and an age stand there: ", 64, a former" before "foreign minister".
    pub(super) fn only_appositive(&self, from: usize, to: usize) -> bool {
        from <= to
            && to - from <= 5
            && (from..to).all(|at| {
                matches!(self.scan.keys[at], word::THE | word::A | word::AN | word::COMMA | word::HIS | word::HER | word::ITS | word::THEIR)
                    || self.may_stand_before_core(at)
                    || self.scan.item(at).is_some_and(|item| usize::from(item.end) <= to)
            })
    }
}
