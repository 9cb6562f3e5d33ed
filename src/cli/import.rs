//! `rapport import invoices FILE.csv --into BOOK`: invoices from any CSV file into a book.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::book;
use crate::domain::{Book, Currency};
use crate::store::import::{
    CurrencyFrom, DateOrder, Field, ImportError, Options, Override, Plan, plan_into_new,
};
use crate::store::lock::{BookLock, LockError};
use crate::store::save::{Expected, SaveRequest, save};
use crate::store::{Severity, Source, file, load, splice};
use crate::written::{count, counted};

/// Bring facts into a book from another program's file.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// What to import.
    #[command(subcommand)]
    pub what: What,
}

/// What can be imported.
#[derive(Debug, clap::Subcommand)]
pub enum What {
    /// Invoices from a CSV file; importing the same file again changes nothing
    Invoices(Invoices),
}

/// Invoices from a CSV file.
#[derive(Debug, clap::Args)]
pub struct Invoices {
    /// The CSV file; its delimiter, encoding, columns, dates and amounts are found out and shown
    pub file: PathBuf,
    /// The book to add them to; made when missing
    #[arg(long, value_name = "BOOK")]
    pub into: PathBuf,
    /// Read a field (client, number, issued, due, amount, currency, paid, disputed) from this column, named by header or
    /// number; FIELD=- leaves one out. A disputed invoice counts as disputed from its day until it was paid
    #[arg(long = "map", value_name = "FIELD=COLUMN")]
    pub map: Vec<String>,
    /// The order of day, month and year, where no value tells it
    #[arg(long, value_name = "dmy|mdy|ymd")]
    pub dates: Option<String>,
    /// The currency of amounts that name none [default: the one in their header, else the book's; an empty book takes
    /// the file's own, or where it names none that of the region that the computer is set to, else USD]
    #[arg(long, value_name = "XXX")]
    pub currency: Option<String>,
    /// Say what would be done and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// A file larger than this is no list of one firm's invoices, in bytes.
const LARGEST: u64 = 200_000_000;
/// So many skipped rows are shown one by one.
const SKIPS_SHOWN: usize = 20;

/// Imports and prints what was understood and done to `out`, or to `err` why nothing was. `now` dates the backup of the
/// book's version before, and a new book begins in the currency of the `region`, where the file names none.
///
/// Returns the exit code: 0 when every usable row is in the book (skipped ones are told), 1 when no row was usable, 2
/// when the file or the book was refused. Only with 0 was anything written.
pub fn run(
    args: &Import,
    now: NaiveDateTime,
    region: Option<Currency>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let What::Invoices(args) = &args.what;
    let mut said = Vec::new();
    let done = invoices(args, now, region, &mut said);
    // Whether or not anybody reads it (the pipe may be closed), the import is done or refused by now.
    for line in said {
        let _ = writeln!(out, "{line}");
    }
    done.unwrap_or_else(|Refusal(message)| {
        let _ = writeln!(err, "{message}");
        2
    })
}

/// Why nothing was imported, in words for a person.
struct Refusal(String);

fn told(place: impl Display, message: impl Display) -> Refusal {
    Refusal(format!("{place}: error: {message}"))
}

fn invoices(
    args: &Invoices,
    now: NaiveDateTime,
    region: Option<Currency>,
    said: &mut Vec<String>,
) -> Result<u8, Refusal> {
    let options = options(args)?;
    let bytes = read_csv(&args.file)?;
    let _lock = if args.dry_run { None } else { lock(&args.into)? };
    let target = Target::open(&args.into, options.currency.or(region))?;
    let plan =
        plan_into_new(&bytes, &options, &target.book).map_err(|error| told(args.file.display(), error))?;
    say_reading(args, &options, &plan, target.before.is_none(), said);
    say_outcome(args, &plan, said);
    if plan.counts().skipped == plan.rows.len() {
        said.push("No row could be used: nothing written.".to_owned());
        return Ok(1);
    }
    if args.dry_run {
        said.push("Dry run: nothing written.".to_owned());
    } else if plan.changes_nothing() {
        said.push(format!("Nothing new: {} is as it was.", args.into.display()));
    } else {
        target.save(&args.into, &plan.apply(), now)?;
        said.push(format!("Written to {}.", args.into.display()));
    }
    Ok(0)
}

fn options(args: &Invoices) -> Result<Options, Refusal> {
    let map = args.map.iter().map(|text| Override::parse(text)).collect::<Result<Vec<_>, ImportError>>();
    let map = map.map_err(|error| told("--map", error))?;
    let dates = args.dates.as_ref().map(|text| {
        DateOrder::parse(text)
            .ok_or_else(|| told("--dates", format!("expected dmy, mdy or ymd, found {text:?}")))
    });
    let currency = args
        .currency
        .as_ref()
        .map(|text| text.to_ascii_uppercase().parse::<Currency>().map_err(|error| told("--currency", error)));
    Ok(Options { map, dates: dates.transpose()?, currency: currency.transpose()? })
}

fn read_csv(path: &Path) -> Result<Vec<u8>, Refusal> {
    let refused = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => told(path.display(), "there is no such file: check its name and folder"),
        io::ErrorKind::IsADirectory => told(path.display(), "this is a folder: name the CSV file in it"),
        _ => told(path.display(), format!("the file cannot be read: {error}")),
    };
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)).map_err(refused)?;
    if bytes.len() as u64 > LARGEST {
        return Err(told(path.display(), "the file is larger than 200 MB: import it in parts"));
    }
    Ok(bytes)
}

fn lock(book: &Path) -> Result<Option<BookLock>, Refusal> {
    match BookLock::take(book) {
        Ok(lock) => Ok(Some(lock)),
        Err(LockError::Held { .. }) => {
            Err(told(book.display(), "a Rapport window has this book open: close it first, or import there"))
        }
        // Where nothing can be locked, saving still compares with what was read.
        Err(LockError::Unavailable { .. }) => Ok(None),
    }
}

/// The book that is imported into.
struct Target {
    book: Book,
    /// The bytes it was read from; `None`: there is no file yet.
    before: Option<Vec<u8>>,
    source: std::sync::Arc<Source>,
}

impl Target {
    fn open(path: &Path, currency: Option<Currency>) -> Result<Self, Refusal> {
        let before = match file::read(path) {
            Ok(bytes) => bytes,
            Err(file::ReadError::Missing(_)) => {
                let book = Book::empty(currency.unwrap_or(Currency::USD));
                return Ok(Self { book, before: None, source: Source::empty().into() });
            }
            Err(error) => return Err(Refusal(book::unreadable(path, &error))),
        };
        let loaded = load(&before).map_err(|error| Refusal(format!("{}:{error}", path.display())))?;
        let errors = loaded.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
        if errors > 0 {
            // A record that cannot be read may be one that would be imported again.
            let message = format!(
                "{errors} of its records cannot be used, so that what is new cannot be told: mend them first, \
                 rapport check names them"
            );
            return Err(told(path.display(), message));
        }
        Ok(Self { book: loaded.book, before: Some(before), source: loaded.source })
    }

    fn save(&self, path: &Path, next: &Book, now: NaiveDateTime) -> Result<(), Refusal> {
        let text = splice(&self.source, next);
        let request = SaveRequest {
            path,
            bytes: text.as_bytes(),
            expected: self.before.as_deref().map_or(Expected::Absent, Expected::Bytes),
            backup_at: Some(now),
        };
        save(&request).map(|_| ()).map_err(|error| Refusal(error.to_string()))
    }
}

/// How the file was understood.
fn say_reading(args: &Invoices, options: &Options, plan: &Plan, new_book: bool, said: &mut Vec<String>) {
    said.push(format!("{}: {}, {}", args.file.display(), counted(plan.rows.len(), "row"), plan.written));
    for field in Field::ALL {
        let name = field.name();
        said.push(match plan.columns.iter().find(|column| column.field == field) {
            Some(column) => format!("  {name:<9} {column}"),
            None if options.map.iter().any(|asked| asked.field == field) => {
                format!("  {name:<9} left out, as asked")
            }
            None => format!("  {name:<9} no column found{}", plan.doubts(field)),
        });
    }
    if !plan.unused.is_empty() {
        said.push(format!("  not used  {}", plan.unused.join(", ")));
    }
    let why = match (plan.currency_from, new_book) {
        (CurrencyFrom::Asked, _) => "as asked",
        (CurrencyFrom::Header, _) => "so says their header",
        (CurrencyFrom::Amounts, _) => "so are all that name one, and the book is empty",
        (CurrencyFrom::Book, true) => "the default of a new book here; --currency names another",
        (CurrencyFrom::Book, false) => "the book's own",
    };
    said.push(format!("Amounts that name no currency are in {}: {why}.", plan.currency));
    if plan.rows.iter().any(|row| row.invoice.as_ref().is_some_and(|invoice| invoice.disputed)) {
        let note =
            "The file does not say when a dispute began: it counts from the invoice's day until it was paid";
        said.push(format!("{note} (--map disputed=- leaves disputes out)."));
    }
}

/// What becomes of the rows.
fn say_outcome(args: &Invoices, plan: &Plan, said: &mut Vec<String>) {
    let counts = plan.counts();
    for (line, reason) in plan.skipped().take(SKIPS_SHOWN) {
        said.push(format!("{}:{line}: skipped: {reason}", args.file.display()));
    }
    if counts.skipped > SKIPS_SHOWN {
        said.push(format!("… and {} skipped", counted(counts.skipped - SKIPS_SHOWN, "more row")));
    }
    said.push(format!(
        "Invoices: {} added, {} updated, {} unchanged, {} skipped. Clients: {} added.",
        count(counts.added),
        count(counts.updated),
        count(counts.unchanged),
        count(counts.skipped),
        count(counts.clients_added)
    ));
}
