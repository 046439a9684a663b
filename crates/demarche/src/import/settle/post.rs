//! Which post of the tables a foreign file means, or the row of a new one.

use super::super::{
    Importer, Reason, Tables,
    draft::{DraftPost, DraftTenure},
    people::slug,
    phrase, places,
};
use crate::{
    kb::{Body, KnowledgeBase, OrganizationId, PostId, RoleId},
    mention::{Code, TitleQuality},
};

/// A post, found or new.
#[derive(Clone, Debug)]
pub(super) struct Office {
    pub(super) key: String,
    /// Code of the state, where it is one's.
    pub(super) code: Option<Code>,
    /// The organisation, where it is one's.
    pub(super) organization: Option<OrganizationId>,
    /// What the position's name says of how it is held.
    pub(super) quality: TitleQuality,
    new: Option<NewPost>,
}

/// The cells of a post that the facts do not have.
#[derive(Clone, Debug)]
struct NewPost {
    of: String,
    role: String,
    title: String,
    spoken: String,
    head: &'static str,
}

/// Turns offices into posts.
#[derive(Debug, Default)]
pub(super) struct Posts {}

impl Posts {
    pub(super) fn find(&self, importer: &Importer<'_>, tenure: &DraftTenure) -> Result<Office, Reason> {
        let kb = importer.kb;
        match &tenure.post {
            DraftPost::Key(key) => {
                if let Some(id) = kb.post_by_key(key) {
                    return Ok(found(kb, id, TitleQuality::Holds));
                }
                let of = importer.draft.posts.get(key).map_or("", |cells| &cells[1]);
                let organization = kb.organization_by_key(of);
                let code = Code::parse(of).filter(|_| organization.is_none());
                Ok(Office { key: key.clone(), code, organization, quality: TitleQuality::Holds, new: None })
            }
            DraftPost::Head { of, government } => {
                let state = places::state(kb, &importer.draft, of).ok_or(Reason::NotAState)?;
                Ok(head(kb, state, *government))
            }
            DraftPost::Position { id, label, of } => position(importer, id, label, of),
        }
    }

    /// The person and the office of a claim, for a message.
    pub(super) fn shown(&self, importer: &Importer<'_>, tenure: &DraftTenure) -> String {
        let person = importer.draft.persons.get(&tenure.person).map_or(tenure.person.as_str(), |person| &person.name);
        let office = match &tenure.post {
            DraftPost::Key(key) => key.as_str(),
            DraftPost::Head { of, .. } => of,
            DraftPost::Position { id, label, .. } if label.is_empty() => {
                importer.draft.positions.get(id).map_or(id.as_str(), |position| &position.label)
            }
            DraftPost::Position { label, .. } => label,
        };
        format!("{person}: {office}")
    }

    /// Adds the row of a new post.
    pub(super) fn row(&mut self, importer: &Importer<'_>, office: &Office, source: &str, rows: &mut Tables) {
        if let Some(cells) = importer.draft.posts.get(&office.key) {
            rows.add("posts.tsv", cells.each_ref().map(String::as_str));
        }
        if let Some(new) = &office.new
            && importer.kb.post_by_key(&office.key).is_none()
        {
            rows.add("posts.tsv", [&office.key, &new.of, &new.role, &new.title, &new.spoken, new.head, "", source]);
        }
    }
}

fn state_of(kb: &KnowledgeBase, id: PostId) -> Option<Code> {
    let post = kb.post(id);
    post.organization.is_none().then_some(post.of)
}

fn found(kb: &KnowledgeBase, id: PostId, quality: TitleQuality) -> Office {
    Office { key: kb.post(id).key.to_string(), code: state_of(kb, id), organization: kb.post(id).organization, quality, new: None }
}

fn head(kb: &KnowledgeBase, state: Code, government: bool) -> Office {
    if let Some(id) = places::head_post(kb, state, government) {
        return found(kb, id, TitleQuality::Holds);
    }
    let (role, spoken, head) =
        if government { ("head_of_government", "Head of government", "government") } else { ("head_of_state", "Head of state", "state") };
    let name = kb.state(state).map_or(state.as_str(), |state| &state.name);
    Office {
        key: format!("{}.{role}", state.as_str()),
        code: Some(state),
        organization: None,
        quality: TitleQuality::Holds,
        new: Some(NewPost {
            of: state.as_str().into(),
            role: role.into(),
            title: format!("{spoken} of {name}"),
            spoken: spoken.into(),
            head,
        }),
    }
}

fn position(importer: &Importer<'_>, id: &str, label: &str, of: &str) -> Result<Office, Reason> {
    let (kb, draft) = (importer.kb, &importer.draft);
    if let Some(post) = places::post_of_item(kb, id) {
        return Ok(found(kb, post, TitleQuality::Holds));
    }
    let position = draft.positions.get(id);
    let label = [label, position.map_or("", |p| p.label.as_str()), draft.labels.get(id).map_or("", String::as_str)];
    let label = label.into_iter().find(|label| !label.is_empty()).ok_or(Reason::UnnamedPosition)?;
    let office = phrase::office(kb, label);
    let said: Vec<&str> = [of].into_iter().chain(position.into_iter().flat_map(|p| p.of.iter().map(String::as_str))).collect();
    let state = office.state.or_else(|| said.iter().find_map(|said| places::state(kb, draft, said)));
    let (body, of, title) = match state {
        Some(code) => (Body::State(code), code.as_str().to_owned(), office.title.clone()),
        None => {
            let (title, organization) = organization_in(importer, label, &said).ok_or(Reason::NoState)?;
            (Body::Organization(organization), kb.organization(organization).key.to_string(), title)
        }
    };
    let role = match &office.sent_to {
        Some(to) => Some(format!("ambassador_to_{}", short(kb, to))),
        None => role_of(kb, &title, state.is_none()),
    };
    if let Some(role) = &role
        && let Some(role) = kb.role(role)
        && let Some(post) = known_post(kb, body, role)
    {
        return Ok(found(kb, post, office.quality));
    }
    let prefix = of.to_uppercase();
    let key = match &role {
        Some(role) if office.sent_to.is_some() || phrase::role_of_title(kb, &title).is_some() => format!("{prefix}.{role}"),
        _ => format!("{prefix}.{}", slug(&title, '_')),
    };
    let new = NewPost { of, role: role.unwrap_or_else(|| "office".into()), title: label.to_owned(), spoken: title, head: "" };
    let organization = match body {
        Body::State(_) => None,
        Body::Organization(id) => Some(id),
    };
    Ok(Office { key, code: state, organization, quality: office.quality, new: Some(new) })
}

fn known_post(kb: &KnowledgeBase, body: Body, role: RoleId) -> Option<PostId> {
    places::only_post(kb, body, role)
}

/// The organisation that a label or its position names: "Secretary-General of NATO", "United Nations Secretary-General".
fn organization_in(importer: &Importer<'_>, label: &str, said: &[&str]) -> Option<(String, OrganizationId)> {
    for (position, _) in label.match_indices(" of ") {
        let name = &label[position + 4..];
        if let Some(id) = importer.kb.organization_named(name.strip_prefix("the ").unwrap_or(name)) {
            return Some((label[..position].to_owned(), id));
        }
    }
    let spaces: Vec<usize> = label.match_indices(' ').map(|(position, _)| position).collect();
    for position in spaces.into_iter().rev() {
        if let Some(id) = importer.kb.organization_named(&label[..position]) {
            return Some((label[position + 1..].to_owned(), id));
        }
    }
    said.iter().find_map(|said| places::organization(importer.kb, &importer.draft, said)).map(|id| (label.to_owned(), id))
}

/// The role of a title. One that the tables do not know is a legislator's, governor's … by its first word, or nothing known.
fn role_of(kb: &KnowledgeBase, title: &str, of_organization: bool) -> Option<String> {
    if let Some(role) = phrase::role_of_title(kb, title) {
        let name = kb.role_name(role);
        let heads = ["secretary_general", "director_general", "president", "chairperson", "high_commissioner"].contains(&name);
        return Some(if of_organization && heads { "igo_head".into() } else { name.to_owned() });
    }
    let lower = title.to_lowercase();
    if lower.starts_with("member of") || lower.starts_with("senator") || lower.starts_with("deputy of") {
        return Some("legislator".into());
    }
    ["governor", "mayor", "judge", "ambassador", "commander"].iter().find(|word| lower.starts_with(*word)).map(|word| (*word).to_owned())
}

/// A state's code, or the last part of an organisation's post keys: "ambassador_to_NATO".
fn short(kb: &KnowledgeBase, to: &str) -> String {
    if Code::parse(to).is_some() {
        return to.to_owned();
    }
    match kb.organization_named(to.strip_prefix("the ").unwrap_or(to)) {
        Some(id) => kb.organization(id).key.to_uppercase(),
        None => slug(to, '_'),
    }
}
