//! Copies of treebank sentences in the manner of headlines, of capitals and without the last full stop, which treebanks have
//! few of and news has many.

use demarche::{
    span::Span,
    token::{Rel, Tag, Token},
};

use crate::{conllu::Sentence, random::Random};

/// Sentences longer than this make no headline.
const LONGEST_HEADLINE: usize = 28;

/// One token while its sentence is rewritten.
struct Word {
    form: String,
    token: Token,
    keep: bool,
}

/// The copies of all sentences, each with its original's number.
pub(crate) fn copies(sentences: &[Sentence], random: &mut Random) -> Vec<(usize, Sentence)> {
    let mut copies = Vec::new();
    for (i, sentence) in sentences.iter().enumerate() {
        let style = random.unit();
        let copy = match style {
            s if s < 0.14 && (4..=LONGEST_HEADLINE).contains(&sentence.tokens.len()) => headline(sentence, random),
            s if s > 0.97 => capitals(sentence),
            s if s > 0.91 => without_stop(sentence),
            _ => continue,
        };
        copies.push((i, copy));
    }
    copies
}

fn words(sentence: &Sentence) -> Vec<Word> {
    let word = |token: &Token| Word { form: token.span.of(&sentence.text).to_owned(), token: *token, keep: true };
    sentence.tokens.iter().map(word).collect()
}

/// "The ministers agreed to …." becomes "Ministers agree to …" or "Ministers Agree to …".
fn headline(sentence: &Sentence, random: &mut Random) -> Sentence {
    let mut words = words(sentence);
    drop_stop(&mut words);
    for i in 0..words.len() {
        let leaf = !words.iter().enumerate().any(|(j, w)| j != i && usize::from(w.token.head) == i);
        let form = words[i].form.to_lowercase();
        let be = matches!(form.as_str(), "is" | "are" | "was" | "were" | "'s" | "’s");
        let Word { token, form: written, keep } = &mut words[i];
        let root = usize::from(token.head) == i;
        match (token.tag, token.rel) {
            (Tag::Det, Rel::Det) if leaf && matches!(form.as_str(), "the" | "a" | "an") => *keep = random.unit() < 0.1,
            (Tag::Aux, Rel::AuxPass | Rel::Cop | Rel::Aux) if leaf && be => *keep = random.unit() < 0.3,
            (Tag::Aux, Rel::Aux) if leaf && form == "will" && random.unit() < 0.6 => {
                *written = "to".to_owned();
                (token.tag, token.rel) = (Tag::Part, Rel::Mark);
            }
            (Tag::Cconj, Rel::Cc) if leaf && form == "and" && i > 0 && random.unit() < 0.4 => {
                *written = ",".to_owned();
                (token.tag, token.rel, token.space_before) = (Tag::Punct, Rel::Punct, false);
            }
            (Tag::VerbPast, _) if random.unit() < 0.8 => {
                *written = present(&sentence.lemmas[i], !root || random.unit() < 0.7);
                token.tag = Tag::VerbPresent;
            }
            _ => {}
        }
    }
    if random.unit() < 0.5 {
        title_case(&mut words);
    }
    if let Some(first) = words.iter_mut().find(|w| w.keep) {
        first.form = capitalised(&first.form);
    }
    assemble(&words)
}

/// The present form of a verb.
fn present(lemma: &str, singular: bool) -> String {
    let ending = match lemma {
        _ if !singular => "",
        l if ["s", "sh", "ch", "x", "z", "o"].iter().any(|e| l.ends_with(e)) => "es",
        l if l.ends_with('y') && !["ay", "ey", "oy", "uy"].iter().any(|e| l.ends_with(e)) => return format!("{}ies", &l[..l.len() - 1]),
        _ => "s",
    };
    format!("{lemma}{ending}")
}

/// Capitals for all but short function words.
fn title_case(words: &mut [Word]) {
    for word in words {
        let small = matches!(word.token.tag, Tag::Adp | Tag::Cconj | Tag::Det | Tag::Part | Tag::Punct | Tag::Sconj);
        if !small || word.form.len() > 4 {
            word.form = capitalised(&word.form);
        }
    }
}

fn capitalised(form: &str) -> String {
    let mut chars = form.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn capitals(sentence: &Sentence) -> Sentence {
    let mut words = words(sentence);
    words.iter_mut().for_each(|word| word.form = word.form.to_uppercase());
    assemble(&words)
}

fn without_stop(sentence: &Sentence) -> Sentence {
    let mut words = words(sentence);
    drop_stop(&mut words);
    assemble(&words)
}

fn drop_stop(words: &mut [Word]) {
    if words.len() > 1 {
        let last = words.len() - 1;
        words[last].keep = words[last].form != ".";
    }
}

/// The kept words as a sentence. Whatever was dropped had no dependents.
fn assemble(words: &[Word]) -> Sentence {
    let mut place = Vec::new();
    let mut kept = 0;
    for word in words {
        place.push(kept);
        kept += u16::from(word.keep);
    }
    let mut sentence = Sentence::default();
    for word in words.iter().filter(|w| w.keep) {
        let space = word.token.space_before && !sentence.text.is_empty();
        if space {
            sentence.text.push(' ');
        }
        let start = sentence.text.len();
        sentence.text.push_str(&word.form);
        let fresh = Token::new(&sentence.text, Span::new(start, sentence.text.len()), space || start == 0);
        let head = place[usize::from(word.token.head)];
        sentence.tokens.push(Token { tag: word.token.tag, head, rel: word.token.rel, ..fresh });
    }
    sentence
}
