//! Labels of transcripts: "PRIME MINISTER KISHIDA:" → a title and a name.

use crate::{
    kb::{
        KnowledgeBase, RoleId, fold,
        person::is_name_filler,
        phrase::{Entry, Meaning, words},
        trie::Trie,
    },
    mention::word,
};

/// The role that a label gives, the keys of the name after it, and whether "Mr." or the like stands before.
pub(crate) fn read_label(kb: &KnowledgeBase, label: &str) -> (Option<RoleId>, Vec<u32>, bool) {
    let mut keys = Vec::new();
    words(label, |form| {
        if !is_name_filler(form) && form != ":" {
            keys.push(fold::key(form));
        }
    });
    let mut at = usize::from(keys.first() == Some(&word::THE));
    let mut role = None;
    let mut courtesy = false;
    loop {
        let mut node = Trie::<Entry>::ROOT;
        let mut found = None;
        for (end, key) in keys.iter().enumerate().skip(at) {
            let Some(next) = kb.phrases.trie.step(node, *key) else { break };
            node = next;
            for entry in kb.phrases.trie.meanings(node) {
                if let Meaning::Title(id, false) = entry.meaning {
                    found = Some((end + 1, kb.phrases.titles[usize::from(id)].role));
                }
            }
        }
        let Some((end, title)) = found else { break };
        if kb.role_name(title) == "courtesy" {
            courtesy = true;
        } else {
            role = Some(title);
        }
        at = end;
    }
    (role, keys.split_off(at.min(keys.len())), courtesy)
}

/// A label as a name to show: "MR. SULLIVAN" → "Mr. Sullivan".
pub(crate) fn shown(label: &str) -> String {
    let words = label.trim_end_matches(':').split_whitespace().map(|word| {
        let mut letters = word.chars();
        let first: String = letters.next().into_iter().collect();
        first + &letters.as_str().to_lowercase()
    });
    words.collect::<Vec<String>>().join(" ")
}
