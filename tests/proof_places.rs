//! Where figures take the keyboard and the pointer: the window walks them, and each leads to its proof.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use egui::{Key as Pressed, Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use rapport::command::Guide;
use rapport::domain::{DealId, Lever, Percent, Table, add_days};
use rapport::figures::proof::{Course, Difference, FigureKey as Key, Leaving};
use rapport::kit::{fonts, theme};
use rapport::panels::window_ui;
use rapport::state::{Action, CashAction, Overlay, PageSection, Shown, WhatIfAction};

use crate::desk::Desk;
use crate::facts::money;
use crate::proofs::Window;

const SAYS: &str = "press = for its proof";

/// The window of a desk that does what the panels ask of it.
pub(crate) struct Live {
    harness: Harness<'static>,
    desk: Rc<RefCell<Desk>>,
    /// What is drawn, until something is done.
    drawn: Drawn,
}

type Drawn = Rc<RefCell<Option<(Shown, Guide)>>>;

impl Live {
    pub(crate) fn of(desk: Desk) -> Self {
        let desk = Rc::new(RefCell::new(desk));
        let drawn = Drawn::default();
        let (at, of, mut dressed) = (desk.clone(), drawn.clone(), false);
        let harness = Harness::builder().with_size(vec2(1900.0, 1300.0)).build_ui(move |ui| {
            if !dressed {
                fonts::install(ui);
                theme::apply(ui);
                dressed = true;
                return;
            }
            let drawn = of.borrow_mut().take().unwrap_or_else(|| {
                let desk = at.borrow();
                let shown = desk.shown();
                let guide = Guide::of(&desk.state, &shown);
                (shown, guide)
            });
            let actions = window_ui(ui, &at.borrow().state, &drawn.0, &drawn.1);
            if actions.is_empty() {
                *of.borrow_mut() = Some(drawn);
            }
            for action in actions {
                at.borrow_mut().act(action);
            }
        });
        let mut live = Self { harness, desk, drawn };
        live.frames();
        live
    }

    fn frames(&mut self) {
        self.harness.run_steps(4);
    }

    /// The desk as it is now.
    pub(crate) fn desk(&self) -> std::cell::Ref<'_, Desk> {
        self.desk.borrow()
    }

    /// What is painted.
    pub(crate) fn harness(&self) -> &Harness<'static> {
        &self.harness
    }

    pub(crate) fn act(&mut self, action: Action) {
        self.desk.borrow_mut().act(action);
        self.drawn.borrow_mut().take();
        self.frames();
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.desk.borrow_mut().press(keys);
        self.drawn.borrow_mut().take();
        self.frames();
    }

    fn tab(&mut self) {
        self.harness.key_press(Pressed::Tab);
        self.harness.run_steps(2);
    }

    fn focus(&self) -> Option<Key> {
        self.desk.borrow().state.session.focus.clone()
    }

    fn proving(&self) -> Option<Key> {
        match &self.desk.borrow().state.session.overlay {
            Some(Overlay::Proof(place)) => Some(place.key.clone()),
            _ => None,
        }
    }

    /// The figures that Tab comes to, over so many stops.
    fn walked(&mut self, stops: usize) -> Vec<Key> {
        let mut walked = Vec::new();
        for _ in 0..stops {
            self.tab();
            let focus = self.focus();
            if focus.is_some() && walked.last() != focus.as_ref() {
                walked.extend(focus);
            }
        }
        walked
    }

    /// Gives the keyboard to the figure whose label contains this.
    fn focus_on(&mut self, label: &str) {
        {
            let all = self.harness.query_all_by_label_contains(label);
            let says = |it: &egui_kittest::Node<'_>| {
                it.accesskit_node().label().is_some_and(|label| label.contains(SAYS))
            };
            all.into_iter().find(says).unwrap_or_else(|| panic!("{label}")).focus();
        }
        self.frames();
    }
}

fn cash() -> Desk {
    let mut desk = Desk::sample();
    desk.press("g m");
    desk.foresee();
    desk
}

#[test]
fn the_bars_of_the_months_are_two_stops_and_the_fan_and_every_chart_has_its_figure() {
    let mut live = Live::of(cash());
    let until = live.desk.borrow().outlook.base.as_ref().unwrap().until;
    let layers = live.desk.borrow().state.session.cash.layers;
    let walked = live.walked(60);
    let bars: Vec<&Key> =
        walked.iter().filter(|key| matches!(key, Key::MonthIn(_) | Key::MonthOut(_))).collect();
    let last = live.desk.borrow().shown().figures.cash.months.last().unwrap().month;
    assert_eq!(bars, [&Key::MonthIn(last), &Key::MonthOut(last)]);
    assert!(walked.contains(&Key::BalanceOn(Course::Facts, layers, until)), "the fan: {walked:?}");
    assert!(walked.iter().any(|key| matches!(key, Key::Receipt(_))), "{walked:?}");
    assert!(walked.iter().any(|key| matches!(key, Key::InvoiceOpen(_))), "{walked:?}");
    live.press("right");
    let tomorrow = add_days(live.desk.borrow().state.today, 1);
    let walked = live.walked(60);
    for key in
        [Key::BalanceOn(Course::Facts, layers, tomorrow), Key::ComingOn(Course::Facts, layers, tomorrow)]
    {
        assert!(walked.contains(&key), "{key:?}: {walked:?}");
    }
}

#[test]
fn a_click_on_a_bar_proves_its_month_and_direction() {
    let mut live = Live::of(cash());
    let months: Vec<_> =
        live.desk.borrow().shown().figures.cash.months.iter().rev().take(24).map(|it| it.month).collect();
    let chart = live.harness.get_by_label_contains("Money in and out by month from ").rect();
    let [out, last_in] = ["out: ", "in: "].map(|way| {
        let all = live.harness.query_all_by_label_contains(way);
        let mut bars = all.filter(|it| it.accesskit_node().label().is_some_and(|label| label.contains(SAYS)));
        bars.next().unwrap().rect()
    });
    // A column is as wide as the two bars of the last one.
    let width = last_in.width() + out.width();
    let left = last_in.center().x - 3.0 * width;
    assert!(chart.contains(egui::pos2(left, last_in.center().y)));
    for (x, key) in [(left, Key::MonthIn(months[3])), (left + last_in.width(), Key::MonthOut(months[3]))] {
        click(&mut live, egui::pos2(x, last_in.center().y));
        assert_eq!(live.proving(), Some(key.clone()));
        assert_eq!(live.desk.borrow().state.session.cash.month, Some(months[3]));
        live.press("esc");
        assert_eq!(live.focus(), Some(key));
    }
}

fn click(live: &mut Live, at: egui::Pos2) {
    live.harness.hover_at(at);
    live.harness.step();
    for pressed in [true, false] {
        live.harness.event(egui::Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        });
        live.harness.step();
    }
    live.frames();
}

#[test]
fn arrows_walk_the_bars_in_the_real_window_and_the_keyboard_stays_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::of_sample(folder.path());
    for key in [Pressed::G, Pressed::M] {
        window.press(key);
    }
    for _ in 0..120 {
        if matches!(window.focus(), Some(Key::MonthIn(_))) {
            break;
        }
        window.press(Pressed::Tab);
    }
    let Some(Key::MonthIn(first)) = window.focus() else { panic!("Tab comes to no bar") };
    window.press(Pressed::ArrowLeft);
    window.press(Pressed::ArrowLeft);
    let Some(Key::MonthIn(second)) = window.focus() else { panic!("the arrow leads away") };
    assert_eq!(first.signed_duration_since(second).num_days() / 28, 2);
    window.press(Pressed::Tab);
    assert_eq!(window.focus(), Some(Key::MonthOut(second)));
    window.types("=");
    window.press(Pressed::Escape);
    assert_eq!(window.focus(), Some(Key::MonthOut(second)));
}

#[test]
fn the_rows_of_the_waterfall_are_one_stop_that_goes_with_the_cursor() {
    let mut desk = cash();
    desk.act(Action::Cash(CashAction::Why(30)));
    desk.foresee();
    let rows = desk.shown().change_rows();
    let mut live = Live::of(desk);
    live.focus_on("As seen ");
    assert_eq!(live.focus(), Some(Key::MonthThen));
    live.press("j");
    assert_eq!(live.focus(), Some(rows[1].clone()));
    let focused =
        live.harness.query_all_by_role(Role::ListItem).filter(|it| it.accesskit_node().is_focused());
    assert_eq!(focused.count(), 1);
    live.press("=");
    assert_eq!(live.proving(), Some(rows[1].clone()));
    live.press("esc");
    assert_eq!(live.focus(), Some(rows[1].clone()));
}

#[test]
fn every_figure_of_the_deal_at_hand_is_a_stop_and_the_keyboard_stays_in_its_column() {
    let mut desk = Desk::sample();
    let client = {
        let shown = desk.shown();
        let many = |client: &&std::sync::Arc<rapport::figures::Client>| client.known.facts.deals.len() > 1;
        shown.figures.of_clients.iter().find(many).unwrap().id.clone()
    };
    desk.act(Action::OpenClient(client));
    desk.act(Action::ShowSection(PageSection::Deals));
    let deals: Vec<DealId> = desk.shown().page.unwrap().deals.iter().map(|deal| deal.id.clone()).collect();
    let mut live = Live::of(desk);
    let walked: BTreeSet<Key> = live.walked(50).into_iter().collect();
    let id = || deals[0].clone();
    for key in [
        Key::DealIncome(id()),
        Key::DealExpenses(id()),
        Key::DealHours(id()),
        Key::DealHoursBeyond(id()),
        Key::DealHourly(id()),
    ] {
        assert!(walked.contains(&key), "{key:?}: {walked:?}");
    }
    assert!(!walked.contains(&Key::DealHours(deals[1].clone())), "other rows are no stops");
    for _ in 0..50 {
        if live.focus() == Some(Key::DealHours(id())) {
            break;
        }
        live.tab();
    }
    live.press("j");
    assert_eq!(live.focus(), Some(Key::DealHours(deals[1].clone())));
    live.press("=");
    assert_eq!(live.proving(), Some(Key::DealHours(deals[1].clone())));
}

#[test]
fn every_sentence_of_the_what_if_leads_to_its_proof() {
    let mut desk = cash();
    let client = desk.outlook.base.as_ref().unwrap().receipts[0].client.clone();
    let on = add_days(desk.state.today, 10);
    let expense = Lever::Expense { what: "Desk".to_owned(), amount: money("9000 EUR"), day: on, every: None };
    for lever in [
        expense,
        Lever::RatesRise { clients: Vec::new(), percent: Percent::new(20.into()), from: on },
        Lever::LetGo { client: client.clone(), on },
    ] {
        desk.act(Action::WhatIf(WhatIfAction::Put(None, lever)));
    }
    desk.foresee();
    let layers = desk.state.session.cash.layers;
    let said = desk.outlook.what_if.as_ref().unwrap().difference(layers).unwrap().said(&|it| it.to_string());
    assert!(said.len() > 2, "{said:?}");
    let mut live = Live::of(desk);
    let walked: BTreeSet<Key> = live.walked(70).into_iter().collect();
    let mut keys: Vec<Key> = said.iter().map(|(of, _)| Key::WhatIf(*of, layers)).collect();
    assert!(keys.contains(&Key::WhatIf(Difference::MoneyOut, layers)));
    keys.push(Key::LeverEffect(2, layers));
    let leaving = [Leaving::Hours, Leaving::Covers, Leaving::DealsNeeded];
    keys.extend(leaving.map(|of| Key::LettingGo(client.clone(), of)));
    for key in keys {
        assert!(walked.contains(&key), "{key:?}: {walked:?}");
    }
    live.press("k");
    let walked = live.walked(70);
    assert!(walked.contains(&Key::LeverEffect(1, layers)), "{walked:?}");
    assert!(walked.iter().any(|key| matches!(key, Key::BreakEven(..))), "{walked:?}");
}

#[test]
fn the_figures_of_the_row_at_hand_are_stops_in_the_queue_and_in_the_table_of_clients() {
    let mut live = Live::of(Desk::sample());
    let item = live.desk.borrow().shown().item(0).unwrap().id.clone();
    let walked: BTreeSet<Key> = live.walked(50).into_iter().collect();
    assert!(walked.contains(&Key::Item(item.clone())) && walked.contains(&Key::ItemCost(item)), "{walked:?}");
    live.press("g c");
    let client = live.desk.borrow().shown().client(0).unwrap().id.clone();
    let walked: BTreeSet<Key> = live.walked(50).into_iter().collect();
    assert!(walked.contains(&Key::Share(client)), "{walked:?}");
}

#[test]
fn a_figure_that_stands_in_two_places_keeps_the_keyboard_where_it_has_it() {
    let mut desk = Desk::sample();
    desk.press("g c");
    desk.press("space");
    let client = desk.shown().client(0).unwrap().id.clone();
    let key = Key::Income(rapport::figures::proof::Whose::One(client));
    let mut live = Live::of(desk);
    for _ in 0..60 {
        if live.focus().as_ref() == Some(&key) {
            break;
        }
        live.tab();
    }
    assert_eq!(live.focus(), Some(key.clone()));
    live.frames();
    assert_eq!(live.focus(), Some(key.clone()), "it does not flicker");
    live.press("=");
    live.press("esc");
    assert_eq!(live.focus(), Some(key));
}

#[test]
fn the_term_at_hand_has_as_many_lines_as_its_words_need() {
    let mut desk = Desk::sample();
    desk.act(Action::Prove(Key::Record(Table::Clients, "baugruppe-nord".to_owned())));
    let mut live = Live::of(desk);
    let says = "Seen as toxic: price and scope pushed twice each, nothing signed, twice the hours";
    let height = |live: &Live| live.harness.get_by_label_contains(says).rect().height();
    let at_hand = height(&live);
    live.act(Action::PointProof(1));
    assert!(at_hand > height(&live) + 10.0, "{at_hand}");
}
