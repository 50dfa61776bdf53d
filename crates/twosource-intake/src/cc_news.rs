//! Names of CC-NEWS archives: `CC-NEWS-20210601011537-00178.warc.gz`.

use jiff::civil::DateTime;
use twosource_model::Moment;

/// What the name of an archive says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CcNewsName {
    /// When the archive was begun, in UTC.
    pub begun: DateTime,
    /// Its number in the month, or since the crawler's start.
    pub serial: u32,
}

impl CcNewsName {
    /// Reads the last part of a path or address; `None` for any other name.
    ///
    /// ```
    /// # use twosource_intake::CcNewsName;
    /// let name = CcNewsName::of("crawl-data/CC-NEWS/2021/06/CC-NEWS-20210601011537-00178.warc.gz").unwrap();
    /// assert_eq!(name.begun.to_string(), "2021-06-01T01:15:37");
    /// assert_eq!(name.serial, 178);
    /// ```
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next()?;
        let name = name.strip_prefix("CC-NEWS-")?;
        let name = name
            .strip_suffix(".gz")
            .or(name.strip_suffix(".zst"))
            .unwrap_or(name);
        let (stamp, serial) = name.strip_suffix(".warc")?.split_once('-')?;
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if stamp.len() != 14 || !digits(stamp) || !digits(serial) || serial.len() > 9 {
            return None;
        }
        let part = |from: usize, to: usize| stamp[from..to].parse::<i8>().ok();
        let begun = DateTime::new(
            stamp[..4].parse().ok()?,
            part(4, 6)?,
            part(6, 8)?,
            part(8, 10)?,
            part(10, 12)?,
            part(12, 14)?,
            0,
        )
        .ok()?;
        Some(Self {
            begun,
            serial: serial.parse().ok()?,
        })
    }

    /// The day and time of its beginning, for records that do not say when they were captured.
    #[must_use]
    pub fn moment(&self) -> Moment {
        Moment::Time {
            local: self.begun,
            offset_seconds: Some(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CcNewsName;

    #[test]
    fn other_names_are_none() {
        for name in [
            "",
            "CC-NEWS-.warc",
            "CC-NEWS-20211301011537-00178.warc.gz",
            "CC-NEWS-20210601011537.warc.gz",
            "CC-MAIN-20210601011537-00178.warc.gz",
            "CC-NEWS-2021060101153ä-00178.warc.gz",
            "CC-NEWS-20210601011537-1234567890.warc",
        ] {
            assert_eq!(CcNewsName::of(name), None, "{name}");
        }
        assert!(CcNewsName::of("CC-NEWS-20160926211809-00000.warc").is_some());
    }
}
