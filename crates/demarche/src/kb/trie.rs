//! Phrases as paths of word keys: one look-up per token finds every name, title and topic that begins at a place.
//!
//! A key is [`hash_lower`](crate::token::hash_lower) of a token's form without accents ([`fold`](super::fold)), so that
//! plain tokens need no work at all: their key is their hash.

use rustc_hash::FxHashMap;

/// Phrases of the tables, each with what it may mean.
#[derive(Clone, Debug)]
pub(crate) struct Trie<T> {
    edges: FxHashMap<u64, u32>,
    /// Meanings while loading, in the order of the tables.
    pending: Vec<(u32, T)>,
    /// Meanings by node, once [`Trie::seal`] has sorted them.
    meanings: Vec<T>,
    /// Where each node's meanings begin in `meanings`; one more than there are nodes.
    starts: Vec<u32>,
    nodes: u32,
}

/// A place in a [`Trie`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Node(u32);

impl<T> Default for Trie<T> {
    fn default() -> Trie<T> {
        Trie { edges: FxHashMap::default(), pending: Vec::new(), meanings: Vec::new(), starts: vec![0, 0], nodes: 1 }
    }
}

impl<T: Copy> Trie<T> {
    /// Where every walk begins.
    pub(crate) const ROOT: Node = Node(0);

    /// Makes room for about so many phrases.
    pub(crate) fn reserve(&mut self, phrases: usize) {
        self.edges.reserve(phrases * 2);
        self.pending.reserve(phrases);
    }

    /// Adds a phrase. It is found after the next [`Trie::seal`].
    pub(crate) fn add(&mut self, keys: &[u32], meaning: T) {
        debug_assert!(!keys.is_empty());
        let mut node = 0;
        for key in keys {
            let next = self.edges.entry(edge(node, *key)).or_insert(self.nodes);
            if *next == self.nodes {
                self.nodes += 1;
            }
            node = *next;
        }
        self.pending.push((node, meaning));
    }

    /// Makes the added phrases ready for look-up; a node's meanings keep the order in which they were added.
    pub(crate) fn seal(&mut self) {
        let old = std::mem::take(&mut self.meanings);
        let mut all: Vec<(u32, T)> = Vec::with_capacity(old.len() + self.pending.len());
        for node in 0..self.starts.len() - 1 {
            let range = self.starts[node] as usize..self.starts[node + 1] as usize;
            all.extend(old[range].iter().map(|meaning| (node as u32, *meaning)));
        }
        all.append(&mut self.pending);
        self.starts = vec![0; self.nodes as usize + 1];
        for (node, _) in &all {
            self.starts[*node as usize + 1] += 1;
        }
        for node in 1..self.starts.len() {
            self.starts[node] += self.starts[node - 1];
        }
        all.sort_by_key(|(node, _)| *node);
        self.meanings = all.into_iter().map(|(_, meaning)| meaning).collect();
    }

    /// One step along a phrase.
    pub(crate) fn step(&self, node: Node, key: u32) -> Option<Node> {
        self.edges.get(&edge(node.0, key)).map(|next| Node(*next))
    }

    /// What the phrase that ends here may mean.
    pub(crate) fn meanings(&self, node: Node) -> &[T] {
        let node = node.0 as usize;
        &self.meanings[self.starts[node] as usize..self.starts[node + 1] as usize]
    }
}

fn edge(node: u32, key: u32) -> u64 {
    u64::from(node) << 32 | u64::from(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_share_their_beginnings() {
        let mut trie = Trie::default();
        trie.add(&[1], 'a');
        trie.add(&[1, 2], 'b');
        trie.seal();
        trie.add(&[1, 3], 'd');
        trie.add(&[1, 2], 'c');
        trie.seal();
        let one = trie.step(Trie::<char>::ROOT, 1).expect("a phrase begins with 1");
        let two = trie.step(one, 2).expect("a phrase goes on with 2");
        assert_eq!((trie.meanings(one), trie.meanings(two)), (&['a'][..], &['b', 'c'][..]));
        assert_eq!(trie.step(two, 3), None);
    }
}
