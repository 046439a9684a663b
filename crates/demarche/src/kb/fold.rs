//! Names without their accents: "Erdoğan" and "Erdogan" are one key.

use crate::token::hash_lower;

/// The key of a word: the hash of its lower-cased form, accents and typographic apostrophes made plain.
pub(crate) fn key(form: &str) -> u32 {
    if form.is_ascii() { hash_lower(form) } else { hash_lower(&plain(form)) }
}

/// The form with Latin letters stripped of their accents; other letters stay.
pub(crate) fn plain(form: &str) -> String {
    let mut out = String::with_capacity(form.len());
    for c in form.chars() {
        match c {
            _ if c.is_ascii() => out.push(c),
            '\u{0300}'..='\u{036f}' => {} // combining accents
            '’' | '‘' | 'ʻ' | 'ʼ' | '′' => out.push('\''),
            '‐' | '‑' => out.push('-'),
            'ß' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'þ' | 'Þ' => out.push_str("th"),
            _ => out.push(base(c).unwrap_or(c)),
        }
    }
    out
}

fn base(c: char) -> Option<char> {
    let lower = c.to_lowercase().next()?;
    let plain = if lower.is_ascii() { lower } else { TABLE.iter().find(|(_, accented)| accented.contains(lower))?.0 };
    Some(if c.is_uppercase() { plain.to_ascii_uppercase() } else { plain })
}

/// Each plain letter with the accented ones that are read as it.
const TABLE: &[(char, &str)] = &[
    ('a', "àáâãäåāăąǎạảấầẩẫậắằẳẵặə"),
    ('c', "çćĉċč"),
    ('d', "ďđð"),
    ('e', "èéêëēĕėęěẹẻẽếềểễệ"),
    ('g', "ĝğġģǧ"),
    ('h', "ĥħḥ"),
    ('i', "ìíîïĩīĭįıǐỉị"),
    ('j', "ĵ"),
    ('k', "ķ"),
    ('l', "ĺļľŀł"),
    ('n', "ñńņňŋ"),
    ('o', "òóôõöøōŏőơǒọỏốồổỗộớờởỡợ"),
    ('r', "ŕŗř"),
    ('s', "śŝşšșṣ"),
    ('t', "ţťŧțṭ"),
    ('u', "ùúûüũūŭůűųưǔụủứừửữự"),
    ('w', "ŵ"),
    ('y', "ýÿŷỳỷỹỵ"),
    ('z', "źżžẓ"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_dropped_and_other_scripts_kept() {
        for (form, plain_form) in
            [("Erdoğan", "Erdogan"), ("Łukasz", "Lukasz"), ("Türkiye", "Turkiye"), ("Côte d’Ivoire", "Cote d'Ivoire"), ("김", "김")]
        {
            assert_eq!(plain(form), plain_form);
        }
        assert_eq!(key("ERDOĞAN"), key("Erdogan"));
    }
}
