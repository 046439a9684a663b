//! Words that stand for somebody named elsewhere: which they are, not yet for whom ([`anaphora`](crate::mention::anaphora)).

use super::Chunker;
use crate::{
    kb::Level,
    mention::{
        phrase::{Anaphor, Core},
        scan::Item,
        word,
    },
    token::{Rel, Shape, Tag},
};

impl<'a> Chunker<'a> {
    pub(super) fn anaphor(&mut self, at: usize) -> usize {
        let (anaphor, end) = self.anaphor_at(at).expect("the caller has asked");
        self.flush();
        self.push(at as u16, end as u16, Core::Anaphor(anaphor));
        end
    }

    /// A pronoun, "each other", "the two", "the North" at a token, and where it ends.
    pub(super) fn anaphor_at(&self, at: usize) -> Option<(Anaphor, usize)> {
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
            word::KOREAS | word::INTER_KOREAN => Anaphor::Koreas,
            word::THE if next == word::PARTICIPANTS => return Some((Anaphor::Persons(0), at + 2)),
            word::BOTH | word::TWO if matches!(next, word::MEN | word::WOMEN) => return Some((Anaphor::Persons(2), at + 2)),
            word::THE if next == word::TWO && matches!(self.key(at + 2), word::MEN | word::WOMEN) => {
                return Some((Anaphor::Persons(2), at + 3));
            }
            _ => return None,
        };
        Some((pronoun, at + 1))
    }

    /// "the two", "both" with no noun after it, "both agreed" but not "both sides" nor "both Seoul and Tokyo".
    pub(super) fn stands_alone(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return true };
        let key = self.scan.keys[at + 1];
        !(next.tag.is_noun() || matches!(next.tag, Tag::Adj | Tag::Num | Tag::Det | Tag::Pron) || key == word::HYPHEN)
            && self.scan.item(at + 1).is_none()
            && !(key == word::THE || key == word::IN && self.scan.keys[at] == word::BOTH)
    }

    /// "the North": capitalised, and no "North Sea", "north of".
    pub(super) fn is_korea(&self, at: usize) -> bool {
        self.tokens[at].shape == Shape::Capital
            && !self.tokens.get(at + 1).is_some_and(|next| next.shape == Shape::Capital && next.space_before)
            && !(self.key(at + 1) == word::OF && self.tokens.get(at + 2).is_none_or(|t| t.tag != Tag::VerbGerund))
    }

    /// "the two leaders", "both sides": a plural that stands for those named before, and where it begins.
    pub(super) fn plural_anaphor(&self, item: Item, agent: u16, plural: bool) -> Option<(Anaphor, u16)> {
        let key = self.scan.keys[usize::from(item.first)];
        if !plural || item.end - item.first != 1 || self.qualifier.is_some() {
            return None;
        }
        let _ = agent;
        let (count, first) = self.count_before(item)?;
        let anaphor = match key {
            word::LEADERS | word::PRESIDENTS | word::MINISTERS => Anaphor::Persons(count),
            word::SIDES
            | word::COUNTRIES
            | word::NATIONS
            | word::GOVERNMENTS
            | word::STATES
            | word::ALLIES
            | word::NEIGHBORS
            | word::NEIGHBOURS
            | word::CAPITALS
            | word::PARTNERS
            | word::DELEGATIONS => {
                // "the countries", "the nations" may be any; "the sides" are those who talk.
                if count == 0 && !matches!(key, word::SIDES | word::ALLIES) {
                    return None;
                }
                Anaphor::States(count)
            }
            word::PARTIES | word::OFFICIALS if count > 0 => Anaphor::States(count),
            _ => return None,
        };
        Some((anaphor, first))
    }

    /// "the two foreign ministers": persons of that rank named before. "The foreign ministers of …" are told by what follows.
    pub(super) fn counted_title(&self, item: Item, title: u16) -> Option<(Anaphor, u16)> {
        let free = self.states_before(item.first).is_empty() && self.organization_before(item.first).is_none() && self.qualifier.is_none();
        let high = self.kb.phrases.titles[usize::from(title)].level <= Level::Minister;
        if !free || !high || self.of_state(usize::from(item.end), true).is_some() {
            return None;
        }
        self.count_before(item).map(|(count, first)| (Anaphor::Persons(count), first))
    }

    /// How many the words before a plural say that there are (0 for a bare "the"), and where they begin.
    fn count_before(&self, item: Item) -> Option<(u8, u16)> {
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
        Some((count, first as u16))
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
