//! `data/events/*.toml` → [`Lexicon`]: the patterns and operators, compiled to word ids and indexed by their trigger.
//!
//! The form of the files is told in `data/events/README.md`. Loading can fail (a user's own file may be broken);
//! the built-in files load because a test loads them.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{Act, Mode, StanceKind, status::stance_kind};
use crate::{
    mention::Code,
    token::{Tag, WordId},
    vocabulary::Vocabulary,
};

/// Where a participant or an act stands relative to a trigger word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Subject,
    Object,
    IndirectObject,
    /// Noun triggers: possessor, modifier, *by*, *of*, *between*, and the subject of the verb that carries the noun.
    Owner,
    /// Whoever possesses or modifies the object.
    ObjectOwner,
    Preposition(WordId),
    /// Operators only: whoever takes the stance.
    Holder,
    /// Operators only: a clause that depends on the operator.
    Clause,
    /// Operators only: the noun that the adjective modifies.
    Modified,
}

/// What a noun phrase must be to satisfy a pattern.
#[derive(Clone, Debug, Default)]
pub(crate) struct Test {
    pub(crate) any: Vec<WordId>,
    pub(crate) not: Vec<WordId>,
    pub(crate) sectors: Vec<Code>,
    pub(crate) not_sectors: Vec<Code>,
    pub(crate) is: Option<Is>,
}

impl Test {
    /// Whether anything at all satisfies it.
    pub(crate) fn is_open(&self) -> bool {
        self.any.is_empty() && self.sectors.is_empty() && self.is.is_none()
    }
}

/// The kinds of mention that a pattern may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Is {
    Actor,
    Person,
    State,
    Agent,
}

/// How a set of words names an act, and where its participants stand.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    pub(crate) id: String,
    pub(crate) act: Act,
    pub(crate) mode: Option<Mode>,
    pub(crate) actor: Option<Vec<Slot>>,
    pub(crate) recipient: Option<Vec<Slot>>,
    pub(crate) peers: bool,
    pub(crate) object: Test,
    pub(crate) subject: Test,
    pub(crate) prepositions: Vec<(WordId, Test)>,
    pub(crate) contexts: Vec<String>,
    pub(crate) weak: bool,
    /// The number of constraints: the more, the more specific.
    pub(crate) specificity: u8,
}

/// What an operator makes of the act in its complement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Stance(StanceKind),
    Does,
    Fact,
    Not,
    Possible,
    Ends,
}

/// A word by which somebody speaks of an act, or carries it.
#[derive(Clone, Debug)]
pub(crate) struct Operator {
    pub(crate) effect: Effect,
    pub(crate) holder: Vec<Slot>,
    pub(crate) complement: Vec<Slot>,
    pub(crate) doer: Vec<Slot>,
}

/// The class of word that a trigger must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Verb,
    Noun,
    Adjective,
    Preposition,
}

impl Class {
    /// The class of a word that may name an act whatever it is.
    pub(crate) fn of(tag: Tag) -> Class {
        match tag {
            Tag::Adj => Class::Adjective,
            tag if tag.is_verb() => Class::Verb,
            _ => Class::Noun,
        }
    }
}

/// One word (and its companions) that may start a pattern or operator.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    pub(crate) of: u32,
    pub(crate) class: Class,
    /// Words that must stand right before, nearest last.
    pub(crate) before: Vec<WordId>,
    /// Words that must follow, in order, few words apart.
    pub(crate) after: Vec<WordId>,
}

/// Sentences that a pattern must code and must not code: its own proof.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The pattern's id, or the operator's effect and first word.
    pub id: String,
    /// The pattern's act; none for operators.
    pub act: Option<Act>,
    /// Sentences that must be coded.
    pub yes: Vec<String>,
    /// Sentences that must not.
    pub no: Vec<String>,
}

/// All patterns and operators, by trigger word.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) operators: Vec<Operator>,
    by_id: FxHashMap<String, u32>,
    pattern_triggers: Vec<Vec<Trigger>>,
    operator_triggers: Vec<Vec<Trigger>>,
    /// Words like "dozens", "series": the noun meant stands in their *of* phrase.
    pub(crate) quantity: Vec<WordId>,
    /// Prepositions that tell against whom, for whom or where something is done.
    pub(crate) directions: Vec<WordId>,
}

/// A file of patterns that cannot be used, and why.
#[derive(Debug)]
pub struct LexiconError {
    file: String,
    message: String,
}

impl std::fmt::Display for LexiconError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.file, self.message)
    }
}

impl std::error::Error for LexiconError {}

const FILES: [(&str, &str); 16] = [
    ("agree", include_str!("../../data/events/agree.toml")),
    ("consult", include_str!("../../data/events/consult.toml")),
    ("support", include_str!("../../data/events/support.toml")),
    ("concede", include_str!("../../data/events/concede.toml")),
    ("cooperate", include_str!("../../data/events/cooperate.toml")),
    ("aid", include_str!("../../data/events/aid.toml")),
    ("retreat", include_str!("../../data/events/retreat.toml")),
    ("request", include_str!("../../data/events/request.toml")),
    ("accuse", include_str!("../../data/events/accuse.toml")),
    ("reject", include_str!("../../data/events/reject.toml")),
    ("threaten", include_str!("../../data/events/threaten.toml")),
    ("protest", include_str!("../../data/events/protest.toml")),
    ("sanction", include_str!("../../data/events/sanction.toml")),
    ("mobilize", include_str!("../../data/events/mobilize.toml")),
    ("coerce", include_str!("../../data/events/coerce.toml")),
    ("assault", include_str!("../../data/events/assault.toml")),
];
const OPERATORS: &str = include_str!("../../data/events/operators.toml");
const CLASSES: &str = include_str!("../../data/events/classes.toml");

impl Lexicon {
    /// The built-in patterns and operators; their words are added to `vocabulary`.
    pub fn embedded(vocabulary: &mut Vocabulary) -> Lexicon {
        let mut read = || -> Result<Lexicon, LexiconError> {
            let mut builder = Builder { vocabulary, classes: parse("classes.toml", CLASSES)?, lexicon: Lexicon::default() };
            for (name, text) in FILES {
                builder.patterns(name, text)?;
            }
            builder.operators(OPERATORS)?;
            builder.lexicon.quantity = builder.words("classes.toml", &["@quantity".to_owned()])?;
            builder.lexicon.directions = builder.words("classes.toml", &["@direction".to_owned()])?;
            Ok(builder.lexicon)
        };
        read().expect("the built-in event files load, which a test checks")
    }

    /// The patterns that `word` may start.
    pub(crate) fn pattern_triggers(&self, word: WordId) -> &[Trigger] {
        self.pattern_triggers.get(word.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// The operators that `word` may start.
    pub(crate) fn operator_triggers(&self, word: WordId) -> &[Trigger] {
        self.operator_triggers.get(word.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// The pattern of that id.
    pub(crate) fn pattern(&self, id: &str) -> Option<&Pattern> {
        self.by_id.get(id).map(|&i| &self.patterns[i as usize])
    }

    /// How many words start a pattern, by act: the breadth of the lexicon.
    pub fn entries(&self) -> BTreeMap<Act, usize> {
        let mut counts = BTreeMap::new();
        for trigger in self.pattern_triggers.iter().flatten() {
            *counts.entry(self.patterns[trigger.of as usize].act).or_default() += 1;
        }
        counts
    }

    /// The proofs of all built-in patterns and operators.
    ///
    /// # Errors
    /// When a built-in file does not parse.
    pub fn proofs() -> Result<Vec<Proof>, LexiconError> {
        let mut proofs = Vec::new();
        for (name, text) in FILES {
            let file: PatternFile = parse(name, text)?;
            proofs.extend(file.pattern.into_iter().map(|raw| Proof { id: raw.id, act: Act::parse(name), yes: raw.yes, no: raw.no }));
        }
        let file: OperatorFile = parse("operators", OPERATORS)?;
        proofs.extend(file.operator.into_iter().map(|raw| {
            let first = [&raw.verbs, &raw.nouns, &raw.adjectives, &raw.prepositions].into_iter().flatten().next().cloned();
            Proof { id: format!("{}.{}", raw.effect, first.unwrap_or_default()), act: None, yes: raw.yes, no: raw.no }
        }));
        Ok(proofs)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternFile {
    #[serde(default)]
    pattern: Vec<RawPattern>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPattern {
    id: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    mode: Option<String>,
    actor: Option<Vec<String>>,
    recipient: Option<Vec<String>>,
    #[serde(default)]
    peers: bool,
    #[serde(default)]
    object: Vec<String>,
    #[serde(default)]
    object_not: Vec<String>,
    object_is: Option<String>,
    #[serde(default)]
    subject: Vec<String>,
    #[serde(default)]
    subject_not: Vec<String>,
    subject_is: Option<String>,
    #[serde(default)]
    prep: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    context: Vec<String>,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
    #[serde(default, rename = "source")]
    _source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OperatorFile {
    #[serde(default)]
    operator: Vec<RawOperator>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOperator {
    effect: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    prepositions: Vec<String>,
    holder: Option<Vec<String>>,
    #[serde(default)]
    complement: Vec<String>,
    #[serde(default)]
    doer: Vec<String>,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
    #[serde(default, rename = "source")]
    _source: Option<String>,
}

fn parse<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, LexiconError> {
    toml::from_str(text).map_err(|error| LexiconError { file: file.to_owned(), message: error.to_string() })
}

struct Builder<'a> {
    vocabulary: &'a mut Vocabulary,
    classes: FxHashMap<String, Vec<String>>,
    lexicon: Lexicon,
}

impl Builder<'_> {
    fn patterns(&mut self, name: &str, text: &str) -> Result<(), LexiconError> {
        let act = Act::parse(name).expect("FILES names PLOVER types");
        let file: PatternFile = parse(name, text)?;
        for raw in file.pattern {
            let wrong = |message: String| LexiconError { file: format!("{name}.toml"), message: format!("pattern {}: {message}", raw.id) };
            let mode = match raw.mode.as_deref() {
                None | Some("") => None,
                Some(mode) => Some(Mode::parse(act, mode).ok_or_else(|| wrong(format!("`{mode}` is no mode of {act}")))?),
            };
            let mut prepositions = Vec::new();
            for (preposition, words) in &raw.prep {
                let test = self.test(&raw.id, words, &[], None)?;
                prepositions.push((self.vocabulary.add(preposition), test));
            }
            let object = self.test(&raw.id, &raw.object, &raw.object_not, raw.object_is.as_deref())?;
            let subject = self.test(&raw.id, &raw.subject, &raw.subject_not, raw.subject_is.as_deref())?;
            let specificity = 2 * [!object.is_open(), !subject.is_open()].into_iter().filter(|c| *c).count() as u8
                + 2 * prepositions.len() as u8
                + u8::from(!object.any.is_empty())
                + u8::from(!subject.any.is_empty());
            let index = self.lexicon.patterns.len() as u32;
            for (class, words) in [(Class::Verb, &raw.verbs), (Class::Noun, &raw.nouns), (Class::Adjective, &raw.adjectives)] {
                for word in words {
                    let (key, trigger) = self.trigger(index, class, word);
                    insert(&mut self.lexicon.pattern_triggers, key, trigger);
                }
            }
            let pattern = Pattern {
                act,
                mode,
                actor: raw.actor.as_ref().map(|slots| self.slots(slots)),
                recipient: raw.recipient.as_ref().map(|slots| self.slots(slots)),
                peers: raw.peers,
                object,
                subject,
                prepositions,
                contexts: raw.context,
                weak: raw.weak,
                specificity,
                id: raw.id,
            };
            self.lexicon.by_id.insert(pattern.id.clone(), index);
            self.lexicon.patterns.push(pattern);
        }
        Ok(())
    }

    fn operators(&mut self, text: &str) -> Result<(), LexiconError> {
        let file: OperatorFile = parse("operators.toml", text)?;
        for raw in file.operator {
            let effect = match raw.effect.as_str() {
                "does" => Effect::Does,
                "fact" => Effect::Fact,
                "not" => Effect::Not,
                "possible" => Effect::Possible,
                "ends" => Effect::Ends,
                stance => Effect::Stance(
                    stance_kind(stance)
                        .ok_or_else(|| LexiconError { file: "operators.toml".to_owned(), message: format!("`{stance}` is no effect") })?,
                ),
            };
            let index = self.lexicon.operators.len() as u32;
            let classes = [
                (Class::Verb, &raw.verbs),
                (Class::Noun, &raw.nouns),
                (Class::Adjective, &raw.adjectives),
                (Class::Preposition, &raw.prepositions),
            ];
            for (class, words) in classes {
                for word in words {
                    let (key, trigger) = self.trigger(index, class, word);
                    insert(&mut self.lexicon.operator_triggers, key, trigger);
                }
            }
            let holder = raw.holder.unwrap_or_else(|| vec!["subject".to_owned()]);
            let operator =
                Operator { effect, holder: self.slots(&holder), complement: self.slots(&raw.complement), doer: self.slots(&raw.doer) };
            self.lexicon.operators.push(operator);
        }
        Ok(())
    }

    fn slots(&mut self, names: &[String]) -> Vec<Slot> {
        names
            .iter()
            .map(|name| match name.as_str() {
                "subject" => Slot::Subject,
                "object" => Slot::Object,
                "iobject" => Slot::IndirectObject,
                "owner" | "poss" | "modifier" => Slot::Owner,
                "object-owner" => Slot::ObjectOwner,
                "holder" => Slot::Holder,
                "clause" => Slot::Clause,
                "modified" => Slot::Modified,
                preposition => Slot::Preposition(self.vocabulary.add(preposition)),
            })
            .collect()
    }

    fn test(&mut self, id: &str, any: &[String], not: &[String], is: Option<&str>) -> Result<Test, LexiconError> {
        let mut test = Test::default();
        for (words, sectors, ids) in [(any, &mut test.sectors, &mut test.any), (not, &mut test.not_sectors, &mut test.not)] {
            let plain: Vec<String> = words.iter().filter(|w| !w.contains(':') && *w != "@actor").cloned().collect();
            sectors.extend(words.iter().filter_map(|w| w.strip_prefix("sector:")).filter_map(Code::parse));
            *ids = self.words(id, &plain)?;
        }
        let is = if any.iter().any(|word| word == "@actor") { Some("actor") } else { is };
        test.is = match is {
            None | Some("") => None,
            Some("actor") => Some(Is::Actor),
            Some("person") => Some(Is::Person),
            Some("state") => Some(Is::State),
            Some("agent") => Some(Is::Agent),
            Some(other) => {
                return Err(LexiconError {
                    file: id.to_owned(),
                    message: format!("`{other}` is no kind of mention (actor, person, state, agent)"),
                });
            }
        };
        Ok(test)
    }

    /// The ids of words and of the classes among them, as nouns.
    fn words(&mut self, file: &str, words: &[String]) -> Result<Vec<WordId>, LexiconError> {
        let mut ids = Vec::new();
        for word in words {
            match word.strip_prefix('@') {
                Some(class) => {
                    let members = self.classes.get(class).cloned();
                    let members = members
                        .ok_or_else(|| LexiconError { file: file.to_owned(), message: format!("`@{class}` is not in classes.toml") })?;
                    ids.extend(self.words(file, &members)?);
                }
                None => {
                    let last = word.rsplit(' ').next().unwrap_or(word);
                    ids.push(self.vocabulary.add_noun(last));
                }
            }
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }

    /// The key word of a trigger and its companions.
    fn trigger(&mut self, of: u32, class: Class, text: &str) -> (WordId, Trigger) {
        let words: Vec<&str> = text.split([' ', '-']).filter(|w| !w.is_empty()).collect();
        let key = match class {
            Class::Noun => {
                words.iter().position(|w| ["of", "to", "in", "on", "for"].contains(w)).map_or(words.len() - 1, |of| of.saturating_sub(1))
            }
            _ => 0,
        };
        let before = words[..key].iter().map(|w| self.vocabulary.add(w)).collect();
        let after = words[key + 1..].iter().map(|w| self.vocabulary.add(w)).collect();
        let word = match class {
            Class::Verb => self.vocabulary.add_verb(words[key]),
            Class::Noun => self.vocabulary.add_noun(words[key]),
            Class::Adjective | Class::Preposition => self.vocabulary.add(words[key]),
        };
        (word, Trigger { of, class, before, after })
    }
}

fn insert(index: &mut Vec<Vec<Trigger>>, word: WordId, trigger: Trigger) {
    let at = word.0 as usize;
    if index.len() <= at {
        index.resize(at + 1, Vec::new());
    }
    index[at].push(trigger);
}
