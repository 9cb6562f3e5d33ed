//! Every capability's tests, one file each, in one binary (so that the program is linked once).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on fails there and then"
)]

mod accessible;
mod architecture;
mod backtest;
mod board;
mod book_file;
mod calendar;
mod cash;
mod charts;
mod commands;
mod contrast;
mod credits;
mod days_typed;
mod desk;
mod dormancy;
mod dossier;
mod drafts;
mod draws;
mod editing;
mod effects;
mod every_number;
mod facts;
mod fields;
mod figures_laws;
mod filter;
mod firm;
mod firm_lists;
mod first_run;
mod flows;
mod forecast;
mod format;
mod forms;
mod forms_of_facts;
mod forms_refuse;
mod forms_told;
mod habits;
mod health;
mod health_laws;
mod health_line;
mod health_record;
mod hostile;
mod import;
mod import_command;
mod keys;
mod kit;
mod ladder;
mod layouts;
mod ledger;
mod lessons;
mod levers;
mod mail;
mod merge;
mod month_change;
mod outbox;
mod page;
mod panel_board;
mod panel_cash;
mod panel_clients;
mod panel_dialogs;
mod panel_outbox;
mod panel_page;
mod panel_rates;
mod panel_today;
mod panels;
mod place;
mod proof_places;
mod proofs;
mod proofs_ahead;
mod quick_entry;
mod quick_entry_line;
mod rates;
mod reach;
mod referral;
mod removing;
mod report;
mod sample;
mod saving;
mod scenarios;
mod scripts;
mod selection;
mod settings;
mod several;
mod stages;
mod strengths;
mod today;
mod today_command;
mod triage;
mod twins;
mod what_if;
mod window;
mod window_scripts;
mod winning;
