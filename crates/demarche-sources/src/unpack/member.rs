//! One member of a packed file: a gzip member, a zstd frame, a file in a ZIP archive.

use std::io::{self, BufRead, Read, Take};

use flate2::{
    Crc,
    bufread::{DeflateDecoder, GzDecoder},
};
use ruzstd::decoding::{Dictionary, FrameDecoder, StreamingDecoder};

use super::Input;

/// The largest window that a zstd frame may ask for; archives made with `--long=27` need this much.
const MOST_WINDOW: u64 = 128 << 20;
/// The largest dictionary that is believed.
const MOST_DICTIONARY: u64 = 16 << 20;

/// What kind of packing a file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Plain,
    Gzip,
    Zstd,
    Zip,
}

impl Packing {
    pub(crate) fn of(head: &[u8]) -> Packing {
        match head {
            [0x1f, 0x8b, 8, ..] => Packing::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Packing::Zstd,
            [skip, 0x2a, 0x4d, 0x18, ..] if skip & 0xf0 == 0x50 => Packing::Zstd,
            [b'P', b'K', 3, 4, ..] => Packing::Zip,
            _ => Packing::Plain,
        }
    }
}

/// The member that is being read, or the place between two.
pub(crate) struct Member {
    state: State,
    /// The dictionary that a web archive in zstd gives in front.
    dictionary: Option<Vec<u8>>,
    name: Option<String>,
    /// Whether no member could be opened where the input stands.
    stuck: bool,
}

enum State {
    Between(Input),
    Plain(Input),
    Gzip(Box<GzDecoder<Input>>),
    Zstd(Box<StreamingDecoder<Input, FrameDecoder>>),
    Deflated(Box<DeflateDecoder<Input>>, ZipFile),
    Stored(Take<Input>, ZipFile),
    /// Nothing more will come.
    Done(u64),
}

/// What a ZIP archive says of a file.
struct ZipFile {
    crc: Crc,
    stated: Option<u32>,
}

impl Member {
    pub(crate) fn plain(input: Input) -> Member {
        Member { state: State::Plain(input), dictionary: None, name: None, stuck: false }
    }

    pub(crate) fn between(input: Input) -> Member {
        Member { state: State::Between(input), dictionary: None, name: None, stuck: false }
    }

    pub(crate) fn is_between(&self) -> bool {
        matches!(self.state, State::Between(_))
    }

    pub(crate) fn is_done(&self) -> bool {
        matches!(self.state, State::Done(_))
    }

    pub(crate) fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// How many packed bytes were taken.
    pub(crate) fn offset(&self) -> u64 {
        match &self.state {
            State::Between(input) | State::Plain(input) => input.offset(),
            State::Gzip(decoder) => decoder.get_ref().offset(),
            State::Zstd(decoder) => decoder.get_ref().offset(),
            State::Deflated(decoder, _) => decoder.get_ref().offset(),
            State::Stored(take, _) => take.get_ref().offset(),
            State::Done(offset) => *offset,
        }
    }

    /// Ends everything.
    pub(crate) fn finish(&mut self) {
        self.state = State::Done(self.offset());
    }

    fn into_input(state: State) -> Option<Input> {
        match state {
            State::Between(input) | State::Plain(input) => Some(input),
            State::Gzip(decoder) => Some(decoder.into_inner()),
            State::Zstd(decoder) => Some(decoder.into_inner()),
            State::Deflated(decoder, _) => Some(decoder.into_inner()),
            State::Stored(take, _) => Some(take.into_inner()),
            State::Done(_) => None,
        }
    }

    fn take_input(&mut self) -> Option<Input> {
        let offset = self.offset();
        Member::into_input(std::mem::replace(&mut self.state, State::Done(offset)))
    }

    /// Opens the next member; `false` at the end.
    pub(crate) fn open(&mut self, packing: Packing) -> io::Result<bool> {
        let Some(mut input) = self.take_input() else { return Ok(false) };
        let offset = input.offset();
        let opened = match packing {
            Packing::Plain => return Ok(false),
            Packing::Gzip => open_gzip(&mut input),
            Packing::Zstd => self.open_zstd(&mut input),
            Packing::Zip => self.open_zip(&mut input),
        };
        match opened {
            Ok(None) => {
                self.state = State::Done(input.offset());
                Ok(false)
            }
            Ok(Some(open)) => {
                self.state = open(input)?;
                Ok(true)
            }
            Err(error) => {
                self.stuck = input.offset() == offset;
                self.state = State::Between(input);
                Err(io::Error::new(error.kind(), format!("at byte {offset}: {error}")))
            }
        }
    }

    fn open_zstd(&mut self, input: &mut Input) -> io::Result<Option<Opener>> {
        loop {
            match Packing::of(input.peek(8)?) {
                Packing::Zstd if input.peek(1)?.first() == Some(&0x28) => break,
                Packing::Zstd => self.skippable(input)?,
                _ if input.peek(1)?.is_empty() => return Ok(None),
                _ => return Err(io::Error::new(io::ErrorKind::InvalidData, "this is no zstd frame")),
            }
        }
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(MOST_WINDOW);
        if let Some(dictionary) = &self.dictionary {
            let dictionary = Dictionary::decode_dict(dictionary).map_err(io::Error::other)?;
            decoder.add_dict(dictionary).map_err(io::Error::other)?;
        }
        Ok(Some(Box::new(move |input| {
            let open = StreamingDecoder::new_with_decoder(input, decoder);
            Ok(State::Zstd(Box::new(open.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?)))
        })))
    }

    /// Reads the dictionary of a web archive, and passes over other skippable frames.
    fn skippable(&mut self, input: &mut Input) -> io::Result<()> {
        let mut head = [0; 8];
        input.read_exact(&mut head)?;
        let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
        if head[0] != 0x5d || length > MOST_DICTIONARY {
            let passed = io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
            return if passed < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) };
        }
        let mut bytes = Vec::new();
        input.by_ref().take(length).read_to_end(&mut bytes)?;
        if bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            let bad =
                |error: &dyn std::fmt::Display| io::Error::new(io::ErrorKind::InvalidData, format!("the dictionary is broken: {error}"));
            let decoder = StreamingDecoder::new(bytes.as_slice()).map_err(|error| bad(&error))?;
            let mut unpacked = Vec::new();
            decoder.take(MOST_DICTIONARY).read_to_end(&mut unpacked).map_err(|error| bad(&error))?;
            bytes = unpacked;
        }
        self.dictionary = Some(bytes);
        Ok(())
    }

    fn open_zip(&mut self, input: &mut Input) -> io::Result<Option<Opener>> {
        let head = input.peek(30)?;
        if head.len() < 30 || !head.starts_with(b"PK\x03\x04") {
            let end = head.is_empty() || head.starts_with(b"PK\x01\x02") || head.starts_with(b"PK\x05\x06");
            return if end { Ok(None) } else { Err(io::Error::new(io::ErrorKind::InvalidData, "this is no file of a ZIP archive")) };
        }
        let short = |at: usize| u16::from_le_bytes([head[at], head[at + 1]]);
        let long = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        let (flags, method, crc, packed) = (short(6), short(8), long(14), long(18));
        let (name_length, extra_length) = (usize::from(short(26)), usize::from(short(28)));
        input.consume(30);
        let mut name = vec![0; name_length];
        input.read_exact(&mut name)?;
        io::copy(&mut input.by_ref().take(extra_length as u64), &mut io::sink())?;
        self.name = Some(String::from_utf8_lossy(&name).into_owned());
        let deferred = flags & 8 != 0;
        let file = ZipFile { crc: Crc::new(), stated: (!deferred).then_some(crc) };
        let unsupported = |what: &str| io::Error::new(io::ErrorKind::InvalidData, format!("a file of the ZIP archive is {what}"));
        match method {
            _ if flags & 1 != 0 => Err(unsupported("encrypted")),
            8 => Ok(Some(Box::new(move |input| Ok(State::Deflated(Box::new(DeflateDecoder::new(input)), file))))),
            0 if !deferred && packed != u32::MAX => {
                Ok(Some(Box::new(move |input: Input| Ok(State::Stored(input.take(u64::from(packed)), file)))))
            }
            0 => Err(unsupported("stored without its length")),
            _ => Err(unsupported("packed in a way that is not read")),
        }
    }

    pub(crate) fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.state {
            State::Between(_) | State::Done(_) => Ok(0),
            State::Plain(input) => input.read(out),
            State::Gzip(decoder) => decoder.read(out),
            State::Zstd(decoder) => decoder.read(out),
            State::Deflated(decoder, _) => decoder.read(out),
            State::Stored(take, _) => take.read(out),
        };
        match read {
            Ok(count) => {
                if let State::Deflated(_, file) | State::Stored(_, file) = &mut self.state {
                    file.crc.update(&out[..count]);
                }
                Ok(count)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => self.read(out),
            Err(error) => Err(self.broken(&error)),
        }
    }

    /// An error in the packing, said in our words; reading may go on after [`Member::resync`].
    fn broken(&mut self, error: &io::Error) -> io::Error {
        let packed = !matches!(self.state, State::Plain(_));
        let (offset, at_end) = (self.offset(), error.kind() == io::ErrorKind::UnexpectedEof);
        if let Some(mut input) = self.take_input() {
            let at_end = at_end || packed && input.peek(1).is_ok_and(<[u8]>::is_empty);
            self.state = State::Between(input);
            if packed && at_end {
                return io::Error::new(io::ErrorKind::UnexpectedEof, format!("the packed data ends too early (byte {offset})"));
            }
        }
        match packed {
            true => io::Error::new(io::ErrorKind::InvalidData, format!("the packed data is broken near byte {offset} ({error})")),
            false => io::Error::new(error.kind(), error.to_string()),
        }
    }

    /// Ends the member, checks it, and stands between two.
    pub(crate) fn close(&mut self) -> io::Result<()> {
        let offset = self.offset();
        let state = std::mem::replace(&mut self.state, State::Done(offset));
        let fits = match &state {
            State::Zstd(decoder) => match (decoder.decoder.get_checksum_from_data(), decoder.decoder.get_calculated_checksum()) {
                (Some(stated), Some(found)) => stated == found,
                _ => true,
            },
            State::Deflated(_, file) | State::Stored(_, file) => file.stated.is_none_or(|stated| stated == file.crc.sum()),
            _ => true,
        };
        let deferred = matches!(&state, State::Deflated(_, file) if file.stated.is_none());
        let cut = matches!(&state, State::Stored(take, _) if take.limit() > 0);
        if let Some(mut input) = Member::into_input(state) {
            if deferred {
                pass_descriptor(&mut input)?;
            }
            self.state = State::Between(input);
        }
        match () {
            () if cut => Err(io::Error::new(io::ErrorKind::UnexpectedEof, format!("the packed data ends too early (byte {offset})"))),
            () if !fits => Err(io::Error::new(io::ErrorKind::InvalidData, format!("the check sum before byte {offset} is wrong"))),
            () => Ok(()),
        }
    }

    /// Goes to the next bytes that look like the start of a member; `false` if there are none.
    pub(crate) fn resync(&mut self, packing: Packing) -> io::Result<bool> {
        let Some(mut input) = self.take_input() else { return Ok(false) };
        if packing == Packing::Plain {
            self.state = State::Plain(input);
            return Ok(false);
        }
        let mut from = usize::from(std::mem::take(&mut self.stuck));
        loop {
            let bytes = input.peek(8)?;
            if bytes.len() < 8 {
                self.state = State::Done(input.offset());
                return Ok(false);
            }
            let found = (from..=bytes.len() - 4).find(|&at| Packing::of(&bytes[at..]) == packing);
            match found {
                Some(at) => {
                    input.consume(at);
                    self.state = State::Between(input);
                    return Ok(true);
                }
                None => {
                    let step = bytes.len() - 3;
                    input.consume(step);
                    from = 0;
                }
            }
        }
    }
}

type Opener = Box<dyn FnOnce(Input) -> io::Result<State>>;

fn open_gzip(input: &mut Input) -> io::Result<Option<Opener>> {
    loop {
        match input.peek(3)? {
            [0x1f, 0x8b, ..] => return Ok(Some(Box::new(|input| Ok(State::Gzip(Box::new(GzDecoder::new(input))))))),
            [] => return Ok(None),
            // Tapes and some servers fill up with zeros.
            [0, ..] => input.consume(1),
            _ => return Err(io::Error::new(io::ErrorKind::InvalidData, "this is no gzip member")),
        }
    }
}

/// Passes over the lengths and check sum that stand behind a file whose head does not know them.
fn pass_descriptor(input: &mut Input) -> io::Result<()> {
    let head = input.peek(28)?;
    let signed = head.starts_with(b"PK\x07\x08");
    let begin = if signed { 4 } else { 0 };
    // Twelve bytes, or twenty where lengths have eight bytes: told apart by what follows.
    let long = [begin + 12, begin + 20].into_iter().find(|&at| head.get(at..at + 2).is_some_and(|next| next == b"PK"));
    let length = long.unwrap_or(begin + 12).min(head.len());
    input.consume(length);
    Ok(())
}
