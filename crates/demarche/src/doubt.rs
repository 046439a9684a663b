//! What does not fit: a post against the dated facts, a participant against himself, a date against the calendar.
//!
//! A doubt shows the words it is about and what the facts say instead, with their source. Where the facts do not reach
//! (see the coverage table), nothing is doubted.

use jiff::civil::Date;

use crate::{
    document::Document,
    encounter::Encounter,
    event::Event,
    kb::{Body, Held, KnowledgeBase, Level, PersonId, PostId, RoleId},
    mention::{Code, Entity, EntityId, EntityKind, MentionForm, Mentions, TitleClaim, TitleQuality},
    span::Span,
};

/// Something that an analyst should look at before believing it.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// What kind: `post-not-held`, `post-changes`, `two-names`, `bad-date`, `undated`, `language`, `encoding` …
    pub code: &'static str,
    /// One sentence for the reader.
    pub message: String,
    /// The sentence's index, where it is about a place in the text.
    pub sentence: Option<u32>,
    /// The words it is about; both sides of a contradiction.
    pub spans: Vec<Span>,
    /// Where the contradicting facts are from, where facts contradict.
    pub source: Option<String>,
}

/// Finds the doubts of one document.
pub(crate) fn find(document: &Document, mentions: &Mentions, events: &[Event], encounters: &[Encounter], kb: &KnowledgeBase) -> Vec<Doubt> {
    let mut doubts: Vec<Doubt> = document
        .doubts
        .iter()
        .map(|d| Doubt { code: d.code, message: d.message.clone(), sentence: None, spans: d.span.into_iter().collect(), source: None })
        .collect();
    for (index, entity) in mentions.entities.iter().enumerate() {
        let claims = firm_claims(EntityId(index as u32), entity, mentions, document, kb);
        if let Some(date) = document.meta.published {
            doubts.extend(not_held(entity, &claims, date, document, kb));
        }
        doubts.extend(changes(entity, &claims, document, kb));
    }
    doubts.extend(two_names(document, mentions, events, encounters));
    doubts
}

/// A post that the text gives somebody in one breath with the name, and whether it names whose post it is as well.
struct Claim<'m> {
    title: &'m TitleClaim,
    /// "*South Korean* President Yoon": no courtesy to a former holder.
    owned: bool,
}

/// The claims that stand in one mention with the name. A title alone ("the President") may have been led back to the wrong person.
fn firm_claims<'m>(id: EntityId, entity: &'m Entity, mentions: &'m Mentions, document: &Document, kb: &KnowledgeBase) -> Vec<Claim<'m>> {
    let within = |title: &&TitleClaim| {
        let from = mentions.actors.partition_point(|m| m.sentence < title.sentence);
        let mut beside = mentions.actors[from..].iter().take_while(|m| m.sentence == title.sentence);
        beside.any(|m| m.form == MentionForm::Name && m.entities == [id] && m.span.contains(title.span))
            || title.quality == TitleQuality::Former
            || kb.level(title.role) == Level::Envoy
    };
    // "the President, Speaker Pelosi", "Advisor to the President John Podesta": the title is not the next name's.
    let adjacent = |title: &TitleClaim| {
        let after = document.text[title.span.end as usize..].strip_prefix([' ', '\n']);
        let before = document.text[..title.span.start as usize].trim_end();
        let named = after.and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase);
        named && !before.ends_with(" to the") && !before.ends_with(" of the") && !before.ends_with(" to")
    };
    let owned = |title: &TitleClaim| {
        let before = document.text[..title.span.start as usize].trim_end();
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default().trim_end_matches(['’', '\'', 's']);
        let word = word.trim_end_matches(['’', '\'']);
        kb.state_by_name(word).is_some()
            || kb
                .state_by_name(
                    &before.rsplit(char::is_whitespace).take(2).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join(" "),
                )
                .is_some()
    };
    let firm = |title: &&TitleClaim| {
        within(title) && (adjacent(title) || title.quality == TitleQuality::Former || kb.level(title.role) == Level::Envoy)
    };
    entity.titles.iter().filter(firm).map(|title| Claim { title, owned: owned(title) }).collect()
}

/// The roles of which a state has one holder at a time, whom everybody knows: only these are doubted.
const DOUBTED: [&str; 8] = [
    "president",
    "prime_minister",
    "head_of_state",
    "head_of_government",
    "chancellor",
    "vice_president",
    "foreign_minister",
    "defence_minister",
];

/// Posts that the text gives a known person and the facts do not. One doubt a person and post.
fn not_held(entity: &Entity, claims: &[Claim<'_>], date: Date, document: &Document, kb: &KnowledgeBase) -> Vec<Doubt> {
    let Some(person) = entity.person else { return Vec::new() };
    let mut doubts: Vec<Doubt> = Vec::new();
    let mut seen: Vec<(RoleId, TitleQuality)> = Vec::new();
    for Claim { title: claim, owned } in claims {
        if !DOUBTED.contains(&kb.role_name(claim.role)) || claim.quality == TitleQuality::Deputy {
            continue;
        }
        if seen.contains(&(claim.role, claim.quality)) {
            continue;
        }
        seen.push((claim.role, claim.quality));
        let Some(of) = claim.of.or(entity.code) else { continue };
        let posts: Vec<PostId> = kb.posts_for(Body::State(of), claim.role).collect();
        // A state without such a post: the facts reach if they say which other high post of it the person holds.
        let other = || {
            kb.held_by(person, date).any(|(tenure, held)| {
            let post = kb.post(tenure.post);
            held == Held::Yes && post.of == of && DOUBTED.contains(&kb.role_name(post.role)) && kb.covers(tenure.post, date) && !kb.may_mean(claim.role, post.role)
                // Spain's "President of the Government" is its prime minister.
                && !post.title.to_lowercase().contains(&claim.span.of(&document.text).to_lowercase())
        })
        };
        let reached = if posts.is_empty() {
            claim.quality == TitleQuality::Holds && other()
        } else {
            posts.iter().any(|&post| kb.covers(post, date))
        };
        if !reached {
            continue;
        }
        let fits = kb.career(person).any(|tenure| {
            posts.contains(&tenure.post)
                && match claim.quality {
                    // A text may still, or already, use a title around the day of a change; and "former" of one who holds it
                    // again is no error.
                    TitleQuality::Former => tenure.begun_by(date),
                    TitleQuality::Elect | TitleQuality::Designate => soon(tenure, date) || tenure.held_on(date) != Held::No,
                    // A former president is called president all his life, unless the text says whose.
                    TitleQuality::Holds if !owned && tenure.over_before(date) => true,
                    _ => tenure.held_on(date) != Held::No || around(tenure, date),
                }
        });
        if fits || claim.quality == TitleQuality::Former && !reaches_back(&posts, date, kb) {
            continue;
        }
        let words = claim.span.of(&document.text);
        let holder = posts.iter().flat_map(|&post| kb.holders(post, date)).find(|(_, held)| *held == Held::Yes);
        let holder_text = match (&holder, claim.quality) {
            (Some((tenure, _)), TitleQuality::Holds | TitleQuality::Acting) => {
                format!("; on {date} it was {}", kb.person(tenure.person).name)
            }
            _ => String::new(),
        };
        let source = holder.map(|(tenure, _)| tenure.source.to_string()).or_else(|| kb.career(person).next().map(|t| t.source.to_string()));
        let was = if claim.quality == TitleQuality::Former { "had ever been" } else { "was" };
        doubts.push(Doubt {
            code: "post-not-held",
            message: format!(
                "“{words}”: the facts do not say that {} {was} {} of {} on {date}{holder_text}; {}",
                entity.name,
                kb.role_name(claim.role).replace('_', " "),
                of.as_str(),
                posts_text(person, date, kb)
            ),
            sentence: Some(claim.sentence),
            spans: vec![claim.span],
            source,
        });
    }
    doubts
}

/// A tenure that begins within a year and a half of the day.
fn soon(tenure: &crate::kb::Tenure, date: Date) -> bool {
    tenure.start.is_some_and(|start| start.earliest() <= date.saturating_add(jiff::Span::new().months(18)))
}

/// A tenure that began or ended within a week of the day.
fn around(tenure: &crate::kb::Tenure, date: Date) -> bool {
    let week = jiff::Span::new().days(7);
    let near = |day: Date| date.saturating_sub(week) <= day && day <= date.saturating_add(week);
    tenure.start.is_some_and(|d| near(d.earliest())) || tenure.end.is_some_and(|d| near(d.latest()))
}

/// Whether the facts know the holders of a post for twenty years before a day, so that "former" can be doubted.
fn reaches_back(posts: &[PostId], date: Date, kb: &KnowledgeBase) -> bool {
    (0..=20).all(|years| {
        let day = date.saturating_sub(jiff::Span::new().years(years));
        posts.iter().any(|&post| kb.covers(post, day))
    })
}

/// What a person held on a day, in words.
fn posts_text(person: PersonId, date: Date, kb: &KnowledgeBase) -> String {
    let title = |post: PostId| kb.post(post).title.to_string();
    let held: Vec<String> = kb
        .held_by(person, date)
        .filter(|(_, held)| *held != Held::No)
        .map(|(tenure, _)| format!("{} ({})", title(tenure.post), kb.post(tenure.post).of.as_str()))
        .collect();
    if !held.is_empty() {
        return format!("held then: {}", held.join(", "));
    }
    let career: Vec<String> = kb
        .career(person)
        .take(4)
        .map(|t| {
            let end = t.end.map_or_else(|| "…".to_owned(), |d| d.to_string());
            let start = t.start.map_or_else(|| "?".to_owned(), |d| d.to_string());
            format!("{} ({}, {start} – {end})", title(t.post), kb.post(t.post).of.as_str())
        })
        .collect();
    if career.is_empty() { "no post of theirs is known".to_owned() } else { format!("known posts: {}", career.join(", ")) }
}

/// One person to whom the text gives posts that cannot both be meant: "the envoy" and then "the president".
fn changes(entity: &Entity, claims: &[Claim<'_>], document: &Document, kb: &KnowledgeBase) -> Vec<Doubt> {
    if entity.kind != EntityKind::Person {
        return Vec::new();
    }
    // A transcript gives one speaker the same title hundreds of times; what clashes are the different ones.
    let mut titles: Vec<&TitleClaim> = Vec::new();
    for Claim { title, .. } in claims {
        if !titles.iter().any(|known| (known.role, known.of, known.quality) == (title.role, title.of, title.quality)) {
            titles.push(title);
        }
    }
    for (i, first) in titles.iter().enumerate() {
        for second in &titles[i + 1..] {
            if !clash(entity, first, second, document, kb) {
                continue;
            }
            let (a, b) = (first.span.of(&document.text), second.span.of(&document.text));
            return vec![Doubt {
                code: "post-changes",
                message: format!("{} is “{a}” in one place and “{b}” in another", entity.name),
                sentence: Some(second.sentence),
                spans: vec![first.span, second.span],
                source: None,
            }];
        }
    }
    Vec::new()
}

fn clash(entity: &Entity, first: &TitleClaim, second: &TitleClaim, document: &Document, kb: &KnowledgeBase) -> bool {
    let same = first.role == second.role || kb.may_mean(first.role, second.role) || kb.may_mean(second.role, first.role);
    let former = |claim: &TitleClaim| claim.quality == TitleQuality::Former;
    let of = |claim: &TitleClaim| claim.of.or(entity.code);
    if first.of.is_some() && second.of.is_some() && of(first) != of(second) {
        return false;
    }
    let known = |claim: &TitleClaim| -> bool {
        // What the facts confirm needs no doubt: a foreign minister may be deputy prime minister as well.
        let (Some(person), Some(date), Some(of)) = (entity.person, document.meta.published, of(claim)) else { return false };
        kb.career(person).any(|tenure| {
            kb.posts_for(Body::State(of), claim.role).any(|post| post == tenure.post)
                && if former(claim) { tenure.begun_by(date) } else { tenure.held_on(date) != Held::No }
        })
    };
    if known(first) && known(second) {
        return false;
    }
    let minister = |claim: &TitleClaim| kb.level(claim.role) == Level::Minister;
    if former(first) != former(second) {
        // "Former Prime Minister Abe … Prime Minister Abe": the courtesy of his title.
        let was = [first, second].into_iter().any(|claim| former(claim) && known(claim));
        return !was && (same || minister(first) && minister(second));
    }
    let leader = |claim: &TitleClaim| DOUBTED.contains(&kb.role_name(claim.role));
    let envoy = |claim: &TitleClaim| matches!(kb.level(claim.role), Level::Envoy | Level::ViceMinister);
    !same && !former(first) && (leader(first) && envoy(second) || envoy(first) && leader(second))
}

/// Two persons of one family name who do the same in the same encounter, never together: one traveller under two names.
fn two_names(document: &Document, mentions: &Mentions, events: &[Event], encounters: &[Encounter]) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for encounter in encounters {
        let people: Vec<_> = encounter
            .participants
            .iter()
            .map(|a| a.participant.entity)
            .filter(|e| mentions.entities[e.0 as usize].kind == EntityKind::Person)
            .collect();
        for (i, &a) in people.iter().enumerate() {
            for &b in &people[i + 1..] {
                let (first, second) = (&mentions.entities[a.0 as usize], &mentions.entities[b.0 as usize]);
                let code: Option<Code> = first.code;
                if code != second.code || first_word(&first.name) != first_word(&second.name) {
                    continue;
                }
                let together = events.iter().any(|e| {
                    let has = |id| e.actors.iter().chain(&e.recipients).any(|p| p.entity == id);
                    has(a) && has(b)
                });
                if together {
                    continue;
                }
                let spans: Vec<Span> =
                    [a, b].iter().filter_map(|e| mentions.actors.iter().find(|m| m.entities.contains(e)).map(|m| m.span)).collect();
                let quotes: Vec<&str> = spans.iter().map(|s| s.of(&document.text)).collect();
                doubts.push(Doubt {
                    code: "two-names",
                    message: format!("one participant may be named as two: “{}”", quotes.join("” and “")),
                    sentence: mentions.actors.iter().find(|m| m.entities.contains(&b)).map(|m| m.sentence),
                    spans,
                    source: None,
                });
            }
        }
    }
    doubts
}

fn first_word(name: &str) -> Option<String> {
    name.split([' ', '-']).next().map(str::to_lowercase)
}
