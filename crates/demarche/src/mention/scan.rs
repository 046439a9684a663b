//! One sentence's tokens → the phrases of the knowledge base that stand there: [`Item`]s, longest first, none overlapping.
//!
//! Topics and off-topic cues are kept apart: they may lie across names ("the denuclearisation of the Korean Peninsula").

use crate::{
    kb::{
        KnowledgeBase, fold,
        person::{NameMeaning, is_name_filler},
        phrase::{Case, Entry, Meaning},
        trie::{Node, Trie},
    },
    token::{Shape, Tag, Token},
};

/// A phrase of the tables in the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) first: u16,
    pub(crate) end: u16,
    pub(crate) what: What,
}

/// What an item is: a phrase, whose meanings hang at a node of the trie, or the whole name of persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Phrase(Node),
    Person(Node),
}

/// A topic or off-topic cue in the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(crate) first: u16,
    pub(crate) end: u16,
    pub(crate) meaning: Meaning,
}

/// What was found in one sentence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scan {
    /// The key of each token; that of "ex-president" is the president's.
    pub(crate) keys: Vec<u32>,
    pub(crate) items: Vec<Item>,
    pub(crate) subjects: Vec<Subject>,
    /// For each token, 1 + the index of the item that holds it; 0 for none.
    pub(crate) item_of: Vec<u16>,
    /// Whether the sentence is written in capitals, so that they tell nothing.
    pub(crate) shouted: bool,
    /// Whether nearly every word has a capital, as in some headlines.
    pub(crate) title_case: bool,
}

impl Scan {
    /// Reads a sentence, forgetting the one before.
    pub(crate) fn read(&mut self, kb: &KnowledgeBase, text: &str, tokens: &[Token]) {
        self.keys.clear();
        self.items.clear();
        self.subjects.clear();
        self.item_of.clear();
        self.item_of.resize(tokens.len(), 0);
        let (mut upper, mut lower, mut capital, mut long_lower) = (0, 0, 0, 0);
        for token in tokens {
            let form = token.span.of(text);
            self.keys.push(match form.get(..3) {
                Some("ex-" | "Ex-") => fold::key(&form[3..]),
                _ if form.is_ascii() => token.hash,
                _ => fold::key(form),
            });
            match token.shape {
                Shape::Upper => upper += 1,
                Shape::Lower => {
                    lower += 1;
                    long_lower += usize::from(token.span.len() > 4);
                }
                Shape::Capital => capital += 1,
                _ => {}
            }
        }
        self.shouted = upper > 3 && upper > 2 * lower;
        self.title_case = capital > 2 && capital > lower && capital > 4 * long_lower;
        let mut at = 0;
        let mut subject_end = 0;
        while at < tokens.len() {
            let found = self.longest(kb, text, tokens, at, &mut subject_end);
            match found {
                Some(item) => {
                    self.items.push(item);
                    for slot in &mut self.item_of[usize::from(item.first)..usize::from(item.end)] {
                        *slot = self.items.len() as u16;
                    }
                    // Topics may begin inside a name.
                    for inside in at + 1..usize::from(item.end) {
                        self.walk(kb, tokens, inside, &mut subject_end);
                    }
                    at = usize::from(item.end);
                }
                None => at += 1,
            }
        }
    }

    fn longest(&mut self, kb: &KnowledgeBase, text: &str, tokens: &[Token], at: usize, subject_end: &mut usize) -> Option<Item> {
        let phrase = self.walk(kb, tokens, at, subject_end);
        let name = self.walk_name(kb, text, tokens, at);
        match (phrase, name) {
            (Some(phrase), Some(name)) => Some(if name.end >= phrase.end { name } else { phrase }),
            (phrase, name) => name.or(phrase),
        }
    }

    /// The longest phrase from `at` that means more than a topic; topics and cues are noted on the way.
    fn walk(&mut self, kb: &KnowledgeBase, tokens: &[Token], at: usize, subject_end: &mut usize) -> Option<Item> {
        let trie = &kb.phrases.trie;
        let mut node = Trie::<Entry>::ROOT;
        let mut best = None;
        let mut subject: Option<Subject> = None;
        for end in at + 1..=tokens.len() {
            node = match trie.step(node, self.keys[end - 1]) {
                Some(next) => next,
                None => break,
            };
            for entry in trie.meanings(node) {
                if !self.written_so(entry.case, &tokens[at]) {
                    continue;
                }
                match entry.meaning {
                    Meaning::Topic { .. } | Meaning::OffTopic { .. } => {
                        let found = Subject { first: at as u16, end: end as u16, meaning: entry.meaning };
                        match subject {
                            Some(before) if before.end == found.end => self.subjects.push(found),
                            _ => subject = Some(found),
                        }
                    }
                    // "Nice" is a city only as a noun.
                    Meaning::Place(_) | Meaning::Organization(_)
                        if end == at + 1
                            && tokens[at].shape != Shape::Upper
                            && matches!(tokens[at].tag, Tag::Adj | Tag::Adv | Tag::Intj | Tag::VerbBase | Tag::VerbGerund) => {}
                    _ => best = Some(Item { first: at as u16, end: end as u16, what: What::Phrase(node) }),
                }
            }
        }
        if let Some(found) = subject.filter(|s| usize::from(s.end) > *subject_end) {
            *subject_end = usize::from(found.end);
            self.subjects.push(found);
        }
        best
    }

    /// The longest whole name of a known person from `at`, of two words or more.
    fn walk_name(&self, kb: &KnowledgeBase, text: &str, tokens: &[Token], at: usize) -> Option<Item> {
        if matches!(tokens[at].shape, Shape::Lower | Shape::Number | Shape::Punctuation) {
            return None;
        }
        let names = &kb.people.names;
        let mut node = names.step(Trie::<NameMeaning>::ROOT, self.keys[at])?;
        let mut words = 1;
        let mut best = None;
        for (end, token) in tokens.iter().enumerate().skip(at + 1) {
            match names.step(node, self.keys[end]) {
                Some(next) => {
                    node = next;
                    words += 1;
                    let whole = names.meanings(node).iter().any(|m| matches!(m, NameMeaning::Full(_)));
                    if whole && words > 1 {
                        best = Some(Item { first: at as u16, end: end as u16 + 1, what: What::Person(node) });
                    }
                }
                None if is_name_filler(token.span.of(text)) && token.span.of(text) != "," => {}
                None => break,
            }
        }
        best
    }

    fn written_so(&self, case: Case, first: &Token) -> bool {
        match case {
            Case::Any => true,
            Case::Capital => !matches!(first.shape, Shape::Lower | Shape::Punctuation | Shape::Number),
            Case::Mixed => first.shape == Shape::Mixed,
            Case::Upper => {
                matches!(first.shape, Shape::Upper | Shape::Alphanumeric | Shape::Mixed) && !(self.shouted && first.tag == Tag::Pron)
            }
        }
    }

    /// The item at a token.
    pub(crate) fn item(&self, token: usize) -> Option<&Item> {
        match self.item_of.get(token) {
            None | Some(0) => None,
            Some(index) => Some(&self.items[usize::from(*index) - 1]),
        }
    }

    /// The item that begins at a token.
    pub(crate) fn item_at(&self, token: usize) -> Option<&Item> {
        self.item(token).filter(|item| usize::from(item.first) == token)
    }
}

impl Item {
    /// The meanings of a phrase that the sentence's writing allows; none for a person's name.
    pub(crate) fn meanings<'a>(&self, kb: &'a KnowledgeBase, scan: &'a Scan, tokens: &'a [Token]) -> impl Iterator<Item = Meaning> + 'a {
        let entries: &[Entry] = match self.what {
            What::Phrase(node) => kb.phrases.trie.meanings(node),
            What::Person(_) => &[],
        };
        let first = &tokens[usize::from(self.first)];
        entries.iter().filter(move |entry| scan.written_so(entry.case, first)).map(|entry| entry.meaning)
    }
}
