//! [`Reader::read`]: a document in, its [`Reading`] out. Reading never fails; what was not understood is a doubt.

use crate::{
    document::Document,
    doubt::{self, Doubt},
    encounter::{self, Encounter},
    event::{
        self, Event, Relation, Status,
        gate::Gate,
        judge::Bench,
        pattern::{Lexicon, LexiconError},
        propose::Context,
        tree::Words,
    },
    judge::Judge,
    kb::{KnowledgeBase, TableError},
    mention::{self, Mentions, group, scan::Scan},
    sentence::{self, Sentence},
    span::Span,
    syntax::SyntaxModel,
    vocabulary::Vocabulary,
};

const IRREGULAR: &str = include_str!("../data/lexicon/irregular.tsv");

/// Knowledge, lexicon and model, loaded once; reads any number of documents, from any number of threads.
pub struct Reader {
    /// Every word that the rules know.
    pub(crate) vocabulary: Vocabulary,
    kb: KnowledgeBase,
    lexicon: Lexicon,
    syntax: SyntaxModel,
    words: Words,
    judge: Option<Bench>,
}

/// What a document says, with the document it was read from.
#[derive(Debug)]
pub struct Reading<'d> {
    /// The document.
    pub document: &'d Document,
    /// Its sentences, in text order.
    pub sentences: Vec<Sentence>,
    /// Who, where, when and what about.
    pub mentions: Mentions,
    /// The acts it speaks of, in text order.
    pub events: Vec<Event>,
    /// The encounters it speaks of, each once, in order of first mention.
    pub encounters: Vec<Encounter>,
    /// What does not fit the facts or itself, and what was odd about the document.
    pub doubts: Vec<Doubt>,
}

/// Facts or words that cannot be used, and why.
#[derive(Debug)]
pub enum LoadError {
    /// A table of the knowledge base.
    Table(TableError),
    /// A file of event patterns.
    Lexicon(LexiconError),
}

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            LoadError::Table(error) => error.fmt(f),
            LoadError::Lexicon(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for LoadError {}

impl From<TableError> for LoadError {
    fn from(error: TableError) -> LoadError {
        LoadError::Table(error)
    }
}

impl Reader {
    /// The reader with its built-in facts and words.
    pub fn embedded() -> Reader {
        Reader::with_facts(&[]).expect("the built-in data load, which a test checks")
    }

    /// The reader with a user's own tables laid over the built-in ones, the later over the earlier.
    ///
    /// # Errors
    /// When a table cannot be read; the error names file and line.
    pub fn with_facts(folders: &[&std::path::Path]) -> Result<Reader, LoadError> {
        let mut vocabulary = Vocabulary::new(IRREGULAR);
        let lexicon = Lexicon::embedded(&mut vocabulary);
        let mut kb = KnowledgeBase::embedded(&mut vocabulary)?;
        for folder in folders {
            kb.extend_from_folder(folder, &mut vocabulary)?;
        }
        let mut word = |form: &str| vocabulary.add(form);
        let words = Words {
            by: word("by"),
            of: word("of"),
            between: word("between"),
            among: word("among"),
            relative: [word("who"), word("which"), word("that"), word("whom")],
        };
        Ok(Reader { vocabulary, kb, lexicon, syntax: SyntaxModel::embedded(), words, judge: None })
    }

    /// The same reader with a learned judge, who decides what each sentence tells.
    #[must_use]
    pub fn with_judge(mut self, judge: Box<dyn Judge>) -> Reader {
        self.judge = Some(Bench { judge, gate: Some(Gate::embedded()) });
        self
    }

    /// The same reader, whose judge is asked about every sentence that names somebody, also where `data/lexicon/asked.tsv` says that it
    /// tells nothing: a quarter more work, for three more events in a hundred.
    #[must_use]
    pub fn asking_always(mut self) -> Reader {
        if let Some(bench) = &mut self.judge {
            bench.gate = None;
        }
        self
    }

    /// The facts that this reader knows.
    pub fn knowledge(&self) -> &KnowledgeBase {
        &self.kb
    }

    /// The event patterns that this reader knows.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Which act stands between two spans of a document, which must lie in one sentence for an answer; one of them may be only implied.
    pub fn relate(&self, document: &Document, source: Option<Span>, target: Option<Span>) -> Option<Relation> {
        let sentences = self.sentences(document);
        let mentions = mention::find(document, &sentences, &self.kb, &self.vocabulary, &mut mention::Scratch::default());
        let within = |s: &Sentence, span: Option<Span>| span.is_some_and(|span| s.span.overlaps(span));
        let holds = |s: &Sentence| within(s, source) || within(s, target);
        let found = sentences
            .iter()
            .enumerate()
            .filter(|(_, s)| holds(s))
            .max_by_key(|(i, s)| (within(s, source) && within(s, target), std::cmp::Reverse(*i)));
        let (index, sentence) = found?;
        let ctx = Context::new(sentence, index as u32, &mentions, &self.lexicon, &self.vocabulary, &self.words);
        if let Some(bench) = &self.judge {
            let cast = event::learned::Cast::of(&ctx).asking([source, target]);
            let words = event::learned::ask(bench.judge.as_ref(), &ctx, &document.text, &cast.named(&ctx));
            if let Some(relation) =
                words.and_then(|words| event::learned::relation(&words, sentence.span.start, [source.is_some(), target.is_some()]))
            {
                return Some(relation);
            }
        }
        event::relate::relate(&ctx, source, target)
    }

    /// How what each span names is told, whatever it is: by the event that is read there, else by the rules that give an event its status.
    /// None where the span is in no sentence.
    pub fn statuses(&self, document: &Document, spans: &[Span]) -> Vec<Option<Status>> {
        let reading = self.read(document);
        let told = |span: &Span| {
            if let Some(event) = reading.events.iter().find(|e| e.evidence.trigger.overlaps(*span)) {
                return Some(event.status);
            }
            let (index, sentence) = reading.sentences.iter().enumerate().find(|(_, s)| s.span.overlaps(*span))?;
            let ctx = Context::new(sentence, index as u32, &reading.mentions, &self.lexicon, &self.vocabulary, &self.words);
            let at = sentence.tokens.iter().position(|token| token.span.overlaps(*span))?;
            Some(event::propose::told(&ctx, at as u16))
        };
        spans.iter().map(told).collect()
    }

    /// Sentences with their tokens, tagged, parsed and looked up.
    fn sentences(&self, document: &Document) -> Vec<Sentence> {
        let mut sentences = sentence::sentences(document);
        let mut scratch = crate::syntax::Scratch::default();
        let mut scan = Scan::default();
        let (mut groups, mut folded, mut origin) = (Vec::new(), Vec::new(), Vec::new());
        for sentence in &mut sentences {
            let text = &document.text;
            crate::token::tokenize(text, sentence.span, &mut sentence.tokens);
            scan.read(&self.kb, text, &sentence.tokens);
            group::groups(&self.kb, &scan, text, &sentence.tokens, &mut groups);
            group::fold(&sentence.tokens, &groups, &mut folded, &mut origin);
            self.syntax.tag(text, &mut folded, &mut scratch);
            group::mark(&mut folded, &groups, &origin);
            self.syntax.parse(text, &mut folded, &mut scratch);
            group::unfold(&mut sentence.tokens, &groups, &folded, &origin);
            self.vocabulary.fill(&mut sentence.tokens);
        }
        sentences
    }

    /// Reads a document.
    pub fn read<'d>(&self, document: &'d Document) -> Reading<'d> {
        let sentences = self.sentences(document);
        let mentions = mention::find(document, &sentences, &self.kb, &self.vocabulary, &mut mention::Scratch::default());
        let mut events = Vec::new();
        for (index, sentence) in sentences.iter().enumerate() {
            let ctx = Context::new(sentence, index as u32, &mentions, &self.lexicon, &self.vocabulary, &self.words);
            events.extend(event::read(&ctx, &self.kb, &document.text, self.judge.as_ref()));
        }
        let encounters = encounter::gather(document, &sentences, &mentions, &events, &self.kb, &self.vocabulary);
        let doubts = doubt::find(document, &mentions, &events, &encounters, &self.kb);
        Reading { document, sentences, mentions, events, encounters, doubts }
    }
}
