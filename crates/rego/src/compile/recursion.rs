//! Rules that need their own value.

use super::Wrong;
use super::error::Problem;
use super::ir::{NodeId, Program};
use super::uses::{Edge, Seen, State, Uses};

/// So many rules that lead back to themselves are reported, as by OPA.
const MOST: usize = 10;

impl Uses {
    /// Reports every rule that leads back to itself, each with a way around.
    pub(crate) fn check(&self, program: &Program, wrong: &mut Wrong) {
        let mut cycles = Vec::new();
        for cycle in self.cycles(program) {
            for turn in 0..cycle.len() {
                if cycles.len() >= MOST {
                    break;
                }
                let way: Vec<NodeId> = cycle.iter().cycle().skip(turn).take(cycle.len()).copied().collect();
                if !cycles.iter().any(|known: &Vec<NodeId>| known.first() == way.first()) {
                    cycles.push(way);
                }
            }
        }
        for cycle in cycles {
            let mut names: Vec<String> = cycle.iter().map(|node| program.name(*node)).collect();
            let first = cycle.first().and_then(|node| self.nodes.get(*node)?.as_ref());
            let Some((uses, name)) = first.zip(names.first().cloned()) else { continue };
            names.push(name.clone());
            let message = format!("rule {name} is recursive: {}", names.join(" -> "));
            let problem = Problem { code: "rego_recursion_error", at: uses.at, message, details: Vec::new() };
            wrong.push(uses.file, problem);
        }
    }

    fn starts(&self) -> impl Iterator<Item = Edge> + '_ {
        self.nodes.iter().enumerate().filter(|(_, uses)| uses.is_some()).map(|(node, _)| Edge::Rules(node))
    }

    /// Depth-first search with a stack of its own.
    fn cycles(&self, program: &Program) -> Vec<Vec<NodeId>> {
        if !self.ring {
            return Vec::new();
        }
        let mut states = Seen::new(self.nodes.len());
        let mut found = Vec::new();
        for start in self.starts() {
            if !matches!(states.get(start), State::New) {
                continue;
            }
            let mut path = vec![(start, self.targets(program, start))];
            states.set(start, State::Open);
            while let Some((vertex, left)) = path.last_mut() {
                let vertex = *vertex;
                let Some(next) = left.next() else {
                    states.set(vertex, State::Done);
                    path.pop();
                    continue;
                };
                match states.get(next) {
                    State::New => {
                        states.set(next, State::Open);
                        path.push((next, self.targets(program, next)));
                    }
                    State::Open => {
                        let on_cycle = path.iter().skip_while(|(on_path, _)| *on_path != next);
                        let rules = on_cycle.filter_map(|(on_path, _)| match on_path {
                            Edge::Rules(node) => Some(*node),
                            Edge::Subtree(_) => None,
                        });
                        let rules: Vec<NodeId> = rules.collect();
                        if !rules.is_empty() {
                            found.push(rules);
                        }
                    }
                    State::Done => {}
                }
            }
        }
        found
    }
}
