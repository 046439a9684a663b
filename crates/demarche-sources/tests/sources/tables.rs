//! Foreign events.

use std::io::Cursor;

use demarche_sources::{Kind, Limits, gdelt};

use crate::common::{items_of, zip};

/// A row of 61 columns with these cells, numbered from 1.
fn row(cells: &[(usize, &str)]) -> String {
    let mut row = vec![""; 61];
    let usual =
        [(1, "1001"), (2, "20260113"), (6, "KORGOV"), (7, "SEOUL"), (8, "KOR"), (13, "GOV"), (16, "JPN"), (17, "TOKYO"), (18, "JPN")];
    let more = [(26, "1"), (27, "042"), (28, "042"), (29, "04"), (30, "1"), (31, "1.9"), (32, "4"), (33, "2"), (34, "4"), (35, "-1.5")];
    let place = [(52, "4"), (53, "Nara, Nara, Japan"), (54, "JA"), (55, "JA28"), (57, "34.68"), (58, "135.8"), (60, "20260113091500")];
    for (at, cell) in usual.iter().chain(&more).chain(&place).chain(cells) {
        row[at - 1] = cell;
    }
    row.join("\t")
}

fn events(text: &str) -> Vec<Result<gdelt::ForeignEvent, demarche_sources::SourceError>> {
    gdelt::events(Box::new(Cursor::new(text.as_bytes().to_vec())), "e.csv", &Limits::default()).unwrap().collect()
}

#[test]
fn events_are_read_and_mapped() {
    let table = format!("{}\n{}\n", row(&[(61, "https://a.example/1")]), row(&[(27, "190"), (29, "19"), (31, "99"), (57, "95")]));
    let found = events(&table);
    let first = found[0].as_ref().unwrap();
    assert_eq!((first.id, first.day.to_string().as_str(), first.line), (1001, "2026-01-13", 1));
    assert_eq!((first.plover_type, first.plover_mode), (Some("CONSULT"), Some("visit")));
    assert_eq!(first.actor.as_ref().unwrap().roles, ["GOV"]);
    assert_eq!(first.place.as_ref().unwrap().country_fips.as_deref(), Some("JA"));
    assert_eq!(first.added_at.unwrap().to_string(), "2026-01-13T09:15:00Z");
    assert!(first.doubts.is_empty(), "{:?}", first.doubts);
    let second = found[1].as_ref().unwrap();
    assert_eq!((second.goldstein, second.place.as_ref().unwrap().latitude, second.doubts.len()), (None, None, 2));
    assert_eq!(second.row, table.lines().nth(1).unwrap());
    let packed = zip("20260113091500.export.CSV", table.as_bytes());
    assert_eq!(items_of(&packed, "20260113091500.export.CSV.zip").kind(), Some(Kind::GdeltEvents));
    assert!(items_of(&packed, "x.zip").next().unwrap().is_err_and(|error| error.is_events()));
    assert_eq!(gdelt::events(Box::new(Cursor::new(packed)), "x.zip", &Limits::default()).unwrap().flatten().count(), 2);
}

#[test]
fn bad_rows_cost_only_themselves() {
    let table =
        [row(&[(1, "12a")]), row(&[(2, "20260230")]), row(&[(27, "4")]), "1\t2\t3".to_owned(), row(&[(27, "21")]), row(&[(1, "7")])]
            .join("\n");
    let shown: Vec<String> = events(&format!("{}\n{table}", row(&[])))
        .iter()
        .map(|event| event.as_ref().map_or_else(ToString::to_string, |event| event.id.to_string()))
        .collect();
    assert_eq!(
        shown,
        [
            "1001",
            "e.csv: line 2: GLOBALEVENTID is “12a”: no number",
            "e.csv: line 3: SQLDATE is “20260230”: no day of the form YYYYMMDD",
            "e.csv: line 4: EventCode is “4”: no CAMEO code of two to four digits",
            "e.csv: line 5: has 3 columns where 61 are expected",
            "e.csv: line 6: EventCode is “21”: no CAMEO code of two to four digits",
            "7",
        ]
    );
    let error = gdelt::events(Box::new(Cursor::new(b"a\tb\n".to_vec())), "e.csv", &Limits::default()).err().unwrap();
    assert!(error.is_malformed() && error.message() == "has 2 columns where 61 or 58 or 57 are expected", "{error}");
}

#[test]
fn mentions_are_read_with_and_without_a_header() {
    let plain = "7\t20260113091500\t20260113093000\t1\ta.example\thttps://a.example/1\t3\t-1\t20\t30\t1\t80\t900\t-2.5\t\t\n";
    let header = "confidence,globaleventid,eventtimedate,mentiontimedate,mentiontype,mentionsourcename,mentionidentifier,sentenceid,actor1charoffset,\
        actor2charoffset,actioncharoffset,inrawtext,mentiondoclen,mentiondoctone,mentiondoctranslationinfo,extras\n\
        80,7,20260113091500,20260113093000,1,a.example,\"https://a.example/1\",3,-1,20,30,1,900,-2.5,,\n";
    let read = |text: &str| {
        let mut mentions = gdelt::mentions(Box::new(Cursor::new(text.as_bytes().to_vec())), "m.csv", &Limits::default()).unwrap();
        mentions.next().unwrap().unwrap()
    };
    let (one, two) = (read(plain), read(header));
    assert_eq!(
        (one.event, one.offsets, one.confidence, &one.article),
        (7, [None, Some(20), Some(30)], Some(80), &"https://a.example/1".to_owned())
    );
    assert_eq!((one.event, one.offsets, one.confidence, one.article), (two.event, two.offsets, two.confidence, two.article));
}
