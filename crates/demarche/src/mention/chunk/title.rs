//! Titles: which one is meant, how it is qualified, and the chain of them before a name.

use super::{Chunker, Seen};
use crate::{
    kb::phrase::{Meaning, Qualifier},
    mention::{
        TitleQuality,
        phrase::{Core, Few, TitleUse},
        scan::Item,
        word,
    },
};

impl<'a> Chunker<'a> {
    /// Of several titles that are written so, the one whose scope fits the states before it.
    pub(super) fn best_title(&self, item: Item, fallback: u16) -> u16 {
        let states = self.states_before(item.first);
        let mut best = (fallback, 0);
        for meaning in item.meanings(self.kb, self.scan, self.tokens) {
            if let Meaning::Title(id, _) = meaning {
                let score = match self.kb.phrases.titles[usize::from(id)].scope {
                    Some(scope) if states.iter().any(|s| s == scope) => 2,
                    None => 1,
                    Some(_) => 0,
                };
                if score > best.1 {
                    best = (id, score);
                }
            }
        }
        best.0
    }

    /// Whether a phrase that is both title and agent is the title: a name follows it, or it stands for one person.
    pub(super) fn title_leads(&self, item: Item, seen: &Seen, plural: bool) -> bool {
        if seen.agent.is_none() {
            return seen.state.is_none() || self.name_run(usize::from(item.end)).is_some();
        }
        let level = seen.title.map(|(id, _)| self.kb.phrases.titles[usize::from(id)].level);
        let singular = !plural && level.is_some_and(|level| level <= crate::kb::Level::Envoy);
        singular || self.name_run(usize::from(item.end)).is_some()
    }

    pub(super) fn title(&mut self, item: Item, title: u16, plural: bool, seen: &Seen) -> usize {
        let mut quality = self.take_quality(item.first);
        if quality == TitleQuality::Holds {
            quality = self.written_quality(&item);
        }
        let mut titles = Few::one(TitleUse { first: item.first, end: item.end, title, quality });
        let mut end = usize::from(item.end);
        end = self.quality_after(end, &mut titles);
        if plural && let Some((anaphor, first)) = self.counted_title(item, title) {
            self.flush();
            self.push(first, item.end, Core::Anaphor(anaphor));
            if let Some(phrase) = self.out.last_mut() {
                phrase.titles = titles;
            }
            return usize::from(item.end);
        }
        if plural {
            let core = seen.agent.map_or(Core::Title, |(agent, _)| Core::Agent(agent));
            return self.finish_core(item.first, end, core, titles, true);
        }
        // "Vice Premier and Foreign Minister Wang": a chain of titles counts only when a name ends it.
        let (chain_end, chain) = self.title_chain(end, titles);
        if self.name_run(chain_end).is_some() {
            (end, titles) = (chain_end, chain);
        }
        if let Some((name_end, known)) = self.name_run(end) {
            return self.person_with_titles(item.first, end, name_end, known, titles);
        }
        // "President of South Korea Lee Jae-myung", "Foreign Minister of Japan"
        if let Some((of, of_end)) = self.of_state(end, true)
            && let Some((name_end, known)) = self.name_run(of_end)
        {
            let next = self.person_with_titles(item.first, of_end, name_end, known, titles);
            if let Some(phrase) = self.out.last_mut() {
                phrase.states = Few::one(of);
            }
            return next;
        }
        if let Some((name, name_end, known)) = self.name_after_field(end) {
            return self.person_with_titles(item.first, name, name_end, known, titles);
        }
        let is_courtesy = self.kb.role_name(self.kb.phrases.titles[usize::from(title)].role) == "courtesy";
        if is_courtesy {
            self.flush();
            return end;
        }
        self.finish_core(item.first, end, Core::Title, titles, false)
    }

    /// "ex-president" is one word.
    pub(super) fn written_quality(&self, item: &Item) -> TitleQuality {
        let form = self.tokens[usize::from(item.first)].span.of(self.text);
        if form.starts_with("ex-") || form.starts_with("Ex-") { TitleQuality::Former } else { TitleQuality::Holds }
    }

    pub(super) fn title_chain(&self, end: usize, titles: Few<TitleUse>) -> (usize, Few<TitleUse>) {
        let (mut end, mut titles) = (end, titles);
        while titles.len() < 4 {
            let mut next = end;
            while next < end + 2 && matches!(self.key(next), word::AND | word::COMMA | word::AMPERSAND | word::SLASH) {
                next += 1;
            }
            let Some(item) = self.scan.item_at(next).copied() else { break };
            let quality = self.written_quality(&item);
            let mut found = None;
            for meaning in item.meanings(self.kb, self.scan, self.tokens) {
                if let Meaning::Title(id, false) = meaning {
                    found = found.or(Some(id))
                }
            }
            let Some(title) = found else { break };
            titles.push(TitleUse { first: item.first, end: item.end, title, quality });
            end = self.quality_after(usize::from(item.end), &mut titles);
        }
        (end, titles)
    }

    /// "President-elect": the quality that follows a title.
    pub(super) fn quality_after(&self, end: usize, titles: &mut Few<TitleUse>) -> usize {
        let Some(item) = self.scan.item_at(end) else { return end };
        if !matches!(self.key(end), word::HYPHEN) && item.end - item.first > 1 {
            return end;
        }
        for meaning in item.meanings(self.kb, self.scan, self.tokens) {
            if let Meaning::Qualifier(Qualifier::Quality(quality)) = meaning
                && (self.key(end) == word::HYPHEN || matches!(quality, TitleQuality::Elect | TitleQuality::Designate))
            {
                let mut with = Few::NONE;
                let count = titles.len();
                for (i, mut title) in titles.iter().enumerate() {
                    if i + 1 == count {
                        title.quality = quality;
                        title.end = item.end;
                    }
                    with.push(title);
                }
                *titles = with;
                return usize::from(item.end);
            }
        }
        end
    }

    /// The quality that a qualifier before the title gives it, the qualifier used up.
    pub(super) fn take_quality(&mut self, title: u16) -> TitleQuality {
        match self.qualifier {
            Some((qualifier, _, end)) if self.only_fillers(usize::from(end), usize::from(title)) => match qualifier {
                Qualifier::Quality(quality) => quality,
                Qualifier::Outgoing => TitleQuality::Holds,
                Qualifier::Deputy => TitleQuality::Deputy,
            },
            _ => TitleQuality::Holds,
        }
    }
}
