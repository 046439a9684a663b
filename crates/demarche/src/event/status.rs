//! How an act is told + who speaks of it how → what became of it ([`Status`]).
//!
//! The telling gives a first answer (done, not done, to come, open); each stance, from the innermost outwards, may change
//! it, as `data/events/status.tsv` says. The outermost stance that changes the answer wins (event_model.md, rule 3).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Certainty, Polarity, StanceKind, Tense};

/// What became of an act, as far as the text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the statuses are event_model.md's, which says what each means")]
pub enum Status {
    Happened,
    UnderWay,
    Scheduled,
    Agreed,
    Promised,
    Offered,
    Threatened,
    Urged,
    Refused,
    Cancelled,
    Expected,
    Postponed,
    Denied,
    NotHappened,
    Hypothetical,
}

impl Status {
    /// All statuses, in the order of the event model's table.
    pub const ALL: [Status; 15] = [
        Status::Happened,
        Status::UnderWay,
        Status::Scheduled,
        Status::Agreed,
        Status::Promised,
        Status::Offered,
        Status::Threatened,
        Status::Urged,
        Status::Refused,
        Status::Cancelled,
        Status::Expected,
        Status::Postponed,
        Status::Denied,
        Status::NotHappened,
        Status::Hypothetical,
    ];

    /// The word of the data files and of JSON: `not_happened`.
    pub fn name(self) -> &'static str {
        const NAMES: [&str; 15] = [
            "happened",
            "under_way",
            "scheduled",
            "agreed",
            "promised",
            "offered",
            "threatened",
            "urged",
            "refused",
            "cancelled",
            "expected",
            "postponed",
            "denied",
            "not_happened",
            "hypothetical",
        ];
        NAMES[self as usize]
    }

    /// The status of that name.
    pub fn parse(name: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.name() == name)
    }

    /// Told as fact: the only two statuses that may be counted as deeds.
    pub fn is_done(self) -> bool {
        matches!(self, Status::Happened | Status::UnderWay)
    }
}

/// What is known of an act while its stances are being unwound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Told {
    /// As done, going on or not done.
    As(Status),
    /// Neither done nor planned by itself: an infinitive, a noun under "plan".
    Open,
}

/// One stance as the status table sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub(crate) kind: StanceKind,
    pub(crate) negated: bool,
    /// How the stance itself is told: "will urge", "may agree".
    pub(crate) tense: Tense,
    pub(crate) certainty: Certainty,
    /// Whether the holder takes part in the act.
    pub(crate) party: bool,
    /// Whether all who take part in it hold the stance.
    pub(crate) all: bool,
    /// Whether more than one state holds it, all who take part among them.
    pub(crate) joint: bool,
}

/// The first answer, before any stance. `progressive`: "is visiting", "was holding talks".
pub(crate) fn told(open: bool, polarity: Polarity, tense: Tense, progressive: bool, certainty: Certainty) -> Told {
    match (certainty, polarity) {
        (Certainty::Possible | Certainty::Conditional | Certainty::Counterfactual, _) => Told::As(Status::Hypothetical),
        (Certainty::Fact, _) if open => Told::Open,
        // "will not lift the embargo": its doer says no.
        (Certainty::Fact, Polarity::Negative) if tense == Tense::Future => Told::As(Status::Refused),
        (Certainty::Fact, Polarity::Negative) => Told::As(Status::NotHappened),
        (Certainty::Fact, Polarity::Positive) => Told::As(match tense {
            Tense::Present if progressive => Status::UnderWay,
            // A simple present tells a deed in a headline, and a stand in a statement.
            Tense::Past | Tense::Present => Status::Happened,
            Tense::Future => Status::Scheduled,
        }),
    }
}

/// Unwinds the stances, outermost first in `stances`, over the first answer; also says which stance gave the status.
pub(crate) fn derive(first: Told, stances: &[Seen]) -> (Status, Option<usize>) {
    let mut now = first;
    let mut giver = None;
    for (i, stance) in stances.iter().enumerate().rev() {
        let before = now;
        now = match TABLE.get(&(stance.kind, stance.negated, over(now))) {
            Some(Effect::Keep) | None => now,
            Some(Effect::Set(status)) => Told::As(refine(*status, stance)),
        };
        if stance.kind != StanceKind::States && !matches!(now, Told::As(Status::Happened | Status::UnderWay)) {
            // "may agree to meet", "will urge Beijing to …": the stance itself has not been taken.
            if stance.certainty != Certainty::Fact {
                now = Told::As(Status::Hypothetical);
            } else if stance.tense == Tense::Future && !matches!(stance.kind, StanceKind::Expects | StanceKind::Denies) {
                now = Told::As(Status::Expected);
            }
        }
        if now != before {
            giver = Some(i);
        }
    }
    match now {
        Told::As(status) => (status, giver),
        Told::Open => (Status::Hypothetical, giver),
    }
}

/// Who holds a stance tells some statuses apart.
fn refine(status: Status, stance: &Seen) -> Status {
    match status {
        Status::Agreed if !stance.all && stance.party => Status::Promised,
        Status::Promised if stance.joint => Status::Agreed,
        Status::Scheduled if stance.kind == StanceKind::States && !stance.party => Status::Expected,
        _ => status,
    }
}

/// The column of the status table that an answer falls into.
fn over(now: Told) -> Over {
    match now {
        Told::Open => Over::Open,
        Told::As(Status::Happened | Status::UnderWay) => Over::Done,
        Told::As(Status::NotHappened) => Over::NotDone,
        Told::As(Status::Scheduled) => Over::Future,
        Told::As(_) => Over::Stance,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Over {
    Done,
    NotDone,
    Future,
    Open,
    Stance,
}

#[derive(Clone, Copy, Debug)]
enum Effect {
    Keep,
    Set(Status),
}

static TABLE: LazyLock<FxHashMap<(StanceKind, bool, Over), Effect>> = LazyLock::new(|| {
    let mut table = FxHashMap::default();
    for line in include_str!("../../data/events/status.tsv").lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let kind = stance_kind(cells[0]).expect("status.tsv names stances of the event model, which a test checks");
        for (over, cell) in [Over::Done, Over::NotDone, Over::Future, Over::Open, Over::Stance].into_iter().zip(&cells[2..7]) {
            let effect = match *cell {
                "=" => Effect::Keep,
                name => Effect::Set(Status::parse(name).expect("status.tsv names statuses of the event model, which a test checks")),
            };
            table.insert((kind, cells[1] == "yes", over), effect);
        }
    }
    table
});

/// The stance of that name.
pub(crate) fn stance_kind(name: &str) -> Option<StanceKind> {
    use StanceKind::*;
    [States, Announces, Expects, Agrees, Promises, Offers, Urges, Threatens, Refuses, Denies, Cancels, Postpones]
        .into_iter()
        .find(|kind| kind.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(kind: StanceKind) -> Seen {
        Seen { kind, negated: false, tense: Tense::Past, certainty: Certainty::Fact, party: true, all: true, joint: false }
    }

    #[test]
    fn the_table_has_every_cell() {
        assert_eq!(TABLE.len(), 12 * 2 * 5);
    }

    #[test]
    fn the_outermost_stance_that_changes_belief_wins() {
        let open = Told::Open;
        let done = Told::As(Status::Happened);
        use StanceKind::*;
        for (first, stances, expected) in [
            (done, vec![], Status::Happened),
            (done, vec![seen(States)], Status::Happened),
            (done, vec![seen(Denies)], Status::Denied),
            (open, vec![seen(Refuses)], Status::Refused),
            (open, vec![seen(Denies), seen(Refuses)], Status::Denied),
            (open, vec![seen(States), seen(Agrees)], Status::Agreed),
            (open, vec![seen(Urges), seen(Agrees)], Status::Urged),
            (open, vec![seen(Expects), seen(Urges)], Status::Expected),
            (open, vec![seen(Threatens), seen(Cancels)], Status::Threatened),
            (open, vec![seen(Agrees), seen(Postpones)], Status::Postponed),
            (Told::As(Status::Scheduled), vec![Seen { party: false, ..seen(States) }], Status::Expected),
            (open, vec![Seen { all: false, ..seen(Agrees) }], Status::Promised),
            (open, vec![Seen { negated: true, ..seen(Agrees) }], Status::Refused),
            (open, vec![Seen { certainty: Certainty::Possible, ..seen(Agrees) }], Status::Hypothetical),
        ] {
            assert_eq!(derive(first, &stances).0, expected, "{first:?} {stances:?}");
        }
    }
}
