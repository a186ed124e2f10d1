//! The server under load: where it is, and a connection to it.

use std::net::SocketAddr;

use hyper::header::HeaderValue;
use tokio::net::lookup_host;
use url::Url;

use crate::config::Config;
use crate::serve::Failure;

#[derive(Clone)]
pub struct Target {
    pub address: SocketAddr,
    pub host: HeaderValue,
}

impl Target {
    /// The URL that was given, or the address at which the configuration has the service listen.
    pub async fn find(url: Option<&str>, config: &Config) -> Result<Target, Failure> {
        let Some(url) = url else {
            let mut address = config.clone().settle()?.listen;
            if address.ip().is_unspecified() {
                address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
            }
            return Target::new(address, &address.to_string());
        };
        let url = Url::parse(url).map_err(|_| "--url is not a URL")?;
        let (Some(host), Some(port), "http") =
            (url.host_str(), url.port_or_known_default(), url.scheme())
        else {
            return Err(
                "--url must begin with http:// (encryption is not what is measured)".into(),
            );
        };
        let authority = format!("{host}:{port}");
        let address = lookup_host(&authority).await?.next();
        Target::new(
            address.ok_or("--url names no host that is known")?,
            &authority,
        )
    }

    fn new(address: SocketAddr, authority: &str) -> Result<Target, Failure> {
        Ok(Target {
            address,
            host: HeaderValue::try_from(authority)?,
        })
    }
}
