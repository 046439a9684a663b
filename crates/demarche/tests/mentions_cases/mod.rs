//! The cases, common ones first.

use super::{check, check_dates, check_titles};
