//! Every word that a data file names, as a small number, with the inflected forms that lead to it.
//!
//! The vocabulary is built once, when the reader is loaded. Rules then compare [`WordId`]s, never strings.

use rustc_hash::FxHashMap;

use crate::token::{Tag, Token, WordId, hash_lower};

/// Words of the data files and the forms they appear in.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    words: Vec<Box<str>>,
    by_form: FxHashMap<u32, Form>,
    irregular: FxHashMap<Box<str>, Vec<Box<str>>>,
}

/// What a written form stands for, by word class.
#[derive(Clone, Copy, Debug, Default)]
struct Form {
    word: WordId,
    verb: WordId,
    noun: WordId,
}

impl Vocabulary {
    /// An empty vocabulary that knows the irregular verb and noun forms of `irregular` (see data/lexicon/irregular.tsv).
    pub fn new(irregular: &str) -> Vocabulary {
        let mut forms: FxHashMap<Box<str>, Vec<Box<str>>> = FxHashMap::default();
        for line in irregular.lines().filter(|l| !l.starts_with('#')).skip(1) {
            let mut cells = line.split('\t');
            if let (Some(lemma), Some(inflected)) = (cells.next(), cells.next()) {
                forms.insert(lemma.into(), inflected.split('|').map(Into::into).collect());
            }
        }
        Vocabulary { words: vec!["".into()], by_form: FxHashMap::default(), irregular: forms }
    }

    /// The id of a word as it is written, adding it if new.
    pub fn add(&mut self, form: &str) -> WordId {
        let entry = self.by_form.entry(hash_lower(form)).or_default();
        if entry.word == WordId::UNKNOWN {
            entry.word = WordId(self.words.len() as u32);
            self.words.push(form.to_lowercase().into());
        }
        entry.word
    }

    /// Adds a verb with all its forms: *meet*, *meets*, *met*, *meeting*.
    pub fn add_verb(&mut self, lemma: &str) -> WordId {
        let id = self.add(lemma);
        for form in self.verb_forms(lemma) {
            self.add(&form);
            self.by_form.entry(hash_lower(&form)).or_default().verb = id;
        }
        self.by_form.entry(hash_lower(lemma)).or_default().verb = id;
        id
    }

    /// Adds a noun with its plural: *summit*, *summits*.
    pub fn add_noun(&mut self, lemma: &str) -> WordId {
        let id = self.add(lemma);
        let plural = self.plural(lemma);
        self.add(&plural);
        self.by_form.entry(hash_lower(&plural)).or_default().noun = id;
        let own = self.by_form.entry(hash_lower(lemma)).or_default();
        if own.noun == WordId::UNKNOWN {
            own.noun = id;
        }
        id
    }

    /// The id of a form, if any data file names it.
    pub fn get(&self, form: &str) -> Option<WordId> {
        self.by_form.get(&hash_lower(form)).map(|f| f.word)
    }

    /// The word itself, lower-cased.
    pub fn word(&self, id: WordId) -> &str {
        &self.words[id.0 as usize]
    }

    /// Fills `word` and `lemma` of tagged tokens.
    pub fn fill(&self, tokens: &mut [Token]) {
        for token in tokens {
            let Some(form) = self.by_form.get(&token.hash) else { continue };
            token.word = form.word;
            let lemma = if token.tag.is_verb() || token.tag == Tag::Aux {
                form.verb
            } else if matches!(token.tag, Tag::Noun | Tag::NounPlural | Tag::Propn) {
                form.noun
            } else {
                form.word
            };
            token.lemma = if lemma == WordId::UNKNOWN { form.word } else { lemma };
        }
    }

    /// The id of the verb that a form may belong to, whatever it was tagged as.
    pub fn as_verb(&self, token: &Token) -> Option<WordId> {
        self.by_form.get(&token.hash).map(|f| f.verb).filter(|id| *id != WordId::UNKNOWN)
    }

    /// The id of the noun that a form may belong to, whatever it was tagged as.
    pub fn as_noun(&self, token: &Token) -> Option<WordId> {
        self.by_form.get(&token.hash).map(|f| f.noun).filter(|id| *id != WordId::UNKNOWN)
    }

    fn verb_forms(&self, lemma: &str) -> Vec<String> {
        if let Some(forms) = self.irregular.get(lemma) {
            let mut all: Vec<String> = forms.iter().map(|f| f.to_string()).collect();
            all.push(third_person(lemma));
            all.push(gerund(lemma));
            return all;
        }
        let past = if lemma.ends_with('e') {
            format!("{lemma}d")
        } else if ends_in_consonant_y(lemma) {
            format!("{}ied", &lemma[..lemma.len() - 1])
        } else {
            format!("{lemma}ed")
        };
        let mut all = vec![third_person(lemma), past, gerund(lemma)];
        if let Some(last) = doubled(lemma) {
            // Both spellings occur: "targetted", "cancelled" and "canceled".
            all.push(format!("{lemma}{last}ed"));
            all.push(format!("{lemma}{last}ing"));
        }
        all
    }

    fn plural(&self, lemma: &str) -> String {
        if let Some(forms) = self.irregular.get(&*format!("{lemma}#n")) {
            return forms[0].to_string();
        }
        third_person(lemma)
    }
}

/// The *-s* form of a verb, which is also the plural of a noun: *meets*, *pushes*, *carries*.
fn third_person(lemma: &str) -> String {
    if ends_in_consonant_y(lemma) {
        format!("{}ies", &lemma[..lemma.len() - 1])
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|end| lemma.ends_with(end)) || lemma.ends_with("o") && lemma.len() > 3 {
        format!("{lemma}es")
    } else {
        format!("{lemma}s")
    }
}

fn gerund(lemma: &str) -> String {
    if let Some(stem) = lemma.strip_suffix("ie") {
        format!("{stem}ying")
    } else if lemma.ends_with('e') && !lemma.ends_with("ee") && !lemma.ends_with("oe") && lemma.len() > 2 {
        format!("{}ing", &lemma[..lemma.len() - 1])
    } else {
        format!("{lemma}ing")
    }
}

fn ends_in_consonant_y(lemma: &str) -> bool {
    let bytes = lemma.as_bytes();
    bytes.len() > 1 && bytes[bytes.len() - 1] == b'y' && !b"aeiou".contains(&bytes[bytes.len() - 2])
}

/// The last letter, where it may be doubled before *-ed* and *-ing*: consonant after a single vowel.
fn doubled(lemma: &str) -> Option<char> {
    let bytes = lemma.as_bytes();
    let [.., before, vowel, last] = bytes else { return None };
    let is_vowel = |b: &u8| b"aeiou".contains(b);
    (is_vowel(vowel) && !is_vowel(before) && !is_vowel(last) && !b"wxy".contains(last)).then_some(*last as char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_their_lemma() {
        let mut vocabulary = Vocabulary::new("lemma\tforms\nmeet\tmet\n");
        for lemma in ["meet", "carry", "cancel", "agree", "die", "stop"] {
            vocabulary.add_verb(lemma);
        }
        let lemma_of =
            |form: &str| vocabulary.by_form.get(&hash_lower(form)).map(|f| vocabulary.word(f.verb).to_owned()).unwrap_or_default();
        for (form, lemma) in [
            ("met", "meet"),
            ("meets", "meet"),
            ("meeting", "meet"),
            ("carried", "carry"),
            ("carries", "carry"),
            ("cancelled", "cancel"),
            ("canceled", "cancel"),
            ("agreed", "agree"),
            ("agreeing", "agree"),
            ("dying", "die"),
            ("stopped", "stop"),
        ] {
            assert_eq!(lemma_of(form), lemma, "{form}");
        }
    }
}
