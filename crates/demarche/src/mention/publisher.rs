//! Whose document it is: the state that a publisher's name or address belongs to.

use crate::{
    document::Document,
    kb::{
        KnowledgeBase, fold,
        phrase::{Entry, Meaning, words},
        trie::Trie,
    },
    mention::Code,
};

/// The state of a government that published the document; `None` for newspapers and the unknown.
pub(crate) fn state_of(kb: &KnowledgeBase, document: &Document) -> Option<Code> {
    let by_address = document.meta.address.as_deref().and_then(|address| of_address(kb, address));
    by_address.or_else(|| document.meta.publisher.as_deref().and_then(|name| of_name(kb, name)))
}

/// "https://www.mofa.go.jp/…" → JPN: the second-level domains that governments use.
fn of_address(kb: &KnowledgeBase, address: &str) -> Option<Code> {
    let host = address.split("://").nth(1).unwrap_or(address).split(['/', ':']).next()?;
    let mut labels = host.rsplit('.');
    let top = labels.next()?;
    if top == "gov" || top == "mil" {
        return Code::parse("USA");
    }
    let second = labels.next()?;
    if !matches!(second, "gov" | "go" | "gob" | "gouv" | "gc" | "government" | "govt" | "mil") {
        return None;
    }
    let top = top.to_ascii_uppercase();
    kb.state_by_iso2(if top == "UK" { "GB" } else { &top }).map(|s| s.plover)
}

/// "The White House", "Ministry of Foreign Affairs of Japan" → the state that the name holds, unless a newspaper's.
fn of_name(kb: &KnowledgeBase, name: &str) -> Option<Code> {
    let mut keys = Vec::new();
    words(name, |word| keys.push(fold::key(word)));
    let mut state = None;
    let mut official = false;
    for start in 0..keys.len() {
        let mut node = Trie::<Entry>::ROOT;
        for key in &keys[start..] {
            let Some(next) = kb.phrases.trie.step(node, *key) else { break };
            node = next;
            for entry in kb.phrases.trie.meanings(node) {
                match entry.meaning {
                    Meaning::State { state: id, usage, .. } => {
                        state = state.or(Some(kb.state_at(id).plover));
                        official |= usage == crate::kb::phrase::NameUse::Metonym;
                    }
                    Meaning::Organization(id) => {
                        let organization = kb.organization(id);
                        if &*organization.kind == "media" {
                            return None;
                        }
                        if let Some(code) = organization.code.filter(|code| kb.state(*code).is_some()) {
                            state = state.or(Some(code));
                            official = true;
                        }
                    }
                    Meaning::Agent(id, _) => {
                        official |= kb.phrases.agents[usize::from(id)].sector == Some(Code(*b"GOV"));
                    }
                    Meaning::Title(..) => official = true,
                    _ => {}
                }
            }
        }
    }
    state.filter(|_| official)
}
