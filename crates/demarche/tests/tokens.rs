//! Text in, tokens out: how sentences are cut, and that any text is cut in order and on character boundaries.

use demarche::{
    span::Span,
    token::{Shape, Token, tokenize},
};

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    tokenize(text, Span::new(0, text.len()), &mut tokens);
    tokens
}

/// The tokens of `input`, separated by white space, must be `expected`.
#[track_caller]
fn check(input: &str, expected: &str) {
    let read: Vec<&str> = tokens(input).iter().map(|t| t.span.of(input)).collect();
    assert_eq!(read.join(" "), expected);
}

#[test]
fn plain_sentences() {
    check("Ministers met in Seoul.", "Ministers met in Seoul .");
    check("Who, if anyone, will go?", "Who , if anyone , will go ?");
    check("", "");
    check(" \t\u{A0}\n", "");
}

#[test]
fn clitics_are_tokens_of_their_own() {
    check("They don't agree, and won't.", "They do n't agree , and wo n't .");
    check("Japan's envoy says he'll wait; they've left.", "Japan 's envoy says he 'll wait ; they 've left .");
    check("Japan’s side can’t say what we’re told.", "Japan ’s side ca n’t say what we ’re told .");
    check("The leaders' aides", "The leaders ' aides");
    check("SEOUL'S ENVOY DIDN'T SPEAK", "SEOUL 'S ENVOY DID N'T SPEAK");
    check("Mr. O'Neill of Côte d'Ivoire cannot attend", "Mr. O'Neill of Côte d'Ivoire can not attend");
}

#[test]
fn hyphens_cut_words_but_not_prefixes() {
    check("President Lee Jae-myung", "President Lee Jae - myung");
    check("a two-day, high-level visit", "a two - day , high - level visit");
    check("non-proliferation and co-operation talks", "non-proliferation and co-operation talks");
    check("the U.S.-led mission", "the U.S. - led mission");
    check("the 2019-2020 term", "the 2019 - 2020 term");
}

#[test]
fn abbreviations_and_initials_keep_their_period() {
    check("Mr. Kim left the U.S. on Jan. 5.", "Mr. Kim left the U.S. on Jan. 5 .");
    check("Antony J. Blinken spoke at 9 a.m. in Washington, D.C.", "Antony J. Blinken spoke at 9 a.m. in Washington , D.C.");
    check("Resolution No. 1718 says no.", "Resolution No. 1718 says no .");
    check("Samsung Electronics Co. and a Ph.D. student", "Samsung Electronics Co. and a Ph.D. student");
    check("The talks ended.Then they left.", "The talks ended . Then they left .");
}

#[test]
fn numbers_dates_and_money() {
    check("$1,000 or 3.5% at 12:36", "$ 1,000 or 3.5 % at 12:36");
    check("US$20 million, €5, £3", "US$ 20 million , € 5 , £ 3");
    check("9/11, 2025-08-23, the 1990s, 11th", "9/11 , 2025-08-23 , the 1990s , 11th");
    check("at 5pm with 10,20 and 30", "at 5 pm with 10 , 20 and 30");
}

#[test]
fn dashes_quotes_brackets_and_runs() {
    check("TOKYO — “We agree,” he said (twice)...", "TOKYO — “ We agree , ” he said ( twice ) ...");
    check("peace--or war?!", "peace -- or war ?!");
    check("and/or [sic] 'quoted' \"text\"", "and / or [ sic ] ' quoted ' \" text \"");
    check("2024–2026 plan…", "2024 – 2026 plan …");
}

#[test]
fn markup_stands_alone() {
    check("# Joint *statement* of [Korea](x)", "# Joint * statement * of [ Korea ] ( x )");
    check("**Bold** _it_ | <br>", "** Bold ** _ it _ | < br >");
}

#[test]
fn addresses_stay_whole() {
    check("See https://www.mofa.go.kr/eng/?a=1&b=2.", "See https://www.mofa.go.kr/eng/?a=1&b=2 .");
    check("Write to press.office@state.gov, or www.un.org.", "Write to press.office@state.gov , or www.un.org .");
    check("@SecBlinken at AT&T", "@SecBlinken at AT&T");
}

#[test]
fn other_scripts() {
    check("이재명 대통령은 도쿄에서", "이재명 대통령은 도쿄에서");
    check("石破首相、訪韓。", "石破首相 、 訪韓 。");
    check("Ministre français à Séoul", "Ministre français à Séoul");
}

#[test]
fn shapes_and_spaces() {
    let text = "Mr. McKay met 3 G7 envoys of NATO, J.";
    let shapes: Vec<Shape> = tokens(text).iter().map(|t| t.shape).collect();
    use Shape::{Alphanumeric, Capital, Lower, Mixed, Number, Punctuation, Upper};
    assert_eq!(shapes, [Capital, Mixed, Lower, Number, Alphanumeric, Lower, Lower, Upper, Punctuation, Capital, Punctuation]);
    assert_eq!(tokens("a,b c").iter().map(|t| t.space_before).collect::<Vec<_>>(), [true, false, false, true]);
}

#[test]
fn only_the_span_is_read() {
    let text = "Before. The talks. After.";
    let mut tokens = Vec::new();
    tokenize(text, Span::new(8, 18), &mut tokens);
    assert_eq!(tokens.iter().map(|t| t.span.of(text)).collect::<Vec<_>>(), ["The", "talks", "."]);
}

/// Random text of pieces that have been trouble before, from a seeded generator.
fn random_text(seed: u64) -> String {
    const PIECES: &[&str] = &[
        "a",
        "B",
        "7",
        ".",
        ",",
        "-",
        "'",
        "’",
        "s",
        "n't",
        " ",
        "\u{200B}",
        "\u{301}",
        "é",
        "한",
        "🙂",
        "@",
        "http://",
        "www.",
        "$",
        "US",
        "_",
        "*",
        "/",
        ":",
        "&",
        "\n",
        "“",
        "—",
        "…",
        "İ",
        "ß",
        "co",
        "No",
        "Mr",
        "\u{0}",
        "\u{10FFFF}",
        "5pm",
        "cannot",
        "ﬀ",
        "٣",
        "½",
    ];
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as usize
    };
    (0..next() % 40).map(|_| PIECES[next() % PIECES.len()]).collect()
}

#[test]
fn any_text_is_cut_in_order_and_completely() {
    for seed in 0..20_000 {
        let text = random_text(seed);
        let mut end = 0;
        for token in tokens(&text) {
            let (from, to) = (token.span.start as usize, token.span.end as usize);
            assert!(from >= end && to > from, "{text:?}");
            let between = &text[end..from];
            assert!(between.chars().all(|c| c.is_whitespace() || "\u{200B}\u{2060}\u{FEFF}".contains(c)), "{text:?} lost {between:?}");
            assert_eq!(token.space_before, !between.is_empty() || end == 0, "{text:?}");
            end = to;
        }
    }
}

#[test]
fn long_lines_without_spaces_take_linear_time() {
    let started = std::time::Instant::now();
    for piece in ["a-", "a.", "a@", "'s", "a_", "1,", "co-", "-", "www.", "한", "é'"] {
        let text = piece.repeat(1_000_000 / piece.len());
        assert!(!tokens(&text).is_empty());
    }
    assert!(started.elapsed().as_secs() < 20, "took {:?}", started.elapsed());
}
