//! Output, schema and documentation say the same: `docs/record.schema.json` allows what is printed, and `docs/record.md`
//! documents exactly the keys of the schema.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::Validator;
use serde_json::{Value, json};

fn schema() -> Value {
    let text = std::fs::read_to_string(common::root().join("docs/record.schema.json")).expect("the schema is there");
    serde_json::from_str(&text).expect("the schema is JSON")
}

/// The schema of a record, or of one of `$defs`.
fn validator(definition: Option<&str>) -> Validator {
    let schema = schema();
    let schema = match definition {
        None => schema,
        Some(name) => json!({ "$schema": schema["$schema"], "$ref": format!("#/$defs/{name}"), "$defs": schema["$defs"] }),
    };
    jsonschema::draft202012::new(&schema).expect("the schema is a schema")
}

#[track_caller]
fn valid(validator: &Validator, instance: &Value) {
    let errors: Vec<String> = validator.iter_errors(instance).take(5).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{} {errors:#?}", instance["document"]["source"]);
}

#[test]
fn records_of_the_samples_fit_the_schema() {
    let record = validator(None);
    let records = common::run(&["read", "--format", "jsonl", "samples"]).ends_with(0).jsonl();
    assert!(records.len() > 20, "{} records", records.len());
    for value in &records {
        valid(&record, value);
    }
    let indented = common::run(&["read", "--format", "json", "samples"]).ends_with(0).stdout;
    let again: Vec<Value> = serde_json::Deserializer::from_str(&indented).into_iter().map(|value| value.expect("JSON")).collect();
    assert!(again == records, "json and jsonl hold the same");
}

#[test]
fn records_of_odd_texts_fit_the_schema() {
    let record = validator(None);
    let records = common::run_with(&["read", "--format", "jsonl", "-"], common::odd_lines().as_bytes()).ends_with(0).jsonl();
    assert_eq!(records.len(), common::ODD_TEXTS.len());
    for value in &records {
        valid(&record, value);
    }
}

#[test]
fn the_other_json_formats_fit_the_schema() {
    let plover = validator(Some("plover"));
    let records = common::run(&["read", "--format", "plover", "samples"]).ends_with(0).jsonl();
    assert!(!records.is_empty());
    for value in &records {
        valid(&plover, value);
    }
    let timeline = common::run(&["timeline", "--format", "json", "samples"]).ends_with(0).stdout;
    valid(&validator(Some("timeline")), &serde_json::from_str(&timeline).expect("the timeline is JSON"));
}

#[test]
fn the_schema_refuses_what_it_should() {
    let record = validator(None);
    let good = common::run_with(&["read", "--format", "json", "-"], b"Lee met Ishiba in Tokyo.").ends_with(0).stdout;
    let good: Value = serde_json::from_str(&good).expect("the record is JSON");
    assert!(record.is_valid(&good));
    let mut more = good.clone();
    more["document"]["colour"] = json!("red");
    assert!(!record.is_valid(&more), "an unknown key");
    let mut less = good.clone();
    less["document"].as_object_mut().expect("the document is an object").remove("id");
    assert!(!record.is_valid(&less), "a missing key");
    let mut wrong = good;
    wrong["sentences"][0]["kind"] = json!("song");
    assert!(!record.is_valid(&wrong), "an unknown word");
}

#[test]
fn every_object_of_the_schema_is_closed() {
    let mut open = Vec::new();
    walk(&schema(), "", &mut |path, object| {
        if object.contains_key("properties") && object.get("additionalProperties") != Some(&Value::Bool(false)) {
            open.push(path.to_owned());
        }
    });
    assert!(open.is_empty(), "additionalProperties is not false at {open:?}");
}

fn walk(value: &Value, path: &str, visit: &mut impl FnMut(&str, &serde_json::Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            visit(path, object);
            for (key, inner) in object {
                walk(inner, &format!("{path}/{key}"), visit);
            }
        }
        Value::Array(items) => items.iter().for_each(|inner| walk(inner, path, visit)),
        _ => {}
    }
}

#[test]
fn every_key_is_documented_and_no_other() {
    let mut in_schema: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let schema = schema();
    let keys = |object: &Value| -> Option<BTreeSet<String>> { Some(object.get("properties")?.as_object()?.keys().cloned().collect()) };
    in_schema.insert("record".to_owned(), keys(&schema).expect("a record has keys"));
    for (name, object) in schema["$defs"].as_object().expect("there are definitions") {
        if let Some(keys) = keys(object) {
            in_schema.insert(name.clone(), keys);
        }
    }
    let page = std::fs::read_to_string(common::root().join("docs/record.md")).expect("the page is there");
    let documented = documented(&page);
    let names = |map: &BTreeMap<String, BTreeSet<String>>| map.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&documented), names(&in_schema), "objects: documented, in the schema");
    for (name, keys) in &in_schema {
        assert_eq!(&documented[name], keys, "keys of {name}: documented, in the schema");
    }
}

/// The keys of each section that has a table `| key | what |`, by the section's heading.
fn documented(page: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let (mut section, mut in_table) = ("", false);
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            section = heading.split(':').next().unwrap_or(heading);
        }
        if line.starts_with("| key |") {
            in_table = true;
        } else if !line.starts_with('|') {
            in_table = false;
        } else if in_table && let Some(key) = line.strip_prefix("| `").and_then(|rest| rest.split('`').next()) {
            found.entry(section.to_owned()).or_default().insert(key.to_owned());
        }
    }
    found
}
