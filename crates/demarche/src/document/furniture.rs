//! Which lines tell nothing of the world: "###", "12:36 P.M. EDT", "ADVERTISEMENT", "By A Reporter".

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::dates::is_time_of_day;

/// Longest line looked at; what is longer is text.
const LONGEST: usize = 300;

/// Whether `line` is furniture wherever it stands.
pub(crate) fn is_furniture(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    if !line.chars().any(char::is_alphanumeric) || is_clock_time(line) || is_address(line) || is_page_mark(line) {
        return true;
    }
    let lower = line.to_lowercase();
    let words = &*WORDS;
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    // A line of several sentences says more than where to click.
    let one_sentence = !lower.contains(". ") || lower.starts_with(['©', '(']) || lower.starts_with("copyright");
    words.whole.contains(bare)
        || one_sentence && words.start.iter().any(|start| lower.starts_with(start) && at_word_end(&lower, start))
        || one_sentence && words.part.iter().any(|part| lower.contains(part))
        || line.starts_with('-') && line.ends_with('-') && bare.len() <= 4
}

/// Whether `line` is the mark of a page: "A/70/PV.16 29/09/2015", "15-29431 15/51".
fn is_page_mark(line: &str) -> bool {
    let count = |wanted: fn(char) -> bool| line.chars().filter(|c| wanted(*c)).count();
    line.len() <= 40 && line.contains('/') && count(char::is_alphabetic) <= 4 && count(char::is_numeric) >= 6
}

/// Whether `line` names its writer: "By Kim Min-su", "By our staff writer in Busan".
pub(crate) fn is_byline(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("By ").or(line.strip_prefix("BY ")) else { return false };
    let words: Vec<&str> = rest.split_whitespace().collect();
    let small = words.iter().filter(|word| word.chars().next().is_some_and(char::is_lowercase)).count();
    (1..=10).contains(&words.len())
        && !rest.ends_with(['.', ':', '?', '!'])
        && (small * 2 <= words.len() || rest.contains("writer") || rest.contains("correspondent"))
}

/// Whether `line` is only a time: "12:36 P.M. EDT", "10:04 AM", "END 12:57 P.M. EDT".
pub(crate) fn is_clock_time(line: &str) -> bool {
    let line = line.strip_prefix("END").map_or(line, str::trim_start);
    let bytes = line.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    (1..=2).contains(&digits)
        && matches!(bytes.get(digits), Some(b':' | b'.'))
        && bytes.get(digits + 1).is_some_and(u8::is_ascii_digit)
        && line.len() <= 32
        && is_time_of_day(line)
}

/// Whether `line` is one address, of the web or of mail.
fn is_address(line: &str) -> bool {
    let line = line.trim_matches(['<', '>', '(', ')', ' ']);
    !line.contains(char::is_whitespace) && (line.starts_with("http://") || line.starts_with("https://") || line.starts_with("www."))
        || line.split_whitespace().count() <= 2 && is_mail_address(line.split_whitespace().last().unwrap_or(""))
}

fn is_mail_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

fn at_word_end(line: &str, start: &str) -> bool {
    let last_is_word = start.ends_with(char::is_alphanumeric);
    !(last_is_word && line[start.len()..].starts_with(char::is_alphanumeric))
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    for line in include_str!("../../data/lexicon/furniture.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        match (columns.next(), columns.next()) {
            (Some("whole"), Some(text)) => {
                words.whole.insert(text.trim_matches(|c: char| !c.is_alphanumeric()));
            }
            (Some("start"), Some(text)) => words.start.push(text),
            (Some("part"), Some(text)) => words.part.push(text),
            _ => {}
        }
    }
    words
});

#[derive(Default)]
struct Words {
    whole: FxHashSet<&'static str>,
    start: Vec<&'static str>,
    part: Vec<&'static str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_known_and_news_is_not() {
        for line in [
            "###",
            "\u{2022} \u{2022} \u{2022}",
            "# # #",
            "(END)",
            "-30-",
            "End text.",
            "Via Teleconference",
            "12:36 P.M. EDT",
            "10:04 AM",
            "END 1:05 P.M. EST",
            "ADVERTISEMENT",
            "Read more: Lee in Tokyo",
            "Copyright 2026 Strait Wire",
            "(c) Agency",
            "Follow us on X",
            "news@example.org",
            "Mail: desk@example.org",
            "https://example.org/a?b",
            "Oval Office",
            "A/70/PV.16 29/09/2015",
        ] {
            assert!(is_furniture(line), "{line}");
        }
        for line in [
            "More than 30 ministers met",
            "Endorsed by all",
            "Ministers",
            "Sharing the burden",
            "Lee: no deal",
            "5.5 percent",
            "3:00 is too late, says Lee",
            "Lee writes to Ishiba@home",
            "Moreover",
        ] {
            assert!(!is_furniture(line), "{line}");
        }
        assert!(is_byline("By Kim Min-su") && is_byline("By our staff writer in Busan"));
        assert!(!is_byline("By agreeing to resume visits the two leaders opened a door"));
    }
}
