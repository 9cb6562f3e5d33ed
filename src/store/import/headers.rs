//! What headers mean: the usual English and German words, and a few others.

use super::amounts::currency;
use super::columns::Why;
use super::field::Field;
use crate::domain::Currency;

/// Headers that mean a field, without space, case and punctuation: the first are the likeliest. A header that merely
/// holds one of them as a word counts less, and not at all beside a word of `not`.
struct Words {
    means: &'static str,
    not: &'static str,
}

const CLIENT: Words = Words {
    means: "client clientname customer customername kunde kundenname auftraggeber billto debtor debitor \
            company companyname firma contactname recipient empfänger cliente customerid clientid \
            kundennummer kundennr account accountname contact organisation organization payer name",
    not: "address email mail phone city country street zip postcode group type since manager adresse ort \
            land po vat tax balance total amount date project item product file",
};
const NUMBER: Words = Words {
    means: "invoicenumber invoiceno invoicenr invoicenum rechnungsnummer rechnungsnr rechnungnr rechnungno \
            number belegnummer belegnr invoiceid invoice documentnumber documentno docno docnumber \
            billnumber billno rgnr renr nummer rechnung no nr num numéro factura facture reference ref \
            referenz id",
    not: "date datum amount total status customer client kunden phone line tax vat order po currency type \
            betrag value due url account",
};
const ISSUED: Words = Words {
    means: "issued issuedate dateissued issuedon invoicedate dateofinvoice dateofissue rechnungsdatum \
            rechnungdatum belegdatum ausgestellt ausgestelltam ausstellungsdatum invoiced invoicedon \
            billdate billingdate documentdate docdate sent senton date datum fecha data created createdon \
            createdat",
    not: "due paid payment settled delivery start end from to until order bis update updated paperless \
            birth leistung service",
};
const DUE: Words = Words {
    means: "due duedate datedue dueon dueby payby paymentdue paymentduedate fällig fälligam fälligkeit \
            fälligkeitsdatum faellig faelligam faelligkeit zahlbarbis zuzahlenbis zahlungsfrist zahlungsziel \
            vencimiento échéance scadenza",
    not: "amount balance total days sum betrag tage",
};
const AMOUNT: Words = Words {
    means: "amount invoiceamount invoicetotal totalamount grossamount total gross grosstotal grandtotal \
            totalgross bruttobetrag brutto rechnungsbetrag rechnungssumme gesamtbetrag gesamt gesamtsumme \
            endbetrag betrag summe invoicevalue value sum importe montant importo netamount nettobetrag net \
            netto subtotal",
    not: "tax vat gst mwst ust steuer paid due open outstanding balance discount days rate currency \
            bezahlt offen date hours unit id",
};
const CURRENCY: Words = Words {
    means: "currency currencycode invoicecurrency währung waehrung whg ccy devise moneda",
    not: "rate",
};
const PAID: Words = Words {
    means: "paid paidon datepaid paiddate paymentdate dateofpayment paymentreceived settled settleddate \
            settledon datesettled settlementdate fullypaidondate lastpaymentdate bezahlt bezahltam \
            zahlungsdatum zahldatum zahlungseingang gezahltam beglichen beglichenam cleared cleareddate \
            cleardate paidat",
    not: "amount due days total sum betrag method terms late",
};
const DISPUTED: Words = Words {
    means: "disputed dispute indispute isdisputed strittig streitig bestritten beanstandet reklamiert \
            reklamation litige",
    not: "date reason amount resolved",
};

fn words_of(field: Field) -> Words {
    match field {
        Field::Client => CLIENT,
        Field::Number => NUMBER,
        Field::Issued => ISSUED,
        Field::Due => DUE,
        Field::Amount => AMOUNT,
        Field::Currency => CURRENCY,
        Field::Paid => PAID,
        Field::Disputed => DISPUTED,
    }
}

/// How well a header says a field: the lower the rank the better.
pub(super) fn header_says(header: &str, field: Field) -> Option<(usize, Why)> {
    /// Ranks of headers that hold a field's word follow those that are one.
    const HOLDS: usize = 1000;
    let words = split(header);
    let all = words.concat();
    let meant = words_of(field);
    if let Some(rank) = meant.means.split(' ').position(|known| known == all) {
        return Some((rank, Why::Header));
    }
    if words.iter().any(|word| meant.not.split(' ').any(|not| not == word)) {
        return None;
    }
    // Two words side by side may be one of ours: "Invoice Date (UTC)".
    let pairs = words.iter().zip(words.iter().skip(1)).map(|(a, b)| format!("{a}{b}"));
    let held: Vec<String> = pairs.chain(words.iter().cloned()).collect();
    let (rank, known) =
        meant.means.split(' ').enumerate().find(|(_, known)| held.iter().any(|word| word == known))?;
    // "Amount (net)" yields to "Amount (gross)", wherever it stands.
    let net =
        words.iter().any(|word| ["net", "netto", "excl", "excluding", "ex", "ohne"].contains(&word.as_str()));
    Some((HOLDS + rank + if net { HOLDS } else { 0 }, Why::HeaderHolds(known)))
}

/// The currency a header of amounts names: `Amount (EUR)`, `Betrag in €`.
pub(super) fn currency_in(header: &str) -> Option<Currency> {
    header.split(|c: char| c.is_whitespace() || "()[]/,:-_".contains(c)).find_map(|word| match word {
        "€" | "£" | "₹" | "zł" => currency(word, Currency::USD),
        _ => word.parse().ok(),
    })
}

/// The words of a header in lowercase: `InvoiceDate` and `invoice_date` are both two.
fn split(header: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut was_lower = false;
    for c in header.chars() {
        let starts = c.is_uppercase() && was_lower;
        if !c.is_alphanumeric() || starts {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        was_lower = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}
