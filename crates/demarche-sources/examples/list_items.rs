//! Prints the items of a file, or of an address: `cargo run -p demarche-sources --example list_items -- news.warc.gz`
//! With `--text` it prints the beginning of each text, too; with `--allow-local` it fetches from the local network.
#![expect(clippy::print_stdout, reason = "an example prints what it finds")]

use std::{env, io::Cursor, path::Path};

use demarche::document::LoadOptions;
use demarche_sources::{
    Limits, SourceError,
    fetch::{Fetcher, Options, Validators},
    gdelt, open, read,
};

fn main() -> Result<(), SourceError> {
    let mut arguments: Vec<String> = env::args().skip(1).collect();
    let allow_local = arguments.iter().any(|argument| argument == "--allow-local");
    let texts = arguments.iter().any(|argument| argument == "--text");
    arguments.retain(|argument| !argument.starts_with("--"));
    let limits = Limits::default();
    for name in &arguments {
        let mut items = if name.starts_with("http://") || name.starts_with("https://") {
            let fetcher = Fetcher::new(Options { allow_local, ..Options::default() });
            let fetched = fetcher.fetch(name, &Validators::default())?;
            println!("{} · {} bytes", fetched.address, fetched.bytes.len());
            read(Box::new(Cursor::new(fetched.bytes)), &fetched.address, &limits)
        } else {
            open(Path::new(name), &limits)
        };
        println!("{name}: {:?}", items.kind());
        for item in items.by_ref() {
            match item {
                Ok(item) => {
                    let text = texts.then(|| item.document(&LoadOptions::default()));
                    let day = item.published.as_ref().map_or("undated".to_owned(), |date| date.day.to_string());
                    let title = item.title.as_deref().or(item.address.as_deref()).unwrap_or("-");
                    println!(
                        "  {} · {day} · {} · {:?}, {} bytes · {title}",
                        item.origin,
                        item.media.as_str(),
                        item.extent,
                        item.bytes.len()
                    );
                    match text {
                        Some(Ok(document)) => {
                            println!("    {}", document.text.chars().take(400).collect::<String>().replace('\n', "\n    "))
                        }
                        Some(Err(error)) => println!("    ! {error}"),
                        None => {}
                    }
                }
                Err(error) if error.is_events() => list_events(name, &limits)?,
                Err(error) => println!("  ! {error}"),
            }
        }
        for (reason, count) in &items.tally().left_out {
            println!("  left out: {count} × {reason}");
        }
    }
    Ok(())
}

fn list_events(name: &str, limits: &Limits) -> Result<(), SourceError> {
    let file = || std::fs::File::open(name).map(Box::new).map_err(|error| println!("{name}: {error}"));
    if let Ok(file) = file()
        && let Ok(events) = gdelt::events(file, name, limits)
    {
        for event in events {
            match event {
                Ok(event) => println!("  {} · {} · {} · {:?}", event.id, event.day, event.code, event.plover_type),
                Err(error) => println!("  ! {error}"),
            }
        }
    } else if let Ok(file) = file() {
        for mention in gdelt::mentions(file, name, limits)? {
            match mention {
                Ok(mention) => println!("  {} · {} · {}", mention.event, mention.mentioned, mention.article),
                Err(error) => println!("  ! {error}"),
            }
        }
    }
    Ok(())
}
