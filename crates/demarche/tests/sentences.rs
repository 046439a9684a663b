//! Where sentences end. Each case is a paragraph with `|` between its sentences; the splitter sees it without them.

use demarche::{
    document::{Document, LoadOptions, load_one},
    sentence::{LONGEST_SENTENCE, Sentence, sentences},
};

fn read(text: &str) -> Document {
    load_one(text.as_bytes(), "-", &LoadOptions::default()).expect("is text")
}

/// Checks that the splitter puts `|` where `expected` has it.
fn check(expected: &str) {
    let text = expected.replace(" | ", " ").replace('|', "");
    // A line before keeps the paragraph from being taken for a headline.
    let document = read(&format!("The ministers met in the capital on Tuesday.\n\n{text}"));
    let split = sentences(&document);
    let got: Vec<&str> = split[1..].iter().map(|sentence| sentence.span.of(&document.text)).collect();
    let wanted: Vec<&str> = expected.split('|').map(str::trim).collect();
    assert_eq!(got, wanted);
}

#[test]
fn stops_end_sentences() {
    check("The two met on Monday. | They agreed to meet again.");
    check("Will they meet? | No one knows! | The office kept silent.");
    check("What?! | He was told so only on Friday.");
    check("The pact runs for five years. | 2030 is the year in which it ends.");
}

#[test]
fn titles_and_initials_do_not() {
    check("President Joseph R. Biden met Mr. Yoon and Dr. Park. | Gen. Kim was there too.");
    check("J. R. Smith, Jr. of the ministry came with Lt. Gen. Ri. | He left early.");
    check("He praised Sen. J. W. Fulbright. | The senator had no comment.");
    check("The ministers discussed Plan B. | They rejected it.");
    check("It was the worst day since World War I. | The treaty came later.");
    check("Prof. A. B. Han of St. Petersburg wrote it, cf. the annex.");
}

#[test]
fn acronyms_end_sentences_only_before_a_beginning() {
    check("U.S. President Donald Trump and U.N. envoys met.");
    check("The envoy works in the U.S. | The embassy confirmed it.");
    check("They flew to Washington, D.C. | In the evening they dined.");
    check("The U.S. Department of State and the U.K. Foreign Office agreed.");
    check("They met today in Washington, D.C. | Secretary Blinken thanked the minister.");
    check("Talks between the U.S. and Japan began. | They went well.");
    check("Hyundai Motor Co. Chairman Chung spoke for the company. | He was brief.");
    check("They discussed ships, chips, batteries, etc. | The talks took an hour.");
    check("Troops of the D.P.R.K. crossed the line. | No one was hurt.");
}

#[test]
fn numbers_dates_and_times() {
    check("Exports rose 3.5 percent to $1.2 billion. | That is a record.");
    check("The leaders met on Jan. 13 and Sept. 5, 2025. | Ministers met in Feb. | The rest was cancelled.");
    check("Article No. 5 of Res. 2231 says so. | Art. 7 does not.");
    check("They met at 10 a.m. Tuesday and parted at 5 p.m. | Reporters waited outside.");
    check("The call began at 9 p.m. EDT. | It was short.");
    check("The answer was no. | The minister repeated it.");
    check("No. | I do not think so. | See Art. I of the treaty.");
    check("See pp. 3-5 and para. 12 of the text. | It is clear.");
}

#[test]
fn quotations_close_with_their_sentence() {
    check("\"We will go on.\" | She left at once.");
    check("“We will go on.” | She left at once.");
    check("\"We will go on,\" he said. | \"We have no choice.\"");
    check("\"Why not?\" he asked. | No one answered.");
    check("“Why not?” President Lee asked. | No one answered.");
    check("“Never!” the minister shouted at the reporters. | He left.");
    check("“Is it done?” | The spokesman did not say.");
    check("He called it “a new era.” | The opposition did not.");
    check("He said: “We will go on. | We have no choice.” | Then he left.");
    check("(The talks were closed to the press.) | They took an hour.");
    check("They spoke for an hour (he took notes). | Then they dined.");
}

#[test]
fn ellipses_do_only_before_a_capital() {
    check("We … agree with that.");
    check("We ... agree with that. | But not now.");
    check("He trailed off ... | Then he went on.");
    check("“We want peace . . . and trade,” he said. | It was late.");
}

#[test]
fn notes_lists_and_lost_spaces() {
    check("The pact was signed in 1965.[12] | It was never amended. [3] | No one tried.");
    check("Paragraph 4. | The leaders welcomed progress.");
    check("The ministers held talks.|The two agreed to meet again.");
    check("See www.example.org for the text. | Node.js is not meant.");
}

#[test]
fn east_asian_stops_need_no_space() {
    check("首脳会談は奈良で行われた。|両首脳は協力を確認した。");
    check("이재명 대통령은 도쿄에 도착했다. | 두 정상은 화요일에 만난다.");
}

/// The sentences of a text, with what is known of each: `speaker: `, and `«` for one that begins inside a quotation.
fn annotated(text: &str) -> Vec<String> {
    let document = read(text);
    let note = |sentence: &Sentence| {
        let speaker = sentence.speaker.map_or(String::new(), |span| format!("{}: ", span.of(&document.text)));
        let quote = if sentence.in_quote { "« " } else { "" };
        format!("{quote}{speaker}{}", sentence.span.of(&document.text))
    };
    sentences(&document).iter().map(note).collect()
}

#[test]
fn transcripts_have_speakers() {
    let text = "Oval Office\n\n12:36 P.M. EDT\n\nMR. SULLIVAN:  Hi, everyone.  Thank you.\n\nWe have news.\n\n\
                Q    Thank you, Jake.  On Japan?\n\nQ    And on Korea?\n\n\
                PRIME MINISTER ISHIDA:  (As interpreted.)  I came to listen.  (Applause.)\n\n12:40 P.M. EDT";
    assert_eq!(
        annotated(text),
        [
            "MR. SULLIVAN: Hi, everyone.",
            "MR. SULLIVAN: Thank you.",
            "MR. SULLIVAN: We have news.",
            "Q: Thank you, Jake.",
            "Q: On Japan?",
            "Q: And on Korea?",
            "PRIME MINISTER ISHIDA: (As interpreted.)",
            "PRIME MINISTER ISHIDA: I came to listen.",
            "PRIME MINISTER ISHIDA: (Applause.)",
        ]
    );
}

#[test]
fn colons_do_not_make_speakers() {
    assert_eq!(
        annotated("FACT SHEET: Steps taken\n\nTOPICS: They will speak of trade.\n\nLee said: they will meet."),
        ["FACT SHEET: Steps taken", "TOPICS: They will speak of trade.", "Lee said: they will meet."]
    );
}

#[test]
fn quotations_are_followed_within_a_paragraph() {
    let text = "Talks in Nara\n\nHe said: \"We will go on. We must. That is all.\" He left.\n\n\
                “We met,” she said. “We ate. We left.” They did.\n\n\
                “An open quotation. It goes on.\n\n“And ends here.” The paragraph does too.\n\n\
                ‘It’s Lee’s turn. He’s late,’ she said. So it was.";
    assert_eq!(
        annotated(text),
        [
            "Talks in Nara",
            "He said: \"We will go on.",
            "« We must.",
            "« That is all.\"",
            "He left.",
            "“We met,” she said.",
            "“We ate.",
            "« We left.”",
            "They did.",
            "“An open quotation.",
            "« It goes on.",
            "“And ends here.”",
            "The paragraph does too.",
            "‘It’s Lee’s turn.",
            "« He’s late,’ she said.",
            "So it was.",
        ]
    );
}

#[test]
fn lists_know_what_introduces_them() {
    let document = read(
        "Talks in Nara\n\nThe two met. Topics included:\n- trade;\n- security\n\nThey decided as follows.\n\n- To meet again.\n\
         - To talk more. And often.\n\nThey left.\n- A stray item",
    );
    let split = sentences(&document);
    let lead_of = |sentence: &Sentence| sentence.lead.map(|lead| split[lead as usize].span.of(&document.text));
    let leads: Vec<_> = split.iter().map(|sentence| (sentence.span.of(&document.text), lead_of(sentence))).collect();
    assert_eq!(
        leads,
        [
            ("Talks in Nara", None),
            ("The two met.", None),
            ("Topics included:", None),
            ("trade;", Some("Topics included:")),
            ("security", Some("Topics included:")),
            ("They decided as follows.", None),
            ("To meet again.", Some("They decided as follows.")),
            ("To talk more.", Some("They decided as follows.")),
            ("And often.", Some("They decided as follows.")),
            ("They left.", None),
            ("A stray item", None),
        ]
    );
}

#[test]
fn endless_sentences_are_cut() {
    let document = read(&"the two sides agreed on trade and on ships and on chips; ".repeat(100));
    let split = sentences(&document);
    assert!(split.len() > 2);
    for sentence in &split {
        let text = sentence.span.of(&document.text);
        assert!(text.len() <= LONGEST_SENTENCE && text.ends_with(';'), "{text}");
    }
    let document = read(&"会".repeat(2000));
    let lengths: Vec<usize> = sentences(&document).iter().map(|sentence| sentence.span.len()).collect();
    assert_eq!(lengths, [1998, 1998, 1998, 6]);
}
