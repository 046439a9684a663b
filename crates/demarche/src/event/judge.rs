//! The one place where a proposal is re-labelled or rejected.
//!
//! A learned judge decides if there is one; else a handful of rules does.

use super::{Event, learned, propose::Context};
use crate::{judge::Judge, mention::EntityKind};

/// Keeps the proposals that hold, in order.
pub(crate) fn judge(ctx: &Context<'_>, proposals: Vec<Event>, text: &str, learned: Option<&dyn Judge>) -> Vec<Event> {
    let off_topic = ctx.mentions.off_topic.get(ctx.index as usize).copied().unwrap_or(false);
    if off_topic {
        return Vec::new();
    }
    if let Some(judge) = learned {
        let cast = learned::Cast::of(ctx);
        if let Some(words) = learned::ask(judge, ctx, text, cast.spans()) {
            return learned::events(ctx, &cast, &words, &proposals);
        }
    }
    proposals.into_iter().filter(|event| holds(ctx, event)).collect()
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
