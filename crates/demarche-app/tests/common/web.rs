//! A web server on this machine that answers as a test wishes.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

/// Headers and body of an answer; without a status line it is "200 OK".
type Pages = BTreeMap<String, (String, Vec<u8>)>;

/// Serves what it was told until it is dropped.
pub(crate) struct Server {
    pub(crate) address: String,
    pages: Arc<Mutex<Pages>>,
    asked: Arc<Mutex<Vec<String>>>,
    stop: Arc<AtomicBool>,
}

impl Server {
    pub(crate) fn new() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a server on this machine");
        let address = format!("http://{}", listener.local_addr().expect("a server on this machine"));
        let (pages, asked, stop) = (Arc::new(Mutex::new(Pages::new())), Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let server = Server { address, pages: Arc::clone(&pages), asked: Arc::clone(&asked), stop: Arc::clone(&stop) };
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stop.load(Ordering::SeqCst) {
                    break;
                }
                let (pages, asked) = (Arc::clone(&pages), Arc::clone(&asked));
                thread::spawn(move || answer(stream, &pages, &asked));
            }
        });
        server
    }

    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// From now on `path` is this.
    pub(crate) fn says(&self, path: &str, media: &str, body: &str) {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n");
        self.pages
            .lock()
            .expect("a server on this machine")
            .insert(path.to_owned(), (head, body.replace("HOST", &self.address).into_bytes()));
    }

    /// From now on `path` is answered with this status line and header.
    pub(crate) fn refuses(&self, path: &str, head: &str) {
        let head = format!("HTTP/1.1 {}\r\n", head.replace("HOST", &self.address));
        self.pages.lock().expect("a server on this machine").insert(path.to_owned(), (head, Vec::new()));
    }

    /// The paths that were asked for since the last time, without robots.txt.
    pub(crate) fn asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.asked.lock().expect("a server on this machine"));
        asked.retain(|path| path != "/robots.txt");
        asked
    }
}

fn answer(mut stream: TcpStream, pages: &Mutex<Pages>, asked: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
    let path = lines.next().and_then(|line| line.split(' ').nth(1).map(str::to_owned)).unwrap_or_default();
    let headers: Vec<String> = lines.take_while(|line| !line.is_empty()).map(|line| line.to_ascii_lowercase()).collect();
    asked.lock().expect("a server on this machine").push(path.clone());
    let (head, body) =
        pages.lock().expect("a server on this machine").get(&path).cloned().unwrap_or_else(|| ("HTTP/1.1 404 None\r\n".into(), Vec::new()));
    // The length stands for a tag: enough to tell these pages apart.
    let tag = format!("\"{}\"", body.len());
    let unchanged = headers.contains(&format!("if-none-match: {tag}"));
    let (head, body) = if unchanged { ("HTTP/1.1 304 Not Modified\r\n".to_owned(), Vec::new()) } else { (head, body) };
    let rest = format!("ETag: {tag}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    // A client that has seen enough hangs up.
    let _ = stream.write_all(&[head.as_bytes(), rest.as_bytes(), &body].concat());
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address.trim_start_matches("http://"));
    }
}

/// An RSS feed of entries: name, title, words.
pub(crate) fn rss(entries: &[(&str, &str, &str)]) -> String {
    let entry = |(name, title, words): &(&str, &str, &str)| {
        format!(
            "<item><title>{title}</title><link>HOST/{name}</link><guid>{name}</guid><pubDate>Tue, 13 Jan 2026 09:00:00 +0900</pubDate><description>{words}</description></item>"
        )
    };
    format!("<rss version='2.0'><channel><title>Office</title>{}</channel></rss>", entries.iter().map(entry).collect::<String>())
}

/// A web page of a story.
pub(crate) fn page(title: &str, words: &str) -> String {
    format!("<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{words}</p></article></body></html>")
}
