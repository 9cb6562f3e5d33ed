//! What was typed and is not in the book: told before it is lost with the window or the book.

use super::form::{FieldKind, FieldSpec, Form, Leaving};
use super::session::{Overlay, Session};

/// How many forms are named before the rest is counted.
const NAMED: usize = 3;
/// How much of what a form is about is said, in characters.
const SAID: usize = 30;

/// What was typed and is not in the book.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unfinished {
    /// The forms, by what they are called and are about, and what stands in their fields.
    pub forms: Vec<(String, Vec<String>)>,
    /// What stands in the one line and its stack of cards.
    pub line: Vec<String>,
}

impl Unfinished {
    /// Whether nothing is left unfinished.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty() && self.line.is_empty()
    }

    /// Where it was typed, such as `New invoice (Acme) and the one line`.
    #[must_use]
    pub fn place(&self) -> String {
        let mut places: Vec<String> = self.forms.iter().take(NAMED).map(|(name, _)| name.clone()).collect();
        match self.forms.len().saturating_sub(NAMED) {
            0 => {}
            1 => places.push("another form".to_owned()),
            more => places.push(format!("{more} more forms")),
        }
        places.extend((!self.line.is_empty()).then(|| "the one line".to_owned()));
        match places.split_last() {
            Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
            _ => places.concat(),
        }
    }
}

impl Session {
    /// What holds something typed that is not in the book: forms that were left, the open one, and the one line.
    #[must_use]
    pub fn unfinished(&self) -> Unfinished {
        let open = match &self.overlay {
            Some(Overlay::Form(form)) if form.leaves() != Leaving::Nothing => Some(form),
            _ => None,
        };
        let forms = self.kept_forms.iter().chain(open);
        let forms = forms.map(|form| (name(form), form.values.clone())).collect();
        let lines = [&self.quick.line]
            .into_iter()
            .chain(&self.quick.stack)
            .chain(&self.quick.waiting)
            .chain(&self.quick.set_aside);
        let line = lines.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect();
        Unfinished { forms, line }
    }
}

/// What a form is called and what it is about, by which it is told from others of its kind: the first that it cannot be without,
/// or else the first that was typed.
fn name(form: &Form) -> String {
    let title = form.title();
    let fields = form.kind.spec().fields.iter().zip(form.values.iter().zip(&form.initial));
    let filled = fields.filter(|(_, (value, _))| !value.trim().is_empty());
    let telling = |field: &FieldSpec| field.required && !matches!(field.kind, FieldKind::Day(_));
    let needed = filled.clone().find(|(field, _)| telling(field));
    let about = needed.or_else(|| filled.clone().find(|(_, (value, initial))| value != initial));
    let Some((_, (about, _))) = about else { return title.to_owned() };
    let line = about.trim().lines().next().unwrap_or_default();
    let mut said: String = line.chars().take(SAID).collect();
    if said.len() < about.trim().len() {
        said.push('…');
    }
    format!("{title} ({said})")
}
