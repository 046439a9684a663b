//! Whether a date looks back or ahead: what the verb it hangs on says.

use super::Direction;
use crate::{
    mention::word::key,
    token::{Rel, Tag, Token},
    vocabulary::Vocabulary,
};

/// The direction of the date at `first..end`.
pub(crate) fn of(tokens: &[Token], keys: &[u32], first: usize, end: usize, _vocabulary: &Vocabulary) -> Direction {
    // "scheduled for Friday", "planned for March", "due on Monday", "ahead of Sunday's vote", "until Friday"
    let ahead = |k: u32| {
        const AHEAD: [u32; 10] = [
            key("scheduled"),
            key("planned"),
            key("slated"),
            key("due"),
            key("expected"),
            key("upcoming"),
            key("ahead"),
            key("until"),
            key("set"),
            key("forthcoming"),
        ];
        AHEAD.contains(&k)
    };
    if keys[first.saturating_sub(3)..first].iter().any(|k| ahead(*k)) {
        return Direction::Future;
    }
    let Some(verb) = verb_above(tokens, first, end) else { return Direction::Unknown };
    verb_direction(tokens, keys, verb, 0)
}

/// The verb that the date hangs on, over nouns.
fn verb_above(tokens: &[Token], first: usize, end: usize) -> Option<usize> {
    let mut at = (first..end).find(|i| !(first..end).contains(&usize::from(tokens[*i].head)))?;
    for _ in 0..8 {
        let above = usize::from(tokens[at].head);
        if above == at {
            break;
        }
        at = above;
        if tokens[at].tag.is_verb() {
            return Some(at);
        }
    }
    // No verb above: a predicate noun or adjective may have an auxiliary.
    tokens[at].tag.is_noun().then_some(at).or(Some(at))
}

fn verb_direction(tokens: &[Token], keys: &[u32], verb: usize, depth: usize) -> Direction {
    let mut past = tokens[verb].tag == Tag::VerbPast;
    let mut auxiliary = false;
    for (at, token) in tokens.iter().enumerate() {
        if usize::from(token.head) != verb || at == verb {
            continue;
        }
        match token.rel {
            Rel::Aux | Rel::AuxPass | Rel::Cop => {
                auxiliary = true;
                const WILL: [u32; 6] = [key("will"), key("'ll"), key("’ll"), key("shall"), key("would"), key("may")];
                const WAS: [u32; 5] = [key("was"), key("were"), key("had"), key("has"), key("have")];
                if WILL.contains(&keys[at]) {
                    return Direction::Future;
                }
                past |= WAS.contains(&keys[at]);
            }
            Rel::Mark if keys[at] == key("to") => {
                // "is to visit", "are expected to meet", "agreed to meet": what an infinitive tells of lies ahead.
                return Direction::Future;
            }
            _ => {}
        }
    }
    if past {
        return Direction::Past;
    }
    match tokens[verb].tag {
        Tag::VerbPresent | Tag::VerbBase if !auxiliary => Direction::Present, // "he leaves on Sunday", "Lee, Takaichi meet Tuesday"
        // "is thinking of going in January" leaves it open.
        Tag::VerbGerund if tokens[verb].rel != Rel::Advcl => Direction::Unknown,
        Tag::VerbParticiple | Tag::VerbGerund => {
            let above = usize::from(tokens[verb].head);
            if above == verb || depth > 4 || !matches!(tokens[verb].rel, Rel::Xcomp | Rel::Ccomp | Rel::Advcl | Rel::Conj) {
                if tokens[verb].tag == Tag::VerbParticiple { Direction::Past } else { Direction::Unknown }
            } else {
                verb_direction(tokens, keys, above, depth + 1)
            }
        }
        _ => Direction::Unknown,
    }
}
