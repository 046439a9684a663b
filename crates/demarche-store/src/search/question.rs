//! A query as people write it → the index's own language.
//!
//! Words must all occur; "phrases" in that order; word* begins so; -word must not occur; OR joins what stands beside it.

use crate::{
    error::{Error, Result},
    words::{composed, unparted, words},
};

/// What is asked.
pub(crate) struct Question {
    /// All of these; of each, one of the alternatives.
    all: Vec<Vec<Phrase>>,
    none: Vec<Phrase>,
}

/// Terms one after the other.
pub(crate) struct Phrase(pub(crate) Vec<Term>);

/// One word of the index, or its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) word: String,
    pub(crate) is_prefix: bool,
}

impl Term {
    pub(crate) fn is(&self, word: &str) -> bool {
        if self.is_prefix { word.starts_with(&self.word) } else { word == self.word }
    }
}

impl Question {
    pub(crate) fn parse(query: &str) -> Result<Question> {
        let mut question = Question { all: Vec::new(), none: Vec::new() };
        let mut alternative = false;
        for part in parts(query) {
            if part == "OR" {
                alternative = !question.all.is_empty();
                continue;
            }
            let (is_excluded, rest) = match part.strip_prefix('-') {
                Some(rest) => (true, rest),
                None => (false, part.as_str()),
            };
            let phrase = phrase(rest);
            if phrase.0.is_empty() {
                continue;
            }
            if is_excluded {
                question.none.push(phrase);
            } else if alternative {
                question.all.last_mut().expect("an alternative has something before it").push(phrase);
            } else {
                question.all.push(vec![phrase]);
            }
            alternative = false;
        }
        if question.all.is_empty() {
            return Err(Error::question(format!("there is no word to look for in `{query}`")));
        }
        Ok(question)
    }

    /// The query in the language of FTS5.
    pub(crate) fn to_fts(&self) -> String {
        let all: Vec<String> =
            self.all.iter().map(|any| format!("({})", any.iter().map(Phrase::to_fts).collect::<Vec<_>>().join(" OR "))).collect();
        let mut query = format!("({})", all.join(" AND "));
        for phrase in &self.none {
            query = format!("({query} NOT {})", phrase.to_fts());
        }
        query
    }

    /// All terms that make a document better, each once.
    pub(crate) fn terms(&self) -> Vec<&Term> {
        let mut terms: Vec<&Term> = Vec::new();
        for term in self.phrases().flat_map(|phrase| &phrase.0) {
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
        terms
    }

    /// All phrases that were asked for.
    pub(crate) fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        self.all.iter().flatten()
    }
}

impl Phrase {
    fn to_fts(&self) -> String {
        let words: Vec<&str> = self.0.iter().map(|term| term.word.as_str()).collect();
        let star = if self.0.last().is_some_and(|term| term.is_prefix) { "*" } else { "" };
        format!("\"{}\"{star}", words.join(" "))
    }
}

/// Parts between blanks; a quoted part is one, with its sign before and its star behind.
fn parts(query: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut quoted = false;
    for c in query.chars() {
        match c {
            '"' | '“' | '”' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => parts.extend((!part.is_empty()).then(|| std::mem::take(&mut part))),
            c => part.push(c),
        }
    }
    parts.extend((!part.is_empty()).then_some(part));
    parts
}

fn phrase(text: &str) -> Phrase {
    let starred = text.trim_end().ends_with('*');
    let text = composed(text);
    let mut terms: Vec<Term> = Vec::new();
    words(&text, |word, _| terms.push(Term { word: word.to_owned(), is_prefix: false }));
    // The index ends a run of unparted script with its last character; a query need not end where a run ends.
    let single = |term: &Term| term.word.chars().count() == 1 && term.word.chars().all(unparted);
    if terms.len() > 1 && terms.last().is_some_and(single) && terms[terms.len() - 2].word.chars().all(unparted) {
        terms.pop();
    }
    if let Some(last) = terms.last_mut() {
        last.is_prefix = starred || single(last);
    }
    Phrase(terms)
}

#[cfg(test)]
mod tests {
    use super::Question;

    fn check(query: &str, expected: &str) {
        assert_eq!(Question::parse(query).map(|question| question.to_fts()).ok().as_deref().unwrap_or("error"), expected, "{query}");
    }

    #[test]
    fn queries_become_what_the_index_knows() {
        check("export controls", "((\"export\") AND (\"controls\"))");
        check("\"Export Controls\" -chips", "(((\"export controls\")) NOT \"chips\")");
        check("sanction* OR embargo", "((\"sanction\"* OR \"embargo\"))");
        check("회담", "((\"회담\"))");
        check("정상회담", "((\"정상 상회 회담\"))");
        check("담", "((\"담\"*))");
        check("U.S.-ROK", "((\"u s rok\"))");
        check("\"unclosed phrase", "((\"unclosed phrase\"))");
        check("OR x", "((\"x\"))");
        check("", "error");
        check("-x", "error");
        check("* \" ) NEAR(", "((\" near \"))".replace("\" near \"", "\"near\"").as_str());
    }
}
