//! The cases, common ones first.

use super::{check, check_dates, check_titles};

mod states {
    use super::check;

    #[test]
    fn capitals_stand_for_their_states() {
        check("2026-01-13", "Talks with Tokyo went badly, Seoul said.", "Tokyo = Japan JPN GOV\nSeoul = South Korea KOR GOV");
        check(
            "2026-01-13",
            "Mediation between Washington and Beijing failed.",
            "Washington = United States USA GOV\nBeijing = China CHN GOV",
        );
    }

    #[test]
    fn after_in_or_a_verb_of_motion_they_are_places() {
        check(
            "2026-01-13",
            "Lee Jae-myung spoke in Tokyo before he arrived in Japan from Seoul.",
            "Lee Jae-myung = Lee Jae-myung* KOR GOV
             Tokyo @ = Japan JPN GOV
             he = Lee Jae-myung* KOR GOV
             Japan @ = Japan JPN GOV
             Seoul @ = South Korea KOR GOV",
        );
        check("2026-01-13", "The Tokyo summit ended early.", "Tokyo @ = Japan JPN GOV");
        check("2026-01-13", "They met in Gyeongju, South Korea.", "They = ?\nSouth Korea @ = South Korea KOR GOV");
    }

    #[test]
    fn who_has_no_country_is_of_the_only_one_spoken_of() {
        check("2026-01-13", "Thai police charged at students.", "Thai police = Thai police THA COP\nstudents = students THA EDU");
        check("2026-01-13", "Peru thanked foreign doctors.", "Peru = Peru PER GOV\ndoctors = doctors - MED");
        check("2026-01-13", "Busan's mayor resigned.", "Busan's mayor = Busan's mayor KOR GOV");
        check("2026-01-13", "Brussels fined it again.", "Brussels = European Union EUR -");
    }

    #[test]
    fn names_of_persons_and_other_things_are_no_states() {
        check("2026-01-13", "Michael Jordan and Chad Smith played in New Mexico.", "");
        check("2026-01-13", "The China Daily wrote of the South China Sea and the Korean War.", "China Daily = China Daily CHN JRN");
        check(
            "2026-01-13",
            "Relations with Georgia, Jordan, Chad and Turkey improved.",
            "Georgia = Georgia GEO GOV\nJordan = Jordan JOR GOV\nChad = Chad TCD GOV\nTurkey = Türkiye TUR GOV",
        );
    }

    #[test]
    fn acronyms_need_capitals() {
        check(
            "2026-01-13",
            "The WHO asked us who would go to the AU.",
            "WHO = World Health Organization UNO MED\nAU = African Union IGO -",
        );
    }

    #[test]
    fn korea_is_the_south_unless_it_says_north() {
        check("2026-01-13", "Korea warned North Korea.", "Korea = South Korea KOR GOV\nNorth Korea = North Korea PRK GOV");
        check("2026-01-13", "The two Koreas spoke.", "Koreas = South Korea KOR GOV + North Korea PRK GOV");
        check(
            "2026-01-13",
            "South Korea urged North Korea to talk. The North refused, but the South insisted.",
            "South Korea = South Korea KOR GOV
             North Korea = North Korea PRK GOV
             The North = North Korea PRK GOV
             the South = South Korea KOR GOV",
        );
    }
}

mod agents {
    use super::check;

    #[test]
    fn a_state_and_an_agent_are_one_mention() {
        check(
            "2026-01-13",
            "South Korean prosecutors questioned a senior State Department official.",
            "South Korean prosecutors = South Korean prosecutors KOR JUD\nState Department official = State Department official USA GOV",
        );
        check(
            "2026-01-13",
            "The Korean side thanked the government of Japan.",
            "Korean side = South Korea KOR GOV\ngovernment of Japan = Japan JPN GOV",
        );
        check("2026-01-13", "Israeli airstrikes hit Russian forces.", "Israeli = Israel ISR GOV\nRussian forces = Russian forces RUS MIL");
    }

    #[test]
    fn joined_states_share_a_plural() {
        check(
            "2026-01-13",
            "South Korean and Japanese officials met.",
            "South Korean and Japanese officials = South Korea officials KOR GOV + Japan officials JPN GOV",
        );
    }

    #[test]
    fn a_modifier_that_names_another_state_is_a_mention_of_its_own() {
        check(
            "2026-01-13",
            "Japan's ambassador to South Korea left.",
            "Japan's ambassador = Koichi Mizushima* JPN GOV\nSouth Korea = South Korea KOR GOV",
        );
    }

    #[test]
    fn sources_without_a_state_take_no_part() {
        check("2026-01-13", "Officials were sceptical, but experts urged talks.", "Officials = Officials - -\nexperts = experts - -");
    }
}

mod persons {
    use super::{check, check_titles};

    #[test]
    fn titles_before_a_name() {
        check(
            "2025-01-13",
            "Japanese Foreign Minister Takeshi Iwaya met Secretary of State Antony J. Blinken.",
            "Japanese Foreign Minister Takeshi Iwaya = Takeshi Iwaya* JPN GOV
             Secretary of State Antony J. Blinken = Antony Blinken* USA GOV",
        );
        check(
            "2022-07-15",
            "President Joseph R. Biden, Jr. met Crown Prince Mohammed bin Salman.",
            "President Joseph R. Biden, Jr. = Joe Biden* USA GOV\nCrown Prince Mohammed bin Salman = Mohammed bin Salman* SAU GOV",
        );
        check(
            "2021-06-01",
            "Foreign Minister Chung of the Republic of Korea thanked H.E. Suga Yoshihide and Vice President Harris.",
            "Foreign Minister Chung of the Republic of Korea = Chung Eui-yong* KOR GOV
             H.E. Suga Yoshihide = Yoshihide Suga* JPN GOV
             Vice President Harris = Kamala Harris* USA GOV",
        );
    }

    #[test]
    fn titles_after_a_name() {
        let takaichi = "Sanae Takaichi* JPN GOV";
        check(
            "2026-01-13",
            "Sanae Takaichi, Japan's prime minister, spoke.",
            &format!("Sanae Takaichi = {takaichi}\nJapan's prime minister = {takaichi}"),
        );
        check(
            "2026-01-13",
            "Japan's prime minister, Sanae Takaichi, spoke.",
            &format!("Japan's prime minister = {takaichi}\nSanae Takaichi = {takaichi}"),
        );
    }

    #[test]
    fn persons_whom_no_table_knows_have_the_state_that_the_text_gives() {
        check("2026-01-13", "Korean lawmaker Kim Min-ju spoke.", "Korean lawmaker Kim Min-ju = Kim Min-ju KOR LEG");
    }

    #[test]
    fn an_envoy_is_not_whose_envoy_he_is() {
        check(
            "2024-01-13",
            "South Korean President Yoon Suk-yeol's influential envoy, Lee Jun-seok, arrived.",
            "South Korean President Yoon Suk-yeol = Yoon Suk Yeol* KOR GOV
             envoy = Lee Jun-seok KOR GOV
             Lee Jun-seok = Lee Jun-seok KOR GOV",
        );
        check_titles(
            "2024-01-13",
            "South Korean President Yoon Suk-yeol's influential envoy, Lee Jun-seok, arrived.",
            &["Yoon Suk Yeol: President = president of KOR", "Lee Jun-seok: envoy = special_envoy of KOR"],
        );
    }

    #[test]
    fn a_title_without_a_name_is_its_holder_on_that_day() {
        check("2024-01-13", "The South Korean president spoke.", "South Korean president = Yoon Suk Yeol* KOR GOV");
        check("2026-01-13", "The South Korean president spoke.", "South Korean president = Lee Jae-myung* KOR GOV");
        check(
            "2026-01-13",
            "Tokyo's top diplomat met the German leader.",
            "Tokyo's top diplomat = Toshimitsu Motegi* JPN GOV\nGerman leader = Friedrich Merz* DEU GOV",
        );
    }

    #[test]
    fn a_headline_finds_the_names_of_the_text() {
        check(
            "2026-01-13",
            "Lee, Takaichi meet\n\nPresident Lee Jae-myung and Prime Minister Sanae Takaichi met.",
            "Lee = Lee Jae-myung* KOR GOV
             Takaichi = Sanae Takaichi* JPN GOV
             President Lee Jae-myung = Lee Jae-myung* KOR GOV
             Prime Minister Sanae Takaichi = Sanae Takaichi* JPN GOV",
        );
    }

    #[test]
    fn a_name_that_several_bear_is_left_open() {
        check(
            "2024-03-26",
            "Kim Jong Un and Kim Yo Jong came. Kim spoke.",
            "Kim Jong Un = Kim Jong Un* PRK GOV\nKim Yo Jong = Kim Yo Jong* PRK GOV",
        );
    }

    #[test]
    fn titles_are_noted_with_their_quality() {
        check_titles(
            "2026-01-13",
            "Takaichi, a former foreign minister, spoke. President-elect Kast and acting President Jerí listened.",
            &[
                "Sanae Takaichi: foreign minister = foreign_minister of - former",
                "Kast: President-elect = president of - elect",
                "José Jerí: President = president of - acting",
            ],
        );
        check_titles(
            "2025-11-13",
            "Takaichi was elected prime minister in October.",
            &["Sanae Takaichi: prime minister = prime_minister of -"],
        );
        check_titles(
            "2025-11-13",
            "Lee Jae-myung appointed Cho Hyun foreign minister.",
            &["Cho Hyun: foreign minister = foreign_minister of -"],
        );
    }
}

mod anaphors {
    use super::check;

    #[test]
    fn two_leaders_and_they_are_those_who_met() {
        let both = "Yoon Suk Yeol* KOR GOV + Fumio Kishida* JPN GOV";
        check(
            "2023-03-17",
            "Yoon Suk Yeol and Fumio Kishida met in Tokyo. The two leaders praised each other. They left.",
            &format!(
                "Yoon Suk Yeol = Yoon Suk Yeol* KOR GOV\nFumio Kishida = Fumio Kishida* JPN GOV\nTokyo @ = Japan JPN GOV
                 The two leaders = {both}\neach other = {both}\nThey = {both}"
            ),
        );
    }

    #[test]
    fn pronouns_agree_in_gender_and_not_with_their_own_subject() {
        check(
            "2026-01-13",
            "Sanae Takaichi met Lee Jae-myung. She said that her country would help him.",
            "Sanae Takaichi = Sanae Takaichi* JPN GOV
             Lee Jae-myung = Lee Jae-myung* KOR GOV
             She = Sanae Takaichi* JPN GOV
             her = Sanae Takaichi* JPN GOV
             country = Japan JPN GOV
             him = Lee Jae-myung* KOR GOV",
        );
    }

    #[test]
    fn both_sides_are_states() {
        let both = "South Korea KOR GOV + Japan JPN GOV";
        check(
            "2026-01-13",
            "Seoul and Tokyo talked. Both sides praised relations between the two countries.",
            &format!("Seoul = South Korea KOR GOV\nTokyo = Japan JPN GOV\nBoth sides = {both}\nthe two countries = {both}"),
        );
    }

    #[test]
    fn a_counterpart_holds_the_same_post_elsewhere() {
        check(
            "2026-01-13",
            "Lee Jae-myung praised his Japanese counterpart.",
            "Lee Jae-myung = Lee Jae-myung* KOR GOV
             his = Lee Jae-myung* KOR GOV
             Japanese counterpart = Sanae Takaichi* JPN GOV",
        );
    }
}

mod dates {
    use super::check_dates;

    #[test]
    fn days_of_the_week_look_where_the_verb_looks() {
        check_dates("2026-01-14", "They met on Monday.", &["Monday = 2026-01-12"]);
        check_dates("2026-01-14", "They will meet on Monday.", &["Monday = 2026-01-19"]);
        check_dates("2026-01-14", "Lee leaves on Friday.", &["Friday = 2026-01-16"]);
        check_dates("2026-01-14", "They are to meet next Friday.", &["next Friday = 2026-01-16"]);
    }

    #[test]
    fn full_and_partial_dates() {
        check_dates(
            "2026-01-14",
            "They met on January 10, 2025, on 13-14 January 2024 and on Aug. 23-24.",
            &[
                "January 10, 2025 = 2025-01-10",
                "13-14 January 2024 = 2024-01-13..2024-01-14 Day",
                "Aug. 23-24 = 2025-08-23..2025-08-24 Day",
            ],
        );
        check_dates("2026-01-14", "It began in March.", &["March = 2025-03-01..2025-03-31 Month"]);
        check_dates("2026-01-14", "It will begin in March.", &["March = 2026-03-01..2026-03-31 Month"]);
        check_dates("2026-01-14", "They have talked since 2019.", &["2019 = 2019-01-01..2019-12-31 Year"]);
        check_dates("2026-01-14", "He came on the 12th.", &["12th = 2026-01-12"]);
    }

    #[test]
    fn stretches_of_time() {
        check_dates("2026-01-14", "They met last week.", &["last week = 2026-01-05..2026-01-11 Week"]);
        check_dates("2026-01-14", "Talks are set for later this week.", &["later this week = 2026-01-15..2026-01-18 Week"]);
        check_dates("2026-01-14", "It must end by the end of 2026.", &["end of 2026 = 2026-12-01..2026-12-31 Month"]);
        check_dates("2026-01-14", "It will come early next year.", &["early next year = 2027-01-01..2027-04-30 Quarter"]);
        check_dates("2026-01-14", "It came three weeks ago.", &["three weeks ago = 2025-12-22..2025-12-28 Week"]);
    }

    #[test]
    fn what_is_counted_from_another_event_stays_open() {
        check_dates("2026-01-14", "They met two days later.", &["two days later = open"]);
        check_dates("", "They met on Monday.", &["Monday = open"]);
    }

    #[test]
    fn the_verbs_may_and_march_are_no_months() {
        check_dates("2026-01-14", "They may vote and march against it.", &[]);
        check_dates("2026-01-14", "In May he left.", &["May = 2025-05-01..2025-05-31 Month"]);
    }
}
