//! The flat PLOVER record, derived from act and status by `data/events/flat.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Act, Mode, Participant, Polarity, Status};

/// What older coders would write down: one type between an actor and a recipient.
#[derive(Clone, Debug, PartialEq)]
pub struct Flat {
    /// PLOVER type.
    pub event: Act,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// Who.
    pub actors: Vec<Participant>,
    /// To whom.
    pub recipients: Vec<Participant>,
}

impl Flat {
    /// PLOVER's quad code of the type.
    pub fn quad_code(&self) -> u8 {
        self.event.quad_code()
    }

    /// PLOVER's score of the mode, else of the type.
    pub fn scale(&self) -> f32 {
        self.mode.map_or_else(|| self.event.scale(), Mode::scale)
    }
}

/// The flat record of an act under a status, or none where the table has none.
///
/// `holders` are those whose stance gives the status; they become the actor of a REQUEST or REJECT. A negative polarity under
/// an urging or refusing ("urged Moscow not to attack") asks for a hostile act's end, which PLOVER calls to yield.
pub(crate) fn derive(
    act: Act,
    mode: Option<Mode>,
    status: Status,
    polarity: Polarity,
    actors: &[Participant],
    recipients: &[Participant],
    holders: &[Participant],
) -> Option<Flat> {
    let cell = TABLE.get(&(act, status)).expect("flat.tsv has a row for every act and status, which a test checks");
    let event = event(act, status)?;
    let mut flat_mode = if cell.same_mode { mode } else { cell.mode };
    if matches!(event, Act::Request | Act::Reject) && act.is_hostile() && polarity == Polarity::Negative {
        flat_mode = Mode::parse(event, "yield");
    }
    if !cell.from_holder {
        return Some(Flat { event, mode: flat_mode, actors: actors.to_vec(), recipients: recipients.to_vec() });
    }
    let is_holder = |p: &Participant| holders.iter().any(|h| h.entity == p.entity);
    let mut to: Vec<Participant> = actors.iter().filter(|p| !is_holder(p)).copied().collect();
    if to.is_empty() {
        to = recipients.iter().filter(|p| !is_holder(p)).copied().collect();
    }
    let from = if holders.is_empty() && event == Act::Reject { actors.to_vec() } else { holders.to_vec() };
    if holders.is_empty() && event == Act::Reject {
        to = recipients.to_vec();
    }
    Some(Flat { event, mode: flat_mode, actors: from, recipients: to })
}

/// The flat type of an act under a status, or none where the table has none.
pub(crate) fn event(act: Act, status: Status) -> Option<Act> {
    match TABLE.get(&(act, status)).expect("flat.tsv has a row for every act and status, which a test checks").event {
        Target::None => None,
        Target::Same => Some(act),
        Target::Other(event) => Some(event),
    }
}

struct Cell {
    event: Target,
    mode: Option<Mode>,
    same_mode: bool,
    from_holder: bool,
}

enum Target {
    None,
    Same,
    Other(Act),
}

static TABLE: LazyLock<FxHashMap<(Act, Status), Cell>> = LazyLock::new(|| {
    let mut table = FxHashMap::default();
    for line in include_str!("../../data/events/flat.tsv").lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let act = Act::parse(cells[0]).expect("flat.tsv names PLOVER types, which a test checks");
        let status = Status::parse(cells[1]).expect("flat.tsv names statuses, which a test checks");
        let event = match cells[2] {
            "-" => Target::None,
            "=" => Target::Same,
            name => Target::Other(Act::parse(name).expect("flat.tsv names PLOVER types, which a test checks")),
        };
        let mode = match event {
            Target::Other(event) => Mode::parse(event, cells[3]),
            _ => None,
        };
        table.insert((act, status), Cell { event, mode, same_mode: cells[3] == "=", from_holder: cells[4] == "holder" });
    }
    table
});

#[cfg(test)]
mod tests {
    use super::*;

    /// The event model's table, cell by cell, written here by the model's words and not by the data file's.
    #[test]
    fn every_cell_follows_the_event_model() {
        use Status::*;
        for act in Act::ALL {
            for status in Status::ALL {
                let flat = derive(act, None, status, Polarity::Positive, &[], &[], &[]).map(|flat| flat.event);
                let expected = match (status, act) {
                    (Happened | UnderWay, _) => Some(act),
                    (Scheduled | Agreed | Promised | Offered, Act::Consult | Act::Support | Act::Cooperate | Act::Aid | Act::Agree) => {
                        Some(Act::Agree)
                    }
                    (Scheduled | Agreed | Promised | Offered, Act::Retreat | Act::Concede) => Some(Act::Concede),
                    (Scheduled | Agreed | Promised | Offered, _) if act.is_hostile() || act == Act::Threaten => Some(Act::Threaten),
                    (Scheduled | Agreed | Promised | Offered, _) => None,
                    (Threatened, _) => Some(Act::Threaten),
                    (Urged, _) => Some(Act::Request),
                    (Refused, _) => Some(Act::Reject),
                    (Cancelled, Act::Consult | Act::Agree | Act::Concede | Act::Retreat) => Some(Act::Reject),
                    (Cancelled, Act::Aid | Act::Cooperate | Act::Support) => Some(Act::Sanction),
                    (Cancelled, _) if act.is_hostile() || act == Act::Threaten => Some(Act::Concede),
                    (Cancelled | Expected | Postponed | Denied | NotHappened | Hypothetical, _) => None,
                };
                assert_eq!(flat, expected, "{act} {}", status.name());
            }
        }
    }

    #[test]
    fn modes_of_requests_and_refusals_follow_the_act() {
        for (act, mode) in [
            (Act::Consult, "meet"),
            (Act::Support, "assist"),
            (Act::Cooperate, "assist"),
            (Act::Aid, "assist"),
            (Act::Retreat, "yield"),
            (Act::Concede, "yield"),
            (Act::Sanction, "change"),
            (Act::Accuse, "change"),
        ] {
            for status in [Status::Urged, Status::Refused] {
                let flat = derive(act, None, status, Polarity::Positive, &[], &[], &[]).expect("urged and refused acts have a flat record");
                assert_eq!(flat.mode.map(Mode::name), Some(mode), "{act} {}", status.name());
            }
        }
        let ended = derive(Act::Assault, None, Status::Urged, Polarity::Negative, &[], &[], &[]).expect("urged");
        assert_eq!(ended.mode.map(Mode::name), Some("yield"));
    }
}
