//! Names of persons: which of them are worth keeping, what the family name is, and the keys that tables use.

use crate::{kb::fold, mention::Code};

/// The key that the tables use for a name: "Lee Jae-myung" → "lee-jae-myung".
pub(super) fn slug(name: &str, joint: char) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in fold::plain(name).chars() {
        match c {
            '.' | '\'' => {}
            c if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
            // Names in other scripts have no plain form: their letters stay.
            c if c.is_alphanumeric() => slug.extend(c.to_lowercase()),
            _ if slug.ends_with(joint) || slug.is_empty() => {}
            _ => slug.push(joint),
        }
    }
    slug.trim_end_matches(joint).to_owned()
}

/// States whose English names put the family first.
const FAMILY_FIRST: &[&[u8; 3]] = &[b"KOR", b"PRK", b"CHN", b"TWN", b"KHM"];

/// Small words that belong to the family name after them.
const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "bin", "ibn", "al", "el", "ben",
    "ter", "ten", "zu", "af", "av", "st.",
];

/// The family name, and its shorter form, as persons.tsv has them: "van der Bellen|Bellen". Empty where nobody can tell.
pub(super) fn family(name: &str, states: &[Code]) -> String {
    let words: Vec<&str> = name.split_whitespace().filter(|word| !is_suffix(word)).collect();
    let [first, .., last] = words.as_slice() else {
        return String::new();
    };
    if !name.is_ascii() && name.chars().all(|c| !c.is_alphabetic() || !fold::plain(&c.to_string()).is_ascii()) {
        return String::new();
    }
    let family_first = states.iter().any(|code| FAMILY_FIRST.contains(&&code.0)) && (last.contains('-') || !first.contains('-'));
    if family_first && (last.contains('-') || words.len() <= 3) {
        return (*first).to_owned();
    }
    let mut begin = words.len() - 1;
    while begin > 1 && PARTICLES.contains(&words[begin - 1].to_lowercase().as_str()) && words[begin - 1].starts_with(char::is_lowercase) {
        begin -= 1;
    }
    let whole = words[begin..].join(" ");
    let bare = ["al-", "el-", "Al-", "El-"].iter().find_map(|article| last.strip_prefix(article)).unwrap_or(last);
    if whole == bare { whole } else { format!("{whole}|{bare}") }
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV")
}

/// Whether another name is worth keeping: at least two words, one of them of the name, letters
/// only, no title: no "Iron Lady", no "President Lee".
pub(super) fn is_useful_alias(alias: &str, name: &str) -> bool {
    let words = alias.split_whitespace().count();
    let clean = alias.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '\'' | '’'));
    let titled = [
        "president",
        "prime",
        "minister",
        "king",
        "queen",
        "emperor",
        "sir",
        "lord",
        "lady",
        "pope",
        "dr",
        "dr.",
        "general",
        "the",
        "h.e.",
    ];
    let parts = |text: &str| -> Vec<String> { fold::plain(text).to_lowercase().split([' ', '-']).map(str::to_owned).collect() };
    let known = parts(name);
    let shares = parts(alias).iter().any(|word| word.len() > 1 && known.contains(word));
    let first = alias.split_whitespace().next().unwrap_or_default().to_lowercase();
    (2..=6).contains(&words)
        && clean
        && alias != name
        && shares
        && fold::plain(alias).is_ascii()
        && alias.starts_with(char::is_uppercase)
        && !titled.contains(&first.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_plain() {
        assert_eq!(slug("Recep Tayyip Erdoğan", '-'), "recep-tayyip-erdogan");
        assert_eq!(slug("  Martin L. O'Neill (b. 1950)", '-'), "martin-l-oneill-b-1950");
        assert_eq!(slug("Army of God", '_'), "army_of_god");
        assert_eq!(slug("김정은", '-'), "김정은");
    }

    #[test]
    fn family_names_follow_the_custom_of_the_state() {
        let code = |text: &str| vec![Code::parse(text).unwrap()];
        for (name, state, expected) in [
            ("Lee Jae-myung", "KOR", "Lee"),
            ("Jae-myung Lee", "KOR", "Lee"),
            ("Xi Jinping", "CHN", "Xi"),
            ("Sanae Takaichi", "JPN", "Takaichi"),
            ("Alexander Van der Bellen", "AUT", "der Bellen|Bellen"),
            ("Ursula von der Leyen", "DEU", "von der Leyen|Leyen"),
            ("Khalid al-Attiyah", "QAT", "al-Attiyah|Attiyah"),
            ("Sauli Niinistö", "FIN", "Niinistö"),
            ("John Smith Jr.", "USA", "Smith"),
            ("Naruhito", "JPN", ""),
            ("", "JPN", ""),
        ] {
            assert_eq!(family(name, &code(state)), expected, "{name}");
        }
    }

    #[test]
    fn nicknames_and_titles_are_no_aliases() {
        for (alias, useful) in [
            ("Lee Jae Myung", true),
            ("Barry", false),
            ("President Lee", false),
            ("44th President", false),
            ("J. M. Lee", true),
            ("Iron Man", false),
            ("李在明", false),
        ] {
            assert_eq!(is_useful_alias(alias, "Lee Jae-myung"), useful, "{alias}");
        }
    }
}
