//! The news agency that a story credits, from its dateline ("TOKYO (Kyodo) —") or the line above its text ("By Reuters").

use demarche::document::{BlockKind, Document};

const AGENCIES: &str = include_str!("agencies.tsv");

/// How many bytes of the head and of the tail of a text may hold a credit.
const NEAR: usize = 300;

/// The agency's name as the table has it.
pub(crate) fn agency(document: &Document) -> Option<&'static str> {
    let text = &document.text;
    if let Some(line) = document.meta.dateline
        && let Some(name) = credited(line.of(text))
    {
        return Some(name);
    }
    // A credit stands in a short line of its own at the head or the end; in running text it is a mention like any other.
    let short = |span: &demarche::span::Span| {
        let line = span.of(text);
        let near = (span.start as usize) < NEAR || span.end as usize + NEAR > text.len();
        (near && line.len() <= 60).then_some(line)
    };
    let lines = document.blocks.iter().filter(|block| block.kind != BlockKind::Headline).filter_map(|block| short(&block.span));
    lines.filter(|line| is_credit(line)).find_map(credited)
}

/// "By Reuters", "(Reuters)", "Source: Kyodo", "REUTERS".
fn is_credit(line: &str) -> bool {
    let line = line.trim();
    let lower = line.to_lowercase();
    ["by ", "source: ", "via "].iter().any(|begin| lower.starts_with(begin)) || line.starts_with(['(', '[']) || line.split(' ').count() <= 2
}

/// The agency named in a short line, the first in it.
fn credited(line: &str) -> Option<&'static str> {
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let rows = AGENCIES.lines().filter(|row| !row.starts_with('#') && !row.is_empty()).filter_map(|row| row.split_once('\t'));
    let place = |form: &str| {
        let form: Vec<&str> = form.split(' ').collect();
        words.windows(form.len()).position(|window| window == form)
    };
    rows.filter_map(|(form, name)| Some((place(form)?, name))).min_by_key(|(place, _)| *place).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::credited;

    #[test]
    fn agencies_are_named() {
        for (line, name) in [
            ("TOKYO (Kyodo) —", Some("Kyodo")),
            ("BEIJING, Jan. 13, 2026 (Xinhua) --", Some("Xinhua")),
            ("WASHINGTON (AP) -", Some("Associated Press")),
            ("By Agence France-Presse", Some("AFP")),
            ("SEOUL, Jan. 13 —", None),
            ("By our own correspondent", None),
        ] {
            assert_eq!(credited(line), name, "{line}");
        }
    }
}
