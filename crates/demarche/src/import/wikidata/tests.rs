use super::super::{Import, Importer, Reason};
use crate::{kb::KnowledgeBase, vocabulary::Vocabulary};

pub(in super::super) fn rows(import: &Import) -> String {
    let mut text = String::new();
    for table in import.tables.filled() {
        for row in table.rows() {
            text += &format!("{} {}\n", table.name.trim_end_matches(".tsv"), row.join("|"));
        }
    }
    for problem in &import.problems {
        text += &format!("! {problem}\n");
    }
    for (reason, left) in &import.left_out {
        text += &format!("- {} {:?} {}\n", left.count, reason, left.first);
    }
    text
}

fn check(files: &[&str], expected: &str) {
    let kb = KnowledgeBase::embedded(&mut Vocabulary::new("")).unwrap();
    let mut importer = Importer::new(&kb);
    for (index, file) in files.iter().enumerate() {
        importer.wikidata(&format!("{}.json", index + 1), file.as_bytes()).unwrap();
    }
    assert_eq!(rows(&importer.finish()), expected);
}

fn snak(value: &str) -> String {
    match value {
        "somevalue" | "novalue" => format!(r#"{{"snaktype":"{value}"}}"#),
        item if item.starts_with('Q') => {
            format!(r#"{{"snaktype":"value","datavalue":{{"type":"wikibase-entityid","value":{{"id":"{item}"}}}}}}"#)
        }
        iso if iso.len() == 3 => format!(r#"{{"snaktype":"value","datavalue":{{"type":"string","value":"{iso}"}}}}"#),
        time => {
            let (time, precision) = time.split_once('/').unwrap();
            format!(r#"{{"snaktype":"value","datavalue":{{"type":"time","value":{{"time":"{time}","precision":{precision}}}}}}}"#)
        }
    }
}

/// "P39 Q1 P580=+2001-01-01T00:00:00Z/11 deprecated"
fn entity(id: &str, labels: &[(&str, &str)], aliases: &[&str], statements: &[&str]) -> String {
    let labels: Vec<String> =
        labels.iter().map(|(language, value)| format!(r#""{language}":{{"language":"{language}","value":"{value}"}}"#)).collect();
    let aliases: Vec<String> = aliases.iter().map(|value| format!(r#"{{"language":"en","value":"{value}"}}"#)).collect();
    let mut claims = std::collections::BTreeMap::<&str, Vec<String>>::new();
    for statement in statements {
        let mut parts = statement.split(' ');
        let (property, value) = (parts.next().unwrap(), parts.next().unwrap());
        let (mut rank, mut qualifiers) = ("normal", Vec::new());
        for part in parts {
            match part.split_once('=') {
                Some((property, value)) => qualifiers.push(format!(r#""{property}":[{}]"#, snak(value))),
                None => rank = part,
            }
        }
        let text = format!(r#"{{"mainsnak":{},"rank":"{rank}","qualifiers":{{{}}}}}"#, snak(value), qualifiers.join(","));
        claims.entry(property).or_default().push(text);
    }
    let claims: Vec<String> = claims.iter().map(|(property, list)| format!(r#""{property}":[{}]"#, list.join(","))).collect();
    format!(
        r#"{{"type":"item","id":"{id}","labels":{{{}}},"aliases":{{"en":[{}]}},"claims":{{{}}}}}"#,
        labels.join(","),
        aliases.join(","),
        claims.join(",")
    )
}

fn minister() -> String {
    entity(
        "Q900001",
        &[("en", "Ana Testova"), ("ko", "아나 테스토바"), ("zh", "Ana")],
        &["Ana Maria Testova", "President Testova", "Annie"],
        &[
            "P31 Q5",
            "P21 Q6581072",
            "P569 +1960-05-00T00:00:00Z/10",
            "P39 Q900002 P580=+2014-00-00T00:00:00Z/9 P582=+2016-03-01T00:00:00Z/11",
            "P39 Q900002 P580=+2018-05-04T00:00:00Z/11 P582=novalue preferred",
            "P39 Q900002 P580=+2010-05-04T00:00:00Z/11 deprecated",
            "P39 somevalue",
            "P39 Q900003 P580=-0044-03-15T00:00:00Z/11",
            "P39 Q900004 P580=+2001-01-01T00:00:00Z/11",
            "P39 Q900005 P580=+2009-01-01T00:00:00Z/11 P582=+2008-01-01T00:00:00Z/11",
            "P39 Q900005 P580=+2007-01-01T00:00:00Z/11 P582=somevalue P5102=Q4676846",
        ],
    )
}

const ROWS: &str = "\
persons ana-testova|Ana Testova|Testova|Ana Maria Testova|아나 테스토바|f|Q900001|wikidata
posts EST.governor_of_saaremaa|EST|governor|Governor of Saaremaa|Governor of Saaremaa|||wikidata
tenures EST.foreign_minister|ana-testova|2014|2016-03-01|regular|stated|wikidata|
tenures EST.foreign_minister|ana-testova|2018-05-04||regular||wikidata|
tenures EST.governor_of_saaremaa|ana-testova|2007-01-01||acting|unknown|wikidata|
- 1 UnnamedPosition FILE:LINE: Ana Testova: Q900004
- 1 UnknownValue FILE:LINE: Ana Testova
- 2 BadDates FILE:LINE: Q900001
";

fn positions() -> Vec<String> {
    vec![
        entity("Q900002", &[("en", "Minister of Foreign Affairs of Estonia")], &[], &["P31 Q294414"]),
        entity("Q900005", &[("en", "Governor of Saaremaa")], &[], &["P279 Q294414", "P17 Q191"]),
    ]
}

#[test]
fn a_human_becomes_a_person_with_tenures() {
    let reply = format!(r#"{{"entities":{{"Q900001":{},"Q900002":{},"Q900005":{}}}}}"#, minister(), positions()[0], positions()[1]);
    check(&[&reply], &ROWS.replace("FILE:LINE", "1.json:1"));
}

#[test]
fn positions_may_be_told_in_another_file() {
    let positions = positions();
    check(&[&minister(), &positions[0], &positions[1]], &ROWS.replace("FILE:LINE", "1.json:1"));
}

#[test]
fn broken_lines_of_a_dump_are_told_and_the_others_kept() {
    let positions = positions();
    let nobody = entity("Q900009", &[("en", "Nobody Special")], &[], &["P31 Q5"]);
    let dump = format!(
        "[\n{},\n{{\"type\":\"item\",\"id\":\"Q7\",\n{},\n{},\n{nobody},\n\n{{}},\n\"word\",\n{{\"id\":\"Q8\"",
        minister(),
        positions[0],
        positions[1]
    );
    let kb = KnowledgeBase::embedded(&mut Vocabulary::new("")).unwrap();
    let mut importer = Importer::new(&kb);
    importer.wikidata("d.json", dump.as_bytes()).unwrap();
    let found = importer.finish();
    let problems: Vec<String> = found.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems.iter().map(|text| text.split(": ").next().unwrap()).collect::<Vec<_>>(),
        ["d.json:3", "d.json:8", "d.json:9", "d.json:10"]
    );
    assert_eq!(found.left_out[&Reason::NoPosition].count, 1);
    assert!(rows(&found).starts_with(ROWS.split("- ").next().unwrap()), "{}", rows(&found));
}

#[test]
fn a_first_line_that_is_broken_spoils_no_other() {
    let positions = positions();
    let lines = format!("{{\"type\":\"item\",\"id\":\n{}\n{}\n{}\n", minister(), positions[0], positions[1]);
    let kb = KnowledgeBase::embedded(&mut Vocabulary::new("")).unwrap();
    let mut importer = Importer::new(&kb);
    importer.wikidata("d.json", lines.as_bytes()).unwrap();
    let found = importer.finish();
    assert_eq!((found.problems.len(), found.problems[0].line), (1, 1));
    assert_eq!(found.tables.get("tenures.tsv").unwrap().len(), 3);
}

#[test]
fn states_tell_their_heads() {
    let state = entity(
        "Q191",
        &[("en", "Estonia")],
        &[],
        &[
            "P298 EST",
            "P6 Q900001 P580=+2030-01-02T00:00:00Z/11",
            "P6 Q900008 P580=+2031-01-02T00:00:00Z/11",
            "P35 novalue",
            "P35 Q900001 P580=+2032-01-02T00:00:00Z/11 P582=+2033-00-00T00:00:00Z/9",
        ],
    );
    let town = entity("Q900010", &[("en", "Testville")], &[], &["P6 Q900001"]);
    let human = entity("Q900001", &[("en", "Ana Testova")], &[], &["P31 Q5"]);
    check(
        &[&state, &town, &human],
        "\
persons ana-testova|Ana Testova|Testova||||Q900001|wikidata
tenures EST.president|ana-testova|2032-01-02|2033|regular|stated|wikidata|
tenures EST.prime_minister|ana-testova|2030-01-02||regular|unknown|wikidata|
- 1 UnnamedPerson 1.json:1: Q900008
- 1 NotAState 2.json:1: Testville
- 1 UnknownValue 1.json:1: Estonia
",
    );
}

#[test]
fn what_the_facts_know_keeps_its_key_and_gives_no_row() {
    let human = entity("Q12612463", &[("en", "Lee Jae-myung")], &[], &["P31 Q5", "P39 Q6296418 P580=+2025-06-04T00:00:00Z/11"]);
    check(&[&human], "- 2 Known 1.json:1: KOR.president, lee-jae-myung\n");
    let other = human.replace("2025-06-04", "2025-06-09");
    let expected = "- 1 Known 1.json:1: Lee Jae-myung\n- 1 Differs 1.json:1: KOR.president, lee-jae-myung: 2025-06-09 to ; the facts: 2025-06-04 to \n";
    check(&[&other], expected);
}

#[test]
fn what_is_no_entity_is_said() {
    let simplified = r#"{"id":"Q900001","type":"item","labels":{"en":"Ana"},"claims":{"P31":["Q5"]}}"#;
    let clear = "! 1.json:1: Q900001 is in simplified form, without qualifiers: get the full JSON of Special:EntityData or wbgetentities\n";
    check(&[simplified], clear);
    check(&[""], "! 1.json:1: the file is empty\n");
    check(&[r#"{"entities":{"Q900001":{"id":"Q900001","missing":""}}}"#], "! 1.json:1: Q900001 does not exist\n");
    check(&[r#"{"error":{"code":"x","info":"No such thing"}}"#], "! 1.json:1: no Wikidata entity in it (the reply says: No such thing)\n");
    let kb = KnowledgeBase::embedded(&mut Vocabulary::new("")).unwrap();
    let mut importer = Importer::new(&kb);
    importer.wikidata("t.json", &b"{\n \"entities\": {\n  \"Q1\": {\n"[..]).unwrap();
    let found = importer.finish();
    assert_eq!((found.problems.len(), found.problems[0].line), (1, 4));
}

#[test]
fn no_shape_of_json_makes_it_fail() {
    let whole = minister();
    let kb = KnowledgeBase::embedded(&mut Vocabulary::new("")).unwrap();
    let mut importer = Importer::new(&kb);
    for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)).step_by(7) {
        importer.wikidata("cut", &whole.as_bytes()[..end]).unwrap();
    }
    for (from, to) in
        [("\"value\"", "\"velue\""), ("{", "["), ("\"id\"", "\"id\":1,\"x\""), ("[", "{"), (":{", ":null,\"a\":{"), ("\"Q5\"", "5")]
    {
        importer.wikidata("odd", whole.replace(from, to).as_bytes()).unwrap();
    }
    importer.wikidata("bytes", &b"{\"id\":\"Q1\",\"labels\":{\"en\":{\"value\":\"\xff\xfe\"}}}"[..]).unwrap();
    importer.finish();
}
