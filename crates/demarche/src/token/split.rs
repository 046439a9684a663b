//! Text of one sentence → its [`Token`]s, in the manner of Universal Dependencies (English Web Treebank).
//!
//! One pass over the characters. Words are read to their end with every mark that belongs inside them ("U.S.",
//! "O'Brien", "1,000", "co-operate"); a clitic ("n't", "'s") and a hyphen between letters become tokens of their own.
//! What a word may look ahead to is bounded, so the time is linear in the text, whatever it holds.

use crate::{
    span::Span,
    token::{Token, abbreviation},
};

/// Appends the tokens of `span` to `out`: span, hash, shape and the space before; all else is left at its default.
pub fn tokenize(text: &str, span: Span, out: &mut Vec<Token>) {
    let end = span.end as usize;
    let mut splitter = Splitter { text, end, at: span.start as usize, space: true, mail_checked: 0, out };
    while let Some(c) = splitter.peek(0) {
        splitter.step(c);
    }
}

/// Where the reading of one sentence stands.
struct Splitter<'a> {
    text: &'a str,
    /// First byte after the sentence.
    end: usize,
    /// Next byte to read.
    at: usize,
    /// Whether white space (or the sentence's start) stands before `at`.
    space: bool,
    /// No mail address starts before this byte: keeps the look-ahead linear.
    mail_checked: usize,
    out: &'a mut Vec<Token>,
}

impl Splitter<'_> {
    /// Reads one token, or one character of white space.
    fn step(&mut self, c: char) {
        let stop = if is_space(c) {
            self.at += c.len_utf8();
            self.space = true;
            return;
        } else if let Some(stop) = self.address(c) {
            stop
        } else if is_word(c) || (c == '.' && self.space && self.digit_at(self.at + 1)) {
            return self.word();
        } else if let Some(stop) = self.clitic(self.at).filter(|_| !self.space) {
            stop
        } else {
            self.mark(c)
        };
        self.push(stop);
    }

    /// A word with what belongs inside it, and the clitic "n't" or "not" that ends it.
    fn word(&mut self) {
        let start = self.at;
        let mut at = start + self.char_at(start).map_or(0, char::len_utf8);
        while let Some(c) = self.char_at(at) {
            let joined = if is_word(c) { c.len_utf8() } else { self.joint(start, at, c) };
            if joined == 0 {
                break;
            }
            at += joined;
            if c == '$' {
                break;
            }
        }
        let form = &self.text[start..at];
        if let Some(cut) = negation(form).or_else(|| fused(form)) {
            self.push(start + cut.0);
            self.push(start + cut.1);
        } else {
            self.push(at);
        }
    }

    /// How many bytes from `at`, where the mark `c` stands, belong to the word that began at `start`; 0 ends the word.
    fn joint(&self, start: usize, at: usize, c: char) -> usize {
        let form = &self.text[start..at];
        let bytes = self.text.as_bytes();
        let before = bytes[at - 1];
        let after = self.char_at(at + c.len_utf8());
        let digits = before.is_ascii_digit() && after.is_some_and(|a| a.is_ascii_digit());
        let joins = match c {
            '.' => return self.period(form, at, after),
            ',' => digits && (1..4).all(|i| self.digit_at(at + i)) && !self.digit_at(at + 4),
            ':' | '/' => digits,
            '_' => after.is_some_and(is_word),
            '\'' | '’' => after.is_some_and(char::is_alphabetic) && self.clitic(at).is_none(),
            '&' => before.is_ascii_uppercase() && after.is_some_and(|a| a.is_ascii_uppercase()),
            '$' => matches!(form, "US" | "A" | "C" | "NZ" | "HK" | "S") && self.digit_at(at + 1),
            '-' if digits => return self.hyphenated_number(at),
            '-' => after.is_some_and(char::is_alphabetic) && abbreviation::is_affix(form),
            _ => false,
        };
        if joins { c.len_utf8() } else { 0 }
    }

    /// The period after `form`: inside a number, an acronym or an Internet name, or the mark of an abbreviation.
    fn period(&self, form: &str, at: usize, after: Option<char>) -> usize {
        let segment = &form[form.rfind('.').map_or(0, |dot| dot + 1)..];
        let single = segment.chars().nth(1).is_none();
        let letter = segment.chars().next_back().is_some_and(char::is_alphabetic);
        let joins = match after {
            Some('.') => false,
            Some(a) if is_word(a) => {
                let digits = !letter && a.is_ascii_digit();
                // "U.S", "example.com", "Ph.D", but not "end.The"
                let name = a.is_alphabetic() && (single || a.is_lowercase() || (segment.len() == 2 && self.initial_at(at + 1)));
                digits || (letter || segment.ends_with(|c: char| c.is_ascii_digit())) && name
            }
            _ if form.contains('.') => single && letter && form.len() <= 16,
            _ if single => letter && segment.chars().all(char::is_uppercase) && self.capital_follows(at + 1),
            _ => abbreviation::is_abbreviation(form, self.digit_at(at + 2)),
        };
        usize::from(joins)
    }

    /// Whether one letter and a period stand at `at` ("D." of "Ph.D.").
    fn initial_at(&self, at: usize) -> bool {
        let letter = self.char_at(at).filter(|c| c.is_alphabetic());
        letter.is_some_and(|c| !self.char_at(at + c.len_utf8()).is_some_and(char::is_alphanumeric))
    }

    /// Whether a space and a capital letter stand at `at`, as after an initial.
    fn capital_follows(&self, at: usize) -> bool {
        let space = self.char_at(at).filter(|&c| is_space(c));
        space.is_some_and(|c| self.char_at(at + c.len_utf8()).is_some_and(char::is_uppercase))
    }

    /// "2025-08-23" and "713-853-3989" are one token: the length from the first hyphen at `at` to their end, else 0.
    fn hyphenated_number(&self, at: usize) -> usize {
        let digits = |from: usize| (0..5).take_while(|&i| self.digit_at(from + i)).count();
        let second = at + 1 + digits(at + 1);
        let is_date = self.char_at(second) == Some('-') && matches!(digits(second + 1), 2..=4);
        if is_date { second + 1 + digits(second + 1) - at } else { 0 }
    }

    /// The end of a clitic ("'s", "’ll") that starts at `at` and after which its word ends.
    fn clitic(&self, at: usize) -> Option<usize> {
        let mark = self.char_at(at).filter(|&c| is_apostrophe(c))?;
        let from = at + mark.len_utf8();
        let rest = &self.text.as_bytes()[from..self.end.min(from + 2)];
        let length = match rest {
            [b'l' | b'L', b'l' | b'L'] | [b'r' | b'R', b'e' | b'E'] | [b'v' | b'V', b'e' | b'E'] => 2,
            [b's' | b'S' | b'm' | b'M' | b'd' | b'D', ..] => 1,
            _ => return None,
        };
        let ends = !self.char_at(from + length).is_some_and(is_word);
        ends.then_some(from + length)
    }

    /// A mark of punctuation, repeated where repetition is one mark ("...", "--", "!!").
    fn mark(&self, c: char) -> usize {
        let same = |d: char| match c {
            '!' | '?' => matches!(d, '!' | '?'),
            '.' | '-' | '*' | '=' | '_' | '~' | '<' | '>' | '`' | '\'' | '’' | '‘' => c == d,
            _ => false,
        };
        let mut at = self.at + c.len_utf8();
        while let Some(d) = self.char_at(at).filter(|&d| same(d)) {
            at += d.len_utf8();
        }
        at
    }

    /// The end of a web address, a mail address or a handle that starts here.
    fn address(&mut self, c: char) -> Option<usize> {
        if !c.is_ascii_alphanumeric() && c != '@' {
            return None;
        }
        let rest = &self.text.as_bytes()[self.at..self.end];
        let prefixes: [&[u8]; 5] = [b"http://", b"https://", b"www.", b"ftp://", b"mailto:"];
        if prefixes.iter().any(|p| rest.len() > p.len() && rest[..p.len()].eq_ignore_ascii_case(p)) {
            return Some(self.address_end(self.at));
        }
        if c == '@' {
            let name = rest[1..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
            return (self.space && name > 1).then_some(self.at + 1 + name);
        }
        if self.at < self.mail_checked {
            return None;
        }
        let local = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || b"._%+-".contains(b)).count();
        self.mail_checked = self.at + local;
        let host = rest.get(local + 1).is_some_and(u8::is_ascii_alphanumeric);
        (rest.get(local) == Some(&b'@') && host).then(|| self.address_end(self.at))
    }

    /// The end of the run without white space, quotes and angle brackets from `at`, less closing punctuation.
    fn address_end(&self, at: usize) -> usize {
        let run = &self.text[at..self.end];
        let stop = run.find(|c| is_space(c) || "<>\"“”‘’«»".contains(c)).unwrap_or(run.len());
        let trimmed = run[..stop].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '*', '_']);
        at + trimmed.len().max(1)
    }

    /// Emits the token from `self.at` to `stop`.
    fn push(&mut self, stop: usize) {
        self.out.push(Token::new(self.text, Span::new(self.at, stop), self.space));
        self.at = stop;
        self.space = false;
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.char_at(self.at + ahead)
    }

    fn char_at(&self, at: usize) -> Option<char> {
        let byte = *self.text.as_bytes().get(at).filter(|_| at < self.end)?;
        if byte.is_ascii() { Some(char::from(byte)) } else { self.text[at..self.end].chars().next() }
    }

    fn digit_at(&self, at: usize) -> bool {
        at < self.end && self.text.as_bytes()[at].is_ascii_digit()
    }
}

/// Where "n't" begins and ends in a word that holds it.
fn negation(form: &str) -> Option<(usize, usize)> {
    let stem = form.strip_suffix(['t', 'T'])?.strip_suffix(is_apostrophe)?.strip_suffix(['n', 'N'])?;
    (!stem.is_empty()).then_some((stem.len(), form.len()))
}

/// Words that the treebank cuts in two, and "5pm": where, and the length.
fn fused(form: &str) -> Option<(usize, usize)> {
    let cut = match form.len() {
        6 if form.eq_ignore_ascii_case("cannot") => 3,
        5 if form.eq_ignore_ascii_case("gonna") || form.eq_ignore_ascii_case("gotta") || form.eq_ignore_ascii_case("wanna") => 3,
        3.. if form.as_bytes()[0].is_ascii_digit() => {
            let number = form.strip_suffix("pm").or_else(|| form.strip_suffix("am"))?;
            number.bytes().all(|b| b.is_ascii_digit() || b == b':').then_some(number.len())?
        }
        _ => return None,
    };
    Some((cut, form.len()))
}

/// White space, and characters of no width that stand between words.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// Letters, digits, and the marks that combine with them.
fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let combining = matches!(c, '\u{0300}'..='\u{036F}' | '\u{200C}' | '\u{200D}' | '\u{00AD}');
    combining || c.is_alphanumeric() || matches!(c, '\u{093C}' | '\u{094D}' | '\u{09CD}' | '\u{0E47}'..='\u{0E4E}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`')
}
