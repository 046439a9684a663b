//! Climbs from a trigger to the root of its sentence, collecting who speaks of the act how.
//!
//! Each step looks at the word that governs the current one: an operator in whose complement it stands adds a stance (or
//! carries, negates, opens the act); a word that is none is passed through where the act is still told by it, and ends
//! the climb where it is not.

use super::{
    Certainty, Polarity, StanceKind, Tense,
    operator::{self, Telling},
    pattern::{Class, Effect, Operator, Slot, Trigger},
    propose::Context,
};
use crate::{
    span::Span,
    token::{Rel, Tag, hash_lower},
};

/// A stance found on the way up.
#[derive(Clone, Debug)]
pub(crate) struct Found<'a> {
    pub(crate) kind: StanceKind,
    /// The token of the operator word.
    pub(crate) at: u16,
    /// `None` for "should" and "must", whose holder is whoever speaks.
    pub(crate) operator: Option<&'a Operator>,
    pub(crate) class: Class,
    pub(crate) span: Span,
    pub(crate) telling: Telling,
}

/// The way up from one trigger.
#[derive(Clone, Debug)]
pub(crate) struct Climb<'a> {
    /// Innermost first.
    pub(crate) stances: Vec<Found<'a>>,
    /// The verb that carries a noun: "*held* talks".
    pub(crate) carrier: Option<u16>,
    /// The operator under which the act stands directly, if it is a clause or noun without a doer of its own.
    pub(crate) control: Option<(u16, &'a Operator)>,
    pub(crate) open: bool,
    pub(crate) tense: Tense,
    pub(crate) progressive: bool,
    pub(crate) certainty: Certainty,
    pub(crate) polarity: Polarity,
    pub(crate) negation: Option<Span>,
    /// Every token passed on the way, the trigger first: dates and places that hang on them belong to the act.
    pub(crate) path: Vec<u16>,
    /// A noun that nothing tells: read as happened, with less confidence.
    pub(crate) bare: bool,
    /// "would": a future as seen from a saying in the past, a mere possibility without one.
    pub(crate) would: bool,
    /// The verb whose purpose the act is: "*flew* to Seoul to meet Yoon".
    pub(crate) purpose: Option<u16>,
}

/// The telling of a noun is settled by the first word that tells it.
#[derive(Clone, Copy, PartialEq)]
enum Settled {
    No,
    Yes,
}

/// Climbs from the trigger at `t`.
pub(crate) fn climb<'a>(ctx: &Context<'a>, t: u16, class: Class) -> Climb<'a> {
    let tree = &ctx.tree;
    let mut up = Climb {
        stances: Vec::new(),
        carrier: None,
        control: None,
        open: false,
        tense: Tense::Past,
        progressive: false,
        certainty: Certainty::Fact,
        polarity: Polarity::Positive,
        negation: None,
        path: vec![t],
        bare: false,
        would: false,
        purpose: None,
    };
    let mut settled;
    if class == Class::Noun {
        if let Some(no) = operator::noun_negation(tree, t) {
            negate(&mut up, Some(no));
        }
        settled = attributes(ctx, t, &mut up);
        if tree.has(t, Rel::Cop) {
            tell(&mut up, operator::telling(tree, t, ctx.headline()));
            settled = Settled::Yes;
        }
    } else {
        tell(&mut up, operator::telling(tree, t, ctx.headline()));
        settled = if up.open { Settled::No } else { Settled::Yes };
        adverbs(ctx, t, &mut up);
    }
    let mut current = t;
    let mut noun = class == Class::Noun;
    for _ in 0..10 {
        if noun && settled == Settled::No && preposition(ctx, current, &mut up) {
            settled = Settled::Yes;
        }
        if !noun && operator::is_conditional(tree, current) {
            up.certainty = Certainty::Conditional;
        }
        let Some(head) = tree.head(current) else { break };
        let rel = tree.at(current).rel;
        if noun && rel == Rel::Nmod && ctx.is_quantity(head) {
            // "most of its aid": what is said of the part is said of the aid.
            current = head;
            up.path.push(head);
            continue;
        }
        if rel == Rel::Conj {
            // A second verb shares the governor of the first, and its auxiliaries if it has none of its own.
            let own_subject = tree.has(current, Rel::Nsubj) || tree.has(current, Rel::NsubjPass);
            let finite_first = tree.at(head).tag.is_verb() || tree.has(head, Rel::Cop);
            if !noun && finite_first && tree.at(current).tag == Tag::VerbBase && !own_subject && settled == Settled::No
                || !noun && finite_first && shares_auxiliary(ctx, current, head) && !own_subject
            {
                let first = operator::telling(tree, head, ctx.headline());
                if !first.open && settled == Settled::Yes {
                    tell(&mut up, first);
                } else if first.open {
                    up.open = true;
                }
            }
            if own_subject && !up.open {
                // A clause of its own: still under what is said of the first, as in "said that A met B and C left D".
                if tree.at(head).rel != Rel::Ccomp {
                    break;
                }
            }
            current = head;
            up.path.push(head);
            // The first conjunct may itself be an operator over the second only through its own complement: look at its governor.
            continue;
        }
        if let Some((operator, op_class)) = governing(ctx, current, head, rel) {
            let told = operator::telling(tree, head, ctx.headline());
            let clause = matches!(rel, Rel::Ccomp | Rel::Xcomp | Rel::Csubj | Rel::Acl | Rel::Advcl);
            match operator.effect {
                Effect::Stance(kind) => {
                    if let Some(span) = told.necessity {
                        up.stances.push(Found {
                            kind,
                            at: head,
                            operator: Some(operator),
                            class: op_class,
                            span: tree.at(head).span,
                            telling: Telling { necessity: None, ..told },
                        });
                        up.stances.push(necessity(head, span));
                    } else {
                        up.stances.push(Found {
                            kind,
                            at: head,
                            operator: Some(operator),
                            class: op_class,
                            span: tree.at(head).span,
                            telling: told,
                        });
                    }
                    if up.control.is_none() {
                        up.control = Some((head, operator));
                    }
                    // "urged that they meet", "proposed Seoul send an envoy": a subjunctive tells nothing as done.
                    let wished = matches!(kind, StanceKind::Urges | StanceKind::Offers | StanceKind::Promises | StanceKind::Threatens);
                    if wished && clause && !noun && up.tense == Tense::Present && !up.progressive && up.stances.len() == 1 {
                        up.open = true;
                    }
                    if noun && settled == Settled::No {
                        up.open = true;
                        settled = Settled::Yes;
                    }
                }
                Effect::Does => {
                    if settled == Settled::No {
                        if op_class == Class::Verb {
                            let keep = (up.polarity, up.negation);
                            tell(&mut up, told);
                            if keep.0 == Polarity::Negative {
                                (up.polarity, up.negation) = keep;
                            }
                            settled = if told.open { Settled::No } else { Settled::Yes };
                        }
                    } else if told.negation.is_some() {
                        negate(&mut up, told.negation);
                    }
                    if up.carrier.is_none() {
                        up.carrier = Some(head);
                    }
                    if up.control.is_none() && !operator.doer.is_empty() {
                        up.control = Some((head, operator));
                    }
                }
                Effect::Fact => {
                    if noun && settled == Settled::No {
                        (up.open, up.tense) = (false, Tense::Past);
                        up.path.push(head);
                        // What is said of the welcome is not said of what was welcomed.
                        break;
                    }
                }
                Effect::Not => {
                    if settled == Settled::No {
                        tell(&mut up, told);
                        settled = if told.open { Settled::No } else { Settled::Yes };
                    }
                    negate(&mut up, Some(tree.at(head).span));
                }
                Effect::Possible => {
                    up.certainty = Certainty::Possible;
                    up.open = false;
                    settled = Settled::Yes;
                }
                Effect::Ends => {
                    if settled == Settled::No {
                        (up.open, up.tense) = (false, Tense::Past);
                        settled = Settled::Yes;
                    }
                }
            }
            noun = op_class == Class::Noun;
            current = head;
            up.path.push(head);
            continue;
        }
        match rel {
            // A noun is told by the verb that it is subject or complement of.
            Rel::Nsubj | Rel::NsubjPass | Rel::Obj | Rel::Iobj | Rel::Obl | Rel::OblAgent if noun => {
                if settled == Settled::No {
                    let told = operator::telling(tree, head, ctx.headline());
                    let verb = tree.at(head).tag.is_verb() || tree.has(head, Rel::Cop);
                    if verb {
                        if told.negation.is_some() && matches!(rel, Rel::Obl | Rel::OblAgent | Rel::Obj | Rel::Iobj) {
                            // "did not mention the visit" says nothing of the visit.
                            tell(&mut up, Telling { negation: None, ..told });
                        } else {
                            tell(&mut up, told);
                        }
                        up.bare = true;
                        settled = if told.open { Settled::No } else { Settled::Yes };
                        noun = false;
                    }
                }
                current = head;
                up.path.push(head);
            }
            Rel::Nmod | Rel::NmodPoss | Rel::Compound | Rel::Appos if noun => {
                up.bare = true;
                current = head;
                up.path.push(head);
            }
            Rel::Xcomp if settled == Settled::No && tree.at(head).tag.is_verb() => {
                // An unknown verb with an infinitive ("helped to free", "came to meet") tells neither way.
                current = head;
                up.path.push(head);
            }
            Rel::Advcl if settled == Settled::No && tree.at(current).tag == Tag::VerbBase => {
                // Purpose: "flew to Seoul to meet Yoon".
                (up.open, up.tense) = (false, Tense::Future);
                up.purpose = Some(head);
                up.path.push(head);
                break;
            }
            Rel::Advcl | Rel::Acl if settled == Settled::No && tree.at(current).tag == Tag::VerbGerund => {
                up.open = false;
                let outer = operator::telling(tree, head, ctx.headline());
                up.tense = outer.tense;
                if outer.certainty != Certainty::Fact {
                    up.certainty = outer.certainty;
                }
                up.progressive = rel == Rel::Acl;
                settled = Settled::Yes;
                current = head;
                up.path.push(head);
            }
            Rel::Ccomp | Rel::Parataxis => {
                current = head;
                up.path.push(head);
            }
            _ => break,
        }
    }
    attribution(ctx, &mut up);
    if up.would && !up.stances.iter().any(|s| s.at != t && s.operator.is_some()) && up.certainty == Certainty::Fact {
        up.certainty = Certainty::Possible;
    }
    if up.open && class == Class::Noun && up.stances.is_empty() {
        up.open = false;
    }
    up
}

/// Adverbs and auxiliary adjectives that speak of the verb at `t`: "will *likely* meet", "are *due to* meet".
fn adverbs<'a>(ctx: &Context<'a>, t: u16, up: &mut Climb<'a>) {
    for &c in ctx.tree.children(t) {
        let child = ctx.tree.at(c);
        if !matches!(child.rel, Rel::Advmod | Rel::Case | Rel::Mark | Rel::Aux) || child.tag == Tag::Aux {
            continue;
        }
        let Some((operator, class)) = ctx.operator_at(c, |operator, class| {
            class == Class::Adjective
                && matches!(
                    operator.effect,
                    Effect::Stance(StanceKind::Expects | StanceKind::Announces | StanceKind::States) | Effect::Possible
                )
        }) else {
            continue;
        };
        match operator.effect {
            Effect::Stance(kind) => {
                up.stances.push(Found { kind, at: c, operator: Some(operator), class, span: child.span, telling: Telling::default() });
                up.open |= child.rel == Rel::Case;
            }
            _ => up.certainty = Certainty::Possible,
        }
    }
}

/// Adjectives that speak of the noun at `t`: "planned talks", "a possible visit".
fn attributes<'a>(ctx: &Context<'a>, t: u16, up: &mut Climb<'a>) -> Settled {
    let mut settled = Settled::No;
    for &c in ctx.tree.children(t) {
        let child = ctx.tree.at(c);
        if !matches!(child.rel, Rel::Amod | Rel::Compound | Rel::Acl | Rel::Nmod) {
            continue;
        }
        if child.rel == Rel::Nmod && !ctx.tree.has(c, Rel::Case) {
            continue;
        }
        let Some((operator, class)) = ctx.operator_at(c, |operator, class| {
            operator.complement.contains(&Slot::Modified) && (class == Class::Adjective || class == Class::Verb)
                || class == Class::Verb && child.tag == Tag::VerbParticiple && operator.complement.contains(&Slot::Object)
        }) else {
            continue;
        };
        match operator.effect {
            Effect::Stance(kind) => {
                up.stances.push(Found { kind, at: c, operator: Some(operator), class, span: child.span, telling: Telling::default() });
                up.open = true;
                settled = Settled::Yes;
            }
            Effect::Possible => {
                up.certainty = Certainty::Possible;
                settled = Settled::Yes;
            }
            Effect::Not => {
                negate(up, Some(child.span));
                settled = Settled::Yes;
            }
            Effect::Fact | Effect::Ends | Effect::Does => settled = Settled::Yes,
        }
    }
    settled
}

/// Prepositions that tell the noun or gerund at `t`: "after talks", "ahead of the summit". True if one settles it.
fn preposition<'a>(ctx: &Context<'a>, t: u16, up: &mut Climb<'a>) -> bool {
    for &c in ctx.tree.children(t) {
        let child = ctx.tree.at(c);
        if !matches!(child.rel, Rel::Case | Rel::Mark) {
            continue;
        }
        let Some((operator, class)) = ctx.operator_at(c, |_, class| class == Class::Preposition) else { continue };
        match operator.effect {
            Effect::Stance(kind) => {
                up.stances.push(Found { kind, at: c, operator: Some(operator), class, span: child.span, telling: Telling::default() });
                up.open = true;
            }
            Effect::Possible => up.certainty = Certainty::Possible,
            Effect::Not => negate(up, Some(child.span)),
            Effect::Fact | Effect::Ends | Effect::Does => (up.open, up.tense) = (false, Tense::Past),
        }
        return true;
    }
    false
}

/// The operator at `head` in whose complement `child` stands.
fn governing<'a>(ctx: &Context<'a>, child: u16, head: u16, rel: Rel) -> Option<(&'a Operator, Class)> {
    let tree = &ctx.tree;
    ctx.operator_at(head, |operator, class| {
        if class == Class::Preposition {
            return false;
        }
        operator.complement.iter().any(|slot| match slot {
            Slot::Clause => {
                matches!(rel, Rel::Ccomp | Rel::Xcomp | Rel::Csubj)
                    || rel == Rel::Acl && class == Class::Noun
                    || rel == Rel::Advcl && tree.at(child).tag == Tag::VerbBase && tree.has(child, Rel::Mark)
                    || rel == Rel::Advcl && class == Class::Adjective
                    || rel == Rel::Advcl
                        && tree.children(child).iter().any(|&m| tree.at(m).rel == Rel::Mark && tree.at(m).hash == hash_lower("that"))
                    || rel == Rel::Parataxis && class == Class::Verb
            }
            Slot::Object => match class {
                Class::Verb => {
                    rel == Rel::Obj && !tree.is_passive(head)
                        || rel == Rel::NsubjPass
                        || rel == Rel::Nsubj && tree.is_passive(head)
                        || rel == Rel::Xcomp && tree.at(child).tag.is_noun()
                        || rel == Rel::Advmod && ctx.is_quantity(child)
                    // "the visit announced on Monday": climbs from the noun through its participle is done by `attributes`.
                }
                _ => rel == Rel::Nmod && has_case(ctx, child, "of"),
            },
            Slot::Subject => matches!(rel, Rel::Nsubj | Rel::NsubjPass | Rel::Csubj),
            Slot::Preposition(word) => {
                matches!(rel, Rel::Obl | Rel::Nmod | Rel::OblAgent | Rel::Advcl | Rel::Acl | Rel::Xcomp | Rel::Ccomp)
                    && tree.children(child).iter().any(|&p| matches!(tree.at(p).rel, Rel::Case | Rel::Mark) && tree.at(p).word == *word)
            }
            Slot::Modified => class == Class::Adjective && matches!(rel, Rel::Nsubj | Rel::NsubjPass),
            _ => false,
        })
    })
}

fn has_case(ctx: &Context<'_>, t: u16, word: &str) -> bool {
    let hash = hash_lower(word);
    ctx.tree.children(t).iter().any(|&p| ctx.tree.at(p).rel == Rel::Case && ctx.tree.at(p).hash == hash)
}

/// "…, officials said": a saying that hangs on the clause it reports.
fn attribution<'a>(ctx: &Context<'a>, up: &mut Climb<'a>) {
    let tree = &ctx.tree;
    for &p in &up.path.clone() {
        if !tree.at(p).tag.is_verb() && tree.at(p).tag != Tag::Aux && !tree.has(p, Rel::Nsubj) {
            continue;
        }
        for c in tree.by_rel(p, Rel::Parataxis) {
            if up.stances.iter().any(|s| s.at == c) || up.path.contains(&c) {
                continue;
            }
            let found = ctx.operator_at(c, |operator, class| {
                class == Class::Verb && matches!(operator.effect, Effect::Stance(_)) && operator.complement.contains(&Slot::Clause)
            });
            if let Some((operator, class)) = found
                && let Effect::Stance(kind) = operator.effect
            {
                let telling = operator::telling(tree, c, false);
                up.stances.push(Found { kind, at: c, operator: Some(operator), class, span: tree.at(c).span, telling });
            }
        }
    }
}

/// Takes over how a verb is told.
fn tell(up: &mut Climb<'_>, told: Telling) {
    up.tense = told.tense;
    up.progressive = told.progressive;
    up.open = told.open;
    if told.certainty != Certainty::Fact {
        up.certainty = told.certainty;
    }
    up.polarity = if told.negation.is_some() { Polarity::Negative } else { Polarity::Positive };
    up.negation = told.negation;
    if let Some(span) = told.necessity {
        up.open = true;
        up.stances.push(necessity(up.path[0], span));
    }
    if told.would && told.certainty == Certainty::Fact {
        up.tense = Tense::Future;
        up.would = true;
    }
}

fn negate(up: &mut Climb<'_>, by: Option<Span>) {
    up.polarity = match up.polarity {
        Polarity::Positive => Polarity::Negative,
        Polarity::Negative => Polarity::Positive,
    };
    up.negation = by;
}

fn necessity<'a>(at: u16, span: Span) -> Found<'a> {
    Found { kind: StanceKind::Urges, at, operator: None, class: Class::Verb, span, telling: Telling::default() }
}

/// Whether a second verb, bare of auxiliaries, takes over those of the first: "has met and *discussed*", "will meet and *discuss*".
fn shares_auxiliary(ctx: &Context<'_>, second: u16, first: u16) -> bool {
    let tree = &ctx.tree;
    !tree.has(second, Rel::Aux) && !tree.has(second, Rel::Cop) && tree.has(first, Rel::Aux) && tree.at(second).tag == tree.at(first).tag
}

/// Whether the words around `t` complete the trigger.
pub(crate) fn completes(ctx: &Context<'_>, t: u16, trigger: &Trigger) -> Option<Span> {
    let tokens = ctx.tree.tokens;
    let at = usize::from(t);
    let mut span = tokens[at].span;
    for (i, word) in trigger.before.iter().rev().enumerate() {
        let token = tokens.get(at.checked_sub(i + 1)?)?;
        if token.word != *word && token.lemma != *word {
            return None;
        }
        span = span.join(token.span);
    }
    let mut next = at + 1;
    // A verb's companions may stand a few words off: "called the summit off", "came to Kyiv's aid".
    let reach = if trigger.class == Class::Verb { 5 } else { 0 };
    for word in &trigger.after {
        let found = (next..tokens.len().min(next + 1 + reach)).find(|&i| tokens[i].word == *word || tokens[i].lemma == *word)?;
        if tokens[next..found].iter().any(|between| between.tag.is_verb() || between.tag == Tag::Punct) {
            return None;
        }
        if trigger.class == Class::Verb && found > at + 1 && !belongs(ctx, found as u16, t) {
            return None;
        }
        span = span.join(tokens[found].span);
        next = found + 1;
    }
    Some(span)
}

/// Whether `word` hangs on `verb`, directly or through one word.
fn belongs(ctx: &Context<'_>, word: u16, verb: u16) -> bool {
    let head = ctx.tree.at(word).head;
    head == verb || ctx.tree.at(head).head == verb
}
