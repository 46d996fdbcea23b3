//! Which of many fixes hold together: one trial for all, then halves of what failed.
//!
//! Enters: a number of units in their fixed order, and answers to whether a set of them holds. Leaves: the set that
//! holds, and for each other unit why it does not hold on top of that set. The same whatever the machine, since nothing
//! but the order decides. The search gives its sets one by one, so that those of many searches are tried at once.

use std::collections::BTreeMap;

/// Why a set of units does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal<E> {
    /// Units that are certainly at fault, if that is known.
    pub blamed: Vec<usize>,
    /// The reason.
    pub reason: E,
}

/// A search under way: [`Search::next`] gives the set to try, [`Search::answer`] takes what came of it.
#[derive(Clone, Debug)]
pub struct Search<E> {
    /// Units that hold together, sorted.
    pub accepted: Vec<usize>,
    /// The others, each with the reason.
    pub refused: BTreeMap<usize, E>,
    groups: Vec<Vec<usize>>,
}

impl<E> Search<E> {
    /// The beginning of a search for so many units.
    pub fn new(units: usize) -> Self {
        Self { accepted: Vec::new(), refused: BTreeMap::new(), groups: vec![(0..units).collect()] }
    }

    /// The next set to try, sorted; none at the end.
    pub fn next(&mut self) -> Option<Vec<usize>> {
        while self.groups.last().is_some_and(Vec::is_empty) {
            self.groups.pop();
        }
        let group = self.groups.last()?;
        let mut all: Vec<usize> = self.accepted.iter().chain(group).copied().collect();
        all.sort_unstable();
        Some(all)
    }

    /// What came of the set that [`Self::next`] gave. The last set that held is the result.
    pub fn answer(&mut self, result: Result<(), Refusal<E>>) {
        let Some(group) = self.groups.pop() else { return };
        match (result, group.as_slice()) {
            (Ok(()), _) => {
                self.accepted.extend(group);
                self.accepted.sort_unstable();
            }
            (Err(refusal), [one]) => drop(self.refused.insert(*one, refusal.reason)),
            (Err(refusal), _) => {
                let (bad, good): (Vec<usize>, Vec<usize>) =
                    group.iter().partition(|u| refusal.blamed.contains(u));
                if bad.is_empty() || good.is_empty() {
                    let (left, right) = group.split_at(group.len() / 2);
                    self.groups.push(right.to_vec());
                    self.groups.push(left.to_vec());
                } else {
                    self.groups.push(bad);
                    self.groups.push(good);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Trial<'t> = dyn FnMut(&[usize]) -> Result<(), Refusal<&'static str>> + 't;

    /// Runs a search to its end.
    fn solve(units: usize, trial: &mut Trial<'_>) -> Search<&'static str> {
        let mut search = Search::new(units);
        while let Some(set) = search.next() {
            let result = trial(&set);
            search.answer(result);
        }
        search
    }

    fn refusal(blamed: &[usize]) -> Result<(), Refusal<&'static str>> {
        Err(Refusal { blamed: blamed.to_vec(), reason: "no" })
    }

    #[test]
    fn culprits_are_found_with_few_trials_and_what_holds_last_is_the_result() {
        let mut trials = 0;
        let mut last = Vec::new();
        let solved = solve(64, &mut |set| {
            trials += 1;
            if set.contains(&7) || set.contains(&40) {
                return refusal(&[]);
            }
            last = set.to_vec();
            Ok(())
        });
        assert_eq!(solved.refused.keys().copied().collect::<Vec<_>>(), [7, 40]);
        assert_eq!(solved.accepted.len(), 62);
        assert_eq!(solved.accepted, last);
        assert!(trials < 30, "{trials}");
    }

    #[test]
    fn blame_spares_the_search_and_of_two_that_clash_the_first_stays() {
        let mut trials = 0;
        let solved = solve(64, &mut |set| {
            trials += 1;
            if set.contains(&40) { refusal(&[40]) } else { Ok(()) }
        });
        assert_eq!((solved.refused.len(), trials), (1, 3));
        let solved =
            solve(10, &mut |set| if set.contains(&3) && set.contains(&8) { refusal(&[]) } else { Ok(()) });
        assert_eq!(solved.refused.keys().copied().collect::<Vec<_>>(), [8]);
    }
}
