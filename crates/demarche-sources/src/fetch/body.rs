//! The bytes of an answer, unpacked, under limits.

use std::io::Read;

use flate2::read::MultiGzDecoder;

/// Why bytes end before their time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// There are more than the limit allows.
    Size,
    /// The server took longer than it may.
    Time,
    /// The connection broke, or the packing is broken.
    Broken,
}

impl Cut {
    /// For messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Cut::Size => "is longer than the limit allows",
            Cut::Time => "took longer than the limit allows",
            Cut::Broken => "broke off",
        }
    }
}

/// Reads up to `most` bytes; what there was until then is kept whatever happens.
pub(super) fn read(reader: impl Read, encoding: &str, most: usize) -> (Vec<u8>, Option<Cut>) {
    let mut bytes = Vec::new();
    let read = match encoding.trim().to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" => take(MultiGzDecoder::new(reader), most, &mut bytes),
        _ => take(reader, most, &mut bytes),
    };
    let cut = match read {
        Ok(true) => None,
        Ok(false) => Some(Cut::Size),
        Err(error) if error.kind() == std::io::ErrorKind::TimedOut || is_time(&error) => Some(Cut::Time),
        Err(_) => Some(Cut::Broken),
    };
    (bytes, cut)
}

/// Whether the end was reached within `most` bytes.
fn take(mut reader: impl Read, most: usize, bytes: &mut Vec<u8>) -> std::io::Result<bool> {
    let mut buffer = vec![0; 1 << 15];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(true),
            Ok(count) if bytes.len() + count > most => {
                bytes.extend_from_slice(&buffer[..most - bytes.len()]);
                return Ok(false);
            }
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn is_time(error: &std::io::Error) -> bool {
    error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>()).is_some_and(|inner| matches!(inner, ureq::Error::Timeout(_)))
}
