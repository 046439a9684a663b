use super::super::{Importer, wikidata::rows_of};
use super::Mapping;
use crate::{kb::KnowledgeBase, vocabulary::Vocabulary};

fn check(text: &str, mapping: &str, expected: &str) {
    let kb = KnowledgeBase::embedded(&mut Vocabulary::new("")).unwrap();
    let mut importer = Importer::new(&kb);
    importer.sparql("r.json", text.as_bytes(), &mapping.parse::<Mapping>().unwrap());
    assert_eq!(rows_of(&importer.finish()), expected);
}

const RESULTS: &str = r#"{"head":{"vars":["person","personLabel","position","positionLabel","countryLabel","start","end","gender"]},"results":{"bindings":[
 {"person":{"type":"uri","value":"http://www.wikidata.org/entity/Q900001"},"personLabel":{"type":"literal","xml:lang":"en","value":"Ana Testova"},
  "position":{"type":"uri","value":"http://www.wikidata.org/entity/Q900002"},"positionLabel":{"type":"literal","value":"Minister of Foreign Affairs"},
  "countryLabel":{"type":"literal","value":"Estonia"},"gender":{"value":"female"},
  "start":{"datatype":"http://www.w3.org/2001/XMLSchema#dateTime","type":"literal","value":"2031-03-04T00:00:00Z"},
  "end":{"type":"literal","value":"2032-01-01T00:00:00Z"}},
 {"person":{"type":"bnode","value":"t1"},"personLabel":{"value":"t1"},"positionLabel":{"value":"Minister of Justice"},"countryLabel":{"value":"Estonia"}},
 {"personLabel":{"value":"Ben Testov"},"positionLabel":{"value":"President of Estonia"},"start":{"type":"bnode","value":"t2"}},
 {"personLabel":{"value":"Ben Testov"},"positionLabel":{"value":"President of Estonia"},"start":{"value":"soon"}},
 {"personLabel":{"value":"Ben Testov"},"positionLabel":{"value":"Shop Manager"}},
 {}
]}}"#;

const ROWS: &str = "\
persons ana-testova|Ana Testova|Testova|||f|Q900001|wikidata
persons ben-testov|Ben Testov|Testov|||||wikidata
persons t1|t1||||||wikidata
posts EST.justice_minister|EST|justice_minister|Minister of Justice|Minister of Justice|||wikidata
tenures EST.foreign_minister|ana-testova|2031-03-04|2032|regular|stated|wikidata|
tenures EST.justice_minister|t1|||regular|unknown|wikidata|
tenures EST.president|ben-testov|||regular|unknown|wikidata|
- 1 NoState r.json:5: Ben Testov: Shop Manager
- 1 BadDates r.json:4: row 4: Ben Testov, soon to 
- 1 EmptyRow r.json:6: row 6
";

#[test]
fn rows_become_persons_and_tenures() {
    check(RESULTS, "", ROWS);
}

#[test]
fn columns_of_any_name_can_be_mapped() {
    let odd = RESULTS.replace("\"personLabel\"", "\"whoLabel\"").replace("\"person\"", "\"who\"").replace("\"start\"", "\"begun\"");
    check(&odd, "person=who, start=?begun", ROWS);
    check(
        &odd,
        "person=whom",
        "! r.json:1: there is no column `whom` for person; columns are who, whoLabel, position, positionLabel, countryLabel, begun, end, gender\n",
    );
}

#[test]
fn the_flat_list_of_the_query_service_is_read_too() {
    let flat = r#"[{"item":"http://www.wikidata.org/entity/Q900001","itemLabel":"Ana Testova","position":"http://www.wikidata.org/entity/Q6296418","start":"2031-03-04T00:00:00Z"}]"#;
    let nested = r#"[{"person":{"value":"Q900001","label":"Ana Testova"},"position":{"value":"Q6296418","label":"President of South Korea"},"start":"2031-03-04"}]"#;
    let expected = "\
persons ana-testova|Ana Testova|Ana||||Q900001|wikidata
tenures KOR.president|ana-testova|2031-03-04||regular|unknown|wikidata|
";
    check(flat, "", expected);
    check(nested, "", expected);
}

#[test]
fn other_lists_make_no_rows() {
    let books = r#"{"head":{"vars":["book","author"]},"results":{"bindings":[{"book":{"value":"http://www.wikidata.org/entity/Q1"}}]}}"#;
    check(
        books,
        "",
        "! r.json:1: no column of a person, and none of a position: columns are book, author. If one is, say so: --map person=COLUMN,position=COLUMN\n",
    );
    check(r#"{"head":{"vars":["person","position"]},"results":{"bindings":[]}}"#, "", "! r.json:1: the results have no rows\n");
    check(r#"{"boolean":true}"#, "", "! r.json:1: neither SPARQL results (`head` and `results`) nor a list of rows\n");
    check("3", "", "! r.json:1: neither SPARQL results (`head` and `results`) nor a list of rows\n");
}

#[test]
fn cut_files_are_told_with_their_line() {
    let kb = KnowledgeBase::embedded(&mut Vocabulary::new("")).unwrap();
    for end in (1..RESULTS.len()).step_by(11) {
        let mut importer = Importer::new(&kb);
        importer.sparql("r.json", &RESULTS.as_bytes()[..end], &Mapping::default());
        let found = importer.finish();
        assert_eq!(found.problems.len(), 1);
        assert!(found.problems[0].message.starts_with("this is no complete JSON"));
    }
}

#[test]
fn mappings_that_are_none_are_told() {
    let error = |text: &str| text.parse::<Mapping>().unwrap_err().to_string();
    assert_eq!(error("person"), "`person` is not FIELD=COLUMN");
    assert!(error("colour=red").starts_with("`colour` is no field; fields are person, name, "));
}
