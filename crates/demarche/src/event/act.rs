//! The sixteen PLOVER types and their modes, read from `data/events/types.tsv`.

use std::{fmt, sync::LazyLock};

/// A PLOVER event type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are PLOVER's own; see the PLOVER manual")]
pub enum Act {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

/// A row of `types.tsv`: a type (empty mode), or a mode of a type.
struct Row {
    act: Act,
    mode: &'static str,
    quad: u8,
    scale: Option<f32>,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    include_str!("../../data/events/types.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            Row {
                act: Act::parse(cells[0]).expect("types.tsv names PLOVER types only, which a test checks"),
                mode: if cells[1] == "-" { "" } else { cells[1] },
                quad: cells[2].parse().expect("types.tsv gives a quad code in each row, which a test checks"),
                scale: cells[3].parse().ok(),
            }
        })
        .collect()
});

impl Act {
    /// All types in the order of PLOVER's table.
    pub const ALL: [Act; 16] = [
        Act::Agree,
        Act::Consult,
        Act::Support,
        Act::Concede,
        Act::Cooperate,
        Act::Aid,
        Act::Retreat,
        Act::Request,
        Act::Accuse,
        Act::Reject,
        Act::Threaten,
        Act::Protest,
        Act::Sanction,
        Act::Mobilize,
        Act::Coerce,
        Act::Assault,
    ];

    /// PLOVER's name: `CONSULT`.
    pub fn name(self) -> &'static str {
        const NAMES: [&str; 16] = [
            "AGREE",
            "CONSULT",
            "SUPPORT",
            "CONCEDE",
            "COOPERATE",
            "AID",
            "RETREAT",
            "REQUEST",
            "ACCUSE",
            "REJECT",
            "THREATEN",
            "PROTEST",
            "SANCTION",
            "MOBILIZE",
            "COERCE",
            "ASSAULT",
        ];
        NAMES[self as usize]
    }

    /// The type of a PLOVER name, in any case.
    pub fn parse(name: &str) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.name().eq_ignore_ascii_case(name))
    }

    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub fn quad_code(self) -> u8 {
        ROWS.iter().find(|row| row.act == self).expect("types.tsv has every type, which a test checks").quad
    }

    /// PLOVER's score of the type, about −10 to +10.
    pub fn scale(self) -> f32 {
        ROWS.iter().find(|row| row.act == self && row.mode.is_empty()).and_then(|row| row.scale).expect("every type has a score")
    }

    /// Rule 1 of the event model: a deed or encounter, which stays the act whoever speaks of it how. The other acts are utterances.
    pub fn is_deed(self) -> bool {
        !matches!(self, Act::Agree | Act::Concede | Act::Request | Act::Accuse | Act::Reject | Act::Threaten)
    }

    /// A deed against somebody.
    pub fn is_hostile(self) -> bool {
        matches!(self, Act::Protest | Act::Sanction | Act::Mobilize | Act::Coerce | Act::Assault)
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A mode of a PLOVER type: "visit" of CONSULT.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mode(u8);

impl Mode {
    /// The mode of that name under that type.
    pub fn parse(act: Act, name: &str) -> Option<Mode> {
        ROWS.iter().position(|row| row.act == act && row.mode == name && !name.is_empty()).map(|i| Mode(i as u8))
    }

    /// PLOVER's name: "third-party".
    pub fn name(self) -> &'static str {
        ROWS[self.0 as usize].mode
    }

    /// PLOVER's score of the mode; a mode without one has its type's.
    pub fn scale(self) -> f32 {
        let row = &ROWS[self.0 as usize];
        row.scale.unwrap_or_else(|| row.act.scale())
    }

    /// The mode in the `n`th row with a mode of `types.tsv`, as a learned judge numbers them.
    pub(crate) fn nth(n: usize) -> Option<Mode> {
        ROWS.iter().enumerate().filter(|(_, row)| !row.mode.is_empty()).nth(n).map(|(i, _)| Mode(i as u8))
    }

    /// All modes of a type, in PLOVER's order.
    pub fn of(act: Act) -> impl Iterator<Item = Mode> {
        ROWS.iter().enumerate().filter(move |(_, row)| row.act == act && !row.mode.is_empty()).map(|(i, _)| Mode(i as u8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_plover_two() {
        assert_eq!(ROWS.iter().filter(|row| row.mode.is_empty()).count(), 16);
        assert_eq!(ROWS.iter().filter(|row| !row.mode.is_empty()).count(), 67);
        for act in Act::ALL {
            assert!((1..=4).contains(&act.quad_code()), "{act}");
            assert!(act.scale().abs() <= 10.0, "{act}");
        }
        assert_eq!(Mode::parse(Act::Consult, "third-party").map(|m| m.scale()), Some(1.0));
        assert_eq!(Mode::parse(Act::Protest, "vandalize").map(|m| m.scale()), Some(-5.0));
    }
}
