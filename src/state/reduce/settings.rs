//! What a person prefers: each change counts at once and is kept.

use crate::state::action::Effect;
use crate::state::session::Overlay;
use crate::state::settings_place::{Setting, SettingsAction, SettingsRow};
use crate::state::{Origin, State};

pub(super) fn settings(state: &mut State, action: SettingsAction, effects: &mut Vec<Effect>) {
    let session = &mut state.session;
    match action {
        SettingsAction::Open => {
            session.overlay = Some(Overlay::Settings(SettingsRow::Theme));
            effects.push(Effect::LookAtSettings);
        }
        SettingsAction::Point(row) => {
            if let Some(Overlay::Settings(at)) = &mut session.overlay {
                *at = row;
            }
        }
        SettingsAction::Set(setting) => {
            match setting {
                Setting::Theme(theme) => session.theme = theme,
                Setting::Zoom(zoom) => session.zoom = zoom,
                Setting::Motion(motion) => session.motion = motion,
                Setting::Marks(marks) => session.format.marks = marks,
                Setting::Days(days) => session.format.days = days,
                Setting::PlainKeysOff(off) => {
                    session.keys.plain_off = off;
                    session.prefix = None;
                }
            }
            effects.push(Effect::Remember);
        }
        SettingsAction::WriteKeys => effects.push(Effect::WriteKeys),
        SettingsAction::ShowFolder(row) => {
            let files = &session.files;
            let file = |path: &std::path::Path| path.parent().map(std::path::Path::to_path_buf);
            let folder = match (row, &state.file.origin) {
                (SettingsRow::Keys, _) => file(&files.keys),
                (SettingsRow::Book, Origin::File(path)) => file(path),
                (SettingsRow::Backups, _) => files.backups.as_ref().map(|(folder, ..)| folder.clone()),
                _ => None,
            };
            effects.extend(folder.map(Effect::ShowFolder));
        }
        SettingsAction::Found(files) => session.files = files,
    }
}
