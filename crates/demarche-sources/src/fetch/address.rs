//! Which addresses may be asked: those of the web, outside of the local network.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use ureq::{
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::NextTimeout,
    },
};
use url::{Host, Url};

use crate::{SourceError, error::Kind};

/// Reads an address and refuses what is none of the web's, and numbers that lie in the local network.
pub(super) fn checked(address: &str, allow_local: bool) -> Result<Url, SourceError> {
    let refuse = |message: &str| Kind::Refused.error(address, message);
    let mut url = Url::parse(address.trim()).map_err(|error| refuse(&format!("is no address: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refuse("is no address of the web: only http and https are fetched"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("holds a user's name or password: it is not fetched"));
    }
    let local = match url.host() {
        Some(Host::Ipv4(number)) => is_local(IpAddr::V4(number)),
        Some(Host::Ipv6(number)) => is_local(IpAddr::V6(number)),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            name == "localhost" || [".localhost", ".local", ".internal", ".home.arpa"].iter().any(|end| name.ends_with(end))
        }
        None => return Err(refuse("names no host")),
    };
    if local && !allow_local {
        return Err(refuse(LOCAL));
    }
    url.set_fragment(None);
    Ok(url)
}

const LOCAL: &str = "leads into the local network: it is not fetched unless that is allowed (--allow-local)";

/// Resolves names as the system does, and looks at every address before any is connected to.
#[derive(Debug, Default)]
pub(super) struct CheckedResolver {
    system: DefaultResolver,
    allow_local: bool,
}

impl CheckedResolver {
    pub(super) fn new(allow_local: bool) -> CheckedResolver {
        CheckedResolver { allow_local, ..CheckedResolver::default() }
    }

    fn check(&self, addresses: impl Iterator<Item = IpAddr>) -> io::Result<()> {
        match self.allow_local || !addresses.into_iter().any(is_local) {
            true => Ok(()),
            false => Err(io::Error::new(io::ErrorKind::PermissionDenied, LOCAL)),
        }
    }
}

impl Resolver for CheckedResolver {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let addresses = self.system.resolve(uri, config, timeout)?;
        self.check(addresses.iter().map(|address| address.ip()))?;
        Ok(addresses)
    }
}

/// Whether an address is no one's on the open net: this machine, the local network, or reserved.
pub(super) fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_local_4(address),
        IpAddr::V6(address) => is_local_6(address),
    }
}

fn is_local_4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_documentation()
        || a == 0
        || a >= 224
        || a == 100 && (64..128).contains(&b)
        || a == 192 && b == 0 && c == 0
        || a == 192 && b == 88 && c == 99
        || a == 198 && (18..20).contains(&b)
}

fn is_local_6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let last = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match parts {
        // ::, ::1, and IPv4 in its old and new disguises.
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] => is_local_4(last(high, low)),
        [0, 0, 0, 0, 0xffff, 0, high, low] => is_local_4(last(high, low)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => is_local_4(last(high, low)),
        [0x64, 0xff9b, 1, ..] => true,
        [0x2002, high, low, ..] => is_local_4(last(high, low)),
        // Of the rest only 2000::/3 is the open net's; of that, Teredo, ORCHID and documentation are not.
        [0x2001, second, ..] if second < 0x200 || second == 0xdb8 => true,
        [0x3fff, second, ..] if second < 0x1000 => true,
        [first, ..] => first & 0xe000 != 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_addresses_are_known_in_every_disguise() {
        for address in [
            "127.0.0.1",
            "127.9.9.9",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "fe80::1",
            "fc00::1",
            "fd12:3456::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
        ] {
            assert!(is_local(address.parse().unwrap()), "{address}");
        }
        for address in
            ["93.184.216.34", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:93.184.216.34", "2001:4860:4860::8888"]
        {
            assert!(!is_local(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn addresses_are_looked_at_before_they_are_asked() {
        for address in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::1]:8080/",
            "http://localhost/",
            "http://a.localhost./",
            "http://printer.local/",
            "file:///etc/passwd",
            "ftp://example.com/",
            "http://user:secret@example.com/",
            "data:text/html,x",
            "nonsense",
        ] {
            assert!(checked(address, false).is_err_and(|error| error.is_refused()), "{address}");
        }
        assert!(checked("http://127.0.0.1/", true).is_ok());
        assert_eq!(checked("HTTPS://Example.com/a#b", false).unwrap().as_str(), "https://example.com/a");
    }

    #[test]
    fn a_name_is_refused_if_one_of_its_addresses_is_local() {
        let resolver = CheckedResolver::new(false);
        let addresses = |list: &[&str]| list.iter().map(|address| address.parse().unwrap()).collect::<Vec<IpAddr>>().into_iter();
        assert!(resolver.check(addresses(&["93.184.216.34", "10.0.0.1"])).is_err());
        assert!(resolver.check(addresses(&["93.184.216.34", "2606:4700::1111"])).is_ok());
    }
}
