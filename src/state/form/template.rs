//! The form of a text that letters are made from: a built-in one becomes the book's own when it is changed.

use crate::domain::{Business, Piece, Template, TemplateId, likely, pieces};
use crate::state::edit::Edit;
use crate::state::firm_list::FirmList;

use super::business::settings;
use super::{Context, FieldKind, FormSpec, Read, Reader, Target, required};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Text of a letter",
    edit_title: "Text of a letter",
    fields: &[
        required("subject", "Subject", "what it is about", FieldKind::Text),
        required("text", "Text", "Dear {person} …", FieldKind::Long),
    ],
    fill,
    read: Read::Edit(read),
};

/// The text a form is about.
pub(super) fn named(target: &Target) -> Option<TemplateId> {
    let Target::Row(FirmList::Letters, name) = target else { return None };
    TemplateId::named(name)
}

/// Which fields its letter fills, in a sentence.
pub(super) fn note(target: &Target) -> Option<String> {
    let fields: Vec<String> = named(target)?.about().fields().map(|name| format!("{{{name}}}")).collect();
    Some(format!("Facts fill in: {}", fields.join(" ")))
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let Some(id) = named(target) else { return Vec::new() };
    let wording = id.wording(context.book.business());
    vec![("subject", wording.subject.unwrap_or_default().to_owned()), ("text", wording.body.to_owned())]
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let id = named(reader.target())?;
    let mut business = Business::clone(reader.context().book.business());
    let meaning = id.meaning();
    if reader.untouched("subject") && reader.untouched("text") {
        return Some(settings(format!("Kept the text for “{meaning}”"), business));
    }
    for field in ["subject", "text"] {
        let text = reader.typed(field).unwrap_or_default();
        let known = || id.about().fields();
        let unknown = pieces(text).find_map(|piece| match piece {
            Piece::Field(name) if !known().any(|field| field == name) => Some(name),
            _ => None,
        });
        if let Some(name) = unknown {
            let meant =
                likely(name, known()).map(|it| format!(": did you mean {{{it}}}?")).unwrap_or_default();
            reader.refuse(field, format!("{{{name}}} is no field of this letter{meant}"));
        }
    }
    let (subject, text) = (reader.text("subject"), reader.text("text"));
    let (subject, text) = (subject?, text?);
    let built_in = Business::new(business.currency);
    let as_built_in = id.wording(&built_in);
    business.templates.retain(|template| template.id != id.name());
    if as_built_in.subject == Some(subject.as_str()) && as_built_in.body == text {
        return Some(settings(format!("The built-in text counts again for “{meaning}”"), business));
    }
    let own = Template { id: id.name().to_owned(), text: format!("Subject: {subject}\n\n{text}\n") };
    let was = reader.context().book.business().templates.iter().position(|it| it.id == id.name());
    let at = was.unwrap_or(business.templates.len()).min(business.templates.len());
    business.templates.insert(at, own);
    Some(settings(format!("Changed the text for “{meaning}”"), business))
}
