//! `eval posts`: who held which post, against a table of year, state, name and post such as the speakers at the UN General Debate.
//!
//! A row is asked for 24 September of its year. It is *resolved* if somebody whom the facts give a post that the row's title may
//! mean has a name that shares a word of the row's. `resolved` counts rows whose post the coverage table covers on that day.

use std::path::PathBuf;

use demarche::{Reader, kb::Held, mention::Code};
use jiff::civil::Date;

use super::{Report, read_text, score::ratio, table::Table};

pub(super) fn run(reader: &Reader, files: &[PathBuf], errors: bool) -> anyhow::Result<Report> {
    let kb = reader.knowledge();
    let mut report = Report::new();
    let (mut all, mut all_right, mut covered, mut covered_right, mut unknown_title) = (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    let (mut heads, mut heads_right) = (0_usize, 0_usize);
    for file in files {
        let table = Table::parse(&read_text(file)?)?;
        let year = table.column(&["year"])?;
        let state = table.column(&["iso3", "ISO Code", "iso"])?;
        let name = table.column(&["name", "Name of Person Speaking", "speaker"])?;
        let post = table.column(&["post", "title"])?;
        for row in table.rows() {
            let Ok(year) = row.cell(year).parse::<i16>() else { continue };
            let Some(code) = Code::parse(row.cell(state)) else { continue };
            let Ok(date) = Date::new(year, 9, 24) else { continue };
            let title = row.cell(post).to_lowercase();
            if row.cell(name).is_empty() || title.is_empty() {
                continue;
            }
            all += 1;
            let roles = kb.roles_titled(&title);
            if roles.is_empty() {
                unknown_title += 1;
                continue;
            }
            let posts: Vec<_> = roles.iter().flat_map(|&role| kb.posts_for(demarche::kb::Body::State(code), role)).collect();
            let holders: Vec<_> = posts
                .iter()
                .flat_map(|&post| kb.holders(post, date))
                .filter(|(_, held)| *held != Held::No)
                .map(|(tenure, _)| kb.person(tenure.person))
                .collect();
            let right = holders
                .iter()
                .any(|person| share_a_word(&person.name, row.cell(name)) || person.family.iter().any(|f| share_a_word(f, row.cell(name))));
            all_right += usize::from(right);
            let is_covered = posts.iter().any(|&post| kb.covers(post, date));
            if is_covered {
                covered += 1;
                covered_right += usize::from(right);
                if title.contains("president") && !title.contains("vice") || title.contains("prime minister") && !title.contains("deputy") {
                    heads += 1;
                    heads_right += usize::from(right);
                }
            }
            if errors && is_covered && !right {
                let names: Vec<&str> = holders.iter().map(|p| &*p.name).collect();
                report.line(format!("{year} {} {}, {}: found {}", code.as_str(), row.cell(name), title, names.join(", ")));
            }
        }
    }
    report.figure("resolved", ratio(covered_right, covered));
    report.figure("resolved_all", ratio(all_right, all));
    report.figure("resolved_heads", ratio(heads_right, heads));
    report.figure("rows", all);
    report.figure("rows_covered", covered);
    report.figure("rows_of_unknown_title", unknown_title);
    Ok(report)
}

/// Whether two names share a word of three letters or more, accents and case aside.
pub(super) fn share_a_word(a: &str, b: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let folded: String = name.chars().map(fold).collect();
        folded.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 2).map(str::to_owned).collect()
    };
    let (a, b) = (words(a), words(b));
    a.iter().any(|word| b.contains(word))
}

/// Lower case without the common accents.
fn fold(c: char) -> char {
    const FROM: &str = "àáâãäåāăąçćčďđèéêëēěęğìíîïīıķľłñńňòóôõöøōőřśşšșťțùúûüūůűýÿźżž";
    const TO: &str = "aaaaaaaaacccddeeeeeeegiiiiiikllnnnooooooooorssssttuuuuuuuyyzzz";
    let lower = c.to_lowercase().next().unwrap_or(c);
    FROM.chars().position(|f| f == lower).and_then(|i| TO.chars().nth(i)).unwrap_or(lower)
}

#[cfg(test)]
mod tests {
    use super::share_a_word;

    #[test]
    fn names_are_compared_by_their_words() {
        assert!(share_a_word("Luiz Inácio Lula da Silva", "LULA DA SILVA"));
        assert!(share_a_word("Recep Tayyip Erdoğan", "Erdogan"));
        assert!(!share_a_word("Kim Jong Un", "Ri Yong-ho"));
    }
}
