//! Which language a text is in, and when not to say.
//!
//! English, the one that is read, is known by its small words; other languages are left to a detector, which is only
//! believed where it is sure of itself or the script leaves no choice.

use whatlang::{Lang, Script};

/// As much of a text as is looked at.
const SAMPLE: usize = 4096;

const SMALL_WORDS: [&str; 36] = [
    "a", "after", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "he", "in", "is", "it", "its",
    "of", "on", "said", "that", "the", "their", "they", "this", "to", "was", "we", "were", "which", "will", "with", "would",
];

/// The ISO 639-1 code of the language of `text`, if there is enough text to tell.
pub(crate) fn language(text: &str) -> Option<&'static str> {
    let sample = &text[..text.floor_char_boundary(SAMPLE.min(text.len()))];
    if is_english(sample) {
        return Some("en");
    }
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 12 {
        return None;
    }
    let info = whatlang::detect(sample)?;
    let script_tells = !matches!(info.script(), Script::Latin | Script::Cyrillic | Script::Arabic | Script::Devanagari);
    let sure = script_tells || info.is_reliable() && letters >= 60 && info.lang() != Lang::Eng;
    sure.then(|| iso_639_1(info.lang())).flatten()
}

/// Whether one word in six or more is a small word of English.
fn is_english(sample: &str) -> bool {
    let (mut words, mut small) = (0, 0);
    for word in sample.split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'').filter(|word| !word.is_empty()) {
        words += 1;
        if word.len() <= 5 {
            let mut lower = [0u8; 5];
            let lower = &mut lower[..word.len()];
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            small += usize::from(SMALL_WORDS.iter().any(|known| known.as_bytes() == lower));
        }
    }
    words >= 6 && small >= 2 && small * 6 >= words
}

/// The primary code of a language tag: "en" of "en-US", "ko" of "ko_KR", "en" of "English".
pub(crate) fn primary_code(tag: &str) -> Option<String> {
    const NAMES: [(&str, &str); 8] = [
        ("english", "en"),
        ("korean", "ko"),
        ("japanese", "ja"),
        ("chinese", "zh"),
        ("french", "fr"),
        ("russian", "ru"),
        ("german", "de"),
        ("spanish", "es"),
    ];
    let tag = tag.trim().to_ascii_lowercase();
    if let Some((_, code)) = NAMES.iter().find(|(name, _)| *name == tag) {
        return Some((*code).to_owned());
    }
    let code = tag.split(['-', '_']).next().unwrap_or("");
    match code {
        "eng" => Some("en".into()),
        "kor" => Some("ko".into()),
        "jpn" => Some("ja".into()),
        "zho" | "chi" => Some("zh".into()),
        _ => (matches!(code.len(), 2 | 3) && code.bytes().all(|b| b.is_ascii_alphabetic())).then(|| code.to_owned()),
    }
}

fn iso_639_1(language: Lang) -> Option<&'static str> {
    const CODES: [(&str, &str); 69] = [
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("cym", "cy"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "nb"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("zul", "zu"),
    ];
    let code = language.code();
    CODES.iter().find(|(long, _)| *long == code).map(|(_, short)| *short)
}

/// The English name of a language that documents are often in, for messages.
pub(crate) fn name_of(code: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 12] = [
        ("ar", "Arabic"),
        ("de", "German"),
        ("es", "Spanish"),
        ("fr", "French"),
        ("id", "Indonesian"),
        ("ja", "Japanese"),
        ("ko", "Korean"),
        ("pt", "Portuguese"),
        ("ru", "Russian"),
        ("uk", "Ukrainian"),
        ("vi", "Vietnamese"),
        ("zh", "Chinese"),
    ];
    NAMES.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_where_there_is_enough_text() {
        for (text, code) in [
            ("Lee and Ishiba met in Tokyo and agreed to meet again in the autumn.", Some("en")),
            ("The ministers left.", None),
            ("Lee, Ishiba: accord", None),
            ("이재명 대통령은 화요일 나라에서 다카이치 총리를 만났다.", Some("ko")),
            ("高市首相は火曜日に奈良で李大統領と会談した。", Some("ja")),
            ("习近平主席同日本首相高市早苗举行会谈，双方就共同关心的问题交换意见。", Some("zh")),
            (
                "Le président de la République a reçu mardi à l’Élysée le premier ministre du Japon pour un entretien consacré aux relations entre les deux pays.",
                Some("fr"),
            ),
            ("", None),
        ] {
            assert_eq!(language(text), code, "{text}");
        }
        assert_eq!(primary_code("en-US").as_deref(), Some("en"));
        assert_eq!(primary_code("Korean").as_deref(), Some("ko"));
        assert_eq!(primary_code("?"), None);
    }
}
