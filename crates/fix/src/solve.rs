//! Which of many fixes hold together: one trial for all, then halves of what failed.
//!
//! Enters: a number of units in their fixed order, and a trial that says whether a set of them holds. Leaves: the set
//! that holds, and for each other unit why it does not hold on top of that set. The same whatever the machine, since
//! nothing but the order decides.

use std::collections::BTreeMap;

/// Why a set of units does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal<E> {
    /// Units that are certainly at fault, if that is known.
    pub blamed: Vec<usize>,
    /// The reason.
    pub reason: E,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solved<E> {
    /// Units that hold together, sorted.
    pub accepted: Vec<usize>,
    /// The others, each with the reason.
    pub refused: BTreeMap<usize, E>,
}

/// Tries sorted units together.
pub type Trial<'t, E> = dyn FnMut(&[usize]) -> Result<(), Refusal<E>> + 't;

/// Finds the units that hold together. `trial` gets sorted units; the last set that it accepted is the result.
pub fn solve<E>(units: usize, trial: &mut Trial<'_, E>) -> Solved<E> {
    let mut accepted: Vec<usize> = Vec::new();
    let mut refused = BTreeMap::new();
    let mut groups: Vec<Vec<usize>> = vec![(0..units).collect()];
    while let Some(group) = groups.pop() {
        let [first, ..] = *group.as_slice() else { continue };
        let mut all = accepted.clone();
        all.extend(&group);
        all.sort_unstable();
        match trial(&all) {
            Ok(()) => accepted = all,
            Err(refusal) if group.len() == 1 => drop(refused.insert(first, refusal.reason)),
            Err(refusal) => {
                let (bad, good): (Vec<usize>, Vec<usize>) =
                    group.iter().partition(|u| refusal.blamed.contains(u));
                if bad.is_empty() || good.is_empty() {
                    let (left, right) = group.split_at(group.len() / 2);
                    groups.push(right.to_vec());
                    groups.push(left.to_vec());
                } else {
                    groups.push(bad);
                    groups.push(good);
                }
            }
        }
    }
    Solved { accepted, refused }
}

#[cfg(test)]
mod tests {
    use super::*;

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
