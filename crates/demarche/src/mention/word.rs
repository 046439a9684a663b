//! Function words as keys, so that the stage compares numbers.

/// The key of a plain lower-case word: what [`hash_lower`](crate::token::hash_lower) gives for it.
pub(crate) const fn key(word: &str) -> u32 {
    let bytes = word.as_bytes();
    let mut hash = 0x811c_9dc5_u32;
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u32).wrapping_mul(0x0100_0193);
        i += 1;
    }
    hash
}

macro_rules! words {
    ($($name:ident = $word:literal),+ $(,)?) => {
        $(pub(crate) const $name: u32 = key($word);)+
    };
}

words! {
    THE = "the", A = "a", AN = "an", OF = "of", AND = "and", OR = "or", FOR = "for", TO = "to", AT = "at", IN = "in", BY = "by",
    AS = "as", ON = "on", FROM = "from", THIS = "this", THAT = "that", THESE = "these", THOSE = "those", POSSESSIVE = "'s",
    POSSESSIVE_CURLY = "’s", APOSTROPHE = "'", APOSTROPHE_CURLY = "’", COMMA = ",", HYPHEN = "-", DASH = "–", SLASH = "/",
    AMPERSAND = "&", HE = "he", HIM = "him", HIS = "his", HIMSELF = "himself", SHE = "she", HER = "her", HERS = "hers",
    HERSELF = "herself", THEY = "they", THEM = "them", THEIR = "their", THEMSELVES = "themselves", WE = "we", US = "us", OUR = "our",
    OURS = "ours", OURSELVES = "ourselves", I = "i", ME = "me", MY = "my", MYSELF = "myself", IT = "it", ITS = "its",
    ITSELF = "itself", EACH = "each", OTHER = "other", ONE = "one", ANOTHER = "another", WHO = "who", WAS = "was", WERE = "were",
    HAD = "had", SERVED = "served", BOTH = "both", TWO = "two", THREE = "three", FOUR = "four", FIVE = "five", SEVEN = "seven",
    ALL = "all", LEADERS = "leaders", SIDES = "sides", COUNTRIES = "countries", NATIONS = "nations", GOVERNMENTS = "governments",
    STATES = "states", MEN = "men", WOMEN = "women", PAIR = "pair", DUO = "duo", ALLIES = "allies", NEIGHBORS = "neighbors",
    NEIGHBOURS = "neighbours", CAPITALS = "capitals", PARTICIPANTS = "participants", PARTIES = "parties", PARTNERS = "partners",
    DELEGATIONS = "delegations", OFFICIALS = "officials", NORTH = "north", SOUTH = "south", KOREAS = "koreas",
    INTER_KOREAN = "inter-korean", PRESIDENTS = "presidents", MINISTERS = "ministers", BIN = "bin", IBN = "ibn", AL = "al",
    EL = "el", DE = "de", DA = "da", DOS = "dos", DEL = "del", LA = "la", VAN = "van", VON = "von", DER = "der", DEN = "den",
    UL = "ul", UR = "ur", BINT = "bint", BEN = "ben", TER = "ter", DI = "di", DU = "du", LE = "le", ABU = "abu", JR = "jr.",
    JR_BARE = "jr", SR = "sr.", NO = "no", ANY = "any", EVERY = "every", SOME = "some",
}
