//! Following sources from outside: a server on this machine has news, changes, fails.

mod common;

use std::net::TcpListener;

use common::{
    Run, demarche, folder, run, text,
    web::{Server, page, rss},
};
use serde_json::Value;

/// A store of its own, and the program with it.
struct Place(String);

impl Place {
    fn new(name: &str) -> Place {
        Place(text(&folder(name).join("store.sqlite")).to_owned())
    }

    fn ask(&self, arguments: &[&str]) -> Run {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--store", &self.0]).collect();
        run(&arguments)
    }

    /// One round with all sources.
    fn round(&self) -> Run {
        self.ask(&["follow", "run", "--once", "--all", "--reader", "fast", "--allow-local", "--pause", "0"])
    }

    fn titles(&self) -> Vec<String> {
        let mut titles: Vec<String> = self
            .ask(&["documents", "-f", "jsonl"])
            .ends_with(0)
            .jsonl()
            .iter()
            .map(|document| document["title"].as_str().unwrap_or("-").to_owned())
            .collect();
        titles.sort();
        titles
    }

    fn standing(&self) -> Vec<Value> {
        serde_json::from_str(&self.ask(&["follow", "list", "--json"]).ends_with(0).stdout).expect("a JSON array")
    }
}

#[test]
fn news_and_changes_are_kept_and_told() {
    let (server, place) = (Server::new(), Place::new("follow_news"));
    let feed = server.at("/feed");
    let (a, b) = (("a", "Talks in Nara", "They met."), ("b", "Call on Tuesday", "They spoke."));
    server.says("/feed", "application/rss+xml", &rss(&[b, a]));
    server.says("/a", "text/html", &page("Talks in Nara", "President Lee Jae-myung met Prime Minister Sanae Takaichi in Nara on Tuesday."));
    server.says("/b", "text/html", &page("Call on Tuesday", "President Lee called Prime Minister Takaichi on Tuesday."));

    let added = place.ask(&["follow", "add", &feed]).ends_with(0);
    assert!(added.stderr.contains("followed from now on"), "{}", added.stderr);
    assert!(place.ask(&["follow", "add", &feed]).ends_with(0).stderr.contains("followed already"));
    let first = place.round().ends_with(0);
    assert!(first.stderr.contains("2 new, 2 pages fetched, 2 documents kept"), "{}", first.stderr);
    assert_eq!(place.titles(), ["Call on Tuesday", "Talks in Nara"]);
    assert_eq!(server.asked(), ["/feed", "/a", "/b"], "the oldest is kept first");

    // Nothing new: one conditional request, and no page again.
    let second = place.round().ends_with(0);
    assert!(second.stderr.contains(": 0 new; next in"), "{}", second.stderr);
    assert_eq!(server.asked(), ["/feed"]);

    // A third entry, and another version of the first.
    let c = ("c", "Statement on trade", "They will sign it.");
    server.says("/feed", "application/rss+xml", &rss(&[c, b, ("a", "Talks in Nara", "They met, and agreed.")]));
    server.says(
        "/a",
        "text/html",
        &page("Talks in Nara", "President Lee Jae-myung met Prime Minister Sanae Takaichi in Nara and agreed to resume talks."),
    );
    server.says("/c", "text/html", &page("Statement on trade", "Seoul and Tokyo will sign an accord on trade next week."));
    let third = place.round().ends_with(0);
    assert!(third.stderr.contains("1 new, 1 changed, 2 pages fetched, 2 documents kept"), "{}", third.stderr);
    // The list shows the last version; the store has both.
    assert_eq!(place.titles(), ["Call on Tuesday", "Statement on trade", "Talks in Nara"]);
    let stats: Value = serde_json::from_str(&place.ask(&["store", "stats", "--json"]).ends_with(0).stdout).expect("JSON");
    assert_eq!((&stats["documents"], &stats["followed"]), (&4.into(), &1.into()));
    let hits = place.ask(&["search", "resume", "-f", "jsonl"]).ends_with(0).jsonl();
    assert_eq!(hits.len(), 1, "the new version is found");

    let standing = place.standing();
    let counts = &standing[0]["counts"];
    assert_eq!((&counts["polls"], &counts["new"], &counts["changed"]), (&3.into(), &3.into(), &1.into()));
    assert_eq!(standing[0]["title"], "Office");
    // Where it was met is told: the page, and the entry of the feed that led to it.
    let id = hits[0]["document"]["id"].as_str().expect("an id");
    let shown = place.ask(&["show", id]).ends_with(0).stdout;
    assert!(shown.contains(&format!("at {} (rss {feed}, number 3", server.at("/a"))), "{shown}");
    assert!(place.ask(&["store", "check"]).ends_with(0).stdout.contains("sound"));

    // A newer reader makes the same documents of what is kept.
    let before = place.titles();
    place.ask(&["reread", "--reader", "learned"]).ends_with(0);
    assert_eq!(place.titles(), before);

    // No longer followed: its documents stay. Again: from where it was.
    place.ask(&["follow", "remove", &feed]).ends_with(0);
    place.ask(&["follow", "remove", &feed]).ends_with(3);
    assert!(place.standing().is_empty() && place.titles() == before);
    place.ask(&["follow", "add", &feed]).ends_with(0);
    assert!(place.round().ends_with(0).stderr.contains(": 0 new"));
}

#[test]
fn what_fails_is_said_and_the_rest_goes_on() {
    let (server, place) = (Server::new(), Place::new("follow_fails"));
    let dead = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        format!("http://{}/feed", listener.local_addr().expect("an address"))
    };
    server.refuses("/loop", "302 Found\r\nLocation: HOST/loop");
    server.says(
        "/feed",
        "application/rss+xml",
        &rss(&[("late", "Talks in Seoul", "They met in Seoul."), ("gone", "Old talks", "They had met.")]),
    );
    server.refuses("/late", "503 Busy");
    place.ask(&["follow", "add", &dead, &server.at("/loop"), &server.at("/feed")]).ends_with(0);

    let first = place.round().ends_with(3);
    assert!(
        first.stderr.contains("cannot be reached") && first.stderr.contains("leads on to other addresses more than"),
        "{}",
        first.stderr
    );
    assert!(first.stderr.contains("/late: answers with status 503") && first.stderr.contains("tried again later"), "{}", first.stderr);
    assert!(first.stderr.contains("/gone: answers with status 404"), "{}", first.stderr);
    // The entries' own words stand in for their pages.
    assert_eq!(place.titles(), ["Old talks", "Talks in Seoul"]);
    let standing = place.standing();
    assert_eq!(standing.len(), 3);
    for failing in &standing[..2] {
        assert!(failing["failing_since"].is_string() && failing["counts"]["failures"] == 1, "{failing}");
    }
    assert_eq!((&standing[2]["pending"], &standing[2]["counts"]["new"]), (&1.into(), &2.into()));
    assert!(place.ask(&["follow", "list"]).ends_with(0).stdout.contains("fails since"));

    // The page is there at last, though the feed says that nothing has changed; what is gone is not asked for again.
    server.asked();
    server.says(
        "/late",
        "text/html",
        &page("Talks in Seoul", "President Lee received Foreign Minister Iwaya in Seoul on Monday, the office said."),
    );
    let second = place.round().ends_with(3);
    assert!(second.stderr.contains("0 new, 1 pages fetched, 1 documents kept"), "{}", second.stderr);
    // Sources are asked side by side, so that their order is open.
    let mut asked = server.asked();
    asked.sort();
    asked.dedup();
    assert_eq!(asked, ["/feed", "/late", "/loop"]);
    assert_eq!(place.titles(), ["Old talks", "Talks in Seoul"]);
    assert_eq!(place.standing()[2]["pending"], 0);

    // Failures are waited out: without --all nobody is asked.
    place.ask(&["follow", "run", "--once", "--reader", "fast", "--allow-local"]).ends_with(0);
    assert!(server.asked().is_empty());
    // Without leave the local network is not asked.
    let refused = place.ask(&["follow", "run", "--once", "--all", "--reader", "fast"]).ends_with(3);
    assert!(refused.stderr.contains("--allow-local") && server.asked().is_empty(), "{}", refused.stderr);
    assert!(place.ask(&["store", "check"]).ends_with(0).stdout.contains("sound"));
}

#[test]
fn pages_beyond_the_limit_wait_for_the_next_round() {
    let (server, place) = (Server::new(), Place::new("follow_pages"));
    let names: Vec<String> = (0..5).map(|n| format!("p{n}")).collect();
    let urls: String = names.iter().map(|name| format!("<url><loc>HOST/{name}</loc></url>")).collect();
    server.says("/map", "application/xml", &format!("<urlset>{urls}</urlset>"));
    server.says("/index", "application/xml", "<sitemapindex><sitemap><loc>HOST/map</loc></sitemap></sitemapindex>");
    for name in &names {
        server.says(
            &format!("/{name}"),
            "text/html",
            &page(&format!("Story {name}"), &format!("Lee met Takaichi for talks {name} in Nara.")),
        );
    }
    place.ask(&["follow", "add", &server.at("/index")]).ends_with(0);
    let arguments = ["follow", "run", "--once", "--all", "--reader", "fast", "--allow-local", "--pause", "0", "--pages", "3"];
    let first = place.ask(&arguments).ends_with(0);
    assert!(first.stderr.contains("still to be fetched"), "{}", first.stderr);
    place.ask(&arguments).ends_with(0);
    place.ask(&arguments).ends_with(0);
    assert_eq!(place.titles().len(), 5);
    assert_eq!(place.standing()[0]["pending"], 0);
}

/// Without --once it stays until Ctrl-C, and ends with everything kept.
#[cfg(unix)]
#[test]
fn interrupted_it_ends_with_everything_kept() {
    let (server, place) = (Server::new(), Place::new("follow_interrupt"));
    server.says("/feed", "application/rss+xml", &rss(&[("a", "Talks in Nara", "They met.")]));
    server.says("/a", "text/html", &page("Talks in Nara", "President Lee Jae-myung met Prime Minister Sanae Takaichi in Nara."));
    place.ask(&["follow", "add", &server.at("/feed")]).ends_with(0);
    let arguments = ["follow", "run", "--reader", "fast", "--allow-local", "--pause", "0", "--store", &place.0];
    let mut child = demarche().args(arguments).spawn().expect("the program starts");
    for _ in 0..600 {
        if place.standing()[0]["counts"]["polls"] == 1 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let interrupted = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill is there");
    assert!(interrupted.success() && child.wait().expect("it ends").success());
    assert_eq!(place.titles(), ["Talks in Nara"]);
}
