//! Classes of everyday words that tell how a name is used: verbs of motion, prepositions of place, "University".

use rustc_hash::FxHashMap;

use super::{
    TableError, fold,
    table::{alternatives, each_row},
};
use crate::{
    token::{Token, WordId},
    vocabulary::Vocabulary,
};

/// A class of words in data/lexicon/cues.tsv.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum Cue {
    /// "arrive", "fly": a state after it and a preposition is where somebody goes.
    Motion = 1,
    /// "in", "near": a state after it is a place.
    Locative = 1 << 1,
    /// "to", "from", "for": a state after it is a place when the verb is one of motion.
    Directional = 1 << 2,
    /// "University", "Times": what bears a state's name before it is not the state.
    NamedThing = 1 << 3,
    /// "summit", "visit", "talks": a capital before it is where it takes place.
    EventNoun = 1 << 4,
    /// "Call", "Travel": capitalised in a headline, yet no part of the name before.
    NotInName = 1 << 5,
    /// "invest", "confidence": what stands after "in" is no place.
    NotPlace = 1 << 6,
    /// Names of family members: "sister", "wife".
    Kin = 1 << 7,
    /// "become", "serve", "appoint": a title after it is a claim on the subject or object.
    Becoming = 1 << 8,
    /// "led", "backed": what a hyphen joins to a name without being part of it.
    Joined = 1 << 11,
    /// Of these, the ones that say it of their subject: "become", "serve".
    Being = 1 << 10,
    /// Words that stand with a capital at the head of a sentence or headline and are no family names there.
    NoName = 1 << 9,
    /// "foreign", "western": an agent with it is of no state that the sentence names without more.
    FromElsewhere = 1 << 12,
    /// "police", "parliament": they need no article to mean the one that there is.
    WithoutArticle = 1 << 13,
    /// "discuss", "review": what stands after it is talked about.
    Talk = 1 << 14,
}

/// The classes of every word in the table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cues {
    words: FxHashMap<u32, u32>,
    verbs: FxHashMap<WordId, u32>,
}

impl Cues {
    pub(crate) fn read(&mut self, file: &str, text: &str, vocabulary: &mut Vocabulary) -> Result<(), TableError> {
        each_row(file, text, ["class", "words"], |row| {
            let [class, words] = row.cells();
            let (cue, is_verb) = match class {
                "motion_verb" => (Cue::Motion, true),
                "motion_noun" => (Cue::Motion, false),
                "locative" => (Cue::Locative, false),
                "directional" => (Cue::Directional, false),
                "named_thing" => (Cue::NamedThing, false),
                "event_noun" => (Cue::EventNoun, false),
                "joined" => (Cue::Joined, false),
                "not_in_name" => (Cue::NotInName, false),
                "not_place_verb" => (Cue::NotPlace, true),
                "not_place_noun" => (Cue::NotPlace, false),
                "kin" => (Cue::Kin, false),
                "becoming_verb" => (Cue::Becoming, true),
                "being_verb" => (Cue::Being, true),
                "no_name" => (Cue::NoName, false),
                "from_elsewhere" => (Cue::FromElsewhere, false),
                "talk_verb" => (Cue::Talk, true),
                "without_article" => (Cue::WithoutArticle, false),
                other => return Err(format!("unknown class \"{other}\"")),
            };
            for word in alternatives(words) {
                if is_verb {
                    *self.verbs.entry(vocabulary.add_verb(word)).or_default() |= cue as u32;
                } else {
                    *self.words.entry(fold::key(word)).or_default() |= cue as u32;
                }
            }
            Ok(())
        })
    }

    /// Whether a token, as it is written, is of the class.
    pub(crate) fn word(&self, key: u32, cue: Cue) -> bool {
        self.words.get(&key).is_some_and(|classes| classes & cue as u32 != 0)
    }

    /// Whether a token is a form of a verb of the class.
    pub(crate) fn verb(&self, token: &Token, cue: Cue, vocabulary: &Vocabulary) -> bool {
        vocabulary.as_verb(token).and_then(|verb| self.verbs.get(&verb)).is_some_and(|classes| classes & cue as u32 != 0)
    }
}
