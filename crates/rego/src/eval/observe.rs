//! What is noted beside the values of a run: steps for traces, reads and unknown values for reasons.

use std::sync::Arc;
use std::time::Duration;

use crate::Value;
use crate::compile::ir::{Block, Definition, Instruction, NodeId, Out, Pattern, Step};
use crate::compile::place;
use crate::syntax::Span;

use super::lookup::Cursor;
use super::machine::{Frame, Machine, Run};
use super::sources::{Note, Read, Route, Sources, Unknown};
use super::watch::{EventKind, TraceEvent, TraceLevel, Watch, text_at, values};

/// The most reads that are kept for one answer.
const MAX_READS: usize = 10_000;

/// What is observed of a run.
#[derive(Default)]
pub(crate) struct Observed {
    pub(crate) watch: Option<Watch>,
    sources: Option<Sources>,
    /// What was read for the solution that is being looked for.
    pub(super) reads: Vec<Read>,
    /// Reads of ways that did not lead on, kept while somebody gathers.
    lost: Vec<Read>,
    gathering: usize,
    /// How often a derivation was cut.
    cuts: u64,
    /// The unknown value that the last cut was for.
    last: Option<Arc<Route>>,
    pub(crate) unknown: Vec<Unknown>,
    /// A cut whose place is not noted yet.
    fresh: bool,
    /// The text of the query that runs.
    query: String,
}

impl Observed {
    /// Watches what happens.
    pub(crate) fn watching(watch: Watch) -> Self {
        Observed { watch: Some(watch), ..Observed::default() }
    }

    /// Notes what answers rest on.
    pub(crate) fn tracing(sources: Sources) -> Self {
        Observed { sources: Some(sources), ..Observed::default() }
    }

    pub(super) fn forget_reads(&mut self, from: usize) {
        if from < self.reads.len() {
            let dropped = self.reads.split_off(from);
            if self.gathering > 0 && self.lost.len() < MAX_READS {
                self.lost.extend(dropped);
            }
        }
    }

    pub(super) fn cut(&mut self, route: Arc<Route>) {
        self.cuts += 1;
        self.last = Some(route);
        self.fresh = true;
    }

    fn add_reads(&mut self, reads: &[Read]) {
        if self.reads.len() < MAX_READS {
            self.reads.extend(reads.iter().cloned());
        }
    }
}

impl<'p> Machine<'p> {
    /// Works out a rule, and what it rests on.
    pub(crate) fn rule_with_note(&mut self, node: NodeId) -> Run<(Option<Value>, Note)> {
        let value = self.document(node)?;
        Ok((value, self.note(node)))
    }

    /// Says what text a query has, so that places in it can be shown.
    pub(crate) fn name_query(&mut self, text: &str) {
        if let Some(observed) = &mut self.observed {
            observed.query = text.to_string();
        }
    }

    /// Says which definition runs from here on; returns what ran before.
    pub(super) fn enter(&mut self, definition: &'p Definition) -> (usize, Option<&'p Definition>) {
        let before = (self.file, self.here);
        (self.file, self.here) = (definition.file, Some(definition));
        if self.watches() {
            self.event(EventKind::Enter, definition.at, Vec::new());
        }
        before
    }

    pub(super) fn leave(&mut self, before: (usize, Option<&'p Definition>)) {
        (self.file, self.here) = before;
    }

    /// Returns how often derivations were cut.
    pub(super) fn cuts(&self) -> u64 {
        self.observed.as_ref().map_or(0, |observed| observed.cuts)
    }

    pub(super) fn restore_cuts(&mut self, cuts: u64) {
        if let Some(observed) = &mut self.observed {
            observed.cuts = cuts;
        }
    }

    /// Runs something; all that it reads counts, also on ways that do not lead on.
    pub(super) fn gather<T>(&mut self, inside: impl FnOnce(&mut Self) -> Run<T>) -> Run<T> {
        let Some(observed) = &mut self.observed else { return inside(self) };
        observed.gathering += 1;
        let from = observed.lost.len();
        let reads = observed.reads.len();
        let result = inside(self)?;
        if let Some(observed) = &mut self.observed {
            observed.forget_reads(reads);
            observed.gathering -= 1;
            let mut lost = observed.lost.split_off(from);
            lost.dedup();
            observed.add_reads(&lost);
        }
        Ok(result)
    }

    /// Cuts the derivation if a value hangs on something unknown; tells whether it does.
    pub(super) fn cut_by(&mut self, value: &Value) -> bool {
        let Some(observed) = &mut self.observed else { return false };
        let route = observed.sources.as_ref().and_then(|sources| sources.unknown_in(value));
        match route {
            Some(route) => {
                observed.cut(route);
                true
            }
            None => false,
        }
    }

    /// Notes that a key of a container is read; cuts the derivation if its value is unknown.
    pub(super) fn read_is_cut(&mut self, container: &Value, key: &Value) -> bool {
        let Some(observed) = &mut self.observed else { return false };
        let Some(sources) = &observed.sources else { return false };
        if let Some(read) = sources.read(container, key) {
            let route = sources.unknown_at(container, key);
            if observed.reads.len() < MAX_READS {
                observed.reads.push(read);
            }
            if let Some(route) = route {
                observed.cut(route);
                return true;
            }
        }
        false
    }

    /// Cuts the derivation if `input` or `data` is unknown as a whole.
    pub(super) fn root_is_cut(&mut self, name: &str) -> bool {
        let Some(observed) = &mut self.observed else { return false };
        let route = observed.sources.as_ref().and_then(|sources| sources.unknown_root(name));
        let cut = route.is_some();
        if let Some(route) = route {
            observed.cut(route);
        }
        cut
    }

    /// Cuts a part of an iteration if a container may have elements that are not in it.
    pub(super) fn missing_elements(&mut self, container: &Value) {
        if let Some(observed) = &mut self.observed
            && let Some(route) =
                observed.sources.as_ref().and_then(|sources| sources.unknown_beside(container))
        {
            observed.cut(route);
        }
    }

    /// Tells whether reads and unknown values are noted.
    pub(super) fn traces_back(&self) -> bool {
        self.observed.as_ref().is_some_and(|observed| observed.sources.is_some())
    }

    fn watches(&self) -> bool {
        self.observed.as_ref().is_some_and(|observed| observed.watch.is_some())
    }

    /// Works something out and notes what it rests on.
    pub(super) fn noted<T>(&mut self, inside: impl FnOnce(&mut Self) -> Run<T>) -> Run<(T, Note)> {
        let Some(observed) = &mut self.observed else { return Ok((inside(self)?, Note::default())) };
        let (cuts, from) = (observed.cuts, observed.reads.len());
        let value = self.gather(inside)?;
        let mut note = Note::default();
        if let Some(observed) = &mut self.observed {
            note.reads = observed.reads.split_off(from);
            note.reads.dedup();
            if observed.cuts > cuts {
                note.hangs_on = observed.last.clone();
            }
            observed.cuts = cuts;
        }
        Ok((value, note))
    }

    /// Returns what the solution that was just found rests on, from a number of reads on.
    pub(super) fn reads_since(&self, from: usize) -> Vec<Read> {
        let reads = self.observed.as_ref().and_then(|observed| observed.reads.get(from..));
        reads.map(<[Read]>::to_vec).unwrap_or_default()
    }

    pub(super) fn read_count(&self) -> usize {
        self.observed.as_ref().map_or(0, |observed| observed.reads.len())
    }

    /// Uses the value of a rule as a whole; false if it is not known.
    pub(super) fn use_note(&mut self, note: &Note, known: bool) -> bool {
        let Some(observed) = &mut self.observed else { return true };
        observed.add_reads(&note.reads);
        match &note.hangs_on {
            Some(route) if !known => {
                observed.cut(route.clone());
                false
            }
            _ => true,
        }
    }

    /// Uses one element of the value of a rule.
    pub(super) fn use_member(&mut self, node: NodeId, key: &Value) {
        let notes = self.context.cache.borrow();
        let reads = notes.notes.get(&node).map(|note| note.members.get(key).unwrap_or(&note.reads).clone());
        drop(notes);
        if let (Some(observed), Some(reads)) = (&mut self.observed, reads) {
            observed.add_reads(&reads);
        }
    }

    /// Returns what was noted of a rule.
    pub(super) fn note(&self, node: NodeId) -> Note {
        self.context.cache.borrow().notes.get(&node).cloned().unwrap_or_default()
    }

    /// Runs an instruction with everybody looking.
    pub(super) fn observed_step(
        &mut self,
        block: &Block,
        instruction: &Instruction,
        span: Span,
        at: usize,
        frame: &mut Frame,
    ) -> Run<bool> {
        self.observe_eval(span, false)?;
        let (choices, notes) = (self.choices.len(), self.host.prints.len());
        let ahead = self.step(instruction, span, at, frame)?;
        if self.host.prints.len() > notes {
            let said = self.host.prints.last().cloned().unwrap_or_default();
            self.note_event(span, said)?;
        }
        if !ahead && self.choices.len() == choices {
            self.observe_failure(block, at, frame);
        }
        Ok(ahead)
    }

    fn observe_eval(&mut self, span: Span, redo: bool) -> Run<()> {
        if !self.watches() {
            return Ok(());
        }
        self.grow(64)?;
        let kind = if redo { EventKind::Redo } else { EventKind::Eval };
        self.event(kind, span, Vec::new());
        let (steps, time) = (self.host.meter.steps(), self.host.meter.time());
        if let Some(watch) = self.observed.as_mut().and_then(|observed| observed.watch.as_mut()) {
            watch.count(self.file, span, redo, steps, time.unwrap_or(Duration::ZERO));
        }
        Ok(())
    }

    pub(super) fn observe_redo(&mut self, block: &Block, at: usize) -> Run<()> {
        match block.code.get(at) {
            Some((_, span)) => self.observe_eval(*span, true),
            None => Ok(()),
        }
    }

    /// Notes that an instruction led nowhere.
    pub(super) fn observe_failure(&mut self, block: &Block, at: usize, frame: &mut Frame) {
        let Some((instruction, span)) = block.code.get(at) else { return };
        let fresh = self.observed.as_mut().is_some_and(|observed| std::mem::take(&mut observed.fresh));
        if fresh {
            self.note_cut(block, at, frame);
        }
        if self.watches() {
            let values = self.values_of(instruction, frame);
            self.event(EventKind::Fail, *span, values);
        }
    }

    /// Names what an instruction looks at, with its values; also what a lookup finds before it is compared.
    fn values_of(&mut self, instruction: &Instruction, frame: &mut Frame) -> Vec<(String, Value)> {
        let mut found = values(instruction, self.here, self.files, frame);
        if let Instruction::Lookup { origin, steps, at, .. } = instruction
            && steps.iter().all(|step| matches!(step, Step::At(_)))
        {
            let mut value = None;
            let mut copy = frame.clone();
            // The value is caught in a place of its own behind the frame.
            let slot = copy.len() as u32;
            copy.push(Value::Null);
            let out = Out::Match(Pattern::Bind(slot));
            if matches!(self.lookup(origin, steps, &out, 0, *at, &mut copy), Ok(true)) {
                value = copy.pop();
            }
            let name = self.files.get(self.file).map(|file| text_at(&file.source, *at)).unwrap_or_default();
            if let Some(value) = value.filter(|_| !name.is_empty()) {
                found.retain(|(known, _)| *known != name);
                found.push((name, value));
            }
        }
        found
    }

    fn note_cut(&mut self, block: &Block, at: usize, frame: &Frame) {
        let (path, source) = match self.files.get(self.file) {
            Some(file) => (file.path.clone(), file.source.to_string()),
            None => (String::new(), self.observed.as_ref().map(|o| o.query.clone()).unwrap_or_default()),
        };
        // The widest expressions from here on, once each.
        let mut spans: Vec<Span> = Vec::new();
        for (_, span) in block.code.iter().skip(at) {
            let within = |outer: &Span| outer.start <= span.start && span.end <= outer.end;
            if span.end == span.start || spans.iter().any(within) {
                continue;
            }
            spans.retain(|inner| !(span.start <= inner.start && inner.end <= span.end));
            spans.push(*span);
        }
        let (line, column) = spans.first().map_or((0, 0), |span| place(&source, *span));
        let residual = spans.iter().map(|span| text_at(&source, *span)).collect();
        let known = block.code.get(at);
        let values = known
            .map(|(instruction, _)| values(instruction, self.here, self.files, frame))
            .unwrap_or_default();
        let Some(observed) = &mut self.observed else { return };
        let Some(route) = observed.last.as_deref().cloned() else { return };
        let unknown = Unknown { route, path, line, column, residual, values };
        if observed.unknown.len() < MAX_READS && !observed.unknown.contains(&unknown) {
            observed.unknown.push(unknown);
        }
    }

    /// Notes an element of a collection that is gone through; false if its value is unknown.
    pub(super) fn take_element(
        &mut self,
        rule: Option<NodeId>,
        key: &Value,
        cursor: &Cursor,
        block: &Block,
        at: usize,
        frame: &mut Frame,
    ) -> bool {
        if let Some(rule) = rule {
            self.use_member(rule, key);
        }
        let container = match self.choices.last().map(|choice| &choice.left) {
            Some(super::machine::Left::Array(items, _)) => Some(Value::Array(items.clone())),
            Some(super::machine::Left::Object(entries, _)) => Some(Value::Object(entries.clone())),
            _ => None,
        };
        let cut = container.is_some_and(|container| self.read_is_cut(&container, key));
        if cut && !matches!(cursor, Cursor::Node(..)) {
            self.observe_failure(block, at, frame);
            return false;
        }
        true
    }

    fn event(&mut self, kind: EventKind, span: Span, values: Vec<(String, Value)>) {
        let depth = self.depth;
        let Some(file) = self.files.get(self.file) else { return };
        let Some(watch) = self.observed.as_mut().and_then(|observed| observed.watch.as_mut()) else { return };
        let wanted = match watch.level {
            TraceLevel::Off | TraceLevel::Notes => false,
            TraceLevel::Fails => kind == EventKind::Fail,
            TraceLevel::Full => true,
        };
        if wanted {
            let (line, column) = place(&file.source, span);
            let text = text_at(&file.source, span);
            let text = if kind == EventKind::Enter { text.chars().take(80).collect() } else { text };
            watch.events.push(TraceEvent {
                kind,
                depth,
                path: file.path.clone(),
                line,
                column,
                text,
                values,
            });
        }
    }

    pub(super) fn exit_event(&mut self, span: Span) {
        if self.watches() {
            self.event(EventKind::Exit, span, Vec::new());
        }
    }

    fn note_event(&mut self, span: Span, said: String) -> Run<()> {
        self.grow(said.len())?;
        let depth = self.depth;
        let file = self.files.get(self.file).map(|file| (file.path.clone(), place(&file.source, span)));
        let (path, (line, column)) = file.unwrap_or_default();
        if let Some(watch) = self.observed.as_mut().and_then(|observed| observed.watch.as_mut())
            && watch.level >= TraceLevel::Notes
        {
            let (kind, values) = (EventKind::Note, Vec::new());
            watch.events.push(TraceEvent { kind, depth, path, line, column, text: said, values });
        }
        Ok(())
    }
}
