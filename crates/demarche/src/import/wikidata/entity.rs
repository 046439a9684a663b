//! One entity as Wikidata's JSON has it, read leniently: what has another shape than it should counts as not there.

use serde_json::Value;

use super::super::date;

/// An entity.
pub(super) struct Entity<'a> {
    pub(super) id: &'a str,
    value: &'a Value,
}

/// A statement that is not deprecated.
pub(super) struct Statement<'a>(&'a Value);

/// What a statement says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said<'a> {
    /// An item, by its id.
    Item(&'a str),
    /// That there is a value nobody knows, that there is none, or something other than an item.
    Else,
}

/// Classes whose instances and subclasses are offices.
const OFFICES: &[&str] = &[
    "Q4164871",
    "Q294414",
    "Q83307",
    "Q30461",
    "Q14212",
    "Q7330070",
    "Q48352",
    "Q2285706",
    "Q121998",
    "Q116",
    "Q303618",
    "Q1255921",
    "Q18814623",
    "Q15711797",
    "Q748019",
    "Q24698644",
    "Q20086425",
    "Q16533",
    "Q193391",
];

impl<'a> Entity<'a> {
    pub(super) fn of(value: &'a Value) -> Option<Entity<'a>> {
        Some(Entity { id: value.get("id")?.as_str()?, value })
    }

    /// Whether a library has taken it apart: labels are then plain strings, and statements lists of ids.
    pub(super) fn is_simplified(&self) -> bool {
        let plain = |key: &str, test: fn(&Value) -> bool| {
            self.value.get(key).and_then(Value::as_object).and_then(|map| map.values().next()).is_some_and(test)
        };
        plain("labels", Value::is_string) || plain("claims", |list| list.get(0).is_some_and(|first| !first.is_object()))
    }

    /// Its English label, else its id: for messages.
    pub(super) fn shown(&self) -> &'a str {
        self.label("en").unwrap_or(self.id)
    }

    pub(super) fn label(&self, language: &str) -> Option<&'a str> {
        self.value.get("labels")?.get(language)?.get("value")?.as_str().filter(|label| !label.trim().is_empty())
    }

    /// A label that English readers can read, where there is none in English.
    pub(super) fn latin_label(&self) -> Option<&'a str> {
        ["mul", "en-gb", "en-us", "en-ca", "de", "fr", "es"].iter().find_map(|language| self.label(language))
    }

    pub(super) fn aliases(&self, language: &str) -> impl Iterator<Item = &'a str> {
        let list = self.value.get("aliases").and_then(|map| map.get(language)).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(|alias| alias.get("value")?.as_str())
    }

    /// Names in Korean, Japanese and Chinese writing.
    pub(super) fn native_names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for language in ["ko", "ja", "zh", "zh-hans", "zh-cn"] {
            if let Some(label) = self.label(language)
                && label.chars().any(is_east_asian)
                && !names.iter().any(|name| name == label)
            {
                names.push(label.to_owned());
            }
        }
        names
    }

    /// Its statements of a property, without the deprecated ones.
    pub(super) fn statements(&self, property: &str) -> impl Iterator<Item = Statement<'a>> + use<'a> {
        let list = self.value.get("claims").or_else(|| self.value.get("statements")).and_then(|claims| claims.get(property));
        let list = list.and_then(Value::as_array).into_iter().flatten();
        list.filter(|statement| statement.get("rank").and_then(Value::as_str) != Some("deprecated")).map(Statement)
    }

    pub(super) fn items(&self, property: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.statements(property).filter_map(|statement| match statement.value() {
            Said::Item(id) => Some(id),
            Said::Else => None,
        })
    }

    pub(super) fn string(&self, property: &str) -> Option<&'a str> {
        self.statements(property).find_map(|statement| statement.0.pointer("/mainsnak/datavalue/value")?.as_str())
    }

    pub(super) fn time(&self, property: &str) -> Option<date::Said> {
        self.statements(property).find_map(|statement| time_of(statement.0.get("mainsnak")?))
    }

    pub(super) fn is_human(&self) -> bool {
        self.items("P31").any(|class| class == "Q5")
    }

    /// Whether it is an office by its classes.
    pub(super) fn is_position(&self) -> bool {
        self.items("P31").chain(self.items("P279")).any(|class| OFFICES.contains(&class))
    }
}

impl<'a> Statement<'a> {
    pub(super) fn value(&self) -> Said<'a> {
        self.0.get("mainsnak").and_then(item_of).map_or(Said::Else, Said::Item)
    }

    fn qualifiers(&self, property: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
        let list = self.0.get("qualifiers").and_then(|map| map.get(property)).and_then(Value::as_array);
        list.into_iter().flatten()
    }

    /// The first item of a qualifier.
    pub(super) fn item(&self, property: &str) -> Option<&'a str> {
        self.qualifiers(property).find_map(item_of)
    }

    /// The first date of a qualifier.
    pub(super) fn time(&self, property: &str) -> Option<date::Said> {
        self.qualifiers(property).find_map(time_of)
    }

    /// Whether a qualifier says that there is no such thing.
    pub(super) fn says_none(&self, property: &str) -> bool {
        self.qualifiers(property).any(|snak| snak.get("snaktype").and_then(Value::as_str) == Some("novalue"))
    }
}

fn item_of(snak: &Value) -> Option<&str> {
    let value = snak.pointer("/datavalue/value")?;
    value.get("id").and_then(Value::as_str).filter(|id| id.starts_with('Q'))
}

fn time_of(snak: &Value) -> Option<date::Said> {
    let value = snak.pointer("/datavalue/value")?;
    let time = value.get("time")?.as_str()?;
    Some(date::wikidata(time, value.get("precision").and_then(Value::as_u64).unwrap_or(11)))
}

/// Hangul, kana and Chinese characters.
pub(in super::super) fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}')
}
