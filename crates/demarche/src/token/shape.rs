//! A form → its [`Shape`].

use crate::token::Shape;

/// How `form` is written.
pub(crate) fn of(form: &str) -> Shape {
    let (mut upper, mut lower, mut digits) = (0_u32, 0_u32, 0_u32);
    let mut first_upper = false;
    for (i, c) in form.chars().enumerate() {
        if c.is_ascii_lowercase() {
            lower += 1;
        } else if c.is_ascii_uppercase() || (!c.is_ascii() && c.is_uppercase()) {
            upper += 1;
            first_upper |= i == 0;
        } else if c.is_numeric() {
            digits += 1;
        } else if !c.is_ascii() && c.is_alphabetic() {
            lower += 1;
        }
    }
    match (upper, lower, digits) {
        (0, 0, 0) => Shape::Punctuation,
        (0, 0, _) => Shape::Number,
        (_, _, 1..) => Shape::Alphanumeric,
        (0, ..) => Shape::Lower,
        (1, 0, _) => Shape::Capital,
        (_, 0, _) => Shape::Upper,
        (1, ..) if first_upper => Shape::Capital,
        _ => Shape::Mixed,
    }
}
