//! What was fetched → its items.

use std::io::Cursor;

use super::Fetched;
use crate::{Container, Extent, Item, Limits, SourceError, Tally, kind::Kind, read};

/// The items of an answer, and what was wrong with it.
pub struct FetchedItems {
    /// The items.
    pub items: Vec<Item>,
    /// What could not be read; the break of the connection last, if it broke.
    pub errors: Vec<SourceError>,
    /// What was given and passed over.
    pub tally: Tally,
    /// The kind of source that it is.
    pub kind: Option<Kind>,
}

impl Fetched {
    /// Reads the items of what was fetched. A page gets the address that it was fetched from, and the encoding that the
    /// server names. Half of a list gives what is whole; half of a page gives only an error.
    pub fn items(&self, limits: &Limits) -> FetchedItems {
        let cut = self.cut_error();
        let mut list = read(Box::new(Cursor::new(self.bytes.clone())), &self.address, limits);
        let kind = list.kind();
        let (mut items, mut errors) = (Vec::new(), Vec::new());
        for item in list.by_ref() {
            match item {
                Ok(item) => items.push(self.described(item)),
                // The break in the connection explains the break in the list.
                Err(error) if cut.is_some() && error.is_cut_off() => {}
                Err(error) => errors.push(error),
            }
        }
        if cut.is_some() {
            items.retain(|item| item.origin.container != Container::File);
        }
        errors.extend(cut);
        FetchedItems { items, errors, tally: list.tally().clone(), kind }
    }

    fn described(&self, mut item: Item) -> Item {
        if item.origin.container == Container::File && item.extent == Extent::Full {
            item.address = item.address.or_else(|| Some(self.address.clone()));
            item.charset = item.charset.or_else(|| self.charset().map(str::to_owned));
        }
        item
    }
}
