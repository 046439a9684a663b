//! The one place where a proposal is re-labelled or rejected.
//!
//! A learned judge decides if there is one; else a handful of rules does.

use super::{Event, gate::Gate, learned, propose::Context};
use crate::{judge::Judge, mention::EntityKind};

/// A learned judge, and the gate that keeps from it what is not worth its time.
pub(crate) struct Bench {
    pub(crate) judge: Box<dyn Judge>,
    pub(crate) gate: Option<Gate>,
}

/// Keeps the proposals that hold, in order.
pub(crate) fn judge(ctx: &Context<'_>, mut proposals: Vec<Event>, text: &str, learned: Option<&Bench>) -> Vec<Event> {
    let off_topic = ctx.mentions.off_topic.get(ctx.index as usize).copied().unwrap_or(false);
    if off_topic {
        return Vec::new();
    }
    if let Some(Bench { judge, gate }) = learned {
        let cast = learned::Cast::of(ctx);
        let named = cast.named(ctx);
        let parties = named.iter().map(|n| n.party).max().unwrap_or(0);
        if gate.as_ref().is_some_and(|gate| !gate.lets_pass(ctx, proposals.iter().any(|e| holds(ctx, e)), parties)) {
            return Vec::new();
        }
        if let Some(words) = learned::ask(judge.as_ref(), ctx, text, &named) {
            return learned::events(ctx, &cast, &words, &proposals);
        }
    }
    proposals.retain(|event| holds(ctx, event));
    proposals
}

/// Somebody takes part, and an everyday word has somebody resolved on both sides.
fn holds(ctx: &Context<'_>, event: &Event) -> bool {
    if event.actors.is_empty() && event.recipients.is_empty() {
        return false;
    }
    let weak = ctx.lexicon.pattern(&event.pattern).is_some_and(|p| p.weak);
    if !weak {
        return true;
    }
    let resolved = |list: &[super::Participant]| {
        list.iter().any(|p| {
            let entity = &ctx.mentions.entities[p.entity.0 as usize];
            entity.code.is_some() && entity.kind != EntityKind::Source
        })
    };
    resolved(&event.actors) && (resolved(&event.recipients) || event.actors.len() > 1)
}
