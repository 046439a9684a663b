//! The embedded facts, and a user's own laid over them.

use std::sync::LazyLock;

use demarche::{
    kb::{Body, Held, KnowledgeBase},
    mention::Code,
    vocabulary::Vocabulary,
};
use jiff::civil::Date;

static KB: LazyLock<KnowledgeBase> = LazyLock::new(embedded);

fn embedded() -> KnowledgeBase {
    let mut vocabulary = Vocabulary::new(include_str!("../data/lexicon/irregular.tsv"));
    KnowledgeBase::embedded(&mut vocabulary).unwrap_or_else(|e| panic!("{e}"))
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn state(code: &str) -> Body {
    Body::State(Code::parse(code).expect("a code"))
}

/// Checks who holds a post on a day, by the keys of the tables.
#[track_caller]
fn check_holders(post: &str, day: &str, expected: &[&str]) {
    let id = KB.post_by_key(post).expect("a post of the tables");
    let found: Vec<&str> = KB.holders(id, date(day)).filter(|(_, h)| *h == Held::Yes).map(|(t, _)| &*KB.person(t.person).key).collect();
    assert_eq!(found, expected, "{post} on {day}");
}

#[test]
fn a_day_of_change_has_both_holders() {
    check_holders("KOR.president", "2024-01-01", &["yoon-suk-yeol"]);
    check_holders("KOR.president", "2026-01-13", &["lee-jae-myung"]);
    check_holders("JPN.prime_minister", "2024-09-30", &["fumio-kishida"]);
    check_holders("JPN.prime_minister", "2026-01-13", &["sanae-takaichi"]);
}

#[test]
fn names_are_found_in_either_order_and_spelling() {
    for name in ["Lee Jae-myung", "Lee Jae Myung", "Jae-myung Lee", "LEE Jae-myung", "Lee Jaemyung"] {
        let found: Vec<&str> = KB.persons_named(name).into_iter().map(|id| &*KB.person(id).key).collect();
        assert_eq!(found, ["lee-jae-myung"], "{name}");
    }
    for name in ["Recep Tayyip Erdogan", "Recep Tayyip Erdoğan", "Recep T. Tayyip Erdogan"] {
        assert_eq!(KB.persons_named(name).len(), 1, "{name}");
    }
    let takaichi = KB.person_by_key("sanae-takaichi").expect("a person of the tables");
    assert_eq!(KB.persons_with_family("Takaichi"), [takaichi]);
    assert!(KB.persons_with_family("Kim").len() > 5);
}

#[test]
fn a_title_means_the_post_of_its_state() {
    let holder = |code: &str, role: &str, day: &str| {
        let role = KB.role(role).expect("a role of the tables");
        KB.holder_of(state(code), role, date(day)).map_or("nobody", |id| &*KB.person(id).key)
    };
    assert_eq!(holder("USA", "secretary", "2022-06-01"), "nobody", "several secretaries");
    assert_eq!(holder("USA", "foreign_minister", "2022-06-01"), "antony-blinken");
    assert_eq!(holder("JPN", "leader", "2022-06-01"), "fumio-kishida");
    assert_eq!(holder("RUS", "leader", "2022-06-01"), "vladimir-putin");
    assert_eq!(holder("DEU", "leader", "2022-06-01"), "olaf-scholz");
    assert_eq!(holder("SAU", "monarch", "2022-06-01").split('-').next(), Some("salman"));
}

#[test]
fn states_have_many_names() {
    for (name, code) in
        [("Republic of Korea", "KOR"), ("대한민국", "KOR"), ("日本", "JPN"), ("u.s.", "USA"), ("Seoul", "KOR"), ("Türkiye", "TUR")]
    {
        assert_eq!(KB.state_by_name(name).map(|s| s.iso3.as_str().to_owned()).as_deref(), Some(code), "{name}");
    }
    assert!(KB.state_by_name("Atlantis").is_none());
}

#[test]
fn coverage_tells_whether_silence_means_something() {
    let post = KB.post_by_key("KOR.president").expect("a post of the tables");
    assert!(KB.covers(post, date("2024-01-01")));
    assert!(!KB.covers(post, date("1900-01-01")));
    assert!(!KB.coverage(post).is_empty());
}

#[test]
fn a_career_is_told_in_order() {
    let kishida = KB.person_by_key("fumio-kishida").expect("a person of the tables");
    let posts: Vec<&str> = KB.career(kishida).map(|t| &*KB.post(t.post).key).collect();
    let first = posts.iter().position(|p| *p == "JPN.foreign_minister").expect("he was foreign minister");
    let then = posts.iter().position(|p| *p == "JPN.prime_minister").expect("he was prime minister");
    assert!(first < then, "{posts:?}");
    let tenure = KB.allegiance(kishida, Some(date("2023-01-01"))).expect("he held a post");
    assert_eq!(&*KB.post(tenure.post).key, "JPN.prime_minister");
}

#[test]
fn a_users_tables_are_laid_over() {
    let folder = std::env::temp_dir().join(format!("demarche-kb-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("a temporary file");
    write("persons.tsv", "id\tname\tfamily\naya-mori\tAya Mori\tMori\n");
    write("tenures.tsv", "post\tperson\tstart\tend\nJPN.prime_minister\taya-mori\t2030-05\t\n");
    let mut vocabulary = Vocabulary::new("");
    let mut kb = embedded();
    kb.extend_from_folder(&folder, &mut vocabulary).unwrap_or_else(|e| panic!("{e}"));
    let mori = kb.persons_named("Mori Aya");
    assert_eq!(mori.len(), 1);
    let held: Vec<Held> = ["2030-04-30", "2030-05-10", "2030-06-01"]
        .into_iter()
        .map(|day| kb.held_by(mori[0], date(day)).map(|(_, held)| held).next().unwrap_or(Held::No))
        .collect();
    assert_eq!(held, [Held::No, Held::Perhaps, Held::Yes]);

    write("tenures.tsv", "post\tperson\tstart\tend\nJPN.prime_minister\tnobody\t2030-05\t\n");
    let error = kb.extend_from_folder(&folder, &mut vocabulary).expect_err("the person is unknown").to_string();
    assert!(error.ends_with("tenures.tsv:2: nobody is not in persons.tsv"), "{error}");
    std::fs::remove_dir_all(&folder).expect("the temporary folder goes");
}
