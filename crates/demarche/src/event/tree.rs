//! Reads who stands where off a sentence's syntax tree: subjects, objects and prepositional complements of a word.
//!
//! A [`Tree`] is a view over parsed tokens with child lists. It answers in head tokens of noun phrases; which actor a
//! head token stands for is for the caller to look up. Coordination is unfolded: "Seoul and Tokyo" gives two heads.

use crate::token::{Rel, Tag, Token, WordId};

/// The words that the tree needs to know by name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    pub(crate) by: WordId,
    pub(crate) of: WordId,
    pub(crate) between: WordId,
    pub(crate) among: WordId,
    pub(crate) relative: [WordId; 4],
}

/// Child lists over one sentence's tokens, in text order.
pub(crate) struct Tree<'a> {
    pub(crate) tokens: &'a [Token],
    starts: Vec<u16>,
    children: Vec<u16>,
}

impl<'a> Tree<'a> {
    /// Builds the child lists of parsed tokens.
    pub(crate) fn new(tokens: &'a [Token]) -> Tree<'a> {
        let mut starts = vec![0_u16; tokens.len() + 1];
        for (i, token) in tokens.iter().enumerate() {
            if usize::from(token.head) != i {
                starts[usize::from(token.head) + 1] += 1;
            }
        }
        for i in 0..tokens.len() {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut children = vec![0_u16; starts[tokens.len()].into()];
        for (i, token) in tokens.iter().enumerate() {
            if usize::from(token.head) != i {
                let slot = &mut next[usize::from(token.head)];
                children[usize::from(*slot)] = i as u16;
                *slot += 1;
            }
        }
        Tree { tokens, starts, children }
    }

    /// The words that depend on `t`, in text order.
    pub(crate) fn children(&self, t: u16) -> &[u16] {
        &self.children[usize::from(self.starts[usize::from(t)])..usize::from(self.starts[usize::from(t) + 1])]
    }

    /// The token at `t`.
    pub(crate) fn at(&self, t: u16) -> &'a Token {
        &self.tokens[usize::from(t)]
    }

    /// The word that `t` depends on, unless it is the root.
    pub(crate) fn head(&self, t: u16) -> Option<u16> {
        let head = self.at(t).head;
        (head != t).then_some(head)
    }

    /// The children of `t` in relation `rel`.
    pub(crate) fn by_rel(&self, t: u16, rel: Rel) -> impl Iterator<Item = u16> + '_ {
        self.children(t).iter().copied().filter(move |&c| self.at(c).rel == rel)
    }

    /// Whether `t` has a child in relation `rel`.
    pub(crate) fn has(&self, t: u16, rel: Rel) -> bool {
        self.by_rel(t, rel).next().is_some()
    }

    /// The preposition of a noun phrase, if it has one: the word of its `case` child (for "ahead of", the first word).
    pub(crate) fn case(&self, t: u16) -> Option<u16> {
        self.by_rel(t, Rel::Case).find(|&c| self.at(c).tag != Tag::Part)
    }

    /// `head` and the nouns coordinated with it.
    pub(crate) fn with_conjuncts(&self, head: u16, out: &mut Vec<u16>) {
        out.push(head);
        for c in self.by_rel(head, Rel::Conj) {
            let token = self.at(c);
            if (token.tag.is_noun() || matches!(token.tag, Tag::Pron | Tag::Adj | Tag::Num | Tag::X))
                && !out.contains(&c)
                && !self.has(c, Rel::Nsubj)
            {
                self.with_conjuncts(c, out);
            }
        }
    }

    /// Whether the verb `t` stands in the passive, a bare participle after a noun included.
    pub(crate) fn is_passive(&self, t: u16) -> bool {
        let token = self.at(t);
        self.children(t).iter().any(|&c| matches!(self.at(c).rel, Rel::NsubjPass | Rel::AuxPass | Rel::OblAgent))
            || token.tag == Tag::VerbParticiple && token.rel == Rel::Acl && !self.has(t, Rel::Aux)
    }

    /// Whose doing the verb `t` is: subject, *by*-agent, or the understood subject of an infinitive, participle or second verb.
    pub(crate) fn subject(&self, t: u16, words: &Words, out: &mut Vec<u16>) {
        self.subject_at(t, words, out, 6);
    }

    fn subject_at(&self, t: u16, words: &Words, out: &mut Vec<u16>, depth: u8) {
        if depth == 0 {
            return;
        }
        if self.is_passive(t) {
            for &c in self.children(t) {
                let rel = self.at(c).rel;
                if rel == Rel::OblAgent || rel == Rel::Obl && self.case(c).is_some_and(|p| self.at(p).word == words.by) {
                    self.with_conjuncts(c, out);
                }
            }
            return;
        }
        if let Some(s) = self.children(t).iter().copied().find(|&c| self.at(c).rel == Rel::Nsubj) {
            self.noun_or_antecedent(s, t, words, out);
            return;
        }
        let token = self.at(t);
        let Some(head) = self.head(t) else { return };
        match token.rel {
            Rel::Conj => {
                let first = self.at(head);
                if first.tag.is_verb() || first.tag == Tag::Aux || self.has(head, Rel::Nsubj) || self.has(head, Rel::NsubjPass) {
                    if self.is_passive(head) {
                        self.passive_subject(head, words, out);
                    } else {
                        self.subject_at(head, words, out, depth - 1);
                    }
                }
            }
            Rel::Xcomp => {
                let objects: Vec<u16> =
                    self.children(head).iter().copied().filter(|&c| matches!(self.at(c).rel, Rel::Obj | Rel::Iobj)).collect();
                if let Some(&object) = objects.first() {
                    self.with_conjuncts(object, out);
                } else if self.is_passive(head) {
                    self.passive_subject(head, words, out);
                } else {
                    self.subject_at(head, words, out, depth - 1);
                }
            }
            Rel::Advcl | Rel::Ccomp | Rel::Parataxis | Rel::Dep => {
                if self.is_passive(head) {
                    self.passive_subject(head, words, out);
                } else if self.at(head).tag.is_verb() || self.has(head, Rel::Nsubj) {
                    self.subject_at(head, words, out, depth - 1);
                }
            }
            Rel::Acl if token.tag == Tag::VerbGerund => self.with_conjuncts(head, out),
            Rel::AclRelcl if !self.has(t, Rel::NsubjPass) => {}
            _ => {}
        }
    }

    fn passive_subject(&self, t: u16, words: &Words, out: &mut Vec<u16>) {
        if let Some(s) = self.by_rel(t, Rel::NsubjPass).next() {
            self.noun_or_antecedent(s, t, words, out);
        }
    }

    /// A relative pronoun stands for the noun that its clause modifies.
    fn noun_or_antecedent(&self, s: u16, verb: u16, words: &Words, out: &mut Vec<u16>) {
        if words.relative.contains(&self.at(s).word) && self.at(s).tag != Tag::Noun {
            let mut clause = verb;
            for _ in 0..4 {
                let token = self.at(clause);
                match token.rel {
                    Rel::AclRelcl => {
                        self.with_conjuncts(token.head, out);
                        return;
                    }
                    Rel::Conj | Rel::Xcomp | Rel::Ccomp if token.head != clause => clause = token.head,
                    _ => break,
                }
            }
        }
        self.with_conjuncts(s, out);
    }

    /// Whom the verb `t` is done to: its object, the subject of its passive, or the noun that its participle modifies.
    pub(crate) fn object(&self, t: u16, words: &Words, out: &mut Vec<u16>) {
        let token = self.at(t);
        if self.is_passive(t) {
            if self.has(t, Rel::NsubjPass) {
                self.passive_subject(t, words, out);
            } else if token.rel == Rel::Acl {
                self.with_conjuncts(token.head, out);
            } else if let (Rel::Conj, Some(head)) = (token.rel, self.head(t)) {
                if self.is_passive(head) {
                    self.object(head, words, out);
                }
            } else if let (Rel::Xcomp, Some(head)) = (token.rel, self.head(t))
                && let Some(s) = self.children(head).iter().copied().find(|&c| matches!(self.at(c).rel, Rel::Nsubj | Rel::NsubjPass))
            {
                self.noun_or_antecedent(s, head, words, out);
            }
            return;
        }
        for o in self.by_rel(t, Rel::Obj) {
            if words.relative.contains(&self.at(o).word) && token.rel == Rel::AclRelcl {
                self.with_conjuncts(token.head, out);
            } else {
                self.with_conjuncts(o, out);
            }
        }
        if out.is_empty() && token.rel == Rel::Conj {
            // "invaded and occupied Kuwait": the object may hang on either verb.
            if let Some(head) = self.head(t).filter(|&h| self.at(h).tag.is_verb() && !self.is_passive(h)) {
                for o in self.by_rel(head, Rel::Obj).filter(|&o| o > t) {
                    self.with_conjuncts(o, out);
                }
            }
        }
        if out.is_empty()
            && let Some(c) = self.by_rel(t, Rel::Conj).find(|&c| self.at(c).tag.is_verb() && !self.has(c, Rel::Nsubj))
        {
            for o in self.by_rel(c, Rel::Obj) {
                self.with_conjuncts(o, out);
            }
        }
    }

    /// The noun phrases that hang on `t` with the preposition `preposition`.
    pub(crate) fn complement(&self, t: u16, preposition: WordId, out: &mut Vec<u16>) {
        for &c in self.children(t) {
            if matches!(self.at(c).rel, Rel::Obl | Rel::Nmod | Rel::OblAgent | Rel::Advcl | Rel::Acl | Rel::Xcomp)
                && self.children(c).iter().any(|&p| matches!(self.at(p).rel, Rel::Case | Rel::Mark) && self.at(p).word == preposition)
            {
                self.with_conjuncts(c, out);
            }
        }
    }

    /// Those who possess or modify the noun `t`, or stand in *of*, *by*, *between* phrases with it.
    pub(crate) fn owners(&self, t: u16, words: &Words, out: &mut Vec<u16>) {
        for &c in self.children(t) {
            let token = self.at(c);
            let take = match token.rel {
                Rel::NmodPoss | Rel::Compound | Rel::Amod => true,
                Rel::Nmod | Rel::Obl | Rel::OblAgent => {
                    self.case(c).is_some_and(|p| [words.by, words.of, words.between, words.among].contains(&self.at(p).word))
                }
                _ => false,
            };
            if take {
                self.with_conjuncts(c, out);
                // "U.S.-Japan talks": the parser hangs the names on one another.
                for inner in self.children(c) {
                    let inner_token = self.at(*inner);
                    if matches!(inner_token.rel, Rel::Compound | Rel::Flat | Rel::Nmod | Rel::Amod)
                        && matches!(token.rel, Rel::Compound | Rel::Amod | Rel::NmodPoss)
                        && self.case(*inner).is_none()
                        && !out.contains(inner)
                    {
                        out.push(*inner);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{span::Span, token::Shape};

    fn token(head: u16, rel: Rel, tag: Tag) -> Token {
        Token {
            span: Span::new(0, 0),
            hash: 0,
            shape: Shape::Lower,
            space_before: true,
            tag,
            head,
            rel,
            word: WordId(99),
            lemma: WordId(99),
        }
    }

    const WORDS: Words = Words { by: WordId(1), of: WordId(2), between: WordId(3), among: WordId(4), relative: [WordId(6); 4] };

    #[test]
    fn an_infinitive_has_the_object_of_its_verb_as_subject() {
        // 0 Washington 1 urged 2 Seoul 3 Tokyo(conj) 4 to 5 meet
        let tokens = [
            token(1, Rel::Nsubj, Tag::Propn),
            token(1, Rel::Root, Tag::VerbPast),
            token(1, Rel::Obj, Tag::Propn),
            token(2, Rel::Conj, Tag::Propn),
            token(5, Rel::Mark, Tag::Part),
            token(1, Rel::Xcomp, Tag::VerbBase),
        ];
        let tree = Tree::new(&tokens);
        let mut subject = Vec::new();
        tree.subject(5, &WORDS, &mut subject);
        assert_eq!(subject, [2, 3]);
        subject.clear();
        tree.subject(1, &WORDS, &mut subject);
        assert_eq!(subject, [0]);
    }
}
