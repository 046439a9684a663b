//! How a single verb or noun is told: tense, negation, modality, read off its auxiliaries and modifiers.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Certainty, Tense, tree::Tree};
use crate::{
    span::Span,
    token::{Rel, Tag, hash_lower},
};

/// What an auxiliary says of its verb (`data/lexicon/auxiliaries.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Auxiliary {
    Future,
    Would,
    Possible,
    Necessity,
    Perfect,
    Pluperfect,
}

static AUXILIARIES: LazyLock<FxHashMap<u32, Auxiliary>> = LazyLock::new(|| {
    include_str!("../../data/lexicon/auxiliaries.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let form = cells.next()?;
            let meaning = match cells.next()? {
                "future" => Auxiliary::Future,
                "would" => Auxiliary::Would,
                "possible" => Auxiliary::Possible,
                "necessity" => Auxiliary::Necessity,
                "perfect" => Auxiliary::Perfect,
                "pluperfect" => Auxiliary::Pluperfect,
                _ => return None,
            };
            Some((hash_lower(form), meaning))
        })
        .collect()
});

/// Small closed-class words that the reading of a clause turns on.
struct Closed {
    not: Vec<u32>,
    no: Vec<u32>,
    be_past: Vec<u32>,
    to: u32,
    conditional: Vec<u32>,
    yet: u32,
    have: Vec<u32>,
    going: u32,
}

static CLOSED: LazyLock<Closed> = LazyLock::new(|| {
    let all = |words: &[&str]| words.iter().map(|w| hash_lower(w)).collect();
    Closed {
        not: all(&["not", "n't", "n’t", "never", "neither", "nor", "hardly", "barely"]),
        no: all(&["no", "neither", "nobody", "none"]),
        be_past: all(&["was", "were"]),
        to: hash_lower("to"),
        conditional: all(&["if", "unless", "whether", "should", "provided", "lest"]),
        yet: hash_lower("yet"),
        have: all(&["has", "have", "had", "'ve", "’ve"]),
        going: hash_lower("going"),
    }
});

/// How a clause tells its verb.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Telling {
    pub(crate) tense: Tense,
    pub(crate) progressive: bool,
    pub(crate) certainty: Certainty,
    pub(crate) negation: Option<Span>,
    /// An infinitive or gerund: not told by itself.
    pub(crate) open: bool,
    /// "should", "must": somebody wants it.
    pub(crate) necessity: Option<Span>,
    /// "would": future as seen from a past, or conditional.
    pub(crate) would: bool,
    /// "to meet": an infinitive with *to*.
    pub(crate) infinitive: bool,
}

/// Reads how the verb (or copular adjective, or noun with a copula) at `t` is told.
pub(crate) fn telling(tree: &Tree<'_>, t: u16, headline: bool) -> Telling {
    let token = tree.at(t);
    let mut told = Telling { tense: Tense::Past, ..Telling::default() };
    let (mut perfect, mut finite, mut be, mut be_past, mut modal) = (false, false, false, false, false);
    let mut subject = false;
    for &c in tree.children(t) {
        let child = tree.at(c);
        match child.rel {
            Rel::Aux | Rel::AuxPass | Rel::Cop => {
                match AUXILIARIES.get(&child.hash) {
                    Some(Auxiliary::Future) => (told.tense, modal) = (Tense::Future, true),
                    Some(Auxiliary::Would) => (told.would, modal) = (true, true),
                    Some(Auxiliary::Possible) => (told.certainty, modal) = (Certainty::Possible, true),
                    Some(Auxiliary::Necessity) => (told.necessity, modal) = (Some(child.span), true),
                    Some(Auxiliary::Perfect | Auxiliary::Pluperfect) => perfect = true,
                    None => be |= child.rel != Rel::Aux || token.tag == Tag::VerbGerund,
                }
                be_past |= CLOSED.be_past.contains(&child.hash);
                finite |= child.tag == Tag::Aux;
                // "has yet to": the auxiliary reads as a verb of its own there; see `not_yet`.
            }
            Rel::Advmod | Rel::Det | Rel::Cc if CLOSED.not.contains(&child.hash) => told.negation = Some(child.span),
            Rel::Mark if child.hash == CLOSED.to => told.infinitive = true,
            Rel::Mark | Rel::Advmod if CLOSED.conditional.contains(&child.hash) && child.tag == Tag::Sconj => {
                told.certainty = Certainty::Conditional;
            }
            Rel::Nsubj | Rel::NsubjPass => {
                subject = true;
                if let Some(no) = tree.children(c).iter().map(|&d| tree.at(d)).find(|d| d.rel == Rel::Det && CLOSED.no.contains(&d.hash)) {
                    told.negation = Some(no.span);
                } else if CLOSED.no.contains(&child.hash) {
                    told.negation = Some(child.span);
                }
            }
            Rel::Obj if told.negation.is_none() => {
                let no = tree.children(c).iter().map(|&d| tree.at(d)).find(|d| d.rel == Rel::Det && CLOSED.no.contains(&d.hash));
                told.negation = no.map(|no| no.span);
            }
            Rel::Advcl if told.would || modal => {
                let conditional =
                    tree.children(c).iter().any(|&d| tree.at(d).rel == Rel::Mark && CLOSED.conditional.contains(&tree.at(d).hash));
                if conditional && told.certainty == Certainty::Fact {
                    told.certainty = Certainty::Conditional;
                }
            }
            _ => {}
        }
    }
    if told.would && perfect {
        told.certainty = Certainty::Counterfactual;
    }
    match token.tag {
        Tag::VerbGerund if be => {
            told.progressive = true;
            told.tense = if modal && told.tense == Tense::Future {
                Tense::Future
            } else if be_past || perfect {
                Tense::Past
            } else {
                Tense::Present
            };
        }
        Tag::VerbGerund if perfect => told.tense = Tense::Past,
        Tag::VerbGerund => told.open = !subject,
        Tag::VerbBase if told.infinitive && !finite => {
            told.open = true;
            if perfect {
                told.tense = Tense::Past;
            } else if token.rel == Rel::Root && (headline || subject) {
                // "Kishida to visit Seoul": a headline's infinitive is its future.
                (told.open, told.tense) = (false, Tense::Future);
            }
        }
        Tag::VerbBase if told.infinitive => told.open = true,
        Tag::VerbPresent => told.tense = Tense::Present,
        _ => {}
    }
    if told.infinitive && finite && !modal && be {
        // "is to visit", "was to have met".
        told.open = false;
        if perfect || be_past {
            told.negation = told.negation.or(Some(token.span));
        } else {
            told.tense = Tense::Future;
        }
    }
    if let Some(head) = tree.head(t)
        && token.rel == Rel::Xcomp
        && told.infinitive
        && CLOSED.have.contains(&tree.at(head).hash)
        && tree.children(head).iter().any(|&c| tree.at(c).hash == CLOSED.yet)
    {
        // "has yet to".
        told.open = false;
        told.negation = Some(tree.at(head).span);
    }
    if let Some(head) = tree.head(t)
        && token.rel == Rel::Xcomp
        && told.infinitive
        && tree.at(head).hash == CLOSED.going
    {
        told.open = false;
        told.tense = Tense::Future;
    }
    told
}

/// Whether a noun is denied: "no talks", "neither side's visit".
pub(crate) fn noun_negation(tree: &Tree<'_>, t: u16) -> Option<Span> {
    tree.children(t)
        .iter()
        .map(|&c| tree.at(c))
        .find(|c| matches!(c.rel, Rel::Det | Rel::Advmod) && (CLOSED.no.contains(&c.hash) || CLOSED.not.contains(&c.hash)))
        .map(|c| c.span)
}

/// Whether the clause of `t` hangs under "if" or its like.
pub(crate) fn is_conditional(tree: &Tree<'_>, t: u16) -> bool {
    tree.children(t).iter().any(|&c| {
        let child = tree.at(c);
        child.rel == Rel::Mark && child.hash != CLOSED.to && CLOSED.conditional.contains(&child.hash)
    })
}
