//! Rates: who is chosen, what is typed.

use crate::state::State;
use crate::state::rates_place::{RatesAction, RatesPlace};
use crate::state::session::View;

pub(super) fn rates(state: &mut State, action: RatesAction) {
    if action == RatesAction::Toggle {
        let shown = state.session.rating().is_some();
        let session = &mut state.session;
        (session.view, session.page, session.filtering, session.focus) = (View::Clients, None, false, None);
        // A draft that was left for another view is gone on with.
        session.rates =
            if shown { None } else { session.rates.take().or(Some(RatesPlace::new(state.today))) };
        return;
    }
    let Some(place) = &mut state.session.rates else { return };
    match action {
        RatesAction::Toggle => {}
        RatesAction::Point(client) => place.cursor = Some(client),
        RatesAction::Choose(clients) => place.chosen = clients,
        RatesAction::Hand(field) => place.typing = field,
        RatesAction::Type(field, text) => {
            place.set(field, text);
            place.typing = Some(field);
        }
    }
}
