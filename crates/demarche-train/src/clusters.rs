//! Word clusters from raw text.

use rustc_hash::FxHashMap;

/// Word hash → cluster, from 1.
#[derive(Debug, Default)]
pub(crate) struct Clusters {
    /// By hash of the lower-case form.
    pub(crate) of_hash: FxHashMap<u32, u16>,
}
