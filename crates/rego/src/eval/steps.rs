//! The steps of a run as somebody sees them who watches, or who asks where it was cut.

use std::time::Duration;

use crate::Value;
use crate::compile::ir::{Block, Definition, Instruction, NodeId, Out, Pattern, Step};
use crate::compile::place;
use crate::syntax::Span;

use super::lookup::Cursor;
use super::machine::{Frame, Machine, Run};
use super::observe::MAX_READS;
use super::sources::Unknown;
use super::watch::{EventKind, TraceEvent, TraceLevel, text_at, values};

impl<'p> Machine<'p> {
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

    pub(super) fn watches(&self) -> bool {
        self.observed.as_ref().is_some_and(|observed| observed.watch.is_some())
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
        let (choices, prints) = (self.choices.len(), self.host.prints.len());
        self.host.note = None;
        let ahead = self.step(instruction, span, at, frame)?;
        if self.host.prints.len() > prints {
            let said = self.host.prints.last().map(|print| print.text.clone());
            self.note_event(span, said.unwrap_or_default())?;
        }
        if let Some(said) = self.host.note.take() {
            self.note_event(span, said)?;
        }
        if !ahead && self.choices.len() == choices {
            self.observe_failure(block, at, frame);
        } else {
            self.observe_cut(block, at, frame);
        }
        Ok(ahead)
    }

    /// Notes a cut that does not end the way: what is gone through may have more elements.
    pub(super) fn observe_cut(&mut self, block: &Block, at: usize, frame: &Frame) {
        if self.observed.as_mut().is_some_and(|observed| std::mem::take(&mut observed.fresh)) {
            self.note_cut(block, at, frame);
        }
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
        self.observe_cut(block, at, frame);
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
        // Who writes down what is left has no use for the places.
        if self.observed.as_ref().is_some_and(|observed| observed.exact) {
            return;
        }
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
            self.host.meter.took(size_of::<TraceEvent>() + file.path.len() + text.len());
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
