//! Which act stands between two given spans of a sentence, as relation data sets ask.
//!
//! Every pattern that a word may trigger is weighed by how well its slots fit the two spans; the best one answers. No
//! entity needs to be known, since the spans say who is meant.

use super::{
    Act, Status,
    pattern::{Class, Slot},
    propose::{Context, Match, best_match, loose_match, settle},
    stance::{self, Climb},
};
use crate::span::Span;

/// The act between two spans.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// The act spoken of.
    pub act: Act,
    /// What becomes of it.
    pub status: Status,
    /// The flat PLOVER type; none where the model has none.
    pub flat: Option<Act>,
    /// The words that name it.
    pub trigger: Span,
    /// The pattern.
    pub pattern: String,
}

/// Finds the act that `source` does to `target` in one sentence; either may be only implied.
pub(crate) fn relate(ctx: &Context<'_>, source: Option<Span>, target: Option<Span>) -> Option<Relation> {
    let mut best: Option<(i32, Match<'_>, Climb<'_>)> = None;
    let mut consumed: Vec<u16> = Vec::new();
    let count = ctx.tree.tokens.len() as u16;
    let mut matches: Vec<Match<'_>> = (0..count).filter_map(|t| best_match(ctx, t)).collect();
    if matches.is_empty() {
        // No pattern fits as a whole: the words alone must do.
        matches = (0..count).filter_map(|t| loose_match(ctx, t)).collect();
    }
    for found in &matches {
        consumed.extend(&found.consumed);
    }
    for found in matches {
        let up = stance::climb(ctx, found.at, found.class);
        let score = fit(ctx, &found, &up, source, target) - if consumed.contains(&found.at) { 3 } else { 0 };
        if best.as_ref().is_none_or(|(other, _, _)| score > *other) {
            best = Some((score, found, up));
        }
    }
    let (_, found, up) = best?;
    let (status, flat) = settle(ctx, &found, &up);
    Some(Relation { act: found.pattern.act, status, flat, trigger: found.span, pattern: found.pattern.id.clone() })
}

/// How well a proposal fits the two spans.
fn fit(ctx: &Context<'_>, found: &Match<'_>, up: &Climb<'_>, source: Option<Span>, target: Option<Span>) -> i32 {
    let Match { pattern, class, at: t, .. } = *found;
    let inside = |heads: &[u16], span: Option<Span>| span.is_some_and(|span| heads.iter().any(|&h| span.overlaps(ctx.tree.at(h).span)));
    let mut heads = Vec::new();
    let mut score = i32::from(pattern.specificity);
    let default_actor = [if class == Class::Noun { Slot::Owner } else { Slot::Subject }];
    for &slot in pattern.actor.as_deref().unwrap_or(&default_actor) {
        ctx.slot(slot, t, class, up.carrier, &mut heads);
    }
    if let Some((head, operator)) = up.control {
        for &slot in operator.doer.iter().chain(&operator.holder) {
            ctx.slot(slot, head, Class::Verb, None, &mut heads);
        }
    }
    if inside(&heads, source) {
        score += 12;
    }
    if inside(&heads, target) && !inside(&heads, source) && !pattern.peers {
        score -= 4;
    }
    heads.clear();
    for &slot in pattern.recipient.as_deref().unwrap_or(&[Slot::Object]) {
        ctx.slot(slot, t, class, up.carrier, &mut heads);
    }
    if inside(&heads, target) {
        score += 12;
    }
    heads.clear();
    ctx.slot(Slot::Object, t, class, up.carrier, &mut heads);
    if inside(&heads, target) {
        score += 4;
    }
    let trigger = ctx.tree.at(t).span;
    // A trigger inside one of the spans describes a participant ("the convicted spy"), it seldom relates the two.
    if source.into_iter().chain(target).any(|span| span.contains(trigger)) {
        score -= 6;
    }
    // The subtree of the trigger, or of the word that governs it, holds both.
    let covers = |node: u16, span: Span| {
        (0..ctx.tree.tokens.len() as u16).filter(|&c| span.overlaps(ctx.tree.at(c).span)).any(|c| {
            let mut at = c;
            for _ in 0..12 {
                if at == node {
                    return true;
                }
                match ctx.tree.head(at) {
                    Some(head) => at = head,
                    None => return false,
                }
            }
            false
        })
    };
    for span in source.into_iter().chain(target) {
        if covers(t, span) {
            score += 4;
        } else if up.path.iter().any(|&p| covers(p, span)) {
            score += 1;
        }
    }
    score
}
