//! The Office of the Historian's XML of visits by foreign leaders and of trips by presidents and secretaries of state.

use std::path::Path;

use anyhow::{Context, bail};
use jiff::civil::Date;
use roxmltree::{Document, Node};

/// A meeting that is known to have taken place.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// First day.
    pub(super) start: Date,
    /// Last day.
    pub(super) end: Date,
    /// The foreign visitor, or for a trip those met: names with their titles.
    pub(super) foreigners: Vec<String>,
    /// The foreign state by its name: the visitor's, or the one travelled to.
    pub(super) state: String,
}

/// Reads the folders `visits`, `president-travels` and `secretary-travels` below `folder`.
pub(super) fn read(folder: &Path) -> anyhow::Result<Vec<Known>> {
    let mut known = Vec::new();
    let mut files: Vec<std::path::PathBuf> = Vec::new();
    for name in ["visits", "president-travels", "secretary-travels"] {
        let inner = folder.join(name);
        if inner.is_dir() {
            files.extend(
                std::fs::read_dir(&inner)?.filter_map(|e| e.ok()).map(|e| e.path()).filter(|p| p.extension().is_some_and(|x| x == "xml")),
            );
        }
    }
    if files.is_empty() {
        bail!("{} has no folder visits, president-travels or secretary-travels with XML in it", folder.display());
    }
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let xml = Document::parse(&text).with_context(|| format!("{} is no XML", file.display()))?;
        for node in xml.descendants().filter(|n| n.has_tag_name("visit") || n.has_tag_name("trip")) {
            known.extend(entry(node));
        }
    }
    Ok(known)
}

fn entry(node: Node<'_, '_>) -> Option<Known> {
    let text = |name: &str| -> String {
        let child = node.children().find(|c| c.has_tag_name(name));
        child
            .map(|c| c.descendants().filter_map(|d| d.text().filter(|_| d.is_text())).collect::<Vec<_>>().join(" "))
            .unwrap_or_default()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let start: Date = text("start-date").parse().ok()?;
    let end: Date = text("end-date").parse().unwrap_or(start);
    if node.has_tag_name("visit") {
        let visitor = text("visitor");
        return (!visitor.is_empty()).then(|| Known { start, end, foreigners: vec![visitor], state: text("from") });
    }
    let remarks = text("remarks");
    let foreigners = people(&remarks);
    (!foreigners.is_empty()).then(|| Known { start, end, foreigners, state: text("country") })
}

/// The people that a remark names after "met with": "Met with Prime Minister Kishida and Foreign Minister Hayashi."
fn people(remarks: &str) -> Vec<String> {
    const TITLES: [&str; 12] = [
        "President",
        "Prime Minister",
        "Chancellor",
        "King",
        "Queen",
        "Emperor",
        "Crown Prince",
        "Foreign Minister",
        "Premier",
        "Taoiseach",
        "Sultan",
        "Amir",
    ];
    let lower = remarks.to_lowercase();
    let Some(at) = lower.find("met with").or_else(|| lower.find("met ")) else { return Vec::new() };
    let Some(rest) = remarks.get(at..) else { return Vec::new() };
    let mut found = Vec::new();
    let words: Vec<&str> = rest.split_whitespace().collect();
    let mut i = 0;
    while i < words.len() {
        let title = TITLES.iter().find(|t| {
            let parts: Vec<&str> = t.split(' ').collect();
            words[i..].len() > parts.len() && parts.iter().zip(&words[i..]).all(|(a, b)| a == b)
        });
        let Some(title) = title else {
            i += 1;
            continue;
        };
        i += title.split(' ').count();
        let mut name = Vec::new();
        while i < words.len() && words[i].chars().next().is_some_and(char::is_uppercase) {
            let word = words[i].trim_end_matches([',', '.', ';', ':']);
            name.push(word);
            let stops = word.len() < words[i].len();
            i += 1;
            if stops {
                break;
            }
        }
        if !name.is_empty() {
            found.push(format!("{title} {}", name.join(" ")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visits_and_trips_are_read() {
        let xml = "<x><visit><start-date>2021-04-16</start-date><end-date>2021-04-17</end-date><visitor>Prime Minister Suga Yoshihide</visitor><from id='japan'>Japan</from></visit>\
                   <trip><name>Antony Blinken</name><start-date>2021-03-17</start-date><end-date>bad</end-date><country id='korea'>Republic of Korea</country>\
                   <remarks>Met with President Moon Jae-in, Foreign Minister Chung and others.</remarks></trip></x>";
        let document = Document::parse(xml).expect("well-formed");
        let known: Vec<Known> =
            document.descendants().filter(|n| n.has_tag_name("visit") || n.has_tag_name("trip")).filter_map(entry).collect();
        assert_eq!(known.len(), 2);
        assert_eq!(known[0].foreigners, ["Prime Minister Suga Yoshihide"]);
        assert_eq!(known[1].foreigners, ["President Moon Jae-in", "Foreign Minister Chung"]);
        assert_eq!(known[1].end, known[1].start);
    }
}
