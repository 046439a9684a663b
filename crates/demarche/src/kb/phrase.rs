//! The words of the tables, each with what it may mean, in one trie: one walk per token finds them all.

use super::{OrganizationId, RoleId, StateId, fold, role::Level, trie::Trie};
use crate::{
    mention::{Code, TitleQuality},
    span::Span,
    token::tokenize,
};

/// What a phrase may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    State {
        state: StateId,
        usage: NameUse,
        sector: Option<Code>,
    },
    Organization(OrganizationId),
    Place(u32),
    /// Index into [`Phrases::titles`], and whether the form is a plural.
    Title(u16, bool),
    Qualifier(Qualifier),
    /// Index into [`Phrases::agents`], and whether the form is a plural.
    Agent(u16, bool),
    /// An unnamed source, by kind.
    Source(u16),
    Topic {
        subject: u16,
        context: Option<u16>,
    },
    /// A cue that the text is not about diplomacy, by kind, and its weight.
    OffTopic {
        kind: u16,
        weight: u8,
    },
    /// A name that holds a state's name and means something else: "New Mexico", "Korean War".
    OtherName,
}

/// How a form names its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameUse {
    Name,
    Adjective,
    People,
    Capital,
    Metonym,
}

/// What stands before a title and changes who it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Qualifier {
    /// Former, acting, elect, designate.
    Quality(TitleQuality),
    /// Still in office, but not for long.
    Outgoing,
    /// Second to the post that follows.
    Deputy,
}

/// How a phrase must be written to be it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// Any way.
    Any,
    /// Its first word begins with a capital.
    Capital,
    /// Its first word is in capitals: "WHO", "U.S.".
    Upper,
    /// Its first word has capitals inside: "LeT".
    Mixed,
}

/// A phrase's meaning and the way it must be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) meaning: Meaning,
    pub(crate) case: Case,
}

/// A title: "foreign minister".
#[derive(Clone, Debug)]
pub(crate) struct Title {
    pub(crate) form: Box<str>,
    pub(crate) role: RoleId,
    pub(crate) sector: Option<Code>,
    pub(crate) level: Level,
    /// The only state or body that has this title.
    pub(crate) scope: Option<Code>,
}

/// A kind of agent: "prosecutor".
#[derive(Clone, Debug)]
pub(crate) struct Agent {
    pub(crate) form: Box<str>,
    pub(crate) sector: Option<Code>,
    /// What the agent is for the reading: the state itself, one who speaks to its like, or just one of a kind.
    pub(crate) nature: Nature,
}

/// How an agent noun relates to the state before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nature {
    /// The state as a whole: "government", "side", "delegation", "nation".
    State,
    /// Whoever stands across: "counterpart".
    Counterpart,
    /// Somebody of another side than the one named with it: "ally", "guest", "rival".
    Other,
    /// A kind of people or body.
    Kind,
}

/// All phrases but the names of persons.
#[derive(Clone, Debug, Default)]
pub(crate) struct Phrases {
    pub(crate) trie: Trie<Entry>,
    pub(crate) titles: Vec<Title>,
    pub(crate) agents: Vec<Agent>,
}

impl Phrases {
    /// Adds a form, found by the case that its own writing asks for.
    pub(crate) fn add(&mut self, form: &str, meaning: Meaning) {
        self.add_cased(form, meaning, case_of(form));
    }

    /// Adds a form that may be written in any way.
    pub(crate) fn add_any(&mut self, form: &str, meaning: Meaning) {
        self.add_cased(form, meaning, Case::Any);
    }

    fn add_cased(&mut self, form: &str, meaning: Meaning, case: Case) {
        let mut keys = [0; 16];
        let mut count = 0;
        words(form, |word| {
            if count < keys.len() {
                keys[count] = fold::key(word);
            }
            count += 1;
        });
        if (1..=keys.len()).contains(&count) {
            self.trie.add(&keys[..count], Entry { meaning, case });
        }
    }
}

fn case_of(form: &str) -> Case {
    let first = form.split([' ', '-']).next().unwrap_or(form);
    let mut letters = first.chars().filter(|c| c.is_alphabetic());
    match letters.next() {
        Some(c) if c.is_uppercase() => {
            let is_acronym = first.chars().filter(|c| c.is_alphabetic()).count() > 1 && letters.all(|c| c.is_uppercase() || c == 's');
            if is_acronym {
                Case::Upper
            } else if first.len() <= 4 && first.chars().skip(1).any(char::is_uppercase) {
                Case::Mixed
            } else {
                Case::Capital
            }
        }
        Some(_) => Case::Any,
        None => Case::Any,
    }
}

/// Calls `take` with each word of a form, as the tokenizer cuts it.
pub(crate) fn words(form: &str, take: impl FnMut(&str)) {
    if form.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ') {
        form.split_ascii_whitespace().for_each(take);
    } else if form.contains('.') {
        // "lt. gen." keeps its full stops only as "Lt. Gen.".
        tokenized(&capitalized(form), take);
    } else {
        tokenized(form, take);
    }
}

fn tokenized(form: &str, mut take: impl FnMut(&str)) {
    let mut tokens = Vec::with_capacity(8);
    tokenize(form, Span::new(0, form.len()), &mut tokens);
    tokens.iter().for_each(|token| take(token.span.of(form)));
}

fn capitalized(form: &str) -> String {
    let mut begins = true;
    form.chars()
        .map(|c| {
            let c = if begins { c.to_ascii_uppercase() } else { c };
            begins = !c.is_alphanumeric();
            c
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_cut_as_the_tokenizer_cuts_text() {
        let check = |form: &str, expected: &str| {
            let mut found = Vec::new();
            words(form, |word| found.push(word.to_owned()));
            assert_eq!(found.join("|"), expected);
        };
        check("Lee Jae-myung", "Lee|Jae|-|myung");
        check("Washington, D.C.", "Washington|,|D.C.");
        check("women's affairs minister", "women|'s|affairs|minister");
        check("Congo (DRC)", "Congo|(|DRC|)");
        check("lt. gen.", "Lt.|Gen.");
        check("u.s. trade representative", "U.S.|Trade|Representative");
    }

    #[test]
    fn acronyms_ask_for_capitals() {
        for (form, case) in [
            ("WHO", Case::Upper),
            ("U.S.", Case::Upper),
            ("Japan", Case::Capital),
            ("officials", Case::Any),
            ("G7", Case::Capital),
            ("NGOs", Case::Upper),
            ("LeT", Case::Mixed),
        ] {
            assert_eq!(case_of(form), case, "{form}");
        }
    }
}
