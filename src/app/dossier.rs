//! Writing down what was achieved for a client, as its page shows it.

use std::path::PathBuf;

use super::App;
use crate::domain::ClientId;
use crate::state::{Action, DossierFormat, PathPurpose};

impl App {
    /// Writes a client's dossier as of the day looked at.
    pub(super) fn write_dossier(
        &mut self,
        ctx: &egui::Context,
        client: &ClientId,
        format: DossierFormat,
        path: PathBuf,
        over: bool,
    ) {
        let state = &self.state;
        let page = self.derived.memo.page(&state.book, state.day(), state.clock, client);
        let Some(page) = page else {
            let why = "the client is not in the book on this day".to_owned();
            return self.act(ctx, Action::PathFailed(PathPurpose::Dossier(format), why));
        };
        let text = match format {
            DossierFormat::Html => page.dossier.html(),
            DossierFormat::Markdown => page.dossier.markdown(),
        };
        self.desk.write_dossier(format, path, text, over);
    }
}
