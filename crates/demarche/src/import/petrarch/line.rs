//! What stands on one line of a dictionary.

use super::super::date::{self, Said};
use crate::kb::Day;

/// A code, for all time or for some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Coded {
    pub(super) code: String,
    pub(super) when: Option<(Option<Day>, Option<Day>)>,
}

/// A line without what `#` or `;` begins, and without the blanks at its end.
pub(super) fn without_comment(line: &str) -> &str {
    line.split(['#', ';']).next().unwrap_or_default().trim_end()
}

/// Splits "NAME_ [CODE 900101-950101] [CODE]" into the name and its codes; what cannot be read is said.
pub(super) fn split(line: &str) -> (&str, Vec<Coded>, Vec<String>) {
    let (name, mut rest) = line.find('[').map_or((line, ""), |position| line.split_at(position));
    let (mut codes, mut errors) = (Vec::new(), Vec::new());
    while let Some(open) = rest.find('[') {
        let inner = &rest[open + 1..];
        let Some(close) = inner.find(']') else {
            errors.push(format!("`{}` has no closing bracket", rest.trim()));
            break;
        };
        match coded(&inner[..close]) {
            Ok(Some(code)) => codes.push(code),
            Ok(None) => {}
            Err(message) => errors.push(message),
        }
        rest = &inner[close + 1..];
    }
    (name.trim(), codes, errors)
}

/// "AFGGOV", "AFGGOV 920628-960927", "AFGGOV >011222", "AFGELI <011222"; "---" is no code.
fn coded(text: &str) -> Result<Option<Coded>, String> {
    let mut parts = text.split_whitespace();
    let code = parts.next().unwrap_or_default();
    if code.is_empty() || code.chars().all(|c| c == '-') {
        return Ok(None);
    }
    let dates: String = parts.collect();
    let day = |text: &str| match date::petrarch(text) {
        Said::Day(day) => Ok(Some(day)),
        _ => Err(format!("`{text}` in `[{text_of}]` is no date", text_of = code_with(code, &dates))),
    };
    let when = if dates.is_empty() {
        None
    } else if let Some(before) = dates.strip_prefix('<') {
        Some((None, day(before)?))
    } else if let Some(after) = dates.strip_prefix('>') {
        Some((day(after)?, None))
    } else if let Some((from, to)) = dates.split_once('-') {
        Some((day(from)?, day(to)?))
    } else {
        return Err(format!("`{dates}` in `[{}]` is no range of dates", code_with(code, &dates)));
    };
    Ok(Some(Coded { code: code.to_owned(), when }))
}

fn code_with(code: &str, dates: &str) -> String {
    format!("{code} {dates}")
}

/// "KIM_JONG_IL_" → "Kim Jong Il", with what stands in brackets apart: "NAME_(ABC)_" → "Name" and "ABC".
pub(super) fn names(phrase: &str) -> (String, Option<String>) {
    // "NAME_<tab>_COUNTRY_": what follows is a remark.
    let text = phrase.split('\t').next().unwrap_or(phrase).replace('_', " ");
    let (outside, inside) = match text.split_once('(') {
        Some((before, rest)) => {
            let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
            (format!("{before} {after}"), Some(inside.trim().to_owned()))
        }
        None => (text, None),
    };
    (cased(&outside), inside.filter(|inside| inside.len() > 1 && !inside.contains(' ')))
}

/// Words that stay small inside a name.
const SMALL: &[&str] =
    &["of", "the", "and", "for", "in", "to", "on", "at", "de", "del", "la", "da", "do", "dos", "bin", "ibn", "von", "van", "der", "du"];

/// Capitals → the way that texts write. What is in mixed case already stays.
pub(super) fn cased(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if text.chars().any(char::is_lowercase) {
        return words.join(" ");
    }
    let alone = words.len() == 1;
    let cased = words.iter().enumerate().map(|(index, word)| {
        let lower = word.to_lowercase();
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if alone && letters <= 5 || word.contains('.') || word.chars().any(|c| c.is_ascii_digit()) {
            (*word).to_owned()
        } else if index > 0 && SMALL.contains(&lower.as_str()) {
            lower
        } else {
            capital(&lower)
        }
    });
    cased.collect::<Vec<_>>().join(" ")
}

/// Capitals at the head and after an apostrophe; after a hyphen as names in news have it: "Ban Ki-moon", "al-Assad".
fn capital(lower: &str) -> String {
    if let Some(rest) = ["al-", "el-", "ul-"].iter().find_map(|article| lower.strip_prefix(article)) {
        return format!("{}{}", &lower[..3], capital(rest));
    }
    let mut out = String::with_capacity(lower.len());
    let mut up = true;
    for (index, c) in lower.char_indices() {
        if up && c.is_alphabetic() {
            out.extend(c.to_uppercase());
            up = false;
        } else {
            out.push(c);
        }
        up |= matches!(c, '\'' | '’') && index <= 2;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_in_texts() {
        for (phrase, expected) in [
            ("BAN_KI-MOON", "Ban Ki-moon"),
            ("KURDISTAN_WORKERS'_PARTY", "Kurdistan Workers' Party"),
            ("ARMY_OF_GOD_", "Army of God"),
            ("MIGUEL_D'ESCOTO_", "Miguel D'Escoto"),
            ("BASHAR AL-ASSAD_", "Bashar al-Assad"),
            ("FARC", "FARC"),
            ("17_NOVEMBER", "17 November"),
            ("UN_Secy_Gen", "UN Secy Gen"),
            ("", ""),
        ] {
            assert_eq!(names(phrase).0, expected, "{phrase}");
        }
        assert_eq!(names("NEW_PEOPLE_ARMY_(NPA)_"), ("New People Army".into(), Some("NPA".into())));
        assert_eq!(names("WIDE_OPEN_(NPA"), ("Wide Open".into(), Some("NPA".into())));
    }
}
