use super::super::{Importer, wikidata::rows_of};
use crate::{kb::KnowledgeBase, vocabulary::Vocabulary};

fn check(bytes: &[u8], expected: &str) {
    let kb = KnowledgeBase::embedded(&mut Vocabulary::new("")).unwrap();
    let mut importer = Importer::new(&kb);
    importer.petrarch("p.txt", bytes);
    assert_eq!(rows_of(&importer.finish()), expected);
}

#[test]
fn dates_come_in_all_forms() {
    check(
        b"\
# a comment ; and another
ANA_TESTOVA_\t[ESTELI <910820][ESTGOV 910820-19950304] [ESTMIL >950305] ; all on one line
BEN_TESTOV_
+B._TESTOV_
+COLONEL_BEN_TESTOV
\t[ESTGOV 20010203-041231]
\t[ESTOPP]   # what holds at other times
\t[---]
CYR_TESTOV_\t[ESTGOV 2004017-20051231]
DAN_TESTOV_\t[ESTGOV 991232-001301] [ESTGOV 05-06] [ESTGOV
",
        "\
persons ana-testova|Ana Testova|Testova|||||petrarch
persons ben-testov|Ben Testov|Testov|B. Testov||||petrarch
persons dan-testov|Dan Testov|Testov|||||petrarch
posts EST.officer|EST|officer|Officer of Estonia||||petrarch
posts EST.official|EST|official|Official of Estonia||||petrarch
tenures EST.officer|ana-testova|1995-03-05||regular|unknown|petrarch|[ESTMIL]
tenures EST.official|ana-testova|1991-08-20|1995-03-04|regular|stated|petrarch|[ESTGOV]
tenures EST.official|ben-testov|2001-02-03|2004-12-31|regular|stated|petrarch|[ESTGOV]
tenures EST.official|dan-testov|1999-12|2000|regular|stated|petrarch|[ESTGOV]
! p.txt:9: `2004017` in `[ESTGOV 2004017-20051231]` is no date
! p.txt:10: `05` in `[ESTGOV 05-06]` is no date
! p.txt:10: `[ESTGOV` has no closing bracket
",
    );
}

#[test]
fn codes_and_words_tell_bodies_from_persons_and_states() {
    check(
        b"\
ESTONIA_ [EST]
+ESTLANDIA_
TESTOVIAN_LIBERATION_FRONT_(TLF)_ [ESTSEP]
+FRONT_FOR_TESTOVIA
HAMAS_ ; known
+TESTOVIAN_BRANCH_OF_HAMAS
\t[PSEREBHMS]
TESTOCORP [MNC]
TESTOVIAN_DAILY_NEWS_ [ESTMED]
TESTOVIAN_CLINIC_GROUP_ [ESTHLH]
KIM_TESTOV_ [WEU]
SOMETHING_ELSE [QQQ]
NO_CODE_
",
        "\
state_names EST|Estlandia|name||en|petrarch
organizations testocorp|Testocorp||company|MNC|||petrarch
organizations testovian_clinic_group|Testovian Clinic Group||agency|EST|MED||petrarch
organizations testovian_daily_news|Testovian Daily News||media|EST|JRN||petrarch
groups hamas|Hamas|Testovian Branch of Hamas|PSE|REB|Q38799|petrarch
groups testovian_liberation_front|Testovian Liberation Front|TLF|Front for Testovia|EST|REB||petrarch
! p.txt:13: `NO_CODE_` has no code
- 1 Known p.txt:1: Estonia
- 1 UnknownCode p.txt:12: Something Else [QQQ]
- 1 VagueActor p.txt:11: Kim Testov
",
    );
}

#[test]
fn agents_have_plurals_and_sets() {
    check(
        b"\
!FOLK! = MAN, WOMEN
DRAGON!FOLK! [~CRM] # dragons
DRAGON_CHASER_ [~COP]
DRAGON_ELITE {} [~ELI]
HOLY_ELF {HOLY_ELVES}[~CHRCTH]
DRAGON_DOCTOR [~HLH]
DRAGON!NONE! [~CRM]
POLICE_OFFICER [~COP]
DRAGON_BODY [IGO~]
DRAGON_THING [~XYZ]
DRAGON [~ENV}
",
        "\
agents dragon chaser|dragon chasers|COP|[~COP]|petrarch
agents dragon doctor|dragon doctors|MED|[~HLH]|petrarch
agents dragon elite||ELI|[~ELI]|petrarch
agents dragonman|dragonmen|CRM|[~CRM]|petrarch
agents dragonwomen||CRM|[~CRM]|petrarch
agents holy elf|holy elves|REL|[~CHRCTH]|petrarch
! p.txt:7: the set `!NONE!` is not defined before it is used
! p.txt:11: `DRAGON [~ENV}` has no closing bracket
- 1 Known p.txt:8: police officer
- 2 UnknownCode p.txt:9: DRAGON_BODY [IGO~]
",
    );
}

#[test]
fn odd_bytes_are_read_and_told() {
    check(
        b"JOH\0N_TESTOV_ [ESTGOV 900101-910101]\r\nJ\xd6RG_TESTOV_\r\n\t[ESTGOV 900101-910101]\r\n+\n",
        "\
persons john-testov|John Testov|Testov|||||petrarch
persons jorg-testov|J\u{f6}rg Testov|Testov|||||petrarch
posts EST.official|EST|official|Official of Estonia||||petrarch
tenures EST.official|john-testov|1990-01-01|1991-01-01|regular|stated|petrarch|[ESTGOV]
tenures EST.official|jorg-testov|1990-01-01|1991-01-01|regular|stated|petrarch|[ESTGOV]
! p.txt:2: the line is not UTF-8; it was read as Windows-1252
",
    );
    check(b"+SYNONYM_\n\t[ESTGOV]\n", "! p.txt:1: `+SYNONYM_` belongs to no entry\n! p.txt:2: `[ESTGOV]` belongs to no entry\n");
}
