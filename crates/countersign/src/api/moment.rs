//! Moments in requests: with their offset, or a day, which means its close of business.

use crate::app::App;
use crate::failure::Failure;
use jiff::Timestamp;
use jiff::civil::Date;

/// A moment, or the close of business of a day on the organisation's calendar.
pub async fn moment(app: &App, field: &str, text: &str) -> Result<Timestamp, Failure> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment);
    }
    let wrong = || {
        let message = format!(
            "`{text}` is no date: write 2026-06-30, or a moment with its offset like \
             2026-06-30T17:00:00Z"
        );
        Failure::malformed(field, message)
    };
    if text.len() != 10 {
        return Err(wrong());
    }
    let day: Date = text.parse().map_err(|_| wrong())?;
    let register = app.register().await?.state;
    let (closes, zone) = match register.calendar() {
        Some(calendar) => (calendar.closes, calendar.zone().to_owned()),
        None => (jiff::civil::Time::constant(17, 0, 0, 0), "UTC".to_owned()),
    };
    let zoned = day.to_datetime(closes).in_tz(&zone).map_err(|_| wrong())?;
    Ok(zoned.timestamp())
}

/// What a day means where a moment is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// Its first moment.
    Begins,
    /// The first moment after it.
    Ends,
}

/// A moment, or what a day means here on the organisation's calendar.
pub async fn of_day(
    app: &App,
    (field, meant): (&str, Day),
    text: &str,
) -> Result<Timestamp, Failure> {
    let text = text.trim();
    let (Ok(day), 10) = (text.parse::<Date>(), text.len()) else {
        return moment(app, field, text).await;
    };
    let next = || day.tomorrow().unwrap_or(day);
    let day = if meant == Day::Begins { day } else { next() };
    let register = app.register().await?.state;
    let calendar = register.calendar().ok_or_else(|| Failure::not_found("calendar", "UTC"))?;
    Ok(calendar.begin_of(day))
}

/// The same, written as a moment with its offset: for a body whose parts are checked afterwards.
pub async fn written(app: &App, meant: (&str, Day), text: &str) -> Result<String, Failure> {
    of_day(app, meant, text).await.map(|moment| moment.to_string())
}

/// The same, where nothing may be given.
pub async fn optional(
    app: &App,
    (field, meant): (&str, Day),
    text: Option<&str>,
) -> Result<Option<Timestamp>, Failure> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => of_day(app, (field, meant), text).await.map(Some),
        None => Ok(None),
    }
}
