//! Following a source: the state alone, and with a server.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use demarche_sources::{
    Item, Limits, SourceError,
    fetch::{Fetcher, Validators},
    follow::{Change, Follow, Outcome, poll},
};
use jiff::Timestamp;

use crate::{
    common::items_of,
    web::{Server, options, say},
};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn feed(entries: &[(&str, &str, &str)]) -> String {
    let entry = |(id, text, day): &(&str, &str, &str)| {
        format!(
            "<item><title>{id}</title><guid>{id}</guid><link>http://e.example/{id}</link><pubDate>{day}</pubDate><description>{text}</description></item>"
        )
    };
    format!("<rss><channel><title>Office</title>{}</channel></rss>", entries.iter().map(entry).collect::<String>())
}

fn items(entries: &[(&str, &str, &str)]) -> Vec<Item> {
    items_of(feed(entries).as_bytes(), "f").collect::<Result<_, _>>().unwrap()
}

fn take(follow: &mut Follow, items: &[Item], whole: bool, now: &str) -> String {
    // The state survives being kept.
    *follow = serde_json::from_str(&serde_json::to_string(follow).unwrap()).unwrap();
    let changes = follow.take(Outcome::Listing { items, whole, validators: Validators::default(), moved: None }, at(now));
    let name = |change: &Change| match change {
        Change::New(index) => format!("new {}", items[*index].title.clone().unwrap()),
        Change::Changed { index, since } => format!("changed {} of {since}", items[*index].title.clone().unwrap()),
        Change::Gone { key, .. } => format!("gone {key}"),
    };
    changes.iter().map(name).collect::<Vec<_>>().join(", ")
}

#[test]
fn new_changed_and_gone_are_told_apart() {
    let mut follow = Follow::new("http://e.example/feed", at("2026-01-01T00:00:00Z"));
    let (c, b, a) = (("c", "three", "2026-01-03"), ("b", "two", "2026-01-02"), ("a", "one", "2026-01-01"));
    assert_eq!(take(&mut follow, &items(&[c, b, a]), true, "2026-01-03T00:00:00Z"), "new c, new b, new a");
    assert_eq!(take(&mut follow, &items(&[c, b, a]), true, "2026-01-03T01:00:00Z"), "");
    // "a" makes room for "d"; "b" has another text.
    let d = ("d", "four", "2026-01-04");
    let b2 = ("b", "two, corrected", "2026-01-02");
    assert_eq!(take(&mut follow, &items(&[d, c, b2]), true, "2026-01-04T00:00:00Z"), "new d, changed b of 2026-01-03T00:00:00Z");
    // "c" was taken back: "b" is older and still there.
    assert_eq!(take(&mut follow, &items(&[d, b2]), true, "2026-01-05T00:00:00Z"), "gone c");
    assert_eq!(take(&mut follow, &items(&[d, b2]), true, "2026-01-05T01:00:00Z"), "");
    // A list that broke off says nothing of what is missing; an empty one neither.
    assert_eq!(take(&mut follow, &items(&[d]), false, "2026-01-05T02:00:00Z"), "");
    assert_eq!(take(&mut follow, &[], true, "2026-01-05T03:00:00Z"), "");
    assert_eq!(take(&mut follow, &items(&[d, b2]), true, "2026-01-05T04:00:00Z"), "");
    // Back again, unchanged: not new.
    assert_eq!(take(&mut follow, &items(&[d, c, b2]), true, "2026-01-05T05:00:00Z"), "");
    let counts = follow.standing(at("2026-01-05T05:00:00Z")).counts;
    assert_eq!((counts.polls, counts.new, counts.changed, counts.gone), (9, 4, 1, 1));
}

#[test]
fn what_a_sitemap_drops_is_gone() {
    let map = |names: &[&str]| -> Vec<Item> {
        let urls: String = names.iter().map(|name| format!("<url><loc>http://e.example/{name}</loc></url>")).collect();
        items_of(format!("<urlset>{urls}</urlset>").as_bytes(), "s").collect::<Result<_, _>>().unwrap()
    };
    let mut follow = Follow::new("http://e.example/sitemap.xml", at("2026-01-01T00:00:00Z"));
    let mut changes = |names: &[&str]| {
        follow
            .take(
                Outcome::Listing { items: &map(names), whole: true, validators: Validators::default(), moved: None },
                at("2026-01-02T00:00:00Z"),
            )
            .len()
    };
    assert_eq!((changes(&["1", "2", "3"]), changes(&["1", "2"]), changes(&["2", "1"])), (3, 1, 0));
}

#[test]
fn entries_of_one_name_are_kept_apart() {
    let list = "<rss><channel><item><guid>x</guid><link>http://e/1</link></item><item><guid>x</guid><link>http://e/2</link></item></channel></rss>";
    let list: Vec<Item> = items_of(list.as_bytes(), "f").flatten().collect();
    let mut follow = Follow::new("http://e/", at("2026-01-01T00:00:00Z"));
    let mut changes = || {
        follow
            .take(
                Outcome::Listing { items: &list, whole: true, validators: Validators::default(), moved: None },
                at("2026-01-02T00:00:00Z"),
            )
            .len()
    };
    assert_eq!((changes(), changes()), (2, 0));
}

#[test]
fn failures_wait_longer_and_silence_is_said() {
    let mut follow = Follow::new("http://e.example/feed", at("2026-01-01T00:00:00Z"));
    assert!(follow.is_due(at("2026-01-01T00:00:00Z")));
    let error: SourceError = items_of(b"", "http://e.example/feed").next().unwrap().unwrap_err();
    let mut now = at("2026-01-01T00:00:00Z");
    let mut waits = Vec::new();
    for _ in 0..10 {
        follow.take(Outcome::Failed(&error), now);
        let next = follow.next().unwrap();
        assert!(!follow.is_due(now));
        waits.push((next.as_second() - now.as_second()) / 60);
        now = next;
    }
    assert!(waits.windows(2).all(|two| two[0] <= two[1]) && waits[0] >= 15 && waits[9] <= 24 * 66, "{waits:?}");
    let standing = follow.standing(now);
    assert_eq!((standing.failing_since, standing.failure.as_deref()), (Some(at("2026-01-01T00:00:00Z")), Some("is empty")));
    // News every day, then none.
    for day in 1..=6 {
        let (id, text) = (format!("n{day}"), "words");
        let list = items(&[(&id, text, &format!("2026-02-0{day}"))]);
        take(&mut follow, &list, true, &format!("2026-02-0{day}T00:00:00Z"));
    }
    assert_eq!(follow.standing(at("2026-02-10T00:00:00Z")).silent, None);
    let silence = follow.standing(at("2026-02-14T00:00:00Z")).silent.unwrap();
    assert_eq!((silence.since, silence.usual_gap), (at("2026-02-06T00:00:00Z"), Some(86_400)));
    assert_eq!(follow.standing(at("2026-02-14T00:00:00Z")).title.as_deref(), Some("Office"));
}

#[test]
fn a_source_is_polled_politely() {
    let body = Arc::new(Mutex::new((feed(&[("a", "one", "2026-01-01")]), "\"1\"".to_owned())));
    let told = Arc::clone(&body);
    let server = Server::new(move |request, stream| {
        let (text, tag) = told.lock().unwrap().clone();
        match request.path.as_str() {
            "/robots.txt" => say(stream, "404 None", "", b""),
            "/old" => say(stream, "301 Moved", "Location: /feed\r\n", b""),
            "/gone" => say(stream, "410 Gone", "", b""),
            _ if request.headers.contains(&format!("if-none-match: {tag}")) => say(stream, "304 Not Modified", "", b""),
            _ => say(stream, "200 OK", &format!("ETag: {tag}\r\nContent-Type: application/rss+xml\r\n"), text.as_bytes()),
        }
    });
    let fetcher = Fetcher::new(options());
    let limits = Limits::default();
    let mut now = at("2026-01-01T00:00:00Z");
    let mut round = |follow: &Follow| {
        now = follow.next().unwrap_or(now);
        poll(follow, &fetcher, &limits, now)
    };
    let first = round(&Follow::new(&server.at("/old"), at("2026-01-01T00:00:00Z")));
    assert_eq!((first.changes.as_slice(), first.follow.address.as_str()), (&[Change::New(0)][..], &*server.at("/feed")));
    let second = round(&first.follow);
    assert!(second.changes.is_empty() && second.items.is_empty() && second.errors.is_empty());
    *body.lock().unwrap() = (feed(&[("b", "two", "2026-01-02"), ("a", "one!", "2026-01-01")]), "\"2\"".to_owned());
    let third = round(&second.follow);
    assert!(matches!(third.changes[..], [Change::New(0), Change::Changed { index: 1, .. }]), "{:?}", third.changes);
    // A feed that breaks off gives what is whole, and is asked for anew.
    let long = feed(&[("c", "three", "2026-01-03"), ("b", "two", "2026-01-02")]);
    *body.lock().unwrap() = (long[..long.len() - 60].to_owned(), "\"3\"".to_owned());
    let fourth = round(&third.follow);
    assert!(
        fourth.changes == [Change::New(0)] && fourth.errors.len() == 1 && fourth.follow.validators().etag.is_none(),
        "{:?}",
        fourth.changes
    );
    let gone = round(&Follow::new(&server.at("/gone"), at("2026-01-01T00:00:00Z")));
    assert!(gone.follow.next().is_none() && gone.errors[0].status() == Some(410));
    // A stop before the state is kept: the same again.
    assert_eq!(poll(&second.follow, &fetcher, &limits, at("2026-01-09T00:00:00Z")).changes, [Change::New(0)]);
}

#[test]
fn a_feed_that_never_ends_gives_what_is_whole() {
    let server = Server::new(|request, stream| {
        if request.path == "/robots.txt" {
            return say(stream, "404 None", "", b"");
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<rss><channel><title>Endless</title>")?;
        for number in 0..200_000 {
            stream.write_all(format!("<item><title>{number}</title><link>http://e.example/{number}</link></item>\n").as_bytes())?;
        }
        Ok(())
    });
    let follow = Follow::new(&server.at("/feed"), at("2026-01-01T00:00:00Z"));
    let polled = poll(&follow, &Fetcher::new(options()), &Limits::default(), at("2026-01-01T00:00:00Z"));
    assert!(polled.items.len() > 10_000 && polled.changes.len() == polled.items.len(), "{}", polled.items.len());
    assert!(polled.errors.len() == 1 && polled.errors[0].is_too_large(), "{:?}", polled.errors);
    assert!(polled.follow.next().is_some() && polled.follow.standing(at("2026-01-01T00:00:00Z")).failing_since.is_none());
}
