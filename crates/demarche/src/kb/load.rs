//! Tables → [`KnowledgeBase`].
//!
//! The order matters: titles come before posts, because a post's spoken forms ("Secretary", "top diplomat") are titles,
//! and states before all that name them. A later table of the same columns adds rows and replaces those of the same key.

use std::path::Path;

use super::{
    Coverage, Day, Gender, KnowledgeBase, Level, Organization, Person, Place, Post, RoleId, State, StateId, TableError, Tenure,
    phrase::{Agent, Meaning, NameUse, Nature, Qualifier, Title},
    role::RoleFacts,
    table::{alternatives, each_row},
};
use crate::{
    mention::{Code, TitleQuality},
    vocabulary::Vocabulary,
};

/// The tables, in the order in which they are read, with their embedded text.
const TABLES: &[(&str, &str)] = &[
    ("kb/states.tsv", include_str!("../../data/kb/states.tsv")),
    ("kb/state_names.tsv", include_str!("../../data/kb/state_names.tsv")),
    ("kb/places.tsv", include_str!("../../data/kb/places.tsv")),
    ("kb/organizations.tsv", include_str!("../../data/kb/organizations.tsv")),
    ("kb/groups.tsv", include_str!("../../data/kb/groups.tsv")),
    ("lexicon/other_names.tsv", include_str!("../../data/lexicon/other_names.tsv")),
    ("lexicon/titles.tsv", include_str!("../../data/lexicon/titles.tsv")),
    ("lexicon/title_qualifiers.tsv", include_str!("../../data/lexicon/title_qualifiers.tsv")),
    ("lexicon/roles.tsv", include_str!("../../data/lexicon/roles.tsv")),
    ("lexicon/agents.tsv", include_str!("../../data/lexicon/agents.tsv")),
    ("lexicon/sources.tsv", include_str!("../../data/lexicon/sources.tsv")),
    ("lexicon/topics.tsv", include_str!("../../data/lexicon/topics.tsv")),
    ("lexicon/not_diplomacy.tsv", include_str!("../../data/lexicon/not_diplomacy.tsv")),
    ("lexicon/cues.tsv", include_str!("../../data/lexicon/cues.tsv")),
    ("kb/executives.tsv", include_str!("../../data/kb/executives.tsv")),
    ("kb/persons.tsv", include_str!("../../data/kb/persons.tsv")),
    ("kb/posts.tsv", include_str!("../../data/kb/posts.tsv")),
    ("kb/tenures.tsv", include_str!("../../data/kb/tenures.tsv")),
    ("kb/coverage.tsv", include_str!("../../data/kb/coverage.tsv")),
];

impl KnowledgeBase {
    /// The knowledge base that comes with the library.
    ///
    /// Fails only when an embedded table is malformed, which a test rules out.
    pub fn embedded(vocabulary: &mut Vocabulary) -> Result<KnowledgeBase, TableError> {
        let mut kb = KnowledgeBase::default();
        kb.phrases.trie.reserve(16_000);
        kb.people.names.reserve(16_000);
        for (name, text) in TABLES {
            kb.read(name, name, text, vocabulary)?;
        }
        kb.seal();
        Ok(kb)
    }

    /// Lays the tables of a folder over these: files named as in `data/kb` and `data/lexicon` ("persons.tsv"), with the same
    /// columns. Rows of a known key replace it, others are added; files that are not there are passed over.
    pub fn extend_from_folder(&mut self, folder: &Path, vocabulary: &mut Vocabulary) -> Result<(), TableError> {
        for (name, _) in TABLES {
            let bare = name.rsplit('/').next().unwrap_or(name);
            let path = folder.join(bare);
            if path.is_file() {
                let shown = path.display().to_string();
                let text =
                    std::fs::read_to_string(&path).map_err(|e| TableError { file: shown.clone(), line: 0, message: e.to_string() })?;
                self.read(name, &shown, &text, vocabulary)?;
            }
        }
        self.seal();
        Ok(())
    }

    fn seal(&mut self) {
        self.phrases.trie.seal();
        self.people.names.seal();
        self.posts.seal();
    }

    fn read(&mut self, table: &str, file: &str, text: &str, vocabulary: &mut Vocabulary) -> Result<(), TableError> {
        match table.rsplit('/').next().unwrap_or(table) {
            "states.tsv" => self.read_states(file, text),
            "state_names.tsv" => self.read_state_names(file, text),
            "places.tsv" => self.read_places(file, text),
            "organizations.tsv" => self.read_organizations(file, text),
            "groups.tsv" => self.read_groups(file, text),
            "other_names.tsv" => self.read_other_names(file, text),
            "titles.tsv" => self.read_titles(file, text),
            "title_qualifiers.tsv" => self.read_qualifiers(file, text),
            "roles.tsv" => self.read_roles(file, text),
            "agents.tsv" => self.read_agents(file, text),
            "sources.tsv" => self.read_sources(file, text),
            "topics.tsv" => self.read_topics(file, text),
            "not_diplomacy.tsv" => self.read_not_diplomacy(file, text),
            "cues.tsv" => self.cues.read(file, text, vocabulary),
            "executives.tsv" => self.read_executives(file, text),
            "persons.tsv" => self.read_persons(file, text),
            "posts.tsv" => self.read_posts(file, text),
            "tenures.tsv" => self.read_tenures(file, text),
            "coverage.tsv" => self.read_coverage(file, text),
            other => unreachable!("{other} is not listed in TABLES"),
        }
    }

    fn read_states(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        each_row(file, text, ["iso3", "iso2?", "cow_abbrev?", "name", "official_name?", "kind?", "plover?", "region?"], |row| {
            let [iso3, iso2, cow, name, official_name, kind, plover, region] = row.cells();
            let iso3 = code(iso3)?;
            let state = State {
                iso3,
                iso2: iso2.to_owned(),
                plover: if plover.is_empty() { iso3 } else { code(plover)? },
                name: name.to_owned(),
                cow: cow.to_owned(),
                official_name: official_name.to_owned(),
                kind: kind.to_owned(),
                region: region.to_owned(),
            };
            if let Some(id) = self.state_by_code.get(&iso3) {
                self.states[usize::from(id.0)] = state;
            } else {
                let id = StateId(self.states.len() as u16);
                self.state_by_code.insert(iso3, id);
                self.state_by_form.insert(name.to_lowercase().into(), id);
                self.states.push(state);
            }
            Ok(())
        })
    }

    fn read_state_names(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        each_row(file, text, ["iso3", "form", "use", "sector?", "lang?"], |row| {
            let [iso3, form, usage, sector, lang] = row.cells();
            let state = *self.state_by_code.get(&code(iso3)?).ok_or_else(|| format!("{iso3} is not in states.tsv"))?;
            let usage = match usage {
                "name" => NameUse::Name,
                "adjective" => NameUse::Adjective,
                "people" => NameUse::People,
                "capital" => NameUse::Capital,
                "metonym" => NameUse::Metonym,
                other => return Err(format!("unknown use \"{other}\"")),
            };
            self.state_by_form.entry(form.to_lowercase().into()).or_insert(state);
            if lang.is_empty() || lang == "en" {
                let form = form.strip_prefix("The ").unwrap_or(form);
                self.phrases.add(form, Meaning::State { state, usage, sector: optional_code(sector)? });
            }
            Ok(())
        })
    }

    fn read_places(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        each_row(file, text, ["form", "iso3", "kind"], |row| {
            let [forms, iso3, kind] = row.cells();
            let id = self.places.len() as u32;
            // A disputed place carries all its claimants ("KOR|JPN"); it lies in none of them.
            let state = if iso3.contains('|') { None } else { optional_code(iso3)? };
            let name = alternatives(forms).next().ok_or("a place needs a form")?;
            self.places.push(Place { name: name.into(), state, kind: kind.into() });
            for form in alternatives(forms) {
                self.phrases.add(form, Meaning::Place(id));
            }
            Ok(())
        })
    }

    fn read_organizations(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        each_row(file, text, ["id", "name", "forms", "kind?", "code", "sector", "wikidata?"], |row| {
            let [key, name, forms, kind, code, sector, wikidata] = row.cells();
            self.add_organization(
                Organization {
                    key: key.into(),
                    name: name.into(),
                    kind: kind.into(),
                    code: optional_code(code)?,
                    sector: optional_code(sector)?,
                    wikidata: wikidata.into(),
                },
                forms,
            );
            Ok(())
        })
    }

    fn read_groups(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        each_row(file, text, ["id", "name", "forms", "code", "sector", "wikidata?"], |row| {
            let [key, name, forms, code, sector, wikidata] = row.cells();
            self.add_organization(
                Organization {
                    key: key.into(),
                    name: name.into(),
                    kind: "group".into(),
                    code: optional_code(code)?,
                    sector: optional_code(sector)?,
                    wikidata: wikidata.into(),
                },
                forms,
            );
            Ok(())
        })
    }

    fn add_organization(&mut self, organization: Organization, forms: &str) {
        let known = self.organization_by_key.get(&organization.key).copied();
        let id = known.unwrap_or(super::OrganizationId(self.organizations.len() as u32));
        for form in std::iter::once(&*organization.name).chain(alternatives(forms)) {
            let form = form.strip_prefix("The ").unwrap_or(form);
            self.phrases.add(form, Meaning::Organization(id));
        }
        if known.is_some() {
            self.organizations[id.0 as usize] = organization;
        } else {
            self.organization_by_key.insert(organization.key.clone(), id);
            self.organizations.push(organization);
        }
    }

    fn read_other_names(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        each_row(file, text, ["form"], |row| {
            self.phrases.add(row.cells()[0], Meaning::OtherName);
            Ok(())
        })
    }

    fn read_titles(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        each_row(file, text, ["form", "role", "sector?", "level?", "scope?"], |row| {
            let [form, role, sector, level, scope] = row.cells();
            let role = self.roles.add(role);
            let level =
                if level.is_empty() { Level::Other } else { Level::parse(level).ok_or_else(|| format!("unknown level \"{level}\""))? };
            let sector = optional_code(sector)?;
            self.roles.note_title(form, role);
            self.roles.describe(role, RoleFacts { sector, level });
            let id = u16::try_from(self.phrases.titles.len()).map_err(|_| "too many titles")?;
            self.phrases.titles.push(Title { form: form.into(), role, sector, level, scope: optional_code(scope)? });
            self.phrases.add_any(form, Meaning::Title(id, false));
            self.phrases.add_any(&plural_of_title(form), Meaning::Title(id, true));
            Ok(())
        })
    }

    fn read_qualifiers(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        each_row(file, text, ["form", "quality"], |row| {
            let [form, quality] = row.cells();
            let qualifier = match quality {
                "former" | "late" => Qualifier::Quality(TitleQuality::Former),
                "acting" => Qualifier::Quality(TitleQuality::Acting),
                "elect" => Qualifier::Quality(TitleQuality::Elect),
                "designate" => Qualifier::Quality(TitleQuality::Designate),
                "outgoing" => Qualifier::Outgoing,
                "deputy" => Qualifier::Deputy,
                other => return Err(format!("unknown quality \"{other}\"")),
            };
            self.phrases.add_any(form, Meaning::Qualifier(qualifier));
            Ok(())
        })
    }

    /// Roles that a title's role may stand for; `*` at the end stands for any ending.
    fn read_roles(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        each_row(file, text, ["role", "includes?", "sector?", "level?"], |row| {
            let [role, includes, sector, level] = row.cells();
            let role = self.roles.add(role);
            if !level.is_empty() {
                let level = Level::parse(level).ok_or_else(|| format!("unknown level \"{level}\""))?;
                self.roles.describe(role, RoleFacts { sector: optional_code(sector)?, level });
            }
            for other in alternatives(includes) {
                let other = self.roles.add(other);
                self.roles.include(role, other);
            }
            Ok(())
        })
    }

    fn read_agents(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        each_row(file, text, ["form", "plural?", "sector?"], |row| {
            let [form, plural, sector] = row.cells();
            if form.starts_with("former ") || form.starts_with("ex-") {
                return Ok(()); // what "former" makes of a noun is the qualifier's business
            }
            let id = u16::try_from(self.phrases.agents.len()).map_err(|_| "too many agents")?;
            let nature = match form {
                "government" | "administration" | "side" | "delegation" | "country" | "nation" | "state" | "regime" => Nature::State,
                "counterpart" | "opposite number" => Nature::Counterpart,
                "ally" | "rival" | "neighbor" | "neighbour" | "enemy" | "adversary" | "partner" | "host" | "visitor" | "guest"
                | "opponent" | "predecessor" | "successor" | "interlocutor" | "foe" | "friend" => Nature::Other,
                _ => Nature::Kind,
            };
            self.phrases.agents.push(Agent { form: form.into(), sector: optional_code(sector)?, nature });
            self.phrases.add(form, Meaning::Agent(id, false));
            if !plural.is_empty() && plural != form {
                self.phrases.add(plural, Meaning::Agent(id, true));
            }
            Ok(())
        })
    }

    fn read_sources(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        each_row(file, text, ["form", "kind?"], |row| {
            let [form, kind] = row.cells();
            let kind = self.kinds.add(kind);
            let bare = ["the ", "a ", "an "].iter().find_map(|article| form.strip_prefix(article)).unwrap_or(form);
            // "Japanese media" is for the state and the agent to say.
            let names_state = bare.split(' ').next().is_some_and(|first| self.state_by_form.contains_key(first));
            if !bare.starts_with("former ") && !names_state {
                self.phrases.add(bare, Meaning::Source(kind));
            }
            Ok(())
        })
    }

    fn read_topics(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        each_row(file, text, ["phrase", "subject", "context?"], |row| {
            let [phrase, subject, context] = row.cells();
            let subject = self.subjects.add(subject);
            let context = (!context.is_empty()).then(|| self.contexts.add(context));
            let meaning = Meaning::Topic { subject, context };
            self.phrases.add(phrase, meaning);
            if !phrase.ends_with('s') {
                self.phrases.add(&plural(phrase), meaning);
            }
            Ok(())
        })
    }

    fn read_not_diplomacy(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        each_row(file, text, ["cue", "topic"], |row| {
            let [cue, kind] = row.cells();
            let kind = self.kinds.add(kind);
            let meaning = Meaning::OffTopic { kind, weight: if cue.contains(' ') { 2 } else { 1 } };
            self.phrases.add(cue, meaning);
            Ok(())
        })
    }

    fn read_executives(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        each_row(file, text, ["state", "role"], |row| {
            let [state, role] = row.cells();
            let role = self.roles.add(role);
            self.executives.insert(code(state)?, role);
            Ok(())
        })
    }

    fn read_persons(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        each_row(file, text, ["id", "name", "family?", "aliases?", "native?", "gender?", "wikidata?", "source?"], |row| {
            let [key, name, family, aliases, native, gender, wikidata, source] = row.cells();
            let gender = match gender {
                "f" => Some(Gender::Female),
                "m" => Some(Gender::Male),
                "" => None,
                other => return Err(format!("unknown gender \"{other}\"")),
            };
            let person = Person {
                key: key.into(),
                name: name.into(),
                family: alternatives(family).map(Into::into).collect(),
                native: alternatives(native).map(Into::into).collect(),
                gender,
                wikidata: wikidata.into(),
                aliases: alternatives(aliases).map(Into::into).collect(),
                source: source.into(),
            };
            // "President Xi" is a title with a name, whatever the table says.
            let aliases = alternatives(aliases).filter(|a| a.split(' ').next().is_none_or(|first| self.roles.of_title(first).is_none()));
            self.people.add(person, aliases);
            Ok(())
        })
    }

    fn read_posts(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        each_row(file, text, ["id", "state", "role", "title", "spoken?", "head?", "source?"], |row| {
            let [key, of, role, title, spoken, head, source] = row.cells();
            let organization = self.organization_by_key.get(of).copied();
            let of = match organization {
                Some(id) => self.organizations[id.0 as usize].code.unwrap_or(Code(*b"IGO")),
                None if of.is_empty() => Code(*b"IGO"),
                None => code(of)?,
            };
            let role_name = role;
            let role = self.roles.add(role);
            let mut spoken_roles: Vec<RoleId> = alternatives(spoken).filter_map(|form| self.roles.of_title(form)).collect();
            spoken_roles.sort();
            spoken_roles.dedup();
            spoken_roles.retain(|other| *other != role);
            if role_name.starts_with("ambassador") {
                let ambassador = self.roles.add("ambassador");
                self.roles.include(ambassador, role);
            }
            let sector = self.roles.facts(role).sector;
            self.posts.add(Post {
                key: key.into(),
                of,
                organization,
                role,
                title: title.into(),
                spoken: alternatives(spoken).next().unwrap_or_default().into(),
                head: head.into(),
                source: source.into(),
                sector,
                spoken_roles: spoken_roles.into(),
            });
            Ok(())
        })
    }

    fn read_tenures(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        each_row(file, text, ["post", "person", "start", "end", "quality?", "end_basis?", "source?", "note?"], |row| {
            let [post, person, start, end, quality, end_basis, source, note] = row.cells();
            let post = *self.posts.by_key.get(post).ok_or_else(|| format!("{post} is not in posts.tsv"))?;
            let person = *self.people.by_key.get(person).ok_or_else(|| format!("{person} is not in persons.tsv"))?;
            let quality = match quality {
                "" | "regular" => TitleQuality::Holds,
                "acting" | "interim" => TitleQuality::Acting,
                "elect" => TitleQuality::Elect,
                "designate" => TitleQuality::Designate,
                other => return Err(format!("unknown quality \"{other}\"")),
            };
            self.posts.add_tenure(Tenure {
                post,
                person,
                start: day(start)?,
                end: day(end)?,
                quality,
                end_basis: end_basis.into(),
                source: source.into(),
                note: note.into(),
            });
            Ok(())
        })
    }

    fn read_coverage(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        each_row(file, text, ["post", "from", "to"], |row| {
            let [post, from, to] = row.cells();
            let post = *self.posts.by_key.get(post).ok_or_else(|| format!("{post} is not in posts.tsv"))?;
            self.posts.add_coverage(post, Coverage { from: day(from)?, to: day(to)? });
            Ok(())
        })
    }
}

fn code(cell: &str) -> Result<Code, String> {
    Code::parse(cell).ok_or_else(|| format!("\"{cell}\" is not a code of three capitals"))
}

fn optional_code(cell: &str) -> Result<Option<Code>, String> {
    if cell.is_empty() { Ok(None) } else { code(cell).map(Some) }
}

fn day(cell: &str) -> Result<Option<Day>, String> {
    if cell.is_empty() { Ok(None) } else { Day::parse(cell).map(Some).ok_or_else(|| format!("\"{cell}\" is not a date")) }
}

/// "secretary of state" → "secretaries of state".
fn plural_of_title(form: &str) -> String {
    let cut = [" of ", " for ", " to ", " at ", " in "].iter().filter_map(|word| form.find(word)).min().unwrap_or(form.len());
    let (head, rest) = form.split_at(cut);
    format!("{}{rest}", plural(head))
}

pub(crate) fn plural(noun: &str) -> String {
    if noun.ends_with("man") && !noun.ends_with("human") {
        format!("{}men", &noun[..noun.len() - 3])
    } else if noun.ends_with('y') && !noun.ends_with("ay") && !noun.ends_with("ey") && !noun.ends_with("oy") {
        format!("{}ies", &noun[..noun.len() - 1])
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|end| noun.ends_with(end)) {
        format!("{noun}es")
    } else {
        format!("{noun}s")
    }
}
