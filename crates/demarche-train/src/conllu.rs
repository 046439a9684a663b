//! CoNLL-U files → sentences as this project sees them: a text, its tokens, their classes, heads and relations.

use std::{fs, io, path::Path};

use demarche::{
    span::Span,
    token::{Rel, Tag, Token},
};

/// A sentence of a treebank.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sentence {
    /// Its text, put together from the tokens.
    pub(crate) text: String,
    /// Its tokens with gold classes, heads and relations.
    pub(crate) tokens: Vec<Token>,
    /// The tokens' lemmas, as the treebank has them.
    pub(crate) lemmas: Vec<String>,
    /// Hints that a hinter gave, one per token.
    pub(crate) hints: Vec<u8>,
    /// Which part of the training set it belongs to.
    pub(crate) fold: usize,
}

/// A file's sentences with the file's name, from one file or all `.conllu` files of a folder in the order of their names.
pub(crate) fn read(path: &Path) -> io::Result<Vec<(String, Vec<Sentence>)>> {
    let mut files = vec![path.to_path_buf()];
    if path.is_dir() {
        files = fs::read_dir(path)?.map(|entry| entry.map(|e| e.path())).collect::<io::Result<_>>()?;
        files.retain(|file| file.extension().is_some_and(|e| e == "conllu"));
        files.sort();
    }
    let read_one = |file: &Path| {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        fs::read_to_string(file).map(|text| (name, parse(&text)))
    };
    files.iter().map(|file| read_one(file)).collect()
}

/// A word's line, as far as it is used.
struct Line<'a> {
    form: &'a str,
    lemma: &'a str,
    tag: Tag,
    head: usize,
    rel: Rel,
    space_after: bool,
}

fn parse(file: &str) -> Vec<Sentence> {
    file.split("\n\n").map(sentence).filter(|s| !s.tokens.is_empty()).collect()
}

fn sentence(block: &str) -> Sentence {
    let mut lines: Vec<Line> = Vec::new();
    // Words of a multiword token are written together; the space after it is told on the multiword line.
    let mut together = (0, true);
    for line in block.lines().filter(|l| !l.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, upos, xpos, _, head, rel, _, misc] = fields[..] else { continue };
        let space_after = !misc.contains("SpaceAfter=No");
        if let Some((_, last)) = id.split_once('-') {
            together = (last.parse().unwrap_or(0), space_after);
        } else if let Ok(id) = id.parse::<usize>() {
            let space_after = match id.cmp(&together.0) {
                std::cmp::Ordering::Less => false,
                std::cmp::Ordering::Equal => together.1,
                std::cmp::Ordering::Greater => space_after,
            };
            lines.push(Line { form, lemma, tag: tag(upos, xpos), head: head.parse().unwrap_or(0), rel: self::rel(rel), space_after });
        }
    }
    assemble(&lines)
}

fn assemble(lines: &[Line]) -> Sentence {
    let mut text = String::new();
    let mut tokens = Vec::new();
    let mut spans = Vec::new();
    let mut space = true;
    for line in lines {
        let start = text.len();
        text.push_str(line.form);
        spans.push((Span::new(start, text.len()), space));
        space = line.space_after;
        if space {
            text.push(' ');
        }
    }
    text.truncate(text.trim_end().len());
    for (i, (line, (span, space))) in lines.iter().zip(spans).enumerate() {
        let head = line.head.checked_sub(1).unwrap_or(i) as u16;
        tokens.push(Token { tag: line.tag, head, rel: line.rel, ..Token::new(&text, span, space) });
    }
    Sentence { text, tokens, lemmas: lines.iter().map(|l| l.lemma.to_owned()).collect(), ..Sentence::default() }
}

/// Universal and Penn class → [`Tag`].
fn tag(upos: &str, xpos: &str) -> Tag {
    match (upos, xpos) {
        ("VERB", "VBN") => Tag::VerbParticiple,
        ("VERB", "VBD") => Tag::VerbPast,
        ("VERB", "VBZ" | "VBP") => Tag::VerbPresent,
        ("VERB", "VBG") => Tag::VerbGerund,
        ("VERB", _) => Tag::VerbBase,
        ("NOUN", "NNS") => Tag::NounPlural,
        ("NOUN", _) => Tag::Noun,
        ("ADJ", _) => Tag::Adj,
        ("ADP", _) => Tag::Adp,
        ("ADV", _) => Tag::Adv,
        ("AUX", _) => Tag::Aux,
        ("CCONJ", _) => Tag::Cconj,
        ("DET", _) => Tag::Det,
        ("INTJ", _) => Tag::Intj,
        ("NUM", _) => Tag::Num,
        ("PART", _) => Tag::Part,
        ("PRON", _) => Tag::Pron,
        ("PROPN", _) => Tag::Propn,
        ("PUNCT", _) => Tag::Punct,
        ("SCONJ", _) => Tag::Sconj,
        ("SYM", _) => Tag::Sym,
        _ => Tag::X,
    }
}

/// Dependency relation → [`Rel`]; subtypes that the reading does not need fall to their main relation.
fn rel(name: &str) -> Rel {
    match name {
        "nsubj:pass" => return Rel::NsubjPass,
        "aux:pass" => return Rel::AuxPass,
        "obl:agent" => return Rel::OblAgent,
        "obl:tmod" | "obl:unmarked" | "obl:npmod" => return Rel::OblTmod,
        "advcl:relcl" => return Rel::AdvclRelcl,
        "nmod:poss" => return Rel::NmodPoss,
        "acl:relcl" => return Rel::AclRelcl,
        "compound:prt" => return Rel::CompoundPrt,
        _ => {}
    }
    match name.split(':').next().unwrap_or_default() {
        "root" => Rel::Root,
        "nsubj" => Rel::Nsubj,
        "obj" => Rel::Obj,
        "iobj" => Rel::Iobj,
        "csubj" => Rel::Csubj,
        "ccomp" => Rel::Ccomp,
        "xcomp" => Rel::Xcomp,
        "obl" => Rel::Obl,
        "advcl" => Rel::Advcl,
        "advmod" => Rel::Advmod,
        "discourse" => Rel::Discourse,
        "vocative" => Rel::Vocative,
        "expl" => Rel::Expl,
        "aux" => Rel::Aux,
        "cop" => Rel::Cop,
        "mark" => Rel::Mark,
        "nmod" => Rel::Nmod,
        "appos" => Rel::Appos,
        "nummod" => Rel::Nummod,
        "acl" => Rel::Acl,
        "amod" => Rel::Amod,
        "det" => Rel::Det,
        "case" => Rel::Case,
        "conj" => Rel::Conj,
        "cc" => Rel::Cc,
        "compound" => Rel::Compound,
        "flat" => Rel::Flat,
        "fixed" | "goeswith" => Rel::Fixed,
        "parataxis" => Rel::Parataxis,
        "list" => Rel::List,
        "punct" => Rel::Punct,
        _ => Rel::Dep,
    }
}
