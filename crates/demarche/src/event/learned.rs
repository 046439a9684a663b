//! A judge's answer about a sentence → events, with what the rules know of time, place and stances.

use super::{
    Act, Certainty, Event, Evidence, Mode, Participant, Polarity, Relation, Stance, StanceKind, Status, Tense, codes_of, flat,
    pattern::Class,
    propose::{self, Context},
    stance, status,
};
use crate::{
    judge::{Judge, Kind, Named, Question, STATUSES, Word},
    mention::{ActorMention, Code, EntityKind, MentionForm},
    span::Span,
};

/// How much of a part somebody must have.
const TAKES_PART: f32 = 0.5;
/// How much of a part the likeliest must have where nobody has so much.
const LIKELIEST: f32 = 0.15;
/// A word that more likely than this names no act is no trigger by itself. Chosen, like the next two, on eval/status and eval/gold, dev.
const NAMES_NONE: f32 = 0.3;
/// How likely a word must name the act that a pattern proposes for it.
const SECONDED: f32 = 0.1;
/// How many acts a sentence must be expected to hold for its likeliest word to be a trigger.
const SOMEWHERE: f32 = 0.6;

/// Slope and offset that make the log odds of an answer those of its being right (Platt 1999): `calibration_fit` of `eval gold` on dev.
const CALIBRATION: [f32; 2] = [0.731, -0.172];

/// How many parties of a sentence the judge tells apart.
const PARTIES: usize = 8;

/// Somebody whom the sentence names, or a place that stands for its state.
struct Member {
    /// Bytes of the document.
    span: Span,
    kind: Kind,
    who: Vec<Participant>,
}

/// Everybody whom the sentence names, as the judge is asked about them.
pub(crate) struct Cast(Vec<Member>);

impl Cast {
    /// The cast of a sentence: its actors, and the states of its places.
    pub(crate) fn of(ctx: &Context<'_>) -> Cast {
        let actors = ctx.mentions.actors[ctx.actors.clone()].iter().map(|mention| Member {
            span: mention.span,
            kind: kind(ctx, mention),
            who: mention.entities.iter().map(|&entity| Participant { entity, span: Some(mention.span) }).collect(),
        });
        let places = ctx.mentions.places[ctx.places.clone()].iter().filter_map(|place| {
            let who = vec![Participant { entity: place.entity?, span: Some(place.span) }];
            Some(Member { span: place.span, kind: Kind::Place, who })
        });
        Cast(actors.chain(places).collect())
    }

    /// The cast with the spans of the document in front that are asked about; what is known of those who stand there is kept.
    pub(crate) fn asking(mut self, asked: [Option<Span>; 2]) -> Cast {
        let asked = asked.into_iter().flatten();
        let member = |span: Span| {
            let member = self.0.iter().find(|m| m.span.overlaps(span));
            let (kind, who) = member.map(|m| (m.kind, m.who.clone())).unwrap_or_default();
            Member { span, kind, who }
        };
        let known: Vec<Member> = asked.clone().map(member).collect();
        self.0.retain(|m| !asked.clone().any(|s| s.overlaps(m.span)));
        self.0.splice(0..0, known);
        self
    }

    /// The cast as the judge is told of it.
    pub(crate) fn named(&self, ctx: &Context<'_>) -> Vec<Named> {
        let start = ctx.sentence.span.start;
        let mut order: Vec<usize> = (0..self.0.len()).collect();
        order.sort_by_key(|&i| self.0[i].span);
        // Parties are counted in text order.
        let mut parties: Vec<Vec<(Option<Code>, u32)>> = Vec::new();
        let mut numbers = vec![0; self.0.len()];
        for i in order {
            let mut whose: Vec<(Option<Code>, u32)> = self.0[i]
                .who
                .iter()
                .map(|p| match ctx.mentions.entities[p.entity.0 as usize].code {
                    Some(code) => (Some(code), 0),
                    None => (None, p.entity.0),
                })
                .collect();
            whose.sort_unstable();
            whose.dedup();
            if whose.is_empty() {
                continue;
            }
            let at = parties.iter().position(|p| *p == whose).unwrap_or_else(|| {
                parties.push(whose);
                parties.len() - 1
            });
            numbers[i] = if at < PARTIES { at as u8 + 1 } else { 0 };
        }
        let inside =
            |s: Span| Span { start: s.start.saturating_sub(start), end: s.end.saturating_sub(start).min(ctx.sentence.span.end - start) };
        self.0.iter().zip(numbers).map(|(m, party)| Named { span: inside(m.span), kind: m.kind, party }).collect()
    }
}

/// What a mention is for the judge.
fn kind(ctx: &Context<'_>, mention: &ActorMention) -> Kind {
    if mention.form == MentionForm::Anaphor {
        return Kind::Anaphor;
    }
    mention.entities.first().map_or(Kind::Unknown, |e| match ctx.mentions.entities[e.0 as usize].kind {
        EntityKind::State => Kind::State,
        EntityKind::Person => Kind::Person,
        EntityKind::Organization => Kind::Organization,
        EntityKind::Agent => Kind::Agent,
        EntityKind::Source => Kind::Source,
    })
}

/// Asks the judge about a sentence. Spans of the answer are bytes of the sentence; none if the judge cannot take it.
pub(crate) fn ask(judge: &dyn Judge, ctx: &Context<'_>, text: &str, named: &[Named]) -> Option<Vec<Word>> {
    judge.judge(&Question { text: ctx.sentence.span.of(text), mentions: named })
}

/// Neighbouring words that name one act.
struct Trigger {
    act: Act,
    span: Span,
    sure: f32,
    status: Status,
    status_sure: f32,
    mode: Option<Mode>,
    parts: Vec<[f32; 3]>,
    cue: Option<Span>,
}

/// The triggers of an answer. A word is one if it very likely names an act, or if a pattern says the same and the judge does not
/// think it unlikely; in a sentence without any, the likeliest word is, if an act is likely to be somewhere.
fn triggers(words: &[Word], proposed: impl Fn(Act, Span) -> bool) -> Vec<Trigger> {
    let mut groups: Vec<(usize, Vec<&Word>)> = Vec::new();
    let best_of = |word: &Word| (1..word.acts.len()).max_by(|&a, &b| word.acts[a].total_cmp(&word.acts[b])).unwrap_or(1);
    for word in words {
        let best = best_of(word);
        if word.acts[0] > NAMES_NONE && (word.acts[best] < SECONDED || !proposed(Act::ALL[best - 1], word.span)) {
            continue;
        }
        match groups.last_mut() {
            Some((act, group)) if *act == best && group.last().is_some_and(|w| word.span.start <= w.span.end + 1) => group.push(word),
            _ => groups.push((best, vec![word])),
        }
    }
    let somewhere: f32 = words.iter().map(|w| 1.0 - w.acts[0]).sum();
    if groups.is_empty()
        && somewhere > SOMEWHERE
        && let Some(word) = words.iter().min_by(|a, b| a.acts[0].total_cmp(&b.acts[0]))
    {
        groups.push((best_of(word), vec![word]));
    }
    groups
        .into_iter()
        .map(|(act, group)| {
            let share = 1.0 / group.len() as f32;
            let mut statuses = [0.0; STATUSES];
            let mut parts = vec![[0.0; 3]; group[0].parts.len()];
            for word in &group {
                statuses.iter_mut().zip(word.statuses).for_each(|(s, w)| *s += w * share);
                for (sum, part) in parts.iter_mut().zip(&word.parts) {
                    sum.iter_mut().zip(part).for_each(|(s, p)| *s += p * share);
                }
            }
            let status = (0..STATUSES).max_by(|&a, &b| statuses[a].total_cmp(&statuses[b])).unwrap_or(0);
            let kind = Act::ALL[act - 1];
            Trigger {
                act: kind,
                span: group.iter().skip(1).fold(group[0].span, |s, w| s.join(w.span)),
                sure: group.iter().map(|w| w.acts[act] * share).sum(),
                status: Status::ALL[status],
                status_sure: statuses[status],
                mode: group.iter().filter_map(|w| Mode::nth(w.mode?)).find(|m| Mode::of(kind).any(|other| other == *m)),
                parts,
                cue: group.iter().find_map(|w| w.cue),
            }
        })
        .collect()
}

/// The events of a sentence by the judge's answer; `rules` are those that the patterns proposed.
pub(crate) fn events(ctx: &Context<'_>, cast: &Cast, words: &[Word], rules: &[Event]) -> Vec<Event> {
    let start = ctx.sentence.span.start;
    let whole = |s: Span| Span { start: s.start + start, end: s.end + start };
    let proposed = |act: Act, span: Span| rules.iter().any(|e| e.act == act && e.evidence.trigger.overlaps(whole(span)));
    let consults: Vec<Span> = words.iter().filter(|w| w.acts[1 + Act::Consult as usize] > 0.5).map(|w| whole(w.span)).collect();
    let triggers = triggers(words, proposed);
    // Rule 1 of the event model: an utterance whose content is a deed is a stance on the deed, no event of its own.
    let spoken: Vec<Span> = triggers.iter().filter(|t| t.act.is_deed() && t.status != Status::Happened).filter_map(|t| t.cue).collect();
    let mut events: Vec<(u16, Event)> = triggers
        .into_iter()
        .filter(|t| t.act.is_deed() || !spoken.iter().any(|s| s.overlaps(t.span)))
        .filter_map(|trigger| {
            let span = whole(trigger.span);
            let rule = rules.iter().find(|e| e.act == trigger.act && e.evidence.trigger.overlaps(span));
            event(ctx, cast, &trigger, span, trigger.cue.map(whole), rule, &consults)
        })
        .collect();
    propose::merge_repeats(ctx, &mut events);
    events.into_iter().map(|(_, event)| event).collect()
}

/// One event and the token of its trigger; none if nobody takes part in it. `consults` are the words that name an encounter.
fn event(
    ctx: &Context<'_>,
    cast: &Cast,
    trigger: &Trigger,
    span: Span,
    cue: Option<Span>,
    rule: Option<&Event>,
    consults: &[Span],
) -> Option<(u16, Event)> {
    let tokens = &ctx.sentence.tokens;
    let at = tokens.iter().position(|t| t.span.overlaps(span))? as u16;
    let class = Class::of(ctx.tree.at(at).tag);
    let (mut actors, mut recipients) = (part(ctx, cast, trigger, 0), part(ctx, cast, trigger, 1));
    let holders = part(ctx, cast, trigger, 2);
    recipients.retain(|r| !actors.iter().any(|a| a.entity == r.entity));
    let met_by_rule = rule.filter(|r| r.act == Act::Consult && codes_of(r.actors.iter().chain(&r.recipients), ctx.mentions).len() > 1);
    if let Some(rule) = met_by_rule {
        // Who meets whom the rules know better, where they see two states meet.
        (actors, recipients) = (rule.actors.clone(), rule.recipients.clone());
    }
    if actors.is_empty() {
        actors = likeliest(ctx, cast, trigger, 0, &recipients);
    }
    if recipients.is_empty() && actors.len() < 2 {
        recipients = likeliest(ctx, cast, trigger, 1, &actors);
    }
    // Where the judge sees nobody on a side, the rules may.
    let absent = |list: &[Participant], p: &Participant| !list.iter().any(|a| ctx.same_party(a, p));
    if let Some(rule) = rule {
        if actors.is_empty() {
            actors = rule.actors.iter().filter(|p| absent(&recipients, p)).copied().collect();
        }
        if recipients.is_empty() && actors.len() < 2 {
            recipients = rule.recipients.iter().filter(|p| absent(&actors, p)).copied().collect();
        }
    }
    if actors.is_empty() && recipients.is_empty() {
        return None;
    }
    let up = stance::climb(ctx, at, class);
    // "met to discuss ways to deepen ties": what an encounter is for is its agenda, no act of its own.
    let agenda = up.purpose.is_some_and(|verb| consults.iter().any(|c| c.overlaps(ctx.tree.at(verb).span)));
    if agenda && (trigger.act == Act::Agree || trigger.act.is_deed() && !trigger.act.is_hostile()) {
        return None;
    }
    let certainty = if ctx.is_question() && up.certainty == Certainty::Fact { Certainty::Possible } else { up.certainty };
    let (mut stances, seen) = propose::stances(ctx, &up, &actors, &recipients);
    let first = status::told(up.open, up.polarity, up.tense, up.progressive, certainty);
    let (derived, mut giver) = status::derive(first, &seen);
    let status = trigger.status;
    let mut told = Told { polarity: up.polarity, tense: if up.open { Tense::Future } else { up.tense }, certainty };
    if derived != status {
        // The rules tell another story: what the judge says stands alone.
        (told, stances) = tell(status, &holders, cue.unwrap_or(span));
        giver = (!stances.is_empty()).then_some(0);
    } else if let Some(i) = giver
        && !holders.is_empty()
    {
        stances[i].holders.clone_from(&holders);
    }
    let given: &[Participant] = giver.map_or(&[], |i| &stances[i].holders);
    // What the patterns know of the word: its mode and its contexts.
    let loose = propose::loose_match(ctx, at).map(|m| m.pattern).filter(|p| p.act == trigger.act);
    // A pattern that fits knows better than the judge, who was told few modes; none is an answer, too.
    let mode = rule.map_or_else(|| trigger.mode.or(loose.and_then(|p| p.mode)), |r| r.mode);
    let date = propose::date_of(ctx, &up);
    let flat = flat::derive(trigger.act, mode, status, told.polarity, &actors, &recipients, &propose::known(ctx, given));
    let event = Event {
        sentence: ctx.index,
        act: trigger.act,
        mode,
        actors,
        recipients,
        stances,
        polarity: told.polarity,
        tense: told.tense,
        when: date.and_then(|d| d.when),
        certainty: told.certainty,
        status,
        flat,
        contexts: Vec::new(),
        topics: propose::topics_of(ctx, &up),
        place: propose::place_of(ctx, &up),
        evidence: Evidence { trigger: span, negation: up.negation, time: date.map(|d| d.span) },
        pattern: rule.map(|r| r.pattern.clone()).or_else(|| loose.map(|p| p.id.clone())).unwrap_or_default(),
        learned: true,
        confidence: calibrated(trigger.sure * trigger.status_sure),
    };
    Some((at, event))
}

/// How likely an answer of which the judge is so sure is right.
fn calibrated(sure: f32) -> f32 {
    let sure = sure.clamp(1e-4, 1.0 - 1e-4);
    let odds = (sure / (1.0 - sure)).ln();
    1.0 / (1.0 + (-(CALIBRATION[0] * odds + CALIBRATION[1])).exp())
}

/// Those who have a part in the act (0 actor, 1 recipient, 2 holder); of names within one another, the outer.
fn part(ctx: &Context<'_>, cast: &Cast, trigger: &Trigger, role: usize) -> Vec<Participant> {
    let takes = |i: usize| {
        let parts = trigger.parts[i];
        parts[role] > TAKES_PART && (role == 2 || parts[role] >= parts[1 - role])
    };
    let mut out: Vec<Participant> = Vec::new();
    for i in (0..cast.0.len()).filter(|&i| takes(i)) {
        let within =
            |j: usize| j != i && cast.0[j].span.contains(cast.0[i].span) && cast.0[j].span != cast.0[i].span && !cast.0[j].who.is_empty();
        if (0..cast.0.len()).any(|j| within(j) && takes(j)) {
            continue;
        }
        for who in &cast.0[i].who {
            let source = ctx.mentions.entities[who.entity.0 as usize].kind == EntityKind::Source;
            if (role == 2 || !source) && !out.iter().any(|p| p.entity == who.entity) {
                out.push(*who);
            }
        }
    }
    out
}

/// The likeliest to have a part (0 actor, 1 recipient) that nobody surely has, of those who are not on the other side.
fn likeliest(ctx: &Context<'_>, cast: &Cast, trigger: &Trigger, role: usize, other: &[Participant]) -> Vec<Participant> {
    let takes = |i: &usize| trigger.parts[*i][role] > LIKELIEST && trigger.parts[*i][role] >= trigger.parts[*i][1 - role];
    let free = |i: &usize| !cast.0[*i].who.iter().any(|p| other.iter().any(|o| ctx.same_party(o, p)));
    (0..cast.0.len())
        .filter(|i| takes(i) && free(i))
        .max_by(|&a, &b| trigger.parts[a][role].total_cmp(&trigger.parts[b][role]))
        .map_or_else(Vec::new, |i| propose::known(ctx, &cast.0[i].who))
}

/// How an act is told.
struct Told {
    polarity: Polarity,
    tense: Tense,
    certainty: Certainty,
}

/// The telling and the stance from which a status follows.
fn tell(status: Status, holders: &[Participant], span: Span) -> (Told, Vec<Stance>) {
    let mut told = Told { polarity: Polarity::Positive, tense: Tense::Future, certainty: Certainty::Fact };
    let kind = match status {
        Status::Happened | Status::UnderWay => {
            told.tense = if status == Status::Happened { Tense::Past } else { Tense::Present };
            None
        }
        Status::NotHappened => {
            (told.polarity, told.tense) = (Polarity::Negative, Tense::Past);
            None
        }
        Status::Hypothetical => {
            told.certainty = Certainty::Possible;
            None
        }
        Status::Scheduled => (!holders.is_empty()).then_some(StanceKind::Announces),
        Status::Agreed => Some(StanceKind::Agrees),
        Status::Promised => Some(StanceKind::Promises),
        Status::Offered => Some(StanceKind::Offers),
        Status::Threatened => Some(StanceKind::Threatens),
        Status::Urged => Some(StanceKind::Urges),
        Status::Refused => Some(StanceKind::Refuses),
        Status::Cancelled => Some(StanceKind::Cancels),
        Status::Expected => Some(StanceKind::Expects),
        Status::Postponed => Some(StanceKind::Postpones),
        Status::Denied => Some(StanceKind::Denies),
    };
    let stances = kind.map(|kind| Stance { kind, holders: holders.to_vec(), span, negated: false }).into_iter().collect();
    (told, stances)
}

/// The act between the first two of the cast, as the relation sets ask; `start` is where the sentence starts. Where the source or the target
/// is only implied, the first of the cast is the other one.
pub(crate) fn relation(words: &[Word], start: u32, named: [bool; 2]) -> Option<Relation> {
    // What counts is the flat type, which several acts and statuses lead to: their weights add up.
    let mut best: Option<(f32, &Word, Act, Status)> = None;
    for word in words {
        let part = |named: bool, at: usize| if named { word.parts[at] } else { [1.0; 3] };
        let [actor, _, holder] = part(named[0], 0);
        let [peer, recipient, _] = part(named[1], usize::from(named[0]));
        let other = peer.max(recipient);
        let plain = actor * other;
        let by_holder = (holder * other).max(0.5 * plain);
        let mut sums = [(0.0, 0.0, Act::Agree, Status::Happened); 16];
        for (a, act) in Act::ALL.into_iter().enumerate() {
            for status in Status::ALL {
                let held = matches!(status, Status::Urged | Status::Refused | Status::Cancelled | Status::Denied);
                let weight = word.acts[a + 1] * word.statuses[status as usize] * (0.02 + if held { by_holder } else { plain });
                let flat = flat::event(act, status).unwrap_or(act);
                let sum = &mut sums[flat as usize];
                sum.0 += weight;
                if weight > sum.1 {
                    (sum.1, sum.2, sum.3) = (weight, act, status);
                }
            }
        }
        for (sum, _, act, status) in sums {
            if best.is_none_or(|(other, ..)| sum > other) {
                best = Some((sum, word, act, status));
            }
        }
    }
    let (_, word, act, status) = best?;
    let flat = flat::event(act, status);
    let trigger = Span { start: word.span.start + start, end: word.span.end + start };
    Some(Relation { act, status, flat, trigger, pattern: String::new() })
}

#[cfg(test)]
mod tests {
    use super::{super::status::Seen, *};

    #[test]
    fn what_is_told_of_a_status_gives_that_status_again() {
        for status in Status::ALL {
            let (told, stances) = tell(status, &[], Span::default());
            let seen: Vec<Seen> = stances
                .iter()
                .map(|s| Seen {
                    kind: s.kind,
                    negated: s.negated,
                    tense: Tense::Past,
                    certainty: Certainty::Fact,
                    party: true,
                    all: status == Status::Agreed,
                    joint: status == Status::Agreed,
                })
                .collect();
            let open = told.tense == Tense::Future && !stances.is_empty();
            let first = status::told(open, told.polarity, told.tense, status == Status::UnderWay, told.certainty);
            assert_eq!(status::derive(first, &seen).0, status, "{status:?}");
        }
    }
}
