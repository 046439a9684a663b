//! Personal names: where they begin and end, known to the tables or not.

use super::{Chunker, is_possessive};
use crate::{
    kb::{
        cue::Cue,
        person::{NameMeaning, is_name_filler},
        phrase::Meaning,
        trie::{Node, Trie},
    },
    mention::{
        date,
        phrase::{Core, Few, TitleUse},
        scan::{Item, What},
        word,
    },
    token::{Shape, Tag},
};

impl<'a> Chunker<'a> {
    pub(super) fn person(&mut self, first: u16, end: u16, known: Option<Node>, titles: Few<TitleUse>) -> usize {
        self.person_with_titles(first, usize::from(first), usize::from(end), known, titles)
    }

    /// A name, at `name..end`, after titles that begin at `first`.
    pub(super) fn person_with_titles(&mut self, first: u16, name: usize, end: usize, known: Option<Node>, titles: Few<TitleUse>) -> usize {
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

    /// A run of capitalised words that no table names; whether it is a person shows later.
    pub(super) fn bare_name(&mut self, at: usize) -> usize {
        match self.name_run(at) {
            Some((end, known)) => {
                // "South Korea's Lee" is one phrase, "Japan's Sony" is not.
                let is_person = known.is_some() || self.kb.people.names.step(Trie::<NameMeaning>::ROOT, self.scan.keys[at]).is_some();
                let waits = self.waiting.last().is_some_and(|w| usize::from(w.end) == at);
                if !is_person && waits && self.core_after(at).is_some() {
                    return end; // "French MFA Secretary General"
                }
                if !is_person || self.waiting.last().is_some_and(|w| usize::from(w.end) != at) {
                    self.flush();
                }
                self.person(at as u16, end as u16, known, Few::NONE)
            }
            None => at + 1,
        }
    }

    pub(super) fn may_begin_name(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        matches!(token.shape, Shape::Capital | Shape::Mixed | Shape::Upper) && matches!(token.tag, Tag::Propn | Tag::X | Tag::Noun)
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
            if matches!(key, word::HYPHEN)
                && !next.space_before
                && self.tokens.get(end + 1).is_some_and(|t| !t.space_before && t.shape != Shape::Number && t.shape != Shape::Punctuation)
            {
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
            } else if is_particle(key)
                && self.tokens.get(end + 1).is_some_and(|t| matches!(t.shape, Shape::Capital | Shape::Mixed))
                && self.scan.item(end + 1).is_none()
            {
                end += 2;
                words += 1;
            } else {
                break;
            }
        }
        Some((end, None))
    }

    /// "Minister of State for Europe James Cleverly": the name after what a title is for. Only a name that the tables know, or one
    /// with an initial, shows where the field ends.
    pub(super) fn name_after_field(&self, end: usize) -> Option<(usize, usize, Option<Node>)> {
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
    pub(super) fn after_suffix(&self, end: usize) -> usize {
        let at = if self.key(end) == word::COMMA { end + 1 } else { end };
        if matches!(self.key(at), word::JR | word::JR_BARE | word::SR) { at + 1 } else { end }
    }
}

fn is_nameable(tag: Tag) -> bool {
    matches!(tag, Tag::Propn | Tag::X | Tag::Noun)
}

/// "Today", "Monday", "January"; "May" and "March" may be names.
fn is_date_word(key: u32) -> bool {
    use date::Word;
    matches!(date::word_class(key), Some(Word::Month { sure: true, .. } | Word::Weekday(_) | Word::Today(_)))
}

fn is_particle(key: u32) -> bool {
    matches!(
        key,
        word::BIN
            | word::IBN
            | word::AL
            | word::EL
            | word::DE
            | word::DA
            | word::DOS
            | word::DEL
            | word::LA
            | word::VAN
            | word::VON
            | word::DER
            | word::DEN
            | word::UL
            | word::UR
            | word::BINT
            | word::BEN
            | word::TER
            | word::DI
            | word::DU
            | word::LE
            | word::ABU
    )
}
