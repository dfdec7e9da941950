//! A fast source of chance: splitmix64. What proptest draws from costs more than our readers.

/// The stream of one case.
pub(super) struct Random {
    state: u64,
}

impl Random {
    /// The stream of case `number`, which does not depend on the cases before it.
    pub(super) fn new(seed: u64, number: u32) -> Random {
        let mut start = Random { state: seed };
        let state = start.next() ^ u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Random { state }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("a length");
        usize::try_from(self.next() % end).expect("it is below a length")
    }

    /// Whether something that happens `times` in a hundred times happens.
    pub(super) fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }

    /// A byte.
    pub(super) fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    /// One of several.
    pub(super) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}
