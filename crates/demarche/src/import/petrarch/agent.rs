//! Agent dictionaries.

use std::collections::BTreeMap;

use super::{
    super::{Importer, Reason, cameo, draft::Place, phrase},
    line,
};
use crate::kb::plural;

pub(super) fn read(importer: &mut Importer<'_>, lines: &[(Place, String)]) {
    let mut sets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (at, line) in lines {
        let line = line::without_comment(line).trim();
        if line.is_empty() {
            continue;
        }
        if line.starts_with('!')
            && let Some((name, words)) = line.split_once('=')
        {
            sets.insert(name.trim().to_owned(), words.split(',').map(|word| word.trim().to_owned()).collect());
            continue;
        }
        if let Err(message) = read_agent(importer, at, line, &sets) {
            importer.problem(&at.file, at.line, message);
        }
    }
}

fn read_agent(importer: &mut Importer<'_>, at: &Place, line: &str, sets: &BTreeMap<String, Vec<String>>) -> Result<(), String> {
    let (words, code) = line.split_once('[').ok_or_else(|| format!("`{line}` has no code"))?;
    let code = code.split_once(']').ok_or_else(|| format!("`{line}` has no closing bracket"))?.0.trim();
    let (word, given) = match words.split_once('{') {
        Some((word, rest)) => (word, Some(rest.split_once('}').ok_or_else(|| format!("`{line}` has no closing brace"))?.0)),
        None => (words, None),
    };
    let Some(suffix) = code.strip_prefix('~') else {
        // "[IGO~]" comes before the code of a state; it names no sector.
        importer.leave_out(Reason::UnknownCode, at, line);
        return Ok(());
    };
    let Some(sector) = cameo::sector(suffix) else {
        importer.leave_out(Reason::UnknownCode, at, line);
        return Ok(());
    };
    for (index, word) in expand(word.trim(), sets)?.iter().enumerate() {
        let form = plain(word);
        if form.is_empty() {
            return Err(format!("`{line}` has no word"));
        }
        let plural = match given {
            Some(given) if index == 0 => plain(given),
            Some(_) => String::new(),
            None if form.ends_with("men") => String::new(),
            None => plural(&form),
        };
        if phrase::is_title_or_agent(importer.kb, &form) || phrase::is_place(importer.kb, &form) {
            importer.leave_out(Reason::Known, at, &form);
        } else {
            importer.draft.rows.add("agents.tsv", [&form, &plural, sector.as_str(), &format!("[{code}]"), "petrarch"]);
        }
    }
    Ok(())
}

/// "POLICE!PERSON!" → POLICEMAN, POLICEMEN …
fn expand(word: &str, sets: &BTreeMap<String, Vec<String>>) -> Result<Vec<String>, String> {
    let Some((before, rest)) = word.split_once('!') else {
        return Ok(vec![word.to_owned()]);
    };
    let (name, after) = rest.split_once('!').ok_or_else(|| format!("`{word}` has a single `!`"))?;
    let set = sets.get(&format!("!{name}!")).ok_or_else(|| format!("the set `!{name}!` is not defined before it is used"))?;
    Ok(set.iter().map(|member| format!("{before}{member}{after}")).collect())
}

fn plain(word: &str) -> String {
    word.replace('_', " ").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
