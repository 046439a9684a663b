//! What the words of a foreign label mean to the knowledge base: titles, states, known names.

use crate::{
    kb::{
        KnowledgeBase, RoleId,
        phrase::{Meaning, NameUse},
    },
    mention::{Code, TitleQuality},
};

/// Whether a form is known as a title or a kind of agent.
pub(super) fn is_title_or_agent(kb: &KnowledgeBase, form: &str) -> bool {
    kb.meanings_of(form).any(|meaning| matches!(meaning, Meaning::Title(..) | Meaning::Agent(..) | Meaning::Source(_)))
}

/// Whether a form names a state or place, in whatever way.
pub(super) fn is_place(kb: &KnowledgeBase, form: &str) -> bool {
    kb.state_by_name(form).is_some() || kb.meanings_of(form).any(|meaning| matches!(meaning, Meaning::State { .. } | Meaning::Place(_)))
}

/// The role of a title, by its whole form.
pub(super) fn role_of_title(kb: &KnowledgeBase, form: &str) -> Option<RoleId> {
    kb.meanings_of(form).find_map(|meaning| match meaning {
        Meaning::Title(id, false) => Some(kb.phrases.titles[usize::from(id)].role),
        _ => None,
    })
}

/// The state that a form names, as a name or adjective.
pub(super) fn state(kb: &KnowledgeBase, form: &str) -> Option<Code> {
    let form = form.strip_prefix("the ").unwrap_or(form);
    kb.meanings_of(form)
        .find_map(|meaning| match meaning {
            Meaning::State { state, usage: NameUse::Name | NameUse::Adjective, .. } => Some(kb.state_at(state).iso3),
            _ => None,
        })
        .or_else(|| kb.states().iter().find(|state| state.official_name.trim_start_matches("the ") == form).map(|state| state.iso3))
}

/// A position's label, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Office {
    /// The title alone: "Minister of Foreign Affairs".
    pub(super) title: String,
    /// The state that the label names.
    pub(super) state: Option<Code>,
    /// To whom an ambassador is sent: a state's code, or an organisation's name.
    pub(super) sent_to: Option<String>,
    /// "acting …", "…-elect".
    pub(super) quality: TitleQuality,
}

/// Takes a label apart: "acting Prime Minister of Belgium" is an acting Prime Minister, of BEL.
pub(super) fn office(kb: &KnowledgeBase, label: &str) -> Office {
    let (rest, quality) = quality_of(label.trim());
    let (rest, sent_to) = match rest.split_once(" to ") {
        Some((before, to)) if is_ambassador(before) => {
            (before, Some(state(kb, to).map_or_else(|| to.to_owned(), |code| code.as_str().to_owned())))
        }
        _ => (rest, None),
    };
    let (title, state) = without_state(kb, rest);
    let mut quality = quality;
    let mut title = title;
    for (ending, other) in [("-elect", TitleQuality::Elect), (" elect", TitleQuality::Elect), ("-designate", TitleQuality::Designate)] {
        if let Some(bare) = title.strip_suffix(ending) {
            title = bare.to_owned();
            quality = other;
        }
    }
    Office { title, state, sent_to, quality }
}

/// Whether a label is that of an office whose title the tables know.
pub(super) fn is_office(kb: &KnowledgeBase, label: &str) -> bool {
    let office = office(kb, label);
    office.state.is_some() && (role_of_title(kb, &office.title).is_some() || office.sent_to.is_some())
}

fn is_ambassador(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["ambassador", "permanent representative", "high commissioner"].iter().any(|word| lower.contains(word))
}

fn quality_of(label: &str) -> (&str, TitleQuality) {
    let lower = label.to_lowercase();
    for (word, quality) in [("acting ", TitleQuality::Acting), ("interim ", TitleQuality::Acting), ("caretaker ", TitleQuality::Acting)] {
        if lower.starts_with(word) && lower.len() == label.len() {
            return (&label[word.len()..], quality);
        }
    }
    (label, TitleQuality::Holds)
}

/// Splits the state off a label: "… of South Korea", "United States Secretary of State", "Finance Minister (Japan)".
fn without_state(kb: &KnowledgeBase, label: &str) -> (String, Option<Code>) {
    let bare = label.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    if let Some((title, name)) = bare
        && let Some(code) = state(kb, name)
    {
        return (title.to_owned(), Some(code));
    }
    for joint in [" of ", " for ", " in "] {
        for (position, _) in label.match_indices(joint) {
            if let Some(code) = state(kb, &label[position + joint.len()..]) {
                return (label[..position].to_owned(), Some(code));
            }
        }
    }
    for (position, _) in label.match_indices(' ').collect::<Vec<_>>().into_iter().rev() {
        let name = label[..position].strip_suffix("'s").unwrap_or(&label[..position]);
        if let Some(code) = state(kb, name) {
            return (label[position + 1..].to_owned(), Some(code));
        }
    }
    (label.to_owned(), None)
}
