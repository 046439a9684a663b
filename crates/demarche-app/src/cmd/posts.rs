//! `demarche posts`: who held which post of a state or organisation, and for which years the facts are complete.

use std::{
    cmp::Reverse,
    io::{self, BufWriter, Write},
};

use anyhow::bail;
use demarche::{
    kb::{Body, Held, KnowledgeBase, Post, PostId, Tenure},
    mention::Code,
};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Outcome, actors::tenure_json};
use crate::{
    cli::{FactsFormat, PostsArgs},
    view::{self, Styles, facts},
};

/// Prints the posts of one body, or the coverage of one or all.
pub(crate) fn run(args: &PostsArgs) -> anyhow::Result<Outcome> {
    let reader = super::reader(&args.facts.folders)?;
    let kb = reader.knowledge();
    let bodies = args.body.as_deref().map(|name| bodies(kb, name)).transpose()?;
    let mut posts: Vec<(PostId, &Post)> =
        kb.posts().filter(|(_, post)| bodies.as_ref().is_none_or(|bodies| bodies.contains(&post.body()))).collect();
    posts.sort_by_key(|(_, post)| {
        (post.organization.is_some(), post.of, Reverse(post.head.len().min(1)), kb.level(post.role), post.key.clone())
    });
    if posts.is_empty() {
        bail!("no post of {} is known", args.body.as_deref().unwrap_or("anybody"));
    }
    let mut out = BufWriter::new(io::stdout().lock());
    match (args.format, args.coverage) {
        (FactsFormat::Text, true) => write_coverage(kb, &posts, &mut out)?,
        (FactsFormat::Text, false) => write_posts(kb, &posts, args, &mut out)?,
        (FactsFormat::Json, _) => {
            let list: Vec<Value> = posts.iter().map(|(id, post)| post_json(kb, *id, post, args)).collect();
            serde_json::to_writer_pretty(&mut out, &json!({ "on": args.on.map(|date| date.to_string()), "posts": list }))?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(Outcome::Complete)
}

/// The state or organisations that a name means; `UNO` and `EUR` are all bodies of the UN and the EU.
fn bodies(kb: &KnowledgeBase, name: &str) -> anyhow::Result<Vec<Body>> {
    let upper = name.to_uppercase();
    let code = Code::parse(&upper);
    if let Some(state) = code.and_then(|code| kb.state(code)) {
        return Ok(vec![Body::State(state.iso3)]);
    }
    let with_posts: Vec<&Post> = kb.posts().map(|(_, post)| post).filter(|post| post.organization.is_some()).collect();
    let shared = ["UNO", "EUR", "IGO"].contains(&upper.as_str());
    if shared {
        return Ok(with_posts.iter().filter(|post| Some(post.of) == code).map(|post| post.body()).collect());
    }
    let found = kb.organization_by_key(&name.to_lowercase()).or_else(|| kb.organization_named(name));
    if let Some(id) = found {
        return Ok(vec![Body::Organization(id)]);
    }
    if let Some(state) = kb.state_by_name(name) {
        return Ok(vec![Body::State(state.iso3)]);
    }
    match kb.names_like(name, 3).as_slice() {
        [] => bail!("no state or organisation is called `{name}`; states go by name or ISO 3166-1 alpha-3 code"),
        names => bail!("no state or organisation is called `{name}`; did you mean {}?", names.join(", ")),
    }
}

/// The holders to show: on the day, all, or the last one that is known.
fn holders(kb: &KnowledgeBase, post: PostId, on: Option<Date>, all: bool) -> Vec<(&Tenure, Option<Held>)> {
    if let Some(date) = on {
        return kb.holders(post, date).map(|(tenure, held)| (tenure, Some(held))).collect();
    }
    let tenures: Vec<(&Tenure, Option<Held>)> = kb.all_holders(post).map(|tenure| (tenure, None)).collect();
    let last = tenures.len().saturating_sub(1);
    if all { tenures } else { tenures.into_iter().skip(last).collect() }
}

fn write_posts(kb: &KnowledgeBase, posts: &[(PostId, &Post)], args: &PostsArgs, out: &mut impl Write) -> io::Result<()> {
    let styles = Styles::new(view::colour());
    let mut groups: Vec<(Body, Vec<(PostId, &Post)>)> = Vec::new();
    for (id, post) in posts {
        match groups.iter_mut().find(|(body, _)| *body == post.body()) {
            Some((_, list)) => list.push((*id, post)),
            None => groups.push((post.body(), vec![(*id, post)])),
        }
    }
    for (index, (body, list)) in groups.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let when = match (args.on, args.all) {
            (Some(date), _) => format!(", on {date}"),
            (None, true) => ", all known holders".to_owned(),
            (None, false) => ", last known holders".to_owned(),
        };
        facts::heading(&format!("{}{when}", name_of(kb, *body)), styles, out)?;
        let mut columns = facts::Columns::new();
        for (id, post) in list {
            add_post(kb, *id, post, args, &mut columns);
        }
        columns.write("  ", out)?;
    }
    Ok(())
}

fn add_post(kb: &KnowledgeBase, id: PostId, post: &Post, args: &PostsArgs, columns: &mut facts::Columns) {
    // "Ambassador" says too little where there are several.
    let alone = kb.posts().filter(|(_, other)| other.body() == post.body() && other.spoken == post.spoken).count() == 1;
    let title = || if post.spoken.is_empty() || !alone { post.title.to_string() } else { post.spoken.to_string() };
    let reach = match args.on {
        Some(date) if kb.covers(id, date) => "complete that day".to_owned(),
        Some(_) => "not complete that day".to_owned(),
        None => facts::coverage(kb.coverage(id).last().map_or(&[], std::slice::from_ref)),
    };
    let found = holders(kb, id, args.on, args.all);
    if found.is_empty() {
        let covered = args.on.is_some_and(|date| kb.covers(id, date));
        let nobody = if covered { "nobody (the list is complete)" } else { "not known" };
        columns.row([title(), nobody.into(), String::new(), String::new(), String::new(), String::new(), reach]);
        return;
    }
    for (index, (tenure, held)) in found.into_iter().enumerate() {
        let name = &kb.person(tenure.person).name;
        let sure = if held == Some(Held::Perhaps) { "perhaps" } else { "" };
        let how = [sure, facts::quality(tenure), &**name].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let end = facts::end(tenure);
        columns.row([
            if index == 0 { title() } else { String::new() },
            how,
            facts::start(tenure),
            if end.is_empty() { "–".to_owned() } else { format!("– {end}") },
            facts::end_known(tenure).to_owned(),
            tenure.source.replace('|', ", "),
            if index == 0 { reach.clone() } else { String::new() },
        ]);
    }
}

fn write_coverage(kb: &KnowledgeBase, posts: &[(PostId, &Post)], out: &mut impl Write) -> io::Result<()> {
    let mut columns = facts::Columns::new();
    for (id, post) in posts {
        let count = kb.all_holders(*id).count();
        let persons = if count == 1 { "1 tenure".to_owned() } else { format!("{count} tenures") };
        columns.row([facts::body(kb, post), post.key.to_string(), persons, facts::coverage(kb.coverage(*id))]);
    }
    columns.write("", out)
}

fn post_json(kb: &KnowledgeBase, id: PostId, post: &Post, args: &PostsArgs) -> Value {
    let text = |day: Option<demarche::kb::Day>| day.map(|day| day.to_string());
    let coverage: Vec<Value> = kb.coverage(id).iter().map(|span| json!({ "from": text(span.from), "to": text(span.to) })).collect();
    let mut value = json!({
        "post": post.key, "of": facts::body(kb, post), "title": post.title, "role": kb.role_name(post.role),
        "heads": Some(&*post.head).filter(|head| !head.is_empty()), "source": post.source, "coverage": coverage,
    });
    if !args.coverage {
        let found = holders(kb, id, args.on, args.all);
        value["holders"] = found.into_iter().map(|(tenure, held)| tenure_json(kb, tenure, held, args.on)).collect();
    }
    value
}

fn name_of(kb: &KnowledgeBase, body: Body) -> String {
    match body {
        Body::State(code) => kb.state(code).map_or_else(|| code.as_str().to_owned(), |state| format!("{} ({})", state.name, code.as_str())),
        Body::Organization(id) => kb.organization(id).name.to_string(),
    }
}
