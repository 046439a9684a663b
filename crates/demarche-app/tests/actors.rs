//! Runs `demarche actors`, `posts` and `actors import`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn demarche(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_demarche")).args(args).env_remove("DEMARCHE_FACTS").output().expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder of its own for each test, empty at the start.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

const RESULTS: &str = r#"{"head":{"vars":["person","personLabel","position","positionLabel","countryLabel","start","end"]},"results":{"bindings":[
 {"person":{"type":"uri","value":"http://www.wikidata.org/entity/Q900001"},"personLabel":{"type":"literal","value":"Ana Testova"},
  "positionLabel":{"type":"literal","value":"Minister of Foreign Affairs"},"countryLabel":{"type":"literal","value":"Estonia"},
  "start":{"type":"literal","value":"2031-03-04T00:00:00Z"},"end":{"type":"literal","value":"2033-05"}}]}}"#;

#[test]
fn a_person_is_told_with_posts_and_sources() {
    let output = demarche(&["actors", "lee", "jae", "myung", "--on", "2026-01-12"]);
    let text = out(&output);
    assert!(output.status.success(), "{}", err(&output));
    for part in
        ["Lee Jae-myung  이재명", "Q12612463", "2025-06-04", "President of the Republic of Korea", "in office as far as known", "own"]
    {
        assert!(text.contains(part), "no {part} in:\n{text}");
    }
    let before = out(&demarche(&["actors", "Lee Jae-myung", "--on", "2025-06-03"]));
    assert!(before.contains("no post known on 2025-06-03"), "{before}");
}

#[test]
fn json_tells_precision_and_certainty() {
    let output = demarche(&["actors", "이재명", "--on", "2026-01-12", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let post = &value["candidates"][0]["posts"][0];
    assert_eq!(value["candidates"][0]["key"], "lee-jae-myung");
    assert_eq!(
        (post["post"].as_str(), post["held"].as_str(), post["start_precision"].as_str()),
        (Some("KOR.president"), Some("yes"), Some("day"))
    );
    assert_eq!(post["end"], serde_json::Value::Null);
}

#[test]
fn an_unknown_name_is_told_with_similar_ones() {
    let output = demarche(&["actors", "Lee Jea-mjung"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("did you mean Lee Jae-myung"), "{}", err(&output));
    assert!(out(&output).is_empty());
}

#[test]
fn organisations_and_states_are_actors_too() {
    assert!(out(&demarche(&["actors", "NATO"])).starts_with("North Atlantic Treaty Organization\n"));
    assert!(out(&demarche(&["actors", "Japan"])).starts_with("Japan (JPN)\n"));
}

#[test]
fn posts_of_a_state_begin_with_its_heads() {
    let text = out(&demarche(&["posts", "KOR", "--on", "2024-10-01"]));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "South Korea (KOR), on 2024-10-01");
    assert!(lines[1].contains("President") && lines[1].contains("Yoon Suk Yeol") && lines[1].contains("complete that day"), "{text}");
    let columns: Vec<usize> = lines[1..4].iter().map(|line| line.find("20").unwrap()).collect();
    assert!(columns.iter().all(|column| *column == columns[0]), "not aligned:\n{text}");
    assert!(out(&demarche(&["posts", "UNO"])).contains("António Guterres"));
    assert!(out(&demarche(&["posts", "nato", "--all"])).contains("Stoltenberg"));
    assert!(out(&demarche(&["posts", "--coverage", "KOR"])).contains("KOR.president"));
    let unknown = demarche(&["posts", "Atlantis"]);
    assert_eq!(unknown.status.code(), Some(1));
}

#[test]
fn what_is_imported_is_known_afterwards() {
    let folder = folder("import");
    let (file, facts) = (folder.join("r.json"), folder.join("facts"));
    fs::write(&file, RESULTS).unwrap();
    let (file, facts) = (file.to_str().unwrap(), facts.to_str().unwrap());
    let first = demarche(&["actors", "import", file, "--into", facts]);
    assert_eq!(first.status.code(), Some(0), "{}", err(&first));
    assert!(out(&first).starts_with("Written to") && out(&first).contains("persons.tsv  1 new"), "{}", out(&first));
    let tables = || ["persons.tsv", "tenures.tsv"].map(|name| fs::read_to_string(Path::new(facts).join(name)).unwrap());
    let before = tables();
    let second = demarche(&["actors", "import", file, "--into", facts]);
    assert!(out(&second).starts_with("Nothing new for"), "{}", out(&second));
    let third = demarche(&["actors", "import", file, "--into", facts, "--facts", facts]);
    assert_eq!(third.status.code(), Some(0), "{}{}", out(&third), err(&third));
    assert_eq!(tables(), before);

    let asked = out(&demarche(&["actors", "Testova", "--on", "2032-01-01", "--facts", facts]));
    assert!(asked.contains("Ana Testova") && asked.contains("2031-03-04  – 2033-05") && asked.contains("wikidata"), "{asked}");
    let by_variable = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(["posts", "EST", "--on", "2032-01-01"])
        .env("DEMARCHE_FACTS", facts)
        .output()
        .unwrap();
    assert!(out(&by_variable).contains("Ana Testova"), "{}", out(&by_variable));
}

#[test]
fn a_story_is_read_with_what_was_imported() {
    let folder = folder("story");
    let (file, facts, story) = (folder.join("r.json"), folder.join("facts"), folder.join("story.txt"));
    fs::write(&file, RESULTS).unwrap();
    fs::write(&story, "TALLINN — Foreign Minister Ana Testova met Japanese officials in Tallinn on Monday.\n").unwrap();
    let facts = facts.to_str().unwrap();
    assert_eq!(demarche(&["actors", "import", file.to_str().unwrap(), "--into", facts]).status.code(), Some(0));
    let read = demarche(&["read", story.to_str().unwrap(), "--published", "2032-01-06", "--facts", facts, "--format", "json"]);
    assert!(out(&read).contains("Q900001"), "{}{}", out(&read), err(&read));
}

#[test]
fn rows_of_the_user_are_kept() {
    let folder = folder("kept");
    let (file, facts) = (folder.join("r.json"), folder.join("facts"));
    fs::create_dir_all(&facts).unwrap();
    fs::write(&file, RESULTS).unwrap();
    let mine = "# my own\nid\tname\tfamily\twikidata\tsource\nana\tAna Testova\tTestova\tQ900001\tme\n";
    fs::write(facts.join("persons.tsv"), mine).unwrap();
    let report = demarche(&["actors", "import", file.to_str().unwrap(), "--into", facts.to_str().unwrap()]);
    assert_eq!(report.status.code(), Some(0), "{}", err(&report));
    assert_eq!(fs::read_to_string(facts.join("persons.tsv")).unwrap(), mine);
    assert!(fs::read_to_string(facts.join("tenures.tsv")).unwrap().contains("EST.foreign_minister\tana\t2031-03-04"));
}

#[test]
fn bad_lines_are_told_and_a_dry_run_writes_nothing() {
    let folder = folder("bad");
    let (file, facts) = (folder.join("a.txt"), folder.join("facts"));
    fs::write(&file, "ANA_TESTOVA_\n\t[ESTGOV 990101-00]\n\t[ESTGOV 010101-020202]\n").unwrap();
    let (file, facts) = (file.to_str().unwrap(), facts.to_str().unwrap());
    let dry = demarche(&["actors", "import", file, "--into", facts, "--dry-run"]);
    assert_eq!(dry.status.code(), Some(3));
    assert!(err(&dry).contains("a.txt:2: `00` in `[ESTGOV 990101-00]` is no date"), "{}", err(&dry));
    assert!(out(&dry).starts_with("Would write to") && !Path::new(facts).exists(), "{}", out(&dry));
    let other = folder.join("story.txt");
    fs::write(&other, "The ministers met on Monday.\n").unwrap();
    let refused = demarche(&["actors", "import", other.to_str().unwrap(), "--into", facts]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("say which with --from"), "{}", err(&refused));
    let missing = demarche(&["actors", "Testova", "--facts", "/no/such/folder"]);
    assert!(err(&missing).contains("is not there"), "{}", err(&missing));
}

#[test]
fn real_samples_import_or_say_why_not() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/facts/wikidata_samples");
    let Ok(list) = fs::read_dir(&samples) else {
        eprintln!("skipped: {} is not there", samples.display());
        return;
    };
    let folder = folder("samples");
    for file in list.map(|entry| entry.unwrap().path()) {
        let facts = folder.join(file.file_stem().unwrap());
        let output = demarche(&["actors", "import", file.to_str().unwrap(), "--into", facts.to_str().unwrap()]);
        let (told, problems) = (out(&output), err(&output));
        assert!(!problems.contains("panicked"), "{}: {problems}", file.display());
        match output.status.code() {
            Some(0) => assert!(told.contains("new") || told.contains("Left out"), "{}: {told}", file.display()),
            code => assert!(code == Some(1) && problems.contains("columns are"), "{}: {problems}", file.display()),
        }
    }
}
