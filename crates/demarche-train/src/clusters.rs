//! Word clusters from raw text, by the exchange algorithm: each word moves to the class in which the classes of
//! neighbouring words predict each other best (Martin, Liermann and Ney 1998), until few words move.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use demarche::{
    span::Span,
    syntax::lexicon::CLUSTERS,
    token::{Token, tokenize},
};
use rustc_hash::FxHashMap;

/// Word hash → cluster, from 1.
#[derive(Debug, Default)]
pub(crate) struct Clusters {
    /// By hash of the lower-case form.
    pub(crate) of_hash: FxHashMap<u32, u16>,
}

/// Rounds over the words; after these, hardly any word moves.
const ROUNDS: usize = 10;
/// Words seen less often stay without a cluster.
const LEAST: u32 = 3;
/// Classes: the first is for words without a cluster, the last for the borders of lines.
const CLASSES: usize = CLUSTERS as usize;
const BORDER: usize = CLASSES - 1;

/// Clusters the words of the raw texts and of the `more` token lists.
pub(crate) fn cluster<'a>(folder: &Path, more: impl Iterator<Item = &'a [Token]>) -> io::Result<Clusters> {
    let mut lines: Vec<Vec<u32>> = more.map(|tokens| tokens.iter().map(|t| t.hash).collect()).collect();
    for file in files(folder)? {
        let raw = String::from_utf8_lossy(&fs::read(&file)?).into_owned();
        add_lines(&plain(&file, &raw), &mut lines);
    }
    let mut exchange = Exchange::new(&lines);
    for _ in 0..ROUNDS {
        exchange.round();
    }
    let words = exchange.words.iter().map(|word| (word.hash, word.class as u16));
    Ok(Clusters { of_hash: words.collect() })
}

/// Folders of raw text that are free to be learned from: the rest is for tests.
const FOLDERS: [&str; 4] = ["aus_pm_transcripts", "ungdc", "us_state_rss", "whitehouse"];

/// All text files to learn from, in order.
pub(crate) fn files(texts: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    FOLDERS.iter().try_for_each(|folder| add_files(&texts.join(folder), &mut found))?;
    Ok(found)
}

fn add_files(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<io::Result<_>>()?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            add_files(&entry, found)?;
        } else if entry.extension().is_some_and(|e| ["md", "txt", "jsonl", "xml"].iter().any(|known| e == *known)) {
            found.push(entry);
        }
    }
    Ok(())
}

/// A file's text: paragraphs in one line each, without front matter, markup and field names.
pub(crate) fn plain(file: &Path, raw: &str) -> String {
    let kind = file.extension().unwrap_or_default().to_string_lossy().into_owned();
    match kind.as_str() {
        "md" => raw.splitn(3, "---\n").last().unwrap_or_default().replace("\n\n", "\0").replace('\n', " ").replace('\0', "\n"),
        "jsonl" => raw.lines().filter_map(json_text).collect::<Vec<_>>().join("\n"),
        "xml" => {
            let mut depth = 0;
            let mut text = String::new();
            for c in raw.chars() {
                match c {
                    '<' => depth = 1,
                    '>' => {
                        depth = 0;
                        text.push(' ');
                    }
                    c if depth == 0 => text.push(c),
                    _ => {}
                }
            }
            text
        }
        _ => raw.to_owned(),
    }
}

/// The field "text" of a line of JSON.
fn json_text(line: &str) -> Option<String> {
    let start = line.find("\"text\": \"")? + 9;
    let mut text = String::new();
    let mut chars = line[start..].chars();
    while let Some(c) = chars.next().filter(|&c| c != '"') {
        match c {
            '\\' => match chars.next()? {
                'n' => text.push('\n'),
                'u' => text.push(char::from_u32(u32::from_str_radix(&chars.by_ref().take(4).collect::<String>(), 16).ok()?).unwrap_or(' ')),
                other => text.push(other),
            },
            c => text.push(c),
        }
    }
    Some(text)
}

fn add_lines(text: &str, lines: &mut Vec<Vec<u32>>) {
    let mut tokens = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        tokens.clear();
        tokenize(line, Span::new(0, line.len()), &mut tokens);
        lines.push(tokens.iter().map(|t| t.hash).collect());
    }
}

/// A word with its neighbours.
struct Word {
    hash: u32,
    count: u32,
    class: usize,
    /// Words that follow it, and how often; [`RARE`] and [`EDGE`] stand for the fixed classes.
    next: Vec<(u32, u32)>,
    before: Vec<(u32, u32)>,
    itself: u32,
}

const RARE: u32 = u32::MAX - 1;
const EDGE: u32 = u32::MAX;

struct Exchange {
    words: Vec<Word>,
    /// How often a class is followed by a class, and the same turned round.
    pairs: Vec<i64>,
    turned: Vec<i64>,
    sizes: Vec<i64>,
}

impl Exchange {
    fn new(lines: &[Vec<u32>]) -> Exchange {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        lines.iter().flatten().for_each(|&hash| *counts.entry(hash).or_insert(0) += 1);
        let mut known: Vec<(u32, u32)> = counts.into_iter().filter(|&(_, n)| n >= LEAST).collect();
        known.sort_by_key(|&(hash, n)| (std::cmp::Reverse(n), hash));
        let index: FxHashMap<u32, u32> = known.iter().enumerate().map(|(i, &(hash, _))| (hash, i as u32)).collect();
        let mut bigrams: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        for line in lines {
            let ids = line.iter().map(|hash| index.get(hash).copied().unwrap_or(RARE)).chain([EDGE]);
            ids.fold(EDGE, |before, id| {
                *bigrams.entry((before, id)).or_insert(0) += 1;
                id
            });
        }
        let class = |i: usize| 1 + i % (CLASSES - 2);
        let word = |(i, &(hash, count))| Word { hash, count, class: class(i), next: Vec::new(), before: Vec::new(), itself: 0 };
        let words = known.iter().enumerate().map(word).collect();
        let empty = vec![0; CLASSES * CLASSES];
        let mut exchange = Exchange { words, pairs: empty.clone(), turned: empty, sizes: vec![0; CLASSES] };
        let mut sorted: Vec<_> = bigrams.into_iter().collect();
        sorted.sort_unstable();
        for ((a, b), n) in sorted {
            let (from, to) = (exchange.class(a), exchange.class(b));
            exchange.add(from, to, i64::from(n));
            exchange.sizes[from] += i64::from(n);
            match (a < RARE, b < RARE) {
                (true, _) if a == b => exchange.words[a as usize].itself = n,
                (left, right) => {
                    if left {
                        exchange.words[a as usize].next.push((b, n));
                    }
                    if right {
                        exchange.words[b as usize].before.push((a, n));
                    }
                }
            }
        }
        exchange
    }

    fn class(&self, id: u32) -> usize {
        match id {
            RARE => 0,
            EDGE => BORDER,
            id => self.words[id as usize].class,
        }
    }

    fn add(&mut self, from: usize, to: usize, n: i64) {
        self.pairs[from * CLASSES + to] += n;
        self.turned[to * CLASSES + from] += n;
    }

    /// Moves each word to its best class.
    fn round(&mut self) {
        let logs: Vec<f64> = (0..1 << 16).map(|n| if n == 0 { 0.0 } else { f64::from(n) * f64::from(n).ln() }).collect();
        let f = |n: i64| logs.get(n as usize).copied().unwrap_or_else(|| n as f64 * (n as f64).ln());
        for w in 0..self.words.len() {
            let old = self.words[w].class;
            let next = self.by_class(&self.words[w].next);
            let before = self.by_class(&self.words[w].before);
            let (count, itself) = (i64::from(self.words[w].count), i64::from(self.words[w].itself));
            self.shift(old, &next, &before, -1, count, itself);
            let mut best = (f64::MIN, old);
            for class in 1..BORDER {
                let row = &self.pairs[class * CLASSES..][..CLASSES];
                let column = &self.turned[class * CLASSES..][..CLASSES];
                let mut gain = -2.0 * (f(self.sizes[class] + count) - f(self.sizes[class]));
                let mut inner = itself;
                for &(c, n) in &next {
                    if c == class { inner += n } else { gain += f(row[c] + n) - f(row[c]) }
                }
                for &(c, n) in &before {
                    if c == class { inner += n } else { gain += f(column[c] + n) - f(column[c]) }
                }
                gain += f(row[class] + inner) - f(row[class]);
                if gain > best.0 {
                    best = (gain, class);
                }
            }
            self.shift(best.1, &next, &before, 1, count, itself);
            self.words[w].class = best.1;
        }
    }

    fn by_class(&self, neighbours: &[(u32, u32)]) -> Vec<(usize, i64)> {
        let mut sums = [0_i64; CLASSES];
        neighbours.iter().for_each(|&(id, n)| sums[self.class(id)] += i64::from(n));
        sums.into_iter().enumerate().filter(|&(_, n)| n > 0).collect()
    }

    /// Adds a word to a class, or with `sign` −1 takes it out.
    fn shift(&mut self, class: usize, next: &[(usize, i64)], before: &[(usize, i64)], sign: i64, count: i64, itself: i64) {
        next.iter().for_each(|&(c, n)| self.add(class, c, sign * n));
        before.iter().for_each(|&(c, n)| self.add(c, class, sign * n));
        self.add(class, class, sign * itself);
        self.sizes[class] += sign * count;
    }
}
