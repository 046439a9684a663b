//! Whether a state or capital stands for those who act or for where they are.
//!
//! "Seoul said", "talks with Tokyo", "relations with Japan" are actors; "in Tokyo", "arrived in Japan", "the Tokyo summit"
//! are places. The preposition decides, and for "to", "from", "for" the word that it hangs on.

use crate::{
    kb::{KnowledgeBase, cue::Cue, phrase::NameUse},
    mention::{chunk::is_possessive, phrase::Phrase, word},
    token::{Rel, Tag, Token},
    vocabulary::Vocabulary,
};

/// Whether the state named at `phrase` is a place there. `before` tells whether the mention that ends right before, at a
/// comma or "and", is one.
pub(crate) fn is_place(
    kb: &KnowledgeBase,
    vocabulary: &Vocabulary,
    tokens: &[Token],
    phrase: &Phrase,
    usage: NameUse,
    before: Option<(u16, bool)>,
) -> bool {
    if !matches!(usage, NameUse::Name | NameUse::Capital | NameUse::Metonym) {
        return false;
    }
    let first = usize::from(phrase.first);
    let end = usize::from(phrase.end);
    if tokens.get(end).is_some_and(|t| is_possessive(t.hash)) {
        return false;
    }
    // "the Tokyo summit", "the Washington visit"
    if usage == NameUse::Capital
        && tokens.get(end).is_some_and(|next| next.space_before && next.tag.is_noun() && kb.cues.word(next.hash, Cue::EventNoun))
    {
        return true;
    }
    // "in Japan-Korea relations", "in Japan policy"
    let modifies = matches!(tokens[end - 1].rel, Rel::Compound | Rel::Amod) && usize::from(tokens[end - 1].head) >= end;
    let hyphen = |at: usize| tokens.get(at).is_some_and(|t| matches!(t.hash, word::HYPHEN | word::DASH | word::SLASH) && !t.space_before);
    if hyphen(end) || first > 0 && hyphen(first - 1) || modifies && tokens.get(end).is_some_and(|t| t.tag.is_noun()) {
        return false;
    }
    // "in Seoul, South Korea", "in Tokyo and Seoul"
    if let Some((before_end, true)) = before {
        let gap = &tokens[usize::from(before_end).min(first)..first];
        if (1..=2).contains(&gap.len()) && gap.iter().all(|t| matches!(t.hash, word::COMMA | word::AND | word::OR | word::THE)) {
            return true;
        }
    }
    let Some(preposition) = preposition_before(tokens, first) else { return false };
    let hash = tokens[preposition].hash;
    let carrier = carrier(tokens, preposition, end - 1);
    let not_place = carrier.is_some_and(|at| {
        kb.cues.verb(&tokens[at], Cue::NotPlace, vocabulary) && tokens[at].tag.is_verb() || kb.cues.word(tokens[at].hash, Cue::NotPlace)
    });
    if kb.cues.word(hash, Cue::Locative) {
        return !(hash == word::IN && not_place);
    }
    let moves = |at: usize| {
        tokens[at].tag.is_verb() && kb.cues.verb(&tokens[at], Cue::Motion, vocabulary) || kb.cues.word(tokens[at].hash, Cue::Motion)
    };
    // "arrived in Japan from Seoul" may hang on Japan.
    let above = |at: usize| usize::from(tokens[at].head);
    kb.cues.word(hash, Cue::Directional) && carrier.is_some_and(|at| moves(at) || tokens[at].rel == Rel::Obl && moves(above(at)))
}

/// The preposition that the noun phrase beginning at `first` follows, over articles and adjectives.
fn preposition_before(tokens: &[Token], first: usize) -> Option<usize> {
    let mut at = first;
    for _ in 0..3 {
        at = at.checked_sub(1)?;
        match tokens[at].tag {
            Tag::Adp | Tag::Sconj => return Some(at),
            Tag::Part if tokens[at].hash == word::TO => return Some(at),
            Tag::Det | Tag::Adj => {}
            _ => return None,
        }
    }
    None
}

/// The verb or noun that a prepositional phrase hangs on: by the tree, else the nearest before it.
fn carrier(tokens: &[Token], preposition: usize, last: usize) -> Option<usize> {
    let object = usize::from(tokens[preposition].head);
    let noun = if object > preposition && object <= last { object } else { last };
    let above = usize::from(tokens[noun].head);
    if above < preposition && matches!(tokens[noun].rel, Rel::Obl | Rel::Nmod | Rel::OblTmod | Rel::Obj | Rel::Xcomp | Rel::Advcl) {
        return Some(above);
    }
    tokens[..preposition].iter().rposition(|t| t.tag.is_verb() || t.tag.is_noun())
}
