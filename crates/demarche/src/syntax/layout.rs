//! How feature templates share one table of rows: template after template, each with as many rows as it has values.

/// The first row of each template, and the number of all rows, from the templates' sizes.
pub const fn offsets<const N: usize>(sizes: [u32; N]) -> ([u32; N], u32) {
    let mut first = [0; N];
    let mut total = 0;
    let mut i = 0;
    while i < N {
        first[i] = total;
        total += sizes[i];
        i += 1;
    }
    (first, total)
}

/// Turns the values of all templates, in order, into rows.
pub struct Rows<'a, const N: usize> {
    rows: &'a mut [u32; N],
    first: &'a [u32; N],
    next: usize,
}

impl<'a, const N: usize> Rows<'a, N> {
    /// Writes to `rows`, beginning with the template `next`; the templates' rows begin at `first`.
    pub fn new(rows: &'a mut [u32; N], first: &'a [u32; N], next: usize) -> Rows<'a, N> {
        Rows { rows, first, next }
    }

    /// The next template has this value.
    #[inline(always)]
    pub fn add(&mut self, value: impl Into<u32>) {
        self.rows[self.next] = self.first[self.next] + value.into();
        self.next += 1;
    }

    /// How many templates have their value.
    pub fn filled(&self) -> usize {
        self.next
    }
}
