#![doc = include_str!("../README.md")]

mod error;
mod store;
mod migrate;
mod words;
mod sighting;
mod press;
mod prepare;
mod origin;
mod write;
mod correct;
mod follow;
mod foreign;
mod query;
mod kept;
mod list;
mod search;
mod show;
mod chronology;
mod reread;
mod upkeep;

pub use error::{Error, Result};
pub use follow::Followed;
pub use foreign::{ForeignEvent, ForeignMention, ForeignParty, ForeignRow};
pub use list::{
    Cited,
    documents::DocumentItem,
    events::{EventItem, Party},
};
pub use migrate::SCHEMA;
pub use prepare::Prepared;
pub use query::{Filter, View, Who, act, statuses};
pub use search::Hit;
pub use show::{ReadingItem, Shown, Sighting};
pub use sighting::{Kept as Source, precedence, told};
pub use store::{Known, Store};
pub use upkeep::Stats;
pub use write::{Kept, time};
