//! The document that an entry of a list leads to, fetched.

use demarche_sources::{
    Container, Item, Limits, SourceError,
    fetch::{FetchedItems, Fetcher, Validators},
};

use crate::found::{Found, Listed};

/// What an entry led to.
pub(crate) enum Page {
    /// Its document; several, where it leads to an archive.
    Documents(Vec<Found>),
    /// A list, of which a sitemap's index is one of.
    List(Vec<Item>),
}

/// Why there is nothing.
pub(crate) struct Failure {
    pub(crate) message: String,
    /// Asking again would give the same.
    pub(crate) lasts: bool,
}

impl Failure {
    fn of(error: &SourceError) -> Failure {
        let may_pass = error.is_unreachable() || error.is_cut_off() || error.status().is_some_and(|status| status == 429 || status >= 500);
        Failure { message: error.to_string(), lasts: !may_pass }
    }

    fn lasting(message: String) -> Failure {
        Failure { message, lasts: true }
    }
}

/// Fetches what the entry leads to. The second part is what could not be read of it.
pub(crate) fn fetch(listed: &Listed, fetcher: &Fetcher, limits: &Limits) -> Result<(Page, Vec<String>), Failure> {
    let address = listed.item.address.as_deref();
    let address = address.ok_or_else(|| Failure::lasting(format!("{}: has neither a text nor an address", listed.item.origin)))?;
    let fetched = fetcher.fetch(address, &Validators::default()).map_err(|error| Failure::of(&error))?;
    let FetchedItems { mut items, errors, .. } = fetched.items(limits);
    if items.is_empty() {
        return Err(match errors.first() {
            Some(error) => Failure::of(error),
            None => Failure::lasting(format!("{address}: there is no document in it")),
        });
    }
    let errors = errors.iter().map(ToString::to_string).collect();
    if listed.item.origin.container == Container::SitemapIndex {
        return Ok((Page::List(items), errors));
    }
    if items.iter().any(|item| item.origin.container.is_listing()) {
        return Err(Failure::lasting(format!("{address}: is a list where a document was expected; give it to `demarche add` itself")));
    }
    let found = match items.len() {
        1 => items.drain(..).map(|item| Found::fetched(item, listed)).collect(),
        _ => items.drain(..).map(Found::new).collect(),
    };
    Ok((Page::Documents(found), errors))
}
