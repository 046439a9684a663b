//! Actor dictionaries.

use std::collections::BTreeSet;

use super::{
    super::{
        Importer, Reason, cameo,
        draft::{DraftPerson, DraftPost, DraftTenure, End, Place},
        people::slug,
        phrase,
    },
    line::{self, Coded},
};
use crate::{
    kb::{KnowledgeBase, PersonId},
    mention::{Code, TitleQuality},
};

/// A phrase with its synonyms and codes.
struct Entry {
    at: Place,
    phrases: Vec<String>,
    codes: Vec<Coded>,
    /// Whether an error left its codes out.
    damaged: bool,
}

/// Words that no person's name has.
const BODY_WORDS: &[&str] = &[
    "academy",
    "agency",
    "alliance",
    "army",
    "assembly",
    "association",
    "authority",
    "bank",
    "battalion",
    "board",
    "brigade",
    "brigades",
    "bureau",
    "cartel",
    "cells",
    "center",
    "centre",
    "church",
    "club",
    "command",
    "commandos",
    "commission",
    "committee",
    "community",
    "company",
    "conference",
    "confederation",
    "congress",
    "consulate",
    "corporation",
    "corps",
    "council",
    "court",
    "embassy",
    "faction",
    "federation",
    "fighters",
    "fleet",
    "force",
    "forces",
    "foundation",
    "front",
    "fund",
    "government",
    "group",
    "guard",
    "guards",
    "inc",
    "initiative",
    "institute",
    "international",
    "jihad",
    "junta",
    "league",
    "legion",
    "liberation",
    "media",
    "militia",
    "ministry",
    "mission",
    "movement",
    "nations",
    "navy",
    "network",
    "news",
    "office",
    "organisation",
    "organization",
    "parliament",
    "party",
    "police",
    "press",
    "program",
    "programme",
    "project",
    "rebels",
    "resistance",
    "secretariat",
    "security",
    "senate",
    "service",
    "society",
    "soldiers",
    "squad",
    "station",
    "tigers",
    "times",
    "treaty",
    "tribunal",
    "troops",
    "union",
    "united",
    "university",
    "volunteers",
    "warriors",
    "workers",
];

/// Kinds of officials for each sector: a role that the tables know, or one that the import adds to roles.tsv.
const ROLES: &[(&str, &str, &str)] = &[
    ("GOV", "official", "Official"),
    ("MIL", "officer", "Officer"),
    ("LEG", "legislator", "Legislator"),
    ("JUD", "judge", "Judge"),
    ("REB", "rebel_leader", "Rebel"),
    ("OPP", "opposition_leader", "Opposition politician"),
    ("REL", "religious_leader", "Religious figure"),
    ("EDU", "academic", "Academic"),
    ("BUS", "business_leader", "Businessperson"),
    ("JRN", "journalist", "Journalist"),
    ("MED", "doctor", "Health worker"),
    ("LAB", "union_leader", "Labour leader"),
    ("CVL", "activist", "Civilian"),
    ("COP", "police_chief", "Police officer"),
    ("SPY", "intelligence_chief", "Intelligence officer"),
    ("PTY", "party_leader", "Party politician"),
    ("CRM", "crime_figure", "Crime figure"),
];

pub(super) fn read(importer: &mut Importer<'_>, lines: &[(Place, String)]) {
    let given = given_names(importer.kb);
    let mut entry: Option<Entry> = None;
    for (at, line) in lines {
        let line = line::without_comment(line);
        if line.trim().is_empty() {
            continue;
        }
        let (name, codes, errors) = line::split(line);
        for message in &errors {
            importer.problem(&at.file, at.line, message.clone());
        }
        let continues = name.is_empty() || name.starts_with('+') || line.starts_with(char::is_whitespace);
        match (&mut entry, continues) {
            (Some(open), true) => {
                open.phrases.extend(Some(name.trim_start_matches('+').trim().to_owned()).filter(|name| !name.is_empty()));
                open.codes.extend(codes);
                open.damaged |= !errors.is_empty();
            }
            (None, true) => importer.problem(&at.file, at.line, format!("`{}` belongs to no entry", line.trim())),
            (_, false) => {
                let next = Entry { at: at.clone(), phrases: vec![name.to_owned()], codes, damaged: !errors.is_empty() };
                if let Some(done) = entry.replace(next) {
                    take(importer, done, &given);
                }
            }
        }
    }
    if let Some(done) = entry {
        take(importer, done, &given);
    }
}

fn take(importer: &mut Importer<'_>, entry: Entry, given: &BTreeSet<String>) {
    let shown = line::names(&entry.phrases[0]).0;
    if entry.codes.is_empty() {
        if !entry.damaged {
            importer.problem(&entry.at.file, entry.at.line, format!("`{}` has no code", entry.phrases[0]));
        }
        return;
    }
    let dated = entry.codes.iter().any(|code| code.when.is_some());
    let mut actors: Vec<(cameo::Actor, &Coded)> = Vec::new();
    for coded in &entry.codes {
        match cameo::actor(importer.kb, &coded.code) {
            Some(actor) => actors.push((actor, coded)),
            None => importer.leave_out(Reason::UnknownCode, &entry.at, &format!("{shown} [{}]", coded.code)),
        }
    }
    // What a person is outside the time of an office follows from the office: former officials are the elite.
    actors.retain(|(actor, coded)| !dated || coded.when.is_some() && actor.sector != Some(Code(*b"ELI")));
    if actors.is_empty() {
        if dated {
            importer.leave_out(Reason::VagueActor, &entry.at, &shown);
        }
        return;
    }
    if actors.iter().all(|(actor, _)| actor.vague) {
        importer.leave_out(Reason::VagueActor, &entry.at, &shown);
        return;
    }
    let (persons, bodies): (Vec<&String>, Vec<&String>) =
        entry.phrases.iter().partition(|name| is_person(importer.kb, &line::names(name).0, dated, given));
    let main_is_person = persons.first().is_some_and(|name| *name == &entry.phrases[0]);
    if main_is_person {
        person(importer, &entry.at, &entry.phrases, &actors);
        return;
    }
    for name in persons {
        person(importer, &entry.at, std::slice::from_ref(name), &actors);
    }
    let (actor, _) = &actors[0];
    if actor.of_state && actor.sector.is_none() && actor.body.is_empty() {
        state_names(importer, &entry.at, &bodies, actor);
    } else {
        body(importer, &entry.at, &bodies, actor);
    }
}

/// First words of the names that the facts know, two letters and more.
fn given_names(kb: &KnowledgeBase) -> BTreeSet<String> {
    let names = (0..kb.person_count() as u32).map(|id| &kb.person(PersonId(id)).name);
    names.filter_map(|name| name.split_once(' ')).map(|(first, _)| first.to_lowercase()).filter(|first| first.len() > 2).collect()
}

fn is_person(kb: &KnowledgeBase, name: &str, dated: bool, given: &BTreeSet<String>) -> bool {
    let (_, rest) = without_title(kb, name);
    let words: Vec<String> = rest.split_whitespace().map(str::to_lowercase).collect();
    if words.iter().any(|word| BODY_WORDS.contains(&word.as_str())) {
        return false;
    }
    if dated || !kb.persons_named(rest).is_empty() {
        return true;
    }
    (2..=5).contains(&words.len()) && words.first().is_some_and(|first| given.contains(first)) && !phrase::is_place(kb, rest)
}

/// Cuts a title off the head of a name: "President Karzai" → "President", "Karzai".
fn without_title<'a>(kb: &KnowledgeBase, name: &'a str) -> (&'a str, &'a str) {
    let spaces: Vec<usize> = name.match_indices(' ').map(|(position, _)| position).collect();
    for position in spaces.into_iter().rev() {
        if phrase::role_of_title(kb, &name[..position]).is_some() {
            return (&name[..position], &name[position + 1..]);
        }
    }
    ("", name)
}

fn person(importer: &mut Importer<'_>, at: &Place, phrases: &[String], actors: &[(cameo::Actor, &Coded)]) {
    let kb = importer.kb;
    let mut names: Vec<String> = Vec::new();
    for name in phrases {
        let name = line::names(name).0;
        let rest = without_title(kb, &name).1.to_owned();
        if rest.contains(' ') && !names.contains(&rest) {
            names.push(rest);
        }
    }
    let Some(name) = names.first().cloned().or_else(|| phrases.first().map(|name| line::names(name).0)) else { return };
    let draft = DraftPerson {
        name: name.clone(),
        aliases: names.split_off(names.len().min(1)),
        source: "petrarch",
        at: Some(at.clone()),
        ..DraftPerson::default()
    };
    importer.draft.persons.entry(name.clone()).or_default().merge_from(draft);
    for (actor, coded) in actors {
        if let Some(post) = post(importer, actor) {
            let (start, end) = coded.when.unwrap_or((None, None));
            importer.draft.tenures.push(DraftTenure {
                person: name.clone(),
                post: DraftPost::Key(post),
                start,
                end: end.map_or(End::Unknown, End::Day),
                quality: TitleQuality::Holds,
                source: "petrarch",
                note: format!("[{}]", coded.code),
                at: at.clone(),
            });
        } else {
            importer.leave_out(Reason::VagueActor, at, &format!("{name} [{}]", coded.code));
        }
    }
}

/// A post that stands for "some office in this sector of that state", with its row and, where need be, its role's.
fn post(importer: &mut Importer<'_>, actor: &cameo::Actor) -> Option<String> {
    let kb = importer.kb;
    let (of, name) = if actor.of_state {
        let code = actor.code?;
        (code.as_str().to_owned(), kb.state(code)?.name.clone())
    } else {
        let id = kb.organization_by_key(actor.body)?;
        (actor.body.to_owned(), kb.organization(id).name.to_string())
    };
    let sector = actor.sector.filter(|_| actor.of_state).unwrap_or(Code(*b"GOV"));
    let (role, title) = match ROLES.iter().find(|(code, ..)| Code::parse(code) == Some(sector)) {
        Some((_, role, title)) => ((*role).to_owned(), (*title).to_owned()),
        None => (sector.as_str().to_lowercase(), sector.as_str().to_owned()),
    };
    if kb.role(&role).is_none() {
        importer.draft.rows.add("roles.tsv", [&role, "", sector.as_str(), "official", "petrarch"]);
    }
    let key = if actor.of_state { format!("{of}.{role}") } else { format!("{}.{role}", of.to_uppercase()) };
    if kb.post_by_key(&key).is_none() {
        let cells = [&key, &of, &role, &format!("{title} of {name}"), "", "", "", "petrarch"].map(str::to_owned);
        importer.draft.posts.insert(key.clone(), cells);
    }
    Some(key)
}

fn state_names(importer: &mut Importer<'_>, at: &Place, phrases: &[&String], actor: &cameo::Actor) {
    let Some(code) = actor.code else { return };
    for phrase in phrases {
        let name = line::names(phrase).0;
        let bare = name.strip_prefix("The ").unwrap_or(&name);
        if bare.is_empty() || phrase::is_place(importer.kb, bare) || phrase::is_title_or_agent(importer.kb, bare) {
            importer.leave_out(Reason::Known, at, &name);
        } else {
            importer.draft.rows.add("state_names.tsv", [code.as_str(), bare, "name", "", "en", "petrarch"]);
        }
    }
}

fn body(importer: &mut Importer<'_>, at: &Place, phrases: &[&String], actor: &cameo::Actor) {
    let kb = importer.kb;
    let mut forms: Vec<String> = Vec::new();
    for phrase in phrases {
        let (name, short) = line::names(phrase);
        let name = name.strip_prefix("The ").unwrap_or(&name).to_owned();
        forms.extend([Some(name), short].into_iter().flatten().filter(|name| name.chars().count() > 1));
    }
    let mut seen = BTreeSet::new();
    forms.retain(|form| seen.insert(form.clone()));
    let known = forms.iter().find_map(|form| kb.organization_named(form));
    forms.retain(|form| kb.organization_named(form).is_none() && !phrase::is_place(kb, form) && !phrase::is_title_or_agent(kb, form));
    let Some(first) = forms.first().cloned() else {
        importer.leave_out(Reason::Known, at, &phrases.first().map_or(String::new(), |phrase| line::names(phrase).0));
        return;
    };
    let text = |code: Option<Code>| code.map_or(String::new(), |code| code.as_str().to_owned());
    let (code, sector) = (text(actor.code), text(actor.sector));
    if let Some(id) = known {
        let old = kb.organization(id);
        let cells =
            (old.key.to_string(), old.name.to_string(), forms.join("|"), text(old.code), text(old.sector), old.wikidata.to_string());
        let (key, name, forms, code, sector, item) = (&cells.0, &cells.1, &cells.2, &cells.3, &cells.4, &cells.5);
        if &*old.kind == "group" {
            importer.draft.rows.add("groups.tsv", [key, name, forms, code, sector, item, "petrarch"]);
        } else {
            importer.draft.rows.add("organizations.tsv", [key, name, forms, &old.kind, code, sector, item, "petrarch"]);
        }
        return;
    }
    let key = slug(&first, '_');
    let others = forms[1..].join("|");
    let kind = match (code.as_str(), sector.as_str()) {
        (_, "REB" | "PRM" | "CRM" | "OPP" | "UAF" | "PRE" | "IMG") | ("IMG" | "ISM", _) => "",
        ("IGO" | "UNO" | "EUR", _) => "igo",
        ("NGO", _) => "ngo",
        (_, "JRN") => "media",
        ("MNC", _) | (_, "BUS") => "company",
        (_, "EDU") => "university",
        (_, "LEG") => "legislature",
        (_, "JUD") => "court",
        (_, "PTY") => "party",
        (_, "LAB") => "union",
        _ => "agency",
    };
    if kind.is_empty() {
        importer.draft.rows.add("groups.tsv", [&key, &first, &others, &code, &sector, "", "petrarch"]);
    } else {
        importer.draft.rows.add("organizations.tsv", [&key, &first, &others, kind, &code, &sector, "", "petrarch"]);
    }
}
