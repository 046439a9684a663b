//! The program from outside: what it reads, what it prints where, and with which exit code it ends.

mod common;

use std::{io::Read, path::Path, process::Stdio};

use common::{demarche, folder, run, run_with, text};
use demarche::document::{LoadOptions, load};
use serde_json::Value;

const STORY: &str =
    "TOKYO, Aug. 23, 2025 — South Korean President Lee Jae-myung met Japanese Prime Minister Shigeru Ishiba in Tokyo on Saturday.\n";

// ---- ways in ----

#[test]
fn standard_input_is_read() {
    let run = run_with(&["read", "--format", "jsonl", "-"], STORY.as_bytes()).ends_with(0);
    let records = run.jsonl();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0]["document"]["source"], "-");
    assert_eq!(records[0]["document"]["published"], "2025-08-23");
    assert!(run.stderr.is_empty(), "{}", run.stderr);
}

#[test]
fn a_folder_a_file_and_a_quoted_glob_are_read() {
    let sources = |arguments: &[&str]| -> Vec<String> {
        let arguments: Vec<&str> = ["read", "--format", "jsonl"].iter().chain(arguments).copied().collect();
        run(&arguments).ends_with(0).jsonl().iter().map(|r| r["document"]["source"].as_str().expect("a source").to_owned()).collect()
    };
    let all = sources(&["samples"]);
    let texts = sources(&["samples/*.txt"]);
    let one = sources(&["samples/2026-01-13-strait-wire-nara-summit.txt"]);
    assert_eq!(one, ["samples/2026-01-13-strait-wire-nara-summit.txt"]);
    assert!(texts.len() > 10 && texts.iter().all(|s| s.ends_with(".txt")), "{texts:?}");
    assert!(texts.is_sorted(), "a glob's files come in order of their names");
    assert!(texts.iter().chain(&one).all(|s| all.contains(s)), "the folder holds them all");
    assert!(all.iter().any(|s| s == "samples/briefs.jsonl#1"), "JSON Lines are cited by line");
}

#[test]
fn json_lines_are_read_by_named_fields() {
    let line =
        r#"{"headline_en": "Lee in Tokyo", "story": "Lee Jae-myung met Shigeru Ishiba in Tokyo.", "on": "2025-08-23", "text": "not this"}"#;
    let input = format!("{line}\n\n{line}\n");
    let arguments = [
        "read",
        "--format",
        "jsonl",
        "--input",
        "jsonl",
        "--text-field",
        "story",
        "--title-field",
        "headline_en",
        "--date-field",
        "on",
        "-",
    ];
    let records = run_with(&arguments, input.as_bytes()).ends_with(0).jsonl();
    let sources: Vec<&Value> = records.iter().map(|r| &r["document"]["source"]).collect();
    assert_eq!(sources, ["-#1", "-#3"]);
    assert_eq!(records[0]["document"]["title"], "Lee in Tokyo");
    assert_eq!(records[0]["document"]["published"], "2025-08-23");
    assert_eq!(records[0]["document"]["published_from"], "metadata");
    let words: Vec<&str> = records[0]["sentences"].as_array().expect("sentences").iter().filter_map(|s| s["text"].as_str()).collect();
    assert!(words.contains(&"Lee Jae-myung met Shigeru Ishiba in Tokyo.") && !words.iter().any(|w| w.contains("not this")), "{words:?}");
}

#[test]
fn the_command_line_wins_over_the_document() {
    let arguments = ["read", "--format", "jsonl", "--published", "2024-02-03", "--language", "en", "-"];
    let record = &run_with(&arguments, STORY.as_bytes()).ends_with(0).jsonl()[0];
    assert_eq!(record["document"]["published"], "2024-02-03");
    assert_eq!(record["document"]["published_from"], "given");
    assert_eq!(record["document"]["language"], "en");
}

#[test]
fn your_own_facts_are_laid_over_the_built_in_ones() {
    let facts = folder("own_facts");
    let rows = "id\tname\tfamily\taliases\tnative\tgender\twikidata\tsource\nzora-quill\tZora Quill\tQuill\t\t\tf\t\town\n";
    std::fs::write(facts.join("persons.tsv"), rows).expect("a file can be written");
    let record = &run_with(&["read", "--format", "jsonl", "--facts", text(&facts), "-"], b"Zora Quill met Lee Jae-myung in Seoul.")
        .ends_with(0)
        .jsonl()[0];
    let keys: Vec<&Value> = record["entities"].as_array().expect("entities").iter().map(|e| &e["key"]).collect();
    assert!(keys.contains(&&Value::from("zora-quill")), "{keys:?}");
    std::fs::write(facts.join("persons.tsv"), rows.replace("\tf\t", "\tunheard-of\t")).expect("a file can be written");
    let run = run_with(&["read", "--facts", text(&facts), "-"], b"Zora Quill met Lee.").ends_with(1);
    assert!(
        run.stderr.contains("persons.tsv:2") && run.stderr.contains("unheard-of"),
        "the error names file, line and cell: {}",
        run.stderr
    );
}

// ---- ways out ----

#[test]
fn every_format_prints_something() {
    let sample = "samples/2026-01-13-strait-wire-nara-summit.txt";
    for format in ["text", "json", "jsonl", "plover", "tsv"] {
        let run = run(&["read", "--format", format, sample]).ends_with(0);
        assert!(!run.stdout.is_empty() && run.stdout.ends_with('\n'), "{format}");
        assert!(!run.stdout.contains('\u{1b}'), "{format}: no colour codes in a pipe");
    }
    let table = run(&["read", "--format", "tsv", sample]).stdout;
    let mut lines = table.lines().map(|line| line.split('\t').count());
    assert!(table.starts_with("Event ID\tEvent Date\tEvent Type\t"));
    assert!(lines.clone().count() > 1 && lines.all(|columns| columns == 40));
    for format in ["text", "json"] {
        assert!(!run(&["timeline", "--format", format, "samples"]).ends_with(0).stdout.is_empty(), "{format}");
    }
}

#[test]
fn all_shows_sentences_without_events_too() {
    let story = "Nothing was said of the weather.\n";
    let without = run_with(&["read", "-"], story.as_bytes()).ends_with(0).stdout;
    let with = run_with(&["read", "--all", "-"], story.as_bytes()).ends_with(0).stdout;
    assert!(!without.contains("weather") && with.contains("weather"), "{without}\n{with}");
}

#[test]
fn a_timeline_of_a_pair_holds_that_pair_only() {
    let timeline = run(&["timeline", "--format", "json", "--pair", "kor", "JPN", "samples"]).ends_with(0).stdout;
    let timeline: Value = serde_json::from_str(&timeline).expect("the timeline is JSON");
    let entries = timeline["entries"].as_array().expect("entries");
    assert!(!entries.is_empty());
    for entry in entries {
        let parties = entry["parties"].as_array().expect("parties");
        assert!(parties.contains(&"KOR".into()) && parties.contains(&"JPN".into()), "{parties:?}");
    }
    let wrong = run(&["timeline", "--pair", "Korea", "JPN", "samples"]).ends_with(1);
    assert!(wrong.stderr.contains("Korea") && wrong.stderr.contains("KOR"), "{}", wrong.stderr);
}

#[test]
fn output_is_the_same_at_any_number_of_jobs() {
    for command in [&["read", "--format", "jsonl"][..], &["read"], &["read", "--format", "tsv"], &["timeline", "--format", "json"]] {
        let with = |jobs: &str| run(&[command, &["--jobs", jobs, "samples"]].concat()).ends_with(0).stdout;
        assert!(with("1") == with("4"), "{command:?}");
    }
}

#[test]
fn a_timeline_does_not_depend_on_the_order_of_the_documents() {
    let folder = std::fs::read_dir(common::root().join("samples")).expect("the samples are there");
    let mut files: Vec<String> = folder.filter_map(|entry| Some(format!("samples/{}", entry.ok()?.file_name().to_str()?))).collect();
    let timeline = |files: &[String]| {
        let arguments: Vec<&str> = ["timeline", "--format", "json"].into_iter().chain(files.iter().map(String::as_str)).collect();
        run(&arguments).ends_with(0).stdout
    };
    files.sort();
    let forwards = timeline(&files);
    files.reverse();
    assert!(forwards == timeline(&files));
}

#[test]
fn completions_and_man_page_are_printed() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(run(&["completions", shell]).ends_with(0).stdout.contains("demarche"), "{shell}");
    }
    assert!(run(&["man"]).ends_with(0).stdout.contains(".TH demarche"));
}

#[test]
fn help_and_version_are_printed() {
    for arguments in [&["--help"][..], &["read", "--help"], &["timeline", "--help"], &["eval", "--help"]] {
        let run = run(arguments).ends_with(0);
        assert!(run.stdout.contains("Usage:"), "{arguments:?}");
    }
    assert!(run(&["--version"]).ends_with(0).stdout.contains(env!("CARGO_PKG_VERSION")));
}

// ---- exit codes ----

#[test]
fn a_wrong_command_line_ends_with_2() {
    for arguments in [
        &["read"][..],
        &["reed", "samples"],
        &["read", "--format", "song", "samples"],
        &["read", "--published", "yesterday", "samples"],
        &["read", "--jobs", "0", "samples"],
        &["timeline", "--pair", "KOR", "--quiet"],
    ] {
        let run = run(arguments).ends_with(2);
        assert!(run.stdout.is_empty() && !run.stderr.is_empty(), "{arguments:?}");
    }
    assert!(run(&["read", "--published", "yesterday", "samples"]).stderr.contains("YYYY-MM-DD"));
}

#[test]
fn nothing_readable_ends_with_1() {
    for arguments in [&["read", "no/such/file.txt"][..], &["timeline", "no/such/file.txt"], &["read", "no/such/*.txt"]] {
        let run = run(arguments).ends_with(1);
        assert!(run.stdout.is_empty(), "{arguments:?}");
        assert!(run.stderr.contains("no/such/") && run.stderr.contains("nothing could be read"), "{}", run.stderr);
    }
    assert_eq!(run_with(&["read", "-"], b"").code, 1, "empty standard input");
}

#[test]
fn what_is_left_out_is_named_and_ends_with_3() {
    let files = folder("left_out");
    std::fs::write(files.join("a-good.txt"), STORY).expect("a file can be written");
    std::fs::write(files.join("b-binary.txt"), [0x7f, b'E', b'L', b'F', 0, 1, 2, 0, 0, 3]).expect("a file can be written");
    std::fs::write(files.join("c-empty.txt"), "").expect("a file can be written");
    std::fs::write(files.join("d-lines.jsonl"), format!("{{\"text\": {STORY:?}}}\nnot json\n{{\"no text\": 1}}\n"))
        .expect("a file can be written");
    std::fs::write(files.join(".hidden.txt"), STORY).expect("a file can be written");
    let run = run(&["read", "--format", "jsonl", text(&files), "missing.txt"]).ends_with(3);
    let sources: Vec<String> =
        run.jsonl().iter().filter_map(|r| Some(r["document"]["source"].as_str()?.rsplit('/').next()?.to_owned())).collect();
    assert_eq!(sources, ["a-good.txt", "d-lines.jsonl#1"]);
    for named in ["b-binary.txt", "c-empty.txt", "d-lines.jsonl:2", "d-lines.jsonl:3", "missing.txt", "5 of 7 left out"] {
        assert!(run.stderr.contains(named), "{named} is not named in: {}", run.stderr);
    }
    assert!(!run.stderr.contains("hidden"));
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_walked_is_named_and_ends_with_3() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let files = folder("unreadable");
    std::fs::write(files.join("good.txt"), STORY).expect("a file can be written");
    // A link that leads back is an error for every user, …
    std::fs::create_dir(files.join("loop")).expect("a folder can be made");
    symlink(&files, files.join("loop/back")).expect("a link can be made");
    let looped = run(&["read", "--format", "jsonl", text(&files)]).ends_with(3);
    assert_eq!(looped.jsonl().len(), 1);
    assert!(looped.stderr.contains("back"), "{}", looped.stderr);
    std::fs::remove_file(files.join("loop/back")).expect("the link can be removed");
    // … a locked folder for everyone but root.
    let locked = files.join("locked");
    std::fs::create_dir(&locked).expect("a folder can be made");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).expect("permissions can be set");
    let is_root = std::fs::read_dir(&locked).is_ok();
    let result = run(&["read", "--format", "jsonl", text(&files)]);
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o755)).expect("permissions can be set");
    if is_root {
        eprintln!("skipped: root may read every folder");
        return;
    }
    let result = result.ends_with(3);
    assert_eq!(result.jsonl().len(), 1);
    assert!(result.stderr.contains("locked"), "{}", result.stderr);
}

#[cfg(unix)]
#[test]
fn a_pipe_that_closes_early_is_no_error() {
    let mut child = demarche()
        .args(["read", "--format", "json", "samples", "samples", "samples"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut first = [0_u8; 16];
    child.stdout.take().expect("standard output is piped").read_exact(&mut first).expect("something is printed");
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

// ---- odd documents ----

#[test]
fn what_is_odd_about_a_document_is_a_doubt() {
    let codes = |input: &[u8]| -> Vec<String> {
        let record = run_with(&["read", "--format", "jsonl", "-"], input).ends_with(0).jsonl().remove(0);
        record["doubts"].as_array().expect("doubts").iter().map(|d| d["code"].as_str().expect("a code").to_owned()).collect()
    };
    let undated = codes(b"President Lee met Prime Minister Ishiba in Tokyo on Tuesday, and they agreed to meet again.");
    assert!(undated.iter().any(|c| c == "undated"), "{undated:?}");
    let korean = "한일 정상회담이 도쿄에서 열렸다. 이재명 대통령과 이시바 총리는 공급망과 과거사 문제를 논의했다.";
    assert!(codes(korean.as_bytes()).iter().any(|c| c == "language"));
    let mut damaged = STORY.as_bytes().to_vec();
    damaged.splice(30..30, [0xff, 0xfe, 0x80]);
    assert!(codes(&damaged).iter().any(|c| c == "encoding"), "invalid UTF-8");
    assert!(codes(b"# Only a title\n").iter().any(|c| c == "empty"));
}

#[test]
fn a_very_long_line_is_read_to_its_end() {
    let sentence = "President Lee met Prime Minister Ishiba in Tokyo. ";
    // The judge is asked sentence by sentence: a hundredth of the length shows the same.
    for (reader, size) in [("fast", 5_000_000), ("learned", 50_000)] {
        for part in ["x", "word word, ", sentence] {
            let long = part.repeat(size / part.len());
            let args = ["read", "--reader", reader, "--format", "plover", "--published", "2025-08-23", "-"];
            let run = run_with(&args, long.as_bytes()).ends_with(0);
            assert_eq!(run.stdout.is_empty(), part != sentence);
        }
    }
}

// ---- evidence ----

/// Calls `check` for each evidence object of a record, sentences included.
fn each_evidence(value: &Value, check: &mut impl FnMut(&str, usize, usize)) {
    match value {
        Value::Object(object) => {
            let number = |key: &str| object.get(key).and_then(Value::as_u64).map(|n| n as usize);
            let words = object.get("quote").or_else(|| object.get("text")).and_then(Value::as_str);
            if let (Some(words), Some(start), Some(end)) = (words, number("start"), number("end")) {
                check(words, start, end);
            }
            object.values().for_each(|inner| each_evidence(inner, check));
        }
        Value::Array(items) => items.iter().for_each(|inner| each_evidence(inner, check)),
        _ => {}
    }
}

#[test]
fn every_quote_is_the_slice_that_it_says_it_is() {
    let (mut checked, mut in_the_file) = (0, 0);
    for record in run(&["read", "--format", "jsonl", "samples"]).ends_with(0).jsonl() {
        let source = record["document"]["source"].as_str().expect("a source");
        let path = source.split('#').next().expect("there is a first part");
        let bytes = std::fs::read(common::root().join(path)).expect("a sample can be read");
        let raw = record["document"]["offsets_are_raw"].as_bool().expect("a truth value");
        let canonical = canonical_text(&bytes, path, source);
        each_evidence(&record, &mut |quote, start, end| {
            assert_eq!(canonical.as_bytes().get(start..end), Some(quote.as_bytes()), "{source} {start}..{end}");
            checked += 1;
            if raw {
                assert_eq!(bytes.get(start..end), Some(quote.as_bytes()), "{source} {start}..{end} in the file itself");
                in_the_file += 1;
            }
        });
        assert!(raw || !path.ends_with(".txt"), "{source}: the offsets of a plain UTF-8 file are those of the file");
    }
    assert!(checked > 1000 && in_the_file > 500, "{checked} quotes checked, {in_the_file} in the files themselves");
}

/// The text that a record's offsets refer to.
fn canonical_text(bytes: &[u8], path: &str, source: &str) -> String {
    let options = LoadOptions::default();
    let found = load(bytes, path, &options).flatten().find(|document| document.source == source);
    found.expect("the library loads what the program loaded").text
}

#[test]
fn reading_leaves_files_alone() {
    let files = folder("left_alone");
    let file = files.join("story.txt");
    std::fs::write(&file, STORY).expect("a file can be written");
    run(&["read", text(&files)]).ends_with(0);
    let names: Vec<_> = std::fs::read_dir(&files).expect("the folder is there").filter_map(|entry| Some(entry.ok()?.file_name())).collect();
    assert_eq!(names, ["story.txt"]);
    assert_eq!(std::fs::read_to_string(Path::new(&file)).expect("the file is there"), STORY);
}
