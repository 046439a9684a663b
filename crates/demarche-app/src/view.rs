//! What people see in a terminal.

pub(crate) mod chronology;
pub(crate) mod facts;
pub(crate) mod list;
pub(crate) mod text;

use std::io::IsTerminal;

use anstyle::{AnsiColor, Style};

/// Whether standard output takes colours: it is a terminal, and nothing in the environment says no.
pub(crate) fn colour() -> bool {
    std::io::stdout().is_terminal() && anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
}

/// The few styles in use; plain where no colour is wanted.
#[derive(Clone, Copy)]
pub(crate) struct Styles {
    pub(crate) head: Style,
    pub(crate) act: Style,
    pub(crate) done: Style,
    pub(crate) open: Style,
    pub(crate) no: Style,
    pub(crate) dim: Style,
    pub(crate) doubt: Style,
}

impl Styles {
    pub(crate) fn new(colour: bool) -> Styles {
        let plain = Style::new();
        if !colour {
            return Styles { head: plain, act: plain, done: plain, open: plain, no: plain, dim: plain, doubt: plain };
        }
        Styles {
            head: plain.bold(),
            act: plain.fg_color(Some(AnsiColor::Cyan.into())),
            done: plain.fg_color(Some(AnsiColor::Green.into())),
            open: plain.fg_color(Some(AnsiColor::Yellow.into())),
            no: plain.fg_color(Some(AnsiColor::Red.into())),
            dim: plain.dimmed(),
            doubt: plain.fg_color(Some(AnsiColor::Magenta.into())),
        }
    }
}

/// A quote on one line, cut at a word.
pub(crate) fn one_line(text: &str, width: usize) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if joined.chars().count() <= width {
        return joined;
    }
    let cut: String = joined.chars().take(width.saturating_sub(1)).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{} …", &cut[..end])
}
