//! Which two clients are one: what follows is shown before it is done.

use crate::state::merge_place::MergePlace;

use super::{FieldKind, FormSpec, Read, Reader, required};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Merge two clients",
    edit_title: "Merge two clients",
    fields: &[
        required("client", "Stays", "the client that stays", FieldKind::OwnClient),
        required("other", "Goes into it", "the client that is the same", FieldKind::Client),
    ],
    fill: |context, target| {
        super::client_name(context, target).map(|name| ("client", name)).into_iter().collect()
    },
    read: Read::Merge(read),
};

fn read(reader: &mut Reader<'_>) -> Option<MergePlace> {
    let (stays, goes) = (reader.client("client"), reader.client("other"));
    let (stays, goes) = (stays?, goes?);
    if stays.id() == goes.id() {
        reader.refuse("other", "that is the same record already: name the other one");
        return None;
    }
    Some(MergePlace::new(stays.id().clone(), goes.id().clone()))
}
