//! Compliance frameworks and their controls, as data in `controls/`.

/// A framework.
#[derive(Clone, Copy, Debug)]
pub struct Framework {
    /// Its id, e.g. `soc2`.
    pub id: &'static str,
    /// Its name.
    pub title: &'static str,
    /// Its name in short, e.g. `SOC 2`.
    pub short: &'static str,
    /// Its controls, sorted by id; title in our own words.
    pub controls: &'static [(&'static str, &'static str)],
}

impl Framework {
    /// Title of a control.
    pub fn control(&self, id: &str) -> Option<&'static str> {
        let i = self.controls.binary_search_by(|(c, _)| (*c).cmp(id)).ok()?;
        self.controls.get(i).map(|(_, t)| *t)
    }
}

/// All frameworks, sorted by id.
pub fn frameworks() -> &'static [Framework] {
    crate::pack::FRAMEWORKS
}

/// The framework of this id.
pub fn framework(id: &str) -> Option<&'static Framework> {
    frameworks().iter().find(|f| f.id == id)
}

/// Title of a control, in our own words.
pub fn title(control: &trueline_model::ControlRef) -> Option<&'static str> {
    framework(&control.framework)?.control(&control.id)
}
