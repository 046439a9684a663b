//! Fetching, from a server on this machine.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use demarche_sources::fetch::{Cut, Fetcher, Options, Validators};

use crate::common::gzip;

/// A request as the server saw it.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) headers: Vec<String>,
    pub(crate) at: Instant,
}

type Answer = dyn Fn(&Request, &mut TcpStream) -> std::io::Result<()> + Send + Sync;

/// A server that answers as a test wishes, until it is dropped.
pub(crate) struct Server {
    pub(crate) address: String,
    pub(crate) seen: Arc<Mutex<Vec<Request>>>,
    pub(crate) most_at_once: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
}

impl Server {
    pub(crate) fn new(answer: impl Fn(&Request, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let answer: Arc<Answer> = Arc::new(answer);
        let (seen, stop) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (now, most_at_once) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let server = Server { address, seen: Arc::clone(&seen), most_at_once: Arc::clone(&most_at_once), stop: Arc::clone(&stop) };
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stop.load(Ordering::SeqCst) {
                    break;
                }
                let (answer, seen, now, most) = (Arc::clone(&answer), Arc::clone(&seen), Arc::clone(&now), Arc::clone(&most_at_once));
                thread::spawn(move || {
                    let Some(request) = read_request(&stream) else { return };
                    let count = now.fetch_add(1, Ordering::SeqCst) + 1;
                    most.fetch_max(count, Ordering::SeqCst);
                    seen.lock().unwrap().push(request.clone());
                    let mut stream = stream;
                    // A client that has seen enough hangs up.
                    let _ = answer(&request, &mut stream);
                    now.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        server
    }

    pub(crate) fn paths(&self) -> Vec<String> {
        self.seen.lock().unwrap().iter().map(|request| request.path.clone()).collect()
    }

    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address.trim_start_matches("http://"));
    }
}

fn read_request(stream: &TcpStream) -> Option<Request> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next()?.ok()?;
    let path = first.split(' ').nth(1)?.to_owned();
    let headers = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).map(|line| line.to_ascii_lowercase()).collect();
    Some(Request { path, headers, at: Instant::now() })
}

pub(crate) fn say(stream: &mut TcpStream, status: &str, headers: &str, body: &[u8]) -> std::io::Result<()> {
    stream.write_all(format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n", body.len()).as_bytes())?;
    stream.write_all(body)
}

pub(crate) fn options() -> Options {
    Options { allow_local: true, delay: Duration::from_millis(20), total: Duration::from_secs(3), size: 1 << 20, ..Options::default() }
}

fn fetcher() -> Fetcher {
    Fetcher::new(options())
}

#[test]
fn pages_are_fetched_once_and_then_asked_about() {
    let server = Server::new(|request, stream| match request.path.as_str() {
        "/robots.txt" => say(stream, "404 Not Found", "", b""),
        _ if request.headers.contains(&"if-none-match: \"v1\"".to_owned()) => say(stream, "304 Not Modified", "", b""),
        _ => say(
            stream,
            "200 OK",
            "ETag: \"v1\"\r\nContent-Type: text/html; charset=EUC-KR\r\nContent-Encoding: gzip\r\n",
            &gzip(b"<p>They met.</p>"),
        ),
    });
    let fetcher = fetcher();
    let first = fetcher.fetch(&server.at("/a#part"), &Validators::default()).unwrap();
    assert_eq!((first.bytes.as_slice(), first.charset(), first.cut), (&b"<p>They met.</p>"[..], Some("EUC-KR"), None));
    let second = fetcher.fetch(&server.at("/a"), &first.validators).unwrap();
    assert!(second.not_modified && second.bytes.is_empty());
    assert_eq!(server.paths(), ["/robots.txt", "/a", "/a"]);
    let request = server.seen.lock().unwrap()[1].clone();
    assert!(request.headers.iter().any(|line| line.starts_with("user-agent: demarche/")), "{request:?}");
}

#[test]
fn robots_are_heard() {
    let server = Server::new(|request, stream| match request.path.as_str() {
        "/robots.txt" => {
            say(stream, "200 OK", "", b"User-agent: *\nAllow: /\n\nUser-agent: demarche\nDisallow: /private\nCrawl-delay: 0.2\n")
        }
        _ => say(stream, "200 OK", "", b"x"),
    });
    let fetcher = fetcher();
    let error = fetcher.fetch(&server.at("/private/1"), &Validators::default()).unwrap_err();
    assert!(error.is_refused() && error.message().contains("robots.txt"), "{error}");
    assert!(fetcher.fetch(&server.at("/public"), &Validators::default()).is_ok());
    assert!(fetcher.fetch(&server.at("/public2"), &Validators::default()).is_ok());
    let seen = server.seen.lock().unwrap();
    assert_eq!(seen.len(), 3);
    assert!(seen[2].at - seen[1].at >= Duration::from_millis(190), "Crawl-delay is kept");
    drop(seen);
    let down = Server::new(|_, stream| say(stream, "503 Busy", "", b""));
    let error = fetcher.fetch(&down.at("/a"), &Validators::default()).unwrap_err();
    assert!(error.is_unreachable() && error.message().contains("robots.txt"), "{error}");
    assert_eq!(down.paths(), ["/robots.txt"]);
}

#[test]
fn one_request_at_a_time_goes_to_a_host() {
    let server = Server::new(|_, stream| {
        thread::sleep(Duration::from_millis(15));
        say(stream, "200 OK", "", b"")
    });
    let fetcher = fetcher();
    thread::scope(|scope| {
        for number in 0..6 {
            let (fetcher, address) = (&fetcher, server.at(&format!("/{number}")));
            scope.spawn(move || fetcher.fetch(&address, &Validators::default()).map(|_| ()).unwrap());
        }
    });
    assert_eq!(server.most_at_once.load(Ordering::SeqCst), 1);
    let mut times: Vec<Instant> = server.seen.lock().unwrap().iter().map(|request| request.at).collect();
    times.sort();
    assert!(times.windows(2).all(|two| two[1] - two[0] >= Duration::from_millis(19)));
}

#[test]
fn redirects_are_followed_and_looked_at() {
    let server = Server::new(|request, stream| {
        let lead = |stream: &mut TcpStream, status: &str, to: &str| say(stream, status, &format!("Location: {to}\r\n"), b"");
        match request.path.as_str() {
            "/robots.txt" => say(stream, "200 OK", "", b"User-agent: *\nDisallow: /secret\n"),
            "/moved" => lead(stream, "301 Moved", "/new"),
            "/found" => lead(stream, "302 Found", "/new"),
            "/loop" => lead(stream, "302 Found", "/loop"),
            "/file" => lead(stream, "302 Found", "file:///etc/passwd"),
            "/secretly" => lead(stream, "302 Found", "/secret"),
            "/nowhere" => say(stream, "302 Found", "", b""),
            "/new" => say(stream, "200 OK", "", b"here"),
            "/gone" => say(stream, "410 Gone", "", b""),
            _ => say(stream, "429 Slow down", "Retry-After: 120\r\n", b""),
        }
    });
    let fetcher = fetcher();
    let fetch = |path: &str| fetcher.fetch(&server.at(path), &Validators::default());
    let moved = fetch("/moved").unwrap();
    assert_eq!(
        (moved.address.as_str(), moved.moved.as_deref(), moved.bytes.as_slice()),
        (&*server.at("/new"), Some(&*server.at("/new")), &b"here"[..])
    );
    assert_eq!(fetch("/found").unwrap().moved, None);
    assert!(fetch("/loop").unwrap_err().message().contains("more than 5 times"));
    assert_eq!(server.paths().iter().filter(|path| *path == "/loop").count(), 6);
    for path in ["/file", "/secretly"] {
        assert!(fetch(path).unwrap_err().is_refused(), "{path}");
    }
    assert!(fetch("/nowhere").unwrap_err().is_malformed());
    assert_eq!(fetch("/gone").unwrap_err().status(), Some(410));
    assert_eq!(fetch("/busy").unwrap_err().retry_after(), Some(Duration::from_secs(120)));
}

#[test]
fn the_local_network_is_refused() {
    let server = Server::new(|_, stream| say(stream, "200 OK", "", b""));
    let strict = Fetcher::new(Options { allow_local: false, ..options() });
    let port = server.address.rsplit(':').next().unwrap().to_owned();
    for address in [
        server.at("/"),
        format!("http://localhost:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://2130706433:{port}/"),
    ] {
        assert!(strict.fetch(&address, &Validators::default()).unwrap_err().is_refused(), "{address}");
    }
    assert!(server.paths().is_empty());
}

#[test]
fn what_never_ends_is_cut() {
    let server = Server::new(|request, stream| {
        let chunk = [b'x'; 4096];
        match request.path.as_str() {
            "/robots.txt" => return say(stream, "404 None", "", b""),
            "/silent" => thread::sleep(Duration::from_secs(2)),
            "/bomb" => {
                let bomb = gzip(&vec![0; 20 << 20]);
                return say(stream, "200 OK", "Content-Encoding: gzip\r\nETag: \"b\"\r\n", &bomb);
            }
            "/short" => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 100\r\n\r\nhalf")?;
            }
            "/slow" => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
                for _ in 0..40 {
                    stream.write_all(b"drop")?;
                    thread::sleep(Duration::from_millis(50));
                }
            }
            _ => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
                for _ in 0..2000 {
                    stream.write_all(&chunk)?;
                }
            }
        }
        Ok(())
    });
    let fetcher = Fetcher::new(Options { total: Duration::from_millis(700), ..options() });
    let fetch = |path: &str| fetcher.fetch(&server.at(path), &Validators::default());
    let endless = fetch("/endless").unwrap();
    assert_eq!((endless.cut, endless.bytes.len()), (Some(Cut::Size), 1 << 20));
    let bomb = fetch("/bomb").unwrap();
    assert_eq!((bomb.cut, bomb.bytes.len(), bomb.validators), (Some(Cut::Size), 1 << 20, Validators::default()));
    let short = fetch("/short").unwrap();
    assert_eq!((short.cut, short.bytes.as_slice()), (Some(Cut::Broken), &b"half"[..]));
    let slow = fetch("/slow").unwrap();
    assert!(slow.cut == Some(Cut::Time) && !slow.bytes.is_empty(), "{slow:?}");
    let began = Instant::now();
    assert!(fetch("/silent").unwrap_err().is_unreachable());
    assert!(began.elapsed() < Duration::from_millis(1500));
    assert!(Fetcher::new(options()).fetch("http://127.0.0.1:1/", &Validators::default()).unwrap_err().is_unreachable());
}
