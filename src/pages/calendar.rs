//! A timeline of certifications: when each was assessed and how long it holds, on an axis of years with the releases on it.
//!
//! In come certifications, out goes one figure with the table of its dates; nothing where no date is known.
//! A date is drawn as wide as it is known: a month as a month, a year as a year, and an end that was not published as no end.

mod axis;

use super::Frame;
use super::shared::{link, organization_link, short_name, status, status_tag};
use super::spread::day;
use super::validity::Validity;
use crate::catalogue::{Certification, CertificationIx, FrameworkIx};
use crate::figure::{Anchor, Area, At, Caption, Drawing, FigureWriter, Says, Share, fit};
use crate::html::Html;
use crate::model::date::PartialDate;
use crate::route::Route;
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use axis::Axis;

/// So many certifications are drawn, the newest; a list of certifications has all.
const MOST: usize = 24;
/// So many frameworks have their releases drawn.
const MOST_FRAMEWORKS: usize = 3;
/// How wide the drawing is at least, and with it how long a text may be.
const NARROWEST: u32 = 280;
/// The same on any screen, and on a wide one and on paper.
const WIDTHS: (u32, u32) = (NARROWEST, 540);
/// From one certification to the next: further than its texts are from its bar.
const PITCH: u32 = 64;
/// Where the first of them begins, below the years.
const FIRST: u32 = 32;

/// The figure of these certifications, in this order.
pub(super) fn figure(page: &Frame<'_>, list: &[CertificationIx]) -> Option<Html> {
    let (catalogue, words) = (page.catalogue(), page.words());
    let dated: Vec<CertificationIx> =
        list.iter().copied().filter(|index| is_dated(catalogue.certification(*index))).collect();
    if dated.is_empty() {
        return None;
    }
    let shown = &dated[..dated.len().min(MOST)];
    let mut source = words.fill("calendar.source", &[("day", &day(page))]);
    if dated.len() > shown.len() {
        let values = [("shown", words.number(shown.len())), ("all", words.number(dated.len()))];
        source = format!("{source} {}", words.fill("calendar.newest", &values));
    }
    if list.len() > dated.len() {
        source = format!("{source} {}", words.count("calendar.undated", list.len() - dated.len()));
    }
    let title = words.get("calendar.title");
    let mut figure = FigureWriter::new(Caption {
        id: "timeline",
        class: "timeline",
        title,
        source: &source,
        is_part: false,
    });
    figure.content(|html| {
        html.html(&drawing(page, shown));
    });
    let numbers = numbers(page, shown)?;
    Some(figure.finish(words.get("calendar.numbers"), &numbers))
}

fn is_dated(certification: &Certification) -> bool {
    let record = &certification.record;
    record.completed.is_some() || record.valid_from.is_some() || record.valid_to.is_some()
}

/// When it begins: to be valid, or else to be assessed.
fn beginning(certification: &Certification) -> Option<PartialDate> {
    let record = &certification.record;
    record.valid_from.as_ref().or(record.completed.as_ref()).map(|date| date.value)
}

fn drawing(page: &Frame<'_>, list: &[CertificationIx]) -> Html {
    let (catalogue, words) = (page.catalogue(), page.words());
    let dates = list.iter().flat_map(|index| {
        let record = &catalogue.certification(*index).record;
        [&record.completed, &record.valid_from, &record.valid_to].into_iter().flatten().map(|date| date.value)
    });
    let frameworks = frameworks(page, list);
    let releases = frameworks.iter().flat_map(|index| {
        catalogue.framework(*index).record.releases.iter().filter_map(|release| release.date)
    });
    let axis = Axis::of(dates.chain(releases), page.context.as_of);
    let lanes = (list.len() + frameworks.len()) as u32;
    let height = FIRST + lanes * PITCH + 20;
    let says = Says {
        id: "timeline-drawing",
        title: &finding(page, list),
        description: words.get("calendar.reading"),
    };
    let mut drawing = Drawing::fluid(says, height);
    let bottom = FIRST + lanes * PITCH;
    for (year, share) in axis.years() {
        drawing.line("grid", (share.into(), 20), (share.into(), bottom));
        let year = year.to_string();
        // At the end of the axis, a text would leave the drawing.
        if pixels(share) + 3 + fit::width(&year, fit::PLAIN) <= NARROWEST {
            drawing.text("label", At { x: share.into(), dx: 3, y: 14, anchor: Anchor::Start }, &year);
        }
    }
    let mut top = FIRST;
    for framework in frameworks {
        releases_lane(page, framework, (&axis, top), &mut drawing);
        top += PITCH;
    }
    for index in list {
        lane(page, catalogue.certification(*index), (&axis, top), &mut drawing);
        top += PITCH;
    }
    let today = axis.share(page.context.as_of);
    drawing.line("today", (today.into(), 20), (today.into(), bottom + 4));
    let day = day(page);
    let (place, width) = (pixels(today), fit::width(&day, fit::PLAIN));
    let anchor = if place + width <= NARROWEST {
        Anchor::Start
    } else if place >= width {
        Anchor::End
    } else {
        Anchor::Middle
    };
    drawing.text("label", At { x: today.into(), dx: 0, y: bottom + 17, anchor }, &day);
    drawing.finish()
}

/// Where a share is in the narrowest drawing.
fn pixels(share: Share) -> u32 {
    share.of_pixels(NARROWEST)
}

/// One certification: its name, its bar, its status in words.
fn lane(page: &Frame<'_>, certification: &Certification, (axis, top): (&Axis, u32), drawing: &mut Drawing) {
    let at = |y| At { x: Share::NONE.into(), dx: 0, y, anchor: Anchor::Start };
    drawing.fitted("head", at(top + 13), WIDTHS, (&certification.record.title(), fit::HEAD));
    let (y, height) = (top + 19, 10);
    let area = |(from, to): (Share, Share)| Area { x: from.into(), y, width: to.minus(from).into(), height };
    let beginning = beginning(certification).map(|date| axis.span(date));
    let end = certification.record.valid_to.as_ref().map(|date| axis.span(date.value));
    let class = match Validity::on(page.context.as_of, certification) {
        Validity::Valid => "mark valid",
        Validity::NotYet => "mark later",
        Validity::Open => "mark open",
        Validity::Expired => "mark expired",
    };
    // What is certain is filled; the days that a date may mean are outlined; an end that is not known is a broken line.
    let sure_from = beginning.map_or(Share::NONE, |(_, last)| last);
    match end {
        Some((first, last)) => {
            if beginning.is_none() {
                drawing.line("unknown", (Share::NONE.into(), y + height / 2), (first.into(), y + height / 2));
            } else if first > sure_from {
                drawing.rect(class, area((sure_from, first)));
            }
            drawing.rect("mark unsure", area((first.max(sure_from), last)));
        }
        None => {
            drawing.line("unknown", (sure_from.into(), y + height / 2), (Share::ALL.into(), y + height / 2));
        }
    }
    if let Some(days) = beginning {
        drawing.rect(if end.is_some() { "mark unsure" } else { class }, area(days));
    }
    drawing.fitted("label", at(top + 44), WIDTHS, (&status(page.context, certification).word, fit::PLAIN));
}

/// The frameworks of these certifications whose releases have dates.
fn frameworks(page: &Frame<'_>, list: &[CertificationIx]) -> Vec<FrameworkIx> {
    let mut frameworks: Vec<FrameworkIx> =
        list.iter().map(|index| page.catalogue().certification(*index).framework).collect();
    frameworks.sort_unstable();
    frameworks.dedup();
    frameworks.retain(|index| {
        let releases = &page.catalogue().framework(*index).record.releases;
        releases.iter().any(|release| release.date.is_some())
    });
    frameworks.truncate(MOST_FRAMEWORKS);
    frameworks
}

/// The releases of a framework, each as wide as its date is known, with its version below where there is room.
fn releases_lane(page: &Frame<'_>, index: FrameworkIx, (axis, top): (&Axis, u32), drawing: &mut Drawing) {
    let framework = page.catalogue().framework(index);
    let title = page.words().fill("calendar.releases", &[("framework", short_name(framework))]);
    let at = At { x: Share::NONE.into(), dx: 0, y: top + 13, anchor: Anchor::Start };
    drawing.fitted("head", at, WIDTHS, (&title, fit::HEAD));
    let mut free_from = Share::NONE;
    for release in &framework.record.releases {
        let Some(date) = release.date else { continue };
        let (from, to) = axis.span(date);
        let area = Area { x: from.into(), y: top + 19, width: to.minus(from).into(), height: 10 };
        drawing.rect("mark release", area);
        drawing.line("release", (from.into(), top + 17), (from.into(), top + 31));
        let version = &release.version.value;
        if from >= free_from {
            let at = At { x: from.into(), dx: 0, y: top + 44, anchor: Anchor::Start };
            let end = pixels(from) + fit::width(version, fit::PLAIN);
            if end <= NARROWEST {
                drawing.text("label", at, version);
                free_from = Share::of_count(end as usize + 8, NARROWEST as usize);
            }
        }
    }
}

/// What is to be seen, as a sentence.
fn finding(page: &Frame<'_>, list: &[CertificationIx]) -> String {
    let words = page.words();
    let count = |validity| {
        let of = |index: &&CertificationIx| {
            Validity::on(page.context.as_of, page.catalogue().certification(**index)) == validity
        };
        words.number(list.iter().filter(of).count())
    };
    words.count_with(
        "calendar.finding",
        list.len(),
        &[
            ("day", day(page)),
            ("valid", count(Validity::Valid)),
            ("expired", count(Validity::Expired)),
            ("open", count(Validity::Open)),
        ],
    )
}

/// The dates as a table.
fn numbers(page: &Frame<'_>, list: &[CertificationIx]) -> Option<Html> {
    let (catalogue, words) = (page.catalogue(), page.words());
    let columns = [
        column(words.get("term.product"), ColumnKind::Name),
        column(words.get("term.organization"), ColumnKind::Name),
        column(words.get("term.release"), ColumnKind::Id),
        column(words.get("term.assessment_completed"), ColumnKind::Date),
        column(words.get("term.valid_from"), ColumnKind::Date),
        column(words.get("term.valid_until"), ColumnKind::Date),
        column(words.get("term.status"), ColumnKind::Status),
    ];
    let title = words.get("calendar.dates");
    let heading = Heading { is_part: true, ..Heading::new("timeline-numbers", title, "") };
    let mut table = TableWriter::new(heading, &columns);
    for index in list {
        let certification = catalogue.certification(*index);
        let framework = catalogue.framework(certification.framework);
        let record = &certification.record;
        table.row();
        table.header(|html| link(page, Route::Certification(*index), &record.title(), html));
        table.cell(|html| organization_link(page, certification, html));
        let version = &framework.record.releases[certification.release].version.value;
        table.text(&format!("{} {version}", short_name(framework)));
        for date in [&record.completed, &record.valid_from, &record.valid_to] {
            table.cell(|html| match date {
                Some(date) => {
                    html.literal("<time").attribute("datetime", &date.value.to_string()).literal(">");
                    html.text(&words.date(date.value)).literal("</time>");
                }
                None => {
                    html.absent(words.get("absent.date"));
                }
            });
        }
        table.cell(|html| status_tag(page, certification, html));
    }
    page.with_file(table, "timeline")
}
