//! What a person prefers: read at the start, used by the window, kept in files.

use super::App;
use crate::command::{Keymap, bind};
use crate::state::{Action, Keys};
use crate::store::keys_file::{keys_file, read_keys};

impl App {
    /// The keys of `keys.ron`, with a sentence for each wish in it that does not count. What cannot be read changes
    /// nothing and is told.
    pub(super) fn wished_keys(&self) -> Action {
        let path = keys_file(&self.settings_file);
        let (keys, problems) = match read_keys(&path) {
            Ok(wishes) => bind(&wishes),
            Err(why) => (Keys::default(), vec![why]),
        };
        Action::UseKeys(keys, problems)
    }

    /// Makes the keys in use those of the state.
    pub(super) fn use_keys(&mut self) {
        let wanted = &self.state.session.keys;
        if self.bound != *wanted {
            self.keymap = Keymap::of(wanted);
            self.bound = wanted.clone();
        }
    }
}
