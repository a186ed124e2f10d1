//! The guard of what webhooks are sent to. An administrator names a URL, and whoever owns its name says
//! where that leads: it must not lead into the platform's own network. So the addresses are looked at
//! that are connected to, each time, and not only the text.
//!
//! Public is what is left of the registries of special-purpose addresses (IANA, RFC 6890): of IPv6 the
//! global unicast range alone, which leaves out mapped and translated IPv4 addresses by itself.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

const LONGEST_URL: usize = 2_048;
const HTTPS_PORT: u16 = 443;
/// Below are the ports of what serves the machine itself.
const FIRST_FREE_PORT: u16 = 1_024;

/// Of IPv4, whatever is not somebody's on the public internet: each an address and the bits of it that
/// count.
const SPECIAL_V4: [(Ipv4Addr, u8); 15] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

const GLOBAL_V6: (Ipv6Addr, u8) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// Of the global range: protocols and tunnels (Teredo among them), documentation, 6to4.
const SPECIAL_V6: [(Ipv6Addr, u8); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Names that are never of the public internet.
const PRIVATE_NAMES: [&str; 6] = [
    "localhost",
    "local",
    "internal",
    "home.arpa",
    "lan",
    "onion",
];

/// Why nothing is sent to a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("it is not a URL of at most 2048 characters")]
    NotAUrl,
    #[error("it must begin with https://")]
    NotHttps,
    #[error("it must carry no user name and no password")]
    WithUser,
    #[error("it must carry no fragment")]
    WithFragment,
    #[error("its port is neither 443 nor 1024 or above")]
    Port,
    #[error("its host is not on the public internet")]
    NotPublic,
}

/// Who is asked where a name leads.
trait Names: Send + Sync {
    fn addresses(&self, name: String) -> Resolving;
}

/// The machine's own resolver.
struct System;

impl Names for System {
    fn addresses(&self, name: String) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            let found: Vec<SocketAddr> = found.collect();
            Ok::<Addrs, _>(Box::new(found.into_iter()))
        })
    }
}

/// What webhooks may be sent to.
#[derive(Clone)]
pub struct Egress {
    /// Beside the public internet.
    allowed: Arc<[IpNet]>,
    names: Arc<dyn Names>,
}

/// How far a client may reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Into the networks that an operator has allowed, and no further: what goes in the clear.
    Allowed,
    /// To the public internet as well.
    Public,
}

impl Egress {
    pub fn new(allowed: Vec<IpNet>) -> Egress {
        Egress {
            allowed: allowed.into(),
            names: Arc::new(System),
        }
    }

    /// What can be told of a URL by looking at it: is it refused for sure?
    pub fn check(&self, text: &str) -> Result<Url, Refusal> {
        let url = Url::parse(text).map_err(|_| Refusal::NotAUrl)?;
        if text.len() > LONGEST_URL || url.as_str().len() > LONGEST_URL {
            return Err(Refusal::NotAUrl);
        }
        if !url.username().is_empty() || url.password().is_some() || has_userinfo(text) {
            return Err(Refusal::WithUser);
        }
        if url.fragment().is_some() {
            return Err(Refusal::WithFragment);
        }
        let reach = match url.scheme() {
            "https" => Reach::Public,
            "http" => Reach::Allowed,
            _ => return Err(Refusal::NotAUrl),
        };
        if !self.may_lead_to(&url, reach) {
            return Err(match reach {
                Reach::Allowed => Refusal::NotHttps,
                Reach::Public => Refusal::NotPublic,
            });
        }
        match url.port_or_known_default() {
            Some(HTTPS_PORT | FIRST_FREE_PORT..) => Ok(url),
            Some(80) if reach == Reach::Allowed => Ok(url),
            _ => Err(Refusal::Port),
        }
    }

    /// A literal address is what it is. Where a name leads is seen when it is connected to; with no network
    /// allowed, some are known to lead nowhere good.
    fn may_lead_to(&self, url: &Url, reach: Reach) -> bool {
        match url.host() {
            Some(Host::Ipv4(address)) => self.may_connect(IpAddr::V4(address), reach),
            Some(Host::Ipv6(address)) => self.may_connect(IpAddr::V6(address), reach),
            Some(Host::Domain(_)) if !self.allowed.is_empty() => true,
            Some(Host::Domain(name)) => {
                reach == Reach::Public && !is_private_name(name.trim_end_matches('.'))
            }
            None => false,
        }
    }

    /// Whether a socket may be connected to the address.
    fn may_connect(&self, address: IpAddr, reach: Reach) -> bool {
        let is_allowed = self.allowed.iter().any(|it| it.contains(&address));
        is_allowed || (reach == Reach::Public && is_public(address))
    }
}

/// Asked before every connection to a name: the client connects to what it says. To a literal address a
/// client connects without asking, which is why `check` looks at those.
pub struct Guard {
    pub egress: Egress,
    pub reach: Reach,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let found = self.egress.names.addresses(name.as_str().to_owned());
        let (egress, reach) = (self.egress.clone(), self.reach);
        Box::pin(async move {
            let found = found.await?;
            let good: Vec<SocketAddr> = found
                .filter(|it| egress.may_connect(it.ip(), reach))
                .collect();
            if good.is_empty() {
                return Err(Refusal::NotPublic.into());
            }
            Ok::<Addrs, _>(Box::new(good.into_iter()))
        })
    }
}

/// An empty user name is one that the parsed URL does not show any more.
fn has_userinfo(text: &str) -> bool {
    let after_scheme = text.split_once("://").map_or(text, |(_, rest)| rest);
    let authority = after_scheme.split(['/', '?', '#', '\\']).next();
    authority.is_some_and(|authority| authority.contains('@'))
}

/// A name without a dot leads wherever the machine's own network says.
fn is_private_name(name: &str) -> bool {
    let is_of = |private: &str| name == private || name.ends_with(&format!(".{private}"));
    !name.contains('.') || PRIVATE_NAMES.iter().any(|private| is_of(private))
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !SPECIAL_V4
            .iter()
            .any(|(network, bits)| v4(*network, *bits).contains(&address)),
        IpAddr::V6(address) => {
            v6(GLOBAL_V6.0, GLOBAL_V6.1).contains(&address)
                && !SPECIAL_V6
                    .iter()
                    .any(|(network, bits)| v6(*network, *bits).contains(&address))
        }
    }
}

/// No network has more bits than an address: all of them are written above.
fn v4(network: Ipv4Addr, bits: u8) -> Ipv4Net {
    Ipv4Net::new(network, bits).unwrap_or_default()
}

fn v6(network: Ipv6Addr, bits: u8) -> Ipv6Net {
    Ipv6Net::new(network, bits).unwrap_or_default()
}

#[cfg(test)]
mod tests;
