//! YAML front matter: the lines between `---` and `---` at the head of a Markdown file.

use std::collections::BTreeMap;

use serde_json::Value;

use super::draft::Stated;

/// What the front matter of `text` states, and where the body begins.
///
/// Front matter that is no YAML is read line by line as `key: value`, and said to be odd.
pub(crate) fn front_matter(text: &str) -> (Stated, usize) {
    let Some((block, body)) = split(text) else { return (Stated::default(), 0) };
    let mut doubts = Vec::new();
    let fields: BTreeMap<String, Value> = match serde_saphyr::from_str(block) {
        Ok(fields) => fields,
        Err(_) if block.trim().is_empty() => BTreeMap::new(),
        Err(_) => {
            doubts.push(("front-matter", "the front matter is not YAML; its lines were read as “key: value”".to_owned()));
            by_lines(block)
        }
    };
    let first = |names: &[&str]| names.iter().find_map(|name| fields.get(*name).and_then(said));
    let stated = Stated {
        title: first(&["title", "headline"]).map(|title| title.replace('\u{a0}', " ")),
        published: ["published", "published_time", "published_at", "date", "pubDate", "date_published"]
            .iter()
            .filter_map(|name| fields.get(*name).and_then(said))
            .collect(),
        publisher: first(&["publisher", "source", "site_name", "creator"]),
        language: first(&["language", "lang", "locale"]),
        address: first(&["source_url", "url", "link", "canonical_url", "permalink"]),
        doubts,
    };
    (stated, body)
}

/// The text between the marks, and where the text after them begins.
fn split(text: &str) -> Option<(&str, usize)> {
    let rest = text.trim_start_matches(['\n', '\r', ' ']);
    let start = text.len() - rest.len();
    let rest = rest.strip_prefix("---")?;
    let first_end = rest.find('\n')?;
    if !rest[..first_end].trim().is_empty() {
        return None;
    }
    let head = start + 3 + first_end + 1;
    let mut at = head;
    for line in text[head..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&text[head..at], at + line.len()));
        }
        at += line.len();
    }
    None
}

fn said(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => {
            let parts: Vec<String> = values.iter().filter_map(said).collect();
            Some(parts.join(", ")).filter(|text| !text.is_empty())
        }
        Value::Object(object) => object.get("name").and_then(said),
        Value::Null | Value::Bool(_) => None,
    }
}

fn by_lines(block: &str) -> BTreeMap<String, Value> {
    let mut fields = BTreeMap::new();
    for line in block.lines() {
        if let Some((key, value)) = line.split_once(':')
            && !key.starts_with([' ', '-', '#'])
        {
            let value = value.trim().trim_matches(['"', '\'']).to_owned();
            fields.entry(key.trim().to_owned()).or_insert(Value::String(value));
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_is_read_and_what_is_almost_yaml_too() {
        let text = "---\ntitle: \"Readout of Call with\\_Prime\\\n  \\ Minister\"\ndate: '2026-01-12'\npublished_time: 2026-01-12 12:46:11-04:00\ntags: [a, b]\n---\nBody";
        let (stated, body) = front_matter(text);
        assert_eq!(stated.title.as_deref(), Some("Readout of Call with Prime Minister"));
        assert_eq!(stated.published, ["2026-01-12 12:46:11-04:00", "2026-01-12"]);
        assert_eq!(&text[body..], "Body");

        let (stated, _) = front_matter("---\ntitle: Lee: \"no deal\": yet\ndate: 2026-01-12\n---\n");
        assert_eq!(stated.title.as_deref(), Some("Lee: \"no deal\": yet"));
        assert_eq!(stated.doubts.len(), 1);

        assert_eq!(front_matter("--- \nno end").1, 0);
        assert_eq!(front_matter("------\n").1, 0);
    }
}
