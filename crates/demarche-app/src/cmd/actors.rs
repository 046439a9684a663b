//! `demarche actors`: who a name may mean, and the posts of each.

use std::io::{self, BufWriter, Write};

use anyhow::bail;
use demarche::kb::{Held, KnowledgeBase, OrganizationId, PersonId, State, Tenure};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::Outcome;
use crate::{
    cli::{ActorsArgs, ActorsCommand, FactsFormat},
    view::{self, Styles, facts},
};

/// Everyone and everything that a name may mean.
struct Candidates<'k> {
    persons: Vec<PersonId>,
    organization: Option<OrganizationId>,
    state: Option<&'k State>,
}

/// Prints whom a name may mean, or imports.
pub(crate) fn run(args: &ActorsArgs) -> anyhow::Result<Outcome> {
    if let Some(ActorsCommand::Import(args)) = &args.command {
        return super::import::run(args);
    }
    let reader = super::reader(&args.facts.folders)?;
    let kb = reader.knowledge();
    let name = args.name.join(" ");
    let found = Candidates::of(kb, &name);
    if found.is_empty() {
        let like = kb.names_like(&name, 5);
        match like.as_slice() {
            [] => bail!("nobody called `{name}` is known"),
            names => bail!("nobody called `{name}` is known; did you mean {}?", names.join(", ")),
        }
    }
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        FactsFormat::Text => write_text(kb, &found, args.on, Styles::new(view::colour()), &mut out)?,
        FactsFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &found.json(kb, &name, args.on))?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(Outcome::Complete)
}

impl<'k> Candidates<'k> {
    fn of(kb: &'k KnowledgeBase, name: &str) -> Candidates<'k> {
        let mut persons = kb.persons_named(name);
        let everyone = || (0..kb.person_count() as u32).map(PersonId);
        persons.extend(everyone().filter(|id| {
            let person = kb.person(*id);
            &*person.key == name || &*person.wikidata == name && !name.is_empty() || person.native.iter().any(|native| &**native == name)
        }));
        if persons.is_empty() {
            persons = kb.persons_with_family(name);
        }
        persons.sort();
        persons.dedup();
        let by_code = demarche::mention::Code::parse(name).and_then(|code| kb.state(code));
        Candidates {
            persons,
            organization: kb.organization_by_key(name).or_else(|| kb.organization_named(name)),
            state: by_code.or_else(|| kb.state_by_name(name)),
        }
    }

    fn is_empty(&self) -> bool {
        self.persons.is_empty() && self.organization.is_none() && self.state.is_none()
    }

    fn json(&self, kb: &KnowledgeBase, name: &str, on: Option<Date>) -> Value {
        let mut candidates: Vec<Value> = self.persons.iter().map(|id| person_json(kb, *id, on)).collect();
        candidates.extend(self.organization.map(|id| {
            let organization = kb.organization(id);
            json!({
                "type": "organization", "key": organization.key, "name": organization.name, "kind": organization.kind,
                "code": organization.code.map(|code| code.as_str().to_owned()),
                "sector": organization.sector.map(|code| code.as_str().to_owned()),
                "wikidata": some(&organization.wikidata),
            })
        }));
        candidates.extend(self.state.map(|state| {
            json!({ "type": "state", "code": state.iso3.as_str(), "name": state.name, "official_name": some(&state.official_name) })
        }));
        json!({ "name": name, "on": on.map(|date| date.to_string()), "candidates": candidates })
    }
}

/// The tenures to show, with how sure each is on the day that was asked for.
fn tenures(kb: &KnowledgeBase, id: PersonId, on: Option<Date>) -> Vec<(&Tenure, Option<Held>)> {
    match on {
        Some(date) => kb.held_by(id, date).map(|(tenure, held)| (tenure, Some(held))).collect(),
        None => kb.career(id).map(|tenure| (tenure, None)).collect(),
    }
}

fn person_json(kb: &KnowledgeBase, id: PersonId, on: Option<Date>) -> Value {
    let person = kb.person(id);
    let allegiance = kb.allegiance(id, on).map(|tenure| facts::body(kb, kb.post(tenure.post)));
    let posts: Vec<Value> = tenures(kb, id, on).into_iter().map(|(tenure, held)| tenure_json(kb, tenure, held, on)).collect();
    json!({
        "type": "person", "key": person.key, "name": person.name, "family": person.family, "native": person.native,
        "aliases": person.aliases, "wikidata": some(&person.wikidata), "source": some(&person.source), "of": allegiance,
        "gender": person.gender.map(|gender| match gender { demarche::kb::Gender::Female => "female", demarche::kb::Gender::Male => "male" }),
        "posts": posts,
    })
}

/// A tenure for machines; `of` is the state or organisation.
pub(crate) fn tenure_json(kb: &KnowledgeBase, tenure: &Tenure, held: Option<Held>, on: Option<Date>) -> Value {
    let post = kb.post(tenure.post);
    let mut value = json!({
        "post": post.key, "title": post.title, "of": facts::body(kb, post), "role": kb.role_name(post.role),
        "person": kb.person(tenure.person).key, "name": kb.person(tenure.person).name,
        "start": tenure.start.map(|day| day.to_string()), "start_precision": tenure.start.map(facts::precision),
        "end": tenure.end.map(|day| day.to_string()), "end_precision": tenure.end.map(facts::precision),
        "end_basis": some(&tenure.end_basis),
        "quality": match facts::quality(tenure) { "" => "regular", quality => quality },
        "source": some(&tenure.source), "note": some(&tenure.note),
    });
    if let (Some(held), Some(date)) = (held, on) {
        value["held"] = json!(if held == Held::Yes { "yes" } else { "perhaps" });
        value["complete"] = json!(kb.covers(tenure.post, date));
    }
    value
}

fn some(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn write_text(kb: &KnowledgeBase, found: &Candidates<'_>, on: Option<Date>, styles: Styles, out: &mut impl Write) -> io::Result<()> {
    let mut first = true;
    let mut gap = |out: &mut dyn Write| if std::mem::take(&mut first) { Ok(()) } else { writeln!(out) };
    for id in &found.persons {
        gap(out)?;
        write_person(kb, *id, on, styles, out)?;
    }
    if let Some(id) = found.organization {
        gap(out)?;
        let organization = kb.organization(id);
        facts::heading(&organization.name, styles, out)?;
        let codes = [organization.code, organization.sector].into_iter().flatten().map(|code| code.as_str().to_owned());
        let parts =
            [Some(organization.kind.to_string()), some(&organization.wikidata).map(str::to_owned)].into_iter().flatten().chain(codes);
        writeln!(out, "  {} · posts: demarche posts {}", parts.collect::<Vec<_>>().join(" · "), organization.key)?;
    }
    if let Some(state) = found.state {
        gap(out)?;
        facts::heading(&format!("{} ({})", state.name, state.iso3.as_str()), styles, out)?;
        writeln!(out, "  {} · posts: demarche posts {}", state.official_name, state.iso3.as_str())?;
    }
    Ok(())
}

fn write_person(kb: &KnowledgeBase, id: PersonId, on: Option<Date>, styles: Styles, out: &mut impl Write) -> io::Result<()> {
    let person = kb.person(id);
    let native = person.native.join(" · ");
    facts::heading([&*person.name, &native].join("  ").trim_end(), styles, out)?;
    let of = kb.allegiance(id, on).map(|tenure| facts::body(kb, kb.post(tenure.post)));
    let wikidata = some(&person.wikidata).unwrap_or("no Wikidata id").to_owned();
    let source = some(&person.source).map(|source| format!("names from {}", source.replace('|', ", ")));
    let parts: Vec<String> = [of, Some(wikidata), Some(person.key.to_string()), source].into_iter().flatten().collect();
    writeln!(out, "  {}", parts.join(" · "))?;
    if !person.aliases.is_empty() {
        writeln!(out, "  also {}", person.aliases.join(", "))?;
    }
    let mut columns = facts::Columns::new();
    for (tenure, held) in tenures(kb, id, on) {
        let post = kb.post(tenure.post);
        let sure = if held == Some(Held::Perhaps) { "perhaps" } else { "" };
        let end = facts::end(tenure);
        columns.row([
            facts::start(tenure),
            if end.is_empty() { "–".to_owned() } else { format!("– {end}") },
            facts::body(kb, post),
            [sure, facts::quality(tenure), &*post.title].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "),
            facts::end_known(tenure).to_owned(),
            tenure.source.replace('|', ", "),
            tenure.note.to_string(),
        ]);
    }
    if columns.is_empty() {
        let when = on.map_or_else(String::new, |date| format!(" on {date}"));
        writeln!(out, "  no post known{when}")?;
    }
    columns.write("  ", out)
}
