//! Names that a misspelt one may stand for.

use super::{KnowledgeBase, OrganizationId, fold, phrase::Meaning, phrase::words, trie::Trie};

impl KnowledgeBase {
    /// The organisation or group that a form names, by the whole of it.
    pub fn organization_named(&self, form: &str) -> Option<OrganizationId> {
        self.meanings_of(form).find_map(|meaning| match meaning {
            Meaning::Organization(id) => Some(id),
            _ => None,
        })
    }

    /// All that a form means, by the whole of it, in whatever case.
    pub(crate) fn meanings_of(&self, form: &str) -> impl Iterator<Item = Meaning> {
        let mut node = Some(Trie::<super::phrase::Entry>::ROOT);
        let mut any = false;
        words(form, |word| {
            any = true;
            node = node.and_then(|node| self.phrases.trie.step(node, fold::key(word)));
        });
        let entries = node.filter(|_| any).map_or(&[][..], |node| self.phrases.trie.meanings(node));
        entries.iter().map(|entry| entry.meaning)
    }

    /// The known names of persons and organisations that are nearest to a name that nobody bears, the nearest first.
    pub fn names_like(&self, name: &str, most: usize) -> Vec<String> {
        let wanted: Vec<char> = plain(name);
        let limit = wanted.len() / 3;
        let mut found: Vec<(usize, &str)> = Vec::new();
        let mut consider = |form: &str, shown| {
            let form = plain(form);
            // "Zahir Shah" is part of "Mohammad Zahir Shah".
            if wanted.len() > 3
                && form
                    .windows(wanted.len() + 1)
                    .any(|part| part[0] == ' ' && part[1..] == wanted || part[..wanted.len()] == wanted && part[wanted.len()] == ' ')
            {
                found.push((1, shown));
            } else if form.len().abs_diff(wanted.len()) <= limit {
                let distance = edits(&wanted, &form, limit);
                found.extend(distance.map(|distance| (distance, shown)));
            }
        };
        for person in &self.people.persons {
            let turned = person.name.rsplit_once(' ').map(|(rest, last)| format!("{last} {rest}"));
            consider(&person.name, &*person.name);
            turned.iter().for_each(|turned| consider(turned, &*person.name));
            person.family.iter().chain(&person.aliases).for_each(|form| consider(form, &*person.name));
        }
        for organization in &self.organizations {
            consider(&organization.name, &*organization.name);
        }
        found.sort();
        let mut names: Vec<String> = Vec::new();
        for (_, name) in found {
            if names.len() < most && !names.iter().any(|other| other == name) {
                names.push(name.to_owned());
            }
        }
        names
    }
}

fn plain(name: &str) -> Vec<char> {
    let name = fold::plain(name.trim()).to_lowercase();
    name.chars().map(|c| if c == '-' { ' ' } else { c }).collect()
}

/// How many letters must be changed, added or taken away to turn `a` into `b`, if no more than `limit`.
fn edits(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(row[j + 1] + 1);
        }
        if row.iter().min().is_some_and(|least| *least > limit) {
            return None;
        }
    }
    row.last().copied().filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn the_nearest_names_come_first() {
        let kb = KnowledgeBase::embedded(&mut Vocabulary::new("")).expect("the built-in tables load, which another test checks");
        assert_eq!(kb.names_like("Lee Jae-mjung", 3).first().map(String::as_str), Some("Lee Jae-myung"));
        assert_eq!(kb.names_like("Takaichi Sanay", 1), ["Sanae Takaichi"]);
        assert_eq!(kb.names_like("qqqqqqqqqqqqq", 3), Vec::<String>::new());
        assert_eq!(kb.names_like("", 3), Vec::<String>::new());
    }

    #[test]
    fn edits_are_counted_up_to_a_limit() {
        let check = |a: &str, b: &str| edits(&plain(a), &plain(b), 3);
        assert_eq!(check("kitten", "sitting"), Some(3));
        assert_eq!(check("Erdoğan", "erdogan"), Some(0));
        assert_eq!(check("abc", "xyzw"), None);
    }
}
